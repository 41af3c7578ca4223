"""How a value came to be known: one record a method, for confidence, pages, filters and the API."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import get_args

from invoices.records import Method


@dataclass(frozen=True, slots=True)
class MethodKind:
    """``label`` stands in lists and filters, ``told`` completes "read …", ``source`` completes "read from …".
    ``chip`` marks a field on the review page, where the usual method has none. ``start`` is the confidence of a value
    with evidence before any check (docs/confidence.md)."""

    label: str
    told: str
    source: str
    chip: str
    start: Decimal


METHODS: dict[Method, MethodKind] = {
    "xml": MethodKind(
        "e-invoice", "from the e-invoice data", "the e-invoice data in the file", "e-invoice", Decimal("0.99")
    ),
    "cache": MethodKind(
        "model, from the cache",
        "with a model’s earlier reply",
        "an earlier reply of the model for the same text",
        "model",
        Decimal("0.80"),
    ),
    "memory": MethodKind(
        "vendor memory",
        "by what people confirmed about this vendor",
        "what people confirmed about this vendor",
        "memory",
        Decimal("0.95"),
    ),
    "rules": MethodKind("rules", "by rules", "rules, without a model", "", Decimal("0.85")),
    "llm": MethodKind("model", "with a model’s help", "a language model, within the budget", "model", Decimal("0.80")),
    "person": MethodKind("person", "by a person", "a person", "person", Decimal("1.00")),
}
assert tuple(METHODS) == get_args(Method)
METHOD_NAMES: list[str] = list(METHODS)


def source_of(method: str) -> str:
    """What a page says of where a result came from; "" for a method that is not known."""
    kind = METHODS.get(method)  # type: ignore[call-overload]
    return kind.source if kind else ""
