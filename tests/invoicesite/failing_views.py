"""Views that fail as libraries and our own code fail: with secrets and document text in variables and messages."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from decimal import Decimal

import psycopg
import pydantic
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from rest_framework.response import Response
from rest_framework.views import APIView

PASSWORD = "pg-Passw0rd-of-the-ledger"
KEY = "sk-test-0123456789abcdef"
DOCUMENT = "Acorn Tools Ltd owes 4711.00 to DE89370400440532013000"


def _int_of_text() -> None:
    int(DOCUMENT)


def _key_of_text() -> None:
    raise KeyError(DOCUMENT)


def _unique_row() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE told (text varchar UNIQUE)")
        cursor.execute("INSERT INTO told VALUES (%s)", [DOCUMENT])
        cursor.execute("INSERT INTO told VALUES (%s)", [DOCUMENT])


def _no_connection() -> None:
    psycopg.connect(f"postgresql://app:{PASSWORD}@127.0.0.1:1/books")


def _bad_address() -> None:
    raise ImproperlyConfigured(f"Cannot use postgresql://app:{PASSWORD}@db/books with {KEY}")


def _chained() -> None:
    try:
        _int_of_text()
    except ValueError as error:
        raise RuntimeError(f"Authorization: Bearer {KEY}") from error


def _group() -> None:
    raise ExceptionGroup(DOCUMENT, [ValueError(DOCUMENT), DatabaseError(PASSWORD)])


def _model_validation() -> None:
    pydantic.TypeAdapter(Decimal).validate_python(DOCUMENT)


def _json() -> None:
    json.loads(f'{{"a": {DOCUMENT}')


def _validation() -> None:
    raise ValidationError(DOCUMENT)


def _loop() -> None:
    async def fails() -> None:
        raise OSError(5, DOCUMENT, f"/{KEY}")

    asyncio.run(fails())


def _unicode() -> None:
    (DOCUMENT + "é").encode("ascii")


WAYS: dict[str, Callable[[], None]] = {
    way.__name__.strip("_"): way
    for way in (
        _int_of_text, _key_of_text, _unique_row, _no_connection, _bad_address, _chained, _group, _model_validation,
        _json, _validation, _loop, _unicode,
    )
}  # fmt: skip


def page(request: HttpRequest, way: str) -> HttpResponse:
    password, key, document = PASSWORD, KEY, DOCUMENT
    WAYS[way]()
    return HttpResponse(f"{password}{key}{document}")


class Api(APIView):
    permission_classes = ()
    authentication_classes = ()

    def get(self, request: HttpRequest, way: str) -> Response:
        password, key, document = PASSWORD, KEY, DOCUMENT
        WAYS[way]()
        return Response([password, key, document])


urlpatterns = [
    path("api/v1/failing/<slug:way>/", Api.as_view()),
    path("failing/<slug:way>/", page),
    path("", include("invoicesite.urls")),
]
