"""What people read when a sign-in with Google does not end in one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import structlog
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from social_core.exceptions import (
    AuthCanceled,
    AuthConfigurationError,
    AuthInputError,
    AuthProviderError,
    AuthSessionError,
    SocialAuthBaseException,
)

from invoicesite.accounts.errors import SignInRefused

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class SignInProblem:
    """``status`` of the answer, and what the page says and advises."""

    code: str
    status: int
    title: str
    text: str
    advice: str


CANCELLED = SignInProblem(
    "cancelled", 403, "Sign-in cancelled",
    "You stopped signing in at Google; nothing was shared with this site.",
    "Start again whenever you like.",
)  # fmt: skip
NOT_CONFIRMED = SignInProblem(
    "not_confirmed", 400, "This sign-in could not be confirmed",
    "It was not started in this browser. This happens with an old or forwarded link, or when cookies are blocked.",
    "Start again from the sign-in page.",
)  # fmt: skip
EXPIRED = SignInProblem(
    "expired", 403, "This sign-in has expired",
    "Google's response was no longer valid when it arrived.",
    "Start again. If it keeps happening, the clock of this site or of your device may be wrong.",
)  # fmt: skip
UNREACHABLE = SignInProblem(
    "unreachable", 503, "Google is not responding",
    "The sign-in could not be finished because Google could not be reached.",
    "Try again in a moment.",
)  # fmt: skip
INVALID = SignInProblem(
    "invalid", 403, "This sign-in is not valid",
    "Google's response could not be verified, so you were not signed in.",
    "Start again. If it keeps happening, tell an administrator.",
)  # fmt: skip
MISCONFIGURED = SignInProblem(
    "misconfigured", 503, "Sign-in with Google is misconfigured",
    "The settings of this site and of Google do not match.",
    "Tell an administrator; the site's logs have the details.",
)  # fmt: skip


class SignInProblems:
    """Middleware: the exceptions of a sign-in become pages. Everything else passes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, SignInRefused):
            problem = refused(error)
        elif isinstance(error, SocialAuthBaseException):
            problem = described(error)
        else:
            return None
        log.info("sign_in_failed", problem=problem.code, error=type(error).__name__, detail=getattr(error, "code", ""))
        return render(request, "web/accounts/sign_in_problem.html", {"problem": problem}, status=problem.status)


def refused(error: SignInRefused) -> SignInProblem:
    return SignInProblem(
        error.code,
        error.http_status,
        "You cannot sign in here",
        error.message,
        "Sign in with another account, or ask an administrator to let you in.",
    )


def described(error: SocialAuthBaseException) -> SignInProblem:
    """Which of the pages an exception of social-auth gets."""
    code = getattr(error, "code", "")
    if isinstance(error, AuthCanceled):
        return CANCELLED
    if code == "response_expired":
        return EXPIRED
    if isinstance(error, AuthSessionError | AuthInputError) or "state" in code:
        return NOT_CONFIRMED
    if isinstance(error, AuthConfigurationError):
        return MISCONFIGURED
    return UNREACHABLE if isinstance(error, AuthProviderError) else INVALID
