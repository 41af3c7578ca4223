"""Small doors: each was found open once."""

from __future__ import annotations

import os
import resource
import threading
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections, transaction
from django.utils import timezone
from rest_framework.test import APIClient

from common.formulas import formula_safe
from common.roles import Role
from invoices.values.fields import BadValue, parse_field
from invoicesite.webhooks.posting import post_message
from processing.channels.paths import expand_paths
from processing.content.extraction import Extraction, FieldValue
from processing.errors import StorageUnavailable
from processing.models import Document
from processing.pipeline.cascade import combine
from processing.services.documents import submit_document
from processing.storage import delete_bytes, fetch_bytes, inbox_bytes, store_bytes
from tests.invoices.books import invoice, read, record_invoice
from tests.loops import run as run_loop
from tests.people import api_of, person, signed_in

TEXT = b"INVOICE 1\nTotal 5.00"


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("  @SUM(A1)", "'  @SUM(A1)"),
        ("\u3000＝cmd", "'\u3000＝cmd"),
        ("\u200b+cmd", "'\u200b+cmd"),
        ("\tx", "'\tx"),
        ("a;=cmd|' /C calc'!A1", "a;'=cmd|' /C calc'!A1"),
        ("a\t =cmd", "a\t '=cmd"),
        ("a;-cmd", "a;'-cmd"),
        ("a\n@x", "a\n'@x"),
        ("Pos. 1; -5 %", "Pos. 1; -5 %"),
        ("-12.50", "-12.50"),
        ("plain; text", "plain; text"),
    ],
)
def test_no_cell_is_run_by_a_spreadsheet_whatever_parts_its_cells(text: str, safe: str) -> None:
    assert formula_safe(text) == safe


@pytest.mark.parametrize("text", ["1e3", "0x10", "12abc34", "1..5", "1_000", "--5", "5-6", "NaN", "1,2,3.4.5"])
def test_what_is_no_amount_is_refused_and_quoted(text: str) -> None:
    with pytest.raises(BadValue, match="is not a number") as refused:
        parse_field("total_amount", text)
    assert f'"{text}"' in str(refused.value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12.50 EUR", "12.50"),
        ("Fr. 1’234.50", "1234.50"),
        ("12,50 Euro.", "12.50"),
        ("(5.00)", "-5.00"),
        ("5,-", "5"),
        ("1 234,50 zł", "1234.50"),
    ],
)
def test_an_amount_as_documents_write_it_is_one(text: str, value: str) -> None:
    assert parse_field("total_amount", text) == Decimal(value)


@pytest.mark.django_db
def test_the_api_refuses_amounts_that_only_python_reads() -> None:
    record = record_invoice(read=read(invoice("R-1"), sha256="a" * 64), owner_id=None)
    root = person("root", Role.ADMIN)
    client = signed_in(root)
    url = f"/api/v1/invoices/{record.id}/"
    tag = client.get(url).headers["ETag"]
    answer = client.patch(url, {"total_amount": "1_000"}, format="json", headers={"If-Match": tag})
    assert answer.status_code == 400
    assert "1_000" in answer.content.decode()
    budget = client.post("/api/v1/budgets/", {"scope": "user", "key": str(root.pk), "budget_usd": "1e3"}, format="json")
    assert (budget.status_code, "1e3" in budget.content.decode()) == (400, True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    ["invoices/", "invoices/export/", "documents/", "jobs/", "batches/", "findings/", "rate-cards/", "webhooks/"],
)
def test_a_parameter_that_no_list_knows_is_refused(path: str) -> None:
    client = api_of("ann", Role.ADMIN)
    answer = client.get(f"/api/v1/{path}?statuss=approved")
    assert answer.status_code == 400, answer.content
    assert answer.json()["errors"][0]["field"] == "statuss"
    assert client.get(f"/api/v1/{path}").status_code == 200


@pytest.mark.django_db
def test_parameters_that_a_list_knows_are_taken() -> None:
    client = api_of("ann", Role.ADMIN)
    for query in ("invoices/?status=ready&page_size=5&ordering=-created_at", "invoices/export/?format=csv&rows=lines"):
        assert client.get(f"/api/v1/{query}").status_code == 200, query


@pytest.mark.django_db
@pytest.mark.usefixtures("own_storage")
def test_two_parts_named_file_are_refused() -> None:
    client: APIClient = api_of("ann", Role.OPERATOR)
    files = [SimpleUploadedFile("a.txt", TEXT), SimpleUploadedFile("b.txt", TEXT + b"1")]
    assert client.post("/api/v1/documents/", {"file": files}).status_code == 400
    assert not Document.objects.exists()


def test_symbolic_links_in_a_folder_are_passed_over(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    (inbox / "a.txt").write_text("a")
    (inbox / "b.txt").symlink_to(tmp_path / "secret.txt")
    (inbox / "c").symlink_to(tmp_path)
    passed: list[Path] = []
    assert list(expand_paths([str(inbox)], passed_over=passed.append)) == [inbox / "a.txt"]
    assert list(expand_paths([f"{inbox}/*.txt"], passed_over=passed.append)) == [inbox / "a.txt"]
    assert passed == [inbox / "b.txt", inbox / "b.txt"]


def test_a_symbolic_link_in_the_inbox_of_the_storage_is_not_there(own_storage: Path) -> None:
    (own_storage / "inbox").mkdir(parents=True)
    (own_storage / "secret.txt").write_text("secret")
    (own_storage / "inbox" / "a.txt").write_text("a")
    (own_storage / "inbox" / "b.txt").symlink_to(own_storage / "secret.txt")
    (own_storage / "inbox" / "c").symlink_to(own_storage)
    assert inbox_bytes(key="inbox/a.txt", max_bytes=10) == b"a"
    for key in ("inbox/b.txt", "inbox/c/secret.txt"):
        with pytest.raises(Exception, match="not found"):
            inbox_bytes(key=key, max_bytes=10)


def test_what_a_full_disk_took_of_a_file_is_removed(own_storage: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        with pytest.raises(StorageUnavailable):
            store_bytes(key="raw/a.pdf", data=os.urandom(20_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert not default_storage.exists("raw/a.pdf")


@pytest.mark.django_db(transaction=True)
def test_an_upload_while_its_first_copy_is_deleted_is_kept(own_storage: Path) -> None:
    first = submit_document(data=TEXT, filename="a.txt", enqueue=False).document
    held = threading.Event()

    def purge() -> None:
        with transaction.atomic():
            document = Document.objects.select_for_update().get(id=first.id)
            held.set()
            waits_for_row()
            delete_bytes(key=document.storage_key)
            document.purged_at = timezone.now()
            document.save(update_fields=["purged_at"])
        connections.close_all()

    thread = threading.Thread(target=purge)
    thread.start()
    held.wait(10)
    again = submit_document(data=TEXT, filename="a.txt", enqueue=False, anew=True).document
    thread.join()
    again.refresh_from_db()
    assert (again.id, again.purged_at) == (first.id, None)
    assert fetch_bytes(key=again.storage_key, sha256=again.sha256) == TEXT


def waits_for_row() -> None:
    """Until another session waits for a row that this one holds."""
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted AND pid <> pg_backend_pid()")
            if cursor.fetchone()[0]:
                return
        threading.Event().wait(0.02)


def test_webhooks_do_not_tell_which_inner_names_there_are() -> None:
    def error(addresses: list[str]) -> str:
        answer = post_message(url="https://wiki.corp/x", message_id="m", body=b"{}", secrets=[], attempt=1,
                              resolve=lambda host, port: addresses)  # fmt: skip
        return answer.error

    assert error([]) == error(["10.0.0.7"]) != ""


@pytest.mark.django_db
def test_another_path_of_a_websocket_is_closed() -> None:
    from invoicesite.asgi import application

    async def answered() -> list[dict[str, Any]]:
        sent: list[dict[str, Any]] = []
        headers = [(b"origin", b"http://localhost"), (b"host", b"localhost")]
        scope = {"type": "websocket", "path": "/ws/nothing/", "headers": headers, "subprotocols": []}

        async def receive() -> dict[str, Any]:
            return {"type": "websocket.connect"}

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        await application(scope, receive, send)
        return sent

    assert [message["type"] for message in run_loop(answered())] == ["websocket.close"]
    connections.close_all()


@pytest.mark.parametrize(
    ("name", "ours", "theirs", "differs"),
    [
        ("iban", "DE89370400440532013000", "GB33BUKB20201555555555", True),
        ("iban", "DE89370400440532013000", "DE89 3704 0044 0532 0130 00", False),
        ("bic", "COBADEFF", "COBADEFFXXX", False),
        ("bic", "COBADEFF", "DEUTDEFF", True),
        ("payment_reference", "RF18539007547034", "RF712348231", True),
        ("amount_due", Decimal("144.00"), Decimal("1.00"), True),
    ],
)
def test_an_obedient_model_does_not_move_the_money(name: str, ours: Any, theirs: Any, differs: bool) -> None:
    by_rules = Extraction(method="rules", fields={name: FieldValue(ours, str(ours), "rules", None)})
    by_model = Extraction(method="llm", fields={name: FieldValue(theirs, str(theirs), "llm", None)})
    found = combine(by_rules, by_model, policy="llm", today=timezone.localdate()).reasons
    assert [(reason.code, reason.field) for reason in found if reason.field == name] == (
        [("readings_differ", name)] if differs else []
    )
