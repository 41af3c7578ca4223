"""The database is stopped, killed and started again under a real web process and real workers."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from django.contrib.auth.models import User
from django.db import connection
from pytest_django import DjangoDbBlocker

from common.roles import Role
from invoicesite.accounts.keys import create_api_key
from invoicesite.accounts.scopes import Scope
from processing.models import Document, ProcessingJob
from tests.live_programs import web_process
from tests.own_postgres import OwnPostgres, own_postgres
from tests.people import person

LONGEST_SECONDS = 3.0


@pytest.fixture
def postgres(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[OwnPostgres]:
    with django_db_blocker.unblock(), own_postgres() as server:
        yield server


def answer_of(method: str, url: str, **given: object) -> tuple[requests.Response, float]:
    began = time.monotonic()
    answer = requests.request(method, url, timeout=30, **given)  # type: ignore[arg-type]
    return answer, time.monotonic() - began


@pytest.mark.timeout(240)
def test_while_the_database_is_away_everybody_is_told_to_come_back_within_three_seconds(
    postgres: OwnPostgres, tmp_path: Path
) -> None:
    _, key = create_api_key(owner=person("ann", Role.OPERATOR), name="tests", scopes=[Scope.READ, Scope.SUBMIT])
    User.objects.create_superuser("root", password="a long password of root")
    asked = {"Authorization": f"Bearer {key}"}
    file = {"file": ("a.txt", b"INVOICE 1\nTotal: 12.00 EUR")}
    with web_process(tmp_path, DATABASE_URL=postgres.url, HEALTH_TOKEN="shown") as url:
        browser = requests.Session()
        browser.get(f"{url}/sign-in/")
        token = browser.cookies["csrftoken"]
        signed_in = browser.post(
            f"{url}/sign-in/",
            data={"username": "root", "password": "a long password of root", "csrfmiddlewaretoken": token},
            timeout=30,
        )
        assert signed_in.status_code == 200
        accepted, _ = answer_of("POST", f"{url}/api/v1/documents/", headers=asked, files=file)
        assert accepted.status_code == 202, accepted.text

        for end in (postgres.stop, postgres.kill):
            end()
            slowest: dict[str, float] = {}
            for method, path, given in (
                ("POST", "/api/v1/documents/", {"headers": asked, "files": {"file": ("b.txt", b"TOTAL 3")}}),
                ("GET", "/api/v1/jobs/", {"headers": asked}),
                ("POST", "/api/v1/auth/token/", {"json": {"username": "root", "password": "wrong"}}),
                ("GET", "/", {"cookies": browser.cookies}),
                ("GET", "/admin/", {"cookies": browser.cookies}),
                ("GET", "/not/a/page/", {"cookies": browser.cookies}),
            ):
                answer, slowest[path] = answer_of(method, url + path, **given)
                assert answer.status_code == 503, (path, answer.status_code, answer.text[:500])
                assert int(answer.headers["Retry-After"]) > 0, path
                if path.startswith("/api/"):
                    assert answer.json()["code"] == "database_unavailable", path
                    assert answer.headers["Content-Type"] == "application/problem+json"
                else:
                    assert "Back in a moment" in answer.text, path
            for path, status in (("/api/health/", 200), ("/api/health/ready/", 503), ("/api/health/detailed/", 503)):
                answer, slowest[path] = answer_of("GET", url + path, headers={"X-Health-Token": "shown"})
                assert answer.status_code == status, path
            assert answer.json()["checks"]["storage"]["status"] == "ok"
            figures, slowest["/metrics"] = answer_of("GET", f"{url}/metrics")
            assert "invoicesite_database_up 0.0" in figures.text
            # On a machine that has no time for anybody, its own slowness is no fault of the site.
            own = answer_of("GET", f"{url}/api/health/")[1]
            assert max(slowest.values()) < LONGEST_SECONDS + 5 * own, slowest

            postgres.start()
            back = time.monotonic()
            while answer_of("GET", f"{url}/api/v1/jobs/", headers=asked)[0].status_code != 200:
                assert time.monotonic() - back < 10, "it recovers within seconds"
                time.sleep(0.1)
        connection.close()  # this process, too, has one of before
        assert (ProcessingJob.objects.count(), Document.objects.count()) == (1, 1)
        assert browser.get(f"{url}/", timeout=30).status_code == 200
