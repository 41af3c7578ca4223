"""The API does what its schema says: described in full, valid, and nothing that is generated from it meets a 5xx, an
answer of another shape, or a status that is not documented.

FUZZ_EXAMPLES=100 makes the form for longer runs.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from openapi_spec_validator import OpenAPIV31SpecValidator
from pytest_django import Settings
from rest_framework_simplejwt.tokens import AccessToken
from schemathesis.core.failures import FailureGroup

from invoices.roles import Role
from invoicesite.accounts.models import Meter
from tests.api_schema import made_schema
from tests.api_world import World, make_world
from tests.people import person

METHODS = ("get", "post", "put", "patch", "delete")
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "3"))

SCHEMA: dict[str, Any] = made_schema()
OPERATIONS = [
    (method, path, operation)
    for path, methods in SCHEMA["paths"].items()
    for method, operation in methods.items()
    if method in METHODS
]


# --- What it says -----------------------------------------------------------------------------------------------------


def test_the_schema_is_valid_openapi_3_1() -> None:
    assert SCHEMA["openapi"].startswith("3.1")
    OpenAPIV31SpecValidator(SCHEMA).validate()


@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS, ids=[f"{m} {p}" for m, p, _ in OPERATIONS])
def test_every_operation_is_described(method: str, path: str, operation: dict[str, Any]) -> None:
    assert operation["summary"], "a docstring makes the summary"
    assert len(operation["summary"]) <= 120
    assert set(operation["tags"]) <= {tag["name"] for tag in SCHEMA["tags"]}
    answers = operation["responses"]
    assert any(status.startswith("2") for status in answers)
    errors = {status: answer for status, answer in answers.items() if status[0] in "45"}
    assert "429" in errors
    for status, answer in errors.items():
        (media_type,) = answer["content"]
        assert media_type == "application/problem+json", status
        assert answer["content"][media_type]["schema"] == {"$ref": "#/components/schemas/Problem"}
    if "{" in path:
        assert "404" in errors
    if operation.get("security") and {} not in operation["security"]:
        assert {"401", "403"} <= set(errors)


def test_enumerations_have_names_of_their_own() -> None:
    """drf-spectacular names an enumeration that nobody named after its field and a part of its digest."""
    names = [name for name, component in SCHEMA["components"]["schemas"].items() if "enum" in component]
    assert names
    unnamed = [name for name in names if name.endswith("Enum") and name != "BlankEnum"]
    assert unnamed == []


# --- The pages of the documentation -----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_documentation_asks_this_site_alone(client: Client) -> None:
    page = client.get("/api/docs/")
    assert page.status_code == 200
    text = page.content.decode()
    assert "swagger-ui" in text
    addresses = re.findall(r"""(?:src|href|url)\s*[=:]\s*["']([^"']+)""", text)
    assert addresses
    foreign = [address for address in addresses if re.match(r"(?:[a-z]+:)?//", address)]
    assert foreign == []
    for address in addresses:
        if address.startswith("/static/"):
            assert client.get(address).status_code == 200, address


# --- What it does -----------------------------------------------------------------------------------------------------

# What is well-formed may still be refused: a page that is not there, a key that is taken, a record that was decided.
REFUSALS = ["2xx", "3xx", "400", "401", "403", "404", "409", "412", "413", "415", "422", "428"]
CHECKS = schemathesis.Config.from_dict({"checks": {"positive_data_acceptance": {"expected-statuses": REFUSALS}}})
API = schemathesis.openapi.from_dict(SCHEMA, config=CHECKS)
THINGS = {
    "/api/v1/documents/": "document",
    "/api/v1/jobs/": "job",
    "/api/v1/invoices/": "invoice",
    "/api/v1/rate-cards/": "rate_card",
    "/api/v1/batches/": "batch",
    "/api/v1/budgets/": "budget",
    "/api/v1/webhooks/": "webhook",
    "/api/v1/auth/keys/": "key",
}


@pytest.fixture
def world(db: None, own_storage: Path, settings: Settings) -> Iterator[World]:
    settings.API_RATES = dict.fromkeys(settings.API_RATES)
    API.app = get_wsgi_application()
    # As Django's own client for tests does: the connection of the test is not closed between requests.
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield make_world(person("ada", Role.ADMIN))
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("who", ["admin", "viewer", "nobody"])
def test_nothing_that_is_generated_from_the_schema_meets_an_answer_that_it_does_not_tell(
    who: str, world: World
) -> None:
    user = person("vic", Role.VIEWER) if who == "viewer" else world.user
    token = "" if who == "nobody" else str(AccessToken.for_user(user))
    surprises: dict[str, str] = {}
    for found in API.get_all_operations():
        operation: Any = found.ok()  # type: ignore[union-attr]  # the schema is valid
        for mode in schemathesis.GenerationMode:
            often = EXAMPLES if who == "admin" else max(1, EXAMPLES // 3)
            ask_often(operation, mode, world, token=token, often=often, surprises=surprises)
    assert surprises == {}, "\n\n".join(surprises.values())


def ask_often(operation: Any, mode: Any, world: World, *, token: str, often: int, surprises: dict[str, str]) -> None:
    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=often,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
        derandomize=EXAMPLES < 20,
    )
    def asked(case: Any) -> None:
        try:
            ask(case, world, token)
        except FailureGroup as group:
            for failure in group.exceptions:
                surprises[f"{operation.label}: {failure.title}"] = f"{operation.label}\n{group}"

    try:
        asked()
    except Unsatisfiable:
        return  # there is no wrong way to ask for this


def ask(case: Any, world: World, token: str) -> None:
    path = case.operation.path
    names = {
        "id": next((getattr(world, thing) for start, thing in THINGS.items() if path.startswith(start)), None),
        "delivery_pk": world.delivery,
        "source_id": world.source,
    }
    for name, value in dict(case.path_parameters or {}).items():
        if names.get(name) is not None and well_formed(value):
            case.path_parameters[name] = str(names[name])
    for name in ("Prefer", "X-API-Key", "Authorization"):  # a wait for workers that are not there; keys of nobody
        case.headers.pop(name, None)
    case.cookies.clear()
    if "" in (case.query or {}).values():
        return  # an empty filter is no filter
    if isinstance(case.body, dict) and "url" in case.body and path.endswith("documents/"):
        case.body["url"] = "https://127.0.0.1/invoice.pdf"  # no name server is asked
    Meter.objects.all().delete()  # the checks try keys of nobody again and again
    headers = {"Accept-Encoding": "identity"} | ({"Authorization": f"Bearer {token}"} if token else {})
    with transaction.atomic():
        case.call_and_validate(headers=headers)


def well_formed(value: object) -> bool:
    try:
        UUID(str(value))
    except ValueError:
        return str(value).isdecimal()
    return True
