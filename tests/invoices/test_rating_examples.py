"""Rating against worked examples, whose prices are reckoned by a generator that knows nothing of rating."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace

import pytest

from invoices.api.rate_cards.quotes import ShipmentSerializer, shipment_of
from invoices.models import RateCard
from invoices.rate_records.bases import AXES, BASES
from invoices.rate_records.conditions import CONDITIONS
from invoices.rate_records.rules import RULES
from invoices.ratecards.lookup import stored_quotes
from invoices.rating import Shipment, quote
from samples.rating import WorkedExample, worked_examples
from tests.invoices.rate_cards import stored

EXAMPLES = worked_examples()


def shipment(example: WorkedExample) -> Shipment:
    form = ShipmentSerializer(data=example.shipment)
    form.is_valid(raise_exception=True)
    return shipment_of(form.validated_data)


@pytest.mark.parametrize("example", EXAMPLES, ids=[example.why for example in EXAMPLES])
def test_a_worked_example_gives_its_price(example: WorkedExample) -> None:
    found = quote(shipment(example), [example.card], example.day)
    if example.total is None:
        assert not found.quotes
        assert [refusal.code for refusal in found.refusals] == [example.refused]
        return
    assert found.best is not None, found.refusals
    told = [(c.code, c.name, c.amount, c.how) for c in found.best.charges]
    assert found.best.total == example.total, told
    assert found.best.incomplete == example.incomplete, told
    assert dict(found.best.others) == example.others


def test_every_basis_axis_rule_and_condition_is_among_them() -> None:
    assert len(EXAMPLES) >= 120
    assert len({example.why for example in EXAMPLES}) == len(EXAMPLES)
    covered = frozenset[str]().union(*(example.covers for example in EXAMPLES))
    assert set(BASES) | set(AXES) | set(RULES) <= covered
    looked_at = {c["on"] for e in EXAMPLES for s in e.card.surcharges for c in s.conditions}
    assert {name for name in CONDITIONS if name not in ("equipment", "freight_class")} <= looked_at


@pytest.mark.django_db
def test_stored_cards_give_what_the_examples_say() -> None:
    for number, example in enumerate(EXAMPLES):
        card = stored(replace(deepcopy(example.card), carrier_name=f"Example Lines {number}"))
        RateCard.objects.filter(pk=card.pk).update(status=RateCard.Status.ACTIVE)
        found, _ = stored_quotes(shipment(example), example.day, card_ids=[card.pk])
        assert [(q.total, q.incomplete) for q in found.quotes] == (
            [] if example.total is None else [(example.total, example.incomplete)]
        ), (example.why, found)
        assert [r.code for r in found.refusals] == ([example.refused] if example.total is None else []), example.why
