"""A carrier's bill through the pipeline to its page: shipments that open into charges, findings, sums by kind."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from common.roles import Role
from processing.models import Document
from processing.pipeline.run import run_job
from processing.services.documents import JobOptions, submit_document
from samples.bills.books import Bill
from samples.bills.draw import all_bills
from tests.invoices.bill_cards import card_of
from tests.invoices.rate_cards import stored
from tests.people import person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_storage")]
BILLS = {bill.file: (bill, data) for bill, data in all_bills()}


@pytest.fixture
def ann(client: Client) -> User:
    user = person("ann", Role.OPERATOR)
    client.force_login(user)
    return user


def read_bill(owner: User, name: str) -> tuple[Bill, Document]:
    """A drawn bill, submitted and read by rules."""
    bill, data = BILLS[name]
    submission = submit_document(data=data, filename=name, owner_id=owner.pk, options=JobOptions(policy="rules"))
    assert run_job(submission.job.id)
    return bill, Document.objects.get(pk=submission.document.pk)


def shipments_of(page: str) -> int:
    return page[page.index('id="bill-title"') :].count("<summary")


def test_the_page_of_a_bill_shows_shipments_with_charges_findings_and_sums(client: Client, ann: User) -> None:
    stored(card_of(BILLS["kestrel_wide.csv"][0].tariff))
    bill, document = read_bill(ann, "kestrel_wide.csv")
    url = reverse("result", args=[document.pk])
    page = client.get(url).text
    assert f"{len(bill.parcels)} shipments" in page
    assert all(parcel.number in page for parcel in bill.parcels)
    assert "Peak Season Demand Fee" in page
    assert "charge not on the card: accessorial" in page
    assert shipments_of(page) == len(bill.parcels)
    found = client.get(url, {"findings": "1"}).text
    assert shipments_of(found) == len({f["tracking_number"] for f in bill.findings}) < len(bill.parcels)
    assert client.get(url, {"shipments": "999999"}).status_code == 200


def test_each_charge_of_a_bill_leads_to_its_place_in_the_document(client: Client, ann: User) -> None:
    for name in ("kestrel_wide.csv", "prairie_balance_due.pdf"):
        _, document = read_bill(ann, name)
        page = client.get(reverse("result", args=[document.pk])).text
        assert 'data-shows="line_items-0-amount"' in page
        assert 'id="at-line_items-0-amount"' in page


def test_the_page_of_a_bill_asks_the_database_as_often_for_many_shipments(client: Client, ann: User) -> None:
    counts = []
    for name in ("prairie_balance_due.pdf", "prairie_statement.pdf"):
        _, document = read_bill(ann, name)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(reverse("result", args=[document.pk]))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_corrected_bill_that_came_first_makes_no_duplicate_of_the_original(ann: User) -> None:
    stored(card_of(BILLS["prairie_statement.pdf"][0].tariff))
    read_bill(ann, "prairie_balance_due.pdf")
    bill, document = read_bill(ann, "prairie_statement.pdf")
    assert document.invoice is not None
    twice = document.invoice.findings.filter(code="billed_twice").values_list("tracking_number", flat=True)
    planted = {f["tracking_number"] for f in bill.findings if f["code"] == "billed_twice"}
    assert set(twice) == planted


def test_edi_goes_the_whole_way(client: Client, ann: User) -> None:
    bill, document = read_bill(ann, "ridgeline_210.edi")
    assert document.invoice is not None
    assert document.invoice.vendor_name == "RIDGELINE MOTOR EXPRESS"
    assert document.invoice.lines.count() == sum(len(parcel.charges) for parcel in bill.parcels)
    assert client.get(reverse("result", args=[document.pk])).status_code == 200


def test_an_invoice_of_something_else_has_no_shipments(client: Client, ann: User) -> None:
    from tests.processing.invoice_files import text_invoice

    data = text_invoice(number="A-1", net="100.00", total="120.00")
    submission = submit_document(data=data, filename="a.txt", owner_id=ann.pk, options=JobOptions(policy="rules"))
    assert run_job(submission.job.id)
    page = client.get(reverse("result", args=[submission.document.pk]), {"findings": "1"}).text
    assert "shipment" not in page


def test_beside_the_shipments_of_a_long_file_stand_their_rows(client: Client, ann: User) -> None:
    head = "Invoice Number,Tracking Number,Ship Date,Zone,Billed Weight (lb),Freight,Fuel,Total"
    rows = [f"L-1,T{n:06d},2026-03-02,4,{n % 90 + 1},10.00,1.50,11.50" for n in range(450)]
    options = JobOptions(policy="rules")
    submission = submit_document(
        data="\n".join([head, *rows]).encode(), filename="long.csv", owner_id=ann.pk, options=options
    )
    assert run_job(submission.job.id)
    page = client.get(reverse("result", args=[submission.document.pk]), {"shipments": "401"}).text
    assert page.count("T000420") > 1
    assert "T000300" not in page
    assert 'data-shows="line_items-840-amount"' in page
    assert "401 more rows in the original" in page
