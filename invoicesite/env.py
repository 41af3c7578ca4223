"""Typed readers of environment variables: the only place that touches `os.environ` for configuration.

Every reader returns the default when the variable is unset or empty, and raises `BadEnvironment`, which names the
variable and what it should hold, when the value cannot be used. A bad value stops the program at start. A value
may be a reference, ``keyvault:NAME`` (see `key_vault.py`).
"""

import os
from collections.abc import Iterable
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from tempfile import gettempdir
from typing import overload
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from invoicesite import key_vault

Network = IPv4Network | IPv6Network

_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"0", "false", "no", "off"})


class BadEnvironment(ImproperlyConfigured):
    """An environment variable holds a value that cannot be used; the message names it, never a secret's value."""

    def __init__(self, name: str, expected: str, given: str | None = None) -> None:
        seen = "" if given is None else f", not {given!r}"
        super().__init__(f"The environment variable {name} must be {expected}{seen}.")
        self.name = name


def _raw(name: str) -> str | None:
    value = os.environ.get(name, "").strip()
    if value.startswith(key_vault.PREFIX):
        value = _of_vault(name, value.removeprefix(key_vault.PREFIX)).strip()
    return value or None


def _of_vault(name: str, secret: str) -> str:
    url, client_id = (os.environ.get(key, "").strip() for key in ("AZURE_KEY_VAULT_URL", "AZURE_CLIENT_ID"))
    try:
        return key_vault.secret(secret, vault_url=url, client_id=client_id)
    except key_vault.SecretUnavailable as error:
        raise BadEnvironment(name, f"a secret that can be had from Azure Key Vault: {error}") from error


def is_set(name: str) -> bool:
    """Whether the variable holds anything but white space."""
    return _raw(name) is not None


@overload
def text(name: str, default: str = ...) -> str: ...
@overload
def text(name: str, default: None) -> str | None: ...
def text(name: str, default: str | None = "") -> str | None:
    """The value without surrounding white space."""
    value = _raw(name)
    return default if value is None else value


def words(name: str, default: Iterable[str] = ()) -> list[str]:
    """A list from a comma-separated value; empty entries are dropped."""
    value = _raw(name)
    if value is None:
        return list(default)
    return [word.strip() for word in value.split(",") if word.strip()]


def networks(name: str, default: Iterable[str] = ()) -> list[Network]:
    """A list of networks, as in 10.1.0.0/16,fd00::/8."""
    try:
        return [ip_network(word) for word in words(name, default)]
    except ValueError:
        raise BadEnvironment(name, "networks like 10.1.0.0/16, separated by commas", _raw(name)) from None


def writable_directory(name: str, default: Path) -> Path:
    """A directory that this process can write, made where it is missing. Where the variable is unset and the default
    cannot be had, the system's own."""
    given = _raw(name)
    candidates = [Path(given)] if given else [default]
    if not given:
        with suppress(OSError):
            candidates.append(Path(gettempdir()))
    for candidate in candidates:
        with suppress(OSError):
            candidate.mkdir(mode=0o700, parents=True, exist_ok=True)
            if os.access(candidate, os.W_OK | os.X_OK):
                return candidate
    raise BadEnvironment(name, "a directory that can be written, for uploads on their way", given)


def boolean(name: str, default: bool) -> bool:
    """1/true/yes/on or 0/false/no/off, in any case."""
    value = _raw(name)
    if value is None:
        return default
    if value.lower() in _TRUE:
        return True
    if value.lower() in _FALSE:
        return False
    raise BadEnvironment(name, "true or false", value)


@overload
def integer(name: str, default: int, *, minimum: int | None = ..., maximum: int | None = ...) -> int: ...
@overload
def integer(name: str, default: None, *, minimum: int | None = ..., maximum: int | None = ...) -> int | None: ...
def integer(name: str, default: int | None, *, minimum: int | None = None, maximum: int | None = None) -> int | None:
    """A whole number within the bounds, both inclusive."""
    value = _raw(name)
    if value is None:
        return default
    expected = "a whole number" + _bounds(minimum, maximum)
    try:
        number = int(value)
    except ValueError:
        raise BadEnvironment(name, expected, value) from None
    if (minimum is not None and number < minimum) or (maximum is not None and number > maximum):
        raise BadEnvironment(name, expected, value)
    return number


@overload
def decimal(name: str, default: str, *, minimum: str | None = ..., maximum: str | None = ...) -> Decimal: ...
@overload
def decimal(name: str, default: None, *, minimum: str | None = ..., maximum: str | None = ...) -> Decimal | None: ...
def decimal(
    name: str, default: str | None, *, minimum: str | None = None, maximum: str | None = None
) -> Decimal | None:
    """An exact decimal number with a point, within the bounds, both inclusive."""
    value = _raw(name)
    if value is None:
        return None if default is None else Decimal(default)
    expected = "a decimal number" + _bounds(minimum, maximum)
    try:
        number = Decimal(value)
    except InvalidOperation:
        raise BadEnvironment(name, expected, value) from None
    if not number.is_finite():
        raise BadEnvironment(name, expected, value)
    if (minimum is not None and number < Decimal(minimum)) or (maximum is not None and number > Decimal(maximum)):
        raise BadEnvironment(name, expected, value)
    return number


def choice(name: str, default: str, choices: Iterable[str]) -> str:
    """One of `choices`, matched without regard to case and returned as it is spelled there."""
    allowed = list(choices)
    value = _raw(name)
    if value is None:
        return default
    for option in allowed:
        if option.lower() == value.lower():
            return option
    raise BadEnvironment(name, f"one of {', '.join(allowed)}", value)


@overload
def url(name: str, default: str, schemes: Iterable[str] = ...) -> str: ...
@overload
def url(name: str, default: None, schemes: Iterable[str] = ...) -> str | None: ...
def url(name: str, default: str | None, schemes: Iterable[str] = ("http", "https")) -> str | None:
    """A URL with one of `schemes`. The value itself is not shown on error: it may hold a password."""
    value = _raw(name)
    if value is None:
        return default
    allowed = list(schemes)
    expected = f"a URL that begins with {' or '.join(f'{scheme}://' for scheme in allowed)}"
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError:
        raise BadEnvironment(name, expected) from None
    if parts.scheme not in allowed or "://" not in value or not (parts.netloc or parts.path.strip("/")):
        raise BadEnvironment(name, expected)
    return value


_PERIOD_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}


def rate(name: str, default: str) -> tuple[int, int] | None:
    """How often in how many seconds, written as `600/minute` (second, minute, hour, day); None where it is `off`."""
    value = (_raw(name) or default).lower()
    if value == "off":
        return None
    count, _, period = value.partition("/")
    if not (count.isascii() and count.isdecimal() and int(count) > 0 and period in _PERIOD_SECONDS):
        raise BadEnvironment(name, "off, or a number with its period as in 600/minute", value)
    return int(count), _PERIOD_SECONDS[period]


def _bounds(minimum: object, maximum: object) -> str:
    if minimum is not None and maximum is not None:
        return f" from {minimum} to {maximum}"
    if minimum is not None:
        return f" of at least {minimum}"
    if maximum is not None:
        return f" of at most {maximum}"
    return ""
