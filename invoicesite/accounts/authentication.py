"""Tokens and API keys at the door: ``Authorization: Bearer …``, for keys also ``X-API-Key: inv_…``. The scopes of keys
are checked here, for every endpoint at once."""

from __future__ import annotations

from typing import Any

from django.utils.crypto import constant_time_compare
from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request
from rest_framework_simplejwt.authentication import JWTAuthentication
from rest_framework_simplejwt.exceptions import AuthenticationFailed, InvalidToken
from rest_framework_simplejwt.settings import api_settings
from rest_framework_simplejwt.tokens import Token
from rest_framework_simplejwt.utils import get_md5_hash_password

from common.errors import InvoicesiteError
from invoicesite.accounts import keys
from invoicesite.accounts.limits import Rate, address_of, take, wait_of
from invoicesite.accounts.models import ApiKey
from invoicesite.accounts.people import person_of
from invoicesite.accounts.scopes import scope_for

# Keys that never were, from one address. What was a key once (expired, revoked) is a mistake and no guess: it must not
# lock out the other programs of an office.
GUESSES: Rate = (20, 900)


class TokenAuthentication(JWTAuthentication):
    """Simple JWT's own, which finds the account together with its roles."""

    def get_user(self, validated_token: Token) -> Any:
        claim = validated_token.get(api_settings.USER_ID_CLAIM)
        if claim is None:
            raise InvalidToken("This token belongs to no account.")
        user = person_of(int(claim))
        if user is None:
            raise AuthenticationFailed("User not found", code="user_not_found")
        if not user.is_active:
            raise AuthenticationFailed("User is inactive", code="user_inactive")
        shown = str(validated_token.get(api_settings.REVOKE_TOKEN_CLAIM, ""))
        if not constant_time_compare(shown, get_md5_hash_password(user.password)):
            raise AuthenticationFailed("The user's password has been changed.", code="password_changed")
        return user


class ScopeMissing(InvoicesiteError):
    code = "scope_missing"
    http_status = 403
    default_message = "This key lacks the required scope."


class ApiKeyAuthentication(BaseAuthentication):
    def authenticate(self, request: Request) -> tuple[Any, ApiKey] | None:
        text = _key_text(request)
        if text is None:
            return None
        guesses = f"guess:{address_of(request)}"
        if (wait := wait_of(guesses, GUESSES)) > 0:
            raise exceptions.Throttled(wait, "Too many unknown keys were sent from this address.")
        key = keys.key_of_text(text)
        if key is None:
            take(guesses, GUESSES)
            raise exceptions.AuthenticationFailed("Unknown key.")
        if not keys.is_live(key):
            raise exceptions.AuthenticationFailed("This key is no longer valid.")
        scope = scope_for(request.method or "", request.path)
        if scope is None:
            raise ScopeMissing("API keys are not accepted here. Sign in instead.")
        if scope not in key.scopes:
            raise ScopeMissing(f"This key lacks the scope “{scope}”.")
        keys.note_use(key)
        return key.owner, key

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'


def _key_text(request: Request) -> str | None:
    given = request.headers.get("X-API-Key", "").strip()
    if given:
        return given
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    token = token.strip()
    return token if scheme.lower() == "bearer" and token.startswith(keys.MARK) else None
