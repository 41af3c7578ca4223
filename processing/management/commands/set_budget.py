"""`python manage.py set_budget`: the ceiling of a month, a user or a role, with its history."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from common.errors import InvoicesiteError
from processing.services.budgets import set_budget_of
from processing.spending.ledger import month_now


class Command(BaseCommand):
    help = "Set what models may cost in this month and those after it, or for a user or a role."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("usd", metavar="USD", help="as in 25 or 12.50; “none” takes the ceiling away")
        whose = parser.add_mutually_exclusive_group()
        whose.add_argument("--month", metavar="YYYY-MM", help="another month than this one")
        whose.add_argument("--user", metavar="NAME")
        whose.add_argument("--role", metavar="NAME")
        parser.add_argument("--reason", default="", help="kept with the change")

    def handle(self, *_: Any, **options: Any) -> None:
        given = options["usd"]
        if given != "none" and not re.fullmatch(r"\d{1,7}(\.\d{1,10})?", given):
            raise CommandError(f"“{given}” is no amount like 25 or 12.50.", returncode=2)
        scope, key = _whose(options)
        try:
            budget = set_budget_of(
                scope=scope, key=key, budget_usd=None if given == "none" else Decimal(given), reason=options["reason"]
            )
        except InvoicesiteError as error:
            raise CommandError(error.message) from error
        ceiling = "no ceiling" if budget.budget_usd is None else f"${budget.budget_usd:f}"
        self.stdout.write(f"{budget}: {ceiling}")


def _whose(options: dict[str, Any]) -> tuple[str, str]:
    if options["user"]:
        user = get_user_model().objects.filter(username=options["user"]).first()
        if user is None:
            raise CommandError("There is no such user.", returncode=2)
        return "user", str(user.pk)
    if options["role"]:
        return "role", options["role"]
    month = options["month"] or month_now()
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month):
        raise CommandError("A month is written as in 2026-11.", returncode=2)
    return "month", month
