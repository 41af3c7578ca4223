"""Invoices as PDFs drawn by hand, honest ones and forged ones: text that a person does not see says another sum or
account than the page shows."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Callable
from dataclasses import dataclass

import pypdfium2 as pdfium
from PIL import Image, ImageFilter
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
TRUE_TOTAL, FALSE_TOTAL = "1,188.00", "9,488.00"
TRUE_IBAN, FALSE_IBAN = "GB05 NWBK 6010 0431 9268 19", "GB36 BARC 2032 5377 0194 22"


@dataclass(frozen=True)
class Sums:
    """What a drawn invoice says; the defaults add up."""

    number: str = "INV-20417"
    net: str = "990.00"
    tax: str = "198.00"
    total: str = TRUE_TOTAL
    iban: str = TRUE_IBAN
    vendor: str = "Hazelbrook Fasteners Ltd"


def draw_invoice(
    canvas: Canvas,
    sums: Sums,
    *,
    without: frozenset[str] = frozenset(),
    font: str = "Helvetica",
    mode: int | None = None,
) -> None:
    """An English invoice with two lines. ``without`` leaves values out; ``mode`` is the render mode of all its text."""

    def write(x: float, y: float, text: str, size: float = 10, right: bool = False) -> None:
        left = x - canvas.stringWidth(text, font, size) if right else x
        line = canvas.beginText(left, y)
        line.setFont(font, size)
        if mode is not None:
            line.setTextRenderMode(mode)
        line.textOut(text)
        canvas.drawText(line)

    write(60, 780, sums.vendor, 14)
    write(60, 764, "7 Quarry Road, Leeds LS9 7AB")
    write(60, 750, "VAT no. GB811442075")
    write(400, 780, "INVOICE", 16)
    write(400, 760, f"Invoice no: {sums.number}")
    write(400, 746, "Invoice date: 12 March 2026")
    write(60, 700, "Bill to: Marlow Joinery Ltd")
    write(60, 686, "3 Mill Lane, York YO1 9TT")
    for x, head in ((60, "Description"), (330, "Qty"), (400, "Unit price"), (500, "Amount")):
        write(x, 640, head)
    for y, (name, count, price, amount) in (
        (622, ("Stainless bolt M10", "30", "21.00", "630.00")),
        (606, ("Threaded rod 1 m", "20", "18.00", "360.00")),
    ):
        write(60, y, name)
        write(345, y, count, right=True)
        write(445, y, price, right=True)
        write(540, y, amount, right=True)
    write(400, 560, "Subtotal")
    write(540, 560, sums.net, right=True)
    write(400, 544, "VAT 20%")
    write(540, 544, sums.tax, right=True)
    if "total" not in without:
        write(400, 524, "Total due GBP", 11)
        write(540, 524, sums.total, 11, right=True)
    if "iban" not in without:
        write(60, 470, f"IBAN: {sums.iban}")
    write(60, 454, "Payment within 30 days.")


def new_canvas() -> tuple[Canvas, io.BytesIO]:
    out = io.BytesIO()
    return Canvas(out, pagesize=A4, pageCompression=0, invariant=1), out


def honest_pdf(sums: Sums | None = None) -> bytes:
    canvas, out = new_canvas()
    draw_invoice(canvas, sums or Sums())
    canvas.save()
    return out.getvalue()


def _over(
    draw_hidden: Callable[[Canvas], None], *, without: frozenset[str] = frozenset(), before: bool = False
) -> bytes:
    canvas, out = new_canvas()
    if before:
        draw_hidden(canvas)
    draw_invoice(canvas, Sums(), without=without)
    if not before:
        draw_hidden(canvas)
    canvas.save()
    return out.getvalue()


def _payment(canvas: Canvas, *, size: float = 10, mode: int | None = None, x: float = 60, y: float = 420) -> None:
    for offset, text in ((0.0, f"IBAN: {FALSE_IBAN}"), (14.0, f"Total due GBP {FALSE_TOTAL}")):
        line = canvas.beginText(x, y - offset * size / 10)
        line.setFont("Helvetica", size)
        if mode is not None:
            line.setTextRenderMode(mode)
        line.textOut(text)
        canvas.drawText(line)


def _white(canvas: Canvas) -> None:
    canvas.setFillColorRGB(1, 1, 1)
    _payment(canvas)
    canvas.setFillColorRGB(0, 0, 0)


def _nearly_white(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0.985, 0.985, 0.985)
    _payment(canvas)
    canvas.setFillColorRGB(0, 0, 0)


def _on_colour(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0.2, 0.4, 0.7)
    canvas.rect(50, 395, 300, 40, stroke=0, fill=1)
    _payment(canvas)
    canvas.setFillColorRGB(0, 0, 0)


def _under_box(canvas: Canvas) -> None:
    _payment(canvas)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(50, 395, 300, 40, stroke=0, fill=1)
    canvas.setFillColorRGB(0, 0, 0)


def _under_picture(canvas: Canvas) -> None:
    from reportlab.lib.utils import ImageReader

    _payment(canvas)
    picture = Image.effect_noise((300, 40), 60).convert("RGB")
    canvas.drawImage(ImageReader(picture), 50, 395, 300, 40)


def _clipped(canvas: Canvas) -> None:
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(400, 100, 5, 5)
    canvas.clipPath(path, stroke=0, fill=0)
    _payment(canvas)
    canvas.restoreState()


def _transparent(canvas: Canvas) -> None:
    canvas.saveState()
    canvas.setFillAlpha(0.0)
    _payment(canvas)
    canvas.restoreState()


def _off_page(canvas: Canvas) -> None:
    _payment(canvas, x=WIDTH + 20)


def _under_other_text() -> bytes:
    """A false sum and account, covered by a white box on which the true ones are written."""
    canvas, out = new_canvas()
    draw_invoice(canvas, Sums(total=FALSE_TOTAL, iban=FALSE_IBAN))
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(390, 518, 160, 18, stroke=0, fill=1)
    canvas.rect(50, 464, 300, 18, stroke=0, fill=1)
    canvas.setFillColorRGB(0, 0, 0)
    canvas.setFont("Helvetica", 11)
    canvas.drawString(400, 524, "Total due GBP")
    canvas.drawRightString(540, 524, TRUE_TOTAL)
    canvas.setFont("Helvetica", 10)
    canvas.drawString(60, 470, f"IBAN: {TRUE_IBAN}")
    canvas.save()
    return out.getvalue()


def _half_clipped() -> bytes:
    """A total of which the page shows the last digits only."""
    canvas, out = new_canvas()
    draw_invoice(canvas, Sums(), without=frozenset({"total"}))
    canvas.setFont("Helvetica", 11)
    canvas.drawString(400, 524, "Total due GBP")
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(540 - canvas.stringWidth("188.00", "Helvetica", 11), 515, 100, 25)
    canvas.clipPath(path, stroke=0, fill=0)
    canvas.drawRightString(540, 524, FALSE_TOTAL)
    canvas.restoreState()
    canvas.save()
    return out.getvalue()


def switched_off_layer() -> bytes:
    """Text in an optional content group whose state is OFF."""
    page = _page_of(Sums(), frozenset())
    hidden = (
        b"/OC /L1 BDC BT /F1 10 Tf 60 420 Td (IBAN: " + FALSE_IBAN.encode() + b") Tj 0 -14 Td (Total due GBP "
        + FALSE_TOTAL.encode() + b") Tj ET EMC"
    )  # fmt: skip
    return raw_pdf(
        page + hidden,
        resources=b"/Properties << /L1 6 0 R >>",
        more={6: b"<< /Type /OCG /Name (notes) >>"},
        catalog=b"/OCProperties << /OCGs [6 0 R] /D << /OFF [6 0 R] /Order [6 0 R] >> >>",
    )


def lying_font() -> bytes:
    """A font whose ToUnicode map says 9 where the page shows 1 (and 1 where it shows 9), in the total alone."""
    page = _page_of(Sums(), frozenset({"total"}))
    shown = TRUE_TOTAL.encode()
    page += b"BT /F1 11 Tf 400 524 Td (Total due GBP) Tj ET BT /F2 11 Tf 495 524 Td (" + shown + b") Tj ET"
    swapped = {ord("1"): ord("9"), ord("9"): ord("1")}
    pairs = "".join(f"<{code:02x}> <{swapped.get(code, code):04x}>\n" for code in range(0x20, 0x7F))
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        f"1 begincodespacerange <00> <ff> endcodespacerange\n95 beginbfchar\n{pairs}endbfchar\n"
        "endcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode()
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding /ToUnicode 7 0 R >>"
    return raw_pdf(page, fonts=b"/F2 6 0 R", more={6: font, 7: stream(cmap)})


def _page_of(sums: Sums, without: frozenset[str]) -> bytes:
    """The content stream of the invoice as reportlab draws it, for a page with /F1 Helvetica."""
    canvas, out = new_canvas()
    draw_invoice(canvas, sums, without=without)
    canvas.save()
    found = re.search(rb"stream\r?\n(.*?)endstream", out.getvalue(), re.DOTALL)
    assert found
    return found.group(1) + b"\n"


def stream(data: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data)


def raw_pdf(
    content: bytes,
    *,
    fonts: bytes = b"",
    resources: bytes = b"",
    more: dict[int, bytes] | None = None,
    catalog: bytes = b"",
) -> bytes:
    """A PDF of one A4 page, object by object: 1 catalog, 2 pages, 3 page, 4 content, 5 /F1 Helvetica, then ``more``."""
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R " + catalog + b" >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595.28 841.89] /Contents 4 0 R /Resources << /Font << "
        b"/F1 5 0 R " + fonts + b" >> " + resources + b" >> >>",
        4: stream(content),
        5: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        **(more or {}),
    }
    out, offsets = bytearray(b"%PDF-1.7\n"), {}
    for number, body in sorted(objects.items()):
        offsets[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offsets[number] for number in sorted(offsets))
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


# Each kind: a PDF whose page shows Sums() (or lacks what is hidden) while its text says more.
FORGED: dict[str, Callable[[], bytes]] = {
    "render mode 3": lambda: _over(lambda c: _payment(c, mode=3)),
    "render mode 3, value only there": lambda: _over(lambda c: _payment(c, mode=3), without=frozenset({"iban"})),
    "white on white": lambda: _over(_white),
    "nearly white": lambda: _over(_nearly_white),
    "on its own colour": lambda: _over(_on_colour),
    "under a white box": lambda: _over(_under_box),
    "under a picture": lambda: _over(_under_picture),
    "clipped away": lambda: _over(_clipped),
    "transparent": lambda: _over(_transparent),
    "tiny": lambda: _over(lambda c: _payment(c, size=0.5)),
    "off the page": lambda: _over(_off_page),
    "switched-off layer": switched_off_layer,
    "under other text": _under_other_text,
    "partly clipped": _half_clipped,
    "font that lies": lying_font,
}


def scan_with_layer(shown: Sums, layer: Sums | None, *, seed: int = 0, dpi: int = 150) -> bytes:
    """A page picture of ``shown``, a little skewed and noisy, with an invisible text layer that says ``layer``."""
    from reportlab.lib.utils import ImageReader

    picture = render(honest_pdf(shown), dpi)
    chance = random.Random(seed)
    picture = picture.rotate(chance.uniform(-0.3, 0.3), fillcolor="white", resample=Image.Resampling.BICUBIC)
    picture = picture.filter(ImageFilter.GaussianBlur(chance.uniform(0.0, 0.6)))
    buffer = io.BytesIO()
    picture.convert("L").save(buffer, "JPEG", quality=chance.randint(55, 85))
    canvas, out = new_canvas()
    canvas.drawImage(ImageReader(io.BytesIO(buffer.getvalue())), 0, 0, WIDTH, HEIGHT)
    if layer is not None:
        draw_invoice(canvas, layer, mode=3)
    canvas.save()
    return out.getvalue()


def render(pdf: bytes, dpi: int) -> Image.Image:
    document = pdfium.PdfDocument(pdf)
    try:
        return document[0].render(scale=dpi / 72).to_pil().convert("RGB")
    finally:
        document.close()


def sums_by_chance(seed: int) -> Sums:
    """The sums of an honest invoice: those of the lines stay, number, account and seller change."""
    chance = random.Random(seed)
    names = ("Alder", "Birchwood", "Cawthorne", "Dunmore", "Elmfield", "Fairholm", "Granby", "Hollins")
    trades = ("Fixings Ltd", "Engineering Ltd", "Supplies plc", "Tooling Ltd", "Metals Ltd")
    bank = f"NWBK6010{chance.randrange(10**10):010d}"
    digits = "".join(str(int(c, 36)) for c in f"{bank}GB00")
    check = 98 - int(digits) % 97
    iban = f"GB{check:02d}{bank}"
    return Sums(
        number=f"INV-{chance.randrange(10_000, 99_999)}",
        iban=" ".join(iban[i : i + 4] for i in range(0, len(iban), 4)),
        vendor=f"{chance.choice(names)} {chance.choice(trades)}",
    )
