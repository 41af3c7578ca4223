"""Compares a run over ``documents/`` with ``expected.json``: ``python -m samples.check RESULTS_JSON``.

Exit status 0 when every document came out as expected, with those that are wrong or damaged on purpose.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from invoices.scoring import same

EXPECTED = Path(__file__).parent / "expected.json"


def differences(result: Mapping[str, Any], label: Mapping[str, Any]) -> Iterator[str]:
    """What of one entry of ``results.json`` is other than its label says, each as a line for people."""
    error = (result.get("error") or {}).get("code")
    if (result["status"], error) != (label["status"], label["error"]):
        yield f"status {result['status']} ({error}), expected {label['status']} ({label['error']})"
    codes = sorted({reason["code"] for reason in result.get("review") or []})
    if codes != sorted(label["review"]):
        yield f"review {codes}, expected {label['review']}"
    invoice = result.get("invoice") or {}
    labelled = label["expected"] or {}
    for name, expected in labelled.items():
        if name.endswith("_alternatives"):
            continue
        if isinstance(expected, list):
            yield from _list_differences(name, invoice.get(name) or [], expected)
        elif not same(name, invoice.get(name), expected, labelled.get(f"{name}_alternatives", ())):
            yield f"{name} {invoice.get(name)!r}, expected {expected!r}"


def _list_differences(name: str, found: list[dict[str, Any]], expected: list[dict[str, Any]]) -> Iterator[str]:
    if len(found) != len(expected):
        yield f"{len(found)} {name}, expected {len(expected)}"
        return
    for number, (one, other) in enumerate(zip(found, expected, strict=True), 1):
        for key, value in other.items():
            if not same(key, one.get(key), value):
                yield f"{name} {number}: {key} {one.get(key)!r}, expected {value!r}"


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print("Usage: python -m samples.check RESULTS_JSON", file=sys.stderr)
        return 2
    results = {entry["file"]: entry for entry in json.loads(Path(arguments[0]).read_text())}
    labels = json.loads(EXPECTED.read_text())
    wrong = 0
    for label in labels:
        result = results.get(label["file"])
        found = ["missing"] if result is None else list(differences(result, label))
        wrong += bool(found)
        for line in found:
            print(f"{label['file']}: {line}", file=sys.stderr)
    print(f"{len(labels) - wrong} of {len(labels)} samples came out as expected.")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
