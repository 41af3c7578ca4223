"""Documents that come by an address or lie in the bucket already: fetched, then submitted like any other."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings

from common.errors import NotFound
from common.roles import sees_everything
from invoices.records import Kind
from processing.models import Batch
from processing.net.fetching import fetch_url
from processing.readers.media_types import SUFFIXES
from processing.services.documents import JobOptions, Origin, Submission, max_bytes_of, submit_document
from processing.services.intake_telling import intake_counted
from processing.storage import INBOX, inbox_bytes


def submit_url(
    *,
    url: str,
    kind: Kind,
    owner_id: int | None,
    options: JobOptions | None = None,
    origin: Origin | None = None,
    filename: str = "",
    batch: Batch | None = None,
    anew: bool = False,
    refuse_duplicate: bool = False,
) -> Submission:
    """Fetch a document from the web, within the bounds of ``fetch_url``, and submit it. Raises its errors and those of
    ``submit_document``."""
    with intake_counted(kind):
        fetched = fetch_url(url, max_bytes=max_bytes_of(kind), suffixes=SUFFIXES, allow_http=settings.ALLOW_HTTP_FETCH)
    origin = origin or Origin(source="url")
    detail = {**origin.detail, "url": shown_url(url)}
    return submit_document(
        data=fetched.data,
        filename=filename or fetched.filename,
        declared_type=fetched.content_type,
        kind=kind,
        owner_id=owner_id,
        origin=Origin(source=origin.source, detail=detail, parent=origin.parent),
        options=options,
        batch=batch,
        anew=anew,
        refuse_duplicate=refuse_duplicate,
    )


def submit_blob(
    *,
    key: str,
    kind: Kind,
    user: Any,
    options: JobOptions | None = None,
    batch: Batch | None = None,
    anew: bool = False,
    refuse_duplicate: bool = False,
) -> Submission:
    """Submit a copy of a file that was put into the bucket under ``inbox/<user id>/``; staff and admins take any under
    ``inbox/``. Raises NotFound for all other keys, and the errors of ``submit_document``."""
    own = f"{INBOX}{user.pk}/"
    if not key.startswith(own) and not sees_everything(user):
        raise NotFound(f"File not found. Your files are taken from {own}.")
    return submit_document(
        data=inbox_bytes(key=key, max_bytes=max_bytes_of(kind)),
        filename=key.rpartition("/")[2],
        kind=kind,
        owner_id=user.pk,
        origin=Origin(source="blob", detail={"key": key}),
        options=options,
        batch=batch,
        anew=anew,
        refuse_duplicate=refuse_duplicate,
    )


def shown_url(url: str) -> str:
    """An address without what may be secret in it: user, password, query and fragment."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return f"{parts.scheme}://{host}{unquote(parts.path)}"[:500]
