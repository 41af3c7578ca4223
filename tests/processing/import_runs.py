"""The import commands as ``manage.py`` runs them, and the reports that they write."""

from __future__ import annotations

import contextlib
import io
import json
from pathlib import Path
from typing import Any

from django.core.management import load_command_class
from django.core.management.base import OutputWrapper
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

SCHEMAS = Path(__file__).resolve().parent.parent.parent / "docs" / "schemas"


def run_import(command: str, *arguments: object) -> tuple[int, str]:
    """Runs ``import_invoices`` or ``import_rate_cards``; gives its exit status and what it printed."""
    out, err = io.StringIO(), io.StringIO()
    loaded: Any = load_command_class("processing", command)
    loaded.stdout, loaded.stderr = OutputWrapper(out), OutputWrapper(err)
    with contextlib.redirect_stderr(err):
        try:
            loaded.run_from_argv(["manage.py", command, *map(str, arguments)])
        except SystemExit as stop:
            return int(stop.code or 0), out.getvalue() + err.getvalue()
    return 0, out.getvalue()


def results_in(folder: Path) -> list[dict[str, Any]]:
    """The entries of ``results.json``, which have the documented shape, as has ``metrics.json`` beside it."""
    for name in ("results", "metrics"):
        check_shape(name, json.loads((folder / f"{name}.json").read_text()))
    entries: list[dict[str, Any]] = json.loads((folder / "results.json").read_text())
    return entries


def check_shape(name: str, document: Any) -> None:
    """Raises AssertionError, with what is wrong where, for a report that docs/schemas/``name``.json does not hold."""
    schema = json.loads((SCHEMAS / f"{name}.json").read_text())
    wrong = [
        f"{error.json_path}: {error.message[:300]}" for error in Draft202012Validator(schema).iter_errors(document)
    ]
    assert not wrong, "\n".join(wrong[:10])
