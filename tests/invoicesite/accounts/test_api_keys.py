"""Personal keys: made, used, bounded, guessed at, revoked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from rest_framework.test import APIClient

from common.roles import Role
from invoicesite.accounts.authentication import GUESSES
from invoicesite.accounts.keys import MAX_KEYS, create_api_key, key_of_text
from invoicesite.accounts.models import ApiKey
from invoicesite.accounts.scopes import Scope, scope_for
from tests.people import person

pytestmark = pytest.mark.django_db

KEYS = "/api/v1/auth/keys/"


def signed_in(user: User) -> APIClient:
    client = APIClient()
    client.force_authenticate(user)
    return client


def with_key(text: str) -> APIClient:
    client = APIClient()
    client.credentials(HTTP_X_API_KEY=text)
    return client


def key_for(user: User, *scopes: str, **columns: Any) -> str:
    key, text = create_api_key(owner=user, name=f"key {ApiKey.objects.count()}", scopes=scopes)
    if columns:
        ApiKey.objects.filter(pk=key.pk).update(**columns)
    return text


def test_a_key_is_shown_once_and_only_its_digest_is_kept() -> None:
    ann = signed_in(person("ann", Role.OPERATOR))
    made = ann.post(KEYS, {"name": "ERP", "scopes": ["submit", "read"]})
    assert made.status_code == 201
    assert made["Cache-Control"] == "no-store"
    text = made.json()["key"]
    assert text.startswith("inv_")
    assert made.json()["scopes"] == ["read", "submit"]
    listed = ann.get(KEYS).json()["results"]
    assert [key["name"] for key in listed] == ["ERP"]
    assert "key" not in listed[0]
    row = ApiKey.objects.get()
    assert text not in (row.digest, row.prefix)
    assert text.startswith(row.prefix)


@pytest.mark.parametrize("header", ["HTTP_X_API_KEY", "HTTP_AUTHORIZATION"])
def test_a_key_opens_the_api_by_either_header(header: str) -> None:
    text = key_for(person("ann", Role.OPERATOR), "read")
    client = APIClient()
    client.credentials(**{header: f"Bearer {text}" if header == "HTTP_AUTHORIZATION" else text})
    assert client.get("/api/v1/jobs/").status_code == 200


def test_a_key_does_what_its_scopes_say_and_no_more() -> None:
    reads = with_key(key_for(person("ann", Role.OPERATOR), "read"))
    refused = reads.post("/api/v1/documents/", {"url": "https://vendor.example/1.pdf"})
    assert (refused.status_code, refused.json()["code"]) == (403, "scope_missing")
    submits = with_key(key_for(person("bob", Role.OPERATOR), "submit"))
    assert submits.get("/api/v1/jobs/").status_code == 403
    assert submits.post("/api/v1/documents/", {}).status_code == 400


def test_a_scope_never_gives_more_than_the_owners_role() -> None:
    ann = person("ann", Role.VIEWER)
    refused = signed_in(ann).post(KEYS, {"name": "x", "scopes": ["submit"]})
    assert (refused.status_code, refused.json()["code"]) == (403, "scope_not_yours")
    bob = person("bob", Role.OPERATOR)
    text = key_for(bob, "submit")
    bob.groups.clear()
    assert with_key(text).post("/api/v1/documents/", {"url": "https://vendor.example/1.pdf"}).status_code == 403


def test_a_key_makes_no_keys() -> None:
    admin = with_key(key_for(person("root", Role.ADMIN), "read", "submit", "review", "admin"))
    assert admin.post(KEYS, {"name": "another", "scopes": ["read"]}).status_code == 403
    assert admin.get(KEYS).status_code == 403


def test_a_revoked_key_an_expired_one_and_one_of_a_closed_account_open_nothing() -> None:
    ann = person("ann", Role.OPERATOR)
    past = timezone.now() - timedelta(seconds=1)
    for columns in ({"revoked_at": past}, {"expires_at": past}):
        answer = with_key(key_for(ann, "read", **columns)).get("/api/v1/jobs/")
        assert (answer.status_code, answer.json()["code"]) == (401, "authentication_failed")
    text = key_for(ann, "read")
    User.objects.update(is_active=False)
    assert with_key(text).get("/api/v1/jobs/").status_code == 401


def test_a_revoked_key_is_off_at_once_and_a_strangers_is_not_found() -> None:
    ann, bob = person("ann", Role.OPERATOR), person("bob", Role.ADMIN)
    text = key_for(ann, "read")
    address = f"{KEYS}{ApiKey.objects.get().pk}/"
    assert signed_in(bob).delete(address).status_code == 404
    assert with_key(text).get("/api/v1/jobs/").status_code == 200
    assert signed_in(ann).delete(address).status_code == 204
    assert with_key(text).get("/api/v1/jobs/").status_code == 401
    assert signed_in(ann).delete(address).status_code == 204


def test_the_last_use_is_written_at_most_once_a_minute() -> None:
    text = key_for(person("ann", Role.OPERATOR), "read")
    client = with_key(text)
    client.get("/api/v1/jobs/")
    first = ApiKey.objects.get().last_used_at
    client.get("/api/v1/jobs/")
    assert first is not None
    assert ApiKey.objects.get().last_used_at == first
    ApiKey.objects.update(last_used_at=first - timedelta(seconds=61))
    client.get("/api/v1/jobs/")
    last = ApiKey.objects.get().last_used_at
    assert last is not None
    assert last >= first


def test_guessing_locks_the_address_out_and_old_keys_are_no_guesses() -> None:
    ann = person("ann", Role.OPERATOR)
    old, good = key_for(ann, "read", revoked_at=timezone.now()), key_for(ann, "read")
    for _ in range(GUESSES[0] + 1):
        assert with_key(old).get("/api/v1/jobs/").status_code == 401
    for number in range(GUESSES[0]):
        assert with_key(f"{good[:12]}{number:031}").get("/api/v1/jobs/").status_code == 401
    locked = with_key(good).get("/api/v1/jobs/")
    assert (locked.status_code, locked.json()["code"]) == (429, "throttled")
    assert 0 < int(locked["Retry-After"]) <= GUESSES[1] / GUESSES[0] + 1
    elsewhere = with_key(good).get("/api/v1/jobs/", REMOTE_ADDR="198.51.100.7")
    assert elsewhere.status_code == 200


def test_the_number_of_keys_is_bounded_and_names_are_told_apart() -> None:
    ann = person("ann", Role.OPERATOR)
    client = signed_in(ann)
    assert client.post(KEYS, {"name": "a", "scopes": ["read"]}).status_code == 201
    assert client.post(KEYS, {"name": "a", "scopes": ["read"]}).status_code == 409
    for number in range(MAX_KEYS - 1):
        create_api_key(owner=ann, name=str(number), scopes=["read"])
    assert client.post(KEYS, {"name": "one more", "scopes": ["read"]}).status_code == 409


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "x", "scopes": []},
        {"name": "x", "scopes": ["root"]},
        {"name": "", "scopes": ["read"]},
        {"name": "x", "scopes": ["read"], "expires_at": "2001-01-01T00:00:00Z"},
    ],
)
def test_wrong_wishes_for_a_key_are_named(wrong: dict[str, Any]) -> None:
    answer = signed_in(person("ann", Role.OPERATOR)).post(KEYS, wrong)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"]


def test_a_key_outlives_a_change_of_the_sites_secret(settings: Settings) -> None:
    text = key_for(person("ann"), "read")
    settings.SECRET_KEY = "another" * 10
    assert key_of_text(text) is not None


def test_every_write_that_no_rule_names_asks_for_the_scope_admin() -> None:
    assert scope_for("POST", "/api/v1/something/new/") == Scope.ADMIN
    assert scope_for("POST", "/api/v1/budgets/") == Scope.ADMIN
    assert scope_for("POST", "/api/v1/invoices/x/approve/") == Scope.REVIEW
    assert scope_for("GET", "/api/v1/invoices/") == Scope.READ
    assert scope_for("DELETE", "/api/v1/auth/keys/x/") is None


def test_an_administrator_sees_keys_and_revokes_them(client: Client) -> None:
    text = key_for(person("ann", Role.OPERATOR), "read")
    root = User.objects.create_superuser("root")
    client.force_login(root)
    page = client.get("/admin/accounts/apikey/")
    assert page.status_code == 200
    assert text not in page.content.decode()
    client.post("/admin/accounts/apikey/", {"action": "revoke", "_selected_action": [str(ApiKey.objects.get().pk)]})
    assert ApiKey.objects.get().revoked_at is not None
