"""E-mail (.eml, RFC 5322 with MIME): the headers and the body as rows; attachments are documents of their own."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

from common.errors import InvoicesiteError
from invoices.records import Place
from processing.content.records import Cell, DocumentContent, Page, Row
from processing.errors import CorruptFile, EmptyFile, ExtractionFailed
from processing.readers import media_types
from processing.readers.blocks import clean_text
from processing.readers.detect import detect_media_type
from processing.readers.limits import DEFAULT_LIMITS, ReadLimits
from processing.readers.mail_body import body_rows

_SHOWN_HEADERS = ("From", "To", "Date", "Subject")
_MAX_PARTS = 200
_MAX_BOUNDARIES = 1000  # the parser of the library takes 2 ms a part
_MAX_NESTING = 5  # messages within messages
_MIN_PICTURE_BYTES = 20_000  # logos and signs in signatures are smaller than any readable scan


def read_email(data: bytes, *, limits: ReadLimits = DEFAULT_LIMITS) -> DocumentContent:
    """One page: the shown headers, then the body. ``metadata`` has ``sender``,
    ``message_id``, ``date`` (ISO 8601), ``subject`` and ``attachments``, the names one a line.

    Raises CorruptFile, and EmptyFile where neither a body nor an attachment is there.
    """
    message = parse_email(data)
    rows = [
        Row(number, 1, (Cell(f"{name}:", place, 0), Cell(value, place, 1)))
        for number, (name, value, place) in enumerate(_headers(message), start=1)
    ]
    for row in _body_rows(message, limits):
        rows.append(Row(len(rows) + 1, 1, row.cells, row.table))
    attachments = attachments_of(data)
    if len(rows) == 0 and not attachments:
        raise EmptyFile("The message is empty.")
    metadata = {
        "sender": _header(message, "From"),
        "message_id": _header(message, "Message-ID"),
        "subject": _header(message, "Subject"),
        "date": _date(message),
        "attachments": "\n".join(name for name, _, _ in attachments),
    }
    return DocumentContent(media_types.EML, (Page(1, tuple(rows)),), metadata={k: v for k, v in metadata.items() if v})


def parse_email(data: bytes) -> EmailMessage:
    """The message. Raises CorruptFile, and ExtractionFailed for more parts than any mail has."""
    if data.count(b"\n--") > _MAX_BOUNDARIES:
        raise ExtractionFailed("The message has too many parts.")
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
    except (ValueError, LookupError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise CorruptFile() from error
    if not isinstance(message, EmailMessage):
        raise CorruptFile()
    return message


def attachments_of(data: bytes) -> list[tuple[str, str, bytes]]:
    """(name, media type by content, bytes) of each attachment of a kind that can become a document, in their order;
    also those of forwarded messages. Small pictures that belong to the HTML are left out. Raises CorruptFile."""
    found: list[tuple[str, str, bytes]] = []
    _collect(parse_email(data), found, 0)
    return found


def _collect(message: EmailMessage, found: list[tuple[str, str, bytes]], nesting: int) -> None:
    body_parts = {id(part) for part in (_body(message, "plain"), _body(message, "html")) if part is not None}
    for index, part in enumerate(_walk(message)):
        if index >= _MAX_PARTS or nesting > _MAX_NESTING:
            return
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload()
            if isinstance(inner, list) and inner and isinstance(inner[0], EmailMessage):
                _collect(inner[0], found, nesting + 1)
            continue
        if part.is_multipart():
            continue
        content = _payload(part)
        # Some senders put the e-invoice where the text belongs.
        is_xml = content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml")
        if id(part) in body_parts and not is_xml:
            continue
        name = _filename(part)
        inline_text = (
            not name and part.get_content_maintype() == "text" and part.get_content_disposition() != "attachment"
        )
        if not content or (inline_text and not is_xml):
            continue
        picture = part.get_content_maintype() == "image"
        if picture and len(content) < _MIN_PICTURE_BYTES and part.get("Content-ID"):
            continue
        try:
            media_type = detect_media_type(content, filename=name)
        except InvoicesiteError:
            # Signatures, calendars, vCards: whatever is no document does not stop the others.
            continue
        if media_type == media_types.P7M and _is_signature(part, name):
            continue
        found.append((name or f"attachment-{len(found) + 1}", media_type, content))


def _is_signature(part: EmailMessage, name: str) -> bool:
    """The signature of the message itself (S/MIME), which holds no document."""
    return part.get_content_subtype() in ("pkcs7-signature", "x-pkcs7-signature") or name.lower().endswith(".p7s")


def _walk(message: EmailMessage) -> list[EmailMessage]:
    """All parts, without going into attached messages."""
    parts: list[EmailMessage] = []
    waiting: list[EmailMessage] = [message]
    while waiting and len(parts) < _MAX_PARTS:
        part = waiting.pop(0)
        parts.append(part)
        if part.get_content_type() != "message/rfc822" and part.is_multipart():
            waiting[0:0] = [p for p in part.get_payload() if isinstance(p, EmailMessage)]
    return parts


def _body(message: EmailMessage, kind: str) -> EmailMessage | None:
    try:
        found = message.get_body(preferencelist=(kind,))
    except (ValueError, LookupError, TypeError, AttributeError, IndexError, RecursionError):
        return None
    return found if isinstance(found, EmailMessage) else None


def _body_rows(message: EmailMessage, limits: ReadLimits) -> tuple[Row, ...]:
    plain, html = (_text_payload(part) if (part := _body(message, kind)) else b"" for kind in ("plain", "html"))
    return body_rows(plain, html, limits=limits)


def _text_payload(part: EmailMessage) -> bytes:
    """The text in UTF-8, by the charset that the part declares where it fits."""
    content = _payload(part)
    charset = part.get_content_charset("utf-8")
    try:
        return content.decode(charset).encode()
    except (LookupError, UnicodeError):
        return content


def _payload(part: EmailMessage) -> bytes:
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError, AttributeError):
        return b""
    return content if isinstance(content, bytes) else b""


def _filename(part: EmailMessage) -> str:
    try:
        return clean_text(part.get_filename() or "")[:255]
    except (ValueError, LookupError, TypeError, AttributeError, IndexError):
        return ""


def _header(message: EmailMessage, name: str) -> str:
    try:
        return clean_text(str(message.get(name, "")))[:998]
    except (ValueError, LookupError, TypeError, AttributeError, IndexError):
        return ""


def _headers(message: EmailMessage) -> list[tuple[str, str, Place]]:
    values = ((name, _header(message, name)) for name in _SHOWN_HEADERS)
    return [(name, value, Place(page=1, path=f"header:{name}")) for name, value in values if value]


def _date(message: EmailMessage) -> str:
    try:
        return parsedate_to_datetime(_header(message, "Date")).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
