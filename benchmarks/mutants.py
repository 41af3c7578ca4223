"""Small changes to the core that the tests must notice.

usage: python -m benchmarks.mutants [ROOM …] [--sample N] [--seed N] [--processes N] [--quick] [--show]

A seeded sample of changes of one operator (a comparison, a sign, and/or, not, a small number, min/max) is drawn from
the rooms where a slip costs money, the same number from each. Each change is made in a copy of the tree and the tests
of its room are run against it until one fails; a change that all pass is a survivor and is printed with its place.
``--show`` only lists the sample.
Changes that mean the same as before are named in ``EQUIVALENT`` with the reason and are not counted.
Last line: one JSON object with the number of changes, those killed and the survivors by room.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from benchmarks.machine import ROOT, print_result

# Room: its files (globs), and the tests that belong to it, the quickest first.
ROOMS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "rules": (
        ("invoices/rules/*.py",),
        ("tests/invoices/test_rules.py", "tests/invoices/test_reasons.py", "tests/test_samples.py",
         "tests/invoices/test_vendor_lookalikes.py", "tests/processing/test_rules_world.py",
         "tests/invoices/test_services.py"),
    ),
    "rating": (
        ("invoices/rating/*.py",),
        ("tests/invoices/test_rating.py", "tests/invoices/test_rating_examples.py",
         "tests/invoices/test_rating_properties.py", "tests/invoices/test_rate_lookup.py",
         "tests/invoices/test_cards_that_hold.py", "tests/invoices/test_fuel_index.py",
         "tests/invoices/test_bill_audit.py", "tests/invoices/test_model_cards.py"),
    ),
    "auditing": (
        ("invoices/auditing/*.py",),
        ("tests/invoices/test_auditing.py", "tests/invoices/test_bill_audit.py", "tests/processing/test_bills.py",
         "tests/processing/test_audits.py"),
    ),
    "ledger": (
        ("processing/spending/ledger.py", "processing/spending/fit.py", "processing/spending/guarding.py",
         "processing/llm/prices.py"),
        ("tests/processing/test_prices.py", "tests/processing/test_budget.py", "tests/processing/test_model_calls.py",
         "tests/processing/test_breaker.py"),
    ),
    "arithmetic": (
        ("processing/extractors/items/arithmetic.py", "processing/extractors/items/prices.py",
         "processing/extractors/credit_notes.py", "invoices/values/numbers.py"),
        ("tests/invoices/test_values.py", "tests/processing/test_line_prices.py", "tests/processing/test_items.py",
         "tests/processing/test_rules_extractor.py", "tests/processing/test_rules_world.py"),
    ),
}  # fmt: skip

# File, line as it stands, and what it becomes: why nobody can tell the difference.
EQUIVALENT: dict[tuple[str, str, str], str] = {}

_COMPARED = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "=="}
_SIGNS = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!="}
_CALCULATED = {ast.Add: ("+", "-"), ast.Sub: ("-", "+"), ast.Mult: ("*", "/"), ast.Div: ("/", "*")}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One operator of one line of a file that becomes another; offsets are characters of the file."""

    room: str
    file: str
    line: int
    begin: int
    end: int
    text: str

    def applied(self, source: str) -> str:
        return source[: self.begin] + self.text + source[self.end :]

    def key(self, source: str) -> tuple[str, str, str]:
        before = source.splitlines()[self.line - 1].strip()
        return self.file, before, self.applied(source).splitlines()[self.line - 1].strip()


def mutants_of(room: str, file: str, source: str) -> Iterator[Mutant]:
    """Every change that can be made to a file, in its order."""
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    raw = source.splitlines()

    def offset(line: int, column: int) -> int:  # columns of the syntax tree count bytes
        return starts[line - 1] + len(raw[line - 1].encode()[:column].decode())

    def span(node: ast.expr) -> tuple[int, int]:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return offset(node.lineno, node.col_offset), offset(node.end_lineno, node.end_col_offset)

    def between(left: ast.expr, right: ast.expr, sign: str, other: str, line: int) -> Iterator[Mutant]:
        """Where the operator stands between two operands: the one place, brackets and blanks aside."""
        begin, end = span(left)[1], span(right)[0]
        gap = source[begin:end]
        if gap.strip(" ()\n") == sign:
            at = begin + gap.index(sign)
            yield Mutant(room, file, line, at, at + len(sign), other)

    skipped = {id(each) for node in ast.walk(ast.parse(source)) for each in _told(node)}
    for node in ast.walk(ast.parse(source)):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Compare):
            operands = [node.left, *node.comparators]
            for left, operator, right in zip(operands, node.ops, node.comparators, strict=False):
                sign = _SIGNS.get(type(operator))
                if sign:
                    yield from between(left, right, sign, _COMPARED[sign], left.lineno)
        elif isinstance(node, ast.BinOp) and type(node.op) in _CALCULATED:
            sign, other = _CALCULATED[type(node.op)]
            if not any(isinstance(side, ast.Constant | ast.JoinedStr) and not isinstance(getattr(side, "value", 0), int)
                       for side in (node.left, node.right)):  # fmt: skip
                yield from between(node.left, node.right, sign, other, node.left.lineno)
        elif isinstance(node, ast.BoolOp):
            sign, other = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
            for left, right in zip(node.values, node.values[1:], strict=False):
                yield from between(left, right, sign, other, left.lineno)
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub):
            begin = span(node)[0]
            sign = "not" if isinstance(node.op, ast.Not) else "-"
            yield Mutant(room, file, node.lineno, begin, begin + len(sign), " ")
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("min", "max"):
            yield Mutant(room, file, node.lineno, *span(node.func), "max" if node.func.id == "min" else "min")
        elif isinstance(node, ast.Constant) and type(node.value) is int and 0 <= node.value <= 100:
            yield Mutant(room, file, node.lineno, *span(node), str(node.value + 1))


def _told(node: ast.AST) -> Iterator[ast.AST]:
    """What is not behaviour: annotations, and the arguments of decorators."""
    if isinstance(node, ast.arg | ast.AnnAssign) and node.annotation is not None:
        yield from ast.walk(node.annotation)
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        for decorator in node.decorator_list:
            yield from ast.walk(decorator)
    if isinstance(node, ast.FunctionDef) and node.returns is not None:
        yield from ast.walk(node.returns)


def drawn(rooms: list[str], sample: int, seed: int) -> list[Mutant]:
    """The sample: as many of each room, the same for the same seed and source."""
    dice = random.Random(seed)
    chosen: list[Mutant] = []
    for room in rooms:
        files = sorted({path for glob in ROOMS[room][0] for path in ROOT.glob(glob)})
        every = [
            mutant
            for path in files
            for source in [path.read_text("utf-8")]
            for mutant in mutants_of(room, str(path.relative_to(ROOT)), source)
            if mutant.key(source) not in EQUIVALENT
        ]
        chosen += dice.sample(every, min(sample, len(every)))
    return chosen


def survives(mutant: Mutant, tree: Path) -> bool:
    """Whether all tests of the room pass with the change made in ``tree``; the file is put back afterwards."""
    path = tree / mutant.file
    source = path.read_text("utf-8")
    try:
        path.write_text(mutant.applied(source), "utf-8")
        for test in ROOMS[mutant.room][1]:
            command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-n", "0", test]
            try:
                run = subprocess.run(command, cwd=tree, capture_output=True, timeout=240, check=False)
            except subprocess.TimeoutExpired:
                return False
            if run.returncode == 1 or (run.returncode > 1 and b"rror" in run.stdout + run.stderr):
                return False
        return True
    finally:
        path.write_text(source, "utf-8")


def copied(folder: Path) -> Path:
    """The tree as git knows it, with the installed packages of this one."""
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)  # noqa: S607
    names = listing.stdout.decode()
    for name in filter(None, names.split("\0")):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).is_file():
            shutil.copy2(ROOT / name, target)
    (folder / ".venv").symlink_to(ROOT / ".venv")
    return folder


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("rooms", nargs="*", choices=[*ROOMS, []], metavar="ROOM", help=f"of {', '.join(ROOMS)}")
    parser.add_argument("--sample", type=int, default=12, help="changes of each room (12)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=max(1, (os.cpu_count() or 2) // 2))
    parser.add_argument("--quick", action="store_true", help="two changes of each room")
    parser.add_argument("--show", action="store_true", help="list the sample and run nothing")
    options = parser.parse_args()
    rooms = options.rooms or list(ROOMS)
    sample = drawn(rooms, 2 if options.quick else options.sample, options.seed)
    survivors: dict[str, list[str]] = {room: [] for room in rooms}
    with tempfile.TemporaryDirectory() as place:
        trees = [] if options.show else [copied(Path(place) / str(at)) for at in range(options.processes)]

        def tried(each: tuple[int, Mutant]) -> tuple[Mutant, str, bool]:
            number, mutant = each
            source = (ROOT / mutant.file).read_text("utf-8")
            _, before, after = mutant.key(source)
            sentence = f"{mutant.file}:{mutant.line}\n    {before}\n    {after}"
            if options.show:
                return mutant, sentence, False
            tree = trees.pop()
            try:
                alive = survives(mutant, tree)
            finally:
                trees.append(tree)
            print(f"{number + 1}/{len(sample)} {'SURVIVED' if alive else 'killed'} {sentence}", flush=True)
            return mutant, sentence, alive

        with ThreadPoolExecutor(options.processes) as pool:
            for mutant, sentence, alive in pool.map(tried, enumerate(sample)):
                if options.show:
                    print(sentence)
                if alive:
                    survivors[mutant.room].append(sentence.replace("\n    ", " | "))
    counted = {room: sum(mutant.room == room for mutant in sample) for room in rooms}
    killed = {room: counted[room] - len(survivors[room]) for room in rooms}
    print_result(seed=options.seed, changes=counted, killed=killed, survivors=survivors)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
