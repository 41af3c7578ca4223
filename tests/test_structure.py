"""The layers of the code hold, and the checks that guard them notice what breaks them."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.structure import PACKAGES, circles, floors, structure_of

ROOT = Path(__file__).resolve().parent.parent
LINT = Path(sys.executable).with_name("lint-imports")


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The packages and their contracts, to be broken."""
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__", "static"))
    files = shutil.ignore_patterns("__pycache__", "documents", "rate_cards", "*.json")
    shutil.copytree(ROOT / "samples", tmp_path / "samples", ignore=files)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def contracts_of(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(LINT), "--no-logo", "--no-cache"], cwd=folder, capture_output=True, text=True, env={"COLUMNS": "200"}
    )


def test_a_module_in_no_layer_and_an_import_upward_break_the_contracts(copied: Path) -> None:
    (copied / "processing" / "odds_and_ends.py").write_text('"""In no layer."""\n')
    below = copied / "processing" / "readers" / "text.py"
    below.write_text(below.read_text() + "\nfrom processing.services import jobs  # noqa: E402\n")
    said = contracts_of(copied)
    assert said.returncode == 1
    assert "processing.odds_and_ends" in said.stdout
    assert "processing.readers is not allowed to import processing.services" in said.stdout


@pytest.mark.parametrize("package", PACKAGES)
def test_no_rooms_import_each_other_in_a_circle(package: str) -> None:
    assert circles(structure_of(package).graph) == []


def test_a_circle_stands_on_one_floor_and_is_named() -> None:
    graph = {"top": {"left"}, "left": {"right"}, "right": {"left", "ground"}, "ground": set()}
    assert circles(graph) == [["left", "right"]]
    assert floors(graph) == {"ground": 1, "left": 2, "right": 2, "top": 3}


UPWARD = {
    # Look-ups over relations that belong to the pipeline, and names of pages above: hidden arrows up.
    "invoices": re.compile(
        r"""["'](?:-?documents?__\w+|\w+__documents?(?:__\w+)?|admin:processing_\w+)["']|, "document"[,)]"""
    ),
    "common": re.compile(r"""["']admin:\w+"""),
    "processing": re.compile(r"""["']invoicesite\.\w+"""),
}


@pytest.mark.parametrize("package", sorted(UPWARD))
def test_no_string_names_what_stands_above(package: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in sorted((ROOT / package).rglob("*.py"))
        if "migrations" not in path.parts
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if UPWARD[package].search(line)
    ]
    assert found == []


# Facts that stand in one place: what betrays a second one, and where it may stand.
FACTS = {
    "folding of Unicode": (
        re.compile(r"^import unicodedata|from unicodedata", re.M),
        # Besides the two rooms of text: categories of characters of a broken text layer, and texts that are kept
        # letter by letter for a model and for the shape of a card.
        {
            "common/text.py",
            "common/stream_safe.py",
            "processing/readers/pdf.py",
            "processing/extractors/model/prompt_rows.py",
            "processing/ratecards/shape.py",
        },
    ),
    "names of formats": (
        re.compile(r"""["'](?:\.heic|\.xlsb|image/heic)["']"""),
        {"processing/readers/media_types.py"},
    ),
    "kilograms of a pound": (re.compile(r"0\.4535|45\.359"), {"invoices/rate_records/bases.py"}),
    "which errors are tried again": (re.compile(r"RETRY\w*_CODES|RETRYABLE"), set[str]()),
    "currencies without cents": (re.compile(r"NO_CENTS|ZERO_DECIMAL"), set[str]()),
    "who makes review reasons": (
        re.compile(r"\bdef reason\("),
        {"invoices/rules/catalogue.py"},
    ),
    "how a value was read": (re.compile(r"\bMethodKind\("), {"invoices/methods.py"}),
    "units of charges": (re.compile(r"^BASES\b", re.M), {"invoices/rate_records/bases.py"}),
}


@pytest.mark.parametrize("fact", FACTS)
def test_a_fact_stands_in_one_place(fact: str) -> None:
    pattern, places = FACTS[fact]
    found = {
        str(path.relative_to(ROOT))
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
        if "migrations" not in path.parts and pattern.search(path.read_text(encoding="utf-8"))
    }
    assert found <= places
