"""Access and refresh tokens, for a password and for the word of an OpenID provider that really runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
import requests
import time_machine
from cryptography.hazmat.primitives.asymmetric import rsa
from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone
from oidc_provider_mock import run_server_in_thread
from pytest_django import Settings
from rest_framework.test import APIClient

from common.roles import Role
from invoicesite.accounts.models import Identity
from tests.people import person

pytestmark = pytest.mark.django_db

TOKEN, REFRESH, REVOKE, GOOGLE = (
    f"/api/v1/auth/{end}/" for end in ("token", "token/refresh", "token/revoke", "google")
)
CLIENT_ID = "site.apps.example"


def tokens_of(name: str) -> dict[str, str]:
    answer = APIClient().post(TOKEN, {"username": name, "password": f"{name}-secret-words"})
    assert answer.status_code == 200, answer.content
    pair: dict[str, str] = answer.json()
    return pair


def status_with(access: str) -> int:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {access}")
    return int(client.get("/api/v1/jobs/").status_code)


def test_a_password_gives_tokens_and_a_refresh_token_is_good_for_one_use() -> None:
    person("ann")
    first = tokens_of("ann")
    assert status_with(first["access"]) == 200
    second = APIClient().post(REFRESH, {"refresh": first["refresh"]}).json()
    assert status_with(second["access"]) == 200
    again = APIClient().post(REFRESH, {"refresh": first["refresh"]})
    assert (again.status_code, again.json()["code"]) == (401, "authentication_failed")
    assert APIClient().post(REFRESH, {"refresh": second["refresh"]}).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_of_two_uses_of_a_refresh_token_at_once_one_succeeds() -> None:
    person("ann")
    refresh = tokens_of("ann")["refresh"]
    statuses: list[int] = []

    def use() -> None:
        try:
            statuses.append(APIClient().post(REFRESH, {"refresh": refresh}).status_code)
        finally:
            connection.close()

    threads = [Thread(target=use) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200, 401, 401, 401]


def test_signing_out_ends_the_refresh_token_and_is_no_error_twice() -> None:
    person("ann")
    refresh = tokens_of("ann")["refresh"]
    for _ in range(2):
        assert APIClient().post(REVOKE, {"refresh": refresh}).status_code == 204
    assert APIClient().post(REFRESH, {"refresh": refresh}).status_code == 401


def test_a_new_password_or_a_closed_account_ends_the_tokens() -> None:
    ann = person("ann")
    pair = tokens_of("ann")
    ann.set_password("other secret words")
    ann.save()
    assert status_with(pair["access"]) == 401
    assert APIClient().post(REFRESH, {"refresh": pair["refresh"]}).status_code == 401
    person("bob")
    pair = tokens_of("bob")
    User.objects.filter(username="bob").update(is_active=False)
    assert status_with(pair["access"]) == 401
    assert APIClient().post(REFRESH, {"refresh": pair["refresh"]}).status_code == 401


def test_a_role_that_a_token_claims_counts_for_nothing(settings: Settings) -> None:
    ann = person("ann", Role.VIEWER)
    access = tokens_of("ann")["access"]
    claims = jwt.decode(access, options={"verify_signature": False})
    assert not {"role", "roles", "groups", "is_staff", "is_superuser"} & set(claims)
    forged = jwt.encode(claims | {"role": "admin", "is_superuser": True}, settings.SECRET_KEY, algorithm="HS256")
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {forged}")
    assert client.post("/api/v1/documents/", {"url": "https://vendor.example/1.pdf"}).status_code == 403
    assert not ann.is_superuser


def test_guessing_a_password_locks_the_account_for_the_address() -> None:
    person("ann")
    for _ in range(10):
        APIClient().post(TOKEN, {"username": "ann", "password": "wrong"})
    locked = APIClient().post(TOKEN, {"username": "ann", "password": "ann-secret-words"})
    assert (locked.status_code, locked.json()["code"]) == (429, "throttled")
    assert int(locked["Retry-After"]) == 900
    other = APIClient().post(TOKEN, {"username": "ann", "password": "ann-secret-words"}, REMOTE_ADDR="198.51.100.9")
    assert other.status_code == 200


def test_a_name_with_a_nul_is_a_wrong_name() -> None:
    assert APIClient().post(TOKEN, {"username": "a\0b", "password": "x"}).status_code == 400


# --- Google's word ----------------------------------------------------------------------------------------------------


@pytest.fixture
def issuer(settings: Settings) -> Iterator[str]:
    with run_server_in_thread() as server:
        address = f"http://localhost:{server.server_port}"
        settings.GOOGLE_OIDC_ISSUER = address
        settings.GOOGLE_OAUTH2_KEY = CLIENT_ID
        yield address


def id_token(issuer: str, *, client_id: str = CLIENT_ID, nonce: str = "n-1", **changes: Any) -> str:
    """What a client gets of the provider by the authorization code flow."""
    claims: dict[str, Any] = {"sub": "1001", "email": "ann@acme.example", "email_verified": True, "name": "Ann Smith"}
    claims |= changes
    subject = claims.pop("sub")
    requests.put(f"{issuer}/users/{subject}", json=claims, timeout=5).raise_for_status()
    back = "https://client.example/back"
    asked = {"client_id": client_id, "redirect_uri": back, "response_type": "code", "nonce": nonce, "state": "s"}
    answer = requests.post(
        f"{issuer}/oauth2/authorize",
        params=asked | {"scope": "openid email profile"},
        data={"sub": subject},
        allow_redirects=False,
        timeout=5,
    )
    code = parse_qs(urlsplit(answer.headers["Location"]).query)["code"][0]
    given = requests.post(
        f"{issuer}/oauth2/token",
        data={"grant_type": "authorization_code", "code": code, "redirect_uri": back},
        auth=(client_id, "secret"),
        timeout=5,
    ).json()
    return str(given["id_token"])


def exchange(token: str, **more: str) -> Any:
    return APIClient().post(GOOGLE, {"id_token": token, **more})


def test_an_id_token_is_exchanged_for_tokens_of_the_site(issuer: str) -> None:
    answer = exchange(id_token(issuer), nonce="n-1")
    assert answer.status_code == 200, answer.content
    assert status_with(answer.json()["access"]) == 200
    assert Identity.objects.get().user.email == "ann@acme.example"
    assert exchange(id_token(issuer)).status_code == 200
    assert User.objects.count() == 1


def test_a_token_for_another_site_or_of_another_sign_in_is_refused(issuer: str) -> None:
    other = exchange(id_token(issuer, client_id="other.apps.example"))
    assert (other.status_code, other.json()["code"]) == (401, "identity_invalid")
    assert exchange(id_token(issuer), nonce="n-2").status_code == 401
    assert not User.objects.exists()


def test_an_expired_token_a_forged_one_and_noise_are_refused(issuer: str) -> None:
    good = id_token(issuer)
    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=True):
        assert exchange(good).status_code == 401
    header, body, signature = good.split(".")
    assert exchange(f"{header}.{body}.{signature[:-4]}AAAA").status_code == 401
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    kid = jwt.get_unverified_header(good).get("kid")
    claims = jwt.decode(good, options={"verify_signature": False})
    forged = jwt.encode(claims, key, algorithm="RS256", headers={"kid": kid} if kid else None)
    assert exchange(forged).status_code == 401
    assert exchange(jwt.encode(claims, "", algorithm="none")).status_code == 401
    public = jwt.encode(claims, "a" * 64, algorithm="HS256", headers={"kid": kid} if kid else None)
    assert exchange(public).status_code == 401
    assert exchange("no token").status_code == 401
    assert not User.objects.exists()


def test_who_is_not_allowed_is_told_why(issuer: str, settings: Settings) -> None:
    refused = exchange(id_token(issuer, email_verified=False))
    assert (refused.status_code, refused.json()["code"]) == (403, "email_not_verified")
    settings.GOOGLE_ALLOWED_DOMAINS = ["acme.example"]
    refused = exchange(id_token(issuer))
    assert (refused.status_code, refused.json()["code"]) == (403, "domain_not_allowed")
    assert exchange(id_token(issuer, hd="acme.example")).status_code == 200


def test_a_provider_that_does_not_answer_is_no_fault_of_the_client(issuer: str, settings: Settings) -> None:
    good = id_token(issuer)
    settings.GOOGLE_OIDC_ISSUER = "http://localhost:9"
    answer = exchange(good)
    assert (answer.status_code, answer.json()["code"]) == (503, "provider_unavailable")
    assert re.fullmatch(r"\d+", answer["Retry-After"])


def test_without_a_client_id_there_is_no_such_sign_in(settings: Settings) -> None:
    settings.GOOGLE_OAUTH2_KEY = ""
    assert exchange("x.y.z").status_code == 404
