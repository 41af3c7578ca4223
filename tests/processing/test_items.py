"""Item tables are found by their header or their arithmetic and read line by line, with evidence."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest

from processing.content.extraction import Fields
from processing.content.records import DocumentContent
from processing.extractors.items.headers import column_meaning
from processing.extractors.items.items import ItemTable, find_item_tables, read_items
from processing.readers.delimited import read_delimited
from processing.readers.pdf import read_pdf
from processing.readers.text import read_text
from tests.processing.pdf_pages import Placed, draw_pdf, table_page


def lines_of(content: DocumentContent) -> list[Fields]:
    return [line for table in find_item_tables(content) for line in read_items(content, table, method="rules")]


def values(lines: list[Fields], *names: str) -> list[tuple[str | None, ...]]:
    return [tuple(str(line[name].value) if name in line else None for name in names) for line in lines]


@pytest.mark.parametrize(
    "header",
    [
        ["Description", "Qty", "Unit price", "Amount"],
        ["Bezeichnung", "Menge", "Einzelpreis", "Gesamtpreis"],
        ["Désignation", "Qté", "Prix unitaire HT", "Montant HT"],
        ["Descripción", "Cantidad", "Precio", "Importe"],
        ["Descrizione", "Quantità", "Prezzo unitario", "Importo"],
        ["Omschrijving", "Aantal", "Prijs", "Bedrag"],
        ["Descrição", "Quantidade", "Preço unitário", "Valor"],
        ["Nazwa towaru", "Ilość", "Cena netto", "Wartość netto"],
        ["Beskrivning", "Antal", "À-pris", "Belopp"],
    ],
)
def test_headers_of_many_languages_name_the_columns(header: list[str]) -> None:
    text = "".join(
        f"{a:<30}{b:>12}{c:>20}{d:>20}\n"
        for a, b, c, d in [header, ["Blue thing", "3", "10,50", "31,50"], ["Red thing", "2", "4,00", "8,00"]]
    )
    found = values(lines_of(read_text(text.encode())), "description", "quantity", "unit_price", "amount")
    assert found == [("Blue thing", "3", "10.50", "31.50"), ("Red thing", "2", "4.00", "8.00")]


def test_evidence_is_the_cell_that_was_read() -> None:
    rows = [["Item", "Qty", "Price", "Total"], ["Pen", "2", "1.50", "3.00"]]
    (line,) = lines_of(read_pdf(draw_pdf([table_page(rows, [50, 250, 330, 420])])))
    amount = line["amount"]
    assert (amount.raw, amount.method) == ("3.00", "rules")
    assert amount.place is not None
    assert amount.place.page == 1
    assert amount.place.box is not None
    assert 415 < amount.place.box[0] < 425


def test_a_header_over_two_lines_and_a_price_before_the_quantity() -> None:
    rows = [
        ["Article", "Unit", "", "Line"],
        ["no", "price", "Quantity", "total"],
        ["A-100", "2.50", "4", "10.00"],
        ["A-200", "3.00", "5", "15.00"],
    ]
    data = draw_pdf([table_page(rows, [50, 250, 330, 420], pitch=12)])
    assert values(lines_of(read_pdf(data)), "quantity", "unit_price", "amount") == [
        ("4", "2.50", "10.00"),
        ("5", "3.00", "15.00"),
    ]


def test_amount_that_means_quantity_is_found_out_by_arithmetic() -> None:
    rows = [["Amount", "Product", "Price", "Total"], ["3", "Pen", "1.50", "4.50"], ["7", "Ink", "2.00", "14.00"]]
    data = draw_pdf([table_page(rows, [50, 150, 330, 420])])
    assert values(lines_of(read_pdf(data)), "quantity", "amount") == [("3", "4.50"), ("7", "14.00")]


def test_net_goes_before_gross_where_both_stand() -> None:
    rows = [
        ["Item", "Qty", "Net price", "VAT %", "Net", "Gross"],
        ["Pen", "2", "10.00", "20", "20.00", "24.00"],
        ["Ink", "1", "5.00", "20", "5.00", "6.00"],
    ]
    data = draw_pdf([table_page(rows, [50, 150, 230, 310, 380, 450])])
    assert values(lines_of(read_pdf(data)), "amount", "tax_rate") == [("20.00", "20"), ("5.00", "20")]


def test_a_wrapped_name_is_whole_and_details_below_are_left_out() -> None:
    placed = table_page([["Description", "Qty", "Price", "Amount"]], [50, 250, 330, 420])
    placed += [
        (50, 220, "A long name that fills the column"),
        (250, 220, "2"),
        (330, 220, "5.00"),
        (420, 220, "10.00"),
    ]
    placed += [(50, 232, "and wraps")]
    placed += [(50, 260, "Short name"), (250, 260, "1"), (330, 260, "7.00"), (420, 260, "7.00")]
    placed += [(50, 272, "Serial: 4711")]
    placed += [(330, 300, "Total"), (420, 300, "17.00")]
    found = values(lines_of(read_pdf(draw_pdf([placed]))), "description", "amount")
    assert found == [("A long name that fills the column and wraps", "10.00"), ("Short name", "7.00")]


def test_sub_totals_carry_overs_and_totals_are_no_items() -> None:
    text = (
        "Pos  Bezeichnung                 Menge   Einzelpreis     Gesamt\n"
        "  1  Schraube M8                   100          0,12      12,00\n"
        "     Zwischensumme                                        12,00\n"
        "     Übertrag                                             12,00\n"
        "  2  Montage                         1      1.250,00   1.250,00\n"
        "     Summe netto                                       1.262,00\n"
        "     MwSt 19 %                                           239,78\n"
        "     Gesamtbetrag                                      1.501,78\n"
    )
    found = values(lines_of(read_text(text.encode())), "line_number", "description", "amount")
    assert found == [("1", "Schraube M8", "12.00"), ("2", "Montage", "1250.00")]


def test_a_reduction_below_an_item_is_a_line_so_that_the_sum_holds() -> None:
    text = (
        "Bezeichnung                 Menge   Einzelpreis     Gesamt\n"
        "Montage                         2        100,00     200,00\n"
        "Rabatt 10 %                                         -20,00\n"
        "Anfahrt                         1         30,00      30,00\n"
        "Summe                                               210,00\n"
    )
    lines = lines_of(read_text(text.encode()))
    assert values(lines, "description", "amount")[1] == ("Rabatt 10 %", "-20.00")
    assert sum((Decimal(str(line["amount"].value)) for line in lines), Decimal()) == Decimal("210.00")


def test_a_table_without_header_is_found_by_its_arithmetic() -> None:
    rows = [["Blue pen", "3", "1.50", "4.50"], ["Red ink", "2", "7.25", "14.50"], ["Pad", "10", "0.99", "9.90"]]
    data = draw_pdf([table_page(rows, [50, 250, 330, 420])])
    found = values(lines_of(read_pdf(data)), "description", "quantity", "unit_price", "amount")
    assert found == [tuple(row) for row in rows]


def test_a_list_of_amounts_is_read_where_its_sum_stands_below() -> None:
    rows = [["Household cover", "50.00"], ["Bicycle cover", "12.50"], ["Contribution", "62.50"], ["Tax 19 %", "11.88"]]
    data = draw_pdf([table_page(rows, [50, 400])])
    found = values(lines_of(read_pdf(data)), "description", "amount")
    assert found == [("Household cover", "50.00"), ("Bicycle cover", "12.50")]


def test_text_with_single_spaces_is_taken_apart() -> None:
    text = (
        "Description Qty Unit Price Total\nWidget large 2 10.00 20.00\nHelp in March 3.5 100.00 350.00\nTotal 370.00\n"
    )
    found = values(lines_of(read_text(text.encode())), "description", "quantity", "unit_price", "amount")
    assert found == [("Widget large", "2", "10.00", "20.00"), ("Help in March", "3.5", "100.00", "350.00")]


def test_a_code_above_the_name_in_one_column_is_the_item_code() -> None:
    placed = table_page([["Product", "Qty", "Price", "Amount"]], [50, 250, 330, 420])
    for index, (code, name) in enumerate([("ZS997", "Citric acid"), ("GZ250", "Sugar extra")]):
        top = 220 + 40 * index
        placed += [(50, top, code), (250, top, "2"), (330, top, "5.00"), (420, top, "10.00"), (50, top + 12, name)]
    found = values(lines_of(read_pdf(draw_pdf([placed]))), "item_code", "description")
    assert found == [("ZS997", "Citric acid"), ("GZ250", "Sugar extra")]


def hundred_items() -> bytes:
    header = ["Pos", "Description", "Qty", "Unit price", "Amount"]
    pages: list[list[Placed]] = []
    for page in range(3):
        numbers = range(page * 34 + 1, min(page * 34 + 35, 101))
        rows = [header] + [
            [str(n), f"Article {n}", str(n % 9 + 1), "2.50", f"{(n % 9 + 1) * 2.5:.2f}"] for n in numbers
        ]
        if page == 2:
            rows.append(["", "", "", "Total", "1,247.50"])
        placed = table_page(rows, [50, 90, 300, 360, 450])
        pages.append([(50, 40, "Northwind Ltd"), (400, 40, "Invoice 77"), *placed, (500, 825, f"Page {page + 1} of 3")])
    return draw_pdf(pages)


def test_a_hundred_items_on_three_pages_are_one_cheap_table() -> None:
    content = read_pdf(hundred_items())
    started = time.process_time()
    lines = lines_of(content)
    assert time.process_time() - started < 1.0
    assert [line["line_number"].value for line in lines] == [str(number) for number in range(1, 101)]
    assert {line["amount"].place.page for line in lines if line["amount"].place} == {1, 2, 3}


def test_the_mapping_of_a_model_reads_the_same_lines() -> None:
    content = read_pdf(hundred_items())
    rows = [row.number for row in content.rows if row.cells[0].text.isdigit()]
    table = ItemTable(
        (), rows[0], rows[-1], {"line_number": 0, "description": 1, "quantity": 2, "unit_price": 3, "amount": 4}
    )
    lines = read_items(content, table, method="llm")
    assert len(lines) == 100
    assert {value.method for line in lines for value in line.values()} == {"llm"}


def test_addresses_and_totals_alone_are_no_items() -> None:
    data = draw_pdf(
        [
            [
                (50, 100, "Bill to"),
                (300, 100, "Ship to"),
                (50, 115, "Any Street 5"),
                (300, 115, "12 Road"),
                (300, 200, "Total"),
                (450, 200, "9.00"),
            ]
        ]
    )
    assert find_item_tables(read_pdf(data)) == []


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("Art.-Nr.", "item_code"),
        ("Unit Price (EUR)", "unit_price"),
        ("Positions- betrag ohne USt.", "amount"),
        ("Prijs incl. BTW", "amount_gross"),
        ("Cena brutto", "unit_price_gross"),
        ("Disc. %", "discount_percent"),
        ("USt. %", "tax_rate"),
        ("VAT amount", "tax_amount"),
        ("Chargeable weight", "billed_weight"),
        ("AWB No.", "tracking_number"),
    ],
)
def test_names_of_columns_are_understood(text: str, meaning: str) -> None:
    found = column_meaning(text)
    assert found is not None
    assert found[0] == meaning


def test_lines_of_freight_keep_lane_weight_and_tracking_number() -> None:
    rows = [
        ["Ship date", "AWB", "Origin", "Dest", "Weight kg", "Zone", "Charge"],
        ["2024-02-01", "1234567890", "LHR", "JFK", "12.5", "4", "85.20"],
        ["2024-02-02", "1234567891", "LHR", "CDG", "3.0", "2", "25.10"],
        ["Total", "", "", "", "", "", "110.30"],
    ]
    lines = lines_of(read_pdf(draw_pdf([table_page(rows, [30, 110, 220, 280, 340, 420, 480])])))
    names = ("ship_date", "tracking_number", "origin", "destination", "billed_weight", "zone", "amount")
    assert values(lines, *names) == [
        ("2024-02-01", "1234567890", "LHR", "JFK", "12.5", "4", "85.20"),
        ("2024-02-02", "1234567891", "LHR", "CDG", "3.0", "2", "25.10"),
    ]


def test_the_unit_of_weights_stands_in_their_header_or_beside_them() -> None:
    text = (
        "Tracking,Weight (LBS),Description,Amount\n"
        "A-1,12,Parcel,10.00\nA-2,3 kg,Parcel,4.00\nA-3,,Fuel surcharge,1.00\n"
    )
    found = values(lines_of(read_delimited(text.encode())), "billed_weight", "weight_unit")
    assert found == [("12", "lb"), ("3", "kg"), (None, None)]


@pytest.mark.parametrize(
    ("heading", "read"),
    [("Invoice date,03/20/2026", "2026-03-10"), ("Date,20/03/2026", "2026-10-03"), ("Total,USD", "2026-03-10")],
    ids=["another date shows it", "another date shows the contrary", "the currency tells"],
)
def test_ship_dates_are_written_as_the_other_dates_of_the_document(heading: str, read: str) -> None:
    text = f"{heading},,\n\nTracking,Ship date,Description,Amount\nA-1,03/10/2026,Parcel,10.00\n"
    assert values(lines_of(read_delimited(text.encode())), "ship_date") == [(read,)]


def test_a_table_without_its_header_on_the_next_pages_goes_on() -> None:
    columns = [50.0, 90, 300, 360, 450]
    header = ["Pos", "Description", "Qty", "Unit price", "Amount"]
    pages: list[list[Placed]] = []
    for page in range(3):
        rows = [header] if page == 0 else []
        rows += [[str(n), f"Article {n}", "2", "2.50", "5.00"] for n in range(page * 10 + 1, page * 10 + 11)]
        rows.append(["", "Carried forward" if page < 2 else "Total", "", "", f"{(page + 1) * 50}.00"])
        letterhead: list[Placed] = [(50, 40, "Northwind Ltd"), (400, 40, "Invoice 77"), (50, 60, "Any Street 5")]
        pages.append([*letterhead, *table_page(rows, columns), (50, 825, "Bank ABC"), (500, 825, f"Page {page + 1}")])
    lines = lines_of(read_pdf(draw_pdf(pages)))
    assert [line["line_number"].value for line in lines] == [str(n) for n in range(1, 31)]
