"""``person_data export|erase``: a person's data given out, or erased but for what the law has kept."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from common.errors import InvoicesiteError
from invoicesite.accounts.models import DataRequest
from invoicesite.accounts.person_data import (
    Told,
    erase_mentioned,
    erase_person,
    keep_request,
    mention_lines,
    person_lines,
)

_SHORTEST = 5  # letters of a text that names somebody; fewer stand in half of all invoices


class Command(BaseCommand):
    help = (
        "Give out what is kept of a person (JSON Lines), or erase it: of one with an account, which is closed, or of "
        "one whom documents name. Both are written down."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["export", "erase"])
        parser.add_argument("account", nargs="?", default="", metavar="ACCOUNT", help="user name, or #number")
        parser.add_argument("--mentioned", default="", metavar="TEXT", help="a name or address in invoices instead")
        parser.add_argument("--why", required=True, help="who asked for it, kept beside what was done")
        parser.add_argument("--output", type=Path, metavar="FILE", help="of export; a new file that only you can read")
        parser.add_argument("--yes", action="store_true", help="of erase: it cannot be undone")

    def handle(self, *_: Any, **options: Any) -> None:
        account, text, why = options["account"], options["mentioned"].strip(), options["why"]
        if bool(account) == bool(text):
            raise CommandError("Name an ACCOUNT, or what invoices mention by --mentioned.", returncode=2)
        if text and len(text) < _SHORTEST:
            raise CommandError(f"--mentioned takes at least {_SHORTEST} letters.", returncode=2)
        if not why.strip():
            raise CommandError("--why must say who asked for it.", returncode=2)
        user = _account(account) if account else None
        if options["action"] == "export":
            told = Told()
            lines = person_lines(user, told) if user else mention_lines(text, told)
            self._write(lines, options["output"])
            keep_request(user=user, action=DataRequest.Action.EXPORT, why=why, told=told)
            return
        if not options["yes"]:
            raise CommandError("Erasing cannot be undone: say --yes.", returncode=2)
        try:
            told = erase_person(user=user, why=why) if user else erase_mentioned(text=text, why=why)
        except InvoicesiteError as error:
            raise CommandError(error.message, returncode=1) from error
        if user:
            self.stdout.write(f"{account} is {user.username} from now on.")
        erased = sum(count for kind, count in told.rows.items() if kind not in told.kept)
        self.stdout.write(f"{erased} {'rows are gone' if user else 'invoices mention it no more'}.")
        for kind, reason in told.kept.items():
            self.stdout.write(f"{told.rows[kind]:>8} {kind} stays: {reason}")

    def _write(self, lines: Iterable[str], path: Path | None) -> None:
        if path is None:
            raise CommandError("Name the file by --output.", returncode=2)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError as error:
            raise CommandError(f"{path} is there already.", returncode=1) from error
        count = 0
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            for line in lines:
                out.write(line)
                count += 1
        self.stdout.write(f"{count} rows written to {path}")


def _account(name: str) -> User:
    number = name.removeprefix("#")
    found = (
        User.objects.filter(pk=number) if name != number and number.isdigit() else User.objects.filter(username=name)
    )
    user = found.first()
    if user is None:
        raise CommandError(f"There is no account {name}.", returncode=2)
    return user
