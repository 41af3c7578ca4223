"""Plans of a model for rate cards: written replies to real prompts, what they may say, and what is refused."""

from __future__ import annotations

import json
from decimal import Decimal as D
from pathlib import Path
from typing import Any

import pytest

from invoices.rules.rate_cards import check_rate_card
from processing.llm.tokens import count_messages
from processing.ratecards import CardReading
from processing.ratecards.check import faults_of
from processing.ratecards.coverage import left_over_reasons
from processing.ratecards.mapped import read_mapped
from processing.ratecards.plan_grammar import column_spec, row_spec, rule_spec
from processing.ratecards.prompt import build_plan_prompt
from processing.ratecards.several import cards_of
from processing.readers import media_types
from processing.readers.registry import read_content
from samples.charge_cards import CARDS, ChargeCard
from tests.processing.rate_card_grids import Rows, workbook
from tests.processing.rate_card_models import plan, table
from tests.processing.test_charge_cards import priced

REPLIES = Path(__file__).parent / "plan_replies"
REPLIED = [card for card in CARDS if (REPLIES / f"{card.name}.json").exists()]
MOST_TOKENS = 300
# What a person must say of these is asked, by the reply or by the rules of the card.
ASKED = {
    "groupage-unknown-sentence", "post-headerless-b", "express-guide-uk", "part-load-in", "mileage-flat-then-mile",
}  # fmt: skip


def reply_to(card: ChargeCard) -> str:
    """What a strong model answers to the prompt for a made-up card: addresses, meanings and words of its cells."""
    return (REPLIES / f"{card.name}.json").read_text("utf-8").strip()


def reading_of(folder: Path, sheets: dict[str, Rows], reply: str) -> CardReading:
    return read_mapped(read_content(workbook(folder / "card.xlsx", sheets), media_types.XLSX), reply=reply)


@pytest.mark.parametrize("card", REPLIED, ids=lambda card: card.name)
def test_a_card_is_priced_by_a_reply_of_few_tokens(card: ChargeCard, tmp_path: Path) -> None:
    reply = reply_to(card)
    assert count_messages([reply], {}, "gpt-4o-mini") <= MOST_TOKENS
    content = read_content(card.write(tmp_path).read_bytes(), card.media_type)
    reading = read_mapped(content, reply=reply)
    assert (reading.problems, reading.usable) == ([], True)
    assert bool(reading.plan.asks) == (card.name in ASKED)
    for name in ("carrier_name", "currency", "weight_unit", "valid_from"):
        if name in card.answers:
            setattr(reading.card, name, card.answers[name])
    found = [priced(reading.card, body, day) for body, day, _, _ in card.quotes]
    assert found == [(total, missing) for _, _, total, missing in card.quotes]


def test_replies_are_of_many_kinds_of_cards() -> None:
    assert len(REPLIED) >= 50
    assert sum(len(card.quotes) for card in REPLIED) >= 130


def test_replies_say_no_price_of_a_table() -> None:
    for card in REPLIED:
        for named in json.loads(reply_to(card))["tables"]:
            words = [word for text in named["columns"] for word in text.split() if not word.startswith("*")]
            assert not any("," in word or "." in word for word in words)


STACKED: Rows = [
    ["Hafenblick Express GmbH"], ["Preise in EUR, gültig ab 01.02.2026"], ["Economy"], ["bis kg", "Zone 1", "Zone 2"],
    [5, 4.1, 5.2], [10, 5.3, 6.8], ["je weitere 5 kg", 1.1, 1.4], [], ["Express"], ["bis kg", "Zone 1", "Zone 2"],
    [5, 9.1, 11.2], [10, 11.3, 13.8], ["je weitere 5 kg", 2.1, 2.4],
]  # fmt: skip
STACKED_TABLE = table("1!A4:C7", "A weight_to kg", "B:C price/zone flat", "7 excess 5kg", keys=("service above",))
STACKED_TABLE["at"].append("1!A10:C13")
STACKED_TABLE["columns"].append("13 excess 5kg")


def test_tables_with_one_header_take_the_service_above_each(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, {"Tarif": STACKED}, plan(STACKED_TABLE, carrier="1!A1"))
    assert faults_of(reading) == []
    assert {(r.service, r.zone, r.value) for r in reading.card.rates if r.excess_only} == {
        ("Economy", "1", D("0.22")), ("Economy", "2", D("0.28")),
        ("Express", "1", D("0.42")), ("Express", "2", D("0.48")),
    }  # fmt: skip


def test_next_month_each_table_has_its_own_service_and_its_rows_of_excess(tmp_path: Path) -> None:
    first = reading_of(tmp_path, {"Tarif": STACKED}, plan(STACKED_TABLE, carrier="1!A1"))
    later = [list(row) for row in STACKED]
    later[5:5] = [[7, 4.6, 6.1]]
    later[10] = ["bis kg", "Zone 1", "Zone 2"]
    content = read_content(workbook(tmp_path / "later.xlsx", {"Tarif": later}), media_types.XLSX)
    reading = read_mapped(content, kept=json.loads(json.dumps(first.memory)))
    assert reading.problems == []
    assert sorted({(r.service, r.value) for r in reading.card.rates if r.zone == "1" and r.excess_only}) == [
        ("Economy", D("0.22")), ("Express", D("0.42")),
    ]  # fmt: skip
    assert len(reading.card.rates) == 14


NOTED: Rows = [
    ["Wattline Freight Ltd"], ["All prices in GBP per consignment, valid from 2026-03-01"],
    ["On the prices of this list we grant 12.5 per cent to our friends of the harbour club."],
    ["Deliveries to the isles cost a further 18.40 per consignment."],
    ["Up to kg", "Zone 1", "Zone 2"], [100, 30, 35], [500, 62, 71],
]  # fmt: skip
NOTED_TABLE = table("1!A5:C7", "A weight_to kg", "B:C price/zone flat")


def test_a_rule_is_read_from_the_cell_that_it_points_at(tmp_path: Path) -> None:
    rules = ("1!A3 discount 12.5", "1!A4 surcharge 18.40 flat name='Deliveries to the isles' asked")
    reading = reading_of(tmp_path, {"Rates": NOTED}, plan(NOTED_TABLE, rules=rules, carrier="1!A1"))
    assert (reading.usable, faults_of(reading)) == (True, [])
    assert [(rule.kind, rule.value) for rule in reading.card.rules] == [("discount", D("12.5"))]
    charge = reading.card.surcharges[0]
    assert (charge.name, charge.value, charge.applies) == ("Deliveries to the isles", D("18.40"), "asked")


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("1!A3 discount 15", "the figure 15 does not stand in the cell"),
        ("1!A3 discount 2.5", "the figure 2.5 does not stand in the cell"),
        ("1!A3 discount", "needs one figure"),
        ("1!A3 halve 12.5", "there is no kind halve"),
        ("1!A3 discount 12.5 service=Express", "no price of the card has the service"),
        ("1!A4 surcharge 18.40 flat min=20", "the figure 20 does not stand in the cell"),
        ("1!A4 surcharge 18.40 flat name='Fuel'", "does not contain the name"),
        ("1!A90 discount 12.5", "is empty"),
    ],
)
def test_a_rule_that_its_cell_does_not_bear_out_is_refused(rule: str, said: str, tmp_path: Path) -> None:
    reading = reading_of(tmp_path, {"Rates": NOTED}, plan(NOTED_TABLE, rules=(rule,), carrier="1!A1"))
    assert any(said in problem for problem in reading.problems)
    assert not any(found.kind == "discount" for found in reading.card.rules)
    assert any(reason.code == "figure_not_understood" for reason in check_rate_card(reading.card))


def test_sentences_that_no_rule_explains_are_named_to_the_model_with_their_cells(tmp_path: Path) -> None:
    reading = reading_of(tmp_path, {"Rates": NOTED}, plan(NOTED_TABLE, carrier="1!A1"))
    assert not reading.usable
    told = " ".join(faults_of(reading))
    assert "BLOCKS: Rates!A3" in told
    assert "BLOCKS: Rates!A4" in told


def test_a_question_holds_the_card_and_is_no_fault_of_the_plan(tmp_path: Path) -> None:
    rules = (
        "1!A3 ask Does the reduction hold for you?",
        "1!A4 surcharge 18.40 flat asked name='Deliveries to the isles'",
    )
    reading = reading_of(tmp_path, {"Rates": NOTED}, plan(NOTED_TABLE, rules=rules, carrier="1!A1"))
    assert reading.usable
    assert [(r.code, r.blocking, r.message) for r in reading.reasons] == [
        ("mapping_doubtful", True, "Does the reduction hold for you? (1!A3)")
    ]


def test_columns_of_numbers_are_named_or_left_over(tmp_path: Path) -> None:
    rows: Rows = [["Kg", "Zone 1", "Sort"], *([n * 10, n + 5.5, 40 + n] for n in range(1, 30))]
    silent = reading_of(tmp_path, {"Rates": rows}, plan(table("1!A1:C30", "A weight_to kg", "B price/zone flat")))
    assert "29 numbers" in " ".join(faults_of(silent))
    assert "Sort" in " ".join(faults_of(silent))
    named = table("1!A1:C30", "A weight_to kg", "B price/zone flat", "C ignore sort key")
    ignored = reading_of(tmp_path, {"Rates": rows}, plan(named))
    assert ignored.usable
    # More than one figure in twenty is a person's to judge.
    assert [r.code for r in left_over_reasons(ignored.coverage)] == ["figures_set_aside"]
    assert "sort key" in left_over_reasons(ignored.coverage)[0].message


def test_a_table_of_no_prices_is_set_aside_with_a_reason(tmp_path: Path) -> None:
    depots: Rows = [[], ["Depot", "Phone", "Dock"], *([f"Depot {n}", f"040 {n}11", n] for n in range(1, 9))]
    rows: Rows = [["Up to kg", "Zone 1"], [100, 30], [500, 62], *depots]
    own = table("1!A1:B3", "A weight_to kg", "B price/zone flat")
    assert not reading_of(tmp_path, {"Rates": rows}, plan(own)).usable
    reading = reading_of(tmp_path, {"Rates": rows}, plan(own, rules=("1!A5:C13 ignore contact",)))
    assert reading.usable
    assert set(reading.coverage.set_aside) == {"ignored: contact"}


@pytest.mark.parametrize(
    ("unit", "values", "said"),
    [
        ("kg", (30, 62, 88, 120), "rise with the weight: are they per shipment?"),
        ("flat", (3.9, 3.1, 2.6, 2.2), "are they per kg or per 100 kg?"),
    ],
)
def test_prices_that_do_not_behave_like_their_unit_are_doubted(
    unit: str, values: tuple[float, ...], said: str, tmp_path: Path
) -> None:
    rows: Rows = [["Up to kg", "Zone 1", "Zone 2"], *([100 * (n + 1), v, v * 1.2] for n, v in enumerate(values))]
    reply = plan(table("1!A1:C5", "A weight_to kg", f"B:C price/zone {unit}"))
    assert any(said in problem for problem in reading_of(tmp_path, {"Rates": rows}, reply).problems)


def test_one_value_is_not_used_twice_and_keys_may_be_shared(tmp_path: Path) -> None:
    rows: Rows = [["Up to kg", "Freight", "Toll"], [100, 30, 2.1], [500, 62, 3.4]]
    freight = table("1!A1:B3", "A weight_to kg", "B price flat")
    toll = table("1!A1:C3", "A weight_to kg", "C price flat", keys=("charge 1!C1",))
    shared = reading_of(tmp_path, {"Rates": rows}, plan(freight, toll))
    assert faults_of(shared)[:1] in ([], ["WARNS: The carrier is unknown."])
    assert [(r.charge, r.value) for r in shared.card.rates] == [
        ("", 30),
        ("", 62),
        ("Toll", D("2.1")),
        ("Toll", D("3.4")),
    ]
    twice = reading_of(tmp_path, {"Rates": rows}, plan(freight, table("1!A1:B3", "A zone", "B price flat")))
    assert any("the values of column B are used twice" in problem for problem in twice.problems)


def test_half_of_a_cell_is_a_column_of_its_own(tmp_path: Path) -> None:
    rows: Rows = [["Port", "kg", "EUR"], ["DEHAM Hamburg", "0 - 100", 40], ["NLRTM Rotterdam", "100 - 500", 55]]
    columns = (
        "A place_code half=1",
        "A place_name half=2",
        "B weight_from kg half=1",
        "B weight_to half=2",
        "C price flat",
    )
    card = reading_of(tmp_path, {"Rates": rows}, plan(table("1!A1:C3", *columns))).card
    assert [(r.destination, r.break_from, r.break_to) for r in card.rates] == [
        ("Hamburg (DEHAM)", D(0), D(100)), ("Rotterdam (NLRTM)", D(100), D(500)),
    ]  # fmt: skip


def test_keys_without_a_field_become_conditions(tmp_path: Path) -> None:
    rows: Rows = [
        ["Direction", "Season", "Loading", "Zone 1"],
        ["Export", "Peak", "Ramp", 40],
        ["Import", "Low", "Side", 30],
    ]
    columns = ("A direction", "B season", "C other:loading", "D price/zone flat")
    card = reading_of(tmp_path, {"Rates": rows}, plan(table("1!A1:D3", *columns))).card
    assert card.rates[0].conditions == [
        {"on": "direction", "values": ["export"]}, {"on": "other:season", "values": ["Peak"]},
        {"on": "other:loading", "values": ["Ramp"]},
    ]  # fmt: skip


def test_fees_under_zones_are_charges_by_zone(tmp_path: Path) -> None:
    rows: Rows = [["Fee", "Zone 1", "Zone 2"], ["Tail lift", 12, 15], ["Timed delivery", 20, 24]]
    freight: Rows = [["Up to kg", "Zone 1", "Zone 2"], [100, 30, 35], [500, 62, 71]]
    tables = (
        table("1!A1:C3", "A weight_to kg", "B:C price/zone flat"),
        table("2!A1:C3", "A surcharge", "B:C price/zone flat", kind="surcharges"),
    )
    card = reading_of(tmp_path, {"Rates": freight, "Fees": rows}, plan(*tables)).card
    assert [(s.name, s.basis, s.applies) for s in card.surcharges] == [
        ("Tail lift", "table", "asked"), ("Timed delivery", "table", "asked"),
    ]  # fmt: skip
    assert [(r.charge, r.zone, r.value) for r in card.rates if r.charge][1] == ("Tail lift", "2", D(15))


def test_labels_stand_where_the_plan_says(tmp_path: Path) -> None:
    rows: Rows = [["kg", "A", "B"], ["", "EUR", "EUR"], [100, 30, 35], [500, 62, 71]]
    same = reading_of(
        tmp_path, {"Rates": rows}, plan(table("1!A1:C4", "A weight_to kg", "B:C price/zone flat", header=2))
    )
    assert any("have the same label “EUR”" in problem for problem in same.problems)
    told = plan(table("1!A1:C4", "A weight_to kg", "B:C price/zone flat row=1", header=2))
    assert [r.zone for r in reading_of(tmp_path, {"Rates": rows}, told).card.rates] == ["A", "B"] * 2


def test_the_prompt_shows_values_whole_rows_that_change_and_what_was_read(tmp_path: Path) -> None:
    body = [[f"{10000 + n}", ("Std", "Exp")[n % 2], 5 + n % 7] for n in range(200)]
    body[57][2], body[91][1] = "on request", "Night"
    rows: Rows = [
        ["Marsh Parcel Ltd"],
        ["A discount of 12 % is granted on all rates."],
        [NOTE],
        ["Postcode", "Service", "Price"],
        *body,
    ]
    content = read_content(workbook(tmp_path / "card.xlsx", {"Rates": rows}), media_types.XLSX)
    shape = read_mapped(content, ask="always").shape
    assert shape is not None
    shown = build_plan_prompt(shape, model="gpt-4o-mini", max_input_tokens=24_000).user
    assert "B texts, 3 different: Std, Exp, Night" in shown
    assert "[changes: words among numbers] A62: 10057 | B62: Exp | C62: on request" in shown
    assert "[changes: a rare value] A96: 10091 | B96: Night" in shown
    assert "C prices 5 to 11, words among them: on request" in shown or "C numbers 5 to 11" in shown
    assert "[read: discount 12]" in shown
    assert NOTE in shown  # no note with figures is cut
    assert "10120" not in shown


NOTE = "Terms apply to consignments as described in the general conditions of carriage, " * 3 + "up to 7 pieces."


def test_a_shape_with_little_room_still_shows_figures_of_notes(tmp_path: Path) -> None:
    rows: Rows = [*([f"Plain words number {'x' * n}"] for n in range(150)), ["Discount 7.25 % on all rates"],
                  ["Up to kg", "Zone 1"], [100, 30], [500, 62]]  # fmt: skip
    content = read_content(workbook(tmp_path / "card.xlsx", {"Rates": rows}), media_types.XLSX)
    shape = read_mapped(content, ask="always").shape
    assert shape is not None
    room = build_plan_prompt(shape, model="gpt-4o-mini", max_input_tokens=24_000).input_tokens
    shown = build_plan_prompt(shape, model="gpt-4o-mini", max_input_tokens=room - 500).user
    assert "7.25 %" in shown


COLUMNS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("B:K price/zone kg EUR *0.01",
     {"meaning": "price", "axes": ("zone",), "unit": "kg", "currency": "EUR", "factor": "0.01"}),
    ("C:F price/service/break 100kg row=6/7 shift=1",
     {"axes": ("service", "break"), "rows": (6, 7), "shift": 1, "unit": "100kg"}),
    ("L charge percent of=goods_value name=L7 started",
     {"unit": "percent", "of": "goods_value", "name": "L7", "started": True}),
    ("A other:loading_side half=2", {"meaning": "other:loading_side", "half": 2}),
    ("J ignore row number", {"meaning": "ignore", "why": "row number"}),
)  # fmt: skip


@pytest.mark.parametrize(("text", "meant"), COLUMNS)
def test_what_the_words_of_a_column_mean(text: str, meant: dict[str, Any]) -> None:
    spec = column_spec(text)
    assert spec is not None
    assert {name: getattr(spec, name) for name in meant} == meant


@pytest.mark.parametrize(
    "text", ["B price/colour", "Q: price", "B prices", "B price per moon", "7 excess", "other:x B"]
)
def test_words_that_say_nothing_known_are_no_column(text: str) -> None:
    assert column_spec(text) is None


def test_rows_and_rules_are_lines_of_words() -> None:
    row, rule = (
        row_spec("24:25 excess 100kg started"),
        rule_spec('1!A22 surcharge 20% of=freight min=80 weight>1000kg name="T D"'),
    )
    assert row is not None
    assert (row.first, row.last, row.role, row.unit) == (24, 25, "excess", "100kg")
    assert rule is not None
    assert (rule.kind, rule.figures) == ("surcharge", ("20%",))
    assert dict(rule.words) == {"of": "freight", "min": "80", "weight>": "1000kg", "name": "T D"}
    assert row_spec("24 sideways") is None


def test_each_carrier_of_a_list_gets_a_card(tmp_path: Path) -> None:
    card = next(card for card in CARDS if card.name == "lanes-by-carrier-de")
    reading = read_mapped(read_content(card.write(tmp_path).read_bytes(), media_types.CSV), reply=reply_to(card))
    assert len(cards_of(reading.card)) == 3


def test_a_note_that_a_range_takes_in_is_still_read(tmp_path: Path) -> None:
    rows: Rows = [["Up to kg", "Zone 1"], [100, 30], [500, 62], ["A discount of 12.5 % is granted on all rates."]]
    reply = plan(table("1!A1:B4", "A weight_to kg", "B price/zone flat"))
    card = reading_of(tmp_path, {"Rates": rows}, reply).card
    assert [(rule.kind, rule.value) for rule in card.rules] == [("discount", D("12.5"))]


def test_a_header_value_that_its_cell_does_not_say_blocks_only_where_nothing_else_says_it(tmp_path: Path) -> None:
    wrong = plan(NOTED_TABLE, rules=("1!A3:A4 ignore other lists",), carrier="1!A1", currency="1!A1", valid_to="1!A1")
    reading = reading_of(tmp_path, {"Rates": NOTED}, wrong)
    assert reading.card.currency == "GBP"
    assert [problem.partition(":")[0] for problem in reading.problems] == ["valid_to"]


def test_prices_without_a_unit_are_by_that_of_the_note_above(tmp_path: Path) -> None:
    rows: Rows = [["Tariff in EUR per 100 kg"], ["Up to kg", "Zone 1", "Zone 2"], [100, 30, 35], [500, 22, 27]]
    silent = plan(table("1!A2:C4", "A weight_to kg", "B:C price/zone"))
    assert {rate.unit for rate in reading_of(tmp_path, {"Rates": rows}, silent).card.rates} == {"100kg"}
    told = plan(table("1!A2:C4", "A weight_to kg", "B:C price/zone kg"))
    assert {rate.unit for rate in reading_of(tmp_path, {"Rates": rows}, told).card.rates} == {"kg"}
