"""Whether the database has room for the workers: looked at before they start."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.db import connection

from common.errors import InvoicesiteError
from processing.queueing import BATCH

OWN_CONNECTIONS = 2  # of a worker process, outside of its pool: its heartbeat, and that of its jobs
QUEUE_CONNECTIONS = 4  # of a cluster: what django-q2 runs besides its workers


class TooFewConnections(InvoicesiteError):
    code = "too_few_connections"
    default_message = "The database allows too few connections."


def connections_needed(lanes: Sequence[str]) -> int:
    """The most that the workers of these lanes use at once."""
    return sum(
        (settings.BATCH_WORKERS if lane == BATCH else 1) * (settings.WORKER_POOL_CONNECTIONS[lane] + OWN_CONNECTIONS)
        + QUEUE_CONNECTIONS
        for lane in lanes
    )


def check_connections(lanes: Sequence[str]) -> None:
    """Raises TooFewConnections where the workers and one web process pass the server's ``max_connections``."""
    needed = connections_needed(lanes) + settings.WEB_POOL_CONNECTIONS
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int"
        )
        allowed = cursor.fetchone()[0]
    if needed > allowed:
        raise TooFewConnections(
            f"The workers and a web process use up to {needed} database connections, the server allows {allowed}: "
            "raise max_connections, or lower EXTRACTION_PARALLELISM."
        )
