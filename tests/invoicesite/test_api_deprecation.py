"""What is going to go says so in its answers and in the schema."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from drf_spectacular.generators import SchemaGenerator
from rest_framework.test import APIClient

from common.roles import Role
from invoicesite.api_deprecation import DEPRECATED, Deprecated
from tests.people import person

pytestmark = pytest.mark.django_db
SINCE, SUNSET = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC)
ABOUT = "https://docs.example/budgets"


@pytest.fixture
def old() -> Iterator[None]:
    DEPRECATED.append(Deprecated("/api/v1/budgets/", SINCE, SUNSET, ABOUT, methods=("GET",)))
    DEPRECATED.append(Deprecated("/api/v1/jobs/{id}/", SINCE, SUNSET, ABOUT, field="Job.stage"))
    yield
    del DEPRECATED[-2:]


def client() -> APIClient:
    made = APIClient()
    made.force_authenticate(person("ada", Role.ADMIN))
    return made


@pytest.mark.usefixtures("old")
def test_an_answer_of_what_goes_says_since_when_until_when_and_what_instead() -> None:
    answer = client().get("/api/v1/budgets/")
    assert answer.status_code == 200
    assert answer.headers["Deprecation"] == "@1767225600"
    assert answer.headers["Sunset"] == "Wed, 01 Jul 2026 00:00:00 GMT"
    assert answer.headers["Link"] == f'<{ABOUT}>; rel="deprecation"; type="text/html"'


@pytest.mark.usefixtures("old")
def test_an_error_of_what_goes_says_so_too_and_other_methods_and_paths_do_not() -> None:
    someone = client()
    gone = someone.get("/api/v1/jobs/00000000-0000-0000-0000-000000000000/")
    assert (gone.status_code, gone.headers["Deprecation"]) == (404, "@1767225600")
    assert "Deprecation" not in someone.get("/api/v1/jobs/").headers
    assert "Deprecation" not in someone.post("/api/v1/budgets/", {}).headers


@pytest.mark.usefixtures("old")
def test_the_schema_marks_the_operation_or_the_field() -> None:
    schema = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    budgets = schema["paths"]["/api/v1/budgets/"]
    assert budgets["get"]["deprecated"] is True
    assert all("deprecated" not in operation for method, operation in budgets.items() if method != "get")
    job = schema["paths"]["/api/v1/jobs/{id}/"]["get"]
    assert "deprecated" not in job
    assert schema["components"]["schemas"]["Job"]["properties"]["stage"]["deprecated"] is True


def test_nothing_is_said_of_what_stays() -> None:
    answer = client().get("/api/v1/budgets/")
    assert not {"Deprecation", "Sunset"} & set(answer.headers)
