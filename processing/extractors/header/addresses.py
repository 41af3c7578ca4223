"""Blocks of lines with an address in the upper part of the first page: whose they are, and what belongs to them."""

from __future__ import annotations

from common.text import fold
from invoices import values
from processing.extractors.header import names, taxids
from processing.extractors.header.grid import Grid, Piece, trimmed
from processing.extractors.header.parties import Party, column_of, company_above, read_lines
from processing.extractors.words.labels import title_at


def recipient_of(grid: Grid) -> set[int]:
    """The block that is more likely the recipient's: one that addresses a person or department, else the lower one of
    two; a single one only where it is not on top."""
    blocks = [b for b in address_blocks(grid) if not any(names.is_contact(p.text) for p in b)]
    attention = [b for b in blocks if any(names.is_attention(p.text) for p in b)]
    if attention:
        return {id(p) for p in attention[-1]}
    if (honoured := addressed(grid, set(), honoured=True)) is not None:
        return {id(p) for p in honoured.pieces}
    if len(blocks) == 1 and blocks[0][0].line <= 1 and not _other_company(grid, blocks[0]):
        return set()
    return {id(p) for p in blocks[-1]} if blocks else set()


def _other_company(grid: Grid, block: list[Piece]) -> bool:
    """Whether a company that is not named in an address on top stands with its own tax or register number in the lower
    half of the page: the foot names who writes, and the address whom they write to."""
    named = fold(" ".join(p.text for p in block))
    for piece in grid.pieces:
        low = piece.page == grid.first_page and piece.box[1] > 0.5 * grid.page_height(piece)
        around = (p for line in grid.lines[piece.line : piece.line + 2] for p in line)
        if low and names.has_suffix(piece.text) and any(map(has_number, around)):
            end = names.suffix_end(piece.text)
            if fold(piece.text[:end]).strip() not in named:
                return True
    return False


def numbers_below(grid: Grid, town: Piece) -> list[Piece]:
    """The tax and register numbers right below the town that ends an address: they are of whom it names."""
    found: list[Piece] = []
    last = town
    for piece in column_of(grid, town):
        if piece.box[1] - last.box[3] > 1.5 * last.height or not (names.is_country(piece.text) or _is_number(piece)):
            break
        found.append(piece)
        last = piece
    return found


def _is_number(piece: Piece) -> bool:
    """Whether a line is nothing but a tax or register number with its label."""
    hits = [h for h in piece.hits if h.name in {"vat_id", "tax_number"}]
    return len(piece.text) < 40 and bool(
        hits or values.find_vat_ids(piece.text) or names.speaks_of_register(piece.text)
    )


def addressed(grid: Grid, taken: set[int], *, honoured: bool = False) -> Party | None:
    """The recipient by how it is addressed ("Mrs F. Galbraith", "… 御中"), high on the first page; ``honoured``: only
    one whose name is followed by such a word."""
    for piece in grid.pieces:
        if piece.page != grid.first_page or id(piece) in taken or piece.label is not None:
            continue
        if piece.box[1] > _share_of_page(grid, piece) * grid.page_height(piece) or len(piece.text) > 60:
            continue
        name = names.without_address_word(piece.text)
        if not names.is_attention(piece.text) or (name == piece.text and (honoured or len(name.split()) < 2)):
            continue
        if not names.is_name(name) or any(c.isdigit() for c in name):
            continue
        party = Party("buyer", [trimmed(piece, 0, len(name))], pieces=[piece])
        read_lines(grid, party, list(column_of(grid, piece)), one_block=True)
        return party
    return None


def has_number(piece: Piece) -> bool:
    """Whether a line gives a tax or register number that is not the recipient's."""
    if any(h.name in {"vat_id", "tax_number"} for h in piece.hits) or values.find_vat_ids(piece.text):
        return not taxids.OF_BUYER.search(piece.text)
    return names.speaks_of_register(piece.text)


def _is_key_word(piece: Piece) -> bool:
    """Whether a line is a label and no line of an address: "Abteilung Liegenschaften" is one, "Abteilung:" is not."""
    label = piece.label
    if label is None:
        return False
    rest = piece.text[label.end :].strip()
    return not rest or rest.startswith(":") or label.name != "other" or any(c.isdigit() for c in rest)


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
            if not names.is_town(piece.text) or piece.label is not None or names.is_sender_line(piece.text):
                continue
            if values.find_dates(piece.text):
                continue  # "Mar 4, 2026" reads like a town with its code
            above = _block_above(grid, piece)
            if any(names.is_name(p.text) for p in above):
                blocks.append([*above, piece])
    # A street and town in one line below a name are a letterhead as often: they count beside another block only.
    alone = len(blocks) == 1 and names.is_one_line_address(blocks[0][-1].text)
    return [] if alone and not _has_letterhead(grid, blocks[0]) else blocks


def _has_letterhead(grid: Grid, block: list[Piece]) -> bool:
    """Whether a company's name stands above an address and is none of its lines."""
    return any(
        names.has_suffix(p.text) and not names.is_title(p)
        for line in grid.lines[: block[0].line]
        for p in line
        if p.page == block[0].page
    )


def _names_document(piece: Piece) -> bool:
    """Whether a short line names a kind of document: "Guest folio / VAT invoice"."""
    return len(piece.tokens) <= 6 and any(title_at(piece.tokens, i, "invoice") for i in range(len(piece.tokens)))


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
        if names.is_one_line_address(same[0].text) or names.is_town(same[0].text) or _names_document(same[0]):
            break
        if abs(same[0].size - piece.size) > 0.3 * piece.size:
            break  # a letterhead above the recipient's lines
        if names.is_attention(same[0].text) or names.is_salutation(same[0].text):
            found.append(same[0])
            last = same[0]
            above = company_above(grid, same[0])  # of "Buchhaltung": whose department it is
            department = above is not None and names.has_suffix(above.text)
            if names.is_salutation(same[0].text) and len(same[0].text.split()) == 1 and not department:
                break  # "Herrn", "Firma", "Spett.le": the address begins here
            continue
        if values.find_vat_ids(same[0].text) or names.is_contact(same[0].text):
            break
        if _is_key_word(same[0]) or ":" in same[0].text or last.box[1] - same[0].box[3] > 3.5 * piece.height:
            break
        found.append(same[0])
        last = same[0]
    return found[::-1]
