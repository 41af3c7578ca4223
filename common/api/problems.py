"""What the OpenAPI schema says of errors, for every room that has an API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiResponse
from rest_framework import serializers


class ProblemFieldSerializer(serializers.Serializer[Any]):
    field = serializers.CharField()
    code = serializers.CharField()
    message = serializers.CharField()


class ProblemSerializer(serializers.Serializer[Any]):
    """RFC 9457."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    code = serializers.CharField()
    request_id = serializers.CharField()
    errors = ProblemFieldSerializer(many=True, required=False)  # type: ignore[assignment]  # the field of RFC 9457


_TEXTS = {
    400: "The request or the file is invalid.",
    401: "No valid credentials.",
    403: "The role does not allow this.",
    404: "There is no such record, or it is not yours.",
    405: "Method not allowed.",
    406: "None of the accepted media types is available.",
    409: "The record's status does not allow this.",
    412: "Someone else changed the record since you read it (If-Match).",
    413: "The file is larger than allowed.",
    415: "Unsupported content type.",
    422: "The page cannot be rendered, or the URL cannot be fetched.",
    428: "Send If-Match to say which version you are changing.",
    429: "Too many requests.",
    502: "The file storage returned an invalid response.",
    503: "The file storage is not responding.",
}


def problems(*statuses: int) -> dict[tuple[int, str], OpenApiResponse]:
    return {
        (status, "application/problem+json"): OpenApiResponse(ProblemSerializer, _TEXTS[status]) for status in statuses
    }
