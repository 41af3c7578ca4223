"""Whose document it is, by what people confirmed of vendors, and what follows from it for its fields."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from rapidfuzz import fuzz

from invoices.records import DATE_FIELDS, ReviewReason
from invoices.rules.resemblance import look_of
from invoices.values import day_first_of, decimal_separator_of
from invoices.values.dates import find_dates
from processing.content.extraction import Extraction, FieldValue
from processing.content.records import DocumentContent
from processing.extractors.header.document_dates import is_ambiguous
from processing.extractors.header.grid import Grid, Piece, make_grid, place_of
from processing.extractors.memory.columns import read_lines
from processing.extractors.memory.keys import compact, find_keys, layout_of, name_pieces
from processing.extractors.memory.places import PLACED, Conventions, find_value, surest
from processing.extractors.memory.records import Key, KnownVendor

# What a key on the document weighs; the heaviest of the vendors that are sure enough is recognised.
WEIGHTS = {"tax_id": 4, "iban": 4, "domain": 2, "phone": 2, "name": 2, "layout": 1}
NEAR_NAME, NEAR_WEIGHT = 80.0, 1.5
MAX_CELLS = 40_000


@dataclass(frozen=True, slots=True)
class Recognised:
    """A vendor, the pieces by which it was recognised, and the piece with its name, where it is printed."""

    vendor: KnownVendor
    anchors: dict[Key, Piece]
    name: Piece | None = None


@dataclass(slots=True)
class Document:
    """A document as the memory looks at it: its grid, its keys and its layout."""

    content: DocumentContent
    grid: Grid
    keys: dict[Key, Piece]
    layout: str


def look_at(content: DocumentContent) -> Document | None:
    """None for a document that is too large for an invoice that somebody would remember."""
    if sum(len(row.cells) for row in content.rows) > MAX_CELLS:
        return None
    grid = make_grid(content)
    return Document(content, grid, find_keys(grid), layout_of(grid)) if grid.lines else None


def search_keys(document: Document) -> list[Key]:
    """What the memory is searched for to find the vendors that a document may be of."""
    keys = list(document.keys)
    return [*keys, ("layout", document.layout)] if document.layout else keys


def recognise(document: Document, known: Sequence[KnownVendor], by_rules: Extraction) -> Recognised | None:
    """The one vendor that a document is of. None where nothing is sure enough, two vendors are as likely, or the
    document names the vendor's number as the buyer's, or another tax id beside the vendor's name."""
    found: list[tuple[float, Recognised]] = []
    buyer = {_text(by_rules, "buyer_tax_id"), look_of(_text(by_rules, "buyer_name"))} - {""}
    for vendor in known:
        anchors: dict[Key, Piece] = {}
        weight = 0.0
        kinds = set()
        for entry in vendor.entries:
            piece = document.keys.get((entry.kind, entry.key)) if entry.weight > 0 else None
            if piece is None or entry.key in buyer:
                continue
            if entry.kind == "tax_id" and entry.key == compact(_text(by_rules, "buyer_tax_id")):
                continue
            anchors[entry.kind, entry.key] = piece
            if entry.kind not in kinds:
                kinds.add(entry.kind)
                weight += WEIGHTS.get(entry.kind, 0)
        if look_of(vendor.name) in buyer or _other_tax_id(vendor, by_rules, kinds):
            continue
        layout = bool(document.layout) and any(e.key == document.layout for e in vendor.used("layout"))
        weight += WEIGHTS["layout"] if layout else 0
        name = next((piece for (kind, _), piece in anchors.items() if kind == "name"), None)
        exact = name is not None
        if name is None:
            name = _near_name(document.grid, vendor)
            weight += NEAR_WEIGHT if name is not None else 0
        read_as = ("name", look_of(_text(by_rules, "vendor_name")))
        # A tax id is one vendor's. An account may be a factor's and a name anybody's: of these two must agree.
        agreed = name is not None and (layout or bool(kinds & {"iban", "domain", "phone"}))
        if "tax_id" in kinds or agreed or (exact and read_as in anchors):
            found.append((weight, Recognised(vendor, anchors, name)))
    found.sort(key=lambda pair: -pair[0])
    if not found or (len(found) > 1 and found[1][0] == found[0][0]):
        return None
    return found[0][1]


def recall(document: Document, recognised: Recognised, by_rules: Extraction) -> Extraction:
    """What memory says of the document, each value with the place where it stands, method "memory". ``reasons`` are
    those of the rules without the doubts that a person settled for this vendor."""
    vendor, grid = recognised.vendor, document.grid
    conventions = conventions_of(grid, by_rules, vendor)
    extraction = Extraction(method="memory", reasons=list(by_rules.reasons))
    _recall_name(extraction, recognised)
    _recall_numbers(extraction, recognised, by_rules)
    for name in PLACED:
        for entry in sorted(vendor.used("field"), key=surest):
            if entry.field != name:
                continue
            value = find_value(grid, entry, conventions)
            if value is not None:
                extraction.fields[name] = _positive(value, by_rules)
                break
    _reread_dates(extraction, by_rules, conventions)
    lines = read_lines(document.content, vendor.used("column"))
    if lines:
        extraction.lines = lines
    settled = {name for name, value in extraction.fields.items() if value.place is not None}
    extraction.reasons = [reason for reason in extraction.reasons if not _is_settled(reason, settled)]
    return extraction


def conventions_of(grid: Grid, by_rules: Extraction, vendor: KnownVendor | None) -> Conventions:
    """How the document writes dates and numbers: as it shows itself, else as its vendor does."""
    texts = [piece.text for piece in grid.pieces]
    day_first, separator = day_first_of(texts), decimal_separator_of(texts)
    if vendor is not None:
        order, sign = vendor.used("date_order"), vendor.used("decimals")
        if day_first is None and order:
            day_first = order[0].key == "day first"
        if separator is None and sign:
            separator = "," if sign[0].key == "comma" else "."
    if day_first is None:
        currency, country = _text(by_rules, "currency"), _text(by_rules, "vendor_country")
        day_first = day_first_of(texts, currency=currency or None, country=country or None)
    return Conventions(day_first, separator)


def _other_tax_id(vendor: KnownVendor, by_rules: Extraction, kinds: Collection[str]) -> bool:
    read = compact(_text(by_rules, "vendor_tax_id"))
    known = {entry.key for entry in vendor.used("tax_id")}
    return bool(
        read and known and read not in known and not ("tax_id" in kinds and {"name", "iban", "domain"} & set(kinds))
    )


def _near_name(grid: Grid, vendor: KnownVendor) -> Piece | None:
    looks = {look_of(vendor.name), *(entry.key for entry in vendor.used("name"))} - {""}
    best: tuple[float, Piece | None] = (NEAR_NAME, None)
    for piece in name_pieces(grid):
        if len(piece.text) > 120:
            continue
        look = look_of(piece.text)
        for known in looks:
            if min(len(look), len(known)) < 5:
                continue
            score = fuzz.ratio(look, known, score_cutoff=best[0])
            if score > best[0]:
                best = (score, piece)
    return best[1]


def _recall_name(extraction: Extraction, recognised: Recognised) -> None:
    vendor, piece = recognised.vendor, recognised.name
    entries = {entry.key: entry for entry in reversed(vendor.used("name"))}
    printed = next((entries[key] for kind, key in recognised.anchors if kind == "name" and key in entries), None)
    if printed is not None:
        piece = recognised.anchors["name", printed.key]
    if piece is None:  # a drawn name: the number that only this vendor has stands for it
        piece = next((p for (kind, _), p in recognised.anchors.items() if kind in ("tax_id", "iban")), None)
    value = (printed.value if printed else "") or vendor.name
    if piece is not None and value:
        extraction.fields["vendor_name"] = FieldValue(value, piece.text, "memory", place_of(piece, 0, len(piece.text)))


def _recall_numbers(extraction: Extraction, recognised: Recognised, by_rules: Extraction) -> None:
    for kind, name in (("tax_id", "vendor_tax_id"), ("iban", "iban")):
        entries = {entry.key: entry for entry in recognised.vendor.used(kind)}  # type: ignore[arg-type]
        hits = [(entries[key], piece) for (k, key), piece in recognised.anchors.items() if k == kind]
        if name == "iban" and "iban" in by_rules.fields:
            continue  # another account than the known one must be seen, not corrected
        if hits and len({entry.value for entry, _ in hits}) == 1:
            entry, piece = hits[0]
            place = place_of(piece, 0, len(piece.text))
            extraction.fields[name] = FieldValue(entry.value or entry.key, piece.text, "memory", place)


def _reread_dates(extraction: Extraction, by_rules: Extraction, conventions: Conventions) -> None:
    if conventions.day_first is None:
        return
    for name in DATE_FIELDS & by_rules.fields.keys():
        read = by_rules.fields[name]
        if name in extraction.fields or read.place is None or not is_ambiguous(read.raw):
            continue
        dates = find_dates(read.raw, day_first=conventions.day_first)
        if dates:
            extraction.fields[name] = replace(read, value=dates[0].value, method="memory")


def _positive(value: FieldValue, by_rules: Extraction) -> FieldValue:
    if _text(by_rules, "document_type") == "credit_note" and isinstance(value.value, Decimal):
        return replace(value, value=abs(value.value))
    return value


def _is_settled(reason: ReviewReason, settled: set[str]) -> bool:
    return reason.code in ("weak_evidence", "conflicting_values") and reason.field in settled


def _text(extraction: Extraction, name: str) -> str:
    value = extraction.fields.get(name)
    return "" if value is None else str(value.value)
