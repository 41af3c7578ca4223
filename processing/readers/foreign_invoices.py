"""Electronic invoices in formats that have no reader yet: known by their first bytes and named, never read as a page.

A format leaves this list when it gets a reader. Pure."""

from __future__ import annotations

import re

# Root element (local name, lower case) and a part of its namespace; the first that fits names the format.
_XML: tuple[tuple[str, str, str], ...] = (
    ("faktura", "", "KSeF FA (Poland)"),
    ("invoice", "ebinterface.at", "ebInterface (Austria)"),
    ("facturae", "", "Facturae (Spain)"),
    ("invoice", "isdoc.cz", "ISDOC (Czech Republic)"),
    ("commondocument", "isdoc.cz", "ISDOC (Czech Republic)"),
    ("finvoice", "", "Finvoice (Finland)"),
    ("comprobante", "", "CFDI (Mexico)"),
    ("cxml", "", "cXML"),
    ("invoice_center", "", "TEAPPSXML (Finland)"),
    ("nfeproc", "", "NF-e (Brazil)"),
    ("nfe", "", "NF-e (Brazil)"),
    ("cteproc", "", "CT-e (Brazil)"),
    ("invoicedata", "nav.gov.hu", "NAV Online Szamla (Hungary)"),
    ("invoicesdoc", "", "myDATA (Greece)"),
    ("enviodte", "", "DTE (Chile)"),
    ("dte", "", "DTE (Chile)"),
    ("invoice", "sfti", "Svefaktura (Sweden)"),
    ("invoice", "gs1", "GS1 XML"),
    ("invoice", "xcbl", "xCBL"),
    ("invoice", "pidx", "PIDX"),
    ("processinvoice", "", "OAGIS"),
    ("attacheddocument", "", "UBL AttachedDocument"),
)
_START_TAG = re.compile(r"<(?:([A-Za-z_][\w.-]*):)?([A-Za-z_][\w.-]*)((?:\s[^<>]*)?)/?>")
_INVOICE_WORD = re.compile(r"invoice|faktur|fattur|factur|fatura|rechnung|credit_?note|szamla|lasku|billing", re.I)
_JSON_KEY = re.compile(r'"([A-Za-z_][\w .-]{0,60})"\s*:')
_GST_KEYS = frozenset({"irn", "ackno", "trandtls", "docdtls", "sellerdtls", "signedinvoice", "signedqrcode"})
_JSON_INVOICE = re.compile(r"invoice|faktur|rechnung|fattura|factur|amount_?due|total_?amount|vat_?amount", re.I)
# X12 ISA: 106 characters, the element separator at 4 and again at fixed places.
_X12 = re.compile(r"ISA(.).{2}\1.{10}\1.{2}\1.{10}\1.{2}\1.{15}\1.{2}\1.{15}\1", re.DOTALL)
_X12_READ = frozenset({"210"})  # the motor carrier's invoice: extractors.bills.x12
_X12_SETS = {"810": "invoice", "110": "air freight invoice", "820": "payment order"}
_EDIFACT = re.compile(r"(?:UNA.{6}\s*)?UNB.UN[O-Y][A-Z]", re.DOTALL)
_EDIFACT_TYPE = re.compile(r"UNH.[^+:']{1,14}.([A-Z]{6})")


def foreign_invoice(text: str) -> str | None:
    """The name of the format of an electronic invoice without a reader, by the beginning of the file as text; None for
    everything else, also for formats that have one."""
    start = text.lstrip("\ufeff \t\r\n")
    if start.startswith("<"):
        return _of_xml(start)
    if start.startswith(("{", "[")):
        return _of_json(start)
    return _of_edi(start)


def _of_xml(text: str) -> str | None:
    tag = next(
        (m for m in _START_TAG.finditer(text[:20_000]) if m.start() == 0 or text[m.start() + 1] not in "?!"), None
    )
    if tag is None:
        return None
    prefix, root, attributes = tag[1] or "", tag[2], tag[3] or ""
    name = root.lower()
    declared = re.search(rf"xmlns{':' + re.escape(prefix) if prefix else ''}\s*=\s*[\"']([^\"']*)", attributes)
    namespace = declared[1].lower() if declared else ""
    if _is_read(name, namespace, text):
        return None
    for known, part, format_name in _XML:
        if name == known and part in (namespace or attributes.lower()):
            return format_name
    if "<!doctype" in text[:20_000].lower():
        return None  # what declares a document type is refused for that
    if _INVOICE_WORD.search(root) or _INVOICE_WORD.search(namespace):
        return f"XML with the root element {root}" + (f" of {declared[1][:80]}" if declared and declared[1] else "")
    return None


def _is_read(name: str, namespace: str, text: str) -> bool:
    """Whether ``xml_safe.detect_syntax`` may know it: UBL (also without its namespace), CII, ZUGFeRD 1, FatturaPA."""
    if name in {"crossindustryinvoice", "crossindustrydocument", "fatturaelettronica", "standardbusinessdocument"}:
        return True
    if name in {"invoice", "creditnote"}:
        return "oasis:names:specification:ubl" in namespace or (not namespace and "AccountingSupplierParty" in text)
    return False


def _of_json(text: str) -> str | None:
    keys = {key.lower() for key in _JSON_KEY.findall(text[:60_000])}
    if len(keys & _GST_KEYS) >= 2:
        return "GST e-invoice JSON (India)"
    if len(keys) >= 3 and sum(bool(_JSON_INVOICE.search(key)) for key in keys) >= 2:
        return "JSON"
    return None


def _of_edi(text: str) -> str | None:
    if head := _X12.match(text):
        code = re.search(rf"ST{re.escape(head[1])}(\d{{3}}){re.escape(head[1])}", text)
        if code and code[1] in _X12_READ:
            return None
        kind = _X12_SETS.get(code[1], "") if code else ""
        return "X12" + (f" {code[1]}" if code else "") + (f" ({kind})" if kind else "")
    if _EDIFACT.match(text):
        message = _EDIFACT_TYPE.search(text)
        return "EDIFACT" + (f" {message[1]}" if message else "")
    if text.startswith("STX=ANA"):
        return "TRADACOMS"
    if text.startswith("EDI_DC40"):
        return "SAP IDoc"
    return None
