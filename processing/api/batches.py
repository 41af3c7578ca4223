"""``batches/``: documents that belong together, with a budget and a result of their own."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from django.http import StreamingHttpResponse
from django.urls import reverse
from django_filters import rest_framework as filters
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiResponse,
    extend_schema,
    extend_schema_field,
)
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from common.api.fields import AmountField, TextField
from common.api.moments import MomentFilter
from processing.api.conditional import IF_NONE_MATCH, NOT_MODIFIED, conditional
from processing.api.documents import SUBMISSION, answer_with_job
from processing.api.idempotency import IDEMPOTENCY_KEY, idempotent
from processing.api.intake import submit
from processing.api.paging import NewestFirst
from processing.api.parsers import JSONParser
from processing.api.permissions import ReadsOrOperates
from processing.api.schema import problems
from processing.api.serializers import (
    JobStatsSerializer,
    SubmitSerializer,
    absolute,
)
from processing.api.streaming import json_list, streamed
from processing.imports.reports import result_entries
from processing.models import Batch, Document
from processing.queries import batch_of, batches_for, count_jobs
from processing.services import open_batches

TAG = ["batches"]
LARGEST_BATCH_BUDGET_USD = Decimal(10_000)


class NewBatchSerializer(serializers.Serializer[Any]):
    name = TextField(max_length=200)
    kind = serializers.ChoiceField(choices=Document.Kind.choices, default=Document.Kind.INVOICE)
    budget_usd = AmountField(
        max_digits=18,
        decimal_places=10,
        min_value=Decimal(0),
        max_value=LARGEST_BATCH_BUDGET_USD,
        required=False,
        allow_null=True,
        help_text="Spending ceiling for all documents together; the batch pauses when it is reached.",
    )


class BatchLinksSerializer(serializers.Serializer[Any]):
    self = serializers.CharField()
    documents = serializers.CharField()
    jobs = serializers.CharField()
    results = serializers.CharField()


class BatchSerializer(serializers.ModelSerializer[Batch]):
    links = serializers.SerializerMethodField()

    class Meta:
        model = Batch
        fields = [
            "id", "name", "kind", "status", "stop_reason", "budget_usd", "spent_usd", "reserved_usd", "created_at",
            "finished_at", "links",
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(BatchLinksSerializer)
    def get_links(self, batch: Batch) -> dict[str, str]:
        def address(name: str) -> str:
            return absolute(self.context, reverse(name, args=[batch.id]))

        return {
            "self": address("batch-detail"),
            "documents": address("batch-documents"),
            "jobs": absolute(self.context, reverse("job-list") + f"?batch={batch.id}"),
            "results": address("batch-results"),
        }


class BatchDetailSerializer(BatchSerializer):
    documents = serializers.SerializerMethodField(help_text="Files of the batch, also those that made no job.")
    jobs = serializers.SerializerMethodField()

    class Meta(BatchSerializer.Meta):
        fields = [*BatchSerializer.Meta.fields, "documents", "jobs"]
        read_only_fields = fields

    def get_documents(self, batch: Batch) -> int:
        return batch.items.count()

    @extend_schema_field(JobStatsSerializer)
    def get_jobs(self, batch: Batch) -> dict[str, int]:
        return count_jobs(batch.jobs.all())


class RetriedSerializer(serializers.Serializer[Any]):
    revived = serializers.IntegerField(help_text="Jobs that are pending again.")
    refused = serializers.DictField(child=serializers.IntegerField(), help_text="How many were not, by reason.")


class BatchFilter(filters.FilterSet):
    name = filters.CharFilter(lookup_expr="icontains", help_text="A part of the name.")
    owner = filters.CharFilter(field_name="owner__username", help_text="A user name; for admins.")
    created_after = MomentFilter(field_name="created_at", lookup_expr="gte")
    created_before = MomentFilter(field_name="created_at", lookup_expr="lt")

    class Meta:
        model = Batch
        fields = ["status", "kind"]


class BatchList(ListAPIView[Batch]):
    """The batches that you may see, newest first."""

    permission_classes = (ReadsOrOperates,)
    serializer_class = BatchSerializer
    pagination_class = NewestFirst
    filterset_class = BatchFilter
    ordering_choices = ("created_at", "spent_usd", "name")
    queryset = Batch.objects.none()

    def get_queryset(self) -> Any:
        return batches_for(self.request.user)

    @extend_schema(
        operation_id="batches_list",
        tags=TAG,
        responses={200: BatchSerializer(many=True)} | problems(400, 401, 403, 404, 406, 429),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        operation_id="batches_create",
        tags=TAG,
        parameters=[IDEMPOTENCY_KEY],
        request=NewBatchSerializer,
        responses={201: BatchDetailSerializer} | problems(400, 401, 403, 406, 409, 415, 422, 429),
        examples=[OpenApiExample("a month's invoices", {"name": "November", "budget_usd": "2.50"}, request_only=True)],
    )
    @idempotent
    def post(self, request: Request) -> Response:
        """Open a batch. Submit documents into it, as many as you like."""
        form = NewBatchSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        data = form.validated_data
        batch = open_batches.open_batch(
            owner_id=request.user.pk, kind=data["kind"], name=data["name"], budget_usd=data.get("budget_usd")
        )
        body = _detail(batch, request)
        return Response(body, status=201, headers={"Location": body["links"]["self"]})


class BatchDetail(APIView):
    permission_classes = (ReadsOrOperates,)

    @extend_schema(
        operation_id="batches_retrieve",
        tags=TAG,
        parameters=[IF_NONE_MATCH],
        responses={200: BatchDetailSerializer, 304: NOT_MODIFIED} | problems(401, 403, 404, 406, 429),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """One batch: how far it is and what it cost."""
        return conditional(request, _detail(batch_of(request.user, pk), request))


class BatchDocuments(APIView):
    permission_classes = (ReadsOrOperates,)
    parser_classes = (MultiPartParser, JSONParser)

    @extend_schema(
        operation_id="batches_submit",
        tags=TAG,
        **SUBMISSION,
    )
    @idempotent
    def post(self, request: Request, pk: UUID) -> Response:
        """Submit one document into the batch, whose kind it takes."""
        batch = batch_of(request.user, pk)
        open_batches.refuse_closed(batch)
        form = SubmitSerializer(data=request.data, context={"request": request})
        form.is_valid(raise_exception=True)
        submission = submit(form, request, kind=batch.kind, batch=batch)
        open_batches.add_to_batch(batch=batch, submission=submission, filename=submission.document.filename)
        return answer_with_job(request, submission.job, seen_before=submission.seen_before)


class _BatchAction(APIView):
    permission_classes = (ReadsOrOperates,)


Post = TypeVar("Post", bound=Callable[..., Response])


def _action(name: str) -> Callable[[Post], Post]:
    describe: Callable[[Post], Post] = extend_schema(
        operation_id=f"batches_{name}",
        tags=TAG,
        request=None,
        responses={200: BatchDetailSerializer} | problems(400, 401, 403, 404, 406, 409, 415, 429),
    )
    return describe


class BatchPause(_BatchAction):
    @_action("pause")
    def post(self, request: Request, pk: UUID) -> Response:
        """Start no further document of the batch until it is resumed; what runs comes to its end."""
        batch = batch_of(request.user, pk)
        open_batches.pause(batch, why=f"Paused by {request.user.get_username()}.")
        return _answer(request, pk)


class BatchResume(_BatchAction):
    @_action("resume")
    def post(self, request: Request, pk: UUID) -> Response:
        """Let a paused batch go on."""
        open_batches.resume(batch_of(request.user, pk))
        return _answer(request, pk)


class BatchCancel(_BatchAction):
    @_action("cancel")
    def post(self, request: Request, pk: UUID) -> Response:
        """End the batch where it is: what has not ended is cancelled."""
        open_batches.cancel(batch_of(request.user, pk))
        return _answer(request, pk)


class BatchRetry(APIView):
    permission_classes = (ReadsOrOperates,)

    @extend_schema(
        operation_id="batches_retry",
        tags=TAG,
        request=None,
        responses={202: RetriedSerializer} | problems(400, 401, 403, 404, 406, 409, 415, 429),
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Try the failed documents of the batch again."""
        result = open_batches.retry_failed_of(batch_of(request.user, pk))
        return Response(RetriedSerializer(result).data, status=202)


class BatchResults(APIView):
    permission_classes = (ReadsOrOperates,)
    throttle_scope = "export"

    @extend_schema(
        operation_id="batches_results",
        tags=TAG,
        responses={
            200: OpenApiResponse(
                serializers.ListSerializer(child=serializers.DictField()),
                "A list with an entry for each file, in the order in which they came.",
            )
        }
        | problems(401, 403, 404, 406, 429),
    )
    def get(self, request: Request, pk: UUID) -> StreamingHttpResponse:
        """The results so far as `results.json`: status, fields, evidence, reasons for review and cost of each file."""
        batch = batch_of(request.user, pk)
        parts = json_list(result_entries(batch), lambda entry: json.dumps(entry, ensure_ascii=False))
        response = streamed(request, parts, content_type="application/json")
        response.headers["Content-Disposition"] = 'attachment; filename="results.json"'
        response.headers["Cache-Control"] = "private, no-store"
        return response


def _detail(batch: Batch, request: Request) -> Any:
    return BatchDetailSerializer(batch, context={"request": request}).data


def _answer(request: Request, pk: UUID) -> Response:
    return Response(_detail(batch_of(request.user, pk), request))
