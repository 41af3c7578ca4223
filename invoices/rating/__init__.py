"""What a shipment costs by a rate card: every charge with its figures and where they stand. Pure, Decimal.

``quote(shipment, cards, date)`` prices a shipment by each card that holds on the date; where none of a card's rates
fits, it says why. The order of charges: freight (base charge, rate, deficit weight, minimum, maximum), surcharges in
the order of the card, fuel on its base.
"""

from invoices.rate_records.places import Location
from invoices.rating.pricing import quote
from invoices.rating.records import Charge, NoQuote, Quote, Quotes, Shipment
from invoices.rating.weights import Piece

__all__ = ["Charge", "Location", "NoQuote", "Piece", "Quote", "Quotes", "Shipment", "quote"]
