"""The words of a model's plan: values and keys with their addresses, columns, rows and rules, each one string. Pure.

``docs/rate-card-plan.md`` has the whole grammar.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from invoices.rate_records.bases import BASES, basis_of
from invoices.values.currencies import CODES
from processing.ratecards.grid import column_index

VALUE_NAMES = (
    "carrier", "carrier_code", "customer", "contract", "account", "service", "currency", "weight_unit", "valid_from",
    "valid_to",
)  # fmt: skip
_CONDITIONS = frozenset({"season", "mode", "direction"})
AXES = frozenset(
    ["zone", "origin", "destination", "lane", "service", "equipment", "freight_class", "break", "distance", "count",
     "volume", "value", "carrier", "charge", "service_code", *_CONDITIONS]
)  # fmt: skip
PLACE_PARTS = {"country": "country", "region": "region", "postcode": "postcode", "place_code": "code",
               "place_name": "name"}  # fmt: skip
QUANTITIES = {"count": "", "volume": "volume", "value": "value"}
MEANINGS = frozenset(
    ["carrier", "service", "service_code", "origin", "origin_from", "origin_to", "destination", "destination_from",
     "destination_to", "zone", "lane", "equipment", "freight_class", "break", "weight_from", "weight_to", "distance",
     "distance_from", "distance_to", "price", "minimum", "maximum", "base_charge", "charge", "charge_minimum",
     "currency", "weight_unit", "unit", "transit_days", "valid_from", "valid_to", "surcharge", "code", "percent",
     "condition", "applies_to", "discount", "fuel_from", "fuel_to", "fuel_percent", "ignore", "unknown",
     *PLACE_PARTS, *(f"origin_{part}" for part in PLACE_PARTS), *_CONDITIONS,
     *(f"{name}{end}" for name in QUANTITIES for end in ("", "_from", "_to"))]
)  # fmt: skip
KEY_MEANINGS = (AXES - {"break", "distance", "count", "volume", "value"}) | {
    "currency", "weight_unit", "valid_from", "valid_to", "country",
}  # fmt: skip
UNITS = frozenset(BASES)
ROLES = frozenset({"excess", "minimum", "whole", "ignore"})
_NAMED = frozenset({"of", "name", "row", "shift", "half", "country", "bounds"})
_COLUMNS = re.compile(r"^\$?([A-Za-z]{1,3})(?:\s*[:-]\s*\$?([A-Za-z]{1,3}))?$")
_ROWS = re.compile(r"^(\d{1,7})(?:[:-](\d{1,7}))?$")
_OTHER = re.compile(r"^other:[a-z][a-z0-9_]{0,39}$")
_TOKEN = re.compile(r"""[^\s"'=]+='[^']*'|'[^']*'(?=\s|$)|[^\s"]*"[^"]*"|\S+""")


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """``B:I price/service/zone kg EUR *0.01 row=6``: columns (0-based), meaning, axes from the top, unit, currency.
    ``rows`` are those of the labels, ``shift`` how many columns beside them they stand, ``name`` the cell of a charge's
    name, ``of`` what a percentage is of, ``country`` that of its postcodes, ``bounds`` the unit of the breaks that head
    its prices."""

    left: int
    right: int
    meaning: str
    axes: tuple[str, ...] = ()
    unit: str = ""
    currency: str = ""
    factor: str = ""
    rows: tuple[int, ...] = ()
    shift: int = 0
    name: str = ""
    of: str = ""
    country: str = ""
    half: int = 0
    role: str = ""
    started: bool = False
    why: str = ""
    bounds: str = ""


@dataclass(frozen=True, slots=True)
class Pointer:
    """``service 1!A4 "Express"``: a name, an address and the part of the cell that is meant, copied."""

    name: str
    address: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class RowSpec:
    """``24 excess 100kg``, ``30:32 mile``: rows as the sheet numbers them, and what they or their prices are by."""

    first: int
    last: int
    role: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class RuleSpec:
    """``1!A9 discount 68.5``: a cell, a kind, figures and words (``min=80``, ``of=freight``, ``weight>30kg``)."""

    address: str
    kind: str
    figures: tuple[str, ...]
    words: tuple[tuple[str, str], ...]


def pointer_of(line: str, names: frozenset[str]) -> Pointer | None:
    words = tokens_of(line.replace("=", " ", 1) if "=" in line.partition(" ")[0] else line)
    if len(words) < 2 or not (words[0] in names or _OTHER.match(words[0])):
        return None
    address = words[1]
    if address.casefold() == "sheet" and len(words) > 2:
        address, words = f"{words[2]}!", words[:2] + words[3:]
    return Pointer(words[0], address, " ".join(words[2:]).strip("\"' "))


def row_spec(text: str) -> RowSpec | None:
    words = text.replace(",", " ").split()
    match = _ROWS.match(words[0]) if words else None
    units = [word for word in words[1:] if _unit(word)]
    role = next((word for word in words[1:] if word in ROLES), "" if units else None)
    if match is None or role is None:
        return None
    return RowSpec(int(match[1]), int(match[2] or match[1]), role, _unit(units[0]) if units else "")


def rule_spec(line: str) -> RuleSpec | None:
    """``1!A22 surcharge 20 percent of=freight min=80 name="TDE"``."""
    words = tokens_of(line)
    if len(words) < 2:
        return None
    figures: list[str] = []
    named: list[tuple[str, str]] = []
    for word in words[2:]:
        match = re.match(r"^(?P<name>[a-z_]+(?::[a-z_]+)?)(?P<how>>=|<=|=|>|<)(?P<value>.+)$", word)
        if match is not None:
            how = match["how"] if match["how"] != "=" else ""
            named.append((match["name"] + how, match["value"].strip("\"' ")))
        elif re.search(r"\d", word) and not basis_of(word):
            figures.append(word)
        else:
            named.append(("", word.strip("\"'[](),")))
    return RuleSpec(words[0], words[1].strip(":").casefold(), tuple(figures[:40]), tuple(named[:40]))


def tokens_of(line: str) -> list[str]:
    """The words of a line; what stands in quotes is one word with what stands before it (``name="two words"``)."""
    return [match[0] for match in _TOKEN.finditer(line) if match[0]]


def column_spec(text: str) -> ColumnSpec | None:
    """One column or run of columns, or None where it is not understood."""
    columns, _, rest = text.strip().partition(" ")
    if "=" in columns:
        columns, _, rest = text.strip().partition("=")
    match = _COLUMNS.match(columns)
    if match is None:
        return None
    rest = re.sub(r"^(\w+) ?/ ?(?=\w)", r"\1/", rest.replace(",", " ").strip())
    words = tokens_of(rest)
    meaning, *axes = words[0].casefold().split("/") if words else [""]
    if meaning not in MEANINGS and not _OTHER.match(meaning):
        return None
    if any(axis not in AXES and not _OTHER.match(axis) for axis in axes) or len(axes) > 2:
        return None
    left = column_index(match[1].upper())
    right = column_index((match[2] or match[1]).upper())
    given: dict[str, Any] = {}
    if meaning in ("ignore", "unknown"):
        given["why"] = " ".join(words[1:]).strip("\"'")[:200]
    else:
        for word in _joined(words[1:]):
            found = _column_word(word)
            if found is None:
                return None
            given |= found
    return ColumnSpec(min(left, right), max(left, right), meaning, tuple(axes), **given)


def _joined(words: list[str]) -> list[str]:
    """The words behind a meaning as they are meant: "of freight" is of=freight, "EUR/kg" two words, "per_kg" kg."""
    out: list[str] = []
    for word in words:
        if out and out[-1] in _NAMED and "=" not in word:
            out[-1] = f"{out[-1]}={word}"
        elif "/" in word and "=" not in word and word.upper() != "W/M":
            out.extend(word.split("/"))
        else:
            out.append(word.removeprefix("per_"))
    return ["wm" if word.upper() == "W/M" else word for word in out if word]


def _column_word(word: str) -> dict[str, Any] | None:
    """What one word behind a column's meaning says; None where it says nothing known."""
    plain = word.strip("()")
    name, is_named, value = plain.partition("=")
    value = value.strip("\"' ")
    if is_named:
        return _named_word(name.casefold(), value)
    if unit := _unit(plain):
        return {"unit": unit}
    if plain.upper() in CODES and plain.isupper():
        return {"currency": plain}
    if plain[:1] in "*x×" and _factor(plain[1:]):
        return {"factor": _factor(plain[1:])}
    if plain.casefold() in ("excess", "whole"):
        return {"role": plain.casefold()}
    if plain.casefold() == "started":
        return {"started": True}
    return {} if plain.casefold() in ("per", "each", "in", "%") else None


def _named_word(name: str, value: str) -> dict[str, Any] | None:
    if name == "row" and (numbers := re.findall(r"\d+", value)):
        return {"rows": tuple(int(number) for number in numbers[:2])}
    if name == "shift" and re.fullmatch(r"[+-]?\d{1,2}", value):
        return {"shift": int(value)}
    if name == "half" and value in ("1", "2"):
        return {"half": int(value)}
    if name == "country" and re.fullmatch(r"[A-Za-z]{2}", value):
        return {"country": value.upper()}
    if name in ("name", "of") and value:
        return {name: value[:80]}
    if name in ("unit", "bounds") and _unit(value):
        return {name: _unit(value)}
    return None


def _unit(word: str) -> str:
    plain = word.casefold().strip("()")
    return plain if plain in UNITS or (plain[:1].isdigit() and basis_of(plain) is not None) else ""


def _factor(text: str) -> str:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return ""
    return text if value.is_finite() and Decimal("0.000001") <= value <= Decimal(1_000_000) else ""
