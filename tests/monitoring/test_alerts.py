"""Alerts from the product itself: to real servers on this machine, once each, in time and not at night."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from email.message import Message
from ipaddress import ip_network
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as Handler
from django.utils import timezone
from django_q.models import Schedule
from pytest_django import Settings

from invoicesite.monitoring.alerts.kinds import ENDS_SILENTLY, LEVELS, Seen, look
from invoicesite.monitoring.alerts.services import note_seen, send_due, take_round
from invoicesite.monitoring.alerts.times import after_quiet_hours, due_at
from invoicesite.monitoring.models import Alert, AlertMessage
from invoicesite.monitoring.runs import note_run, note_task
from processing.models import Batch, Breaker, Budget, ProcessingJob
from processing.spending.ledger import month_key
from tests.live_programs import free_port
from tests.processing.ledger_factories import make_batch, make_job
from tests.webhook_receiver import Receiver, receiving

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]
NOON = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
STUCK = Seen("queue_stuck", "queue_stuck/batch", "The queue of batches is stuck", "3 documents wait.")
PAUSED = Seen("batch_paused", "batch_paused", "1 batches are paused")


class _Kept(Handler):
    def __init__(self) -> None:
        super().__init__()
        self.mails: list[Message] = []

    def handle_message(self, message: Message) -> None:
        self.mails.append(message)


@pytest.fixture
def mails(settings: Settings) -> Iterator[list[Message]]:
    """What a mail server on this machine was given."""
    kept = _Kept()
    server = Controller(kept, hostname="127.0.0.1", port=free_port())
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.ALERT_MAIL_TO = ["ops@example.com"]
    yield kept.mails
    server.stop()


@pytest.fixture
def slack(settings: Settings) -> Iterator[Receiver]:
    settings.WEBHOOK_PRIVATE_NETWORKS = [ip_network("127.0.0.0/8")]
    with receiving() as server:
        settings.ALERT_WEBHOOKS = [("slack", server.url("/services/T0/B0"))]
        yield server


def month(used: str, ceiling: str = "100") -> None:
    columns = {"budget_usd": Decimal(ceiling), "spent_usd": Decimal(used)}
    Budget.objects.update_or_create(scope="month", key=month_key(timezone.now()), defaults=columns)


def of_kind(*kinds: str) -> list[Seen]:
    return [seen for seen in look({}) if seen.kind in kinds]


def texts(receiver: Receiver) -> list[str]:
    return [json.loads(message.body)["text"] for message in receiver.messages]


def test_a_budget_is_told_at_50_80_and_100_per_cent_once_each(slack: Receiver, settings: Settings) -> None:
    settings.ALERT_DIGEST_MINUTES = 0
    for used in ("10", "49.9", "51", "60", "79", "85", "86", "99", "100", "100"):
        month(used)
        note_seen(of_kind("budget_threshold", "budget_exhausted"))
        send_due()
    told = texts(slack)
    assert [text.split(" of the budget")[0].split(" ", 1)[1] for text in told[:2]] == ["50 %", "80 %"]
    assert told[2].startswith("🔴 The budget of month")
    assert "100.00 of 100.00 USD." in told[2]
    assert len(told) == 3


def test_a_jump_over_two_thresholds_tells_the_higher_one(slack: Receiver, settings: Settings) -> None:
    settings.ALERT_DIGEST_MINUTES = 0
    month("90")
    note_seen(of_kind("budget_threshold"))
    send_due()
    (told,) = texts(slack)
    assert "80 %" in told
    assert "50 %" not in told


def test_danger_is_mailed_and_posted_at_once_and_told_once(mails: list[Message], slack: Receiver) -> None:
    for second in range(3):
        note_seen([STUCK], now=NOON + timedelta(minutes=second))
        send_due(now=NOON + timedelta(minutes=second))
    (mail,) = mails
    assert mail["Subject"] == "[Invoicesite] The queue of batches is stuck"
    assert mail["To"] == "ops@example.com"
    assert "3 documents wait." in str(mail.get_payload(decode=True), "utf-8")
    assert texts(slack) == ["🔴 The queue of batches is stuck 3 documents wait."]
    assert Alert.objects.count() == 1

    note_seen([], now=NOON + timedelta(minutes=3))
    assert Alert.objects.get().ended_at is None, "what comes and goes is not told"
    note_seen([], now=NOON + timedelta(minutes=10))
    send_due(now=NOON + timedelta(minutes=30))
    assert texts(slack)[1:] == ["🟢 Over: The queue of batches is stuck 3 documents wait."]
    note_seen([STUCK], now=NOON + timedelta(hours=1))
    send_due(now=NOON + timedelta(hours=1))
    assert len(texts(slack)) == 3, "a new one is told anew"


def test_what_is_not_urgent_comes_together(slack: Receiver, settings: Settings) -> None:
    note_seen([PAUSED], now=NOON)
    note_seen(
        [PAUSED, Seen("breaker_open", "breaker_open/m", "Calls to m are paused")], now=NOON + timedelta(minutes=9)
    )
    assert send_due(now=NOON + timedelta(minutes=14)) == 0
    assert send_due(now=NOON + timedelta(minutes=15)) == 2
    assert texts(slack) == ["🟠 1 batches are paused\n🟠 Calls to m are paused"]


def test_nights_are_quiet_but_for_danger(slack: Receiver, settings: Settings) -> None:
    settings.ALERT_QUIET_HOURS, settings.ALERT_ZONE = (time(20), time(7)), ZoneInfo("Europe/Berlin")
    evening = datetime(2026, 11, 30, 19, 0, tzinfo=UTC)  # 20:00 in Berlin
    note_seen([PAUSED, STUCK], now=evening)
    assert send_due(now=evening) == 1
    assert send_due(now=evening + timedelta(hours=10, minutes=59)) == 0
    assert send_due(now=evening + timedelta(hours=11)) == 1
    assert texts(slack) == [f"🔴 {STUCK.title} {STUCK.detail}", f"🟠 {PAUSED.title}"]


def test_quiet_hours_end_when_they_say() -> None:
    night, day = (time(20), time(7)), (time(12), time(13))
    zone = ZoneInfo("America/New_York")
    for quiet, moment, told in (
        (night, "2026-11-30T23:30", "2026-12-01T07:00"),
        (night, "2026-12-01T02:00", "2026-12-01T07:00"),
        (night, "2026-12-01T07:00", "2026-12-01T07:00"),
        (night, "2026-12-01T19:59", "2026-12-01T19:59"),
        (day, "2026-12-01T12:30", "2026-12-01T13:00"),
    ):
        at = datetime.fromisoformat(moment).replace(tzinfo=zone)
        assert after_quiet_hours(at, quiet=quiet, zone=zone) == datetime.fromisoformat(told).replace(tzinfo=zone)
    now = NOON
    assert due_at(now, level="danger", digest=timedelta(hours=1), quiet=(time(0), time(23)), zone=zone) == now


def test_what_was_not_taken_is_sent_again_and_a_private_address_is_never_asked(
    slack: Receiver, settings: Settings
) -> None:
    slack.answers.append((500, {}))
    note_seen([STUCK], now=NOON)
    assert send_due(now=NOON) == 0
    assert send_due(now=NOON + timedelta(seconds=30)) == 0
    assert send_due(now=NOON + timedelta(seconds=61)) == 1
    assert len(slack.messages) == 2

    settings.WEBHOOK_PRIVATE_NETWORKS = []
    note_seen([STUCK, Seen("no_worker", "no_worker/batch", "No worker")], now=NOON + timedelta(minutes=2))
    assert send_due(now=NOON + timedelta(minutes=2)) == 0
    assert len(slack.messages) == 2
    assert "not allowed" in AlertMessage.objects.get(sent_at=None).error


def test_a_held_message_is_not_sent_twice(slack: Receiver) -> None:
    note_seen([STUCK], now=NOON)
    AlertMessage.objects.update(lease_until=NOON + timedelta(seconds=100))
    assert send_due(now=NOON) == 0
    assert send_due(now=NOON + timedelta(seconds=101)) == 1, "whoever held it died"
    assert take_round(now=NOON)
    assert not take_round(now=NOON + timedelta(seconds=30)), "of all that watch, one looks"
    assert take_round(now=NOON + timedelta(seconds=61))


def test_teams_gets_a_card(slack: Receiver, settings: Settings) -> None:
    settings.ALERT_WEBHOOKS = [("teams", slack.url("/workflows/1"))]
    note_seen([STUCK], now=NOON)
    send_due(now=NOON)
    (card,) = [json.loads(message.body)["attachments"][0] for message in slack.messages]
    assert card["contentType"] == "application/vnd.microsoft.card.adaptive"
    assert card["content"]["body"][0]["text"].startswith("🔴 The queue")


def test_what_is_wrong_is_seen() -> None:
    now = timezone.now()
    Schedule.objects.update(next_run=now)
    assert {seen.kind for seen in look({"var": 0.5})} == {"no_worker"}
    hours = timedelta(hours=2)
    late, dead, waits = make_job(), make_job(), make_job()
    ProcessingJob.objects.filter(id=late.id).update(created_at=now - hours)
    ended = {"status": "failed", "error_code": "extraction_failed", "outcome": "unreadable", "finished_at": now}
    ProcessingJob.objects.filter(id=dead.id).update(**ended)
    ProcessingJob.objects.filter(id=waits.id).update(created_at=now - hours, not_before=now + hours)
    Batch.objects.filter(id=make_batch().id).update(status="paused")
    Breaker.objects.create(name="p/auth", state="open", cause="auth", opened_at=now)
    Breaker.objects.create(name="p/brief", state="open", cause="failures", opened_at=now)
    Breaker.objects.create(name="p/long", state="open", cause="failures", opened_at=now - hours)
    result = (
        "Wrong : Traceback (most recent call last):\n  File\nprocessing.channels.mailbox.MailboxUnavailable: secret"
    )
    note_task({"group": "mailbox", "success": False, "result": result})
    note_run("backup", error="BackupRefused")
    keys = {seen.key for seen in look({"var": 0.02})}
    assert {key.rpartition("/disk_low")[0] or key for key in keys if not key.startswith("disk_low")} == {
        "no_worker/invoicesite", "no_worker/batch", "queue_stuck/invoicesite", "dead_letters/extraction_failed",
        "batch_paused", "breaker_open/p/auth", "breaker_open/p/long", "mailbox_failed/mailbox", "backup_failed/backup",
    }  # fmt: skip
    assert any(key.startswith("disk_low/") for key in keys)
    note_run("backup")
    note_task({"group": "mailbox", "success": True})
    assert not of_kind("backup_failed", "mailbox_failed")


def test_each_kind_has_a_runbook() -> None:
    page = (ROOT / "docs" / "operations.md").read_text()
    assert set(LEVELS) >= ENDS_SILENTLY
    assert [kind for kind in LEVELS if f"| `{kind}` |" not in page] == []
