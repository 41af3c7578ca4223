from __future__ import annotations

import time
import zlib

import pytest

from common.errors import InvoicesiteError
from processing.errors import CorruptFile, EmptyFile, FileTooLarge, UnsupportedFormat
from processing.readers import xml as reader
from processing.readers.xml import detect_syntax, embedded_xml, parse_xml, read_xml
from processing.readers.xml_safe import MAX_XML_BYTES
from tests.processing.einvoices import cii_invoice, fattura, pdf_page, pdf_with, ubl_invoice, zugferd1_invoice

BILLION_LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY l0 "lol">'
    + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    + "]><Invoice>&l9;</Invoice>"
)

HOSTILE = {
    "billion laughs": (BILLION_LAUGHS.encode(), UnsupportedFormat),
    "billion laughs in UTF-16": (BILLION_LAUGHS.encode("utf-16"), UnsupportedFormat),
    "billion laughs in UTF-16 without a mark": (BILLION_LAUGHS.encode("utf-16-le"), UnsupportedFormat),
    "billion laughs in UTF-7": (
        b'<?xml version="1.0" encoding="UTF-7"?>' + BILLION_LAUGHS.encode("utf-7"),
        UnsupportedFormat,
    ),
    "a document type behind comments": (b"<!-- a -->" * 50_000 + BILLION_LAUGHS.encode(), UnsupportedFormat),
    "external entity": (
        b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>',
        UnsupportedFormat,
    ),
    "external DTD": (b'<!DOCTYPE r SYSTEM "http://127.0.0.1:9/x.dtd"><r/>', UnsupportedFormat),
    "parameter entity": (
        b'<!DOCTYPE r [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x"> %x;]><r/>',
        UnsupportedFormat,
    ),
    "HTML": (b"<!doctype html><html></html>", UnsupportedFormat),
    "no XML": (b"%PDF-1.7", UnsupportedFormat),
    "only NULs": (b"\0" * 1_000, UnsupportedFormat),
    "empty": (b"", EmptyFile),
    "only a byte order mark": (b"\xef\xbb\xbf \n", EmptyFile),
    "an entity that is not declared": (b"<r>&xxe;</r>", CorruptFile),
    "cut short": (ubl_invoice()[:-200], CorruptFile),
    "a control character": (b"<r>\x01</r>", CorruptFile),
    "wrong encoding": (b'<?xml version="1.0" encoding="UTF-8"?><r>\xff\xfe\xfa</r>', CorruptFile),
    "100,000 levels": (b"<a>" * 100_000 + b"</a>" * 100_000, CorruptFile),
    "100 levels": (b"<a>" * 100 + b"</a>" * 100, CorruptFile),
    "five million elements": (b"<r>" + b"<a/>" * 5_000_000 + b"</r>", UnsupportedFormat),
    "600,000 elements": (b"<r>" + b"<a/>" * 600_000 + b"</r>", UnsupportedFormat),
    "five million comments, none closed": (b"<!--" * 5_000_000, UnsupportedFormat),
    "two million attributes": (b"<r " + b'a="" ' * 2_000_000 + b"/>", UnsupportedFormat),
    "a text of 20 MB": (b"<r>" + b"a" * 20_000_000 + b"</r>", CorruptFile),
    "a name of 10 MB": (b"<" + b"a" * 10_000_000 + b"/>", CorruptFile),
    "more than any channel accepts": (b"<r>" + b" " * MAX_XML_BYTES + b"</r>", FileTooLarge),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_xml_is_refused_with_its_code_and_soon(name: str) -> None:
    data, expected = HOSTILE[name]
    start = time.process_time()
    with pytest.raises(InvoicesiteError) as refused:
        parse_xml(data)
    assert type(refused.value) is expected
    assert time.process_time() - start < 5


def test_an_xinclude_stays_what_it_is() -> None:
    root = parse_xml(
        b'<r xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file:///etc/passwd" parse="text"/></r>'
    )
    assert "".join(root.itertext()) == ""


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + ubl_invoice(),
        b"\r\n  " + ubl_invoice(),
        ubl_invoice().decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16"),
        ubl_invoice().decode().replace("UTF-8", "windows-1252").encode("cp1252"),
        b"<!-- made by hand --><?style sheet?>" + ubl_invoice().split(b"?>", 1)[1],
        ubl_invoice().replace(b"cbc:", b"x1:").replace(b":cbc", b":x1"),
        ubl_invoice() + b"\n\n\0",
    ],
    ids=["mark", "blanks first", "UTF-16", "windows-1252", "comment first", "other prefixes", "NUL behind"],
)
def test_an_invoice_is_parsed_however_it_is_written(data: bytes) -> None:
    assert detect_syntax(parse_xml(data)) == "ubl_invoice"


@pytest.mark.parametrize(
    ("data", "syntax"),
    [
        (ubl_invoice(), "ubl_invoice"),
        (ubl_invoice(credit_note=True), "ubl_credit_note"),
        (cii_invoice(), "cii"),
        (zugferd1_invoice(), "zugferd1"),
        (fattura(), "fatturapa"),
        (b"<Invoice><AccountingSupplierParty/></Invoice>", "ubl_invoice"),
        (b"<Invoice><Total>1</Total></Invoice>", None),
        (b'<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-1.0"/>', None),
        (
            b'<SCRDMCCBDACIOMessageStructure xmlns="urn:un:unece:uncefact:data:SCRDMCCBDACIOMessageStructure:100"/>',
            None,
        ),
        (b"<html/>", None),
    ],
)
def test_the_syntax_is_told_by_the_root(data: bytes, syntax: str | None) -> None:
    assert detect_syntax(parse_xml(data)) == syntax


def test_an_invoice_in_a_peppol_envelope_is_found() -> None:
    payload = ubl_invoice().split(b"?>", 1)[1]
    envelope = b"<StandardBusinessDocument><StandardBusinessDocumentHeader/>" + payload + b"</StandardBusinessDocument>"
    assert detect_syntax(parse_xml(envelope)) == "ubl_invoice"


def test_a_file_is_read_as_rows_of_path_and_text() -> None:
    content = read_xml(ubl_invoice())
    row = next(row for row in content.rows if row.cells[0].text == "InvoiceLine/LineExtensionAmount")
    assert row.cells[1].text == "100.00"
    assert row.cells[1].place.path == "/Invoice/cac:InvoiceLine/cbc:LineExtensionAmount"
    assert content.embedded_xml == ubl_invoice()
    assert [row.number for row in content.rows] == list(range(1, len(content.rows) + 1))


def test_xml_of_another_kind_is_shown_but_is_no_invoice() -> None:
    content = read_xml(b"<order><number>7</number></order>")
    assert content.text == "number  7"
    assert content.embedded_xml is None


def test_annexes_inside_of_the_xml_are_not_shown() -> None:
    annex = b"<EmbeddedDocumentBinaryObject>" + b"QUJD" * 100_000 + b"</EmbeddedDocumentBinaryObject>"
    content = read_xml(b"<r>" + annex + b"</r>")
    assert len(content.text) < 200
    assert "400,000 characters" in content.text


def test_rows_past_the_bound_are_left_out_with_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_ROWS", 5)
    content = read_xml(b"<r>" + b"<a>1</a>" * 6 + b"</r>")
    assert len(content.rows) == 5
    assert [reason.code for reason in content.reasons] == ["content_cut"]


@pytest.mark.parametrize("name", ["factur-x.xml", "ZUGFeRD-invoice.xml", "XRechnung.XML", "rechnung 7.xml", "anhang"])
def test_an_attached_invoice_is_found_whatever_its_name(name: str) -> None:
    assert embedded_xml(pdf_with((name, cii_invoice()))) == cii_invoice()


def test_other_attachments_do_not_matter() -> None:
    pdf = pdf_with(
        ("terms.pdf", pdf_page("Terms")), ("data.xml", b"<data/>"), ("empty.xml", b" "), ("i.xml", ubl_invoice())
    )
    assert embedded_xml(pdf) == ubl_invoice()


def test_the_newer_standard_wins_where_a_pdf_carries_both() -> None:
    pdf = pdf_with(("ZUGFeRD-invoice.xml", zugferd1_invoice()), ("factur-x.xml", cii_invoice()))
    assert embedded_xml(pdf) == cii_invoice()


def test_the_standard_name_wins_among_equals() -> None:
    pdf = pdf_with(("annex.xml", cii_invoice(number="OLD")), ("factur-x.xml", cii_invoice()))
    assert embedded_xml(pdf) == cii_invoice()


def test_a_damaged_invoice_is_given_back_so_that_its_damage_is_told() -> None:
    assert embedded_xml(pdf_with(("factur-x.xml", cii_invoice()[:900]))) == cii_invoice()[:900]


def test_an_order_is_no_invoice() -> None:
    assert embedded_xml(pdf_with(("order-x.xml", b"<SCRDMCCBDACIOMessageStructure/>"))) is None


@pytest.mark.parametrize("pdf", [pdf_page("Invoice"), b"", b"no PDF", pdf_page("Invoice")[:100]])
def test_a_pdf_without_or_damaged_has_no_invoice(pdf: bytes) -> None:
    assert embedded_xml(pdf) is None


def _pdf_with_stream(filters: bytes, data: bytes, *, listed: bool) -> bytes:
    stream = b"<</Type/EmbeddedFile%s/Length %d>>stream\n%s\nendstream" % (filters, len(data), data)
    pdf = pdf_page("Invoice", more=(stream, b"<</Type/Filespec/F(factur-x.xml)/EF<</F 6 0 R>>>>"))
    names = b"/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(factur-x.xml) 7 0 R]>>>>"
    return pdf.replace(b"/Pages 2 0 R", names, 1) if listed else pdf


@pytest.mark.parametrize("compressed", [True, False])
def test_an_invoice_that_no_name_tree_lists_is_found(compressed: bool) -> None:
    data = zlib.compress(cii_invoice()) if compressed else cii_invoice()
    found = embedded_xml(_pdf_with_stream(b"/Filter/FlateDecode" if compressed else b"", data, listed=False))
    assert found is not None
    assert detect_syntax(parse_xml(found)) == "cii"


@pytest.mark.parametrize("listed", [True, False])
def test_an_attachment_that_unpacks_without_end_is_left_alone(listed: bool) -> None:
    packer = zlib.compressobj(1)
    bomb = b"".join([packer.compress(b"<" + b" " * 1_000_000) for _ in range(150)]) + packer.flush()
    pdf = _pdf_with_stream(b"/Filter/FlateDecode", bomb, listed=listed)
    start = time.process_time()
    assert embedded_xml(pdf) is None
    assert time.process_time() - start < 2


@pytest.mark.parametrize("name", [b"<FEFFD800>", b"<FEFFD80000>", b"()", b"<FF>", b"(../../etc/passwd)"])
def test_a_broken_name_does_not_hide_an_invoice(name: bytes) -> None:
    pdf = _pdf_with_stream(b"", cii_invoice(), listed=True).replace(b"(factur-x.xml)", name)
    found = embedded_xml(pdf)
    assert found is not None
    assert detect_syntax(parse_xml(found)) == "cii"


def test_a_loop_in_the_tree_of_names_ends() -> None:
    pdf = pdf_page("Invoice", more=(b"<</Kids[6 0 R]>>",))
    assert embedded_xml(pdf.replace(b"/Pages 2 0 R", b"/Pages 2 0 R/Names<</EmbeddedFiles 6 0 R>>", 1)) is None


def test_a_listed_invoice_is_unpacked() -> None:
    pdf = _pdf_with_stream(b"/Filter/FlateDecode", zlib.compress(cii_invoice()), listed=True)
    assert embedded_xml(pdf) == cii_invoice()


def test_looking_for_an_invoice_costs_little_in_a_pdf_without() -> None:
    pdf = pdf_page(*["Invoice"] * 40)
    embedded_xml(pdf)
    start = time.process_time()
    for _ in range(20):
        embedded_xml(pdf)
    assert (time.process_time() - start) / 20 < 0.02
