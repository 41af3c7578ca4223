"""Many large uploads at once take little more memory of the web process than one."""

from __future__ import annotations

import pytest
from django.db import connection

from benchmarks.machine import machine
from benchmarks.upload_memory import MEGABYTE, measure


@pytest.mark.timeout(240)
@pytest.mark.django_db(transaction=True)
def test_twenty_five_uploads_at_once_leave_the_memory_of_the_web_process_flat() -> None:
    clients, size_mb = 25, 4
    with machine(delay_seconds=None, database=str(connection.settings_dict["NAME"])) as box:
        figures = measure(box, clients=clients, size_bytes=size_mb * MEGABYTE, rounds=2)
    all_files_mb = clients * size_mb
    assert figures["peak_mb"] - figures["before_mb"] < all_files_mb / 2, figures
    assert figures["after_last_round_mb"] - figures["before_mb"] < all_files_mb / 4, figures
