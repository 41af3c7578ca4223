"""The catalogue of metrics, what ``/metrics`` shows of it, and whether the questions of who is on call are answered."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from common.telemetry import counters
from common.telemetry.catalogue import HTTP_SERIES, METRICS, QUESTIONS, metrics_table, questions_table
from deploy.monitoring.rules import ALERTS, RECORDINGS, rules
from invoicesite.monitoring import collecting
from invoicesite.monitoring.scraping import database
from tests.live_programs import free_port
from tests.monitoring.events import cause_everything, quiet_breakers
from tests.processing.ledger_factories import make_job

ROOT = Path(__file__).resolve().parents[2]

# What no test of one process can cause, and where it is seen.
ELSEWHERE = {
    "invoicesite_cluster_restarts": "counted by the supervisor: tests/processing/test_supervisor.py",
}
# Shown on dashboards, beside what answers a question.
BESIDE_OTHERS = {
    "budget_usd", "cache_replies", "disk_free_bytes", "replicas", "retried_jobs",
    "schedule_last_failure_timestamp_seconds",
}  # fmt: skip
# Questions whose answer is empty where all is well.
EMPTY_WHEN_WELL = {"Are clusters replaced?": "as above"}


@pytest.fixture
def _site(settings: Settings, own_storage: Path) -> Iterator[None]:
    database.forget()
    with quiet_breakers():
        yield
    database.forget()


def shown(page: str) -> set[str]:
    return {re.split(r"[{ ]", line, maxsplit=1)[0] for line in page.splitlines() if not line.startswith("#")}


def value_of(page: str, series: str) -> float:
    return float(next(line for line in page.splitlines() if line.startswith(f"{series} ")).rpartition(" ")[2])


@pytest.mark.usefixtures("_site")
@pytest.mark.django_db(transaction=True)
def test_every_metric_of_the_catalogue_is_shown_and_counters_only_rise(client: Client, settings: Settings) -> None:
    cause_everything(settings)
    first = client.get("/metrics").text
    wanted = {series for metric in METRICS if metric.name not in ELSEWHERE for series in metric.series}
    assert sorted(wanted - shown(first)) == []
    assert sorted(set(HTTP_SERIES) - shown(first)) == []
    ours = {name for name in shown(first) if name.startswith("invoicesite_") and not name.endswith("_created")}
    assert sorted(ours - {series for metric in METRICS for series in metric.series}) == []

    cause_everything(settings, again=True)
    database.forget()
    second = client.get("/metrics").text
    before = {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in first.splitlines() if line[0] != "#"}
    after = {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in second.splitlines() if line[0] != "#"}
    rising = {name for name in before if re.match(r"invoicesite_\w+_(total|bucket|sum|count)\b", name)}
    assert len(rising) > 100
    assert not [name for name in rising if after[name] < before[name]]
    assert value_of(second, 'invoicesite_stage_seconds_bucket{le="+Inf",stage="reading"}') > value_of(
        first, 'invoicesite_stage_seconds_bucket{le="+Inf",stage="reading"}'
    )


@pytest.mark.usefixtures("_site")
@pytest.mark.django_db
def test_a_scrape_asks_little_and_the_next_one_nothing(client: Client) -> None:
    make_job()
    with CaptureQueriesContext(connection) as captured:
        page = client.get("/metrics").text
    assert value_of(page, 'invoicesite_jobs{stage="",status="pending"}') == 1
    assert value_of(page, 'invoicesite_queue_jobs{lane="invoicesite"}') == 1
    asked = [query["sql"] for query in captured.captured_queries if "SAVEPOINT" not in query["sql"]]
    assert len(asked) < 75, len(asked)
    with CaptureQueriesContext(connection) as captured:
        client.get("/metrics")
    assert not captured.captured_queries


@pytest.mark.usefixtures("_site")
@pytest.mark.django_db(transaction=True)
def test_a_group_that_takes_too_long_is_left_out(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow() -> Iterator[collecting.Figure]:
        connection.cursor().execute("SELECT pg_sleep(5)")
        yield collecting.Figure("batches_paused", 1)

    monkeypatch.setitem(collecting.GROUPS, "jobs", (slow, 10.0))
    monkeypatch.setattr(collecting, "GROUP_SECONDS", 0.1)
    began = time.monotonic()
    page = client.get("/metrics").text
    assert time.monotonic() - began < 4
    assert value_of(page, 'invoicesite_figures_read{group="jobs"}') == 0
    assert value_of(page, 'invoicesite_figures_read{group="money"}') == 1
    assert "invoicesite_batches_paused" not in page


def test_counters_of_processes_that_ended_are_kept_in_one_file(tmp_path: Path) -> None:
    program = (
        "from common.telemetry.counters import count, gauge, observe\n"
        "count('cache_hits', 2); gauge('websocket_connections').set(5); observe('job_seconds', 3, kind='invoice')\n"
    )
    environment = {"PATH": os.environ["PATH"], "PROMETHEUS_MULTIPROC_DIR": str(tmp_path), "PYTHONPATH": str(ROOT)}
    for _ in range(2):
        subprocess.run([sys.executable, "-c", program], env=environment, check=True, cwd=ROOT)
    total = (
        "from prometheus_client import CollectorRegistry, generate_latest\n"
        "from prometheus_client.multiprocess import MultiProcessCollector\n"
        "from pathlib import Path; from common.telemetry.shared import settled\n"
        f"registry = CollectorRegistry(); folder = Path({str(tmp_path)!r})\n"
        "with settled(folder):\n"
        "    MultiProcessCollector(registry, path=str(folder)); print(generate_latest(registry).decode())\n"
    )
    for _ in range(2):
        page = subprocess.run(
            [sys.executable, "-c", total], env=environment, check=True, cwd=ROOT, capture_output=True, text=True
        ).stdout
        assert value_of(page, "invoicesite_cache_hits_total") == 4
        assert value_of(page, 'invoicesite_job_seconds_count{kind="invoice"}') == 2
        assert "invoicesite_websocket_connections" not in page, "who ended has none open"
        files = sorted(path.name for path in tmp_path.glob("*.db"))
        assert files == ["counter_0.db", "histogram_0.db"]


def test_only_the_catalogue_is_counted() -> None:
    with pytest.raises(KeyError):
        counters.count("made_up")
    with pytest.raises(ValueError, match="label"):
        counters.count("uploads", colour="red")


def test_questions_ask_for_metrics_that_exist() -> None:
    known = {series for metric in METRICS for series in metric.series} | set(HTTP_SERIES)
    for question in QUESTIONS:
        named = set(re.findall(r"\b(?:invoicesite|django)_\w+", question.query))
        assert named, question.asks
        assert sorted(named - known) == [], question.asks
    asked = " ".join(question.query for question in QUESTIONS)
    unasked = {metric.name for metric in METRICS if not any(series in asked for series in metric.series)}
    assert unasked == {f"invoicesite_{name}" for name in BESIDE_OTHERS}


def test_the_page_on_operations_has_the_catalogue() -> None:
    page = (ROOT / "docs" / "operations.md").read_text()
    assert metrics_table() in page, f"docs/operations.md should have:\n{metrics_table()}"
    assert questions_table() in page, f"docs/operations.md should have:\n{questions_table()}"


@pytest.mark.skipif(shutil.which("prometheus") is None, reason="SKIPPED: Debian's prometheus is not installed here")
@pytest.mark.usefixtures("_site")
@pytest.mark.django_db(transaction=True)
def test_a_real_prometheus_answers_every_question_and_has_what_the_rules_watch(
    live_server: LiveServer, settings: Settings, tmp_path: Path
) -> None:
    port = free_port()
    config = tmp_path / "prometheus.yml"
    target = live_server.url.removeprefix("http://")
    scrape = {"job_name": "invoicesite", "scrape_interval": "1s", "static_configs": [{"targets": [target]}]}
    times = dict.fromkeys(("scrape_timeout", "scrape_interval", "evaluation_interval"), "1s")
    (tmp_path / "rules.yml").write_text(json.dumps(rules()))
    config.write_text(json.dumps({"global": times, "scrape_configs": [scrape], "rule_files": ["rules.yml"]}))
    settings.ALLOWED_HOSTS = ["*"]
    cause_everything(settings)
    with (tmp_path / "log").open("wb") as log:
        program = subprocess.Popen(
            ["prometheus", f"--config.file={config}", f"--web.listen-address=127.0.0.1:{port}",
             f"--storage.tsdb.path={tmp_path / 'data'}", "--log.level=warn"], stdout=log, stderr=log,
        )  # fmt: skip
    try:
        url = f"http://127.0.0.1:{port}/api/v1/query"
        _wait_for(lambda: bool(answer(url, "invoicesite_build_info")), tmp_path)
        cause_everything(settings, again=True)
        database.forget()
        time.sleep(2.5)
        unanswered = {q.asks for q in QUESTIONS if not answer(url, q.query)}
        assert unanswered == set(EMPTY_WHEN_WELL)
        expressions = " ".join(rule.expr for rule in (*ALERTS, *RECORDINGS))
        watched = set(re.findall(r"\b(?:invoicesite|django)_\w+", expressions))
        assert watched
        assert {name for name in watched if not answer(url, name)} == set(), "no rule waits for what never comes"
        for recording in RECORDINGS:
            assert answer(url, recording.name), recording.name
    finally:
        program.terminate()
        program.wait(timeout=10)


def answer(url: str, query: str) -> list[object]:
    with urlopen(f"{url}?{urlencode({'query': query})}", timeout=5) as reply:  # noqa: S310  # our own
        found = json.load(reply)
    assert found["status"] == "success", (query, found)
    results: list[object] = found["data"]["result"]
    return results


def _wait_for(done: object, folder: Path) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            if done():  # type: ignore[operator]
                return
        except OSError:
            pass
        time.sleep(0.2)
    raise AssertionError((folder / "log").read_text()[-2000:])


def test_the_folder_of_a_program_that_just_began_is_left_alone(tmp_path: Path) -> None:
    def begin(role: str) -> subprocess.CompletedProcess[bytes]:
        code = (
            "import sys; from pathlib import Path; from common.telemetry.shared import share_counters, shared_folder\n"
            f"share_counters(Path(sys.argv[1]), role={role!r}); print(shared_folder())\n"
        )
        environment = {name: text for name, text in os.environ.items() if name != "PROMETHEUS_MULTIPROC_DIR"}
        return subprocess.run(
            [sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, env=environment, capture_output=True, check=True
        )

    mine = tmp_path / f"{socket.gethostname()}-web-{os.getpid()}"
    mine.mkdir()  # and nothing is counted yet
    other = Path(begin("work").stdout.decode().strip())
    assert mine.is_dir()
    assert other.is_dir()
    begin("work")
    assert not other.exists(), "its process is gone"
