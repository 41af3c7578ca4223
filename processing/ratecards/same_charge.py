"""Several charges of one meaning that a card says apart only by their names: fuel of Ground, fuel of 2Day. Pure."""

from __future__ import annotations

import re
from collections import defaultdict

from invoices.rate_records import CardData, RuleData, SurchargeData

_ONE_OF = frozenset({"fuel", "security", "toll"})  # a shipment pays one of each
_WORD = re.compile(r"[^\W_]+")


def settle_same_charges(card: CardData) -> None:
    """Give each of several charges that every shipment would pay the services that its name tells; where a name tells
    none, nobody knows who pays it and the card waits."""
    by_meaning: dict[str, list[SurchargeData]] = defaultdict(list)
    for surcharge in card.surcharges:
        if surcharge.meaning in _ONE_OF and surcharge.applies == "always" and not surcharge.conditions:
            by_meaning[surcharge.meaning].append(surcharge)
    services = sorted({rate.service for rate in card.rates if rate.service and not rate.charge})
    for same in by_meaning.values():
        if len(same) < 2:
            continue
        for surcharge in same:
            named = _services_named(surcharge.name, services)
            if named:
                surcharge.conditions = [{"on": "service", "values": named}]
            else:
                surcharge.applies = "asked"
                words = f"Which shipments pay “{surcharge.name}”? The card has {len(same)} charges of this kind."
                place = {"words": surcharge.source.get("name")}
                card.rules.append(RuleData("not_understood", words=words, charge=surcharge.name, source=place))


def _services_named(name: str, services: list[str]) -> list[str]:
    """The services of which a word that tells them apart stands in a name."""
    said = set(_words(name))
    found = []
    for service in services:
        others = {word for other in services if other != service for word in _words(other)}
        own = [word for word in _words(service) if word not in others]
        if own and any(word in said for word in own):
            found.append(service)
    return found


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]
