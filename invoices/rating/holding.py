"""Which card holds where several of a carrier do: account, spot before contract before general, date basis. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date as Date

from invoices.rate_records import CardData
from invoices.rate_records.places import place_key
from invoices.rating.records import NoQuote, Quote, Shipment

_RANK = {"spot": 3, "contract": 2, "": 1, "general": 0}
_WORDS = {"spot": "spot quote", "contract": "contract", "general": "general tariff", "": "card"}


def card_day(card: CardData, shipment: Shipment, day: Date) -> Date:
    """The date by which a card holds: that of its basis where the shipment says it, else the day asked for."""
    match card.date_basis:
        case "order_date":
            return shipment.order_date or day
        case "invoice_date":
            return shipment.invoice_date or day
    return day


def why_not_for(index: int, card: CardData, shipment: Shipment) -> NoQuote | None:
    """A card of another account or direction is not for the shipment. None where it is."""
    if card.account and shipment.account and _number(card.account) != _number(shipment.account):
        text = f"The card is for the account {card.account}."
        return NoQuote(index, card.carrier_name, "other_account", text)
    if card.direction and shipment.direction and place_key(card.direction) != place_key(shipment.direction):
        text = f"The card is for {card.direction}."
        return NoQuote(index, card.carrier_name, "no_lane", text)
    return None


def outranked(
    quotes: Sequence[Quote], cards: Sequence[CardData], shipment: Shipment
) -> tuple[list[Quote], list[NoQuote]]:
    """The quotes without those of cards that another card of the same carrier and service goes before, and these as
    refusals. Cards of equal rank all stay: nothing says which of them holds."""
    best: dict[tuple[str, str, str], tuple[int, int]] = {}
    for each in quotes:
        key = _key(each, cards)
        best[key] = max(best.get(key, (-1, -1)), _rank(cards[each.card], shipment))
    kept = [q for q in quotes if _rank(cards[q.card], shipment) == best[_key(q, cards)]]
    held = {quote.card for quote in kept}
    refused = []
    for card_index in sorted({quote.card for quote in quotes} - held):
        quote = next(q for q in quotes if q.card == card_index)
        winner = next(cards[q.card] for q in kept if _key(q, cards) == _key(quote, cards))
        text = f"The carrier's {_WORDS.get(winner.tariff_type, 'card')} goes before this card."
        refused.append(NoQuote(card_index, quote.carrier, "other_card_holds", text))
    return kept, refused


def _key(quote: Quote, cards: Sequence[CardData]) -> tuple[str, str, str]:
    card = cards[quote.card]
    carrier = place_key(card.carrier_code or card.carrier_name)
    # A carrier that is not known is nobody's rival.
    return carrier or f"card {quote.card}", place_key(quote.service), quote.rate.equipment


def _rank(card: CardData, shipment: Shipment) -> tuple[int, int]:
    """Spot, contract, general; then the card that names the account before one that names none."""
    own = bool(card.account) and bool(shipment.account) and _number(card.account) == _number(shipment.account)
    return _RANK.get(card.tariff_type, 1), int(own)


def _number(text: str) -> str:
    return "".join(ch for ch in text.casefold() if ch.isalnum())
