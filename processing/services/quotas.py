"""How much one person may submit in a UTC day. Counted before the bytes are stored, given back where none came in."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone

from common.roles import Role, has_role
from processing.errors import Throttled
from processing.models import UploadDay

_TAKE = """
INSERT INTO processing_uploadday AS d (owner_id, day, documents, size_bytes)
VALUES (%(owner)s, %(day)s, 1, %(size)s)
ON CONFLICT (owner_id, day) DO UPDATE SET documents = d.documents + 1, size_bytes = d.size_bytes + %(size)s
WHERE d.documents < %(documents)s AND d.size_bytes + %(size)s <= %(bytes)s
RETURNING 1
"""
_NO_LIMIT = 2**62


class QuotaExceeded(Throttled):
    code = "quota_exceeded"
    default_message = "You have reached your daily limit. It resets at midnight UTC."

    @property
    def retry_after_seconds(self) -> int:
        now = timezone.now()
        midnight = datetime.combine(now.date() + timedelta(days=1), time(), UTC)
        return int((midnight - now).total_seconds()) + 1


def take_upload(*, user: Any, size_bytes: int) -> None:
    """Count one document of today. Raises QuotaExceeded; then nothing is counted. Admins have no limit."""
    documents, size_limit = quota_of(user)
    if size_bytes > size_limit:
        raise QuotaExceeded
    values = {
        "owner": user.pk,
        "day": timezone.now().date(),
        "size": size_bytes,
        "documents": documents,
        "bytes": size_limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, values)
        if cursor.rowcount != 1:
            raise QuotaExceeded


def correct_upload(*, user: Any, documents: int, size_bytes: int) -> None:
    """Add to what was counted today, or take from it: the size of what was fetched, a document that was refused."""
    UploadDay.objects.filter(owner=user, day=timezone.now().date()).update(
        documents=Greatest(F("documents") + documents, 0), size_bytes=Greatest(F("size_bytes") + size_bytes, 0)
    )


def quota_of(user: Any) -> tuple[int, int]:
    """Documents and bytes a day."""
    if has_role(user, Role.ADMIN):
        return _NO_LIMIT, _NO_LIMIT
    megabytes = settings.UPLOAD_QUOTA_MB * 1024 * 1024
    return settings.UPLOAD_QUOTA_DOCUMENTS or _NO_LIMIT, megabytes or _NO_LIMIT


def forget_old_days() -> int:
    """Delete the counts of days that are over; gives how many."""
    return UploadDay.objects.filter(day__lt=timezone.now().date() - timedelta(days=7)).delete()[0]
