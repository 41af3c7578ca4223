"""Places that a card puts into two zones at once: nothing tells which price is theirs. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from invoices.rate_records import RateData, ZoneData
from invoices.rate_records.places import Pattern, postal_range
from invoices.records import ReviewReason
from invoices.rules.catalogue import reason

_TOLD = 3


def zone_conflicts(zones: Sequence[ZoneData], rates: Sequence[RateData]) -> Iterator[ReviewReason]:
    """Reasons for rows of the same side, service and origin whose ranges are as narrow as each other, share a place and
    name two zones that are priced for one service. The narrower of two ranges wins, and is no conflict."""
    priced: dict[str, set[str]] = defaultdict(set)
    for rate in rates:
        for label in {rate.zone, rate.origin, rate.destination} - {""}:
            priced[label].add(f"{rate.service}|{rate.charge}")
    groups: dict[tuple[str, ...], list[tuple[Pattern, int, ZoneData]]] = defaultdict(list)
    for index, zone in enumerate(zones):
        # A country, area or name stands for itself: only the same again shares a place with it.
        found = postal_range(zone.country, zone.first, zone.last or zone.first)
        if not zone.first[:1].isdigit():
            groups[zone.side, zone.service, zone.origin, zone.country, zone.first, zone.last].append(
                (found, index, zone)
            )
            continue
        key = (zone.side, zone.service, zone.origin, zone.country, str(len(found.first)), str(found.specificity))
        groups[key].append((found, index, zone))
    told = 0
    for rows in groups.values():
        rows.sort(key=lambda row: (row[0].first, row[0].last))
        before = rows[0]
        for row in rows[1:]:
            pattern, index, zone = row
            if (
                _last(pattern) >= pattern.first
                and pattern.first <= _last(before[0])
                and _both(priced, zone.zone, before[2].zone)
            ):
                told += 1
                if told <= _TOLD:
                    text = f"{zone.country} {zone.first}".strip()
                    said = f"{text} is in zone {before[2].zone} and in zone {zone.zone}: which one holds?"
                    yield reason("zones_overlap", f"zones[{index}]", said)
            if _last(pattern) > _last(before[0]):
                before = row


def _both(priced: dict[str, set[str]], zone: str, other: str) -> bool:
    if zone == other:
        return False
    here, there = priced.get(zone, set()), priced.get(other, set())
    return bool(here & there) or not (here or there)


def _last(pattern: Pattern) -> str:
    return pattern.last or pattern.first
