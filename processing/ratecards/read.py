"""A document as a rate card: plan, check, read all cells by the plan. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from invoices.rate_records import CardData
from invoices.rate_records.charges import meaning_of as trade_meaning
from invoices.records import ReviewReason
from invoices.rules.catalogue import reason
from invoices.values import find_dates
from processing.content.records import DocumentContent, Row
from processing.ratecards.axes import names_unit
from processing.ratecards.axis_keys import carriers_of, set_constants
from processing.ratecards.coverage import (
    NO_MEANING,
    NOT_UNDERSTOOD,
    asked,
    count_asked,
    count_uncovered,
    set_ignored_aside,
)
from processing.ratecards.date_order import date_order
from processing.ratecards.labels import currency_in, weight_unit
from processing.ratecards.mapping import plan_by_rules
from processing.ratecards.missing_key import ask_of_lanes
from processing.ratecards.named_axes import ask_of_areas
from processing.ratecards.note_charges import goes_by_sea_or_air, read_note_charges
from processing.ratecards.notes import LEGAL_FORM, LETTERHEAD_ROWS, mode_from, read_notes
from processing.ratecards.place_words import complete_origins
from processing.ratecards.plan import CardPlan, Coverage, TablePlan
from processing.ratecards.plan_columns import WEIGHTS_OF
from processing.ratecards.pointed import set_pointed
from processing.ratecards.pointed_rules import apply_pointed_rules
from processing.ratecards.same_charge import settle_same_charges
from processing.ratecards.sentences import read_sentences, settle_open
from processing.ratecards.settled import (
    close_fuel_bands,
    mirror_lanes,
    mirror_zones,
    settle_distances,
    settle_excess,
    settle_loads,
)
from processing.ratecards.settled_charges import settle_conditions
from processing.ratecards.shape import Shape
from processing.ratecards.sheets import Sheet, sheets_of, source_of
from processing.ratecards.side_by_side import columns_beside, within_columns
from processing.ratecards.tables import TableReader
from processing.ratecards.titles import titles_of
from processing.ratecards.zone_notes import read_zone_notes

_GENERIC = re.compile(
    r"^(?:(?:class|base|freight|contract|net|list|general)?\s?(?:rates?|tariffs?|prices?)|haustarif|tarif|zones?|"
    r"zone chart|sheet\s*\d*|tabelle\s*\d*|hoja\s*\d*|"
    r"preise|tarifas?|tarifs|export|data|feuil\d*|page \d+.*)(?:\s+20\d\d)?$",
    re.I,
)

# "Origin and destination are ZIP codes" is no service.
_SENTENCE = re.compile(
    r"\b(?:are|is|sind|ist|gilt|gelten|wird|werden|son|est|sont|são|sono|zzgl|plus|excl|incl|origin|destination|kein\w*)\b|"
    r"\b(?:au départ|ab \w+ \(|sa[ií]da de|salida de|partenza da)",
    re.I,
)
_MULTIPLIER = re.compile(r"multipli|\bper (?:1 )?(?:kg|lb) (?:from|above|over)|je kg ab|por kg a partir", re.I)
_FIRST_NOTES, _LAST_NOTES = 600, 200  # rows
_UNUSED = frozenset({"ignore", ""})
# Amounts of a lane that a rate has no place for: its surcharges, a buying price.
_UNUSED_IN_RATES = _UNUSED | {"unknown", "fuel_percent", "percent", "surcharge", "cost"}


@dataclass(slots=True)
class CardReading:
    """What was read, by which plan, and what was left over. ``problems`` are what the checks found wrong with the plan,
    ``questions`` what of the header is not known, ``shape`` what a model would be shown, ``memory`` the plan as it can
    be used on the next card."""

    card: CardData
    plan: CardPlan
    coverage: Coverage
    reasons: list[ReviewReason] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    shape: Shape | None = None
    memory: dict[str, Any] | None = None

    @property
    def usable(self) -> bool:
        """Whether nothing of the plan stands in the way of using the card; a question to a person is no fault of it."""
        return not self.problems and self.open_figures == len(self.plan.asks) + self.coverage.asked_sentences

    @property
    def open_figures(self) -> int:
        """How many figures and sentences nobody explains, and how many questions are open: with one of these the card
        is not used without a person."""
        sentences = sum(rule.kind == "not_understood" for rule in self.card.rules)
        return sentences + sum(self.coverage.left_over.values()) + len(self.plan.asks)


def read_rate_card(content: DocumentContent, *, plan: CardPlan | None = None) -> CardReading:
    """The card that a document holds; by rules where no ``plan`` is given. A document without a rate table gives a card
    without rates."""
    sheets = sheets_of(content)
    reading = read_sheets(sheets, plan or plan_by_rules(sheets))
    reading.reasons.extend(content.reasons)
    return reading


def read_sheets(sheets: Sequence[Sheet], plan: CardPlan, *, whole: bool = True) -> CardReading:
    """All cells of the plan's tables, and the notes around them. ``whole``: numbers in no table count as left over."""
    card = CardData()
    coverage = Coverage()
    by_index = {sheet.index: sheet for sheet in sheets}
    by_sheet = [_notes_of(set_ignored_aside(plan, sheet, coverage)) for sheet in sheets]
    outside = [row for rows in by_sheet for row in rows]
    letterheads = [row for rows in by_sheet for row in rows[:LETTERHEAD_ROWS]]
    day_first, open_date = date_order(plan, sheets, outside)
    for value in plan.values:
        set_pointed(card, value, by_index, day_first=day_first)
    for table in plan.tables:
        if table.currency and not card.currency:
            card.currency = table.currency
        if table.weight_unit and not card.weight_unit:
            card.weight_unit = table.weight_unit
    separator = sheets[0].separator if sheets else None
    read_notes(card, outside, separator, letterheads=letterheads, day_first=day_first)
    several = len({table.sheet for table in plan.tables}) > 1
    for table in plan.tables:
        sheet = by_index.get(table.sheet)
        if sheet is not None:
            _read_table(sheet, table, card, coverage, several=several, beside=columns_beside(table, plan.tables),
                        day_first=day_first)  # fmt: skip
    zoned = read_zone_notes(card, outside)
    outside = [row for row in outside if row.number not in zoned]
    mirror_zones(card)
    mirror_lanes(card, outside)
    close_fuel_bands(card)
    if plan.method != "rules":
        complete_origins(card)
    titles = frozenset(titles_of(plan, sheets))
    outside = [row for row in outside if not _is_heading_of_sheet(row, card)]
    pointed = apply_pointed_rules(card, plan.rules, by_index, day_first=day_first)
    said = read_sentences(card, outside, titles=titles, pointed=pointed)
    settle_excess(card)
    settle_distances(card)
    told: set[str] = set()
    reasons = read_note_charges(card, outside, understood=said.rows, rules=said.rules, read=told, pointed=pointed)
    reasons.extend(asked(plan))
    settle_open(card, said, told)
    settle_conditions(card, by_sea_or_air=goes_by_sea_or_air(card))
    settle_same_charges(card)
    settle_loads(card)
    if plan.method == "rules":
        ask_of_areas(card, plan.tables)
        ask_of_lanes(card, plan.tables)
    coverage.rule_figures += said.figures
    for kind, count in said.aside.items():
        coverage.set_aside[kind] = coverage.set_aside.get(kind, 0) + count
    by_carrier = carriers_of([rate for rate in card.rates if not rate.charge])
    reasons.extend(_fees_as_rates(card))
    if len(by_carrier) > 1 and "" in by_carrier:
        names = ", ".join(sorted(filter(None, by_carrier))[:3])
        told_names = f"{len(by_carrier[''])} prices of this list name no carrier, others do: {names}."
        reasons.append(reason("several_carriers", "carrier_name", told_names))
    if open_date is not None:
        reasons.append(open_date)
    if plan.asks:
        count_asked(plan, sheets, card, coverage)
    if whole:
        count_uncovered(plan, sheets, coverage)
    if not card.mode:
        card.mode = mode_from([table.title + " " + " ".join(c.header for c in table.columns) for table in plan.tables])
    if not card.weight_unit:
        card.weight_unit = next((rate.break_unit for rate in card.rates if rate.break_unit in ("kg", "lb", "oz")), "")
    return CardReading(card, plan, coverage, reasons, pointed.problems)


def _fees_as_rates(card: CardData) -> list[ReviewReason]:
    """Prices of the freight with no key but a name that is one of charges on top, whoever made the plan."""
    bare = [
        rate for rate in card.rates
        if rate.service and not rate.charge
        and not (rate.origin or rate.destination or rate.zone or rate.equipment or rate.freight_class)
        and not rate.break_basis
    ]  # fmt: skip
    fees = [rate.service for rate in bare if trade_meaning(rate.service)]
    if not fees or len(fees) * 2 < len(bare):
        return []
    named = ", ".join(dict.fromkeys(fees[:3]))
    return [reason("sheet_of_fees", "rates", f"Charges on top were read as freight rates: {named}.")]


def _read_table(
    sheet: Sheet, table: TablePlan, card: CardData, coverage: Coverage, *, several: bool,
    beside: frozenset[int],
    day_first: bool | None,
) -> None:  # fmt: skip
    reader = TableReader(table, card, sheet, day_first)
    first_rate = len(card.rates)
    rows = [row for row in sheet.rows if table.first_row <= row.number <= table.last_row]
    if beside:
        rows = within_columns(rows, [column.column for column in table.columns])
    reader.read(rows)
    service = "" if table.charge else table.service or _service_name(table, sheet, several)
    before = card.rates[first_rate - 1] if first_rate else None
    if _MULTIPLIER.search(table.title) and before is not None and not table.service:
        service = before.service  # goes on where the steps of the table above end
    if service:
        for rate in card.rates[first_rate:]:
            rate.service = rate.service or service
    set_constants(card.rates[first_rate:], table.constants, day_first)
    unused = _UNUSED_IN_RATES if table.target == "rates" else _UNUSED
    own = {c.column for c in table.columns}
    wanted = {c.column for c in table.columns if c.meaning not in unused}
    odd = {c.column: c.header for c in table.columns if c.meaning in unused - _UNUSED}
    ignored = {c.column for c in table.columns if c.meaning == "ignore"}
    total = doubtful = aside = 0
    unnamed: dict[int, str] = {}
    apart = {c.column: c.why for c in table.columns if c.meaning == "ignore" and c.why}
    skipped = {role.row for role in table.roles if role.role == "ignore"}
    for row in rows:
        for cell in row.cells:
            if row.number in skipped or cell.column in apart:
                if cell.text[:1].isdigit():
                    coverage.set_aside_as(apart.get(cell.column, "row"))
                continue
            if cell.column in beside and cell.column not in own:
                continue
            if cell.column not in wanted and cell.text[:1].isdigit():
                if cell.column in odd:
                    doubtful += 1
                elif cell.column in ignored:
                    aside += 1
                else:
                    total += 1
                    unnamed.setdefault(cell.column, str(source_of(cell.place)))
    if aside:
        coverage.set_aside["column"] = coverage.set_aside.get("column", 0) + aside
    coverage.used_cells += reader.coverage.used_cells
    coverage.numeric_cells += reader.coverage.used_cells + total + doubtful
    coverage.empty_prices += reader.coverage.empty_prices
    if total:
        headed = {column.column: column.header for column in table.columns}
        named = (" ".join(filter(None, (headed.get(column, ""), at))) for column, at in unnamed.items())
        coverage.leave(NO_MEANING, ", ".join(named), total)
    if doubtful:
        coverage.leave(NOT_UNDERSTOOD, ", ".join(odd.values()), doubtful)
    for why, count in reader.coverage.left_over.items():
        coverage.leave(why, reader.coverage.examples.get(why, ""), count)
        coverage.numeric_cells += count


def _notes_of(rows: list[Row]) -> list[Row]:
    """Of a sheet that no table covers, what stands at its top and at its end: the rest is data."""
    return rows if len(rows) <= _FIRST_NOTES + _LAST_NOTES else rows[:_FIRST_NOTES] + rows[-_LAST_NOTES:]


def _says_else(text: str) -> bool:
    """A title that names a company, a date or a currency names no service."""
    return bool(LEGAL_FORM.search(text) or find_dates(text) or currency_in(text))


def _is_heading_of_sheet(row: Row, card: CardData) -> bool:
    """Whether a row is a title that names the carrier and a service of the card: a figure in it ("Economy 48") is no
    price."""
    text = row.text
    if not card.carrier_name or len(row.cells) != 1 or not text.startswith(card.carrier_name):
        return False
    rest = text[len(card.carrier_name) :]
    services = {rate.service for rate in card.rates if rate.service}
    named = max((service for service in services if service in rest), key=len, default="")
    return bool(named) and not re.search(r"\d", re.sub(r"\b20\d\d\b", "", rest.replace(named, "")))


def _service_name(table: TablePlan, sheet: Sheet, several: bool) -> str:
    """The title of a table, or the name of its sheet where there are several, says the service that no column says."""
    if any(c.meaning == "service" or c.axis == "service" for c in table.columns):
        return ""
    for text in (table.title, sheet.name if several else ""):
        text = " ".join(text.split())
        if names_unit(text):
            continue
        text = WEIGHTS_OF.sub("", text)
        words = text.split()
        plain = not text.endswith(".") and ":" not in text and not (weight_unit(text) and len(words) <= 3)
        plain = plain and not _SENTENCE.search(text)
        if words and len(words) <= 8 and plain and not _GENERIC.match(text) and not _says_else(text):
            return text[:200]
    return ""
