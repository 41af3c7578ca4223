"""Workers are killed all the time, and still every job ends, and every invoice is there once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection

from benchmarks.kill_storm import storm


@pytest.fixture
def kept_storages() -> Iterator[None]:
    before = settings.STORAGES
    yield
    settings.STORAGES = before


@pytest.mark.timeout(300)
@pytest.mark.django_db(transaction=True)
def test_workers_that_are_killed_lose_nothing_and_record_nothing_twice(kept_storages: None) -> None:
    figures = storm(
        jobs=60,
        machines=1,
        seed=7,
        every_seconds=(0.5, 1.0),
        killing_seconds=8,
        delay_seconds=2.0,  # long enough that there is always somebody at work to be hit, on any machine
        seconds=240,
        database=str(connection.settings_dict["NAME"]),
    )
    assert figures["killed_worker"] + figures["killed_cluster"] + figures["killed_machine"] >= 2
    assert figures["most_attempts"] > 1, "nobody was hit while it worked"
    assert figures["completed"] >= 20
