"""Batches over the API, what models cost, and the ceilings of it."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from common.roles import Role
from processing.models import Batch, Budget, BudgetChange, LLMCall, ProcessingJob
from processing.services.batches import create_batch, finish_batches
from tests.people import person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_storage")]

INVOICE = b"INVOICE\nInvoice number: 4711\nInvoice date: 2026-03-02\nTotal: 12.00 EUR\n"
BATCHES, SPEND, BUDGETS = "/api/v1/batches/", "/api/v1/spend/", "/api/v1/budgets/"


def signed_in(user: User) -> APIClient:
    client = APIClient()
    client.force_authenticate(user)
    return client


@pytest.fixture
def kim() -> User:
    return person("kim", Role.OPERATOR)


@pytest.fixture
def client(kim: User) -> APIClient:
    return signed_in(kim)


def new_batch(client: APIClient, **fields: Any) -> Any:
    answer = client.post(BATCHES, {"name": "November", **fields})
    assert answer.status_code == 201, answer.content
    return answer.json()


def put_in(client: APIClient, batch: Any, text: str = "", name: str = "a.txt", **fields: Any) -> Any:
    file = SimpleUploadedFile(name, INVOICE + text.encode(), content_type="text/plain")
    return client.post(batch["links"]["documents"], {"file": file, **fields}, format="multipart")


def fail(job_id: str) -> None:
    ProcessingJob.objects.filter(id=job_id).update(
        status="failed", outcome="timeout", error_code="llm_timeout", finished_at=timezone.now()
    )


def call_for(job: ProcessingJob, cost: str, *, model: str = "small", days_ago: int = 0) -> LLMCall:
    call = LLMCall.objects.create(
        job=job,
        batch=job.batch,
        run_id="a-0",
        attempt=job.llm_calls.count(),
        model=model,
        state="settled",
        reserved_usd=Decimal(cost),
        cost_usd=Decimal(cost),
        max_output_tokens=300,
        input_tokens=100,
        output_tokens=10,
        outcome="success",
        finished_at=timezone.now(),
    )
    LLMCall.objects.filter(pk=call.pk).update(started_at=timezone.now() - timedelta(days=days_ago))
    return call


def test_a_batch_is_filled_followed_and_read(client: APIClient, kim: User) -> None:
    batch = new_batch(client, budget_usd="2.5")
    assert (batch["status"], batch["documents"], batch["jobs"]["total"]) == ("pending", 0, 0)
    first, second = put_in(client, batch), put_in(client, batch, "2")
    assert (first.status_code, second.status_code) == (202, 202)
    assert first.json()["batch"] == batch["id"]
    assert first.json()["priority"] == 0
    now = client.get(batch["links"]["self"]).json()
    assert (now["status"], now["documents"], now["jobs"]["pending"]) == ("processing", 2, 2)
    assert len(client.get(batch["links"]["jobs"]).json()["results"]) == 2
    results = json.loads(client.get(batch["links"]["results"]).getvalue())
    assert [(entry["file"], entry["status"]) for entry in results] == [("a.txt", "pending"), ("a (2).txt", "pending")]


def test_a_batch_without_documents_has_an_empty_result(client: APIClient) -> None:
    answer: Any = client.get(new_batch(client)["links"]["results"])
    assert answer["Content-Disposition"] == 'attachment; filename="results.json"'
    assert json.loads(answer.getvalue()) == []


def test_a_batch_ends_with_its_last_document_and_begins_again_with_another(client: APIClient) -> None:
    batch = new_batch(client)
    fail(put_in(client, batch).json()["id"])
    finish_batches()
    assert client.get(batch["links"]["self"]).json()["status"] == "completed"
    put_in(client, batch, "2")
    again = client.get(batch["links"]["self"]).json()
    assert (again["status"], again["finished_at"]) == ("processing", None)


def test_a_batch_is_paused_resumed_and_cancelled(client: APIClient) -> None:
    batch = new_batch(client)
    place = batch["links"]["self"]
    assert client.post(place + "pause/").status_code == 409
    put_in(client, batch)
    paused = client.post(place + "pause/").json()
    assert (paused["status"], paused["stop_reason"]) == ("paused", "Paused by kim.")
    assert put_in(client, batch, "2").status_code == 202
    assert client.get(place).json()["status"] == "paused"
    assert client.post(place + "resume/").json()["status"] == "processing"
    assert client.post(place + "resume/").status_code == 409
    cancelled = client.post(place + "cancel/").json()
    assert (cancelled["status"], cancelled["jobs"]["cancelled"]) == ("cancelled", 2)
    assert client.post(place + "cancel/").status_code == 409
    late = put_in(client, batch, "3")
    assert (late.status_code, late.json()["code"]) == (409, "invalid_state")
    assert client.post(place + "retry/").status_code == 409


def test_what_failed_is_tried_again(client: APIClient) -> None:
    batch = new_batch(client)
    fail(put_in(client, batch).json()["id"])
    put_in(client, batch, "2")
    answer = client.post(batch["links"]["self"] + "retry/")
    assert (answer.status_code, answer.json()) == (202, {"revived": 1, "refused": {}})
    assert client.get(batch["links"]["self"]).json()["jobs"]["pending"] == 2


def test_a_file_that_came_before_counts_once(client: APIClient) -> None:
    batch = new_batch(client)
    put_in(client, batch)
    again = put_in(client, batch, name="b.txt")
    assert again.status_code == 200
    assert [item.seen_before for item in Batch.objects.get().items.all()] == [False, True]


def test_a_batch_gives_its_documents_their_kind_and_is_made_once(client: APIClient) -> None:
    headers = {"Idempotency-Key": "november"}
    first = client.post(BATCHES, {"name": "Cards", "kind": "rate_card"}, headers=headers)
    again = client.post(BATCHES, {"name": "Cards", "kind": "rate_card"}, headers=headers)
    assert first.json()["id"] == again.json()["id"]
    assert Batch.objects.count() == 1
    put_in(client, first.json())
    assert ProcessingJob.objects.get().document.kind == "rate_card"


def test_a_batch_of_another_is_not_there_and_viewers_only_look(client: APIClient, kim: User) -> None:
    batch = new_batch(client)
    place = batch["links"]["self"]
    lee = signed_in(person("lee", Role.OPERATOR))
    for address in (place, batch["links"]["results"]):
        assert lee.get(address).status_code == 404
    for action in ("pause", "resume", "cancel", "retry", "documents"):
        assert lee.post(f"{place}{action}/").status_code == 404, action
    assert lee.get(BATCHES).json()["results"] == []
    viewer = signed_in(person("vic", Role.VIEWER))
    assert viewer.post(BATCHES, {"name": "x"}).status_code == 403
    admin = signed_in(person("ada", Role.ADMIN))
    assert admin.get(place).status_code == 200
    assert len(admin.get(BATCHES + "?owner=kim").json()["results"]) == 1


def test_an_import_of_files_takes_no_documents_over_the_api(kim: User, client: APIClient) -> None:
    made = create_batch(kind="invoice", name="folder", options={"listed": True}, budget_usd=None, owner_id=kim.pk)
    answer = client.post(f"{BATCHES}{made.pk}/documents/", {"url": "https://vendor.example/1.pdf"})
    assert (answer.status_code, answer.json()["code"]) == (409, "invalid_state")


@pytest.mark.parametrize("wrong", [{}, {"name": ""}, {"name": "x", "kind": "y"}, {"name": "x", "budget_usd": "-1"}])
def test_wrong_wishes_for_a_batch_are_named(client: APIClient, wrong: dict[str, Any]) -> None:
    assert client.post(BATCHES, wrong).status_code == 400


def test_lists_take_as_many_queries_for_a_hundred_rows_as_for_one(
    kim: User, client: APIClient, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for upto in (1, 100):
        while Batch.objects.count() < upto:
            number = Batch.objects.count()
            create_batch(kind="invoice", name=str(number), options={}, budget_usd=None, owner_id=kim.pk)
            Budget.objects.create(scope="user", key=str(kim.pk) if number == 0 else f"x{number}")
        client.get(BATCHES)  # the roles are read once
        with django_assert_num_queries(2):  # limit, rows
            client.get(BATCHES + "?page_size=200")
    admin = signed_in(person("ada", Role.ADMIN))
    admin.get(BUDGETS)
    with django_assert_num_queries(2):
        assert len(admin.get(BUDGETS + "?page_size=200").json()["results"]) == 100


# --- Spend ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def spent(client: APIClient, kim: User) -> Batch:
    """Kim spent 0.03 in a batch, half of it three days ago; Lee 0.50."""
    batch = new_batch(client)
    job = ProcessingJob.objects.get(id=put_in(client, batch).json()["id"])
    call_for(job, "0.01")
    call_for(job, "0.02", model="large", days_ago=3)
    lee = signed_in(person("lee", Role.OPERATOR))
    other = ProcessingJob.objects.get(id=put_in(lee, new_batch(lee), "2").json()["id"])
    call_for(other, "0.50")
    return Batch.objects.get(id=batch["id"])


def shares(answer: Any) -> dict[str | None, Decimal]:
    assert answer.status_code == 200, answer.content
    return {row["key"]: Decimal(row["cost_usd"]) for row in answer.json()["rows"]}


def test_spend_is_ones_own_and_that_of_all_for_admins(client: APIClient, spent: Batch) -> None:
    own = client.get(SPEND + "?by=model").json()
    assert Decimal(own["total"]["cost_usd"]) == Decimal("0.03")
    assert (own["by"], own["total"]["calls"], own["total"]["input_tokens"]) == ("model", 2, 200)
    assert shares(client.get(SPEND + "?by=user")) == {"kim": Decimal("0.03")}
    admin = signed_in(person("ada", Role.ADMIN))
    assert shares(admin.get(SPEND + "?by=user")) == {"lee": Decimal("0.50"), "kim": Decimal("0.03")}


def test_spend_is_told_by_what_is_asked_and_within_days(client: APIClient, spent: Batch) -> None:
    today = timezone.now().date()
    assert shares(client.get(SPEND)) == {
        str(today - timedelta(days=3)): Decimal("0.02"), str(today): Decimal("0.01"),
    }  # fmt: skip
    assert shares(client.get(f"{SPEND}?by=batch&since={today}")) == {str(spent.id): Decimal("0.01")}
    assert shares(client.get(f"{SPEND}?by=kind&until={today - timedelta(days=1)}")) == {"invoice": Decimal("0.02")}
    for wrong in ("by=shoe", "since=x", f"since={today}&until={today - timedelta(days=1)}"):
        assert client.get(f"{SPEND}?{wrong}").status_code == 400


def test_without_calls_the_spend_is_nothing(client: APIClient) -> None:
    answer = client.get(SPEND).json()
    assert answer["rows"] == []
    assert Decimal(answer["total"]["cost_usd"]) == 0


# --- Budgets ----------------------------------------------------------------------------------------------------------


def test_an_admin_changes_a_ceiling_and_each_change_is_kept() -> None:
    budget = Budget.objects.create(scope="month", key="2026-11", budget_usd=Decimal(50), spent_usd=Decimal(20))
    admin = signed_in(person("ada", Role.ADMIN))
    changed = admin.patch(f"{BUDGETS}{budget.pk}/", {"budget_usd": "75", "reason": "Year's end"})
    assert changed.status_code == 200
    assert Decimal(changed.json()["budget_usd"]) == 75
    assert Decimal(changed.json()["left_usd"]) == 55
    admin.patch(f"{BUDGETS}{budget.pk}/", {"budget_usd": "75"})
    changes = admin.get(f"{BUDGETS}{budget.pk}/").json()["changes"]
    assert [(c["username"], Decimal(c["before_usd"]), Decimal(c["after_usd"]), c["reason"]) for c in changes] == [
        ("ada", Decimal(50), Decimal(75), "Year's end")
    ]
    below = admin.patch(f"{BUDGETS}{budget.pk}/", {"budget_usd": "19.99"})
    assert (below.status_code, below.json()["code"]) == (409, "invalid_state")
    assert admin.patch(f"{BUDGETS}{budget.pk}/", {"budget_usd": None}).json()["left_usd"] is None


def test_a_change_outlives_the_account_that_made_it() -> None:
    budget = Budget.objects.create(scope="month", key="2026-11")
    ada = person("ada", Role.ADMIN)
    signed_in(ada).patch(f"{BUDGETS}{budget.pk}/", {"budget_usd": "1"})
    ada.delete()
    assert BudgetChange.objects.get().username == "ada"


@pytest.mark.parametrize("role", [Role.VIEWER, Role.OPERATOR, Role.REVIEWER])
def test_others_see_the_ceilings_that_bind_them_and_change_none(role: Role) -> None:
    user = person("kim", role)
    own = Budget.objects.create(scope="user", key=str(user.pk), budget_usd=Decimal(5))
    Budget.objects.create(scope="role", key=str(role))
    month = Budget.objects.create(scope="month", key="2026-11")
    client = signed_in(user)
    assert {b["scope"] for b in client.get(BUDGETS).json()["results"]} == {"user", "role"}
    assert client.get(f"{BUDGETS}{month.pk}/").status_code == 404
    assert client.patch(f"{BUDGETS}{own.pk}/", {"budget_usd": "500"}).status_code == 403
    assert client.post(BUDGETS, {"scope": "user", "key": "1", "budget_usd": "5"}).status_code == 403


def test_ceilings_are_made_for_months_users_and_roles() -> None:
    admin = signed_in(person("ada", Role.ADMIN))
    made = admin.post(BUDGETS, {"scope": "role", "key": "operator", "budget_usd": "20"})
    assert made.status_code == 201
    assert len(made.json()["changes"]) == 1
    assert admin.post(BUDGETS, {"scope": "role", "key": "operator", "budget_usd": "20"}).status_code == 409
    for scope, key in (("role", "king"), ("month", "2026-13"), ("user", "kim"), ("year", "2026")):
        assert admin.post(BUDGETS, {"scope": scope, "key": key, "budget_usd": "1"}).status_code == 400
    assert admin.get(f"{BUDGETS}999999999999999999999/").status_code == 404
