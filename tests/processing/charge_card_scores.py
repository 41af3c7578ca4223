"""Scores of one set of made-up cards, read by rules alone.

usage: python -m tests.processing.charge_card_scores eleventh [--only NAME]

``active`` is a card against which nothing stands that blocks; ``active_wrong`` counts those with a quote that differs.
Last line: one JSON object.
"""

from __future__ import annotations

import argparse
import importlib
import json
import tempfile
from pathlib import Path

from tests.processing.test_charge_cards import misses_of, priced, reading_and_reasons

QUESTIONS = {"card_field_missing", "validity_missing"}  # answered by ``answers``


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set", help="a module of samples.charge_cards")
    parser.add_argument("--only", default="", metavar="NAME", help="cards whose name holds this")
    args = parser.parse_args()
    figures = dict.fromkeys(("cards", "whole", "quotes", "quotes_right", "active", "active_wrong"), 0)
    with tempfile.TemporaryDirectory() as folder:
        for sample in importlib.import_module(f"samples.charge_cards.{args.set}").CARDS:
            if args.only not in sample.name:
                continue
            reading, said = reading_and_reasons(sample, Path(folder))
            codes = {code for code, _ in said}
            misses = misses_of(sample, reading)
            for name, text in sample.answers.items():
                setattr(reading.card, name, text)
            found = [priced(reading.card, body, day) for body, day, _, _ in sample.quotes]
            wanted = [(total, missing) for _, _, total, missing in sample.quotes]
            right = sum(a == b for a, b in zip(found, wanted, strict=True))
            active = not codes - QUESTIONS
            figures["cards"] += 1
            figures["whole"] += not misses and right == len(wanted)
            figures["quotes"] += len(wanted)
            figures["quotes_right"] += right
            figures["active"] += active
            figures["active_wrong"] += active and right < len(wanted)
            print(f"{sample.name}: {right}/{len(wanted)} quotes, {'active' if active else sorted(codes)}")
            for miss in misses:
                print(f"  {miss}")
            for position, (a, b) in enumerate(zip(found, wanted, strict=True), 1):
                if a != b:
                    print(f"  quote {position}: {a} instead of {b}")
            for code, message in said:
                print(f"  {code}: {message}")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
