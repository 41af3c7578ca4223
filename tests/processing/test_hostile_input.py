"""Hostile files, each through the check and the bounded reader: a documented code, a living parent, bounded memory."""

from __future__ import annotations

import os
import random
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from reportlab.pdfgen import canvas

from common.errors import InvoicesiteError
from processing.errors import ExtractionFailed
from processing.readers.detect import check_document
from processing.readers.ocr import OcrResult
from processing.sandbox import calls
from tests.processing import hostile
from tests.processing.hostile import Build

READ = "read"  # the file is harmless after all, and is read
# Named by its first element, before anything is parsed.
UNKNOWN_E_INVOICE = "unsupported_e_invoice"


class NoOcr:
    """The pictures themselves are what is hostile here; nothing has to be recognised on them."""

    def read_picture(self, png: bytes) -> OcrResult:
        assert png.startswith(b"\x89PNG")
        return OcrResult(())


def outcome(data: bytes, filename: str, declared: str = "") -> str:
    """The code with which a file is refused or fails, ``read`` where it is read."""
    error: InvoicesiteError
    try:
        media_type = check_document(data, filename=filename, declared=declared, probe=calls.probe_document)
        calls.read_document(data, media_type, timeout_seconds=6, memory_mb=768, ocr=NoOcr())
    except InvoicesiteError as refused:
        error = refused
    else:
        return READ
    assert str(error).endswith((".", ")")), "a sentence for a person"
    return error.code


def fixed(data: bytes) -> Build:
    return lambda: data


CASES: list[tuple[str, str, Build, set[str]]] = [
    # nothing, or too much
    ("empty", "a.pdf", fixed(b""), {"empty_file"}),
    ("blanks only", "a.txt", fixed(b" \r\n\t" * 50), {"empty_file"}),
    ("NUL bytes only", "a.pdf", fixed(bytes(5000)), {"empty_file"}),
    ("10 MB and one byte", "a.pdf", fixed(b"%PDF-1.7" + bytes(9_999_993)), {"file_too_large"}),
    # XML
    ("billion laughs", "a.xml", hostile.billion_laughs, {"unsupported_format"}),
    ("external entity", "a.xml", hostile.external_entity, {"unsupported_format"}),
    ("remote DTD", "a.xml", hostile.remote_dtd, {"unsupported_format"}),
    ("quadratic entity", "a.xml", hostile.quadratic_entity, {"unsupported_format"}),
    ("XML 200,000 levels deep", "a.xml", hostile.deep_xml, {"corrupt_file"}),
    ("XML attribute of 9 MB", "a.xml", hostile.wide_attribute_xml, {READ, "corrupt_file"}),
    ("XML of 1.5 million elements", "a.xml", hostile.many_elements_xml, {"file_too_large", UNKNOWN_E_INVOICE}),
    ("XML cut off", "a.xml", fixed(b"<?xml version='1.0'?><Invoice><ID>4711</ID"), {UNKNOWN_E_INVOICE}),
    ("XML not well-formed", "a.xml", fixed(b"<Invoice><ID>4711</Invoice>"), {UNKNOWN_E_INVOICE}),
    # sheets
    ("xlsx zip bomb", "a.xlsx", hostile.sheet_bomb, {"file_too_large"}),
    ("xlsx zip bomb with a lying directory", "a.xlsx", hostile.lying_sheet_bomb, {"file_too_large", "corrupt_file"}),
    ("zip bomb of overlapping members", "a.xlsx", hostile.overlapping_zip_bomb, {"file_too_large"}),
    ("xlsx with a million empty rows", "a.xlsx", hostile.million_empty_rows, {READ}),
    ("xlsx with a stray last cell", "a.xlsx", hostile.stray_last_cell, {READ, "extraction_failed"}),
    ("xlsx merged over the whole sheet", "a.xlsx", hostile.merged_million, {READ}),
    ("xlsx with entities", "a.xlsx", hostile.sheet_with_entities, {READ, "corrupt_file"}),
    ("xlsx of 600 sheets", "a.xlsx", hostile.many_sheets, {"file_too_large"}),
    ("xlsx without its sheet", "a.xlsx", hostile.sheet_missing, {"corrupt_file"}),
    ("xlsx with climbing member names", "a.xlsx", hostile.climbing_names_workbook, {READ}),
    ("xlsx encrypted", "a.xlsx", fixed(hostile.ole("EncryptedPackage", "EncryptionInfo")), {"encrypted_file"}),
    ("zip with encrypted members", "a.xlsx", hostile.locked_zip, {"encrypted_file"}),
    ("xls cut off", "a.xls", fixed(hostile.ole("Workbook")[:600]), {"corrupt_file"}),
    ("xls with an empty workbook", "a.xls", fixed(hostile.ole("Workbook")), {"corrupt_file", "empty_file"}),
    ("xls with a loop of sectors", "a.xls", fixed(hostile.ole("Workbook", loop=True)), {"corrupt_file"}),
    ("ods repeating 17 thousand million cells", "a.ods", hostile.repeating_ods, {"extraction_failed", "corrupt_file"}),
    ("ods encrypted", "a.ods", hostile.encrypted_ods, {"encrypted_file"}),
    ("ods that is not XML", "a.ods", fixed(hostile.ods("rubbish")), {"corrupt_file", READ}),
    ("archive of other files", "a.zip", fixed(hostile.zip_of({"a.pdf": b"%PDF-"})), {"extraction_failed"}),
    ("archive called xlsx", "a.xlsx", fixed(hostile.zip_of({"a.pdf": b"%PDF-"})), {"unsupported_format"}),
    # documents
    ("docx zip bomb", "a.docx", hostile.docx_bomb, {"file_too_large"}),
    ("docx of tables 5,000 deep", "a.docx", hostile.docx_nested_tables, {"corrupt_file", "empty_file"}),
    ("docx with an external entity", "a.docx", hostile.docx_entity, {"corrupt_file"}),
    ("docx that is not XML", "a.docx", fixed(hostile.docx("<w:p>")), {"corrupt_file"}),
    ("old Word file", "a.doc", fixed(hostile.ole("WordDocument")), {"unsupported_format"}),
    ("Outlook file", "a.msg", fixed(hostile.ole("__properties_version1.0")), {"empty_file"}),
    # PDF
    ("PDF of 100,000 pages", "a.pdf", hostile.many_pages_pdf, {"file_too_large"}),
    ("PDF with a loop in its page tree", "a.pdf", hostile.looping_page_tree_pdf, {"corrupt_file", "extraction_failed"}),
    ("PDF with a loop of cross-references", "a.pdf", hostile.looping_xref_pdf, {"corrupt_file"}),
    ("PDF without pages", "a.pdf", hostile.no_pages_pdf, {"corrupt_file"}),
    ("PDF that is only a header", "a.pdf", fixed(b"%PDF-1.7\n"), {"corrupt_file"}),
    (
        "PDF of rubbish between the marks",
        "a.pdf",
        fixed(b"%PDF-1.7\n" + b"\xf0\x9f" * 999 + b"%%EOF"),
        {"corrupt_file"},
    ),
    ("PDF with a password", "a.pdf", hostile.encrypted_pdf, {"encrypted_file"}),
    ("PDF locked against changes only", "a.pdf", hostile.owner_locked_pdf, {READ}),
    ("PDF with a form that draws itself", "a.pdf", hostile.self_calling_form_pdf, {READ}),
    ("PDF whose drawing unpacks to 300 MB", "a.pdf", hostile.content_bomb_pdf, {READ, "extraction_failed"}),
    ("PDF whose text unpacks to 200 MB", "a.pdf", hostile.text_bomb_pdf, {READ, "extraction_failed"}),
    ("PDF packed twice", "a.pdf", hostile.double_bomb_pdf, {READ, "extraction_failed"}),
    ("PDF with arrays 200,000 deep", "a.pdf", hostile.deep_arrays_pdf, {"corrupt_file"}),
    ("PDF on paper of 5 km", "a.pdf", hostile.huge_paper_pdf, {READ, "extraction_failed"}),
    ("PDF with a script", "a.pdf", hostile.script_pdf, {READ}),
    # pictures
    ("PNG of 50,000 x 50,000 pixels", "a.png", fixed(hostile.png_claiming(50_000, 50_000)), {"file_too_large"}),
    ("PNG of no pixels", "a.png", fixed(hostile.png_claiming(0, 0)), {"corrupt_file"}),
    ("PNG without its picture", "a.png", fixed(hostile.png_claiming(2000, 2000)), {"corrupt_file"}),
    ("PNG with a text of 300 MB", "a.png", hostile.png_text_bomb, {"corrupt_file", "extraction_failed"}),
    ("JPEG of 65,500 x 65,500 pixels", "a.jpg", fixed(hostile.jpeg_claiming(65_500, 65_500)), {"file_too_large"}),
    ("JPEG cut off", "a.jpg", fixed(hostile.picture(kind="JPEG")[:-200]), {"corrupt_file"}),
    ("TIFF with a loop of pages", "a.tif", hostile.looping_tiff, {"extraction_failed", "corrupt_file"}),
    ("TIFF of 600 pages", "a.tif", hostile.tiff_of_many_pages, {"extraction_failed"}),
    ("TIFF of 100,000 x 100,000 pixels", "a.tif", fixed(hostile.tiff(width=10**5, height=10**5)), {"file_too_large"}),
    ("TIFF of one tag", "a.tif", fixed(b"II*\0\x08\0\0\0\x01\0"), {"corrupt_file"}),
    ("WebP cut off", "a.webp", fixed(hostile.picture(kind="WEBP")[:-50]), {"corrupt_file"}),
    ("HEIC of rubbish", "a.heic", hostile.fake_heic, {"corrupt_file"}),
    ("GIF", "a.gif", fixed(b"GIF89a" + bytes(range(200))), {"unsupported_format"}),
    ("SVG with a script", "a.svg", fixed(b"<svg><script>alert(1)</script></svg>"), {"unsupported_format"}),
    # two faces, wrong names
    ("PDF that is a zip, too", "a.pdf", lambda: hostile.drawn_pdf() + hostile.workbook(), {"unsupported_format"}),
    ("picture that is a PDF, too", "a.png", lambda: b"\x89PNG\r\n\x1a\n" + hostile.drawn_pdf(), {"unsupported_format"}),
    ("page that is a PDF, too", "a.pdf", lambda: b"<script>1</script>" + hostile.drawn_pdf(), {"unsupported_format"}),
    (
        "JPEG that is a zip, too",
        "a.jpg",
        lambda: hostile.picture(kind="JPEG") + hostile.workbook(),
        {"unsupported_format"},
    ),
    ("PNG called PDF", "a.pdf", hostile.picture, {"unsupported_format"}),
    ("PDF called PNG", "a.png", hostile.drawn_pdf, {"unsupported_format"}),
    ("PDF called XML", "a.xml", hostile.drawn_pdf, {"unsupported_format"}),
    ("workbook called PDF", "a.pdf", hostile.workbook, {"unsupported_format"}),
    ("text called PDF", "a.pdf", fixed(b"INVOICE 4711"), {"unsupported_format"}),
    (
        "page called workbook",
        "a.xls",
        fixed(b"<html><table><tr><td>1</td></tr></table></html>"),
        {"unsupported_format"},
    ),
    ("program", "a.exe", fixed(b"MZ\x90\0" + bytes(range(256))), {"unsupported_format"}),
    ("program called PDF", "a.pdf", fixed(b"\x7fELF" + bytes(range(256))), {"unsupported_format"}),
    ("text called program", "invoice.pdf.exe", fixed(b"INVOICE 4711"), {"unsupported_format"}),
    ("random bytes", "a.bin", fixed(random.Random(7).randbytes(5000)), {"unsupported_format"}),
    ("gzip", "a.csv", fixed(b"\x1f\x8b\x08\0" + bytes(range(200))), {"unsupported_format"}),
    ("PostScript", "a.ps", fixed(b"%!PS-Adobe-3.0\n(x) show"), {"unsupported_format"}),
    ("RTF", "a.rtf", fixed(rb"{\rtf1 INVOICE}"), {"unsupported_format"}),
    # names
    ("NUL in the name", "a\0.pdf", hostile.drawn_pdf, {READ}),
    ("climbing name", "../../../../etc/passwd.pdf", hostile.drawn_pdf, {READ}),
    ("climbing name of Windows", "..\\..\\boot.pdf", hostile.drawn_pdf, {READ}),
    ("name of 100,000 letters", "a" * 100_000 + ".pdf", hostile.drawn_pdf, {READ}),
    ("name written backwards", "invoice\u202efdp.exe", hostile.drawn_pdf, {"unsupported_format"}),
    # text
    ("CSV of one endless line", "a.csv", fixed(b"x" * 9_900_000), {"extraction_failed"}),
    ("CSV of five million columns", "a.csv", fixed(b"1," * 4_900_000), {"extraction_failed"}),
    ("CSV with a quotation that never ends", "a.csv", fixed(b'a,"b\n' + b"1,2\n" * 50_000), {READ}),
    ("CSV of nothing but delimiters", "a.csv", fixed(b",,,,\n" * 1000), {"empty_file"}),
    ("text with NUL bytes", "a.txt", fixed(b"INVOICE\0 4711 total 10.00 EUR " * 20), {"unsupported_format"}),
    ("HTML 300,000 levels deep", "a.html", hostile.deep_html, {READ, "corrupt_file", "empty_file"}),
    (
        "HTML with 30,000 attributes",
        "a.html",
        hostile.many_attributes_html,
        {READ, "corrupt_file", "extraction_failed"},
    ),
    ("HTML table of 100,000 rows", "a.html", hostile.long_table_html, {READ, "extraction_failed"}),
    ("HTML of scripts only", "a.html", fixed(b"<html><script>location='x'</script></html>"), {"empty_file"}),
    ("mail 400 levels deep", "a.eml", hostile.nested_mail, {READ, "extraction_failed", "corrupt_file"}),
    ("mail of 50,000 parts", "a.eml", hostile.mail_of_many_parts, {"extraction_failed"}),
    (
        "mail in an unknown charset",
        "a.eml",
        lambda: hostile.mail(b"x", b"Content-Type: text/plain; charset=x-no\r\n"),
        {READ},
    ),
    ("mail with a subject of 5 MB", "a.eml", lambda: hostile.mail(b"x", b"X-A: " + b"y" * 5_000_000 + b"\r\n"), {READ}),
]


def test_the_table_names_enough_attacks() -> None:
    names = [name for name, *_ in CASES]
    assert len(names) == len(set(names)) >= 60


@pytest.mark.parametrize(("filename", "build", "codes"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_hostile_file_gives_its_code_and_harms_nobody(filename: str, build: Build, codes: set[str]) -> None:
    data = build()
    before = psutil.Process().memory_info().rss

    assert outcome(data, filename) in codes

    grown_mb = (psutil.Process().memory_info().rss - before) / 1e6
    assert grown_mb < 250
    assert outcome(hostile.drawn_pdf(), "next.pdf") == READ, "the next document is read as if nothing had been"


@pytest.mark.parametrize("tenth", range(1, 10))
@pytest.mark.parametrize(
    ("filename", "build"),
    [
        ("a.pdf", hostile.drawn_pdf),
        ("a.png", hostile.picture),
        ("a.jpg", lambda: hostile.picture(kind="JPEG")),
        ("a.webp", lambda: hostile.picture(kind="WEBP")),
        ("a.xlsx", hostile.workbook),
        ("a.docx", lambda: hostile.docx(hostile.docx_paragraph())),
        ("a.xml", lambda: b"<?xml version='1.0'?><Invoice>" + b"<ID>4711</ID>" * 20 + b"</Invoice>"),
    ],
    ids=["pdf", "png", "jpg", "webp", "xlsx", "docx", "xml"],
)
def test_a_file_cut_off_at_any_tenth_is_refused(filename: str, build: Build, tenth: int) -> None:
    data = build()
    assert outcome(data[: len(data) * tenth // 10], filename) in {
        "corrupt_file",
        "unsupported_format",
        UNKNOWN_E_INVOICE,
    }


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ("application/pdf", READ),
        ("application/octet-stream", READ),
        ("", READ),
        ("image/png", "unsupported_format"),
        ("text/html", "unsupported_format"),
        ("application/vnd.ms-excel", "unsupported_format"),
    ],
)
def test_a_declared_type_must_fit_the_content(declared: str, expected: str) -> None:
    assert outcome(hostile.drawn_pdf(), "a.pdf", declared) == expected


def _failure(operation: Callable[[], object]) -> str:
    try:
        operation()
    except ExtractionFailed as error:
        return str(error)
    return ""


def long_pdf(pages: int) -> bytes:
    import io

    buffer = io.BytesIO()
    page = canvas.Canvas(buffer, invariant=1)
    for number in range(pages):
        for line in range(60):
            page.drawString(40, 800 - line * 12, f"{number} {line} Freight Hamburg Rotterdam 12.50 EUR 119.00 " * 2)
        page.showPage()
    page.save()
    return buffer.getvalue()


def test_a_document_that_takes_too_long_is_given_up_in_time() -> None:
    data = long_pdf(150)
    message = _failure(lambda: calls.read_document(data, "application/pdf", timeout_seconds=0.3))
    assert "0.3 seconds" in message


def test_a_document_that_needs_too_much_memory_fails_alone() -> None:
    calls.close_workers()  # what an earlier document left in a reader counts, too
    data = b"Zone;Weight;Rate;Currency\n" + b"1;2;3;4\n" * 100_000
    message = _failure(lambda: calls.read_document(data, "text/csv", memory_mb=60))
    assert message
    assert len(calls.read_document(data[:80_000], "text/csv", memory_mb=60).rows) > 9_000


def test_a_reader_that_is_killed_while_idle_is_replaced() -> None:
    calls.close_workers()
    assert outcome(hostile.drawn_pdf(), "a.pdf") == READ
    for child in psutil.Process().children():
        if "processing.sandbox.worker" in " ".join(child.cmdline()):
            child.kill()
            child.wait(5)
    assert outcome(hostile.drawn_pdf(), "a.pdf") == READ


def test_readers_know_no_secret_and_no_django() -> None:
    os.environ["OPENAI_API_KEY"] = os.environ.get("OPENAI_API_KEY", "secret")
    calls.close_workers()
    assert outcome(hostile.drawn_pdf(), "a.pdf") == READ
    (worker,) = (c for c in psutil.Process().children() if "processing.sandbox.worker" in " ".join(c.cmdline()))
    assert "OPENAI_API_KEY" not in worker.environ()
    mapped = Path(f"/proc/{worker.pid}/maps").read_text()
    assert "psycopg" not in mapped
    assert "django" not in mapped


def test_many_threads_read_at_once() -> None:
    results: list[str] = []
    data = hostile.drawn_pdf()
    threads = [threading.Thread(target=lambda: results.append(outcome(data, "a.pdf"))) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert results == [READ] * 12


def test_a_forked_process_reads_with_readers_of_its_own() -> None:
    data = hostile.drawn_pdf()
    assert outcome(data, "a.pdf") == READ  # the parent has an idle reader whose socket the child inherits
    pid = os.fork()
    if pid == 0:
        os._exit(0 if outcome(data, "a.pdf") == READ else 1)
    _, status = os.waitpid(pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    assert outcome(data, "a.pdf") == READ


def test_an_idle_reader_ends_by_itself_and_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    calls.close_workers()
    monkeypatch.setitem(calls._IDLE_SECONDS, "reader", 0.3)
    assert outcome(hostile.drawn_pdf(), "a.pdf") == READ
    (worker,) = (c for c in psutil.Process().children() if "processing.sandbox.worker" in " ".join(c.cmdline()))
    deadline = time.monotonic() + 10
    while worker.status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < deadline, "the reader is still there"
        time.sleep(0.05)
    assert outcome(hostile.drawn_pdf(), "a.pdf") == READ
    calls.close_workers()
