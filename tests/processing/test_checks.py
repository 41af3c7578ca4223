from __future__ import annotations

import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.checks.registry import registry
from pytest_django import Settings

from processing.checks import check_prices


@pytest.fixture(autouse=True)
def a_model_is_configured(settings: Settings) -> None:
    settings.OPENAI_API_KEY = "sk-test"
    settings.LLM_MODEL = "gpt-4o-mini"
    settings.LLM_FALLBACK_MODEL = ""


def found() -> list[str]:
    return [f"{message.msg} {message.hint}" for message in check_prices(None)]


def test_a_model_of_the_price_list_may_start() -> None:
    assert found() == []
    assert check_prices in registry.get_checks()


def test_a_model_without_a_price_is_refused_at_start(settings: Settings) -> None:
    settings.LLM_MODEL = "in-house-model"
    [message] = found()
    assert "LLM_PRICE_INPUT_PER_MILLION" in message
    settings.LLM_PRICE_INPUT_PER_MILLION = settings.LLM_PRICE_OUTPUT_PER_MILLION = Decimal("1")
    assert found() == []


def test_half_a_price_is_refused(settings: Settings) -> None:
    settings.LLM_PRICE_INPUT_PER_MILLION = Decimal("1")
    assert "together" in found()[0]


def test_the_fallback_needs_a_price_too(settings: Settings) -> None:
    settings.LLM_FALLBACK_MODEL = "in-house-model"
    [message] = found()
    assert "LLM_FALLBACK_MODEL" in message


def test_without_a_model_no_price_is_needed(settings: Settings) -> None:
    settings.LLM_MODEL = "in-house-model"
    settings.OPENAI_API_KEY = settings.OPENAI_BASE_URL = settings.AZURE_OPENAI_ENDPOINT = ""
    assert found() == []


def test_a_command_does_not_start_with_a_model_whose_price_nobody_knows() -> None:
    root = Path(__file__).resolve().parents[2]
    environment = {"PATH": os.environ["PATH"], "OPENAI_API_KEY": "sk-test", "LLM_MODEL": "in-house-model"}
    done = subprocess.run(
        [sys.executable, "manage.py", "check"], cwd=root, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "processing.E001" in done.stderr
