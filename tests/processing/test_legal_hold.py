"""A legal hold is set and lifted by an admin, with a reason, in the API and the admin; its history stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from common.errors import InvalidFields, InvalidState
from common.roles import Role
from processing.models import Document
from processing.services.documents import submit_document
from processing.services.legal_hold import set_legal_hold
from tests.people import api_of, desk_of, person, signed_in, staff
from tests.processing.invoice_files import text_invoice

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_storage")]


@pytest.fixture
def document(own_storage: Path) -> Document:
    owner = person("olga", Role.OPERATOR)
    return submit_document(data=text_invoice(), filename="in.txt", owner_id=owner.pk, enqueue=False).document


def test_a_hold_has_a_reason_and_is_set_once(document: Document) -> None:
    with pytest.raises(InvalidFields, match="reason"):
        set_legal_hold(document_id=document.id, held=True, why=" ", by=None)
    with pytest.raises(InvalidState, match="not on legal hold"):
        set_legal_hold(document_id=document.id, held=False, why="x", by=None)
    assert set_legal_hold(document_id=document.id, held=True, why="Claim 17", by=None).legal_hold
    with pytest.raises(InvalidState, match="already"):
        set_legal_hold(document_id=document.id, held=True, why="Claim 17", by=None)


def test_what_is_deleted_cannot_be_held(document: Document) -> None:
    Document.objects.update(purged_at=timezone.now())
    with pytest.raises(InvalidState, match="nothing left to hold"):
        set_legal_hold(document_id=document.id, held=True, why="Claim 17", by=None)


def test_an_admin_sets_and_lifts_it_by_the_api_and_all_who_see_the_document_see_why(document: Document) -> None:
    address = f"/api/v1/documents/{document.id}/legal-hold/"
    admin, olga = api_of("ada", Role.ADMIN), signed_in(document.owner)  # type: ignore[arg-type]
    assert olga.post(address, {"held": True, "why": "x"}, format="json").status_code == 403
    assert admin.post(address, {"held": True}, format="json").status_code == 400
    assert admin.post(address, {"held": True, "why": "Claim 17"}, format="json").json()["held"] is True
    assert admin.post(address, {"held": True, "why": "again"}, format="json").status_code == 409
    assert admin.post(address, {"held": False, "why": "Settled"}, format="json").json()["held"] is False
    told = olga.get(address).json()
    assert [(row["held"], row["why"], row["by"]) for row in told["history"]] == [
        (False, "Settled", "ada"),
        (True, "Claim 17", "ada"),
    ]
    assert olga.get(f"/api/v1/documents/{document.id}/").json()["legal_hold"] is False


def test_an_admin_sets_it_on_the_page_of_the_document(document: Document) -> None:
    where = f"/admin/processing/document/{document.id}/legal-hold/"
    desk = desk_of(staff("ada", Role.ADMIN))
    assert where in desk.get(f"/admin/processing/document/{document.id}/change/").content.decode()
    assert "Put on legal hold" in desk.get(where).content.decode()
    assert desk.post(where, {"held": "true", "why": "Claim <17>"}, follow=True).status_code == 200
    document.refresh_from_db()
    assert document.legal_hold
    page = desk.get(where).content.decode()
    assert "Lift the legal hold" in page
    assert "Claim &lt;17&gt;" in page
    reviewer = desk_of(staff("rita", Role.REVIEWER))
    assert "Lift the legal hold" not in reviewer.get(where).content.decode()
    assert reviewer.post(where, {"held": "false", "why": "x"}).status_code == 403


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE processing_holdchange SET why = 'other'",
        "DELETE FROM processing_holdchange",
        "TRUNCATE processing_holdchange",
    ],
)
def test_its_history_cannot_be_changed_by_sql(document: Document, statement: str) -> None:
    set_legal_hold(document_id=document.id, held=True, why="Claim 17", by=None)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # nothing else may be what refuses
        with pytest.raises(IntegrityError, match="only ever added to"), transaction.atomic():
            cursor.execute(statement)
