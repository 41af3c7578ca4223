from __future__ import annotations

import json
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from processing.llm.client import LLMClient, LLMConfig
from processing.llm.prices import load_price
from processing.models import LLMCall
from processing.pipeline.model import ask_model
from processing.readers.text import read_text
from processing.spending.ledger import CallEnd, reserve, settle
from processing.usage import Usage
from tests.model_server import ModelServer
from tests.processing.ledger_factories import make_job, make_terms

# The command reads in threads, which see only what was committed.
pytestmark = pytest.mark.django_db(transaction=True)

# Totals that do not add up: the rules alone are not enough.
DOUBTFUL = b"""\
Harbour Tools Ltd            INVOICE

Invoice No:                  HT-2024-118
Date:                        2024-05-03

Description          Qty     Price      Amount
Wrench 13 mm         4       12.50      50.00
Drill set            2       20.00      40.00

Subtotal                                120.00
VAT 20%                                 24.00
Total                                   199.00
"""


@pytest.fixture(autouse=True)
def model(settings: Settings) -> None:
    settings.LLM_MODEL = "gpt-4o-mini"
    settings.OPENAI_BASE_URL = None
    settings.AZURE_OPENAI_ENDPOINT = None
    settings.LLM_MAX_RETRIES = 2
    settings.INVOICE_BUDGET_USD = Decimal("0.02")
    settings.INVOICE_MAX_OUTPUT_TOKENS = 300


@pytest.fixture
def invoice(tmp_path: Path) -> Path:
    path = tmp_path / "harbour.txt"
    path.write_bytes(DOUBTFUL)
    return path


def projected(*arguments: object) -> dict[str, Any]:
    out = StringIO()
    call_command("project_costs", *map(str, arguments), "--json", stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def test_a_file_that_needs_the_model_is_priced_without_a_call(invoice: Path) -> None:
    [file] = projected(invoice, "--policy", "llm")["files"]
    price = load_price("gpt-4o-mini")
    assert file["how"] == "llm"
    assert Decimal(file["call_usd"]) >= price.worst_case_usd(file["input_tokens"], 300)
    assert Decimal(file["expected_usd"]) == price.cost_usd(Usage(file["input_tokens"], 150))
    assert Decimal(file["expected_usd"]) < Decimal(file["call_usd"]) < Decimal(file["worst_case_usd"])
    assert Decimal(file["worst_case_usd"]) <= Decimal("0.02")
    assert not LLMCall.objects.exists()


def test_the_projected_call_is_what_is_then_reserved(invoice: Path) -> None:
    [file] = projected(invoice, "--policy", "llm")["files"]
    with (
        ModelServer() as server,
        LLMClient(LLMConfig(model="gpt-4o-mini", base_url=server.url)) as client,
    ):
        ask_model(job=make_job(), content=read_text(DOUBTFUL), client=client)
    assert Decimal(file["call_usd"]) == LLMCall.objects.get().reserved_usd


def test_rules_alone_cost_nothing(invoice: Path) -> None:
    found = projected(invoice, "--policy", "rules")
    assert [f["how"] for f in found["files"]] == ["rules"]
    assert (found["worst_case_usd"], found["expected_usd"]) == ("0", "0")


def test_a_budget_that_allows_no_call_is_said_so(invoice: Path) -> None:
    [file] = projected(invoice, "--policy", "llm", "--budget", "0.0001")["files"]
    assert (file["how"], file["worst_case_usd"]) == ("over budget", "0")


def test_expectations_come_from_what_such_documents_took(invoice: Path) -> None:
    for _ in range(2):
        job = make_job()
        for _ in range(2):
            call = reserve(job=job, terms=make_terms("0.001"))
            settle(
                call_id=call.pk,
                end=CallEnd(outcome="success", cost_usd=Decimal("0.0005"), usage=Usage(2000, 80, 1000)),
            )
    LLMCall.objects.update(model="gpt-4o-mini")
    found = projected(invoice, "--policy", "llm")
    [file] = found["files"]
    once = load_price("gpt-4o-mini").cost_usd(Usage(file["input_tokens"], 80, round(file["input_tokens"] / 2)))
    assert found["history_documents"] == 2
    assert Decimal(file["expected_usd"]) == once * 2


def test_a_file_that_would_be_refused_is_named_with_its_reason(tmp_path: Path, invoice: Path) -> None:
    (tmp_path / "empty.pdf").write_bytes(b"")
    ways = {Path(f["path"]).name: (f["how"], f["error"]) for f in projected(tmp_path, "--policy", "llm")["files"]}
    assert ways == {"harbour.txt": ("llm", None), "empty.pdf": ("refused", "empty_file")}


def test_the_table_shows_where_money_would_be_spent(invoice: Path) -> None:
    out = StringIO()
    call_command("project_costs", str(invoice), "--policy", "llm", stdout=out)
    assert "asks the model" in out.getvalue()
    assert "harbour.txt" in out.getvalue()


def test_a_sample_tells_what_a_year_of_such_documents_costs(invoice: Path) -> None:
    found = projected(invoice, "--policy", "llm", "--documents", 10_000)
    [file] = found["files"]
    assert found["documents"] == {
        "count": 10_000,
        "expected_usd": f"{Decimal(file['expected_usd']) * 10_000:.4f}",
        "worst_case_usd": f"{Decimal(file['worst_case_usd']) * 10_000:.4f}",
    }
    out = StringIO()
    call_command("project_costs", str(invoice), "--policy", "llm", "--documents", "10000", stdout=out)
    assert "10,000 documents like these 1:" in out.getvalue()


@pytest.mark.parametrize("arguments", [["/no/such/file"], [".", "--budget", "cheap"], [__file__, "--documents", "0"]])
def test_wrong_usage_is_told_apart(arguments: list[str]) -> None:
    with pytest.raises(CommandError) as wrong:
        call_command("project_costs", *arguments)
    assert wrong.value.returncode == 2


def test_a_model_without_a_price_is_refused_at_the_start(invoice: Path, settings: Settings) -> None:
    settings.LLM_MODEL = "in-house-model"
    with pytest.raises(CommandError, match="LLM_PRICE_INPUT_PER_MILLION"):
        call_command("project_costs", str(invoice))
