"""Compares a run over ``rate_cards/`` with ``rate_cards.json``: ``python -m samples.check_rate_cards RESULTS_JSON``.

Exit status 0 when every card came out as expected.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

EXPECTED = Path(__file__).parent / "rate_cards.json"
_NUMBERS = {"value", "minimum", "break_from", "break_to", "percent", "index_from"}


def differences(card: Mapping[str, Any], label: Mapping[str, Any]) -> Iterator[str]:
    """What of a standardized card is other than its label says, each as a line for people."""
    for name, expected in label["header"].items():
        if str(card.get(name) or "") != expected:
            yield f"{name} {card.get(name)!r}, expected {expected!r}"
    if label["zones"] and len(card.get("zones") or []) != label["zones"]:
        yield f"{len(card.get('zones') or [])} zones, expected {label['zones']}"
    for table in ("rates", "surcharges", "fuel"):
        yield from _rows(table, card.get(table) or [], label[table])


def _rows(table: str, found: list[dict[str, Any]], expected: list[dict[str, str]]) -> Iterator[str]:
    if expected and len(found) != len(expected):
        yield f"{len(found)} {table}, expected {len(expected)}"
    keys = sorted({name for row in expected for name in row})
    have = Counter(_key(row, keys) for row in found)
    for row in expected:
        key = _key(row, keys)
        if have[key]:
            have[key] -= 1
        else:
            yield f"{table}: nothing like {row}"


def _key(row: Mapping[str, Any], names: list[str]) -> tuple[str, ...]:
    return tuple(_plain(name, row.get(name)) for name in names)


def _plain(name: str, value: Any) -> str:
    text = str(value if value is not None else "")
    if name in _NUMBERS:
        try:
            number = Decimal(text or "0")
        except InvalidOperation:
            return text
        return format(number.normalize(), "f")
    return text.casefold().removeprefix("zone ").removeprefix("zona ")


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print("Usage: python -m samples.check_rate_cards RESULTS_JSON", file=sys.stderr)
        return 2
    results = {entry["file"]: entry for entry in json.loads(Path(arguments[0]).read_text())}
    labels = json.loads(EXPECTED.read_text())
    wrong = 0
    for label in labels:
        card = (results.get(label["file"]) or {}).get("rate_card")
        found = ["no rate card"] if card is None else list(differences(card, label))
        wrong += bool(found)
        for line in found[:5]:
            print(f"{label['file']}: {line}", file=sys.stderr)
    print(f"{len(labels) - wrong} of {len(labels)} rate cards came out as expected.")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
