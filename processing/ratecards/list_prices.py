"""Which column of a list is its price, and what other amounts beside it are. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from processing.content.records import Row
from processing.ratecards.axes import column_label, holds_values
from processing.ratecards.plan import ColumnPlan

_BASE = re.compile(r"\b(?:row|order|base|fixed?|start\w*|grund\w*|sockel\w*|fijo|fixe|fisso|vast|fast)\b", re.I)
_BUYING = re.compile(r"\b(?:buy\w*|purchase|internal|einkauf\w*|ek|achat|compra|acquisto|inkoop)\b", re.I)
_AMOUNT = re.compile(r"^(?:[A-Z]{3}\s?|US\$|R\$|[€$£])?\s*\d")


def settle_prices(plans: dict[int, ColumnPlan], sample: Sequence[Row]) -> None:
    """One price a row where the table is a list: the first column that says so and holds numbers."""
    if any(plan.axis for plan in plans.values()):
        for column, plan in plans.items():
            if plan.meaning == "price" and not plan.axis:
                plans[column] = replace(plan, meaning="price", axis="service", label=column_label(plan.header))
            elif plan.meaning == "cost":
                plans[column] = replace(plan, meaning="ignore")
        return
    # "£12.00 per shipment" in a list of fees, "$4.05 per mile" in one of distances.
    worded = any(plan.meaning in ("surcharge", "code", "distance") for plan in plans.values())
    prices = [
        c for c, plan in plans.items()
        if plan.meaning == "price" and (holds_values(c, sample) or (worded and _holds_amounts(c, sample)))
    ]  # fmt: skip
    costs = [c for c, plan in plans.items() if plan.meaning == "cost"]
    if len(prices) == 1 and plans[prices[0]].unit not in ("", "flat") and len(costs) == 1:
        # "Row cost" beside "cost per kg": one is charged on top of the other, nobody's buying price.
        plans[costs[0]] = replace(plans[costs[0]], meaning="base_charge")
        costs = []
    if not prices and costs:
        plans[costs[0]] = replace(plans[costs[0]], meaning="price")
        prices = [costs[0]]
    for column in costs:
        if column not in prices:
            bought = _BUYING.search(plans[column].header)
            plans[column] = replace(plans[column], meaning="ignore" if bought else "unknown")
    for base, by_unit in ((0, 1), (1, 0)):
        # "Per shipment" beside "per kg": one is charged on top of the other.
        if len(prices) < 2 or plans[prices[by_unit]].unit in ("", "flat"):
            continue
        if len(prices) == 2 and (plans[prices[base]].unit == "flat" or _BASE.search(plans[prices[base]].header)):
            plans[prices[base]] = replace(plans[prices[base]], meaning="base_charge")
            prices = [prices[by_unit]]
            break
    for column, plan in list(plans.items()):
        if plan.meaning == "price" and column not in prices[:1]:
            # Another price than the one that is read is told, never dropped in silence.
            plans[column] = replace(plan, meaning="unknown" if column in prices else "ignore")


def _holds_amounts(column: int, sample: Sequence[Row]) -> bool:
    """Whether most cells begin with a number or an amount of money, whatever follows."""
    texts = [cell.text for row in sample for cell in row.cells if cell.column == column]
    return bool(texts) and sum(bool(_AMOUNT.match(text)) for text in texts) * 2 >= len(texts)
