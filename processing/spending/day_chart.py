"""A chart of amounts by day as the numbers of an SVG: drawn by the server, so that it needs no script. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

WIDTH, HEIGHT = 720.0, 220.0
LEFT, BOTTOM, TOP = 58.0, 26.0, 12.0


@dataclass(frozen=True, slots=True)
class Bar:
    day: date
    value: Decimal
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Tick:
    at: float
    label: str


@dataclass(frozen=True, slots=True)
class DayChart:
    bars: list[Bar]
    levels: list[Tick]
    days: list[Tick]
    width: float = WIDTH
    height: float = HEIGHT
    left: float = LEFT
    base: float = HEIGHT - BOTTOM


def day_chart(values: dict[date, Decimal], *, first: date, last: date) -> DayChart:
    """One bar a day from ``first`` to ``last``, a scale of round steps in US dollars, and up to seven days named."""
    days = [first + timedelta(days=i) for i in range((last - first).days + 1)]
    step = round_step(max([values.get(day, Decimal(0)) for day in days], default=Decimal(0)))
    top = step * 4
    room, slot = HEIGHT - BOTTOM - TOP, (WIDTH - LEFT) / max(len(days), 1)
    bars = []
    for index, day in enumerate(days):
        value = values.get(day, Decimal(0))
        height = float(value / top) * room
        x = LEFT + index * slot + slot * 0.15
        bars.append(
            Bar(day, value, round(x, 2), round(HEIGHT - BOTTOM - height, 2), round(slot * 0.7, 2), round(height, 2))
        )
    levels = [Tick(round(HEIGHT - BOTTOM - room * i / 4, 2), f"${(step * i).normalize():f}") for i in range(5)]
    every = -(-len(days) // 7)
    named = [
        Tick(round(LEFT + (index + 0.5) * slot, 2), f"{day.day} {day:%b}")
        for index, day in enumerate(days)
        if index % every == 0
    ]
    return DayChart(bars, levels, named)


def round_step(highest: Decimal) -> Decimal:
    """A step of 1, 2, 2.5 or 5 times a power of ten, four of which hold ``highest``."""
    if highest <= 0:
        return Decimal("0.01")
    least = highest / 4
    power = Decimal(10) ** least.adjusted()
    return next(power * factor for factor in map(Decimal, ("1", "2", "2.5", "5", "10")) if power * factor >= least)
