"""The structure of each package: files, lines, rooms, floors, and imports between rooms.

A room is a folder or a loose file directly within the package. A floor is a step on the longest chain of imports; rooms
that import each other in a circle stand on one floor and are named. `python -m benchmarks.structure [--package NAME]
[--rooms]`; standard library only.
"""

from __future__ import annotations

import argparse
import ast
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("common", "invoices", "processing", "invoicesite")

Graph = Mapping[str, set[str]]


@dataclass(frozen=True, slots=True)
class Structure:
    """What one package is made of. ``arrows`` has the number of imports for each pair of rooms."""

    package: str
    files: int
    lines: int
    rooms: dict[str, int]
    arrows: dict[tuple[str, str], int] = field(default_factory=dict)

    @property
    def graph(self) -> dict[str, set[str]]:
        graph: dict[str, set[str]] = {room: set() for room in self.rooms}
        for above, below in self.arrows:
            graph[above].add(below)
        return graph


def structure_of(package: str, root: Path = ROOT) -> Structure:
    """Reads the sources as text; nothing is imported. Migrations are left out."""
    sources = [path for path in sorted((root / package).rglob("*.py")) if "migrations" not in path.parts]
    modules = {_module(path, root) for path in sources}
    rooms: dict[str, int] = {}
    arrows: dict[tuple[str, str], int] = {}
    lines = 0
    for path in sources:
        text = path.read_text(encoding="utf-8")
        lines += text.count("\n")
        here = _room(_module(path, root), package)
        if here:
            rooms[here] = rooms.get(here, 0) + 1
        for target in _imported(ast.parse(text), modules):
            there = _room(target, package) if target.startswith(f"{package}.") else ""
            if here and there and there != here:
                arrows[here, there] = arrows.get((here, there), 0) + 1
    return Structure(package=package, files=len(sources), lines=lines, rooms=rooms, arrows=arrows)


def circles(graph: Graph) -> list[list[str]]:
    """Groups of rooms that import each other, each sorted by name (Tarjan's components of more than one)."""
    return sorted(sorted(group) for group in _components(graph) if len(group) > 1)


def floors(graph: Graph) -> dict[str, int]:
    """The floor of each room, counted from 1 at the ground; a circle stands on one floor."""
    found: dict[str, int] = {}
    for group in _components(graph):  # what is imported comes first
        below = [found[room] for member in group for room in graph[member] if room in found]
        found |= dict.fromkeys(group, 1 + max(below, default=0))
    return found


def _components(graph: Graph) -> list[list[str]]:
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    groups: list[list[str]] = []

    def visit(room: str) -> None:
        order[room] = low[room] = len(order)
        stack.append(room)
        for other in sorted(graph[room]):
            if other not in order:
                visit(other)
                low[room] = min(low[room], low[other])
            elif other in stack:
                low[room] = min(low[room], order[other])
        if low[room] == order[room]:
            at = stack.index(room)
            groups.append(stack[at:])
            del stack[at:]

    for room in sorted(graph):
        if room not in order:
            visit(room)
    return groups


def _module(path: Path, root: Path) -> str:
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _room(module: str, package: str) -> str:
    return module.removeprefix(package).lstrip(".").partition(".")[0]


def _imported(tree: ast.AST, modules: set[str]) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name in modules)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for name in node.names:
                within = f"{node.module}.{name.name}"
                if within in modules:
                    yield within
                elif node.module in modules:
                    yield node.module


def _table(rows: Iterable[Iterable[object]]) -> None:
    for row in rows:
        first, *rest = row
        print(f"{first!s:<14}" + "".join(f"{cell!s:>10}" for cell in rest))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--package", choices=PACKAGES, action="append", help="default: all four")
    parser.add_argument("--rooms", action="store_true", help="list the rooms from the top floor to the ground")
    parser.add_argument("--root", type=Path, default=ROOT, help="another checkout")
    parser.add_argument("--quick", action="store_true", help="the same: it takes a second")
    options = parser.parse_args()
    figures: dict[str, dict[str, object]] = {}
    _table([("package", "files", "lines", "rooms", "floors", "imports", "circles")])
    for package in options.package or PACKAGES:
        if not (options.root / package).is_dir():
            continue
        built = structure_of(package, options.root)
        level = floors(built.graph)
        figures[package] = {
            "files": built.files,
            "lines": built.lines,
            "rooms": len(built.rooms),
            "floors": max(level.values(), default=0),
            "imports": len(built.arrows),
            "circles": circles(built.graph),
        }
        _table([(package, *list(figures[package].values())[:5], len(circles(built.graph)))])
        if options.rooms:
            for room in sorted(built.rooms, key=lambda name: (-level[name], name)):
                below = ", ".join(sorted(built.graph[room]))
                print(f"  {level[room]:>2}  {room:<20} {built.rooms[room]:>3} files  → {below}")
        for circle in circles(built.graph):
            print(f"  circle: {', '.join(circle)}")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
