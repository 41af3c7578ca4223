"""Documents that other systems send by signed requests (Standard Webhooks)."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from common.errors import InvoicesiteError, NotFound
from processing.errors import FileTooLarge
from processing.models import InboundMessage, InboundSource, ProcessingJob
from processing.services.documents import Origin, max_bytes_of, submit_document
from processing.services.submitting import submit_url

OLD_SECRET_VALID = timedelta(hours=24)  # time for a sender to take over a new secret


class SignatureRefused(InvoicesiteError):
    code = "signature_refused"
    http_status = 401
    default_message = "The signature or timestamp of the message is not valid."


class MessageInvalid(InvoicesiteError):
    code = "invalid_request"
    http_status = 400
    default_message = "The message must be JSON with data.content (base64) or data.url."


def receive_message(*, source_id: UUID, headers: Mapping[str, str], body: bytes) -> tuple[ProcessingJob, bool]:
    """The job for the document of a signed message, and whether it was made now. The same message again (a repeat by
    the sender, or a replay by somebody else) gives the first job and does nothing.

    Raises NotFound for a source that is not there or not active, SignatureRefused, MessageInvalid, and the errors of
    ``submit_document`` and ``submit_url``.
    """
    source = InboundSource.objects.filter(id=source_id, active=True).first()
    if source is None:
        raise NotFound("Unknown source.")
    message_id = _verify(source, headers, body)
    earlier = InboundMessage.objects.filter(source=source, message_id=message_id).select_related("job").first()
    if earlier is not None:
        return earlier.job, False
    data = _data_of(body)
    filename = data.get("filename") or ""
    common: dict[str, Any] = {
        "kind": source.kind,
        "owner_id": source.owner_id,
        "origin": Origin(source="webhook", detail={"source": source.name, "message_id": message_id}),
    }
    if "url" in data:
        submission = submit_url(url=data["url"], filename=filename, **common)
    else:
        content = _decoded(data["content"], max_bytes_of(source.kind))
        submission = submit_document(
            data=content, filename=filename, declared_type=data.get("content_type") or "", **common
        )
    # Of two deliveries at the same moment both may come here: their bytes are the same document and the same job.
    InboundMessage.objects.get_or_create(source=source, message_id=message_id, defaults={"job": submission.job})
    return submission.job, not submission.seen_before


def change_secret(*, source: InboundSource, before: str) -> None:
    """Save a source whose secret was ``before``: what the sender still signs with that one is taken for a day."""
    source.previous_secret, source.previous_secret_until = before, timezone.now() + OLD_SECRET_VALID
    source.save()


def _verify(source: InboundSource, headers: Mapping[str, str], body: bytes) -> str:
    """The id of a message that was signed with the source's secret within the last five minutes."""
    names = ("webhook-id", "webhook-timestamp", "webhook-signature")
    given = {name: headers.get(name, "") for name in names}
    for secret in source.secrets_now():
        try:
            Webhook(secret).verify(body, given, json_parse=False)
            break
        except (WebhookVerificationError, ValueError, RuntimeError):  # also headers and bodies that cannot be parsed
            continue
    else:
        raise SignatureRefused
    if len(given["webhook-id"]) > 255:
        raise SignatureRefused("The message id is too long.")
    return given["webhook-id"]


def _data_of(body: bytes) -> dict[str, str]:
    try:
        message = json.loads(body)
    except (ValueError, RecursionError):
        raise MessageInvalid from None
    data = message.get("data") if isinstance(message, dict) else None
    if not isinstance(data, dict) or ("url" in data) == ("content" in data):
        raise MessageInvalid
    known = {name: data[name] for name in ("url", "content", "filename", "content_type") if data.get(name) is not None}
    if not all(isinstance(value, str) for value in known.values()) or not ({"url", "content"} & set(known)):
        raise MessageInvalid
    return known


def _decoded(content: str, max_bytes: int) -> bytes:
    if len(content) > max_bytes * 4 // 3 + 4:
        raise FileTooLarge(f"The file may be at most {max_bytes / 1_000_000:g} MB.")
    try:
        return base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError):
        raise MessageInvalid("data.content is not base64.") from None
