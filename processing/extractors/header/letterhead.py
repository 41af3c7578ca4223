"""The seller of a document without a label for it, and the recipient in the address window."""

from __future__ import annotations

from collections import Counter

from invoices import values
from processing.extractors.header import names
from processing.extractors.header.grid import Grid, Piece, Span, trimmed, values_of
from processing.extractors.header.parties import Party, column_of, name_span, read_lines
from processing.extractors.words.labels import fold


def guess_seller(grid: Grid, sections: list[Party]) -> tuple[Party | None, bool]:
    """The seller by the looks of the letter: legal form, place, size, repetition, contact data. True where sure."""
    taken = {id(p) for s in sections if s.role != "seller" for p in s.pieces}
    buyer_names = {fold(s.name_text) for s in sections if s.role in {"buyer", "ship_to"} and s.name}
    texts = Counter(fold(p.text.strip()) for p in grid.pieces)
    addresses = [
        t
        for p in grid.pieces
        if id(p) not in taken
        for t in [*(e[0] for e in names.emails(p.text)), *names.urls(p.text)]
    ]
    sizes = sorted((p.size for p in grid.pieces if p.page == grid.first_page), reverse=True)
    body = sizes[len(sizes) // 2] if sizes else 0.0
    window = set() if any(s.role == "buyer" and s.name for s in sections) else _recipient(grid)
    scored: list[tuple[float, Piece, Span]] = []
    last_page = grid.lines[-1][0].page if grid.lines else 1
    for index, piece in enumerate(grid.pieces):
        if id(piece) in taken or piece.page not in {grid.first_page, last_page}:
            continue
        payee = next((h for h in piece.hits if h.name == "payee"), None)
        span = trimmed(piece, payee.end if payee else 0, len(piece.text))
        if payee and not span.text:
            span = next((s for s in values_of(grid, piece, payee) if s.text), span)
        span = name_span(span)
        text = span.text
        if not text or not names.is_name(text) or names.is_only_suffix(text) or fold(text) in buyer_names:
            continue
        if not payee and (names.is_title(piece) or _labelled(piece)):
            continue
        score = _name_score(grid, piece, text, texts, addresses, body, index)
        score += 4.0 if payee and names.has_suffix(text) else 0.0
        score -= 6.0 if id(piece) in window else 0.0
        scored.append((score, piece, span))
    if not scored:
        return None, False
    scored.sort(key=lambda s: -s[0])
    score, piece, span = scored[0]
    if score < 3.0:
        return None, False
    party = Party("seller", [*_first_line_of_name(grid, piece, span), span], pieces=[piece])
    others = [s for s, _, other in scored[1:] if not _same_name(party.name_text, other.text)]
    sure = score >= 6.0 and (not others or score - others[0] >= 1.5)
    if names.is_one_line_address(piece.text):  # a sender's line: what stands below is the recipient's address
        party.address = _rest_of_line(piece, span)
        return party, sure
    rest = Party("seller", [span])
    read_lines(grid, rest, list(column_of(grid, piece)), one_block=True)
    party.address = rest.address
    party.pieces += rest.pieces
    return party, sure


def _rest_of_line(piece: Piece, span: Span) -> list[Span]:
    start = span.end
    while start < len(piece.text) and not piece.text[start].isalnum():
        start += 1
    return [trimmed(piece, start, len(piece.text))] if start < len(piece.text) else []


def _same_name(a: str, b: str) -> bool:
    return fold(a) in fold(b) or fold(b) in fold(a)


def _recipient(grid: Grid) -> set[int]:
    """The block that is more likely the recipient's: the lower one of two, a single one only where it is not on top."""
    blocks = [b for b in address_blocks(grid) if not any(names.is_contact(p.text) for p in b)]
    if len(blocks) == 1 and blocks[0][0].line <= 1:
        return set()
    return {id(p) for p in blocks[-1]} if blocks else set()


def _labelled(piece: Piece) -> bool:
    label = piece.label
    if label is None or label.name in {"payee", "seller"}:
        return False
    return not (
        names.has_suffix(piece.text) and label.end - label.start < len(piece.text) // 2 and ":" not in piece.text
    )


def _name_score(
    grid: Grid, piece: Piece, text: str, texts: Counter[str], addresses: list[str], body: float, index: int
) -> float:
    score = 0.0
    height = grid.page_height(piece)
    top = piece.box[1] / height if height else 1.0
    first = piece.page == grid.first_page
    if names.has_suffix(text):
        score += 4.0
    if first and top < 0.2:
        score += 2.0
    if first and index <= 1:
        score += 2.0
    elif first and index <= 4:
        score += 1.0
    if piece.size > body * 1.25 and first and top < 0.35:
        score += 2.0
    score += min(texts[fold(piece.text.strip())] - 1, 2) * 1.0
    if any(names.same_words(text, address) for address in addresses):
        score += 3.0
    below = list(column_of(grid, piece))[:6]
    if any(names.is_address(p.text) for p in below[:3]):
        score += 1.0
    if any(names.phone(p.text) or names.is_contact(p.text) or values.find_vat_ids(p.text) for p in below):
        score += 1.0
    if top > 0.85 and not names.has_suffix(text):
        score -= 3.0
    if len(text.split()) > 6 and not names.has_suffix(text):
        score -= 2.0
    if not any(c.isupper() for c in text):
        score -= 3.0
    if 0.35 < top < 0.85 and not names.has_suffix(text):
        score -= 4.0
    return score


def _first_line_of_name(grid: Grid, piece: Piece, span: Span) -> list[Span]:
    """The line before a legal form where a letterhead breaks a name in two."""
    if not names.has_suffix(span.text) or piece.line == 0:
        return []
    if grid.ocr and piece.page == grid.first_page and piece.line <= 2:
        return _head_of_slip(grid, piece)
    for above in grid.lines[piece.line - 1]:
        close = piece.box[1] - above.box[3] < 0.6 * piece.height and abs(above.size - piece.size) < 0.6
        if close and abs(above.box[0] - piece.box[0]) < 2 and above.page == piece.page and len(above.text) < 45:
            plain = names.is_name(above.text) and not names.has_suffix(above.text) and above.label is None
            if (
                plain
                and not names.is_title(above)
                and not any(c.isdigit() for c in above.text)
                and len(span.text.split()) >= 2
            ):
                return [trimmed(above, 0, len(above.text))]
    return []


def _head_of_slip(grid: Grid, piece: Piece) -> list[Span]:
    """The lines above a legal form at the very top of a till slip: the shop's name goes over several centred lines."""
    found = []
    for line in grid.lines[: piece.line]:
        above = line[0]
        plain = len(line) == 1 and names.is_name(above.text) and above.label is None and not names.is_title(above)
        if plain and not names.has_suffix(above.text) and any(c.isupper() for c in above.text):
            found.append(trimmed(above, 0, len(above.text)))
        else:
            found = []
    return found


def _share_of_page(grid: Grid, piece: Piece) -> float:
    """How far down an address may stand; where the page ends with its text, that is a larger share of it."""
    return 0.45 if grid.pages[piece.page].height else 0.6


def address_blocks(grid: Grid) -> list[list[Piece]]:
    """The blocks of lines in the upper part of the first page that end with a town and have no labels: letterhead and
    recipient (DIN 5008 and its kin). A whole address in one line is a sender's line and none of these."""
    blocks: list[list[Piece]] = []
    for line in grid.lines:
        for piece in line:
            if piece.page != grid.first_page or piece.box[1] > _share_of_page(grid, piece) * grid.page_height(piece):
                continue
            if not names.is_town(piece.text) or piece.label is not None or names.is_one_line_address(piece.text):
                continue
            above = _block_above(grid, piece)
            if above:
                blocks.append([*above, piece])
    return blocks


def _block_above(grid: Grid, piece: Piece) -> list[Piece]:
    found: list[Piece] = []
    last = piece
    for line in reversed(grid.lines[: piece.line]):
        if (
            line[0].page != piece.page
            or last.box[1] - max(p.box[3] for p in line) > 3.5 * piece.height
            or len(found) >= 5
        ):
            break
        same = [p for p in line if abs(p.box[0] - piece.box[0]) <= 3]
        if not same:
            continue
        if names.is_salutation(same[0].text) or names.is_one_line_address(same[0].text) or names.is_town(same[0].text):
            break
        if values.find_vat_ids(same[0].text) or names.is_contact(same[0].text):
            break
        if same[0].label is not None or last.box[1] - same[0].box[3] > 3.5 * piece.height:
            break
        found.append(same[0])
        last = same[0]
    return found[::-1]
