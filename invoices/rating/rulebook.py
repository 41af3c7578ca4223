"""The tariff rules of a card that are in force for a shipment. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from invoices.rate_records import RuleData
from invoices.rate_records.places import place_key
from invoices.rating.lanes import Lane, zone_key

_CLASS_RANGE = re.compile(r"^\s*(\d+(?:\.\d+)?)\s*[-–]\s*(\d+(?:\.\d+)?)\s*$")


def in_force(rules: Iterable[RuleData], day: date) -> list[RuleData]:
    """Those that hold on the day. What nobody has understood, or was set aside, changes nothing."""
    return [
        rule
        for rule in rules
        if rule.kind not in ("not_understood", "set_aside")
        and not (rule.valid_from and day < rule.valid_from)
        and not (rule.valid_to and day > rule.valid_to)
    ]


def applying(
    rules: Sequence[RuleData], lane: Lane, *, service: str = "", equipment: str = "", freight_class: str = ""
) -> list[RuleData]:
    """Those whose scope holds for a lane and a rate's service, equipment and class."""
    return [
        rule
        for rule in rules
        if _same(rule.service, service)
        and _same(rule.equipment, equipment)
        and (not rule.freight_class or class_in(rule.freight_class, freight_class))
        and lane.side_fits(rule.origin, "origin", service)
        and lane.side_fits(rule.destination, "destination", service)
        and (not rule.zone or zone_key(rule.zone) in lane.labels("destination", service) or _given(rule, lane))
    ]


def _given(rule: RuleData, lane: Lane) -> bool:
    return lane.match("", "", rule.zone) is not None


def _same(wanted: str, own: str) -> bool:
    return not wanted or place_key(wanted) == place_key(own)


def of_kind(rules: Sequence[RuleData], kind: str) -> RuleData | None:
    """The last rule of a kind: a later sentence of a card overrides an earlier one."""
    return next((rule for rule in reversed(rules) if rule.kind == kind), None)


def rated_class(rules: Sequence[RuleData], freight_class: str) -> tuple[str, RuleData | None]:
    """The class that a freight class is rated as (FAK), and the rule that says so."""
    if freight_class:
        for rule in rules:
            if rule.kind == "class_map" and rule.rated_as and class_in(rule.classes, freight_class):
                return rule.rated_as, rule
    return freight_class, None


def class_in(classes: str, freight_class: str) -> bool:
    """Whether a class is one of "50-85", "60, 65, 70" or "70"."""
    wanted = _number(freight_class)
    for part in classes.split(","):
        bounds = _CLASS_RANGE.match(part)
        if bounds and wanted is not None:
            if Decimal(bounds[1]) <= wanted <= Decimal(bounds[2]):
                return True
        elif same_class(part, freight_class):
            return True
    return False


def same_class(one: str, other: str) -> bool:
    """Classes agree as numbers ("70.0" and "70") or as texts."""
    a, b = _number(one), _number(other)
    if a is not None and b is not None:
        return a == b
    return one.casefold().replace(" ", "") == other.casefold().replace(" ", "")


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
