"""A real IMAP server (pymap, in a process of its own) behind TLS, with one empty mailbox."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage

import trustme
from imap_tools import MailBox

USER, PASSWORD = "desk", "correct horse"


@dataclass(frozen=True, slots=True)
class MailServer:
    port: int
    trust: ssl.SSLContext

    def url(self, folder: str = "INBOX") -> str:
        return f"imaps://{USER}@localhost:{self.port}/{folder}"

    @contextmanager
    def box(self, folder: str = "INBOX") -> Iterator[MailBox]:
        with MailBox("localhost", self.port, ssl_context=self.trust).login(USER, PASSWORD, folder) as box:
            yield box

    def deliver(self, *messages: EmailMessage | bytes) -> None:
        with self.box() as box:
            for message in messages:
                box.append(message if isinstance(message, bytes) else message.as_bytes(), "INBOX")

    def empty(self) -> None:
        with self.box() as box:
            for folder in [found.name for found in box.folder.list()]:
                box.folder.set(folder)
                box.delete(box.uids("ALL"))


def message(
    subject: str, *attachments: tuple[str, bytes], message_id: str | None = None, body: str = "See attached."
) -> EmailMessage:
    """A message of a vendor with files attached."""
    made = EmailMessage()
    made["From"] = "Accounts <accounts@vendor.example>"
    made["To"] = "desk@buyer.example"
    made["Subject"] = subject
    made["Message-ID"] = message_id or f"<{subject.replace(' ', '-')}@vendor.example>"
    made["Date"] = "Mon, 02 Mar 2026 09:00:00 +0000"
    made.set_content(body)
    for name, data in attachments:
        made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return made


@contextmanager
def mail_server() -> Iterator[MailServer]:
    port = _free_port()
    process = subprocess.Popen(
        [sys.executable, "-c", "from pymap.main import main; main()", "--host", "127.0.0.1", "--port", str(port),
         "--no-tls", "dict", "--demo-user", USER, "--demo-password", PASSWORD],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    trust = ssl.create_default_context()
    authority.configure_trust(trust)
    try:
        _wait_for(port, process)
        with _tls_before(port, context) as tls_port:
            yield MailServer(tls_port, trust)
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def _tls_before(port: int, context: ssl.SSLContext) -> Iterator[int]:
    """pymap speaks STARTTLS only: this ends TLS before it, as a proxy would."""
    loop = asyncio.new_event_loop()

    async def copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, ssl.SSLError):
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
        writer.close()

    async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        inner_reader, inner_writer = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.gather(copy(reader, inner_writer), copy(inner_reader, writer))

    async def serve() -> asyncio.Server:
        return await asyncio.start_server(relay, "localhost", 0, family=socket.AF_INET, ssl=context)

    server = loop.run_until_complete(serve())
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield int(server.sockets[0].getsockname()[1])
    finally:
        loop.call_soon_threadsafe(server.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        assert process.poll() is None, "the mail server ended at once"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the mail server did not start")
