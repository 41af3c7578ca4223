"""Rate cards as rows: what a carrier charges for a lane, a weight break or a container. Terms after OTM RATE_GEO."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from invoices.models.columns import money, number, text


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
    mode = text(20, help_text="parcel, ltl, ftl, air, ocean, courier")
    service = text()
    currency = text(3)
    weight_unit = text(10)
    dimension_unit = text(10)
    dimensional_divisor = number()
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-created_at", "id"]
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


class Rate(models.Model):
    """One price: for a lane or zone, a service, and a break from (exclusive or inclusive) to."""

    card = models.ForeignKey(RateCard, on_delete=models.CASCADE, related_name="rates")
    position = models.PositiveIntegerField()
    service = text()
    origin = text(100)
    destination = text(100)
    zone = text(50)
    equipment = text(50)
    freight_class = text(20)
    break_basis = text(20, help_text="weight, volume, piece or pallet")
    break_from = number()
    break_to = number()
    value = models.DecimalField(max_digits=20, decimal_places=8)
    unit = text(20, help_text="flat, kg, 100kg, cwt, lb, m3, km, container")
    base_charge = money()
    minimum = money()
    maximum = money()
    transit_days = text(20)
    source = models.JSONField(default=dict, blank=True, help_text="The cell or box that the value was read from.")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["card", "position"], name="rate_position_once"),
            models.CheckConstraint(
                condition=Q(break_to__isnull=True) | Q(break_from__isnull=True) | Q(break_to__gte=F("break_from")),
                name="rate_break_in_order",
            ),
        ]
        indexes = [models.Index(fields=["card", "zone", "break_from"], name="rate_lookup")]

    def __str__(self) -> str:
        return f"{self.service} {self.zone} {self.break_from}–{self.break_to}: {self.value}"


class Surcharge(models.Model):
    class Basis(models.TextChoices):
        FLAT = "flat", "flat"
        PERCENT = "percent", "percent"
        PER_UNIT = "per_unit", "per unit"

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
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    source = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["card", "position"], name="surcharge_position_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}: {self.value}"
