"""Written replies of a model to the documents of cases, served over HTTP as a model's server would."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from benchmarks.machine import ROOT  # first: it sets Django up

from django.conf import settings  # isort: skip

from processing.spending import breaker  # isort: skip
from tests.model_server import ModelServer  # isort: skip

_MODEL = "gpt-4o-mini"  # one with a known price


@dataclass(slots=True)
class Replies:
    """``folder`` holds ``CASE/NAME.json`` for the file NAME of a case. Files without a reply are read by rules."""

    folder: Path
    server: ModelServer
    output_tokens: list[int] = field(default_factory=list)

    def policy_for(self, path: Path) -> str:
        """``llm`` where there is a reply to the file, which the server gives from now on."""
        reply = self.folder / path.parent.name / f"{path.name}.json"
        if not reply.is_file():
            return "rules"
        text = reply.read_text("utf-8").strip()
        self.server.answer = lambda body: text
        return "llm"

    def count(self) -> None:
        """Note what the replies since the last time took."""
        self.output_tokens += [record.output_tokens for record in self.server.records]
        self.server.records.clear()


@contextmanager
def replies_of(folder: Path | None) -> Iterator[Replies | None]:
    """The server of written replies, asked by this process; None without a folder."""
    if folder is None:
        yield None
        return
    before = (settings.OPENAI_BASE_URL, settings.OPENAI_API_KEY, settings.LLM_MODEL, settings.LLM_RETRY_BACKOFF_SECONDS)
    breaker.forget_snapshots()
    with ModelServer() as server:
        settings.OPENAI_BASE_URL, settings.OPENAI_API_KEY = server.url, "sk-written"
        settings.LLM_MODEL, settings.LLM_RETRY_BACKOFF_SECONDS = _MODEL, Decimal("0.01")
        try:
            yield Replies(folder if folder.is_absolute() else ROOT / folder, server)
        finally:
            breaker.forget_snapshots()
            settings.OPENAI_BASE_URL, settings.OPENAI_API_KEY, settings.LLM_MODEL = before[:3]
            settings.LLM_RETRY_BACKOFF_SECONDS = before[3]
