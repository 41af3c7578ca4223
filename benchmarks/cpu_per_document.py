"""CPU time of reading one-page text PDFs by rules, beside plain text extraction on the same files.

usage: python -m benchmarks.cpu_per_document [DIRECTORY] [--quick]

DIRECTORY holds PDFs (default: ``samples/``); those with one page and text are taken. Each column is CPU time of this
process a document, start-up and the first document apart. Last line: one JSON object.
"""

from __future__ import annotations

import argparse
import io
import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pypdfium2

from processing.content.records import DocumentContent
from processing.errors import CorruptFile, EncryptedFile, ExtractionFailed
from processing.extractors.items.items import find_item_tables, read_items
from processing.extractors.rules import extract_by_rules
from processing.readers.pdf import page_needs_ocr, read_pdf


def full(data: bytes) -> object:
    """All that the rules do with a document: words, rows, columns, header fields and items."""
    return extract_by_rules(read_pdf(data))


def reading(data: bytes) -> object:
    return read_pdf(data)


def items(content: DocumentContent) -> object:
    return [read_items(content, table, method="rules") for table in find_item_tables(content)]


def plain_pdfium(data: bytes) -> object:
    document = pypdfium2.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def plain_pdfplumber(data: bytes) -> object:
    with pdfplumber.open(io.BytesIO(data)) as document:
        return [page.extract_text() for page in document.pages]


def one_page_texts(directory: Path) -> list[bytes]:
    found = []
    for path in sorted(directory.rglob("*.pdf")):
        data = path.read_bytes()
        try:
            content = read_pdf(data)
        except (CorruptFile, EncryptedFile, ExtractionFailed):
            continue
        if len(content.pages) == 1 and not page_needs_ocr(content.pages[0]):
            found.append(data)
    return found


def cpu_milliseconds(work: Callable[[bytes], object], documents: list[bytes], rounds: int) -> list[float]:
    """The best of ``rounds`` for each document: other processes of the machine only ever add time."""
    work(documents[0])
    best = []
    for data in documents:
        times = []
        for _ in range(rounds):
            started = time.process_time()
            work(data)
            times.append((time.process_time() - started) * 1000)
        best.append(min(times))
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=Path, nargs="?", default=Path("samples"))
    parser.add_argument("--quick", action="store_true", help="at most 8 documents, 2 rounds")
    args = parser.parse_args()
    documents = one_page_texts(args.directory)
    if not documents:
        parser.error(f"no one-page text PDFs in {args.directory}")
    rounds = 2 if args.quick else 5
    documents = documents[:8] if args.quick else documents
    contents = {data: read_pdf(data) for data in documents}
    columns: dict[str, Callable[[bytes], object]] = {
        "read_and_rules": full,
        "read": reading,
        "items": lambda data: items(contents[data]),
        "pypdfium2_text": plain_pdfium,
        "pdfplumber_text": plain_pdfplumber,
    }
    figures: dict[str, float | int] = {"documents": len(documents)}
    print(f"{len(documents)} one-page text PDFs; CPU milliseconds a document")
    print(f"{'':<18}{'mean':>8}{'median':>8}{'max':>8}")
    for name, work in columns.items():
        times = cpu_milliseconds(work, documents, rounds)
        mean, median, most = statistics.fmean(times), statistics.median(times), max(times)
        print(f"{name:<18}{mean:>8.1f}{median:>8.1f}{most:>8.1f}")
        figures[f"{name}_cpu_ms_mean"] = round(mean, 2)
        figures[f"{name}_cpu_ms_median"] = round(median, 2)
        figures[f"{name}_cpu_ms_max"] = round(most, 2)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
