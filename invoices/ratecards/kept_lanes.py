"""Rates of whole lanes, kept for the many shipments of one audit.

A bill names the same zones and lanes again and again: all weights of a lane are read once, and what may fit a shipment
is picked here as the query for one shipment would have picked it. Bounded in rates and lanes: the oldest go first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from invoices.rate_records import CardData, RateData
from invoices.ratecards.lane_query import WHOLE, WHOLE_LIMIT, LaneQuery
from invoices.ratecards.profiles import made, run_query

KEPT_RATES = 60_000  # about 1 kB each
_MOST_LANES = 5_000
_WEIGHTS = frozenset({"pair_highs", "lane_highs", "low_kg"})

Lane = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Kept:
    """A rate of the card of this number, with the weights in kg that its breaks reach."""

    card: int
    reach_from: Decimal
    reach_to: Decimal
    rate: RateData


class KeptLanes:
    """The rates of the lanes that were asked for last, by all of what the query takes but the weight."""

    def __init__(self) -> None:
        self._lanes: OrderedDict[Lane, list[_Kept] | None] = OrderedDict()
        self._size = 0

    def add_rates(self, cards: Sequence[CardData], lanes: LaneQuery, near: Callable[[], None]) -> None:
        """Put the rates near the shipment's weight on the cards; ``near`` does so by a query of its own, where the lane
        has too many to be kept."""
        if lanes.empty:
            return
        key = _key(lanes.parameters)
        if key in self._lanes:
            self._lanes.move_to_end(key)
        else:
            self._keep(key, lanes)
        kept = self._lanes[key]
        if kept is None:
            near()
            return
        low, highs = lanes.parameters["low_kg"], lanes.highs
        for each in kept:
            if each.reach_to >= low and each.reach_from <= highs[each.card]:
                cards[each.card].rates.append(each.rate)

    def _keep(self, key: Lane, lanes: LaneQuery) -> None:
        found = [
            _Kept(number, reach_from, reach_to, made(RateData, values))
            for number, reach_from, reach_to, *values in run_query(lanes.statement(WHOLE), lanes.parameters)
        ]
        self._lanes[key] = found if len(found) < WHOLE_LIMIT else None
        self._size += len(self._lanes[key] or ())
        while (self._size > KEPT_RATES or len(self._lanes) > _MOST_LANES) and len(self._lanes) > 1:
            _, oldest = self._lanes.popitem(last=False)
            self._size -= len(oldest or ())


def _key(parameters: dict[str, Any]) -> Lane:
    return tuple(
        tuple(value) if isinstance(value, list) else value for name, value in parameters.items() if name not in _WEIGHTS
    )


__all__ = ["KEPT_RATES", "KeptLanes"]
