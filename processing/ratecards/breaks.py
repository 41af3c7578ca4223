"""From labels of breaks to intervals: what "10", "+45" and "5-10" mean beside each other. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from invoices.rate_records import Inclusive, RateData
from processing.ratecards.labels import BreakLabel


@dataclass(frozen=True, slots=True)
class Interval:
    first: Decimal | None
    last: Decimal | None
    inclusive: Inclusive = "upper"


def intervals_of_axis(labels: Sequence[BreakLabel | None]) -> list[Interval | None]:
    """The intervals of breaks that head columns, in their order. A bare number is the start of its break where others
    are written so (``+45``) or where a first break below it is; else it is the end."""
    shapes = {label.shape for label in labels if label is not None}
    starts = bool(shapes & {"from", "over", "below", "normal"})
    bounds = sorted({
        bound for label in labels if label is not None and label.shape in ("from", "over", "point")
        and (bound := label.first) is not None
    })  # fmt: skip
    ends = [(label.first, label.last) for label in labels if label is not None and label.shape == "range"]
    inclusive = range_inclusive(ends)
    starting = sorted(low for low, _ in ends if low is not None)
    open_ended = bool(shapes & {"from", "below"})
    out: list[Interval | None] = []
    bounds_below = [label.last for label in labels if label is not None and label.shape == "below" and label.last]
    several = len(set(bounds_below)) > 1
    for label in labels:
        if label is None or label.shape in ("minimum", "additional"):
            out.append(None)
        elif label.shape == "range" and open_ended and inclusive == "both" and label.last is not None:
            # "< 500 | 500 – 999 | 1,000 +": each ends where the next one begins.
            after = [b for b in sorted({*starting, *bounds}) if b > label.last]
            out.append(Interval(label.first, after[0] if after else label.last, "lower"))
        elif label.shape == "range" and shapes & {"upto", "over"} and label.first is not None:
            # "up to 100 | 101-500 | over 500": what the words say at the ends holds between them.
            before = [o.last for o in out if o is not None and o.last is not None and 0 < label.first - o.last <= 1]
            out.append(Interval(max(before, default=label.first), label.last, "upper"))
        elif label.shape == "range":
            out.append(Interval(label.first, label.last, inclusive))
        elif label.shape == "upto" or (label.shape == "point" and not starts):
            bound = label.last if label.shape == "upto" else label.first
            before = [
                o.last for o in out if o is not None and o.last is not None and bound is not None and o.last < bound
            ]
            out.append(Interval(max(before, default=Decimal(0)), bound, "upper"))
        elif label.shape == "below" and several and label.last is not None:
            # "-100 kg | -300 kg | -500 kg": each goes on where the one before it ends.
            before = [b for b in bounds_below if b < label.last]
            out.append(Interval(max(before, default=Decimal(0)), label.last, "upper"))
        elif label.shape in ("below", "normal"):
            bound = label.last if label.shape == "below" else bounds[0] if bounds else None
            out.append(Interval(Decimal(0), bound, "lower"))
        else:
            later = [b for b in bounds if label.first is not None and b > label.first]
            ended = next((high for low, high in ends if low == label.first), None)
            out.append(
                Interval(
                    label.first, ended or (later[0] if later else None), "upper" if label.shape == "over" else "lower"
                )
            )
    return _counted(labels, out)


def _counted(labels: Sequence[BreakLabel | None], found: list[Interval | None]) -> list[Interval | None]:
    """ "1 | 2 | 3-5 | 6 and more" count things: each begins where the one before it ends, whatever its label says."""
    shapes = {label.shape for label in labels if label is not None}
    if "point" not in shapes or "range" not in shapes or not shapes <= {"point", "range", "from"}:
        return found
    out: list[Interval | None] = []
    last: Decimal | None = None
    for label in labels:
        if label is None or label.first is None or (last is not None and label.first != last + 1):
            return found
        end = None if label.shape == "from" else label.last if label.last is not None else label.first
        out.append(Interval(label.first - 1, end, "upper"))
        last = end
    return out


def range_inclusive(ranges: Sequence[tuple[Decimal | None, Decimal | None]]) -> Inclusive:
    """Ranges that share their bounds (0-5, 5-10) end with their upper one; ranges that leave a step between them (1-5,
    6-10) hold both."""
    froms = {low for low, _ in ranges if low is not None}
    tos = {high for _, high in ranges if high is not None}
    return "upper" if froms & tos or len(set(ranges)) < 2 else "both"


def close_open_breaks(rates: Sequence[RateData]) -> None:
    """Rates of one lane that say only where they begin end where the next begins."""
    ordered = sorted((rate for rate in rates if rate.break_from is not None), key=lambda r: r.break_from or Decimal(0))
    starts = sorted({rate.break_from for rate in ordered if rate.break_from is not None and not rate.excess_only})
    for rate in ordered:
        if rate.break_to is None:
            rate.break_to = next((start for start in starts if start > (rate.break_from or Decimal(0))), None)


def fractional_step(ranges: Sequence[tuple[Decimal | None, Decimal | None]]) -> Decimal | None:
    """The step below one that ranges leave between them ("30.1 – 70", "70.1 – 300"), or None."""
    highs = sorted({high for _, high in ranges if high is not None})
    steps = set()
    for low in sorted({low for low, _ in ranges if low}):
        before = [high for high in highs if high < low]
        if before:
            steps.add(low - before[-1])
    return next(iter(steps)) if len(steps) == 1 and Decimal(0) < min(steps) < 1 else None
