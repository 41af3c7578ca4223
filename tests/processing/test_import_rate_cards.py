"""``import_rate_cards`` as its user runs it: real files, the bounded reader, a real database."""

from __future__ import annotations

from pathlib import Path

import pytest

from invoices.models import Rate, RateCard
from processing.models import LLMCall
from tests.processing.import_runs import results_in, run_import
from tests.processing.rate_card_grids import workbook

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_storage")]

NOTES: list[list[object]] = [
    ["Carrier: Polar Parcels"],
    ["Valid from 2026-02-01 to 2027-01-31, prices in EUR, weight in kg"],
    [],
]


def write_card(path: Path, *, rows: int = 3, raise_by: float = 0.0) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    table: list[list[object]] = [["Weight up to (kg)", "Zone 1", "Zone 2"]]
    table += [[n, round(3 + n * 0.5 + raise_by, 2), round(4 + n * 0.5 + raise_by, 2)] for n in range(1, rows + 1)]
    workbook(path, {"Parcel": [*NOTES, *table]})


def test_a_rate_card_becomes_stored_rates_and_a_result(tmp_path: Path) -> None:
    write_card(tmp_path / "in" / "polar.xlsx")
    status, printed = run_import("import_rate_cards", tmp_path / "in", "--output", tmp_path / "out")
    assert status == 0
    assert "Polar Parcels" in printed
    [entry] = results_in(tmp_path / "out")
    card = entry["rate_card"]
    assert (entry["kind"], entry["status"], entry["method"], entry["review"]) == ("rate_card", "completed", "rules", [])
    assert (card["carrier_name"], card["currency"], card["valid_to"], len(card["rates"])) == (
        "Polar Parcels", "EUR", "2027-01-31", 6
    )  # fmt: skip
    assert card["rates"][0] | {"source": None} == {
        "zone": "1", "break_basis": "weight", "break_from": "0", "break_to": "1", "break_inclusive": "upper",
        "break_unit": "kg", "value": "3.5", "unit": "flat", "source": None,
    }  # fmt: skip
    assert card["rates"][0]["source"]["value"] == "Parcel!B5"
    assert RateCard.objects.get().status == RateCard.Status.ACTIVE


def test_the_same_file_again_is_seen_and_a_new_one_is_the_next_version(tmp_path: Path) -> None:
    write_card(tmp_path / "a.xlsx")
    run_import("import_rate_cards", tmp_path / "a.xlsx")
    run_import("import_rate_cards", tmp_path / "a.xlsx")
    assert RateCard.objects.count() == 1
    write_card(tmp_path / "b.xlsx", raise_by=0.25)
    run_import("import_rate_cards", tmp_path / "b.xlsx")
    versions = RateCard.objects.order_by("card_version").values_list("card_version", "status")
    assert list(versions) == [(1, "superseded"), (2, "active")]


def test_many_rows_cost_what_three_cost_nothing(tmp_path: Path) -> None:
    write_card(tmp_path / "large.xlsx", rows=400)
    status, _ = run_import("import_rate_cards", tmp_path / "large.xlsx")
    assert (status, Rate.objects.count(), LLMCall.objects.count()) == (0, 800, 0)


def test_a_file_without_rates_fails_alone_with_a_sentence(tmp_path: Path) -> None:
    write_card(tmp_path / "in" / "good.xlsx")
    (tmp_path / "in" / "letter.csv").write_text("Dear customer;\nour prices;change soon\n")
    status, _ = run_import("import_rate_cards", tmp_path / "in", "--output", tmp_path / "out")
    good, letter = results_in(tmp_path / "out")
    assert status == 1
    assert (good["status"], letter["status"]) == ("completed", "failed")
    assert letter["error"]["code"] == "extraction_failed"
    assert "No rate table" in letter["error"]["message"]


def test_a_list_of_two_carriers_becomes_a_card_for_each(tmp_path: Path) -> None:
    (tmp_path / "lanes.csv").write_text(
        "Carrier;Origin;Destination;Price EUR;Valid from;Valid to\n"
        "Blau Transport GmbH;Bremen;Praha;990.00;2026-01-01;2026-12-31\n"
        "Gruen Logistik GmbH;Bremen;Praha;940.00;2026-01-01;2026-12-31\n"
    )
    status, _ = run_import("import_rate_cards", tmp_path / "lanes.csv", "--output", tmp_path / "out")
    [entry] = results_in(tmp_path / "out")
    assert [card["carrier_name"] for card in entry["rate_cards"]] == ["Blau Transport GmbH", "Gruen Logistik GmbH"]
    first, second = RateCard.objects.order_by("carrier_name")
    assert (status, first.status, second.status, second.part_of) == (0, "active", "active", first)
