"""What a submission may ask for: once only, with a wait, a callback, a priority; within what a role may."""

from __future__ import annotations

import json
from datetime import timedelta
from threading import Thread, Timer
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings
from rest_framework.test import APIClient

from common.roles import Role
from processing.models import Document, IdempotentRequest, ProcessingJob, UploadDay
from processing.net.addresses import UrlForbidden, check_callback
from processing.services.idempotency import begin_request, forget_old_requests
from processing.services.jobs import cancel_job
from processing.services.quotas import forget_old_days
from tests.people import person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_storage")]

INVOICE = b"INVOICE\nInvoice number: 4711\nInvoice date: 2026-03-02\nTotal: 12.00 EUR\n"
DOCUMENTS = "/api/v1/documents/"


def signed_in(user: User) -> APIClient:
    client = APIClient()
    client.force_authenticate(user)
    return client


@pytest.fixture
def kim() -> User:
    return person("kim", Role.OPERATOR)


@pytest.fixture
def client(kim: User) -> APIClient:
    return signed_in(kim)


def upload(client: APIClient, data: bytes = INVOICE, headers: dict[str, str] | None = None, **fields: Any) -> Any:
    file = SimpleUploadedFile("march.txt", data, content_type="text/plain")
    return client.post(DOCUMENTS, {"file": file, **fields}, format="multipart", headers=headers or {})


def keyed(key: str) -> dict[str, str]:
    return {"Idempotency-Key": key}


# --- Once -------------------------------------------------------------------------------------------------------------


def test_the_same_request_with_the_same_key_gets_the_same_answer_and_is_done_once(client: APIClient) -> None:
    first = upload(client, headers=keyed("k1"), on_duplicate="anew")
    ProcessingJob.objects.update(status="cancelled", outcome="cancelled", finished_at=timezone.now())
    again = upload(client, headers=keyed("k1"), on_duplicate="anew")
    assert (first.status_code, again.status_code) == (202, 202)
    assert again.json() == first.json()
    assert again["Location"] == first["Location"]
    assert again["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first
    assert ProcessingJob.objects.count() == 1


def test_the_same_key_with_another_request_is_refused(client: APIClient) -> None:
    upload(client, headers=keyed("k1"))
    for other in (upload(client, INVOICE + b"x", keyed("k1")), upload(client, headers=keyed("k1"), policy="rules")):
        assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


def test_keys_are_a_persons_own(client: APIClient) -> None:
    upload(client, headers=keyed("k1"))
    other = upload(signed_in(person("lee", Role.OPERATOR)), INVOICE + b"x", keyed("k1"))
    assert other.status_code == 202


def test_a_request_that_failed_may_be_sent_again_with_its_key(client: APIClient) -> None:
    assert upload(client, b"", keyed("k1")).status_code == 400
    assert upload(client, INVOICE, keyed("k1")).status_code == 202


def test_a_key_is_forgotten_after_a_day(client: APIClient) -> None:
    upload(client, headers=keyed("k1"))
    IdempotentRequest.objects.update(created_at=timezone.now() - timedelta(hours=25))
    assert "Idempotency-Replayed" not in upload(client, INVOICE + b"x", keyed("k1"))
    IdempotentRequest.objects.update(created_at=timezone.now() - timedelta(hours=25))
    assert forget_old_requests() == 1


def test_while_the_first_is_under_way_the_second_is_told_to_wait(client: APIClient, kim: User) -> None:
    upload(client, headers=keyed("k1"))
    IdempotentRequest.objects.update(status=None, held_until=timezone.now() + timedelta(minutes=1))
    second = upload(client, headers=keyed("k1"))
    assert (second.status_code, second.json()["code"]) == (409, "idempotency_in_progress")
    assert second["Retry-After"] == "1"


def test_a_first_request_that_died_is_taken_over(client: APIClient) -> None:
    upload(client, headers=keyed("k1"))
    IdempotentRequest.objects.update(status=None, held_until=timezone.now() - timedelta(seconds=1))
    second = upload(client, headers=keyed("k1"))
    assert second.status_code == 200
    assert "Idempotency-Replayed" not in second
    assert ProcessingJob.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_has_the_turn(kim: User) -> None:
    turns: list[str] = []

    def ask() -> None:
        try:
            turns.append(type(begin_request(user_id=kim.pk, key="k", fingerprint="f")).__name__)
        except Exception as error:
            turns.append(type(error).__name__)
        finally:
            connection.close()

    threads = [Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(turns) == ["FirstUnderWay"] * 5 + ["Turn"]


@pytest.mark.parametrize("key", ["", "a b", "ü", "x" * 256])
def test_a_key_that_cannot_be_kept_is_refused(client: APIClient, key: str) -> None:
    assert upload(client, headers=keyed(key)).status_code == 400


# --- Waiting ----------------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_who_prefers_to_wait_is_answered_when_the_job_has_ended(client: APIClient) -> None:
    def end() -> None:
        try:
            for job in ProcessingJob.objects.all():
                cancel_job(job_id=job.id)
        finally:
            connection.close()

    timer = Timer(1.0, end)
    timer.start()
    began = timezone.now()
    answer = upload(client, headers={"Prefer": "respond-async, wait=10"})
    timer.join()
    assert answer.status_code == 200
    assert answer.json()["status"] == "cancelled"
    assert answer["Preference-Applied"] == "wait=10"
    assert (timezone.now() - began).total_seconds() < 6


@pytest.mark.django_db(transaction=True)
def test_the_wait_ends_also_where_the_job_does_not(client: APIClient) -> None:
    answer = upload(client, headers={"Prefer": "wait=1"})
    assert answer.status_code == 202
    assert answer["Preference-Applied"] == "wait=1"
    later = client.get(answer.json()["links"]["self"], headers={"Prefer": "wait=1"})
    assert later.status_code == 200
    assert later.json()["status"] == "pending"
    assert later["Preference-Applied"] == "wait=1"


def test_who_does_not_ask_does_not_wait(client: APIClient) -> None:
    for prefer in ("", "respond-async", "wait=x", "swait=5"):
        assert "Preference-Applied" not in upload(client, headers={"Prefer": prefer})


# --- Callback, priority, limits ---------------------------------------------------------------------------------------


def test_a_callback_and_a_priority_are_kept_on_the_job(client: APIClient) -> None:
    address = "https://erp.example/hooks/jobs?x=1"
    job = upload(client, callback_url=address, priority=3).json()
    assert (job["callback_url"], job["priority"]) == (address, 3)
    assert ProcessingJob.objects.get().callback_url == address
    assert upload(client, INVOICE + b"x").json()["priority"] == 10


def test_what_a_sender_calls_a_document_comes_back_with_its_job_and_finds_it(client: APIClient) -> None:
    names = {"external_id": "PO-7/1", "metadata": json.dumps({"cost_center": "4711"})}
    job = upload(client, **names).json()
    upload(client, INVOICE + b"x")
    assert (job["external_id"], job["metadata"]) == ("PO-7/1", {"cost_center": "4711"})
    assert (job["filename"], job["kind"], job["media_type"]) == ("march.txt", "invoice", "text/plain")
    assert (job["progress"], job["links"]["result"]) == (0, None)
    assert job["links"]["ws"].endswith(f"/ws/jobs/{job['id']}/")
    assert job["links"]["ws"].startswith("ws")
    assert client.get(f"/api/v1/jobs/{job['id']}/").json() == job
    found = client.get("/api/v1/jobs/", {"external_id": "PO-7/1"}).json()["results"]
    assert [row["id"] for row in found] == [job["id"]]


def test_a_repeat_names_what_had_no_name_and_never_renames(client: APIClient) -> None:
    upload(client)
    assert upload(client, external_id="first").json()["external_id"] == "first"
    assert upload(client, external_id="second").json()["external_id"] == "first"


@pytest.mark.parametrize(
    "metadata",
    [
        "[]",
        "x",
        '{"a": 1}',
        '{"": "x"}',
        '{"a": "\\u0000"}',
        json.dumps({"a": "x" * 501}),
        json.dumps(dict.fromkeys(map(str, range(21)), "")),
    ],
)
def test_metadata_are_a_few_short_texts(client: APIClient, metadata: str) -> None:
    answer = upload(client, metadata=metadata)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "metadata")
    assert not Document.objects.exists()


def test_hidden_sheets_are_read_when_asked_for(client: APIClient) -> None:
    upload(client, include_hidden=True)
    upload(client, INVOICE + b"x")
    assert list(ProcessingJob.objects.order_by("created_at").values_list("include_hidden", flat=True)) == [True, False]


def test_a_job_under_way_takes_the_callback_of_a_repeat_but_never_another(client: APIClient) -> None:
    upload(client)
    upload(client, callback_url="https://erp.example/1")
    upload(client, callback_url="https://erp.example/2")
    assert ProcessingJob.objects.get().callback_url == "https://erp.example/1"


@pytest.mark.parametrize(
    "url",
    [
        "http://erp.example/", "https://127.0.0.1/", "https://[::1]/", "https://169.254.169.254/latest/",
        "https://10.0.0.5/", "https://localhost/", "https://db.internal/", "https://printer.local/", "https://intranet/",
        "https://0x7f000001/", "https://user:pw@erp.example/", "file:///etc/passwd", "nonsense",
    ],
)  # fmt: skip
def test_no_private_address_is_called_back(client: APIClient, url: str) -> None:
    answer = upload(client, callback_url=url)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "callback_url")
    with pytest.raises(UrlForbidden):
        check_callback(url, allow_http=False)
    assert not Document.objects.exists()


def test_what_may_be_spent_on_one_document_depends_on_the_role(client: APIClient, settings: Settings) -> None:
    settings.MAX_JOB_OUTPUT_TOKENS = 500
    wishes: list[dict[str, Any]] = [{"budget_usd": "1.01"}, {"max_output_tokens": 501}]
    for wish in wishes:
        [field] = wish
        refused = upload(client, **wish)
        assert refused.status_code == 400
        assert refused.json()["errors"][0] == {
            "field": field, "code": "above_your_limit", "message": refused.json()["errors"][0]["message"],
        }  # fmt: skip
    admin = signed_in(person("ada", Role.ADMIN))
    assert upload(admin, budget_usd="2", max_output_tokens=600).status_code == 202
    assert upload(admin, INVOICE + b"x", budget_usd="100.01").status_code == 400


def test_what_is_submitted_in_a_day_is_bounded(client: APIClient, kim: User, settings: Settings) -> None:
    settings.UPLOAD_QUOTA_DOCUMENTS = 2
    assert upload(client, b"").status_code == 400  # what was refused does not count
    assert upload(client).status_code == 202
    assert upload(client).status_code == 200  # nor does what came before
    assert upload(client, INVOICE + b"2").status_code == 202
    refused = upload(client, INVOICE + b"3")
    assert (refused.status_code, refused.json()["code"]) == (429, "quota_exceeded")
    assert 0 < int(refused["Retry-After"]) <= 86_401
    assert Document.objects.count() == 2
    assert UploadDay.objects.get().documents == 2
    assert UploadDay.objects.get().size_bytes == 2 * len(INVOICE) + 1
    UploadDay.objects.update(day=timezone.now().date() - timedelta(days=8))
    assert upload(client, INVOICE + b"3").status_code == 202
    assert forget_old_days() == 1


def test_bytes_of_a_day_are_bounded_and_admins_have_no_limit(client: APIClient, settings: Settings) -> None:
    settings.UPLOAD_QUOTA_MB = 1
    big = INVOICE + b"x" * 600_000
    assert upload(client, big).status_code == 202
    assert upload(client, big + b"x").status_code == 429
    admin = signed_in(person("ada", Role.ADMIN))
    assert [upload(admin, big + b"a").status_code, upload(admin, big + b"b").status_code] == [202, 202]


# --- Lists and details ------------------------------------------------------------------------------------------------


def test_lists_are_filtered_and_ordered(client: APIClient, kim: User) -> None:
    low = upload(client, priority=1).json()["id"]
    high = upload(client, INVOICE + b"2", priority=9).json()["id"]
    Document.objects.filter(jobs=low).update(filename="April report.pdf")

    def found(query: str, listing: str = "jobs") -> list[str]:
        answer = client.get(f"/api/v1/{listing}/?{query}")
        assert answer.status_code == 200, answer.content
        return [row["id"] for row in answer.json()["results"]]

    assert found("ordering=-priority") == [high, low]
    assert found("ordering=priority") == [low, high]
    assert found("filename=april") == [low]
    assert found("filename=april&ordering=priority") == [low]
    assert found("owner=kim&status=pending") == [high, low]
    assert found("owner=lee") == []
    assert found("stage=reading") == []
    assert found("created_after=2001-01-01T00:00:00Z") == [high, low]
    assert len(found("filename=APRIL", "documents")) == 1
    assert len(found("ordering=size_bytes", "documents")) == 2
    for wrong in ("ordering=raw_response", "status=lost", "created_after=x", "batch=x"):
        assert client.get(f"/api/v1/jobs/?{wrong}").status_code == 400


def test_pages_of_another_order_are_walked_to_their_end(client: APIClient) -> None:
    for number in range(5):
        upload(client, INVOICE + str(number).encode(), priority=number % 2)
    seen: list[str] = []
    place = "/api/v1/jobs/?ordering=-priority&page_size=2"
    while place:
        page = client.get(place).json()
        seen += [row["id"] for row in page["results"]]
        place = page["next"]
    assert len(set(seen)) == len(seen) == 5


def test_details_have_a_tag_and_are_sent_again_only_when_changed(client: APIClient) -> None:
    job = upload(client).json()
    for place in (job["links"]["self"], job["links"]["document"]):
        first = client.get(place)
        tag = first["ETag"]
        again = client.get(place, headers={"If-None-Match": tag})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
        assert client.get(place, headers={"If-None-Match": '"other"'}).status_code == 200
    tag = client.get(job["links"]["self"])["ETag"]
    client.post(job["links"]["cancel"])
    assert client.get(job["links"]["self"], headers={"If-None-Match": tag}).status_code == 200


def test_a_wait_and_an_idempotency_key_go_together(client: APIClient) -> None:
    headers = {"Idempotency-Key": "k", "Prefer": "wait=1"}
    assert upload(client, headers=headers).json() == upload(client, headers=headers).json()


def test_a_replay_asks_the_database_as_little_as_it_can(
    client: APIClient, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    upload(client, headers=keyed("k1"))
    with django_assert_max_num_queries(6):
        upload(client, headers=keyed("k1"))
