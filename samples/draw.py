"""Draw the samples: ``python -m samples.draw [FOLDER]`` writes ``documents/`` and ``expected.json`` there.

The output depends on this package and the pinned libraries only: drawing twice gives the same bytes.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4, LETTER

from samples import einvoices, layouts_english, layouts_north, layouts_south, plain
from samples.books import Sample, expectation
from samples.cases import all_samples
from samples.sheet import Sheet

Layout = Callable[[Sheet, Sample], None]

LAYOUTS: dict[str, Layout] = {
    function.__name__: function
    for function in (
        *(layouts_north.window_envelope, layouts_north.zebra, layouts_north.hybrid, layouts_north.sidebar),
        *(layouts_north.payment_part, layouts_english.banner, layouts_english.typewriter, layouts_english.remittance),
        *(layouts_english.ledger, layouts_south.grid, layouts_south.centred, layouts_south.airy, layouts_south.boxes),
        *(layouts_south.signature, layouts_english.consignments),
    )
}
FONTS = {"typewriter": "Courier", "centred": "Times-Roman", "boxes": "Times-Roman"}
TEXTS: dict[str, Callable[[Sample], str]] = {f.__name__: f for f in (plain.plain_de, plain.plain_us, plain.plain_gb)}


def draw_samples(folder: Path) -> list[Path]:
    """Write every document and expected.json below ``folder`` and return the documents' paths."""
    documents = folder / "documents"
    documents.mkdir(parents=True, exist_ok=True)
    samples = all_samples()
    paths = []
    for sample in samples:
        path = documents / sample.file
        path.write_bytes(document_bytes(sample, documents))
        paths.append(path)
    expected = [expectation(sample) for sample in samples]
    (folder / "expected.json").write_text(json.dumps(expected, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return paths


def document_bytes(sample: Sample, documents: Path) -> bytes:
    """The document's content; copies are made of what was drawn before in ``documents``."""
    if sample.copy_of is not None:
        original = (documents / sample.copy_of).read_bytes()
        return original if sample.layout != "truncated" else truncated(original)
    if sample.layout == "ubl":
        return einvoices.ubl(sample)
    if sample.layout in TEXTS:
        return TEXTS[sample.layout](sample).encode("utf-8")
    drawn = draw_pdf(sample)
    return with_attachment(drawn, einvoices.cii(sample)) if sample.layout == "hybrid" else drawn


def draw_pdf(sample: Sample) -> bytes:
    """The sample as a PDF in its layout."""
    buffer = io.BytesIO()
    size = LETTER if sample.region == "us" else A4
    title = f"{sample.seller.name} {sample.invoice.invoice_number}"
    sheet = Sheet(buffer, title=title, font=FONTS.get(sample.layout, "Helvetica"), size=size)
    LAYOUTS[sample.layout](sheet, sample)
    sheet.save()
    return buffer.getvalue()


def with_attachment(pdf: bytes, xml: bytes) -> bytes:
    """The PDF with the XML attached under the name that Factur-X gives it."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    writer.add_attachment("factur-x.xml", xml)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def truncated(pdf: bytes) -> bytes:
    """A transfer that broke off early: the header is there, the pages are not."""
    return pdf[:700]


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    for written in draw_samples(target):
        print(written)
