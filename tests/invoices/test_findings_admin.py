"""Findings in the admin, without a browser: the list with its sums, decisions, the file, the pages that show them."""

from __future__ import annotations

import csv
import io
from decimal import Decimal as D
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from common.roles import Role
from invoices.admin.finding_list import COLUMNS
from invoices.models import Finding, Invoice
from invoices.services.decisions import approve_invoice
from invoices.services.findings import decide_finding
from invoicesite.desk import review_findings
from tests.invoices.audited import carrier_card, carrier_invoice, line, parcel
from tests.people import person
from tests.processing.ledger_factories import make_job

pytestmark = pytest.mark.django_db

LIST = reverse("admin:invoices_finding_changelist")
EXPORT = reverse("admin:invoices_finding_export")


def staff(name: str, role: Role) -> User:
    user = person(name, role)
    user.is_staff = True
    user.save()
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def rita() -> Client:
    return signed_in(staff("rita", Role.REVIEWER))


@pytest.fixture(autouse=True)
def no_choices_kept() -> None:
    cache.clear()


def shown(page: Any) -> list[tuple[str, str]]:
    """Code and status of the rows of a list, from the top."""
    return [(row.code, row.status) for row in page.context["cl"].result_list]


def finding(code: str) -> Finding:
    return Finding.objects.get(code=code)


def decided(code: str, status: Finding.Status) -> None:
    mona = User.objects.filter(username="mona").first() or person("mona", Role.REVIEWER)
    decide_finding(finding_id=finding(code).pk, by=mona, status=status, why="Settled.")


def decide_on_page(client: Client, invoice: Invoice, row: Finding, status: str, **body: Any) -> Any:
    url = reverse("admin:invoices_invoice_finding", args=[invoice.pk])
    version = Invoice.objects.get(pk=invoice.pk).version
    return client.post(
        url, {"version": version, "finding": str(row.pk), "status": status, **body}, content_type="application/json"
    )


# --- The list ---------------------------------------------------------------------------------------------------------


def test_the_list_shows_what_is_open_the_largest_difference_first(rita: Client) -> None:
    carrier_card()
    carrier_invoice()
    page = rita.get(LIST)
    assert shown(page) == [("charge_not_on_card", "open"), ("billed_twice", "open"), ("overcharged", "open")]
    text = page.content.decode()
    assert "Saturday delivery" in text
    assert "+8.00" in text
    assert reverse("admin:invoices_invoice_change", args=[Invoice.objects.get().pk]) in text


def test_the_largest_difference_is_first_and_what_has_no_price_last(rita: Client) -> None:
    carrier_card()
    lines = [parcel("5.00", number="P1"), parcel("15.20", number="P2"), parcel("9.00", number="P3", zone="7")]
    carrier_invoice(lines=lines)
    assert [code for code, _ in shown(rita.get(LIST))] == ["overcharged", "undercharged", "not_rated"]
    ascending = rita.get(f"{LIST}?o={COLUMNS.index('difference_amount') + 1}")
    assert [code for code, _ in shown(ascending)] == ["undercharged", "overcharged", "not_rated"]


def test_the_list_is_narrowed_by_what_matters(rita: Client) -> None:
    carrier_card()
    carrier_invoice()
    decided("overcharged", Finding.Status.DISPUTED)
    decided("billed_twice", Finding.Status.ACCEPTED)
    in_hand = ["charge_not_on_card", "overcharged"]
    expected = {
        "status=disputed": ["overcharged"],
        "status=accepted": ["billed_twice"],
        "status=all": ["charge_not_on_card", "billed_twice", "overcharged"],
        "code=charge_not_on_card": ["charge_not_on_card"],
        "charge=accessorial": ["charge_not_on_card"],
        "currency=EUR": in_hand,
        "currency=USD": [],
        "q=Blitz": in_hand,
        "q=B-1": in_hand,
        "q=saturday": ["charge_not_on_card"],
        "q=P1&status=all": ["billed_twice"],
        "invoice__invoice_date_from=2026-03-03": [],
        "invoice__invoice_date_from=2026-03-01": in_hand,
        "invoice__invoice_date_from=soon": in_hand,
    }
    found = {query: [code for code, _ in shown(rita.get(f"{LIST}?{query}"))] for query in expected}
    assert found == expected


def test_it_is_narrowed_by_vendor_and_rate_card(rita: Client) -> None:
    card = carrier_card()
    invoice = carrier_invoice()
    assert len(shown(rita.get(f"{LIST}?rate_card__id__exact={card.pk}"))) == 2
    assert len(shown(rita.get(f"{LIST}?invoice__vendor__id__exact={invoice.vendor_id}"))) == 3
    assert shown(rita.get(f"{LIST}?rate_card__id__exact={invoice.pk}")) == []


def test_the_sums_are_of_what_is_open_and_disputed_whatever_status_is_shown(rita: Client) -> None:
    carrier_card()
    carrier_invoice()
    decided("overcharged", Finding.Status.DISPUTED)
    decided("billed_twice", Finding.Status.ACCEPTED)
    for query in ("", "?status=accepted"):
        listed = rita.get(LIST + query).context["cl"]
        (sums,) = listed.totals
        assert (sums.currency, sums.open, sums.open_count, sums.disputed, sums.disputed_count) == (
            "EUR", D("8.00"), 1, D("1.70"), 1,
        )  # fmt: skip
        assert listed.chart()["rows"] == [("Blitz Paket GmbH", ["8.00", 1])]


def test_what_was_billed_too_little_lowers_no_sum(rita: Client) -> None:
    carrier_card()
    carrier_invoice(lines=[parcel("15.20", number="P1"), parcel("5.00", number="P2")])
    (sums,) = rita.get(LIST).context["cl"].totals
    assert (sums.open, sums.below) == (D("9.48"), D("-0.20"))


def test_an_empty_list_says_what_an_audit_needs(rita: Client) -> None:
    assert "No rate card is active" in rita.get(LIST).text
    carrier_card()
    assert "There is an active rate card" in rita.get(LIST).text
    carrier_invoice()
    assert "No findings match these filters" in rita.get(f"{LIST}?q=nobody").text


def test_the_queries_of_the_list_do_not_grow_with_its_rows(rita: Client) -> None:
    carrier_card()
    counts = []
    for numbers in (["B-1"], [f"C-{n}" for n in range(6)]):
        for number in numbers:
            carrier_invoice(number=number, lines=[parcel("9.00", number=f"{number}-P")])
        rita.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            rita.get(LIST)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 15


# --- Who may ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.VIEWER, Role.OPERATOR])
def test_staff_who_may_not_review_look_and_decide_nothing(role: Role) -> None:
    carrier_card()
    invoice = carrier_invoice()
    client = signed_in(staff("sam", role))
    page = client.get(LIST)
    assert len(shown(page)) == 3
    assert "_selected_action" not in page.text
    assert str(invoice.pk) not in page.text  # the page of the invoice is not theirs
    ids = list(Finding.objects.values_list("pk", flat=True))
    client.post(LIST, {"action": "dispute", "_selected_action": ids})
    assert decide_on_page(client, invoice, finding("overcharged"), "disputed").status_code == 403
    assert set(Finding.objects.values_list("status", flat=True)) == {"open"}
    assert client.get(EXPORT).status_code == 200


def test_who_is_not_staff_sees_no_list() -> None:
    client = signed_in(person("sam", Role.REVIEWER))
    assert client.get(LIST).status_code == client.get(EXPORT).status_code == 302


def test_the_address_of_a_finding_leads_to_it_on_the_page_of_its_invoice(rita: Client) -> None:
    carrier_card()
    invoice = carrier_invoice()
    row = finding("overcharged")
    answer = rita.get(reverse("admin:invoices_finding_change", args=[row.pk]))
    assert answer.headers["Location"].endswith(f"{invoice.pk}/change/#finding-{row.pk}")
    assert rita.get(reverse("admin:invoices_finding_change", args=[invoice.pk])).status_code == 404
    sam = signed_in(staff("sam", Role.VIEWER))
    assert sam.get(reverse("admin:invoices_finding_change", args=[row.pk])).status_code == 403


# --- Many at once -----------------------------------------------------------------------------------------------------


def test_many_are_disputed_with_one_reason_and_each_result_is_said(rita: Client) -> None:
    carrier_card()
    invoice = carrier_invoice()
    decided("overcharged", Finding.Status.DISPUTED)
    ids = list(Finding.objects.values_list("pk", flat=True))
    page = rita.post(
        LIST, {"action": "dispute", "_selected_action": ids, "why": "Not agreed."}, follow=True
    )  # fmt: skip
    assert [str(message) for message in page.context["messages"]] == [
        "2 findings are disputed: 13.20 EUR.", "1 not: The finding is disputed already.",
    ]  # fmt: skip
    assert finding("charge_not_on_card").why == finding("billed_twice").why == "Not agreed."
    # Who approves the invoice must know of the claims.
    assert invoice.reasons.filter(accepted_at=None).count() == 3


def test_accepting_pays_as_billed_and_is_kept_in_the_history(rita: Client) -> None:
    carrier_card()
    invoice = carrier_invoice()
    rita.post(LIST, {"action": "accept", "_selected_action": [finding("charge_not_on_card").pk]})
    row = finding("charge_not_on_card")
    assert (row.status, str(row.decided_by)) == ("accepted", "rita")
    change = invoice.changes.filter(field="findings").get()
    new: Any = change.new
    assert (new["status"], str(change.changed_by)) == ("accepted", "rita")


# --- The file ---------------------------------------------------------------------------------------------------------


def file_of(client: Client, query: str = "") -> list[dict[str, str]]:
    answer: Any = client.get(f"{EXPORT}?{query}")
    assert "attachment" in answer.headers["Content-Disposition"]
    body = b"".join(answer.streaming_content)
    return list(csv.DictReader(io.StringIO(body.decode())))


def test_the_file_has_what_the_filters_of_the_list_leave(rita: Client) -> None:
    carrier_card()
    carrier_invoice()
    decided("billed_twice", Finding.Status.ACCEPTED)
    rows = file_of(rita)
    assert [(row["code"], row["lines"], row["difference"]) for row in rows] == [
        ("charge_not_on_card", "5", "8"), ("overcharged", "3", "1.7"),
    ]  # fmt: skip
    assert (rows[1]["vendor_name"], rows[1]["invoice_number"], rows[1]["invoice_date"]) == (
        "Blitz Paket GmbH", "B-1", "2026-03-02",
    )  # fmt: skip
    (accepted,) = file_of(rita, "status=accepted")
    assert (accepted["code"], accepted["decided_by"], accepted["why"]) == ("billed_twice", "mona", "Settled.")
    assert rita.get(f"{EXPORT}?colour=red").status_code == 404


def test_what_a_spreadsheet_takes_for_a_formula_is_text_in_the_file(rita: Client) -> None:
    carrier_card()
    formula = '=HYPERLINK("http://bad.example")'
    carrier_invoice(lines=[parcel("5.20", number="P1"), line(f"{formula} fee", "8.00", tracking_number="P1")])
    assert file_of(rita)[0]["description"].startswith("'=HYPERLINK")


# --- The pages that show findings -------------------------------------------------------------------------------------


def test_the_review_page_shows_what_was_found_and_where_the_price_stands(rita: Client) -> None:
    card = carrier_card()
    invoice = carrier_invoice()
    audit = rita.get(reverse("admin:invoices_invoice_change", args=[invoice.pk])).text.split("data-audit")[1]
    assert "14.90 EUR too much" in audit
    assert "Rates!B3" in audit
    assert reverse("admin:invoices_ratecard_change", args=[card.pk]) in audit
    assert audit.count('data-decide="disputed"') == 3
    assert 'data-lines="2"' in audit


def test_of_very_many_findings_the_page_shows_the_open_ones_and_leaves_the_rest_to_the_list(
    rita: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(review_findings, "SHOWN", 2)
    carrier_card()
    invoice = carrier_invoice()
    decided("overcharged", Finding.Status.DISPUTED)
    audit = rita.get(reverse("admin:invoices_invoice_change", args=[invoice.pk])).text.split("data-audit")[1]
    assert "3 findings, the first 2 here" in audit
    assert audit.count("data-finding=") == 2
    assert f"finding-{finding('overcharged').pk}" not in audit
    assert "14.90 EUR too much" in audit


def test_a_charge_billed_by_another_invoice_is_linked_to_it(rita: Client) -> None:
    first = carrier_invoice(number="B-1", lines=[parcel("5.20", number="P1")])
    second = carrier_invoice(number="B-2", lines=[parcel("5.20", number="P1")])
    page = rita.get(reverse("admin:invoices_invoice_change", args=[second.pk])).text.split("data-audit")[1]
    assert reverse("admin:invoices_invoice_change", args=[first.pk]) in page


def test_a_decision_on_the_page_saves_what_was_typed_and_gives_the_invoice_as_it_stands(rita: Client) -> None:
    carrier_card()
    invoice = carrier_invoice()
    state = decide_on_page(
        rita, invoice, finding("charge_not_on_card"), "accepted", why="Agreed.", changes={"purchase_order": "PO-7"}
    ).json()
    assert state["fields"]["purchase_order"] == "PO-7"
    assert state["version"] == Invoice.objects.get(pk=invoice.pk).version
    assert [reason["code"] for reason in state["reasons"] if not reason["accepted"]] == ["overcharged", "billed_twice"]
    assert "Accepted by rita" in state["audit"]
    assert finding("charge_not_on_card").why == "Agreed."
    again = decide_on_page(rita, invoice, finding("charge_not_on_card"), "disputed").json()
    assert "charge_not_on_card" in [reason["code"] for reason in again["reasons"] if not reason["accepted"]]


def test_a_decision_names_a_finding_of_the_invoice(rita: Client) -> None:
    carrier_card()
    invoice, other = carrier_invoice(), carrier_invoice(number="B-2", lines=[parcel("5.20", number="P9")])
    assert decide_on_page(rita, other, finding("overcharged"), "disputed").status_code == 404
    assert decide_on_page(rita, invoice, finding("overcharged"), "paid").status_code == 409
    url = reverse("admin:invoices_invoice_finding", args=[invoice.pk])
    assert rita.post(url, {"finding": "x", "version": 1}, content_type="application/json").status_code == 400
    assert finding("overcharged").status == "open"


def test_a_finding_of_an_approved_invoice_is_still_disputed(rita: Client) -> None:
    carrier_card()
    invoice = carrier_invoice()
    approve_invoice(invoice_id=invoice.pk, by=User.objects.get(username="rita"), override="Paid under reserve.")
    assert decide_on_page(rita, invoice, finding("overcharged"), "disputed").status_code == 200
    assert finding("overcharged").status == "disputed"
    assert Invoice.objects.get(pk=invoice.pk).status == "approved"


def test_the_page_of_a_card_says_what_was_found_by_it_and_leads_there(rita: Client) -> None:
    card = carrier_card()
    url = reverse("admin:invoices_ratecard_change", args=[card.pk])
    assert "billed too much" not in rita.get(url).text
    carrier_invoice()
    page = rita.get(url).text
    assert "2 findings</a>" in page
    assert "<b>9.70 EUR</b> billed too much" in page
    assert f"{LIST}?rate_card__id__exact={card.pk}" in page


def test_the_menu_and_the_dashboard_count_what_is_open(rita: Client) -> None:
    carrier_card()
    carrier_invoice()
    decided("overcharged", Finding.Status.DISPUTED)
    page = rita.get(reverse("admin:index"))
    (item,) = [
        item for group in page.context["sidebar_navigation"] for item in group["items"] if item["title"] == "Findings"
    ]
    assert item["badge"] == "2"
    assert "2 open, 1 disputed" in " ".join(page.text.split())


def test_the_uploader_reads_the_findings_beside_the_result_and_decides_nothing() -> None:
    omar = person("omar", Role.OPERATOR)
    carrier_card()
    invoice = carrier_invoice(omar)
    document = make_job(owner_id=omar.pk).document
    document.invoice, document.purged_at = invoice, timezone.now()
    document.save()
    decided("overcharged", Finding.Status.DISPUTED)
    page = signed_in(omar).get(reverse("result", args=[document.pk])).text
    audit = " ".join(page.split('<h2 id="audit-title">')[1].split("</section>")[0].split())
    assert "3 findings" in audit
    assert '<dd class="strong">1.70 EUR</dd>' in audit
    assert "disputed" in audit
    assert "<button" not in audit
    assert "disputed: “Parcel” is billed" in page  # in the history
    assert signed_in(person("ann", Role.OPERATOR)).get(reverse("result", args=[document.pk])).status_code == 404
