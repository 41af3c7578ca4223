"""Fuel indexes: rows from a file, and the value that holds on a day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D

import pytest

from common.errors import InvalidFields
from invoices.models import FuelIndexValue
from invoices.rate_records.series import IndexValue
from invoices.rating.fuel_index import same_index, value_on
from invoices.services.fuel_index import import_fuel_index

MONDAYS = [
    IndexValue("DOE", date(2026, 3, 2), D("3.60")),
    IndexValue("DOE", date(2026, 3, 9), D("3.66")),
    IndexValue("DOE", date(2026, 3, 16), D("3.71")),
]


@pytest.mark.parametrize(
    ("day", "lag", "value"),
    [
        (date(2026, 3, 10), "", "3.66"),
        (date(2026, 3, 10), "from_wednesday", "3.60"),
        (date(2026, 3, 11), "from_wednesday", "3.66"),
        (date(2026, 3, 13), "previous_week", "3.60"),
        (date(2026, 3, 1), "", None),
        (date(2026, 6, 1), "", None),
        (date(2026, 4, 2), "previous_month", None),
    ],
)
def test_the_value_of_a_weekly_index(day: date, lag: str, value: str | None) -> None:
    assert value_on(MONDAYS, day, lag) == (None if value is None else D(value))


def test_a_monthly_index_holds_for_the_month_after() -> None:
    months = [IndexValue("BAFA", date(2026, month, 1), D(month)) for month in range(1, 5)]
    assert value_on(months, date(2026, 4, 20), "previous_month") == D(3)
    assert value_on(months, date(2026, 4, 20), "month_before_last") == D(2)


def test_names_of_one_index() -> None:
    assert same_index("DOE/EIA U.S. on-highway diesel", "EIA diesel")
    assert not same_index("EU oil bulletin DE", "EU oil bulletin FR")


@pytest.mark.django_db
def test_a_file_is_imported_once_and_corrected_by_the_next() -> None:
    text = "Week;Price\n02.03.2026;1,512\n09.03.2026;1,530\n16.03.2026;\n"
    done = import_fuel_index(name="Oil bulletin DE", text=text)
    assert (done.added, done.changed) == (2, 0)
    done = import_fuel_index(name="Oil bulletin DE", text="09.03.2026;1,535\n16.03.2026;1,541\n")
    assert (done.added, done.changed) == (1, 1)
    assert [str(row.value.normalize()) for row in FuelIndexValue.objects.order_by("published")] == [
        "1.512", "1.535", "1.541",
    ]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "no table at all", "2026-03-02,-1.5"])
def test_a_file_without_values_is_refused(text: str) -> None:
    with pytest.raises(InvalidFields):
        import_fuel_index(name="x", text=text)
    assert not FuelIndexValue.objects.exists()
