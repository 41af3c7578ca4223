"""The history of an invoice cannot be rewritten: the database refuses, and a chain of digests shows it."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from invoices.exporting.history import broken_links, history_lines
from invoices.models import Invoice, InvoiceChange, VendorChange
from invoices.services.decisions import approve_invoice, reject_invoice, reopen_invoice
from invoices.services.history import chain_older_changes, erase_history
from invoices.services.writing import keep_change
from tests.databases import histories_open
from tests.invoices.books import record

pytestmark = pytest.mark.django_db
SCRIPT = Path(__file__).resolve().parents[2] / "docs" / "verify_history.py"


def decided() -> Invoice:
    """An invoice with three changes by a person."""
    invoice, dana = record(), User.objects.create_user("dana")
    reject_invoice(invoice_id=invoice.id, by=dana, why="Wrong address of Jane Doe")
    reopen_invoice(invoice_id=invoice.id, by=dana, why="It was right")
    approve_invoice(invoice_id=invoice.id, by=dana)
    return invoice


def sql(statement: str, *values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # nothing else may be what refuses
        cursor.execute(statement, values)


def verified(folder: Path, *, earlier: str = "") -> tuple[bool, str]:
    """What the script of the documentation, which knows nothing of the product, says of an export."""
    now = folder / "history.jsonl"
    now.write_text("".join(history_lines()), encoding="utf-8")
    exports = [now]
    if earlier:
        exports.append(folder / "earlier.jsonl")
        exports[1].write_text(earlier, encoding="utf-8")
    said = subprocess.run([sys.executable, "-I", str(SCRIPT), *exports], capture_output=True, text=True, cwd=folder)
    return said.returncode == 0, said.stdout + said.stderr


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE invoices_invoicechange SET new = '\"approved\"'",
        "UPDATE invoices_invoicechange SET why = 'It was somebody else'",
        "UPDATE invoices_invoicechange SET changed_by_id = NULL",
        "UPDATE invoices_invoicechange SET hash = repeat('0', 64)",
        "UPDATE invoices_invoicechange SET position = NULL, salt = NULL, hash = ''",
        "UPDATE invoices_invoicechange SET old = NULL, new = NULL, why = ''",
        "UPDATE invoices_invoicechange SET old = NULL, new = NULL, why = '', erased_at = now(), field = 'notes'",
        "DELETE FROM invoices_invoicechange",
        "TRUNCATE invoices_invoicechange",
        "UPDATE invoices_vendorchange SET new = NULL",
        "DELETE FROM invoices_vendorchange",
        "TRUNCATE invoices_ratecardchange",
    ],
)
def test_the_role_of_the_site_cannot_change_history_by_sql(statement: str) -> None:
    decided()
    assert VendorChange.objects.exists()
    before = list(history_lines())
    with pytest.raises(IntegrityError, match="only ever added to"):
        sql(statement)
    assert list(history_lines()) == before


def test_what_a_statement_says_of_the_chain_itself_is_overruled() -> None:
    invoice = decided()
    sql(
        "INSERT INTO invoices_invoicechange (invoice_id, version, field, why, changed_at, position, hash, erased_at)"
        " VALUES (%s, 9, 'notes', '', now(), 1, 'forged', now())",
        invoice.pk,
    )
    assert list(invoice.changes.order_by("id").values_list("position", flat=True)) == [1, 2, 3, 4]
    assert list(broken_links()) == []


def test_a_role_that_does_not_own_the_tables_adds_to_history_and_can_do_nothing_else() -> None:
    """As docs/history.md advises: `migrate` runs as the owner, the site as a role with rights on rows alone."""
    invoice = decided()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("CREATE ROLE history_site; GRANT history_site TO CURRENT_USER")
        cursor.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO history_site")
        cursor.execute("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO history_site; SET ROLE history_site")
        keep_change(invoice, field="notes", old=None, new="x", by=None)
        for statement, refusal in {
            "UPDATE invoices_invoicechange SET why = ''": "only ever added to",
            "TRUNCATE invoices_invoicechange": "permission denied",
            "ALTER TABLE invoices_invoicechange DISABLE TRIGGER USER": "must be owner",
            "DROP TRIGGER invoices_keep_change ON invoices_invoicechange": "must be owner",
            "SET LOCAL session_replication_role = replica": "permission denied",
        }.items():
            with pytest.raises(DatabaseError, match=refusal), transaction.atomic():
                cursor.execute(statement)
        cursor.execute("RESET ROLE")
    assert invoice.changes.count() == 4
    assert list(broken_links()) == []


def test_an_auditor_verifies_the_export_without_the_product(tmp_path: Path) -> None:
    decided()
    assert sum(bool(line.strip()) for line in SCRIPT.read_text().splitlines()) <= 30
    assert verified(tmp_path) == (True, "3 changes of 1 invoices hold\n")


@pytest.mark.parametrize(
    ("forgery", "seen"),
    [
        ("UPDATE invoices_invoicechange SET new = '\"rejected\"' WHERE position = 2", "change 2"),
        ("UPDATE invoices_invoicechange SET changed_by_id = NULL WHERE position = 1", "change 1"),
        ("UPDATE invoices_invoicechange SET changed_at = now() WHERE position = 3", "change 3"),
        ("DELETE FROM invoices_invoicechange WHERE position = 2", "follow change 1"),
        ("DELETE FROM invoices_invoicechange WHERE position = 3", "is gone"),
    ],
)
def test_what_an_owner_of_the_table_forges_is_seen(tmp_path: Path, forgery: str, seen: str) -> None:
    decided()
    earlier = "".join(history_lines())
    with histories_open():
        sql(forgery)
    holds, said = verified(tmp_path, earlier=earlier)
    assert not holds
    assert seen in said
    if "is gone" not in said:
        assert list(broken_links())


def test_erased_values_go_and_the_chain_holds(tmp_path: Path) -> None:
    invoice = decided()
    earlier = "".join(history_lines())
    assert "Jane Doe" in earlier
    assert erase_history(invoice_id=invoice.id, positions=[1], by=None, why="Asked for by the person") == 1
    assert "Jane Doe" not in "".join(history_lines())
    gone = invoice.changes.get(position=1)
    assert (gone.old, gone.new, gone.why, gone.salt, len(gone.digests or [])) == (None, None, "", None, 3)
    last = invoice.changes.get(position=4)
    assert (last.field, last.new, last.why) == ("history_erased", [1], "Asked for by the person")
    assert verified(tmp_path, earlier=earlier) == (True, "4 changes of 1 invoices hold\n")
    with pytest.raises(IntegrityError, match="only ever added to"):
        InvoiceChange.objects.filter(pk=gone.pk).update(erased_at=timezone.now())


def test_the_digest_that_stays_cannot_be_guessed_from() -> None:
    """Two same values have two digests, and the salt goes with the value."""
    invoice = record()
    for _ in range(2):
        keep_change(invoice, field="notes", old=None, new="DE", by=None)
    erase_history(invoice_id=invoice.id, by=None, why="")
    first, second = invoice.changes.filter(field="notes")
    assert first.digests[1] != second.digests[1]  # type: ignore[index]


def test_rows_from_before_the_chain_are_taken_into_it() -> None:
    invoice = decided()
    with histories_open():
        sql("UPDATE invoices_invoicechange SET position = NULL, salt = NULL, hash = ''")
    keep_change(invoice, field="notes", old=None, new="x", by=None)
    assert list(invoice.changes.order_by("id").values_list("position", flat=True)) == [1, 2, 3, 4]
    with histories_open():
        sql("UPDATE invoices_invoicechange SET position = NULL, salt = NULL, hash = '' WHERE position > 2")
    assert chain_older_changes() == 2
    assert list(broken_links()) == []
    assert chain_older_changes() == 0


def test_the_command_writes_one_invoice_or_all(tmp_path: Path) -> None:
    invoice = decided()
    other = record(sha256="b" * 64)
    keep_change(other, field="notes", old=None, new="x", by=None)
    call_command("export_history", str(tmp_path / "one"), invoice=str(invoice.id))
    call_command("export_history", str(tmp_path / "none"), since="2999-01-01")
    call_command("export_history", str(tmp_path / "all"), since="2020-01-01")
    rows = {name: (tmp_path / name).read_text().splitlines() for name in ("one", "none", "all")}
    assert {name: len(lines) for name, lines in rows.items()} == {"one": 3, "none": 0, "all": 4}
    assert {json.loads(line)["invoice"] for line in rows["one"]} == {str(invoice.id)}


@pytest.mark.django_db(transaction=True)
def test_two_who_write_at_once_make_one_chain() -> None:
    invoice = record()

    def write(number: int) -> None:
        for _ in range(5):
            keep_change(invoice, field="notes", old=None, new=number, by=None)
        connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    assert list(invoice.changes.order_by("position").values_list("position", flat=True)) == list(range(1, 21))
    assert list(broken_links()) == []
