"""Who asks where proxies stand between, and who may scrape."""

from __future__ import annotations

from ipaddress import ip_network

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from invoicesite.accounts.limits import address_of
from invoicesite.checks import check_proxies_are_few
from invoicesite.proxies import address_behind_proxies

PROXIES = [ip_network("10.0.0.0/8"), ip_network("fd00::/8")]


def seen(peer: str, chain: str, settings: Settings) -> HttpRequest:
    settings.TRUSTED_PROXIES = PROXIES
    request = RequestFactory().get("/", REMOTE_ADDR=peer, headers={"X-Forwarded-For": chain})
    kept: list[HttpRequest] = []

    def view(request: HttpRequest) -> HttpResponse:
        kept.append(request)
        return HttpResponse()

    address_behind_proxies(view)(request)
    return kept[0]


@pytest.mark.parametrize(
    ("peer", "chain", "client"),
    [
        ("10.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("10.0.0.1", "198.51.100.7, 10.2.3.4", "198.51.100.7"),
        # What stands before it, the client wrote itself.
        ("10.0.0.1", "127.0.0.1, 198.51.100.7", "198.51.100.7"),
        ("10.0.0.1", "nonsense", "10.0.0.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "198.51.100.7:4711", "198.51.100.7"),
        ("fd00::1", "[2001:db8::9]:443", "2001:db8::9"),
        ("::ffff:10.0.0.1", "198.51.100.7", "198.51.100.7"),
        # Nobody named this one a proxy.
        ("203.0.113.5", "198.51.100.7", "203.0.113.5"),
    ],
)
def test_the_client_is_the_last_address_that_no_trusted_proxy_has(
    peer: str, chain: str, client: str, settings: Settings
) -> None:
    assert seen(peer, chain, settings).META["REMOTE_ADDR"] == client


def test_what_a_stranger_says_about_itself_is_dropped(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = PROXIES
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    request = RequestFactory().get("/", REMOTE_ADDR="203.0.113.5", headers={"X-Forwarded-Proto": "https"})
    address_behind_proxies(lambda request: HttpResponse())(request)
    assert not request.is_secure()
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-Proto": "https"})
    address_behind_proxies(lambda request: HttpResponse())(request)
    assert request.is_secure()


def test_sixty_clients_behind_one_proxy_have_sixty_limits(settings: Settings) -> None:
    addresses = {address_of(seen("10.0.0.1", f"198.51.100.{n}", settings)) for n in range(60)}
    assert len(addresses) == 60


@pytest.mark.django_db
def test_figures_are_for_this_network_and_for_who_shows_the_token(settings: Settings) -> None:
    settings.METRICS_TOKEN = "of-the-scraper"
    client = Client()
    assert client.get("/metrics", REMOTE_ADDR="10.1.2.3").status_code == 200
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.5").status_code == 404
    # Through a proxy of this machine that nobody named.
    assert client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.5"}).status_code == 404
    shown = {"Authorization": "Bearer of-the-scraper"}
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.5", headers=shown).status_code == 200
    guessed = {"Authorization": "Bearer guessed"}
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.5", headers=guessed).status_code == 404


@pytest.mark.django_db
def test_the_version_that_answers_is_in_the_figures(client: Client) -> None:
    assert 'invoicesite_build_info{commit="' in client.get("/metrics").text


@pytest.mark.parametrize("everybody", ["0.0.0.0/0", "::/0"])
def test_a_start_warns_where_everybody_is_a_trusted_proxy(everybody: str, settings: Settings) -> None:
    settings.TRUSTED_PROXIES = PROXIES
    assert check_proxies_are_few(None) == []
    settings.TRUSTED_PROXIES = [*PROXIES, ip_network(everybody)]
    (warning,) = check_proxies_are_few(None)
    assert everybody in warning.msg
