"""A mailbox read over IMAP with TLS: attachments and e-invoices in the body become documents, each message once."""

from __future__ import annotations

import email
import email.policy
import hashlib
import imaplib
import re
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from urllib.parse import unquote, urlsplit

import structlog
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from imap_tools import MailBox, MailboxLoginError, MailMessageFlags
from imap_tools.errors import ImapToolsError

from common.errors import InvoicesiteError, NotFound
from invoices.records import Kind
from processing.models import Document, MailMessage
from processing.readers import media_types
from processing.readers.blocks import clean_text
from processing.sandbox import calls
from processing.services.documents import JobOptions, Origin, submit_document

log = structlog.get_logger(__name__)

TIMEOUT_SECONDS = 30
# Gmail's and Exchange Online's largest messages have 25 and 150 MB; no ten invoices come near.
MAX_MESSAGE_BYTES = 60_000_000
MAX_DOCUMENTS_A_MESSAGE = 100

Status = MailMessage.Status


class MailboxUnavailable(InvoicesiteError):
    code = "mailbox_unavailable"
    http_status = 503
    permanent = False
    default_message = "The mailbox is not responding."


@dataclass(frozen=True, slots=True)
class MailboxConfig:
    """``url`` is ``imaps://user@host[:port]/folder``; ``move_to`` is the folder for what was taken, "" to mark it."""

    url: str
    password: str
    move_to: str = ""
    kind: Kind = "invoice"
    owner_id: int | None = None
    tls: ssl.SSLContext | None = None

    @property
    def user(self) -> str:
        return unquote(urlsplit(self.url).username or "")

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""

    @property
    def folder(self) -> str:
        return unquote(urlsplit(self.url).path.strip("/")) or "INBOX"

    @property
    def name(self) -> str:
        return f"{self.user}@{self.host}/{self.folder}"[:300]


def configured_mailbox(kind: Kind = "invoice") -> MailboxConfig | None:
    """The mailbox of the settings, None where there is none. Raises NotFound where MAILBOX_OWNER names nobody."""
    if not settings.MAILBOX_URL:
        return None
    owner = None
    if settings.MAILBOX_OWNER:
        owner = get_user_model().objects.filter(username=settings.MAILBOX_OWNER).first()
        if owner is None:
            raise NotFound(f"MAILBOX_OWNER is not a user: {settings.MAILBOX_OWNER}.")
    return MailboxConfig(
        url=settings.MAILBOX_URL,
        password=settings.MAILBOX_PASSWORD,
        move_to=settings.MAILBOX_SEEN.removeprefix("move:").strip() if settings.MAILBOX_SEEN != "mark" else "",
        kind=kind,
        owner_id=owner.pk if owner else None,
    )


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one message. ``again``: it was dealt with before, or could not be now and stays as it is."""

    subject: str
    sender: str
    status: str
    documents: int
    error: str = ""


def fetch_messages(config: MailboxConfig, *, options: JobOptions | None = None) -> Iterator[Taken]:
    """Deal with every new message: unseen ones, or all in the folder where they are moved away afterwards.

    A message is marked or moved after its documents are stored and its row is written, so that whatever stops this
    between two steps, the next run goes on there. Raises MailboxUnavailable.
    """
    try:
        box = MailBox(
            config.host,
            port=urlsplit(config.url).port or 993,
            timeout=TIMEOUT_SECONDS,
            ssl_context=config.tls or ssl.create_default_context(),
        )
        with box.login(config.user, config.password, initial_folder=config.folder):
            validity = int(box.folder.status(config.folder, ["UIDVALIDITY"])["UIDVALIDITY"])
            if config.move_to and not box.folder.exists(config.move_to):
                box.folder.create(config.move_to)
            for uid in box.uids("ALL" if config.move_to else "UNSEEN"):
                taken = _deal_with(box, config, validity, int(uid), options)
                if taken is not None:
                    yield taken
    except MailboxLoginError as error:
        raise MailboxUnavailable("The mailbox rejected the user name or password.") from error
    except (ImapToolsError, imaplib.IMAP4.error, OSError, ValueError) as error:
        raise MailboxUnavailable(f"The mailbox sent an unexpected response ({type(error).__name__}).") from error


def _deal_with(
    box: MailBox, config: MailboxConfig, validity: int, uid: int, options: JobOptions | None
) -> Taken | None:
    """One message; None where it was dealt with in an earlier run that could not put it away."""
    known = {"mailbox": config.name, "uid_validity": validity, "uid": uid}
    if MailMessage.objects.filter(**known).exists():
        _put_away(box, config, uid)
        return None
    size, raw = _size(box, uid), b""
    if size <= MAX_MESSAGE_BYTES:
        raw = _raw(box, uid)
    sha256 = hashlib.sha256(raw or f"{validity}/{uid}".encode()).hexdigest()
    if MailMessage.objects.filter(mailbox=config.name, sha256=sha256).exists():
        _put_away(box, config, uid)
        return None
    header = _Header.of(raw)
    row = MailMessage(
        **known, sha256=sha256, message_id=header.message_id, sender=header.sender, subject=header.subject
    )
    try:
        documents, problems = _submit_all(raw, header, config, options) if raw else ([], ["The message is too large."])
    except InvoicesiteError as error:
        if not error.permanent:  # nothing is noted: the message stays new, and the next run tries again
            return Taken(header.subject, header.sender, "again", 0, error.message)
        documents, problems = [], [error.message]
    except Exception as error:
        # A defect of ours: it is in the log, the message stays new, and the others are not kept waiting.
        log.exception("mail_defect", mailbox=config.name, uid=uid)
        return Taken(header.subject, header.sender, "again", 0, type(error).__name__)
    row.status = _status(documents, problems)
    row.error = "\n".join(problems)[:5000]
    with transaction.atomic():
        row.save()
        row.documents.set(documents)
    _put_away(box, config, uid)
    return Taken(header.subject, header.sender, row.status, len(documents), row.error)


def _submit_all(
    raw: bytes, header: _Header, config: MailboxConfig, options: JobOptions | None
) -> tuple[list[Document], list[str]]:
    """The documents made of a message, and what was wrong with the attachments that made none. An attachment that is
    at fault does not stop the others; a storage that does not answer stops the message."""
    attachments = [(part.name, part.media_type, part.data) for part in calls.parts_of_file(raw, media_types.EML)]
    documents: list[Document] = []
    problems = [f"Only the first {MAX_DOCUMENTS_A_MESSAGE} attachments were accepted."]
    problems = problems if len(attachments) > MAX_DOCUMENTS_A_MESSAGE else []
    detail = {
        "mailbox": config.name,
        "message_id": header.message_id,
        "sender": header.sender,
        "subject": header.subject,
        "date": header.date,
    }
    for name, media_type, data in attachments[:MAX_DOCUMENTS_A_MESSAGE]:
        try:
            submission = submit_document(
                data=data,
                filename=name,
                declared_type=media_type,
                kind=config.kind,
                owner_id=config.owner_id,
                origin=Origin(source="mailbox", detail=detail),
                options=options,
            )
        except InvoicesiteError as error:
            if not error.permanent:
                raise
            problems.append(f"{name}: {error.message}")
        else:
            documents.append(submission.document)
    return documents, problems


def _status(documents: list[Document], problems: list[str]) -> MailMessage.Status:
    if documents:
        return Status.PARTLY if problems else Status.TAKEN
    return Status.FAILED if problems else Status.EMPTY


@dataclass(frozen=True, slots=True)
class _Header:
    message_id: str = ""
    sender: str = ""
    subject: str = ""
    date: str = ""

    @classmethod
    def of(cls, raw: bytes) -> _Header:
        """Of the header alone, which is small; the body is left to a process that may die of it."""
        head = re.split(rb"\r?\n\r?\n", raw[:256_000], maxsplit=1)[0]
        message = email.message_from_bytes(head, policy=email.policy.default)
        return cls(*(_header(message, name) for name in ("Message-ID", "From", "Subject", "Date")))


def _header(message: Message, name: str) -> str:
    try:
        return clean_text(str(message.get(name, "")))[:998]
    except (ValueError, LookupError, TypeError, AttributeError, IndexError):  # headers can be broken in many ways
        return ""


def _size(box: MailBox, uid: int) -> int:
    _, answer = box.client.uid("FETCH", str(uid), "(RFC822.SIZE)")
    found = re.search(rb"RFC822\.SIZE (\d+)", b" ".join(part for part in answer if isinstance(part, bytes)))
    return int(found.group(1)) if found else 0


def _raw(box: MailBox, uid: int) -> bytes:
    """The message as it came, without marking it as seen."""
    _, answer = box.client.uid("FETCH", str(uid), "(BODY.PEEK[])")
    for part in answer:
        if isinstance(part, tuple) and len(part) > 1 and isinstance(part[1], bytes):
            return part[1]
    raise MailboxUnavailable("The mailbox did not deliver a message.")


def _put_away(box: MailBox, config: MailboxConfig, uid: int) -> None:
    if config.move_to:
        box.move(str(uid), config.move_to)
    else:
        # Not by the library's flag(), which also expunges what others have marked as deleted.
        status, _ = box.client.uid("STORE", str(uid), "+FLAGS.SILENT", f"({MailMessageFlags.SEEN})")
        if status != "OK":
            raise MailboxUnavailable("The mailbox does not allow messages to be marked as read.")
