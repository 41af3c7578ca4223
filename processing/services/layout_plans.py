"""Writes of the memory of plans: remembered when accepted, counted when used, dropped when they fail."""

from __future__ import annotations

from typing import Any

import structlog
from django.db.models import F
from django.utils import timezone

from invoices.events import RateCardEvent
from invoices.models import RateCard
from processing.models import LayoutPlan

log = structlog.get_logger(__name__)


def recall_plan(*, owner_id: int | None, fingerprint: str) -> LayoutPlan | None:
    """The plan that the owner's cards of this layout are read by."""
    return LayoutPlan.objects.filter(owner_id=owner_id, fingerprint=fingerprint).first()


def has_plans_by_hand(*, owner_id: int | None) -> bool:
    """Whether a person said of any of the owner's cards how it is to be read."""
    return LayoutPlan.objects.filter(owner_id=owner_id, made_by=LayoutPlan.MadeBy.PERSON).exists()


def remember_plan(
    *, owner_id: int | None, fingerprint: str, plan: dict[str, Any], carrier: str, made_by: str, approved: bool = False
) -> None:
    """Keep a plan that was accepted; the newest of a layout counts."""
    columns: dict[str, Any] = {"plan": plan, "carrier": carrier[:300], "made_by": made_by}
    if approved:
        columns["approved"] = True
    LayoutPlan.objects.update_or_create(owner_id=owner_id, fingerprint=fingerprint, defaults=columns)


def count_use(*, plan_id: int) -> None:
    LayoutPlan.objects.filter(id=plan_id).update(uses=F("uses") + 1, last_used=timezone.now())


def drop_plan(*, plan_id: int, why: str) -> None:
    """Forget a plan that no longer reads the cards of its layout."""
    LayoutPlan.objects.filter(id=plan_id).delete()
    log.info("layout_plan_dropped", plan_id=plan_id, reason=why)


def remember_approved(*, what: RateCardEvent, card: RateCard, **_: Any) -> None:
    """A card became usable, by its checks or because a person approved it: its plan is remembered."""
    memory, fingerprint = card.mapping.get("memory"), card.mapping.get("fingerprint")
    if what != "ready" or not memory or not fingerprint:
        return
    made_by = card.mapping.get("method", "rules")
    remember_plan(
        owner_id=card.owner_id,
        fingerprint=fingerprint,
        plan=memory,
        carrier=card.carrier_name or card.carrier_code,
        made_by=made_by if made_by in LayoutPlan.MadeBy.values else LayoutPlan.MadeBy.RULES,
        approved=card.reasons.exists(),  # with reasons it is in use only because somebody said so
    )


def forget_rejected(*, card: RateCard, **_: Any) -> None:
    """A person refused a card: the plan that it was read by reads no other."""
    fingerprint = card.mapping.get("fingerprint")
    plan = recall_plan(owner_id=card.owner_id, fingerprint=fingerprint) if fingerprint else None
    if plan is not None:
        drop_plan(plan_id=plan.pk, why=f"the card {card.pk} was rejected")
