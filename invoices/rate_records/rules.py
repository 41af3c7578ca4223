"""Tariff rules: what the sentences of a card change about its prices. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

RULES: dict[str, str] = {
    "discount": "`value` percent off the tariff freight (its minimum included)",
    "absolute_minimum_charge": "the freight after discount is at least `value` (AMC, floor)",
    "class_map": "freight classes `classes` (each one, or 50-85) are rated as class `rated_as` (FAK)",
    "next_break": "`choice` yes: the next break at its lowest quantity, where cheaper, holds; no: it never does",
    "deficit_weight": "as next_break for prices per weight; with several classes only what is missing to the break "
    "is added, at the lowest rate",
    "weight_equivalent": "one `unit` (m3, ldm, pallet, piece) counts as `value` of weight: volume factor and the like",
    "chargeable_weight": "`choice`: greater (of actual and all equivalents), actual, volume; `per` piece or shipment",
    "weight_rounding": "the chargeable weight goes to the next `value` (0.5, 1, 100) of the card's unit; `rounding`",
    "fuel_index": "which index and date rate the fuel: `index_name`, `lag` (see `FUEL_LAGS`)",
    "general_rate_increase": "`value` percent on the freight from `valid_from` (GRI)",
    "tax_inside": "a tax of `value` percent within the price: total = sum / (1 − value / 100) (ICMS por dentro)",
    "tax_on_top": "a tax of `value` percent on the sum of the charges",
    "price_rounding": "each amount of `charge` (freight without one) goes to the next `value` of money; `rounding`",
    "on_request": "no price in the card: a shipment in the rule's scope is refused",
    "not_understood": "a sentence with figures that nobody has understood: the card is not used while it stands",
    "set_aside": "a sentence with figures that changes no price: set aside, `choice` says why",
}
"""Kind → what it does."""

FUEL_LAGS: dict[str, str] = {
    "": "the latest value published on or before the day",
    "previous_month": "the value of the month before the day's month",
    "month_before_last": "the value of the month two before the day's month",
    "previous_week": "the latest value published before the week (Monday) of the day",
    "from_wednesday": "Monday's value holds from Wednesday on",
}


@dataclass(slots=True)
class RuleData:
    """One rule. Its scope: a rule with ``service``, ``origin``, ``destination``, ``zone``, ``equipment``,
    ``freight_class`` or ``charge`` is for those only; validity of its own. ``words`` is the sentence as it stands.

    ``choice`` is that of kinds that have one (yes, no, greater, actual, volume; for ``set_aside`` the reason).
    ``classes`` and ``rated_as`` belong to ``class_map``; ``per`` to ``chargeable_weight``; ``lag`` and
    ``index_name`` to ``fuel_index``.
    """

    kind: str
    value: Decimal | None = None
    unit: str = ""
    classes: str = ""
    rated_as: str = ""
    per: str = ""
    index_name: str = ""
    lag: str = ""
    rounding: str = ""
    name: str = ""
    charge: str = ""
    service: str = ""
    origin: str = ""
    destination: str = ""
    zone: str = ""
    equipment: str = ""
    freight_class: str = ""
    currency: str = ""
    choice: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    words: str = ""
    source: dict[str, Any] = field(default_factory=dict)
