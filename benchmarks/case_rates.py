"""Whether what a label says of a rate, a surcharge, a zone or a term stands in a standardized card. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from babel import Locale

from benchmarks.case_compare import Row, folded, number

_ELSEWHERE = frozenset(["", "*", "* *", "everywhere else", "rest of world", "all"])
_UNITS = {"cwt": {"cwt", "100lb"}, "100 kg": {"100kg"}, "kg": {"kg"}, "lb": {"lb"}, "m3": {"m3"}, "km": {"km"}}
_TERMS = {  # how a label's term is called on a card
    "discount_percent": ("discount",),
    "absolute_minimum_charge": ("minimum",),
    "FAK": ("fak", "class_map", "freight_class_map", "classes"),
    "deficit_weight": ("deficit", "next_break"),
}
_OF_GOODS = re.compile(r"value|warenwert|valor|valeur|goods")
_COUNTRIES: dict[str, str] = {folded(name): code for code, name in Locale("en").territories.items() if len(code) == 2}


def freight_rates(card: Row) -> list[Row]:
    """Without the rows of tabulated charges (toll by weight and distance), which stand among the rates."""
    return [rate for rate in card.get("rates") or () if not rate.get("charge")]


def rate_standing(card: Row, check: Row, *, services: int) -> Row | None:
    """A rate of the card that agrees with all that the check says; ``services`` are those that the checks tell
    apart."""
    value = number(check["value"])
    for rate in freight_rates(card):
        if number(rate.get("value")) == value and _same_rate(card, rate, check, services):
            found: Row = rate
            return found
    return None


def _same_rate(card: Row, rate: Row, check: Row, services: int) -> bool:
    lower, upper = (number(rate.get(name)) for name in ("break_from", "break_to"))
    if (lower or Decimal(0)) != (number(check.get("weight_from")) or Decimal(0)):
        return False
    if upper != number(check.get("weight_to")):
        return False
    if "from inclusive" in check.get("bounds", "") and upper is not None and rate.get("break_inclusive") != "lower":
        return False
    unit = str(check.get("unit") or "flat")
    if not _same_unit(rate, unit) or bool(rate.get("excess_only")) != (" above " in unit):
        return False
    if "minimum" in check and (number(rate.get("minimum")) or 0) != (number(check["minimum"]) or 0):
        return False
    weight_unit = check.get("weight_unit")
    if weight_unit and weight_unit not in (rate.get("break_unit"), card.get("weight_unit")):
        return False
    return _same_service(card, rate, str(check.get("service") or ""), services) and _same_lane(card, rate, check)


def _same_unit(rate: Row, said: str) -> bool:
    unit = str(rate.get("unit") or "flat")
    wanted = next((units for word, units in _UNITS.items() if word in said.split(" above ")[0]), {"flat"})
    return unit in ({"flat", "bill", "container"} if said.startswith("flat") else wanted)


def _same_service(card: Row, rate: Row, service: str, services: int) -> bool:
    wanted = folded(service)
    if wanted.startswith("class "):
        classes = (folded(rate.get("freight_class")).removeprefix("class "), folded(rate.get("service")))
        return wanted.removeprefix("class ") in classes or wanted in classes
    have = {folded(rate.get(name)) for name in ("service", "service_code", "equipment")} - {""}
    if not wanted or (services < 2 and services_in(freight_rates(card)) < 2):  # nothing to tell it from
        return True
    have |= {folded(card.get("service"))} - {""} if not rate.get("service") else set()
    return any(one == wanted or wanted.startswith(one) or one.startswith(wanted) for one in have)


def _same_lane(card: Row, rate: Row, check: Row) -> bool:
    if check.get("zone") is not None:
        names = [f"{_zone(rate.get(name))} " for name in ("zone", "destination")]
        if not any(name.startswith(f"{_zone(check['zone'])} ") for name in names):
            return False
    elif check.get("destination") and not _place_is(card, rate, "destination", check["destination"]):
        return False
    return not check.get("origin") or _place_is(card, rate, "origin", check["origin"])


def _place_is(card: Row, rate: Row, side: str, said: str) -> bool:
    wanted = _place(said)
    have = {_place(rate.get(side)), _place(card.get(side))} - {""}
    if side == "origin" and not have:  # said once, for the whole card
        whole = {name: card[name] for name in card if not isinstance(card[name], list) and name != "evidence"}
        have = {_place(value) for path, value in _leaves(whole) if "origin" in path} - {""}
    if side == "destination" and rate.get("zone"):
        have.add(_place(rate["zone"]))
        have |= {_place(text) for zone in _zones_named(card, rate["zone"]) for text in _zone_texts(zone)}
    if wanted == "*":
        return have <= _ELSEWHERE
    return any(one == wanted or (len(one) > 2 and wanted.endswith(f" {one}")) for one in have)


def _place(text: Any) -> str:
    """``GBR BT*`` and ``GB BT`` alike: without remarks in brackets and wildcards, countries as two letters."""
    words = folded(re.sub(r"\(.*?\)", "", str(text or ""))).split()
    if words and re.fullmatch(r"[a-z]{2}-[^\W\d].*", words[0]):  # a region, as ISO 3166-2 writes it
        words[:1] = words[0].split("-", 1)
    if " ".join(words) in _COUNTRIES:
        return _COUNTRIES[" ".join(words)].casefold()
    if words:
        words[0] = _ALPHA3.get(words[0], words[0]).casefold()
    whole = " ".join(word for word in words if word != "*") or ("*" if words else "")
    return whole if whole == "*" else whole.removesuffix("*")


_ALPHA3 = {
    "deu": "DE", "aut": "AT", "che": "CH", "gbr": "GB", "usa": "US", "nld": "NL", "fra": "FR", "ita": "IT", "esp": "ES",
    "bel": "BE", "pol": "PL", "dnk": "DK", "swe": "SE", "nor": "NO", "cze": "CZ", "irl": "IE", "prt": "PT", "can": "CA",
    "bra": "BR", "lux": "LU", "hun": "HU", "fin": "FI", "aus": "AU", "mex": "MX", "chn": "CN", "jpn": "JP", "hkg": "HK",
}  # fmt: skip


def _zone(text: Any) -> str:
    return re.sub(r"^(zone|zona|zonas)\s*", "", folded(text))


def _zones_named(card: Row, name: Any) -> Iterator[Row]:
    return (zone for zone in card.get("zones") or () if _zone(zone.get("zone")) == _zone(name))


def _zone_texts(zone: Row) -> Iterator[str]:
    country, first, last = (str(zone.get(name) or "") for name in ("country", "first", "last"))
    yield f"{country} {first}".strip()
    yield f"{country} {first}-{last or first}".strip()


def zone_stands(card: Row, place: str, zone: Any) -> bool:
    """``place`` is a country or one range of postal codes, ``26 – 28``."""
    wanted = _place(place)
    for row in _zones_named(card, zone):
        texts = {_place(text) for text in _zone_texts(row)} | {_place(row.get("first"))}
        first, last = folded(row.get("first")), folded(row.get("last") or row.get("first"))
        if (
            wanted in texts
            or any(text.endswith(f" {wanted}") for text in texts)
            or wanted == f"{first}-{last}"
            or wanted == first == last
        ):
            return True
    return False


def named_rows(value: Any) -> Iterator[Row]:
    """Every row of a card that has a name or a code, whichever table it stands in."""
    if isinstance(value, dict):
        if value.get("name") or value.get("code"):
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from named_rows(each)


def surcharge_stands(card: Row, label: Row, *, region: str = "", value: Any = None) -> bool:
    """A charge of that name or code with that amount or percentage and minimum, for ``region`` where one is named."""
    said = str(value if value is not None else label["value"])
    amount, percent = number(said), "%" in said or "%" in str(label.get("unit") or "")
    limits = str(label.get("limits") or "")
    if "min" in said or re.search(r"\bmin\b", limits):
        minimum = number((said if "min" in said else limits).split("min")[1])
    else:
        minimum = number(label.get("minimum"))
    bands = [number(band.get("percent")) for band in card.get("fuel") or ()]
    if percent and not region and "fuel" in folded(label.get("name")) and amount in bands:
        return True
    for row in [*named_rows({name: card[name] for name in card if name != "rates"}), *_tabulated(card)]:
        if not _same_name(row, label) or number(row.get("value", row.get("percent"))) != amount:
            continue
        if percent != _is_percent(row):
            continue
        if (number(row.get("minimum")) or 0) != (minimum or 0):
            continue
        based = folded(" ".join(str(row.get(name) or "") for name in ("applies_to", "unit", "basis")))
        if percent and bool(_OF_GOODS.search(folded(label.get("unit")))) != bool(_OF_GOODS.search(based)):
            continue
        if not region or folded(region) in folded(" ".join(str(each) for each in row.values())):
            return True
    return False


def _is_percent(row: Row) -> bool:
    words = [str(row.get(name) or "") for name in ("basis", "unit", "kind")]
    return (
        "percent" in row or "%" in words[1] or words[1] == "percent" or words[0] == "percent" or words[2][:4] == "tax_"
    )


def _tabulated(card: Row) -> Iterator[Row]:
    """The rows of charges that are tables, under the name of their charge."""
    names = {str(row.get("code")): row.get("name") for row in card.get("surcharges") or () if row.get("code")}
    for rate in card.get("rates") or ():
        if rate.get("charge"):
            yield {**rate, "name": names.get(rate["charge"], rate["charge"])}


def _same_name(row: Row, label: Row) -> bool:
    if label.get("code") and folded(row.get("code")) == folded(label["code"]):
        return True
    have, wanted = (folded(re.sub(r"\(.*?\)", "", str(each.get("name") or ""))) for each in (row, label))
    return bool(have) and (have == wanted or have.startswith(f"{wanted} "))


def matrix_stands(card: Row, label: Row, check: Row) -> bool:
    """A row of a second table (toll by weight and distance): the price with both of its limits."""
    value = number(check["value"])
    limits = {number(check[name]) for name in check if name not in ("value", "note")}
    for row in _rows(card):
        numbers = {number(each) for each in row.values() if not isinstance(each, dict | list)}
        if value in numbers and limits <= numbers:
            return True
    return False


def _rows(value: Any) -> Iterator[Row]:
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _rows(each)


def fuel_percent(card: Row, index: Any) -> Decimal | None:
    """Of the band in which the index lies."""
    at = number(index)
    for band in card.get("fuel") or ():
        lower, upper = number(band.get("index_from")), number(band.get("index_to"))
        if at is not None and (lower is None or lower <= at) and (upper is None or at < upper):
            return number(band.get("percent"))
    return None


def term_stands(card: Row, name: str, said: Any) -> bool:
    """A term of the whole tariff (discount, absolute minimum, class map), wherever the card keeps it outside its
    rates."""
    words = _TERMS.get(name, (folded(name),))
    wanted = number(said)
    for path, value in _leaves({key: card[key] for key in card if key != "rates"}):
        if not any(word in path for word in words) or value in (None, "", False):
            continue
        if wanted is None or isinstance(said, bool) or name == "FAK" or number(value) == wanted:
            return True
    return False


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        kind = " ".join(folded(value.get(key)) for key in ("kind", "name", "rule", "basis"))
        for key, each in value.items():
            if key != "source":
                yield from _leaves(each, f"{path} {kind} {folded(key)}")
    elif isinstance(value, list):
        for each in value:
            yield from _leaves(each, path)
    else:
        yield path, value


def services_in(checks: Sequence[Row]) -> int:
    return len({folded(check.get("service")) for check in checks} - {""})


def volume_factor_stands(card: Row, said: Any) -> bool:
    """``5000 cm³/kg`` or ``300 kg/m³``, kept as a divisor or as what a cubic metre weighs; one is as good."""
    factor = number(said)
    if not factor:
        return False
    have = [number(card.get("dimensional_divisor"))]
    rules = [rule for rule in card.get("rules") or () if rule.get("kind") == "weight_equivalent"]
    have += [number(rule.get("value")) for rule in rules if rule.get("unit") == "m3"]
    return any(one and (one == factor or abs(1_000_000 / one - factor) < Decimal("0.1")) for one in have)
