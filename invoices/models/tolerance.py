"""What a company bears of a difference between a bill and the rate card before it is a finding."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper

from invoices.models.invoice import ChargeKind


class AuditTolerance(models.Model):
    """Of one carrier or, without a name, of all; for one kind of charge or, without it, for each that has no own row.
    The larger of both limits counts; a difference that is as much is borne."""

    carrier_name = models.CharField(
        "carrier", max_length=300, blank=True, default="", help_text="As the invoices name it; empty for all carriers."
    )
    kind = models.CharField(
        max_length=12, choices=ChargeKind, blank=True, default="", help_text="Empty for every kind without its own row."
    )
    amount = models.DecimalField(
        max_digits=12, decimal_places=4, default=0, help_text="In the currency of the invoice, for each difference."
    )
    percent = models.DecimalField(
        max_digits=6, decimal_places=3, default=0, help_text="Of the price that the rate card gives."
    )
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["carrier_name", "kind"]
        constraints = [
            models.UniqueConstraint(
                Upper("carrier_name"), "kind", name="tolerance_once",
                violation_error_message="There is a tolerance for this carrier and kind already.",
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0, percent__gte=0, percent__lte=100), name="tolerance_in_range",
                violation_error_message="Amounts are not negative, and a percentage is at most 100.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.carrier_name or 'All carriers'}, {self.get_kind_display() or 'every charge'}"
