"""Places of a form that stand below their labels ("Shipper", "Consignee"). Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from processing.content.records import Cell, Row
from processing.extractors.bills.headings import meaning_of

# A town behind its postcode or before it, and no street.
_POSTAL = re.compile(r"^\d{4,5} [^\W\d]|[^\W\d],? [A-Z]{2},? \d{5}(?:-\d{4})?$|[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}$")
_ROWS_OF_PLACE, _SAME_EDGE = 5, 6.0


class PlaceLabels:
    """Remembers where labels of both ends stand, and gives the places that come below them."""

    def __init__(self) -> None:
        self._below: list[tuple[str, float, int]] = []  # end, left edge, rows left

    def places(self, row: Row) -> Iterator[tuple[str, str, Cell]]:
        """The ends that the row says, each with its text and the cell that it begins in."""
        edges = [left for _, left, _ in self._below]
        for end, left, _ in self._below:
            right = min((edge for edge in edges if edge > left + _SAME_EDGE), default=float("inf"))
            own = [c for c in row.cells if c.place.box is not None and left - _SAME_EDGE <= c.place.box[0] < right]
            text = " ".join(cell.text for cell in own)
            if own and _POSTAL.search(text):
                yield end, text, own[0]
        self._note(row)

    def _note(self, row: Row) -> None:
        self._below = [(end, left, rows - 1) for end, left, rows in self._below if rows > 1]
        for cell in row.cells:
            end = meaning_of(cell.text).removesuffix("_name")
            if end in ("origin", "destination") and cell.place.box is not None:
                self._below.append((end, cell.place.box[0], _ROWS_OF_PLACE))
