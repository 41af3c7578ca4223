"""The shape of every error under ``/api/``: ``application/problem+json`` (RFC 9457) with a code and the request id."""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from http import HTTPStatus
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation, TooManyFilesSent
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.template import loader
from django.views import defaults
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from common.errors import InvalidFields, InvoicesiteError
from processing.errors import FileTooLarge
from processing.outages import outage_of

log = structlog.get_logger(__name__)

CONTENT_TYPE = "application/problem+json"
API_PREFIX = "/api/"
# After this, trying again what may pass by itself is worth the while (RFC 9110, 10.2.3).
_RETRY_AFTER_SECONDS = 5

CODES: tuple[tuple[type[exceptions.APIException], str], ...] = (
    (exceptions.ValidationError, "invalid_request"),
    (exceptions.ParseError, "malformed_request"),
    (exceptions.AuthenticationFailed, "authentication_failed"),
    (exceptions.NotAuthenticated, "not_authenticated"),
    (exceptions.PermissionDenied, "permission_denied"),
    (exceptions.NotFound, "not_found"),
    (exceptions.MethodNotAllowed, "method_not_allowed"),
    (exceptions.NotAcceptable, "not_acceptable"),
    (exceptions.UnsupportedMediaType, "unsupported_media_type"),
    (exceptions.Throttled, "throttled"),
)
_TITLES = {
    "invalid_request": "Some fields are invalid",
    "malformed_request": "The request could not be read",
    "duplicate_document": "The document was submitted before",
    "error": "Something went wrong",
}


def problem(
    *, status: int, code: str, detail: str, errors: Sequence[Mapping[str, str]] = (), instance: str = ""
) -> dict[str, Any]:
    """The body of an error; ``errors`` has ``field``, ``code`` and ``message`` of each field that is wrong."""
    body: dict[str, Any] = {
        "type": f"urn:invoicesite:error:{code}",
        "title": _TITLES.get(code) or HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
        "request_id": request_id(),
    }
    if instance:
        body["instance"] = instance
    if errors:
        body["errors"] = list(errors)
    return body


def request_id() -> str:
    """The id of the request at hand, as it is in the logs."""
    return str(structlog.contextvars.get_contextvars().get("request_id", ""))


def exception_handler(error: Exception, context: dict[str, Any]) -> Response:
    """Django REST framework's ``EXCEPTION_HANDLER``: every exception of an API view becomes a problem."""
    set_rollback()
    away = outage_of(error)
    status, body, headers = describe(away or error)
    request = context.get("request")
    if away is not None:
        log.warning("unavailable", dependency=away.dependency, reason=type(error).__name__)
    elif status >= 500 and not isinstance(error, InvoicesiteError):
        log.error("api_defect", path=getattr(request, "path", ""), exc_info=error)
    return Response(body, status=status, headers=headers, content_type=CONTENT_TYPE)


def describe(error: Exception) -> tuple[int, dict[str, Any], dict[str, str]]:
    """Status, body and headers of the answer to an exception."""
    error = outage_of(error) or error
    if isinstance(error, InvoicesiteError):
        headers = {} if error.permanent else {"Retry-After": str(_wait_seconds(error))}
        wrong = [asdict(each) for each in error.errors] if isinstance(error, InvalidFields) else []
        return (
            error.http_status,
            problem(status=error.http_status, code=error.code, detail=error.message, errors=wrong),
            headers,
        )
    if isinstance(error, Http404):
        error = exceptions.NotFound("There is no such record, or it is not yours.")
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    elif isinstance(error, RequestDataTooBig | TooManyFilesSent):
        return describe(FileTooLarge("The request is larger than allowed."))
    elif isinstance(error, SuspiciousOperation):
        error = exceptions.ParseError("The request could not be read.")
    if isinstance(error, exceptions.APIException):
        return _describe_api_exception(error)
    return 500, problem(status=500, code="error", detail=InvoicesiteError.default_message), {}


def _wait_seconds(error: InvoicesiteError) -> int:
    wait = getattr(error, "retry_after_seconds", None) or getattr(error, "wanted_seconds", None)
    return math.ceil(wait or _RETRY_AFTER_SECONDS)


def _describe_api_exception(error: exceptions.APIException) -> tuple[int, dict[str, Any], dict[str, str]]:
    headers: dict[str, str] = {}
    wait, challenge = getattr(error, "wait", None), getattr(error, "auth_header", None)
    if challenge:
        headers["WWW-Authenticate"] = challenge
    if wait is not None:
        headers["Retry-After"] = str(math.ceil(wait))
    code = next((code for cls, code in CODES if isinstance(error, cls)), "error")
    if isinstance(error, exceptions.ValidationError):
        errors = list(_field_errors(error.get_full_details()))
        detail = "; ".join(f"{e['field']}: {e['message']}" if e["field"] else e["message"] for e in errors[:5])
        return error.status_code, problem(status=error.status_code, code=code, detail=detail, errors=errors), headers
    detail = error.detail if isinstance(error.detail, str) else str(_first_message(error.detail))
    return error.status_code, problem(status=error.status_code, code=code, detail=str(detail)), headers


def _field_errors(details: Any, field: str = "") -> list[dict[str, str]]:
    if isinstance(details, Mapping) and set(details) == {"message", "code"} and isinstance(details["code"], str):
        return [{"field": field, "code": details["code"], "message": str(details["message"])}]
    found: list[dict[str, str]] = []
    if isinstance(details, Mapping):
        for name, inner in details.items():
            step = "" if name == "non_field_errors" else str(name)
            found += _field_errors(inner, ".".join(part for part in (field, step) if part))
    elif isinstance(details, list):
        for index, inner in enumerate(details):
            leaf = isinstance(inner, Mapping) and set(inner) == {"message", "code"}
            found += _field_errors(inner, field if leaf else f"{field}[{index}]")
    return found


def _first_message(detail: Any) -> Any:
    while isinstance(detail, list | dict):
        detail = detail.get("detail") or next(iter(detail.values()), "") if isinstance(detail, dict) else detail[0]
    return detail


# --- Errors that never reach a view of the API: unknown paths, refused bodies, defects of middleware -----------------


def problem_response(error: Exception) -> JsonResponse:
    status, body, headers = describe(error)
    return JsonResponse(body, status=status, headers=headers, content_type=CONTENT_TYPE)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Django's ``handler400``."""
    if request.path.startswith(API_PREFIX):
        known = isinstance(exception, SuspiciousOperation)
        return problem_response(exception if known else exceptions.ParseError("The request could not be read."))
    return defaults.bad_request(request, exception)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Django's ``handler403``."""
    if request.path.startswith(API_PREFIX):
        return problem_response(exceptions.PermissionDenied())
    return defaults.permission_denied(request, exception)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Django's ``handler404``."""
    if request.path.startswith(API_PREFIX):
        return problem_response(exceptions.NotFound("No resource at this address."))
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponseBase:
    """Django's ``handler500``, called while the exception is handled, wherever it was raised: in a view, in middleware,
    in another error page. What is away is told as such; neither page asks the database."""
    away = outage_of(sys.exception())
    if request.path.startswith(API_PREFIX):
        return problem_response(away or InvoicesiteError())
    if away is None:
        return defaults.server_error(request)
    page = loader.render_to_string("503.html", {"detail": away.message})
    return HttpResponse(page, status=away.http_status, headers={"Retry-After": str(_wait_seconds(away))})


def request_id_header(get_response: Any) -> Any:
    """Middleware: every answer carries ``X-Request-ID``. Stands within django-structlog's, which makes the id."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response: HttpResponse = get_response(request)
        response.headers.setdefault("X-Request-ID", request_id())
        return response

    return middleware
