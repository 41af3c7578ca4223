"""The model points at pages on which invoices begin where the rules doubt; the program looks whether it is so."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

import pytest
from pytest_django import Settings
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from invoices.models import Invoice
from processing.errors import BudgetExceeded, InvalidOutput
from processing.extractors.model.page_starts import build_starts_prompt, read_starts
from processing.models import LLMCall, ProcessingJob
from processing.pipeline.run import run_job
from processing.services.documents import JobOptions, submit_document
from tests.model_answers import answer_plainly
from tests.model_server import ModelServer
from tests.processing.documents import make_content
from tests.processing.rate_card_models import model_of


def pages_of(*numbers: str) -> list[list[str]]:
    return [
        ["Acorn Tools Ltd | INVOICE", f"Invoice No: | {number}", "Description | Qty | Unit price | Amount",
         "Widget | 1 | 10.00 | 10.00", "Subtotal | 10.00", "VAT 20% | 2.00", "Total: | £12.00",
         f"Page {n} of {len(numbers)}"]
        for n, number in enumerate(numbers, start=1)
    ]  # fmt: skip


CONTENT = make_content(*pages_of("INV-1", "INV-2", "INV-2"))


@pytest.mark.parametrize(
    ("reply", "found"),
    [
        ('{"starts": [{"page": 2, "number": "INV-2"}]}', [2]),
        ('{"starts": [{"page": 2, "number": "INV - 2"}]}', [2]),
        ('{"starts": []}', []),
        ('{"starts": [{"page": 2, "number": "INV-9"}]}', []),  # stands nowhere
        ('{"starts": [{"page": 2, "number": "INV"}]}', []),  # no number
        ('{"starts": [{"page": 3, "number": "INV-2"}]}', []),  # that of the page before
        ('{"starts": [{"page": 1, "number": "INV-1"}]}', []),  # not asked about
        ('{"starts": [{"page": 77, "number": "INV-1"}, {"page": "2"}, 4]}', []),
        ('{"starts": "all"}', []),
    ],
)
def test_only_a_number_that_begins_on_the_page_makes_a_start(reply: str, found: list[int]) -> None:
    assert read_starts(reply, CONTENT, [2, 3]) == found


def test_a_reply_that_is_none_is_refused() -> None:
    with pytest.raises(InvalidOutput):
        read_starts("page two", CONTENT, [2])


def test_only_the_pages_in_doubt_and_those_before_them_are_shown_within_the_budget() -> None:
    prompt = build_starts_prompt(CONTENT, [3], model="gpt-4o-mini", max_input_tokens=4000)
    assert "== page 2 ==" in prompt.user
    assert "== page 1 ==" not in prompt.user
    assert prompt.input_tokens < 800
    with pytest.raises(BudgetExceeded):
        build_starts_prompt(CONTENT, [3], model="gpt-4o-mini", max_input_tokens=300)


def drawn(pages: list[list[str]]) -> bytes:
    """Two invoices whose page count goes on: a program that prints a batch counts the pages of all."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    for page in pages:
        for line, text in enumerate(page):
            for x, cell in zip((60, 330, 400, 500), text.split(" | "), strict=False):
                canvas.drawString(x, 780 - 20 * line, cell)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.fixture
def server(settings: Settings) -> Iterator[ModelServer]:
    with model_of(settings) as running:
        yield running


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("own_storage")
class TestThroughThePipeline:
    def run(self, policy: str) -> ProcessingJob:
        data = drawn(pages_of("INV-1", "INV-2"))
        job = submit_document(data=data, filename="a.pdf", options=JobOptions(policy=policy)).job
        while (waiting := ProcessingJob.objects.filter(status="pending").order_by("created_at").first()) is not None:
            assert run_job(waiting.id)
        job.refresh_from_db()
        return job

    def test_a_start_that_the_model_points_at_parts_the_file(self, server: ModelServer) -> None:
        server.answer = lambda body: (
            json.dumps({"starts": [{"page": 2, "number": "INV-2"}]}) if "page_starts" in json.dumps(body)
            else answer_plainly(body)
        )  # fmt: skip
        job = self.run("cheapest")
        assert job.status == "completed"
        assert sorted(Invoice.objects.values_list("invoice_number", flat=True)) == ["INV-1", "INV-2"]
        call = LLMCall.objects.filter(job=job).get()
        assert job.spent_usd == call.cost_usd > 0

    def test_what_it_does_not_point_at_stays_in_doubt(self, server: ModelServer) -> None:
        server.answer = lambda body: (
            json.dumps({"starts": []}) if "page_starts" in json.dumps(body) else answer_plainly(body)
        )
        self.run("cheapest")
        invoice = Invoice.objects.get()
        assert invoice.invoice_number == "INV-1"
        assert invoice.reasons.filter(code="several_invoices", blocking=True).exists()

    def test_rules_alone_ask_nobody(self, server: ModelServer) -> None:
        self.run("rules")
        assert not server.records
        assert Invoice.objects.get().reasons.filter(code="several_invoices").exists()
