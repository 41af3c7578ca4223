"""What every address of the API has in common: the shape of errors, compression, foreign origins, headers."""

from __future__ import annotations

import gzip
import json

import pytest
from django.test import Client
from pytest_django import Settings
from rest_framework.test import APIClient

from common.roles import Role
from tests.people import api_of, person
from tests.problems import is_problem

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> APIClient:
    return api_of("kim", Role.OPERATOR)


@pytest.mark.parametrize("path", ["/api/v1/nothing/", "/api/v2/jobs/", "/api/v1/jobs/not-an-id/", "/api/nothing"])
def test_an_unknown_path_is_a_404(client: APIClient, path: str) -> None:
    is_problem(client.get(path), 404, "not_found")
    is_problem(client.post(path, {}), 404, "not_found")


def test_an_unknown_method_is_a_405_that_says_which_are_known(client: APIClient) -> None:
    answer = client.put("/api/v1/jobs/", {})
    is_problem(answer, 405, "method_not_allowed")
    assert "GET" in answer["Allow"]
    assert "PUT" not in answer["Allow"]
    is_problem(APIClient().get("/api/v1/auth/token/"), 405, "method_not_allowed")


def test_a_form_of_answer_that_there_is_not_is_a_406(client: APIClient) -> None:
    is_problem(client.get("/api/v1/jobs/", headers={"Accept": "application/pdf"}), 406, "not_acceptable")


def test_a_body_of_an_unknown_kind_is_a_415(client: APIClient) -> None:
    answer = client.post("/api/v1/batches/", "name=x", content_type="text/yaml")
    is_problem(answer, 415, "unsupported_media_type")


@pytest.mark.parametrize("body", ["{", '{"name": ', "\x00", "[" * 100_000])
def test_a_body_that_cannot_be_read_is_a_400(client: APIClient, body: str) -> None:
    is_problem(client.post("/api/v1/batches/", body, content_type="application/json"), 400, "malformed_request")


@pytest.mark.parametrize("body", ["[]", '"x"', "null", "1", "[1]"])
def test_a_body_of_the_wrong_shape_is_a_400(client: APIClient, body: str) -> None:
    for path in ("batches/", "documents/", "auth/token/", "auth/token/refresh/", "auth/token/revoke/", "auth/google/",
                 "auth/keys/"):  # fmt: skip
        answer = client.post(f"/api/v1/{path}", body, content_type="application/json")
        assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json"), (path, body)


def test_a_declared_length_above_every_limit_is_a_413(client: APIClient) -> None:
    answer = client.post(
        "/api/v1/documents/", "{}", content_type="application/json", CONTENT_LENGTH=str(200 * 1024 * 1024)
    )
    is_problem(answer, 413, "file_too_large")


def test_nobody_is_told_how_to_sign_in() -> None:
    answer = APIClient().get("/api/v1/jobs/")
    is_problem(answer, 401, "not_authenticated")
    assert answer["WWW-Authenticate"] == 'Bearer realm="api"'


def test_fields_that_are_wrong_are_named(client: APIClient) -> None:
    body = is_problem(client.post("/api/v1/batches/", {"kind": "x"}), 400, "invalid_request")
    assert {error["field"] for error in body["errors"]} == {"name", "kind"}
    assert all(set(error) == {"field", "code", "message"} for error in body["errors"])


def test_a_session_changes_nothing_without_the_token_against_forgery() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(person("ann", Role.OPERATOR))
    body = json.dumps({"name": "x"})
    is_problem(client.post("/api/v1/batches/", body, content_type="application/json"), 403, "permission_denied")
    assert client.get("/api/v1/jobs/").status_code == 200


# --- On their way out -------------------------------------------------------------------------------------------------


def test_long_answers_are_compressed_for_who_can_read_it(client: APIClient) -> None:
    for number in range(10):
        client.post("/api/v1/batches/", {"name": str(number)})
    packed = client.get("/api/v1/batches/", headers={"Accept-Encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"]
    assert len(json.loads(gzip.decompress(packed.content))["results"]) == 10
    assert "Content-Encoding" not in client.get("/api/v1/batches/")


def test_answers_with_secrets_and_pages_with_forms_keep_their_length() -> None:
    person("ann")
    asked = {"username": "ann", "password": "ann-secret-words"}
    tokens = APIClient().post("/api/v1/auth/token/", asked, headers={"Accept-Encoding": "gzip"})
    assert len(tokens.content) > 200
    assert "Content-Encoding" not in tokens
    page = Client().get("/admin/login/", headers={"Accept-Encoding": "gzip"}, follow=True)
    assert page.status_code == 200
    assert "Content-Encoding" not in page


def test_a_foreign_origin_is_let_in_by_the_setting_only_and_never_with_cookies(
    client: APIClient, settings: Settings
) -> None:
    origin = {"Origin": "https://app.example"}
    assert "Access-Control-Allow-Origin" not in client.get("/api/v1/jobs/", headers=origin)
    settings.CORS_ALLOWED_ORIGINS = ["https://app.example"]
    answer = client.get("/api/v1/jobs/", headers=origin)
    assert answer["Access-Control-Allow-Origin"] == "https://app.example"
    assert "Access-Control-Allow-Credentials" not in answer
    assert "X-Request-ID" in answer["Access-Control-Expose-Headers"]
    asked = client.options("/api/v1/documents/", headers=origin | {"Access-Control-Request-Method": "POST"})
    assert "idempotency-key" in asked["Access-Control-Allow-Headers"]
    other = client.get("/api/v1/jobs/", headers={"Origin": "https://evil.example"})
    assert "Access-Control-Allow-Origin" not in other
    page = Client().get("/admin/login/", headers=origin, follow=True)
    assert "Access-Control-Allow-Origin" not in page


def test_answers_are_no_pages_and_are_shown_in_no_frame(client: APIClient) -> None:
    answer = client.get("/api/v1/jobs/")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
