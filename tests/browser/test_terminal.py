"""The table that an import prints, as a person sees it in a terminal."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from io import StringIO
from pathlib import Path

import pytest
from django_q.models import Schedule
from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

from tests.browser.checks import keep_screenshot
from tests.browser.conftest import OpenPage
from tests.browser.site import ROOT, LiveSite, url_of
from tests.databases import made_database

COLUMNS = 150


def in_a_terminal(*arguments: str, **environment: str) -> str:
    """What a command writes to a terminal, with its colours."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, COLUMNS, 0, 0))
    command = [sys.executable, "manage.py", *arguments]
    variables = {**os.environ, "TERM": "xterm-256color", "COLUMNS": str(COLUMNS), **environment}
    program = subprocess.Popen(command, cwd=ROOT, env=variables, stdout=theirs, stderr=theirs)
    os.close(theirs)
    written = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # Linux's way to say that nobody holds the other end
            break
        if not piece:
            break
        written += piece
    program.wait()
    os.close(ours)
    return written.decode().replace("\r\n", "\n")


def test_an_import_ends_with_a_table_of_what_was_read(site: LiveSite, open_page: OpenPage, tmp_path: Path) -> None:
    assert Schedule.objects.exists(), "the database is migrated"
    with made_database("test_terminal") as database:
        written = in_a_terminal(
            "import_invoices", "samples/documents", "--policy", "rules", "--output", str(tmp_path),
            DATABASE_URL=url_of(database), STORAGE_URL=(tmp_path / "storage").as_uri(), LOG_LEVEL="ERROR",
        )  # fmt: skip
    # What stands before is the bar of progress, drawn over and over.
    table = written.rpartition("\x1b[?25h")[2].strip("\n").replace(f"{tmp_path}/", "out/")
    assert "11_sixty_items.pdf" in table
    assert "23 processed" in Text.from_ansi(table).plain
    console = Console(record=True, width=COLUMNS, file=StringIO(), force_terminal=True)
    console.print(Text.from_ansi(f"$ python manage.py import_invoices samples/documents --output out/\n\n{table}"))
    page = open_page(width=1480, height=640)
    page.set_content(console.export_html(theme=MONOKAI, inline_styles=True))
    keep_screenshot(page, "terminal", full=True)


pytestmark = pytest.mark.timeout(300)
