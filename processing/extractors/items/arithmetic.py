"""Which column is the quantity, the price and the amount: by its name, and by quantity × price = amount. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from processing.content.records import Row
from processing.extractors.items.cells import read_number
from processing.extractors.items.columns import ColumnMap, Header, is_numeric

Group = dict[int, float]

SAMPLE_ROWS = 60
# A name that fits counts double its certainty, arithmetic that holds on all lines as much as two and a half names.
_NAME_WEIGHT, _ARITHMETIC_WEIGHT, _OTHER_NAME_PENALTY = 2.0, 5.0, -2.5
_ROLES = {
    "quantity": {"quantity": 1.0},
    "unit_price": {"unit_price": 1.0, "unit_price_gross": 0.55},
    "amount": {"amount": 1.0, "amount_gross": 0.55},
}
# Words like "Amount", "Total", "Value", "Price" change their role from one invoice to the next.
_VAGUE = frozenset({"amount", "amount_gross", "unit_price", "unit_price_gross", "quantity", "unit"})


def grouped_numbers(rows: Sequence[Row], columns: ColumnMap, separator: str | None) -> list[Group]:
    """The numbers of each item by column: rows are put together until a column would be filled twice."""
    groups: list[Group] = []
    for row in rows[: SAMPLE_ROWS * 3]:
        values: Group = {}
        for cell in row.cells:
            number = read_number(cell, decimal_separator=separator) if is_numeric(cell) else None
            if number is not None:
                values.setdefault(columns.column_of(cell, row), float(number.value))
        if not values:
            continue
        if groups and not values.keys() & groups[-1].keys():
            groups[-1].update(values)
        else:
            groups.append(values)
        if len(groups) >= SAMPLE_ROWS:
            break
    return groups


def choose_columns(header: Header, groups: list[Group], rows: Sequence[Row], columns: ColumnMap) -> dict[str, int]:
    """The column of each meaning. Where names leave a doubt, quantity × price = amount decides."""
    numeric = _numeric_columns(groups)
    named = header.meanings
    best: tuple[float, tuple[int | None, int | None, int | None]] = (0.0, (None, None, None))
    options = {role: [None, *_candidates(role, numeric, named)] for role in _ROLES}
    for quantity in options["quantity"]:
        for price in options["unit_price"]:
            for amount in options["amount"]:
                used = [c for c in (quantity, price, amount) if c is not None]
                if len(set(used)) < len(used):
                    continue
                score = _prior("quantity", quantity, named) + _prior("unit_price", price, named)
                score += _prior("amount", amount, named)
                if quantity is not None and price is not None and amount is not None:
                    score += _ARITHMETIC_WEIGHT * _agreement(groups, quantity, price, amount)
                if score > best[0] + 1e-9:
                    best = (score, (quantity, price, amount))
    chosen = {role: column for role, column in zip(_ROLES, best[1], strict=True) if column is not None}
    _prefer_net(chosen, numeric, named)
    chosen |= _with_charge(chosen, groups, numeric, named)
    taken = set(chosen.values())
    named = _codes_called_items(named, rows, columns)
    for column, (meaning, _) in sorted(named.items(), key=lambda item: -item[1][1]):
        if column in taken or meaning in _ROLES or meaning in chosen:
            continue
        chosen[meaning] = column
        if meaning != "item_code" or column not in header.stacked:
            taken.add(column)
    if header.stacked and "description" in chosen and chosen["description"] in header.stacked:
        chosen.setdefault("item_code", chosen["description"])
    for column, names in header.packed.items():
        for name in names:
            if name not in chosen and (name == "description" or chosen.get("description", column) == column):
                chosen[name] = column
    if "description" not in chosen:
        column_ = _text_column(rows, columns, taken)
        if column_ is not None:
            chosen["description"] = column_
    return chosen


def _with_charge(
    chosen: dict[str, int], groups: list[Group], numeric: list[int], named: dict[int, tuple[str, float]]
) -> dict[str, int]:
    """The columns of the quantity and of a charge on top (fuel, toll), where price and amount are known and quantity ×
    price + charge = amount on every line, and the quantity is not one throughout."""
    price, amount = chosen.get("unit_price"), chosen.get("amount")
    if price is None or amount is None or ("quantity" in chosen and _holds(groups, chosen["quantity"], price, amount)):
        return {}
    free = [c for c in numeric if c not in {price, amount} and named.get(c, ("quantity", 0))[0] in _VAGUE | {"charge"}]
    for quantity in [chosen["quantity"]] if "quantity" in chosen else free:
        for charge in free:
            if charge != quantity and _holds(groups, quantity, price, amount, charge):
                return {"quantity": quantity, "charge": charge}
    return {}


def _holds(groups: list[Group], quantity: int, price: int, amount: int, charge: int | None = None) -> bool:
    """Whether the product, with a charge on top, is the amount to the cent on all lines, two of them telling."""
    telling = 0
    for group in groups:
        if not {quantity, price, amount} <= group.keys():
            return False
        extra = group.get(charge, 0.0) if charge is not None else 0.0
        if abs(group[quantity] * group[price] + extra - group[amount]) > 0.011:
            return False
        telling += group[quantity] != 1 and (charge is None or extra != 0)
    return telling >= 2


def _prefer_net(chosen: dict[str, int], numeric: list[int], named: dict[int, tuple[str, float]]) -> None:
    """The net amount where both stand there (BT-131 is net); a gross price, which then does not fit, is left out."""
    amount = chosen.get("amount")
    if amount is None or named.get(amount, ("", 0))[0] != "amount_gross":
        return
    net = [c for c in numeric if named.get(c, ("", 0.0))[0] == "amount" and named[c][1] >= 0.7]
    net = [c for c in net if c not in chosen.values()]
    if net:
        chosen["amount"] = net[-1]
        price = chosen.get("unit_price")
        if price is not None and named.get(price, ("", 0))[0] == "unit_price_gross":
            del chosen["unit_price"]


def unnamed_columns(groups: list[Group], rows: Sequence[Row], columns: ColumnMap) -> dict[str, int]:
    """Columns of a table without header: quantity × price = amount on at least two lines, else nothing."""
    numeric = _numeric_columns(groups)
    best: tuple[float, dict[str, int]] = (0.0, {})
    for amount in numeric:
        for quantity in numeric:
            for price in numeric:
                if len({amount, quantity, price}) < 3 or max(quantity, price) > amount or quantity > price:
                    continue
                telling = [g for g in groups if {amount, quantity, price} <= g.keys() and g[quantity] * g[price] != 0]
                real = sum(g[quantity] != 1 and g[price] != 1 for g in telling)
                share = _agreement(groups, quantity, price, amount)
                if len(telling) >= 2 and real >= 1 and share >= 0.99 and len(telling) + real > best[0]:
                    best = (len(telling) + real, {"quantity": quantity, "unit_price": price, "amount": amount})
    chosen = best[1]
    if chosen:
        column = _text_column(rows, columns, set(chosen.values()))
        if column is not None:
            chosen["description"] = column
    return chosen


def _numeric_columns(groups: list[Group]) -> list[int]:
    counts: dict[int, int] = {}
    for group in groups:
        for column in group:
            counts[column] = counts.get(column, 0) + 1
    # Long tables of freight have many columns; the best filled ones are enough to try.
    return sorted(sorted(counts, key=lambda c: -counts[c])[:12])


def _codes_called_items(
    named: dict[int, tuple[str, float]], rows: Sequence[Row], columns: ColumnMap
) -> dict[int, tuple[str, float]]:
    """Of two columns that both name the goods ("Item", "Description"), the one that holds codes holds their codes."""
    both = [column for column, (meaning, _) in named.items() if meaning == "description"]
    if len(both) < 2 or any(meaning == "item_code" for meaning, _ in named.values()):
        return named
    texts: dict[int, list[str]] = {column: [] for column in both}
    for row in rows[:SAMPLE_ROWS]:
        for cell in row.cells:
            column = columns.column_of(cell, row)
            if column in texts:
                texts[column].append(cell.text.strip())
    coded = [c for c in both if texts[c] and all(_CODE.fullmatch(text) for text in texts[c])]
    if len(coded) != 1:
        return named
    return {**named, coded[0]: ("item_code", named[coded[0]][1])}


_CODE = re.compile(r"(?=\S*\d)[\w./\-#]{2,24}")


def _candidates(role: str, numeric: list[int], named: dict[int, tuple[str, float]]) -> list[int]:
    fitting = [c for c, (meaning, _) in named.items() if meaning in _ROLES[role]]
    vague = [c for c in numeric if c not in named or named[c][0] in _VAGUE or named[c][1] < 0.7]
    return sorted({*fitting, *vague})


def _prior(role: str, column: int | None, named: dict[int, tuple[str, float]]) -> float:
    if column is None:
        return 0.0
    if column not in named:
        return -0.6  # a column without a name must earn its role
    meaning, certainty = named[column]
    fit = _ROLES[role].get(meaning)
    return _NAME_WEIGHT * fit * certainty if fit else _OTHER_NAME_PENALTY * certainty


def _agreement(groups: list[Group], quantity: int, price: int, amount: int) -> float:
    """The share of lines on which the product holds, a cent and half a per cent apart (prices are rounded)."""
    telling = [g for g in groups if quantity in g and price in g and amount in g]
    if not telling:
        return 0.0
    right = sum(abs(g[quantity] * g[price] - g[amount]) <= 0.011 + 0.005 * abs(g[amount]) for g in telling)
    return right / len(telling)


def _text_column(rows: Sequence[Row], columns: ColumnMap, taken: set[int]) -> int | None:
    letters: dict[int, int] = {}
    for row in rows[:SAMPLE_ROWS]:
        if not any(is_numeric(cell) for cell in row.cells):
            continue
        for cell in row.cells:
            if not is_numeric(cell):
                column = columns.column_of(cell, row)
                letters[column] = letters.get(column, 0) + sum(c.isalpha() for c in cell.text)
    free = {column: count for column, count in letters.items() if column not in taken and count >= 3}
    return max(free, key=lambda c: free[c]) if free else None
