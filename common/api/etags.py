"""Versions over HTTP: ETag and If-None-Match of details, If-Match of changes (RFC 9110, 13.1)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from rest_framework import exceptions
from rest_framework.request import Request

from common.api.rendering import json_bytes
from common.errors import VersionConflict, VersionMissing

# A list of tags of whatever records; only those of ours name a version.
_TAGS = re.compile(r'\s*(?:W/)?"[^"]*"\s*(?:,\s*(?:W/)?"[^"]*"\s*)*')
_TAG = re.compile(r'(?:W/)?"(?P<version>\d{1,9})(?:-[0-9a-f]*)?"')


def etag_of(version: int, body: Mapping[str, Any]) -> str:
    """``"7-3fa9…"``: the version, by which changes go, and a digest of all that is shown."""
    return f'"{version}-{_digest(body)}"'


def etag_of_body(body: Mapping[str, Any]) -> str:
    """For what has no version: the digest alone."""
    return f'"{_digest(body)}"'


def _digest(body: Mapping[str, Any]) -> str:
    return hashlib.sha256(json_bytes(body, sorted_keys=True)).hexdigest()[:16]


def not_modified(request: Request, etag: str) -> bool:
    """Whether the client has this very representation. A proxy that compresses makes a tag weak; it compares all the
    same."""
    given = request.headers.get("If-None-Match", "")
    return given.strip() == "*" or etag in {tag.strip().removeprefix("W/") for tag in given.split(",")}


def version_named(request: Request, *, required: bool, current: int) -> int | None:
    """The version that the client means to change: by If-Match (an ETag of the details, ``"7"``, or ``*`` for any), or
    ``version`` in the body. Raises VersionMissing, VersionConflict."""
    given = request.headers.get("If-Match")
    if given is not None:
        if given.strip() == "*":
            return None
        if not _TAGS.fullmatch(given):
            raise exceptions.ValidationError({"If-Match": 'Send the ETag of the details, `"7"`, or `*`.'})
        versions = {int(match["version"]) for match in _TAG.finditer(given)}
        if current not in versions:
            raise VersionConflict
        return current
    version = request.data.get("version") if isinstance(request.data, Mapping) else None
    if version is None:
        if required:
            raise VersionMissing
        return None
    if isinstance(version, bool) or not isinstance(version, int):
        raise exceptions.ValidationError({"version": "A whole number."})
    return version
