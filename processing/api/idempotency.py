"""``Idempotency-Key`` on a method of a view."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework import exceptions
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from processing.services.idempotency import Answer, begin_request, give_up, keep_answer

LONGEST_KEY = 255
_KEPT_HEADERS = ("Location",)

IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY, "pattern": "^[!-~]+$"},
    OpenApiParameter.HEADER,
    description="Any text of your choice, for 24 hours. The same request with the same key gets the first answer "
    "again, with `Idempotency-Replayed: true`; another request with it is refused (422).",
)

Handler = Callable[..., Response]


def idempotent(handler: Handler) -> Handler:
    """For a method that answers with JSON: with an ``Idempotency-Key`` it is done once."""

    @wraps(handler)
    def once(view: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
        key = request.headers.get("Idempotency-Key")
        if key is None:
            return handler(view, request, *args, **kwargs)
        if not (0 < len(key) <= LONGEST_KEY and key.isascii() and key.isprintable() and " " not in key):
            raise exceptions.ParseError(f"An Idempotency-Key has 1 to {LONGEST_KEY} visible ASCII characters.")
        turn = begin_request(user_id=int(request.user.pk or 0), key=key, fingerprint=fingerprint_of(request))
        if isinstance(turn, Answer):
            headers = {**turn.headers, "Idempotency-Replayed": "true"}
            return Response(json.loads(turn.body), status=turn.status, headers=headers)
        try:
            response = handler(view, request, *args, **kwargs)
        except BaseException:
            give_up(turn)
            raise
        body = JSONRenderer().render(response.data).decode()
        headers = {name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers}
        keep_answer(turn, Answer(response.status_code, body, headers))
        return response

    return once


def fingerprint_of(request: Request) -> str:
    """The same for the same request, however it is written: the boundaries of a form change from one sending to the
    next."""
    digest = hashlib.sha256(f"{request.method} {request.path}\n".encode())
    data = request.data
    if hasattr(data, "lists"):
        for name, values in sorted(data.lists()):
            for value in values:
                for part in (str(name).encode(), b"=", *_bytes_of(value), b"\n"):
                    digest.update(hashlib.sha256(part).digest())
    else:
        digest.update(json.dumps(data, sort_keys=True, default=str).encode())
    return digest.hexdigest()


def _bytes_of(value: Any) -> Iterator[bytes]:
    if not hasattr(value, "chunks"):
        yield str(value).encode()
        return
    yield (value.name or "").encode()
    yield from value.chunks()
    value.seek(0)
