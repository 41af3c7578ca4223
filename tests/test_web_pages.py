"""The pages of the web UI without a browser: who sees what, what a form takes, what works without script."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from common.roles import Role
from invoices.field_groups import shown_field, shown_value
from invoices.models import Invoice, RateCard
from invoices.records import ReviewReason
from invoicesite.accounts.models import ApiKey
from processing.models import Document
from processing.pipeline.run import run_job
from processing.services.documents import JobOptions, submit_document
from processing.spending.day_chart import round_step
from tests.people import person
from tests.processing.invoice_files import text_invoice
from tests.processing.ledger_factories import make_job

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_storage")]


@pytest.fixture
def ann(client: Client) -> User:
    """An operator, signed in."""
    user = person("ann", Role.OPERATOR)
    client.force_login(user)
    return user


def read_document(owner: User, number: str = "A-1", total: str = "120.00") -> Document:
    data = text_invoice(number=number, net="100.00", total=total)
    submission = submit_document(
        data=data, filename=f"{number}.txt", owner_id=owner.pk, options=JobOptions(policy="rules")
    )
    assert run_job(submission.job.id)
    return Document.objects.get(pk=submission.document.pk)


def a_file(name: str = "invoice.txt", number: str = "A-1") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text_invoice(number=number, net="100.00", total="120.00"), "text/plain")


PAGES = ["/", "/upload/", "/spend/", "/rate-cards/", "/rate-cards/quote/", "/profile/", "/api-keys/"]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_for_people_who_are_signed_in(path: str, client: Client) -> None:
    assert client.get(path).headers["Location"] == f"/sign-in/?next={path}"
    client.force_login(person("ann", Role.OPERATOR))
    assert client.get(path).status_code == 200


def test_what_is_not_yours_is_not_there(client: Client, ann: User) -> None:
    document = read_document(person("bea", Role.OPERATOR))
    job = document.jobs.get()
    for path in (
        reverse("result", args=[document.pk]), reverse("job", args=[job.pk]), reverse("job-row", args=[job.pk]),
        reverse("invoice-download", args=[document.invoice_id, "csv"]),
    ):  # fmt: skip
        assert client.get(path).status_code == 404
    assert client.post(reverse("job-action", args=[job.pk]), {"do": "retry"}).status_code == 404
    assert "A-1.txt" not in client.get("/").text


def test_the_list_finds_documents_by_their_words_and_states(client: Client, ann: User) -> None:
    read_document(ann, "A-1")
    read_document(ann, "B-2", total="999.00")
    make_job(owner_id=ann.pk, filename="waiting.pdf")
    assert client.get("/").text.count('id="row-') == 3
    assert client.get("/?q=B-2").text.count('id="row-') == 1
    assert client.get("/?q=northwind").text.count('id="row-') == 2
    assert "waiting.pdf" in client.get("/?show=open").text
    review = client.get("/?show=review").text
    assert "B-2.txt" in review
    assert "A-1.txt" not in review
    assert "Nothing found" in client.get("/?q=no-such-thing").text


def test_htmx_gets_the_part_of_the_list_that_it_replaces(client: Client, ann: User) -> None:
    read_document(ann)
    part = client.get("/?show=done", headers={"HX-Request": "true"})
    assert part.text.lstrip().startswith('<div id="found">')
    assert "HX-Request" in part.headers["Vary"]


def test_the_queries_of_the_list_do_not_grow_with_its_rows(client: Client, ann: User) -> None:
    counts = []
    for number in range(4):
        read_document(ann, f"A-{number}")
        with CaptureQueriesContext(connection) as queries:
            client.get("/")
        counts.append(len(queries))
    assert counts[1] == counts[3] <= 10


def test_many_files_in_a_plain_form_are_answered_for_one_by_one(client: Client, ann: User) -> None:
    files = [a_file("one.txt"), SimpleUploadedFile("two.exe", b"MZ\x90\x00" * 50), SimpleUploadedFile("three.txt", b"")]
    answer = client.post("/upload/", {"kind": "invoice", "file": files})
    assert answer.status_code == 200
    assert Document.objects.get().owner == ann
    assert "unsupported_format" in answer.text
    assert "empty_file" in answer.text
    assert 'data-follow="' in answer.text


def test_the_script_gets_one_entry_with_the_status_of_its_error(client: Client, ann: User) -> None:
    part = {"X-Part": "item"}
    taken = client.post("/upload/", {"kind": "invoice", "file": a_file()}, headers=part)
    assert taken.status_code == 200
    assert taken.text.lstrip().startswith('<li class="upload-item"')
    again = client.post("/upload/", {"kind": "invoice", "file": a_file()}, headers=part)
    assert "submitted before" in again.text
    empty = client.post("/upload/", {"file": SimpleUploadedFile("empty.txt", b"")}, headers=part)
    assert empty.status_code == 400
    assert "empty_file" in empty.text


def test_a_form_without_files_says_what_is_missing(client: Client, ann: User) -> None:
    answer = client.post("/upload/", {"kind": "invoice"})
    assert answer.status_code == 400
    assert "Choose at least one file." in answer.text


def test_a_form_that_is_too_large_gets_a_page(client: Client, ann: User, settings: Settings) -> None:
    settings.MAX_INVOICE_MB = settings.MAX_RATE_CARD_MB = 1
    file = SimpleUploadedFile("large.pdf", b"%PDF-1.7" + b"0" * 3_000_000)
    answer = client.post("/upload/", {"kind": "invoice", "file": file})
    assert answer.status_code == 413
    assert "That did not work" in answer.text


def test_a_viewer_reads_and_does_not_upload(client: Client) -> None:
    client.force_login(person("vic", Role.VIEWER))
    assert 'href="/upload/"' not in client.get("/").text
    assert client.get("/upload/").status_code == 403


def test_a_result_shows_fields_places_reasons_and_ways_to_take_it_along(client: Client, ann: User) -> None:
    document = read_document(ann, "B-2", total="999.00")
    page = client.get(reverse("result", args=[document.pk])).text
    assert "999.00" in page
    assert "Needs review because" in page
    assert 'id="at-total_amount"' in page
    assert 'href="#at-total_amount"' in page
    csv = client.get(reverse("invoice-download", args=[document.invoice_id, "csv"]))
    assert "B-2" in b"".join(csv.streaming_content).decode()  # type: ignore[attr-defined]
    book = client.get(reverse("invoice-download", args=[document.invoice_id, "xlsx"]) + "?rows=lines")
    assert b"".join(book.streaming_content).startswith(b"PK")  # type: ignore[attr-defined]
    assert client.get(reverse("invoice-ubl", args=[document.invoice_id])).status_code == 200
    assert client.get(reverse("invoice-download", args=[document.invoice_id, "exe"])).status_code == 404


def test_what_stands_in_a_document_is_never_markup(client: Client, ann: User) -> None:
    document = read_document(ann)
    Invoice.objects.update(vendor_name="<script>alert(1)</script>", notes="<img src=x onerror=alert(1)>")
    Document.objects.update(filename="<b>bold</b>.txt")
    for path in ("/", reverse("result", args=[document.pk]), reverse("job", args=[document.jobs.get().pk])):
        page = client.get(path).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "<b>bold" not in page


def test_a_failed_job_is_tried_again_from_its_page(client: Client, ann: User) -> None:
    job = make_job(owner_id=ann.pk)
    client.post(reverse("job-action", args=[job.pk]), {"do": "cancel"})
    job.refresh_from_db()
    assert job.status == "cancelled"
    answer = client.post(reverse("job-action", args=[job.pk]), {"do": "retry"}, follow=True)
    job.refresh_from_db()
    assert job.status == "pending"
    assert "back in the queue" in answer.text
    assert 'data-follow="' in answer.text


def test_a_key_is_shown_once_and_opens_the_api_until_it_is_revoked(client: Client, ann: User) -> None:
    answer = client.post("/api-keys/", {"name": "Import", "days": "30", "scopes": ["read", "submit"]})
    key, text = ApiKey.objects.get(), answer.context["made_text"]
    assert text in answer.text
    assert text not in client.get("/api-keys/").text
    bearer = {"Authorization": f"Bearer {text}"}
    assert Client().get("/api/v1/jobs/", headers=bearer).status_code == 200
    client.post(reverse("api-key-revoke", args=[key.pk]))
    assert Client().get("/api/v1/jobs/", headers=bearer).status_code == 401


def test_a_key_beyond_the_role_is_refused(client: Client, ann: User) -> None:
    answer = client.post("/api-keys/", {"name": "Import", "days": "30", "scopes": ["admin"]})
    assert answer.status_code == 403
    assert not ApiKey.objects.exists()
    assert client.post("/api-keys/", {"name": "", "scopes": ["read"]}).status_code == 400


def test_nobody_revokes_the_key_of_somebody_else(client: Client, ann: User) -> None:
    client.post("/api-keys/", {"name": "Import", "days": "", "scopes": ["read"]})
    client.force_login(person("bea"))
    assert client.post(reverse("api-key-revoke", args=[ApiKey.objects.get().pk])).status_code == 404
    assert ApiKey.objects.get().revoked_at is None


def test_times_are_in_the_zone_of_the_browser_and_the_profile_overrides_it(client: Client, ann: User) -> None:
    client.cookies["browser_time_zone"] = "Asia%2FTokyo"
    assert "Times are in Tokyo" in client.get("/").text
    answer = client.post("/profile/", {"time_zone": "America/New_York"}, follow=True)
    assert "Times are in New York" in answer.text
    client.post("/profile/", {"time_zone": ""})
    assert "Times are in Tokyo" in client.get("/").text
    client.cookies["browser_time_zone"] = "Middle%2FEarth"
    assert "Times are in UTC" in client.get("/").text
    assert client.post("/profile/", {"time_zone": "Middle/Earth"}).status_code == 400


def test_a_quote_is_a_link_and_says_what_is_wrong(client: Client, ann: User) -> None:
    RateCard.objects.create(owner=ann, carrier_name="Kestrel", status="active", currency="EUR").rates.create(
        position=0, value=Decimal("6.5"), unit="flat", zone="2", break_basis="weight", break_to=Decimal(10),
        break_unit="kg",
    )  # fmt: skip
    page = client.get("/rate-cards/quote/?count=1&weight=4&weight_unit=kg&zone=2")
    assert page.status_code == 200
    assert "6.50 EUR" in page.text
    assert client.get("/rate-cards/quote/?count=1&weight=&weight_unit=kg").status_code == 400
    halves = client.get("/rate-cards/quote/?count=1&weight=4&weight_unit=kg&length=10")
    assert "all three dimensions" in halves.text


def test_error_pages_say_what_to_do(client: Client, ann: User) -> None:
    missing = client.get("/no/such/page/")
    assert missing.status_code == 404
    assert "Page not found" in missing.text
    # Where a view breaks, Django renders this without the request: it must need nothing of it.
    assert "Something went wrong on our side" in render_to_string("500.html")


def test_pages_carry_nothing_inline(client: Client, ann: User) -> None:
    document = read_document(ann, "B-2", total="999.00")
    for path in [*PAGES, reverse("result", args=[document.pk]), reverse("job", args=[document.jobs.get().pk])]:
        answer = client.get(path)
        assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]
        assert " style=" not in answer.text
        assert " onclick=" not in answer.text
        assert "javascript:" not in answer.text
        assert "<script>" not in answer.text
        assert "<style" not in answer.text


@pytest.mark.parametrize(
    ("value", "money", "shown"),
    [
        (Decimal("1234.5000"), True, "1,234.50"),
        (Decimal("3.00000000"), False, "3"),
        (Decimal("0.12345000"), True, "0.12345"),
        (Decimal("-20"), True, "-20.00"),
        (Decimal("1E+3"), True, "1,000.00"),
        (None, True, ""),
        ("credit_note", False, "Credit note"),
    ],
)
def test_values_are_shown_as_people_write_them(value: object, money: bool, shown: str) -> None:
    assert shown_value(value, money=money) == shown


def test_a_field_says_how_sure_it_is_and_why() -> None:
    evidence = {"method": "rules", "confidence": "0.26", "page": 2, "box": [1, 2, 3, 4], "text": "9,99"}
    reason = ReviewReason("total_mismatch", "total_amount", "The total differs.", blocking=True)
    field = shown_field("total_amount", Decimal("9.99"), evidence, [reason])
    assert (field.percent, field.level, field.how) == (26, "low", "Read by rules on page 2.")
    assert field.reasons == (reason,)


@pytest.mark.parametrize(("highest", "step"), [("0", "0.01"), ("0.0043", "0.002"), ("9", "2.5"), ("40", "10")])
def test_the_scale_of_a_chart_has_round_steps(highest: str, step: str) -> None:
    assert round_step(Decimal(highest)) == Decimal(step)
