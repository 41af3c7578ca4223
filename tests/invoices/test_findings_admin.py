"""Findings in the admin, without a browser: the list with its sums, decisions, the file, the pages that show them."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from invoices.models import Finding, Invoice
from invoices.roles import Role
from invoices.services.findings import decide_finding
from tests.invoices.audited import carrier_card, carrier_invoice, line, parcel
from tests.people import person

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
