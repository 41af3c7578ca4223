"""Logs tell what failed and where, and never a secret, the value of a variable or the text of a document."""

from __future__ import annotations

import io
import json
import logging
import logging.config
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from django.core.files.storage import default_storage
from django.test import Client
from pytest_django import Settings

from common.tracebacks import told
from invoicesite.log_privacy import HIDDEN, SecretsHidden, secrets_of
from invoicesite.logs import logging_settings
from processing import tasks
from processing.models import Document
from processing.services.documents import JobOptions, submit_document
from tests import model_server as behaviour
from tests.invoicesite.failing_views import DOCUMENT, KEY, PASSWORD, WAYS
from tests.processing.rate_card_models import model_of

ROOT = Path(__file__).resolve().parents[2]
WORDS = "Brindle Optical Works"
INVOICE = f"{WORDS}\nINVOICE\nInvoice no: BO-5519\nDate: 2026-02-11\nTotal EUR 120.00\n".encode()


class Lines(io.StringIO):
    """What was logged, as text."""

    @property
    def text(self) -> str:
        return self.getvalue()


@pytest.fixture(params=["json", "console"])
def lines(request: pytest.FixtureRequest) -> Iterator[Lines]:
    """The site's own formatter on every logger of the process."""
    written = Lines()
    made = logging_settings(level="DEBUG", style=request.param, secrets=[KEY, PASSWORD])
    description = dict(made["formatters"]["structured"])
    handler = logging.StreamHandler(written)
    handler.setFormatter(description.pop("()")(**description))
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        yield written
    finally:
        root.removeHandler(handler)


def assert_nothing_leaked(text: str) -> None:
    for secret in (PASSWORD, KEY, "Acorn Tools", "DE8937040044", "4711.00", WORDS, "BO-5519"):
        assert secret not in text, text


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", ["/failing/", "/api/v1/failing/"])
@pytest.mark.parametrize("way", sorted(WAYS))
def test_a_failed_request_is_told_without_values(lines: Lines, settings: Settings, way: str, prefix: str) -> None:
    settings.ROOT_URLCONF = "tests.invoicesite.failing_views"
    Client(raise_request_exception=False).get(f"{prefix}{way}/")
    assert_nothing_leaked(lines.text)
    assert f"in _{way}" in lines.text or way == "validation"


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("own_storage")
@pytest.mark.parametrize(
    "how",
    [
        behaviour.UNAUTHORIZED,
        behaviour.SERVER_ERROR,
        behaviour.TOO_LONG,
        behaviour.HTML,
        behaviour.BROKEN_JSON,
        behaviour.EMPTY_CHOICES,
        behaviour.CUT,
        behaviour.HANGS_UP,
        behaviour.Behaviour(status=400, error={"message": INVOICE.decode(), "code": INVOICE.decode()}),
        behaviour.Behaviour(raw_body=INVOICE, raw_type="text/plain"),
    ],
)
def test_a_job_whose_model_fails_is_told_without_values(
    lines: Lines, settings: Settings, how: behaviour.Behaviour
) -> None:
    with model_of(settings) as server:
        server.behaviour = how
        job = submit_document(data=INVOICE, filename="in.txt", options=JobOptions(policy="llm"), enqueue=False).job
        tasks.run_jobs([str(job.id)])
    assert str(job.id) in lines.text
    assert_nothing_leaked(lines.text)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("own_storage")
@pytest.mark.parametrize("fault", ["file_gone", "file_is_a_folder", "file_cut"])
def test_a_job_whose_file_is_lost_or_broken_is_told_without_values(lines: Lines, fault: str) -> None:
    job = submit_document(data=INVOICE, filename="in.txt", enqueue=False).job
    path = Path(default_storage.path(Document.objects.get().storage_key))
    path.chmod(0o600)
    path.unlink()
    if fault == "file_is_a_folder":
        path.mkdir()
    elif fault == "file_cut":
        path.write_bytes(INVOICE[:30] + b"\xff\xfe\x00")
    tasks.run_jobs([str(job.id)])
    assert_nothing_leaked(lines.text)


def test_what_the_queue_says_of_a_failed_task_names_the_task_only(lines: Lines) -> None:
    logging.getLogger("django-q").error(
        "Failed 'processing.tasks.sweep' (four-two) - %s : Traceback\n%s", DOCUMENT, KEY
    )
    assert "Failed 'processing.tasks.sweep' (four-two)" in lines.text
    assert_nothing_leaked(lines.text)


def test_an_exception_is_told_by_type_code_and_place() -> None:
    try:
        WAYS["chained"]()
    except RuntimeError as error:
        text = told(error)
    assert text.splitlines()[0] == "builtins.RuntimeError"
    assert "builtins.ValueError" in text
    assert "failing_views.py:" in text
    assert_nothing_leaked(text)


def test_a_message_of_the_program_itself_is_told() -> None:
    assert told(AttributeError("'NoneType' object has no attribute 'lines'")) == (
        "builtins.AttributeError 'NoneType' object has no attribute 'lines'"
    )


def test_exceptions_that_lead_to_each_other_in_a_circle_end() -> None:
    first, second = ValueError(), KeyError()
    first.__context__, second.__context__ = second, first
    assert told(first).count("\n") == 1


@pytest.mark.parametrize(
    ("name", "value", "secret"),
    [
        ("OPENAI_API_KEY", KEY, KEY),
        ("DATABASE_URL", f"postgresql://app:{PASSWORD}@db/books", PASSWORD),
        ("MAILBOX_URL", "imaps://in:p%40ss%3Aword@mail/", "p@ss:word"),
        ("GOOGLE_OAUTH2_SECRET", "goog-1234567", "goog-1234567"),
    ],
)
def test_secrets_of_the_environment_are_hidden_wherever_they_stand(name: str, value: str, secret: str) -> None:
    hide = SecretsHidden(structlog.processors.JSONRenderer(), secrets_of({name: value, "HOME": "/root"})).hide
    assert hide(f'{{"event": "tried {secret} twice"}}') == f'{{"event": "tried {HIDDEN} twice"}}'


def test_the_site_itself_logs_without_locals(tmp_path: Path) -> None:
    """In a process of its own, configured as in production."""
    program = (
        "import django, logging; django.setup()\n"
        f"def fails(password={PASSWORD!r}):\n    text = {DOCUMENT!r}; int(text)\n"
        "try:\n    fails()\nexcept ValueError:\n    logging.getLogger('anything').exception('job_defect')\n"
    )
    environment: dict[str, Any] = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "invoicesite.settings",
        "LOG_FORMAT": "json",
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, cwd=ROOT)
    line = json.loads(done.stderr.strip().splitlines()[-1])
    assert line["event"] == "job_defect"
    assert "builtins.ValueError" in line["exception"]
    assert_nothing_leaked(done.stderr)
