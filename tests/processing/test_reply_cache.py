from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from processing.errors import Deferred
from processing.models import CachedReply, ProcessingJob
from processing.services.retention import purge_expired
from processing.spending import reply_cache
from processing.spending.reply_cache import Asking, KnownReply
from processing.usage import Usage
from tests.processing.ledger_factories import make_job

pytestmark = pytest.mark.django_db

KEY = "a" * 64
REPLY = KnownReply('{"number": "R-1"}', truncated=False)


def claimed(key: str = KEY) -> Asking:
    asking = reply_cache.claim_reply(key, lease_seconds=60)
    assert isinstance(asking, Asking)
    return asking


def stored(asking: Asking, reply: KnownReply = REPLY, job: ProcessingJob | None = None) -> bool:
    return reply_cache.store_reply(
        asking,
        reply,
        document_id=(job or make_job()).document_id,
        model="test-model",
        prompt_version="test-1",
        usage=Usage(1000, 100),
        cost_usd=Decimal("0.001"),
    )


def key_of(**changes: object) -> str:
    parts: dict[str, object] = {
        "owner_id": None,
        "system": "s",
        "user": "u",
        "schema": {"a": 1},
        "version": "1",
        "provider": "p",
        "model": "m",
        "max_output_tokens": 300,
    }
    return reply_cache.reply_key(**parts | changes)  # type: ignore[arg-type]


def test_a_reply_is_paid_once_and_then_known() -> None:
    assert reply_cache.known_reply(KEY) is None
    assert stored(claimed())
    assert reply_cache.known_reply(KEY) == REPLY
    assert reply_cache.claim_reply(KEY, lease_seconds=60) == REPLY
    assert CachedReply.objects.get().hits == 2


def test_a_reply_that_was_cut_is_known_as_cut() -> None:
    stored(claimed(), KnownReply('{"number": "R', truncated=True))
    known = reply_cache.known_reply(KEY)
    assert known is not None
    assert known.truncated


def test_whatever_shapes_a_reply_is_part_of_its_key() -> None:
    changed = [
        key_of(system="t"),
        key_of(user="v"),
        key_of(schema={"a": 2}),
        key_of(version="2"),
        key_of(provider="q"),
        key_of(model="n"),
        key_of(max_output_tokens=301),
        key_of(owner_id=7),
    ]
    assert len({key_of(), *changed}) == 9
    assert key_of() == key_of()


def test_while_one_worker_asks_the_others_wait() -> None:
    claimed()
    with pytest.raises(Deferred) as deferred:
        reply_cache.claim_reply(KEY, lease_seconds=60)
    assert 0 < deferred.value.seconds < 10


def test_a_worker_that_got_no_reply_gives_the_question_back() -> None:
    reply_cache.give_back(claimed())
    claimed()


def test_giving_back_after_storing_keeps_the_reply() -> None:
    asking = claimed()
    stored(asking)
    reply_cache.give_back(asking)
    assert reply_cache.known_reply(KEY) == REPLY


def test_the_lease_of_a_worker_that_died_runs_out() -> None:
    dead = claimed()
    CachedReply.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    alive = claimed()
    reply_cache.give_back(dead)
    assert not stored(dead)
    assert stored(alive)


def test_a_reply_expires(settings: Settings) -> None:
    settings.LLM_CACHE_DAYS = 7
    stored(claimed())
    CachedReply.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert reply_cache.known_reply(KEY) is None
    stored(claimed(), KnownReply("{}", truncated=False))
    assert reply_cache.known_reply(KEY) == KnownReply("{}", truncated=False)
    assert CachedReply.objects.get().expires_at > timezone.now() + timedelta(days=6)  # type: ignore[operator]


def test_nothing_is_kept_where_the_setting_says_so(settings: Settings) -> None:
    settings.LLM_CACHE_DAYS = 0
    asking = claimed()
    assert not stored(asking)
    reply_cache.give_back(asking)
    assert not CachedReply.objects.exists()


def test_expired_replies_and_dead_leases_are_purged() -> None:
    stored(claimed("b" * 64))
    claimed("c" * 64)
    CachedReply.objects.filter(state="ready").update(expires_at=timezone.now())
    CachedReply.objects.filter(state="asking").update(lease_until=timezone.now())
    stored(claimed())
    assert reply_cache.purge_expired_replies() == 2
    assert CachedReply.objects.get().key == KEY


def test_what_is_kept_of_a_document_can_be_forgotten() -> None:
    job = make_job()
    stored(claimed(), job=job)
    stored(claimed("b" * 64))
    assert reply_cache.forget_document(job.document_id) == 1
    assert reply_cache.known_reply(KEY) is None


@pytest.mark.usefixtures("own_storage")
def test_when_a_documents_retention_ends_its_replies_go_too() -> None:
    job = make_job()
    stored(claimed(), job=job)
    ProcessingJob.objects.update(status="completed", outcome="success", finished_at=timezone.now())
    assert [purged.error for purged in purge_expired(before=timezone.now() + timedelta(days=1))] == [""]
    assert not CachedReply.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_with_the_same_question_one_asks() -> None:
    start = threading.Barrier(8)

    def work(_: int) -> bool:
        start.wait()
        try:
            return isinstance(reply_cache.claim_reply(KEY, lease_seconds=60), Asking)
        except Deferred:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(work, range(8))) == 1
