"""One list with the prices of several carriers as one card for each. Pure."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace

from invoices.rate_records import CardData
from processing.ratecards.axis_keys import CARRIER, carriers_of


def cards_of(card: CardData) -> list[CardData]:
    """The cards of a list in which every price of the freight names its carrier, in the list's order; else the card as
    it is. Zones, charges, fuel and rules of the list hold for each; they and their sources are copies."""
    freight = [rate for rate in card.rates if not rate.charge]
    by_carrier = carriers_of(freight)
    if len(by_carrier) < 2 or "" in by_carrier:
        return [card]
    charges = carriers_of([rate for rate in card.rates if rate.charge])
    shared = charges.pop("", [])
    out: list[CardData] = []
    for name, rates in by_carrier.items():
        own_charges = charges.get(name, [])
        own = [
            replace(rate, conditions=[c for c in rate.conditions if c["on"] != CARRIER], source=dict(rate.source))
            for rate in [*rates, *own_charges]
        ]
        evidence = {**card.evidence, "carrier_name": {"source": rates[0].source.get("carrier"), "text": name}}
        out.append(replace(
            card, carrier_name=name, carrier_code="", rates=[*own, *deepcopy(shared)], zones=deepcopy(card.zones),
            surcharges=deepcopy(card.surcharges), fuel=deepcopy(card.fuel), rules=deepcopy(card.rules),
            evidence=evidence,
        ))  # fmt: skip
    return out
