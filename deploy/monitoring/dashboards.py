"""Grafana dashboards: one for each area of the catalogue's questions, with a panel that answers each, and one of the
availability objective."""

from __future__ import annotations

import re
from typing import Any

from common.telemetry.catalogue import QUESTIONS
from deploy.monitoring.rules import OBJECTIVE, errors_over

_WIDTH, _HEIGHT, _COLUMNS = 12, 8, 24
# By what the query's first metric is named after; None where the figures are plain counts.
_UNITS = {"seconds": "s", "usd": "currencyUSD", "ratio": "percentunit", "bytes": "bytes"}
_TITLES = {
    "site": "Site",
    "jobs": "Jobs",
    "workers": "Workers",
    "money": "Money",
    "needs": "What it needs",
    "channels": "Channels",
    "clock": "By the clock",
    "business": "Business",
}


def dashboards() -> dict[str, dict[str, Any]]:
    """Each dashboard by the name of its file."""
    areas = list(dict.fromkeys(question.area for question in QUESTIONS))
    found = {
        f"{area}.json": _dashboard(
            area, _TITLES.get(area, area.title()), [(q.asks, q.query) for q in QUESTIONS if q.area == area]
        )
        for area in areas
    }
    found["availability.json"] = _dashboard(
        "availability",
        "Availability",
        [
            ("How much of the month's error budget is left?", f"1 - {errors_over('3d')} / {1 - OBJECTIVE:.3f}"),
            *(
                (f"Which share of requests failed in {window}?", errors_over(window))
                for window in ("5m", "1h", "6h", "3d")
            ),
            ("Does the site answer from outside?", 'min(probe_success{job="site"})'),
            ("When does its certificate end?", 'min(probe_ssl_earliest_cert_expiry{job="site"}) - time()'),
            ("Which alerts fire?", 'sum by (alertname) (ALERTS{alertstate="firing"})'),
        ],
    )
    return found


def unit_of(query: str) -> str:
    """Grafana's name of the unit that a query's result has."""
    if re.search(r"\)\s*/|:ratio|/ \(|/ 0", query):
        return "percentunit"
    if re.search(r"increase\(|_count\b", query) and "usd" not in query:
        return "short"
    for word, unit in _UNITS.items():
        if re.search(rf"_{word}(_|\b)", query) and not (word == "seconds" and "_count" in query):
            return unit
    return "short"


def _dashboard(uid: str, title: str, panels: list[tuple[str, str]]) -> dict[str, Any]:
    return {
        "uid": f"invoicesite-{uid}",
        "title": f"Invoicesite: {title}",
        "tags": ["invoicesite"],
        "schemaVersion": 39,
        "editable": False,
        "refresh": "1m",
        "time": {"from": "now-6h", "to": "now"},
        "templating": {
            "list": [{"name": "datasource", "type": "datasource", "query": "prometheus", "label": "Source"}]
        },
        "panels": [_panel(place, asks, query) for place, (asks, query) in enumerate(panels)],
    }


def _panel(place: int, asks: str, query: str) -> dict[str, Any]:
    source = {"type": "prometheus", "uid": "${datasource}"}
    columns = _COLUMNS // _WIDTH
    return {
        "id": place + 1,
        "type": "timeseries",
        "title": asks,
        "datasource": source,
        "gridPos": {"x": place % columns * _WIDTH, "y": place // columns * _HEIGHT, "w": _WIDTH, "h": _HEIGHT},
        "targets": [{"refId": "A", "datasource": source, "expr": query, "legendFormat": "__auto"}],
        "fieldConfig": {"defaults": {"unit": unit_of(query), "min": 0}, "overrides": []},
        "options": {"legend": {"displayMode": "table", "placement": "right", "calcs": ["lastNotNull", "max"]}},
    }
