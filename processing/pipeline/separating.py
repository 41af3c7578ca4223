"""A file of several invoices taken apart: each becomes a document of its own with its pages."""

from __future__ import annotations

from dataclasses import replace

import structlog

from processing.content.records import Cell, DocumentContent, Page
from processing.errors import BudgetExceeded, CeilingReached, InvalidOutput
from processing.extractors.bills.several import invoices_in
from processing.extractors.model.page_starts import build_starts_prompt, read_starts
from processing.extractors.separation import DOUBTFUL, SEPARATORS, STARTS, page_numbers, part_ranges
from processing.models import Document, ProcessingJob
from processing.pipeline.parts import parts_of_document, submit_parts
from processing.readers import media_types
from processing.readers.part_file import PartFile
from processing.sandbox import calls
from processing.services.boundaries import BOUNDARIES, FOUND, ranges_of
from processing.spending.ask import Cancelled, Question, ask, release_connection
from processing.spending.breaker import STORAGE
from processing.spending.configured import model_is_configured
from processing.spending.guarding import guarded
from processing.storage import fetch_bytes

log = structlog.get_logger(__name__)


def submit_separated(job: ProcessingJob, content: DocumentContent, *, cancelled: Cancelled | None = None) -> int:
    """Submit the invoices of a file that holds several as its children; gives how many, 0 where the file is one
    document. Raises as ``submit_parts``."""
    document = job.document
    if "pages" in document.source_detail.get("part", {}):  # came out of such a file itself
        return 0
    if "invoices" in content.metadata:
        return submit_parts(job, parts_of_document(document))
    if content.media_type in media_types.SHEETS | media_types.DELIMITED:
        stem = document.filename.rsplit(".", 1)[0]
        files = enumerate(invoices_in(content), start=1)
        return submit_parts(job, [PartFile(f"{stem} {n}.csv", media_types.CSV, data) for n, data in files])
    said = document.source_detail.get(BOUNDARIES)
    if said is None:
        content = _asked(job, content, cancelled)
        _note_found(document, content)
        ranges = part_ranges(content)
    else:
        ranges = ranges_of(len(content.pages), said["starts"], said["left_out"])
        if len(ranges) == 1 and len(ranges[0]) == len(content.pages):
            return 0
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


def _asked(job: ProcessingJob, content: DocumentContent, cancelled: Cancelled | None) -> DocumentContent:
    """The content with the starts that a model points at among the pages of which the rules doubt, where the policy and
    the budget of the file's job allow it. What it does not point at stays in doubt: nobody takes its word that two
    invoices are one."""
    doubtful = page_numbers(content, DOUBTFUL)
    if not doubtful or job.policy == ProcessingJob.Policy.RULES or not model_is_configured():
        return content
    question: Question[list[int]] = Question(
        build=lambda model, tokens: build_starts_prompt(content, doubtful, model=model, max_input_tokens=tokens),
        read=lambda text, truncated: read_starts(text, content, doubtful),
        finish=lambda found, prompt, cached: found,
    )
    release_connection()
    try:
        found = ask(job=job, question=question, cancelled=cancelled)
    except CeilingReached:
        raise  # not this document's ceiling: it waits until there is room
    except (BudgetExceeded, InvalidOutput) as error:
        log.info("page_starts_not_asked", code=error.code)
        return content
    if not found:
        return content
    starts = sorted({content.pages[0].number, *page_numbers(content, STARTS), *found})
    left = [number for number in doubtful if number not in found]
    noted = {STARTS: ",".join(map(str, starts)), DOUBTFUL: ",".join(map(str, left))}
    return replace(content, metadata={**content.metadata, **noted})


def undoubted(document: Document, content: DocumentContent) -> DocumentContent:
    """The content without the rules' doubts where a person has said which pages belong together."""
    if BOUNDARIES not in document.source_detail:
        return content
    metadata = {name: value for name, value in content.metadata.items() if name not in (STARTS, DOUBTFUL, SEPARATORS)}
    return replace(content, metadata=metadata)


def _note_found(document: Document, content: DocumentContent) -> None:
    """What the rules saw, for the page on which a person moves boundaries."""
    found = {"starts": STARTS, "doubtful": DOUBTFUL, "left_out": SEPARATORS}
    noted = {name: numbers for name, key in found.items() if (numbers := page_numbers(content, key))}
    if noted and document.source_detail.get(FOUND) != noted:
        document.source_detail = {**document.source_detail, FOUND: noted}
        document.save(update_fields=["source_detail"])


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
