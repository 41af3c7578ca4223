"""How the ASGI server's requests reach Django: in one step to the request's thread, and back with the answer.

All middleware and views here are synchronous. Django would still run its own middleware asynchronously where it can, so
that each change between the two kinds, and each hook of such a middleware, goes to a thread and back: a dozen times a
request, which took longer than what the request was about.
"""

from __future__ import annotations

from typing import Any

import django
from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class OneThreadHandler(ASGIHandler):
    """Middleware and view of a request run in its thread; what an asynchronous view needs, Django still does."""

    def load_middleware(self, is_async: bool = False) -> None:
        super().load_middleware(is_async=False)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        answer: Any = sync_to_async(self.get_response, thread_sensitive=True)
        response: HttpResponseBase = await answer(request)
        return response


def request_handler() -> OneThreadHandler:
    """The application for HTTP, as ``get_asgi_application`` makes one; loads the apps."""
    django.setup(set_prefix=False)
    return OneThreadHandler()
