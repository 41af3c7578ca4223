"""Small e-invoices of each syntax, and PDFs that carry them, as plain functions. The companies are made up."""

from __future__ import annotations

import io

import pypdfium2 as pdfium

IBAN = "DE02120300000000202051"
OTHER_IBAN = "DE02500105170137075030"

_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_CII = "urn:un:unece:uncefact:data:standard:"
_FERD_RAM = "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:12"

UBL_LINE = """
<cac:InvoiceLine><cbc:ID>{number}</cbc:ID><cbc:InvoicedQuantity unitCode="H87">{quantity}</cbc:InvoicedQuantity>
<cbc:LineExtensionAmount currencyID="EUR">{amount}</cbc:LineExtensionAmount>{extra}
<cac:Item><cbc:Description>A longer text</cbc:Description><cbc:Name>{name}</cbc:Name>
<cac:SellersItemIdentification><cbc:ID>A-{number}</cbc:ID></cac:SellersItemIdentification>
<cac:ClassifiedTaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>19</cbc:Percent></cac:ClassifiedTaxCategory></cac:Item>
<cac:Price><cbc:PriceAmount currencyID="EUR">{price}</cbc:PriceAmount>{base}</cac:Price></cac:InvoiceLine>
"""


def ubl_line(
    number: int = 1, quantity: str = "2", price: str = "50.00", amount: str = "100.00", base: str = "", extra: str = ""
) -> str:
    base_xml = f"<cbc:BaseQuantity>{base}</cbc:BaseQuantity>" if base else ""
    return UBL_LINE.format(
        number=number,
        quantity=quantity,
        price=price,
        amount=amount,
        base=base_xml,
        extra=extra,
        name=f"Pallet {number}",
    )


def ubl_party(role: str, name: str, *, taxes: str = "", trading_name: str = "") -> str:
    trading = f"<cac:PartyName><cbc:Name>{trading_name}</cbc:Name></cac:PartyName>" if trading_name else ""
    return f"""<cac:Accounting{role}Party><cac:Party>{trading}
<cac:PostalAddress><cbc:StreetName>Harbour Road 7</cbc:StreetName><cbc:CityName>Kiel</cbc:CityName>
<cbc:PostalZone>24103</cbc:PostalZone><cac:Country><cbc:IdentificationCode>DE</cbc:IdentificationCode></cac:Country>
</cac:PostalAddress>{taxes}
<cac:PartyLegalEntity><cbc:RegistrationName>{name}</cbc:RegistrationName></cac:PartyLegalEntity>
<cac:Contact><cbc:Telephone>+49 431 555</cbc:Telephone><cbc:ElectronicMail>mail@example.org</cbc:ElectronicMail>
</cac:Contact></cac:Party></cac:Accounting{role}Party>"""


def ubl_tax_id(value: str, scheme: str = "VAT") -> str:
    return (
        f"<cac:PartyTaxScheme><cbc:CompanyID>{value}</cbc:CompanyID>"
        f"<cac:TaxScheme><cbc:ID>{scheme}</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>"
    )


def ubl_invoice(
    *,
    number: str = "INV-2041",
    type_code: str = "380",
    lines: str = "",
    seller_taxes: str = "",
    head: str = "",
    after_parties: str = "",
    totals: str = "",
    tax_total: str = "",
    credit_note: bool = False,
) -> bytes:
    """100.00 net, 19.00 VAT, 119.00 in all, unless told otherwise."""
    means = (
        f"<cac:PaymentMeans><cbc:PaymentMeansCode>58</cbc:PaymentMeansCode><cbc:PaymentID>RF18</cbc:PaymentID>"
        f"<cac:PayeeFinancialAccount><cbc:ID>{IBAN}</cbc:ID><cac:FinancialInstitutionBranch><cbc:ID>BYLADEM1001</cbc:ID>"
        f"</cac:FinancialInstitutionBranch></cac:PayeeFinancialAccount></cac:PaymentMeans>"
    )
    tax = tax_total or (
        '<cac:TaxTotal><cbc:TaxAmount currencyID="EUR">19.00</cbc:TaxAmount><cac:TaxSubtotal>'
        "<cbc:TaxableAmount>100.00</cbc:TaxableAmount><cbc:TaxAmount>19.00</cbc:TaxAmount><cac:TaxCategory>"
        "<cbc:ID>S</cbc:ID><cbc:Percent>19</cbc:Percent></cac:TaxCategory></cac:TaxSubtotal></cac:TaxTotal>"
    )
    sums = totals or (
        "<cbc:LineExtensionAmount>100.00</cbc:LineExtensionAmount><cbc:TaxExclusiveAmount>100.00</cbc:TaxExclusiveAmount>"
        "<cbc:TaxInclusiveAmount>119.00</cbc:TaxInclusiveAmount><cbc:PayableAmount>119.00</cbc:PayableAmount>"
    )
    body = f"""<cbc:ID>{number}</cbc:ID><cbc:IssueDate>2026-03-02</cbc:IssueDate><cbc:DueDate>2026-04-01</cbc:DueDate>
<cbc:InvoiceTypeCode>{type_code}</cbc:InvoiceTypeCode><cbc:Note>Thank you.</cbc:Note>
<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>{head}
{ubl_party("Supplier", "Nordfracht GmbH", taxes=seller_taxes or ubl_tax_id("DE123456789"), trading_name="Nordfracht")}
{ubl_party("Customer", "Ostwind AG", taxes=ubl_tax_id("DE987654321"))}
{after_parties}{means}<cac:PaymentTerms><cbc:Note>30 days net</cbc:Note></cac:PaymentTerms>{tax}
<cac:LegalMonetaryTotal>{sums}</cac:LegalMonetaryTotal>{lines or ubl_line()}"""
    name = "Invoice"
    if credit_note:
        name = "CreditNote"
        body = body.replace("InvoiceLine>", "CreditNoteLine>").replace("InvoicedQuantity", "CreditedQuantity")
        body = body.replace("InvoiceTypeCode", "CreditNoteTypeCode")
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><{name} xmlns="{_UBL}{name}-2"'
        f' xmlns:cac="{_UBL}CommonAggregateComponents-2" xmlns:cbc="{_UBL}CommonBasicComponents-2">{body}</{name}>'
    ).encode()


def cii_line(*, price: str = "50.00", basis: str = "", status: str = "", settlement: str = "", number: int = 1) -> str:
    basis_xml = f'<ram:BasisQuantity unitCode="C62">{basis}</ram:BasisQuantity>' if basis else ""
    status_xml = f"<ram:LineStatusReasonCode>{status}</ram:LineStatusReasonCode>" if status else ""
    return f"""<ram:IncludedSupplyChainTradeLineItem>
<ram:AssociatedDocumentLineDocument><ram:LineID>{number}</ram:LineID>{status_xml}</ram:AssociatedDocumentLineDocument>
<ram:SpecifiedTradeProduct><ram:SellerAssignedID>A-1</ram:SellerAssignedID><ram:Name>Pallet {number}</ram:Name>
</ram:SpecifiedTradeProduct>
<ram:SpecifiedLineTradeAgreement><ram:NetPriceProductTradePrice><ram:ChargeAmount>{price}</ram:ChargeAmount>{basis_xml}
</ram:NetPriceProductTradePrice></ram:SpecifiedLineTradeAgreement>
<ram:SpecifiedLineTradeDelivery><ram:BilledQuantity unitCode="H87">2</ram:BilledQuantity>
</ram:SpecifiedLineTradeDelivery>
<ram:SpecifiedLineTradeSettlement><ram:ApplicableTradeTax><ram:RateApplicablePercent>19</ram:RateApplicablePercent>
</ram:ApplicableTradeTax>{settlement}<ram:SpecifiedTradeSettlementLineMonetarySummation>
<ram:LineTotalAmount>100.00</ram:LineTotalAmount></ram:SpecifiedTradeSettlementLineMonetarySummation>
</ram:SpecifiedLineTradeSettlement></ram:IncludedSupplyChainTradeLineItem>"""


def cii_terms(due: str, *, code: str = "102", discount: bool = False) -> str:
    skonto = (
        "<ram:ApplicableTradePaymentDiscountTerms><ram:BasisPeriodMeasure unitCode='DAY'>10</ram:BasisPeriodMeasure>"
        "<ram:CalculationPercent>2.00</ram:CalculationPercent></ram:ApplicableTradePaymentDiscountTerms>"
    )
    return (
        f'<ram:SpecifiedTradePaymentTerms><ram:DueDateDateTime><udt:DateTimeString format="{code}">{due}'
        f"</udt:DateTimeString></ram:DueDateDateTime>{skonto if discount else ''}</ram:SpecifiedTradePaymentTerms>"
    )


def cii_invoice(
    *,
    number: str = "INV-2041",
    type_code: str = "380",
    lines: str = "",
    seller_taxes: str = '<ram:ID schemeID="FC">20/815</ram:ID>|<ram:ID schemeID="VA">DE123456789</ram:ID>',
    terms: str = "",
    settlement: str = "",
    total: str = "119.00",
    iban: str = IBAN,
) -> bytes:
    registrations = "".join(
        f"<ram:SpecifiedTaxRegistration>{entry}</ram:SpecifiedTaxRegistration>" for entry in seller_taxes.split("|")
    )
    address = (
        "<ram:PostalTradeAddress><ram:PostcodeCode>24103</ram:PostcodeCode><ram:LineOne>Harbour Road 7</ram:LineOne>"
        "<ram:CityName>Kiel</ram:CityName><ram:CountryID>DE</ram:CountryID></ram:PostalTradeAddress>"
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rsm:CrossIndustryInvoice xmlns:rsm="{_CII}CrossIndustryInvoice:100"
 xmlns:ram="{_CII}ReusableAggregateBusinessInformationEntity:100" xmlns:udt="{_CII}UnqualifiedDataType:100">
<rsm:ExchangedDocument><ram:ID>{number}</ram:ID><ram:TypeCode>{type_code}</ram:TypeCode>
<ram:IssueDateTime><udt:DateTimeString format="102">20260302</udt:DateTimeString></ram:IssueDateTime>
<ram:IncludedNote><ram:Content>Thank you.</ram:Content></ram:IncludedNote></rsm:ExchangedDocument>
<rsm:SupplyChainTradeTransaction>{lines or cii_line()}
<ram:ApplicableHeaderTradeAgreement><ram:BuyerReference>04011000</ram:BuyerReference>
<ram:SellerTradeParty><ram:Name>Nordfracht GmbH</ram:Name>{address}{registrations}</ram:SellerTradeParty>
<ram:BuyerTradeParty><ram:Name>Ostwind AG</ram:Name>{address}</ram:BuyerTradeParty>
<ram:BuyerOrderReferencedDocument><ram:IssuerAssignedID>PO-7</ram:IssuerAssignedID></ram:BuyerOrderReferencedDocument>
</ram:ApplicableHeaderTradeAgreement>
<ram:ApplicableHeaderTradeDelivery><ram:ActualDeliverySupplyChainEvent><ram:OccurrenceDateTime>
<udt:DateTimeString format="102">20260228</udt:DateTimeString></ram:OccurrenceDateTime>
</ram:ActualDeliverySupplyChainEvent></ram:ApplicableHeaderTradeDelivery>
<ram:ApplicableHeaderTradeSettlement><ram:PaymentReference>RF18</ram:PaymentReference>
<ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>
<ram:SpecifiedTradeSettlementPaymentMeans><ram:PayeePartyCreditorFinancialAccount><ram:IBANID>{iban}</ram:IBANID>
</ram:PayeePartyCreditorFinancialAccount></ram:SpecifiedTradeSettlementPaymentMeans>
<ram:ApplicableTradeTax><ram:CalculatedAmount>19.00</ram:CalculatedAmount><ram:BasisAmount>100.00</ram:BasisAmount>
<ram:CategoryCode>S</ram:CategoryCode><ram:RateApplicablePercent>19</ram:RateApplicablePercent></ram:ApplicableTradeTax>
{settlement}{terms}
<ram:SpecifiedTradeSettlementHeaderMonetarySummation><ram:LineTotalAmount>100.00</ram:LineTotalAmount>
<ram:TaxBasisTotalAmount>100.00</ram:TaxBasisTotalAmount>
<ram:TaxTotalAmount currencyID="SEK">200.00</ram:TaxTotalAmount>
<ram:TaxTotalAmount currencyID="EUR">19.00</ram:TaxTotalAmount>
<ram:GrandTotalAmount>{total}</ram:GrandTotalAmount><ram:DuePayableAmount>{total}</ram:DuePayableAmount>
</ram:SpecifiedTradeSettlementHeaderMonetarySummation>
</ram:ApplicableHeaderTradeSettlement></rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>""".encode()


def zugferd1_invoice() -> bytes:
    """The same invoice in the names of ZUGFeRD 1.0."""
    text = cii_invoice(terms=cii_terms("20260401")).decode()
    for new, old in (
        (f"{_CII}CrossIndustryInvoice:100", "urn:ferd:CrossIndustryDocument:invoice:1p0"),
        (f"{_CII}ReusableAggregateBusinessInformationEntity:100", _FERD_RAM),
        ("rsm:CrossIndustryInvoice", "rsm:CrossIndustryDocument"),
        ("rsm:ExchangedDocument", "rsm:HeaderExchangedDocument"),
        ("rsm:SupplyChainTradeTransaction", "rsm:SpecifiedSupplyChainTradeTransaction"),
        ("ApplicableHeaderTrade", "ApplicableSupplyChainTrade"),
        ("SpecifiedLineTrade", "SpecifiedSupplyChainTrade"),
        ("SpecifiedTradeSettlementHeaderMonetarySummation", "SpecifiedTradeSettlementMonetarySummation"),
        ("SpecifiedTradeSettlementLineMonetarySummation", "SpecifiedTradeSettlementMonetarySummation"),
        ("RateApplicablePercent", "ApplicablePercent"),
        ("IssuerAssignedID", "ID"),
    ):
        text = text.replace(new, old)
    return text.encode()


def fattura_body(
    *, number: str = "77", kind: str = "TD01", total: str = "", line_extra: str = "", payments: str = "", vat: str = ""
) -> str:
    stated = f"<ImportoTotaleDocumento>{total}</ImportoTotaleDocumento>" if total else ""
    return f"""<FatturaElettronicaBody><DatiGenerali><DatiGeneraliDocumento><TipoDocumento>{kind}</TipoDocumento>
<Divisa>EUR</Divisa><Data>2026-03-02</Data><Numero>{number}</Numero>{stated}<Causale>First</Causale>
<Causale>second</Causale></DatiGeneraliDocumento>
<DatiOrdineAcquisto><IdDocumento>PO-7</IdDocumento></DatiOrdineAcquisto></DatiGenerali>
<DatiBeniServizi><DettaglioLinee><NumeroLinea>1</NumeroLinea><Descrizione>Bancali</Descrizione>
<Quantita>2.00</Quantita><PrezzoUnitario>50.00</PrezzoUnitario>{line_extra or "<PrezzoTotale>100.00</PrezzoTotale>"}
<AliquotaIVA>22.00</AliquotaIVA></DettaglioLinee>
{vat or fattura_vat()}</DatiBeniServizi>
<DatiPagamento><CondizioniPagamento>{"TP01" if payments else "TP02"}</CondizioniPagamento>
{payments or fattura_payment("122.00")}</DatiPagamento></FatturaElettronicaBody>"""


def fattura_vat(base: str = "100.00", tax: str = "22.00", rate: str = "22.00", nature: str = "") -> str:
    natura = f"<Natura>{nature}</Natura>" if nature else ""
    return (
        f"<DatiRiepilogo><AliquotaIVA>{rate}</AliquotaIVA>{natura}<ImponibileImporto>{base}</ImponibileImporto>"
        f"<Imposta>{tax}</Imposta></DatiRiepilogo>"
    )


def fattura_payment(amount: str, due: str = "2026-04-01") -> str:
    return (
        f"<DettaglioPagamento><ModalitaPagamento>MP05</ModalitaPagamento><DataScadenzaPagamento>{due}"
        f"</DataScadenzaPagamento><ImportoPagamento>{amount}</ImportoPagamento>"
        f"<IBAN>IT60X0542811101000000123456</IBAN></DettaglioPagamento>"
    )


def fattura(*bodies: str) -> bytes:
    party = """<DatiAnagrafici>{tax}<Anagrafica>{name}</Anagrafica></DatiAnagrafici>
<Sede><Indirizzo>Via Roma</Indirizzo>
<NumeroCivico>1</NumeroCivico><CAP>00100</CAP><Comune>Roma</Comune><Nazione>IT</Nazione></Sede>"""
    seller = party.format(
        tax="<IdFiscaleIVA><IdPaese>IT</IdPaese><IdCodice>00743110157</IdCodice></IdFiscaleIVA>",
        name="<Denominazione>Trasporti Sud SRL</Denominazione>",
    )
    buyer = party.format(
        tax="<CodiceFiscale>RSSMRA80A01H501U</CodiceFiscale>", name="<Nome>Ada</Nome><Cognome>Neri</Cognome>"
    )
    return (
        '<p:FatturaElettronica versione="FPR12" xmlns:p="http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2">'
        f"<FatturaElettronicaHeader><CedentePrestatore>{seller}</CedentePrestatore>"
        f"<CessionarioCommittente>{buyer}</CessionarioCommittente></FatturaElettronicaHeader>"
        f"{''.join(bodies or (fattura_body(),))}</p:FatturaElettronica>"
    ).encode()


def pdf_page(*lines: str, more: tuple[bytes, ...] = ()) -> bytes:
    """A PDF of one page with these lines of text (Latin-1), and more objects (from number 6 on) that nothing lists."""
    shown = " T* ".join(f"({line.replace('(', '[').replace(')', ']')}) Tj" for line in lines)
    stream = f"BT /F1 11 Tf 14 TL 50 780 Td {shown} ET".encode("latin-1")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    return _pdf_of([*objects, *more])


def _pdf_of(objects: list[bytes]) -> bytes:
    """A PDF file of these objects; the first is its catalogue."""
    out, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    trailer = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + trailer


def pdf_with(*attachments: tuple[str, bytes], page: bytes | None = None) -> bytes:
    """A PDF with attachments, as (name, content)."""
    document = pdfium.PdfDocument(page or pdf_page("Invoice"))
    try:
        for name, content in attachments:
            document.new_attachment(name).set_data(content)
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()
    finally:
        document.close()
