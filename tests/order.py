"""In which order several workers of pytest-xdist take the tests.

Each worker begins with a part of its own and steals from the end of another when it is done. So what takes long stands
at the beginning of the parts, and what is short at their ends, where it can go to whoever has time. Browser tests stay
together: each worker that has one starts a site.
"""

from __future__ import annotations

import pytest

# Seconds on two cores, roughly: they only say what weighs as much as what.
LONG = {
    "tests/browser/": 220,
    "tests/test_api_fuzz.py": 110,
    "tests/invoicesite/test_embedded_postgres.py": 50,
    "tests/processing/test_import_invoices.py": 45,
    "tests/processing/test_supervisor.py": 45,
    "tests/processing/test_hostile_input.py": 45,
    "tests/processing/test_redis_broker.py": 40,
    "tests/processing/test_kill_storm.py": 35,
    "tests/invoicesite/test_webhooks.py": 20,
    "tests/invoicesite/test_settings.py": 20,
    "tests/processing/test_tracing.py": 15,
    "tests/processing/test_import_batches.py": 15,
    "tests/processing/test_storage.py": 15,
    "tests/processing/test_ocr.py": 15,
    "tests/processing/test_mailbox.py": 15,
    "tests/invoicesite/test_upload_memory.py": 12,
    "tests/processing/test_ceiling_under_attack.py": 10,
}


def dealt(items: list[pytest.Item], workers: int) -> list[pytest.Item]:
    """The same tests in as many equal parts, each of which begins with its share of the long ones."""
    long: dict[str, list[pytest.Item]] = {start: [] for start in LONG}
    short: list[pytest.Item] = []
    for item in items:
        start = next((start for start in LONG if item.nodeid.startswith(start)), None)
        (short if start is None else long[start]).append(item)
    parts: list[list[pytest.Item]] = [[] for _ in range(workers)]
    weights = [0] * workers
    for start, found in sorted(long.items(), key=lambda pair: -LONG[pair[0]]):
        least = weights.index(min(weights))
        parts[least] += found
        weights[least] += LONG[start] if found else 0
    for left, part in zip(range(workers, 0, -1), parts, strict=True):
        room = (len(items) - sum(map(len, parts[: workers - left]))) // left
        count = max(0, room - len(part))
        part += short[:count]
        del short[:count]
    return [item for part in parts for item in part] + short
