"""``inbound/{source}/``: where other systems send documents to."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from processing.api.schema import problems
from processing.errors import FileTooLarge
from processing.models import ProcessingJob
from processing.services.inbound import receive_message

MAX_BODY_BYTES = 36_000_000  # 25 MB as base64, with the rest of the message


class InboundAnswerSerializer(serializers.Serializer[Any]):
    job = serializers.UUIDField()
    document = serializers.UUIDField()
    status = serializers.ChoiceField(choices=ProcessingJob.Status.choices)


class Inbound(APIView):
    authentication_classes = []  # the signature is the credential
    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="inbound_receive",
        auth=[],
        request=OpenApiTypes.OBJECT,
        parameters=[
            OpenApiParameter("webhook-id", str, OpenApiParameter.HEADER, required=True),
            OpenApiParameter("webhook-timestamp", str, OpenApiParameter.HEADER, required=True),
            OpenApiParameter("webhook-signature", str, OpenApiParameter.HEADER, required=True),
        ],
        responses={200: InboundAnswerSerializer, 202: InboundAnswerSerializer}
        | problems(400, 401, 404, 413, 415, 422, 429, 502, 503),
        examples=[
            OpenApiExample(
                "inline",
                {"type": "document", "data": {"filename": "1001.pdf", "content": "JVBERi0xLjcK…"}},
                request_only=True,
            ),
            OpenApiExample(
                "by address",
                {"type": "document", "data": {"url": "https://vendor.example/invoices/1001.pdf"}},
                request_only=True,
            ),
        ],
    )
    def post(self, request: Request, source_id: UUID) -> Response:
        """A document from another system, signed after Standard Webhooks with the secret of its source."""
        body = request._request.read(MAX_BODY_BYTES + 1)
        if len(body) > MAX_BODY_BYTES:
            raise FileTooLarge
        job, made_now = receive_message(source_id=source_id, headers=request.headers, body=body)
        answer = {"job": job.id, "document": job.document_id, "status": job.status}
        return Response(InboundAnswerSerializer(answer).data, status=202 if made_now else 200)
