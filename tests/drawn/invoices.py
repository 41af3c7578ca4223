"""Draw the labelled set: ``python -m tests.drawn.invoices OUT_DIR`` writes ``documents/`` and ``expected.json``; with a
prefix behind it, only the files whose names begin so (``d``, the first forty; ``e``, twenty, ``f``, thirty, ``g``,
twenty-six, ``h``, thirty-five and ``i``, eight drawn after them, each before a rule was written with it in sight).

The set shows what the reading has not been fitted to: each sender, layout and sentence is made up for it, and no rule
is written for one of its documents. Measure with ``manage.py evaluate OUT_DIR --policy rules``.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy
import pypdfium2
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.drawn import (
    abroad,
    building,
    carriage,
    counters,
    crafts,
    east,
    english,
    far_tongues,
    files,
    german,
    households,
    north,
    overseas,
    passages,
    plain_trades,
    platforms,
    premises,
    professions,
    services,
    slips,
    south,
    subscriptions,
    trade,
    wholesale,
    works,
)
from tests.drawn.labels import DOCUMENTS, Drawn, Label
from tests.drawn.sheet import Sheet

ROOMS = (
    *(german, north, east, south, english, files, trade, services, carriage, subscriptions, works, counters, crafts),
    *(premises, wholesale, professions, abroad, passages),
    *(households, slips, building, platforms, overseas, far_tongues, plain_trades),
)
"""Importing them registers their documents."""

SCAN_DPI = 200
# A common office scanner: grey paper, faint noise. Fixed, so that the set is the same each time.
SCAN_NOISE, SCAN_SEED, SCAN_QUALITY = 9.0, 20251, 70


def drawn_documents() -> list[Drawn]:
    """All documents, by file name."""
    return sorted(DOCUMENTS, key=lambda document: document.file)


def draw(document: Drawn) -> tuple[bytes, Label]:
    """The file and its label; the same bytes each time."""
    if document.make_file is not None:
        return document.make_file()
    assert document.draw_page is not None
    target = io.BytesIO()
    sheet = Sheet(target)
    expected = document.draw_page(sheet)
    sheet.save()
    data = target.getvalue()
    return (data if document.scan_degrees is None else scanned(data, document.scan_degrees)), expected


def draw_set(folder: Path, documents: Sequence[Drawn]) -> None:
    """Write ``folder/documents`` and ``folder/expected.json``, in the form that ``evaluate`` reads."""
    (folder / "documents").mkdir(parents=True, exist_ok=True)
    entries = []
    for document in documents:
        data, expected = draw(document)
        (folder / "documents" / document.file).write_bytes(data)
        entries.append(
            {
                "file": document.file,
                "kind": document.kind,
                "language": document.language,
                "country": document.country,
                "expected": expected,
            }
        )
    (folder / "expected.json").write_text(json.dumps(entries, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def scanned(data: bytes, degrees: float) -> bytes:
    """A PDF as an office scanner gives it: grey pictures of its pages, turned a little, with noise."""
    target = io.BytesIO()
    noise = numpy.random.default_rng(SCAN_SEED)
    pdf = pypdfium2.PdfDocument(data)
    canvas: Canvas | None = None
    for page in pdf:
        width, height = page.get_size()
        picture = page.render(scale=SCAN_DPI / 72, grayscale=True).to_pil()
        picture = picture.rotate(degrees, resample=Image.Resampling.BICUBIC, fillcolor=250)
        grey = numpy.asarray(picture, dtype=numpy.float32) * 0.94 + noise.normal(0, SCAN_NOISE, picture.size[::-1])
        jpeg = io.BytesIO()
        Image.fromarray(grey.clip(0, 255).astype(numpy.uint8)).save(jpeg, "JPEG", quality=SCAN_QUALITY)
        canvas = canvas or Canvas(target, invariant=1)
        canvas.setPageSize((width, height))
        canvas.drawImage(ImageReader(io.BytesIO(jpeg.getvalue())), 0, 0, width, height)
        canvas.showPage()
    assert canvas is not None
    canvas.save()
    return target.getvalue()


def main(arguments: Sequence[str]) -> int:
    if len(arguments) not in (1, 2):
        print("usage: python -m tests.drawn.invoices OUT_DIR [PREFIX]", file=sys.stderr)
        return 2
    folder, prefix = Path(arguments[0]), "".join(arguments[1:])
    documents = [document for document in drawn_documents() if document.file.startswith(prefix)]
    draw_set(folder, documents)
    print(f"{len(documents)} documents in {folder}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
