"""Webhooks over the API: made, changed, tried, looked at and sent again by their owners."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from ipaddress import ip_network
from typing import Any

import pytest
from django.contrib.auth.models import User
from django_q.models import OrmQ
from pytest_django import Settings
from rest_framework.test import APIClient

from common.roles import Role
from invoicesite.webhooks.couriers import send_all_due, start_couriers
from invoicesite.webhooks.models import Delivery, Subscription
from invoicesite.webhooks.services import MOST_SUBSCRIPTIONS, disable
from tests.people import person
from tests.webhook_receiver import Receiver, receiving

pytestmark = pytest.mark.django_db

URL = "/api/v1/webhooks/"


@pytest.fixture
def receiver(settings: Settings) -> Iterator[Receiver]:
    settings.WEBHOOK_PRIVATE_NETWORKS = [ip_network("127.0.0.0/8")]
    with receiving() as server:
        yield server


@pytest.fixture
def client() -> APIClient:
    return signed_in(person("kim", Role.OPERATOR))


def signed_in(user: User) -> APIClient:
    client = APIClient()
    client.force_authenticate(user)
    return client


def make(client: APIClient, **fields: Any) -> Any:
    return client.post(URL, {"url": "https://erp.example/hooks", "events": ["invoice.approved"], **fields})


def test_a_webhook_shows_its_secret_once(client: APIClient) -> None:
    made = make(client)
    assert made.status_code == 201
    body = made.json()
    assert body["secret"].startswith("whsec_")
    assert (body["active"], body["events"], body["everything"]) == (True, ["invoice.approved"], False)
    assert "secret" not in client.get(f"{URL}{body['id']}/").json()
    assert all("secret" not in row for row in client.get(URL).json()["results"])
    rotated = client.post(f"{URL}{body['id']}/rotate-secret/").json()
    assert rotated["secret"] not in ("", body["secret"])


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"url": "http://erp.example/"}, "url"),
        ({"url": "https://10.0.0.1/"}, "url"),
        ({"url": "https://[::1]/"}, "url"),
        ({"url": "https://user:word@erp.example/"}, "url"),
        ({"url": "https://erp.example:8443/" + "a" * 2000}, "url"),
        ({"url": "ftp://erp.example/"}, "url"),
        ({"events": []}, "events"),
        ({"events": ["invoice.painted"]}, "events.0"),
        ({"events": ["webhook.test"]}, "events.0"),
    ],
)
def test_what_cannot_be_a_webhook_is_refused_with_the_field(
    client: APIClient, fields: dict[str, Any], field: str
) -> None:
    answer = make(client, **fields)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_request")
    assert answer.json()["errors"][0]["field"] == field
    assert not Subscription.objects.exists()


def test_everything_is_for_admins(client: APIClient) -> None:
    assert make(client, everything=True).status_code == 403
    admin = signed_in(person("ada", Role.ADMIN))
    made = make(admin, everything=True)
    assert (made.status_code, made.json()["everything"]) == (201, True)


def test_viewers_look_and_make_none(client: APIClient) -> None:
    viewer = signed_in(person("vic", Role.VIEWER))
    assert viewer.get(URL).status_code == 200
    assert make(viewer).status_code == 403


def test_what_is_not_yours_is_not_there(client: APIClient) -> None:
    mine = make(client).json()["id"]
    for other in (signed_in(person("noa", Role.REVIEWER)), signed_in(person("ada", Role.ADMIN))):
        for answer in (
            other.get(f"{URL}{mine}/"),
            other.patch(f"{URL}{mine}/", {"active": False}),
            other.delete(f"{URL}{mine}/"),
            other.post(f"{URL}{mine}/rotate-secret/"),
            other.post(f"{URL}{mine}/test/"),
            other.get(f"{URL}{mine}/deliveries/"),
        ):
            assert answer.status_code == 404


def test_an_account_has_a_bounded_number_of_webhooks(client: APIClient) -> None:
    for _ in range(MOST_SUBSCRIPTIONS):
        assert make(client).status_code == 201
    answer = make(client)
    assert (answer.status_code, answer.json()["code"]) == (409, "invalid_state")


def test_a_test_message_arrives_is_logged_and_sent_again_on_demand(client: APIClient, receiver: Receiver) -> None:
    made = make(client, url=receiver.url()).json()
    asked = client.post(f"{URL}{made['id']}/test/")
    assert (asked.status_code, asked.json()["status"], asked.json()["type"]) == (202, "pending", "webhook.test")
    assert OrmQ.objects.count() == 1
    log = f"{URL}{made['id']}/deliveries/"
    replay = f"{log}{asked.json()['id']}/replay/"
    assert client.post(replay).status_code == 409, "it is under way"
    send_all_due()
    assert receiver.messages[0].verified(made["secret"])["data"] == {"webhook": made["id"]}
    (row,) = client.get(log, {"status": "delivered"}).json()["results"]
    assert (row["status_code"], row["response"], row["attempts"]) == (200, "thanks", 1)
    assert row["event"] == receiver.messages[0].id
    assert client.post(replay).status_code == 202
    send_all_due()
    assert receiver.messages[1].id == receiver.messages[0].id
    assert client.get(log, {"status": "failed"}).json()["results"] == []


def test_a_stopped_webhook_says_why_and_is_made_active_again(client: APIClient) -> None:
    made = make(client).json()
    disable(subscription_id=made["id"], why="The receiver answered 410 Gone.")
    seen = client.get(f"{URL}{made['id']}/").json()
    assert (seen["active"], seen["disabled_why"]) == (False, "The receiver answered 410 Gone.")
    assert client.post(f"{URL}{made['id']}/test/").status_code == 409
    again = client.patch(f"{URL}{made['id']}/", {"active": True, "events": ["*", "job.failed"]}).json()
    assert (again["active"], again["disabled_why"], again["events"]) == (True, "", ["*"])


def test_a_deleted_webhook_is_gone_with_its_log(client: APIClient) -> None:
    made = make(client).json()
    client.post(f"{URL}{made['id']}/test/")
    assert client.delete(f"{URL}{made['id']}/").status_code == 204
    assert not Delivery.objects.exists()
    assert client.get(f"{URL}{made['id']}/").status_code == 404


def test_callbacks_have_a_secret_of_their_own(client: APIClient) -> None:
    first = client.post(f"{URL}callback-secret/").json()["secret"]
    assert first.startswith("whsec_")
    assert client.post(f"{URL}callback-secret/").json()["secret"] != first


@pytest.mark.django_db(transaction=True)
def test_threads_of_a_worker_send_side_by_side_and_stop_when_told(receiver: Receiver) -> None:
    kim = User.objects.create_user("kim", is_superuser=True)
    client = signed_in(kim)
    hooks = [make(client, url=receiver.url(f"/{n}")).json()["id"] for n in range(5)]
    for hook in hooks:
        client.post(f"{URL}{hook}/test/")
    stopping = threading.Event()
    assert start_couriers(stopping=stopping) > 0
    until = time.monotonic() + 20
    while Delivery.objects.exclude(status="delivered").exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert sorted(message.path for message in receiver.messages) == [f"/{n}" for n in range(5)]
    while start_couriers(stopping=stopping) < 6 and time.monotonic() < until:
        time.sleep(0.05)
    stopping.set()
    while any(thread.name == "courier" for thread in threading.enumerate()) and time.monotonic() < until:
        time.sleep(0.05)
    client.post(f"{URL}{hooks[0]}/test/")
    start_couriers(stopping=stopping)
    time.sleep(0.3)
    assert Delivery.objects.filter(status="pending").count() == 1
