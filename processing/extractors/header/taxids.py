"""Tax numbers of the seller and the buyer (BT-31, BT-32, BT-48)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from stdnum.ca import bn

from common.text import fold
from invoices import values
from processing.content.extraction import FieldValue
from processing.extractors.header.grid import Grid, Piece, Span, read_value, values_of
from processing.extractors.header.parties import Party

# A tax number by its label: digits with a few letters and separators, at least seven of them.
_NUMBER = re.compile(r"[A-Z]{0,3}[ -]?\d[\dA-Z]*(?:[ ./-]?[\dA-Z]+)*")
# The US and Brazilian forms, whose signs are kept.
_AS_PRINTED = re.compile(r"\d{2}-\d{7}(?!\d)|\d{2}\.\d{3}\.\d{3}/\d{4}-\d{2}|\d{3}\.\d{3}\.\d{3}-\d{2}")
# A Canadian business number with its GST account, as the Canada Revenue Agency prints it: 12345 6789 RT0001.
_CANADIAN = re.compile(r"(?<![\dA-Z])(\d(?: ?\d){8}) ?RT ?(\d{4})(?!\d)")
OF_BUYER = re.compile(
    r"\b(?:(?:ihre[rs]?|your|votre|vos|su|sua|suo|uw|vostr[ao]|vs|deres|din|ert)"
    r"|(?:customer|client|buyer|kunde|klant|guest|purchaser|nabywc)\w*)\b",
    re.I,
)
_MOST_DIGITS = 17  # of 18 characters in the Chinese number, one at least a letter or not printed as one
_LEAD = 40  # characters before a number that may say whose it is


@dataclass(frozen=True, slots=True)
class TaxId:
    """A tax number with where it stands; ``country`` where its format says it, ``weak`` for a national number."""

    field: FieldValue
    piece: Piece
    country: str
    labelled: bool
    valid: bool
    national: bool
    of_buyer: bool


def find_tax_ids(grid: Grid) -> list[TaxId]:
    """All tax numbers of a document in reading order: VAT numbers by format, others by label."""
    found: list[TaxId] = []
    seen: set[tuple[int, int]] = set()
    for piece in grid.pieces:
        matches = values.find_vat_ids(piece.text)
        for match in matches:
            suffix = piece.text[: match.end].endswith(("MWST", "TVA", "IVA", "VAT", "MVA"))
            labelled = suffix or _label_before(grid, piece, match.start)
            if not labelled and not match.valid:
                continue
            if re.search(r"\b(?:WEE+|IBAN|LUCID)\b", piece.text[: match.start], re.I) and not re.search(
                r"ust|vat", piece.text[: match.start], re.I
            ):
                continue
            field = read_value(Span(piece, match.start, match.end), match.value)
            mine = bool(OF_BUYER.search(_lead(grid, piece, match.start)[-_LEAD:]))
            found.append(TaxId(field, piece, match.country, labelled, match.valid, False, mine))
            seen.add((id(piece), match.start))
        if matches:
            continue
        if canadian := _CANADIAN.search(piece.text):
            field = read_value(Span(piece, canadian.start(), canadian.end()), re.sub(r"\s", "", canadian[0]))
            mine = bool(OF_BUYER.search(_lead(grid, piece, canadian.start())[-_LEAD:]))
            found.append(TaxId(field, piece, "CA", True, bn.is_valid(str(field.value)), False, mine))
            continue
        for hit in piece.hits:
            if hit.name not in {"vat_id", "tax_number"}:
                continue
            for span in values_of(grid, piece, hit):
                if values.find_vat_ids(span.text):
                    break  # found on its own
                number = _AS_PRINTED.match(span.text) or _NUMBER.match(span.text)
                digits = sum(c.isdigit() for c in number[0]) if number else 0
                if (
                    number
                    and 7 <= digits <= _MOST_DIGITS
                    and not values.find_dates(number[0])
                    and (id(span.piece), span.start) not in seen
                ):
                    seen.add((id(span.piece), span.start))
                    raw = number[0].rstrip(" .-/")
                    printed = hit.name == "tax_number" or _AS_PRINTED.fullmatch(raw)
                    value = raw if printed else re.sub(r"[\s\-.]", "", raw)
                    at = Span(span.piece, span.start, span.start + len(raw))
                    mine = bool(
                        OF_BUYER.search(
                            piece.text[max(0, hit.start - _LEAD) : span.start if span.piece is piece else None]
                        )
                    )
                    found.append(TaxId(read_value(at, value), piece, "", True, False, hit.name == "tax_number", mine))
                    break
                if any(c.isalnum() for c in span.text) and span.where != "inline":
                    break
    return found


def _lead(grid: Grid, piece: Piece, start: int) -> str:
    before = piece.text[:start]
    if not before.strip(" :") and piece.order > 0:
        before = grid.lines[piece.line][piece.order - 1].text
    return before


def _label_before(grid: Grid, piece: Piece, start: int) -> bool:
    """Whether a tax label stands before a position: in the cell, in the cell to the left, or above."""
    if any(h.name in {"vat_id", "tax_number", "tax_amount"} and h.end <= start + 1 for h in piece.hits):
        return True
    line = grid.lines[piece.line]
    if piece.order > 0 and any(h.name in {"vat_id", "tax_number"} for h in line[piece.order - 1].hits):
        return True
    if (
        piece.order > 1
        and not line[piece.order - 1].text.strip(" :")
        and any(h.name == "vat_id" for h in line[piece.order - 2].hits)
    ):
        return True
    for above in grid.lines[max(0, piece.line - 2) : piece.line]:
        for other in above:
            if abs(other.box[0] - piece.box[0]) < 20 and any(h.name in {"vat_id", "tax_number"} for h in other.hits):
                return True
    return False


def assign(found: list[TaxId], seller: Party | None, sections: list[Party]) -> tuple[TaxId | None, TaxId | None]:
    """The seller's and the buyer's tax number: each in its own section, "your VAT no." for the buyer, else the
    seller's. A VAT number goes before a national one, one whose checksum holds before one that does not."""
    own = {id(p) for p in seller.pieces} if seller else set()
    name = fold(seller.name_text) if seller and seller.name else ""
    buyers = {id(p) for s in sections if s.role == "buyer" for p in s.pieces}
    others = {id(p) for s in sections if s.role in {"ship_to", "other_party"} for p in s.pieces}

    def rank(tax: TaxId) -> tuple[int, ...]:
        far = id(tax.piece) not in own and not (name and name in fold(tax.piece.text))
        return (id(tax.piece) in others, tax.national, far, not tax.valid, not tax.labelled)

    buyer = [t for t in found if t.of_buyer or (id(t.piece) in buyers and id(t.piece) not in own)]
    rest = [t for t in found if t not in buyer]
    buyer_values = {t.field.value for t in buyer}
    rest = [t for t in rest if t.field.value not in buyer_values] or rest
    return min(rest, key=rank, default=None), min(buyer, key=rank, default=None)
