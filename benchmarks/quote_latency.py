"""A quote over 1,000,000 stored rates: milliseconds, and the plan of the query behind it.

usage: python -m benchmarks.quote_latency [--quick]

Forty parcel cards (five services, twenty zones, a hundred weights each, with tables of zones) and sixty LTL cards
(250 lanes, four classes, ten breaks). A quote asks one carrier for a service or for all, every card of a mode, or every
card there is. ``--quick``: a tenth. Last line: one JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import time
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "invoicesite.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402

from invoices.models import Rate, RateCard  # noqa: E402
from invoices.ratecards.lookup import Choice, explain_rates, quotes_by  # noqa: E402
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


def choices() -> dict[str, list[Choice]]:
    """What is asked, for LTL and parcels by turns: the card of one carrier and mode as an audit asks it, one carrier
    for one service, every card of the mode, every card there is."""
    carriers = {
        mode: list(RateCard.objects.filter(mode=mode).order_by("carrier_name").values_list("carrier_name", flat=True))
        for mode in ("ltl", "parcel")
    }
    turns = [("ltl", "parcel")[n % 2] for n in range(200)]
    one = [Choice(mode=mode, carrier=carriers[mode][n % len(carriers[mode])]) for n, mode in enumerate(turns)]
    return {"carrier": one, "mode": [Choice(mode=mode) for mode in turns], "every": [Choice() for _ in turns]}


def measure(asked: list[Choice], count: int, *, service: bool = False) -> dict[str, Any]:
    taken, cpu, quotes = [], [], 0
    for n, shipment in enumerate(shipments(count + 5)):
        if service:
            shipment = replace(shipment, service="Service 2" if n % 2 else "Standard")
        started, cpu_before = time.perf_counter(), time.thread_time()
        found, _ = quotes_by(shipment, DAY, asked[n % len(asked)])
        if n >= 5:  # the first rounds fill the memory of cards, as those of any web process
            taken.append((time.perf_counter() - started) * 1000)
            cpu.append((time.thread_time() - cpu_before) * 1000)
            quotes += len(found.quotes)
    cuts = statistics.quantiles(taken, n=20)
    return {
        "p50_ms": round(statistics.median(taken), 2), "p95_ms": round(cuts[-1], 2),
        "cpu_p50_ms": round(statistics.median(cpu), 2), "quotes_each": quotes / len(taken),
    }  # fmt: skip


def measure_all() -> dict[str, dict[str, Any]]:
    asked = choices()
    return {
        "one carrier, one service": measure(asked["carrier"], 200, service=True),
        "one carrier": measure(asked["carrier"], 200),
        "every card of the mode": measure(asked["mode"], 100),
        "every card": measure(asked["every"], 60),
    }


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
        rows = measure_all()
        print(explain_rates(shipments(2)[1], DAY), "\n")
    print(f"{'asked':<26}{'p50 ms':>9}{'p95 ms':>9}{'cpu ms':>9}{'quotes':>9}")
    for name, row in rows.items():
        print(f"{name:<26}{row['p50_ms']:>9}{row['p95_ms']:>9}{row['cpu_p50_ms']:>9}{row['quotes_each']:>9.1f}")
    print(json.dumps({"rates": stored, **rows}))


if __name__ == "__main__":
    main()
