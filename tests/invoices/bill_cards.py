"""The tariffs of the drawn bills as rate cards in the charge model, entered by hand as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal as D
from itertools import pairwise
from typing import Any
from uuid import UUID, uuid4

from invoices.auditing.records import Sent
from invoices.rate_records import CardData, FuelBandData, RateData, RuleData, SurchargeData
from invoices.rating import Shipment, quote
from invoices.records import LineData

Tariff = dict[str, Any]


@dataclass
class OwnPrices:
    """One card, held in memory; ``sent`` is what other invoices have billed."""

    card: CardData | None
    sent: dict[Sent, tuple[UUID, str]] = field(default_factory=dict)
    index: D | None = None
    earlier: dict[str, list[LineData]] = field(default_factory=dict)
    card_id: UUID = field(default_factory=uuid4)
    _by_zone: dict[str, CardData] = field(default_factory=dict)

    @property
    def known(self) -> bool:
        return self.card is not None

    def cards(self, shipment: Shipment, day: date) -> Sequence[tuple[UUID, CardData]]:
        if self.card is None:
            return []
        if not shipment.zone:
            return [(self.card_id, self.card)]
        # As the database does: only rates that may fit.
        if shipment.zone not in self._by_zone:
            rates = [rate for rate in self.card.rates if rate.zone in ("", shipment.zone)]
            self._by_zone[shipment.zone] = replace(self.card, rates=rates)
        return [(self.card_id, self._by_zone[shipment.zone])]

    def fuel_index(self, card: CardData, day: date) -> D | None:
        return self.index

    def why_none(self, shipment: Shipment, day: date) -> str:
        assert self.card is not None
        refusals = quote(shipment, [self.card], day).refusals
        return refusals[0].message if refusals else "The card gives another currency."

    def earlier_lines(self, tracking_numbers: Sequence[str]) -> Mapping[str, Sequence[LineData]]:
        return self.earlier

    def sent_before(self, tracking_numbers: Sequence[str]) -> Mapping[Sent, tuple[UUID, str]]:
        return self.sent


def card_of(tariff: Tariff) -> CardData:
    """The card that says what a tariff says."""
    card = CardData(
        carrier_name=tariff["carrier"], currency=tariff["currency"], weight_unit=tariff["weight_unit"],
        valid_from=date.fromisoformat(tariff["valid_from"]), valid_to=date.fromisoformat(tariff["valid_to"]),
    )  # fmt: skip
    for key, add in (
        ("services", _by_zones), ("lanes", _by_classes), ("areas", _by_areas), ("air", _by_air_breaks),
        ("ocean", _by_containers),
    ):  # fmt: skip
        if key in tariff:
            add(card, tariff)
    codes = tariff.get("codes", {})
    card.surcharges += [
        SurchargeData(name, D(value), code=codes.get(name, ""), applies="asked", source={"value": f"2!B{row}"})
        for row, (name, value) in enumerate(tariff["surcharges"].items(), 2)
    ]
    for name, value in tariff.get("per_kg", {}).items():
        card.surcharges.append(SurchargeData(name, D(value), basis="per_unit", unit="kg", applies="asked"))
    for name, value in tariff.get("per_container", {}).items():
        card.surcharges.append(SurchargeData(name, D(value), basis="per_unit", unit="container", applies="asked"))
    for name, value in tariff.get("per_bill", {}).items():
        card.surcharges.append(SurchargeData(name, D(value), applies="asked"))
    _add_fuel(card, tariff)
    return card


def _by_zones(card: CardData, tariff: Tariff) -> None:
    card.mode = "parcel"
    if tariff["divisor"]:
        card.dimensional_divisor, card.dimension_unit = D(tariff["divisor"]), tariff["length_unit"]
    if tariff.get("round_up"):
        card.rules.append(RuleData("weight_rounding", value=D(tariff["round_up"]), rounding="up"))
    for service, table in tariff["services"].items():
        for zone, prices in table.items():
            bounds = [D(0), *map(D, prices)]
            for row, ((low, high), price) in enumerate(zip(pairwise(bounds), prices.values(), strict=True), 5):
                card.rates.append(
                    RateData(
                        D(price), service=service, zone=zone, break_basis="weight", break_from=low, break_to=high,
                        break_unit=tariff["weight_unit"], source={"value": f"1!{zone}{row}"},
                    )
                )  # fmt: skip


def _by_classes(card: CardData, tariff: Tariff) -> None:
    card.mode = "ltl"
    for lane, classes in tariff["lanes"].items():
        origin, destination = lane.split("-")
        for freight_class, prices in classes.items():
            bounds = [D(0), *map(D, prices)]
            for (low, high), price in zip(pairwise(bounds), prices.values(), strict=True):
                card.rates.append(
                    RateData(
                        D(price), unit="cwt", origin=f"US {origin}*", destination=f"US {destination}*",
                        freight_class=freight_class, break_basis="weight", break_from=low, break_to=high,
                        break_inclusive="lower", break_unit="lb",
                    )
                )  # fmt: skip
    card.rules += [
        RuleData("discount", value=D(tariff["discount"]), words=f"Discount {tariff['discount']} %"),
        RuleData("absolute_minimum_charge", value=D(tariff["minimum"])),
        RuleData("deficit_weight", choice="yes"),
    ]
    by_class: dict[str, list[str]] = {}
    for own, rated in tariff["classes"].items():
        by_class.setdefault(rated, []).append(own)
    card.rules += [RuleData("class_map", classes=", ".join(own), rated_as=rated) for rated, own in by_class.items()]


def _by_areas(card: CardData, tariff: Tariff) -> None:
    country = tariff["country"]
    for area, prices in tariff["areas"].items():
        bounds = [D(0), *map(D, prices)]
        for (low, high), price in zip(pairwise(bounds), prices.values(), strict=True):
            card.rates.append(
                RateData(
                    D(price), destination=f"{country} {area}*", break_basis="weight", break_from=low, break_to=high,
                    break_unit="kg",
                )
            )  # fmt: skip
    if "toll" in tariff:
        card.surcharges.append(SurchargeData("Maut", D(0), basis="table", code="MAUT", applies="always"))
        card.rates += [
            RateData(D(price), destination=f"{country} {area}*", charge="MAUT")
            for area, price in tariff["toll"].items()
        ]


def _by_air_breaks(card: CardData, tariff: Tariff) -> None:
    card.mode = "air"
    for to, breaks in tariff["air"].items():
        ends = [*[D(start) for start, _ in breaks][1:], None]
        for (start, price), end in zip(breaks, ends, strict=True):
            card.rates.append(
                RateData(
                    D(price), unit="kg", destination=to, break_basis="weight", break_from=D(start), break_to=end,
                    break_inclusive="lower", break_unit="kg", minimum=D(tariff["minimum"][to]),
                )
            )  # fmt: skip


def _by_containers(card: CardData, tariff: Tariff) -> None:
    card.mode = "ocean"
    for lane, prices in tariff["ocean"].items():
        origin, destination = lane.split("-")
        for size, price in prices.items():
            card.rates.append(RateData(D(price), origin=origin, destination=destination, equipment=size))


def _add_fuel(card: CardData, tariff: Tariff) -> None:
    for service, percent in tariff.get("fuel", {}).items():
        card.fuel.append(FuelBandData(D(percent), service=service))
    if "fuel_flat" in tariff:
        card.fuel.append(FuelBandData(D(tariff["fuel_flat"])))
    for low, high, percent in tariff.get("fuel_bands", ()):
        card.fuel.append(
            FuelBandData(D(percent), index_name=tariff["fuel_index"], index_from=D(low), index_to=D(high))
        )  # fmt: skip
