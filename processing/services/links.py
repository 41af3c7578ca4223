"""Time-limited links to the bytes of documents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth import get_user_model
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from common.errors import NotFound
from processing.models import Document
from processing.queries import document_of
from processing.storage import signed_url

LINK_SECONDS = 300
MAX_LINK_SECONDS = 3600
_SALT = "document-file"


@dataclass(frozen=True, slots=True)
class Link:
    """``url`` is absolute for a bucket, and a path of this site for local files."""

    url: str
    expires_at: datetime


def document_link(document: Document, *, user: Any, seconds: int = LINK_SECONDS) -> Link:
    """A link that downloads the file for ``seconds``, an hour at most.

    Where the storage signs links, the user's right is checked now; a link of our own also carries whom it was given
    to, and the right is checked again whenever it is used. Raises NotFound for a document that is not the user's or
    whose file was deleted, and StorageUnavailable.
    """
    document = readable_document(user, document.id)
    seconds = max(1, min(seconds, MAX_LINK_SECONDS))
    expires_at = timezone.now() + timedelta(seconds=seconds)
    url = signed_url(
        key=document.storage_key,
        seconds=seconds,
        filename=download_name(document),
        media_type=document.media_type,
    )
    if url is None:
        claims = {"d": str(document.id), "u": user.pk, "e": expires_at.timestamp()}
        token = signing.dumps(claims, salt=_SALT, compress=False)
        url = reverse("document-file", args=[document.id]) + "?" + urlencode({"token": token})
    return Link(url=url, expires_at=expires_at)


def document_by_token(document_id: UUID, token: str) -> Document:
    """The document that a link of our own was made for. Raises NotFound where the link is not ours, has expired, is of
    another document, or where the user it was given to may not see the document any more."""
    dead = NotFound("This link is invalid or has expired.")
    try:
        claims = signing.loads(token, salt=_SALT)
        expired = timezone.now().timestamp() >= float(claims["e"])
        same, user_id = claims["d"] == str(document_id), claims["u"]
    except (signing.BadSignature, KeyError, TypeError, ValueError):
        raise dead from None
    user = get_user_model().objects.filter(pk=user_id, is_active=True).first()
    if expired or not same or user is None:
        raise dead
    return readable_document(user, document_id)


def readable_document(user: Any, document_id: UUID) -> Document:
    """A document of the user's whose file is still there. Raises NotFound."""
    document = document_of(user, document_id)
    if document.purged_at is not None:
        raise NotFound("The file was deleted at the end of its retention period; its records are kept.")
    return document


def download_name(document: Document) -> str:
    """A name for whoever downloads it: the name it came with, else one made of its id."""
    return document.filename or f"{document.id}.{document.storage_key.rpartition('.')[2]}"
