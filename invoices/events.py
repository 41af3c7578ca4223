"""What happens to invoices and rate cards, told to whoever listens: inside the transaction that makes it happen, so
that a listener can write down what is to follow, and nothing follows from what was rolled back."""

from __future__ import annotations

from typing import Literal

from django.dispatch import Signal

from invoices.models import Invoice, RateCard

InvoiceEvent = Literal["needs_review", "ready", "approved", "rejected", "corrected", "reopened"]
RateCardEvent = Literal["needs_review", "ready"]

invoice_event = Signal()  # what: InvoiceEvent, invoice: Invoice
rate_card_event = Signal()  # what: RateCardEvent, card: RateCard
rate_card_rejected = Signal()  # card: RateCard
prices_changed = Signal()  # card: RateCard


def tell_invoice(what: InvoiceEvent, invoice: Invoice) -> None:
    """To be called in the transaction of the change, after the last write of it."""
    invoice_event.send(sender=Invoice, what=what, invoice=invoice)


def tell_rate_card(what: RateCardEvent, card: RateCard) -> None:
    """To be called in the transaction of the change, after the last write of it."""
    rate_card_event.send(sender=RateCard, what=what, card=card)


def tell_prices_changed(card: RateCard) -> None:
    """The prices in use are others now: the invoices of the carrier are to be audited by them. The row keeps that
    until it is done. To be called in the transaction of the change."""
    RateCard.objects.filter(pk=card.pk).update(audit_due=True)
    prices_changed.send(sender=RateCard, card=card)
