"""Webhooks: what is told, to whom, signed, again after failures, and never lost."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils import timezone
from django_q.models import OrmQ
from pytest_django import Settings
from standardwebhooks.webhooks import WebhookVerificationError

from benchmarks.machine import url_of
from common.roles import Role
from invoices.services.decisions import approve_invoice, reject_invoice
from invoices.services.recording import record_invoice
from invoicesite.webhooks.couriers import claim_delivery, record_answer, send_all_due
from invoicesite.webhooks.models import Delivery, Event, Subscription
from invoicesite.webhooks.posting import Answer, post_message
from invoicesite.webhooks.services import callback_secret, change_subscription, disable, purge_events, replay_delivery
from processing.errors import CeilingReached, ExtractionFailed
from processing.models import Batch, Budget, Document, ProcessingJob
from processing.services.jobs import cancel_job, cancel_jobs_of, claim_job, fail_job, take_back_lost_jobs
from processing.services.jobs import wait_for_budget as wait
from processing.spending import breaker
from processing.workers.sweeping import sweep_jobs
from tests.invoices.test_services import invoice, read
from tests.people import person
from tests.webhook_receiver import Receiver, receiving

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def receiver(settings: Settings) -> Iterator[Receiver]:
    settings.WEBHOOK_PRIVATE_NETWORKS = [ip_network("127.0.0.0/8")]
    with receiving() as server:
        yield server


@pytest.fixture
def kim(db: None) -> User:
    return person("kim", Role.REVIEWER)


def subscribe(owner: User, receiver: Receiver, *events: str, **columns: Any) -> Subscription:
    return Subscription.objects.create(owner=owner, url=receiver.url(), events=list(events) or ["*"], **columns)


def due_now() -> None:
    """Time passes: what waits for a later attempt is due."""
    Delivery.objects.filter(status="pending").update(next_at=timezone.now() - timedelta(seconds=1))


def a_job(owner: User | None, **columns: Any) -> ProcessingJob:
    number = Document.objects.count()
    document = Document.objects.create(
        owner=owner, sha256=f"{number:064x}", size_bytes=1, media_type="text/plain", storage_key=f"documents/{number}"
    )
    return ProcessingJob.objects.create(document=document, max_output_tokens=300, **columns)


# --- What is told -----------------------------------------------------------------------------------------------------


def test_an_approved_invoice_is_told_signed_with_the_shape_of_the_api(kim: User, receiver: Receiver) -> None:
    subscription = subscribe(kim, receiver, "invoice.ready", "invoice.approved")
    record = record_invoice(read=read(invoice()), owner_id=kim.pk)
    approve_invoice(invoice_id=record.id, by=kim)
    assert send_all_due() == 2
    assert sorted(receiver.types) == ["invoice.approved", "invoice.ready"]
    message = next(m for m in receiver.messages if m.content["type"] == "invoice.approved")
    content = message.verified(subscription.secret)
    assert content["data"]["id"] == str(record.id)
    assert content["data"]["status"] == "approved"
    assert content["data"]["total_amount"] == "119", "money is text, without needless zeros"
    assert abs(datetime.fromisoformat(content["timestamp"]) - datetime.now(UTC)) < timedelta(minutes=1)
    delivery = Delivery.objects.get(event_id=message.id)
    assert (delivery.status, delivery.status_code, delivery.attempts, delivery.response) == (
        "delivered", 200, 1, "thanks",
    )  # fmt: skip


def test_each_thing_that_happens_to_jobs_and_invoices_is_one_event(kim: User, receiver: Receiver) -> None:
    subscribe(kim, receiver)
    record = record_invoice(read=read(invoice(total_amount=None)), owner_id=kim.pk)
    reject_invoice(invoice_id=record.id, by=kim, why="no total")
    failing, cancelled, in_batch, lost = a_job(kim), a_job(kim), a_job(kim), a_job(kim)
    claim = claim_job(job_id=failing.id)
    assert claim is not None
    fail_job(claim, ExtractionFailed())
    assert cancel_job(job_id=cancelled.id)
    assert not cancel_job(job_id=cancelled.id)
    batch = Batch.objects.create(name="March")
    ProcessingJob.objects.filter(id=in_batch.id).update(batch=batch)
    assert cancel_jobs_of(batch) == 1
    past = timezone.now() - timedelta(minutes=5)
    ProcessingJob.objects.filter(id=lost.id).update(
        status="processing", lease_token=record.id, lease_until=past, attempts=3
    )
    take_back_lost_jobs()
    told = sorted((event.type, event.data["id"]) for event in Event.objects.all())
    assert told == sorted(
        [
            ("invoice.needs_review", str(record.id)),
            ("invoice.rejected", str(record.id)),
            ("job.failed", str(failing.id)),
            ("job.cancelled", str(cancelled.id)),
            ("job.cancelled", str(in_batch.id)),
            ("job.failed", str(lost.id)),
        ]
    )


def test_what_is_rolled_back_is_not_told(kim: User, receiver: Receiver) -> None:
    subscribe(kim, receiver)
    record = record_invoice(read=read(invoice()), owner_id=kim.pk)
    Event.objects.all().delete()
    with transaction.atomic():
        approve_invoice(invoice_id=record.id, by=kim)
        transaction.set_rollback(True)
    assert not Event.objects.exists()


def test_a_ceiling_that_is_reached_is_told_once_until_it_is_raised(receiver: Receiver) -> None:
    admin = person("ada", Role.ADMIN)
    subscribe(admin, receiver, "budget.exhausted", everything=True)
    budget = Budget.objects.create(scope="month", key="2026-11", budget_usd="5")
    reached = CeilingReached("The budget of the month is used up.", scope="month", key="2026-11")

    def meet() -> None:
        claim = claim_job(job_id=a_job(None).id)
        assert claim is not None
        wait(claim, error=reached)

    meet()
    meet()
    assert [event.data["scope"] for event in Event.objects.all()] == ["month"]
    Budget.objects.filter(id=budget.pk).update(budget_usd="6")
    meet()
    assert Event.objects.count() == 2


def test_a_breaker_that_opens_is_told_to_those_who_see_everything(kim: User, receiver: Receiver) -> None:
    admin = person("ada", Role.ADMIN)
    all_of_it = subscribe(admin, receiver, "breaker.opened", everything=True)
    subscribe(kim, receiver, "breaker.opened")
    admission = breaker.Admission("test/model")
    for _ in range(breaker.FAILURES_TO_OPEN):
        breaker.record_failure(admission, "503")
    assert [delivery.subscription for delivery in Delivery.objects.all()] == [all_of_it]
    breaker.forget_snapshots()


# --- To whom ----------------------------------------------------------------------------------------------------------


def test_only_ones_own_things_are_told_and_everything_only_to_those_who_may_see_it(
    kim: User, receiver: Receiver
) -> None:
    other, admin, former = person("noa", Role.REVIEWER), person("ada", Role.ADMIN), person("eve", Role.REVIEWER)
    mine = subscribe(kim, receiver)
    subscribe(other, receiver)
    everything = subscribe(admin, receiver, everything=True)
    subscribe(admin, receiver)
    subscribe(former, receiver, everything=True)  # was an admin when it was made
    subscribe(kim, receiver, "rate_card.ready")
    subscribe(kim, receiver, active=False)
    record_invoice(read=read(invoice()), owner_id=kim.pk)
    assert {delivery.subscription for delivery in Delivery.objects.all()} == {mine, everything}
    assert Event.objects.count() == 1


def test_an_account_that_is_closed_is_told_nothing(kim: User, receiver: Receiver) -> None:
    subscribe(kim, receiver)
    User.objects.filter(pk=kim.pk).update(is_active=False)
    record_invoice(read=read(invoice()), owner_id=kim.pk)
    assert not Event.objects.exists()


def test_a_job_calls_back_at_its_end_signed_with_the_secret_of_its_owner(kim: User, receiver: Receiver) -> None:
    job = a_job(kim, callback_url=receiver.url("/done"))
    cancel_job(job_id=job.id)
    assert send_all_due() == 1
    (message,) = receiver.messages
    assert message.path == "/done"
    content = message.verified(callback_secret(owner_id=kim.pk).secret)
    assert (content["type"], content["data"]["id"]) == ("job.cancelled", str(job.id))


def test_private_addresses_are_not_sent_to(kim: User, receiver: Receiver, settings: Settings) -> None:
    settings.WEBHOOK_PRIVATE_NETWORKS = []
    for url in (receiver.url(), "https://localhost/", "https://169.254.169.254/", "https://[::1]/", "ftp://a.example/"):
        answer = post_message(url=url, message_id="1", body=b"{}", secrets=[], attempt=1)
        assert answer.status is None
        assert "public internet" in answer.error
    resolved_inside = post_message(
        url="https://hook.example/", message_id="1", body=b"{}", secrets=[], attempt=1,
        resolve=lambda host, port: ["10.0.0.1"],
    )  # fmt: skip
    assert "public internet" in resolved_inside.error
    assert receiver.messages == []


def test_redirects_are_not_followed(kim: User, receiver: Receiver) -> None:
    subscribe(kim, receiver)
    receiver.answers = [(302, {"Location": receiver.url("/elsewhere")})]
    record_invoice(read=read(invoice()), owner_id=kim.pk)
    send_all_due()
    assert [message.path for message in receiver.messages] == ["/hook"]
    assert Delivery.objects.get().status == "pending"


# --- Again ------------------------------------------------------------------------------------------------------------


def test_a_receiver_that_fails_and_comes_back_gets_each_event_with_the_same_id(kim: User, receiver: Receiver) -> None:
    subscription = subscribe(kim, receiver, "invoice.ready", "invoice.needs_review")
    receiver.answers = [(500, {}), (503, {}), (500, {}), (404, {}), (429, {})]
    for number in ("R-1", "R-2", "R-3"):
        record_invoice(read=read(invoice(number, total_amount=None)), owner_id=kim.pk)
    send_all_due()
    waiting = Delivery.objects.filter(status="pending")
    assert waiting.count() == 3
    for delivery in waiting.all():
        assert timedelta(seconds=4) < delivery.next_at - timezone.now() < timedelta(seconds=7)  # type: ignore[operator]
    assert send_all_due() == 0, "none is due yet"
    subscription.refresh_from_db()
    assert subscription.failures == 3
    due_now()
    send_all_due()
    due_now()
    send_all_due()
    assert not waiting.exists()
    ids = [message.id for message in receiver.messages]
    assert len(ids) == 8
    assert set(ids) == {str(event.id) for event in Event.objects.all()}
    by_id: dict[str, set[bytes]] = {}
    for message in receiver.messages:
        message.verified(subscription.secret)
        by_id.setdefault(message.id, set()).add(message.body)
    assert all(len(bodies) == 1 for bodies in by_id.values()), "an event says the same at each attempt"
    subscription.refresh_from_db()
    assert (subscription.failures, subscription.failing_since) == (0, None)


def test_the_waits_grow_as_standard_webhooks_say_and_end(kim: User, receiver: Receiver) -> None:
    subscribe(kim, receiver)
    receiver.answers = [(500, {})] * 20
    record_invoice(read=read(invoice()), owner_id=kim.pk)
    waits = []
    while send_all_due():
        delivery = Delivery.objects.get()
        if delivery.next_at is not None:
            waits.append((delivery.next_at - timezone.now()).total_seconds())
        due_now()
    planned = [5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400]
    assert len(waits) == len(planned)
    for seconds, plan in zip(waits, planned, strict=True):
        assert plan - 2 <= seconds <= min(plan * 1.2, 86_400) + 2
    delivery = Delivery.objects.get()
    assert (delivery.status, delivery.attempts, delivery.status_code) == ("failed", 10, 500)


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_a_receiver_that_names_a_time_is_given_it(kim: User, receiver: Receiver, form: str) -> None:
    later = datetime.now(UTC) + timedelta(hours=1)
    given = "3600" if form == "seconds" else later.strftime("%a, %d %b %Y %H:%M:%S GMT")
    subscribe(kim, receiver)
    receiver.answers = [(429, {"Retry-After": given})]
    record_invoice(read=read(invoice()), owner_id=kim.pk)
    send_all_due()
    wait = Delivery.objects.get().next_at - timezone.now()  # type: ignore[operator]
    assert timedelta(minutes=50) < wait < timedelta(minutes=61)


def test_a_receiver_that_is_gone_is_sent_nothing_more_and_its_owner_is_told(kim: User, receiver: Receiver) -> None:
    with receiving() as second:
        watching = subscribe(kim, second, "webhook.disabled")
        gone = subscribe(kim, receiver, "invoice.ready")
        receiver.answers = [(410, {})]
        for number in ("R-1", "R-2"):
            record_invoice(read=read(invoice(number, total_amount=None)), owner_id=kim.pk)
            record_invoice(read=read(invoice(f"{number}-whole", vendor_name=f"V{number}")), owner_id=kim.pk)
        send_all_due()
        gone.refresh_from_db()
        assert (gone.active, gone.disabled_why) == (False, "The receiver answered 410 Gone.")
        assert len(receiver.messages) == 1
        (told,) = second.messages
        content = told.verified(watching.secret)
        assert (content["type"], content["data"]["webhook"]) == ("webhook.disabled", str(gone.id))


def test_after_days_of_failures_sending_stops_and_goes_on_where_it_was_when_made_active(
    kim: User, receiver: Receiver
) -> None:
    subscription = subscribe(kim, receiver, failing_since=timezone.now() - timedelta(hours=73), failures=9)
    receiver.answers = [(500, {})]
    for number in ("R-1", "R-2"):
        record_invoice(read=read(invoice(number)), owner_id=kim.pk)
    send_all_due()
    subscription.refresh_from_db()
    assert not subscription.active
    assert "72 hours" in subscription.disabled_why
    assert send_all_due() == 0
    change_subscription(subscription=subscription, active=True)
    send_all_due()
    assert Delivery.objects.filter(status="delivered").count() == 2
    subscription.refresh_from_db()
    assert (subscription.active, subscription.disabled_at, subscription.disabled_why) == (True, None, "")


def test_a_receiver_that_hangs_is_left_after_its_time(kim: User, receiver: Receiver, settings: Settings) -> None:
    settings.WEBHOOK_TIMEOUT_SECONDS = 0.5
    subscribe(kim, receiver)
    receiver.hangs.set()
    record_invoice(read=read(invoice()), owner_id=kim.pk)
    started = time.monotonic()
    send_all_due()
    assert time.monotonic() - started < 3
    delivery = Delivery.objects.get()
    assert (delivery.status, delivery.error) == ("pending", "The receiver did not respond in time.")


def test_an_event_is_sent_again_on_demand_under_its_first_id(kim: User, receiver: Receiver) -> None:
    subscribe(kim, receiver)
    record_invoice(read=read(invoice()), owner_id=kim.pk)
    send_all_due()
    replay_delivery(delivery=Delivery.objects.get())
    send_all_due()
    first, second = receiver.messages
    assert first.id == second.id


def test_a_new_secret_signs_beside_the_old_one_for_a_day(kim: User, receiver: Receiver) -> None:
    subscription = subscribe(kim, receiver)
    old = subscription.secret
    subscription.rotate()
    record_invoice(read=read(invoice()), owner_id=kim.pk)
    send_all_due()
    receiver.messages[0].verified(old)
    receiver.messages[0].verified(subscription.secret)
    Subscription.objects.update(previous_secret_until=timezone.now() - timedelta(seconds=1))
    replay_delivery(delivery=Delivery.objects.get())
    send_all_due()
    with pytest.raises(WebhookVerificationError):
        receiver.messages[1].verified(old)


def test_two_couriers_never_hold_the_same_delivery_and_a_late_one_records_nothing(
    kim: User, receiver: Receiver
) -> None:
    subscribe(kim, receiver)
    record_invoice(read=read(invoice()), owner_id=kim.pk)
    first = claim_delivery()
    assert first is not None
    assert claim_delivery() is None
    due_now()  # its lease has passed
    second = claim_delivery()
    assert second is not None
    record_answer(first, Answer(status=500, error="late", excerpt="", duration_ms=1))
    record_answer(second, Answer(status=200, error="", excerpt="", duration_ms=1))
    assert Delivery.objects.get().status == "delivered"


def test_a_receiver_that_is_slow_leaves_room_for_others(kim: User, receiver: Receiver) -> None:
    slow = subscribe(kim, receiver, "invoice.ready", "invoice.needs_review")
    other = subscribe(kim, receiver, "invoice.approved")
    records = [record_invoice(read=read(invoice(f"R-{n}", vendor_name=f"V{n}")), owner_id=kim.pk) for n in range(4)]
    approve_invoice(invoice_id=records[0].id, by=kim, override="as agreed")
    held = [claim_delivery() for _ in range(3)]
    assert [h.delivery.subscription_id for h in held if h] == [slow.id, slow.id, other.id]


def test_old_events_are_forgotten_and_what_still_waits_is_not(kim: User, receiver: Receiver) -> None:
    subscription = subscribe(kim, receiver)
    record_invoice(read=read(invoice("R-1")), owner_id=kim.pk)
    send_all_due()
    record_invoice(read=read(invoice("R-2")), owner_id=kim.pk)
    waiting = Delivery.objects.get(status="pending").event_id
    Event.objects.update(created_at=timezone.now() - timedelta(days=31))
    purge_events()
    assert [event.id for event in Event.objects.all()] == [waiting]
    disable(subscription_id=subscription.id, why="by a person")
    purge_events()
    assert not Event.objects.exclude(type="webhook.disabled").exists()


# --- Nothing is lost --------------------------------------------------------------------------------------------------

_APPROVE_AND_DIE = """
import os, signal, sys, django
django.setup()
from django.contrib.auth.models import User
from invoices.services.decisions import approve_invoice
approve_invoice(invoice_id=sys.argv[1], by=User.objects.get(username="kim"))
os.kill(os.getpid(), signal.SIGKILL)
"""
_SEND = """
import django
django.setup()
from invoicesite.webhooks.couriers import send_all_due
send_all_due()
"""


@pytest.fixture
def another_process() -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    started: list[subprocess.Popen[bytes]] = []

    def start(script: str, *arguments: str) -> subprocess.Popen[bytes]:
        environment = {
            **os.environ,
            "DATABASE_URL": url_of(str(connection.settings_dict["NAME"])),
            "DJANGO_SETTINGS_MODULE": "invoicesite.settings",
            "WEBHOOK_PRIVATE_NETWORKS": "127.0.0.0/8",
        }
        process = subprocess.Popen([sys.executable, "-c", script, *arguments], cwd=ROOT, env=environment)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


@pytest.mark.django_db(transaction=True)
def test_a_process_that_dies_between_commit_and_sending_loses_no_event(
    receiver: Receiver, another_process: Callable[..., subprocess.Popen[bytes]]
) -> None:
    kim = User.objects.create_user("kim", is_superuser=True)
    subscription = subscribe(kim, receiver, "invoice.approved")
    record = record_invoice(read=read(invoice()), owner_id=kim.pk)
    assert another_process(_APPROVE_AND_DIE, str(record.id)).wait(timeout=60) == -9
    OrmQ.objects.all().delete()  # the queue forgot, as one in Redis may
    sweep_jobs()
    assert OrmQ.objects.count() == 1, "the sweep wakes a worker for what lies there"
    send_all_due()
    (message,) = receiver.messages
    assert message.verified(subscription.secret)["data"]["id"] == str(record.id)


@pytest.mark.django_db(transaction=True)
def test_a_process_that_dies_while_it_sends_is_followed_by_another(
    receiver: Receiver, another_process: Callable[..., subprocess.Popen[bytes]]
) -> None:
    kim = User.objects.create_user("kim", is_superuser=True)
    subscription = subscribe(kim, receiver)
    record_invoice(read=read(invoice()), owner_id=kim.pk)
    receiver.hangs.set()
    sending = another_process(_SEND)
    until = time.monotonic() + 60
    while not receiver.messages and time.monotonic() < until:
        time.sleep(0.05)
    sending.kill()
    sending.wait()
    receiver.hangs.clear()
    assert send_all_due() == 0, "its lease has not passed"
    due_now()
    assert send_all_due() == 1
    first, second = receiver.messages
    assert first.id == second.id
    second.verified(subscription.secret)
    assert Delivery.objects.get().status == "delivered"
