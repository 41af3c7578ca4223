"""The table of results that ``import_rate_cards`` shows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.table import Table

from processing.imports.console import verdict


def rate_card_table(entries: Iterable[dict[str, Any]]) -> Table:
    """File, carrier, service, currency, validity, version, counts of rows, review reasons and cost of each card."""
    table = Table(show_edge=False, pad_edge=False, header_style="bold", expand=False)
    for name, options in (
        ("File", {"overflow": "fold", "max_width": 40}),
        ("Carrier", {"overflow": "ellipsis", "no_wrap": True, "max_width": 24}),
        ("Cur.", {"no_wrap": True}),
        ("Valid", {"no_wrap": True}),
        ("Ver.", {"justify": "right"}),
        ("Rates", {"justify": "right", "no_wrap": True}),
        ("Zones", {"justify": "right"}),
        ("Surch.", {"justify": "right"}),
        ("Review", {"overflow": "fold", "max_width": 42}),
        ("Cost", {"justify": "right", "no_wrap": True}),
    ):
        table.add_column(name, **options)
    for entry in entries:
        card = entry.get("rate_card") or {}
        cost = entry["usage"]["cost_usd"]
        table.add_row(
            entry["file"],
            card.get("carrier_name") or card.get("carrier_code") or "–",
            card.get("currency") or "–",
            _validity(card),
            str(card.get("card_version") or "–"),
            f"{len(card.get('rates') or []):,}",
            str(len(card.get("zones") or [])),
            str(len(card.get("surcharges") or [])),
            verdict(entry),
            f"${cost:.4f}" if cost else "0",
        )
    return table


def _validity(card: dict[str, Any]) -> str:
    first, last = card.get("valid_from"), card.get("valid_to")
    return f"{first or '…'} – {last or '…'}" if first or last else "–"
