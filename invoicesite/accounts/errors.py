"""Why somebody is not let in."""

from __future__ import annotations

from common.errors import InvoicesiteError


class SignInRefused(InvoicesiteError):
    """Who this is, is known; this site has no place for them."""

    code = "sign_in_refused"
    http_status = 403
    default_message = "This account cannot sign in here."


class AddressNotVerified(SignInRefused):
    code = "email_not_verified"
    default_message = "The provider has not verified this account's e-mail address."


class DomainNotAllowed(SignInRefused):
    code = "domain_not_allowed"
    default_message = "Accounts of this domain cannot sign in here."


class AccountClosed(SignInRefused):
    code = "account_closed"
    default_message = "This account is closed. An administrator can reopen it."


class AddressAmbiguous(SignInRefused):
    code = "address_ambiguous"
    default_message = "Several accounts have this e-mail address. Ask an administrator which one is yours."


class IdentityInvalid(InvoicesiteError):
    """The token of a provider that cannot be believed."""

    code = "identity_invalid"
    http_status = 401
    default_message = "The token is invalid or has expired."


class ProviderUnavailable(InvoicesiteError):
    code = "provider_unavailable"
    http_status = 503
    permanent = False
    default_message = "The sign-in provider is not responding. Try again in a moment."


class SignInNotConfigured(InvoicesiteError):
    code = "not_configured"
    http_status = 404
    default_message = "Sign-in with Google is not set up here."
