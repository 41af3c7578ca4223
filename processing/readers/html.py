"""HTML: what a person would see, as rows; table cells keep their columns. Nothing is fetched and no script is run."""

from __future__ import annotations

import re

from lxml import etree
from lxml import html as lxml_html

from processing.content.records import DocumentContent
from processing.errors import CorruptFile, EmptyFile, ExtractionFailed
from processing.readers import media_types
from processing.readers.flow import FlowBuilder, numbered_children
from processing.readers.html_hidden import Styles, is_hidden, styles_of
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
_MAX_DEPTH = 200  # real mails nest tables some 30 deep
_MAX_SPAN = 1000  # HTML 4.8.11: colspan is at most 1000
# A row of few cells of which one has so many lines lays out a page ("Billed to" beside "From"): its lines stay lines.
_BESIDE_CELLS = 3
_BESIDE_LINES = 3


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
    _Walk(builder, styles_of(root)).element(root, "/html", depth=0)
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

    def __init__(self, builder: FlowBuilder, styles: Styles) -> None:
        self.builder = builder
        self.styles = styles

    def element(self, element: etree._Element, path: str, depth: int) -> None:
        tag = element.tag
        if not isinstance(tag, str) or tag in _SKIPPED or depth > _MAX_DEPTH:
            return
        if is_hidden(element, self.styles):
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
        if _lays_out(row, cells):
            for cell, cell_path in cells:
                self.element(cell, cell_path, depth + 1)
            return
        column = 0
        beside: list[tuple[int, list[tuple[str, str]]]] = []
        for cell, cell_path in cells:
            beside.append((column, self._cell_lines(cell, cell_path, depth)))
            column += _span(cell)
        most = max((len(lines) for _, lines in beside), default=0)
        if len(beside) in range(2, _BESIDE_CELLS + 1) and most >= _BESIDE_LINES:
            for number in range(most):
                for column, lines in beside:
                    if number < len(lines):
                        self.builder.add_cell(lines[number][0], column, lines[number][1])
                self.builder.end_row()
            return
        for (column, lines), (_, cell_path) in zip(beside, cells, strict=True):
            self.builder.add_cell(" ".join(text for text, _ in lines), column, cell_path)
        self.builder.end_row()

    def _cell_lines(self, cell: etree._Element, path: str, depth: int) -> list[tuple[str, str]]:
        """Each line of a cell with its path."""
        if is_hidden(cell, self.styles):
            return []
        if not len(cell):  # most cells of a long table hold nothing but text
            return [(cell.text, path)] if cell.text else []
        inner = FlowBuilder(self.builder.limits)
        _Walk(inner, self.styles).element(cell, path, depth + 1)
        return inner.lines()


def _lays_out(row: etree._Element, cells: list[tuple[etree._Element, str]]) -> bool:
    """Whether the tables within the cells of a row lay out a page. One that only stacks the lines of its cell (an item
    with its period below) does not."""
    within = [cell for cell, _ in cells if len(cell) and cell.find(".//tr") is not None]
    if not within:
        return False
    if len(cells) == 1:
        return True
    return any(
        sum(1 for part in inner if part.tag in ("td", "th") and "".join(part.itertext()).strip()) > 1
        for cell in within
        for inner in cell.iterfind(".//tr")
    )


def _span(cell: etree._Element) -> int:
    value = cell.get("colspan") or "1"
    return max(1, min(int(value), _MAX_SPAN)) if value.isdecimal() and len(value) < 6 else 1
