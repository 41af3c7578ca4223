"""How sure a value is, computed from where it was read and what checks it passed; no model's opinion of itself. Pure.

A field's confidence::

    start     by method: xml 0.99, person 1.00, rules 0.85, llm and cache 0.80
              without evidence: 0.30; computed from other fields: 0.60
    confirmed (a sum that holds, a checksum that holds): the remaining doubt shrinks to a fifth: 1 - (1 - start) / 5
    disputed  (a review reason names the field): times 0.5, for a blocking reason 0.3; the worst reason counts, once

An invoice's confidence is the mean over its header fields, each core field counted three times and a missing core
field as 0, times 0.9 for each further code of a reason that names no known header field (0.7 for a blocking one).
Results are ``Decimal`` from 0 to 1 with two places, rounded half up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from invoices.methods import METHODS
from invoices.records import Method, ReviewReason
from invoices.rules.identity import REQUIRED_FIELDS

NO_EVIDENCE = Decimal("0.30")
DERIVED = Decimal("0.60")
DOUBT_LEFT_BY_CHECK = Decimal("0.2")
DISPUTED, DISPUTED_BLOCKING = Decimal("0.5"), Decimal("0.3")
OTHER_REASON, OTHER_REASON_BLOCKING = Decimal("0.9"), Decimal("0.7")
CORE_WEIGHT = 3


@dataclass(frozen=True, slots=True)
class FieldEvidence:
    """How a value was come by: the method, whether its place in the document is known, whether it was computed."""

    method: Method
    has_evidence: bool
    derived: bool = False


def field_confidence(
    evidence: FieldEvidence, *, confirmed: bool = False, disputed_by: Iterable[ReviewReason] = ()
) -> Decimal:
    """The confidence of one value, 0 to 1; ``disputed_by`` are the reasons that name its field."""
    return _two_places(_field_confidence(evidence, confirmed=confirmed, disputed_by=disputed_by))


def field_confidences(
    fields: Mapping[str, FieldEvidence],
    reasons: Iterable[ReviewReason] = (),
    *,
    confirmed: frozenset[str] = frozenset(),
) -> dict[str, Decimal]:
    """``field_confidence`` of each of ``fields``; ``confirmed`` comes from ``rules.confirmed_fields``."""
    listed = list(reasons)
    return {
        name: field_confidence(
            evidence, confirmed=name in confirmed, disputed_by=[reason for reason in listed if reason.field == name]
        )
        for name, evidence in fields.items()
    }


def invoice_confidence(
    fields: Mapping[str, FieldEvidence],
    reasons: Iterable[ReviewReason] = (),
    *,
    confirmed: frozenset[str] = frozenset(),
) -> Decimal:
    """The confidence of the whole invoice, 0 to 1, from its header fields and all its review reasons."""
    listed = list(reasons)
    weighted, weights = Decimal(0), 0
    for name in dict.fromkeys([*REQUIRED_FIELDS, *fields]):
        evidence = fields.get(name)
        weight = CORE_WEIGHT if name in REQUIRED_FIELDS else 1
        weights += weight
        if evidence is not None:
            disputed_by = [reason for reason in listed if reason.field == name]
            weighted += weight * _field_confidence(evidence, confirmed=name in confirmed, disputed_by=disputed_by)
    result = weighted / weights
    counted: set[tuple[str, str]] = set()
    for reason in sorted(listed, key=lambda r: not r.blocking):
        part = re.sub(r"\[\d+\].*", "", reason.field)
        known = reason.field in fields or reason.field in REQUIRED_FIELDS
        if not known and (reason.code, part) not in counted:
            counted.add((reason.code, part))
            result *= OTHER_REASON_BLOCKING if reason.blocking else OTHER_REASON
    return _two_places(result)


def _field_confidence(evidence: FieldEvidence, *, confirmed: bool, disputed_by: Iterable[ReviewReason]) -> Decimal:
    value = METHODS[evidence.method].start
    if evidence.method != "person":
        if evidence.derived:
            value = DERIVED
        elif not evidence.has_evidence:
            value = NO_EVIDENCE
    if confirmed:
        value = 1 - (1 - value) * DOUBT_LEFT_BY_CHECK
    factors = [DISPUTED_BLOCKING if reason.blocking else DISPUTED for reason in disputed_by]
    return value * min(factors, default=Decimal(1))


def _two_places(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
