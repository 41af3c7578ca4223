"""Secrets written down where a reference belongs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

# Names of what must be a reference; what ends in one of the second list says where a secret is, not what it is.
_SECRET_NAME = re.compile(r"passw|secret|token|api_?key|access_?key|account_?key|credential|connection_?string", re.I)
_REFERENCE_NAME = re.compile(
    r"^existing|(from|name|names|ref|file|id|ids|url_file|arn|enabled|version|type|path|store|automount\w*|expiration\w*"
    r"|max_output_tokens|days|provider|manager)$",
    re.I,
)
_LOOKS_LIKE_ONE = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY|\bsk-[A-Za-z0-9_-]{16,}|\bAKIA[0-9A-Z]{16}\b|AccountKey=[A-Za-z0-9+/]{20,}"
    r"|://[^/\s:@$]+:(?![$*<])[^/\s:@]+@|hooks\.slack\.com/services/T\w+"
)


def secrets_in(data: Any, where: str) -> list[str]:
    """Values of parsed YAML, JSON or HCL that are secrets: by their name, or by how they look. A reference
    (``${NAME}``, ``var.name``, a name ending in ``Ref`` or ``existingSecret``) is none."""
    return [f"{where}: {'.'.join(path)} holds a secret" for path, value in _leaves(data, ()) if _is_secret(path, value)]


def _is_secret(path: tuple[str, ...], value: Any) -> bool:
    if not isinstance(value, str) or not value.strip():
        return False
    if _LOOKS_LIKE_ONE.search(value):
        return True
    name = next((part for part in reversed(path) if not part.isdigit()), "")
    named = bool(_SECRET_NAME.search(name)) and not _REFERENCE_NAME.search(re.sub(r"([a-z])([A-Z])", r"\1_\2", name))
    referred = value.startswith("keyvault:") or ("${" in value and not re.search(r"\$\{\w+:?-[^}]", value))
    return named and not referred


def _leaves(data: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    if isinstance(data, dict):
        for name, value in data.items():
            yield from _leaves(value, (*path, str(name)))
        # Kubernetes writes variables as pairs.
        if isinstance(data.get("name"), str) and isinstance(data.get("value"), str):
            yield (*path, data["name"]), data["value"]
    elif isinstance(data, list):
        for place, value in enumerate(data):
            yield from _leaves(value, (*path, str(place)))
    else:
        yield path, data
