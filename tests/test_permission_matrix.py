"""Who may do what over the API: every endpoint, every role, what is one's own and what is not, in one table.

An endpoint that is not in the table fails the test.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.urls import get_resolver
from django.urls.resolvers import URLResolver
from pytest_django import Settings
from rest_framework.test import APIClient

from common.roles import Role
from invoicesite.accounts.keys import create_api_key
from tests.api_world import World, make_world
from tests.people import person

pytestmark = pytest.mark.django_db

# From:   the role from which on it is allowed; `all` needs no account; `signed` needs a signature instead.
# Whose:  `own` is seen by its owner and by admins, `mine` by its owner alone, `-` belongs to nobody in particular,
#         `theirs` is seen by all who have the role.
# Key:    the scope that a personal key needs; `-` is closed to keys.
# Answer: what somebody gets who may.
TABLE = """
Method  Path                                            From      Whose   Key     Answer
GET     documents/                                      viewer    -       read    200
POST    documents/                                      operator  -       submit  202
GET     documents/{document}/                           viewer    own     read    200
GET     documents/{document}/file/                      viewer    own     read    302
GET     documents/{document}/pages/1.png                viewer    own     read    200
GET     documents/{document}/pages/1/words/             viewer    own     read    200
GET     documents/{document}/cells/                     viewer    own     read    200
GET     documents/{document}/boundaries/                viewer    own     read    200
POST    documents/{document}/boundaries/                reviewer  own     review  409
GET     documents/{document}/legal-hold/                viewer    own     read    200
POST    documents/{document}/legal-hold/                admin     own     admin   200
GET     jobs/                                           viewer    -       read    200
GET     jobs/stats/                                     viewer    -       read    200
GET     jobs/{job}/                                     viewer    own     read    200
POST    jobs/{job}/retry/                               operator  own     submit  202
POST    jobs/{job}/cancel/                              operator  own     submit  409
GET     batches/                                        viewer    -       read    200
POST    batches/                                        operator  -       submit  201
GET     batches/{batch}/                                viewer    own     read    200
POST    batches/{batch}/documents/                      operator  own     submit  202
POST    batches/{batch}/pause/                          operator  own     submit  200
POST    batches/{batch}/resume/                         operator  own     submit  409
POST    batches/{batch}/cancel/                         operator  own     submit  200
POST    batches/{batch}/retry/                          operator  own     submit  202
GET     batches/{batch}/results/                        viewer    own     read    200
GET     budgets/                                        viewer    -       read    200
POST    budgets/                                        admin     -       admin   201
GET     budgets/{budget}/                               viewer    own     read    200
PATCH   budgets/{budget}/                               admin     own     admin   200
GET     spend/                                          viewer    -       read    200
GET     invoices/                                       viewer    -       read    200
GET     invoices/export/                                viewer    -       read    200
POST    invoices/approve/                               reviewer  -       review  200
GET     invoices/{invoice}/                             viewer    own     read    200
PATCH   invoices/{invoice}/                             reviewer  own     review  200
POST    invoices/{invoice}/preview/                     reviewer  own     review  200
GET     invoices/{invoice}/history/                     viewer    own     read    200
POST    invoices/{invoice}/approve/                     reviewer  own     review  200
POST    invoices/{invoice}/reject/                      reviewer  own     review  200
POST    invoices/{invoice}/reopen/                      reviewer  own     review  409
POST    invoices/{invoice}/assign/                      reviewer  own     review  200
POST    invoices/{invoice}/accept-reason/               reviewer  own     review  200
GET     invoices/{invoice}/ubl/                         viewer    own     read    409
GET     rate-cards/                                     viewer    -       read    200
POST    rate-cards/quote/                               viewer    -       read    200
GET     rate-cards/{rate_card}/                         viewer    own     read    200
PATCH   rate-cards/{rate_card}/                         reviewer  own     review  200
GET     rate-cards/{rate_card}/rates/                   viewer    own     read    200
GET     rate-cards/{rate_card}/zones/                   viewer    own     read    200
GET     rate-cards/{rate_card}/surcharges/              viewer    own     read    200
GET     rate-cards/{rate_card}/compare/                 viewer    own     read    409
GET     rate-cards/{rate_card}/export/                  viewer    own     read    200
POST    rate-cards/{rate_card}/rules/0/set-aside/       reviewer  own     review  409
POST    rate-cards/{rate_card}/approve/                 reviewer  own     review  200
POST    rate-cards/{rate_card}/reject/                  reviewer  own     review  200
POST    rate-cards/{rate_card}/supersede/               reviewer  own     review  409
GET     findings/                                       viewer    -       read    200
GET     findings/summary/                               viewer    -       read    200
GET     findings/{finding}/                             viewer    own     read    200
POST    findings/{finding}/accept/                      reviewer  own     review  200
POST    findings/{finding}/dispute/                     reviewer  own     review  200
POST    findings/{finding}/reopen/                      reviewer  own     review  409
GET     webhooks/                                       viewer    -       read    200
POST    webhooks/                                       operator  -       admin   201
POST    webhooks/callback-secret/                       operator  -       admin   200
GET     webhooks/{webhook}/                             viewer    mine    read    200
PATCH   webhooks/{webhook}/                             operator  mine    admin   200
DELETE  webhooks/{webhook}/                             operator  mine    admin   204
POST    webhooks/{webhook}/rotate-secret/               operator  mine    admin   200
POST    webhooks/{webhook}/test/                        operator  mine    admin   202
GET     webhooks/{webhook}/deliveries/                  viewer    mine    read    200
POST    webhooks/{webhook}/deliveries/{delivery}/replay/ operator mine    admin   202
POST    inbound/{source}/                               signed    -       -       401
POST    auth/token/                                     all       -       -       400
POST    auth/token/refresh/                             all       -       -       400
POST    auth/token/revoke/                              all       -       -       400
POST    auth/google/                                    all       -       -       400
GET     auth/keys/                                      viewer    -       -       200
POST    auth/keys/                                      viewer    -       -       201
DELETE  auth/keys/{key}/                                viewer    mine    -       204
"""

BODIES: dict[str, Any] = {
    "POST documents/": {"blob": "inbox/{id}/march.txt"},
    "POST documents/{document}/boundaries/": {"starts": [1, 2], "why": "two invoices"},
    "POST documents/{document}/legal-hold/": {"held": True, "why": "a claim"},
    "POST batches/": {"name": "April"},
    "POST batches/{batch}/documents/": {"blob": "inbox/{id}/march.txt"},
    "POST budgets/": {"scope": "role", "key": "viewer", "budget_usd": "5"},
    "PATCH budgets/{budget}/": {"budget_usd": "6"},
    "POST invoices/approve/": {"ids": ["{invoice}"]},
    "PATCH invoices/{invoice}/": {"notes": "checked", "version": 1},
    "POST invoices/{invoice}/preview/": {"notes": "checked"},
    "POST invoices/{invoice}/approve/": {"override": "as agreed"},
    "POST invoices/{invoice}/reject/": {"why": "no total"},
    "POST invoices/{invoice}/reopen/": {"why": "a mistake"},
    "POST invoices/{invoice}/assign/": {"assignee": None},
    "POST invoices/{invoice}/accept-reason/": {"code": "missing_field", "field": "total_amount", "why": "a draft"},
    "POST rate-cards/quote/": {
        "shipment": {"destination": {"country": "DE", "postal": "10115"}, "pieces": [{"weight": "1.5"}]}
    },
    "PATCH rate-cards/{rate_card}/": {"currency": "EUR"},
    "POST rate-cards/{rate_card}/reject/": {"why": "a draft"},
    "POST findings/{finding}/accept/": {"why": "as agreed"},
    "POST webhooks/": {"url": "https://erp.example/", "events": ["*"]},
    "PATCH webhooks/{webhook}/": {"description": "ERP"},
    "POST auth/keys/": {"name": "ERP", "scopes": ["read"]},
}
ROLES = list(Role)


@dataclass(frozen=True)
class Row:
    method: str
    path: str
    needs: str
    whose: str
    scope: str
    answer: int


def row_of(line: str) -> Row:
    method, path, needs, whose, scope, answer = line.split()
    return Row(method, path, needs, whose, scope, int(answer))


ROWS = [row_of(line) for line in TABLE.strip().splitlines()[1:]]


def expected(row: Row, who: str, *, own: bool) -> int:
    """What the table says for a role (or nobody)."""
    if row.needs in ("all", "signed"):
        return row.answer
    if who == "nobody":
        return 401
    if ROLES.index(Role(who)) < ROLES.index(Role(row.needs)):
        return 403
    if own or row.whose == "-" or (row.whose == "own" and who == Role.ADMIN):
        return row.answer
    return 404


@pytest.fixture
def worlds(own_storage: Path, settings: Settings) -> dict[str, World]:
    """One of everything for a person of each role, and for somebody else."""
    settings.API_RATES = dict.fromkeys(settings.API_RATES)
    people = {str(role): person(f"a-{role}", role) for role in ROLES} | {"else": person("somebody-else", Role.REVIEWER)}
    return {name: make_world(user) for name, user in people.items()}


def ask(client: APIClient, row: Row, world: World, user_id: object) -> int:
    """The status of the answer; what was done is undone."""
    body = json.dumps(BODIES.get(f"{row.method} {row.path}", {}))
    for name in World.__dataclass_fields__:
        body = body.replace(f"{{{name}}}", str(getattr(world, name)))
    body = body.replace("{id}", str(user_id))
    with transaction.atomic():
        answer = client.generic(
            row.method, f"/api/v1/{world.fill(row.path)}", body if row.method != "GET" else "", "application/json"
        )
        transaction.set_rollback(True)
    return answer.status_code


def test_every_endpoint_is_in_the_table() -> None:
    in_table = {(row.method, re.sub(r"{\w+}|(?<=pages/)1|(?<=rules/)0", "*", row.path)) for row in ROWS}
    assert len(in_table) == len(ROWS)
    assert set(endpoints()) == in_table


def endpoints(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, str]]:
    for entry in (resolver or get_resolver()).url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from endpoints(entry, path)
        elif path.startswith("api/v1/"):
            view: Any = vars(entry.callback)["view_class"]
            for method in ("get", "post", "put", "patch", "delete"):
                if hasattr(view, method):
                    yield method.upper(), re.sub(r"<[^>]+>", "*", path.removeprefix("api/v1/"))


@pytest.mark.parametrize("who", ["nobody", *ROLES])
def test_the_table_holds(who: str, worlds: dict[str, World], own_storage: Path) -> None:
    client, user_id = APIClient(), 0
    if who != "nobody":
        client.force_authenticate(worlds[who].user)
        user_id = worlds[who].user.pk
        into_inbox(own_storage, user_id)
    wrong = {}
    for row in ROWS:
        for own in (True, False):
            if who == "nobody" and own:
                continue
            world = worlds[who] if own else worlds["else"]
            got, should = ask(client, row, world, user_id), expected(row, who, own=own)
            if got != should:
                wrong[f"{row.method} {row.path} {'own' if own else 'foreign'}"] = f"{got}, not {should}"
    assert wrong == {}


@pytest.mark.parametrize("scope", ["read", "submit", "review", "admin"])
def test_a_key_opens_what_its_scope_says_and_nothing_else(
    scope: str, worlds: dict[str, World], own_storage: Path
) -> None:
    world = worlds["admin"]
    into_inbox(own_storage, world.user.pk)
    _, text = create_api_key(owner=world.user, name=f"only {scope}", scopes=[scope])
    client = APIClient(headers={"X-API-Key": text})
    wrong = {}
    for row in ROWS:
        if row.needs in ("all", "signed"):
            continue
        got, should = ask(client, row, world, world.user.pk), row.answer if row.scope == scope else 403
        if got != should:
            wrong[f"{row.method} {row.path}"] = f"{got}, not {should}"
    assert wrong == {}


def into_inbox(storage: Path, user_id: int) -> None:
    folder = storage / "inbox" / str(user_id)
    folder.mkdir(parents=True)
    (folder / "march.txt").write_text("INVOICE\nInvoice number: 4712\nInvoice date: 2026-03-03\nTotal: 13.00 EUR\n")
