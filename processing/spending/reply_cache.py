"""Replies that were paid once: kept in the database, so that the same document costs nothing again, in any process.

Who asks holds a lease on the reply's row, so that two workers with the same document make one call. No transaction is
held meanwhile; the lease of a worker that died runs out.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import DecimalField, F, Q, QuerySet, Sum
from django.db.models.functions import Now
from django.utils import timezone

from common.storable import storable
from common.telemetry.counters import count
from processing.errors import Deferred
from processing.models import CachedReply
from processing.usage import Usage

ASKED_BY_OTHER_SECONDS = 2.0  # how soon to look again for a reply that another worker waits for: calls take seconds

State = CachedReply.State

# Taken by one statement: by insertion, or from a reply that has expired or a holder that died.
_CLAIM = """
INSERT INTO processing_cachedreply AS kept (key, state, holder, lease_until, model, prompt_version, reply, truncated,
    input_tokens, output_tokens, cost_usd, hits, created_at)
VALUES (%s, 'asking', %s, statement_timestamp() + %s * interval '1 second', '', '', '', false,
    0, 0, 0, 0, statement_timestamp())
ON CONFLICT (key) DO UPDATE
SET state = 'asking', holder = excluded.holder, lease_until = excluded.lease_until, reply = '', expires_at = NULL
WHERE (kept.state = 'ready' AND kept.expires_at <= statement_timestamp())
    OR (kept.state = 'asking' AND kept.lease_until <= statement_timestamp())
"""
_STORE = """
UPDATE processing_cachedreply SET state = 'ready', holder = NULL, lease_until = NULL, reply = %(reply)s,
    truncated = %(truncated)s, document_id = %(document_id)s, model = %(model)s, prompt_version = %(prompt_version)s,
    input_tokens = %(input_tokens)s, output_tokens = %(output_tokens)s, cost_usd = %(cost_usd)s,
    created_at = statement_timestamp(), expires_at = statement_timestamp() + %(days)s * interval '1 day'
WHERE key = %(key)s AND state = 'asking' AND holder = %(holder)s
"""


@dataclass(frozen=True, slots=True)
class KnownReply:
    """A reply from the cache; ``truncated``: it was cut at its cap when it came."""

    text: str
    truncated: bool


@dataclass(frozen=True, slots=True)
class Asking:
    """The right to ask for one reply."""

    key: str
    holder: UUID


def reply_key(
    *,
    owner_id: int | None,
    system: str,
    user: str,
    schema: dict[str, Any],
    version: str,
    provider: str,
    model: str,
    max_output_tokens: int,
) -> str:
    """SHA-256 of all that shapes a reply (the words, the schema, the prompt's version, the model and the output cap)
    and of whose the document is: a reply that costs nothing would tell that somebody else had it, too."""
    parts = [owner_id, version, provider, model, max_output_tokens, schema, system, user]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def known_reply(key: str) -> KnownReply | None:
    """The reply, if it is kept and has not expired; counts the hit."""
    row = CachedReply.objects.filter(key=key).only("state", "reply", "truncated", "expires_at").first()
    return None if row is None else _use(row)


def is_known(key: str) -> bool:
    """Whether the reply is kept; counts no hit."""
    return CachedReply.objects.filter(key=key, state=State.READY, expires_at__gt=Now()).exists()


def claim_reply(key: str, *, lease_seconds: float, holder: UUID | None = None) -> Asking | KnownReply:
    """The reply, or the right to ask for it. Raises Deferred while another worker asks.

    ``holder`` is the lease of the job that asks: when it is taken from a dead worker, so is the right to ask.
    """
    asking = Asking(key, holder or uuid.uuid4())
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [key, asking.holder, lease_seconds])
        if cursor.rowcount == 1:
            return asking
    known = known_reply(key)
    if known is None:
        soon = timezone.now() + timedelta(seconds=ASKED_BY_OTHER_SECONDS)
        raise Deferred("Another worker is asking the model about the same content; the job will wait.", not_before=soon)
    return known


def store_reply(
    asking: Asking,
    reply: KnownReply,
    *,
    document_id: UUID,
    model: str,
    prompt_version: str,
    usage: Usage | None,
    cost_usd: Decimal,
) -> bool:
    """Keep a reply for ``LLM_CACHE_DAYS``. False where the lease was lost, or nothing is kept."""
    if not settings.LLM_CACHE_DAYS or not reply.text:
        return False
    values: dict[str, Any] = {
        "reply": storable(reply.text),
        "truncated": reply.truncated,
        "document_id": document_id,
        "model": model[:120],
        "prompt_version": prompt_version,
        "input_tokens": usage.input_tokens if usage else 0,
        "output_tokens": usage.output_tokens if usage else 0,
        "cost_usd": cost_usd,
        "days": settings.LLM_CACHE_DAYS,
        "key": asking.key,
        "holder": asking.holder,
    }
    with connection.cursor() as cursor:
        cursor.execute(_STORE, values)
        return bool(cursor.rowcount == 1)


def give_back(asking: Asking) -> None:
    """No reply came: the next worker may ask at once."""
    _held(asking).delete()


def forget_reply(key: str) -> None:
    """Drop one reply."""
    CachedReply.objects.filter(key=key, state=State.READY).delete()


def forget_text(reply: str) -> int:
    """Drop a reply whose result could not be recorded: asking again may help, the same text would not."""
    return CachedReply.objects.filter(state=State.READY, reply=storable(reply)).delete()[0]


def forget_document(document_id: UUID) -> int:
    """Delete what is kept of a document's content (its retention ended)."""
    return CachedReply.objects.filter(document_id=document_id).delete()[0]


def saved() -> tuple[int, Decimal]:
    """Hits of what is kept now, and what the same replies cost when they were asked for."""
    money: DecimalField[Decimal, Decimal] = DecimalField(max_digits=18, decimal_places=10)
    found = CachedReply.objects.aggregate(
        all_hits=Sum("hits", default=0), usd=Sum(F("hits") * F("cost_usd"), default=Decimal(0), output_field=money)
    )
    return found["all_hits"], found["usd"]


def purge_expired_replies() -> int:
    """Delete replies past their time and leases that nobody holds any more; gives how many."""
    dead = Q(state=State.READY, expires_at__lte=Now()) | Q(state=State.ASKING, lease_until__lte=Now())
    return CachedReply.objects.filter(dead).delete()[0]


def _use(row: CachedReply) -> KnownReply | None:
    if row.state != State.READY or row.expires_at is None or row.expires_at <= timezone.now():
        return None
    CachedReply.objects.filter(key=row.key).update(hits=F("hits") + 1, last_hit_at=Now())
    count("cache_hits")
    return KnownReply(row.reply, row.truncated)


def _held(asking: Asking) -> QuerySet[CachedReply]:
    return CachedReply.objects.filter(key=asking.key, state=State.ASKING, holder=asking.holder)
