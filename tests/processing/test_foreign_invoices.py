"""Electronic invoices without a reader are named and refused, never read as a page."""

from __future__ import annotations

import pytest

from processing.errors import UnsupportedEInvoice
from processing.readers.detect import check_document
from processing.readers.foreign_invoices import foreign_invoice

ISA = (
    "ISA*00*          *00*          *ZZ*SENDERID       *ZZ*RECEIVERID     *260301*1200*U*00401*000000001*0*P*>~"
    "GS*IN*SENDER*RECEIVER*20260301*1200*1*X*004010~ST*810*0001~BIG*20260301*4711~TDS*118800~SE*3*0001~"
)
FOREIGN: dict[str, tuple[str, str]] = {
    "KSeF": (
        (
            '<?xml version="1.0" encoding="UTF-8"?><Faktura xmlns="http://crd.gov.pl/wzor/2025/06/25/13775/">'
            "<Naglowek><KodFormularza>FA</KodFormularza></Naglowek></Faktura>"
        ),
        "KSeF",
    ),
    "ebInterface": (
        '<eb:Invoice xmlns:eb="http://www.ebinterface.at/schema/6p1/"><eb:Biller/></eb:Invoice>',
        "ebInterface",
    ),
    "Facturae": (
        '<fe:Facturae xmlns:fe="http://www.facturae.gob.es/formato/Versiones/Facturaev3_2_2.xml"><Parties/></fe:Facturae>',
        "Facturae",
    ),
    "ISDOC": ('<Invoice xmlns="http://isdoc.cz/namespace/2013" version="6.0.2"><ID>1</ID></Invoice>', "ISDOC"),
    "Finvoice": ('<!-- from the bank -->\n<Finvoice Version="3.0"><SellerPartyDetails/></Finvoice>', "Finvoice"),
    "CFDI": (
        '<cfdi:Comprobante xmlns:cfdi="http://www.sat.gob.mx/cfd/4" Version="4.0" Total="116.00"></cfdi:Comprobante>',
        "CFDI",
    ),
    "cXML": (
        (
            '<?xml version="1.0"?>\n<!DOCTYPE cXML SYSTEM "http://xml.cxml.org/schemas/cXML/1.2.050/InvoiceDetail.dtd">\n'
            '<cXML payloadID="1" timestamp="2026-03-01"><Request><InvoiceDetailRequest/></Request></cXML>'
        ),
        "cXML",
    ),
    "GST": (
        '{"Irn": "ab12", "AckNo": 112010036563310, "TranDtls": {"TaxSch": "GST"}, "DocDtls": {"Typ": "INV"}}',
        "GST",
    ),
    "JSON of a shop": (
        '{"invoiceNumber": "1", "customer": "A", "total_amount": 12.0, "dueDate": "2026-03-01"}',
        "JSON",
    ),
    "X12": (ISA, "X12 810"),
    "X12 with line ends": (ISA.replace("~", "~\n"), "X12 810"),
    "EDIFACT": ("UNA:+.? '\nUNB+UNOC:3+SENDER+RECEIVER+260301:1200+1'UNH+1+INVOIC:D:96A:UN'BGM+380+4711+9'", "INVOIC"),
    "EDIFACT without UNA": ("UNB+UNOC:3+S+R+260301:1200+1'UNH+1+INVOIC:D:96A:UN'BGM+380+4711+9'", "INVOIC"),
    "a shop's own XML": ("<Order><x/></Order>".replace("Order", "MyInvoice"), "MyInvoice"),
}


@pytest.mark.parametrize("kind", FOREIGN)
def test_a_format_without_a_reader_is_named_and_refused(kind: str) -> None:
    text, name = FOREIGN[kind]
    for data in (text.encode(), b"\xef\xbb\xbf" + text.encode(), text.encode("utf-16")):
        with pytest.raises(UnsupportedEInvoice, match=name):
            check_document(data)


@pytest.mark.parametrize(
    "text",
    [
        '<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"><x/></Invoice>',
        "<Invoice><AccountingSupplierParty/></Invoice>",
        '<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"/>',
        '<p:FatturaElettronica xmlns:p="http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2"/>',
        "ISABELLA*S BAKERY\nInvoice 4711\nTotal 12.00",
        "UNABHÄNGIGE WERKSTATT\nRechnung 4711",
        ISA.replace("ST*810", "ST*210"),
        '{"a": 1}',
        "{Invoice 12} Total 5.00",
    ],
)
def test_what_has_a_reader_is_not_refused(text: str) -> None:
    assert foreign_invoice(text) is None
