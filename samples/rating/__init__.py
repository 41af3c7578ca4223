"""Worked examples of rating, each with its reasoning. Their prices are reckoned here, by the arithmetic that the
reasoning tells, and never by ``invoices.rating``: that is what they are held against."""

from samples.rating.charges import charge_examples
from samples.rating.freight import freight_examples
from samples.rating.places import place_examples
from samples.rating.records import WorkedExample


def worked_examples() -> list[WorkedExample]:
    """All examples, in a fixed order."""
    return [*freight_examples(), *charge_examples(), *place_examples()]


__all__ = ["WorkedExample", "worked_examples"]
