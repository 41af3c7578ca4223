"""Cheapest first: embedded XML, then rules with what people confirmed of the vendor, then the model; the first result
that passes the checks wins, by policy.

Results of several methods complete each other field by field, and each value remembers its method. Pure: the model is a
function that the caller passes in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Protocol

from invoices.records import MONEY_FIELDS, ReviewReason
from invoices.rules import CURABLE_CODES, BookContext, check_invoice, confirmed_fields
from invoices.rules.catalogue import reason
from invoices.rules.identity import REQUIRED_FIELDS
from processing.content.extraction import Extraction, FieldValue
from processing.content.records import DocumentContent
from processing.errors import (
    BudgetExceeded,
    CeilingReached,
    CorruptFile,
    EmptyFile,
    ExtractionFailed,
    FileTooLarge,
    UnsupportedFormat,
)
from processing.extractors.einvoice.page import read_einvoice
from processing.extractors.other_documents import class_empty, is_other
from processing.extractors.rules import extract_by_rules

# Who may write into a document may write to its reader, too: where the money goes is not left to an obedient model.
PAYMENT_FIELDS = ("iban", "bic", "payment_reference", "amount_due")
# A title such as "pro forma" is no misreading either, whoever reads it.
_NEVER_SILENT = frozenset({"vendor_name", "document_type", *PAYMENT_FIELDS})
# Beside these, what two readings must not disagree on without a word.
_COMPARED = (*REQUIRED_FIELDS, *PAYMENT_FIELDS)

AskModel = Callable[[DocumentContent], Extraction]
ReadXml = Callable[[DocumentContent], Extraction]


class ReadRules(Protocol):
    """Reads a document by rules: in this process, or in one that can be killed."""

    def __call__(self, content: DocumentContent, *, filename: str) -> Extraction: ...


# What memory says of a document whose rules' extraction is given; None where it knows nothing.
Recall = Callable[[DocumentContent, Extraction], Extraction | None]


def extract_invoice(
    content: DocumentContent,
    *,
    policy: str,
    today: date,
    filename: str = "",
    read_xml: ReadXml = read_einvoice,
    read_rules: ReadRules = extract_by_rules,
    recall: Recall | None = None,
    ask_model: AskModel | None = None,
) -> Extraction:
    """What the document says, by the cheapest method whose result passes the checks.

    ``policy``: ``cheapest`` (XML, memory and rules, model), ``llm`` (model for all but XML), ``rules`` (never a model).
    Without ``ask_model`` every policy is ``rules``. Errors of the model pass through, except a budget that is
    used up: then what the rules found stands, with a review reason.
    """
    notes = list(content.reasons)
    if content.embedded_xml is not None:
        try:
            exact = read_xml(content)
        except (CorruptFile, EmptyFile, ExtractionFailed, FileTooLarge, UnsupportedFormat) as error:
            message = f"The embedded e-invoice could not be used ({error.message}); the page was read instead."
            notes.append(reason("embedded_xml_unusable", "", message))
        else:
            exact.reasons = [*notes, *exact.reasons]
            return exact

    by_rules = read_rules(content, filename=filename)
    if is_other(by_rules) and policy != "llm":  # its title says it: a model would only look for what is not there
        return _with_notes(by_rules, notes)
    remembered = recall(content, by_rules) if recall is not None else None
    if remembered is not None:
        by_rules = with_memory(by_rules, remembered, today=today)
    if ask_model is None or policy == "rules" or (policy == "cheapest" and not open_questions(by_rules, today)):
        class_empty(by_rules)
        return _with_notes(by_rules, notes)
    try:
        by_model = ask_model(content)
    except CeilingReached:
        raise  # not this document's ceiling: it waits until there is room
    except BudgetExceeded as error:
        message = f"The model was not asked to fill the gaps: {error.message}"
        return _with_notes(by_rules, [*notes, reason("budget_exceeded", "", message)])
    combined = combine(by_rules, by_model, policy=policy, today=today)
    class_empty(combined)
    return _with_notes(combined, notes)


def with_memory(by_rules: Extraction, remembered: Extraction, *, today: date) -> Extraction:
    """What people confirmed before what rules guess: of the ways to put both together, the one with the fewest open
    questions, with as much of memory as can be. A value on which both agree stays as the rules read it."""
    told = {
        name: value
        for name, value in remembered.fields.items()
        if name not in by_rules.fields or by_rules.fields[name].derived_from or not _same(by_rules.fields[name], value)
    }
    whole = replace(by_rules, method="memory", fields={**by_rules.fields, **told}, reasons=list(remembered.reasons))
    candidates = [whole]
    if remembered.lines and by_rules.shipments == []:
        candidates.insert(0, replace(whole, lines=remembered.lines))
    # Sums that memory finds where rules found others that add up are left out.
    sums = {name: value for name, value in told.items() if name not in MONEY_FIELDS}
    if len(sums) < len(told):
        candidates.append(replace(whole, fields={**by_rules.fields, **sums}))
    best = min(candidates, key=lambda candidate: _weight(open_questions(candidate, today)))
    changed = best.fields != by_rules.fields or best.lines is not by_rules.lines or best.reasons != by_rules.reasons
    return best if changed else by_rules


def open_questions(extraction: Extraction, today: date) -> list[ReviewReason]:
    """What the checks find wrong with an extraction that another method might read better."""
    derived = frozenset(name for name, value in extraction.fields.items() if value.derived_from)
    found = check_invoice(extraction.to_invoice(), today=today, context=BookContext(derived=derived))
    return [reason for reason in [*extraction.reasons, *found] if reason.code in CURABLE_CODES]


def combine(by_rules: Extraction, by_model: Extraction, *, policy: str, today: date) -> Extraction:
    """One extraction out of two: of the ways to put them together, the one with the fewest open questions.

    Under ``llm`` the model's values come first and the rules only fill what it left out; under ``cheapest`` either may
    lead. Where both read a required field from the page and differ, and the checks prove neither, a person decides;
    where the rules only guessed it, the model's value stands (of nothing that says where the money goes).
    """
    by_rules = _without_guesses(by_rules, by_model)
    candidates = [_filled(by_model, by_rules)]
    if policy == "cheapest":
        candidates.append(_filled(by_rules, by_model))
    if by_rules.lines and by_model.lines:
        for candidate in list(candidates):
            other = by_rules if candidate.lines is by_model.lines else by_model
            candidates.append(_with_lines(candidate, other))
    best = min(candidates, key=lambda candidate: _weight(open_questions(candidate, today)))
    for name, value in by_rules.fields.items():
        if value.method == "memory":
            best.fields[name] = value  # what a person confirmed, a model does not overrule
    best.method = "cache" if by_model.method == "cache" else "llm"
    best.reasons.extend(_disagreements(best, by_rules, by_model, today))
    return best


def _weight(reasons: list[ReviewReason]) -> int:
    return sum(3 if reason.blocking else 1 for reason in reasons)


def _filled(lead: Extraction, other: Extraction) -> Extraction:
    return Extraction(
        method=lead.method,
        fields={**other.fields, **lead.fields},
        lines=lead.lines or other.lines,
        shipments=lead.shipments if lead.lines else other.shipments,
        shipment_of=lead.shipment_of if lead.lines else other.shipment_of,
        taxes=lead.taxes or other.taxes,
        reasons=[*lead.reasons, *(r for r in other.reasons if _stays(r, lead) and r not in lead.reasons)],
        raw_response=lead.raw_response or other.raw_response,
        truncated=lead.truncated or other.truncated,
    )


def _stays(told: ReviewReason, lead: Extraction) -> bool:
    """Whether a doubt of one reading stays where another leads: about what that one did not read, or the title."""
    return told.field not in lead.fields or (told.field == "document_type" and told.code == "weak_evidence")


def _with_lines(extraction: Extraction, other: Extraction) -> Extraction:
    return Extraction(
        method=extraction.method,
        fields=dict(extraction.fields),
        lines=other.lines,
        shipments=other.shipments,
        shipment_of=other.shipment_of,
        taxes=extraction.taxes,
        reasons=list(extraction.reasons),
        raw_response=extraction.raw_response,
        truncated=extraction.truncated,
    )


def _without_guesses(by_rules: Extraction, by_model: Extraction) -> Extraction:
    """What the rules read without the guesses, and the doubts about them, for which the model points to a place."""
    doubted = {each.field for each in by_rules.reasons if each.code == "weak_evidence"}
    better = {
        name
        for name, value in by_rules.fields.items()
        if (name in doubted or value.derived_from)
        and value.method != "memory"
        and name not in _NEVER_SILENT
        and (theirs := by_model.fields.get(name)) is not None
        and theirs.place is not None
    }
    if not better:
        return by_rules
    kept = {name: value for name, value in by_rules.fields.items() if name not in better}
    told = [each for each in by_rules.reasons if not (each.code == "weak_evidence" and each.field in better)]
    return replace(by_rules, fields=kept, reasons=told)


def _disagreements(best: Extraction, by_rules: Extraction, by_model: Extraction, today: date) -> list[ReviewReason]:
    doubtful = []
    for name in _COMPARED:
        ours, theirs = by_rules.fields.get(name), by_model.fields.get(name)
        if ours is None or theirs is None or _same(ours, theirs):
            continue
        if name in ("total_amount", "amount_due") and _is_settled(best, name, today):
            continue  # the arithmetic settled it
        message = f"Two readings differ: “{ours.raw.strip()}” and “{theirs.raw.strip()}”."
        doubtful.append(reason("readings_differ", name, message))
    return doubtful


def _is_settled(best: Extraction, name: str, today: date) -> bool:
    """Whether the checks have no question about a sum; of the amount due also whether they prove it."""
    if any(r.field == name for r in open_questions(best, today)):
        return False
    return name != "amount_due" or name in confirmed_fields(best.to_invoice())


def _same(a: FieldValue, b: FieldValue) -> bool:
    if isinstance(a.value, str) and isinstance(b.value, str):
        one, other = ("".join(filter(str.isalnum, text.casefold())).removesuffix("xxx") for text in (a.value, b.value))
        return one == other  # a BIC with and without its branch "XXX" is one
    return a.value == b.value


def _with_notes(extraction: Extraction, notes: list[ReviewReason]) -> Extraction:
    extraction.reasons = [*notes, *(reason for reason in extraction.reasons if reason not in notes)]
    return extraction
