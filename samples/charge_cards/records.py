"""A made-up card as texts, and its bytes as CSV or workbook. Pure."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import xlsxwriter

from samples.charge_cards.pages import pdf_of, text_of

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NUMBER = re.compile(r"^-?\d+(?:\.\d+)?$")


@dataclass(frozen=True, slots=True)
class ChargeCard:
    """``sheets`` are names with their rows as texts; with ``separator`` the card is a CSV of its first sheet, with
    ``form`` a PDF or plain text.

    ``rates`` counts freight prices, ``charge_rows`` those of tabulated charges. ``checks`` are fields that one rate
    has together, ``rules`` kinds with their values, ``quotes`` a shipment, a day, the total and what is missing from
    it. A list of several ``carriers`` gives a card for each. ``answers`` are what a person says where the card is
    silent; ``asks`` are codes of reasons that must stand.
    """

    name: str
    sheets: dict[str, str]
    separator: str = ""
    encoding: str = "utf-8"
    form: Literal["", "pdf", "txt"] = ""
    rates: int = 0
    charge_rows: int = 0
    zones: int = 0
    fuel: int = 0
    header: dict[str, str] = field(default_factory=dict)
    checks: tuple[dict[str, str], ...] = ()
    surcharges: tuple[str, ...] = ()
    rules: tuple[tuple[str, str], ...] = ()
    quotes: tuple[tuple[dict[str, Any], str, str, tuple[str, ...]], ...] = ()
    answers: dict[str, str] = field(default_factory=dict)
    asks: tuple[str, ...] = ()
    carriers: int = 1

    @property
    def suffix(self) -> str:
        return f".{self.form}" if self.form else ".csv" if self.separator else ".xlsx"

    @property
    def media_type(self) -> str:
        return {".csv": "text/csv", ".pdf": "application/pdf", ".txt": "text/plain"}.get(self.suffix, _WORKBOOK)

    def write(self, folder: Path) -> Path:
        path = folder / f"{self.name}{self.suffix}"
        if self.form:
            rows_of = [list(_rows(text)) for text in self.sheets.values()]
            path.write_bytes(pdf_of(rows_of) if self.form == "pdf" else text_of(rows_of))
        elif self.separator:
            out = io.StringIO()
            rows = list(_rows(next(iter(self.sheets.values()))))
            width = max(map(len, rows))
            padded = [row + [""] * (width - len(row)) for row in rows]
            csv.writer(out, delimiter=self.separator, lineterminator="\r\n").writerows(padded)
            path.write_bytes(out.getvalue().encode(self.encoding))
        else:
            self._workbook(path)
        return path

    def _workbook(self, path: Path) -> None:
        book = xlsxwriter.Workbook(str(path))
        percent = book.add_format({"num_format": "0.00%"})
        for name, text in self.sheets.items():
            sheet = book.add_worksheet(name)
            for i, row in enumerate(_rows(text)):
                for j, cell in enumerate(row):
                    if cell.startswith("'"):
                        sheet.write_string(i, j, cell[1:])
                    elif _NUMBER.match(cell):
                        sheet.write_number(i, j, float(cell))
                    elif cell.endswith("%") and _NUMBER.match(cell[:-1]):
                        sheet.write_number(i, j, float(cell[:-1]) / 100, percent)
                    elif cell:
                        sheet.write_string(i, j, cell)
        book.close()


def _rows(text: str) -> Iterator[list[str]]:
    for line in text.strip("\n").split("\n"):
        yield [cell.strip().replace("¶", "\n") for cell in line.split("|")]
