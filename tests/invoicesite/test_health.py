"""Health and figures: what they say when all is well, when it is not, and to whom."""

from __future__ import annotations

from pathlib import Path
from shutil import rmtree

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from processing.models import Breaker, WorkerHeartbeat

DETAILED = "/api/health/detailed/"


@pytest.fixture
def monitor(settings: Settings, own_storage: Path) -> dict[str, str]:
    settings.HEALTH_TOKEN = "a-token-of-the-monitor"
    return {"X-Health-Token": "a-token-of-the-monitor"}


def a_worker(lane: str) -> None:
    now = timezone.now()
    WorkerHeartbeat.objects.create(name=lane, host="here", pid=1, lane=lane, slots=3, started_at=now, seen_at=now)


def test_liveness_asks_nobody_else(client: Client) -> None:
    # No database is allowed in this test.
    assert client.get("/api/health/").json() == {"status": "ok"}


@pytest.mark.django_db
def test_probes_are_answered_by_address_and_pages_are_not(client: Client) -> None:
    by_address = {"Host": "10.1.2.3:8000"}
    assert client.get("/api/health/", headers=by_address).status_code == 200
    assert client.get("/api/health/ready/", headers=by_address).status_code == 200
    assert client.get("/metrics", headers=by_address).status_code == 200
    assert client.get("/", headers=by_address).status_code == 400


@pytest.mark.django_db
def test_a_migrated_database_is_ready(client: Client) -> None:
    assert client.get("/api/health/ready/").status_code == 200


@pytest.mark.django_db
def test_details_are_for_staff_and_monitors(client: Client, monitor: dict[str, str]) -> None:
    assert client.get(DETAILED).status_code == 404
    assert client.get(DETAILED, headers={"X-Health-Token": "guessed"}).status_code == 404
    client.force_login(User.objects.create(username="viewer"))
    assert client.get(DETAILED).status_code == 404
    client.force_login(User.objects.create(username="staff", is_staff=True))
    a_worker("invoicesite")
    assert client.get(DETAILED).status_code == 200


@pytest.mark.django_db
def test_an_unset_token_opens_nothing(client: Client) -> None:
    assert client.get(DETAILED, headers={"X-Health-Token": ""}).status_code == 404


@pytest.mark.django_db
def test_all_is_well_with_workers_in_both_lanes(client: Client, monitor: dict[str, str]) -> None:
    answer = client.get(DETAILED, headers=monitor)
    assert (answer.status_code, answer.json()["checks"]["workers"]["status"]) == (503, "failed")
    a_worker("invoicesite")
    assert client.get(DETAILED, headers=monitor).json()["checks"]["workers"]["status"] == "degraded"
    a_worker("batch")
    answer = client.get(DETAILED, headers=monitor)
    assert (answer.status_code, answer.json()["status"]) == (200, "ok")
    assert set(answer.json()["checks"]) == {"database", "migrations", "queue", "workers", "storage", "models"}


@pytest.mark.django_db
def test_an_open_breaker_degrades_and_a_storage_that_fails_is_down(
    client: Client, monitor: dict[str, str], own_storage: Path
) -> None:
    a_worker("invoicesite")
    Breaker.objects.create(name="openai/some-model", state="open", cause="failures")
    answer = client.get(DETAILED, headers=monitor)
    assert answer.json()["checks"]["models"]["breakers_open"] == ["openai/some-model"]
    assert (answer.status_code, answer.json()["status"]) == (200, "degraded")

    rmtree(own_storage, ignore_errors=True)
    own_storage.write_text("no folder any more")
    answer = client.get(DETAILED, headers=monitor)
    assert (answer.status_code, answer.json()["checks"]["storage"]["status"]) == (503, "failed")
    assert str(own_storage) not in answer.text
