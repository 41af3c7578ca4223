"""Sign-in with Google in the browser: OpenID Connect's code flow by social-auth, our own rule for whose account it is.

The provider's addresses come from its discovery document (OpenID Connect Discovery 1.0) at GOOGLE_OIDC_ISSUER, so that
tests sign in at a provider of their own. Tokens are not kept: who signed in is all that is asked.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User
from django.http import HttpRequest
from social_core.backends.open_id_connect import OpenIdConnectAuth

from invoicesite.accounts.services import account_for_identity

PROVIDER = "google"


class GoogleSignIn(OpenIdConnectAuth):  # type: ignore[type-arg]  # its parameter is no class at run time
    """``/auth/login/google/``. State, nonce and PKCE bind the answer to the browser that asked (RFC 9700, 2.1)."""

    name = PROVIDER
    title = "Google"
    DEFAULT_USE_PKCE = True
    PROMPT = "select_account"  # people have several accounts: which one is asked, not guessed
    EXTRA_DATA: list[Any] = []

    def oidc_endpoint(self) -> str:
        return str(settings.GOOGLE_OIDC_ISSUER).rstrip("/")

    def get_key_and_secret(self) -> tuple[str, str]:
        return settings.GOOGLE_OAUTH2_KEY, settings.GOOGLE_OAUTH2_SECRET


def account_of_identity(backend: GoogleSignIn, uid: str, response: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Step of the pipeline: the account by the rule that the API has too. Raises SignInRefused."""
    claims = {**response, **(backend.id_token or {})}
    user = account_for_identity(
        provider=PROVIDER,
        subject=uid,
        email=str(claims.get("email") or ""),
        # Providers other than Google have been seen to send the word.
        email_verified=claims.get("email_verified") in (True, "true"),
        name=str(claims.get("name") or ""),
        domain=str(claims.get("hd") or ""),
    )
    return {"user": user, "is_new": user.last_login is None}


class LocalAccounts(ModelBackend):
    """Names and passwords of this site, unless LOCAL_ACCOUNTS switches them off; rights in any case."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:  # type: ignore[override]
        return super().authenticate(request, **credentials) if settings.LOCAL_ACCOUNTS else None
