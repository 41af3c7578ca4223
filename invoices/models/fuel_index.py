"""Fuel indexes as they were published: what fuel surcharges by an index are checked against."""

from __future__ import annotations

from django.db import models

from common.columns import number


class FuelIndexValue(models.Model):
    """The value of an index on the day of its publication, in the index's own money and unit."""

    index_name = models.CharField(max_length=100)
    published = models.DateField()
    value = number()

    class Meta:
        ordering = ["index_name", "-published"]
        constraints = [
            models.UniqueConstraint(fields=["index_name", "published"], name="fuel_index_value_once"),
            models.CheckConstraint(condition=models.Q(value__gt=0), name="fuel_index_value_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.index_name} {self.published}: {self.value}"
