"""Rate cards for tests, as functions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from typing import Any

from django.contrib.auth.models import User

from invoices.models import RateCard
from invoices.rate_records import CardData, FuelBandData, RateData, SurchargeData, ZoneData
from invoices.records import ReviewReason
from invoices.services.rate_cards import ReadRateCard, record_rate_card


def parcel_card(*prices: str, zones: int = 2, **changes: Any) -> CardData:
    """A parcel card: one service, breaks of one kg from nothing on, postal ranges 1xx and 2xx, fuel, residential."""
    rates = [
        RateData(
            D(price) + zone, service="Standard", zone=str(zone + 1), break_basis="weight", break_from=D(n),
            break_to=D(n + 1), break_unit="kg", source={"value": f"Rates!{'BC'[zone]}{n + 2}"},
        )
        for zone in range(zones) for n, price in enumerate(prices or ("4.50", "5.20"))
    ]  # fmt: skip
    values: dict[str, Any] = {
        "carrier_name": "Blitz", "carrier_code": "BLTZ", "currency": "EUR", "weight_unit": "kg", "mode": "parcel",
        "valid_from": date(2026, 1, 1), "rates": rates,
        "zones": [ZoneData(str(n), f"{n}00", f"{n}99", "DE") for n in range(1, zones + 1)],
        "surcharges": [SurchargeData("Residential", D("1.15"), code="RES", source={"value": "Extras!B2"})],
        "fuel": [FuelBandData(D("10"), source={"percent": "Extras!B5"})],
    }  # fmt: skip
    return CardData(**{**values, **changes})


def stored(card: CardData, *, owner: User | None = None, reasons: tuple[ReviewReason, ...] = ()) -> RateCard:
    read = ReadRateCard(card=card, reasons=reasons, method="rules", sha256="a" * 64, mapping={"tables": []})
    return record_rate_card(read=read, owner_id=owner.pk if owner else None, existing=None)
