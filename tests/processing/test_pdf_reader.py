"""Words of text PDFs become rows of cells that keep their place."""

from __future__ import annotations

import time

import pytest

from invoices.records import Place
from processing.content.records import Cell, Page, Row, Word
from processing.errors import CorruptFile, EncryptedFile
from processing.readers.geometry import words_to_page
from processing.readers.pdf import page_needs_ocr, read_pdf
from processing.readers.render import render_page
from processing.readers.tables import find_tables
from tests.processing.pdf_pages import draw_pdf, table_page


def texts(page: Page) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in page.rows]


def test_blocks_side_by_side_are_cells_of_their_own() -> None:
    data = draw_pdf(
        [[(50, 100, "Seller Ltd"), (300, 100, "Buyer GmbH"), (480, 100, "No 7"), (50, 115, "1 High Street")]]
    )
    assert texts(read_pdf(data).pages[0]) == [["Seller Ltd", "Buyer GmbH", "No 7"], ["1 High Street"]]


def test_a_box_is_counted_from_the_top_left_of_the_page() -> None:
    cell = read_pdf(draw_pdf([[(50, 100, "Here")]])).pages[0].rows[0].cells[0]
    assert cell.place.page == 1
    assert cell.place.box is not None
    x0, top, x1, bottom = cell.place.box
    assert 49 <= x0 <= 51
    assert 88 <= top < 100 < bottom <= 106
    assert x1 > x0


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_turned_pages_and_turned_text_read_in_their_own_direction(turn: int, rotation: int) -> None:
    placed = [(220, 300, "First line"), (360, 300, "10,00"), (220, 320, "Second line"), (360, 320, "20,00")]
    page = read_pdf(draw_pdf([placed], size=(600, 600), turn=turn, rotation=rotation)).pages[0]
    assert texts(page) == [["First line", "10,00"], ["Second line", "20,00"]]


def test_boxes_of_a_rotated_page_are_those_of_the_page_as_shown() -> None:
    page = read_pdf(draw_pdf([[(100, 100, "Word")]], size=(600, 600), rotation=90)).pages[0]
    box = page.rows[0].cells[0].place.box
    assert box is not None
    # Turned clockwise, what stood 100 from the top stands 100 from the right.
    assert 490 <= box[0] <= 510
    assert 95 <= box[1] <= 105


def test_a_note_up_the_margin_follows_the_page_and_does_not_cut_its_rows() -> None:
    words = [Word("Total", (50, 100, 80, 110), 10), Word("9.00", (400, 100, 420, 110), 10)]
    page = words_to_page(1, words, 595, 842, first_row=5)
    assert [row.number for row in page.rows] == [5]


def test_superscripts_and_other_sizes_stay_in_their_line() -> None:
    words = [
        Word("Area", (50, 100, 80, 112), 12),
        Word("12", (84, 100, 98, 112), 12),
        Word("m", (101, 100, 110, 112), 12),
        Word("2", (110, 98, 114, 104), 6),
        Word("small", (200, 103.5, 220, 111), 7.5),
    ]
    assert len(words_to_page(1, words, 595, 842, first_row=1).rows) == 1


def test_lines_set_close_stay_apart_beside_a_large_title() -> None:
    words = [
        Word("Street", (50, 100, 90, 111), 9),
        Word("City", (50, 110, 90, 121), 9),
        Word("INVOICE", (300, 94, 450, 127), 28),
    ]
    page = words_to_page(1, words, 595, 842, first_row=1)
    assert [row.cells[0].text for row in page.rows if row.cells[0].text != "INVOICE"] == ["Street", "City"]


def test_words_drawn_twice_count_once() -> None:
    data = draw_pdf([[(50, 100, "Bold title"), (50.3, 100, "Bold title")]])
    assert texts(read_pdf(data).pages[0]) == [["Bold title"]]


def test_columns_keep_their_number_where_a_cell_is_empty() -> None:
    rows = [["Item", "Qty", "Price"], ["Pen", "2", "1.50"], ["Gift", "", "0.00"], ["Ink", "1", "7.00"]]
    page = read_pdf(draw_pdf([table_page(rows, [50, 250, 350])])).pages[0]
    assert len({row.table for row in page.rows}) == 1
    assert page.rows[0].table is not None
    assert [cell.column for cell in page.rows[2].cells] == [0, 2]


def test_a_table_goes_on_over_the_page_with_its_header_repeated() -> None:
    header = ["Item", "Qty", "Price", "Sum"]
    first = [header, ["Pen", "2", "1.50", "3.00"], ["Ink", "1", "7.00", "7.00"]]
    second = [header, ["Nib", "4", "2.00", "8.00"], ["Pad", "", "", "5.00"]]
    foot: list[tuple[float, float, str]] = [(50, 800, "Company Ltd - Register 123"), (480, 800, "Page 1")]
    columns = [50, 250, 350, 450]
    content = read_pdf(draw_pdf([table_page(first, columns) + foot, table_page(second, columns) + foot]))
    of_items = [row for row in content.rows if row.cells[0].text in ("Pen", "Ink", "Nib", "Pad")]
    assert len({row.table for row in of_items}) == 1
    assert [cell.column for cell in of_items[-1].cells] == [0, 3]


def test_a_currency_sign_far_from_its_amount_is_part_of_it() -> None:
    rows = [["Alpha", "$", ">120.00"], ["Beta", "$", ">7.50"], ["Gamma", "$", ">1,300.00"]]
    page = read_pdf(draw_pdf([table_page(rows, [50, 300, 420])])).pages[0]
    assert texts(page)[1] == ["Beta", "$ 7.50"]


def test_row_numbers_run_through_the_document() -> None:
    content = read_pdf(draw_pdf([[(50, 100, "one"), (50, 130, "two")], [(50, 100, "three")]]))
    assert [(row.number, row.page) for row in content.rows] == [(1, 1), (2, 1), (3, 2)]


def test_pages_past_the_limit_are_left_out_and_named() -> None:
    content = read_pdf(draw_pdf([[(50, 100, "text")]] * 5), max_pages=3)
    assert len(content.pages) == 3
    assert [reason.code for reason in content.reasons] == ["pages_left_out"]


def test_a_page_without_text_has_no_rows_and_needs_ocr() -> None:
    page = read_pdf(draw_pdf([[]])).pages[0]
    assert page.rows == ()
    assert page_needs_ocr(page)


@pytest.mark.parametrize(
    "text",
    [
        "\ufffd" * 40,
        "\ue001\ue002\ue003\ue004" * 10,
        "xkcdf ghjkl mnpqr stvwx zbcdf " * 8,
        "!@# $^& *(){}[] |<>?~ " * 12,
    ],
)
def test_a_garbage_text_layer_needs_ocr(text: str) -> None:
    assert page_needs_ocr(page_of(text))


@pytest.mark.parametrize(
    "text",
    [
        "Rechnung Nr. 2024-17 vom 05.06.2024 über Schrauben, Muttern und Unterlegscheiben für Herrn Schmidt",
        "12.50 13.75 1,200.00 44.10 0.99 15.00 17.80 23.40 18.00 200.00 9.99 14.00",
        "Счёт на оплату № 15 от 3 июня за услуги связи и доставку товара по договору",
        "K1A K1B K1C L5N M4W V6Z T2P H3X G1R B3J N9G S7K R3C P7B E1C 4 5 5 6 3 2 7 8 9 4 3 2 1 6 7 4 " * 6,
        "SK DH BB WR CV PL SN WF HX BL DN LS SR ZE KW HS TD DG CT TN 1 2 3 4 " * 8,
        "DEHAM CNSHG KRPUS JPTYO SGSIN LKCMB BRSSZ PLGDY 120 340 560 " * 8,
        "1 kg – – – – – – – – – – – – 2 kg – – – – – – 4.50 " * 8,
    ],
)
def test_real_text_needs_no_ocr(text: str) -> None:
    assert not page_needs_ocr(page_of(text))


def test_damaged_and_protected_files_are_told_apart() -> None:
    data = draw_pdf([[(50, 100, "secret")]], password="geheim")
    with pytest.raises(EncryptedFile):
        read_pdf(data)
    with pytest.raises(CorruptFile):
        read_pdf(b"%PDF-1.7 nothing more")


def test_a_page_renders_to_png_and_a_huge_one_stays_small() -> None:
    assert render_page(draw_pdf([[(50, 100, "x")]]), 1).startswith(b"\x89PNG")
    assert len(render_page(draw_pdf([[(50, 100, "x")]], size=(14000, 14000)), 1, dpi=300)) < 3_000_000
    with pytest.raises(IndexError):
        render_page(draw_pdf([[(50, 100, "x")]]), 2)


def test_a_page_of_five_thousand_words_is_cheap() -> None:
    words = [
        Word(f"w{line}-{place}", (20 + place * 11, 20 + line * 8, 28 + place * 11, 26 + line * 8), 6)
        for line in range(100)
        for place in range(50)
    ]
    started = time.process_time()
    page = words_to_page(1, words, 595, 842, first_row=1)
    assert time.process_time() - started < 1.5
    assert sum(len(cell.words) for row in page.rows for cell in row.cells) == 5000


def test_a_grid_has_wrapped_labels_in_one_cell() -> None:
    rows = [
        ["Category", "2022", "2023", "2024"],
        ["Revenue from", "", "", ""],
        ["operations", "120", "130", "150"],
        ["Costs", "80", "85", "90"],
    ]
    data = draw_pdf([table_page(rows, [50, 250, 330, 410], pitch=12)])
    (table,) = find_tables(read_pdf(data))
    assert [[cell.text if cell else "" for cell in row] for row in table.grid] == [
        ["Category", "2022", "2023", "2024"],
        ["Revenue from operations", "120", "130", "150"],
        ["Costs", "80", "85", "90"],
    ]


def test_running_text_is_no_table() -> None:
    line = "This is a line of running text that tells of nothing in particular and goes on"
    data = draw_pdf([[(50, 100 + 14 * n, line) for n in range(20)]])
    assert find_tables(read_pdf(data)) == []


def page_of(text: str) -> Page:
    return Page(1, (Row(1, 1, (Cell(text, Place(page=1)),)),))
