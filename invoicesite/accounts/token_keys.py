"""Access and refresh tokens that outlive a change of the secret key."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from rest_framework_simplejwt import state
from rest_framework_simplejwt.backends import TokenBackend
from rest_framework_simplejwt.exceptions import TokenBackendError, TokenBackendExpiredToken
from rest_framework_simplejwt.settings import api_settings


class KeyRing(TokenBackend):
    """Signs with the secret key, and takes what was signed with one of ``SECRET_KEY_FALLBACKS``, as Django's own
    signatures do."""

    def __init__(self) -> None:
        super().__init__(api_settings.ALGORITHM, api_settings.SIGNING_KEY, leeway=api_settings.LEEWAY)

    def decode(self, token: Any, verify: bool = True) -> dict[str, Any]:
        try:
            return super().decode(token, verify)
        except TokenBackendExpiredToken:
            raise
        except TokenBackendError as refused:
            for key in settings.SECRET_KEY_FALLBACKS:
                try:
                    return TokenBackend(self.algorithm, key, leeway=self.leeway).decode(token, verify)
                except TokenBackendExpiredToken:
                    raise
                except TokenBackendError:
                    continue
            raise refused


def use_key_ring() -> None:
    """Every token class looks its keys up in this one place of the library."""
    state.token_backend = KeyRing()
