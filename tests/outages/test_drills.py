"""What goes away under uploads and comes back: nothing is lost, doubled or dead. ``benchmarks.outages`` does the same
in ten real minutes; here a minute passes in a second."""

from __future__ import annotations

import pytest
from pytest_django import DjangoDbBlocker

from benchmarks.outages import QUICK, drill

AWAY_SECONDS = 3.0
WRONG = ("answered_otherwise", "lost", "doubled", "dead", "reservations_left", "supervisor_ended")


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("names", "all_answer"),
    [
        (("connections_taken", "disk_full"), True),
        (("pooler_killed", "ocr_away"), True),
    ],
)
def test_nothing_is_lost_doubled_or_dead(
    names: tuple[str, ...], all_answer: bool, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> None:
    with django_db_blocker.unblock():
        seen = drill(*names, away_seconds=AWAY_SECONDS, scale=QUICK)
    assert seen["accepted"] > 0
    assert not {what: seen[what] for what in WRONG if seen[what]}, seen
    assert seen["workers_replaced"] == 0, "workers that live are left alone"
    assert seen["no_answer"] == 0 or not all_answer, "who is up answers"
