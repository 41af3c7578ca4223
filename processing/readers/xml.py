"""An XML file as rows of path and text, for search and the review desk; the e-invoice extractor reads its values."""

from __future__ import annotations

import re

from lxml import etree

from invoices.records import Place, ReviewReason
from invoices.rules.catalogue import reason
from processing.content.records import Cell, DocumentContent, Page, Row
from processing.readers.embedded import embedded_xml
from processing.readers.xml_safe import Syntax, XmlPaths, detect_syntax, invoice_root, local_name, parse_xml

__all__ = ["Syntax", "detect_syntax", "embedded_xml", "parse_xml", "read_xml"]

# More rows than a person or a model reads; the extractor reads the XML itself, not these rows.
MAX_ROWS = 20_000
MAX_CELL_CHARACTERS = 2_000


def read_xml(data: bytes) -> DocumentContent:
    """An XML file as one page: a row for each leaf element, with its path and its text. ``embedded_xml`` is the file
    itself where its syntax is a known invoice. Raises as ``parse_xml``."""
    root = parse_xml(data)
    paths = XmlPaths.of(root)
    rows: list[Row] = []
    reasons: tuple[ReviewReason, ...] = ()
    prefix = re.compile(r"[\w.-]+:")
    for element in root.iter(etree.Element):
        text = " ".join((element.text or "").split())
        if len(element) or not text:
            continue
        if len(rows) == MAX_ROWS:
            message = f"Only the first {MAX_ROWS:,} values of the file are shown."
            reasons = (reason("content_cut", "", message),)
            break
        path = paths.path(element)
        place = Place(page=1, path=path)
        shown = prefix.sub("", path.split("/", 2)[-1])
        if "BinaryObject" in local_name(element) or len(text) > MAX_CELL_CHARACTERS:
            text = f"{text[:60]}… ({len(text):,} characters)"
        rows.append(Row(len(rows) + 1, 1, (Cell(shown, place, 0), Cell(text, place, 1))))
    return DocumentContent(
        media_type="application/xml",
        pages=(Page(1, tuple(rows), name=local_name(root)),),
        embedded_xml=data if detect_syntax(root) else None,
        reasons=reasons,
        metadata={"invoices": str(count)} if (count := _body_count(root)) > 1 else {},
    )


def _body_count(root: etree._Element) -> int:
    """How many invoices the file holds: only a FatturaPA has several."""
    if detect_syntax(root) != "fatturapa":
        return 1
    return sum(local_name(child) == "FatturaElettronicaBody" for child in invoice_root(root))
