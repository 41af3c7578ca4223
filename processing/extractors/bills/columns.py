"""The columns of a table of shipments or charges, told from their headings: facts, groups that repeat, single charges.
Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from invoices.auditing.kinds import charge_kind
from processing.content.records import Cell
from processing.extractors.bills.heading_parts import says_number
from processing.extractors.bills.headings import is_part_word, meaning_of, name_beside, numbered, role_of

_FACTS_NEEDED = 3
_SUFFIX = re.compile(r"(.*[^\d.])[._]\d{1,2}")
_PRICES = ("amount", "row_total", "total_amount")
_NO_FACT = frozenset({"", "ignored", "amount", "charge_name", "charge_code", "row_total"})


@dataclass(slots=True)
class Group:
    """Columns that together are one charge; ``discount`` is what lowers ``amount``."""

    amount: int
    name: int | None = None
    code: int | None = None
    discount: int | None = None


@dataclass(slots=True)
class Columns:
    """``facts``: meaning → its columns. ``groups`` are charges with a name of their own, ``charges`` columns whose
    heading names the charge, ``maybe`` those that would be charges if a sum asks for them."""

    headings: dict[int, str]
    facts: dict[str, list[int]] = field(default_factory=dict)
    groups: list[Group] = field(default_factory=list)
    charges: list[int] = field(default_factory=list)
    maybe: list[int] = field(default_factory=list)

    @property
    def row_is_charge(self) -> bool:
        """Whether a row is one charge, named in the row."""
        return not self.groups and not self.charges and "amount" in self.facts

    def one_charge(self) -> None:
        """The total of a row is its only charge."""
        self.facts["amount"] = self.facts.pop("row_total")

    def cell(self, cells: Mapping[int, Cell], meaning: str) -> Cell | None:
        """The first cell of a row that holds the meaning."""
        return next((cells[at] for at in self.facts.get(meaning, ()) if at in cells), None)

    def first(self, meaning: str) -> int | None:
        return next(iter(self.facts.get(meaning, ())), None)


def columns_of(headings: Mapping[int, str]) -> Columns | None:
    """The columns of a heading row; None where it does not head shipments or their charges."""
    columns = Columns(_without_suffixes(headings))
    headings = columns.headings
    taken = _repeated(columns) | _numbered(columns)
    for at, heading in sorted(headings.items()):
        if at in taken:
            continue
        meaning = meaning_of(heading)
        if meaning == "ignored":
            continue
        if meaning == "tracking_number" and meaning in columns.facts and not says_number(heading):
            columns.maybe.append(at)  # "LTA" behind "N° LTA" is the fee for it, if the sums say so
        elif meaning:
            columns.facts.setdefault(meaning, []).append(at)
        elif charge_kind(heading) not in (None, "tax"):
            columns.charges.append(at)
        else:
            columns.maybe.append(at)
    _settle(columns)
    _beside(columns)
    known = sum(meaning not in _NO_FACT for meaning in columns.facts)
    priced = columns.groups or columns.charges or any(each in columns.facts for each in _PRICES)
    numbered_shipments = "tracking_number" in columns.facts or "lead_number" in columns.facts
    return columns if numbered_shipments and priced and known >= _FACTS_NEEDED else None


def _without_suffixes(headings: Mapping[int, str]) -> dict[int, str]:
    """Headings that stand several times as they were written: programs tell them apart by a number behind a point or an
    underscore ("Charge Amount.1")."""
    texts = set(headings.values())
    found = {at: _SUFFIX.fullmatch(text) for at, text in headings.items()}
    return {at: m[1] if (m := found[at]) is not None and m[1] in texts else text for at, text in headings.items()}


def _settle(columns: Columns) -> None:
    """Beside charges with columns of their own an amount is the sum of its row."""
    if columns.groups or columns.charges:
        columns.facts.setdefault("row_total", []).extend(columns.facts.pop("amount", ()))
        if not columns.facts["row_total"]:
            del columns.facts["row_total"]
    elif "amount" not in columns.facts and "row_total" in columns.facts and "charge_name" in columns.facts:
        columns.one_charge()


def _beside(columns: Columns) -> None:
    """A fee beside a column that names it ("Extra Service", "Extra Service Fee") is one more charge of a row that has
    others."""
    if columns.row_is_charge:
        return
    for at in [*columns.maybe, *columns.charges]:
        named = name_beside(columns.headings, at)
        if named is None or named not in [*columns.maybe, *columns.facts.get("charge_name", ())]:
            continue
        columns.groups.append(Group(at, named))
        for own in (columns.maybe, columns.charges, *columns.facts.values()):
            own[:] = [each for each in own if each not in (at, named)]
    columns.facts = {meaning: at for meaning, at in columns.facts.items() if at}


def _repeated(columns: Columns) -> set[int]:
    """Headings that stand several times are groups: one begins where a part comes that the last one has."""
    counted = Counter(columns.headings.values())
    again = [at for at, heading in sorted(columns.headings.items()) if counted[heading] > 1]
    found: list[dict[str, int]] = []
    for at in again:
        role = role_of(columns.headings[at])
        if not found or role in found[-1] or at - max(found[-1].values()) > 3:
            found.append({})
        found[-1][role] = at
    return _kept(columns, found)


def _numbered(columns: Columns) -> set[int]:
    """Headings with a number in them ("XC1 Code", "XC1 Charge", "XC2 Code") are groups by that number."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    for at, heading in sorted(columns.headings.items()):
        parts = numbered(heading)
        if parts is not None:
            pattern, number = parts
            roles = found.setdefault((_stem(pattern), number), {})
            role = role_of(pattern)
            if role == "amount" and "amount" in roles and "name" not in roles:
                # "Other charge 1" beside "Other charge 1 amount" is its name.
                roles["name"] = roles.pop("amount")
            roles.setdefault(role, at)
    return _kept(columns, list(found.values()))


def _stem(pattern: str) -> str:
    """What the parts of a numbered group share: "XC" of "XC# Name", "Accessorial" of "Accessorial Code #"."""
    stem, _, rest = pattern.partition("#")
    first, _, last = stem.strip().rpartition(" ")
    return first if first and not rest.strip() and is_part_word(last) else stem.strip()


def _kept(columns: Columns, found: list[dict[str, int]]) -> set[int]:
    taken: set[int] = set()
    for roles in found:
        amount = roles.get("amount", roles.get("total"))
        # "Discount 1" beside "Discount 1 Amount" is the name of the discount.
        name = roles.get("name", roles.get("discount") if "amount" in roles and "code" not in roles else None)
        if amount is None or (name is None and "code" not in roles):
            continue
        discount = roles.get("discount") if roles.get("discount") != name else None
        columns.groups.append(Group(amount, name, roles.get("code"), discount))
        taken |= set(roles.values())
    return taken
