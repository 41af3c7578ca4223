"""Requests that a client may send twice: the second gets the answer of the first (IETF draft-ietf-httpapi-idempotency-
key-header). Only answers of success are kept: a request that failed has left nothing and may be sent again."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models.functions import Now

from common.errors import InvoicesiteError
from processing.models import IdempotentRequest

KEPT = timedelta(hours=24)
# Longer than a request with an upload takes; then the process that had it is taken for dead.
HELD = timedelta(minutes=2)


class KeyReused(InvoicesiteError):
    code = "idempotency_key_reused"
    http_status = 422
    default_message = "This Idempotency-Key was used for a different request."


class FirstUnderWay(InvoicesiteError):
    code = "idempotency_in_progress"
    http_status = 409
    permanent = False
    retry_after_seconds = 1
    default_message = "The first request with this Idempotency-Key is still running."


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: str
    headers: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Turn:
    """The right to answer for a key."""

    row_id: int
    token: UUID


def begin_request(*, user_id: int, key: str, fingerprint: str) -> Turn | Answer:
    """The turn of this request, or the answer that an earlier one got. Raises KeyReused and FirstUnderWay."""
    token = uuid.uuid4()
    columns = {"fingerprint": fingerprint, "token": token, "held_until": Now() + HELD}
    known = IdempotentRequest.objects.filter(user_id=user_id, key=key)
    known.filter(created_at__lt=Now() - KEPT).delete()
    new = IdempotentRequest(user_id=user_id, key=key, **columns)
    IdempotentRequest.objects.bulk_create([new], ignore_conflicts=True)
    row = known.first()
    if row is None:  # it failed between the two statements: its turn is over
        raise FirstUnderWay
    if row.token == token:
        return Turn(row.pk, token)
    if row.fingerprint != fingerprint:
        raise KeyReused
    if row.status is not None:
        return Answer(row.status, row.body, row.headers)
    if known.filter(token=row.token, status=None, held_until__lt=Now()).update(**columns) == 1:
        return Turn(row.pk, token)
    raise FirstUnderWay


def keep_answer(turn: Turn, answer: Answer) -> None:
    """From now on repeats get this answer."""
    IdempotentRequest.objects.filter(pk=turn.row_id, token=turn.token).update(
        status=answer.status, body=answer.body, headers=answer.headers
    )


def give_up(turn: Turn) -> None:
    """The request failed: the key is free again."""
    IdempotentRequest.objects.filter(pk=turn.row_id, token=turn.token, status=None).delete()


def forget_old_requests() -> int:
    """Delete what is kept for longer than a day; gives how many."""
    return IdempotentRequest.objects.filter(created_at__lt=Now() - KEPT).delete()[0]
