"""The files that people take from the queue open in a spreadsheet as they are."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from python_calamine import CalamineWorkbook

from common.roles import Role
from invoices.models import Invoice, InvoiceLine, InvoiceTax
from tests.people import desk_of, staff

pytestmark = pytest.mark.django_db


def make_invoice(number: str = "R-1", **columns: object) -> Invoice:
    invoice = Invoice.objects.create(
        vendor_name="Büro Ärmel GmbH",
        invoice_number=number,
        invoice_date=date(2026, 3, 2),
        subtotal=Decimal("1000"),
        tax_amount=Decimal("190"),
        total_amount=Decimal("1190"),
        currency="EUR",
        **{"status": "ready", **columns},
    )
    InvoiceLine.objects.create(
        invoice=invoice, position=0, description="=2+5", quantity=Decimal("2.5"), unit_price=Decimal("400.1255"),
        amount=Decimal("1000"), tax_rate=Decimal("19"),
    )  # fmt: skip
    InvoiceTax.objects.create(
        invoice=invoice, position=0, rate=Decimal("19"), base=Decimal("1000"), amount=Decimal("190")
    )
    return invoice


def taken(kind: str, query: str = "") -> tuple[bytes, str]:
    rita = User.objects.filter(username="rita").first() or staff("rita", Role.REVIEWER)
    answer = desk_of(rita).get(reverse("admin:invoices_invoice_export", args=[kind]) + query)
    assert answer.status_code == 200
    return b"".join(answer), answer["Content-Disposition"]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "delimiter", "total"), [("invoices-comma", ";", "1190,00"), ("invoices-point", ",", "1190.00")]
)
def test_csv_has_a_bom_heads_in_words_and_the_signs_of_its_country(kind: str, delimiter: str, total: str) -> None:
    make_invoice()
    content, named = taken(kind)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=delimiter))
    assert [(row["Vendor name"], row["Invoice date"], row["Total amount"]) for row in rows] == [
        ("Büro Ärmel GmbH", "2026-03-02", total)
    ]
    assert f"invoices-{date.today():%Y}" in named  # noqa: DTZ011  # the year alone


def test_lines_keep_their_places_and_texts_are_no_formulas() -> None:
    make_invoice()
    (row,) = csv.DictReader(io.StringIO(taken("lines-comma")[0].decode("utf-8-sig")), delimiter=";")
    assert (row["Quantity"], row["Unit price"], row["Amount"]) == ("2,5", "400,1255", "1000,00")
    assert row["Description"] == "'=2+5"
    assert row["Invoice number"] == "R-1"


def test_the_workbook_has_invoices_lines_and_taxes_with_numbers_and_dates() -> None:
    make_invoice()
    book = CalamineWorkbook.from_filelike(io.BytesIO(taken("xlsx")[0]))
    assert book.sheet_names == ["Invoices", "Lines", "Taxes"]
    by_head = {name: dict(zip(*book.get_sheet_by_name(name).to_python()[:2], strict=True)) for name in book.sheet_names}
    assert by_head["Invoices"]["Total amount"] == 1190
    assert by_head["Invoices"]["Invoice date"] == date(2026, 3, 2)
    assert by_head["Lines"]["Description"] == "=2+5"
    assert (by_head["Taxes"]["Rate"], by_head["Taxes"]["Amount"]) == (19, 190)


def test_the_file_holds_what_the_list_shows_and_nobody_else_gets_it() -> None:
    make_invoice("OPEN")
    make_invoice("DONE", status="approved", decided_at="2026-03-03T00:00Z")
    assert b"DONE" not in taken("invoices-point")[0]
    assert b"DONE" in taken("invoices-point", "?status=approved")[0]
    stranger = desk_of(staff("sam", Role.OPERATOR))
    assert stranger.get(reverse("admin:invoices_invoice_export", args=["xlsx"])).status_code == 403
    wrong = reverse("admin:invoices_invoice_export", args=["lines-dots"])
    assert desk_of(User.objects.get(username="rita")).get(wrong).status_code == 404
