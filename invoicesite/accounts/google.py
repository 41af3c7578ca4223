"""Id tokens of the OpenID provider (Google): believed after all that OpenID Connect Core 1.0, 3.1.3.7 asks for."""

from __future__ import annotations

import time
from functools import cache
from typing import Any

import jwt
import requests
from django.conf import settings
from django.utils.crypto import constant_time_compare

from invoicesite.accounts.errors import IdentityInvalid, ProviderUnavailable, SignInNotConfigured

TIMEOUT_SECONDS = 5.0
CONFIGURATION_SECONDS = 3600.0  # how long the provider's addresses are taken as known
LEEWAY_SECONDS = 30  # clocks differ
ALGORITHMS = ["RS256"]  # named here, never taken from the token


def verified_claims(id_token: str, *, nonce: str = "") -> dict[str, Any]:
    """The claims of a token that was made for this site and is valid now. Raises IdentityInvalid,
    ProviderUnavailable, and SignInNotConfigured where GOOGLE_OAUTH2_KEY is unset."""
    audience, issuer = settings.GOOGLE_OAUTH2_KEY, settings.GOOGLE_OIDC_ISSUER.rstrip("/")
    if not audience:
        raise SignInNotConfigured
    try:
        key = _signing_key(_keys(_jwks_address(issuer)), id_token)
        claims: dict[str, Any] = jwt.decode(
            id_token,
            key.key,
            algorithms=ALGORITHMS,
            audience=audience,
            # Google writes its name with and without the scheme.
            issuer=[issuer, issuer.partition("://")[2]],
            leeway=LEEWAY_SECONDS,
            options={"require": ["exp", "iat", "iss", "aud", "sub"]},
        )
    except jwt.PyJWKClientConnectionError as error:
        raise ProviderUnavailable from error
    except (jwt.PyJWTError, UnicodeError, ValueError) as error:
        raise IdentityInvalid from error
    if isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and claims.get("azp") != audience:
        raise IdentityInvalid
    if nonce and not constant_time_compare(str(claims.get("nonce", "")), nonce):
        raise IdentityInvalid("The token was issued for another sign-in.")
    return claims


def _signing_key(keys: jwt.PyJWKClient, id_token: str) -> jwt.PyJWK:
    if jwt.get_unverified_header(id_token).get("kid") is not None:
        return keys.get_signing_key_from_jwt(id_token)
    # The id of the key may be left out where the provider has one only (OpenID Connect Core 1.0, 10.1).
    known = keys.get_signing_keys()
    if len(known) != 1:
        raise IdentityInvalid
    return known[0]


@cache
def _keys(address: str) -> jwt.PyJWKClient:
    return jwt.PyJWKClient(address, timeout=TIMEOUT_SECONDS)


_configurations: dict[str, tuple[float, str]] = {}


def _jwks_address(issuer: str) -> str:
    """Where the provider's keys are (OpenID Connect Discovery 1.0, 4)."""
    known = _configurations.get(issuer)
    if known is not None and known[0] > time.monotonic():
        return known[1]
    try:
        answer = requests.get(f"{issuer}/.well-known/openid-configuration", timeout=TIMEOUT_SECONDS)
        answer.raise_for_status()
        address = str(answer.json()["jwks_uri"])
    except (requests.RequestException, ValueError, KeyError, TypeError) as error:
        raise ProviderUnavailable from error
    _configurations[issuer] = (time.monotonic() + CONFIGURATION_SECONDS, address)
    return address
