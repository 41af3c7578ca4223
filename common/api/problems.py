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
    400: "The request or the file cannot be taken.",
    401: "No valid credentials.",
    403: "The role does not allow this.",
    404: "There is no such record, or it is not yours.",
    405: "The method is not known here.",
    406: "No such representation.",
    409: "The record is not in a state that allows this.",
    412: "Somebody else changed the record since it was read (If-Match).",
    413: "The file is larger than allowed.",
    415: "The content type is not known.",
    422: "The document cannot be drawn, or the url not fetched.",
    428: "The request must say by If-Match which version it changes.",
    429: "Too many requests.",
    502: "The file storage answered wrongly.",
    503: "The file storage does not answer.",
}


def problems(*statuses: int) -> dict[tuple[int, str], OpenApiResponse]:
    return {
        (status, "application/problem+json"): OpenApiResponse(ProblemSerializer, _TEXTS[status]) for status in statuses
    }
