"""The files that are made from the catalogue and the rules: what each must hold."""

from __future__ import annotations

import json
from pathlib import Path

import yaml

from deploy.checks.product import DEPLOY, ROOT
from deploy.monitoring.dashboards import dashboards
from deploy.monitoring.rules import rules, runbook

# In the chart, which can read its own files alone; the compose file mounts them from there.
FILES = DEPLOY / "helm" / "invoicesite" / "files"
RULES = FILES / "rules.yml"
PAGE = ROOT / "docs" / "deploy.md"
_BEGIN, _END = "<!-- alerts: python -m deploy write -->", "<!-- end of alerts -->"


def generated() -> dict[Path, str]:
    """The text of each file that is made."""
    head = "# Made by `python -m deploy write` from deploy/monitoring/rules.py.\n"
    found = {RULES: head + yaml.safe_dump(rules(), sort_keys=False, width=200)}
    for name, dashboard in dashboards().items():
        found[FILES / "dashboards" / name] = json.dumps(dashboard, indent=1) + "\n"
    page = PAGE.read_text(encoding="utf-8")
    before, rest = page.split(_BEGIN)
    found[PAGE] = f"{before}{_BEGIN}\n\n{runbook()}\n\n{_END}{rest.split(_END)[1]}"
    return found


def write() -> None:
    """Writes them all, and removes dashboards that are no more."""
    texts = generated()
    for path in (FILES / "dashboards").glob("*.json"):
        if path not in texts:
            path.unlink()
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def stale() -> list[str]:
    """A problem for each file that is not what it is made from."""
    return [
        f"{path.relative_to(ROOT)} is not as it is made: python -m deploy write"
        for path, text in generated().items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
