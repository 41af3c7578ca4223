"""Who sells and who buys: sections with labels, letterhead, address window, footer, contact data and tax numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from itertools import takewhile

from invoices import values
from processing.content.extraction import Fields, FieldValue
from processing.extractors.header import names
from processing.extractors.header.grid import Grid, Piece, Span, joined_place, overlap, trimmed, values_of
from processing.extractors.header.keys import ROLES, is_key
from processing.extractors.words.labels import Hit

# Lines of an address stand at most this far apart, in heights of a line.
BLOCK_GAP_HEIGHTS = 2.0
MAX_BLOCK_LINES = 12
# "Buyer (Bill to)", "Empfänger (Rechnungsadresse):": the label said again.
_IN_BRACKETS = re.compile(r"^\([^()\d]{2,30}\)")
# "Bill To العميل": the label said again in the other script of the document.
_SAID_AGAIN = re.compile(r"[\s:/()|\u0590-\u06ff\ufb50-\ufdff\ufe70-\ufeff]{2,30}")
_KEY_BEFORE = re.compile(r"[^\W\d_]{3,20}(?: [^\W\d_]+)?:\s+(?=\S)")  # "Постачальник: ТОВ …", a key of no list here
_NUMBER_OF_CUSTOMER = re.compile(r"[A-Z]{0,3}[\d/.\-]{2,12}")
_AMOUNT_AT_END = re.compile(r"\d[.,]\d{2}\s*(?:€|[A-Z]{3})?$")


@dataclass(slots=True)
class Party:
    """What is said of one party: its name and address as spans, and all the pieces that belong to its section."""

    role: str
    name: list[Span] = field(default_factory=list)
    address: list[Span] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)

    @property
    def name_text(self) -> str:
        return " ".join(s.text for s in self.name)


def find_sections(grid: Grid, *, skip_lines: Set[int] = frozenset()) -> list[Party]:
    """The sections that a label opens: "Bill to", "Verkäufer", "Lieferant | Käufer" side by side, "Name: | …" below."""
    sections = []
    for piece in grid.pieces:
        if piece.line in skip_lines:
            continue
        for hit in piece.hits:
            if hit.name in ROLES and _opens_section(piece, hit):
                section = _read_section(grid, piece, hit)
                sections.append(section)
    return sections


def _opens_section(piece: Piece, hit: Hit) -> bool:
    rest = piece.text[hit.end :].lstrip()
    alone = not _IN_BRACKETS.sub("", rest).strip(" :.-)")
    if not hit.first or (len(piece.tokens) > 12 and not rest.startswith(":")):
        return False
    before = piece.text[: hit.start].rstrip()
    if before.endswith("(") and any(c.isdigit() for c in before):
        return False  # "30.09.2025 (customer)": who read the meter
    if hit.label.strength == 1:
        return rest.startswith(":")
    if hit.label.strength == 2:
        return alone or rest.startswith(":")
    # "Lieferant GmbH" is the name of a company, "Sold by Lieferant GmbH" is a label with one.
    return alone or rest.startswith((":", "/", "-", "(")) or (hit.words > 1 and names.is_name(rest))


def column_of(grid: Grid, piece: Piece) -> Iterator[Piece]:
    """The lines under a piece that go on in its column, until a gap or the next section."""
    last, count, bottom = piece, 0, piece.box[3]
    for line in grid.lines[piece.line + 1 :]:
        if line[0].page != piece.page or count >= MAX_BLOCK_LINES:
            return
        gap_limit = (BLOCK_GAP_HEIGHTS + (1.5 if count == 0 else 0.0)) * max(last.height, 6.0)
        if min(p.box[1] for p in line) - bottom > gap_limit:
            return
        inside = [p for p in line if _aligned(piece, p)]
        if not inside:
            if len(line) == 1 and line[0].label is None and line[0].box[0] > last.box[0]:
                bottom = line[0].box[3]  # the value beside a label goes on
            continue
        found = inside[0]
        if found.box[1] - bottom > gap_limit or _AMOUNT_AT_END.search(found.text):
            return
        label = found.label
        opens = label is not None and label.name in {*ROLES, "payment_terms"} and _opens_section(found, label)
        if opens and not names.is_attention(found.text):
            return
        if (
            len(line) >= 4
            and sum(1 for p in line if len(p.text) < 25) >= 4
            and found.label is None
            and not names.is_name(found.text)
        ):
            return  # the head of an item table
        yield found
        last, count, bottom = found, count + 1, found.box[3]


def _aligned(label: Piece, other: Piece) -> bool:
    if abs(other.box[0] - label.box[0]) <= 24 or abs(other.box[2] - label.box[2]) <= 3:
        return True
    return overlap(label.box[0], label.box[2], other.box[0], other.box[2]) > 0.5 * min(
        label.box[2] - label.box[0], other.box[2] - other.box[0]
    )


def _read_section(grid: Grid, piece: Piece, hit: Hit) -> Party:
    party = Party(hit.name, pieces=[piece])
    inline = trimmed(piece, hit.end, len(piece.text))
    if (
        inline.text.startswith("/")
        or not inline.text.strip(" :.-)")
        or _IN_BRACKETS.fullmatch(inline.text.rstrip(" :.-"))
        or _SAID_AGAIN.fullmatch(inline.text)
    ):
        inline = Span(piece, inline.end, inline.end)
    column = list(column_of(grid, piece))
    if hit.name == "buyer" and names.is_attention(piece.text) and (above := company_above(grid, piece)) is not None:
        party.name.append(name_span(trimmed(above, 0, len(above.text))))
        party.pieces.append(above)
    elif inline.text and names.is_name(name_span(inline).text):
        party.name.append(name_span(inline))
    elif not inline.text:
        beside = next(iter(grid.right_of(piece)), None)
        if beside is not None and _NUMBER_OF_CUSTOMER.fullmatch(beside.text):
            return party  # "Debitor | 20418": no name stands below
        # Below a row of a key and its value there are further keys, and below those perhaps the rows of a table.
        under = takewhile(lambda p: p.label is None, column[:3])
        has_block = any(names.is_name(p.text) or names.is_address(p.text) for p in under)
        if (
            beside is not None
            and beside.label is None
            and (not has_block or (piece.text.endswith(":") and names.has_suffix(beside.text)))
            and not names.is_title(beside)
            and names.is_name(beside.text)
        ):
            keyed = any(p.label is not None and p.label.name == "party_name" for p in column[:4])
            if not keyed:
                party.name.append(name_span(trimmed(beside, 0, len(beside.text))))
                party.pieces.append(beside)
    read_lines(grid, party, column)
    return party


def company_above(grid: Grid, piece: Piece) -> Piece | None:
    """The line right above one that names the person whom a letter reaches: whose person that is."""
    for other in grid.lines[piece.line - 1] if piece.line else ():
        close = abs(other.box[0] - piece.box[0]) <= 2 and piece.box[1] - other.box[3] < piece.height
        if close and other.page == piece.page and other.label is None and names.is_name(other.text):
            return None if names.is_title(other) or names.is_address(other.text) else other
    return None


def name_span(span: Span) -> Span:
    """A name without what is no part of it: an address in the same line, a bullet."""
    span = trimmed(span.piece, span.start + names.division_end(span.text), span.end, span.where)
    if lead := _KEY_BEFORE.match(span.text):
        span = trimmed(span.piece, span.start + lead.end(), span.end, span.where)
    text = span.text
    end = names.suffix_end(text)
    if end is not None and re.match(r"\s*,\s", text[end:]):
        return trimmed(span.piece, span.start, span.start + end, span.where)
    if end is None and (stop := names.name_end(text)) is not None:
        return trimmed(span.piece, span.start, span.start + stop, span.where)
    cut = re.search(r"\s[●•|·–-]\s|,\s*\d|\s{3,}|\s+au capital\b|\s+RCS\b", text)
    if end is not None and cut is not None and cut.start() >= end - 1:
        return trimmed(span.piece, span.start, span.start + cut.start(), span.where)
    if cut is not None and end is None and cut.start() > 3:
        return trimmed(span.piece, span.start, span.start + cut.start(), span.where)
    stop = span.start + len(names.without_registration(text))
    while stop > span.start and span.piece.text[stop - 1] in " ,;":
        stop -= 1
    return Span(span.piece, span.start, stop, span.where)


def read_lines(grid: Grid, party: Party, column: list[Piece], *, one_block: bool = False) -> None:
    """Names and addresses from the lines of a section; "Name:" and "Anschrift:" lines say themselves what they hold."""
    in_address = False
    previous: Piece | None = None
    for piece in column:
        if one_block and (names.is_salutation(piece.text) or (_has_town(party) and _new_block(piece))):
            return
        if names.is_title(piece):
            if one_block and party.address:
                return
            continue
        party.pieces.append(piece)
        label = piece.label
        right = next(iter(grid.right_of(piece)), None)
        if label is not None and label.name in {"party_name", "party_address"}:
            span = next(iter(s for s in values_of(grid, piece, label) if s.where != "below"), None)
            if span is None:
                continue
            if span.piece is not piece:
                party.pieces.append(span.piece)
            if label.name == "party_name" and not (party.name and party.name[0].where == "inline"):
                party.name = [*_line_above(grid, span, piece), name_span(span)]
            elif label.name == "party_address":
                party.address.append(span)
                party.address += [trimmed(p, 0, len(p.text)) for p in _lines_beside(grid, span.piece, piece)]
                party.pieces += [s.piece for s in party.address]
            continue
        whole = label is not None and label.end - label.start >= len(piece.text.strip(" :.")) - 1
        if label is not None and (label.label.strength >= 2 or whole) and label.name != "other_party":
            if right is not None and right.label is None and label.name not in ROLES:
                party.pieces.append(right)
            in_address = in_address and label.name == "vendor_phone"
            # "Lieferant GmbH" is the name of a company, although it begins with a label.
            company = names.has_suffix(piece.text) and ":" not in piece.text and not whole
            if not (company and (label.end - label.start < 4 or label.name in ROLES)):
                continue
        text = piece.text
        if names.is_contact(text) or values.find_vat_ids(text) or re.match(r"\W*GLN\b", text):
            continue
        if not party.name:
            # "School District No. 7" right below its label has words enough to be no street.
            right_below = piece is column[0] and not one_block and len(text.split()) > 4 and not text[0].isdigit()
            strict = not right_below or names.is_town(text)
            if (
                names.is_name(text, strict=strict)
                and not text.rstrip().endswith((":", "："))
                and not is_key(grid, piece)
            ):
                party.name.append(name_span(trimmed(piece, 0, len(text))))
                previous = piece
        elif names.is_address(text) or (in_address and len(text) < 45 and names.phone(text) is None):
            party.address.append(trimmed(piece, 0, len(text)))
            in_address = not names.is_country(text)
        elif (
            previous is not None
            and not in_address
            and names.is_name(text)
            and names.has_suffix(text)
            and not names.has_suffix(party.name_text)
            and abs(piece.size - previous.size) < 1.0
            and len(party.name) == 1
        ):
            if names.is_attention(party.name_text):  # "Ms C. Beaton" above the company that she is of
                party.name.clear()
            party.name.append(name_span(trimmed(piece, 0, len(text))))


def _has_town(party: Party) -> bool:
    return any(names.is_town(s.text) for s in party.address)


def _new_block(piece: Piece) -> bool:
    """Whether a line below a finished address is neither contact data nor a country: somebody else's block."""
    text = piece.text
    known = piece.label is not None or names.is_contact(text) or names.is_country(text) or values.find_vat_ids(text)
    return not known and names.phone(text) is None


def _line_above(grid: Grid, span: Span, label_piece: Piece) -> list[Span]:
    """The first line of a name of two lines whose label stands in the middle or at its last line."""
    if span.piece is label_piece or label_piece.line == 0:
        return []
    above = grid.lines[label_piece.line - 1]
    if len(above) != 1 or above[0].page != label_piece.page or abs(above[0].box[0] - span.piece.box[0]) > 2:
        return []
    gap_above = span.piece.box[1] - above[0].box[3]
    before = grid.lines[label_piece.line - 2] if label_piece.line >= 2 else []
    gap_before = above[0].box[1] - max((p.box[3] for p in before if p.page == above[0].page), default=-1e9)
    if gap_above > 0.8 * span.piece.height or gap_before <= gap_above + 0.5 or not names.is_name(above[0].text):
        return []
    return [trimmed(above[0], 0, len(above[0].text))]


def _lines_beside(grid: Grid, value: Piece, label_piece: Piece) -> list[Piece]:
    """The further lines of a value that stands beside its label: same column, no label of their own."""
    found: list[Piece] = []
    for line in grid.lines[label_piece.line + 1 : label_piece.line + 6]:
        if line[0].page != value.page or len(line) != 1 or abs(line[0].box[0] - value.box[0]) > 2:
            break
        if line[0].box[1] - (found[-1] if found else value).box[3] > BLOCK_GAP_HEIGHTS * value.height:
            break
        found.append(line[0])
    return found


def party_fields(party: Party | None, prefix: str) -> Fields:
    """The name and address fields of a party."""
    fields: Fields = {}
    if party is None:
        return fields
    if party.name:
        text = " ".join(s.text for s in party.name)
        fields[f"{prefix}_name"] = FieldValue(text, text, "rules", joined_place(party.name))
    if party.address:
        lines = list(dict.fromkeys(s.text.strip(" ,") for s in party.address))
        text = ", ".join(lines)
        fields[f"{prefix}_address"] = FieldValue(text, text, "rules", joined_place(party.address))
    return fields
