"""What a call costs, against the arithmetic that the providers publish."""

from __future__ import annotations

from decimal import Decimal

import pytest

from processing.llm.prices import COST_QUANTUM_USD, PriceUnknown, load_price
from processing.usage import Usage

# US dollars a million tokens: input, cached input, output (openai.com/api/pricing, ai.google.dev/pricing)
PUBLISHED = [
    ("gpt-4o-mini", "0.15", "0.075", "0.60"),
    ("gpt-4o", "2.50", "1.25", "10.00"),
    ("gpt-4.1", "2.00", "0.50", "8.00"),
    ("gpt-4.1-mini", "0.40", "0.10", "1.60"),
    ("gpt-4.1-nano", "0.10", "0.025", "0.40"),
    ("gpt-5", "1.25", "0.125", "10.00"),
    ("gpt-5-mini", "0.25", "0.025", "2.00"),
    ("gpt-5-nano", "0.05", "0.005", "0.40"),
    ("o3-mini", "1.10", "0.55", "4.40"),
]


@pytest.mark.parametrize(("model", "full", "cached", "output"), PUBLISHED)
def test_cost_equals_the_published_arithmetic(model: str, full: str, cached: str, output: str) -> None:
    price = load_price(model)
    usage = Usage(input_tokens=3000, output_tokens=180, cached_input_tokens=1024)
    expected = (Decimal(full) * (3000 - 1024) + Decimal(cached) * 1024 + Decimal(output) * 180) / 1_000_000
    assert price.cost_usd(usage) == expected
    assert price.cost_usd(Usage(3000, 180)) == (Decimal(full) * 3000 + Decimal(output) * 180) / 1_000_000
    assert price.worst_case_usd(3000, 180) == price.cost_usd(Usage(3000, 180)) > price.cost_usd(usage)


def test_a_known_call_in_dollars() -> None:
    # 1,000 tokens read, 500 of them cached, 100 written by gpt-4o-mini: 0.000075 + 0.0000375 + 0.00006
    assert load_price("gpt-4o-mini").cost_usd(Usage(1000, 100, 500)) == Decimal("0.0001725")


def test_a_long_prompt_pays_the_dearer_tier() -> None:
    price = load_price("gemini-2.5-pro")
    assert price.cost_usd(Usage(200_000, 0)) == Decimal("0.25")  # $1.25 up to 200,000 tokens
    assert price.cost_usd(Usage(200_001, 0)) == Decimal("0.5000025")  # $2.50 above


def test_cost_is_rounded_up_and_never_to_nothing() -> None:
    price = load_price("x", input_per_million=Decimal("0.00001"), output_per_million=Decimal("0.00003"))
    assert price.cost_usd(Usage(1, 0)) == COST_QUANTUM_USD
    assert price.worst_case_usd(0, 7) == Decimal("3e-10")  # 2.1e-10


def test_more_cached_than_sent_costs_no_less_than_nothing_cached_beyond_the_input() -> None:
    price = load_price("gpt-4o-mini")
    assert price.cost_usd(Usage(100, 0, 5000)) == price.cost_usd(Usage(100, 0, 100)) > 0


def test_settings_decide_for_an_unknown_model_and_cached_input_then_costs_the_full_price() -> None:
    price = load_price("local", input_per_million=Decimal("0.15"), output_per_million=Decimal("0.60"))
    assert price.cost_usd(Usage(1_000_000, 1_000_000, 400_000)) == Decimal("0.75")
    cheaper = load_price(
        "local",
        input_per_million=Decimal(1),
        output_per_million=Decimal(2),
        cached_input_per_million=Decimal("0.5"),
    )
    assert cheaper.cost_usd(Usage(1_000_000, 0, 500_000)) == Decimal("0.75")


def test_an_unknown_model_is_refused_and_the_settings_are_named() -> None:
    with pytest.raises(PriceUnknown, match="LLM_PRICE_INPUT_PER_MILLION and LLM_PRICE_OUTPUT_PER_MILLION"):
        load_price("some-model-of-my-own")


def test_half_a_price_is_refused() -> None:
    with pytest.raises(PriceUnknown, match="together"):
        load_price("gpt-4o-mini", input_per_million=Decimal(1))


def test_a_negative_price_is_refused() -> None:
    with pytest.raises(PriceUnknown):
        load_price("x", input_per_million=Decimal(-1), output_per_million=Decimal(1))


@pytest.mark.parametrize("budget", ["0.0002", "0.0006", "0.02"])
def test_what_is_affordable_fits_and_one_token_more_does_not(budget: str) -> None:
    price, limit = load_price("gpt-4o-mini"), Decimal(budget)
    tokens = price.affordable_input_tokens(300, limit)
    assert price.worst_case_usd(tokens, 300) <= limit < price.worst_case_usd(tokens + 1, 300)
    written = price.affordable_output_tokens(1000, limit)
    assert price.worst_case_usd(1000, written) <= limit < price.worst_case_usd(1000, written + 1)


def test_nothing_is_affordable_where_the_output_alone_is_too_dear() -> None:
    price = load_price("gpt-4o-mini")
    assert price.affordable_input_tokens(300, Decimal("0.0001")) == 0
    assert price.affordable_output_tokens(1_000_000, Decimal("0.0001")) < 0
