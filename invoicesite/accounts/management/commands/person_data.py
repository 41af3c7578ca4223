"""``person_data export|erase ACCOUNT``: a person's data given out, or erased but for what the law has kept."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from common.errors import InvoicesiteError
from invoicesite.accounts.models import DataRequest
from invoicesite.accounts.person_data import Told, erase_person, keep_request, person_lines


class Command(BaseCommand):
    help = "Give out what is kept of a person (JSON Lines), or erase it and close the account. Both are written down."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["export", "erase"])
        parser.add_argument("account", metavar="ACCOUNT", help="user name, or #number")
        parser.add_argument("--why", required=True, help="who asked for it, kept beside what was done")
        parser.add_argument("--output", type=Path, metavar="FILE", help="of export; a new file that only you can read")
        parser.add_argument("--yes", action="store_true", help="of erase: it cannot be undone")

    def handle(self, *_: Any, **options: Any) -> None:
        user = _account(options["account"])
        if not options["why"].strip():
            raise CommandError("--why must say who asked for it.", returncode=2)
        if options["action"] == "export":
            self._export(user, options)
            return
        if not options["yes"]:
            raise CommandError(f"Erasing {user} cannot be undone: say --yes.", returncode=2)
        name = user.get_username()
        try:
            told = erase_person(user=user, why=options["why"])
        except InvoicesiteError as error:
            raise CommandError(error.message, returncode=1) from error
        erased = sum(count for kind, count in told.rows.items() if kind not in told.kept)
        self.stdout.write(f"{name} is erased-{user.pk} from now on: {erased} rows are gone.")
        for kind, reason in told.kept.items():
            self.stdout.write(f"{told.rows[kind]:>8} {kind} stay: {reason}")

    def _export(self, user: User, options: dict[str, Any]) -> None:
        if options["output"] is None:
            raise CommandError("Name the file by --output.", returncode=2)
        told = Told()
        try:
            handle = os.open(options["output"], os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError as error:
            raise CommandError(f"{options['output']} is there already.", returncode=1) from error
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.writelines(person_lines(user, told))
        keep_request(user=user, action=DataRequest.Action.EXPORT, why=options["why"], told=told)
        self.stdout.write(f"{sum(told.rows.values()) + 1} rows written to {options['output']}")


def _account(name: str) -> User:
    number = name.removeprefix("#")
    found = (
        User.objects.filter(pk=number) if name != number and number.isdigit() else User.objects.filter(username=name)
    )
    user = found.first()
    if user is None:
        raise CommandError(f"There is no account {name}.", returncode=2)
    return user
