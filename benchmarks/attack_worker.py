"""One worker process of the attack on the ceiling: asks once, and kills itself (SIGKILL) at a given step."""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "invoicesite.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402

from common.errors import InvoicesiteError  # noqa: E402
from processing.extractors.model.prompt import Prompt  # noqa: E402
from processing.llm.client import LLMClient, LLMConfig  # noqa: E402
from processing.llm.prices import load_price  # noqa: E402
from processing.llm.tokens import count_messages  # noqa: E402
from processing.models import ProcessingJob  # noqa: E402
from processing.spending.ask import Question, ask  # noqa: E402

MODEL = "gpt-4o-mini"
SYSTEM = "Answer with the number of the invoice as JSON."

# Loaded once, in the process that the workers are forked from.
load_price(MODEL)
count_messages([SYSTEM], {}, MODEL)


@dataclass(frozen=True, slots=True)
class Order:
    """What one worker process is to do. ``kill_at_step`` counts database statements, before and after each; ``in_call``
    kills while the model answers instead."""

    database: str
    base_url: str
    job_id: str
    question: str
    kill_at_step: int | None = None
    in_call: bool = False


def simple_question(text: str) -> Question[str]:
    """A question whose answer is the reply itself."""

    def build(model: str, max_input_tokens: int) -> Prompt:
        tokens = count_messages([SYSTEM, text], {}, model)
        return Prompt(SYSTEM, text, {"type": "object"}, "answer", "attack-1", tokens)

    return Question(build=build, read=lambda reply, cut: reply, finish=lambda answer, prompt, cached: answer)


def work(order: Order) -> None:
    """Carry out the order. What goes wrong is in the ledger."""
    logging.disable(logging.CRITICAL)
    connection.close()
    connection.settings_dict["NAME"] = order.database
    settings.LLM_RETRY_BACKOFF_SECONDS = 0
    config = LLMConfig(model=MODEL, base_url=order.base_url, total_timeout_seconds=3.0)
    job = ProcessingJob.objects.select_related("document").get(pk=order.job_id)
    with LLMClient(config) as client, connection.execute_wrapper(_Killer(order.kill_at_step)):
        try:
            ask(
                job=job,
                question=simple_question(order.question),
                client=client,
                cancelled=_die if order.in_call else None,
            )
        except InvoicesiteError:
            return


class _Killer:
    def __init__(self, at_step: int | None) -> None:
        self.left = at_step

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        self._step()
        result = execute(sql, params, many, context)
        self._step()
        return result

    def _step(self) -> None:
        if self.left is not None:
            self.left -= 1
            if self.left < 0:
                _die()


def _die() -> bool:
    os.kill(os.getpid(), signal.SIGKILL)
    return True
