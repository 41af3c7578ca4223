"""Which cells of an xlsx workbook are shown in percent: what is stored is the fraction, and 0.185 is not what a person
reads there. Pure.

The reader of values does not tell formats. The table of styles is small; sheets are only searched where it has a
percent format, and then for marks of style alone (ECMA-376 part 1, 18.3.1.4 ``c``, 18.8.10 ``cellXfs``, 18.8.30
``numFmt``).
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile

from lxml import etree

from common.errors import InvoicesiteError
from processing.readers.xml_safe import parse_xml

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BUILT_IN = frozenset({9, 10})  # 0% and 0.00%
_LITERALS = re.compile(r'"[^"]*"|\\.')
_CELL = re.compile(rb'<c [^>]*?r="([A-Z]{1,3}\d{1,7})"[^>]*?s="(\d{1,5})"')


def percent_cells(data: bytes) -> dict[str, frozenset[str]]:
    """Name of a sheet → addresses of its cells in percent. Empty where the parts of the file cannot be understood."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            styles = _percent_styles(archive)
            return _cells(archive, styles) if styles else {}
    except (KeyError, ValueError, OSError, zipfile.BadZipFile, etree.LxmlError, InvoicesiteError):
        return {}  # the values are read all the same


def _percent_styles(archive: zipfile.ZipFile) -> frozenset[bytes]:
    data = archive.read("xl/styles.xml")
    if b"%" not in data and not re.search(rb'numFmtId="(?:9|10)"', data):
        return frozenset()
    root = parse_xml(data)
    formats = set(_BUILT_IN)
    for element in root.iter(f"{_MAIN}numFmt"):
        if "%" in _LITERALS.sub("", element.get("formatCode", "")):
            formats.add(int(element.get("numFmtId", "-1")))
    cells = root.find(f"{_MAIN}cellXfs")
    if cells is None:
        return frozenset()
    return frozenset(str(i).encode() for i, xf in enumerate(cells) if int(xf.get("numFmtId", "0")) in formats)


def _cells(archive: zipfile.ZipFile, styles: frozenset[bytes]) -> dict[str, frozenset[str]]:
    targets = {
        relation.get("Id"): relation.get("Target", "")
        for relation in parse_xml(archive.read("xl/_rels/workbook.xml.rels"))
    }
    found: dict[str, frozenset[str]] = {}
    for sheet in parse_xml(archive.read("xl/workbook.xml")).iter(f"{_MAIN}sheet"):
        target = targets.get(sheet.get(_REL), "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
        cells = frozenset(address.decode() for address, style in _CELL.findall(archive.read(path)) if style in styles)
        if cells:
            found[sheet.get("name", "")] = cells
    return found
