"""XML parsed safely: no entities, no DTD, no network, bounded size, depth and count; and its invoice syntax."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from processing.errors import CorruptFile, EmptyFile, FileTooLarge, UnsupportedFormat

Syntax = Literal["ubl_invoice", "ubl_credit_note", "cii", "zugferd1", "fatturapa"]

# The largest e-invoices seen carry attachments as base64 text; a file of 25 MB is the most that any channel accepts.
MAX_XML_BYTES = 25 * 1024 * 1024
# A line of an EXTENDED e-invoice has about 60 elements: this is room for more than 8,000 lines.
MAX_ELEMENTS = 500_000
# Counted before parsing, because each tag or attribute takes some 100 bytes once parsed: 25 MB of "<a/>" would be 1 GB.
MAX_MARKS = 1_200_000
# UBL and CII reach 12 levels, XRechnung sub-lines some more.
MAX_DEPTH = 64

# Others (UTF-7, UCS-4 by name) could hide from the scan for a document type what the parser would see.
_ENCODING = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([^"']{1,40})""")
_KNOWN_ENCODING = re.compile(
    r"utf-?(8|16(le|be)?)|(us-)?ascii|iso-?8859-\d+|latin-?\d+|(windows|cp)-?125\d", re.IGNORECASE
)
_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"


def parse_xml(data: bytes) -> etree._Element:
    """The root element. Raises EmptyFile, FileTooLarge, CorruptFile (not well-formed, nested too deep) and
    UnsupportedFormat (not XML, more elements than any invoice, an encoding that hides, or a document type declaration,
    which e-invoices never have and attacks need)."""
    if len(data) > MAX_XML_BYTES:
        raise FileTooLarge(f"The XML is larger than {MAX_XML_BYTES // 1024 // 1024} MB.")
    text = _trimmed(data)
    if not text:
        raise EmptyFile
    if not looks_like_xml(text):
        raise UnsupportedFormat("The file is not XML.")
    declared = _ENCODING.match(_plain(text)[:300])
    if declared and not _KNOWN_ENCODING.fullmatch(declared[1].decode("latin-1")):
        raise UnsupportedFormat(f"XML in the encoding {declared[1].decode('latin-1')!r} is not accepted.")
    if _declares_type(text):
        raise UnsupportedFormat("XML with a document type declaration is not accepted.")
    if text.count(b"<") > MAX_MARKS or text.count(b"=") > MAX_MARKS:
        raise UnsupportedFormat("The XML has more elements or attributes than any invoice.")
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    try:
        root = etree.fromstring(text, parser)
    except (etree.LxmlError, ValueError, LookupError) as error:
        raise CorruptFile(f"The XML is not well-formed: {str(error)[:200]}") from error
    # The scan above is a first look; what was parsed decides.
    if root.getroottree().docinfo.doctype:
        raise UnsupportedFormat("XML with a document type declaration is not accepted.")
    _check_shape(root)
    return root


def _trimmed(data: bytes) -> bytes:
    """Without the blanks that some systems write before the XML declaration, where XML 1.0 allows none."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    return data if b"\0" in data[:8] else data.lstrip().rstrip(b" \t\r\n\0")


def _plain(data: bytes) -> bytes:
    """ASCII signs as single bytes: UTF-16 and UCS-4 put NULs around them."""
    return data.replace(b"\0", b"").lstrip(b"\xff\xfe") if b"\0" in data[:8] else data


def looks_like_xml(data: bytes) -> bool:
    """Whether the first sign is ``<``, in UTF-8 or UTF-16, with a byte order mark or without."""
    return data[:256].lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith(b"<")


def _declares_type(data: bytes) -> bool:
    """Whether a DOCTYPE stands before the root element. One pass: a search for comments would be quadratic."""
    prolog = _plain(data)
    position = prolog.find(b"<")
    while position >= 0:
        if prolog.startswith(b"<!--", position):
            end = prolog.find(b"-->", position + 4)
        elif prolog.startswith(b"<?", position):
            end = prolog.find(b"?>", position + 2)
        else:
            return prolog.startswith(b"<!", position)
        position = prolog.find(b"<", end) if end >= 0 else -1
    return False


def _check_shape(root: etree._Element) -> None:
    depth = count = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            depth, count = depth + 1, count + 1
            if depth > MAX_DEPTH:
                raise CorruptFile(f"The XML is nested deeper than {MAX_DEPTH} levels.")
            if count > MAX_ELEMENTS:
                raise UnsupportedFormat(f"The XML has more than {MAX_ELEMENTS:,} elements.")
        else:
            depth -= 1


def local_name(element: etree._Element) -> str:
    """The element's name without its namespace ("" for what is no element)."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def invoice_root(root: etree._Element) -> etree._Element:
    """The invoice itself: the payload of a Peppol envelope (StandardBusinessDocument), else the root."""
    if local_name(root) != "StandardBusinessDocument":
        return root
    return next((child for child in root if local_name(child) != "StandardBusinessDocumentHeader"), root)


def detect_syntax(root: etree._Element) -> Syntax | None:
    """Which invoice syntax this is, by the root's name and namespace (or, without one, by what it holds)."""
    invoice = invoice_root(root)
    name, namespace = local_name(invoice), etree.QName(invoice).namespace or ""
    if name in {"Invoice", "CreditNote"}:
        known = re.fullmatch(re.escape(_UBL) + name + r"-2", namespace)
        if known or (not namespace and any(local_name(child) == "AccountingSupplierParty" for child in invoice)):
            return "ubl_invoice" if name == "Invoice" else "ubl_credit_note"
        return None
    if name == "CrossIndustryInvoice":
        return "cii"
    if name == "CrossIndustryDocument":
        return "zugferd1"
    if name == "FatturaElettronica":
        return "fatturapa"
    return None


@dataclass(slots=True)
class XmlPaths:
    """XPaths of elements as a person writes them: the document's own prefixes, an index where siblings share a name."""

    root: etree._Element
    _steps: dict[etree._Element, str]
    _paths: dict[etree._Element, str]

    @classmethod
    def of(cls, root: etree._Element) -> XmlPaths:
        return cls(root, {}, {})

    def path(self, element: etree._Element) -> str:
        """``/Invoice/cac:InvoiceLine[2]/cbc:LineExtensionAmount``. Linear over all elements of a document."""
        known = self._paths.get(element)
        if known is not None:
            return known
        parent = element.getparent()
        if parent is None:
            path = "/" + _name(element)
        else:
            if element not in self._steps:
                self._number(parent)
            path = f"{self.path(parent)}/{self._steps[element]}"
        self._paths[element] = path
        return path

    def _number(self, parent: etree._Element) -> None:
        groups: dict[str, list[etree._Element]] = {}
        for child in parent:
            groups.setdefault(_name(child), []).append(child)
        for name, children in groups.items():
            for number, child in enumerate(children, start=1):
                self._steps[child] = f"{name}[{number}]" if len(children) > 1 else name


def _name(element: etree._Element) -> str:
    return f"{element.prefix}:{local_name(element)}" if element.prefix else local_name(element)
