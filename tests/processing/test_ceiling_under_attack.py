"""The promise of the ledger under every order of events, under real races, and with workers that are really killed.

The full form is ``python -m benchmarks.ceiling_under_attack``.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule, run_state_machine_as_test

from benchmarks.ceiling_under_attack import run
from processing.errors import BudgetExceeded, Deferred
from processing.models import Batch, Budget, LLMCall, ProcessingJob
from processing.spending.ledger import CallEnd, month_budget, reserve, settle, settle_abandoned_calls
from tests.processing.ledger_factories import assert_books_balance, make_batch, make_job, make_terms

dollars = st.decimals(min_value="0", max_value="0.015", places=10)


class CrashedHere(Exception):
    """The worker died inside its transaction."""


def dies_after(action: Callable[[], object]) -> None:
    with transaction.atomic():
        action()
        raise CrashedHere


class LedgerMachine(RuleBasedStateMachine):
    """Workers reserve, settle, repeat, come late, die and are swept in any order, while a person moves ceilings."""

    open_calls: Bundle[UUID] = Bundle("open_calls")

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        month_budget("2000-01")
        self.batch = make_batch("0.04")
        self.jobs = [make_job(budget_usd="0.02", batch=self.batch), make_job(budget_usd=None, batch=self.batch)]
        self.jobs.append(make_job(budget_usd="0.01"))
        self.produced: dict[UUID, Decimal] = {}

    def teardown(self) -> None:
        settle_abandoned_calls(older_than=timedelta(seconds=-60))
        assert not LLMCall.objects.filter(state="reserved").exists()
        assert not ProcessingJob.objects.exclude(reserved_usd=0).exists()
        self.books_balance()
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @rule(target=open_calls, job=st.integers(0, 2), worst=dollars, share=st.integers(0, 100))
    def worker_reserves_and_the_server_produces(self, job: int, worst: Decimal, share: int) -> UUID:
        row = self.jobs[job]
        row.refresh_from_db()
        room = self.room_of(row)
        try:
            call = reserve(job=row, terms=make_terms(str(worst)))
        except (BudgetExceeded, Deferred):
            assert room is not None, "a job without any ceiling was refused"
            assert worst > room, "a call that fits was refused"
            return UUID(int=0)
        assert room is None or worst <= room, "a call that does not fit was allowed"
        self.produced[call.pk] = worst * share / 100
        return call.pk

    @rule(job=st.integers(0, 2), worst=dollars)
    def worker_dies_before_its_reservation_is_committed(self, job: int, worst: Decimal) -> None:
        with pytest.raises((CrashedHere, BudgetExceeded, Deferred)):
            dies_after(lambda: reserve(job=self.jobs[job], terms=make_terms(str(worst))))

    @rule(call_id=open_calls, cost=dollars)
    def worker_settles_and_may_do_so_again(self, call_id: UUID, cost: Decimal) -> None:
        if call_id.int:
            was_settled = LLMCall.objects.get(pk=call_id).state == "settled"
            changed = settle(call_id=call_id, end=CallEnd(outcome="success", cost_usd=cost)).changed
            assert changed is not was_settled
            if changed:
                self.produced[call_id] = cost

    @rule(call_id=open_calls)
    def reply_comes_without_usage(self, call_id: UUID) -> None:
        if call_id.int:
            settle(call_id=call_id, end=CallEnd(outcome="timeout"))

    @rule(call_id=open_calls, cost=dollars)
    def worker_dies_while_it_settles(self, call_id: UUID, cost: Decimal) -> None:
        if call_id.int:
            end = CallEnd(outcome="success", cost_usd=cost)
            with pytest.raises(CrashedHere):
                dies_after(lambda: settle(call_id=call_id, end=end))

    @rule(call_id=consumes(open_calls))
    def worker_dies_and_its_call_is_forgotten(self, call_id: UUID) -> None:
        pass

    @rule()
    def sweep_runs(self) -> None:
        settle_abandoned_calls(older_than=timedelta(seconds=-60))

    @rule(budget=dollars, model=st.sampled_from([ProcessingJob, Batch]))
    def a_person_moves_a_ceiling(self, budget: Decimal, model: type[ProcessingJob] | type[Batch]) -> None:
        row = self.jobs[0] if model is ProcessingJob else self.batch
        row.refresh_from_db()
        used = row.spent_usd + row.reserved_usd
        try:
            with transaction.atomic():
                model.objects.filter(pk=row.pk).update(budget_usd=budget)
        except IntegrityError:
            assert budget < used
        else:
            assert budget >= used

    @invariant()
    def books_balance(self) -> None:
        assert_books_balance()

    @invariant()
    def no_call_is_booked_below_what_was_produced(self) -> None:
        for call in LLMCall.objects.exclude(state="reserved"):
            assert call.cost_usd >= self.produced[call.pk]

    def room_of(self, job: ProcessingJob) -> Decimal | None:
        """What the tightest ceiling leaves; None without one."""
        self.batch.refresh_from_db()
        rooms = [
            row.budget_usd - row.spent_usd - row.reserved_usd - row.overrun_usd
            for row in [job, *([self.batch] if job.batch_id else []), *Budget.objects.all()]
            if row.budget_usd is not None
        ]
        return min(rooms, default=None)


@pytest.mark.django_db
def test_no_order_of_events_passes_a_ceiling() -> None:
    run_state_machine_as_test(
        LedgerMachine,
        settings=settings(
            max_examples=10, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


@pytest.mark.django_db(transaction=True)
def test_no_race_and_no_kill_passes_a_ceiling() -> None:
    figures = run(trials=100, kills=10, seed=20261122)
    assert figures["violations"] == 0
    # That there was an attack; how many die in it is up to the machine (19 to 40 were seen).
    assert figures["workers_died"] > 8
    assert figures["calls_in_ledger"] > 30
    assert figures["processes_killed"] > 3
