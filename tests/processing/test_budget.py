from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from io import StringIO

import pytest
import time_machine
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from processing.checks import check_month
from processing.errors import BudgetExceeded, CeilingReached, Deferred, LostLease
from processing.models import Budget, BudgetChange, LLMCall, ProcessingJob
from processing.services.jobs import claim_job
from processing.spending import breaker
from processing.spending.ledger import (
    CallEnd,
    budgets_of,
    month_budget,
    month_key,
    month_now,
    remaining_usd,
    reserve,
    run_id,
    settle,
    settle_abandoned_calls,
)
from processing.usage import Usage
from tests.processing.ledger_factories import assert_books_balance, make_batch, make_job, make_terms

pytestmark = pytest.mark.django_db


def success(cost: str | None) -> CallEnd:
    return CallEnd(outcome="success", cost_usd=None if cost is None else Decimal(cost), usage=Usage(1000, 100, 200))


def test_a_reservation_is_written_with_its_call_before_anything_is_sent() -> None:
    job = make_job(budget_usd="0.02", filename="march/invoice_001.pdf")
    call = reserve(job=job, terms=make_terms("0.0123456789"))
    job.refresh_from_db()
    assert job.reserved_usd == Decimal("0.0123456789")
    assert job.spent_usd == 0
    assert (call.state, call.run_id, call.attempt) == ("reserved", "invoice_001-0", 0)
    assert remaining_usd(job) == Decimal("0.0076543211")


def test_settling_turns_the_reservation_into_the_real_cost() -> None:
    job = make_job(batch=make_batch("1"))
    call = reserve(job=job, terms=make_terms("0.01"))
    settlement = settle(call_id=call.pk, end=success("0.004"))
    assert settlement.changed
    assert settlement.overrun_usd == 0
    job.refresh_from_db()
    assert (job.reserved_usd, job.spent_usd) == (0, Decimal("0.004"))
    call.refresh_from_db()
    assert (call.input_tokens, call.cached_input_tokens, call.output_tokens) == (1000, 200, 100)
    assert_books_balance()


def test_settling_twice_counts_once() -> None:
    job = make_job()
    call = reserve(job=job, terms=make_terms())
    settle(call_id=call.pk, end=success("0.004"))
    assert not settle(call_id=call.pk, end=success("0.009")).changed
    assert not settle(call_id=call.pk, end=success(None)).changed
    job.refresh_from_db()
    assert job.spent_usd == Decimal("0.004")
    assert_books_balance()


def test_a_call_without_usage_counts_at_its_worst_case_until_it_is_known() -> None:
    job = make_job()
    call = reserve(job=job, terms=make_terms("0.01"))
    settle(call_id=call.pk, end=success(None))
    job.refresh_from_db()
    assert (job.reserved_usd, job.spent_usd) == (0, Decimal("0.01"))
    settle(call_id=call.pk, end=success("0.002"))
    job.refresh_from_db()
    assert (job.reserved_usd, job.spent_usd) == (0, Decimal("0.002"))
    assert_books_balance()


def test_what_a_server_charges_above_the_reservation_is_an_overrun_and_blocks_later_calls() -> None:
    job = make_job(budget_usd="0.02")
    call = reserve(job=job, terms=make_terms("0.01"))
    settlement = settle(call_id=call.pk, end=success("0.025"))
    assert settlement.overrun_usd == Decimal("0.015")
    job.refresh_from_db()
    assert (job.spent_usd, job.overrun_usd) == (Decimal("0.01"), Decimal("0.015"))
    assert_books_balance()
    with pytest.raises(BudgetExceeded):
        reserve(job=job, terms=make_terms("0.0001"))


def test_all_attempts_of_a_job_share_its_ceiling() -> None:
    job = make_job(budget_usd="0.02")
    for attempt in range(2):
        call = reserve(job=job, terms=make_terms("0.01"))
        assert call.attempt == attempt
        settle(call_id=call.pk, end=success(None))
    with pytest.raises(BudgetExceeded) as refused:
        reserve(job=job, terms=make_terms("0.0000000001"))
    assert not isinstance(refused.value, CeilingReached)
    assert LLMCall.objects.count() == 2


def test_a_call_that_fits_to_the_last_digit_is_allowed() -> None:
    job = make_job(budget_usd="0.02")
    reserve(job=job, terms=make_terms("0.02"))
    assert remaining_usd(job) == 0


def test_when_one_ceiling_refuses_nothing_is_taken_from_the_others() -> None:
    batch = make_batch("0.005")
    job = make_job(batch=batch)
    with pytest.raises(CeilingReached) as refused:
        reserve(job=job, terms=make_terms("0.01"))
    assert (refused.value.scope, refused.value.key) == ("batch", str(batch.pk))
    job.refresh_from_db()
    assert job.reserved_usd == 0
    assert not LLMCall.objects.exists()
    assert_books_balance()


def test_a_ceiling_that_only_running_calls_fill_makes_the_job_wait() -> None:
    batch = make_batch("0.015")
    running = reserve(job=make_job(batch=batch), terms=make_terms("0.01"))
    waiting = make_job(batch=batch)
    with pytest.raises(Deferred) as deferred:
        reserve(job=waiting, terms=make_terms("0.01"))
    assert deferred.value.seconds > 0
    settle(call_id=running.pk, end=success("0.001"))
    reserve(job=waiting, terms=make_terms("0.01"))
    assert_books_balance()


def test_the_setting_seeds_the_month_and_no_process_changes_it_afterwards(settings: Settings) -> None:
    settings.MONTHLY_BUDGET_USD = Decimal("0.015")
    settle(call_id=reserve(job=make_job(), terms=make_terms("0.01")).pk, end=success(None))
    for others in (None, Decimal("50"), Decimal("0.001")):
        settings.MONTHLY_BUDGET_USD = others
        with pytest.raises(CeilingReached) as refused:
            reserve(job=make_job(), terms=make_terms("0.01"))
        assert refused.value.scope == "month"
        assert Budget.objects.get().budget_usd == Decimal("0.015")
        told = [message.msg for message in check_month(None, databases=["default"])]
        assert ["$0.015" in message for message in told] == ([] if others is None else [True])
    settings.MONTHLY_BUDGET_USD = Decimal("0.0150")
    assert check_month(None, databases=["default"]) == []
    assert_books_balance()


def test_a_new_month_has_the_ceiling_of_the_one_before(settings: Settings) -> None:
    settings.MONTHLY_BUDGET_USD = Decimal("1")
    call_command("set_budget", "7.50", reason="more carriers", stdout=StringIO())
    this_month = month_now()
    settings.MONTHLY_BUDGET_USD = None
    later = month_budget("2999-01")
    assert (month_budget(this_month).budget_usd, later.budget_usd) == (Decimal("7.5"), Decimal("7.5"))
    change = BudgetChange.objects.get()
    assert (change.username, change.before_usd, change.reason) == ("command", Decimal(1), "more carriers")
    call_command("set_budget", "none", stdout=StringIO())
    assert month_budget(this_month).budget_usd is None
    for wrong in ("-1", "1e3", "lots", "NaN"):
        with pytest.raises(CommandError):
            call_command("set_budget", wrong, stdout=StringIO())


def test_a_ceiling_is_not_set_below_what_is_spent(settings: Settings) -> None:
    settle(call_id=reserve(job=make_job(), terms=make_terms("0.01")).pk, end=success(None))
    with pytest.raises(CommandError, match="spent or reserved already"):
        call_command("set_budget", "0.001", stdout=StringIO())


def test_a_month_counts_by_the_clock_of_the_database() -> None:
    with time_machine.travel(datetime(2030, 1, 1, tzinfo=UTC)):
        reserve(job=make_job(), terms=make_terms("0.01"))
    assert [budget.key for budget in Budget.objects.all()] == [month_now()]
    assert month_now() < "2030"


def test_months_change_at_midnight_utc() -> None:
    assert month_key(datetime(2026, 10, 31, 23, 59, 59, tzinfo=UTC)) == "2026-10"
    assert month_key(datetime(2026, 11, 1, 1, 30, tzinfo=timezone.get_fixed_timezone(120))) == "2026-10"


def test_a_call_counts_against_the_budgets_of_its_owner_and_their_roles() -> None:
    user = User.objects.create(username="clerk")
    user.groups.add(Group.objects.create(name="clerks"))
    other = User.objects.create(username="other")
    Budget.objects.create(scope="user", key=str(user.pk), budget_usd=1)
    Budget.objects.create(scope="role", key="clerks", budget_usd=Decimal("0.015"))
    Budget.objects.create(scope="role", key="others", budget_usd=0)
    reserve(job=make_job(owner_id=user.pk), terms=make_terms("0.01"))
    reserve(job=make_job(owner_id=other.pk), terms=make_terms("0.01"))
    assert [b.scope for b in budgets_of(owner_id=user.pk)] == ["user", "role", "month"]
    assert Budget.objects.get(key="clerks").reserved_usd == Decimal("0.01")
    assert Budget.objects.get(scope="month").reserved_usd == Decimal("0.02")
    settle_abandoned_calls(older_than=timedelta(seconds=-1))
    with pytest.raises(CeilingReached) as refused:
        reserve(job=make_job(owner_id=user.pk), terms=make_terms("0.01"))
    assert (refused.value.scope, refused.value.key) == ("role", "clerks")
    assert_books_balance()


def test_a_call_whose_worker_died_is_counted_at_its_worst_case_once() -> None:
    job = make_job()
    call = reserve(job=job, terms=make_terms("0.01"))
    assert settle_abandoned_calls(older_than=timedelta(minutes=2)) == 0
    LLMCall.objects.update(started_at=timezone.now() - timedelta(minutes=3))
    assert settle_abandoned_calls(older_than=timedelta(minutes=2)) == 1
    assert settle_abandoned_calls(older_than=timedelta(minutes=2)) == 0
    call.refresh_from_db()
    assert (call.state, call.cost_usd) == ("worst_case", Decimal("0.01"))
    assert_books_balance()


def test_a_worker_that_lost_its_job_spends_nothing_any_more() -> None:
    job_id = make_job().pk
    claim = claim_job(job_id=job_id)
    assert claim is not None
    ProcessingJob.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    ProcessingJob.objects.update(status="pending", lease_token=None, lease_until=None)
    assert claim_job(job_id=job_id) is not None
    with pytest.raises(LostLease):
        reserve(job=claim.job, terms=make_terms())
    assert not LLMCall.objects.exists()


def test_a_batch_deleted_during_a_call_does_not_disturb_its_settlement() -> None:
    batch = make_batch("1")
    job = make_job(batch=batch)
    call = reserve(job=job, terms=make_terms("0.01"))
    batch.delete()
    settle(call_id=call.pk, end=success("0.005"))
    assert_books_balance()


def test_a_job_that_changes_its_batch_settles_the_batch_it_reserved_from() -> None:
    first, second = make_batch("1"), make_batch("1")
    job = make_job(batch=first)
    call = reserve(job=job, terms=make_terms("0.01"))
    ProcessingJob.objects.update(batch=second)
    settle(call_id=call.pk, end=success("0.005"))
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.spent_usd, first.reserved_usd, second.spent_usd) == (Decimal("0.005"), 0, 0)


@pytest.mark.parametrize(
    "columns",
    [
        {"spent_usd": Decimal("0.011"), "reserved_usd": Decimal("0.01")},
        {"reserved_usd": Decimal("-0.001")},
        {"budget_usd": Decimal("0.001")},
    ],
    ids=["past the ceiling", "negative", "ceiling below what is reserved"],
)
def test_the_database_itself_refuses_to_pass_a_ceiling(columns: dict[str, Decimal]) -> None:
    job = make_job(budget_usd="0.02")
    reserve(job=job, terms=make_terms("0.005"))
    with pytest.raises(IntegrityError), transaction.atomic():
        ProcessingJob.objects.filter(pk=job.pk).update(**columns)


def test_the_database_itself_refuses_a_call_whose_cost_does_not_add_up() -> None:
    call = reserve(job=make_job(), terms=make_terms("0.005"))
    with pytest.raises(IntegrityError), transaction.atomic():
        LLMCall.objects.filter(pk=call.pk).update(
            state="settled", finished_at=timezone.now(), cost_usd=Decimal("0.006")
        )


def test_saving_an_old_copy_of_a_row_leaves_the_ledger_alone() -> None:
    batch = make_batch("1")
    reserve(job=make_job(batch=batch), terms=make_terms("0.005"))
    batch.budget_usd = Decimal("2")
    batch.name = "March"
    batch.save()
    batch.refresh_from_db()
    assert (batch.name, batch.budget_usd, batch.reserved_usd) == ("March", 2, Decimal("0.005"))


def test_a_person_cannot_set_a_ceiling_below_what_is_spent() -> None:
    batch = make_batch("1")
    reserve(job=make_job(batch=batch), terms=make_terms("0.005"))
    batch.refresh_from_db()
    batch.budget_usd = Decimal("0.004")
    with pytest.raises(ValidationError, match="spent or reserved already"):
        batch.full_clean()


def test_a_person_closes_a_breaker_in_the_admin(client: Client) -> None:
    client.force_login(User.objects.create_superuser("admin"))
    breaker.trip_for_overrun("example/model", message="charged too much")
    page = reverse("admin:processing_breaker_changelist")
    assert "charged too much" in client.get(page).content.decode()
    client.post(page, {"action": "close", "_selected_action": ["example/model"]})
    assert breaker.breakers()[0].state == "closed"


def test_a_run_is_named_by_its_file_and_attempt() -> None:
    assert run_id("invoice_001.txt", 0) == "invoice_001-0"
    assert run_id("a.b.pdf", 2) == "a.b-2"
    assert len(run_id("x" * 500 + ".pdf", 12)) <= 300


@pytest.mark.django_db(transaction=True)
def test_many_workers_at_once_never_take_more_than_there_is() -> None:
    batch = make_batch("0.095")
    jobs = [make_job(batch=batch, budget_usd="0.02") for _ in range(4)]
    start = threading.Barrier(8)

    def work(index: int) -> int:
        taken = 0
        start.wait()
        for _ in range(4):
            try:
                reserve(job=jobs[index % 4], terms=make_terms("0.01"))
                taken += 1
            except (BudgetExceeded, Deferred):
                pass
        connection.close()
        return taken

    with ThreadPoolExecutor(8) as pool:
        taken = sum(pool.map(work, range(8)))
    assert taken == 8
    assert_books_balance()
    attempts = list(LLMCall.objects.filter(job=jobs[0]).order_by("attempt").values_list("attempt", flat=True))
    assert attempts == [0, 1]


@pytest.mark.django_db
def test_before_the_first_migrate_nothing_is_said_of_the_month() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE processing_budget RENAME TO processing_budget_elsewhere")
    assert check_month(None, databases=["default"]) == []
