"""What a call to a model costs in US dollars: Decimal, rounded up, from genai-prices' offline list or from settings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import ROUND_CEILING, Decimal

from genai_prices import Usage as PriceUsage
from genai_prices import calc_price
from genai_prices.types import ModelInfo, TieredPrices

from common.errors import InvoicesiteError
from processing.usage import Usage

COST_QUANTUM_USD = Decimal("1e-10")  # one token at $0.0001 a million; the ledger's columns hold as many places
_MILLION = Decimal(1_000_000)
_HOURS = range(24)

# (above how many input tokens, US dollars a million), ascending, the first from 0
Tiers = tuple[tuple[int, Decimal], ...]


class PriceUnknown(InvoicesiteError):
    """A setting is missing: without a price no ceiling can be kept, so the model is not called at all."""

    code = "price_unknown"
    default_message = "The model's price is unknown."


@dataclass(frozen=True, slots=True)
class Price:
    """The price of a model in US dollars a million tokens, by tiers of the call's input tokens."""

    model: str
    input: Tiers
    cached_input: Tiers
    output: Tiers
    provider: str = ""

    def worst_case_usd(self, input_tokens: int, max_output_tokens: int) -> Decimal:
        """The most that a call can cost: nothing cached, and the whole cap written. Rounded up."""
        return self.cost_usd(Usage(input_tokens=input_tokens, output_tokens=max_output_tokens))

    def cost_usd(self, usage: Usage) -> Decimal:
        """What a call with this usage costs. Cached input is a part of the input and is never taken as more than it."""
        cached = max(0, min(usage.cached_input_tokens, usage.input_tokens))
        cost = (
            _rate(self.input, usage.input_tokens) * (usage.input_tokens - cached)
            + _rate(self.cached_input, usage.input_tokens) * cached
            + _rate(self.output, usage.input_tokens) * usage.output_tokens
        )
        return (cost / _MILLION).quantize(COST_QUANTUM_USD, rounding=ROUND_CEILING)

    def affordable_output_tokens(self, input_tokens: int, budget_usd: Decimal) -> int:
        """The largest output cap whose worst case fits ``budget_usd``; 0 or less when the input alone does not fit."""
        rate = _rate(self.output, input_tokens)
        left = budget_usd - self.worst_case_usd(input_tokens, 0)
        if left < 0 or rate == 0:
            return -1 if left < 0 else 1_000_000_000
        return int(left * _MILLION / rate)

    def affordable_input_tokens(self, max_output_tokens: int, budget_usd: Decimal) -> int:
        """The largest number of input tokens whose worst case fits ``budget_usd`` beside the output cap; 0 if none."""
        low, high = 0, 10_000_000
        if self.worst_case_usd(0, max_output_tokens) > budget_usd:
            return 0
        while low < high:
            middle = (low + high + 1) // 2
            fits = self.worst_case_usd(middle, max_output_tokens) <= budget_usd
            low, high = (middle, high) if fits else (low, middle - 1)
        return low


def price_from_settings(
    model: str,
    *,
    input_per_million: Decimal,
    output_per_million: Decimal,
    cached_input_per_million: Decimal | None = None,
) -> Price:
    """A price given by ``LLM_PRICE_*``. Cached input without a price of its own costs the full one."""
    cached = input_per_million if cached_input_per_million is None else cached_input_per_million
    if min(input_per_million, output_per_million, cached) < 0:
        raise PriceUnknown("LLM_PRICE_* must not be negative.")
    return Price(
        model=model,
        input=((0, input_per_million),),
        cached_input=((0, cached),),
        output=((0, output_per_million),),
        provider="settings",
    )


def load_price(
    model: str,
    *,
    input_per_million: Decimal | None = None,
    output_per_million: Decimal | None = None,
    cached_input_per_million: Decimal | None = None,
    provider_id: str | None = None,
    at: datetime | None = None,
) -> Price:
    """The price of ``model``: ``LLM_PRICE_*`` where given (input and output together), else the offline price list.

    Where a provider asks more at some hours, the dearest hour of the day counts. Raises PriceUnknown.
    """
    if input_per_million is not None and output_per_million is not None:
        return price_from_settings(
            model,
            input_per_million=input_per_million,
            output_per_million=output_per_million,
            cached_input_per_million=cached_input_per_million,
        )
    if any(value is not None for value in (input_per_million, output_per_million, cached_input_per_million)):
        raise PriceUnknown("Set LLM_PRICE_INPUT_PER_MILLION and LLM_PRICE_OUTPUT_PER_MILLION together.")
    try:
        found = calc_price(PriceUsage(input_tokens=1, output_tokens=1), model, provider_id=provider_id)
    except LookupError:
        raise PriceUnknown(
            f"The price of the model {model!r} is unknown. "
            "Set LLM_PRICE_INPUT_PER_MILLION and LLM_PRICE_OUTPUT_PER_MILLION."
        ) from None
    now = at or datetime.now(UTC)
    inputs = _dearest(found.model, "input_mtok", now)
    outputs = _dearest(found.model, "output_mtok", now)
    if inputs is None or outputs is None:
        raise PriceUnknown(
            f"The price list holds no price for each token of {model!r}. "
            "Set LLM_PRICE_INPUT_PER_MILLION and LLM_PRICE_OUTPUT_PER_MILLION."
        )
    cached = _dearest(found.model, "cache_read_mtok", now) or inputs
    return Price(model=model, input=inputs, cached_input=cached, output=outputs, provider=found.provider.id)


def _rate(tiers: Tiers, input_tokens: int) -> Decimal:
    return next(rate for start, rate in reversed(tiers) if input_tokens > start or start == 0)


def _dearest(model: ModelInfo, key: str, now: datetime) -> Tiers | None:
    variants = []
    for hour in _HOURS:
        price = getattr(model.get_prices(now.replace(hour=hour)), key)
        if isinstance(price, TieredPrices):
            variants.append(((0, price.base), *((tier.start, tier.price) for tier in price.tiers)))
        elif price is not None:
            variants.append(((0, price),))
    return max(variants, key=lambda tiers: max(rate for _, rate in tiers), default=None)
