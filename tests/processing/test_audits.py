"""Stored invoices are audited again when prices change: by a task, in parts, by one worker at a time."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal as D
from uuid import UUID

import pytest
from django.db import connection, transaction
from django_q.models import OrmQ, Schedule
from django_q.signing import SignedPackage

from invoices.models import Finding, RateCard
from invoices.records import ReviewReason
from invoices.services.findings import audit_again
from invoices.services.locking import lock_vendor
from invoices.services.rate_card_decisions import correct_rate_card
from processing.pipeline.audits import AUDIT, audit_due_cards
from processing.tasks import audit
from processing.workers.schedules import ensure_schedules
from tests.invoices.books import record
from tests.invoices.rate_cards import stored
from tests.invoices.test_findings import parcels, plain_card
from tests.people import person

pytestmark = pytest.mark.django_db


def queued() -> list[tuple[str, ...]]:
    """The arguments of the audits on the queue."""
    tasks = [SignedPackage.loads(row.payload) for row in OrmQ.objects.order_by("id")]
    return [tuple(task["args"]) for task in tasks if task["func"] == AUDIT]


def overcharged() -> int:
    return Finding.objects.filter(code="overcharged").count()


def test_a_new_card_audits_what_is_in_the_books() -> None:
    record(parcels("6.20"))
    record(parcels("7.20", number="B-2", vendor_name="Langsam GmbH"))
    stored(plain_card())
    assert queued() == [()]
    assert overcharged() == 0
    assert audit() == 1
    assert overcharged() == 1
    assert not RateCard.objects.filter(audit_due=True).exists()
    assert audit() == 0


def test_a_card_that_waits_for_review_audits_nothing() -> None:
    record(parcels("6.20"))
    stored(plain_card(), reasons=(ReviewReason("mapping_doubtful", "", "The tables were guessed.", blocking=True),))
    assert queued() == []
    assert audit() == 0


def test_a_corrected_header_audits_again() -> None:
    record(parcels("6.20"))
    card = stored(plain_card(currency="USD"))
    audit()
    assert list(Finding.objects.values_list("code", flat=True)) == ["not_rated"]
    correct_rate_card(card_id=card.id, by=person("rita"), changes={"currency": "EUR"})
    assert audit() == 1
    assert list(Finding.objects.values_list("code", flat=True)) == ["overcharged"]


def test_an_audit_that_takes_too_long_is_handed_on_until_all_is_done() -> None:
    for number in range(5):
        record(parcels("6.20", number=f"B-{number}"))
    stored(plain_card())
    OrmQ.objects.all().delete()
    tasks = 0
    after: tuple[UUID, UUID] | None = None
    while tasks < 10:
        tasks += 1
        # One invoice takes longer than this.
        audit_due_cards(after=after, seconds=0.001)
        waiting = queued()
        OrmQ.objects.all().delete()
        if not waiting:
            break
        after = (UUID(waiting[0][0]), UUID(waiting[0][1]))
    assert tasks == 6
    assert overcharged() == 5
    assert not RateCard.objects.filter(audit_due=True).exists()


@pytest.mark.django_db(transaction=True)
def test_beside_another_audit_it_does_nothing_and_the_card_stays_due() -> None:
    record(parcels("6.20"))
    stored(plain_card())
    with somebody_audits():
        assert audit() == 0
    assert overcharged() == 0
    assert audit() == 1


@pytest.mark.django_db(transaction=True)
def test_a_card_that_comes_while_an_invoice_is_recorded_waits_for_it() -> None:
    done = threading.Event()

    def store() -> None:
        stored(plain_card())
        connection.close()
        done.set()

    with transaction.atomic():
        record(parcels("6.20"))
        thread = threading.Thread(target=store)
        thread.start()
        # Were it not to wait, its audit would look for invoices before this one is there.
        assert not done.wait(0.5)
    thread.join()
    assert audit() == 1
    assert overcharged() == 1


@pytest.mark.django_db(transaction=True)
def test_a_card_that_is_corrected_while_its_finding_is_recorded_does_not_lock_both_out() -> None:
    card, rita = stored(plain_card()), person("rita")
    failed: list[BaseException] = []

    def correct() -> None:
        try:
            correct_rate_card(card_id=card.id, by=rita, changes={"contract": "C-7"})
        except BaseException as error:
            failed.append(error)
        connection.close()

    with transaction.atomic():
        lock_vendor("Blitz GmbH")
        thread = threading.Thread(target=correct)
        thread.start()
        # By now the correction has the card and waits for the vendor.
        assert waits_for_a_lock()
        record(parcels("6.20"))
    thread.join()
    assert failed == []
    assert Finding.objects.get().rate_card == RateCard.objects.get(contract="C-7")


def waits_for_a_lock() -> bool:
    """Whether another connection waits for an advisory lock, or does within seconds."""
    for _ in range(100):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
                " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            )
            if cursor.fetchone()[0]:
                return True
        time.sleep(0.05)
    return False


def test_a_card_that_changes_meanwhile_stays_due(monkeypatch: pytest.MonkeyPatch) -> None:
    record(parcels("6.20"))
    card = stored(plain_card())

    def and_meanwhile(*, invoice_id: UUID) -> bool:
        RateCard.objects.filter(pk=card.pk, revision=1).update(revision=2)
        return audit_again(invoice_id=invoice_id)

    monkeypatch.setattr("processing.pipeline.audits.audit_again", and_meanwhile)
    assert audit() == 1
    # The second round, by the new revision, found the same.
    assert not RateCard.objects.filter(audit_due=True).exists()
    assert Finding.objects.get().expected == D("5.2")


def test_what_dies_is_taken_up_by_the_clock() -> None:
    ensure_schedules()
    assert Schedule.objects.get(name="audit").func == AUDIT


@contextmanager
def somebody_audits() -> Iterator[None]:
    """Another connection holds the lock meanwhile."""
    from processing.pipeline.audits import _LOCK

    began, end = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
            began.set()
            end.wait(10)
        connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    assert began.wait(10)
    try:
        yield
    finally:
        end.set()
        thread.join()
