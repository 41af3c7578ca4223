"""Rules and charges that a plan points at: each in a cell that says its figures, else it is refused. Pure.

The model names the cell, the kind and the figures as they are written there; every number of a rule is read from the
cell's own text. Kinds are those of ``invoices.rate_records.rules``, and charges, keys and limits of the whole card.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from invoices.rate_records import CardData, FuelBandData, RuleData, SurchargeData
from invoices.rate_records.bases import basis_of
from invoices.rate_records.charges import meaning_of as trade_meaning
from invoices.rate_records.rules import FUEL_LAGS, RULES
from invoices.values import find_dates
from processing.ratecards.axis_keys import us_place
from processing.ratecards.charge_columns import is_started
from processing.ratecards.figures import figures_in
from processing.ratecards.grid import CellRange, Grid
from processing.ratecards.labels import currency_in
from processing.ratecards.other_rows import ALWAYS
from processing.ratecards.place_words import place_in_words
from processing.ratecards.plan import PointedRule
from processing.ratecards.plan_columns import base_name
from processing.ratecards.pointed_cell import NUMBERS, PointedCell, Refused
from processing.ratecards.sheets import Sheet, source_of

_ONE_FIGURE = frozenset(
    ["discount", "absolute_minimum_charge", "weight_equivalent", "weight_rounding", "general_rate_increase",
     "tax_inside", "tax_on_top", "price_rounding", "surcharge", "fuel", "minimum", "maximum", "minimum_units",
     "dimensional_divisor"]
)  # fmt: skip
_OWN = frozenset(["surcharge", "fuel", "minimum", "maximum", "minimum_units", "dimensional_divisor", "whole_weight",
                  "origin", "destination"])  # fmt: skip
KINDS = frozenset(RULES) - {"not_understood"} | _OWN
_APPLIES = frozenset({"always", "asked", "included", "on_request"})
_INDEX_WORDS = ("DOE", "EIA", "CNR", "Destatis", "ANP", "MITMA", "MITECO", "Platts", "TLN", "en2x", "IRU", "CBS")


@dataclass(slots=True)
class PointedRules:
    """``figures`` are those that were used, by the place of their cell (a cell whose sentence is set aside whole has
    ``whole``); ``problems`` the rules that were refused, in sentences."""

    figures: dict[str, list[str]] = field(default_factory=dict)
    whole: set[str] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)

    def rest_of(self, place: Any, text: str) -> str | None:
        """A sentence of a cell without the figures that rules account for; None where no rule is about it."""
        used = self.figures.get(str(place))
        if used is None:
            return None
        if str(place) in self.whole:
            return ""
        rest = text
        for figure in used:
            rest = re.sub(rf"(?<![\d.,]){re.escape(figure)}(?!\d)", " ", rest, count=1)
        return rest if rest != text or not any(figures_in(figure) for figure in used) else None


def apply_pointed_rules(
    card: CardData, rules: Sequence[PointedRule], sheets: Mapping[int, Sheet], *, day_first: bool | None = None
) -> PointedRules:
    """Add what the rules say to a card whose tables were read."""
    done = PointedRules()
    for rule in rules:
        sheet = sheets.get(rule.sheet)
        cell = Grid(sheet).cell(rule.row, rule.column) if sheet is not None else None
        at = CellRange(rule.sheet, rule.column, rule.row, rule.column, rule.row)
        if cell is None:
            done.problems.append(f"The rule {rule.kind} points at {at}, which is empty.")
            continue
        try:
            used = _Rule(rule, cell.text, source_of(cell.place), card, day_first).apply()
        except Refused as error:
            done.problems.append(f"The rule {rule.kind} at {at}: {error}")
            continue
        place = str(source_of(cell.place))
        done.figures.setdefault(place, []).extend(used)
        if rule.kind == "set_aside" and not rule.figures:
            done.whole.add(place)
    return done


class _Rule(PointedCell):
    """One rule, in the cell that says it."""

    def apply(self) -> list[str]:
        """The figures of the cell that the rule accounts for. Raises Refused."""
        kind = self.rule.kind
        if kind not in KINDS:
            raise Refused(f"there is no kind {kind[:30]}; kinds are {', '.join(sorted(KINDS))}.")
        for figure in self.rule.figures:
            self._evidence(figure)
        if kind in _ONE_FIGURE and self._value() is None:
            raise Refused("it needs one figure, copied as it stands in the cell.")
        own: dict[str, Callable[[], None]] = {
            "surcharge": self._surcharge, "fuel": self._fuel, "minimum": self._limits, "maximum": self._limits,
            "minimum_units": self._limits, "dimensional_divisor": self._divisor, "whole_weight": self._whole_weight,
            "origin": self._end, "destination": self._end, "class_map": self._class_map,
        }  # fmt: skip
        own.get(kind, self._tariff_rule)()
        return self.used

    def _tariff_rule(self) -> None:
        kind, value = self.rule.kind, self._value() if self.rule.kind in _ONE_FIGURE else None
        if value is not None and kind in ("discount", "tax_inside") and not 0 < value < 100:
            raise Refused(f"{value} is no percentage of a {kind}.")
        rule = self._scoped(RuleData(kind, value, words=self.text[:500], source={"words": self.place}))
        if kind == "weight_equivalent":
            rule.unit = self._unit()
            if not rule.unit:
                raise Refused("of what does one count as this weight: m3, ldm, pallet or piece?")
            rule.choice = "not_stackable" if "not_stackable" in self.plain else ""
        elif kind in ("next_break", "deficit_weight"):
            rule.choice = "no" if "no" in self.plain else "yes"
        elif kind == "chargeable_weight":
            rule.choice = next((w for w in self.plain if w in ("greater", "actual", "volume")), "greater")
            rule.per = next((w for w in self.plain if w in ("piece", "shipment")), "")
        elif kind == "weight_rounding" or kind == "price_rounding":
            rule.rounding = next((w for w in self.plain if w in ("up", "nearest", "down")), "up")
        elif kind == "fuel_index":
            rule.lag = next((w for w in (*self.plain, self.named.get("lag", "")) if w in FUEL_LAGS and w), "")
            rule.index_name = next((word for word in _INDEX_WORDS if word.casefold() in self.text.casefold()), "")
        elif kind == "general_rate_increase":
            dates = find_dates(self.text, day_first=self.day_first)
            rule.valid_from = dates[0].value if dates else None
            if rule.valid_from is None:
                raise Refused("from which day on? The cell names none.")
        elif kind in ("tax_inside", "tax_on_top"):
            rule.name = (self.plain or ["tax"])[0][:40]
        elif kind == "set_aside":
            rule.choice = (" ".join(self.plain) or "changes no price")[:100]
            self.used.extend(figures_in(self.text) if not self.rule.figures else ())
        rule.currency = currency_in(self.text) if kind == "absolute_minimum_charge" else ""
        if rule.currency == self.card.currency:
            rule.currency = ""
        self.card.rules.append(rule)

    def _class_map(self) -> None:
        text = " ".join((*self.rule.figures, *self.plain)).replace(",", ", ")
        classes, mark, rated = text.partition(">")
        if not mark:
            *several, rated = self.rule.figures or ("",)
            classes = ", ".join(several)
        self._evidence(text)
        target = NUMBERS.findall(rated)
        if not classes.strip() or len(target) != 1:
            raise Refused("write the classes and the one that they are rated as: 50-85>70.")
        rule = RuleData("class_map", classes=classes.strip(" ,"), rated_as=target[0], words=self.text[:500])
        rule.source = {"words": self.place}
        self.card.rules.append(self._scoped(rule))

    def _limits(self) -> None:
        value = self._value()
        for rate in self._freight():
            if getattr(rate, self.rule.kind) is None:
                setattr(rate, self.rule.kind, value)
                rate.source[self.rule.kind] = self.place

    def _whole_weight(self) -> None:
        for rate in self._freight():
            if rate.unit in ("kg", "lb") and not rate.excess_only:
                rate.increment, rate.rounding = Decimal(1), "up"

    def _divisor(self) -> None:
        if self.card.dimensional_divisor is None:
            self.card.dimensional_divisor = self._value()
            self.card.evidence["dimensional_divisor"] = {"source": self.place, "text": self.text[:200]}

    def _end(self) -> None:
        """Where all shipments of the card, or of the scope, begin or end: words that the cell has."""
        text = " ".join((*self.rule.figures, *self.plain)).strip("\"' ") or self.text
        bare = re.sub(r"^[A-Z]{2} |\*$", "", text)
        if bare.casefold() not in self.text.casefold():
            raise Refused(f"the cell does not contain “{bare[:40]}”.")
        place = us_place(place_in_words(text))
        for rate in self._freight():
            if not getattr(rate, self.rule.kind):
                setattr(rate, self.rule.kind, place)
                rate.source[self.rule.kind] = self.place

    def _fuel(self) -> None:
        value = self._value()
        unit = self._unit()
        if value is not None and not any(band.percent == value for band in self.card.fuel):
            self.card.fuel.append(FuelBandData(
                value, unit="" if unit == "percent" else unit, base=base_name(self.named.get("of", "freight")),
                source={"percent": self.place},
            ))  # fmt: skip
        self.card.surcharges = [s for s in self.card.surcharges if s.source.get("value") != self.place]

    def _surcharge(self) -> None:
        """A charge that a sentence states, or what a row of fees says besides its amount."""
        value = self._value()
        assert value is not None
        before = next((s for s in self.card.surcharges if self._is_row_of(s)), None)
        charge = before or SurchargeData(self._name(), value, source={"value": self.place, "name": self.place})
        unit = self._unit()
        percent = unit == "percent" or (not unit and "%" in "".join(self.rule.figures)) or "of" in self.named
        percent = percent or (before is not None and before.basis == "percent" and not unit)
        if percent:
            charge.basis, charge.unit = "percent", ""
            charge.applies_to = base_name(self.named.get("of", charge.applies_to or "freight"))
        elif unit or before is None:
            charge.basis, charge.unit = ("per_unit", unit) if unit not in ("", "flat") else ("flat", "")
        if "started" in self.plain or (before is None and unit and is_started(self.text)):
            basis = basis_of(charge.unit)
            charge.increment, charge.rounding = (basis.per if basis else Decimal(1)), "up"
        limits: dict[str, Any] = {
            "minimum": self._number("min"), "maximum": self._number("max"), "free_units": self._number("free"),
            "minimum_units": self._number("min_units"), "maximum_units": self._number("max_units"),
        }  # fmt: skip
        for name, number in limits.items():
            if number is not None:
                setattr(charge, name, number)
        charge.conditions = [*charge.conditions, *self._conditions()]
        charge.meaning = charge.meaning or trade_meaning(charge.name)
        said = next((word for word in (*self.plain, self.named.get("when", "")) if word in _APPLIES), "")
        if said:
            charge.applies = said  # type: ignore[assignment]
        elif charge.conditions or (not charge.applies and charge.meaning in ALWAYS):
            charge.applies = "always"
        if charge.meaning == "fuel":
            charge.kind, charge.sequence = "fuel", 500
        currency = currency_in(self.text)
        if before is None:
            charge.currency = currency if currency != self.card.currency and charge.basis != "percent" else ""
            self.card.surcharges.append(charge)
            return
        self.card.rules = [r for r in self.card.rules if not (r.kind == "not_understood" and r.charge == before.name)]

    def _is_row_of(self, charge: SurchargeData) -> bool:
        """Whether the charge was read from the row of a table in which the rule's cell stands."""
        place = charge.source.get("value")
        if not isinstance(place, str) or not isinstance(self.place, str):
            return place is not None and place == self.place
        same_sheet = place.rpartition("!")[0] == self.place.rpartition("!")[0]
        return same_sheet and re.findall(r"\d+$", place) == re.findall(r"\d+$", self.place)
