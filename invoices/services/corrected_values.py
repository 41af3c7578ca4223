"""From what a person changes to the invoice that results: values parsed, rows added, changed and removed. No writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from common.errors import FieldError, InvalidFields
from invoices.models import Invoice, InvoiceLine, InvoiceTax
from invoices.records import (
    HEADER_FIELDS,
    LINE_FIELDS,
    TAX_FIELDS,
    InvoiceData,
    LineData,
    ReviewReason,
    TaxData,
    plain_json,
    value_at,
)
from invoices.values.fields import BadValue, parse_field

Evidence = dict[str, dict[str, Any]]
MAX_ROWS = 10_000
PLACE_KEYS = ("page", "box", "cell", "path", "text")
_ROWS: dict[str, tuple[type[LineData] | type[TaxData], type[InvoiceLine] | type[InvoiceTax], tuple[str, ...]]] = {
    "line_items": (LineData, InvoiceLine, LINE_FIELDS),
    "taxes": (TaxData, InvoiceTax, TAX_FIELDS),
}


@dataclass(slots=True)
class Correction:
    """What results from changes: the invoice, where its values stand now, and what was wrong with some of them."""

    invoice: InvoiceData
    evidence: Evidence
    changed: list[str] = field(default_factory=list)
    errors: list[FieldError] = field(default_factory=list)
    # Where each row stood before; None for a new one.
    origins: dict[str, list[int | None]] = field(default_factory=dict)


def apply_changes(
    before: InvoiceData, evidence: Evidence, changes: Mapping[str, Any], pointed: Mapping[str, Mapping[str, Any]]
) -> Correction:
    """The invoice after ``changes`` (as ``correct_invoice`` takes them); a value that its field cannot hold keeps the
    old one and is named in ``errors``. ``pointed`` is the evidence that the person gave."""
    result = Correction(invoice=replace(before), evidence={})
    due_is_total = before.amount_due is not None and before.amount_due == before.total_amount
    if due_is_total and "total_amount" in changes and "amount_due" not in changes:  # what is to pay goes along
        changes = {**changes, "amount_due": changes["total_amount"]}
    for name, raw in changes.items():
        if name in _ROWS:
            rows, origins = _changed_rows(name, getattr(before, name), raw, result.errors)
            setattr(result.invoice, name, rows)
            result.origins[name] = origins
        elif name in HEADER_FIELDS:
            _set(result, result.invoice, name, raw, name, _max_length(Invoice, name))
        else:
            result.errors.append(FieldError(name, "unknown_field", "Unknown invoice field."))
    for name in _ROWS:
        result.origins.setdefault(name, list(range(len(getattr(before, name)))))
    result.evidence = _moved_evidence(evidence, result.origins)
    _mark_changed(result, before, pointed)
    return result


def kept_reasons(noticed: Sequence[ReviewReason], result: Correction) -> list[ReviewReason]:
    """What was noticed while the document was read, but for the values that a person has now given."""
    kept = []
    for reason in noticed:
        name = _moved_name(reason.field, result.origins)
        if name is not None and name not in result.changed:
            kept.append(replace(reason, field=name))
    return kept


def _changed_rows(
    name: str, before: Sequence[Any], raw: Any, errors: list[FieldError]
) -> tuple[list[Any], list[int | None]]:
    same: list[int | None] = [*range(len(before))]
    unchanged = list(before), same
    if isinstance(raw, Mapping):
        unknown = set(raw) - {"change", "remove", "add"}
        if unknown:
            errors.append(FieldError(name, "unknown_field", "Send change, remove or add."))
            return unchanged
        return _edited_rows(name, before, raw, errors)
    if not isinstance(raw, list | tuple):
        errors.append(FieldError(name, "invalid_type", "Send a list of rows or an object with change, remove, add."))
        return unchanged
    rows: list[Any] = []
    origins: list[int | None] = []
    for index, cells in enumerate(raw[:MAX_ROWS]):
        position = cells.get("position") if isinstance(cells, Mapping) else None
        start = before[position] if isinstance(position, int) and _is_position(position, before) else None
        if position is not None and start is None:
            errors.append(FieldError(f"{name}[{index}].position", "no_such_row", "Row not found."))
        rows.append(_row(name, index, start, cells, errors))
        # A row without a position that stands where it stood keeps the evidence of the cells that are the same.
        origins.append(position if start is not None else index if position is None and index < len(before) else None)
    if len(raw) > MAX_ROWS:
        errors.append(FieldError(name, "too_many_rows", f"At most {MAX_ROWS} rows."))
    # Two rows that began as the same one would both claim its evidence.
    seen: set[int] = set()
    for index, origin in enumerate(origins):
        if origin is not None and origin in seen:
            origins[index] = None
        elif origin is not None:
            seen.add(origin)
    return rows, origins


def _edited_rows(
    name: str, before: Sequence[Any], raw: Mapping[str, Any], errors: list[FieldError]
) -> tuple[list[Any], list[int | None]]:
    rows = list(before)
    change, remove, add = raw.get("change") or {}, raw.get("remove") or [], raw.get("add") or []
    if not isinstance(change, Mapping) or not isinstance(remove, list | tuple) or not isinstance(add, list | tuple):
        text = "change must be an object keyed by position, remove a list of positions, add a list of rows."
        errors.append(FieldError(name, "invalid_type", text))
        return rows, list(range(len(rows)))
    for key, cells in change.items():
        position = int(key) if str(key).isdecimal() and len(str(key)) < 6 else -1
        if not _is_position(position, before):
            errors.append(FieldError(f"{name}[{key}]", "no_such_row", "Row not found."))
        else:
            rows[position] = _row(name, position, before[position], cells, errors)
    errors += [
        FieldError(f"{name}[{position}]", "no_such_row", "Row not found.")
        for position in remove
        if not _is_position(position, before)
    ]
    left: list[int | None] = [index for index in range(len(rows)) if index not in remove]
    result = [rows[index] for index in left if index is not None]
    for cells in add[: max(0, MAX_ROWS - len(result))]:
        result.append(_row(name, len(result), None, cells, errors))
    return result, left + [None] * (len(result) - len(left))


def _is_position(position: Any, rows: Sequence[Any]) -> bool:
    return isinstance(position, int) and not isinstance(position, bool) and 0 <= position < len(rows)


def _row(name: str, index: int, start: Any, cells: Any, errors: list[FieldError]) -> Any:
    kind, model, columns = _ROWS[name]
    row = replace(start) if start is not None else kind()
    if not isinstance(cells, Mapping):
        errors.append(FieldError(f"{name}[{index}]", "invalid_type", "A row must be an object."))
        return row
    for column, raw in cells.items():
        if column in columns:
            try:
                setattr(row, column, parse_field(column, raw, max_length=_max_length(model, column)))
            except BadValue as error:
                errors.append(FieldError(f"{name}[{index}].{column}", error.code, str(error)))
        elif column != "position":
            errors.append(FieldError(f"{name}[{index}].{column}", "unknown_field", "Unknown column."))
    return row


def _set(result: Correction, target: Any, name: str, raw: Any, shown: str, max_length: int | None) -> None:
    try:
        setattr(target, name, parse_field(name, raw, max_length=max_length))
    except BadValue as error:
        result.errors.append(FieldError(shown, error.code, str(error)))


def _max_length(model: type[Invoice] | type[InvoiceLine] | type[InvoiceTax], name: str) -> int | None:
    return getattr(model._meta.get_field(name), "max_length", None)


def _moved_name(name: str, origins: Mapping[str, Sequence[int | None]]) -> str | None:
    """The name of a field after rows moved; None where its row was removed."""
    for rows, moved in origins.items():
        if name.startswith(f"{rows}["):
            index, _, rest = name.removeprefix(f"{rows}[").partition("]")
            return f"{rows}[{moved.index(int(index))}]{rest}" if int(index) in moved else None
    return name


def _moved_evidence(evidence: Evidence, origins: Mapping[str, Sequence[int | None]]) -> Evidence:
    moved = {}
    for name, entry in evidence.items():
        new = _moved_name(name, origins)
        if new is not None:
            moved[new] = {key: value for key, value in entry.items() if key != "confidence"}
    return moved


def _mark_changed(result: Correction, before: InvoiceData, pointed: Mapping[str, Mapping[str, Any]]) -> None:
    """Values that a person gave have the method ``person``, and the place that the person pointed at, if any."""
    names = [*HEADER_FIELDS]
    for rows, (_, _, columns) in _ROWS.items():
        names += [f"{rows}[{i}].{column}" for i in range(len(getattr(result.invoice, rows))) for column in columns]
    for name in names:
        old_name = _old_name(name, result.origins)
        old = value_at(before, old_name) if old_name is not None else None
        new = value_at(result.invoice, name)
        differs = plain_json(old) != plain_json(new)
        if differs or (name in pointed and new is not None):
            result.changed.append(name)
            result.evidence.pop(name, None)
            if new is not None:
                result.evidence[name] = _entry(new, pointed.get(name, {}))
    result.changed += [name for name in _ROWS if len(getattr(before, name)) != len(getattr(result.invoice, name))]


def _old_name(name: str, origins: Mapping[str, Sequence[int | None]]) -> str | None:
    for rows, moved in origins.items():
        if name.startswith(f"{rows}["):
            index, _, rest = name.removeprefix(f"{rows}[").partition("]")
            origin = moved[int(index)]
            return None if origin is None else f"{rows}[{origin}]{rest}"
    return name


def _entry(value: Any, pointed: Mapping[str, Any]) -> dict[str, Any]:
    entry = {key: pointed[key] for key in PLACE_KEYS if pointed.get(key) is not None}
    return {"text": str(plain_json(value))[:500], **entry, "method": "person"}


def check_pointed(pointed: Mapping[str, Any]) -> list[FieldError]:
    """What is wrong with the evidence that a person or client gave."""
    errors = []
    for name, entry in pointed.items():
        fine = isinstance(entry, Mapping) and set(entry) <= {*PLACE_KEYS}
        if fine and entry.get("box") is not None:
            box = entry["box"]
            fine = (
                isinstance(box, list | tuple) and len(box) == 4 and all(isinstance(edge, int | float) for edge in box)
            )
        if fine:
            fine = isinstance(entry.get("page", 1), int | None) and all(
                isinstance(entry.get(key, ""), str | None) and len(entry.get(key) or "") <= 500
                for key in ("cell", "path", "text")
            )
        if not fine:
            text = "Evidence must have page and box ([x0, top, x1, bottom] in points), cell, or path; and text."
            errors.append(FieldError(f"evidence.{name}", "invalid", text))
    return errors


def raise_for(errors: Sequence[FieldError]) -> None:
    if errors:
        raise InvalidFields(errors)
