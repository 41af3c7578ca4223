"""Two releases side by side: while the new one migrates, the one before it goes on writing.

``released.json`` names the migrations of the release before this one; a release moves it.
"""

from __future__ import annotations

import json
import threading
import time
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.contrib.postgres.operations import AddIndexConcurrently
from django.core.management import call_command
from django.db import connection
from django.db.migrations import operations
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.db.models import NOT_PROVIDED, Field

from invoices.models import RateCard
from processing.management.commands import migrate
from tests.invoices.audited import carrier_card, carrier_invoice

RELEASED: dict[str, str] = json.loads((Path(__file__).resolve().parent / "released.json").read_text(encoding="utf-8"))
# Made before migrations were looked at by this test; whoever upgrades from before them stops the site for a moment.
BEFORE_THE_RULE = {
    ("invoices", "0015_findings"),
    ("invoices", "0016_finding_lookups"),
    ("invoices", "0017_line_tracking"),
    ("invoices", "0018_shipments_and_charges"),
    ("invoices", "0019_charge_model"),
}


@cache
def loader() -> MigrationLoader:
    return MigrationLoader(None)


@cache
def released() -> ProjectState:
    return loader().project_state(list(RELEASED.items()))


def since_the_release() -> list[tuple[tuple[str, str], Any]]:
    before = set()
    for node in RELEASED.items():
        before |= set(loader().graph.forwards_plan(node))
    return [
        (key, loader().get_migration(*key))
        for key in sorted(loader().disk_migrations)
        if key[0] in RELEASED and key not in before
    ]


def objections(operation: Any, app: str) -> str:
    """Why the release before cannot go on while this operation runs, or after it; empty where it can."""
    if isinstance(operation, operations.SeparateDatabaseAndState):
        return "; ".join(filter(None, (objections(each, app) for each in operation.database_operations)))
    model = getattr(operation, "model_name_lower", None) or getattr(operation, "name_lower", "")
    if (app, model) not in released().models:
        return ""  # a table that it does not know
    if isinstance(operation, operations.AddField):
        field: Field[Any, Any] = operation.field
        if not field.null and not field.many_to_many and field.db_default is NOT_PROVIDED:
            return f"{model}.{operation.name}: NOT NULL without db_default"
        if getattr(field, "db_index", False) or getattr(field, "unique", False):
            return f"{model}.{operation.name}: its index locks the table; make it with AddIndexConcurrently"
    if isinstance(operation, operations.AddIndex) and not isinstance(operation, AddIndexConcurrently):
        return f"{model}: AddIndex locks the table; AddIndexConcurrently does not"
    if isinstance(operation, operations.RemoveField | operations.DeleteModel | operations.RenameModel):
        return f"{model}: what is taken away goes one release after its last use"
    if isinstance(operation, operations.RenameField):
        return f"{model}.{operation.old_name}: a rename is a new column first"
    return ""


def test_migrations_since_the_release_leave_the_release_before_alone() -> None:
    found = [
        f"{'.'.join(key)}: {why}"
        for key, migration in since_the_release()
        if key not in BEFORE_THE_RULE
        for operation in migration.operations
        if (why := objections(operation, key[0]))
    ]
    assert not found, "\n".join(found)


def test_the_rule_sees_what_it_is_for() -> None:
    from django.db import models

    bad = [
        operations.AddField("ratecard", "x", models.BooleanField(default=False)),
        operations.AddIndex("invoice", models.Index(fields=["id"], name="x")),
        operations.RemoveField("invoice", "notes"),
        operations.RenameField("invoice", "notes", "remarks"),
    ]
    good = [
        operations.AddField("ratecard", "x", models.BooleanField(default=False, db_default=False)),
        operations.AddField("ratecard", "x", models.BooleanField(null=True)),
        AddIndexConcurrently("invoice", models.Index(fields=["id"], name="x")),
    ]
    assert all(objections(each, "invoices") for each in bad)
    assert not any(objections(each, "invoices") for each in good)


@pytest.mark.django_db
def test_every_column_that_the_release_before_does_not_know_fills_itself() -> None:
    missing = []
    with connection.cursor() as cursor:
        for model in released().apps.get_models(include_auto_created=True):
            if model._meta.app_label not in RELEASED:
                continue
            cursor.execute(
                "SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema()"
                " AND table_name = %s AND is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO'",
                [model._meta.db_table],
            )
            required = {name for (name,) in cursor.fetchall()}
            missing += [f"{model._meta.db_table}.{name}" for name in required - columns_of(model)]
    assert not missing


def columns_of(model: Any) -> set[str]:
    return {field.column for field in model._meta.concrete_fields}


@pytest.mark.django_db
def test_the_release_before_writes_rate_cards_into_the_new_tables() -> None:
    new = carrier_card()
    model = released().apps.get_model("invoices", "RateCard")
    old = model.objects.get(pk=new.pk)
    old.pk = None
    old.id = type(new.pk)(int=new.pk.int ^ 1)
    old._state.adding = True
    old.save(force_insert=True)
    assert RateCard.objects.get(pk=old.pk).audit_due is False


@pytest.mark.django_db(transaction=True)
def test_a_migrate_beside_another_waits_for_it(capsys: pytest.CaptureFixture[str]) -> None:
    ended = threading.Event()

    def second() -> None:
        call_command("migrate", verbosity=0, interactive=False)
        connection.close()
        ended.set()

    with migrate._session("default") as first:
        assert migrate._taken(first)
        thread = threading.Thread(target=second)
        thread.start()
        time.sleep(1.5)
        assert not ended.is_set()
    thread.join(60)
    assert ended.is_set()
    assert "waiting for it" in capsys.readouterr().err


@pytest.mark.django_db(transaction=True)
def test_older_invoices_are_audited_by_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    card = carrier_card()
    carrier_invoice()
    RateCard.objects.filter(pk=card.pk).update(audit_due=False)
    call_command("audit_invoices")
    assert "1 rate cards" in capsys.readouterr().out
    assert not RateCard.objects.filter(audit_due=True).exists()
