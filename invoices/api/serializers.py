"""The shapes of invoices in the API. Money and other numbers are strings, dates ISO 8601; what is not known is null."""

from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection, models
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.functions import JSONObject
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from common.api.fields import IdField, MetadataField, NumberField, TextField, WholeField, YesNoField
from invoices.methods import METHOD_NAMES
from invoices.models import Finding, Invoice, InvoiceChange, InvoiceReason
from invoices.origins import origin
from invoices.records import (
    CHARGE_KINDS,
    DATE_FIELDS,
    HEADER_FIELDS,
    LINE_FIELDS,
    LINE_NUMBER_FIELDS,
    MONEY_FIELDS,
    SHIPMENT_FIELDS,
    SHIPMENT_NUMBER_FIELDS,
    TAX_FIELDS,
    plain_json,
)

_NUMBERS = MONEY_FIELDS | LINE_NUMBER_FIELDS | SHIPMENT_NUMBER_FIELDS | {"rate", "base"}


def value_field(name: str, **options: Any) -> serializers.Field[Any, Any, Any, Any]:
    """The field of a value of an invoice, a line or a tax row; null where it is not known."""
    options = {"allow_null": True, **options}
    if name == "document_type":
        return serializers.ChoiceField(choices=Invoice.DocumentType.choices, **options)
    if name in _NUMBERS:
        return serializers.DecimalField(max_digits=24, decimal_places=8, normalize_output=True, **options)
    if name in DATE_FIELDS:
        return serializers.DateField(**options)
    if name == "references":
        return serializers.ListField(child=serializers.CharField())
    if name == "charge_kind":
        return serializers.ChoiceField(choices=CHARGE_KINDS, **options)
    return serializers.CharField(**options)


def shape(class_name: str, names: tuple[str, ...], about: str) -> type[serializers.Serializer[Any]]:
    """A serializer of values by their names."""
    fields = {name: value_field(name) for name in names}
    made: type[serializers.Serializer[Any]] = type(class_name, (serializers.Serializer,), {**fields, "__doc__": about})
    return made


LineSerializer = shape("InvoiceLineSerializer", LINE_FIELDS, "BG-25, in the order of the document.")
ShipmentSerializer = shape("InvoiceShipmentSerializer", SHIPMENT_FIELDS, "What a carrier's bill charges for.")
TaxSerializer = shape("InvoiceTaxSerializer", TAX_FIELDS, "BG-23.")


class ReadLineSerializer(LineSerializer):  # type: ignore[valid-type,misc]  # made by shape()
    """BG-25, in the order of the document; on a carrier's bill one charge."""

    shipment = serializers.IntegerField(allow_null=True, help_text="Its row of `shipments`, counted from 0.")


class EvidenceSerializer(serializers.Serializer[Any]):
    """Where a value stands: a page with a box in points from its top left corner, a cell, or an XML path."""

    text = serializers.CharField(required=False, help_text="As written there.")
    method = serializers.ChoiceField(choices=METHOD_NAMES)
    page = serializers.IntegerField(required=False)
    box = serializers.ListField(child=serializers.FloatField(), required=False, min_length=4, max_length=4)
    cell = serializers.CharField(required=False)
    path = serializers.CharField(required=False)
    derived_from = serializers.CharField(required=False)
    confidence = serializers.CharField(required=False)


class AcceptedSerializer(serializers.Serializer[Any]):
    at = serializers.DateTimeField(source="accepted_at")
    by = serializers.CharField(source="accepted_by.username", allow_null=True)
    why = serializers.CharField(source="accepted_why")


class ReasonSerializer(serializers.ModelSerializer[InvoiceReason]):
    accepted = serializers.SerializerMethodField()

    class Meta:
        model = InvoiceReason
        fields = ["code", "field", "message", "blocking", "origin", "accepted"]

    @extend_schema_field(AcceptedSerializer(allow_null=True))
    def get_accepted(self, row: InvoiceReason) -> Any:
        return AcceptedSerializer(row).data if row.accepted_at is not None else None


class BlankIsNull(serializers.CharField):
    """A column that is empty until there is something to say: null in JSON."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_null=True, read_only=True, **options)

    def to_representation(self, value: Any) -> Any:
        return super().to_representation(value) if value else None


def amount_field(**options: Any) -> serializers.DecimalField:
    return serializers.DecimalField(max_digits=19, decimal_places=4, normalize_output=True, **options)


class InvoiceFindingSerializer(serializers.Serializer[Any]):
    """A charge that differs from the carrier's rate card; the whole of it under `findings/`."""

    id = serializers.UUIDField()
    code = serializers.ChoiceField(choices=Finding.Code.choices)
    cause = serializers.ChoiceField(choices=Finding.Cause.choices, allow_null=True, help_text="Why it differs.")
    charge = serializers.ChoiceField(choices=Finding.Charge.choices)
    status = serializers.ChoiceField(choices=Finding.Status.choices)
    lines = serializers.ListField(
        child=serializers.IntegerField(), help_text="Rows of the invoice's `line_items`, counted from 0."
    )
    billed = amount_field()
    expected = amount_field(allow_null=True, help_text="By the rate card; null where no card gives a price.")
    difference = amount_field(allow_null=True, help_text="Billed too much; negative where it was too little.")
    currency = BlankIsNull()
    message = serializers.CharField()


# Of where an invoice came from.
_SOURCE = ("document", "filename", "job", "external_id", "metadata")


class InvoiceRowSerializer(serializers.ModelSerializer[Invoice]):
    """An invoice in a list: what tells it apart and what decides."""

    invoice_number = BlankIsNull()
    currency = BlankIsNull()
    purchase_order = BlankIsNull()
    vendor_name = BlankIsNull()
    buyer_name = BlankIsNull()
    total_amount = serializers.DecimalField(
        max_digits=18, decimal_places=4, normalize_output=True, allow_null=True, read_only=True
    )
    amount_due = serializers.DecimalField(
        max_digits=18, decimal_places=4, normalize_output=True, allow_null=True, read_only=True
    )
    method = BlankIsNull()
    assignee = serializers.CharField(allow_null=True, read_only=True)
    reasons = serializers.ListField(
        child=serializers.CharField(), read_only=True, help_text="Codes of the open reasons, blocking ones first."
    )
    document = serializers.UUIDField(allow_null=True, read_only=True)
    filename = BlankIsNull()
    job = serializers.UUIDField(allow_null=True, read_only=True, help_text="The latest run over the document.")
    external_id = BlankIsNull(help_text="What the sender called the document.")
    metadata = MetadataField(read_only=True, help_text="What the sender sent along.")

    class Meta:
        model = Invoice
        fields = [
            "id", "status", "version", "document_type", "invoice_number", "invoice_date", "due_date", "currency",
            "purchase_order", "vendor", "vendor_name", "buyer_name", "total_amount", "amount_due", "method",
            "confidence", "assignee", "reasons", *_SOURCE, "created_at", "updated_at", "decided_at",
        ]  # fmt: skip
        read_only_fields = fields

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """As the fields above say, of a row of ``rows_of``; a page of them is made in a tenth of the time that the
        fields take."""
        row = row_values(instance)
        row |= dict.fromkeys(_SOURCE, None) | (row.pop("source") or {})
        row["metadata"] = row["metadata"] or {}
        for name in _BLANK_IS_NULL:
            row[name] = row[name] or None
        row["total_amount"], row["amount_due"] = plain_json(row["total_amount"]), plain_json(row["amount_due"])
        row["confidence"] = plain_places(row["confidence"])
        row["reasons"] = list(dict.fromkeys(row["reasons"]))
        return row


_BLANK_IS_NULL = [name for name, field in InvoiceRowSerializer._declared_fields.items() if type(field) is BlankIsNull]
_ROW_MOMENTS = ("created_at", "updated_at", "decided_at")


def rows_of(invoices: QuerySet[Invoice]) -> QuerySet[Invoice, str]:
    """What a row of a list shows, and nothing else, as JSON that the database makes: one query, no instances."""
    row = RawSQL(*_row_sql(), output_field=models.TextField())  # noqa: S611  # made by Django
    return invoices.values_list(row, flat=True)


def row_values(row: str) -> dict[str, Any]:
    """The values of a row of ``rows_of``."""
    values: dict[str, Any] = json.loads(row, parse_float=Decimal)
    for name in _ROW_MOMENTS:
        values[name] = values[name] and datetime.fromisoformat(values[name])
    return values


@cache
def _row_sql() -> tuple[str, tuple[Any, ...]]:
    # Made once: twenty columns take Django longer to write down than the database to read.
    names = [name for name in InvoiceRowSerializer.Meta.fields if name not in ("reasons", "assignee", *_SOURCE)]
    counting = InvoiceReason.objects.filter(invoice=OuterRef("pk"), accepted_at=None).order_by("position")
    people = get_user_model().objects.filter(pk=OuterRef("assignee_id"))
    document, jobs = origin().document, origin().jobs
    runs = Invoice.objects.filter(pk=OuterRef("pk"), **{f"{document}__isnull": False})
    source = JSONObject(
        document=f"{document}__id",
        filename=f"{document}__filename",
        job=f"{jobs}__id",
        external_id=f"{jobs}__external_id",
        metadata=f"{jobs}__metadata",
    )
    row = JSONObject(
        **{name: F(name) for name in names},
        source=Subquery(runs.order_by(F(f"{jobs}__created_at").desc(nulls_last=True)).values(part=source)[:1]),
        assignee=Subquery(people.values("username")),
        reasons=ArraySubquery(counting.values("code")),
    )
    query = Invoice.objects.order_by().query.chain()
    compiler = query.get_compiler(connection=connection)
    sql, params = compiler.compile(row.resolve_expression(query))
    return sql, tuple(params)


class InvoiceJobSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    status = serializers.CharField()
    outcome = serializers.CharField(allow_blank=True)


class InvoiceLinksSerializer(serializers.Serializer[Any]):
    self = serializers.CharField()
    history = serializers.CharField()
    ubl = serializers.CharField()
    document = serializers.CharField(allow_null=True)
    file = serializers.CharField(allow_null=True, help_text="Redirects to a link that expires.")
    pages = serializers.ListField(child=serializers.CharField(), help_text="Pictures of the pages.")
    job = serializers.CharField(allow_null=True)


InvoiceValues = shape("InvoiceValuesSerializer", HEADER_FIELDS, "The header of an invoice.")


class InvoiceSerializer(InvoiceValues):  # type: ignore[valid-type,misc]  # made by shape()
    """An invoice with everything that is known of it."""

    id = serializers.UUIDField()
    status = serializers.ChoiceField(choices=Invoice.Status.choices)
    version = serializers.IntegerField(help_text="Also the first part of the ETag; for If-Match.")
    vendor = serializers.UUIDField(allow_null=True)
    method = serializers.ChoiceField(choices=METHOD_NAMES, allow_null=True, help_text="How the document was read.")
    confidence = serializers.DecimalField(max_digits=3, decimal_places=2, allow_null=True)
    line_items = ReadLineSerializer(many=True)
    taxes = TaxSerializer(many=True)
    shipments = ShipmentSerializer(many=True, help_text="Of a carrier's bill, in its order; empty for other invoices.")
    reasons = ReasonSerializer(many=True)
    findings = InvoiceFindingSerializer(many=True, help_text="What the audit by the carrier's rate cards found.")
    evidence = serializers.DictField(
        child=EvidenceSerializer(), help_text="By field: `total_amount`, `line_items[0].amount`, `taxes[0].rate`."
    )
    assignee = serializers.CharField(allow_null=True)
    needs_second_approval = serializers.BooleanField(help_text="Above the amount that one person may approve.")
    first_approved_by = serializers.CharField(allow_null=True)
    first_approved_at = serializers.DateTimeField(allow_null=True)
    decided_by = serializers.CharField(allow_null=True)
    decided_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    document = serializers.UUIDField(allow_null=True)
    job = InvoiceJobSerializer(allow_null=True, help_text="The latest run over the document.")
    cost_usd = serializers.DecimalField(
        max_digits=18, decimal_places=10, normalize_output=True, help_text="Of all runs over the document."
    )
    links = InvoiceLinksSerializer()


def plain_places(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.2f}"


class ChangeSerializer(serializers.ModelSerializer[InvoiceChange]):
    by = serializers.CharField(source="changed_by.username", allow_null=True, default=None, read_only=True)
    at = serializers.DateTimeField(source="changed_at", read_only=True)

    class Meta:
        model = InvoiceChange
        fields = ["version", "field", "old", "new", "why", "by", "at"]
        read_only_fields = fields
        extra_kwargs = {
            "field": {"help_text": "A field, `line_items[2].amount`, a whole row, or status, assignee, …"},
            "by": {"help_text": "null: the pipeline."},
        }


class WhyRequired(serializers.Serializer[Any]):
    why = TextField(max_length=2000)
    version = WholeField(required=False, min_value=1, help_text="Instead of If-Match.")


class WhyOptional(serializers.Serializer[Any]):
    why = TextField(max_length=2000, required=False, allow_blank=True, default="")
    version = WholeField(required=False, min_value=1, help_text="Instead of If-Match.")


class ApproveSerializer(serializers.Serializer[Any]):
    override = TextField(
        max_length=2000,
        required=False,
        allow_blank=True,
        default="",
        help_text="Reason for approving despite an open blocking reason.",
    )
    version = WholeField(required=False, min_value=1, help_text="Instead of If-Match.")


class ReasonChoiceSerializer(WhyOptional):
    code = TextField(max_length=60)
    field = TextField(max_length=100, required=False, allow_blank=True, default="")
    accepted = YesNoField(default=True, help_text="false: let it count again.")


class AssignSerializer(serializers.Serializer[Any]):
    assignee = TextField(max_length=150, allow_null=True, help_text="A reviewer's user name, `me`, or null for nobody.")
    only_if_free = YesNoField(default=False, help_text="Refuse (409) if someone else has it.")


class BulkSerializer(serializers.Serializer[Any]):
    ids = serializers.ListField(child=IdField(), min_length=1, max_length=500)


class BulkItemSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    approved = serializers.BooleanField()
    status = serializers.ChoiceField(choices=Invoice.Status.choices, allow_null=True)
    code = serializers.CharField(allow_null=True, help_text="Why not: `invalid_state`, `not_found`, …")
    message = serializers.CharField(allow_null=True)


class BulkAnswerSerializer(serializers.Serializer[Any]):
    approved = serializers.IntegerField()
    results = BulkItemSerializer(many=True)


class PreviewSerializer(serializers.Serializer[Any]):
    """What a correction would give; nothing is stored."""

    status = serializers.ChoiceField(choices=["needs_review", "ready"])
    confidence = serializers.DecimalField(max_digits=3, decimal_places=2)
    invoice = serializers.DictField(help_text="The values as in the details.")
    changed = serializers.ListField(child=serializers.CharField())
    reasons = ReasonSerializer(many=True)
    confidences = serializers.DictField(child=serializers.CharField())
    errors = serializers.ListField(child=serializers.DictField(), help_text="Values that cannot be stored.")  # type: ignore[assignment]


class PointedSerializer(serializers.Serializer[Any]):
    """Where the person saw a value."""

    page = WholeField(required=False, allow_null=True, min_value=1)
    box = serializers.ListField(child=NumberField(), required=False, allow_null=True, min_length=4, max_length=4)
    cell = TextField(required=False, allow_null=True, allow_blank=True, max_length=500)
    path = TextField(required=False, allow_null=True, allow_blank=True, max_length=500)
    text = TextField(required=False, allow_null=True, allow_blank=True, max_length=500)


def _typed(name: str) -> serializers.Field[Any, Any, Any, Any]:
    about = "null or an empty string clears the value."
    if name == "document_type":
        return serializers.ChoiceField(
            choices=Invoice.DocumentType.choices, required=False, allow_null=True, allow_blank=True, help_text=about
        )
    return serializers.CharField(required=False, allow_null=True, allow_blank=True, help_text=about)


class InvoicePatchSerializer(
    type(  # type: ignore[misc]  # the header fields, none of them required
        "_Values", (serializers.Serializer,), {name: _typed(name) for name in HEADER_FIELDS}
    )
):
    """The fields to change. Values are taken as in JSON (`1234.50`, `2026-03-02`) or as documents write them
    (`1.234,50`, `2 March 2026`). Describes the body; the service reads it."""

    line_items = serializers.JSONField(
        required=False,
        help_text="All rows as a list (a row with `position` starts from the one that stands there), or an object with "
        "`change` (position → columns), `remove` (positions) and `add` (rows).",
    )
    taxes = serializers.JSONField(required=False, help_text="As line_items.")
    evidence = serializers.DictField(child=PointedSerializer(), required=False, help_text="By field.")
    why = TextField(required=False, allow_blank=True, max_length=2000)
    version = WholeField(required=False, allow_null=True, min_value=1, help_text="Instead of If-Match.")


class InvoicePreviewSerializer(
    type(  # type: ignore[misc]  # any value: a preview tells what would not be taken
        "_Any", (InvoicePatchSerializer,), {name: serializers.JSONField(required=False) for name in HEADER_FIELDS}
    )
):
    """As a correction; values that could not be kept are named in the answer's `errors`."""
