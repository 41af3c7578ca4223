"""Ten usual changes, each kept as a patch: it touches no more files than the house promises, and works."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.structure import PACKAGES

ROOT = Path(__file__).resolve().parent.parent
PATCHES = ROOT / "tests" / "changes"
# Files to touch, tests apart. A field of a model brings a migration, which is made and not written: it counts.
MOST_FILES = {
    "header_field": 6,
    "format": 2,
    "review_reason": 2,
    "api_filter": 1,
    "language": 1,
    "surcharge_basis": 3,
    "setting": 3,
    "webhook_event": 3,
    "results_column": 2,
    "scheduled_task": 2,
}


def touched(name: str) -> list[str]:
    files = re.findall(r"^\+\+\+ b/(.+)$", (PATCHES / f"{name}.patch").read_text(), re.M)
    return [file for file in files if not file.startswith("tests/")]


@pytest.mark.parametrize("name", MOST_FILES)
def test_a_change_touches_no_more_files_than_promised(name: str) -> None:
    files = touched(name)
    migrations = sum("/models/" in file for file in files)
    assert 0 < len(files) + migrations <= MOST_FILES[name], files


@pytest.mark.timeout(240)
def test_all_changes_apply_to_the_tree_and_their_own_tests_pass(tmp_path: Path) -> None:
    assert {path.stem for path in PATCHES.glob("*.patch")} == set(MOST_FILES)
    for folder in (*PACKAGES, "docs", "samples", "tests", "templates"):
        unneeded = shutil.ignore_patterns("static", "browser", "screenshots", "documents", "*.png", "*.pdf", "*.patch")
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=unneeded)
    for name in MOST_FILES:
        patch = ["git", "apply", "-C1", str(PATCHES / f"{name}.patch")]
        done = subprocess.run(patch, cwd=tmp_path, capture_output=True, text=True, env=_environment(tmp_path))
        assert done.returncode == 0, f"{name} no longer applies: make the patch anew.\n{done.stderr}"
    (tmp_path / "pytest.ini").write_text("[pytest]\nDJANGO_SETTINGS_MODULE = invoicesite.settings\n")
    run = [sys.executable, "-m", "pytest", "-q", "--noconftest", "-p", "no:cacheprovider", "-p", "no:randomly"]
    done = subprocess.run(
        [*run, "-c", "pytest.ini", "tests/changes"], cwd=tmp_path, capture_output=True, text=True,
        env=_environment(tmp_path),
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-1000:]
    assert f"{len(MOST_FILES)} passed" in done.stdout


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COV_", "GIT_"))}
    nowhere = {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing", "GIT_CEILING_DIRECTORIES": str(folder.parent)}
    return kept | nowhere | {"DJANGO_SETTINGS_MODULE": "invoicesite.settings"}
