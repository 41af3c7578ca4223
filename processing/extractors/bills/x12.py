"""X12 210, the motor carrier's invoice: a transaction set a freight bill. Pure.

ASC X12 004010: B3 begins the invoice (amounts have two places without a point), N1 loops name the parties, L5/L0/L1/L7
describe and charge a lading line, L3 states the total.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from decimal import Decimal, InvalidOperation

from invoices.auditing.kinds import charge_kind
from invoices.rules.catalogue import reason
from processing.content.extraction import Fields, FieldValue
from processing.content.records import Cell, DocumentContent, Row
from processing.extractors.bills.classes import note_goods
from processing.extractors.bills.records import KINDS, ReadBill, ReadShipment
from processing.extractors.bills.values import Conventions, day, field, weight_unit
from processing.readers import media_types

_DAYS = Conventions(".", False)
# Element 128 (reference qualifier) of numbers that name the shipment, the better first; of those that only refer.
_TRACKING = ("CN", "2I")
_REFERENCES = frozenset({"BM", "PO", "SI", "CR", "LO", "MB", "OW", "P8", "IK", "DO", "CO"})
# Element 150 (special charge code) → name, where the file names none.
_CHARGES = {
    "400": "Line haul", "FUE": "Fuel surcharge", "FSC": "Fuel surcharge", "DSC": "Discount",
    "RES": "Residential delivery", "LFT": "Liftgate", "IDL": "Inside delivery", "NFY": "Notification",
    "DET": "Detention", "HAZ": "Hazardous materials",
    "MIN": "Minimum charge", "SOC": "Stop-off charge", "LHS": "Line haul", "LAY": "Layover", "TAX": "Tax",
    "405": "Fuel surcharge", "MSC": "Miscellaneous", "REC": "Reconsignment", "STR": "Storage", "APT": "Appointment",
}  # fmt: skip
_SUM = "the amounts of its freight bills"
_PAYMENT = {"PP": "prepaid", "CC": "collect", "TP": "third party"}


@dataclass(slots=True)
class _Line:
    """A line of the lading (LX): what it is called, what it weighs, its class and its charges."""

    named: Cell | None = None
    weighs: bool = False
    adjusts: bool = False  # the set asks for a balance due (element 202, BD)
    weight: FieldValue | None = None
    freight_class: FieldValue | None = None
    charges: list[Fields] = dataclass_field(default_factory=list)


def find_x12(content: DocumentContent) -> list[list[Row]] | None:
    """The transaction sets 210 of an interchange."""
    if content.media_type != media_types.X12:
        return None
    sets = [rows for rows in _sets(content.rows) if _text(rows[0], 1) == "210"]
    return sets or None


def _sets(rows: list[Row]) -> Iterator[list[Row]]:
    own: list[Row] = []
    for row in rows:
        name = row.cells[0].text
        if name == "ST":
            own = [row]
        elif own:
            own.append(row)
        if name == "SE" and own:
            yield own
            own = []


def read_x12_bills(content: DocumentContent, sets: list[list[Row]]) -> ReadBill:
    """One bill of all freight bills of the file; its number is that of the only one, or of the interchange."""
    bill = ReadBill()
    numbers: list[FieldValue] = []
    for rows in sets:
        shipment, number = _shipment(rows, bill)
        if number is not None:
            numbers.append(number)
        if shipment.charges:
            bill.shipments.append(shipment)
    if len(sets) == 1 and numbers:
        bill.header["invoice_number"] = numbers[0]
    elif numbers:
        isa = next((row for row in content.rows if row.cells[0].text == "ISA"), None)
        control = _cell(isa, 13) if isa is not None else None
        sender = _cell(isa, 6) if isa is not None else None
        if control is not None:
            code = f"{sender.text}-" if sender is not None else ""
            bill.header["invoice_number"] = field(f"{code}{control.text.lstrip('0') or control.text}", control)
            text = f"The file holds {len(sets)} freight bills; they are one bill here, numbered after the interchange."
            bill.reasons.append(reason("weak_evidence", "invoice_number", text))
    stated = [each.stated for each in bill.shipments if each.stated is not None]
    if len(stated) == len(bill.shipments) and stated:
        total = sum(stated, Decimal(0))
        first = _first(sets[0], "B3", 7)
        if len(sets) == 1 and first is not None:
            bill.header["total_amount"] = field(total, first)
        else:
            bill.header["total_amount"] = FieldValue(
                total,
                str(total),
                "rules",
                first.place if first else None,
                # Amounts that are read and that the charges of each confirm: their sum is no guess.
                derived_from="" if all(each.stated == each.sum for each in bill.shipments) else _SUM,
            )
    if "currency" not in bill.header:
        # C3 is optional; amounts of a 210 without it are in the currency of the carrier's country.
        text = "The file names no currency; US dollars were assumed."
        bill.header["currency"] = FieldValue("USD", "", "rules", None, derived_from="X12 210 without C3")
        bill.reasons.append(reason("weak_evidence", "currency", text))
    return bill


def _shipment(rows: list[Row], bill: ReadBill) -> tuple[ReadShipment, FieldValue | None]:
    shipment = ReadShipment()
    facts = shipment.facts
    number: FieldValue | None = None
    references: list[Cell] = []
    tracking: dict[str, Cell] = {}
    entity = ""
    line = _Line()
    lines = [line]
    for row in rows:
        bill.rows.add(row.number)
        name = row.cells[0].text
        if name == "B3":
            number = _value(row, 2)
            bill_of_lading, payment = _cell(row, 3), _cell(row, 4)
            if bill_of_lading is not None:
                references.append(bill_of_lading)
            if payment is not None:
                facts["payer"] = field(_PAYMENT.get(payment.text, payment.text), payment)
            self_stated = _money(_cell(row, 7))
            if self_stated is not None:
                credit, line.adjusts = _text(row, 8) in ("CR", "CM"), _text(row, 8) == "BD"
                shipment.stated = -abs(self_stated) if credit else self_stated
            billed = _cell(row, 6)
            if billed is not None and (moment := day(billed.text, _DAYS)) is not None:
                bill.header.setdefault("invoice_date", field(moment, billed))
        elif name == "C3" and (code := _cell(row, 1)) is not None:
            bill.header.setdefault("currency", field(code.text, code))
        elif name == "N9" and (value := _cell(row, 2)) is not None:
            qualifier = _text(row, 1)
            if qualifier in _TRACKING:
                tracking[qualifier] = value
            elif qualifier in _REFERENCES:
                references.append(value)
        elif name == "G62" and (when := _cell(row, 2)) is not None:
            moment = day(when.text, _DAYS)
            if moment is not None and _text(row, 1) in ("86", "11", "CD", "10"):
                facts.setdefault("ship_date", field(moment, when))
        elif name == "N1":
            entity = _text(row, 1)
            party = _cell(row, 2)
            if entity == "CA" and party is not None:
                bill.header["vendor_name"] = field(party.text, party)
            elif entity in ("RE", "RI", "PE") and party is not None:  # who is to be paid
                bill.header.setdefault("vendor_name", field(party.text, party))
            elif entity == "BT" and party is not None:
                bill.header.setdefault("buyer_name", field(party.text, party))
        elif name == "N4" and entity in ("SH", "SF", "CN", "ST"):
            place = _place(row)
            if place is not None:
                facts.setdefault("origin" if entity in ("SH", "SF") else "destination", place)
        elif name == "N7" and (equipment := _cell(row, 2)) is not None:
            facts.setdefault("equipment", field(equipment.text, equipment))
        elif name == "LX":
            line = _Line(adjusts=line.adjusts)
            lines.append(line)
        elif name == "L5":
            line.named = line.named or _cell(row, 2)
        elif name in ("L0", "L7", "L1", "L3"):
            _lading(row, name, shipment, line)
    for each in lines:
        for charge in each.charges:
            note_goods(shipment, charge, each.freight_class, each.weight)
    best = next((tracking[each] for each in _TRACKING if each in tracking), None)
    if best is None and number is not None:
        facts["tracking_number"] = number
    elif best is not None:
        facts["tracking_number"] = field(best.text, best)
    texts = list(dict.fromkeys(cell.text for cell in references))
    if texts:
        facts["references"] = field("\n".join(texts), references[0])
    return shipment, number


def _lading(row: Row, name: str, shipment: ReadShipment, line: _Line) -> None:
    facts = shipment.facts
    if name == "L0":
        line.weighs = _cell(row, 4) is not None or _cell(row, 2) is not None
        weight, pieces = _cell(row, 4), _cell(row, 8)
        value = _decimal(weight)
        line.weight = field(value, weight) if weight is not None and value else None
        _weight(row, 4, 5, facts)
        if weight is None:
            _weight(row, 2, 3, facts)
        count = _decimal(pieces)
        if pieces is not None and count:
            facts.setdefault("pieces", field(count, pieces))
    elif name == "L7" and (freight_class := _cell(row, 7)) is not None:
        line.freight_class = field(freight_class.text, freight_class)
        facts.setdefault("freight_class", line.freight_class)
    elif name == "L1" and (amount := _cell(row, 4)) is not None:
        value = _money(amount)
        if value:
            shipment.charges.append(_charge(row, amount, value, line))
            if _cell(row, 8) is None:
                line.charges.append(shipment.charges[-1])
    elif name == "L3":
        total = _money(_cell(row, 5))
        if shipment.stated is None:
            shipment.stated = total
        _weight(row, 1, 2, facts)


def _weight(row: Row, at: int, qualifier: int, facts: Fields) -> None:
    cell = _cell(row, at)
    value = _decimal(cell)
    if cell is None or not value or "billed_weight" in facts:
        return
    facts["billed_weight"] = field(value, cell)
    # Element 188: L pounds, K kilograms; pounds where it is not said.
    unit = _cell(row, 11) if at == 4 else None
    said = weight_unit(unit.text) if unit is not None else ""
    facts["weight_unit"] = FieldValue(said or "lb", unit.text if unit is not None and said else "", "rules", cell.place)


def _charge(row: Row, amount: Cell, value: Decimal, of: _Line) -> Fields:
    line: Fields = {"amount": field(value, amount, raw=amount.text)}
    code, named = _cell(row, 8), _cell(row, 12)
    if code is not None:
        line["charge_code"] = field(code.text, code)
    if named is not None:
        line["description"] = field(named.text, named)
    elif code is not None and code.text in _CHARGES:
        line["description"] = FieldValue(_CHARGES[code.text], code.text, "rules", code.place)
    elif of.named is not None:
        line["description"] = field(of.named.text, of.named)
    text = str(line["description"].value) if "description" in line else ""
    kind = charge_kind(text, code.text if code else "", lowers=value < 0)
    if kind is None and value > 0 and code is None and of.weighs:
        kind = "freight"  # what was weighed is charged without a special code
    if kind == "freight" and of.adjusts:
        kind = "adjustment"
    if kind is not None:
        line["charge_kind"] = KINDS[kind]
    return line


def _place(row: Row) -> FieldValue | None:
    town, region, postal, country = (_text(row, at) for at in (1, 2, 3, 4))
    first = _cell(row, 1) or _cell(row, 3)
    if first is None:
        return None
    text = ", ".join(filter(None, (town, " ".join(filter(None, (region, postal))))))
    if country and country not in ("US", "USA", "CA"):
        text = f"{text}, {country}"
    return field(text, first)


def _cell(row: Row | None, at: int) -> Cell | None:
    return None if row is None else row.cell_at(at)


def _text(row: Row, at: int) -> str:
    cell = row.cell_at(at)
    return "" if cell is None else cell.text


def _first(rows: list[Row], name: str, at: int) -> Cell | None:
    return next((cell for row in rows if row.cells[0].text == name and (cell := row.cell_at(at))), None)


def _value(row: Row, at: int) -> FieldValue | None:
    cell = row.cell_at(at)
    return None if cell is None else field(cell.text, cell)


def _decimal(cell: Cell | None) -> Decimal | None:
    if cell is None:
        return None
    try:
        value = Decimal(cell.text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def _money(cell: Cell | None) -> Decimal | None:
    """Type N2: two places are implied; a point in it is one that was written."""
    value = _decimal(cell)
    if value is None or cell is None:
        return None
    return value if "." in cell.text else value / 100
