"""Pictures: the embedded engine on turned and skewed pages, the engines over HTTP, and how words become rows."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageDraw, ImageFont

from processing.content.records import DocumentContent
from processing.errors import ExtractionFailed, FileTooLarge, OcrTimeout, OcrUnavailable
from processing.readers.images import pictures
from processing.readers.limits import ReadLimits
from processing.readers.ocr import OcrConfig, OcrResult, OcrWord, Picture, pages_from_ocr, skew_of
from processing.readers.ocr_azure import AzureEngine
from processing.readers.ocr_docling import DoclingEngine
from processing.readers.registry import read_content
from processing.sandbox import calls
from tests.processing import hostile
from tests.processing.ocr_servers import Reply, azure_answer, docling_answer, form_parts, serving

LINES = (
    ("INVOICE 4711", 60, 60),
    ("Northwind Tools Ltd", 60, 130),
    ("Date: 2026-03-01", 60, 200),
    ("Freight Hamburg", 60, 300),
    ("100.00", 700, 300),
    ("Total due", 60, 400),
    ("119.00", 700, 400),
)


def page_picture(size: tuple[int, int] = (900, 600)) -> Image.Image:
    """A page in print of 28 pixels."""
    image = Image.new("L", size, 255)
    font = ImageFont.load_default(28)
    for text, x, y in LINES:
        ImageDraw.Draw(image).text((x, y), text, fill=0, font=font)
    return image


def as_bytes(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, format=kind, **options)
    return buffer.getvalue()


def quad(x0: float, y0: float, x1: float, y1: float) -> tuple[tuple[float, float], ...]:
    return ((x0, y0), (x1, y0), (x1, y1), (x0, y1))


def word(text: str, *corners: float) -> OcrWord:
    a, b, c, d = quad(*corners)
    return OcrWord(text, (a, b, c, d))


class FixedEngine:
    def __init__(self, *words: OcrWord) -> None:
        self.words = words
        self.seen = 0

    def read_picture(self, png: bytes) -> OcrResult:
        self.seen += 1
        return OcrResult(self.words)


def rows_of(content: DocumentContent) -> list[str]:
    return [row.text for row in content.rows]


@pytest.mark.parametrize("turn", ["upright", "clockwise", "upside down", "skewed"])
def test_the_embedded_engine_reads_a_page_whichever_way_it_lies(turn: str) -> None:
    image = page_picture()
    if turn == "clockwise":
        image = image.transpose(Image.Transpose.ROTATE_270)
    elif turn == "upside down":
        image = image.transpose(Image.Transpose.ROTATE_180)
    elif turn == "skewed":
        image = image.rotate(-3, fillcolor=255)
    content = calls.read_document(as_bytes(image, dpi=(150, 150)), "image/png")

    assert content.pages[0].ocr
    totals = [row for row in content.rows if row.text.replace(" ", "") == "Totaldue119.00"]
    assert len(totals) == 1, rows_of(content)
    place = totals[0].cells[-1].place
    assert place.page == 1
    assert place.box is not None
    x, y = (place.box[0] + place.box[2]) / 2 * 150 / 72, (place.box[1] + place.box[3]) / 2 * 150 / 72
    expected = {"upright": (745, 416), "clockwise": (600 - 416, 745), "upside down": (155, 184), "skewed": (738, 432)}
    assert x == pytest.approx(expected[turn][0], abs=15)
    assert y == pytest.approx(expected[turn][1], abs=15)


def test_a_scanned_page_within_a_text_pdf_is_read_from_its_picture() -> None:
    text_page, scanned = hostile.drawn_pdf(), as_bytes(page_picture().convert("RGB"), "PDF", resolution=110)
    engine = FixedEngine(word("Total", 60, 40, 140, 70), word("77.00", 700, 40, 790, 70))
    content = read_content(joined_pdf(text_page, scanned), "application/pdf", ocr=engine)

    assert engine.seen == 1
    assert [page.ocr for page in content.pages] == [False, True]
    assert "INVOICE 4711" in content.text
    assert rows_of(content)[-1] == "Total  77.00"
    assert [row.number for row in content.rows] == list(range(1, len(content.rows) + 1))


def joined_pdf(*files: bytes) -> bytes:
    import pypdfium2

    target = pypdfium2.PdfDocument.new()
    for data in files:
        target.import_pages(pypdfium2.PdfDocument(data))
    buffer = io.BytesIO()
    target.save(buffer)
    return buffer.getvalue()


def test_every_page_of_a_tiff_is_read_up_to_the_limit() -> None:
    page = page_picture().convert("1")
    data = as_bytes(page, "TIFF", save_all=True, append_images=[page, page], compression="group4")
    engine = FixedEngine(word("Total", 60, 40, 140, 70))

    content = read_content(data, "image/tiff", ocr=engine, limits=ReadLimits(ocr_pages=2))

    assert [page.number for page in content.pages] == [1, 2]
    assert [reason.code for reason in content.reasons] == ["pages_left_out"]
    assert read_content(data, "image/tiff", ocr=engine).reasons == ()


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [("JPEG", "image/jpeg"), ("WEBP", "image/webp"), ("HEIF", "image/heic"), ("TIFF", "image/tiff")],
)
def test_a_photograph_of_any_kind_is_shown_as_the_camera_held_it(kind: str, media_type: str) -> None:
    image = page_picture().convert("RGB")
    image.getexif()[0x0112] = 6  # turned by 90 degrees; HEIC keeps that as a property of its own
    options = {} if kind == "HEIF" else {"exif": image.getexif()}
    (shown,) = pictures(as_bytes(image, kind, **options), media_type)
    assert shown.pixels == (600, 900)
    assert shown.points[0] == pytest.approx(595, abs=1)


def test_a_picture_that_would_fill_the_memory_is_refused_by_its_header() -> None:
    with pytest.raises(FileTooLarge, match="pixels"):
        list(pictures(as_bytes(page_picture()), "image/png", limits=ReadLimits(pixels=500_000)))


def test_a_blank_picture_cannot_be_read() -> None:
    with pytest.raises(ExtractionFailed, match="No text"):
        read_content(as_bytes(Image.new("L", (300, 300), 255)), "image/png", ocr=FixedEngine())


def test_a_line_of_an_engine_is_shared_out_among_its_words() -> None:
    picture = Picture(1, b"", (600, 800), (300.0, 400.0))
    (page,) = pages_from_ocr([(picture, OcrResult((word("Total due 119.00", 0, 100, 160, 120),)))])
    words = page.rows[0].cells[0].words
    assert [w.text for w in words] == ["Total", "due", "119.00"]
    edges = [edge for w in words for edge in (w.box[0], w.box[2])]
    assert edges == sorted(edges)
    assert edges[0] == 0
    assert edges[-1] == pytest.approx(80)


def test_the_skew_of_a_page_is_that_of_its_long_lines() -> None:
    leaning = OcrWord("Northwind Tools", ((0, 0), (400, 14), (400, 34), (0, 20)))
    noise = OcrWord("abc", ((0, 0), (10, 5), (10, 25), (0, 20)))
    assert skew_of([leaning, noise, noise]) == pytest.approx(2.0, abs=0.1)


def test_docling_serve_reads_a_picture() -> None:
    with serving(docling_answer(key="k-1")) as server:
        config = OcrConfig("docling", docling_url=server.url, docling_key="k-1")
        content = calls.read_document(as_bytes(page_picture((600, 800)), dpi=(72, 72)), "image/png", ocr=config)

    assert rows_of(content) == ["INVOICE 4711", "Freight  100.00", "Total due 119.00"]
    parts = form_parts(server.requests[0])
    assert parts["do_ocr"].get_payload() == "true"
    assert parts["files"].get_filename() == "page.png"
    box = content.rows[0].cells[0].place.box
    assert box is not None
    assert (box[0], (box[1] + box[3]) / 2) == (
        pytest.approx(50 * 595 / 600, abs=1),
        pytest.approx(50 * 595 / 600, abs=1),
    )


def test_azure_reads_a_picture_after_some_polls() -> None:
    with serving(azure_answer("k-2", polls=2)) as server:
        config = OcrConfig("azure", azure_endpoint=server.url, azure_key="k-2")
        content = calls.read_document(as_bytes(page_picture((600, 800))), "image/png", ocr=config)

    assert rows_of(content) == ["INVOICE 4711", "119.00"]
    assert [request.method for request in server.requests] == ["POST", "GET", "GET", "GET"]
    assert server.requests[0].headers["content-type"] == "application/octet-stream"


def test_azure_tells_how_a_page_is_turned() -> None:
    with serving(azure_answer("k", polls=0, angle=91.5)) as server:
        result = AzureEngine(server.url, "k").read_picture(as_bytes(page_picture()))
    assert result.quarter_turns == 1
    assert result.skew_degrees == pytest.approx(1.5)


@pytest.mark.parametrize(
    "reply",
    [
        Reply(422, {"detail": "no picture"}),
        Reply(200, {"status": "failure", "errors": [], "document": {}}),
        Reply(200, {"status": "success", "document": {}}),
        Reply(200, []),
    ],
    ids=["422", "failure", "no document", "list"],
)
def test_a_picture_that_docling_cannot_read_fails_its_document_alone(reply: Reply) -> None:
    with serving(lambda request, server: reply) as server, pytest.raises(ExtractionFailed):
        DoclingEngine(server.url).read_picture(as_bytes(page_picture()))


@pytest.mark.parametrize(
    "reply",
    [
        Reply(401, {"detail": "no"}),
        Reply(429, {}, {"Retry-After": "7"}),
        Reply(500, b"<html>proxy</html>"),
        Reply(200, b"<html>sign in</html>"),
        Reply(302, {}, {"Location": "http://127.0.0.1:9/"}),
    ],
    ids=["401", "429", "500", "HTML", "redirect"],
)
def test_what_is_the_same_for_every_picture_is_no_fault_of_a_document(reply: Reply) -> None:
    with serving(lambda request, server: reply) as server, pytest.raises(OcrUnavailable) as away:
        DoclingEngine(server.url).read_picture(as_bytes(page_picture()))
    assert away.value.wanted_seconds == (7 if reply.status == 429 else None)


def test_azure_fails_where_the_service_fails() -> None:
    png = as_bytes(page_picture())
    with serving(azure_answer("k", final="failed")) as server, pytest.raises(ExtractionFailed, match="could not read"):
        AzureEngine(server.url, "k").read_picture(png)
    with serving(azure_answer("k")) as server, pytest.raises(OcrUnavailable, match="401"):
        AzureEngine(server.url, "wrong").read_picture(png)
    with serving(azure_answer("k", polls=10**6)) as server, pytest.raises(OcrTimeout, match=r"0\.6 seconds"):
        AzureEngine(server.url, "k", timeout_seconds=0.6).read_picture(png)


def test_the_key_of_azure_goes_to_no_other_host() -> None:
    def elsewhere(request: object, server: object) -> Reply:
        return Reply(202, {}, {"Operation-Location": "http://127.0.0.2:9/steal"})

    with serving(elsewhere) as server, pytest.raises(ExtractionFailed, match="another host"):
        AzureEngine(server.url, "k").read_picture(as_bytes(page_picture()))


def test_a_server_that_is_not_there_is_away() -> None:
    with pytest.raises(OcrUnavailable):
        DoclingEngine("http://127.0.0.1:9").read_picture(as_bytes(page_picture()))


def test_an_engine_without_its_address_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="DOCLING_URL"):
        DoclingEngine("")
    with pytest.raises(ValueError, match="AZURE_DI_KEY"):
        AzureEngine("https://x.example", "")
