"""The schema of the API: valid, described in full, shown without asking others. What it promises is tried in
``test_api_fuzz.py``."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from openapi_spec_validator import OpenAPIV31SpecValidator

from tests.api_schema import made_schema

METHODS = ("get", "post", "put", "patch", "delete")

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
