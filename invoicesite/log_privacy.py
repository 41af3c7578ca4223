"""Log processors that keep secrets and document text out of every line."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping, MutableMapping
from typing import Any
from urllib.parse import unquote, urlsplit

from common.tracebacks import told

HIDDEN = "[hidden]"

_MAX_EVENT = 300
_NAMES_OF_SECRETS = re.compile(r"KEY|SECRET|PASSWORD|TOKEN|CREDENTIAL|CONNECTION_STRING", re.IGNORECASE)
_PASSWORD_IN_URL = re.compile(r"(?<=://)([^/\s:@\"']*):([^/\s@\"']+)(?=@)")
_AUTHORIZATION = re.compile(r"(?i)\b(bearer|basic|token)\s+[\w.~+/=-]{8,}")
# Shorter values stand in ordinary words, and hiding those would make the log unreadable.
_SHORTEST_SECRET = 6


def exceptions_without_values(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """structlog processor: ``exc_info`` becomes ``exception``, a text of types and frames."""
    raised = event.pop("exc_info", None)
    if raised is True:
        raised = sys.exc_info()
    error = raised[1] if isinstance(raised, tuple) else raised
    # The standard library keeps a formatted traceback on the record for the next handler; ours stands in its place.
    event.pop("exc_text", None)
    if isinstance(error, BaseException):
        event["exception"] = told(error)
    return event


def queue_without_results(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """structlog processor: of a failed task django-q2 logs the whole result, the message of its exception within; the
    row of the task keeps it, the log tells which task it was."""
    if event.get("logger") == "django-q" and isinstance(event.get("event"), str):
        event["event"] = re.split(r"(?<=\)) - ", event["event"], maxsplit=1)[0].partition("\n")[0][:_MAX_EVENT]
    return event


class SecretsHidden:
    """Last processor: the rendered line without the secrets of this process, passwords in addresses and tokens."""

    def __init__(self, render: Callable[..., Any], secrets: frozenset[str]) -> None:
        self._render = render
        values = sorted((re.escape(value) for value in secrets if len(value) >= _SHORTEST_SECRET), key=len)
        self._secrets = re.compile("|".join(reversed(values))) if values else None

    def __call__(self, logger: Any, name: str, event: MutableMapping[str, Any]) -> str:
        return self.hide(str(self._render(logger, name, event)))

    def hide(self, line: str) -> str:
        if self._secrets is not None:
            line = self._secrets.sub(HIDDEN, line)
        line = _PASSWORD_IN_URL.sub(rf"\1:{HIDDEN}", line)
        return _AUTHORIZATION.sub(rf"\1 {HIDDEN}", line)


def secrets_of(environment: Mapping[str, str] = os.environ) -> frozenset[str]:
    """Values of variables whose names say that they are secret, and the passwords within addresses."""
    found: set[str] = set()
    for name, value in environment.items():
        if _NAMES_OF_SECRETS.search(name):
            found |= {value.strip(), *(part.strip() for part in value.split(","))}  # some are lists
        if "://" in value and "@" in value:
            try:
                password = urlsplit(value).password
            except ValueError:
                continue
            if password:
                found |= {password, unquote(password)}
    return frozenset(found)
