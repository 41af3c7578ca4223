"""Documents and jobs through the API: what comes in, what is answered, and who sees what."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_q.models import OrmQ
from pytest_django import DjangoAssertNumQueries, Settings
from rest_framework.test import APIClient

from common.roles import Role
from processing.errors import StorageUnavailable
from processing.models import Document, ProcessingJob
from processing.services import documents
from processing.services.documents import submit_document
from tests.people import person, signed_in
from tests.problems import is_problem

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_storage")]

INVOICE = b"INVOICE\nInvoice number: 4711\nInvoice date: 2026-03-02\nTotal: 12.00 EUR\n"
SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "documents"


@pytest.fixture
def kim() -> User:
    return person("kim", Role.OPERATOR)


@pytest.fixture
def client(kim: User) -> APIClient:
    return signed_in(kim)


def upload(client: APIClient, data: bytes = INVOICE, name: str = "march.txt", **fields: Any) -> Any:
    file = SimpleUploadedFile(name, data, content_type=fields.pop("content_type", "text/plain"))
    return client.post("/api/v1/documents/", {"file": file, **fields}, format="multipart")


# --- In -------------------------------------------------------------------------------------------------------------


def test_a_file_makes_a_document_and_a_job_that_is_followed_by_its_links(client: APIClient, kim: User) -> None:
    answer = upload(client, policy="rules", budget_usd="0.05", max_output_tokens=99, kind="invoice")
    assert answer.status_code == 202
    job = answer.json()
    assert (job["status"], job["policy"], job["budget_usd"], job["max_output_tokens"], job["error"]) == (
        "pending", "rules", "0.0500000000", 99, None,
    )  # fmt: skip
    assert answer.headers["Location"] == job["links"]["self"]
    assert client.get(job["links"]["self"]).json()["id"] == job["id"]
    document = client.get(job["links"]["document"]).json()
    assert (document["filename"], document["size_bytes"], document["source"]) == ("march.txt", len(INVOICE), "upload")
    assert client.get(document["links"]["jobs"]).json()["results"][0]["id"] == job["id"]
    assert Document.objects.get().owner == kim
    assert OrmQ.objects.count() == 1


def test_the_same_file_again_gives_the_first_job_or_is_refused_or_done_anew(client: APIClient) -> None:
    first = upload(client).json()
    again = upload(client)
    assert (again.status_code, again.json()["id"]) == (200, first["id"])
    body = is_problem(upload(client, on_duplicate="refuse"), 409, "duplicate_document")
    assert "march.txt" in body["detail"]
    ProcessingJob.objects.update(status="completed", outcome="success", finished_at="2026-01-01T00:00Z")
    anew = upload(client, on_duplicate="anew")
    assert anew.status_code == 202
    assert anew.json()["id"] != first["id"]


@pytest.mark.parametrize(
    ("data", "name", "status", "code"),
    [
        (b"", "a.pdf", 400, "empty_file"),
        (b"\x00\x01\x02" * 50, "a.bin", 400, "unsupported_format"),
        (INVOICE, "a.png", 400, "unsupported_format"),
        (b"%PDF-1.7\n1 0 obj\n", "a.pdf", 400, "corrupt_file"),
        (INVOICE + b" " * 10 * 1024 * 1024, "a.txt", 413, "file_too_large"),
    ],
)
def test_a_file_that_cannot_be_taken_is_answered_with_its_code(
    client: APIClient, data: bytes, name: str, status: int, code: str
) -> None:
    is_problem(upload(client, data, name, content_type="application/octet-stream"), status, code)
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, ""),
        ({"url": "https://files.example/a", "blob": "inbox/1/a"}, ""),
        ({"url": "https://files.example/a", "kind": "letter"}, "kind"),
        ({"url": "https://files.example/a", "budget_usd": "-1"}, "budget_usd"),
        ({"url": "https://files.example/a", "budget_usd": "NaN"}, "budget_usd"),
        ({"url": "https://files.example/a", "max_output_tokens": 0}, "max_output_tokens"),
        ({"file": "text"}, "file"),
        ([1, 2], ""),
    ],
)
def test_wrong_fields_are_named(client: APIClient, body: Any, field: str) -> None:
    problem = is_problem(client.post("/api/v1/documents/", body, format="json"), 400, "invalid_request")
    assert field in {error["field"] for error in problem["errors"]}


def test_a_url_of_a_private_address_is_refused(client: APIClient) -> None:
    body = {"url": "https://169.254.169.254/latest/meta-data/"}
    is_problem(client.post("/api/v1/documents/", body, format="json"), 400, "url_forbidden")


def test_a_blob_is_taken_from_ones_own_inbox_only(client: APIClient, kim: User) -> None:
    default_storage.save(f"inbox/{kim.pk}/march.txt", ContentFile(INVOICE))
    default_storage.save("inbox/999/other.txt", ContentFile(INVOICE))
    answer = client.post("/api/v1/documents/", {"blob": f"inbox/{kim.pk}/march.txt"}, format="json")
    assert answer.status_code == 202
    document = Document.objects.get()
    assert (document.source, document.filename) == ("blob", "march.txt")
    assert document.storage_key.startswith("raw/")
    for key in ("inbox/999/other.txt", document.storage_key, f"inbox/{kim.pk}/../999/other.txt", "raw/x"):
        is_problem(client.post("/api/v1/documents/", {"blob": key}, format="json"), 404, "not_found")
    admin = signed_in(person("ada", Role.ADMIN))
    assert admin.post("/api/v1/documents/", {"blob": "inbox/999/other.txt"}, format="json").status_code == 202


def test_a_storage_that_is_away_is_a_503_that_says_when_to_come_again(
    client: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(**_: object) -> None:
        raise StorageUnavailable

    monkeypatch.setattr(documents, "store_bytes", away)
    answer = upload(client)
    is_problem(answer, 503, "storage_unavailable")
    assert int(answer.headers["Retry-After"]) > 0
    assert not Document.objects.exists()


def test_an_upload_that_is_too_large_is_refused_before_it_is_read(client: APIClient, settings: Settings) -> None:
    settings.MAX_INVOICE_MB = settings.MAX_RATE_CARD_MB = 1
    is_problem(upload(client, b"x" * 1_100_000), 413, "file_too_large")
    is_problem(upload(client, b"x" * 3_000_000), 413, "file_too_large")


# --- Errors that no view makes --------------------------------------------------------------------------------------


def test_every_kind_of_error_has_the_same_shape(client: APIClient) -> None:
    is_problem(client.get("/api/v1/nothing/"), 404, "not_found")
    is_problem(client.get("/api/nothing"), 404, "not_found")
    is_problem(client.delete("/api/v1/jobs/"), 405, "method_not_allowed")
    is_problem(client.post("/api/v1/documents/", "<a/>", content_type="application/xml"), 415, "unsupported_media_type")
    is_problem(client.post("/api/v1/documents/", "{", content_type="application/json"), 400, "malformed_request")
    is_problem(
        client.post("/api/v1/documents/", b"x", content_type="multipart/form-data; boundary="),
        400, "malformed_request",
    )  # fmt: skip
    is_problem(client.get("/api/v1/jobs/", headers={"accept": "text/html"}), 406, "not_acceptable")
    is_problem(APIClient().get("/api/v1/jobs/"), 401, "not_authenticated")
    is_problem(client.get("/api/v1/jobs/?status=lost"), 400, "invalid_request")
    is_problem(client.get("/api/v1/jobs/?cursor=abc"), 404, "not_found")
    is_problem(client.get("/api/v1/documents/00000000-0000-4000-8000-000000000000/"), 404, "not_found")


def test_a_defect_is_a_500_that_tells_nothing(client: APIClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_: object) -> None:
        raise KeyError("a secret")

    monkeypatch.setattr("processing.api.intake.submit_document", broken)
    answer = upload(client)
    is_problem(answer, 500, "error")
    assert b"secret" not in answer.content


def test_a_session_needs_the_token_against_forgery(kim: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(kim)
    is_problem(client.post("/api/v1/documents/", {"url": "x"}), 403, "permission_denied")


# --- Who ------------------------------------------------------------------------------------------------------------


def test_tokens_open_the_door_and_wrong_ones_do_not(kim: User) -> None:
    client = APIClient()
    is_problem(
        client.post("/api/v1/auth/token/", {"username": "kim", "password": "wrong"}), 401, "authentication_failed"
    )
    pair = client.post("/api/v1/auth/token/", {"username": "kim", "password": "kim-secret-words"}).json()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {pair['access']}")
    assert upload(client).status_code == 202
    assert "access" in client.post("/api/v1/auth/token/refresh/", {"refresh": pair["refresh"]}).json()
    client.credentials(HTTP_AUTHORIZATION="Bearer nonsense")
    answer = client.get("/api/v1/jobs/")
    is_problem(answer, 401, "authentication_failed")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


ADDRESSES = ["documents/{d}/", "documents/{d}/file/", "documents/{d}/pages/1.png", "jobs/{j}/"]


def test_what_is_anothers_is_not_there_and_staff_see_all(client: APIClient, kim: User) -> None:
    data = (SAMPLES / "07_cartage.pdf").read_bytes()
    job = ProcessingJob.objects.get(id=upload(client, data, "a.pdf", content_type="application/pdf").json()["id"])
    places = [f"/api/v1/{address}".format(d=job.document_id, j=job.id) for address in ADDRESSES]
    stranger = signed_in(person("lee", Role.REVIEWER))
    for place in places:
        assert client.get(place).status_code in (200, 302), place
        is_problem(stranger.get(place), 404, "not_found")
        assert APIClient().get(place).status_code == 401
    for action in ("retry", "cancel"):
        is_problem(stranger.post(f"/api/v1/jobs/{job.id}/{action}/"), 404, "not_found")
    for listing in ("documents", "jobs"):
        assert stranger.get(f"/api/v1/{listing}/").json()["results"] == []
    assert stranger.get("/api/v1/jobs/stats/").json()["total"] == 0
    for seer in (person("ada", Role.ADMIN), User.objects.create_user("sam", is_staff=True)):
        assert signed_in(seer).get(places[0]).status_code == 200
        assert signed_in(seer).get("/api/v1/jobs/stats/").json()["total"] == 1


@pytest.mark.parametrize("role", [None, Role.VIEWER])
def test_viewers_read_but_do_not_submit(role: Role | None) -> None:
    viewer = signed_in(person("vic", role))
    assert viewer.get("/api/v1/jobs/").status_code == 200
    is_problem(upload(viewer), 403, "permission_denied")


# --- Jobs -----------------------------------------------------------------------------------------------------------


def test_jobs_are_cancelled_and_tried_again_in_the_right_states_only(client: APIClient) -> None:
    job = upload(client).json()
    is_problem(client.post(job["links"]["retry"]), 409, "invalid_state")
    cancelled = client.post(job["links"]["cancel"])
    assert (cancelled.status_code, cancelled.json()["status"]) == (200, "cancelled")
    is_problem(client.post(job["links"]["cancel"]), 409, "invalid_state")
    OrmQ.objects.all().delete()
    retried = client.post(job["links"]["retry"])
    assert (retried.status_code, retried.json()["status"]) == (202, "pending")
    assert OrmQ.objects.count() == 1, "a worker was woken"
    assert client.get("/api/v1/jobs/stats/").json() == {
        "pending": 1, "processing": 0, "completed": 0, "failed": 0, "cancelled": 0, "total": 1,
    }  # fmt: skip


def test_a_failed_job_tells_its_error(client: APIClient) -> None:
    job = upload(client).json()
    ended = {"status": "failed", "outcome": "unreadable", "finished_at": "2026-01-01T00:00Z"}
    ProcessingJob.objects.update(**ended, error_code="extraction_failed", error_message="Nothing to read.")
    shown = client.get(job["links"]["self"]).json()
    assert shown["error"] == {"code": "extraction_failed", "message": "Nothing to read."}


def test_a_purged_document_says_so_and_cannot_be_read_again(client: APIClient) -> None:
    job = upload(client).json()
    client.post(job["links"]["cancel"])
    Document.objects.update(purged_at="2026-01-01T00:00Z")
    document = client.get(job["links"]["document"]).json()
    assert document["purged_at"]
    assert document["links"]["file"] is None
    is_problem(client.get(f"/api/v1/documents/{document['id']}/file/"), 404, "not_found")
    is_problem(client.post(job["links"]["retry"]), 409, "invalid_state")


def test_lists_take_as_many_queries_for_many_rows_as_for_one(
    client: APIClient, kim: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        submit_document(data=INVOICE + str(number).encode(), filename="a.txt", owner_id=kim.pk)
        if number in (0, 11):
            for listing in ("documents", "jobs"):
                with django_assert_num_queries(5):  # session, user, roles, limit, rows
                    assert len(client.get(f"/api/v1/{listing}/").json()["results"]) == number + 1


def test_lists_are_walked_by_cursor_and_filtered(client: APIClient, kim: User) -> None:
    for number in range(5):
        submit_document(data=INVOICE + str(number).encode(), filename="a.txt", owner_id=kim.pk)
    seen, address = [], "/api/v1/jobs/?page_size=2&status=pending"
    while address:
        page = client.get(address).json()
        seen += [job["id"] for job in page["results"]]
        address = page["next"]
    assert len(seen) == len(set(seen)) == 5
    assert client.get("/api/v1/jobs/?status=failed").json()["results"] == []
    assert len(client.get("/api/v1/documents/?kind=invoice&source=upload").json()["results"]) == 5


# --- Out ------------------------------------------------------------------------------------------------------------


def test_the_file_is_reached_by_a_redirect_to_a_link_that_needs_no_sign_in(client: APIClient) -> None:
    document = upload(client, name="../../März.txt").json()["document"]
    redirect = client.get(f"/api/v1/documents/{document}/file/")
    assert redirect.status_code == 302
    answer = Client().get(redirect.headers["Location"])
    assert (answer.status_code, answer.content) == (200, INVOICE)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert ".." not in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    is_problem(Client().get(f"/api/v1/documents/{document}/file/?token=x"), 404, "not_found")


def test_pages_are_drawn_and_kept_by_the_browser(client: APIClient) -> None:
    data = (SAMPLES / "07_cartage.pdf").read_bytes()
    document = upload(client, data, "a.pdf", content_type="application/pdf").json()["document"]
    first = client.get(f"/api/v1/documents/{document}/pages/1.png", headers={"accept": "image/png"})
    assert first.status_code == 200
    assert first.content.startswith(b"\x89PNG")
    assert "private" in first.headers["Cache-Control"]
    again = client.get(f"/api/v1/documents/{document}/pages/1.png", headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    is_problem(client.get(f"/api/v1/documents/{document}/pages/99.png"), 404, "not_found")
    is_problem(client.get(f"/api/v1/documents/{document}/pages/0.png"), 404, "not_found")


def test_the_schema_knows_every_address_and_its_pages_load_nothing_from_elsewhere() -> None:
    schema = Client().get("/api/schema/", headers={"accept": "application/json"}).json()
    assert schema["openapi"].startswith("3.1")
    assert {"/api/v1/documents/", "/api/v1/jobs/{id}/retry/", "/api/v1/auth/token/"} <= set(schema["paths"])
    page = Client().get("/api/docs/").text
    assert "https://" not in page.replace("https://www.w3.org", "")
