"""Tolerances of the audit: changes to them have the invoices of the carriers audited again."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from invoices.audit_prices import cards_of_carrier
from invoices.events import tell_prices_changed
from invoices.models import AuditTolerance


@transaction.atomic
def save_tolerance(tolerance: AuditTolerance) -> None:
    """Writes a row and marks the cards of its carrier, before and after the change, as due for an audit."""
    before = AuditTolerance.objects.filter(pk=tolerance.pk).values_list("carrier_name", flat=True).first()
    tolerance.carrier_name = " ".join(tolerance.carrier_name.split())
    tolerance.save()
    _audit_again({tolerance.carrier_name, tolerance.carrier_name if before is None else before})


@transaction.atomic
def delete_tolerances(tolerances: Iterable[AuditTolerance]) -> None:
    """Takes rows away; what they bore is found again."""
    names = set()
    for tolerance in tolerances:
        names.add(tolerance.carrier_name)
        tolerance.delete()
    _audit_again(names)


def _audit_again(carrier_names: set[str]) -> None:
    cards = {card.pk: card for name in carrier_names for card in cards_of_carrier(name)}
    for card in cards.values():
        tell_prices_changed(card)
