"""Limits: counted once for all processes, by person, key and address."""

from __future__ import annotations

from threading import Thread
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import RequestFactory
from pytest_django import Settings
from rest_framework.test import APIClient

from common.roles import Role
from invoicesite import env
from invoicesite.accounts.keys import create_api_key
from invoicesite.accounts.limits import address_of, take, wait_of
from invoicesite.accounts.models import Meter
from invoicesite.accounts.tasks import forget_expired
from tests.people import person

pytestmark = pytest.mark.django_db


def rates(settings: Settings, **rate: Any) -> None:
    settings.API_RATES = {**settings.API_RATES, **rate}


def test_a_limit_lets_in_as_many_as_it_says_and_then_one_a_step() -> None:
    assert [take("x", (3, 60)) for _ in range(3)] == [0.0, 0.0, 0.0]
    wait = take("x", (3, 60))
    assert 19 < wait <= 20
    assert take("y", (3, 60)) == 0.0
    assert 19 < wait_of("x", (3, 60)) <= 20
    assert wait_of("z", (3, 60)) == 0.0


@pytest.mark.django_db(transaction=True)
def test_requests_at_the_same_moment_are_all_counted() -> None:
    let_in: list[float] = []

    def ask() -> None:
        try:
            let_in.extend(take("x", (20, 3600)) for _ in range(10))
        finally:
            connection.close()

    threads = [Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(let_in) == 80
    assert let_in.count(0.0) == 20


def test_who_asks_too_often_is_told_when_to_come_back(settings: Settings) -> None:
    rates(settings, read=(2, 60))
    ann, bob = APIClient(), APIClient()
    ann.force_authenticate(person("ann"))
    bob.force_authenticate(person("bob"))
    assert [ann.get("/api/v1/jobs/").status_code for _ in range(3)] == [200, 200, 429]
    refused = ann.get("/api/v1/jobs/")
    assert refused["Content-Type"] == "application/problem+json"
    assert refused.json()["code"] == "throttled"
    assert 0 < int(refused["Retry-After"]) <= 30
    assert bob.get("/api/v1/jobs/").status_code == 200


def test_one_key_leaves_room_for_its_owner(settings: Settings) -> None:
    rates(settings, read=(4, 60))
    ann = person("ann", Role.OPERATOR)
    _, text = create_api_key(owner=ann, name="wild", scopes=["read"])
    wild, self = APIClient(), APIClient()
    wild.credentials(HTTP_X_API_KEY=text)
    self.force_authenticate(ann)
    assert [wild.get("/api/v1/jobs/").status_code for _ in range(4)] == [200, 200, 429, 429]
    assert [self.get("/api/v1/jobs/").status_code for _ in range(3)] == [200, 200, 429]


def test_sign_in_is_counted_by_address(settings: Settings) -> None:
    rates(settings, sign_in=(2, 60))
    wrong = {"username": "ann", "password": "x"}
    asked = [APIClient().post("/api/v1/auth/token/", wrong | {"username": str(n)}).status_code for n in range(3)]
    assert asked == [401, 401, 429]
    assert APIClient().post("/api/v1/auth/token/", wrong, REMOTE_ADDR="198.51.100.1").status_code == 401


def test_a_limit_that_is_off_counts_nothing(settings: Settings) -> None:
    rates(settings, read=None)
    ann = APIClient()
    ann.force_authenticate(person("ann"))
    ann.get("/api/v1/jobs/")
    assert not Meter.objects.exists()


@pytest.mark.parametrize(
    ("given", "counted"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("", "unknown"),
    ],
)
def test_addresses_of_one_customer_are_one(given: str, counted: str) -> None:
    assert address_of(RequestFactory().get("/", REMOTE_ADDR=given)) == counted


def test_counters_that_say_nothing_any_more_are_forgotten() -> None:
    take("old", (1000, 1))
    take("new", (1, 3600))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_meter SET full_at = now() - interval '1 second' WHERE key = 'old'")
    forget_expired()
    assert list(Meter.objects.values_list("key", flat=True)) == ["new"]


@pytest.mark.parametrize("value", ["600", "600/year", "0/minute", "-1/minute", "x/hour"])
def test_a_rate_that_cannot_be_read_stops_the_start(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("API_RATE_READ", value)
    with pytest.raises(ImproperlyConfigured, match="API_RATE_READ"):
        env.rate("API_RATE_READ", "1/minute")


def test_a_rate_is_a_number_and_a_period(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("API_RATE_READ", "5/Hour")
    assert env.rate("API_RATE_READ", "1/minute") == (5, 3600)
    monkeypatch.setenv("API_RATE_READ", "off")
    assert env.rate("API_RATE_READ", "1/minute") is None
