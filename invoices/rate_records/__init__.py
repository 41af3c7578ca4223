"""What a rate card is, as plain data: the one model of charges that readers make, the rules check, the database keeps
and rating, export, pages and API share. ``docs/charge-model.md`` names every record and field. Pure."""

from invoices.rate_records.cards import (
    HEADER_FIELDS,
    Basis,
    CardData,
    FuelBandData,
    Inclusive,
    RateData,
    Rounding,
    SurchargeData,
    ZoneData,
)
from invoices.rate_records.conditions import Applies, Condition
from invoices.rate_records.rules import RuleData

__all__ = [
    "HEADER_FIELDS",
    "Applies",
    "Basis",
    "CardData",
    "Condition",
    "FuelBandData",
    "Inclusive",
    "RateData",
    "Rounding",
    "RuleData",
    "SurchargeData",
    "ZoneData",
]
