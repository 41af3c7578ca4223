"""Charges that a card leaves open when they are due, and that a shipment does not ask for. Pure."""

from __future__ import annotations

from datetime import date as Date

from invoices.rate_records import CardData, SurchargeData
from invoices.rate_records.bases import basis_of
from invoices.rate_records.charges import ASKED_FOR, folded_name, meaning_of
from invoices.rating.charges import holding, is_always, named_by
from invoices.rating.records import Shipment

# What a shipment that needs it states: nobody has waited where no hours are told.
_STATED = frozenset({"days", "minutes", "stops"})


def not_included(card: CardData, shipment: Shipment, day: Date) -> tuple[str, ...]:
    """Names of the charges that may be due and are in no total: the card does not say when, no word of the trade tells
    it, and the shipment does not ask for them."""
    known = holding(card.surcharges, day)
    asked = {id(named_by(known, name)) for name in shipment.accessorials}
    open_ = {folded_name(rule.charge) for rule in card.rules if rule.kind == "not_understood" and rule.charge}
    return tuple(dict.fromkeys(s.name or s.code for s in known if id(s) not in asked and _is_open(s, open_)))


def _is_open(surcharge: SurchargeData, open_: set[str]) -> bool:
    if folded_name(surcharge.name) in open_:
        return surcharge.applies in ("", "asked")
    basis = basis_of(surcharge.unit)
    if surcharge.applies or surcharge.condition or surcharge.conditions or (basis and basis.quantity in _STATED):
        return False
    return not is_always(surcharge) and (surcharge.meaning or meaning_of(surcharge.name)) not in ASKED_FOR
