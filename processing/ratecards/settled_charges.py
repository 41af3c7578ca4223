"""What the words beside a charge say, told by the services and containers that the card itself has. Pure."""

from __future__ import annotations

import re

from common.text import fold_words
from invoices.rate_records import CardData, RuleData, SurchargeData
from invoices.rate_records.charges import ASKED_FOR
from processing.ratecards.other_rows import ALWAYS, ALWAYS_BY_SEA_AND_AIR

_PARTS = re.compile(r"\s*[,;/+&]\s*|\s(?:and|und|et|y|e|en|i|a|och|og|ve|ja)\s")
_ALL = re.compile(
    r"^(?:(?:on|for|auf|fur|voor|pour|para|per|for|dla|pro|till|tum)\s)?(?:all|alle|alla|todos|todas|tous|toutes|tutti|tutte|"
    r"wszystkie|vsechny|tum|tumu|kaikki|minden|toate|every|each|jede|chaque|cada|ogni|elke|kazda|kazde|varje|hver|her)"
    r"(?:\s(?:the|les|los|las|os|as|le|i))?(?:\s[a-z]+){0,2}$|"
    r"^(?:always|immer|toujours|siempre|sempre|altijd|alltid|altid|zawsze|vzdy|mandatory|obligatory|verplicht)$"
)  # fmt: skip


def settle_conditions(card: CardData, *, by_sea_or_air: bool) -> None:
    """A condition that names services or containers of the card is that condition; "all shipments" is none. What is
    customary by sea and air is due there in a list, too, as it is in a note."""
    services = {fold_words(rate.service): rate.service for rate in card.rates if rate.service and not rate.charge}
    sizes = {fold_words(rate.equipment): rate.equipment for rate in card.rates if rate.equipment and not rate.charge}
    for charge in card.surcharges:
        if charge.applies or charge.basis == "table":
            continue
        if not charge.condition:
            if by_sea_or_air and charge.meaning in ALWAYS_BY_SEA_AND_AIR:
                charge.applies = "always"
            continue
        _settle(card, charge, services, sizes)


def _settle(card: CardData, charge: SurchargeData, services: dict[str, str], sizes: dict[str, str]) -> None:
    text = fold_words(charge.condition).strip(" .")
    if _ALL.match(text):
        charge.applies = "always"
        return
    parts = [part.strip(" .") for part in _PARTS.split(text) if part.strip(" .")]
    for on, known in (("service", services), ("equipment", sizes)):
        if parts and all(part in known for part in parts):
            charge.conditions = [{"on": on, "values": [known[part] for part in parts]}]
            charge.applies = "" if charge.meaning in ASKED_FOR else "always"
            return
    if charge.meaning in ALWAYS and not charge.conditions:
        charge.applies = "asked"
        words = f"“{charge.name}: {charge.condition}”: which shipments pay this?"
        place = {"words": charge.source.get("name")}
        card.rules.append(RuleData("not_understood", words=words[:500], charge=charge.name, source=place))
