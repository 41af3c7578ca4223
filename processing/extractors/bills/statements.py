"""Statements on paper: a block a shipment, with a line that names it, its charges below, and their sum. Pure.

A row with the sum of the charges above it closes a block, whatever it is called; so a total is never a charge.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from invoices.auditing.kinds import charge_kind
from processing.content.extraction import Fields, FieldValue
from processing.content.records import Cell, DocumentContent, Row
from processing.extractors.bills.block_labels import are_shipments, labelled_number, repeated_labels
from processing.extractors.bills.classes import note_goods
from processing.extractors.bills.headings import currency_of, meaning_of, unit_of
from processing.extractors.bills.paper import Heading, headings_of, under
from processing.extractors.bills.place_labels import PlaceLabels
from processing.extractors.bills.places import is_place, town_of
from processing.extractors.bills.records import KINDS, ReadBill, ReadShipment
from processing.extractors.bills.values import Conventions, day, field, is_money, number, weight_unit

_ID = r"(?P<id>(?=[A-Z0-9/-]*\d{2})[A-Z0-9][A-Z0-9/-]{3,29})"
_HEAD = re.compile(
    r"^\s*(?i:pro(?:bill)?|freight bill|h?awb|house awb|house air waybill|air waybill|way ?bill|consignment|con ?note"
    r"|shipment|tracking|parcel|récépissé|recepisse|expédition|lettre de voiture|sendung|frachtbrief|auftrag|lieferung"
    r"|albarán|albaran|expedición|envío|spedizione|lettera di vettura|zending|container|load|przesyłka|zlecenie)"
    r"(?i:s?-?nr\.?|snummer|nummer|\s?(?:no\.?|number|n[°º.]|nr\.?|#|id))?\s*:?\s+" + _ID + r"\b"
)
# A number that mostly stands beside another one: it heads a block where none is open.
_LADING = re.compile(
    r"^\s*(?i:b/?l|bol|bill of lading|hbl|mbl)(?i:\s?(?:no\.?|number|n[°º.]|nr\.?|#))?\s*:?\s+" + _ID + r"\b"
)
_REFERENCE = re.compile(
    r"(?i:\b(?:B/?L|BOL|bill of lading|P\.?O\.?|réf(?:érence)?|ref(?:erence)?|referenz|lieferschein|LS|MAWB"
    r"|order|container|s/?ref)"
    r"(?:\s?(?:no\.?|number|nr\.?|n°|#))?\.?\s*:?\s+)" + _ID
)
_ENDS = (
    re.compile(r"(?i)\b(?:from|shipper|origin|expéditeur|absender|von|de|da|mittente|pickup|nadanie|nadawca|załadunek|laadadres|carico|carga)\s*:?\s+(?P<text>.+?)(?=\s{2,}|$|\s+(?:to|à|nach|a)\s*:?\s)"),
    re.compile(r"(?i)(?:^|\s)(?:to|consignee|destination|destinataire|empfänger|nach|à|destinatario|dostawa|odbiorca|rozładunek|losadres|scarico|entrega)\s*:?\s+(?P<text>.+?)(?=\s{2,}|$)"),
)  # fmt: skip
_PIECES = re.compile(
    r"(?i)\b(\d{1,5})\s*(?:colis|pieces?|pcs|pallets?|plts?|packstücke|colli|pkgs?|bultos|ctns?|skids?|pal|szt)\b"
)
_WEIGHT = re.compile(r"(?i)(?<![\w@/])(\d[\d.,' ]*)\s*(kgs?|lbs?)\b")
_TOTAL = re.compile(r"(?i)\b(?:total|subtotal|sub-total|\w*summe|gesamt\w*|totale|totaal|suma|razem|somme)\b")
_PAYER = re.compile(r"(?i)\b(prepaid|collect|third party|franco|unfrei|frei haus|port payé|port dû)\b")
_CODE = re.compile(r"[A-Z0-9]{2,5}")
_FIGURE = re.compile(r"[\d.,' \u00a0\u202f]+(?: ?(?:kg|lb)s?\.?)?", re.IGNORECASE)
_CLASS = re.compile(r"\d{2,3}(\.5)?")
_CLASS_SAID = re.compile(r"(?i)\bclass\s*:?\s*(\d{2,3}(?:\.5)?)\b")
_TEXTS = frozenset({"zone", "service", "origin", "destination", "references"})


class _Reader:
    def __init__(self, rows: Sequence[Row], conventions: Conventions, label: str = "") -> None:
        self.label = label
        self.rows = rows
        self.conventions = conventions
        self.headings: list[Heading] | None = None
        self.current: ReadShipment | None = None
        self.bill = ReadBill()
        self.heads = 0
        self.closing = 0  # the row of the last sum of a shipment
        self.labels = PlaceLabels()

    def read(self) -> ReadBill:
        above: Row | None = None
        for row in self.rows:
            headings = headings_of(row, above)
            above = row
            if headings is not None:
                self.headings = headings
                self.bill.rows.add(row.number)
                continue
            cells = under(self.headings, row) if self.headings else {}
            head = self._head(row, cells)
            if head is not None:
                self._begin(row, cells, head)
            elif self.current is not None:
                self._inside(row, cells)
        self.heads = len(self.bill.shipments)
        self.bill.shipments = [each for each in self.bill.shipments if each.charges]
        if len(self.bill.shipments) == 1:
            self.bill.rows.discard(self.closing)  # the total of the only shipment is that of the bill
        return self.bill

    def _head(self, row: Row, cells: dict[int, Cell]) -> tuple[str, Cell] | None:
        for cell in row.cells[:2]:
            found = _HEAD.match(cell.text)
            if found is not None and not is_money(row.cells[-1].text):
                return found["id"], cell
        if self.label and (number_ := labelled_number(row, self.label)) and not is_money(row.cells[-1].text):
            return number_, row.cells[0]
        found = _LADING.match(row.cells[0].text) if self.current is None else None
        if found is not None and not is_money(row.cells[-1].text):
            return found["id"], row.cells[0]
        for at, cell in cells.items():
            meaning = self._meaning(at)
            words = cell.text.split()
            if meaning == "tracking_number" and len(words) == 1 and re.fullmatch(_ID, words[0]) and len(row.cells) > 2:
                return cell.text, cell
        return None

    def _meaning(self, at: int) -> str:
        return meaning_of(self.headings[at].text) if self.headings else ""

    def _begin(self, row: Row, cells: dict[int, Cell], head: tuple[str, Cell]) -> None:
        id_, cell = head
        same = self.current is not None and str(self.current.facts["tracking_number"].value) == id_
        if not same:  # else the block goes on on another page
            self.current = ReadShipment({"tracking_number": field(id_, cell, raw=id_)})
            self.bill.shipments.append(self.current)
        self.bill.rows.add(row.number)
        self._facts(row, cells, in_table=any(cell is placed for placed in cells.values()))

    def _inside(self, row: Row, cells: dict[int, Cell]) -> None:
        current = self.current
        assert current is not None
        last = row.cells[-1]
        if not is_money(last.text) or len(row.cells) < 2:
            if row.page == self._page() and not current.charges:
                self.bill.rows.add(row.number)
                self._facts(row, cells)
            return
        amount = number(last.text, self.conventions)
        if amount is None:
            return
        label = " ".join(cell.text for cell in row.cells[:-1])
        id_ = str(current.facts["tracking_number"].value)
        is_sum = amount == current.sum and (id_ in label or len(current.charges) > 1)
        if current.charges and (_TOTAL.search(label) or is_sum):
            if id_ in label or amount == current.sum:
                current.stated = amount
                self.bill.rows.add(row.number)
                self.closing = row.number
            self.current = None
            return
        self.bill.rows.add(row.number)
        current.charges.append(self._charge(row, cells, amount))
        beside = dict(self._by_heading(cells))
        note_goods(current, current.charges[-1], beside.get("freight_class"), beside.get("billed_weight"))
        if len(current.charges) == 1:
            self._facts(row, cells)

    def _page(self) -> int:
        return next((row.page for row in reversed(self.rows) if row.number in self.bill.rows), 0)

    def _charge(self, row: Row, cells: dict[int, Cell], amount: Decimal) -> Fields:
        last = row.cells[-1]
        line: Fields = {"amount": field(amount, last)}
        code = next((cells[at] for at in cells if self._meaning(at) == "charge_code"), None)
        # The description of the goods may stand before that of the charge.
        named = next((cells[at] for at in sorted(cells, reverse=True) if self._meaning(at) == "charge_name"), None)
        before = [cell for cell in row.cells[:-1] if any(c.isalpha() for c in cell.text)]
        if named is None and before:
            named = before[-1]
            if code is None and len(before) > 1 and _CODE.fullmatch(before[-2].text):
                code = before[-2]
        if code is not None and code is not named and _CODE.fullmatch(code.text):
            line["charge_code"] = field(code.text, code)
        if named is not None:
            line["description"] = field(named.text, named)
        text = named.text if named is not None else ""
        kind = charge_kind(text, code.text if code else "", lowers=amount < 0)
        if kind is None and amount > 0 and self._weighs(cells):
            kind = "freight"  # the row of the goods: their weight or class stands in it
        if kind is not None:
            line["charge_kind"] = KINDS[kind]
        return line

    def _weighs(self, cells: dict[int, Cell]) -> bool:
        return any(
            (meaning == "billed_weight" and _FIGURE.fullmatch(cell.text))
            or (meaning == "freight_class" and _CLASS.fullmatch(cell.text))
            for at, cell in cells.items()
            if (meaning := self._meaning(at))
        )

    def _facts(self, row: Row, cells: dict[int, Cell], *, in_table: bool = False) -> None:
        """What a row says of its shipment. Lines of prose between tables do not stand under their headings."""
        assert self.current is not None
        facts = self.current.facts
        if in_table or is_money(row.cells[-1].text):
            for name, value in self._by_heading(cells):
                facts.setdefault(name, value)
        if is_money(row.cells[-1].text):
            return
        for cell in row.cells:
            for name, value in self._by_words(cell, facts):
                facts.setdefault(name, value)
        for name, text, cell in self.labels.places(row):
            facts.setdefault(name, field(town_of(text), cell, raw=text))

    def _by_heading(self, cells: dict[int, Cell]) -> Iterable[tuple[str, FieldValue]]:
        for at, cell in cells.items():
            meaning = self._meaning(at)
            if meaning in ("billed_weight", "actual_weight", "pieces", "declared_value"):
                value = number(cell.text, self.conventions) if _FIGURE.fullmatch(cell.text) else None
                if value:
                    yield meaning, field(value, cell)
                    unit = unit_of(self.headings[at].text if self.headings else "")
                    if unit and meaning == "billed_weight":
                        yield (
                            "weight_unit",
                            FieldValue(unit, self.headings[at].text if self.headings else "", "rules", cell.place),
                        )
            elif meaning == "ship_date":
                moment = day(cell.text, self.conventions)
                if moment is not None:
                    yield meaning, field(moment, cell)
            elif meaning in _TEXTS or (meaning == "freight_class" and _CLASS.fullmatch(cell.text)):
                yield meaning, field(cell.text, cell)

    def _by_words(self, cell: Cell, facts: Fields) -> Iterable[tuple[str, FieldValue]]:
        text = cell.text
        moment = day(text, self.conventions)
        if moment is not None:
            yield "ship_date", field(moment, cell)
        references = [found["id"] for found in _REFERENCE.finditer(text)]
        if references:
            yield "references", field("\n".join(references), cell)
        found = _PIECES.search(text)
        if found is not None:
            yield "pieces", field(Decimal(found[1]), cell, raw=found[0])
        found = _WEIGHT.search(text)
        if found is not None and (value := number(found[1], self.conventions)):
            yield "billed_weight", field(value, cell, raw=found[0])
            yield "weight_unit", field(weight_unit(found[2]), cell, raw=found[2])
        found = _CLASS_SAID.search(text)
        if found is not None:
            yield "freight_class", field(found[1], cell, raw=found[0])
        found = _PAYER.search(text)
        if found is not None:
            yield "payer", field(found[1], cell, raw=found[1])
        if moment is None:
            for name, pattern in zip(("origin", "destination"), _ENDS, strict=True):
                end = pattern.search(text)
                if end is not None and is_place(end["text"]):
                    yield name, field(town_of(end["text"]), cell, raw=end["text"])


def find_statement(content: DocumentContent) -> ReadBill | None:
    """Blocks of shipments whose sums, where they are printed, are those of their charges."""
    rows = content.rows
    if any(_HEAD.match(c.text) or _LADING.match(c.text) for row in rows for c in row.cells[:2]) or any(
        meaning_of(cell.text) == "tracking_number" for row in rows for cell in row.cells
    ):
        found = _blocks(rows)
        if found is not None:
            return found
    labelled = (_blocks(rows, label) for label in repeated_labels(rows))
    return next((bill for bill in labelled if bill is not None and are_shipments(bill)), None)


def _blocks(rows: Sequence[Row], label: str = "") -> ReadBill | None:
    texts = [cell.text for row in rows for cell in row.cells]
    currency = next((code for text in texts if (code := currency_of(text))), "")
    conventions = Conventions.of((row.cells[-1].text for row in rows if row.cells), texts, currency=currency)
    reader = _Reader(rows, conventions, label)
    bill = reader.read()
    if len(bill.shipments) < 0.8 * reader.heads:
        return None  # rows of a table rather than blocks
    stated = [each for each in bill.shipments if each.stated is not None]
    right = sum(each.stated == each.sum for each in stated)
    if not bill.shipments or not stated or right < 0.8 * len(stated) or len(stated) < 0.5 * len(bill.shipments):
        return None
    _set_units(bill, texts)
    return bill


def _set_units(bill: ReadBill, texts: Sequence[str]) -> None:
    """Pounds are the unit of weights that are called so in the charges ("420 lb as 500 lb")."""
    for shipment in bill.shipments:
        if "weight_unit" in shipment.facts or "billed_weight" not in shipment.facts:
            continue
        for charge in shipment.charges:
            text = str(charge["description"].value) if "description" in charge else ""
            found = _WEIGHT.search(text)
            if found is not None:
                place = charge["description"].place
                shipment.facts["weight_unit"] = FieldValue(weight_unit(found[2]), found[2], "rules", place)
                break


def read_statement(content: DocumentContent, found: ReadBill) -> ReadBill:
    return found
