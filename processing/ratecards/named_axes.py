"""Columns of prices that are headed by words which no rule knows: services, vehicles or areas. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from invoices.rate_records import CardData, RuleData
from invoices.values import parse_country
from processing.ratecards.labels import parse_break
from processing.ratecards.plan import ColumnPlan, TablePlan
from processing.ratecards.vocabulary import DISTANCES, KEYS, WEIGHTS

# What tells a service: how fast, when, how good, by what, to whom, in how many words carriers have for it.
_SERVICE = re.compile(
    r"\d|express|ekspres|standard|estandar|est[áa]ndar|econom|[öo]konom|eco\b|next|same|day|night|noon|hour|hora|stunde|"
    r"uhr|heure|time|premi|prior|classi|klassi|basi[cs]|normal|regular|special|super|ultra|plus|max\b|mini|light|"
    r"saver|select|service|servic|dienst|urgent|rush|flex|direct|direkt|tracked|signed|post|mail|letter|brief|packet|"
    r"paket|paq|parcel|colis|pall|freight|fracht|cargo|ground|surface|air|road|rail|sea|ocean|home|shop|domicil|"
    r"business|point|relais|pick|drop|door|overnight|morgen|tag|nacht|jour|d[íi]a|giorno|matin|ma[ñn]ana|tarde|"
    r"docum|dokument|goods|waren|rate|price|pris|preis|prix|tarif|cost|fee|std|exp\b|am\b|pm\b|hd\b|b2",
    re.I,
)

_FEWEST_LETTERS = 3


def all_distances(labels: Iterable[str]) -> bool:
    """Whether all labels are breaks in kilometres or miles."""
    found = [parse_break(label) for label in labels]
    return bool(found) and all(label is not None and label.unit in ("km", "mile") for label in found)


def name_axis(labels: Sequence[str], meanings: Iterable[str]) -> str:
    """What words above prices are: vehicles beside distances, areas beside weights where none is a word of services,
    else services."""
    found = set(meanings)
    if len(labels) < 2 or any(map(_SERVICE.search, labels)):
        return "service"
    if found & DISTANCES:
        return "equipment"
    return "destination" if _may_be_areas(labels, found) else "service"


def _may_be_areas(labels: Sequence[str], meanings: set[str]) -> bool:
    only_weights = not meanings & (KEYS - WEIGHTS) and bool(meanings & WEIGHTS)
    return only_weights and all(
        label[:1].isupper() and len(label) >= _FEWEST_LETTERS and not label.isupper() for label in labels
    )


def ask_of_areas(card: CardData, tables: Iterable[TablePlan]) -> None:
    """Ask whether words above prices that nothing explains are areas: a shipment to nowhere of them has no price."""
    for table in tables:
        columns = [c for c in table.columns if c.meaning == "price" and c.axis == "destination"]
        if table.target != "rates" or not _guessed(table, columns):
            continue
        named = ", ".join(column.label for column in columns[:4])
        words = f"Are “{named}” above the prices areas of delivery, or services?"
        card.rules.append(RuleData("not_understood", words=words, source={"words": columns[0].header_source}))


def _guessed(table: TablePlan, columns: Sequence[ColumnPlan]) -> bool:
    labels = [column.label for column in columns]
    meanings = {column.meaning for column in table.columns if not column.axis}
    return bool(labels) and name_axis(labels, meanings) == "destination" and not any(map(parse_country, labels))
