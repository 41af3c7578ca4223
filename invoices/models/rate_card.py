"""Rate cards as rows: what a carrier charges for a lane, a weight break or a container. Terms after OTM RATE_GEO."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Case, F, GeneratedField, Q, Value, When

from common.columns import money, number, text
from invoices.rate_records.bases import POUND_KG


class RateCard(models.Model):
    class Status(models.TextChoices):
        NEEDS_REVIEW = "needs_review", "needs review"
        ACTIVE = "active", "active"
        SUPERSEDED = "superseded", "superseded"
        REJECTED = "rejected", "rejected"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    status = models.CharField(max_length=16, choices=Status, default=Status.NEEDS_REVIEW)
    source_sha256 = models.CharField(max_length=64, blank=True, default="", db_index=True)
    method = text(10)
    carrier_name = text(300, db_index=True)
    carrier_code = text(20, help_text="SCAC, IATA code, or the carrier's own.")
    customer = text(300)
    contract = text(100)
    card_version = models.PositiveIntegerField(default=1)
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    part_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="parts", db_index=False,
        help_text="The first card of the same list, where one file holds the prices of several carriers.",
    )  # fmt: skip
    mode = text(20, help_text="parcel, ltl, ftl, air, ocean, courier")
    service = text()
    currency = text(3)
    weight_unit = text(10)
    dimension_unit = text(10)
    dimensional_divisor = number()
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    date_basis = text(20, help_text="Which date decides on validity: ship_date, order_date or invoice_date.")
    account = text(100, db_default="", help_text="The customer's account number with the carrier.")
    tariff_type = text(20, db_default="", help_text="general, contract or spot")
    direction = text(20, db_default="", help_text="export, import, domestic or third_country")
    rate_count = models.PositiveIntegerField(default=0)
    evidence = models.JSONField(default=dict, blank=True, help_text="Field → where it stands.")
    mapping = models.JSONField(default=dict, blank=True, help_text="The plan by which the cells were read.")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    revision = models.PositiveIntegerField(default=1, help_text="Grows with every change: the record's ETag.")
    offers = models.JSONField(null=True, blank=True, help_text="The services, equipment and classes of its rates.")
    audit_due = models.BooleanField(
        default=False,
        db_default=False,
        editable=False,
        help_text="Its prices changed; the carrier's invoices are to be audited by them.",
    )

    class Meta:
        ordering = ["-created_at", "id"]
        indexes = [
            models.Index(fields=["id"], name="rate_card_audit_due", condition=Q(audit_due=True)),
            models.Index(fields=["part_of"], name="rate_card_part_of", condition=Q(part_of__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="rate_card_validity_in_order",
            ),
            models.CheckConstraint(
                condition=Q(currency="") | Q(currency__regex=r"^[A-Z]{3}$"), name="rate_card_currency_iso_4217"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.carrier_name} {self.service} {self.valid_from or ''}".strip()


class RateCardReason(models.Model):
    """Why a person must look at the card before it is used."""

    card = models.ForeignKey(RateCard, on_delete=models.CASCADE, related_name="reasons")
    position = models.PositiveIntegerField()
    code = text(40)
    field = text(100)
    message = models.TextField()
    blocking = models.BooleanField(default=False)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["card", "position"], name="rate_card_reason_position_once")]

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"


class RateCardChange(models.Model):
    """What a person decided or corrected."""

    card = models.ForeignKey(RateCard, on_delete=models.CASCADE, related_name="changes")
    field = text(40)
    old = text(300)
    new = text(300)
    why = text(500)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-changed_at", "-id"]

    def __str__(self) -> str:
        return f"{self.field}: {self.old} → {self.new}"


_NO_BOUND_KG = 999_999_999
_BY_WEIGHT = Q(break_basis="weight", break_unit__in=["kg", "lb"], excess_only=False)
_TO_KG = Case(When(break_unit="lb", then=Value(POUND_KG)), default=Value(Decimal(1)))
# Breaks in whole steps (1–5, 6–10) hold what lies between them.
_SLACK = Case(When(break_inclusive="both", then=Value(Decimal(1))), default=Value(Decimal(0)))


def conditions() -> models.JSONField[list[dict[str, Any]], list[dict[str, Any]]]:
    return models.JSONField(default=list, db_default=Value([], models.JSONField()), blank=True)


def _kilograms(expression: Any) -> GeneratedField:
    field = models.DecimalField(max_digits=24, decimal_places=8)
    return GeneratedField(expression=expression, output_field=field, db_persist=True)


class Rate(models.Model):
    """One price: for a lane or zone, a service, and a break of weight, volume or pieces."""

    class Inclusive(models.TextChoices):
        UPPER = "upper", "above from, up to and with to"
        LOWER = "lower", "from from on, below to"
        BOTH = "both", "from and to both"

    card = models.ForeignKey(RateCard, on_delete=models.CASCADE, related_name="rates")
    position = models.PositiveIntegerField()
    service = text()
    service_code = text(100)
    origin = text(300)
    destination = text(300)
    zone = text(300)
    equipment = text(50)
    freight_class = text(20)
    break_basis = text(20, help_text="weight, volume, piece or pallet")
    break_from = number()
    break_to = number()
    break_inclusive = models.CharField(max_length=5, choices=Inclusive, default=Inclusive.UPPER)
    break_unit = text(10)
    value = models.DecimalField(max_digits=20, decimal_places=8)
    unit = text(20, help_text="flat, kg, 100kg, cwt, lb, m3, km, mile, piece, pallet, container")
    base_charge = money()
    minimum = money()
    maximum = money()
    increment = number(help_text="The quantity is charged in steps of this.")
    rounding = text(10, help_text="up or nearest: how the quantity meets its increment")
    excess_only = models.BooleanField(default=False, help_text="The value is for what exceeds break_from.")
    currency = text(3, help_text="Where it is not the card's.")
    transit_days = text(20)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    charge = text(200, db_default="", help_text="The charge that it prices, by code or name; empty for the freight.")
    applies_to = text(100, db_default="", help_text="What a percentage is taken of: freight, goods_value, …")
    break2_basis = text(20, db_default="", help_text="The second axis: distance, piece, …")
    break2_from = number()
    break2_to = number()
    break2_inclusive = models.CharField(
        max_length=5, choices=Inclusive, default=Inclusive.UPPER, db_default=Inclusive.UPPER
    )
    break2_unit = text(10, db_default="")
    minimum_units = number(help_text="At least this quantity is charged.")
    maximum_units = number(help_text="At most this quantity is charged.")
    free_units = number(help_text="This quantity costs nothing.")
    conditions = conditions()
    source = models.JSONField(default=dict, blank=True, help_text="Field → the cell or box that it was read from.")
    # The weights for which this rate can matter, so that an index finds it: a heavier break matters to all lighter
    # shipments where it is no flat price (deficit weight), and a first break to all below it.
    reach_from = _kilograms(
        Case(
            When(_BY_WEIGHT & Q(unit="flat", break_from__gt=Decimal("0.1")), then=(F("break_from") - _SLACK) * _TO_KG),
            default=Value(Decimal(0)),
        )
    )
    reach_to = _kilograms(
        Case(
            When(_BY_WEIGHT & Q(break_to__isnull=False), then=(F("break_to") + _SLACK) * _TO_KG),
            default=Value(Decimal(_NO_BOUND_KG)),
        )
    )

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["card", "position"], name="rate_position_once"),
            models.CheckConstraint(
                condition=Q(break_to__isnull=True) | Q(break_from__isnull=True) | Q(break_to__gte=F("break_from")),
                name="rate_break_in_order",
            ),
            models.CheckConstraint(
                condition=Q(maximum__isnull=True) | Q(minimum__isnull=True) | Q(maximum__gte=F("minimum")),
                name="rate_minimum_below_maximum",
            ),
            models.CheckConstraint(
                condition=Q(increment__isnull=True) | Q(increment__gt=0), name="rate_increment_positive"
            ),
            models.CheckConstraint(
                condition=Q(currency="") | Q(currency__regex=r"^[A-Z]{3}$"), name="rate_currency_iso_4217"
            ),
        ]
        indexes = [
            # A quote knows card, zone or lane; the weight is the last step and is decided within the index.
            models.Index(fields=["card", "zone", "destination", "origin", "reach_from", "reach_to"], name="rate_reach"),
            # Rates whose zone only repeats the destination; most cards have none.
            models.Index(
                fields=["card", "destination", "origin", "reach_from", "reach_to"],
                name="rate_zoned_lane",
                condition=~Q(destination="") & ~Q(zone=""),
            ),
            # Whether a card has a place at all.
            models.Index(fields=["card", "origin"], name="rate_origin"),
            models.Index(fields=["card", "destination"], name="rate_destination"),
        ]

    def __str__(self) -> str:
        return f"{self.service} {self.zone} {self.break_from}–{self.break_to}: {self.value}"


class Zone(models.Model):
    """Which zone a place belongs to: a range of postal codes, a country, a port or a name."""

    class Side(models.TextChoices):
        DESTINATION = "destination", "destination"
        ORIGIN = "origin", "origin"

    card = models.ForeignKey(RateCard, on_delete=models.CASCADE, related_name="zones")
    position = models.PositiveIntegerField()
    side = models.CharField(max_length=11, choices=Side, default=Side.DESTINATION)
    service = text()
    origin = text(300, db_default="", help_text="The row holds for shipments from this place or zone only.")
    country = text(2)
    first = text(100, db_collation="C", help_text="First postal code (or its first characters), or a place's name.")
    last = text(100, db_collation="C", help_text="Last postal code, inclusive; empty for a single place.")
    zone = text(300)
    source = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["card", "position"], name="zone_position_once"),
            models.CheckConstraint(condition=~Q(zone=""), name="zone_has_a_label"),
        ]
        indexes = [models.Index(fields=["card", "side", "first"], name="zone_lookup")]

    def __str__(self) -> str:
        return f"{self.first}–{self.last}: {self.zone}" if self.last else f"{self.first or self.country}: {self.zone}"


class Surcharge(models.Model):
    class Basis(models.TextChoices):
        FLAT = "flat", "flat"
        PERCENT = "percent", "percent"
        PER_UNIT = "per_unit", "per unit"
        TABLE = "table", "by a table of its own"

    class Applies(models.TextChoices):
        BY_WORDS = "", "as its condition says"
        ALWAYS = "always", "where its conditions hold"
        ASKED = "asked", "where the shipment asks for it"
        INCLUDED = "included", "included in the freight"
        ON_REQUEST = "on_request", "on request, without a price"

    card = models.ForeignKey(RateCard, on_delete=models.CASCADE, related_name="surcharges")
    position = models.PositiveIntegerField()
    code = text(50)
    name = text()
    basis = models.CharField(max_length=10, choices=Basis)
    value = models.DecimalField(max_digits=20, decimal_places=8)
    unit = text(20)
    applies_to = text(100)
    condition = text(500)
    minimum = money()
    maximum = money()
    currency = text(3)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    kind = text(20, db_default="", help_text="accessorial, fuel, tax, duty, discount, …")
    meaning = text(40, db_default="", help_text="What it is in the trade: toll, insurance, tail_lift, …")
    applies = models.CharField(
        max_length=10, choices=Applies, blank=True, default=Applies.BY_WORDS, db_default=Applies.BY_WORDS
    )
    increment = number(help_text="The quantity is charged in steps of this.")
    rounding = text(10, db_default="")
    minimum_units = number()
    maximum_units = number()
    free_units = number()
    sequence = models.IntegerField(default=0, db_default=0, help_text="The order of the charges; fuel is 500.")
    conditions = conditions()
    source = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["card", "position"], name="surcharge_position_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}: {self.value}"


class FuelBand(models.Model):
    """Fuel surcharge in percent while an index lies within the band."""

    card = models.ForeignKey(RateCard, on_delete=models.CASCADE, related_name="fuel_bands")
    position = models.PositiveIntegerField()
    index_name = text(100)
    index_from = number()
    index_to = number()
    percent = models.DecimalField(max_digits=12, decimal_places=6)
    base = text(100, help_text="What the percentage is taken of.")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    unit = text(20, db_default="", help_text="Where the surcharge is money per unit: km, mile, kg, …")
    index_step = number(help_text="Each started step above index_from adds percent_step.")
    percent_step = number()
    minimum = money()
    service = text(200, db_default="")
    equipment = text(50, db_default="")
    currency = text(3, db_default="")
    source = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["card", "position"], name="fuel_band_position_once"),
            models.CheckConstraint(
                condition=Q(index_to__isnull=True) | Q(index_from__isnull=True) | Q(index_to__gte=F("index_from")),
                name="fuel_band_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.index_from}–{self.index_to}: {self.percent} %"


class TariffRule(models.Model):
    """What a sentence of the card changes about its prices, or that nobody has understood it yet."""

    card = models.ForeignKey(RateCard, on_delete=models.CASCADE, related_name="rules")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=40, help_text="discount, class_map, weight_equivalent, not_understood, …")
    value = number()
    unit = text(20)
    classes = text(200)
    rated_as = text(20)
    per = text(20)
    index_name = text(100)
    lag = text(30)
    rounding = text(10)
    name = text()
    charge = text()
    service = text()
    origin = text(300)
    destination = text(300)
    zone = text(300)
    equipment = text(50)
    freight_class = text(20)
    currency = text(3)
    choice = text(300, help_text="yes, no, greater, actual, volume; why a sentence was set aside")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    words = models.TextField(blank=True, default="", help_text="The sentence as it stands on the card.")
    source = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["card", "position"], name="tariff_rule_position_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="tariff_rule_validity_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.value or ''} {self.words[:80]}".strip()
