"""Random shipments priced back from the cells of a card, against what was read and quoted."""

from __future__ import annotations

import ast
from decimal import Decimal as D
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from invoices.rate_records import CardData
from processing.ratecards import read_rate_card, verify
from processing.readers import media_types
from processing.readers.registry import read_content
from samples.charge_cards import CARDS, ChargeCard

BY_WEIGHT = ("express-guide-es", "ltl-class-tariff-a", "groupage-fr", "stueckgut-at", "tabela-frete-sul", "air-freight")


def _card(name: str) -> ChargeCard:
    return next(card for card in CARDS if card.name == name)


def _read(name: str, folder: Path) -> tuple[CardData, dict[str, str]]:
    sample = _card(name)
    media_type = media_types.CSV if sample.separator else media_types.XLSX
    content = read_content(sample.write(folder).read_bytes(), media_type)
    cells = {cell.place.cell: cell.text for row in content.rows for cell in row.cells if cell.place.cell}
    return read_rate_card(content).card, cells


@pytest.mark.parametrize("name", BY_WEIGHT)
def test_quotes_agree_with_the_cells(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("verify_card", str(_card(name).write(tmp_path)))
    said = capsys.readouterr().out
    assert " 0 disagree" in said
    assert "0 not explained" in said


def test_two_prices_for_one_weight_do_not_agree(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="do not agree"):
        call_command("verify_card", str(_card("shop-rates-conflict").write(tmp_path)))


def test_a_price_that_its_cell_does_not_say_is_told(tmp_path: Path) -> None:
    card, cells = _read("stueckgut-at", tmp_path)
    assert verify.sample(card, cells.get, count=50).faults == []
    card.rates[3].value += D("0.10")
    (told,) = verify.sample(card, cells.get, count=50).faults
    assert str(card.rates[3].value) in told


def test_a_break_that_its_header_does_not_say_is_told(tmp_path: Path) -> None:
    card, cells = _read("express-guide-es", tmp_path)
    card.rates[-1].break_from, card.rates[-1].break_to = D(700), D(800)
    assert any("700" in told for told in verify.sample(card, cells.get, count=50).faults)


def test_the_second_opinion_knows_nothing_of_rating() -> None:
    tree = ast.parse(Path(verify.__file__).read_text())
    modules = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert not [module for module in modules if module.startswith("invoices.rating")]
