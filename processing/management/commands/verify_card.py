from __future__ import annotations

from argparse import ArgumentTypeError
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from invoices.rate_records import CardData
from invoices.rate_records.places import Location
from invoices.rating import Piece, Shipment, quote
from processing.ratecards import read_rate_card
from processing.ratecards.coverage import what_became
from processing.ratecards.verify import PricedBack, Sampled, sample
from processing.readers.detect import detect_media_type
from processing.readers.registry import read_content

_SHOWN = 20
_MOST = 10_000


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= _MOST:
        raise ArgumentTypeError(f"a number from 1 to {_MOST}")
    return int(text)


class Command(BaseCommand):
    help = "Read a rate card, price random shipments from its cells by other arithmetic, and compare with its quotes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, metavar="FILE")
        parser.add_argument("--shipments", type=_count, default=200, help="how many are priced (%(default)s)")
        parser.add_argument("--seed", type=int, default=1, help="another sample (%(default)s)")

    def handle(self, *_: Any, **options: Any) -> None:
        path: Path = options["path"]
        if not path.is_file():
            raise CommandError(f"{path} is no file.", returncode=2)
        data = path.read_bytes()
        content = read_content(data, detect_media_type(data, filename=path.name))
        reading = read_rate_card(content)
        card = reading.card
        self.stdout.write(what_became(reading.coverage))
        cells = {cell.place.cell: cell.text for row in content.rows for cell in row.cells if cell.place.cell}
        sampled = sample(card, cells.get, count=options["shipments"], seed=options["seed"])
        problems = [*sampled.faults, *_disagreements(card, sampled)]
        for problem in problems[:_SHOWN]:
            self.stderr.write(problem)
        self.stdout.write(
            f"{len(sampled.shipments)} shipments priced back from {len(card.rates)} rates, {len(problems)} disagree; "
            f"{sampled.passed_over} rates are charged by something else than weight."
        )
        if problems or not sampled.shipments:
            raise CommandError("The card and its quotes do not agree." if problems else "Nothing could be priced.")


def _disagreements(card: CardData, sampled: Sampled) -> list[str]:
    day = card.valid_from or card.valid_to or date.today()  # noqa: DTZ011  a card's dates have no zone
    told = []
    for one in sampled.shipments:
        quotes = quote(_shipment(one), [card], day)
        amounts = {
            sum((c.amount for c in q.charges if c.kind == "freight"), Decimal(0)) for q in quotes.quotes
            if q.service == one.service and q.rate.equipment == one.equipment
        }  # fmt: skip
        if one.amount not in amounts:
            given = ", ".join(map(str, sorted(amounts))) or "; ".join(r.message for r in quotes.refusals) or "nothing"
            told.append(f"{one.address}: {one.weight} {one.unit} is {one.amount} by the cells, {given} by the quote.")
    return told


def _shipment(one: PricedBack) -> Shipment:
    ends = [Location(country=c, region=r, postal=p, name=n) for c, r, p, n in (one.origin, one.destination)]
    plain = Shipment(origin=ends[0], destination=ends[1], pieces=(Piece(weight=one.weight),), weight_unit=one.unit)
    return replace(plain, zone=one.zone, service=one.service, equipment=one.equipment, freight_class=one.freight_class)
