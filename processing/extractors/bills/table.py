"""Tables of shipments: a row a shipment with its charges beside each other, or a row a charge. Pure.

The same engine reads data files with a header, data files of a known layout, and lists on paper whose cells were put
under their headings. Time and memory are linear in the cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from invoices.auditing.wording import folded
from invoices.rules.catalogue import reason
from processing.content.extraction import Fields, FieldValue
from processing.content.records import Cell
from processing.extractors.bills.charge_lines import cells_of, charge_line, named_by_heading
from processing.extractors.bills.classes import note_goods
from processing.extractors.bills.columns import Columns
from processing.extractors.bills.facts import RowFacts
from processing.extractors.bills.grouped import Groups
from processing.extractors.bills.headings import currency_of, is_american, numbered
from processing.extractors.bills.records import ReadBill, ReadShipment, amount_of
from processing.extractors.bills.repeats import again, apart
from processing.extractors.bills.totals import taxed
from processing.extractors.bills.untold import UntoldColumns, sample_of
from processing.extractors.bills.values import (
    Conventions,
    day,
    field,
    is_ambiguous,
    is_money,
    number,
)

Cells = Mapping[int, Cell]
_HEADER = ("invoice_number", "currency", "vendor_name", "buyer_name")
_CODE_CHARACTERS = 4
TOTALS = re.compile(
    r"\b(total|subtotal|sub total|sum|summe|gesamt\w*|zwischensumme|netto\w*|net|brutto\w*|vat|tax|gst|mwst|ust|iva"
    r"|tva|btw|rechnungsbetrag|rechnungssumme|amount due|balance|importe|montant|totale|totaal|suma|razem|a payer"
    r"|uebertrag|yhteensae|maksettava|alv|oesszesen|fizetendo|afa|toplam|oedenecek|kdv|ukupno|skupaj|celkem|moms"
    r"|de plata)\b"
)


class TableReader:
    """Reads the rows below a header, one after the other."""

    def __init__(
        self, columns: Columns, rows: Sequence[tuple[int, Cells]], *, skip: Mapping[int, frozenset[str]]
    ) -> None:
        self.columns = columns
        self.rows = rows
        self.skip = skip
        self.bill = ReadBill()
        self._by_number: dict[str, ReadShipment] = {}
        self._last: ReadShipment | None = None
        self._constants: dict[str, FieldValue] = {}
        self._others: dict[str, int] = {}
        self._closed = False  # the totals have begun
        self._after: Fields | None = None  # the amount of the row below the sum
        sample = sample_of(columns, rows)
        money = [*(g.amount for g in columns.groups), *columns.charges, *self._columns("amount", "row_total")]
        dates = self._columns("ship_date", "invoice_date")
        self.conventions = Conventions.of(
            (cells[at].text for cells in sample for at in money if at in cells),
            (cells[at].text for cells in sample for at in dates if at in cells),
            currency=next(iter(self._texts(sample, "currency")), "")
            or self._currency_in_headings()
            or ("USD" if is_american(columns.headings.values()) else ""),
        )
        texts = [cells[at].text for cells in sample for at in dates if at in cells]
        self._may_be_swapped = self.conventions.day_first is None and any(map(is_ambiguous, texts))
        self._facts = RowFacts(columns, self.conventions)
        self._groups = Groups(columns)
        self._first_row_names = columns.row_is_charge and self._rows_between()
        self._maybe: list[int] = []
        untold = UntoldColumns(columns, self.conventions, self._charges)
        untold.find_total(sample)
        self._maybe = untold.charges_that_sums_ask_for(sample)
        has_charges = columns.groups or columns.charges or self._maybe or "amount" in columns.facts
        if not has_charges and "row_total" in columns.facts:
            columns.one_charge()

    def _rows_between(self) -> bool:
        """Whether charges without a number stand between shipments."""
        open_ = False
        for _, cells in self.rows:
            if self._first(cells, "tracking_number") is not None:
                if open_:
                    return True
            elif self._first(cells, "amount") is not None and self._charge_named(cells) is not None:
                open_ = True
        return False

    def read(self) -> ReadBill:
        for number_, cells in self.rows:
            if any(at in cells and cells[at].text in values for at, values in self.skip.items()):
                continue
            self._read_row(number_, cells)
        if self.columns.row_is_charge:
            self.bill.shipments = [part for each in self.bill.shipments for part in apart(each)]
        self.bill.header.update(self._constants)
        if self._may_be_swapped:
            text = "Day and month could be swapped; nothing in the file settles it."
            self.bill.reasons.append(reason("weak_evidence", "invoice_date", text))
        if self._others:
            text = f"The file contains {len(self._others) + 1} invoices; only the first was read."
            self.bill.reasons.append(reason("several_invoices", "", text))
        return self.bill

    def _read_row(self, number_: int, cells: Cells) -> None:
        invoice = self._first(cells, "invoice_number")
        first = self._constants.get("invoice_number")
        if invoice is not None and first is not None and invoice.text != first.value:
            self._others.setdefault(invoice.text, number_)
            self.bill.rows.add(number_)
            return
        charges = list(self._charges(cells))
        self._header(cells)
        id_ = self._first(cells, "tracking_number") or self._first(cells, "lead_number")
        if invoice is not None:
            self.bill.rows.add(number_)  # a record of the file, whatever it holds
        if id_ is None or not any(c.isdigit() for c in id_.text) or TOTALS.search(folded(id_.text)):
            if id_ is None and self._states_sum(cells, charges):
                self.bill.rows.add(number_)
            elif id_ is None and self._continues(number_, cells, charges):
                assert self._last is not None
                self.bill.rows.add(number_)
                self._last.charges += charges
            else:
                self._closing(cells)
                if id_ is None and not self._closed:
                    self._below(number_, cells, charges)
            return
        if not charges:
            return
        self.bill.rows.add(number_)
        if self._is_sum_of_shipment(id_, cells, charges):
            return
        own = self._facts.read(cells, id_)
        if rated_with := self._groups.number(cells, charges):
            shipment, is_new = self._groups.shipment(rated_with, id_, own, charges)
            self.bill.shipments += [shipment] if is_new else []
        else:
            shipment = self._shipment(id_, charges)
            for name, value in own.items():
                shipment.facts.setdefault(name, value)
            shipment.charges += charges
            if self.columns.row_is_charge and "freight_class" in self.columns.facts:
                note_goods(shipment, charges[0], own.get("freight_class"), own.get("billed_weight"))
        stated = self._amount(cells, "row_total")
        if stated is not None and not (rated_with and self.columns.row_is_charge):
            # Beside a charge it is the total of the shipment, repeated in each of its rows.
            shipment.stated = stated if self.columns.row_is_charge else stated + (shipment.stated or 0)
        self._last = shipment

    def _is_sum_of_shipment(self, id_: Cell, cells: Cells, charges: Sequence[Fields]) -> bool:
        """Whether the row of a charge is the sum of those above it; it is kept as what is stated."""
        last, name = self._last, self._charge_named(cells)
        if not self.columns.row_is_charge or last is None or name is None or not TOTALS.search(folded(name.text)):
            return False
        is_last = last is self._by_number.get(id_.text.casefold())
        if is_last and len(last.charges) > 1 and last.sum == amount_of(charges[0]):
            last.stated, self._last = last.sum, None  # what comes of it after this is billed anew
            return True
        return False

    def _states_sum(self, cells: Cells, charges: Sequence[Fields]) -> bool:
        """Whether a row without a number prints the sum of the shipment above it; another one begins after it."""
        last, name = self._last, self._charge_named(cells)
        if not self._first_row_names or last is None or self._closed or len(charges) != 1 or name is None:
            return False
        if not TOTALS.search(folded(name.text)) or amount_of(charges[0]) != last.sum:
            return False
        if len(self.bill.shipments) == 1 and self.rows[-1][1] is cells:
            return False  # the only shipment: that of the bill
        last.stated, self._last = last.sum, None
        return True

    def _continues(self, number_: int, cells: Cells, charges: Sequence[Fields]) -> bool:
        """Whether a row is a further charge of the shipment above it, in a file that names a shipment in its first row
        only."""
        if not self._first_row_names or self._last is None or self._closed or len(charges) != 1:
            return False
        name = self._charge_named(cells)
        if name is None or not any(c.isalpha() for c in name.text) or TOTALS.search(folded(name.text)):
            return False
        return len(self.bill.shipments) < 2 or amount_of(charges[0]) != self.bill.sum

    def _charge_named(self, cells: Cells) -> Cell | None:
        """The cell that names the charge of a row: "Leistung" heads services as well as charges, and a type of charge
        that is no code is its name."""
        name, class_ = self._first(cells, "charge_name"), self._first(cells, "charge_class")
        if name is None and class_ is not None and len(class_.text) > _CODE_CHARACTERS:
            return class_
        return name or self._first(cells, "service")

    def _shipment(self, id_: Cell, charges: Sequence[Fields]) -> ReadShipment:
        """The shipment of the row: rows of one number are one shipment, but where charges come a second time a new
        billing of it begins."""
        key = id_.text.casefold()
        known = self._by_number.get(key) if not self._first_row_names else None
        if known is not None and (known is self._last or not again(known, charges)) and self.columns.row_is_charge:
            return known
        made = ReadShipment()
        self._by_number[key] = made
        self.bill.shipments.append(made)
        return made

    def _charges(self, cells: Cells) -> Iterable[Fields]:
        for at in [*self.columns.charges, *self._maybe]:
            if at in cells:
                yield from self._of_column(cells[at], self.columns.headings[at])
        for group in self.columns.groups:
            if group.amount not in cells:
                continue
            name = cells.get(group.name) if group.name is not None else None
            code = cells.get(group.code) if group.code is not None else None
            yield from self._charge(cells[group.amount], name, code)
            if group.discount is not None and group.discount in cells:
                off = number(cells[group.discount].text, self.conventions)
                if off:
                    yield charge_line(
                        -abs(off), cells[group.discount], "Discount " + (name.text if name else ""), name, None
                    )
        if self.columns.row_is_charge:
            amount = self._first(cells, "amount")
            if amount is not None:
                name, code = self._charge_named(cells), self._first(cells, "charge_code")
                yield from self._charge(amount, name, code, self._class(cells))

    def _class(self, cells: Cells) -> str:
        found = self._first(cells, "charge_class")
        return found.text if found is not None else ""

    def _of_column(self, cell: Cell, heading: str) -> Iterable[Fields]:
        """A charge whose name is its heading, or stands in the cell before the amount ("Avisierung 4,50")."""
        value = number(cell.text, self.conventions)
        words = cell.text.split()
        name = " ".join(words[:-1])
        if "%" in cell.text:
            return  # the label of a row of totals
        if value is not None and any(c.isalpha() for c in name) and is_money(words[-1]):
            yield charge_line(value, cell, name, cell, None)
        elif value:
            yield charge_line(value, cell, self._named(heading), None, None)

    def _named(self, heading: str) -> str:
        """A heading as the name of its charge; the number of one of several alike ("Residential 2") is none of it."""
        parts = numbered(heading)
        alike = parts is not None and any(
            each != heading and (other := numbered(each)) is not None and other[0] == parts[0]
            for each in self.columns.headings.values()
        )
        return named_by_heading(heading.replace(parts[1], "", 1).strip() if parts and alike else heading)

    def _charge(self, amount: Cell, name: Cell | None, code: Cell | None, class_: str = "") -> Iterable[Fields]:
        value = number(amount.text, self.conventions)
        if value is None or (not value and (name is None or not name.text)):
            return
        if value:
            yield charge_line(value, amount, name.text if name else "", name, code, class_)

    def _header(self, cells: Cells) -> None:
        for name in _HEADER:
            found = self._first(cells, name)
            if found is not None:
                self._constant(name, field(found.text, found))
        for name in ("invoice_date", "due_date"):
            found = self._first(cells, name)
            value = day(found.text, self.conventions) if found is not None else None
            if found is not None and value is not None:
                self._constant(name, field(value, found))
        total = self._amount(cells, "total_amount")
        cell = self._first(cells, "total_amount")
        row_total = self._amount(cells, "row_total")
        if total is not None and cell is not None:
            self._constant("total_amount", field(total, cell))
        elif (
            row_total is not None
            and self._first(cells, "tracking_number") is None
            and "total_amount" not in self._constants
        ):
            cell = self._first(cells, "row_total")
            if cell is not None and self._first(cells, "line_type") is not None:
                self._constant("total_amount", field(row_total, cell))  # the line of the invoice above its shipments
        if "currency" not in self._constants and (code := self._currency_in_headings()):
            place = next(iter(cells.values())).place
            self._constants["currency"] = FieldValue(code, code, "rules", place)

    def _constant(self, name: str, value: FieldValue) -> None:
        self._constants.setdefault(name, value)

    def _closing(self, cells: Cells) -> None:
        """Takes the sum of the bill that a row below its shipments prints, and what comes of it with the tax of the row
        between; another sum that is higher says that something is missing."""
        last = max(cells)
        value = number(cells[last].text, self.conventions) if is_money(cells[last].text) else None
        if value is None or not self.bill.shipments:
            return
        with_tax = taxed(cells, self.bill.sum, self.conventions) if self.bill.closing is None else None
        if with_tax is not None:
            self.bill.closing, self.bill.tax = with_tax
            return
        closing = self.bill.closing.value if self.bill.closing is not None else None
        if closing is None:
            if value == self.bill.sum:
                self.bill.closing = field(value, cells[last])
        elif isinstance(closing, Decimal) and self._after is not None and value == closing + amount_of(self._after):
            self.bill.closing, self.bill.tax = field(value, cells[last]), self._after["amount"]
        elif isinstance(closing, Decimal) and value > closing:
            self.bill.closing = None
        self._after = {"amount": field(value, cells[last])} if closing is not None else None

    def _below(self, number_: int, cells: Cells, charges: Sequence[Fields]) -> None:
        """A row without a shipment: a charge of the bill as a whole, until its totals begin."""
        if not charges or not self.bill.shipments:
            return
        label = next((cell for at, cell in sorted(cells.items()) if any(c.isalpha() for c in cell.text)), None)
        amount = sum((amount_of(charge) for charge in charges), Decimal(0))
        if label is None or len(charges) > 1 or TOTALS.search(folded(label.text)) or amount == self.bill.sum:
            self._closed = True
            return
        charge = charges[0]
        if "description" not in charge:
            charge.update(charge_line(amount, cells_of(charge, cells), label.text, label, None))
        self.bill.loose.append(charge)
        self.bill.rows.add(number_)

    def _currency_in_headings(self) -> str:
        money = [*(g.amount for g in self.columns.groups), *self.columns.charges, *self._columns("amount", "row_total")]
        return next((code for at in money if (code := currency_of(self.columns.headings.get(at, "")))), "")

    def _amount(self, cells: Cells, meaning: str) -> Decimal | None:
        found = self._first(cells, meaning)
        return None if found is None else number(found.text, self.conventions)

    def _first(self, cells: Cells, meaning: str) -> Cell | None:
        return self.columns.cell(cells, meaning)

    def _columns(self, *meanings: str) -> list[int]:
        return [at for meaning in meanings for at in self.columns.facts.get(meaning, ())]

    def _texts(self, sample: Sequence[Cells], meaning: str) -> list[str]:
        return [cells[at].text for cells in sample for at in self._columns(meaning) if at in cells]
