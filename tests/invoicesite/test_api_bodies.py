"""What is taken is what the schema says: no other types, no moment that the database cannot read."""

from __future__ import annotations

from typing import Any

import pytest
from rest_framework.test import APIClient

from common.roles import Role
from tests.invoices.books import record
from tests.people import api_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> APIClient:
    return api_of("ada", Role.ADMIN)


@pytest.mark.parametrize("kind", ["batches", "documents", "invoices", "jobs"])
def test_a_moment_may_have_any_offset_of_rfc_3339(ada: APIClient, kind: str) -> None:
    assert ada.get(f"/api/v1/{kind}/", {"created_before": "2026-04-10T00:48:16-21:39"}).status_code == 200
    assert ada.get(f"/api/v1/{kind}/", {"created_before": "9999-12-31T23:59:59-01:00"}).status_code == 400


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("auth/keys/", {"name": 7, "scopes": ["read"]}, "name"),
        ("batches/", {"name": 7}, "name"),
        ("webhooks/", {"url": "https://erp.example/hooks", "events": ["*"], "active": "yes"}, "active"),
        ("documents/", {"blob": "inbox/march.pdf", "priority": "1"}, "priority"),
    ],
)
def test_a_value_of_another_type_is_refused(ada: APIClient, path: str, body: dict[str, Any], field: str) -> None:
    answer = ada.post(f"/api/v1/{path}", body, format="json")
    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == [field]


@pytest.mark.parametrize("body", [{"evidence": None}, {"evidence": []}, {"why": None}, {"why": False}, {"why": 0}])
def test_what_goes_with_a_correction_has_its_type_too(ada: APIClient, body: dict[str, Any]) -> None:
    url = f"/api/v1/invoices/{record().id}/"
    for answer in (
        ada.patch(url, {"version": 1, "buyer_reference": "K-7", **body}, format="json"),
        ada.post(f"{url}preview/", body, format="json"),
    ):
        assert answer.status_code == 400
        assert [error["field"] for error in answer.json()["errors"]] == list(body)


def test_money_may_be_given_as_a_number(ada: APIClient) -> None:
    answer = ada.post("/api/v1/batches/", {"name": "March", "budget_usd": 2.5}, format="json")
    assert answer.status_code == 201
    assert answer.json()["budget_usd"].startswith("2.5")
