"""Random shipments priced back from the cells of a card, by arithmetic of its own. Pure.

A second opinion on what was read and on what rating makes of it: nothing here comes from the rating engine.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from invoices.rate_records import CardData, RateData

_NUMBERS = re.compile(r"\d[\d.,' ]*\d|\d")
_PER = {"kg": (1, "kg"), "100kg": (100, "kg"), "t": (1000, "kg"), "lb": (1, "lb"), "cwt": (100, "lb"), "flat": (0, "")}
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class PricedBack:
    """One shipment that a rate is for, with the freight by the tariff (before discount) that its cells give. ``weight``
    is in ``unit``; ``origin`` and ``destination`` are (country, region, postal, name)."""

    rate: int
    address: str
    origin: tuple[str, str, str, str]
    destination: tuple[str, str, str, str]
    zone: str
    service: str
    equipment: str
    freight_class: str
    weight: Decimal
    unit: str
    amount: Decimal


@dataclass(slots=True)
class Sampled:
    """``shipments`` to be priced, ``faults`` where a cell does not say what was read from it, and how many rates were
    ``passed_over`` since they are charged by something else than weight or shipment."""

    shipments: list[PricedBack] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    passed_over: int = 0


def sample(card: CardData, text_at: Callable[[str], str | None], *, count: int, seed: int = 1) -> Sampled:
    """Up to ``count`` shipments for random rates of the freight. ``text_at`` gives the text at an address."""
    chance = random.Random(seed)
    found = Sampled()
    freight = [i for i, rate in enumerate(card.rates) if not rate.charge]
    lanes: dict[tuple[str, ...], list[RateData]] = {}
    for index in freight:
        lanes.setdefault(_lane(card.rates[index]), []).append(card.rates[index])
    chance.shuffle(freight)
    for index in freight[: count * 3]:
        if len(found.shipments) >= count:
            break
        rate = card.rates[index]
        found.faults.extend(_faults(rate, text_at))
        one = _shipment(card, index, lanes[_lane(rate)], chance)
        if one is None:
            found.passed_over += 1
        else:
            found.shipments.append(one)
    return found


def _faults(rate: RateData, text_at: Callable[[str], str | None]) -> Iterator[str]:
    address = rate.source.get("value")
    text = text_at(address) if isinstance(address, str) else None
    if text is not None and rate.value not in _readings(text):
        yield f"{address} says “{text[:40]}”, and {rate.value} was read."
    places = rate.source.get("break")
    texts = [t for a in (places if isinstance(places, list) else [places]) if isinstance(a, str) and (t := text_at(a))]
    bounds = {bound for bound in (rate.break_from, rate.break_to) if bound is not None}
    if rate.excess_only and rate.increment is not None:
        bounds.add(rate.increment)  # "each further 100 kg" names its step alone
    near = {bound + step for bound in bounds for step in (Decimal(0), Decimal(-1), Decimal("0.1"), Decimal("0.01"))}
    numbers = [number for text in texts for number in _readings(text)]
    if bounds and numbers and not near & set(numbers) and not re.search(r"[A-Z]\d{1,2}[CM]\b", " ".join(texts)):
        yield f"The break {rate.break_from}–{rate.break_to} of {address} does not stand in “{texts[0][:40]}”."


def _readings(text: str) -> set[Decimal]:
    """Every number that a text may hold, with a comma or a point as its decimal mark."""
    found: set[Decimal] = set()
    for match in _NUMBERS.finditer(text):
        plain = match[0].replace(" ", "").replace("'", "")
        for decimal, group in ((".", ","), (",", ".")):
            bare = plain.replace(group, "").replace(decimal, ".")
            if re.fullmatch(r"\d+(?:\.\d+)?", bare):
                found.add(Decimal(bare))
    return found


def _lane(rate: RateData) -> tuple[str, ...]:
    return (
        rate.service, rate.service_code, rate.origin, rate.destination, rate.zone, rate.equipment,
        rate.freight_class, rate.currency, str(rate.conditions),
    )  # fmt: skip


def _shipment(card: CardData, index: int, lane: Sequence[RateData], chance: random.Random) -> PricedBack | None:
    rate = card.rates[index]
    if rate.unit not in _PER or rate.break_basis not in ("", "weight") or rate.break2_basis or rate.conditions:
        return None
    if rate.valid_from or rate.valid_to or _is_mapped(card, rate.freight_class):
        return None
    unit = rate.break_unit or card.weight_unit or "kg"
    measure = _PER[rate.unit][1]
    if unit not in ("kg", "lb") or (measure and measure != unit):
        return None
    weight = _weight(rate, chance)
    for rule in card.rules:
        if rule.kind == "weight_rounding" and rule.value:
            weight = _up(weight, rule.value)
    if not _holds(rate, weight):
        return None
    amount = _amount(rate, weight, lane)
    if rate.unit != "flat" and not any(
        rule.kind in ("next_break", "deficit_weight") and rule.choice == "no" for rule in card.rules
    ):
        others = [o for o in lane if o.unit == rate.unit and not o.excess_only and (o.break_from or 0) > weight]
        amount = min([amount, *(_amount(other, other.break_from or Decimal(0), lane) for other in others)])
    origin, destination = _place(card, rate.origin, "origin"), _place(card, rate.destination, "destination")
    if origin is None or destination is None:
        return None
    address = rate.source.get("value")
    return PricedBack(
        index, address if isinstance(address, str) else "", origin, destination, rate.zone, rate.service,
        rate.equipment, rate.freight_class, weight, unit, amount.quantize(_CENT, ROUND_HALF_UP),
    )  # fmt: skip


def _is_mapped(card: CardData, freight_class: str) -> bool:
    """Whether another class is charged in the place of this one."""
    if not freight_class:
        return False
    own = Decimal(freight_class)
    for rule in card.rules:
        if rule.kind != "class_map":
            continue
        for part in rule.classes.split(","):
            ends = [Decimal(end) for end in part.strip().split("-")]
            if ends[0] <= own <= ends[-1] and Decimal(rule.rated_as) != own:
                return True
    return False


def _weight(rate: RateData, chance: random.Random) -> Decimal:
    low = rate.break_from or Decimal(0)
    high = rate.break_to if rate.break_to is not None else low + 200
    part = Decimal(chance.randint(1, 99)) / 100
    weight = low + (high - low) * part
    return weight.quantize(Decimal(1) if rate.break_inclusive == "both" else Decimal("0.1"), ROUND_HALF_UP)


def _holds(rate: RateData, weight: Decimal) -> bool:
    low, high = rate.break_from or Decimal(0), rate.break_to
    above = weight >= low if rate.break_inclusive in ("lower", "both") else weight > low
    below = high is None or (weight < high if rate.break_inclusive == "lower" else weight <= high)
    return above and below and weight > 0


def _up(value: Decimal, step: Decimal) -> Decimal:
    return (value / step).to_integral_value(ROUND_CEILING) * step


def _amount(rate: RateData, weight: Decimal, lane: Sequence[RateData]) -> Decimal:
    per = Decimal(_PER[rate.unit][0])
    charged = weight - (rate.break_from or Decimal(0)) if rate.excess_only else weight
    if rate.increment and rate.rounding == "up":
        charged = _up(charged, rate.increment)
    amount = rate.value * charged / per if per else rate.value
    base = rate.base_charge
    if base is None and rate.excess_only:
        ends = [o.value for o in lane if o.break_to == rate.break_from and not o.excess_only and o.unit == "flat"]
        base = ends[0] if ends else None
    amount += base or Decimal(0)
    if rate.minimum is not None:
        amount = max(amount, rate.minimum)
    return min(amount, rate.maximum) if rate.maximum is not None else amount


def _place(card: CardData, text: str, side: str) -> tuple[str, str, str, str] | None:
    """A place that a text of a rate holds: (country, region, postal, name). None where there is none to be told."""
    if not text:
        return ("", "", "", "")
    if text == "*":
        return None
    zone = next((z for z in card.zones if z.zone == text and z.side == side), None)
    if zone is not None:
        code = zone.first if any(map(str.isdigit, zone.first)) else ""
        return (zone.country, "", code, "" if code else zone.first)
    if re.fullmatch(r"[A-Z]{2}", text):
        return (text, "", "", "")
    if match := re.fullmatch(r"([A-Z]{2})-([A-Z]{1,3})", text):
        return (match[1], match[2], "", "")
    match = re.match(r"(?:([A-Z]{2}) )?([A-Z0-9][A-Z0-9 -]*?)(\*?)(?:\s*[–,].*)?$", text)
    if match and (any(map(str.isdigit, match[2])) or match[3]):
        letters = match[2].isalpha()
        filler = "1 1AA" if letters else "0" * max(0, 5 - len(match[2])) if match[3] else ""
        return (match[1] or "", "", match[2] + filler, "")
    return ("", "", "", text)
