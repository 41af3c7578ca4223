"""``jobs/``: follow, try again, cancel, count."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS
from django.http import Http404
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from common.api.compiled import Compiled
from common.api.moments import MomentFilter
from processing.api.conditional import IF_NONE_MATCH, NOT_MODIFIED, conditional
from processing.api.idempotency import IDEMPOTENCY_KEY, idempotent
from processing.api.paging import NewestFirst
from processing.api.permissions import ReadsOrOperates
from processing.api.schema import problems
from processing.api.serializers import JobSerializer, JobStatsSerializer
from processing.api.waiting import PREFER, wait_for_job
from processing.models import Document, ProcessingJob
from processing.queries import count_jobs, job_of, jobs_for
from processing.services.retrying import retry_job, stop_job

_ERROR = ("error_code", "error_message")


class JobFilter(filters.FilterSet):
    kind = filters.ChoiceFilter(
        field_name="document__kind", choices=[("invoice", "invoice"), ("rate_card", "rate card")]
    )
    document = filters.UUIDFilter(field_name="document_id")
    batch = filters.UUIDFilter(field_name="batch_id")
    filename = filters.CharFilter(
        field_name="document__filename", lookup_expr="icontains", help_text="A part of the name."
    )
    owner = filters.CharFilter(field_name="document__owner__username", help_text="A user name; for admins.")
    created_after = MomentFilter(field_name="created_at", lookup_expr="gte")
    created_before = MomentFilter(field_name="created_at", lookup_expr="lt")

    class Meta:
        model = ProcessingJob
        fields = ["status", "stage", "outcome", "policy", "method", "error_code", "external_id"]


@extend_schema(responses={200: JobSerializer(many=True)} | problems(400, 401, 403, 404, 406, 429))
class JobList(ListAPIView[ProcessingJob]):
    """The jobs that you may see, newest first."""

    permission_classes = [ReadsOrOperates]
    serializer_class = JobSerializer
    pagination_class = NewestFirst
    filterset_class = JobFilter
    ordering_choices = ("created_at", "priority", "spent_usd")
    queryset = ProcessingJob.objects.none()

    def get_queryset(self) -> Any:
        return jobs_for(self.request.user).select_related("document").defer("raw_response")


@extend_schema(
    parameters=[IF_NONE_MATCH, PREFER],
    responses={200: JobSerializer, 304: NOT_MODIFIED} | problems(401, 403, 404, 406, 429),
)
class JobDetail(RetrieveAPIView[ProcessingJob]):
    """One job: its state, what it found, what it cost."""

    permission_classes = [ReadsOrOperates]
    serializer_class = JobSerializer
    queryset = ProcessingJob.objects.none()

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        job = _shown_job(request.user, self.kwargs["pk"])
        headers = wait_for_job(request, job)
        if headers:
            job = _shown_job(request.user, self.kwargs["pk"])
        return conditional(request, self.get_serializer(job).data, headers=headers)


class JobRetry(APIView):
    permission_classes = [ReadsOrOperates]

    @extend_schema(
        operation_id="jobs_retry",
        parameters=[IDEMPOTENCY_KEY],
        request=None,
        responses={202: JobSerializer} | problems(400, 401, 403, 404, 406, 409, 415, 422, 429),
    )
    @idempotent
    def post(self, request: Request, pk: UUID) -> Response:
        """Try a failed or cancelled job again. What it spent stays spent."""
        job = job_of(request.user, pk)
        retry_job(job=job)
        return _answer(job, request, status=202)


class JobCancel(APIView):
    permission_classes = [ReadsOrOperates]

    @extend_schema(
        operation_id="jobs_cancel",
        request=None,
        responses={200: JobSerializer} | problems(400, 401, 403, 404, 406, 409, 415, 429),
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Cancel a job that has not ended; one that runs stops at its next step and records nothing."""
        job = job_of(request.user, pk)
        stop_job(job=job)
        return _answer(job, request, status=200)


class JobStats(APIView):
    permission_classes = [ReadsOrOperates]

    @extend_schema(operation_id="jobs_stats", responses={200: JobStatsSerializer} | problems(401, 403, 406, 429))
    def get(self, request: Request) -> Response:
        """How many of the jobs that you may see are in each status."""
        return Response(count_jobs(jobs_for(request.user)))


# In the order of the model, as ``from_db`` takes them.
_SHOWN_OF_DOCUMENT = {"id", "filename", "kind", "media_type", "invoice_id", "rate_card_id"}
_OF_DOCUMENT = tuple(field.attname for field in Document._meta.concrete_fields if field.attname in _SHOWN_OF_DOCUMENT)
_OF_JOB = tuple(
    field.attname
    for field in ProcessingJob._meta.concrete_fields
    if field.name in (*JobSerializer.Meta.fields, *_ERROR)
)
_shown = Compiled(lambda user: jobs_for(user).values(*_OF_JOB, *(f"document__{name}" for name in _OF_DOCUMENT)))


def _shown_job(user: Any, key: UUID) -> ProcessingJob:
    """A job with the columns that are shown, and its document with its links."""
    row = _shown.row(user, key)
    if row is None:
        raise Http404
    row["metadata"] = json.loads(row["metadata"])  # the row is as the database sends it
    job: ProcessingJob = ProcessingJob.from_db(DEFAULT_DB_ALIAS, _OF_JOB, [row[name] for name in _OF_JOB])
    links = [row[f"document__{name}"] for name in _OF_DOCUMENT]
    job.document = Document.from_db(DEFAULT_DB_ALIAS, _OF_DOCUMENT, links)
    return job


def _answer(job: ProcessingJob, request: Request, *, status: int) -> Response:
    job.refresh_from_db()
    return Response(JobSerializer(job, context={"request": request}).data, status=status)
