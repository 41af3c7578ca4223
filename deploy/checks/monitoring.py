"""Rules and dashboards: valid by Prometheus' own tool, about metrics that exist, tested, and in step with what they are
made from."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from common.telemetry.catalogue import HTTP_SERIES, METRICS
from deploy.checks.product import DEPLOY
from deploy.checks.promql import grouped_labels, labels_of, metrics_of
from deploy.monitoring.cases import test_files
from deploy.monitoring.generated import FILES, RULES, stale
from deploy.monitoring.rules import ALERTS

ALERTMANAGER = DEPLOY / "monitoring" / "alertmanager.yml"
PROMETHEUS = DEPLOY / "monitoring" / "prometheus.yml"
# What is not the product's: from Prometheus itself, node_exporter and blackbox_exporter.
OF_OTHERS = frozenset(
    ["up", "ALERTS", "node_filesystem_avail_bytes", "node_filesystem_size_bytes", "probe_success",
     "probe_ssl_earliest_cert_expiry"]
)  # fmt: skip
_OF_TARGETS = frozenset({"job", "instance", "le"})
# Who is told of which alert.
ROUTES: tuple[tuple[dict[str, str], str], ...] = (
    ({"severity": "page", "about": "site"}, "pager"),
    ({"severity": "page", "about": "money"}, "pager"),
    ({"severity": "ticket", "about": "money"}, "money"),
    ({"severity": "ticket", "about": "jobs"}, "slack"),
    ({"about": "jobs"}, "mail"),
)


def check_monitoring() -> list[str]:
    """Problems of all of it. Without promtool and amtool (Debian: prometheus, prometheus-alertmanager) it says so and
    checks the rest."""
    found = stale() + untested()
    data = yaml.safe_load(RULES.read_text(encoding="utf-8"))
    found += check_rules(data)
    for path in sorted((FILES / "dashboards").glob("*.json")):
        found += check_dashboard(json.loads(path.read_text(encoding="utf-8")), path.name)
    if shutil.which("promtool") is None or shutil.which("amtool") is None:
        print("SKIPPED promtool and amtool: they are not installed (Debian: prometheus, prometheus-alertmanager).")
        return found
    return found + run_rules_tests(data, test_files()) + _syntax_of_dashboards() + _configurations() + check_routes()


def check_rules(data: dict[str, Any]) -> list[str]:
    """Problems of parsed rules: metrics, labels, and what a person needs to be told."""
    rules = [rule for group in data["groups"] for rule in group["rules"]]
    recorded = {rule["record"] for rule in rules if "record" in rule}
    found = []
    for rule in rules:
        name = rule.get("alert") or rule["record"]
        found += [f"rule {name}: {problem}" for problem in check_query(rule["expr"], recorded)]
        if "alert" in rule and rule.get("labels", {}).get("severity") not in ("page", "ticket"):
            found.append(f"rule {name}: is neither a page nor a ticket")
        if "alert" in rule and not {"summary", "description", "runbook"} <= set(rule.get("annotations", {})):
            found.append(f"rule {name}: does not say what it means and what to do")
    return found


def check_dashboard(data: dict[str, Any], name: str) -> list[str]:
    """Problems of a dashboard: panels without a query or in each other's place, and metrics that do not exist."""
    recorded = {rule["record"] for rule in _recordings()}
    panels = data.get("panels", [])
    found = [] if panels else [f"dashboard {name}: has no panels"]
    places = [(panel["gridPos"]["x"], panel["gridPos"]["y"]) for panel in panels]
    if len(set(places)) < len(places) or len({panel["id"] for panel in panels}) < len(panels):
        found.append(f"dashboard {name}: panels lie on each other")
    for panel in panels:
        queries = [target.get("expr", "") for target in panel.get("targets", [])]
        if not queries or not all(queries):
            found.append(f"dashboard {name}: {panel['title']} asks nothing")
        for query in queries:
            found += [f"dashboard {name}: {panel['title']}: {problem}" for problem in check_query(query, recorded)]
    return found


def check_query(query: str, recorded: Iterable[str] = ()) -> list[str]:
    """Metrics that nobody makes, and labels that they do not have."""
    ours = {series: metric for metric in METRICS for series in metric.series}
    known = set(ours) | set(HTTP_SERIES) | OF_OTHERS | set(recorded)
    names = metrics_of(query)
    found = [f"there is no metric {name}" for name in sorted(names - known)]
    for name, label in labels_of(query):
        if name in ours and label not in {*ours[name].labels, *_OF_TARGETS}:
            found.append(f"{name} has no label {label}")
    if names and names <= set(ours):
        labels = {label for name in names for label in ours[name].labels} | _OF_TARGETS
        found += [f"no metric of it has the label {label}" for label in sorted(grouped_labels(query) - labels)]
    return found


def untested() -> list[str]:
    """Alerts without recorded series that make them fire and others that do not."""
    cases = {test["name"] for file in test_files().values() for test in file["tests"]}
    wanted = {f"{alert.name} {end}" for alert in ALERTS for end in ("fires", "is quiet")}
    return [f"no test: {name}" for name in sorted(wanted - cases)]


def run_rules_tests(rules: dict[str, Any], files: dict[str, dict[str, Any]]) -> list[str]:
    """Runs recorded series through the rules with promtool."""
    with tempfile.TemporaryDirectory() as folder:
        for name, tests in files.items():
            path = Path(folder, tests["rule_files"][0])
            path.write_text(yaml.safe_dump(_only(rules, name) if name else rules), encoding="utf-8")
            Path(folder, f"{name or 'all'}.tests.yml").write_text(yaml.safe_dump(tests), encoding="utf-8")
        paths = sorted(map(str, Path(folder).glob("*.tests.yml")))
        return _said("promtool", "check", "rules", f"{folder}/rules.yml") or _said("promtool", "test", "rules", *paths)


def _only(rules: dict[str, Any], alert: str) -> dict[str, Any]:
    """The rule of one alert, after the recorded series that it asks for."""
    every = [rule for group in rules["groups"] for rule in group["rules"]]
    wanted = next(rule for rule in every if rule.get("alert") == alert)
    recorded = [rule for rule in every if rule.get("record") in metrics_of(wanted["expr"])]
    return {"groups": [{"name": alert, "rules": [*recorded, wanted]}]}


def check_routes(path: Path = ALERTMANAGER) -> list[str]:
    """Whether each kind of alert comes to whom it should."""
    found = []
    for labels, receiver in ROUTES:
        given = [f"{name}={value}" for name, value in labels.items()]
        asked = ["amtool", "config", "routes", "test", f"--config.file={path}", *given]
        got = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.split()
        if got != [receiver]:
            found.append(f"alertmanager: {' '.join(given)} goes to {' '.join(got) or 'nobody'}, not to {receiver}")
    return found


def _recordings() -> list[dict[str, str]]:
    data = yaml.safe_load(RULES.read_text(encoding="utf-8"))
    return [rule for group in data["groups"] for rule in group["rules"] if "record" in rule]


def _syntax_of_dashboards() -> list[str]:
    """Their queries as recording rules, which Prometheus' own parser reads."""
    queries = [
        target["expr"]
        for path in sorted((FILES / "dashboards").glob("*.json"))
        for panel in json.loads(path.read_text(encoding="utf-8"))["panels"]
        for target in panel["targets"]
    ]
    rules = [{"record": f"dashboard:{place}", "expr": query} for place, query in enumerate(queries)]
    with tempfile.NamedTemporaryFile("w", suffix=".yml", encoding="utf-8") as file:
        yaml.safe_dump({"groups": [{"name": "dashboards", "rules": rules}]}, file)
        file.flush()
        return _said("promtool", "check", "rules", file.name)


def _configurations() -> list[str]:
    return _said("promtool", "check", "config", "--syntax-only", str(PROMETHEUS)) + _said(
        "amtool", "check-config", str(ALERTMANAGER)
    )


def _said(*command: str) -> list[str]:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return [] if done.returncode == 0 else [f"{' '.join(command[:3])}: {(done.stdout + done.stderr).strip()[-3000:]}"]
