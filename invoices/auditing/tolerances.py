"""Differences that a company bears, by carrier and kind of charge. Pure, Decimal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from invoices.auditing.records import FindingData

# What is billed twice or was never agreed is no difference of prices.
_TOLERATED = ("overcharged", "undercharged")


@dataclass(frozen=True, slots=True)
class Tolerance:
    """``amount`` in the currency of the bill or ``percent`` of the expected price, whichever is more. ``kind`` is that
    of the charge, empty for every kind without its own; ``own``: of the carrier, not of all carriers."""

    kind: str
    amount: Decimal
    percent: Decimal
    own: bool = False

    def bears(self, difference: Decimal, expected: Decimal) -> bool:
        """Whether a difference is borne; one that is as much as the tolerance is."""
        return abs(difference) <= max(self.amount, abs(expected) * self.percent / 100)


def beyond_tolerance(findings: Iterable[FindingData], tolerances: Sequence[Tolerance]) -> list[FindingData]:
    """The findings without those that the tolerance for their kind bears."""
    return [each for each in findings if not _is_borne(each, tolerances)]


def _is_borne(finding: FindingData, tolerances: Sequence[Tolerance]) -> bool:
    difference, expected = finding.difference, finding.expected
    if finding.code not in _TOLERATED or difference is None or expected is None:
        return False
    fitting = [each for each in tolerances if each.kind in ("", finding.charge)]
    nearest = max(fitting, key=lambda each: (each.own, bool(each.kind)), default=None)
    return nearest is not None and nearest.bears(difference, expected)
