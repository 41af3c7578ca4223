"""What the OpenAPI schema says of errors."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiResponse

from processing.api.serializers import ProblemSerializer

_TEXTS = {
    400: "The request or the file cannot be taken.",
    401: "No valid credentials.",
    403: "The role does not allow this.",
    404: "There is no such record, or it is not yours.",
    405: "The method is not known here.",
    406: "No such representation.",
    409: "The record is not in a state that allows this.",
    413: "The file is larger than allowed.",
    415: "The content type is not known.",
    422: "The document cannot be drawn, or the url not fetched.",
    429: "Too many requests.",
    502: "The file storage answered wrongly.",
    503: "The file storage does not answer.",
}


def problems(*statuses: int) -> dict[tuple[int, str], OpenApiResponse]:
    return {
        (status, "application/problem+json"): OpenApiResponse(ProblemSerializer, _TEXTS[status]) for status in statuses
    }
