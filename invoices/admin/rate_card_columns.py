"""The columns of a rate card's document: what each became, for the sheet to colour and for a reviewer to correct."""

from __future__ import annotations

from typing import Any

from django.urls import NoReverseMatch, reverse

from invoices.models import RateCard
from invoices.origins import origin

# What a column of the document became, in groups that a colour can stand for.
GROUPS: dict[str, tuple[str, frozenset[str]]] = {
    "place": (
        "Origin, destination, zone",
        frozenset(
            ["origin", "origin_from", "origin_to", "destination", "destination_from", "destination_to", "zone", "lane"]
        ),
    ),
    "break": ("Weight or other break", frozenset(["weight_from", "weight_to", "break", "fuel_from", "fuel_to"])),
    "service": (
        "Service, equipment, class",
        frozenset(["service", "service_code", "equipment", "freight_class", "code", "surcharge", "carrier"]),
    ),
    "price": (
        "Price",
        frozenset(["price", "percent", "minimum", "maximum", "base_charge", "cost", "fuel_percent"]),
    ),
    "other": ("Validity, units, terms", frozenset()),
    "left": ("Left out", frozenset(["ignore", ""])),
}
# What a reviewer may say that a column is; "ignore" leaves it out.
MEANINGS = tuple(
    sorted(
        {meaning for _, meanings in GROUPS.values() for meaning in meanings if meaning} - {"lane"}
        | {"currency", "weight_unit", "dimension_unit", "unit", "transit_days", "valid_from", "valid_to", "condition"}
        | {"applies_to"}
    )
)


def group_of(meaning: str) -> str:
    """The name of the group (GROUPS) that a meaning belongs to."""
    return next((name for name, (_, meanings) in GROUPS.items() if meaning in meanings), "other")


def mapping_of(card: RateCard) -> dict[str, Any] | None:
    """The columns of the plan for a reviewer to correct, and where to send them; None without a document."""
    document = origin().document_of(card)
    if document is None or document.purged_at or card.status in (RateCard.Status.REJECTED, RateCard.Status.SUPERSEDED):
        return None
    try:
        address = reverse(origin().map_card_page, args=[document.id])
    except NoReverseMatch:
        return None
    tables = [
        {
            "title": table.get("title") or f"Table {number}",
            "target": table["target"],
            "columns": [
                {
                    "field": f"column-{table['sheet']}-{table['first_row']}-{column['column']}",
                    "header": column.get("header") or f"column {column['column'] + 1}",
                    "meaning": column.get("meaning") or "ignore",
                    "group": group_of(column.get("meaning", "")),
                }
                for column in table["columns"]
            ],
        }
        for number, table in enumerate(card.mapping.get("tables", []), 1)
        if table["header_rows"]  # a table that goes on from a page before is read as that one
    ]
    return {"address": address, "tables": tables} if tables else None


def plan_of(card: RateCard) -> list[dict[str, Any]]:
    """The mapping, as the script that colours the sheet wants it."""
    tables = []
    for table in card.mapping.get("tables", []):
        columns = {}
        for column in table.get("columns", []):
            meaning = column.get("meaning", "")
            about = [meaning.replace("_", " ") or "left out"]
            about += [f"{name} {column[name]}" for name in ("axis", "label", "unit", "currency") if column.get(name)]
            columns[column["column"]] = {
                "group": group_of(meaning), "text": ", ".join(about), "header": column.get("header", "")
            }  # fmt: skip
        tables.append(
            {
                "sheet": table["sheet"], "first": table["first_row"], "last": table["last_row"],
                "headers": table["header_rows"], "target": table["target"], "title": table.get("title", ""),
                "columns": columns,
            }
        )  # fmt: skip
    return tables
