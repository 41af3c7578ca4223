"""Refusals of the API, as every one of them must look."""

from __future__ import annotations

import json
from typing import Any


def is_problem(answer: Any, status: int, code: str) -> dict[str, Any]:
    """The body of an answer that must be this problem (RFC 9457)."""
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = json.loads(answer.content)
    assert (body["status"], body["code"], body["type"]) == (status, code, f"urn:invoicesite:error:{code}")
    assert body["title"]
    assert body["detail"]
    assert body["request_id"] == answer["X-Request-ID"] != ""
    return body
