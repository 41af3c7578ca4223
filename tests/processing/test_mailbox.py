"""Documents from a mailbox: a real IMAP server, over TLS."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from imap_tools import MailMessageFlags
from pytest_django import Settings

from processing import tasks
from processing.channels import mailbox
from processing.channels.mailbox import MailboxConfig, MailboxUnavailable, Taken, fetch_messages
from processing.errors import StorageUnavailable
from processing.models import Document, MailMessage, ProcessingJob
from processing.services.documents import Submission, submit_document
from tests.mail_server import PASSWORD, MailServer, mail_server, message
from tests.people import person
from tests.processing.einvoices import ubl_invoice

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_storage")]

INVOICE = b"INVOICE\nInvoice number: 4711\nInvoice date: 2026-03-02\nTotal: 12.00 EUR\n"


@pytest.fixture(scope="module")
def running_server() -> Iterator[MailServer]:
    with mail_server() as made:
        yield made


@pytest.fixture
def server(running_server: MailServer) -> MailServer:
    running_server.empty()
    return running_server


def fetch(
    server: MailServer, *, password: str = PASSWORD, move_to: str = "", owner_id: int | None = None
) -> list[Taken]:
    config = MailboxConfig(url=server.url(), password=password, move_to=move_to, owner_id=owner_id, tls=server.trust)
    return list(fetch_messages(config))


def seen(server: MailServer) -> int:
    with server.box() as box:
        return sum(MailMessageFlags.SEEN in found.flags for found in box.fetch(mark_seen=False))


def test_attachments_become_documents_that_tell_where_they_came_from(server: MailServer) -> None:
    owner = person("kim")
    server.deliver(message("March invoices", ("a.txt", INVOICE), ("b.txt", INVOICE + b"2")))
    (taken,) = fetch(server, owner_id=owner.pk)
    assert (taken.status, taken.documents, taken.subject) == ("taken", 2, "March invoices")
    document = Document.objects.get(filename="a.txt")
    assert (document.owner, document.source) == (owner, "mailbox")
    assert document.source_detail["message_id"] == "<March-invoices@vendor.example>"
    assert document.source_detail["sender"] == "Accounts <accounts@vendor.example>"
    assert document.source_detail["subject"] == "March invoices"
    assert ProcessingJob.objects.count() == 2
    assert seen(server) == 1


def test_an_e_invoice_in_the_body_becomes_a_document(server: MailServer) -> None:
    as_body = message("In the body")
    as_body.clear_content()
    as_body.set_content(ubl_invoice().decode(), subtype="xml")
    server.deliver(as_body)
    (taken,) = fetch(server)
    assert (taken.status, taken.documents) == ("taken", 1)
    assert Document.objects.get().media_type == "application/xml"


def test_a_message_is_never_taken_twice(server: MailServer) -> None:
    made = message("Once", ("a.txt", INVOICE))
    server.deliver(made)
    assert len(fetch(server)) == 1
    assert fetch(server) == []
    with server.box() as box:  # somebody marks it as new again; and it is delivered once more
        box.flag(box.uids("ALL"), MailMessageFlags.SEEN, False)
    server.deliver(made)
    assert fetch(server) == []
    assert (Document.objects.count(), MailMessage.objects.count(), ProcessingJob.objects.count()) == (1, 1, 1)
    assert seen(server) == 2


def test_a_message_that_fails_does_not_stop_the_rest(server: MailServer) -> None:
    server.deliver(
        message("Damaged", ("a.pdf", b"%PDF-1.7\n1 0 obj <<")),
        message("Half", ("a.txt", INVOICE), ("b.pdf", b"%PDF-1.7\n1 0 obj <<")),
        message("Chatter"),
        b"\x00\xff not a message at all",
        message("Good", ("c.txt", INVOICE + b"3")),
        b"Subject: caf\xe9 \xff\r\nFrom: \xc3\r\nMessage-ID: =?utf-8?b?AAA=?=\r\n\r\nhello",
    )
    results = {taken.subject: taken for taken in fetch(server)}
    assert {subject: taken.status for subject, taken in results.items()} == {
        "Damaged": "failed", "Half": "partly", "Chatter": "empty", "": "empty", "Good": "taken",
        "caf\ufffd \ufffd": "empty",
    }  # fmt: skip
    assert "b.pdf: " in results["Half"].error
    assert Document.objects.count() == 2


def test_what_may_pass_by_itself_leaves_the_message_new(server: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    server.deliver(message("Bad moment", ("a.txt", INVOICE)), message("Good moment", ("b.txt", INVOICE + b"2")))
    calls = []

    def away_once(**options: object) -> Submission:
        calls.append(options)
        if len(calls) == 1:
            raise StorageUnavailable
        return submit_document(**options)  # type: ignore[arg-type]

    monkeypatch.setattr(mailbox, "submit_document", away_once)
    assert [taken.status for taken in fetch(server)] == ["again", "taken"]
    assert seen(server) == 1
    assert [taken.subject for taken in fetch(server)] == ["Bad moment"]
    assert seen(server) == 2


def test_messages_are_moved_where_that_is_asked_for(server: MailServer) -> None:
    server.deliver(message("Moved", ("a.txt", INVOICE)))
    assert len(fetch(server, move_to="Done")) == 1
    with server.box() as box:
        assert box.uids("ALL") == []
    with server.box("Done") as box:
        assert [found.subject for found in box.fetch()] == ["Moved"]


def test_a_run_that_died_before_marking_is_finished_by_the_next(
    server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.deliver(message("Cut off", ("a.txt", INVOICE)))

    def dying(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(mailbox, "_put_away", dying)
        with pytest.raises(KeyboardInterrupt):
            fetch(server)
    assert seen(server) == 0
    assert fetch(server) == []
    assert seen(server) == 1
    assert ProcessingJob.objects.count() == 1


def test_a_mailbox_that_refuses_or_cannot_be_trusted_says_so(server: MailServer) -> None:
    with pytest.raises(MailboxUnavailable, match="rejected the user"):
        fetch(server, password="wrong")
    with pytest.raises(MailboxUnavailable):
        list(fetch_messages(MailboxConfig(url=server.url(), password=PASSWORD)))  # an unknown authority
    with pytest.raises(MailboxUnavailable):
        list(fetch_messages(MailboxConfig(url="imaps://desk@localhost:9/INBOX", password=PASSWORD)))


def test_the_command_shows_what_it_took(
    server: MailServer, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MAILBOX_URL, settings.MAILBOX_PASSWORD = server.url(), PASSWORD
    monkeypatch.setattr("ssl.create_default_context", lambda: server.trust)
    server.deliver(message("From the command", ("a.txt", INVOICE)))
    out = StringIO()
    call_command("fetch_mailbox", stdout=out)
    assert "From the command" in out.getvalue()
    assert "1 messages, 1 documents, 0 failed" in out.getvalue()


def test_the_command_without_a_mailbox_says_what_to_set(settings: Settings) -> None:
    settings.MAILBOX_URL = None
    with pytest.raises(CommandError, match="MAILBOX_URL"):
        call_command("fetch_mailbox")


def test_the_schedule_takes_the_configured_mailbox_and_does_nothing_without_one(
    server: MailServer, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MAILBOX_URL = None
    assert tasks.mailbox() == 0
    owner = person("kim")
    settings.MAILBOX_URL, settings.MAILBOX_PASSWORD, settings.MAILBOX_OWNER = server.url(), PASSWORD, "kim"
    monkeypatch.setattr(mailbox.ssl, "create_default_context", lambda: server.trust)
    server.deliver(message("April", ("a.txt", INVOICE)))
    assert tasks.mailbox() == 1
    assert Document.objects.get().owner == owner
    assert tasks.mailbox() == 0
