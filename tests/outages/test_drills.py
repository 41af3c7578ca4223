"""What goes away under uploads and comes back: nothing is lost, doubled or dead. ``benchmarks.outages`` does the same
in ten real minutes; here a minute passes in a second."""

from __future__ import annotations

import pytest
from pytest_django import DjangoDbBlocker

from benchmarks.outages import QUICK, drill

AWAY_SECONDS = 4.0


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    "name",
    ["pooler_killed", "connections_taken", "disk_full", "ocr_away", "web_stopped", "web_killed", "clock_an_hour_ahead"],
)
def test_nothing_is_lost_doubled_or_dead(name: str, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        seen = drill(name, away_seconds=AWAY_SECONDS, scale=QUICK)
    assert seen["accepted"] > 0
    wrong = {
        what: seen[what]
        for what in ("answered_otherwise", "lost", "doubled", "dead", "reservations_left", "supervisor_ended")
        if seen[what]
    }
    assert not wrong, seen
    if not name.startswith("web_"):
        assert seen["no_answer"] == 0, "who is up answers"
        assert seen["workers_replaced"] == 0, "workers that live are left alone"
