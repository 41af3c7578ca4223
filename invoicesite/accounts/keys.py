"""Personal API keys: made, found again, revoked."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from common.errors import InvalidState, InvoicesiteError, NotFound
from common.roles import has_role
from invoicesite.accounts.models import ApiKey
from invoicesite.accounts.people import key_with_owner
from invoicesite.accounts.scopes import ROLE_OF_SCOPE, Scope

MARK = "inv_"  # by which scanners of published code know what they found
PREFIX_LENGTH = len(MARK) + 8
MAX_KEYS = 20  # of one person, not revoked
SEEN_EVERY = timedelta(minutes=1)


class ScopeNotYours(InvoicesiteError):
    code = "scope_not_yours"
    http_status = 403
    default_message = "Your role does not allow a key with this scope."


def create_api_key(
    *, owner: Any, name: str, scopes: Collection[str], expires_at: datetime | None = None
) -> tuple[ApiKey, str]:
    """A new key and its text, which is shown now and never again. Raises ScopeNotYours for a scope above the owner's
    role, and InvalidState where the name is taken or the owner has ``MAX_KEYS`` already."""
    wanted = [scope for scope in Scope if scope in set(scopes)]
    for scope in wanted:
        if not has_role(owner, ROLE_OF_SCOPE[scope]):
            raise ScopeNotYours(f"Your role does not allow a key with the scope “{scope}”.")
    if ApiKey.objects.filter(owner=owner, revoked_at__isnull=True).count() >= MAX_KEYS:
        raise InvalidState(f"You have {MAX_KEYS} keys already. Revoke one that you no longer use.")
    text = MARK + secrets.token_urlsafe(32)
    try:
        with transaction.atomic():
            key = ApiKey.objects.create(
                owner=owner,
                name=name,
                prefix=text[:PREFIX_LENGTH],
                digest=digest_of(text),
                scopes=[str(scope) for scope in wanted],
                expires_at=expires_at,
            )
    except IntegrityError as error:
        raise InvalidState(f"You already have a key named “{name}”.") from error
    return key, text


def key_of_text(text: str) -> ApiKey | None:
    """The key, with its owner, whatever its state; None where there is none like it."""
    key = key_with_owner(text[:PREFIX_LENGTH])
    return key if key is not None and constant_time_compare(key.digest, digest_of(text)) else None


def is_live(key: ApiKey) -> bool:
    """Not revoked, not expired, and its owner's account is open."""
    expired = key.expires_at is not None and key.expires_at <= timezone.now()
    return key.revoked_at is None and not expired and key.owner.is_active


def note_use(key: ApiKey) -> None:
    """Write down that the key was used, at most once a minute: not every read should be a write."""
    now = timezone.now()
    if key.last_used_at is None or key.last_used_at <= now - SEEN_EVERY:
        stale = Q(last_used_at__isnull=True) | Q(last_used_at__lte=now - SEEN_EVERY)
        ApiKey.objects.filter(stale, pk=key.pk).update(last_used_at=now)


def revoke_api_key(*, owner: Any, key_id: UUID) -> None:
    """From now on the key opens nothing; a key that is revoked stays so. Raises NotFound for a key of somebody else."""
    keys = ApiKey.objects.filter(owner=owner, pk=key_id)
    if not keys.filter(revoked_at__isnull=True).update(revoked_at=Now()) and not keys.exists():
        raise NotFound


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
