"""What a row of a table says of its shipment. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from processing.content.extraction import Fields, FieldValue
from processing.content.records import Cell
from processing.extractors.bills.columns import Columns
from processing.extractors.bills.headings import unit_of
from processing.extractors.bills.places import place_of
from processing.extractors.bills.values import Conventions, day, dimensions, field, length_unit, number, weight_unit

Cells = Mapping[int, Cell]
_CODE_CHARACTERS = 3


class RowFacts:
    """Reads the facts of the shipment of a row by its columns."""

    def __init__(self, columns: Columns, conventions: Conventions) -> None:
        self.columns = columns
        self.conventions = conventions

    def read(self, cells: Cells, id_: Cell) -> Fields:
        facts: Fields = {"tracking_number": field(id_.text, id_)}
        for name in ("zone", "freight_class", "payer"):
            found = self.columns.cell(cells, name)
            if found is not None and found.text.strip("0 -"):
                facts[name] = field(found.text.lstrip("0") if name == "zone" else found.text, found)
        services = self._all(cells, "service", "service_more")
        texts = list(dict.fromkeys(cell.text for cell in services))
        named = [text for text in texts if len(text) > _CODE_CHARACTERS] or texts  # a code beside its name says nothing
        if named:
            facts["service"] = field(" / ".join(named), next(cell for cell in services if cell.text == named[0]))
        references = self._all(cells, "references")
        texts = [text for text in dict.fromkeys(cell.text for cell in references) if any(c.isdigit() for c in text)]
        if texts:
            facts["references"] = field("\n".join(texts), references[0])
        shipped = self.columns.cell(cells, "ship_date")
        if shipped is not None and (moment := day(shipped.text, self.conventions)) is not None:
            facts["ship_date"] = field(moment, shipped)
        self._weights(cells, facts)
        for end in ("origin", "destination"):
            parts = {part: self.columns.cell(cells, f"{end}{part}") for part in ("", "_postal", "_region", "_country")}
            parts[""] = parts[""] or self.columns.cell(cells, f"{end}_name")
            place, cell = place_of(parts)
            if place and cell is not None:
                facts[end] = field(place, cell)
        for name in ("pieces", "declared_value"):
            found = self.columns.cell(cells, name)
            value = number(found.text, self.conventions) if found is not None else None
            if found is not None and value:
                facts[name] = field(value, found)
        return facts

    def _weights(self, cells: Cells, facts: Fields) -> None:
        units = []
        for name, unit in (("billed_weight", "weight_unit"), ("actual_weight", "actual_unit")):
            found = self.columns.cell(cells, name)
            value = number(found.text, self.conventions) if found is not None else None
            if found is None or value is None:
                continue
            facts[name] = field(value, found)
            said = self.columns.cell(cells, unit)
            text = weight_unit(said.text) if said is not None else ""
            if text and said is not None:
                units.append(field(text, said))
            else:
                column = self.columns.first(name)
                heading = unit_of(self.columns.headings.get(-1 if column is None else column, ""))
                heading = heading or unit_of(found.text)
                if heading:
                    units.append(FieldValue(heading, self.columns.headings.get(column or 0, ""), "rules", found.place))
        if units:
            facts["weight_unit"] = units[0]
            if "billed_weight" in facts and len({unit.value for unit in units}) > 1:
                facts.pop("actual_weight", None)  # in another unit than the weight that is charged
        whole = self.columns.cell(cells, "dims")
        unit_cell = self.columns.cell(cells, "dim_unit")
        unit_text = length_unit(unit_cell.text) if unit_cell is not None else ""
        if whole is not None and (text := dimensions(whole.text, unit_text)):
            facts["dimensions"] = field(text, whole)
            return
        sides = [self.columns.cell(cells, name) for name in ("length", "width", "height")]
        if all(side is not None for side in sides):
            text = dimensions(" x ".join(side.text for side in sides if side is not None), unit_text)
            if text and sides[0] is not None:
                facts["dimensions"] = field(text, sides[0], raw=text)

    def _all(self, cells: Cells, *meanings: str) -> list[Cell]:
        return [cells[at] for meaning in meanings for at in self.columns.facts.get(meaning, ()) if at in cells]
