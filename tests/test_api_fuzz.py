"""Nothing that is made from the schema meets a 5xx, an answer of another shape, a status that is not documented, or a
door that stands open.

The quick form asks the same at each run. ``FUZZ_EXAMPLES=100 python -m pytest tests/test_api_fuzz.py -n auto`` is the
long form: 100 right and 100 wrong requests by chance for each operation, and all boundaries.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from pytest_django import Settings
from rest_framework_simplejwt.tokens import AccessToken

from common.roles import Role
from tests.api_fuzz import (
    API,
    EXAMPLES,
    SAME_EACH_TIME,
    TAGS,
    Asker,
    ask_boundaries,
    ask_generated,
    operations_of,
)
from tests.api_world import World, make_world
from tests.people import person

PEOPLE = ["admin", "viewer", "nobody"]
CHAINS = 20 if SAME_EACH_TIME else 10 * EXAMPLES

pytestmark = pytest.mark.timeout(300 if SAME_EACH_TIME else 3600)


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


def asker(who: str, world: World) -> Asker:
    user = person("vic", Role.VIEWER) if who == "viewer" else world.user
    return Asker(world, "" if who == "nobody" else str(AccessToken.for_user(user)))


def assert_no_surprise(askers: dict[str, Asker]) -> None:
    surprises = [f"{who}: {told}" for who, asking in askers.items() for told in asking.surprises.values()]
    assert not surprises, "\n\n".join(surprises)


@pytest.mark.parametrize("tag", TAGS)
def test_no_answer_to_what_is_generated_is_a_surprise(tag: str, world: World) -> None:
    askers = {who: asker(who, world) for who in PEOPLE}
    often = {asking: EXAMPLES if who == "admin" else max(1, EXAMPLES // 3) for who, asking in askers.items()}
    for operation in operations_of(tag):
        ask_generated(operation, often=often)
    assert_no_surprise(askers)


@pytest.mark.parametrize("tag", TAGS)
def test_no_answer_at_a_boundary_is_a_surprise(tag: str, world: World) -> None:
    askers = {who: asker(who, world) for who in PEOPLE}
    most = 1 if SAME_EACH_TIME else None
    assert sum(ask_boundaries(each, askers=list(askers.values()), most=most) for each in operations_of(tag))
    assert_no_surprise(askers)


def test_every_operation_has_a_tag() -> None:
    assert [operation.label for operation in operations_of("")] == []


def test_no_answer_in_a_chain_of_requests_is_a_surprise(world: World) -> None:
    asker("admin", world).ask_in_chains(chains=CHAINS, steps=6)
