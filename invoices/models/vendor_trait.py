"""By what the vendors of accepted invoices are known again: see ``rules.resemblance``."""

from __future__ import annotations

from django.db import models

from invoices.models.invoice import Vendor


class VendorTrait(models.Model):
    vendor = models.ForeignKey(Vendor, on_delete=models.CASCADE, related_name="traits")
    kind = models.CharField(max_length=10)
    value = models.CharField(max_length=130)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "value", "vendor"], name="vendor_trait_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"
