"""Plain text becomes rows of cells by gaps, tabs and pipes."""

from __future__ import annotations

import pytest

from processing.errors import CorruptFile, EmptyFile
from processing.readers.text import decode_text, read_text


def texts(text: str) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in read_text(text.encode()).rows]


def test_two_spaces_part_cells_and_one_does_not() -> None:
    assert texts("Blue pen    2   1.50") == [["Blue pen", "2", "1.50"]]


def test_tabs_part_cells() -> None:
    assert texts("Blue pen\t2\t1.50") == [["Blue pen", "2", "1.50"]]


def test_pipes_part_cells_and_drawn_lines_are_left_out() -> None:
    text = "| Item | Qty |\n|------|----:|\n| Blue pen | 2 |\n+======+=====+"
    assert texts(text) == [["Item", "Qty"], ["Blue pen", "2"]]


def test_a_place_names_line_and_columns() -> None:
    cell = read_text(b"\n\nTotal:   9.00").rows[0].cells[1]
    assert cell.place.page == 1
    assert cell.place.cell == "line:3 col:10-13"


def test_form_feeds_part_pages_and_rows_number_on() -> None:
    content = read_text(b"one\ntwo\f\fthree")
    assert [(row.number, row.page) for row in content.rows] == [(1, 1), (2, 1), (3, 2)]


def test_aligned_columns_keep_their_number_where_a_cell_is_empty() -> None:
    text = "Item        Qty   Price\nPen           2    1.50\nGift               0.00\nInk           1    7.00\n"
    rows = read_text(text.encode()).rows
    assert [cell.column for cell in rows[2].cells] == [0, 2]
    assert len({row.table for row in rows}) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32"])
def test_western_text_is_decoded(encoding: str) -> None:
    text = "Rechnung für Bäckerei Müller, Beträge in €"
    assert decode_text(text.encode(encoding)) == text


def test_central_european_and_old_code_pages_are_told_apart() -> None:
    assert decode_text("Sprzedawca: Spółka Żółw, Łódź, należność".encode("cp1250")).endswith("Łódź, należność")
    assert "Müller" in decode_text("Rechnung für Bäckerei Müller, größere Menge".encode("cp850"))


def test_binary_and_empty_files_are_refused() -> None:
    with pytest.raises(CorruptFile):
        read_text(bytes(range(256)) * 20)
    with pytest.raises(EmptyFile):
        read_text(b" \n\t \n")
