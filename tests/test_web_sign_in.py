"""Sign-in with Google in the browser, against a real OpenID provider: who gets in, and what everybody else reads."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from django.contrib.auth.models import User
from django.test import Client
from oidc_provider_mock import User as Person
from oidc_provider_mock import run_server_in_thread
from pytest_django import Settings
from social_django.models import UserSocialAuth

from invoicesite.accounts.models import Identity
from tests.people import person

pytestmark = pytest.mark.django_db

PEOPLE = [
    Person(
        sub="1001",
        claims={"email": "ann@acme.example", "email_verified": True, "name": "Ann Smith", "hd": "acme.example"},
    ),
    Person(sub="1002", claims={"email": "eve@other.example", "email_verified": True, "name": "Eve Adams"}),
    Person(
        sub="1003",
        claims={"email": "bob@acme.example", "email_verified": False, "name": "Bob Jones", "hd": "acme.example"},
    ),
]


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    with run_server_in_thread(user_claims=PEOPLE) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture(autouse=True)
def site(provider: str, settings: Settings) -> None:
    settings.GOOGLE_OIDC_ISSUER = provider
    settings.GOOGLE_OAUTH2_KEY, settings.GOOGLE_OAUTH2_SECRET = "web-tests", "web-tests-secret"
    settings.GOOGLE_ALLOWED_DOMAINS = ["acme.example"]
    settings.SIGN_IN_ROLE = "operator"


def ask(client: Client, **form: str) -> str:
    """The provider's page that the sign-in button leads to."""
    answer = client.post("/auth/login/google/", form)
    assert answer.status_code == 302
    return answer.headers["Location"]


def consent(page: str, subject: str = "", **form: str) -> str:
    """Where the provider sends the browser back to, for one of its people, or after another button."""
    answer = requests.post(page, data={"sub": subject, **form} if subject else form, allow_redirects=False, timeout=10)
    assert answer.status_code in (302, 303), answer.text[:500]
    back = urlsplit(answer.headers["Location"])
    return f"{back.path}?{back.query}"


def sign_in(client: Client, subject: str, **form: str) -> Any:
    return client.get(consent(ask(client, **form), subject))


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_first_sign_in_makes_an_account_with_the_role_of_the_setting(client: Client) -> None:
    answer = sign_in(client, "1001")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    ann = User.objects.get(email="ann@acme.example")
    assert (ann.get_full_name(), [group.name for group in ann.groups.all()]) == ("Ann Smith", ["operator"])
    assert client.get("/").status_code == 200


def test_no_token_of_the_provider_is_kept(client: Client) -> None:
    sign_in(client, "1001")
    assert UserSocialAuth.objects.get().extra_data == {}


def test_who_returns_has_the_same_account_and_lands_where_they_wanted_to_go(client: Client) -> None:
    sign_in(client, "1001")
    client.post("/sign-out/")
    assert not is_signed_in(client)
    answer = sign_in(client, "1001", next="/upload/")
    assert answer.headers["Location"] == "/upload/"
    assert User.objects.count() == 1


def test_the_way_back_never_leads_to_another_site(client: Client) -> None:
    assert sign_in(client, "1001", next="https://evil.example/").headers["Location"] == "/"


def test_a_foreign_domain_is_refused_by_a_page_that_says_so(client: Client) -> None:
    answer = sign_in(client, "1002")
    assert answer.status_code == 403
    assert "You cannot sign in here" in answer.text
    assert not is_signed_in(client)
    assert not User.objects.exists()


def test_a_cancelled_consent_is_no_error(client: Client) -> None:
    answer = client.get(consent(ask(client), action="deny"))
    assert answer.status_code == 403
    assert "Sign-in cancelled" in answer.text
    assert not is_signed_in(client)


@pytest.mark.parametrize("state", ["forged", ""])
def test_a_forged_state_signs_nobody_in(state: str, client: Client) -> None:
    back = urlsplit(consent(ask(client), "1001"))
    query = {name: values[0] for name, values in parse_qs(back.query).items()} | {"state": state}
    answer = client.get(f"{back.path}?{urlencode(query)}")
    assert answer.status_code == 400
    assert "could not be confirmed" in answer.text
    assert not is_signed_in(client)
    assert not User.objects.exists()


def test_an_answer_for_another_browser_signs_nobody_in(client: Client) -> None:
    stolen = consent(ask(Client()), "1001")
    answer = client.get(stolen)
    assert answer.status_code == 400
    assert not is_signed_in(client)


def test_an_answer_is_good_once(client: Client) -> None:
    back = consent(ask(client), "1001")
    assert client.get(back).status_code == 302
    client.post("/sign-out/")
    assert client.get(back).status_code in (400, 403)
    assert not is_signed_in(client)


def test_an_expired_token_is_refused_by_a_page_that_says_so(client: Client, settings: Settings) -> None:
    with run_server_in_thread(user_claims=PEOPLE, access_token_max_age=timedelta(seconds=-120)) as server:
        settings.GOOGLE_OIDC_ISSUER = f"http://localhost:{server.server_port}"
        answer = sign_in(client, "1001")
    assert answer.status_code == 403
    assert "has expired" in answer.text
    assert not is_signed_in(client)


def test_a_provider_that_does_not_answer_is_said(client: Client, settings: Settings) -> None:
    settings.GOOGLE_OIDC_ISSUER = "http://localhost:9"
    answer = client.post("/auth/login/google/")
    assert answer.status_code == 503
    assert "Google is not responding" in answer.text


def test_an_account_with_the_verified_address_is_linked(client: Client) -> None:
    ann = User.objects.create_user("ann", email="Ann@acme.example")
    sign_in(client, "1001")
    assert client.session["_auth_user_id"] == str(ann.pk)
    assert Identity.objects.get().user == ann


def test_an_address_that_is_not_verified_takes_over_no_account(client: Client) -> None:
    User.objects.create_user("bob", email="bob@acme.example")
    answer = sign_in(client, "1003")
    assert answer.status_code == 403
    assert "not verified this account" in answer.text
    assert not is_signed_in(client)
    assert not Identity.objects.exists()


def test_a_closed_account_stays_closed(client: Client) -> None:
    User.objects.create_user("ann", email="ann@acme.example", is_active=False)
    answer = sign_in(client, "1001")
    assert answer.status_code == 403
    assert "closed" in answer.text


def test_the_button_needs_the_token_of_the_form() -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/auth/login/google/").status_code == 403
    assert strict.get("/auth/login/google/").status_code == 405


def test_names_and_passwords_sign_in_unless_they_are_switched_off(client: Client, settings: Settings) -> None:
    person("dana")
    form = {"username": "dana", "password": "dana-secret-words"}
    assert "Password" in client.get("/sign-in/").text
    assert client.post("/sign-in/", form).status_code == 302
    client.post("/sign-out/")
    settings.LOCAL_ACCOUNTS = False
    assert "Password" not in client.get("/sign-in/").text
    assert client.post("/sign-in/", form).status_code == 200
    assert not is_signed_in(client)
    tokens = client.post("/api/v1/auth/token/", form, content_type="application/json")
    assert tokens.status_code == 401


def test_without_google_there_is_no_button(client: Client, settings: Settings) -> None:
    settings.GOOGLE_OAUTH2_KEY = ""
    assert "Sign in with Google" not in client.get("/sign-in/").text


def test_who_is_signed_in_without_a_right_to_the_desk_is_told_and_not_sent_in_circles(client: Client) -> None:
    client.force_login(person("ann"))
    answer = client.get("/admin/", follow=True)
    assert answer.status_code == 403
    assert "You do not have permission" in answer.text
