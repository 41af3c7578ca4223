"""``audit_invoices``: audits invoices that were stored before, by the rate cards of now."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from invoices.models import RateCard
from processing.pipeline.audits import audit_due_cards


class Command(BaseCommand):
    help = "Audit stored invoices by all active rate cards, or by one; safe to be run again, and beside the workers."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--card", type=UUID, metavar="ID", help="by this rate card only")

    def handle(self, *args: Any, card: UUID | None, **options: Any) -> None:
        cards = RateCard.objects.filter(status__in=[RateCard.Status.ACTIVE, RateCard.Status.SUPERSEDED])
        if card is not None:
            cards = cards.filter(pk=card)
        ids = list(cards.values_list("pk", flat=True))
        if card is not None and not ids:
            raise CommandError("There is no active rate card with this id.")
        cards.update(audit_due=True)
        changed = 0
        # Where a worker audits at this moment, both take turns until nothing is due.
        while RateCard.objects.filter(pk__in=ids, audit_due=True).exists():
            changed += audit_due_cards(seconds=float("inf"))
            time.sleep(0.1)
        self.stdout.write(f"{len(ids)} rate cards; {changed} invoices changed.")
