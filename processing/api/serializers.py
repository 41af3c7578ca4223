"""The shapes of documents and jobs in the API."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from common.api.fields import AmountField, MetadataField, TextField, WholeField, YesNoField
from common.roles import Role, has_role
from invoices.methods import METHOD_NAMES
from processing.models import Document, ProcessingJob
from processing.net.addresses import UrlForbidden, check_callback
from processing.screens.progress import percent_of
from processing.services.documents import JobOptions

# What nobody may ask for; what others than admins may is in the settings: an owner of a key must not empty the month's
# budget by one document.
LARGEST_BUDGET_USD = Decimal(100)
LARGEST_OUTPUT_TOKENS = 100_000
PRIORITY_OF_PEOPLE = 10  # somebody waits for it: before what was imported in bulk


class SubmitOptionsSerializer(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=Document.Kind.choices, default=Document.Kind.INVOICE)
    policy = serializers.ChoiceField(
        choices=ProcessingJob.Policy.choices, required=False, help_text="Which extractors may run, cheapest first."
    )
    budget_usd = AmountField(
        max_digits=18,
        decimal_places=10,
        min_value=Decimal(0),
        max_value=LARGEST_BUDGET_USD,
        required=False,
        help_text="Spending ceiling for this document. Limited by your role.",
    )
    max_output_tokens = WholeField(
        min_value=1, max_value=LARGEST_OUTPUT_TOKENS, required=False, help_text="For each reply. Limited by your role."
    )
    priority = WholeField(
        min_value=-10,
        max_value=10,
        required=False,
        help_text="Higher runs first: 10 for single documents and 0 in a batch by default.",
    )
    callback_url = TextField(
        max_length=2000,
        required=False,
        help_text="An https address that is notified once when the job ends; no private addresses.",
    )
    external_id = TextField(
        max_length=200, required=False, allow_blank=True, help_text="What you call the document; jobs are found by it."
    )
    metadata = MetadataField(
        required=False, help_text="Names and texts of yours that come back with the job, its invoice and its events."
    )
    include_hidden = YesNoField(
        default=False, help_text="Read the hidden sheets of a workbook, too: rate cards keep zones there."
    )
    on_duplicate = serializers.ChoiceField(
        choices=["return", "refuse", "anew"],
        default="return",
        help_text="For bytes submitted before: return the first job (200), refuse (409), or process again (202).",
    )

    def validate_callback_url(self, value: str) -> str:
        try:
            check_callback(value, allow_http=settings.ALLOW_HTTP_FETCH)
        except UrlForbidden as error:
            raise serializers.ValidationError(error.message, code=error.code) from error
        return value

    def validate_budget_usd(self, value: Decimal) -> Decimal:
        self._bound(value, settings.MAX_JOB_BUDGET_USD)
        return value

    def validate_max_output_tokens(self, value: int) -> int:
        self._bound(value, settings.MAX_JOB_OUTPUT_TOKENS)
        return value

    def _bound(self, value: Decimal | int, most: Decimal | int) -> None:
        if value > most and not has_role(self.context["request"].user, Role.ADMIN):
            raise serializers.ValidationError(f"Your role may ask for {most} at most.", code="above_your_limit")


class SubmitSerializer(SubmitOptionsSerializer):
    """One document: a ``file`` (multipart), the ``url`` of one, or the key of one in the bucket (``blob``)."""

    file = serializers.FileField(required=False, allow_empty_file=True)
    url = TextField(required=False, max_length=2000)
    blob = TextField(required=False, max_length=900)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        given = [name for name in ("file", "url", "blob") if name in attrs]
        if len(given) != 1:
            raise serializers.ValidationError("Give exactly one of file, url and blob.", code="one_source")
        return attrs

    def job_options(self, *, in_batch: bool = False) -> JobOptions:
        data = self.validated_data
        return JobOptions(
            policy=data.get("policy"),
            budget_usd=data.get("budget_usd"),
            max_output_tokens=data.get("max_output_tokens"),
            priority=data.get("priority", 0 if in_batch else PRIORITY_OF_PEOPLE),
            callback_url=data.get("callback_url", ""),
            include_hidden=data.get("include_hidden", False),
            external_id=data.get("external_id", ""),
            metadata=data.get("metadata", {}),
        )


# What of the above goes together, for the schema.
class SubmitFileSerializer(SubmitOptionsSerializer):
    file = serializers.FileField(help_text="The document itself.")


class SubmitUrlSerializer(SubmitOptionsSerializer):
    url = TextField(max_length=2000, help_text="An https address that is fetched once, now; no private addresses.")


class SubmitBlobSerializer(SubmitOptionsSerializer):
    blob = TextField(
        max_length=900,
        help_text="The key of a file in the storage's bucket, under `inbox/{your user id}/`; admins: under `inbox/`.",
    )


class JobErrorSerializer(serializers.Serializer[Any]):
    code = serializers.CharField()
    message = serializers.CharField()


class JobLinksSerializer(serializers.Serializer[Any]):
    self = serializers.CharField()
    document = serializers.CharField()
    result = serializers.CharField(allow_null=True, help_text="The invoice or rate card; null until there is one.")
    ws = serializers.CharField(help_text="The WebSocket that tells each change.")
    retry = serializers.CharField()
    cancel = serializers.CharField()


class DocumentLinksSerializer(serializers.Serializer[Any]):
    self = serializers.CharField()
    file = serializers.CharField(allow_null=True, help_text="Redirects to a link that expires; null once deleted.")
    jobs = serializers.CharField()


class BlankIsNull(serializers.ChoiceField):
    """A column that is empty until there is something to say: null in JSON."""

    def to_representation(self, value: Any) -> Any:
        return super().to_representation(value) if value else None


class JobSerializer(serializers.ModelSerializer[ProcessingJob]):
    stage = BlankIsNull(choices=ProcessingJob.Stage.choices, allow_null=True, read_only=True)
    outcome = BlankIsNull(choices=ProcessingJob.Outcome.choices, allow_null=True, read_only=True)
    method = BlankIsNull(choices=METHOD_NAMES, allow_null=True, read_only=True)
    error = serializers.SerializerMethodField()
    links = serializers.SerializerMethodField()
    filename = serializers.CharField(source="document.filename", read_only=True)
    kind = serializers.ChoiceField(source="document.kind", choices=Document.Kind.choices, read_only=True)
    media_type = serializers.CharField(source="document.media_type", read_only=True)
    external_id = serializers.CharField(allow_null=True, read_only=True)
    metadata = MetadataField(read_only=True)
    progress = serializers.IntegerField(read_only=True, min_value=0, max_value=100, help_text="Percent of the way.")
    invoice = serializers.UUIDField(source="document.invoice_id", allow_null=True, read_only=True)
    rate_card = serializers.UUIDField(source="document.rate_card_id", allow_null=True, read_only=True)

    class Meta:
        model = ProcessingJob
        fields = [
            "id", "document", "filename", "kind", "media_type", "batch", "external_id", "metadata", "status",
            "progress", "stage", "outcome", "method", "confidence", "policy", "priority",
            "budget_usd", "spent_usd", "reserved_usd", "max_output_tokens", "attempts", "max_attempts", "not_before",
            "callback_url", "invoice", "rate_card", "error", "created_at", "started_at", "finished_at", "links",
        ]  # fmt: skip
        read_only_fields = fields

    def to_representation(self, job: ProcessingJob) -> dict[str, Any]:
        """As the fields say. Making twenty-five fields for each request takes longer than to read the job."""
        return {
            "id": str(job.id),
            "document": job.document_id,
            "filename": job.document.filename,
            "kind": job.document.kind,
            "media_type": job.document.media_type,
            "batch": job.batch_id,
            "external_id": job.external_id or None,
            "metadata": job.metadata,
            "status": job.status,
            "progress": percent_of(job),
            "stage": job.stage or None,
            "outcome": job.outcome or None,
            "method": job.method or None,
            "confidence": _places(job.confidence, 2),
            "policy": job.policy,
            "priority": job.priority,
            "budget_usd": _places(job.budget_usd, 10),
            "spent_usd": _places(job.spent_usd, 10),
            "reserved_usd": _places(job.reserved_usd, 10),
            "max_output_tokens": job.max_output_tokens,
            "attempts": job.attempts,
            "max_attempts": job.max_attempts,
            "not_before": _moment(job.not_before),
            "callback_url": job.callback_url,
            "invoice": _text(job.document.invoice_id),
            "rate_card": _text(job.document.rate_card_id),
            "error": self.get_error(job),
            "created_at": _moment(job.created_at),
            "started_at": _moment(job.started_at),
            "finished_at": _moment(job.finished_at),
            "links": self.get_links(job),
        }

    @extend_schema_field(JobErrorSerializer(allow_null=True))
    def get_error(self, job: ProcessingJob) -> dict[str, str] | None:
        return {"code": job.error_code, "message": job.error_message} if job.error_code else None

    @extend_schema_field(JobLinksSerializer)
    def get_links(self, job: ProcessingJob) -> dict[str, str | None]:
        result = None
        if job.document.invoice_id is not None:
            result = self._address("invoice-detail", job.document.invoice_id)
        elif job.document.rate_card_id is not None:
            result = self._address("rate-card-detail", job.document.rate_card_id)
        return {
            "self": self._address("job-detail", job.id),
            "document": self._address("document-detail", job.document_id),
            "result": result,
            "ws": absolute(self.context, f"/ws/jobs/{job.id}/").replace("http", "ws", 1),
            "retry": self._address("job-retry", job.id),
            "cancel": self._address("job-cancel", job.id),
        }

    def _address(self, name: str, key: object) -> str:
        return absolute(self.context, reverse(name, args=[key]))


class DocumentSerializer(serializers.ModelSerializer[Document]):
    links = serializers.SerializerMethodField()

    class Meta:
        model = Document
        fields = [
            "id", "kind", "filename", "media_type", "size_bytes", "sha256", "page_count", "source", "parent",
            "legal_hold", "purged_at", "invoice", "rate_card", "created_at", "links",
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(DocumentLinksSerializer)
    def get_links(self, document: Document) -> dict[str, str | None]:
        file = None if document.purged_at else reverse("document-file", args=[document.id])
        return {
            "self": absolute(self.context, reverse("document-detail", args=[document.id])),
            "file": file and absolute(self.context, file),
            "jobs": absolute(self.context, reverse("job-list") + f"?document={document.id}"),
        }


class JobStatsSerializer(serializers.Serializer[Any]):
    pending = serializers.IntegerField()
    processing = serializers.IntegerField()
    completed = serializers.IntegerField()
    failed = serializers.IntegerField()
    cancelled = serializers.IntegerField()
    total = serializers.IntegerField()


def absolute(context: Mapping[str, Any], path: str) -> str:
    request = context.get("request")
    url: str = request.build_absolute_uri(path) if request is not None else path
    return url


def _places(value: Decimal | None, count: int) -> str | None:
    return None if value is None else f"{value:.{count}f}"


def _text(key: UUID | None) -> str | None:
    return None if key is None else str(key)


def _moment(value: datetime | None) -> str | None:
    """As Django REST framework writes it: ISO 8601, UTC as Z."""
    return None if value is None else value.isoformat().replace("+00:00", "Z")
