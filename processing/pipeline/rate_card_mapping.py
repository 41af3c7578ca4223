"""How a card's tables are found out, cheapest first: rules, then a plan that was remembered, then the model, then a
person. A plan is checked against the cells whoever made it; a model's is repaired once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Protocol

import structlog

from invoices.records import Method, ReviewReason
from invoices.rules.catalogue import reason
from processing.errors import BudgetExceeded, CeilingReached, ExtractionFailed, InvalidOutput
from processing.extractors.model.prompt import Prompt
from processing.llm.client import LLMClient
from processing.models import LayoutPlan, ProcessingJob
from processing.ratecards.check import faults_of
from processing.ratecards.plan_reply import PlanReply, read_plan_reply
from processing.ratecards.prompt import Earlier, build_plan_prompt
from processing.ratecards.read import CardReading
from processing.ratecards.shape import Shape
from processing.services.layout_plans import drop_plan, has_plans_by_hand, recall_plan
from processing.spending.ask import Cancelled, Question, ask
from processing.spending.configured import model_is_configured

log = structlog.get_logger(__name__)

Policy = ProcessingJob.Policy
_TOLD = 3


class ReadCard(Protocol):
    """Reads the card anew by what is given: ``sandbox.read_rate_card`` of one file."""

    def __call__(self, **mapping: Any) -> CardReading: ...


@dataclass(slots=True)
class MappedCard:
    """``plan_id``: the remembered plan that was used. ``reasons``: why a person must look at the mapping."""

    reading: CardReading
    method: Method
    reasons: list[ReviewReason] = field(default_factory=list)
    raw_response: str = ""
    plan_id: int | None = None

    @property
    def settled(self) -> bool:
        return not self.reading.problems and not self.reasons


def map_rate_card(
    *,
    job: ProcessingJob,
    read: ReadCard,
    client: LLMClient | None = None,
    cancelled: Cancelled | None = None,
) -> MappedCard:
    """The best reading of a card that the policy and the budget allow. Raises the error family: CeilingReached and
    Deferred where the job has to wait, and the LLM errors once their retries are used up."""
    may_ask = job.policy != Policy.RULES and (client is not None or model_is_configured())
    # What a person said of a layout counts more than rules without a doubt.
    by_hand = has_plans_by_hand(owner_id=job.document.owner_id)
    always = by_hand or (job.policy == Policy.LLM and may_ask)
    by_rules = read(ask="always" if always else "if_open", keep_rows=by_hand or not may_ask)
    shape = by_rules.shape
    if shape is None:
        return _told(MappedCard(by_rules, "rules"))
    _know(by_rules, shape)
    remembered = _by_memory(job, read, shape, by_rules)
    if remembered is not None:
        return remembered
    is_open = by_rules.problems or by_rules.questions or by_rules.open_figures or job.policy == Policy.LLM
    if not may_ask or not is_open:
        return _told(MappedCard(by_rules, "rules"))
    try:
        return _told(_ByModel(job, read, shape, by_rules, client, cancelled).map())
    except CeilingReached:
        raise  # not this document's ceiling: it waits until there is room
    except BudgetExceeded as error:
        note = reason("budget_exceeded", "", f"The model was not asked to map the tables: {error.message}")
    except InvalidOutput as error:
        if not by_rules.coverage.used_cells:
            raise
        note = reason("mapping_doubtful", "", f"The model's mapping could not be used: {error.message}")
    return _told(MappedCard(_with_rows(by_rules, read), "rules", [note]))


def _with_rows(by_rules: CardReading, read: ReadCard) -> CardReading:
    """The reading by rules was made without its rows, since another plan was to be tried: now they are wanted."""
    whole = read(keep_rows=True)
    whole.problems, whole.memory, whole.shape = by_rules.problems, by_rules.memory, by_rules.shape
    whole.plan = by_rules.plan
    return whole


def _by_memory(job: ProcessingJob, read: ReadCard, shape: Shape, by_rules: CardReading) -> MappedCard | None:
    kept = recall_plan(owner_id=job.document.owner_id, fingerprint=shape.fingerprint)
    if kept is None:
        return None
    reading: CardReading | None = None
    try:
        reading = read(kept=kept.plan)
        problems = reading.problems
    except ExtractionFailed as error:
        problems = [error.message]
    # What a person took in spite of a doubt serves again, and somebody looks again; a new doubt ends it. What a person
    # made is not given up for a doubt.
    doubtful = not kept.approved or len(problems) > len(by_rules.problems)
    if problems and doubtful and (kept.made_by != LayoutPlan.MadeBy.PERSON or reading is None):
        drop_plan(plan_id=kept.pk, why=problems[0][:200])
        return None
    if reading is None:
        return None
    _know(reading, shape)
    return _told(MappedCard(reading, "cache", plan_id=kept.pk))


def _know(reading: CardReading, shape: Shape) -> None:
    reading.plan = replace(reading.plan, fingerprint=shape.fingerprint)


class _ByModel:
    """One card, one model: a plan, and one repair where the checks refuse it."""

    def __init__(
        self, job: ProcessingJob, read: ReadCard, shape: Shape, by_rules: CardReading,
        client: LLMClient | None, cancelled: Cancelled | None,
    ) -> None:  # fmt: skip
        self.job, self.read, self.shape, self.by_rules = job, read, shape, by_rules
        self.client, self.cancelled = client, cancelled
        # Tables that the rules read without a doubt stay theirs; only header and sentences are asked for.
        left_over = by_rules.coverage.left_over
        self.values_only = not by_rules.problems and not left_over and job.policy != Policy.LLM

    def map(self) -> MappedCard:
        reply = self._ask(None)
        if reply.show and not reply.tables:
            # Once only: what a second reply asks to see is not shown.
            asked = self.read(reply=reply.text).shape
            self.shape = replace(self.shape, asked=asked.asked if asked is not None else [])
            reply = self._ask(None)
        first = self._read(reply)
        if first.reading.usable:
            return first
        try:
            repaired = self._read(self._ask(Earlier(reply.text, faults_of(first.reading))))
        except CeilingReached:
            raise
        except (BudgetExceeded, InvalidOutput) as error:
            log.info("plan_not_repaired", code=error.code)
            repaired = first
        best = min((repaired, first), key=_weight)
        rules = MappedCard(self.by_rules, "rules", raw_response=best.raw_response)
        if _weight(best)[:2] <= _weight(rules)[:2] and best.reading.coverage.used_cells:
            return best
        rules.reading = _with_rows(self.by_rules, self.read)
        return rules

    def _ask(self, earlier: Earlier | None) -> PlanReply:
        question: Question[PlanReply] = Question(
            build=lambda model, tokens: build_plan_prompt(
                self.shape, model=model, max_input_tokens=tokens, earlier=earlier
            ),
            read=read_plan_reply,
            finish=_finished,
        )
        return ask(job=self.job, question=question, client=self.client, cancelled=self.cancelled)

    def _read(self, reply: PlanReply) -> MappedCard:
        reading = self.read(reply=reply.text, values_only=self.values_only)
        _know(reading, self.shape)
        return MappedCard(reading, "cache" if reply.method == "cache" else "llm", raw_response=reply.text)


def _finished(reply: PlanReply, prompt: Prompt, cached: bool) -> PlanReply:
    if cached:
        reply.method = "cache"
    return reply


def _weight(mapped: MappedCard) -> tuple[int, int, int]:
    """How much is wrong with a reading, then how many figures it leaves open, then how few it uses."""
    reading = mapped.reading
    return len(reading.problems), reading.open_figures, -reading.coverage.used_cells


def _told(mapped: MappedCard) -> MappedCard:
    """What the checks found wrong with the plan that is used, for a person."""
    problems = mapped.reading.problems
    mapped.reasons.extend(
        reason("mapping_doubtful", f"rates[{i}]" if i else "rates", problem)
        for i, problem in enumerate(problems[:_TOLD])
    )
    return mapped
