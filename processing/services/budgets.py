"""Ceilings that span documents, changed by a person; each change is kept with who made it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from common.errors import InvalidState, NotFound
from processing.models import Budget, BudgetChange
from processing.spending.ledger import month_budget


@transaction.atomic
def set_budget(*, budget_id: int, budget_usd: Decimal | None, user: Any, reason: str = "") -> Budget:
    """Set a ceiling; None takes it away. Raises NotFound, and InvalidState where more is spent or reserved already."""
    budget = Budget.objects.select_for_update().filter(pk=budget_id).first()
    if budget is None:
        raise NotFound
    used = budget.spent_usd + budget.reserved_usd
    if budget_usd is not None and budget_usd < used:
        raise InvalidState(f"${used:f} is spent or reserved already.")
    before = budget.budget_usd
    if before != budget_usd:
        budget.budget_usd = budget_usd
        budget.save(update_fields=["budget_usd", "updated_at"])
        _note(budget, before=before, user=user, reason=reason)
    return budget


def create_budget(*, scope: str, key: str, budget_usd: Decimal | None, user: Any, reason: str = "") -> Budget:
    """A ceiling for a month, a user (its id) or a role (its group's name). Raises InvalidState where there is one."""
    try:
        with transaction.atomic():
            budget = Budget.objects.create(scope=scope, key=key, budget_usd=budget_usd)
            _note(budget, before=None, user=user, reason=reason)
    except IntegrityError as error:
        raise InvalidState("This budget exists already; change it instead.") from error
    return budget


@transaction.atomic
def set_budget_of(*, scope: str, key: str, budget_usd: Decimal | None, reason: str = "") -> Budget:
    """The same by whoever may run commands, by what the ceiling is for; made where there is none."""
    budget = month_budget(key) if scope == Budget.Scope.MONTH else None
    budget = budget or Budget.objects.filter(scope=scope, key=key).first()
    if budget is None:
        return create_budget(scope=scope, key=key, budget_usd=budget_usd, user=None, reason=reason)
    return set_budget(budget_id=budget.pk, budget_usd=budget_usd, user=None, reason=reason)


def _note(budget: Budget, *, before: Decimal | None, user: Any, reason: str) -> None:
    BudgetChange.objects.create(
        budget=budget,
        user=user,
        username=user.get_username() if user else "command",
        before_usd=before,
        after_usd=budget.budget_usd,
        reason=reason,
    )
