"""Secrets of Azure Key Vault: a variable of the environment that holds ``keyvault:NAME`` has the value of that secret.

REST API 7.4, "Get Secret"; https://learn.microsoft.com/rest/api/keyvault/secrets/get-secret
"""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import urlsplit

import requests

from common.managed_identity import KEY_VAULT, IdentityUnavailable, token_for

PREFIX = "keyvault:"
_API_VERSION = "7.4"
_TIMEOUT_SECONDS = 10.0
_NAME = re.compile(r"[0-9A-Za-z-]{1,127}")


class SecretUnavailable(Exception):
    """The secret cannot be had; the message names it, never its value."""


@cache
def secret(name: str, *, vault_url: str, client_id: str) -> str:
    """The newest value, asked for once in a process. Raises SecretUnavailable."""
    if not _NAME.fullmatch(name):
        raise SecretUnavailable("names of secrets are letters, digits and hyphens")
    if urlsplit(vault_url).scheme != "https":
        raise SecretUnavailable("AZURE_KEY_VAULT_URL must be set, with https")
    try:
        token = token_for(KEY_VAULT, client_id=client_id)
        reply = requests.get(
            f"{vault_url.rstrip('/')}/secrets/{name}",
            params={"api-version": _API_VERSION},
            headers={"Authorization": f"Bearer {token}"},
            timeout=_TIMEOUT_SECONDS,
            allow_redirects=False,
        )
        if reply.status_code != 200:
            raise SecretUnavailable(f"the vault answers {reply.status_code} for the secret {name}")
        return str(reply.json()["value"])
    except IdentityUnavailable as error:
        raise SecretUnavailable(str(error)) from error
    except (requests.RequestException, ValueError, KeyError, TypeError) as error:
        raise SecretUnavailable(f"the vault does not answer for the secret {name} ({type(error).__name__})") from error
