"""What a file is, by its content, and what its name may say about it."""

from __future__ import annotations

import codecs

import pytest

from processing.errors import CorruptFile, EmptyFile, EncryptedFile, FileTooLarge, UnsupportedFormat
from processing.readers import media_types as types
from processing.readers import registry
from processing.readers.detect import check_document, detect_media_type
from tests.processing import hostile

CSV = b"Zone;Weight;Rate\n1;0.5;4.90\n2;0.5;5.90\n3;0.5;6.90\n"
HTML = b"<!DOCTYPE html>\n<html><body><p>INVOICE</p></body></html>"
MAIL = hostile.mail(b"See the invoice.\r\n")


@pytest.mark.parametrize(
    ("data", "filename", "expected"),
    [
        (hostile.drawn_pdf(), "a.pdf", types.PDF),
        (b"\r\n\r\n" + hostile.drawn_pdf(), "a.pdf", types.PDF),
        (hostile.picture(), "a.png", types.PNG),
        (hostile.picture(kind="JPEG"), "a.JPEG", types.JPEG),
        (hostile.picture(kind="TIFF"), "a.tiff", types.TIFF),
        (hostile.picture(kind="WEBP"), "a.webp", types.WEBP),
        (hostile.workbook(), "a.xlsx", types.XLSX),
        (hostile.workbook(), "a.xlsm", types.XLSX),
        (hostile.ods("<x/>"), "a.ods", types.ODS),
        (hostile.zip_of({"xl/workbook.bin": b"x"}), "a.xlsb", types.XLSB),
        (hostile.ole("Workbook"), "a.xls", types.XLS),
        (hostile.docx(hostile.docx_paragraph()), "a.docx", types.DOCX),
        (b"<?xml version='1.0'?><Invoice/>", "a.xml", types.XML),
        (b"\xef\xbb\xbf<Invoice xmlns='urn:x'/>", "a.xml", types.XML),
        (b"<!-- made by us --><rsm:CrossIndustryInvoice xmlns:rsm='urn:x'/>", "", types.XML),
        ("<?xml version='1.0' encoding='UTF-16'?><Invoice/>".encode("utf-16"), "a.xml", types.XML),
        (HTML, "a.html", types.HTML),
        (b"<table><tr><td>1</td></tr></table>", "a.htm", types.HTML),
        (MAIL, "a.eml", types.EML),
        (MAIL, "", types.EML),
        (CSV, "a.csv", types.CSV),
        (CSV, "", types.CSV),
        (CSV.replace(b";", b"\t"), "a.tsv", types.TSV),
        (CSV.replace(b";", b"\t"), "a.txt", types.TSV),
        (b"one column\nof text\n", "a.csv", types.CSV),
        (b"INVOICE 4711\nTotal, all included:  119.00\n", "a.txt", types.TEXT),
        ("Rechnung für Müller, 1.190,00 €".encode("cp1252"), "a.txt", types.TEXT),
        (codecs.BOM_UTF16_LE + "Rechnung".encode("utf-16-le"), "a.txt", types.TEXT),
        ("Rechnung 4711 über Fracht".encode("utf-16-be"), "a.txt", types.TEXT),
        (b"BMW invoice\nTotal 10.00\n", "a.txt", types.TEXT),
        (
            b"Invoice: 7\nDate: 2026-03-01\nFrom: Hamburg\nTo: Rotterdam\nSubject: freight\n\nTotal 9.00",
            "a.txt",
            types.TEXT,
        ),
    ],
)
def test_the_content_says_what_a_file_is(data: bytes, filename: str, expected: str) -> None:
    assert detect_media_type(data, filename=filename) == expected


def test_prose_with_commas_is_no_table() -> None:
    prose = b"Dear Sir, please find, as agreed, our invoice.\nIt is due, as always, in March.\nYours, sincerely, A.\n"
    assert detect_media_type(prose) == types.TEXT


@pytest.mark.parametrize(
    ("data", "filename", "declared"),
    [
        (CSV, "a.csv", "application/vnd.ms-excel"),
        (CSV, "a.txt", "text/plain"),
        (b"<Invoice/>", "a.xml", "text/xml; charset=utf-8"),
        (b"<Invoice/>", "a.txt", "text/plain"),
        (hostile.workbook(), "rates", "application/zip"),
        (hostile.drawn_pdf(), "scan.0001", "application/x-pdf"),
        (hostile.picture(kind="JPEG"), "a.jpg", "image/jpg"),
        (hostile.drawn_pdf(), "a.pdf", "APPLICATION/PDF"),
    ],
)
def test_names_that_senders_really_use_are_taken(data: bytes, filename: str, declared: str) -> None:
    assert detect_media_type(data, filename=filename, declared=declared) in types.SUPPORTED


@pytest.mark.parametrize(
    ("data", "filename", "declared"),
    [
        (hostile.picture(), "a.pdf", ""),
        (hostile.picture(), "a.jpg", ""),
        (hostile.drawn_pdf(), "a.pdf", "image/png"),
        (hostile.drawn_pdf(), "a.html", ""),
        (hostile.workbook(), "a.docx", ""),
        (CSV, "a.xlsx", ""),
        (CSV, "a.js", ""),
        (CSV, "a.csv", "application/pdf"),
        (HTML, "a.pdf", ""),
    ],
)
def test_a_name_or_declared_type_that_says_something_else_is_refused(data: bytes, filename: str, declared: str) -> None:
    with pytest.raises(UnsupportedFormat):
        detect_media_type(data, filename=filename, declared=declared)


def test_the_size_is_looked_at_first() -> None:
    with pytest.raises(FileTooLarge, match="invoice may be at most 10 MB"):
        check_document(b"x" * 10_000_001)
    with pytest.raises(FileTooLarge, match="rate card may be at most 25 MB"):
        check_document(b"x" * 25_000_001, kind="rate_card", max_bytes=25_000_000)
    assert check_document(b"1;2\n" * 2_500_000, filename="a.csv", kind="rate_card", max_bytes=25_000_000) == types.CSV


def test_the_probe_sees_what_passed_the_cheap_checks() -> None:
    seen = []
    check_document(hostile.drawn_pdf(), probe=lambda data, media_type: seen.append(media_type))
    assert seen == [types.PDF]


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", EmptyFile),
        (b"\r\n  ", EmptyFile),
        (hostile.ole("EncryptedPackage"), EncryptedFile),
        (hostile.locked_zip(), EncryptedFile),
        (hostile.encrypted_ods(), EncryptedFile),
        (hostile.workbook()[:-30], CorruptFile),
        (hostile.drawn_pdf()[:-30], CorruptFile),
        (hostile.picture()[:-9], CorruptFile),
        (hostile.ole("Book", "WordDocument")[:700], CorruptFile),
    ],
)
def test_what_cannot_be_opened_is_refused_before_a_parser_sees_it(data: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        check_document(data)


def test_a_tail_of_blanks_after_a_pdf_is_no_damage() -> None:
    assert check_document(hostile.drawn_pdf() + bytes(9000) + b"\r\n") == types.PDF


def test_each_format_stands_whole_in_the_one_table() -> None:
    """Names, declared types and readers of a format are told apart from all others' and lead somewhere."""
    assert len(types.FORMAT_OF) == len(types.FORMATS)
    names = [name for each in types.FORMATS for name in (*each.extensions, *each.named_only)]
    declared = [name for each in types.FORMATS for name in (each.media_type, *each.declared)]
    assert len(names) == len(set(names))
    assert len(declared) == len(set(declared))
    for each in types.FORMATS:
        assert types.name_agrees(each.media_type, f"a{each.extensions[0]}")
        assert types.extension_of(each.media_type) == each.extensions[0]
        for path in filter(None, (each.reader, each.probe)):
            function, asked = registry._function(path)
            assert callable(function)
            assert set(asked) <= {"media_type", "limits", "include_hidden", "ocr"}, path
    assert types.extension_of("text/xml") == ".xml"
    assert types.extension_of("application/x-unknown") == ".bin"
