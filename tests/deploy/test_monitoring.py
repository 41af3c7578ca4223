"""Rules, routes and dashboards: a metric that does not exist, a label that it has not, an alert that nobody tested or
that goes to nobody are found."""

from __future__ import annotations

import json
import shutil
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml

from deploy.checks.monitoring import (
    ALERTMANAGER,
    check_dashboard,
    check_query,
    check_routes,
    check_rules,
    run_rules_tests,
    untested,
)
from deploy.checks.promql import metrics_of
from deploy.monitoring import cases
from deploy.monitoring.dashboards import dashboards, unit_of
from deploy.monitoring.rules import rules

needs_tools = pytest.mark.skipif(
    shutil.which("promtool") is None or shutil.which("amtool") is None, reason="promtool and amtool are not installed"
)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("max(invoicesite_queue_age) > 3", "there is no metric invoicesite_queue_age"),
        ('max(invoicesite_queue_age_seconds{queue="batch"})', "invoicesite_queue_age_seconds has no label queue"),
        ("max by (queue) (invoicesite_queue_age_seconds)", "no metric of it has the label queue"),
        ("rate(invoicesite_jobs_ended[5m])", "there is no metric invoicesite_jobs_ended"),
    ],
)
def test_a_metric_or_a_label_that_does_not_exist_is_found(query: str, said: str) -> None:
    assert check_query(query) == [said]
    data = deepcopy(rules())
    data["groups"][-1]["rules"][0]["expr"] = query
    assert any(said in problem for problem in check_rules(data))
    board = dashboards()["jobs.json"]
    board["panels"][0]["targets"][0]["expr"] = query
    assert any(said in problem for problem in check_dashboard(board, "jobs.json"))


def test_names_are_told_from_functions_labels_words_and_numbers() -> None:
    query = (
        'sum by (le, lane) (rate(a_bucket{x="b and c{d}"}[5m] offset 1h))'
        " / on (lane) group_left b > bool 1e3 and c unless d"
    )
    assert metrics_of(query) == {"a_bucket", "b", "c", "d"}


def test_an_alert_that_says_nothing_and_a_dashboard_without_a_query_are_found() -> None:
    data = deepcopy(rules())
    del data["groups"][-1]["rules"][0]["annotations"]
    data["groups"][-1]["rules"][1]["labels"] = {}
    found = check_rules(data)
    assert any("does not say what it means" in problem for problem in found)
    assert any("neither a page nor a ticket" in problem for problem in found)
    board = dashboards()["jobs.json"]
    board["panels"][0]["targets"] = []
    board["panels"][1]["gridPos"] = board["panels"][2]["gridPos"]
    assert len(check_dashboard(board, "jobs.json")) == 2


def test_an_alert_without_recorded_series_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cases, "CASES", tuple(case for case in cases.CASES if case.alert != "QueueOld"))
    assert untested() == ["no test: QueueOld fires", "no test: QueueOld is quiet"]


@needs_tools
def test_a_rule_that_does_not_fire_when_it_should_fails_on_the_recorded_series() -> None:
    data = deepcopy(rules())
    changed = {
        "NoWorker": "max by (lane) (invoicesite_workers) < 0",
        "BudgetHalf": "invoicesite_budget_used_ratio > 0.4",
    }
    for group in data["groups"]:
        for rule in group["rules"]:
            rule["expr"] = changed.get(rule.get("alert", ""), rule["expr"])
    of_these = [test for test in cases.test_files()[""]["tests"] if test["name"].split()[0] in changed]
    said = run_rules_tests(data, {"": {"rule_files": ["rules.yml"], "evaluation_interval": "1m", "tests": of_these}})
    assert len(said) == 1
    # Of four tests the one where the first should fire and the one where the second should not.
    assert said[0].count("expr:") == 2
    assert 'alertname="NoWorker"' in said[0].replace("\\", "")
    assert 'got: {alertname="BudgetHalf"}' in said[0]


@needs_tools
def test_an_alert_that_goes_to_another_is_found(tmp_path: Path) -> None:
    data: dict[str, Any] = yaml.safe_load(ALERTMANAGER.read_text())
    data["route"]["routes"] = data["route"]["routes"][1:]
    (tmp_path / "alertmanager.yml").write_text(yaml.safe_dump(data))
    found = check_routes(tmp_path / "alertmanager.yml")
    assert "alertmanager: severity=page about=site goes to mail, not to pager" in found


def test_panels_show_figures_in_their_unit() -> None:
    units = {
        "max(invoicesite_queue_age_seconds)": "s",
        "max(invoicesite_budget_left_usd)": "currencyUSD",
        "max(invoicesite_budget_used_ratio)": "percentunit",
        "sum(increase(invoicesite_storage_seconds_count[15m]))": "short",
        "sum(rate(a_total[5m])) / sum(rate(b_total[5m]))": "percentunit",
        "max(invoicesite_database_size_bytes)": "bytes",
    }
    assert {query: unit_of(query) for query in units} == units
    assert json.dumps(dashboards())
