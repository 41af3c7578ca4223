"""What a process that is forked from another must not share with it."""

from __future__ import annotations

import os

from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper
from django_q.signals import post_spawn

from processing.workers.lifeline import die_with_parent
from processing.workers.worker import begin_worker

_left_alone: list[object] = []


def prepare_cluster() -> None:
    """For ``qcluster``: no connection of the parent is used in a child, a child ends with its parent, and workers have
    a crew."""
    os.register_at_fork(after_in_child=_forked)
    post_spawn.connect(begin_worker, dispatch_uid="processing.workers.worker")


def _forked() -> None:
    die_with_parent()
    # Kept, not closed: to close them here would say goodbye on the parent's sockets.
    pools: dict[str, object] = DatabaseWrapper._connection_pools  # type: ignore[attr-defined]
    _left_alone.extend(pools.values())
    pools.clear()
    for connection in connections.all(initialized_only=True):
        _left_alone.append(connection.connection)
        connection.connection = None
