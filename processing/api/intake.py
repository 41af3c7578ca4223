"""From a request to a submission, for a single document and for one of a batch."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from processing.api.serializers import SubmitSerializer
from processing.errors import FileTooLarge
from processing.models import Batch
from processing.services.documents import Origin, Submission, max_bytes_of, submit_document
from processing.services.intake_telling import intake_counted
from processing.services.quotas import correct_upload, take_upload
from processing.services.submitting import submit_blob, submit_url

# Uploads wait on disk until it is their turn to be checked and stored: as many are in memory at once, of 25 MB at most
# each, however many people send. Fetching waits for others, so that it has places of its own.
_uploads = threading.BoundedSemaphore(3)
_fetches = threading.BoundedSemaphore(6)


def submit(form: SubmitSerializer, request: Request, *, kind: str, batch: Batch | None = None) -> Submission:
    """Submit what the form names. Counts it against the day of its owner. Raises QuotaExceeded and the errors of
    ``submit_document``."""
    data, user = form.validated_data, request.user
    if sum(len(files) for _, files in request.FILES.lists()) > 1:
        raise ValidationError({"file": ["Send one file a request."]})
    common: dict[str, Any] = {
        "kind": kind,
        "options": form.job_options(in_batch=batch is not None),
        "batch": batch,
        "anew": data["on_duplicate"] == "anew",
        "refuse_duplicate": data["on_duplicate"] == "refuse",
    }
    file = data.get("file")
    size = 0 if file is None else file.size
    with intake_counted(kind):
        if size > max_bytes_of(kind):
            raise FileTooLarge(f"A file of this kind may be at most {max_bytes_of(kind) / 1_000_000:g} MB.")
        take_upload(user=user, size_bytes=size)
    taken = False
    try:
        if "url" in data:
            submission = _in_turn(_fetches, lambda: submit_url(url=data["url"], owner_id=user.pk, **common))
        elif "blob" in data:
            submission = _in_turn(_fetches, lambda: submit_blob(key=data["blob"], user=user, **common))
        else:
            submission = _in_turn(_uploads, lambda: _submit_file(file, user.pk, common))
        taken = not submission.seen_before
    finally:
        if not taken:
            correct_upload(user=user, documents=-1, size_bytes=-size)
    if file is None and taken:
        correct_upload(user=user, documents=0, size_bytes=submission.document.size_bytes)
    return submission


def _submit_file(file: Any, owner_id: int | None, common: dict[str, Any]) -> Submission:
    return submit_document(
        data=file.read(),
        filename=file.name or "",
        declared_type=file.content_type or "",
        owner_id=owner_id,
        origin=Origin(source="upload"),
        **common,
    )


def _in_turn(places: threading.BoundedSemaphore, work: Callable[[], Submission]) -> Submission:
    if not connection.in_atomic_block:
        connection.close()  # back to the pool while this thread waits for its turn
    with places:
        return work()
