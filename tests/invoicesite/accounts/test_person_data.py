"""A person's data are given out and erased, but for what the law has kept; both are written down."""

from __future__ import annotations

import json
import stat
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone
from psycopg import sql

from common.roles import Role
from invoices.exporting.history import broken_links
from invoices.models import Invoice, InvoiceLine, SavedView
from invoices.services.corrections import correct_invoice
from invoices.services.decisions import reject_invoice
from invoices.services.erasing import invoices_mentioning
from invoices.services.writing import keep_change
from invoicesite.accounts.keys import create_api_key
from invoicesite.accounts.models import ApiKey, DataRequest, Identity
from invoicesite.accounts.person_data import ERASED, KEPT, columns_naming_accounts
from invoicesite.webhooks.models import Subscription
from processing.models import BudgetChange, Document
from processing.services.budgets import create_budget
from tests.invoices.books import invoice, record
from tests.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def jane() -> User:
    """Somebody who has left traces everywhere."""
    jane = person("jane.doe", Role.REVIEWER)
    jane.email, jane.first_name, jane.last_name = "jane.doe@example.org", "Jane", "Doe"
    jane.save()
    Identity.objects.create(user=jane, provider="google", subject="1", email=jane.email)
    create_api_key(owner=jane, name="ERP", scopes=["read"])
    Subscription.objects.create(owner=jane, url="https://erp.example/", events=["*"])
    SavedView.objects.create(user=jane, name="mine", query="")
    reject_invoice(invoice_id=record(owner_id=jane.pk).id, by=jane, why="Wrong address")
    create_budget(scope="role", key="viewer", budget_usd=Decimal(5), user=jane, reason="More to read")
    Client().force_login(jane)
    return jane


def mentions(name: str) -> list[str]:
    """Tables in which a text stands anywhere."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            rows = sql.SQL("SELECT count(*) FROM {} t WHERE t::text ILIKE %s").format(sql.Identifier(table))
            cursor.execute(rows, [f"%{name}%"])
            if cursor.fetchone()[0]:
                found.append(table)
    return found


def test_every_column_that_names_an_account_is_erased_or_kept_for_a_reason() -> None:
    assert columns_naming_accounts() == {*ERASED, *KEPT}
    assert not set(ERASED) & set(KEPT)


def test_what_is_kept_of_a_person_is_given_out_without_secrets(jane: User, tmp_path: Path) -> None:
    path = tmp_path / "jane.jsonl"
    call_command("person_data", "export", "jane.doe", why="Letter of 30 November", output=path)
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    kinds = {row["kind"] for row in rows}
    assert {"auth.User", "accounts.Identity.user", "accounts.ApiKey.owner", "invoices.Invoice.owner"} <= kinds
    assert {"invoices.InvoiceChange.changed_by", "webhooks.Subscription.owner", "processing.BudgetChange.user"} <= kinds
    assert rows[0]["email"] == jane.email
    secrets = [jane.password, ApiKey.objects.get().digest, Subscription.objects.get().secret]
    assert not [secret for secret in secrets if secret in path.read_text()]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    kept = DataRequest.objects.get()
    assert (kept.action, kept.why, kept.told["rows"]["accounts.ApiKey.owner"]) == ("export", "Letter of 30 November", 1)
    with pytest.raises(CommandError, match="there already"):
        call_command("person_data", "export", "jane.doe", why="again", output=path)


def test_nothing_but_a_number_names_an_erased_person(jane: User, capsys: pytest.CaptureFixture[str]) -> None:
    before = mentions("jane.doe")
    assert len(before) >= 4
    with pytest.raises(CommandError, match="--yes"):
        call_command("person_data", "erase", "jane.doe", why="Left us")
    call_command("person_data", "erase", "jane.doe", why="Left us", yes=True)
    assert mentions("jane.doe") == []
    jane.refresh_from_db()
    assert (jane.username, jane.is_active, jane.has_usable_password()) == (f"erased-{jane.pk}", False, False)
    told = DataRequest.objects.get()
    assert told.told["kept"]["invoices.InvoiceChange.changed_by"].startswith("books and records")
    assert "invoices.InvoiceChange.changed_by stays: books" in capsys.readouterr().out
    assert BudgetChange.objects.get(user=jane).username == f"erased-{jane.pk}"


def test_somebody_whom_documents_name_goes_from_invoices_whose_retention_has_ended(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rita = person("rita", Role.REVIEWER)
    old, young, held = (named(f"R-{number}", rita) for number in range(3))
    Document.objects.exclude(invoice=young).update(purged_at=timezone.now())
    Document.objects.filter(invoice=held).update(legal_hold=True)
    path = tmp_path / "found.jsonl"
    call_command("person_data", "export", mentioned="john q. public", why="Letter", output=path)
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    assert {row["invoice"]["buyer_name"] for row in rows} == {"John Q. Public"}
    assert [len(row["changes"]) for row in rows] == [2, 2, 2]
    call_command("person_data", "erase", mentioned="John Q. Public", why="Letter", yes=True)
    said = capsys.readouterr().out
    assert f"{young.id} stays: books and records: the retention" in said
    assert f"{held.id} stays: on legal hold" in said
    assert invoices_mentioning("John Q. Public") == sorted([young.id, held.id])
    old.refresh_from_db()
    assert (old.buyer_name, old.total_amount, old.invoice_number) == ("", young.total_amount, "R-0")
    assert list(broken_links()) == []
    last = old.changes.order_by("position").last()
    assert last is not None
    assert (last.field, last.new, last.why) == ("values_erased", ["buyer_name", "line_items[0].description"], "Letter")
    assert "John" not in json.dumps([request.told for request in DataRequest.objects.all()])
    with pytest.raises(CommandError, match="at least 5"):
        call_command("person_data", "erase", mentioned="John", why="x", yes=True)


def named(number: str, by: User) -> Invoice:
    """An invoice in whose values, lines, search and history somebody is named."""
    made = record(invoice(number, buyer_name="Jon Public"), sha256=sha256(number.encode()).hexdigest())
    correct_invoice(invoice_id=made.id, changes={"buyer_name": "John Q. Public"}, by=by, version=None)
    keep_change(made, field="notes", old=None, new="x", by=by, why="Asked John Q. Public by phone")
    InvoiceLine.objects.filter(invoice=made, position=0).update(description="Advice to JOHN Q. PUBLIC")
    Document.objects.create(
        invoice=made, sha256=sha256(number.encode()).hexdigest(), size_bytes=1, media_type="text/plain",
        storage_key=f"raw/{number}",
    )  # fmt: skip
    return made


def test_the_last_superuser_is_not_erased() -> None:
    User.objects.create_superuser("root")
    with pytest.raises(CommandError, match="last superuser"):
        call_command("person_data", "erase", "root", why="x", yes=True)
    with pytest.raises(CommandError, match="no account"):
        call_command("person_data", "erase", "nobody", why="x", yes=True)


def test_what_was_done_cannot_be_taken_back_by_sql(jane: User) -> None:
    call_command("person_data", "erase", f"#{jane.pk}", why="Left us", yes=True)
    with pytest.raises(IntegrityError, match="only ever added to"), transaction.atomic():
        DataRequest.objects.update(why="")
