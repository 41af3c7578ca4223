"""Tokens and API keys at the door of WebSockets: in the headers as for the API, or, from a page of another site, which
can set none, as subprotocols (``bearer``, then the token)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from asgiref.sync import sync_to_async
from django.db import connection
from django.http import HttpRequest
from rest_framework.exceptions import APIException
from rest_framework.request import Request

from common.errors import InvoicesiteError
from invoicesite.accounts.authentication import ApiKeyAuthentication, TokenAuthentication
from processing.outages import is_database_outage

Application = Callable[[Any, Any, Any], Awaitable[Any]]

SUBPROTOCOL = "bearer"
# RFC 6455, 7.4.2: codes of an application's own, after the statuses of HTTP.
REFUSED, LATER = 4401, 4503
# What is watched is read: keys need the scope of reading.
_READS = "/api/v1/jobs/"


def tokens_or(cookies: Application, routes: Application) -> Application:
    """An application that knows a caller with a token by it, and leaves all others to ``cookies``. Cookies need a
    check of where the page came from, which ``cookies`` makes; a token is never sent by itself."""

    async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        protocols = list(scope.get("subprotocols") or ())
        if protocols[:1] == [SUBPROTOCOL] and len(protocols) == 2:
            headers["authorization"] = f"Bearer {protocols[1]}"
            send = _accepting(SUBPROTOCOL, send)
        if "authorization" not in headers and "x-api-key" not in headers:
            await cookies(scope, receive, send)
            return
        user, code = await _user_of(headers, str((scope.get("client") or ("",))[0]))
        if user is None:
            if (await receive())["type"] == "websocket.connect":
                await send({"type": "websocket.close", "code": code})
            return
        await routes({**scope, "user": user}, receive, send)

    return application


def _accepting(protocol: str, send: Any) -> Any:
    async def named(message: dict[str, Any]) -> None:
        await send({**message, "subprotocol": protocol} if message["type"] == "websocket.accept" else message)

    return named


@sync_to_async
def _user_of(headers: dict[str, str], address: str) -> tuple[Any, int]:
    """Who shows this token, or None and the code to close with."""
    plain = HttpRequest()
    plain.method, plain.path = "GET", _READS
    plain.META = {
        "REMOTE_ADDR": address,
        "HTTP_AUTHORIZATION": headers.get("authorization", ""),
        "HTTP_X_API_KEY": headers.get("x-api-key", ""),
    }
    request = Request(plain)
    try:
        for way in (ApiKeyAuthentication(), TokenAuthentication()):
            if (found := way.authenticate(request)) is not None:
                return found[0], 0
    except (APIException, InvoicesiteError):
        return None, REFUSED
    except Exception as error:
        if not is_database_outage(error):
            raise
        return None, LATER
    finally:
        connection.close()
    return None, REFUSED
