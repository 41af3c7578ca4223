"""The connection pools of this process, told as gauges when something used them."""

from __future__ import annotations

import time
from typing import Any

from django.db.backends.postgresql.base import DatabaseWrapper

from common.telemetry.counters import gauge

_TOLD_EVERY_SECONDS = 1.0
_last = 0.0


def tell_pools(**_: Any) -> None:
    """Also a receiver of ``request_finished``."""
    global _last
    if time.monotonic() - _last < _TOLD_EVERY_SECONDS:
        return
    _last = time.monotonic()
    pools: dict[str, Any] = DatabaseWrapper._connection_pools  # type: ignore[attr-defined]
    stats = [pool.get_stats() for pool in list(pools.values())]
    for name, key in (("size", "pool_size"), ("available", "pool_available"), ("waiting", "requests_waiting")):
        gauge(f"database_pool_{name}").set(sum(each.get(key, 0) for each in stats))
