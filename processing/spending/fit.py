"""A prompt and an output cap whose worst case fits what is left of a ceiling. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from processing.errors import BudgetExceeded
from processing.extractors.model.prompt import Prompt
from processing.llm.client import output_limit
from processing.llm.prices import Price

# A usual invoice's header takes about 100 tokens: below this a reply would be cut before its items.
OUTPUT_FLOOR_TOKENS = 120


@dataclass(frozen=True, slots=True)
class FittedPrompt:
    """``worst_case_usd``: all input at its full price, and all output that can arrive before the connection is cut."""

    prompt: Prompt
    max_output_tokens: int
    worst_case_usd: Decimal


def fit_prompt(
    *,
    build: Callable[[str, int], Prompt],
    model: str,
    price: Price,
    max_output_tokens: int,
    max_input_tokens: int,
    left_usd: Decimal | None,
) -> FittedPrompt:
    """First fewer rows, then a smaller output cap down to OUTPUT_FLOOR_TOKENS, else BudgetExceeded.

    ``left_usd`` None is no ceiling: then only ``max_input_tokens`` bounds the prompt.
    """
    for cap in dict.fromkeys((max_output_tokens, min(max_output_tokens, OUTPUT_FLOOR_TOKENS))):
        room = max_input_tokens
        if left_usd is not None:
            room = min(room, price.affordable_input_tokens(output_limit(cap), left_usd))
        try:
            prompt = build(model, room)
        except BudgetExceeded:
            continue
        if left_usd is not None and cap < max_output_tokens:
            cap = _largest_cap(price, prompt.input_tokens, left_usd, cap, max_output_tokens)
        return FittedPrompt(prompt, cap, price.worst_case_usd(prompt.input_tokens, output_limit(cap)))
    if left_usd is None:
        raise BudgetExceeded("The document exceeds the model's input limit.")
    raise BudgetExceeded(f"The remaining budget (${left_usd:f}) is too small for a useful call to {model}.")


def _largest_cap(price: Price, input_tokens: int, left_usd: Decimal, fits: int, wanted: int) -> int:
    affordable = price.affordable_output_tokens(input_tokens, left_usd)
    while fits < wanted:
        middle = (fits + wanted + 1) // 2
        if output_limit(middle) <= affordable:
            fits = middle
        else:
            wanted = middle - 1
    return fits
