"""Draw the sample rate cards: ``python -m samples.draw_rate_cards [FOLDER]`` writes ``rate_cards/`` and
``rate_cards.json`` there. Drawing twice gives the same bytes."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from samples.rate_card_cases import all_cards


def draw_rate_cards(folder: Path) -> list[Path]:
    """Write every card and the expectations below ``folder`` and return the cards' paths."""
    documents = folder / "rate_cards"
    documents.mkdir(parents=True, exist_ok=True)
    paths, labels = [], []
    for sample in all_cards():
        path = documents / sample.file
        path.write_bytes(sample.draw())
        paths.append(path)
        labels.append(
            {
                "file": sample.file, "header": sample.header, "zones": sample.zones, "surcharges": sample.surcharges,
                "fuel": sample.fuel, "rates": sample.rates,
            }
        )  # fmt: skip
    text = json.dumps(labels, indent=1, ensure_ascii=False)
    (folder / "rate_cards.json").write_text(text + "\n", encoding="utf-8")
    return paths


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    for written in draw_rate_cards(target):
        print(written)
