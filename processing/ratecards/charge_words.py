"""Words beside a charge: when it applies, its limits, per how many of what. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from invoices.rate_records import Condition
from processing.ratecards.figures import NUMBER, figures_in, number_of, set_aside
from processing.ratecards.labels import price_unit
from processing.ratecards.note_amounts import SIGN
from processing.ratecards.unit_words import unit_by_word

_SIGN = rf"(?:{SIGN})?\s*"
_MIN = re.compile(rf"\bm[ií]n(?:imum|imo|destens|\.)?\s*(?:of\s*)?{_SIGN}(?P<v>{NUMBER})", re.I)
_MAX = re.compile(rf"\bm[aá]x(?:imum|imal|imo|\.)?\s*(?:of\s*)?{_SIGN}(?P<v>{NUMBER})", re.I)
_FREE = re.compile(
    rf"(?:after|first|nach|die ersten|apr[èe]s|despu[ée]s de|primeiros|primeros)\s*(?P<v>{NUMBER})\s*"
    rf"(?:(?:free|freien?|free of charge|gratuit\w*|libres?)\s+)?"
    rf"(?P<u>min\w*|stunden?|hours?|horas?|heures?|days?|tage?)\.?(?:\s*(?:are\s+)?(?:free|frei|gratuit\w*|gratis|libres?|livres))?",
    re.I,
)  # fmt: skip
_PIECE_WEIGHT = re.compile(
    rf"(?:any|each|every|one|a single|je|ein\w*|cualquier|cada|qualquer)?\s*(?:piece|package|parcel|packst[üu]ck|"
    rf"colis|bulto|volume)"
    rf"\s*(?:weigh\w*\s*)?(?:above|over|exceeding|more than|heavier than|[üu]ber|de m[áa]s de|m[áa]s de|"
    rf"de plus de|acima de)\s*"
    rf"(?P<v>{NUMBER})\s*(?P<u>kgs?|lbs?)\b", re.I
)  # fmt: skip
_SIDE = re.compile(
    rf"(?:side|length|longest side|dimension|kante|seite|gurtma[ßs]|lado|c[ôo]t[ée])\s*(?:above|over|exceeding|"
    rf"more than|longer than|"
    rf"[üu]ber|m[áa]s de|de plus de|acima de)\s*(?P<v>{NUMBER})\s*(?P<u>cm|in|m)\b", re.I
)  # fmt: skip
_ONLY = re.compile(r"(?:^|;)\s*(?P<codes>[A-Z]{2}(?:(?:,\s*|\s+and\s+|/)[A-Z]{2})*)\s+only\s*(?:;|$)")
_STARTED = (
    r"(?:(?:started|begun|commenced|additional|angefangene[nr]?|begonnene|fracci[óo]n de|tranche(?: entam[ée]e)? de|"
    r"begonnen)\s*)?"
)
_PERIOD = re.compile(
    rf"(?:per|je|pro|por|par|every|each)\s*{_STARTED}(?P<n>{NUMBER})\s*(?P<u>minutes?|minuten|minutos?|min)\b", re.I
)
# "From the 31st minute on": thirty of them are free.
_FROM_THE = re.compile(
    r"(?:ab der|ab dem|from the|[àa] partir de la|desde el|desde la|vanaf de|a partir do|dal)\s*"
    r"(?P<v>\d{1,3})(?:\.|st|nd|rd|th|e|[ªº])?\s*"
    r"(?P<u>min\w*|stunden?|hours?|horas?|heures?)", re.I
)  # fmt: skip
_PERCENT = re.compile(rf"(?P<v>{NUMBER})\s*%")
_PLAIN_UNIT = re.compile(rf"(?:per|je|pro|por|par|/)\s*(?:{NUMBER})?\s*[\w³/]+", re.I)


# Behind the price of an hour, hours are those without a price.
_TIME = re.compile(rf"(?P<v>{NUMBER})\s*(?P<u>[^\W\d_]+)")


@dataclass(slots=True)
class ChargeWords:
    """What the words beside an amount say. ``open`` are figures that nobody has understood."""

    unit: str = ""
    increment: Decimal | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    free_units: Decimal | None = None
    conditions: list[Condition] = field(default_factory=list)
    open: list[str] = field(default_factory=list)


def read_words(text: str, *, value: Decimal, country: str = "") -> ChargeWords:
    """The limits, the unit and the conditions that a remark states; ``value`` is the charge's own figure, which
    a remark may repeat."""
    words = ChargeWords()
    rest = text
    if match := _PERIOD.search(rest):
        words.unit, words.increment = "minute", number_of(match["n"])
        rest = _without(rest, match)
    if match := _FREE.search(rest):
        words.free_units = number_of(match["v"])
        if words.free_units is not None and match["u"].casefold().startswith(("h", "stund")):
            words.free_units *= 60
        rest = _without(rest, match)
    time = _TIME.search(rest) if words.free_units is None else None
    by = unit_by_word(f"per {time['u']}") if time else None
    if time is not None and by is not None and by[0] in ("hour", "day"):
        words.free_units = number_of(time["v"])  # "per uur na 1 uur"
        if words.free_units is not None and by[0] == "hour":
            words.free_units *= 60
        rest = _without(rest, time)
    if match := _FROM_THE.search(rest):
        words.free_units = Decimal(match["v"]) - 1
        if not match["u"].casefold().startswith("min"):
            words.free_units *= 60
        rest = _without(rest, match)
    if match := _MIN.search(rest):
        words.minimum = number_of(match["v"])
        rest = _without(rest, match)
    if match := _MAX.search(rest):
        words.maximum = number_of(match["v"])
        rest = _without(rest, match)
    if match := _PIECE_WEIGHT.search(rest):
        unit = match["u"].casefold().rstrip("s")
        words.conditions.append({"on": "piece_weight", "above": str(number_of(match["v"])), "unit": unit})
        rest = _without(rest, match)
    if match := _SIDE.search(rest):
        words.conditions.append(
            {"on": "piece_side", "above": str(number_of(match["v"])), "unit": match["u"].casefold()}
        )
        rest = _without(rest, match)
    if match := _ONLY.search(rest):
        codes = re.findall(r"[A-Z]{2}", match["codes"])
        places = [f"{country}-{code}" if country else code for code in codes]
        words.conditions.append({"on": "place", "values": places})
    if not words.unit and (unit := price_unit(rest)):
        words.unit = unit
        rest = _PLAIN_UNIT.sub(" ", rest, count=1)
    # "1.2 %" beside 0.012 in percent says the same again.
    rest = _PERCENT.sub(lambda m: " " if number_of(m["v"]) == value else m[0], rest)
    words.open = figures_in(set_aside(rest)[0])
    return words


def _without(text: str, match: re.Match[str]) -> str:
    return text[: match.start()] + " " + text[match.end() :]
