"""The columns of everything that has a ceiling: a job, a batch, a month. The promise is a database constraint."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from common.columns import usd

LEDGER_FIELDS = frozenset({"reserved_usd", "spent_usd", "overrun_usd"})  # changed by processing.spending.ledger alone


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

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Save; of a row that exists never what the ledger keeps: a form holds figures that are old by now."""
        if update_fields is None and not self._state.adding:
            fields = self._meta.concrete_fields
            update_fields = [f.name for f in fields if not f.primary_key and f.name not in LEDGER_FIELDS]
        super().save(*args, update_fields=update_fields, **kwargs)

    def clean(self) -> None:
        super().clean()
        used = self.spent_usd + self.reserved_usd
        if self.budget_usd is not None and self.budget_usd < used:
            raise ValidationError({"budget_usd": f"${used:f} is spent or reserved already."})
