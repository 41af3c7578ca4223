"""The seller of a document without a label for it, and the recipient in the address window."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import takewhile

from common.text import fold
from invoices import values
from processing.extractors.header import names
from processing.extractors.header.addresses import has_number, recipient_of
from processing.extractors.header.grid import Grid, Piece, Span, trimmed, values_of
from processing.extractors.header.keys import ROLES, is_key
from processing.extractors.header.parties import Party, column_of, name_span, read_lines

# For so many names the page is searched for what speaks for them.
MAX_CANDIDATES = 60


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A possible name of the seller, what speaks for it, and how much it looks like one."""

    piece: Piece
    span: Span
    score: float
    witnesses: frozenset[str] = frozenset()
    payee: bool = False


@dataclass(frozen=True, slots=True)
class _Scene:
    """What is known of the page before a name is chosen."""

    texts: Counter[str]
    addresses: list[str]
    body: float
    recipient: set[int]
    addressee: bool  # somebody else is named as the buyer, or addressed in person
    tax_lines: dict[int, list[Piece]]
    folded: dict[int, str]


def guess_seller(grid: Grid, sections: list[Party]) -> tuple[Party | None, bool]:
    """The seller by what stands beside its name. True where two things that are independent of each other speak for it
    (tax or register number, bank account, mail or web domain, letterhead, the name again in the footer) and for nobody
    else; the looks of a line alone never make it sure."""
    taken = {id(p) for s in sections if s.role not in {"seller", "other_party"} for p in s.pieces}
    buyer_names = {fold(s.name_text) for s in sections if s.role in {"buyer", "ship_to"} and s.name}
    scene = _scene(grid, sections, taken)
    candidates: list[_Candidate] = []
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
        if not text or not names.is_name(text) or names.is_only_suffix(text) or _is_named(fold(text), buyer_names):
            continue
        if not payee and (names.is_title(piece) or _labelled(piece) or is_key(grid, piece)):
            continue
        if names.is_attention(text):
            continue
        score = _name_score(grid, scene, piece, text, index)
        score += 4.0 if payee and names.has_suffix(text) else 0.0
        score -= 6.0 if id(piece) in scene.recipient else 0.0
        candidates.append(_Candidate(piece, span, score, payee=payee is not None))
    candidates = _witnessed(grid, scene, candidates)
    if not candidates:
        return None, False
    first = candidates[0]
    if first.score < 3.0:
        return None, False
    party = Party("seller", [*_first_line_of_name(grid, first.piece, first.span), first.span], pieces=[first.piece])
    rest = Party("seller", [first.span])
    if not names.is_one_line_address(first.piece.text):
        below = takewhile(lambda p: id(p) not in scene.recipient, column_of(grid, first.piece))
        read_lines(grid, rest, list(below), one_block=True)
    own = {id(p) for p in (first.piece, *rest.pieces)}
    # A word of the name in the address below it ("Ribblehead") is the town and speaks for nobody.
    same = [
        c for c in candidates
        if _same_name(party.name_text, c.span.text) and (c.piece is first.piece or id(c.piece) not in own)
    ]  # fmt: skip
    rivals = [
        c for c in candidates
        if not _same_name(party.name_text, c.span.text) and id(c.piece) not in own and len(c.witnesses) >= 2
    ]  # fmt: skip
    agreeing = frozenset().union(*(c.witnesses for c in same))
    sure = len(agreeing) >= 2 and all(first.score - rival.score >= 1.5 for rival in rivals)
    sure = sure and not grid.ocr  # a picture's letterhead is often a logo that OCR misreads
    if names.is_one_line_address(first.piece.text):  # a sender's line: what stands below is the recipient's address
        party.address = _rest_of_line(first.piece, first.span)
        return party, sure
    party.address = rest.address
    party.pieces += rest.pieces
    return party, sure


def _witnessed(grid: Grid, scene: _Scene, candidates: list[_Candidate]) -> list[_Candidate]:
    """The best candidates with their witnesses, the best first."""
    found = []
    for candidate in sorted(candidates, key=lambda c: -c.score)[:MAX_CANDIDATES]:
        piece, text = candidate.piece, candidate.span.text
        if names.speaks_of_debit(piece.text):
            continue
        witnesses = _witnesses(grid, scene, piece, text, payee=candidate.payee)
        score = candidate.score + 2.0 * len(witnesses & {"number", "account"})
        found.append(replace(candidate, score=score, witnesses=witnesses))
    return sorted(found, key=lambda c: (-c.score, -len(c.witnesses)))


def _scene(grid: Grid, sections: list[Party], taken: set[int]) -> _Scene:
    recipient = set() if any(s.role == "buyer" and s.name for s in sections) else recipient_of(grid)
    free = [p for p in grid.pieces if id(p) not in taken and id(p) not in recipient]
    addresses = [t for p in free for t in [*(e[0] for e in names.emails(p.text)), *names.urls(p.text)]]
    sizes = sorted((p.size for p in grid.pieces if p.page == grid.first_page), reverse=True)
    tax_lines: dict[int, list[Piece]] = {}
    for piece in free:
        if has_number(piece):
            tax_lines.setdefault(piece.line, []).append(piece)
    return _Scene(
        texts=Counter(fold(p.text.strip()) for p in grid.pieces),
        addresses=addresses,
        body=sizes[len(sizes) // 2] if sizes else 0.0,
        recipient=recipient,
        addressee=(recipient == set() and any(s.role == "buyer" and s.name for s in sections))
        or any(id(p) in recipient and (names.is_attention(p.text) or names.is_salutation(p.text)) for p in grid.pieces),
        tax_lines=tax_lines,
        folded={id(p): fold(p.text) for p in free},
    )


def _witnesses(grid: Grid, scene: _Scene, piece: Piece, text: str, *, payee: bool) -> frozenset[str]:
    """What speaks for a name: each word names one independent thing."""
    if id(piece) in scene.recipient:
        return frozenset()
    found: set[str] = set()
    below = list(column_of(grid, piece))[:6]
    near = {id(p) for p in below} | {id(piece)}
    lines = {piece.line, piece.line + 1} if len(grid.lines[piece.line]) == 1 else {piece.line}
    if any(id(p) in near or p.line in lines for line in scene.tax_lines.values() for p in line):
        found.add("number")
    if payee or any(values.find_ibans(p.text) for p in (*below, piece)):
        found.add("account")
    if any(names.same_words(text, address) for address in scene.addresses):
        found.add("domain")
    own = " ".join(fold(text).split())
    core = " ".join(w for w in own.split() if len(w) > 1)
    numbered = values.find_vat_ids(piece.text) or any(h.name in {"vat_id", "tax_number"} for h in piece.hits)
    if names.speaks_of_register(piece.text) and numbered:
        found.add("register")  # as at the foot of a letter: who trades, where it is registered, and its tax number
    again = [
        p for p in grid.pieces
        if p is not piece and abs(p.line - piece.line) > 2 and core in scene.folded.get(id(p), "")
    ]  # fmt: skip
    if len(core) >= 5 and again:
        found.add("again")
        if any(has_number(p) or p.line in scene.tax_lines for p in again):
            found.add("number")
        if any(values.find_ibans(p.text) or any(h.name == "payee" for h in p.hits) for p in again):
            found.add("account")
    height = grid.page_height(piece)
    top = piece.box[1] / height if height else 1.0
    if piece.page == grid.first_page and top < 0.25:
        if _has_address(grid, piece, below, scene):
            found.add("address")
        if scene.addressee:
            found.add("letterhead")
    if scene.recipient and names.is_one_line_address(piece.text) and _above_recipient(grid, piece, scene):
        found.add("sender")
    return frozenset(found)


def _above_recipient(grid: Grid, piece: Piece, scene: _Scene) -> bool:
    """Whether a sender's line stands right above the recipient's address (DIN 5008)."""
    following = (p for line in grid.lines[piece.line + 1 : piece.line + 4] for p in line)
    return any(id(p) in scene.recipient and abs(p.box[0] - piece.box[0]) < 8 for p in following)


def _has_address(grid: Grid, piece: Piece, below: list[Piece], scene: _Scene) -> bool:
    """Whether an address or contact data go with a name on top of the page; lines that could be a recipient's do not
    count where nobody else is addressed."""
    beside = [p for p in grid.lines[piece.line] if p is not piece]
    around = [piece, *below[:4], *beside]
    contact = any(names.is_contact(p.text) or names.phone(p.text) for p in around)
    address = names.is_one_line_address(piece.text) or any(
        names.is_one_line_address(p.text) or names.is_town(p.text) for p in around[1:]
    )
    return contact or (address and (bool(scene.recipient) or any(names.is_one_line_address(p.text) for p in around)))


def _is_named(folded: str, others: set[str]) -> bool:
    return any(folded == other or (len(folded) > 5 and folded in other) for other in others)


def _rest_of_line(piece: Piece, span: Span) -> list[Span]:
    start = span.end
    while start < len(piece.text) and not piece.text[start].isalnum():
        start += 1
    return [trimmed(piece, start, len(piece.text))] if start < len(piece.text) else []


def _same_name(a: str, b: str) -> bool:
    return fold(a) in fold(b) or fold(b) in fold(a)


def _labelled(piece: Piece) -> bool:
    label = piece.label
    if label is not None and label.end - label.start >= len(piece.text.strip(" :.")) and label.label.strength > 1:
        return True  # "From" alone
    if label is None or label.name in {"payee", "seller"}:
        return False
    return not (
        names.has_suffix(piece.text) and label.end - label.start < len(piece.text) // 2 and ":" not in piece.text
    )


def _name_score(grid: Grid, scene: _Scene, piece: Piece, text: str, index: int) -> float:
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
    if piece.size > scene.body * 1.25 and first and top < 0.35:
        score += 2.0
    score += min(scene.texts[fold(piece.text.strip())] - 1, 2) * 1.0
    if any(names.same_words(text, address) for address in scene.addresses):
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
    above_line = grid.lines[piece.line - 1]
    if any(p.label is not None and p.label.name in ROLES for p in above_line):
        return []  # a row of headings, each over the address of somebody
    for above in above_line:
        close = piece.box[1] - above.box[3] < 0.6 * piece.height and abs(above.size - piece.size) < 0.6
        if close and abs(above.box[0] - piece.box[0]) < 2 and above.page == piece.page and len(above.text) < 45:
            plain = names.is_name(above.text) and not names.has_suffix(above.text) and above.label is None
            if (
                plain
                and above.text.strip() not in values.currencies.CODES
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
