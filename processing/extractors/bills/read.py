"""A carrier's bill read by the first format that understands it. Pure.

Another format is one more record in ``FORMATS``: how it is recognised and how it is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from invoices.records import ReviewReason
from invoices.rules.catalogue import reason
from invoices.values import parse_decimal
from processing.content.extraction import SHARED_FACTS, Extraction, FieldValue
from processing.content.records import DocumentContent
from processing.extractors.bills.classes import settle_classes
from processing.extractors.bills.lists import find_list, read_list
from processing.extractors.bills.records import BillFormat, ReadBill, ReadShipment, amount_of
from processing.extractors.bills.settling import settle_kinds
from processing.extractors.bills.shapes import find_told, read_told
from processing.extractors.bills.sheets import find_headed, find_layout, read_headed, read_layout
from processing.extractors.bills.statements import find_statement, read_statement
from processing.extractors.bills.values import is_money
from processing.extractors.bills.x12 import find_x12, read_x12_bills

FORMATS: tuple[BillFormat, ...] = (
    BillFormat("x12_210", find_x12, read_x12_bills, whole_header=True),
    BillFormat("known_layout", find_layout, read_layout, whole_header=True),
    BillFormat("data_file", find_headed, read_headed),
    BillFormat("told_by_sums", find_told, read_told),
    BillFormat("list", find_list, read_list),
    BillFormat("statement", find_statement, read_statement),
)
_NAMED = 5


def read_bill(content: DocumentContent) -> tuple[ReadBill, BillFormat] | None:
    """The shipments and charges of a document; None for one that is no carrier's bill, or of a shape that is not
    known."""
    for format_ in FORMATS:
        found = format_.find(content)
        if found is None:
            continue
        bill = format_.read(content, found)
        if any(shipment.charges for shipment in bill.shipments):
            return bill, format_
    return None


def ends_with_its_sum(content: DocumentContent) -> bool:
    """Whether a document is one carrier's bill of several shipments, whatever its pages look like: the last one prints
    the sum of all their charges."""
    found = read_bill(content)
    if found is None or len(found[0].shipments) < 2 or any(_sums(found[0])):
        return False
    wanted = found[0].sum
    cells = (row.cells[-1] for row in content.pages[-1].rows if row.cells)
    return any(is_money(cell.text) and abs(parse_decimal(cell.text) or Decimal(0)) == wanted for cell in cells)


def add_bill(extraction: Extraction, bill: ReadBill) -> None:
    """The bill's shipments and charges in an extraction, in the order of the document, with what does not add up."""
    for shipment in bill.shipments:
        settle_classes(shipment)
    settle_kinds(bill)
    for position, shipment in enumerate(bill.shipments):
        extraction.shipments.append(shipment.facts)
        shared = dict(_line_facts(shipment))
        for charge in shipment.charges:
            extraction.lines.append({**shared, **charge})
            extraction.shipment_of.append(position)
    for charge in bill.loose:
        extraction.lines.append(charge)
        extraction.shipment_of.append(None)
    extraction.reasons += [*bill.reasons, *_sums(bill)]


def without(content: DocumentContent, bill: ReadBill) -> DocumentContent:
    """The document without the rows of shipments, for what reads its header: their numbers are no totals."""
    pages = tuple(
        replace(page, rows=tuple(row for row in page.rows if row.number not in bill.rows)) for page in content.pages
    )
    return replace(content, pages=pages)


def check_total(extraction: Extraction) -> None:
    """A blocking reason where the charges do not come to what the bill asks for, to the cent."""
    total, tax = (_amount(extraction.fields.get(name)) for name in ("total_amount", "tax_amount"))
    if total is None:
        return
    charges = sum((amount_of(line) for line in extraction.lines), Decimal(0))
    allowed = {total, total - (tax or Decimal(0))}
    subtotal = _amount(extraction.fields.get("subtotal"))
    if subtotal is not None and tax is not None and subtotal + tax == total:
        allowed.add(subtotal)
    if charges in allowed:
        return
    net = total - (tax or Decimal(0))
    text = f"The charges come to {charges:f}, the bill to {net:f}: {abs(net - charges):f} "
    text += "is missing." if charges < net else "is too much."
    extraction.reasons.append(reason("charges_do_not_add_up", "total_amount", text))


def _amount(value: FieldValue | None) -> Decimal | None:
    return value.value if value is not None and isinstance(value.value, Decimal) else None


def _line_facts(shipment: ReadShipment) -> Iterator[tuple[str, FieldValue]]:
    for name in SHARED_FACTS:
        value = shipment.facts.get(name)
        if value is not None:
            yield name, value
    freight_class = shipment.facts.get("freight_class")
    if freight_class is not None and "service" not in shipment.facts:
        text = f"class {freight_class.value}"
        yield "service", FieldValue(text, freight_class.raw, "rules", freight_class.place)


def _sums(bill: ReadBill) -> Iterator[ReviewReason]:
    """What does not add up: shipments whose charges are not the sum that is printed, and the bill as a whole."""
    wrong = [each for each in bill.shipments if each.stated is not None and each.stated != each.sum]
    if wrong:
        names = ", ".join(
            str(each.facts["tracking_number"].value) for each in wrong[:_NAMED] if "tracking_number" in each.facts
        )
        more = f" and {len(wrong) - _NAMED} more" if len(wrong) > _NAMED else ""
        missing = sum(((each.stated or Decimal(0)) - each.sum for each in wrong), Decimal(0))
        text = f"The charges of {names}{more} are not the sums printed for them; {missing:f} is missing or too much."
        yield reason("charges_do_not_add_up", "", text)
