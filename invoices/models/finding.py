"""Where an invoice bills something else than the rate cards give: what the audit found, and what was done about it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, GeneratedField, Q
from django.db.models.functions import Upper

from common.columns import money, text
from invoices.models.invoice import ChargeKind, Invoice
from invoices.models.rate_card import RateCard


class Finding(models.Model):
    """One difference. Found anew whenever the invoice or the carrier's cards change; a decision stays with a finding
    that is found again. ``difference`` is what was billed too much, None where no card gives a price."""

    class Code(models.TextChoices):
        OVERCHARGED = "overcharged", "overcharged"
        UNDERCHARGED = "undercharged", "undercharged"
        BILLED_TWICE = "billed_twice", "billed twice"
        CHARGE_NOT_ON_CARD = "charge_not_on_card", "charge not on the card"
        NOT_RATED = "not_rated", "not rated"

    Charge = ChargeKind

    class Cause(models.TextChoices):
        WRONG_RATE = "wrong_rate", "wrong rate"
        WRONG_ZONE = "wrong_zone", "wrong zone"
        WRONG_CLASS = "wrong_class", "wrong class"
        DISCOUNT = "discount", "discount"
        MINIMUM = "minimum", "minimum"
        DEFICIT_WEIGHT = "deficit_weight", "deficit weight"
        DIMENSIONAL_WEIGHT = "dimensional_weight", "weight or dimensions"
        FUEL = "fuel", "fuel"
        ACCESSORIAL = "accessorial", "accessorial"
        DUPLICATE = "duplicate", "duplicate"
        ARITHMETIC = "arithmetic", "arithmetic"
        TAX = "tax", "tax"
        NO_PRICE = "no_price", "no price"

    class Status(models.TextChoices):
        OPEN = "open", "open"
        DISPUTED = "disputed", "disputed"
        ACCEPTED = "accepted", "accepted"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="findings")
    position = models.PositiveIntegerField()
    code = models.CharField(max_length=20, choices=Code)
    charge = models.CharField(max_length=12, choices=Charge)
    cause = models.CharField(
        max_length=20, choices=Cause, blank=True, default="", db_default="", help_text="Why it differs."
    )
    shipment = models.PositiveIntegerField(
        null=True, blank=True, help_text="The position of its shipment; empty where it is about several or none."
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    lines = models.JSONField(default=list, help_text="The positions of the lines, counted from 0.")
    charge_code = text(50)
    description = text(300)
    tracking_number = text(100)
    currency = text(3)
    billed = models.DecimalField(max_digits=18, decimal_places=4)
    expected = money()
    difference = GeneratedField(
        expression=F("billed") - F("expected"),
        output_field=models.DecimalField(max_digits=19, decimal_places=4, null=True),
        db_persist=True,
    )
    message = models.TextField()
    how = models.TextField(blank=True, default="", help_text="The arithmetic of the expected amount.")
    source = models.JSONField(default=dict, blank=True, help_text="Figure → the cell or box of the card.")
    rate_card = models.ForeignKey(RateCard, null=True, blank=True, on_delete=models.SET_NULL, related_name="findings")
    other_invoice = models.ForeignKey(
        Invoice, null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        help_text="The invoice that bills the same.",
    )  # fmt: skip
    created_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    why = models.TextField(blank=True, default="", help_text="What was said with the decision.")

    class Meta:
        ordering = ["-created_at", "id"]
        indexes = [
            models.Index(fields=["created_at", "id"], name="finding_created"),
            models.Index(fields=["difference", "id"], name="finding_difference"),
            models.Index(fields=["code", "status"], name="finding_code_status"),
            models.Index(fields=["status", "created_at", "id"], name="finding_status_created"),
            models.Index(fields=["currency", "difference", "id"], name="finding_currency_difference"),
            # Not partial: of a partial one PostgreSQL does not use what it knows of the values.
            models.Index(Upper("tracking_number"), name="finding_tracking"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["invoice", "position"], name="finding_position_once"),
            models.CheckConstraint(
                condition=Q(status="open", decided_at=None, decided_by=None)
                | (~Q(status="open") & Q(decided_at__isnull=False)),
                name="finding_decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.message
