"""How well tables are found and read in PDFs, beside pdfplumber's own table finder on the same files.

usage: python -m benchmarks.table_reading SET_DIR [--quick] [--worst N]

SET_DIR holds ``documents/`` and ``expected.json`` with the cell grids. Two measures, over all tables of a document:
adjacency relations (ICDAR 2013: each cell with its next filled neighbour to the right and below, texts compared without
white space) and cell texts. Finding and reading count together: a table not found misses all of its relations, text
taken for a table adds wrong ones. Last line: one JSON object.
"""

from __future__ import annotations

import argparse
import io
import json
import time
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pdfplumber

from processing.readers.pdf import read_pdf
from processing.readers.tables import find_tables

Grid = list[list[str]]
Relation = tuple[str, str, str]


def ours(data: bytes) -> list[Grid]:
    return [
        [[cell.text if cell else "" for cell in row] for row in table.grid] for table in find_tables(read_pdf(data))
    ]


def with_pdfplumber(data: bytes) -> list[Grid]:
    with pdfplumber.open(io.BytesIO(data)) as document:
        tables = [table for page in document.pages for table in page.extract_tables()]
    return [[[cell or "" for cell in row] for row in table] for table in tables]


def normalise(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if not c.isspace())


def relations(grid: Grid) -> Counter[Relation]:
    """Each filled cell with the next filled cell to its right and the next one below."""
    texts = [[normalise(cell) for cell in row] for row in grid]
    found: Counter[Relation] = Counter()
    for r, row in enumerate(texts):
        for c, text in enumerate(row):
            if not text:
                continue
            right = next((row[k] for k in range(c + 1, len(row)) if row[k]), None)
            if right:
                found["right", text, right] += 1
            below = next((other[c] for other in texts[r + 1 :] if c < len(other) and other[c]), None)
            if below:
                found["below", text, below] += 1
    return found


def cells(grid: Grid) -> Counter[str]:
    return Counter(text for row in grid for cell in row if (text := normalise(cell)))


def measure(found: list[Grid], expected: list[Grid]) -> dict[str, tuple[int, int, int]]:
    """(right, found, expected) of relations and of cells, over all tables of one document."""
    result: dict[str, tuple[int, int, int]] = {}
    measures: tuple[tuple[str, Callable[[Grid], Counter[Any]]], ...] = (("relations", relations), ("cells", cells))
    for name, take in measures:
        a: Counter[Any] = sum((take(g) for g in found), Counter())
        b: Counter[Any] = sum((take(g) for g in expected), Counter())
        result[name] = ((a & b).total(), a.total(), b.total())
    return result


def ratios(right: int, found: int, expected: int) -> tuple[float, float, float]:
    precision = right / found if found else 0.0
    recall = right / expected if expected else 0.0
    return precision, recall, 2 * right / (found + expected) if found + expected else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set_dir", type=Path)
    parser.add_argument("--quick", action="store_true", help="every third file")
    parser.add_argument("--ours-only", action="store_true")
    parser.add_argument("--worst", type=int, default=0, help="print the N files with the lowest F1 of relations")
    args = parser.parse_args()
    labels = json.loads((args.set_dir / "expected.json").read_text())[:: 3 if args.quick else 1]
    readers = {"ours": ours} if args.ours_only else {"ours": ours, "pdfplumber": with_pdfplumber}
    figures: dict[str, Any] = {"documents": len(labels)}
    print(f"{'reader':<12}{'measure':<12}{'precision':>10}{'recall':>8}{'f1':>8}{'CPU s':>8}")
    for reader_name, reader in readers.items():
        totals: dict[str, list[int]] = {"relations": [0, 0, 0], "cells": [0, 0, 0]}
        ranking = []
        started = time.process_time()
        for label in labels:
            expected = [table["grid"] for table in label["expected"]["tables"]]
            result = measure(reader((args.set_dir / "documents" / label["file"]).read_bytes()), expected)
            for name, counts in result.items():
                totals[name] = [a + b for a, b in zip(totals[name], counts, strict=True)]
            ranking.append((ratios(*result["relations"]), label["file"]))
        cpu_seconds = time.process_time() - started
        figures[f"{reader_name}_cpu_seconds"] = round(cpu_seconds, 2)
        for name, (right, found, wanted) in totals.items():
            precision, recall, f1 = ratios(right, found, wanted)
            print(f"{reader_name:<12}{name:<12}{precision:>10.3f}{recall:>8.3f}{f1:>8.3f}{cpu_seconds:>8.1f}")
            for key, value in (("precision", precision), ("recall", recall), ("f1", f1)):
                figures[f"{reader_name}_{name}_{key}"] = round(value, 4)
        for (precision, recall, f1), file in sorted(ranking, key=lambda r: r[0][2])[: args.worst]:
            print(f"  {reader_name} {file}: precision {precision:.2f} recall {recall:.2f} f1 {f1:.2f}")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
