"""PostgreSQL's continuous archiving brings the site back to a second before a bad deletion (docs/backups.md)."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection

from invoices.models import Invoice, InvoiceLine
from invoicesite.embedded_postgres import ROLE, EmbeddedServer
from invoicesite.postgres_programs import choose_owner, run_program
from processing.models import Document
from tests.invoicesite.backed_up import answers, read, wrong
from tests.own_postgres import OwnPostgres, django_on, own_postgres

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_storage")]


@pytest.fixture
def archived() -> Iterator[tuple[OwnPostgres, Path]]:
    """A server that archives its WAL, and the folder with `archive` in it."""
    with own_postgres() as postgres:
        data = postgres.server.data_directory
        owner = choose_owner(data)
        folder = data.parent / "kept"
        for made in (folder, folder / "archive"):
            made.mkdir(mode=0o700)
            if owner.pw_uid != made.stat().st_uid:
                os.chown(made, owner.pw_uid, owner.pw_gid)
        connection.close()
        postgres.stop()
        with (data / "postgresql.auto.conf").open("a") as settings:
            settings.write(f"archive_mode = on\narchive_command = 'cp %p {folder}/archive/%f'\n")
        postgres.start()
        yield postgres, folder


def query(statement: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return str(cursor.fetchone()[0])


def archive_all() -> None:
    """Have the segment that is being written archived, and wait for it."""
    last = query("SELECT pg_walfile_name(pg_switch_wal())")
    until = time.monotonic() + 60
    while query("SELECT coalesce(last_archived_wal, '') FROM pg_stat_archiver") < last:
        assert time.monotonic() < until, "the segment was not archived"
        time.sleep(0.05)


def test_a_second_before_a_bad_deletion_everything_is_there(archived: tuple[OwnPostgres, Path]) -> None:
    postgres, folder = archived
    read(1)
    back = EmbeddedServer(folder)
    run_program(
        choose_owner(postgres.server.data_directory), "pg_basebackup", "--host", str(postgres.server.socket_directory),
        "--username", ROLE, "--pgdata", str(folder / "data"), "--checkpoint", "fast", "--wal-method", "stream",
    )  # fmt: skip
    read(2)
    before = answers()
    lines = InvoiceLine.objects.count()
    assert lines
    deleted_at = datetime.fromisoformat(query("SELECT clock_timestamp() + interval '1.2 seconds'"))
    time.sleep(1.3)
    InvoiceLine.objects.all().delete()
    Document.objects.update(invoice=None)
    archive_all()
    connection.close()
    postgres.stop()

    moment = deleted_at - timedelta(seconds=1)
    with (folder / "data" / "postgresql.auto.conf").open("a") as settings:
        settings.write(
            f"archive_mode = off\nrestore_command = 'cp {folder}/archive/%f %p'\n"
            f"recovery_target_time = '{moment.isoformat()}'\nrecovery_target_action = promote\n"
        )
    (folder / "data" / "recovery.signal").touch()
    back.ensure_running()
    try:
        with django_on(back):
            until = time.monotonic() + 60
            while query("SELECT pg_is_in_recovery()") == "True":
                assert time.monotonic() < until
                time.sleep(0.05)
            assert (Invoice.objects.count(), InvoiceLine.objects.count()) == (2, lines)
            assert answers() == before
            assert wrong(deep=True) == {}
    finally:
        back.stop()
