"""Whose account a person of an OpenID provider has: one rule for the browser and the API."""

from __future__ import annotations

import uuid

import structlog
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.db import IntegrityError, transaction

from invoicesite.accounts.errors import AccountClosed, AddressAmbiguous, AddressNotVerified, DomainNotAllowed
from invoicesite.accounts.models import Identity

log = structlog.get_logger(__name__)

USERNAME_LENGTH = 150


def account_for_identity(
    *, provider: str, subject: str, email: str, email_verified: bool, name: str = "", domain: str = ""
) -> User:
    """The account of a person that ``provider`` vouches for; made at the first sign-in, with the role SIGN_IN_ROLE.

    ``subject`` is the provider's own id (``sub``), ``domain`` the organisation that the account belongs to (``hd`` of
    Google), empty for a private account. A person seen before is known by the subject; else an account with the same
    address is linked, which takes an address that the provider has verified. Where GOOGLE_ALLOWED_DOMAINS is set,
    ``domain`` must be in it: the address alone does not show that its owner still belongs there (Google Identity,
    "Verify the Google ID token on your server side"). Raises AddressNotVerified, DomainNotAllowed, AccountClosed and
    AddressAmbiguous, all SignInRefused.
    """
    if not email_verified or not email:
        raise AddressNotVerified
    allowed = {each.casefold() for each in settings.GOOGLE_ALLOWED_DOMAINS}
    if allowed and domain.casefold() not in allowed:
        raise DomainNotAllowed
    try:
        with transaction.atomic():
            user = _account(provider=provider, subject=subject, email=email, name=name)
    except IntegrityError:  # the same person signs in twice at this moment: the other one made the account
        user = _account(provider=provider, subject=subject, email=email, name=name)
    if not user.is_active:
        raise AccountClosed
    return user


def _account(*, provider: str, subject: str, email: str, name: str) -> User:
    known = Identity.objects.select_related("user").filter(provider=provider, subject=subject).first()
    if known is not None:
        if known.email != email:
            known.email = email
            known.save(update_fields=["email"])
        return known.user
    with_address = list(User.objects.filter(email__iexact=email)[:2])
    if len(with_address) > 1:
        raise AddressAmbiguous
    user = with_address[0] if with_address else _new_account(email, name)
    Identity.objects.create(user=user, provider=provider, subject=subject, email=email)
    log.info("identity_linked", provider=provider, user_id=user.pk, new_account=not with_address)
    return user


def _new_account(email: str, name: str) -> User:
    username = email.lower()[:USERNAME_LENGTH]
    if User.objects.filter(username__iexact=username).exists():
        username = f"{username[: USERNAME_LENGTH - 9]}-{uuid.uuid4().hex[:8]}"
    first, _, last = name.strip().partition(" ")
    user = User.objects.create_user(username, email=email, first_name=first[:150], last_name=last.strip()[:150])
    user.groups.add(Group.objects.get_or_create(name=settings.SIGN_IN_ROLE)[0])
    return user
