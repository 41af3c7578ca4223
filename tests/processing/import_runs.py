"""The import commands as ``manage.py`` runs them, and the report that they write."""

from __future__ import annotations

import contextlib
import io
import json
from pathlib import Path
from typing import Any

from django.core.management import load_command_class
from django.core.management.base import OutputWrapper


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
    entries: list[dict[str, Any]] = json.loads((folder / "results.json").read_text())
    return entries
