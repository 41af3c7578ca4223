"""Reads all cells of a table by its plan. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from processing.content.records import Row
from processing.ratecards.other_rows import OtherRows, pad_zones
from processing.ratecards.rate_rows import RateRows


class TableReader(RateRows, OtherRows):
    """Reads the rows of one table into a card. ``coverage`` counts what became of its cells."""

    def read(self, rows: Iterable[Row]) -> None:
        readers = {
            "rates": self._rate_row,
            "zones": self._zone_row,
            "surcharges": self._surcharge_row,
            "fuel": self._fuel_row,
        }
        reader = readers[self.plan.target]
        headers = set(self.plan.header_rows)
        for row in rows:
            if row.number in headers or self._is_header_again(row):
                continue
            self.role = self.roles.get(row.number) if self.roles else None
            if self.role is not None and self.role.role == "ignore":
                continue
            if self.role is None and len(row.cells) == 1 and self._is_section(row.cells[0]):
                continue
            reader(self._parted(row))
        self._finish()
        if self.plan.target == "zones" and "destination_from" in self.by_meaning:
            pad_zones(self.card.zones[self.first_zone :])
