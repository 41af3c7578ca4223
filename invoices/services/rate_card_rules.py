"""What a person says of the sentences of a card: that one changes no price."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from common.errors import InvalidState, NotFound
from invoices.models import RateCard, RateCardChange
from invoices.rate_records import CardData
from invoices.services.rate_card_decisions import locked_card

_CODE = "figure_not_understood"


@transaction.atomic
def set_rule_aside(
    *, card_id: UUID, position: int, by: AbstractBaseUser, why: str, revision: int | None = None
) -> RateCard:
    """A sentence that was not understood changes no price, and ``why``: it holds the card no longer, also when the card
    is read again or its next version has the same words. Raises NotFound, VersionConflict, InvalidState."""
    record = locked_card(card_id, revision)
    if record.status in (RateCard.Status.REJECTED, RateCard.Status.SUPERSEDED):
        raise InvalidState(f"The card is {record.get_status_display()}; it can no longer be changed.")
    if not why.strip():
        raise InvalidState("State why the sentence changes no price.")
    rule = record.rules.filter(position=position).first()
    if rule is None:
        raise NotFound
    if rule.kind != "not_understood":
        raise InvalidState("Only a sentence that was not understood can be set aside.")
    RateCardChange.objects.create(
        card=record, field=f"rules[{position}]", old=f"not understood: {rule.words}"[:300], new="set aside",
        why=why.strip()[:500], changed_by_id=by.pk,
    )  # fmt: skip
    rule.kind, rule.choice = "set_aside", why.strip()[:300]
    rule.save(update_fields=["kind", "choice"])
    record.reasons.filter(code=_CODE, field=f"rules[{position}]").delete()
    if not record.rules.filter(kind="not_understood").exists():
        record.reasons.filter(code=_CODE, field="rules").delete()
    record.revision += 1
    record.save(update_fields=["revision", "updated_at"])
    return record


def keep_set_aside(card: CardData, *records: RateCard | None) -> None:
    """Sentences that a person set aside on these cards stay so where the same words are read again."""
    waiting = [rule for rule in card.rules if rule.kind == "not_understood"]
    if not waiting:
        return
    known: dict[str, str] = {}
    for record in records:
        if record is not None and record.pk is not None:
            rows = record.rules.filter(kind="set_aside", words__in=[rule.words for rule in waiting])
            known |= dict(rows.values_list("words", "choice"))
    for rule in waiting:
        if rule.words in known:
            rule.kind, rule.choice = "set_aside", known[rule.words]
