"""Sending what is due: claimed by a conditional UPDATE with a lease, sent without a transaction, recorded by whoever
still holds it. At least once: what a dead courier held becomes due again when its lease has passed."""

from __future__ import annotations

import json
import os
import random
import threading
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import Error, connection, transaction
from django.db.models import F
from django.db.models.functions import Coalesce, Now
from django.utils import timezone

from common.telemetry.counters import count
from invoicesite.webhooks.models import Delivery, Subscription
from invoicesite.webhooks.posting import Answer, post_message
from invoicesite.webhooks.services import callback_secret, disable

log = structlog.get_logger(__name__)

COURIERS = 6  # threads of one worker process
AT_ONCE = 2  # to one subscription: a receiver that hangs leaves room for the others
LEASES = 3  # of time-outs: an attempt is over long before
LONGEST_WAIT_SECONDS = 86_400
_SPREAD = 0.2  # those that failed together come back up to a fifth later, not all at once

_CLAIM = """
UPDATE webhooks_delivery SET attempts = attempts + 1, lease_token = %(token)s,
    next_at = statement_timestamp() + make_interval(secs => %(lease)s), attempted_at = statement_timestamp()
WHERE id = (
    SELECT d.id FROM webhooks_delivery d LEFT JOIN webhooks_subscription s ON s.id = d.subscription_id
    WHERE d.status = 'pending' AND d.next_at <= statement_timestamp() AND (s.id IS NULL OR s.active)
        AND NOT EXISTS (SELECT FROM webhooks_outboxhold h WHERE h.released_at IS NULL)
        AND (SELECT count(*) FROM webhooks_delivery u WHERE u.subscription_id = d.subscription_id
            AND u.lease_token IS NOT NULL AND u.next_at > statement_timestamp()) < %(at_once)s
    ORDER BY d.next_at LIMIT 1 FOR UPDATE OF d SKIP LOCKED)
RETURNING id
"""


@dataclass(frozen=True, slots=True)
class Held:
    """A delivery that this process sends, until its lease ends."""

    delivery: Delivery
    token: uuid.UUID
    url: str
    secrets: list[str]


def send_all_due() -> int:
    """Send all that is due, one after the other; gives how many were sent, with success or without."""
    sent = 0
    while (held := claim_delivery()) is not None:
        record_answer(held, _post(held))
        sent += 1
    return sent


def claim_delivery() -> Held | None:
    """Take the delivery that has been due for the longest, or None. The lease is longer than an attempt can take."""
    token = uuid.uuid4()
    lease_seconds = LEASES * float(settings.WEBHOOK_TIMEOUT_SECONDS)
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, {"token": token, "lease": lease_seconds, "at_once": AT_ONCE})
        row = cursor.fetchone()
    if row is None:
        return None
    delivery = Delivery.objects.select_related("event", "subscription").get(id=row[0])
    if delivery.subscription is not None:
        return Held(delivery, token, delivery.subscription.url, delivery.subscription.secrets_now())
    owner_id = delivery.event.owner_id
    secrets = callback_secret(owner_id=owner_id).secrets_now() if owner_id is not None else []
    return Held(delivery, token, delivery.callback_url, secrets)


def record_answer(held: Held, answer: Answer) -> None:
    """Write down how an attempt went, and when the next one is. Does nothing for a delivery that another holds by
    now."""
    delivery, now = held.delivery, timezone.now()
    columns: dict[str, Any] = {
        "lease_token": None,
        "status_code": answer.status,
        "error": answer.error[:300],
        "response": answer.excerpt[:1000],
        "duration_ms": answer.duration_ms,
    }
    next_at = None if answer.ok or answer.gone else _next_attempt(delivery.attempts, answer, now)
    if answer.ok:
        columns |= {"status": Delivery.Status.DELIVERED, "next_at": None}
    elif next_at is None:
        columns |= {"status": Delivery.Status.FAILED, "next_at": None}
    else:
        columns["next_at"] = next_at
    with transaction.atomic():
        mine = Delivery.objects.filter(id=delivery.id, lease_token=held.token)
        if mine.update(**columns) != 1:
            return
        if delivery.subscription_id is not None:
            _note(delivery.subscription_id, answer, now)
    count("webhook_sends", outcome="delivered" if answer.ok else "failed")
    log.info("webhook_sent", delivery=str(delivery.id), ok=answer.ok, status=answer.status, error=answer.error)


def start_couriers(*, stopping: threading.Event) -> int:
    """Have threads of this process send what is due, as many as are free; gives how many began."""
    return _office().start(stopping)


def _next_attempt(attempts: int, answer: Answer, now: datetime) -> datetime | None:
    """None where the attempts are used up. A receiver that asks to wait (Retry-After) is given the time."""
    waits = settings.WEBHOOK_RETRY_SECONDS
    if attempts > len(waits):
        return None
    seconds = waits[attempts - 1] * (1 + random.uniform(0, _SPREAD))
    return now + timedelta(seconds=min(max(seconds, answer.retry_after_seconds or 0.0), LONGEST_WAIT_SECONDS))


def _note(subscription_id: uuid.UUID, answer: Answer, now: datetime) -> None:
    subscriptions = Subscription.objects.filter(id=subscription_id)
    if answer.ok:
        subscriptions.filter(failures__gt=0).update(failures=0, failing_since=None)
        return
    subscriptions.update(failures=F("failures") + 1, failing_since=Coalesce(F("failing_since"), Now()))
    if answer.gone:
        disable(subscription_id=subscription_id, why="The receiver answered 410 Gone.")
        return
    patience = timedelta(hours=settings.WEBHOOK_DISABLE_AFTER_HOURS)
    if subscriptions.filter(failing_since__lt=now - patience).exists():
        why = f"Every attempt failed for {settings.WEBHOOK_DISABLE_AFTER_HOURS} hours; the last: {answer.error}"
        disable(subscription_id=subscription_id, why=why)


def _post(held: Held) -> Answer:
    return post_message(
        url=held.url,
        message_id=str(held.delivery.event_id),
        body=body_of(held.delivery),
        secrets=held.secrets,
        attempt=held.delivery.attempts,
    )


def body_of(delivery: Delivery) -> bytes:
    """The message, the same bytes at each attempt."""
    event = delivery.event
    message = {"type": event.type, "timestamp": event.created_at, "data": event.data}
    return json.dumps(message, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":")).encode()


class _Office:
    """The sending threads of one process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._working = 0

    def start(self, stopping: threading.Event) -> int:
        with self._lock:
            free = COURIERS - self._working
            self._working += free
        for _ in range(free):
            # Ends with the process, in the middle if need be: the lease brings back what it held.
            threading.Thread(target=self._work, args=(stopping,), name="courier", daemon=True).start()
        return free

    def _work(self, stopping: threading.Event) -> None:
        try:
            while not stopping.is_set() and (held := claim_delivery()) is not None:
                connection.close()  # none is held while a receiver answers
                answer = _post(held)
                record_answer(held, answer)
        except Error as error:
            log.warning("webhook_courier_stopped", error=type(error).__name__)
        finally:
            connection.close()
            with self._lock:
                self._working -= 1


_offices: dict[int, _Office] = {}


def _office() -> _Office:
    # By process: the threads of a parent are not there after a fork.
    return _offices.setdefault(os.getpid(), _Office())
