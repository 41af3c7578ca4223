"""A file of several invoices taken apart: each becomes a document of its own with its pages."""

from __future__ import annotations

from dataclasses import replace

from processing.content.records import Cell, DocumentContent, Page
from processing.extractors.separation import part_ranges
from processing.models import Document, ProcessingJob
from processing.pipeline.parts import parts_of_document, submit_parts
from processing.readers.part_file import PartFile
from processing.sandbox import calls
from processing.spending.breaker import STORAGE
from processing.spending.guarding import guarded
from processing.storage import fetch_bytes


def submit_separated(job: ProcessingJob, content: DocumentContent) -> int:
    """Submit the invoices of a file that holds several as its children; gives how many, 0 where the file is one
    document. Raises as ``submit_parts``."""
    document = job.document
    if "pages" in document.source_detail.get("part", {}):  # came out of such a file itself
        return 0
    if "invoices" in content.metadata:
        return submit_parts(job, parts_of_document(document))
    ranges = part_ranges(content)
    if not ranges:
        return 0
    found = [
        PartFile("", document.media_type, data, tuple(pages))
        for data, pages in zip(_files(document, ranges), ranges, strict=True)
    ]
    # What was read from pictures is not read a second time: seconds a page.
    by_picture = {page.number for page in content.pages if page.ocr}
    contents = {i: pages_of(content, pages) for i, pages in enumerate(ranges) if by_picture & set(pages)}
    return submit_parts(job, found, contents=contents)


def _files(document: Document, ranges: list[list[int]]) -> list[bytes]:
    with guarded(STORAGE):
        data = fetch_bytes(key=document.storage_key, sha256=document.sha256)
    return calls.pages_as_files(data, document.media_type, ranges)


def pages_of(content: DocumentContent, numbers: list[int]) -> DocumentContent:
    """Some pages as a document of their own: pages and rows are numbered anew."""
    pages: list[Page] = []
    row_number = 0
    by_number = {page.number: page for page in content.pages}
    for number, old in enumerate(numbers, start=1):
        rows = []
        for row in by_number[old].rows:
            row_number += 1
            cells = tuple(_moved(cell, number) for cell in row.cells)
            rows.append(replace(row, number=row_number, page=number, cells=cells))
        pages.append(replace(by_number[old], number=number, rows=tuple(rows)))
    return replace(content, pages=tuple(pages), metadata={}, embedded_xml=None)


def _moved(cell: Cell, page: int) -> Cell:
    return replace(cell, place=replace(cell.place, page=page))
