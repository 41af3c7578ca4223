"""Worked examples of places: which row holds a shipment, and which of several wins."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal as D
from typing import Any

from invoices.rate_records import RateData, ZoneData
from samples.rating.records import WorkedExample, card_of, cents, weighing


def place_examples() -> list[WorkedExample]:
    return [*_narrowest(), *_forms(), *_zones(), *_matrix()]


def _to(place: dict[str, str], **more: Any) -> dict[str, Any]:
    return weighing("5", destination=place, **more)


def _example(why: str, card: Any, shipment: dict[str, Any], price: str | None, refused: str = "") -> WorkedExample:
    total = cents(D(price)) if price else None
    return WorkedExample(frozenset({"place"}), why, card, shipment, total, refused=refused)


def _narrowest() -> Iterator[WorkedExample]:
    rates = {
        "*": "29",
        "DE": "9",
        "DE 2*": "10",
        "DE 27*": "11",
        "DE 26–28": "12",
        "DE 27498": "24",
        "US": "40",
        "US-AK": "62",
        "GB": "16",
        "GB BT*": "21",
    }
    card = card_of(*(RateData(D(price), destination=place) for place, price in rates.items()))
    for place, price, why in (
        ({"country": "DE", "postal": "27498"}, "24", "the postcode itself"),
        ({"country": "DE", "postal": "27555"}, "11", "27* is narrower than 26–28 and 2*"),
        ({"country": "DE", "postal": "26121"}, "12", "26–28 is narrower than 2*"),
        ({"country": "DE", "postal": "20095"}, "10", "2* is narrower than the country"),
        ({"country": "DE", "postal": "10115"}, "9", "the country"),
        ({"country": "US", "region": "AK"}, "62", "the region"),
        ({"country": "US", "region": "NY"}, "40", "the country"),
        ({"country": "GB", "postal": "BT1 5GS"}, "21", "the area"),
        ({"country": "FR", "postal": "75001"}, "29", "else"),
    ):
        yield _example(f"{place}: {why}, {price}", card, _to(place), price)


def _forms() -> Iterator[WorkedExample]:
    for text, place, holds in (
        ("GB S*", {"country": "GB", "postal": "S1 2HE"}, True),
        ("GB S*", {"country": "GB", "postal": "SA1 1AA"}, False),
        ("GB AB10–25", {"country": "GB", "postal": "AB12 3CD"}, True),
        ("GB AB10–25", {"country": "GB", "postal": "AB43 1AA"}, False),
        ("GB AB4", {"country": "GB", "postal": "AB43 1AA"}, False),
        ("GB EC1", {"country": "GB", "postal": "EC1A 1BB"}, True),
        ("DE 01–19", {"country": "DE", "postal": "04109"}, True),
        ("DE 01–19", {"country": "DE", "postal": "40210"}, False),
        ("DE 20–25, 29–31", {"country": "DE", "postal": "30159"}, True),
        ("BR 01000-000–05999-999", {"country": "BR", "postal": "02041-001"}, True),
        ("PL 00-950", {"country": "PL", "postal": "00-950"}, True),
        ("US 371*", {"country": "US", "postal": "37130"}, True),
        ("DEHAM", {"code": "DEHAM"}, True),
        ("Hamburg (DEHAM)", {"name": "Hamburg"}, True),
        ("Hamburg (DEHAM)", {"code": "DEHAM"}, True),
        ("São Paulo (SP)", {"name": "São Paulo"}, True),
        ("GB AB1?", {"country": "GB", "postal": "AB12"}, True),
    ):
        card = card_of(RateData(D(33), destination=text))
        words = "holds" if holds else "does not hold"
        yield _example(f"{text} {words} {place}", card, _to(place), "33" if holds else None, "" if holds else "no_lane")


def _zones() -> Iterator[WorkedExample]:
    zones = [
        ZoneData("1", country="AT"),
        ZoneData("2", "26", "28", "DE"),
        ZoneData("3", "27498", "27498", "DE"),
        ZoneData("4", "BT*", country="GB"),
        ZoneData("5", "Hamburg"),
    ]
    rates = [
        RateData(D(price), zone=f"Zone {zone}")
        for zone, price in zip("12345", ("11", "22", "33", "44", "55"), strict=True)
    ]
    card = card_of(*rates, zones=zones)
    for place, price in (
        ({"country": "AT"}, "11"),
        ({"country": "DE", "postal": "26121"}, "22"),
        ({"country": "DE", "postal": "27498"}, "33"),
        ({"country": "GB", "postal": "BT9 1AA"}, "44"),
        ({"name": "Hamburg"}, "55"),
    ):
        yield _example(f"{place} is in the zone of {price}", card, _to(place), price)
    yield _example("Kenya is in no zone", card, _to({"country": "KE"}), None, "no_lane")
    yield _example("the shipment states its zone: 44", card, _to({"country": "KE"}, zone="4"), "44")


def _matrix() -> Iterator[WorkedExample]:
    areas = [
        ZoneData(name, first, last, "DE", side=side)
        for side in ("origin", "destination")  # type: ignore[arg-type]
        for name, first, last in (("North", "20", "29"), ("South", "80", "89"))
    ]
    cells = [
        ZoneData(zone, end, origin=start)
        for start, end, zone in (
            ("North", "North", "A"),
            ("North", "South", "B"),
            ("South", "North", "C"),
            ("South", "South", "A"),
        )
    ]
    rates = [RateData(D(price), zone=zone) for zone, price in (("A", "10"), ("B", "20"), ("C", "30"))]
    card = card_of(*rates, zones=[*areas, *cells])
    ends = {"North": "20095", "South": "80331"}
    for start, end, price in (("North", "South", "20"), ("South", "North", "30"), ("South", "South", "10")):
        places = {
            "origin": {"country": "DE", "postal": ends[start]},
            "destination": {"country": "DE", "postal": ends[end]},
        }
        yield _example(f"from {start} to {end}: {price}", card, weighing("5", **places), price)
    chart = [ZoneData("5", "300", "319", "US", origin="US 371*"), ZoneData("8", "900", "961", "US", origin="US 371*")]
    by_chart = card_of(RateData(D(15), zone="5"), RateData(D(28), zone="8"), zones=chart)
    for start, end, due in (("37130", "30301", "15"), ("37130", "94103", "28"), ("10001", "94103", None)):
        places = {"origin": {"country": "US", "postal": start}, "destination": {"country": "US", "postal": end}}
        yield _example(
            f"a zone chart of one origin: {start} to {end} is {due}",
            by_chart,
            weighing("5", **places),
            due,
            "" if due else "no_lane",
        )
