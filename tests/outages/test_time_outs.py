"""How long the server lets each of the site's programs run a statement, wait for a lock and sit in a transaction."""

from __future__ import annotations

import re
from pathlib import Path

import psycopg
import pytest
from django.db import OperationalError, connection, transaction

from benchmarks.machine import url_of
from invoicesite.database import TIMEOUTS, timeouts_of
from processing.outages import outage_of

OPERATIONS = Path(__file__).resolve().parent.parent.parent / "docs" / "operations.md"
NAMES = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
ROWS = {
    "web": "web",
    "cluster": "workers, imports",
    "import": "workers, imports",
    "migrate": "`migrate`",
    "": "other commands",
}


def as_role(role: str) -> psycopg.Connection[tuple[str]]:
    return psycopg.connect(url_of(str(connection.settings_dict["NAME"])), options=timeouts_of(role).as_options())


def documented(role: str) -> list[str]:
    row = re.search(rf"^\| {re.escape(ROWS[role])} \|(.*)\|$", OPERATIONS.read_text(), re.MULTILINE)
    assert row, role
    return ["0" if cell.strip() == "none" else cell.strip() for cell in row[1].split("|")]


@pytest.mark.django_db
@pytest.mark.parametrize("role", sorted(ROWS))
def test_each_program_has_the_time_outs_that_the_documentation_says(role: str) -> None:
    with as_role(role) as session:
        server = [session.execute(f"SHOW {name}").fetchone()[0] for name in NAMES]  # type: ignore[index]
        wanted = [session.execute("SELECT %s::interval::text", (told,)).fetchone()[0] for told in documented(role)]  # type: ignore[index]
        found = [session.execute("SELECT %s::interval::text", (told,)).fetchone()[0] for told in server]  # type: ignore[index]
    assert found == wanted
    assert role in TIMEOUTS or role == ""


@pytest.mark.django_db
@pytest.mark.parametrize("limit", ["statement_timeout", "lock_timeout"])
def test_who_ran_into_one_is_told_to_come_back(limit: str) -> None:
    with as_role("") as other, transaction.atomic(), connection.cursor() as cursor:
        other.execute("SELECT pg_advisory_xact_lock(77001)")
        cursor.execute(f"SET LOCAL {limit} = 20")
        with pytest.raises(OperationalError) as raised, transaction.atomic():
            cursor.execute("SELECT pg_advisory_xact_lock(77001)")
    told = outage_of(raised.value)
    assert told is not None
    assert (told.http_status, told.code) == (503, "database_unavailable")
