"""The shapes of findings in the API."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from rest_framework import serializers

from common.api.fields import TextField
from invoices.api.serializers import BlankIsNull, InvoiceFindingSerializer
from invoices.models import Finding
from invoices.records import plain_json

# Name in the answer → column.
_COLUMNS = {
    "id": "id", "code": "code", "cause": "cause", "charge": "charge", "status": "status", "invoice": "invoice_id",
    "invoice_number": "invoice__invoice_number", "vendor_name": "invoice__vendor_name", "lines": "lines",
    "shipment": "shipment", "charge_code": "charge_code", "description": "description",
    "tracking_number": "tracking_number", "currency": "currency", "billed": "billed", "expected": "expected",
    "difference": "difference", "message": "message", "how": "how", "source": "source", "rate_card": "rate_card_id",
    "other_invoice": "other_invoice_id", "created_at": "created_at", "decided_at": "decided_at",
    "decided_by": "decided_by__username", "why": "why",
}  # fmt: skip
_MONEY = ("billed", "expected", "difference")
_BLANK_IS_NULL = (
    "cause", "invoice_number", "vendor_name", "charge_code", "description", "tracking_number", "currency", "how", "why"
)  # fmt: skip
_LINKS = {"self": ("id", "finding"), "invoice": ("invoice", "invoice"), "rate_card": ("rate_card", "rate-card"),
          "other_invoice": ("other_invoice", "invoice")}  # fmt: skip


def finding_rows(findings: QuerySet[Finding]) -> QuerySet[Finding, dict[str, Any]]:
    """What the API shows of findings, by the names of the columns: one query, no instances."""
    rows: QuerySet[Finding, dict[str, Any]] = findings.values(*_COLUMNS.values())
    return rows


def finding_body(row: Mapping[str, Any], site: str) -> dict[str, Any]:
    """The plain form of a row of ``finding_rows``, with links that begin with ``site``."""
    body: dict[str, Any] = {name: row[column] for name, column in _COLUMNS.items()}
    for name in _MONEY:
        body[name] = plain_json(body[name])
    for name in _BLANK_IS_NULL:
        body[name] = body[name] or None
    body["links"] = {name: _link(site, to, body[key]) for name, (key, to) in _LINKS.items()}
    return body


def _link(site: str, to: str, key: UUID | None) -> str | None:
    if key is None:
        return None
    before, after = _address(to)
    return f"{site}{before}{key}{after}"


@cache
def _address(to: str) -> tuple[str, str]:
    # Four links a row: asking for each would take longer than everything else.
    before, after = reverse(f"{to}-detail", args=[UUID(int=0)]).split(str(UUID(int=0)))
    return before, after


class FindingLinksSerializer(serializers.Serializer[Any]):
    self = serializers.CharField()
    invoice = serializers.CharField()
    rate_card = serializers.CharField(allow_null=True)
    other_invoice = serializers.CharField(allow_null=True)


class FindingSerializer(InvoiceFindingSerializer):
    """One difference between a charge billed and the charge that the rate card gives."""

    invoice = serializers.UUIDField()
    invoice_number = BlankIsNull()
    vendor_name = BlankIsNull()
    shipment = serializers.IntegerField(allow_null=True, help_text="Row of the invoice's `shipments`, from 0.")
    charge_code = BlankIsNull()
    description = BlankIsNull(help_text="The charge as the line names it.")
    tracking_number = BlankIsNull()
    how = BlankIsNull(help_text="How the expected amount is computed: `10 % of 5.2`.")
    source = serializers.DictField(  # type: ignore[assignment]  # the column's name
        help_text="Figure of the rate card → its cell or box in the document."
    )
    rate_card = serializers.UUIDField(allow_null=True, help_text="The card that gives the price.")
    other_invoice = serializers.UUIDField(allow_null=True, help_text="The other invoice that bills the same charge.")
    created_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)
    decided_by = serializers.CharField(allow_null=True)
    why = BlankIsNull(help_text="The reason given with the decision.")
    links = FindingLinksSerializer()

    def to_representation(self, instance: Any) -> dict[str, Any]:
        return finding_body(instance, self.context["site"])


class FindingDecisionSerializer(serializers.Serializer[Any]):
    why = TextField(max_length=2000, required=False, allow_blank=True, default="", help_text="Stored with it.")


def _sum(**options: Any) -> serializers.DecimalField:
    return serializers.DecimalField(max_digits=30, decimal_places=4, normalize_output=True, **options)


class FindingCodeTotalSerializer(serializers.Serializer[Any]):
    code = serializers.ChoiceField(choices=Finding.Code.choices)
    currency = BlankIsNull()
    count = serializers.IntegerField()
    billed = _sum()
    expected = _sum(allow_null=True, help_text="null where no card gives a price.")
    difference = _sum(allow_null=True)


class FindingVendorTotalSerializer(serializers.Serializer[Any]):
    vendor = serializers.UUIDField(allow_null=True)
    vendor_name = BlankIsNull()
    currency = BlankIsNull()
    count = serializers.IntegerField(help_text="Findings with a price.")
    difference = _sum()


class FindingSummarySerializer(serializers.Serializer[Any]):
    codes = FindingCodeTotalSerializer(many=True, help_text="By currency, the largest difference first.")
    vendors = FindingVendorTotalSerializer(many=True, help_text="The ten with the largest difference in a currency.")
