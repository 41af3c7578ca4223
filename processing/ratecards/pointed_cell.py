"""A cell that a plan points a rule at: its figures as evidence, what the rule is for, when a charge is due. Pure."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from invoices.rate_records import CardData, Condition, RateData, RuleData
from invoices.rate_records.bases import basis_of
from invoices.rate_records.conditions import CONDITIONS
from processing.ratecards.figures import number_of
from processing.ratecards.note_charges import name_before
from processing.ratecards.plan import PointedRule

_SCOPE = ("service", "origin", "destination", "zone", "equipment", "freight_class", "charge")
_BOUNDS = {">": "above", ">=": "at_least", "<": "below", "<=": "at_most"}
NUMBERS = re.compile(r"\d[\d.,'’]*")


class Refused(Exception):
    """A rule that its cell does not bear out; the message says why."""


class PointedCell:
    """The rule, the text and place of its cell, the card that it changes, and the figures that it has used."""

    def __init__(self, rule: PointedRule, text: str, place: Any, card: CardData, day_first: bool | None) -> None:
        self.rule, self.text, self.place, self.card, self.day_first = rule, text, place, card, day_first
        self.plain = [word for name, word in rule.words if not name]
        self.named = {name: word for name, word in rule.words if name}
        self.used: list[str] = []
        own = sorted(NUMBERS.findall(text), key=len, reverse=True)
        self.figures_there = {figure.rstrip(".,'’") for figure in own}

    def _evidence(self, text: str) -> None:
        """Each number of a text must stand in the cell."""
        for number in NUMBERS.findall(text):
            plain = number.rstrip(".,'’")
            if plain not in self.figures_there and not re.search(rf"(?<![\d.,]){re.escape(plain)}(?!\d)", self.text):
                raise Refused(f"the figure {plain} does not stand in the cell (“{self.text[:60]}”).")
            self.used.append(plain)

    def _value(self) -> Decimal | None:
        numbers = [found for figure in self.rule.figures[:1] for found in NUMBERS.findall(figure)]
        return number_of(numbers[0].rstrip(".,'’")) if numbers else None

    def _number(self, name: str) -> Decimal | None:
        text = self.named.get(name)
        if text is None:
            return None
        self._evidence(text)
        found = NUMBERS.findall(text)
        return number_of(found[0].rstrip(".,'’")) if found else None

    def _unit(self) -> str:
        return next((word.casefold() for word in self.plain if basis_of(word.casefold())), "")

    def _scope(self) -> dict[str, str]:
        """What the rule is for alone: names that a price of the card has."""
        scope: dict[str, str] = {}
        for name, text in self.named.items():
            if name not in _SCOPE:
                continue
            known = {str(getattr(rate, name)) for rate in self.card.rates} | {s.name for s in self.card.surcharges}
            found = next((each for each in known if each and each.casefold() == text.casefold()), "")
            if not found:
                raise Refused(f"no price of the card has the {name} “{text[:40]}”.")
            scope[name] = found
        return scope

    def _scoped(self, rule: RuleData) -> RuleData:
        for name, text in self._scope().items():
            setattr(rule, name, text)
        return rule

    def _freight(self) -> list[RateData]:
        scope = self._scope()
        rates = [r for r in self.card.rates if not r.charge or "charge" in scope]
        return [r for r in rates if all(getattr(r, name) == text for name, text in scope.items())]

    def _name(self) -> str:
        name = self.named.get("name", "")
        if name and _squeezed(name) not in _squeezed(self.text):
            raise Refused(f"the cell does not contain the name “{name[:40]}”.")
        name = name or name_before(self.text, self.rule.figures[0])
        if not name:
            raise Refused('how is the charge called? (name="…", copied from the cell)')
        return name[:200]

    def _conditions(self) -> list[Condition]:
        found: list[Condition] = []
        for name, text in self.named.items():
            on = name.rstrip("<>=")
            if on not in CONDITIONS and not on.startswith("other:"):
                continue
            if name != on:
                self._evidence(text)
                numbers = NUMBERS.findall(text)
                if not numbers:
                    raise Refused(f"{name}{text[:20]}: a bound is a number with its unit.")
                value = number_of(numbers[0].rstrip(".,'’"))
                condition: Any = {"on": on, _BOUNDS[name[len(on) :]]: str(value)}
                if unit := text[len(numbers[0]) :].strip():
                    condition["unit"] = unit.casefold()
                found.append(condition)
            else:
                found.append({"on": on, "values": [part.strip() for part in text.split("|")]})
        return found


def _squeezed(text: str) -> str:
    return " ".join(text.split()).casefold()
