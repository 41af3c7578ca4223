"""What a cubic metre, a loading metre or a pallet space weighs for the price, as sentences say it. Pure."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from invoices.rate_records import RuleData
from processing.ratecards.figures import NUMBER, number_of

_UNITS_OF_SPACE: tuple[tuple[str, str], ...] = (
    ("m3", r"cbm|m³|m3|mc|kbm|kubikmeter|mètres? cubes?|metros? c[úu]bicos?|cubic met(?:er|re)s?"),
    (
        "ldm",
        (
            r"lademeter|ldm|lfm|mètres? linéaires?|mètres? de plancher|mpl|metros? lineal(?:es)?|metri lineari|"
            r"metro lineare|loading met(?:er|re)s?|laadmeters?|flakmeter|"
            r"flm|lastemeter|ladmeter|metr [łl]adunkowy|lavametri"
        ),
    ),
    (
        "pallet",
        (
            r"(?:(?P<fixed>nicht stapelbare[rns]?|unstapelbare[rns]?|non[- ]stackable|non gerbables?|"
            r"no remontables?)\s+)?"
            r"(?:euro?[- ]?)?(?:palettenpl[äa]tze?|palettenplatz|europalettenplatz|palettenstellplatz|"
            r"stellpl[äa]tze?|emplacements?|posti? pallet|palletplaats(?:en)?|"
            r"paletten?|pallets?|"
            r"pallet spaces?|pal[eé]s?|palettes?|bancal(?:i|es)?)"
        ),
    ),
)
_EQUALS = (
    r"\s*(?:=|≙|≈|:|entspricht|entsprechen|equals?|is|are|[ée]quiva(?:ut|le)\w*(?: à| a)?|corresponde\w*(?: a)?)\s*"
)
_EQUIVALENTS = tuple(
    (unit, re.compile(rf"(?:\b(?:1|ein|one|un|une|uno|um)\s*)(?:{words}){_EQUALS}(?P<v>{NUMBER})\s*(?:kgs?|"
    rf"kilos?)\b", re.I))
    for unit, words in _UNITS_OF_SPACE
) + tuple(
    (unit, re.compile(rf"(?P<v>{NUMBER})\s*(?:kgs?|kilos?)\s*(?:/|per|pro|je|par|"
    rf"por)\s*(?:1\s*)?(?:{words})(?!\w)", re.I))
    for unit, words in _UNITS_OF_SPACE
)  # fmt: skip
_CENTIMETRES_EQUAL = re.compile(rf"(?P<v>{NUMBER})\s*(?:cm(?:3|³)|ccm|cc)\s*(?:=|equals?|:)\s*1\s*kgs?\b", re.I)
_CUBIC_FEET = re.compile(
    rf"\b1\s*(?:cft|cu\.?\s?ft\.?|cubic f(?:oo|ee)t)\s*(?:=|:|is|equals)\s*(?P<v>{NUMBER})\s*kgs?\b", re.I
)
_CUBIC_FOOT = Decimal("0.028316846592")  # m³, exact by definition
# "1:6 (6000 cm³ per kg)": the divisor again.
_CENTIMETRES = re.compile(rf"[(,]?\s*(?P<v>{NUMBER})\s*cm(?:3|³)?\s*(?:/|per|pro|par|por|al)\s*(?:1\s*)?kg\s*\)?", re.I)
_RATIO = re.compile(
    rf"(?:(?:peso|poids|gewicht|weight)\w*\s*[/:-]\s*vol\w*|vol\w*\s*[/:-]\s*(?:peso|poids|gewicht|weight)|volum\w*)"
    rf"[^\d]{{0,30}}?\b1\s*:\s*(?P<v>{NUMBER})(?!\d)", re.I
)  # fmt: skip


_RATIO_ALONE = re.compile(r"\b1\s*:\s*(?P<v>[2-9])(?![\d.,])")


def _same_ratio(of_weight: str, kilograms: Decimal) -> bool:
    """Whether "1:6" says again that a cubic metre counts 167 kg."""
    return abs(1000 / Decimal(of_weight) - kilograms) <= 1


def rule_of(kind: str, text: str, place: Any, **fields: Any) -> RuleData:
    return RuleData(kind, words=text[:500], source={"words": place}, **fields)


def without(text: str, match: re.Match[str]) -> str:
    return text.replace(match[0], " ", 1)


def weight_equivalents(text: str, rest: str, place: Any) -> tuple[list[RuleData], str]:
    rules: list[RuleData] = []
    for unit, pattern in _EQUIVALENTS:
        for match in pattern.finditer(text):
            value = number_of(match["v"])
            if value is None or match[0] not in rest:
                continue
            fixed = unit == "pallet" and bool(match.groupdict().get("fixed"))
            rules.append(
                rule_of(
                    "weight_equivalent", text, place, value=value, unit=unit, choice="not_stackable" if fixed else ""
                )
            )
            rest = without(rest, match)
            ratio = _RATIO_ALONE.search(rest)
            if ratio is not None and _same_ratio(ratio["v"], value):
                rest = without(rest, ratio)
    dense = _CENTIMETRES_EQUAL.search(rest)
    divisor = number_of(dense["v"]) if dense else None
    if dense is not None and divisor and not any(rule.unit == "m3" for rule in rules):
        weight = (Decimal(1_000_000) / divisor).quantize(Decimal("0.01"))
        rules.append(rule_of("weight_equivalent", text, place, value=weight, unit="m3"))
        rest = without(rest, dense)
    feet = _CUBIC_FEET.search(rest)
    per_foot = number_of(feet["v"]) if feet else None
    if feet is not None and per_foot is not None:
        weight = (per_foot / _CUBIC_FOOT).quantize(Decimal("0.01"))
        rules.append(rule_of("weight_equivalent", text, place, value=weight, unit="m3"))
        rest = without(rest, feet)
    return rules, _volume_ratio(text, rest, rules, place)


def _volume_ratio(text: str, rest: str, rules: list[RuleData], place: Any) -> str:
    """ "1:6" of weight and volume is 6,000 cm³ a kilogram; it may stand beside the same in kg/m³."""
    match = _RATIO.search(rest)
    if match is None:
        return rest
    ratio = number_of(match["v"])
    if ratio is None or not 1 <= ratio <= 10:
        return rest
    weight = Decimal(1000) / ratio
    said = [rule.value for rule in rules if rule.unit == "m3" and rule.value is not None]
    if not said:
        rules.append(rule_of("weight_equivalent", text, place, value=weight.quantize(Decimal("0.01")), unit="m3"))
    rest = without(rest, match) if not said or abs(said[0] - weight) <= 1 else rest
    again = _CENTIMETRES.search(rest)
    return without(rest, again) if again and number_of(again["v"]) == ratio * 1000 else rest
