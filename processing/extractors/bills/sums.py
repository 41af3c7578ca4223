"""Which columns of amounts are charges, told from the sums that rows print. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

_MOST = 12  # columns that are tried in all combinations: 4,096
_ROWS = 60

Gap = tuple[Decimal, dict[int, Decimal]]


def columns_that_fill(gaps: Sequence[Gap], candidates: Sequence[int]) -> list[int]:
    """The fewest of the candidates with whose amounts most rows reach their sum; empty where none helps. ``gaps``: what
    a row lacks to its sum, and its amounts by column."""
    used = [at for at in candidates if any(own.get(at) for _, own in gaps)]
    if len(used) > _MOST:
        used = [at for at in used if all(_has_cents(own[at]) or not own[at] for _, own in gaps if at in own)][:_MOST]
    # Rows with most amounts tell most; equal rows tell nothing more.
    rows = sorted(gaps, key=lambda gap: -sum(bool(value) for value in gap[1].values()))[:_ROWS]
    best: list[int] = []
    most = sum(not lacking for lacking, _ in rows)
    sums = [Decimal(0)] * len(rows)
    chosen: list[int] = []
    # Gray code: one column comes or goes at a time, so that each combination costs one addition a row.
    for step in range(1, 1 << len(used)):
        at = used[(step & -step).bit_length() - 1]
        sign = -1 if at in chosen else 1
        chosen.remove(at) if sign < 0 else chosen.append(at)
        for row, (_, own) in enumerate(rows):
            if at in own:
                sums[row] += sign * own[at]
        right = sum(lacking == total for (lacking, _), total in zip(rows, sums, strict=True))
        if right > most or (right == most and best and len(chosen) < len(best)):
            best, most = list(chosen), right
    return sorted(best)


def _has_cents(value: Decimal) -> bool:
    return value.as_tuple().exponent == -2
