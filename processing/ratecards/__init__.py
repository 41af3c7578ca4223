"""Rate cards of any size by a plan: the shape of a document is understood once, then every cell is read by it. Pure."""

from processing.ratecards.read import CardReading, read_rate_card

__all__ = ["CardReading", "read_rate_card"]
