"""Outlook messages (.msg, [MS-OXMSG]): headers and body as rows like those of an e-mail; attachments are documents of
their own."""

from __future__ import annotations

import io
from typing import Any

from common.errors import InvoicesiteError
from invoices.records import Place
from processing.content.records import Cell, DocumentContent, Page, Row
from processing.errors import CorruptFile, EmptyFile
from processing.readers import media_types
from processing.readers.blocks import clean_text
from processing.readers.detect import detect_media_type
from processing.readers.limits import DEFAULT_LIMITS, ReadLimits
from processing.readers.mail_body import body_rows

_MAX_ATTACHMENTS = 200
_MIN_PICTURE_BYTES = 20_000  # as in e-mails: smaller ones are logos of signatures
# Whatever a damaged file makes the library stumble over.
_FAULTS = (ValueError, TypeError, KeyError, IndexError, AttributeError, OSError, EOFError, LookupError, OverflowError)


def read_msg(data: bytes, *, limits: ReadLimits = DEFAULT_LIMITS) -> DocumentContent:
    """One page: sender, date and subject, then the body. Raises CorruptFile, and EmptyFile
    where neither a body nor an attachment is there."""
    message = _opened(data)
    try:
        sender, subject = clean_text(message.sender or ""), clean_text(message.subject or "")
        sent = message.sent_date.isoformat() if message.sent_date else ""
        body, html = message.body or "", message.html_body or ""
    except _FAULTS as error:
        raise CorruptFile("The Outlook message is damaged.") from error
    rows: list[Row] = []
    for name, value in (("From", sender), ("Date", sent), ("Subject", subject)):
        if value:
            place = Place(page=1, path=f"header:{name}")
            rows.append(Row(len(rows) + 1, 1, (Cell(f"{name}:", place, 0), Cell(value, place, 1))))
    plain, shown = (text.encode(errors="replace") for text in (body, html))
    for row in body_rows(plain, shown, limits=limits):
        rows.append(Row(len(rows) + 1, 1, row.cells, row.table))
    attachments = attachments_of_msg(data)
    if not rows and not attachments:
        raise EmptyFile("The message holds nothing.")
    metadata = {
        "sender": sender,
        "subject": subject,
        "date": sent,
        "attachments": "\n".join(name for name, _, _ in attachments),
    }
    return DocumentContent(media_types.MSG, (Page(1, tuple(rows)),), metadata={k: v for k, v in metadata.items() if v})


def attachments_of_msg(data: bytes) -> list[tuple[str, str, bytes]]:
    """(name, media type by content, bytes) of each attachment that can become a document. Raises CorruptFile."""
    message = _opened(data)
    found: list[tuple[str, str, bytes]] = []
    try:
        attachments = list(message.attachments)[:_MAX_ATTACHMENTS]
    except _FAULTS as error:
        raise CorruptFile("The Outlook message is damaged.") from error
    for attachment in attachments:
        try:
            name, content = clean_text(attachment.file_name or "")[:255], attachment.file_bytes
        except _FAULTS:
            continue  # by reference, or damaged: the others can be read all the same
        if not content:
            continue
        try:
            media_type = detect_media_type(content, filename=name)
        except InvoicesiteError:
            continue  # signatures, calendars: whatever is no document does not stop the others
        if media_type in media_types.IMAGES and len(content) < _MIN_PICTURE_BYTES:
            continue
        found.append((name or f"attachment-{len(found) + 1}", media_type, content))
    return found


def _opened(data: bytes) -> Any:
    from oxmsg import Message

    try:
        return Message.load(io.BytesIO(data))
    except _FAULTS as error:
        raise CorruptFile("The Outlook message is damaged.") from error
