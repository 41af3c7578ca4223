"""A quote over 1,000,000 stored rates: milliseconds, and the plan of the query behind it.

usage: python -m benchmarks.quote_latency [--quick]

Forty parcel cards (five services, twenty zones, a hundred weights each, with tables of zones) and sixty LTL cards
(250 lanes, four classes, ten breaks). Every quote asks all of them, or one. ``--quick``: a tenth. Last line: one JSON
object.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import time
from datetime import date
from decimal import Decimal
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "invoicesite.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402

from invoices.models import Rate, RateCard  # noqa: E402
from invoices.rate_lookup import cards_for, explain_rates, stored_quotes  # noqa: E402
from invoices.rating import Location, Piece, Shipment  # noqa: E402
from tests.databases import own_database  # noqa: E402

DAY = date(2026, 6, 1)
_DEFAULTS = """break_inclusive, break_unit, unit, service, service_code, equipment, freight_class, break_basis,
    rounding, excess_only, currency, transit_days, source"""
# Rows are made in the server: what is measured is reading them.
_PARCEL = f"""
    INSERT INTO invoices_rate (card_id, position, origin, destination, zone, break_from, break_to, value, {_DEFAULTS})
    SELECT %s, (s * 20 + z) * 100 + w, '', '', z::text, w, w + 1, 3 + z * 0.4 + w * 0.31 + s,
           'upper', 'kg', 'flat', 'Service ' || s, '', '', '', 'weight', '', false, '', '', '{{"value": "Rates!C7"}}'
    FROM generate_series(0, 4) s, generate_series(0, 19) z, generate_series(0, 99) w"""  # noqa: S608
_ZONES = """
    INSERT INTO invoices_zone (card_id, position, side, service, country, first, last, zone, source)
    SELECT %s, n, 'destination', '', 'US', lpad(n::text, 3, '0'), lpad(n::text, 3, '0'), (n %% 20)::text, '{}'
    FROM generate_series(0, 899) n"""
_LTL = f"""
    INSERT INTO invoices_rate (card_id, position, origin, destination, zone, break_from, break_to, value, {_DEFAULTS})
    SELECT %s, (l * 4 + c) * 10 + b, 'City ' || (l / 50), 'City ' || (l %% 50 + 10), '', b * 500, (b + 1) * 500,
           60 - b * 3 + c, 'lower', 'lb', 'cwt', 'Standard', '', '', (50 + 20 * c)::text, 'weight', '', false, '', '',
           '{{"value": "Lanes!F9"}}'
    FROM generate_series(0, 249) l, generate_series(0, 3) c, generate_series(0, 9) b"""  # noqa: S608


_OFFERS = {
    "parcel": [[f"Service {n}", "", "", "", None, None] for n in range(5)],
    "ltl": [["Standard", "", "", str(50 + 20 * n), None, None] for n in range(4)],
}


def make_cards(parcel: int, ltl: int) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for n in range(parcel + ltl):
            mode, unit = ("parcel", "kg") if n < parcel else ("ltl", "lb")
            card = RateCard.objects.create(
                carrier_name=f"Carrier {n}", mode=mode, currency="USD", weight_unit=unit, status="active",
                valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31), rate_count=10_000,
                offers=_OFFERS[mode],
            )  # fmt: skip
            for statement in (_PARCEL, _ZONES) if n < parcel else (_LTL,):
                cursor.execute(statement, [card.id])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE invoices_rate")
        cursor.execute("ANALYZE invoices_zone")


def shipments(count: int) -> list[Shipment]:
    chance = random.Random(7)
    out = []
    for n in range(count):
        if n % 2:
            weight = Piece(Decimal(chance.randint(1, 990)) / 10)
            out.append(Shipment(destination=Location("US", f"{chance.randint(0, 899):03}01"), pieces=(weight,)))
        else:
            origin, destination = chance.randint(0, 4), chance.randint(10, 59)
            out.append(
                Shipment(
                    origin=Location(name=f"City {origin}"), destination=Location(name=f"City {destination}"),
                    pieces=(Piece(Decimal(chance.randint(100, 4900))),), weight_unit="lb", freight_class="70",
                )
            )  # fmt: skip
    return out


def measure(count: int, *, one_card: bool) -> dict[str, Any]:
    ids = list(RateCard.objects.order_by("carrier_name").values_list("id", "mode"))
    taken, cpu, quotes = [], [], 0
    for n, shipment in enumerate(shipments(count + 5)):
        mode = "parcel" if n % 2 else "ltl"
        own = [card_id for card_id, kind in ids if kind == mode]
        started, cpu_before = time.perf_counter(), time.thread_time()
        found, _ = stored_quotes(shipment, DAY, card_ids=own[n % len(own) : n % len(own) + 1] if one_card else None)
        if n >= 5:  # the first rounds warm up caches and plans
            taken.append((time.perf_counter() - started) * 1000)
            cpu.append((time.thread_time() - cpu_before) * 1000)
            quotes += len(found.quotes)
    cuts = statistics.quantiles(taken, n=20)
    return {
        "p50_ms": round(statistics.median(taken), 2), "p95_ms": round(cuts[-1], 2),
        "cpu_p50_ms": round(statistics.median(cpu), 2), "quotes_each": quotes / len(taken),
    }  # fmt: skip


def plan_of_lookup() -> str:
    shipment = shipments(2)[1]
    return explain_rates(dict(cards_for(shipment, DAY)[:1]), shipment)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    args = parser.parse_args()
    scale = 10 if args.quick else 1
    with own_database():
        started = time.perf_counter()
        make_cards(40 // scale, 60 // scale)
        stored = Rate.objects.count()
        print(f"{stored:,} rates of {RateCard.objects.count()} cards, made in {time.perf_counter() - started:.1f} s\n")
        one, every = measure(200, one_card=True), measure(60, one_card=False)
        print(plan_of_lookup(), "\n")
    print(f"{'asked':<12}{'p50 ms':>9}{'p95 ms':>9}{'cpu ms':>9}{'quotes':>9}")
    for name, row in (("one card", one), ("every card", every)):
        print(f"{name:<12}{row['p50_ms']:>9}{row['p95_ms']:>9}{row['cpu_p50_ms']:>9}{row['quotes_each']:>9.1f}")
    figures = {"rates": stored, "one_card": one, "every_card": every}
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
