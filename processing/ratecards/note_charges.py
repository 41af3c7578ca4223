"""Surcharges that stand in notes around the tables: ``Residential delivery EUR 1.25 per shipment``, ``Maut 8,5 %``.
Pure.

A note is read where it holds one amount and nothing else with a number; one that names a charge and says more than that
is left to a person, with its words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from invoices.rate_records import Applies, Basis, CardData, FuelBandData, RuleData, SurchargeData
from invoices.rate_records.bases import PERCENT_BASES, basis_of
from invoices.rate_records.charges import meaning_of as trade_meaning
from invoices.records import ReviewReason
from invoices.rules.catalogue import reason
from invoices.values import find_dates
from processing.content.records import Row
from processing.ratecards.charge_columns import base_in, is_started
from processing.ratecards.charge_words import ChargeWords, read_words
from processing.ratecards.figures import LISTED, sentences_in
from processing.ratecards.labels import price_unit, without_unit
from processing.ratecards.note_amounts import NUMBER, SIGN, Amount, amounts_in, is_counted
from processing.ratecards.other_rows import ALWAYS, ALWAYS_BY_SEA_AND_AIR
from processing.ratecards.pointed_figures import PointedFigures, rest_in_row
from processing.ratecards.sheets import source_of
from processing.ratecards.unit_words import unit_by_word
from processing.ratecards.vocabulary import folded
from processing.ratecards.when_due import ALWAYS_SAID, CHARGE_NAMED, FUEL_NAMED, SERVICE_NAMED, WANTED, known_to_apply

_MOST_CHARACTERS = 200
_MOST_WORDS = 8
_MOST_REASONS = 5
_TACT = 45  # kg: where air tariffs go from N to +45
_NO_CHARGE = re.compile(
    r"\bvat\b|\bmwst|\bust\b|\biva\b|\btva\b|\bbtw\b|\binclud|\binkl|\binbegriff|enthalten|incluid|inclus|compris|"
    r"late payment|payment|zahlung|skonto|rabatt|discount(?!ed)|descuento|remise|interest|liabilit|haftung|sdr|"
    r"waived|free of charge|kostenlos|gratis|sin cargo",
    re.I,
)
_MINIMUM = re.compile(
    r"[,;(]?\s*\b(?:at least|min(?:imum|destens|imo)?|m[íi]n(?:imo)?)\b\.?\s*(?:of|de|:)?\s*$", re.I
)  # fmt: skip
_MAXIMUM = re.compile(
    r"[,;(]?\s*\b(?:max(?:imum|imal|imo)?|m[áa]x(?:imo)?|up to|höchstens)\b\.?\s*(?:of|de|:)?\s*$", re.I
)  # fmt: skip
_BASE = re.compile(
    r"^\W*(?:on|of|auf|vom|von|sobre|del?|d[oa]|sur|du|der|des)\s+(?:top of\s+)?(?:the|die|den|das|der|dem|el|la|"
    r"los|le|o)?\s*"
    r"(?P<base>[^\d,;()]{3,40}?)\s*(?=$|[,;(])",
    re.I,
)
_FREIGHT = re.compile(
    r"\b(?:base|freight|fracht\w*|flete|porte|tarifa|grundpreis|rates?|fret|linehaul|transporte?)\b", re.I
)  # fmt: skip
# "Name: 20 % of the freight", whatever the name: a percentage of something that is charged.
_STATED = re.compile(
    rf"^[^\d:]{{2,60}}:\s*(?:{NUMBER})\s*%\s*(?:on|of|auf|vom|von|der|des|sobre|del?|d[oa]|sur|du|della|van|op)\b",
    re.I,
)
# "Name: 50,00 USD per B/L": a name with one amount of money, whatever the name.
_PARTED = re.compile(rf"^[^\d:%]{{3,60}}(?::|\s)\s*(?:(?:{NUMBER})\s?%|%\s?(?:{NUMBER}))")
_PRICED = re.compile(rf"^[^\d:]{{3,60}}(?::|\s)\s*(?:{SIGN}\s?(?:{NUMBER})|(?:{NUMBER})\s?{SIGN})")
# From here on a percentage of the freight is the price of an event (a second delivery), below it of being carried.
_EVENT = 20
# What these are taken of is the value of the goods, whatever a card calls it.
_OF_THE_VALUE = frozenset({"insurance", "cash_on_delivery", "ad_valorem", "theft_risk"})
_OF_THE_FREIGHT = frozenset({"fuel", "toll", "security"})
_BY_SOMETHING = re.compile(r"^(?:per|pro|je|por|par|pr\.?|cada|za|na|every|each)\s+[^\W\d]{3,}", re.I)
# "Floater (base 1.25 EUR/l): 4 %": where an index begins is no charge.
_INDEX_BASE = re.compile(r"\((?:bas[ei]s?|ref\w*|index|indice|índice)\b[^()]*\)", re.I)
# "per kg chargeable weight": of which weight, as every charge by weight is.
_OF_WEIGHT = re.compile(
    r"(?:(?:on|of|auf|sul|sobre|sur|du|del|op) )?(?:the )?(?:(?:chargeable|billable|billed|taxable) weight|"
    r"peso (?:tassabile|"
    r"tasable|tax[áa]vel)|poids taxable|frachtpfl\w*\.? gewicht|belastbaar gewicht)", re.I
)  # fmt: skip
_UNKNOWN = "?"  # what a percentage is taken of
_PREPOSITIONS = frozenset({"a", "à", "au", "por", "par", "per", "je", "pro"})  # left of "a cada 100 kg"
_DOLLARS = frozenset({"AUD", "CAD", "HKD", "MXN", "NZD", "SGD", "TWD"})
_UNIT = re.compile(r"^\W*(?:/|per\b|pro\b|je\b|por\b|par\b|cada\b)\s*(?:\d+\s*)?[\w³/-]+", re.I)
_LEADING = re.compile(r"^(?:[\W_]|\b(?:plus|zzgl|zuzüglich|additional(?=\s+\w+ (?:fee|surcharge)))\b)+", re.I)
# "Charges: documentation" in one line with its heading.
_HEADING = re.compile(
    r"^(?:charges|fees|surcharges|gastos|recargos|nebenkosten|zuschl[äa]ge|frais|spese|kosten|taxas|toeslagen)\s*:\s*",
    re.I,
)
_TRAILING = re.compile(r"(?:[\s:=–—\-(]|\b(?:of|is|at|von|de|beträgt|is charged at|a)\s*)+$", re.I)


def read_note_charges(
    card: CardData, rows: Iterable[Row], *, understood: Collection[int] = (), rules: Collection[str] = (),
    read: set[str] | None = None,
    pointed: PointedFigures | None = None,
) -> list[ReviewReason]:  # fmt: skip
    """Add the surcharges and the fuel percentage of notes to a card whose tables were read; what a plan has ``pointed``
    at is said already. The reasons name the notes that speak of a charge in a way that was not understood."""
    known = {folded(surcharge.name) for surcharge in card.surcharges}
    had_fuel = bool(card.fuel)
    reasons: list[ReviewReason] = []
    told_apart: set[str] = set()
    for row in rows:
        if not row.cells or len(row.cells) > 3 or row.number in understood:
            continue
        place = source_of(row.cells[0].place)
        for part in _notes_in(row.text):
            said = LISTED.sub("", part).strip()
            text = " ".join(_INDEX_BASE.sub(" ", said).split()).replace(" :", ":")
            if len(text) > _MOST_CHARACTERS or _NO_CHARGE.search(text):
                continue
            if said.rstrip(".") in rules or rest_in_row(pointed, row, text) is not None:
                continue  # a plan says what the sentence is
            about_fuel = bool(FUEL_NAMED.search(text)) or trade_meaning(text) == "fuel"
            if not (
                about_fuel
                or CHARGE_NAMED.search(text)
                or SERVICE_NAMED.search(text)
                or trade_meaning(text)
                or _STATED.match(text)
                or _PRICED.match(text)
                or _PARTED.match(text)
            ):
                continue
            amounts = amounts_in(text)
            if not amounts:
                continue
            found = _charge(text, amounts, by_sea_or_air=goes_by_sea_or_air(card))
            if found is not None and (found.applies_to[:1] == _UNKNOWN or not known_to_apply(found, text)):
                # A name that no word of the trade tells: a person says whether each shipment pays it.
                found.applies_to = found.applies_to.removeprefix(_UNKNOWN)[:60]
                of_freight = found.applies_to == "freight" and found.value < _EVENT
                found.applies = "always" if of_freight or _by_as_freight(found, card) else "asked"
                words = f"“{text[:200]}”: does each shipment pay this, or only where it is asked for?"
                card.rules.append(RuleData("not_understood", words=words, charge=found.name, source={"words": place}))
                told_apart.add(text)
            named = about_fuel or CHARGE_NAMED.search(text) is not None
            if read is not None and (found is not None or named or text in told_apart):
                read.add(said)
            if about_fuel and had_fuel:
                continue  # bands of a table say it in full
            if found is None:
                if named:
                    where = place if isinstance(place, str) else f"page {row.page}"
                    told = f"The note {where} mentions a charge that was not imported: “{text[:120]}”."
                    reasons.append(reason("cells_left_over", f"surcharges[{len(reasons)}]", told))
            elif about_fuel and found.basis == "percent" and found.minimum is None and found.maximum is None:
                if not card.fuel:
                    card.fuel.append(FuelBandData(percent=found.value, source={"percent": place}))
            elif folded(found.name) not in known:
                known.add(folded(found.name))
                found.source = {"value": place, "name": place}
                if about_fuel:
                    found.kind, found.meaning, found.applies, found.sequence = "fuel", "fuel", "always", 500
                if found.currency == card.currency or (found.currency == "USD" and card.currency in _DOLLARS):
                    found.currency = ""  # "$" on a card in Australian dollars
                if found.unit == "piece" and _only_containers(card):
                    found.unit = "container"  # "per unit" of a card of containers and trailers
                card.surcharges.append(found)
    return reasons[:_MOST_REASONS]


def _by_as_freight(charge: SurchargeData, card: CardData) -> bool:
    """Whether a charge is by what the freight is by: then each shipment pays it, most likely."""
    units = {rate.unit for rate in card.rates if not rate.charge} - {"flat", "piece", "pallet"}
    return charge.unit in units or (charge.unit == "teu" and "container" in units)


def _only_containers(card: CardData) -> bool:
    freight = [rate for rate in card.rates if not rate.charge]
    return bool(freight) and all(rate.unit == "container" for rate in freight)


def _notes_in(text: str) -> Iterator[str]:
    """The parts of a row, and their sentences where each states an amount ("Lift gate: $70. Inside: $85.")."""
    for part in re.split(r"\s*[;|•]\s*", text):
        found = list(sentences_in(part))
        several = len(found) > 1 and all(amounts_in(sentence) for sentence in found)
        yield from (sentence.rstrip(".") for sentence in found) if several else (part,)


def name_before(text: str, figure: str) -> str:
    """What a charge is called: the words before its figure, or behind it where none stand before."""
    start = text.find(figure)
    before, behind = (text[:start], text[start + len(figure) :]) if start >= 0 else (text, "")
    before = re.split(r"(?<=[.;])\s+|\s*[•|\n]\s*", before)[-1]
    before = re.sub(rf"{SIGN}\s*$", "", before)
    name = _HEADING.sub("", _TRAILING.sub("", _LEADING.sub("", before)).strip())
    return name or " ".join(re.split(r"[.;]", behind)[0].split()[:_MOST_WORDS]).strip(" %€$£")


def _charge(text: str, amounts: Sequence[Amount], *, by_sea_or_air: bool = False) -> SurchargeData | None:
    """The surcharge that a note states, or None where it says more than one thing."""
    first = amounts[0]
    name = _TRAILING.sub("", _LEADING.sub("", text[: first.start])).strip()
    tail = text[first.end :]
    minimum = maximum = None
    for extra in reversed(amounts[1:]):
        before = text[first.end : extra.start]
        low, high = _MINIMUM.search(before), _MAXIMUM.search(before)
        if low is None and high is None:
            return None
        if low is not None:
            minimum = extra.value
        else:
            maximum = extra.value
        tail = before[: (low or high).start()] + text[extra.end :] if extra is amounts[-1] else before  # type: ignore[union-attr]
    unit = price_unit(tail) or ""
    started = bool(unit) and is_started(tail)
    worded = started or unit_by_word(tail) is not None
    tail = without_unit(tail if worded else _UNIT.sub("", tail, count=1)) if unit else tail
    applies_to = ""
    if first.percent and (of_goods := base_in(tail)) in ("goods_value", "fuel"):
        applies_to, tail = of_goods, ""
    elif first.percent:
        base = _BASE.match(tail)
        if base is None or _FREIGHT.search(base["base"]) or of_goods == "freight":
            applies_to = "freight"
            tail = "" if base is None and of_goods else tail
        else:
            applies_to = base_in(base["base"]) or base["base"].strip()
        tail = tail[base.end() :] if base else tail
    always = ALWAYS_SAID.search(f"{name} {tail}")
    rest = ALWAYS_SAID.sub("", tail).strip(" .,;:()–-")
    rest = _OF_WEIGHT.sub("", rest).strip(" .,;:()–-")
    rest = "" if rest.casefold() in _PREPOSITIONS else rest
    name = _HEADING.sub("", _TRAILING.sub("", ALWAYS_SAID.sub("", name)).strip()) or name
    if not name:
        name, rest = rest, ""
    for date in reversed(find_dates(rest)):
        rest = rest[: date.start] + rest[date.end :]
    words = name.split()
    said = read_words(rest, value=first.value) if any(map(str.isdigit, rest)) else ChargeWords()
    if not words or len(words) > _MOST_WORDS or is_counted(name) or said.open or len(rest.split()) > _MOST_WORDS:
        return None
    unit = unit or said.unit
    if first.percent and unit:
        return None  # percent of what is no money
    if _BY_SOMETHING.match(rest):
        return None  # by a unit that nobody knows
    basis: Basis = "percent" if first.percent else "per_unit" if unit not in ("", "flat") else "flat"
    meaning = trade_meaning(name)
    if first.percent and applies_to not in PERCENT_BASES:
        if meaning not in _OF_THE_VALUE | _OF_THE_FREIGHT:
            applies_to = _UNKNOWN + applies_to  # a part of something that nobody knows
        else:
            applies_to = "goods_value" if meaning in _OF_THE_VALUE else "freight"
    customary = ALWAYS | ALWAYS_BY_SEA_AND_AIR if by_sea_or_air else ALWAYS
    applies: Applies = "always" if always or (meaning in customary and not rest) else ""
    if said.conditions:
        applies = "always"  # where they hold
    if not always and WANTED.search(f"{name} {rest}"):
        applies = "asked"
    per = basis_of(unit) if started else None
    return SurchargeData(
        increment=per.per if per is not None else None, rounding="up" if per is not None else "",
        meaning=meaning, applies=applies,
        name=name[:200], value=first.value, basis=basis, unit=unit if basis == "per_unit" else "",
        applies_to=applies_to, condition=always[1] if always else rest[:200],
        minimum=said.minimum if minimum is None else minimum, maximum=said.maximum if maximum is None else maximum,
        free_units=said.free_units, conditions=said.conditions, currency=first.currency,
    )  # fmt: skip


def goes_by_sea_or_air(card: CardData) -> bool:
    """Whether a card is of an ocean or air carrier, by its words or by its containers."""
    tact = any(r.break_from == _TACT and r.unit == "kg" and re.match(r"[A-Z]{3}$", r.destination) for r in card.rates)
    return tact or card.mode in ("ocean", "air") or any(rate.unit == "container" for rate in card.rates)
