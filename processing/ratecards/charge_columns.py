"""Columns of a rate table that are charges of their own: percent of the goods' value, toll per started 100 kg. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from invoices.rate_records.charges import meaning_of as trade_meaning
from processing.content.records import Row
from processing.ratecards.axes import holds_values
from processing.ratecards.headers import Header
from processing.ratecards.labels import currency_in, price_unit
from processing.ratecards.plan import ColumnPlan
from processing.ratecards.vocabulary import folded

_STARTED = re.compile(
    r"fra[çc][ãa]o|fraction|started|part thereof|angef|entam[ée]|fracci[óo]n|frazione|begonnen|commenced", re.I
)
_BASES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("goods_value", re.compile(
        r"\bNF\b|\bNF-?e\b|nota fiscal|(?:declared|invoice|goods|cargo|merchandise|commercial) value|"
        r"value of the goods|"
        r"warenwert|valor (?:da|de la|del?|das) (?:mercadoria|mercanc[íi]a|carga|nota)|valor declarado|valeur|"
        r"valore (?:della merce|dichiarato)|waarde|warto[śs]ci|hodnoty|"
        r"vareverdi|varev[æa]rdi|varuv[äa]rde|tavaran arvo", re.I)),
    ("fuel", re.compile(r"\b(?:of|vom|of the) (?:fuel|diesel)", re.I)),
    ("tariff", re.compile(r"gross (?:freight|tariff)|tariff (?:rate|freight)|bruttofracht|before discount", re.I)),
    ("total", re.compile(r"\btotal\b|gesamtbetrag|subtotal|all charges", re.I)),
    ("freight", re.compile(
        r"freight|fracht|frete(?: peso)?|flete|porte\b|fret\b|linehaul|line haul|trans?porte?\b|transport|carriage\b|"
        r"nolo|vracht|"
        r"base (?:rate|charge|price)|grundpreis|tarifa base|frakt|fragt|przew[oó]z|p[řr]eprav|"
        r"ta[şs][ıi]ma|rahti|sz[áa]ll[íi]t|"
        r"(?:original|delivery|shipping|carriage|basic|pallet|parcel) (?:charge|price|rate|cost)|"
        r"valor d[aeo]s? (?:entrega|frete|transporte|envio|porte|servi[çc]o)|"
        r"(?:trans|ship)\w*(?:preis|prijs|pris|prix|cena|cost)", re.I)),
)  # fmt: skip
_OF_THE_VALUE = frozenset({"insurance", "ad_valorem", "theft_risk"})
_BOUND = re.compile(r"^(?:min|max|m[íi]n|m[áa]x|mindest|h[öo]chst)", re.I)
_MEASURE = re.compile(r"\b(?:kgs?|kilos?|lbs?|m3|m³|cbm|km|miles?|ldm|pal\w*)\b", re.I)
_ABOVE = re.compile(r"above|over|exceeding|[üu]ber|acima de|m[áa]s de|plus de|au[- ]del[aà]|oltre|boven", re.I)
_UNITS = re.compile(
    r"[%€$£]|R\$|\bs/\s*\w+|\b(?:per|pro|por|par|je|cada)\b.*$|\b(?:EUR|USD|BRL|GBP|CHF|min(?:imum|imo)?|m[íi]nimo)\b|[()]",
    re.I,
)


def base_in(text: str) -> str:
    """What a percentage is taken of, by the words beside it (a name of ``PERCENT_BASES``), or ""."""
    return next((name for name, pattern in _BASES if pattern.search(text)), "")


def is_started(text: str) -> bool:
    """Whether a unit is charged in started ones ("ou fração", "angefangene")."""
    return bool(_STARTED.search(text))


def _by_weight(plan: ColumnPlan) -> bool:
    """Whether the prices below a break are by weight: its header says so, or is written as those of air tariffs."""
    return plan.unit in ("kg", "100kg", "lb", "cwt", "t") or plan.label[:1] in ("+", "-", "N")


def name_of_charge(header: str) -> str:
    """What a header calls its charge, without units and currencies."""
    return " ".join(_UNITS.sub(" ", header).split()) or header


def settle_charges(plans: dict[int, ColumnPlan], header: Header, sample: Sequence[Row]) -> None:
    """Columns beside the prices of breaks that state charges of the lane: ``charge`` with its name as ``label``, its
    unit and what a percentage is of, and ``charge_minimum`` of the one before it."""
    if not any(plan.meaning == "price" for plan in plans.values()):
        return
    last = ""
    by_weight = any(plan.axis == "break" and _by_weight(plan) for plan in plans.values())
    for column in sorted(plans):
        plan = plans[column]
        if column not in header.parts or plan.meaning not in (
            "unknown",
            "percent",
            "minimum",
            "fuel_percent",
            "surcharge",
        ):
            continue
        own, full = header.own(column), header.full(column)
        upper = " ".join(dict.fromkeys(cell.text for cell in header.parts[column][:-1]))
        if plan.meaning == "minimum" and not (upper and last and upper == last):
            continue
        if not holds_values(column, sample):
            continue
        name = upper or name_of_charge(own)
        least = any(word in ("min", "minimo", "minimum", "mini", "mindest") for word in folded(own).split())
        same = trade_meaning(name) if not upper else ""
        if least and last and (upper == last or (same and same == trade_meaning(last))):
            plans[column] = replace(plan, meaning="charge_minimum", label=last)  # "GRIS minimum" beside "GRIS %"
            continue
        texts = [cell.text for row in sample if (cell := row.cell_at(column)) is not None]
        percent = "%" in own or (bool(texts) and all("%" in text for text in texts))
        unit = "percent" if percent else price_unit(own) or price_unit(full) or ""
        if not upper and not trade_meaning(name) and (percent or not unit or _MEASURE.search(name)):
            continue  # "% of value" alone does not say which charge it is
        if _ABOVE.search(own) and not percent:
            continue  # per kg of all, or of what exceeds? a person knows
        if _BOUND.search(name):
            continue  # the least or the most of something is no charge on top
        if not unit and by_weight:
            continue  # per kg as the prices beside it, or per shipment?
        if not unit and (plan.meaning != "unknown" or not trade_meaning(name)):
            continue
        if unit in ("", "flat") and any(map(str.isdigit, own)):
            continue  # charged by something that was not understood
        base = base_in(full) if percent else ""
        if percent and trade_meaning(name) in _OF_THE_VALUE:
            base = "goods_value"  # "Frete valor" is freight by the value of the goods
        if percent and not base and trade_meaning(name) in ("fuel", "toll"):
            base = "freight"  # as it is in the trade
        if percent and not base:
            continue  # nobody can tell what it is a part of
        last = upper or name
        plans[column] = replace(
            plan, meaning="charge", axis="", label=name[:120], unit=unit or "flat", applies_to=base,
            currency=plan.currency or currency_in(own),
            started=is_started(own) or is_started(full),
        )  # fmt: skip
