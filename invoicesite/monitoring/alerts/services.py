"""Writes of alerts: what is seen becomes an alert once, and each channel is told once of its beginning and its end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import uuid4

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F, Min, Q
from django.utils import timezone

from common.telemetry.counters import count
from invoicesite.monitoring.alerts.channels import Channel, channels, send
from invoicesite.monitoring.alerts.kinds import ENDS_SILENTLY, Seen, look
from invoicesite.monitoring.alerts.times import due_at
from invoicesite.monitoring.models import Alert, AlertMessage, ScheduledRun

log = structlog.get_logger(__name__)

ROUND = "alerts"
ROUND_SECONDS = 60.0
GONE_SECONDS = 150.0  # what is not seen for so long is over: what comes and goes is told once
LEASE_SECONDS = 120.0
RETRY_SECONDS = (60, 300, 900, 3600)
GIVEN_UP = timedelta(days=1)
KEPT = timedelta(days=90)

What = AlertMessage.What


def take_round(*, now: datetime | None = None) -> bool:
    """Whether it is this process's turn to look: of all that watch, one a minute is."""
    now = now or timezone.now()
    ScheduledRun.objects.get_or_create(name=ROUND)
    due = Q(succeeded_at=None) | Q(succeeded_at__lt=now - timedelta(seconds=ROUND_SECONDS - 5))
    return ScheduledRun.objects.filter(due, name=ROUND).update(succeeded_at=now) == 1


def look_round(disks: Mapping[str, float]) -> int:
    """Look at the site and note what changed; gives how many alerts began."""
    began = note_seen(look(disks))
    Alert.objects.filter(ended_at__lt=timezone.now() - KEPT).delete()
    return began


@transaction.atomic
def note_seen(seen: Iterable[Seen], *, now: datetime | None = None) -> int:
    """Open alerts for what is new, keep those that are seen again, end those that are gone. Gives how many are new."""
    now = now or timezone.now()
    known = {alert.key: alert for alert in Alert.objects.select_for_update().filter(ended_at=None)}
    began = 0
    for each in {entry.key: entry for entry in seen}.values():
        if each.key in known:
            Alert.objects.filter(pk=known[each.key].pk).update(seen_at=now, detail=each.detail[:500])
            continue
        alert = Alert(
            key=each.key[:300], kind=each.kind, level=each.level, title=each.title[:200], detail=each.detail[:500],
            began_at=now, seen_at=now,
        )  # fmt: skip
        Alert.objects.bulk_create([alert], ignore_conflicts=True)
        opened = Alert.objects.filter(key=alert.key, ended_at=None, began_at=now).first()
        if opened is None:
            continue  # another process saw it at this moment
        began += 1
        log.warning("alert_began", alert=opened.kind, key=opened.key)
        if each.told:
            _address(opened, What.BEGAN, now)
    for gone in Alert.objects.filter(ended_at=None, seen_at__lt=now - timedelta(seconds=GONE_SECONDS)):
        _end(gone, now)
    return began


def _end(alert: Alert, now: datetime) -> None:
    Alert.objects.filter(pk=alert.pk).update(ended_at=now)
    log.info("alert_ended", alert=alert.kind, key=alert.key)
    alert.messages.filter(what=What.BEGAN, sent_at=None, lease_until=None).delete()  # nobody needs to hear of it now
    told = list(alert.messages.filter(what=What.BEGAN).values_list("channel", flat=True))
    if alert.kind not in ENDS_SILENTLY:
        _address(alert, What.ENDED, now, only=told)


def _address(alert: Alert, what: What, now: datetime, *, only: Sequence[str] | None = None) -> None:
    """Make a message for each channel. What is not urgent joins the digest that is on its way."""
    when = due_at(
        now,
        level=alert.level if what == What.BEGAN else "warning",
        digest=timedelta(minutes=float(settings.ALERT_DIGEST_MINUTES)),
        quiet=settings.ALERT_QUIET_HOURS,
        zone=settings.ALERT_ZONE,
    )
    for key in channels():
        if only is not None and key not in only:
            continue
        waiting = AlertMessage.objects.filter(channel=key, sent_at=None, due_at__gt=now, attempts=0)
        first = waiting.aggregate(first=Min("due_at"))["first"]
        due = when if when == now or first is None else min(when, first)
        AlertMessage.objects.bulk_create(
            [AlertMessage(alert=alert, channel=key, what=what, due_at=due)], ignore_conflicts=True
        )


def send_due(*, now: datetime | None = None) -> int:
    """Send what is due, one message a channel; gives how many alerts were told."""
    told = 0
    for channel in channels().values():
        now = now or timezone.now()
        messages = _claim(channel, now)
        if messages:
            error = send(channel, messages)
            _record(messages, error, now)
            count("alerts_sent", channel=channel.style, outcome="failed" if error else "sent")
            told += 0 if error else len(messages)
    return told


def _claim(channel: Channel, now: datetime) -> list[AlertMessage]:
    """Taken by one UPDATE with a lease: two processes never hold the same message."""
    free = Q(lease_until=None) | Q(lease_until__lt=now)
    due = AlertMessage.objects.filter(free, channel=channel.key, sent_at=None, due_at__lte=now)
    # A lease of its own tells which rows this process got.
    lease = now + timedelta(seconds=LEASE_SECONDS, microseconds=uuid4().int % 1_000_000)
    if not due.update(lease_until=lease):
        return []
    held = AlertMessage.objects.filter(channel=channel.key, sent_at=None, lease_until=lease)
    return list(held.select_related("alert").order_by("alert__level", "id"))


def _record(messages: list[AlertMessage], error: str, now: datetime) -> None:
    held = AlertMessage.objects.filter(pk__in=[message.pk for message in messages])
    if not error:
        held.update(sent_at=now, lease_until=None, error="")
        log.info("alerts_sent", alerts=len(messages), channel=messages[0].channel)
        return
    log.error("alerts_not_sent", alerts=len(messages), channel=messages[0].channel, error=error)
    wait = RETRY_SECONDS[min(messages[0].attempts, len(RETRY_SECONDS) - 1)]
    held.update(lease_until=None, error=error[:300], attempts=F("attempts") + 1, due_at=now + timedelta(seconds=wait))
    AlertMessage.objects.filter(sent_at=None, alert__began_at__lt=now - GIVEN_UP, attempts__gt=0).delete()
