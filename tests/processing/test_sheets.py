"""Sheets, delimited text, HTML, DOCX and mail as rows of cells."""

from __future__ import annotations

import datetime
import io
import time
from pathlib import Path

import pytest
import xlsxwriter

from processing.content import codec
from processing.content.records import DocumentContent
from processing.errors import EmptyFile, ExtractionFailed, FileTooLarge
from processing.readers import media_types as types
from processing.readers.blocks import column_letters
from processing.readers.delimited import read_delimited
from processing.readers.docx import read_docx
from processing.readers.email import attachments_of, read_email
from processing.readers.html import read_html
from processing.readers.limits import ReadLimits
from processing.readers.sheets import read_sheets, value_text
from processing.sandbox import calls
from tests.processing import hostile

MARCH = datetime.datetime.fromisoformat("2026-03-01")  # a sheet's dates have no zone


def cells_of(content: DocumentContent) -> dict[str, str]:
    return {str(cell.place.cell): cell.text for row in content.rows for cell in row.cells}


def rate_workbook() -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    rates = book.add_worksheet("Rates 2026")
    rates.write("B2", "Carrier rates")
    rates.write_row("B4", ["Zone", "Weight", "Rate", "Valid from"])
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    for row, values in enumerate([("1", 0.5, 4.9), ("1", 1, 0.1 + 0.2), ("2", 1000000, 1e-05)], start=4):
        rates.write_row(row, 1, values)
        rates.write_datetime(row, 4, MARCH, day)
    rates.write_row("B10", ["Code", "Surcharge"])
    rates.write_row("B11", ["FUEL", True])
    rates.merge_range("G5:G7", "Europe")
    rates.write_formula("H5", "=1+1", None, 2)
    hidden = book.add_worksheet("Margins")
    hidden.write_row("A1", ["secret", 1])
    hidden.hide()
    book.close()
    return buffer.getvalue()


def test_a_cell_keeps_its_sheet_address_and_column() -> None:
    content = read_sheets(rate_workbook(), types.XLSX)
    cells = cells_of(content)
    assert cells["Rates 2026!B2"] == "Carrier rates"
    assert cells["Rates 2026!D5"] == "4.9"
    assert cells["Rates 2026!D6"] == "0.3"
    assert cells["Rates 2026!C7"] == "1000000"
    assert cells["Rates 2026!D7"] == "0.00001"
    assert cells["Rates 2026!E5"] == "2026-03-01"
    assert cells["Rates 2026!C11"] == "TRUE"
    assert cells["Rates 2026!H5"] == "2"
    header = content.rows[1]
    assert [cell.column for cell in header.cells] == [1, 2, 3, 4]
    assert [row.number for row in content.rows] == list(range(1, len(content.rows) + 1))
    assert content.pages[0].name == "Rates 2026"


def test_tables_of_a_sheet_are_told_apart_by_empty_rows() -> None:
    tables = [row.table for row in read_sheets(rate_workbook(), types.XLSX).rows]
    assert tables == [None, 0, 0, 0, 0, 1, 1]


def test_what_is_merged_over_rows_belongs_to_each_of_them() -> None:
    rows = read_sheets(rate_workbook(), types.XLSX).rows
    regions = [cell for row in rows for cell in row.cells if cell.column == 6]
    assert [cell.text for cell in regions] == ["Europe"] * 3
    assert {cell.place.cell for cell in regions} == {"Rates 2026!G5"}


def test_a_hidden_sheet_is_marked_and_read_only_when_asked() -> None:
    content = read_sheets(rate_workbook(), types.XLSX)
    assert [(page.name, page.hidden, bool(page.rows)) for page in content.pages][1] == ("Margins", True, False)
    assert [reason.code for reason in content.reasons] == ["hidden_sheet"]
    asked = read_sheets(rate_workbook(), types.XLSX, include_hidden=True)
    assert asked.pages[1].rows[0].text == "secret  1"
    assert asked.reasons == ()


def test_a_workbook_without_values_is_empty() -> None:
    with pytest.raises(EmptyFile):
        read_sheets(hostile.workbook([[""]]), types.XLSX)


def test_cells_are_bounded() -> None:
    with pytest.raises(ExtractionFailed, match="cells"):
        read_sheets(rate_workbook(), types.XLSX, limits=ReadLimits(cells=10))
    with pytest.raises(FileTooLarge, match="unpacks"):
        read_sheets(rate_workbook(), types.XLSX, limits=ReadLimits(expanded_bytes=1000))


def test_a_long_rate_card_is_read_in_seconds() -> None:
    rows: list[list[object]] = [["SKU", "Service", "Zone", "Weight", "Rate"]]
    rows += [[f"S{n}", "Ground", n % 9, n * 0.5, 12.99] for n in range(20_000)]
    data = hostile.workbook(rows)
    started = time.monotonic()
    content = calls.read_document(data, types.XLSX, memory_mb=300)
    assert len(content.rows) == 20_001
    assert content.rows[-1].cells[0].place.cell == "Sheet1!A20001"
    assert time.monotonic() - started < 20  # about 1 s on a machine that has nothing else to do


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.0, "1"),
        (-0.1, "-0.1"),
        (1234567.89, "1234567.89"),
        (0.1 + 0.2, "0.3"),
        (12345678901234.5, "12345678901234.5"),
        (1e300, "1e+300"),
        (False, "FALSE"),
        (MARCH.replace(hour=14, minute=30), "2026-03-01 14:30:00"),
        (datetime.time(8, 5), "08:05:00"),
        ("two\nlines\u00a0and\ta tab ", "two lines and a tab"),
        ("ze\u0000ro\u0007", "zero"),
    ],
)
def test_values_become_text_without_artefacts(value: object, text: str) -> None:
    assert value_text(value) == text  # type: ignore[arg-type]


@pytest.mark.parametrize(("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (16383, "XFD")])
def test_columns_have_the_letters_of_a_sheet(index: int, letters: str) -> None:
    assert column_letters(index) == letters


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_delimited_text_is_understood_without_being_told(delimiter: str, encoding: str) -> None:
    rows = [["Zone", "Gebühr", "Preis"], ["1", "Zuschlag", "4,90"], ["2", "", "5,90"]]
    text = "\r\n".join(delimiter.join(f'"{v}"' if "," in v else v for v in row) for row in rows)
    content = read_delimited(text.encode(encoding))
    assert [[cell.text for cell in row.cells] for row in content.rows] == [rows[0], rows[1], ["2", "5,90"]]
    assert content.rows[2].cells[1].place.cell == "C3"
    assert content.rows[2].cells[1].column == 2


def test_a_quoted_field_may_hold_lines_and_quotation_marks() -> None:
    content = read_delimited(b'name,address\n"Smith ""Joe""","1 Road\nTown"\nx,y\n')
    assert content.rows[1].text == 'Smith "Joe"  1 Road Town'
    assert len(content.rows) == 3


def test_a_stray_quotation_mark_does_not_swallow_the_rest() -> None:
    content = read_delimited(b"size,price\n" + b'"17 inch,1\n' + b"19 inch,2\n" * 100)
    assert len(content.rows) == 102


def test_the_line_that_tells_excel_the_delimiter_is_no_row() -> None:
    assert read_delimited(b"sep=;\na;b,c\n1;2,5\n").rows[1].text == "1  2,5"


def test_html_shows_what_a_person_sees() -> None:
    page = """<html><head><title>no</title><style>td{}</style></head><body><h1>Invoice&nbsp;4711</h1>
    <p>Due <b>soon</b><br>Thank you</p><p style="display:none">Total 1.00</p><script>x()</script>
    <table><tr><th>Item</th><th colspan=2>Price</th><th>Sum</th></tr>
    <tr><td>Bolt</td><td>2</td><td>€</td><td>4.00</td></tr></table>
    </body></html>"""
    content = read_html(page.encode())
    assert [row.text for row in content.rows] == [
        "Invoice 4711",
        "Due soon",
        "Thank you",
        "Item  Price  Sum",
        "Bolt  2  €  4.00",
    ]
    assert [[cell.column for cell in row.cells] for row in content.rows[3:]] == [[0, 1, 3], [0, 1, 2, 3]]
    assert [row.table for row in content.rows] == [None, None, None, 0, 0]
    assert content.rows[0].cells[0].place.path == "/html/body[1]/h1[1]"


def test_tables_that_only_lay_out_a_page_do_not_become_cells() -> None:
    page = "<table><tr><td><table><tr><td>a</td><td>1</td></tr><tr><td>b</td><td>2</td></tr></table></td></tr></table>"
    assert [row.text for row in read_html(page.encode()).rows] == ["a  1", "b  2"]


def test_a_docx_gives_paragraphs_and_tables_in_their_order() -> None:
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    row = "<w:tr>" + cell + cell + "</w:tr>"
    deleted = "<w:p><w:del><w:r><w:delText>99.00</w:delText></w:r></w:del></w:p>"
    table = "<w:tbl>" + row.format("Item", "Sum") + row.format("Bolt", "4.00") + "</w:tbl>"
    content = read_docx(
        hostile.docx(hostile.docx_paragraph("Invoice 4711") + deleted + table + hostile.docx_paragraph("Bye"))
    )
    assert [r.text for r in content.rows] == ["Invoice 4711", "Item  Sum", "Bolt  4.00", "Bye"]
    assert [r.table for r in content.rows] == [None, 0, 0, None]
    assert content.rows[2].cells[1].place.path == "/document/body[1]/tbl[1]/tr[2]/tc[2]"


def mail_with(*attachments: tuple[str, str, bytes], html: str = "") -> bytes:
    from email.message import EmailMessage

    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = (
        "Müller <m@vendor.example>",
        "ap@buyer.example",
        "Rechnung 4711",
    )
    message["Date"], message["Message-ID"] = "Sun, 01 Mar 2026 10:00:00 +0100", "<1@vendor.example>"
    message.set_content("Total due: 119,00 €\n")
    if html:
        message.add_alternative(html, subtype="html")
    for name, media_type, content in attachments:
        kind, _, subtype = media_type.partition("/")
        message.add_attachment(content, maintype=kind, subtype=subtype, filename=name)
    return message.as_bytes()


def test_a_mail_gives_its_headers_and_its_body() -> None:
    content = read_email(mail_with(html="<p>Total due: <b>119,00 €</b></p>"))
    assert content.rows[0].text == "From:  Müller <m@vendor.example>"
    assert content.rows[-1].text == "Total due: 119,00 €"
    assert content.metadata["message_id"] == "<1@vendor.example>"
    assert content.metadata["date"] == "2026-03-01T10:00:00+01:00"


def test_attachments_are_documents_of_their_own_by_their_content() -> None:
    forwarded = mail_with(("inner.xml", "application/xml", b"<Invoice/>"))
    data = mail_with(
        ("../Rechnung.pdf", "application/octet-stream", hostile.drawn_pdf()),
        ("virus.pdf", "application/pdf", b"MZ\x90\0" + bytes(200)),
        ("smime.p7s", "application/pkcs7-signature", b"0\x82\x01" + bytes(range(200))),
        ("fwd.eml", "application/octet-stream", forwarded),
    )
    found = attachments_of(data)
    assert [(name, media_type) for name, media_type, _ in found] == [
        ("../Rechnung.pdf", types.PDF),
        ("fwd.eml", types.EML),
    ]
    assert found[0][2] == hostile.drawn_pdf()
    assert [name for name, _, _ in attachments_of(found[1][2])] == ["inner.xml"]


def test_cells_shown_in_percent_are_read_as_they_are_shown(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "percent.xlsx"))
    sheet = book.add_worksheet("Fuel & more")
    percent, custom = book.add_format({"num_format": "0.00%"}), book.add_format({"num_format": '0.0" %"'})
    sheet.write_row(0, 0, ["Fuel surcharge", "Share", "Plain"])
    sheet.write(1, 0, 0.185, percent)
    sheet.write(1, 1, 12.5, custom)  # the sign is written out: the number stays
    sheet.write(1, 2, 0.185)
    sheet.write(2, 0, 1.2, percent)
    book.close()
    content = read_sheets((tmp_path / "percent.xlsx").read_bytes(), types.XLSX)
    assert [[cell.text for cell in row.cells] for row in content.rows[1:]] == [["18.5 %", "12.5", "0.185"], ["120 %"]]


def test_some_rows_of_a_long_sheet_are_those_that_all_of_it_has() -> None:
    lines = "\n".join(["number,name", *(f'T{n},"a ""quoted"" name, {n}"' for n in range(2_400))])
    content = read_delimited(lines.encode())
    encoded = codec.encode_content(content)
    assert codec.decode_content(encoded) == content
    assert codec.decode_page(encoded, 1) == (content.pages[0], 1)
    for row in (1, 500, 501, 502, 1_700, 2_401, 9_999):
        [(page, rows)] = codec.decode_window(encoded, row=row, count=100)
        assert rows == 2_401
        assert page.rows == content.pages[0].rows[row - 1 : row + 99]
