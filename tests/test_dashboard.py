"""The first page of the admin, its menu, and what no page of the admin may contain."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission, User
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from common.roles import Role
from invoices.models import Invoice
from invoices.services.corrections import correct_invoice
from invoices.services.decisions import approve_invoice
from processing.models import Breaker, Budget, BudgetChange, ProcessingJob
from processing.services.batches import create_batch, pause_batch
from tests.people import person
from tests.processing.ledger_factories import make_job

pytestmark = pytest.mark.django_db

INLINE = re.compile(r"<style|\sstyle=|<script(?![^>]*(\ssrc=|type=\"application/json\"))|\son[a-z]+=", re.IGNORECASE)


NO_ROWS = {"changes-TOTAL_FORMS": "0", "changes-INITIAL_FORMS": "0"}


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("dana"))
    return client


def ended_job(*, status: str = "completed", method: str = "rules") -> None:
    failed = status == "failed"
    ProcessingJob.objects.filter(id=make_job().id).update(
        status=status,
        method="" if failed else method,
        outcome="timeout" if failed else "success",
        error_code="llm_timeout" if failed else "",
        started_at=timezone.now(),
        finished_at=timezone.now(),
    )


def menu_of(client: Client, url: str) -> dict[str, dict[str, Any]]:
    groups = client.get(url).context["sidebar_navigation"]
    return {item["title"]: item for group in groups for item in group["items"]}


def test_the_dashboard_counts_documents_reviews_and_spend(staff: Client) -> None:
    for _ in range(3):
        ended_job()
    ended_job(method="xml")
    Invoice.objects.create(vendor_name="Orchard Ltd", status="needs_review")
    Invoice.objects.create(vendor_name="Orchard Ltd", status="ready")
    context = staff.get(reverse("admin:index")).context
    assert context["throughput"]["today"] == 4
    assert {share["label"]: share["count"] for share in context["throughput"]["shares"]} == {
        "rules": 3,
        "e-invoice": 1,
    }
    assert (context["reviews"]["open"], context["reviews"]["ready"]) == (1, 1)
    assert context["money"]["month"] == Decimal(0)


def test_the_dashboard_shows_how_often_people_left_what_was_read(staff: Client) -> None:
    assert "No invoices were approved in this period" in staff.get(reverse("admin:index")).text
    cache.clear()
    dana = User.objects.get(username="dana")
    for number in ("A-1", "A-2"):
        invoice = Invoice.objects.create(
            vendor_name="Orchard Ltd", invoice_number=number, method="rules", status="ready"
        )
        if number == "A-2":
            correct_invoice(invoice_id=invoice.id, by=dana, changes={"vendor_name": "Orchard Limited"}, version=1)
        approve_invoice(invoice_id=invoice.id, by=dana, override="as agreed")
    found = staff.get(reverse("admin:index")).context["accuracy"]
    assert {label: values[0] for label, values in found["fields"]["rows"]}["vendor name"] == 50.0
    assert [(group.group, percent) for group, percent in found["tables"][0][1]] == [("rules", 83.3)]
    assert found["percent"] == pytest.approx(100 * 5 / 6)


def test_what_is_stuck_is_named_with_a_way_to_it(staff: Client) -> None:
    ended_job(status="failed")
    batch = create_batch(kind="invoice", name="March", options={}, budget_usd=None)
    type(batch).objects.filter(id=batch.id).update(status="processing")
    pause_batch(batch_id=batch.id, why="Its ceiling is used up.")
    Breaker.objects.create(name="openai/gpt-4o-mini", state="open", cause="auth", last_error="The key was refused.")
    page = staff.get(reverse("admin:index")).text
    assert "1 failed jobs" in page
    assert "error_code=llm_timeout" in page
    assert "March is paused" in page
    assert "Its ceiling is used up." in page
    assert "Calls to openai/gpt-4o-mini are paused" in page
    assert "No worker for uploads" in page


def test_each_sees_the_figures_of_what_they_may_see(client: Client) -> None:
    clerk = User.objects.create_user("kim", is_staff=True)
    clerk.user_permissions.add(Permission.objects.get(codename="view_invoice"))
    client.force_login(clerk)
    answer = client.get(reverse("admin:index"))
    assert "To review" in answer.text
    assert "Spent this month" not in answer.text
    assert "dash-stuck" not in answer.text
    assert "Review queue" in answer.text
    assert "Model calls" not in answer.text


def test_the_menu_counts_what_waits_for_a_person(staff: Client) -> None:
    menu = {
        item["title"]: item for group in staff.get("/admin/").context["sidebar_navigation"] for item in group["items"]
    }
    assert "badge" not in menu["Review queue"]
    Invoice.objects.create(vendor_name="Orchard Ltd", status="needs_review")
    ended_job(status="failed")
    menu = menu_of(staff, "/admin/processing/processingjob/?status__exact=failed")
    assert (menu["Review queue"]["badge"], menu["Dead letters"]["badge"]) == ("1", "1")
    assert [title for title, item in menu.items() if item["active"]] == ["Dead letters"]


def test_the_dashboard_asks_as_often_for_a_hundred_jobs_as_for_one(staff: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as counted:
            assert staff.get("/admin/").status_code == 200
        return len(counted)

    ended_job()
    queries()
    one = queries()
    for _ in range(20):
        ended_job()
    assert queries() == one


@pytest.mark.parametrize("model", list(admin.site._registry), ids=lambda model: model.__name__)
def test_no_list_of_the_admin_needs_an_inline_style_or_script(model: type, staff: Client) -> None:
    page = staff.get(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"))  # type: ignore[attr-defined]
    assert page.status_code == 200
    assert not INLINE.findall(page.text)
    assert "unsafe-inline" not in page.headers["Content-Security-Policy"]


def test_only_the_admin_may_evaluate_expressions(staff: Client) -> None:
    assert "'unsafe-eval'" in staff.get("/admin/").headers["Content-Security-Policy"]
    assert "unsafe" not in staff.get("/").headers["Content-Security-Policy"]
    assert "unsafe" not in staff.get("/api/docs/").headers["Content-Security-Policy"]


def test_the_page_of_a_job_shows_its_time_line(staff: Client) -> None:
    job = make_job()
    now = timezone.now()
    for attempt, stage in [(1, "reading"), (2, "reading"), (2, "extracting")]:
        job.stages.create(attempt=attempt, stage=stage, started_at=now, finished_at=now)
    page = staff.get(reverse("admin:processing_processingjob_change", args=[job.id])).text
    assert "in the queue" in page
    assert "reading, attempt 2" in page


def test_a_ceiling_changed_in_the_admin_keeps_who_changed_it(staff: Client) -> None:
    staff.post(
        reverse("admin:processing_budget_add"), {"scope": "month", "key": "2031-01", "budget_usd": "5", **NO_ROWS}
    )
    budget = Budget.objects.get(key="2031-01")
    url = reverse("admin:processing_budget_change", args=[budget.pk])
    staff.post(url, {"budget_usd": "7", **NO_ROWS})
    made, changed = BudgetChange.objects.filter(budget=budget).order_by("created_at")
    assert (made.username, made.after_usd, changed.before_usd, changed.after_usd) == ("dana", 5, 5, 7)
    budget.refresh_from_db()
    assert budget.budget_usd == 7


@pytest.mark.parametrize(
    ("role", "shown", "hidden"),
    [
        (Role.VIEWER, {"Documents", "Rate cards"}, {"Model calls", "Accounts"}),
        (Role.OPERATOR, {"Documents", "Model calls", "Workers"}, {"Accounts"}),
        (Role.REVIEWER, {"Review queue", "Rate cards", "Model calls"}, {"Accounts", "API keys"}),
        (Role.ADMIN, {"Review queue", "Model calls", "Accounts", "API keys", "Webhooks"}, set()),
    ],
)
def test_staff_of_a_role_find_their_part_of_the_menu(
    role: Role, shown: set[str], hidden: set[str], client: Client
) -> None:
    clerk = person("kim", role)
    clerk.is_staff = True
    clerk.save()
    client.force_login(clerk)
    menu = menu_of(client, "/admin/")
    assert shown <= set(menu)
    assert not hidden & set(menu)
    for item in menu.values():
        assert client.get(item["link"]).status_code == 200, item["title"]
