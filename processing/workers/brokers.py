"""The brokers of django-q2 as they are used here: bounded in time, and patient while PostgreSQL or Redis is away.

django-q2's own end the process that fetches tasks at the first exception, and its successor begins ten seconds later.
"""

from __future__ import annotations

import time
from typing import Any

import redis
import structlog
from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import Error, connection
from django_q.brokers.orm import ORM
from django_q.brokers.redis_broker import Redis
from django_q.conf import Conf

log = structlog.get_logger(__name__)

CONNECT_SECONDS = 1.0  # a request waits for it
ANSWER_SECONDS = 3.0  # more than the second that fetching waits on the server for a task
PAUSE_SECONDS = 1.0  # before what is away is asked for a task again


def signed_now(payload: Any) -> Any:
    """A task that one of ``SECRET_KEY_FALLBACKS`` signed, signed by the secret key; any other as it is. django-q2 knows
    one key, and would drop what was enqueued before the key changed."""
    if not settings.SECRET_KEY_FALLBACKS:
        return payload
    text = payload.decode() if isinstance(payload, bytes) else str(payload)
    # Of this class, whose name is not part of the salt that django-q2 gives.
    ring = Signer(key=Conf.SECRET_KEY, salt=Conf.PREFIX)
    try:
        return ring.sign(ring.unsign(text))
    except BadSignature:
        return payload  # django-q2 says so, and drops it


def _signed_now(tasks: Any) -> Any:
    return [(task_id, signed_now(payload)) for task_id, payload in tasks] if tasks else tasks


class RedisBroker(Redis):  # type: ignore[misc]  # django-q2 has no types
    """Tasks on ``REDIS_URL``; asking for one while Redis is away gives none."""

    @staticmethod
    def get_connection(list_key: str | None = None) -> Any:
        return redis.Redis.from_url(
            settings.REDIS_URL or "", socket_connect_timeout=CONNECT_SECONDS, socket_timeout=ANSWER_SECONDS
        )

    def dequeue(self) -> Any:
        try:
            return _signed_now(super().dequeue())
        except redis.RedisError as error:
            log.warning("tasks_not_fetched", error=type(error).__name__)
            time.sleep(PAUSE_SECONDS)
            return None


class DatabaseBroker(ORM):  # type: ignore[misc]
    """Tasks as rows; asking for one while the database is away gives none."""

    def dequeue(self) -> Any:
        try:
            return _signed_now(super().dequeue())
        except Error as error:
            log.warning("tasks_not_fetched", error=type(error).__name__)
            connection.close()
            time.sleep(PAUSE_SECONDS)
            return None

    def acknowledge(self, task_id: Any) -> Any:
        try:
            return super().acknowledge(task_id)
        except Error as error:
            # Delivered once more after its lock; its jobs are found ended.
            log.warning("task_not_acknowledged", error=type(error).__name__)
            connection.close()
            return None
