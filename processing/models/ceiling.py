"""The columns of everything that has a ceiling: a job, a batch, a month. The promise is a database constraint."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from invoices.models.columns import usd


class Ceiling(models.Model):
    """``spent_usd + reserved_usd ≤ budget_usd``, always; ``budget_usd`` None is no ceiling.

    ``overrun_usd`` is what a server charged above what was reserved: kept apart, it counts against every later call.
    """

    budget_usd = models.DecimalField(max_digits=18, decimal_places=10, null=True, blank=True)
    reserved_usd = usd()
    spent_usd = usd()
    overrun_usd = usd()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(budget_usd__isnull=True) | Q(budget_usd__gte=F("spent_usd") + F("reserved_usd")),
                name="%(class)s_ceiling_holds",
            ),
            models.CheckConstraint(
                condition=Q(reserved_usd__gte=0, spent_usd__gte=0, overrun_usd__gte=0),
                name="%(class)s_spend_not_negative",
            ),
        ]
