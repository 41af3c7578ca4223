from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from lxml import etree

from invoices.records import HEADER_FIELDS, LINE_FIELDS, TAX_FIELDS, Value
from processing.content.extraction import Extraction
from processing.errors import CorruptFile, UnsupportedFormat
from processing.extractors.einvoice.cii import CII
from processing.extractors.einvoice.einvoice import extract_einvoice
from processing.extractors.einvoice.fattura import FATTURA
from processing.extractors.einvoice.paths import parse_xml_date
from processing.extractors.einvoice.ubl import UBL
from processing.readers.xml import parse_xml
from tests.processing.einvoices import (
    IBAN,
    cii_invoice,
    cii_line,
    cii_terms,
    fattura,
    fattura_body,
    fattura_payment,
    fattura_vat,
    ubl_invoice,
    ubl_line,
    ubl_tax_id,
    zugferd1_invoice,
)

D = Decimal


def value(extraction: Extraction, name: str) -> Value | None:
    return extraction.fields[name].value if name in extraction.fields else None


def path(extraction: Extraction, name: str) -> str:
    place = extraction.fields[name].place
    assert place is not None
    assert place.path is not None
    return place.path


ALL = {
    "ubl": ubl_invoice(),
    "ubl credit note": ubl_invoice(credit_note=True, type_code="381"),
    "cii": cii_invoice(terms=cii_terms("20260401")),
    "zugferd1": zugferd1_invoice(),
}


@pytest.mark.parametrize("name", ALL)
def test_the_same_invoice_reads_the_same_in_every_syntax(name: str) -> None:
    invoice = extract_einvoice(ALL[name]).to_invoice()
    assert invoice.document_type == ("credit_note" if "credit" in name else "invoice")
    assert invoice.invoice_number == "INV-2041"
    assert invoice.invoice_date == date(2026, 3, 2)
    assert invoice.due_date == date(2026, 4, 1)
    assert invoice.currency == "EUR"
    assert invoice.vendor_name == "Nordfracht GmbH"
    assert invoice.vendor_tax_id == "DE123456789"
    assert invoice.vendor_address == "Harbour Road 7, 24103 Kiel, DE"
    assert invoice.vendor_country == "DE"
    assert invoice.buyer_name == "Ostwind AG"
    assert (invoice.subtotal, invoice.tax_amount, invoice.total_amount, invoice.amount_due) == (
        D(100),
        D(19),
        D(119),
        D(119),
    )
    assert invoice.iban == IBAN
    assert invoice.payment_reference == "RF18"
    assert invoice.notes == "Thank you."
    line = invoice.line_items[0]
    assert (line.line_number, line.description, line.item_code) == ("1", "Pallet 1", "A-1")
    assert (line.quantity, line.unit, line.unit_price, line.amount, line.tax_rate) == (
        D(2),
        "H87",
        D(50),
        D(100),
        D(19),
    )
    tax = invoice.taxes[0]
    assert (tax.category, tax.rate, tax.base, tax.amount) == ("S", D(19), D(100), D(19))


def test_an_italian_invoice_is_read() -> None:
    extraction = extract_einvoice(fattura(fattura_body(total="122.00")))
    invoice = extraction.to_invoice()
    assert (invoice.document_type, invoice.invoice_number, invoice.currency) == ("invoice", "77", "EUR")
    assert (invoice.vendor_name, invoice.vendor_tax_id) == ("Trasporti Sud SRL", "IT00743110157")
    assert (invoice.buyer_name, invoice.buyer_tax_id) == ("Ada Neri", "RSSMRA80A01H501U")
    assert invoice.vendor_address == "Via Roma 1, 00100 Roma, IT"
    assert (invoice.subtotal, invoice.tax_amount, invoice.total_amount) == (D(100), D(22), D(122))
    assert (invoice.amount_due, invoice.due_date) == (D(122), date(2026, 4, 1))
    assert (invoice.purchase_order, invoice.notes) == ("PO-7", "First second")
    assert invoice.iban == "IT60X0542811101000000123456"
    assert (invoice.line_items[0].description, invoice.line_items[0].amount) == ("Bancali", D(100))
    assert extraction.reasons == []


@pytest.mark.parametrize("data", [*ALL.values(), fattura()], ids=[*ALL, "fatturapa"])
def test_every_value_has_a_path_that_leads_to_it(data: bytes) -> None:
    extraction = extract_einvoice(data)
    root = parse_xml(data)
    namespaces = {key: uri for key, uri in root.nsmap.items() if key}
    seen = 0
    for row in (extraction.fields, *extraction.lines, *extraction.taxes):
        for name, field in row.items():
            assert field.place is not None, name
            found = etree.XPath(_with_default_namespace(field.place.path or ""), namespaces=namespaces)(root)
            assert len(found) == 1, (name, field.place.path)
            seen += 1
    assert seen > 25


def _with_default_namespace(xpath: str) -> str:
    """An XPath matches names without a prefix only where there is no default namespace."""
    steps = []
    for step in xpath.split("/"):
        name, bracket, index = step.partition("[")
        plain = name and ":" not in name and not name.startswith("@")
        steps.append(f"*[local-name()='{name}']{bracket}{index}" if plain else step)
    return "/".join(steps)


def test_paths_are_written_with_the_prefixes_and_counts_of_the_document() -> None:
    extraction = extract_einvoice(ubl_invoice(lines=ubl_line(1) + ubl_line(2)))
    assert path(extraction, "total_amount") == "/Invoice/cac:LegalMonetaryTotal/cbc:TaxInclusiveAmount"
    place = extraction.lines[1]["amount"].place
    assert place is not None
    assert place.path == "/Invoice/cac:InvoiceLine[2]/cbc:LineExtensionAmount"
    unit = extraction.lines[1]["unit"].place
    assert unit is not None
    assert unit.path == "/Invoice/cac:InvoiceLine[2]/cbc:InvoicedQuantity/@unitCode"


@pytest.mark.parametrize("grammar", [UBL, CII, FATTURA], ids=["ubl", "cii", "fatturapa"])
def test_the_tables_name_known_fields_only(grammar: object) -> None:
    assert isinstance(grammar, type(UBL))
    assert set(grammar.header) <= set(HEADER_FIELDS)
    assert set(grammar.line) <= set(LINE_FIELDS)
    assert set(grammar.tax) <= set(TAX_FIELDS)


@pytest.mark.parametrize("grammar", [UBL, CII], ids=["ubl", "cii"])
def test_the_tables_of_en_16931_leave_no_header_field_out(grammar: object) -> None:
    assert isinstance(grammar, type(UBL))
    # EN 16931 has no terms of their own for what is withheld, earlier balances and discounts for early payment.
    beyond = {"withholding_amount", "previous_balance", "cash_discount_amount", "cash_discount_until"}
    assert set(HEADER_FIELDS) - set(grammar.header) == {"document_type"} | beyond


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("380", "invoice"),
        ("326", "invoice"),
        ("386", "invoice"),
        ("875", "invoice"),
        ("877", "invoice"),
        ("381", "credit_note"),
        ("261", "credit_note"),
        ("384", "corrected_invoice"),
        ("389", "self_billed_invoice"),
    ],
)
def test_the_type_code_tells_the_kind(code: str, kind: str) -> None:
    for data in (cii_invoice(type_code=code), ubl_invoice(type_code=code)):
        field = extract_einvoice(data).fields["document_type"]
        assert (field.value, field.raw) == (kind, code)


def test_italian_credit_notes_and_self_billing_are_told_apart() -> None:
    kinds = [value(extract_einvoice(fattura(fattura_body(kind=k))), "document_type") for k in ("TD04", "TD05", "TD17")]
    assert kinds == ["credit_note", "invoice", "self_billed_invoice"]


def test_the_vat_number_comes_before_other_tax_numbers() -> None:
    both = ubl_tax_id("20/815", "FC") + ubl_tax_id("DE123456789")
    assert value(extract_einvoice(ubl_invoice(seller_taxes=both)), "vendor_tax_id") == "DE123456789"
    only = ubl_tax_id("20/815", "FC")
    assert value(extract_einvoice(ubl_invoice(seller_taxes=only)), "vendor_tax_id") == "20/815"
    fiscal = cii_invoice(seller_taxes='<ram:ID schemeID="FC">20/815</ram:ID>')
    assert value(extract_einvoice(fiscal), "vendor_tax_id") == "20/815"


def test_a_price_for_a_hundred_becomes_the_price_of_one() -> None:
    field = extract_einvoice(ubl_invoice(lines=ubl_line(price="250.00", base="100"))).lines[0]["unit_price"]
    assert (field.value, field.raw) == (D("2.5"), "250.00 / 100")
    assert extract_einvoice(cii_invoice(lines=cii_line(price="10", basis="3"))).lines[0]["unit_price"].value == D(
        "3.3333333333"
    )
    assert extract_einvoice(ubl_invoice(lines=ubl_line(base="0"))).lines[0]["unit_price"].value == D(50)


def test_line_allowances_less_charges_are_the_discount() -> None:
    def allowance(charge: str, amount: str) -> str:
        return (
            f"<cac:AllowanceCharge><cbc:ChargeIndicator>{charge}</cbc:ChargeIndicator>"
            f"<cbc:Amount>{amount}</cbc:Amount></cac:AllowanceCharge>"
        )

    extra = allowance("false", "5.00") + allowance("false", "2.50") + allowance("true", "1.00")
    field = extract_einvoice(ubl_invoice(lines=ubl_line(extra=extra))).lines[0]["discount"]
    assert (field.value, field.raw) == (D("6.50"), "5.00 + 2.50 - 1.00")
    one = extract_einvoice(ubl_invoice(lines=ubl_line(extra=allowance("false", "5.00")))).lines[0]["discount"]
    assert one.value == D("5.00")
    assert one.place is not None
    assert one.place.path == "/Invoice/cac:InvoiceLine/cac:AllowanceCharge/cbc:Amount"


def test_document_allowances_and_charges_are_read_or_added_up() -> None:
    allowances = "".join(
        f"<cac:AllowanceCharge><cbc:ChargeIndicator>{charge}</cbc:ChargeIndicator><cbc:Amount>{amount}</cbc:Amount>"
        "</cac:AllowanceCharge>"
        for charge, amount in (("false", "3.00"), ("false", "4.00"), ("true", "10.00"))
    )
    extraction = extract_einvoice(ubl_invoice(after_parties=allowances))
    assert (value(extraction, "discount_total"), value(extraction, "charge_total")) == (D("7.00"), D("10.00"))
    stated = (
        "<cbc:TaxExclusiveAmount>100</cbc:TaxExclusiveAmount><cbc:TaxInclusiveAmount>119</cbc:TaxInclusiveAmount>"
        "<cbc:AllowanceTotalAmount>7.01</cbc:AllowanceTotalAmount><cbc:PrepaidAmount>20</cbc:PrepaidAmount>"
        "<cbc:PayableRoundingAmount>0.03</cbc:PayableRoundingAmount><cbc:PayableAmount>99.03</cbc:PayableAmount>"
    )
    extraction = extract_einvoice(ubl_invoice(after_parties=allowances, totals=stated))
    names = ("discount_total", "amount_paid", "rounding", "amount_due")
    assert [value(extraction, name) for name in names] == [D("7.01"), D(20), D("0.03"), D("99.03")]


def test_the_tax_is_the_one_in_the_currency_of_the_invoice() -> None:
    assert value(extract_einvoice(cii_invoice()), "tax_amount") == D(19)
    totals = "".join(
        f'<cac:TaxTotal><cbc:TaxAmount currencyID="{code}">{tax}</cbc:TaxAmount></cac:TaxTotal>'
        for code, tax in (("SEK", "200.00"), ("EUR", "19.00"))
    )
    assert value(extract_einvoice(ubl_invoice(tax_total=totals)), "tax_amount") == D(19)


def test_the_due_date_is_that_of_the_whole_and_not_of_the_discount() -> None:
    terms = cii_terms("20260312", discount=True) + cii_terms("20260401")
    extraction = extract_einvoice(cii_invoice(terms=terms))
    assert value(extraction, "due_date") == date(2026, 4, 1)
    assert value(extraction, "payment_terms") == "2.00 % / 10 DAY"


@pytest.mark.parametrize(
    ("raw", "code", "last_day", "expected"),
    [
        ("2026-03-02", "", False, date(2026, 3, 2)),
        ("2026-03-02Z", "", False, date(2026, 3, 2)),
        ("2026-03-02+01:00", "", False, date(2026, 3, 2)),
        ("2026-03-02T16:46:12.000+02:00", "", False, date(2026, 3, 2)),
        ("20260302", "102", False, date(2026, 3, 2)),
        ("202603021200", "203", False, date(2026, 3, 2)),
        ("202602", "610", False, date(2026, 2, 1)),
        ("202602", "610", True, date(2026, 2, 28)),
        ("202612", "610", True, date(2026, 12, 31)),
        ("202610", "616", False, date(2026, 3, 2)),
        ("202610", "616", True, date(2026, 3, 8)),
        ("20260230", "102", False, None),
        ("202699", "616", False, None),
        ("02.03.2026", "", False, None),
        ("2026-03-022", "", False, None),
        ("", "", False, None),
    ],
)
def test_dates_are_read_by_their_format_code(raw: str, code: str, last_day: bool, expected: date | None) -> None:
    assert parse_xml_date(raw, last_day=last_day, code=code) == expected


def test_the_format_code_of_a_date_is_heeded() -> None:
    extraction = extract_einvoice(cii_invoice(terms=cii_terms("202610", code="616")))
    assert value(extraction, "due_date") == date(2026, 3, 8)


@pytest.mark.parametrize("amount", ["1.234,56", "1E9", "1e999999999", "NaN", "Infinity", "0x10", "12 EUR", "1_000"])
def test_a_number_that_the_standard_does_not_allow_is_a_reason_and_no_value(amount: str) -> None:
    extraction = extract_einvoice(ubl_invoice(lines=ubl_line(amount=amount)))
    assert "amount" not in extraction.lines[0]
    assert [(r.code, r.field) for r in extraction.reasons] == [("unreadable_value", "line_items[0].amount")]


def test_an_unreadable_total_blocks() -> None:
    totals = "<cbc:TaxInclusiveAmount>119,00</cbc:TaxInclusiveAmount><cbc:PayableAmount>119.00</cbc:PayableAmount>"
    extraction = extract_einvoice(ubl_invoice(totals=totals))
    assert [(r.field, r.blocking) for r in extraction.reasons] == [("total_amount", True)]


def test_negative_lines_keep_their_sign() -> None:
    lines = ubl_line(1, quantity="-1", amount="-50.00") + ubl_line(2, quantity="3", amount="150.00")
    rows = extract_einvoice(ubl_invoice(lines=lines)).to_invoice().line_items
    assert [(row.quantity, row.amount) for row in rows] == [(D(-1), D(-50)), (D(3), D(150))]


def test_group_and_information_lines_are_left_out() -> None:
    lines = (
        cii_line(number=1, status="GROUP")
        + cii_line(number=2, status="DETAIL")
        + cii_line(number=3, status="INFORMATION")
    )
    assert [row["line_number"].value for row in extract_einvoice(cii_invoice(lines=lines)).lines] == ["2"]


def test_sub_lines_of_the_xrechnung_extension_are_part_of_their_line() -> None:
    sub = ubl_line(11).replace("InvoiceLine>", "SubInvoiceLine>")
    extraction = extract_einvoice(ubl_invoice(lines=ubl_line(1, extra=sub)))
    assert [row["line_number"].value for row in extraction.lines] == ["1"]


def test_lines_that_are_nothing_but_a_note_are_left_out() -> None:
    note = "<ram:IncludedSupplyChainTradeLineItem><ram:AssociatedDocumentLineDocument><ram:LineID>9</ram:LineID>"
    note += "</ram:AssociatedDocumentLineDocument></ram:IncludedSupplyChainTradeLineItem>"
    assert len(extract_einvoice(cii_invoice(lines=note + cii_line())).lines) == 1


def test_a_placeholder_for_an_unknown_order_is_no_order() -> None:
    order = "<cac:OrderReference><cbc:ID>{}</cbc:ID>{}</cac:OrderReference>"
    unknown = ubl_invoice(head=order.format("NA", "<cbc:SalesOrderID>S-1</cbc:SalesOrderID>"))
    assert value(extract_einvoice(unknown), "purchase_order") is None
    assert value(extract_einvoice(ubl_invoice(head=order.format("NA", ""))), "purchase_order") == "NA"


def test_an_account_number_that_is_no_iban_is_not_taken_for_one() -> None:
    assert value(extract_einvoice(cii_invoice(iban="5050-1055")), "iban") is None
    assert value(extract_einvoice(cii_invoice(iban="de02 1203 0000 0000 2020 51")), "iban") == IBAN


def test_the_iban_of_a_later_payment_means_is_found() -> None:
    giro = "<cac:PaymentMeans><cac:PayeeFinancialAccount><cbc:ID>5050-1055</cbc:ID></cac:PayeeFinancialAccount>"
    assert value(extract_einvoice(ubl_invoice(after_parties=giro + "</cac:PaymentMeans>")), "iban") == IBAN


def test_layout_of_the_xml_does_not_get_into_names() -> None:
    data = ubl_invoice().replace(b"Nordfracht GmbH", b"\n   Nordfracht\n   GmbH ").replace(b"Thank you.", b"One\nTwo")
    extraction = extract_einvoice(data)
    assert (value(extraction, "vendor_name"), value(extraction, "notes")) == ("Nordfracht GmbH", "One\nTwo")


def test_a_file_full_of_errors_gives_a_bounded_number_of_reasons() -> None:
    lines = "".join(ubl_line(number, amount="?") for number in range(200))
    assert len(extract_einvoice(ubl_invoice(lines=lines)).reasons) == 50


def test_several_taxes_are_added_up() -> None:
    total = (
        '<cac:TaxTotal><cbc:TaxAmount currencyID="EUR">{}</cbc:TaxAmount>'
        "<cac:TaxSubtotal><cbc:TaxAmount>{}</cbc:TaxAmount></cac:TaxSubtotal></cac:TaxTotal>"
    )
    extraction = extract_einvoice(ubl_invoice(tax_total=total.format("12", "12") + total.format("7", "7")))
    assert value(extraction, "tax_amount") == D(19)
    assert len(extraction.taxes) == 2


def test_the_legal_name_comes_before_the_trading_name() -> None:
    data = ubl_invoice()
    assert value(extract_einvoice(data), "vendor_name") == "Nordfracht GmbH"
    without = data.replace(b"<cbc:RegistrationName>Nordfracht GmbH</cbc:RegistrationName>", b"")
    assert value(extract_einvoice(without), "vendor_name") == "Nordfracht"


def test_a_total_that_is_left_out_is_derived_and_says_so() -> None:
    totals = "<cbc:TaxExclusiveAmount>100.00</cbc:TaxExclusiveAmount>"
    field = extract_einvoice(ubl_invoice(totals=totals)).fields["total_amount"]
    assert (field.value, field.derived_from, field.place) == (D(119), "subtotal, tax_amount", None)


def test_the_danish_total_of_taxes_is_not_taken_for_the_total_without() -> None:
    totals = (
        "<cbc:LineExtensionAmount>100.00</cbc:LineExtensionAmount><cbc:TaxExclusiveAmount>19.00</cbc:TaxExclusiveAmount>"
        "<cbc:TaxInclusiveAmount>119.00</cbc:TaxInclusiveAmount><cbc:PayableAmount>119.00</cbc:PayableAmount>"
    )
    data = ubl_invoice(totals=totals, head="<cbc:CustomizationID>OIOUBL-2.02</cbc:CustomizationID>")
    assert value(extract_einvoice(data), "subtotal") == D(100)


def test_italian_totals_are_added_up_from_the_summary() -> None:
    vat = fattura_vat("60.00", "13.20") + fattura_vat("40.00", "0.00", rate="0.00", nature="N6.3")
    extraction = extract_einvoice(fattura(fattura_body(vat=vat)))
    names = ("subtotal", "tax_amount", "total_amount")
    assert [value(extraction, name) for name in names] == [D(100), D("13.20"), D("113.20")]
    assert extraction.fields["subtotal"].raw == "60.00 + 40.00"
    assert [row["category"].value for row in extraction.taxes] == ["S", "AE"]
    assert extraction.taxes[1]["category"].raw == "N6.3"


def test_italian_instalments_are_due_together() -> None:
    payments = fattura_payment("61.00") + fattura_payment("61.00", "2026-05-01")
    extraction = extract_einvoice(fattura(fattura_body(payments=payments)))
    assert (value(extraction, "amount_due"), value(extraction, "due_date")) == (D(122), date(2026, 4, 1))


def test_what_the_buyer_pays_to_the_state_is_withheld() -> None:
    split = fattura_vat().replace("</DatiRiepilogo>", "<EsigibilitaIVA>S</EsigibilitaIVA></DatiRiepilogo>")
    extraction = extract_einvoice(fattura(fattura_body(vat=split, payments=fattura_payment("100.00"))))
    assert [value(extraction, n) for n in ("total_amount", "withholding_amount", "amount_due")] == [
        D(122),
        D(22),
        D(100),
    ]
    in_full = extract_einvoice(fattura(fattura_body(vat=split)))
    assert value(in_full, "withholding_amount") is None


def test_zeros_that_fill_up_are_no_precision() -> None:
    line = extract_einvoice(ubl_invoice(lines=ubl_line(quantity="20.0000", price="2.7700"))).lines[0]
    assert (str(line["quantity"].value), str(line["unit_price"].value)) == ("20", "2.77")
    assert line["unit_price"].raw == "2.7700"


def test_blanks_in_a_vat_number_are_dropped() -> None:
    assert (
        value(extract_einvoice(ubl_invoice(seller_taxes=ubl_tax_id("DE 123 456 789"))), "vendor_tax_id")
        == "DE123456789"
    )
    assert (
        value(extract_einvoice(ubl_invoice(seller_taxes=ubl_tax_id("181 815 08155"))), "vendor_tax_id")
        == "181 815 08155"
    )


def test_italian_line_discounts_become_an_amount() -> None:
    extra = (
        "<ScontoMaggiorazione><Tipo>SC</Tipo><Percentuale>10.00</Percentuale></ScontoMaggiorazione>"
        "<PrezzoTotale>90.00</PrezzoTotale>"
    )
    assert extract_einvoice(fattura(fattura_body(line_extra=extra))).lines[0]["discount"].value == D(10)


def test_a_file_with_several_invoices_blocks_and_gives_the_first() -> None:
    extraction = extract_einvoice(fattura(fattura_body(number="1"), fattura_body(number="2")))
    assert value(extraction, "invoice_number") == "1"
    assert len(extraction.lines) == 1
    assert [(r.code, r.blocking) for r in extraction.reasons] == [("several_invoices", True)]


def test_an_unknown_syntax_and_damage_have_their_codes() -> None:
    with pytest.raises(UnsupportedFormat):
        extract_einvoice(b"<order/>")
    with pytest.raises(CorruptFile):
        extract_einvoice(ubl_invoice()[:-10])
