"""Whole cases through the product: invoices, rate cards with quotes, carriers' bills with findings, by rules alone or
with written replies of a model.

usage: python -m benchmarks.cases [DIR] [--only NAME] [--quick] [--misses N] [--replies DIR]

Each folder of DIR is one case: ``input*`` (one file or several), ``expected.json`` and, for a bill, its card. Every
file is imported into a database of its own by the import commands; cards are answered and approved, and priced, over
the API. Without DIR the cases in ``samples/cases`` are run. Last line: one JSON object. ``passed_wrongly`` counts
documents that were ready without a reason although a value is wrong, ``passed_incomplete`` those where one is missing;
``…_acceptable`` are answers that are not right but say so, where the label accepts that. With ``--replies`` a file for
which ``CASE/NAME.json`` is there is read under the policy ``llm`` by a server that gives this reply.
"""

from __future__ import annotations

import argparse
import json
import logging
import time
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from benchmarks.case_bills import run_bill
from benchmarks.case_cards import run_card
from benchmarks.case_compare import Outcome
from benchmarks.case_invoices import compare_file
from benchmarks.case_product import Product, own_world
from benchmarks.case_replies import Replies, replies_of
from benchmarks.machine import ROOT, print_result

OWN = ROOT / "samples" / "cases"
FIGURES = ("values", "checks", "quotes", "findings")
Fresh = Callable[[], AbstractContextManager[Any]]


def run_case(folder: Path, fresh: Fresh, *, first_only: bool = False, replies: Replies | None = None) -> Outcome:
    """One case; ``fresh`` gives an empty database for each of its files."""
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    outcome = Outcome(folder.name)
    if "findings" in expected:
        bill = folder / expected.get("file", "input")
        files = [bill] if bill.is_file() else inputs(folder)
        for path in files[:1] if first_only else files:
            with fresh():
                run_bill(outcome, Product(replies), folder, path, expected)
    elif "rates_count" in expected or "checks" in expected:
        labels = {expected["file"]: expected, **(expected.get("other_files") or {})}
        for name, label in list(labels.items())[: 1 if first_only else None]:
            with fresh():
                run_card(outcome, Product(replies), folder / name, label)
    else:
        for path in inputs(folder)[: 1 if first_only else None]:
            with fresh():
                compare_file(outcome, path, expected, Product(replies).imported("invoices", path))
    return outcome


def inputs(folder: Path) -> list[Path]:
    """The one without a number first."""
    return sorted(folder.glob("input*"), key=lambda path: (path.name.split(".")[0], path.name))


def sum_up(outcomes: list[Outcome]) -> dict[str, int]:
    """The figures of the last line: kinds by verdict, and each count over all cases."""
    counts = Counter[str]()
    for outcome in outcomes:
        counts.update(outcome.figures)
    verdicts = Counter(outcome.verdict for outcome in outcomes)
    figures = {"kinds": len(outcomes), **{f"kinds_{name}": verdicts[name] for name in ("whole", "part", "wrong")}}
    for name in FIGURES:
        figures |= {name: counts[name], f"{name}_right": counts[f"{name}_right"]}
    more = ("checks_acceptable", "quotes_acceptable", "findings_acceptable", "findings_false", "documents")
    return {**figures, **{name: counts[name] for name in (*more, "passed_wrongly", "passed_incomplete")}}


def show(outcomes: list[Outcome], most_misses: int) -> None:
    """For people: a row a case, then what differs in each and what stood against its documents."""
    passed = {"passed_wrongly": "passed wrongly", "passed_incomplete": "incomplete", "findings_false": "false findings"}
    heads = "".join(f"{name:>11}" for name in FIGURES) + "".join(f"{head:>16}" for head in passed.values())
    print(f"{'kind':<38}{'came out':<10}{heads}")
    for outcome in outcomes:
        counts = outcome.figures
        shares = [f"{counts[f'{name}_right']}/{counts[name]}" if counts[name] else "-" for name in FIGURES]
        cells = "".join(f"{cell:>11}" for cell in shares) + "".join(f"{counts[name] or '-':>16}" for name in passed)
        print(f"{outcome.name:<38}{outcome.verdict:<10}{cells}")
    for outcome in outcomes:
        if outcome.misses or outcome.reasons:
            print(f"\n{outcome.name}: {outcome.verdict}")
        for miss in outcome.misses[:most_misses]:
            print(f"  differs  {miss}")
        if len(outcome.misses) > most_misses:
            print(f"  … and {len(outcome.misses) - most_misses} more differences")
        for reason in outcome.reasons:
            print(f"  reason   {reason}")
    print()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, metavar="DIR", default=OWN)
    parser.add_argument("--only", metavar="NAME", help="cases whose folder's name holds this")
    parser.add_argument("--misses", type=int, default=25, help="differences shown of one case (%(default)s)")
    parser.add_argument("--quick", action="store_true", help="the first file of each case alone")
    parser.add_argument("--replies", type=Path, metavar="DIR", help="written replies of a model, as CASE/NAME.json")
    args = parser.parse_args()
    logging.disable(logging.INFO)  # of each request
    started = time.perf_counter()
    folders = sorted(
        path.parent for path in args.folder.glob("*/expected.json") if (args.only or "") in path.parent.name
    )
    if not folders:
        parser.error(f"no case in {args.folder}")
    with replies_of(args.replies) as replies:
        outcomes = [run_case(folder, own_world, first_only=args.quick, replies=replies) for folder in folders]
    show(outcomes, args.misses)
    tokens = replies.output_tokens if replies is not None else []
    figures = {"model_calls": len(tokens), "output_tokens_most": max(tokens, default=0)}
    print_result(**sum_up(outcomes), **figures, cost_usd=0, seconds=round(time.perf_counter() - started, 1))


if __name__ == "__main__":
    main()
