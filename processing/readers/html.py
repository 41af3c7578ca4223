"""HTML: what a person would see, as rows; table cells keep their columns. Nothing is fetched and no script is run."""

from __future__ import annotations

import re

from lxml import etree
from lxml import html as lxml_html

from processing.content.records import DocumentContent
from processing.errors import CorruptFile, EmptyFile, ExtractionFailed
from processing.readers import media_types
from processing.readers.flow import FlowBuilder, numbered_children
from processing.readers.limits import DEFAULT_LIMITS, ReadLimits
from processing.readers.text import decode_text

_SKIPPED = frozenset(
    {"script", "style", "head", "noscript", "template", "svg", "math", "iframe", "object", "select", "textarea"}
)
_BLOCKS = frozenset(
    [
        *("address", "article", "aside", "blockquote", "body", "br", "center", "dd", "details", "div", "dl", "dt"),
        *("fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li"),
        *("main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead"),
        *("tr", "ul"),
    ]
)
_INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d]*[1-9])", re.IGNORECASE)
_MAX_DEPTH = 200  # real mails nest tables some 30 deep
_MAX_SPAN = 1000  # HTML 4.8.11: colspan is at most 1000


def read_html(data: bytes, *, limits: ReadLimits = DEFAULT_LIMITS) -> DocumentContent:
    """One page of rows in reading order. ``Place.path`` is the XPath of the element a text stands in.

    Raises EmptyFile (nothing visible), CorruptFile and ExtractionFailed (limits).
    """
    text = decode_text(_with_declared_encoding(data))
    if len(text) > limits.text_characters:
        raise ExtractionFailed("The page contains too much text.")
    builder = FlowBuilder(limits)
    # An encoding named within the text is about the bytes, and lxml refuses a str that has one.
    body = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    parser = lxml_html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = lxml_html.document_fromstring(body, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise CorruptFile() from error
    _Walk(builder).element(root, "/html", depth=0)
    content = builder.content(media_types.HTML)
    if not content.pages[0].rows:
        raise EmptyFile("The page shows no text.")
    return content


def _with_declared_encoding(data: bytes) -> bytes:
    """UTF-8 bytes where a meta element names another encoding that the bytes fit."""
    found = re.search(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", data[:4096], re.IGNORECASE)
    if not found:
        return data
    try:
        return data.decode(found.group(1).decode("ascii")).encode()
    except (LookupError, UnicodeError, ValueError):
        return data


class _Walk:
    """Paths are counted on the way down: lxml's ``getpath`` counts all siblings again for each element."""

    def __init__(self, builder: FlowBuilder) -> None:
        self.builder = builder

    def element(self, element: etree._Element, path: str, depth: int) -> None:
        tag = element.tag
        if not isinstance(tag, str) or tag in _SKIPPED or depth > _MAX_DEPTH:
            return
        if _hidden(element):
            return
        if tag == "tr":
            self._table_row(element, path, depth)
            return
        block = tag in _BLOCKS
        if block:
            self.builder.end_line()
        self._text(element.text, path)
        for child, child_path in numbered_children(element, path):
            self.element(child, child_path, depth + 1)
            self._text(child.tail, path)
        if block:
            self.builder.end_line()
        if tag == "table":
            self.builder.end_table()

    def _text(self, text: str | None, path: str) -> None:
        if text:
            self.builder.add_text(text, "" if text.isspace() else path)

    def _table_row(self, row: etree._Element, path: str, depth: int) -> None:
        cells = [(child, p) for child, p in numbered_children(row, path) if child.tag in ("td", "th")]
        self.builder.end_line()
        if any(len(cell) and cell.find(".//tr") is not None for cell, _ in cells):  # tables that only lay out a page
            for cell, cell_path in cells:
                self.element(cell, cell_path, depth + 1)
            return
        column = 0
        for cell, cell_path in cells:
            self.builder.add_cell(self._cell_text(cell, cell_path, depth), column, cell_path)
            column += _span(cell)
        self.builder.end_row()

    def _cell_text(self, cell: etree._Element, path: str, depth: int) -> str:
        if not len(cell):  # most cells of a long table hold nothing but text
            return "" if _hidden(cell) else cell.text or ""
        inner = FlowBuilder(self.builder.limits)
        _Walk(inner).element(cell, path, depth + 1)
        return inner.flat_text()


def _hidden(element: etree._Element) -> bool:
    if not element.attrib:
        return False
    return element.get("hidden") is not None or _INVISIBLE.search(element.get("style") or "") is not None


def _span(cell: etree._Element) -> int:
    value = cell.get("colspan") or "1"
    return max(1, min(int(value), _MAX_SPAN)) if value.isdecimal() and len(value) < 6 else 1
