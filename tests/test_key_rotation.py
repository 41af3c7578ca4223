"""Secrets are changed while the site runs: what the key before signed is taken until it is dropped."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from django.conf import settings as site_settings
from django.core import signing
from django.test import Client
from django.utils import timezone
from django_q.brokers import get_broker
from django_q.conf import Conf
from django_q.models import OrmQ
from django_q.signing import BadSignature, PickleSerializer, SignedPackage
from pytest_django import Settings
from rest_framework_simplejwt.settings import api_settings
from rest_framework_simplejwt.tokens import AccessToken, RefreshToken
from standardwebhooks.webhooks import Webhook

from common.roles import Role
from invoicesite.log_privacy import secrets_of
from processing.models import Breaker, InboundSource
from processing.pipeline.model import ask_model
from processing.queueing import INTERACTIVE
from processing.services.documents import submit_document
from processing.services.links import document_by_token, document_link
from processing.spending import configured
from processing.workers.brokers import signed_now
from tests.people import person
from tests.processing.documents import make_invoice
from tests.processing.ledger_factories import assert_books_balance, make_job
from tests.processing.rate_card_models import model_of

OLD = "the-key-before-0123456789-0123456789-0123456789-abcdefgh"

pytestmark = pytest.mark.django_db


@pytest.fixture
def changed(settings: Settings) -> Settings:
    """This process signs with its own key, and knows the old one."""
    settings.SECRET_KEY_FALLBACKS = [OLD]
    return settings


def task_signed_with(key: str) -> str:
    task = {"id": "1", "name": "a", "func": "processing.tasks.run_jobs", "args": (["x"],), "kwargs": {}}
    return signing.dumps(task, key=key, salt=Conf.PREFIX, serializer=PickleSerializer)


def test_a_task_that_the_old_key_signed_is_taken(changed: Settings) -> None:
    OrmQ.objects.create(key=INTERACTIVE, payload=task_signed_with(OLD), lock=timezone.now() - timedelta(seconds=5))
    broker: Any = get_broker(INTERACTIVE)
    ((_, payload),) = broker.dequeue()
    assert SignedPackage.loads(payload)["args"] == (["x"],)


def test_a_task_of_another_key_is_not_taken(changed: Settings) -> None:
    payload = task_signed_with("somebody-elses-key-0123456789-0123456789-0123456789")
    with pytest.raises(BadSignature):
        SignedPackage.loads(signed_now(payload))
    changed.SECRET_KEY_FALLBACKS = []
    with pytest.raises(BadSignature):
        SignedPackage.loads(signed_now(task_signed_with(OLD)))
    assert SignedPackage.loads(signed_now(task_signed_with(Conf.SECRET_KEY).encode()))["id"] == "1"  # as Redis gives it


@pytest.mark.parametrize("kind", [AccessToken, RefreshToken])
def test_tokens_of_the_old_key_are_valid_until_they_end(changed: Settings, kind: Any) -> None:
    token = kind.for_user(person("ann"))
    text = jwt.encode(token.payload, OLD, algorithm=api_settings.ALGORITHM)
    assert kind(text).payload["jti"] == token.payload["jti"]
    ended = jwt.encode(token.payload | {"exp": 1}, OLD, algorithm=api_settings.ALGORITHM)
    with pytest.raises(Exception, match="expired"):
        kind(ended)
    changed.SECRET_KEY_FALLBACKS = []
    with pytest.raises(Exception, match="invalid"):
        kind(text)


def test_who_is_signed_in_stays_so(settings: Settings) -> None:
    new, settings.SECRET_KEY = settings.SECRET_KEY, OLD
    client = Client()
    client.force_login(person("ann", Role.OPERATOR))
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = new, [OLD]
    assert client.get("/api/v1/jobs/").status_code == 200


@pytest.mark.usefixtures("own_storage")
def test_links_to_documents_that_were_given_out_still_work(settings: Settings) -> None:
    ann = person("ann", Role.OPERATOR)
    document = submit_document(data=b"INVOICE 1\nTotal 5.00", filename="a.txt", owner_id=ann.pk, enqueue=False).document
    new, settings.SECRET_KEY = settings.SECRET_KEY, OLD
    token = document_link(document, user=ann).url.partition("token=")[2]
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = new, [OLD]
    assert document_by_token(document.id, token.replace("%3A", ":")) == document


def test_a_model_is_asked_with_the_other_key_where_the_first_is_refused(settings: Settings) -> None:
    configured._refused_until.clear()
    with model_of(settings) as server:
        settings.OPENAI_API_KEY, settings.LLM_FALLBACK_API_KEY = "sk-old", "sk-new"
        server.refused_keys = {"sk-old"}
        for number in range(2):
            settings.LLM_CACHE_DAYS = 0
            assert ask_model(job=make_job(filename=f"{number}.pdf"), content=make_invoice()).fields
        # The second document does not try the refused key again.
        sent = [record.headers["authorization"] for record in server.records]
        assert sent == ["Bearer sk-old", "Bearer sk-new", "Bearer sk-new"]
    assert not Breaker.objects.exclude(state=Breaker.State.CLOSED).exists()
    assert_books_balance()
    configured._refused_until.clear()


@pytest.mark.usefixtures("own_storage")
def test_an_inbound_sender_may_use_its_old_secret_for_a_day(admin_client: Client) -> None:
    source = InboundSource.objects.create(name="freight portal", owner=person("kim"))
    old, new = source.secret, "whsec_" + "QUJD" * 8
    change = f"/admin/processing/inboundsource/{source.pk}/change/"
    form = {"name": source.name, "secret": new, "owner": source.owner_id, "kind": "invoice", "active": "on"}
    assert admin_client.post(change, form).status_code == 302
    source.refresh_from_db()
    assert source.secrets_now() == [new, old]
    assert [posted(source, secret, f"m{at}") for at, secret in enumerate((old, new))] == [202, 200]
    InboundSource.objects.update(previous_secret_until=timezone.now() - timedelta(seconds=1))
    assert posted(source, old, "m3") == 401


def posted(source: InboundSource, secret: str, message_id: str) -> int:
    body = '{"data": {"filename": "a.txt", "content": "SU5WT0lDRQpUb3RhbCA1LjAw"}}'
    now = datetime.now(UTC)
    headers = {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(secret).sign(message_id, now, body),
    }
    url = f"/api/v1/inbound/{source.id}/"
    return Client().post(url, body, content_type="application/json", headers=headers).status_code


def test_keys_that_were_are_secrets_of_the_logs_too() -> None:
    assert site_settings.SECRET_KEY_FALLBACKS == []
    told = secrets_of({"DJANGO_SECRET_KEY_FALLBACKS": f"{OLD},{OLD[::-1]}", "LLM_FALLBACK_API_KEY": "sk-other-123456"})
    assert {OLD, OLD[::-1], "sk-other-123456"} <= set(told)
