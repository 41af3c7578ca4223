"""``documents/``: submit, list, look at, download."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import content_disposition_header
from django.utils.text import get_valid_filename
from django_filters import rest_framework as filters
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    OpenApiResponse,
    PolymorphicProxySerializer,
    extend_schema,
)
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.parsers import MultiPartParser
from rest_framework.permissions import AllowAny
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from common.api.moments import MomentFilter
from common.errors import NotFound
from processing.api.conditional import IF_NONE_MATCH, NOT_MODIFIED, conditional
from processing.api.idempotency import IDEMPOTENCY_KEY, idempotent
from processing.api.intake import submit
from processing.api.paging import NewestFirst
from processing.api.parsers import JSONParser
from processing.api.permissions import ReadsOrOperates
from processing.api.schema import problems
from processing.api.serializers import (
    DocumentSerializer,
    JobSerializer,
    SubmitBlobSerializer,
    SubmitFileSerializer,
    SubmitSerializer,
    SubmitUrlSerializer,
)
from processing.api.waiting import PREFER, wait_for_job
from processing.errors import UnsupportedFormat
from processing.models import Document, ProcessingJob
from processing.queries import documents_for, job_of
from processing.sandbox import calls
from processing.screens.progress import ENDED
from processing.services.links import document_by_token, document_link, download_name, readable_document
from processing.storage import fetch_bytes

PAGE_SECONDS = 3600  # a page of a document never changes; the right to see it may


# What a submission takes and answers, wherever it is posted.
SUBMISSION: dict[str, Any] = {
    "parameters": [IDEMPOTENCY_KEY, PREFER],
    "request": {
        "multipart/form-data": SubmitFileSerializer,
        "application/json": PolymorphicProxySerializer(
            component_name="SubmitByReference",
            serializers=[SubmitUrlSerializer, SubmitBlobSerializer],
            resource_type_field_name=None,
        ),
    },
    "responses": {
        202: OpenApiResponse(JobSerializer, "The job that will process the document."),
        200: OpenApiResponse(JobSerializer, "The job, ended: you preferred to wait, or the same bytes came before."),
    }
    | problems(400, 401, 403, 404, 406, 409, 413, 415, 422, 429, 502, 503),
}


class AnyRenderer(JSONRenderer):
    """For addresses whose answers are no JSON, whatever the client says it accepts; their errors are."""

    media_type = "*/*"


class DocumentFilter(filters.FilterSet):
    parent = filters.UUIDFilter(field_name="parent_id")
    batch = filters.UUIDFilter(field_name="jobs__batch_id", distinct=True)
    filename = filters.CharFilter(lookup_expr="icontains", help_text="A part of the name.")
    owner = filters.CharFilter(field_name="owner__username", help_text="A user name; for admins.")
    created_after = MomentFilter(field_name="created_at", lookup_expr="gte")
    created_before = MomentFilter(field_name="created_at", lookup_expr="lt")

    class Meta:
        model = Document
        fields = {"kind": ["exact"], "source": ["exact"], "sha256": ["exact"]}


class DocumentList(ListAPIView[Document]):
    """The documents that you may see, newest first."""

    permission_classes = [ReadsOrOperates]
    parser_classes = [MultiPartParser, JSONParser]
    serializer_class = DocumentSerializer
    pagination_class = NewestFirst
    filterset_class = DocumentFilter
    ordering_choices = ("created_at", "size_bytes", "filename")
    queryset = Document.objects.none()

    def get_queryset(self) -> Any:
        return documents_for(self.request.user)

    @extend_schema(
        operation_id="documents_list",
        responses={200: DocumentSerializer(many=True)} | problems(400, 401, 403, 404, 406, 429),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        operation_id="documents_submit",
        **SUBMISSION,
        examples=[
            OpenApiExample("by address", {"url": "https://vendor.example/invoices/1001.pdf"}, request_only=True),
            OpenApiExample("from the bucket", {"blob": "inbox/7/invoice.pdf", "policy": "rules"}, request_only=True),
        ],
    )
    @idempotent
    def post(self, request: Request) -> Response:
        """Submit one document: a file, an address, or the key of a file in the bucket."""
        form = SubmitSerializer(data=request.data, context={"request": request})
        form.is_valid(raise_exception=True)
        submission = submit(form, request, kind=form.validated_data["kind"])
        return answer_with_job(request, submission.job, seen_before=submission.seen_before)


def answer_with_job(request: Request, job: ProcessingJob, *, seen_before: bool) -> Response:
    """202 with the job, after the wait that the client prefers; 200 where it has ended, or was there before."""
    headers = wait_for_job(request, job)
    job = job_of(request.user, job.id)
    body = JobSerializer(job, context={"request": request}).data
    ended = seen_before or (bool(headers) and job.status in ENDED)
    return Response(body, status=200 if ended else 202, headers={"Location": body["links"]["self"], **headers})


@extend_schema(
    parameters=[IF_NONE_MATCH],
    responses={200: DocumentSerializer, 304: NOT_MODIFIED} | problems(401, 403, 404, 406, 429),
)
class DocumentDetail(RetrieveAPIView[Document]):
    """One document, with links to its file and its jobs."""

    permission_classes = [ReadsOrOperates]
    serializer_class = DocumentSerializer
    queryset = Document.objects.none()

    def get_queryset(self) -> Any:
        return documents_for(self.request.user)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return conditional(request, self.get_serializer(self.get_object()).data)


class DocumentFile(APIView):
    permission_classes = [AllowAny]  # a token is a credential of its own; without one the account's is asked for
    renderer_classes = [AnyRenderer]

    @extend_schema(
        operation_id="documents_file",
        parameters=[OpenApiParameter("token", str, description="From a link that was given out; expires.")],
        responses={
            (200, "application/octet-stream"): OpenApiTypes.BINARY,
            302: OpenApiResponse(description="To a link that downloads the file and expires after five minutes."),
        }
        | problems(401, 403, 404, 429, 502, 503),
    )
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """The file as it came. Without a token: a redirect to a time-limited link."""
        token = request.query_params.get("token")
        if token is None:
            if not request.user.is_authenticated:
                self.permission_denied(request)
            document = readable_document(request.user, pk)
            link = document_link(document, user=request.user)
            redirect = HttpResponseRedirect(link.url)
            redirect.headers["Cache-Control"] = "no-store"
            return redirect
        document = document_by_token(pk, token)
        return download(document, fetch_bytes(key=document.storage_key, sha256=document.sha256))


def download(document: Document, data: bytes) -> HttpResponse:
    """The bytes as an attachment that no browser opens as a page of this site."""
    response = HttpResponse(data, content_type=document.media_type)
    name = get_valid_filename(download_name(document).strip() or "document")
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, no-store"
    return response


class DocumentPage(APIView):
    permission_classes = [ReadsOrOperates]
    renderer_classes = [AnyRenderer]

    @extend_schema(
        operation_id="documents_page",
        responses={(200, "image/png"): OpenApiTypes.BINARY, 304: OpenApiResponse(description="Not changed.")}
        | problems(400, 401, 403, 404, 422, 429, 502, 503),
    )
    def get(self, request: Request, pk: UUID, number: int) -> HttpResponse:
        """One page as a picture, counted from 1."""
        document = readable_document(request.user, pk)
        if number < 1 or (document.page_count is not None and number > document.page_count):
            raise NotFound("Page not found.")
        etag = f'"{document.sha256[:32]}-{number}"'
        response = HttpResponse(content_type="image/png")
        if request.headers.get("If-None-Match") == etag:
            response.status_code = 304
        else:
            data = fetch_bytes(key=document.storage_key, sha256=document.sha256)
            try:
                response.content = calls.render_document(data, document.media_type, number)
            except UnsupportedFormat as error:
                raise NotFound(error.message) from error
        response.headers["ETag"] = etag
        response.headers["Cache-Control"] = f"private, max-age={PAGE_SECONDS}"
        return response
