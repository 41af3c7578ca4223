"""DOCX: paragraphs and tables of the body, with headers and footers, read from the XML itself (ECMA-376 part 1)."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from processing.content.records import DocumentContent
from processing.errors import CorruptFile, EmptyFile
from processing.readers import media_types
from processing.readers.containers import check_expanded_size, open_zip
from processing.readers.flow import FlowBuilder, numbered_children
from processing.readers.limits import DEFAULT_LIMITS, ReadLimits

# Deleted text of tracked changes and field codes are not what a person sees.
_SKIPPED = frozenset({"del", "instrText", "delText", "moveFrom", "sectPr", "pPr", "rPr", "tblPr", "tcPr", "Fallback"})
_MAX_DEPTH = 200


def read_docx(data: bytes, *, limits: ReadLimits = DEFAULT_LIMITS) -> DocumentContent:
    """One page of rows in reading order: headers, body, footers. ``Place.path`` is the XPath in the document's XML.

    Raises CorruptFile, FileTooLarge (unpacked), EmptyFile (no text), ExtractionFailed (cells).
    """
    check_expanded_size(data, limits)
    archive = open_zip(data)
    names = archive.namelist()
    headers = sorted(n for n in names if n.startswith("word/header") and n.endswith(".xml"))
    footers = sorted(n for n in names if n.startswith("word/footer") and n.endswith(".xml"))
    builder = FlowBuilder(limits)
    for name in [*headers, "word/document.xml", *footers]:
        root = _part(archive, name)
        part = "" if name == "word/document.xml" else name.removeprefix("word/")
        _Walk(builder).block(root, f"{part}/{_local(root)}", 0)
        builder.end_line()
    content = builder.content(media_types.DOCX)
    if not content.pages[0].rows:
        raise EmptyFile("The document contains no text.")
    return content


def probe_docx(data: bytes, *, limits: ReadLimits = DEFAULT_LIMITS) -> None:
    """Checks the archive and that its main part is XML. Raises as ``read_docx``."""
    check_expanded_size(data, limits)
    _part(open_zip(data), "word/document.xml")


def _part(archive: zipfile.ZipFile, name: str) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.parse(io.BytesIO(archive.read(name)), parser).getroot()
    except (etree.LxmlError, zipfile.BadZipFile, zlib.error, KeyError, ValueError, EOFError, OSError) as error:
        raise CorruptFile() from error
    if root.getroottree().docinfo.doctype:
        raise CorruptFile("A part of the document declares a DTD, which Word never writes.")
    return root


def _local(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


class _Walk:
    def __init__(self, builder: FlowBuilder) -> None:
        self.builder = builder

    def block(self, element: etree._Element, path: str, depth: int) -> None:
        """Paragraphs and tables anywhere below, each in its own line or row."""
        if depth > _MAX_DEPTH:
            return
        for child, child_path in numbered_children(element, path):
            name = _local(child)
            if name in _SKIPPED:
                continue
            if name == "p":
                self.builder.end_line()
                self._runs(child, child_path, child_path, depth + 1)
                self.builder.end_line()
            elif name == "tbl":
                self._table(child, child_path, depth + 1)
            else:
                self.block(child, child_path, depth + 1)

    def _runs(self, element: etree._Element, paragraph: str, path: str, depth: int) -> None:
        if depth > _MAX_DEPTH:
            return
        for child, child_path in numbered_children(element, path):
            name = _local(child)
            if name in _SKIPPED:
                continue
            if name == "t":
                self.builder.add_text(child.text or "", paragraph)
            elif name in ("tab", "ptab"):
                self.builder.add_text("\t", paragraph)
            elif name in ("br", "cr"):
                self.builder.end_line()
            elif name == "noBreakHyphen":
                self.builder.add_text("-", paragraph)
            elif name == "txbxContent":
                self.block(child, child_path, depth + 1)
            else:
                self._runs(child, paragraph, child_path, depth + 1)

    def _table(self, table: etree._Element, path: str, depth: int) -> None:
        self.builder.end_line()
        for row, row_path in _below(table, path, "tr"):
            column = 0
            for cell, cell_path in _below(row, row_path, "tc"):
                inner = FlowBuilder(self.builder.limits)
                _Walk(inner).block(cell, cell_path, depth + 1)
                self.builder.add_cell(" ".join(text for text, _ in inner.lines()), column, cell_path)
                column += _grid_span(cell)
            self.builder.end_row()
        self.builder.end_table()


def _below(element: etree._Element, path: str, name: str, depth: int = 0) -> Iterator[tuple[etree._Element, str]]:
    """Rows of a table or cells of a row, also within content controls and revisions, but not within cells."""
    for child, child_path in numbered_children(element, path):
        local = _local(child)
        if local == name:
            yield child, child_path
        elif local in ("sdt", "sdtContent", "ins", "customXml") and depth < 20:
            yield from _below(child, child_path, name, depth + 1)


def _grid_span(cell: etree._Element) -> int:
    for properties in (p for p in cell if _local(p) == "tcPr"):
        for child in properties:
            if _local(child) == "gridSpan":
                value = next((str(v) for k, v in child.attrib.items() if str(k).endswith("val")), "1")
                return max(1, min(int(value), 1000)) if value.isdecimal() and len(value) < 6 else 1
    return 1
