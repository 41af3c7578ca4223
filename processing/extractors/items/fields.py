"""An item as fields with evidence: its name, its texts and its numbers. Pure."""

from __future__ import annotations

import re

from invoices.records import LINE_FIELDS, Method
from invoices.values import parse_date
from processing.content.extraction import Fields, FieldValue
from processing.content.records import Cell
from processing.extractors.items.cells import Item, Number, place_of
from processing.extractors.items.headers import HELPER_MEANINGS, weight_unit_in
from processing.extractors.items.lines import ItemReader
from processing.extractors.items.prices import net_unit_price

_CODE_BEFORE_NAME = re.compile(r"^(?:\[([^\]\s]{2,30})\]|\*([\w./-]{3,30})\*)\s+(?=\S)")


def item_fields(
    reader: ItemReader, item: Item, method: Method, *, day_first: bool | None = None,
    weight_unit: tuple[str, Cell] | None = None,
) -> Fields:  # fmt: skip
    """The fields of one item (records.LINE_FIELDS) that ``reader`` found. ``day_first`` is how the document writes
    dates; ``weight_unit`` what the header of the weights says, and where."""
    fields: Fields = {}
    name, cells = reader.name_of(item)
    if name:
        code = _CODE_BEFORE_NAME.match(name)
        if code:
            fields["item_code"] = FieldValue(code[1] or code[2], code[0].strip(), method, place_of(cells[:1]))
        text = name[code.end() :] if code else name
        fields["description"] = FieldValue(text, name, method, place_of(cells))
    for meaning, cell in item.cells.items():
        _put_text(fields, meaning, cell, method, day_first)
    for meaning, number in item.numbers.items():
        if meaning in LINE_FIELDS:
            fields[meaning] = FieldValue(
                abs(number.value) if meaning == "discount" else number.value,
                number.cell.text,
                method,
                place_of([number.cell]),
            )
    if "amount" not in fields and "amount_gross" in item.numbers:
        fields["amount"] = _number_value(item.numbers["amount_gross"], method)
    if (net := net_unit_price(fields, item)) is not None:
        fields["unit_price"] = net
    quantity = item.numbers.get("quantity")
    if (
        quantity
        and quantity.rest
        and "unit" not in fields
        and re.fullmatch(r"[^\W\d_][\w.²³/()°\- ]{0,14}", quantity.rest)
    ):
        fields["unit"] = FieldValue(quantity.rest, quantity.cell.text, method, place_of([quantity.cell]))
    _put_weight_unit(fields, item, method, weight_unit)
    rate = fields.get("tax_rate")
    if rate is not None and not 0 <= float(str(rate.value)) <= 100:
        del fields["tax_rate"]
    return fields


def _number_value(number: Number, method: Method) -> FieldValue:
    return FieldValue(number.value, number.cell.text, method, place_of([number.cell]))


def _put_weight_unit(fields: Fields, item: Item, method: Method, in_header: tuple[str, Cell] | None) -> None:
    weight = item.numbers.get("billed_weight")
    if weight is None or "weight_unit" in fields:
        return
    own = weight_unit_in(weight.rest)
    unit, cell = (own, weight.cell) if own else in_header or ("", weight.cell)
    if unit:
        fields["weight_unit"] = FieldValue(unit, cell.text, method, place_of([cell]))


def _put_text(fields: Fields, meaning: str, cell: Cell, method: Method, day_first: bool | None) -> None:
    if meaning in HELPER_MEANINGS or meaning not in LINE_FIELDS or meaning in fields:
        return
    text = cell.text.strip()
    if meaning == "ship_date":
        day = parse_date(text, day_first=day_first)
        if day is not None:
            fields[meaning] = FieldValue(day, text, method, place_of([cell]))
        return
    if meaning == "line_number":
        # "1 TB100A4": the position and the code have run together.
        number = re.match(r"(\d{1,5})[.):]*(?: +(\S+))?$", text)
        if not number:
            return
        if number[2] and "item_code" not in fields:
            fields["item_code"] = FieldValue(number[2], cell.text, method, place_of([cell]))
        text = number[1]
    if text:
        fields[meaning] = FieldValue(text, cell.text, method, place_of([cell]))
