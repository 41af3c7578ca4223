"""Every model has an admin list that opens for staff only, in a number of queries that does not grow with its rows."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from invoices.models import Invoice
from processing.models import ProcessingJob
from processing.pipeline.run import run_job
from processing.services.documents import JobOptions, submit_document
from processing.spending.ledger import CallEnd, reserve, settle
from processing.usage import Usage
from tests.processing.invoice_files import text_invoice
from tests.processing.ledger_factories import make_batch, make_job, make_terms

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_storage")]

OURS = [model for model in admin.site._registry if model._meta.app_label in ("invoices", "processing")]


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("dana"))
    return client


def add_invoices(first: int, count: int) -> None:
    for index in range(first, first + count):
        data = text_invoice(number=f"A-{index}", net=f"{100 + index}.00", total=f"{(100 + index) * 1.2:.2f}")
        submission = submit_document(data=data, filename=f"{index}.txt", options=JobOptions(policy="rules"))
        assert run_job(submission.job.id)


def test_all_models_of_both_apps_are_in_the_admin() -> None:
    assert {model.__name__ for model in OURS} >= {
        "Invoice", "Vendor", "RateCard", "Rate", "Document", "ProcessingJob", "Batch", "LLMCall", "Budget",
    }  # fmt: skip


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_a_list_opens_for_staff_and_for_nobody_else(model: type, client: Client) -> None:
    url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")  # type: ignore[attr-defined]
    assert client.get(url).status_code == 302
    client.force_login(User.objects.create_user("reader"))
    assert client.get(url).status_code == 302
    client.force_login(User.objects.create_superuser("dana"))
    add_invoices(0, 1)
    assert client.get(url).status_code == 200


@pytest.mark.parametrize("model", [Invoice, ProcessingJob], ids=lambda model: model.__name__)
def test_the_queries_of_a_list_do_not_grow_with_its_rows(model: type, staff: Client) -> None:
    url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")  # type: ignore[attr-defined]
    counts = []
    staff.get(url)  # some things are asked once by a process
    for first, more in ((0, 1), (1, 9)):
        add_invoices(first, more)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert staff.get(url).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 15


def test_an_invoice_page_shows_its_fields_lines_and_reasons_and_only_a_reviewer_types_over_them(staff: Client) -> None:
    add_invoices(0, 1)
    invoice = Invoice.objects.get()
    url = reverse("admin:invoices_invoice_change", args=[invoice.id])
    page = staff.get(url).content.decode()
    assert "Northwind Tools Ltd" in page
    assert "Socket set, 42 pieces" in page
    assert "readonly" not in page.split("<form id=")[1].split("</form>")[0]
    clerk = User.objects.create_user("clerk", is_staff=True)
    clerk.user_permissions.add(Permission.objects.get(codename="view_invoice"))
    staff.force_login(clerk)
    assert "readonly" in staff.get(url).content.decode().split("<form id=")[1].split("</form>")[0]


def test_the_spend_page_opens_with_and_without_calls_for_those_who_may_see_them(staff: Client, client: Client) -> None:
    url = reverse("admin:processing_spend")
    assert "No calls in this period" in staff.get(url).content.decode()
    job = make_job(batch=make_batch("1"))
    call = reserve(job=job, terms=make_terms("0.01"))
    settle(call_id=call.pk, end=CallEnd(outcome="success", cost_usd=Decimal("0.0042"), usage=Usage(1000, 100)))
    page = staff.get(url + "?days=7").content.decode()
    assert "$0.0042" in page
    assert "test-model" in page
    client.force_login(User.objects.create_user("clerk", is_staff=True))
    assert client.get(url).status_code == 403
