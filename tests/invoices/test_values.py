from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal
from hypothesis import given, settings
from hypothesis import strategies as st

from invoices.values import (
    day_first_of,
    decimal_separator_of,
    find_dates,
    find_ibans,
    find_numbers,
    find_vat_ids,
    normalise_bic,
    normalise_iban,
    parse_country,
    parse_currency,
    parse_date,
    parse_decimal,
)

LOCALES = ["en_US", "en_GB", "de_DE", "de_CH", "fr_FR", "es_ES", "it_IT", "nl_NL", "pt_PT", "pl_PL", "sv_SE", "en_IN"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.234,56", "1234.56"),
        ("1'234.56", "1234.56"),
        ("1’234.—", "1234"),
        ("12,345.00", "12345.00"),
        ("1 234,56", "1234.56"),
        ("1\u00a0234,56", "1234.56"),
        ("1\u202f234,56 €", "1234.56"),
        ("1,07,380.00", "107380.00"),
        ("(12.00)", "-12.00"),
        ("$ (12.00)", "-12.00"),
        ("12.00-", "-12.00"),
        ("-12", "-12"),
        ("−5,00 €", "-5.00"),
        ("-$12.00", "-12.00"),
        ("EUR 12.00", "12.00"),
        ("RM5.00", "5.00"),
        ("Rs.500", "500"),
        ("12,5 %", "12.5"),
        ("19% USt", "19"),
        ("10kg", "10"),
        ("12,-", "12"),
        ("0.125", "0.125"),
        (".50", "0.50"),
        ("1.234.567", "1234567"),
    ],
)
def test_a_number_is_read_in_every_convention(text: str, number: str) -> None:
    assert parse_decimal(text) == Decimal(number)


@pytest.mark.parametrize(
    "text", ["", "abc", "01.02.2024", "2024-01-02", "12:30", "A4", "2 x 5", "10.0.0.1", "030 123 456", "1,234,56"]
)
def test_what_is_no_single_number_is_none(text: str) -> None:
    assert parse_decimal(text) is None


def test_the_convention_of_the_document_decides_three_digits_behind_a_mark() -> None:
    assert parse_decimal("1.234", decimal_separator=".") == Decimal("1.234")
    assert parse_decimal("1.234", decimal_separator=",") == Decimal("1234")
    assert parse_decimal("1,234", decimal_separator=".") == Decimal("1234")
    assert parse_decimal("1.234") == parse_decimal("1,234") == Decimal("1234")


def test_an_unambiguous_number_stands_above_the_convention() -> None:
    assert parse_decimal("12,50", decimal_separator=".") == Decimal("12.50")


def test_the_convention_is_found_from_unambiguous_numbers() -> None:
    assert decimal_separator_of(["1.234", "1.234,56", "7,90"]) == ","
    assert decimal_separator_of(["1,234", "12.50"]) == "."
    assert decimal_separator_of(["1.234", "5"]) is None
    assert decimal_separator_of(["12,50", "12.50"]) is None


def test_numbers_are_found_with_their_place() -> None:
    text = "Tax 15% on $ 112.90 and 3"
    assert [(str(n.value), text[n.start : n.end].strip()) for n in find_numbers(text)] == [
        ("15", "15"),
        ("112.90", "$ 112.90"),
        ("3", "3"),
    ]


@given(st.decimals(min_value=Decimal("-999999999"), max_value=Decimal("999999999"), places=2), st.sampled_from(LOCALES))
def test_a_formatted_number_is_read_back(number: Decimal, locale: str) -> None:
    text = format_decimal(number, format=None, locale=locale, decimal_quantization=False, group_separator=True)
    if "." not in text and "," not in text and number == int(number):
        assert parse_decimal(text) == number
        return
    separator = "." if locale in {"en_US", "en_GB", "de_CH", "en_IN"} else ","
    assert parse_decimal(text, decimal_separator=separator) == number


@given(
    st.decimals(min_value=0, max_value=Decimal("9999999"), places=2),
    st.sampled_from(["de_DE", "fr_FR", "en_GB", "nl_NL", "it_IT"]),
    st.sampled_from(["EUR", "USD", "GBP"]),
)
def test_a_formatted_amount_is_read_back_with_its_currency(number: Decimal, locale: str, currency: str) -> None:
    text = format_currency(number, currency, locale=locale)
    assert parse_decimal(text) == number
    assert parse_currency(text) == currency


@given(st.text(max_size=60))
def test_no_text_makes_the_parsers_raise(text: str) -> None:
    parse_decimal(text)
    parse_date(text)
    parse_currency(text)
    find_ibans(text)
    find_vat_ids(text)
    parse_country(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-02-01", date(2024, 2, 1)),
        ("01.02.2024", date(2024, 2, 1)),
        ("01 . 02 . 2024", date(2024, 2, 1)),
        ("2/1/24", date(2024, 1, 2)),
        ("1 Feb 2024", date(2024, 2, 1)),
        ("01-FEB-24", date(2024, 2, 1)),
        ("Feb. 1, 2024", date(2024, 2, 1)),
        ("August 3 , 2014", date(2014, 8, 3)),
        ("1. März 2024", date(2024, 3, 1)),
        ("le 3 février 2024", date(2024, 2, 3)),
        ("1er juin 2022", date(2022, 6, 1)),
        ("3 de febrero de 2024", date(2024, 2, 3)),
        ("12 maggio 2020", date(2020, 5, 12)),
        ("5 mei 2020", date(2020, 5, 5)),
        ("22 de maio de 2024", date(2024, 5, 22)),
        ("1 lipca 2019", date(2019, 7, 1)),
        ("Friday, March 3rd 2023 10:00", date(2023, 3, 3)),
        ("25/12/201813:45", date(2018, 12, 25)),
        ("20180428/191204", date(2018, 4, 28)),
        ("27 MAR '18", date(2018, 3, 27)),
        ("2020年5月6日", date(2020, 5, 6)),
        ("12/13/2018", date(2018, 12, 13)),
        ("2025. gada 5. novembris", date(2025, 11, 5)),
        ("2025 m. lapkričio 5 d.", date(2025, 11, 5)),
        ("2025. március 6.", date(2025, 3, 6)),
        ("3. marraskuuta 2025", date(2025, 11, 3)),
    ],
)
def test_a_date_is_read_in_many_languages(text: str, expected: date) -> None:
    assert parse_date(text) == expected


@pytest.mark.parametrize(
    "text", ["31/12/1899", "32.01.2024", "30.02.2024", "1.2.3.2024", "12345678", "Room 12 Block 24", ""]
)
def test_implausible_dates_are_none(text: str) -> None:
    assert parse_date(text) is None


def test_the_month_may_come_first_but_not_with_dots() -> None:
    assert parse_date("2/1/24", day_first=False) == date(2024, 2, 1)
    assert parse_date("2.1.24", day_first=False) == date(2024, 1, 2)


@settings(max_examples=60)
@given(
    st.dates(min_value=date(1995, 1, 1), max_value=date(2060, 12, 31)),
    st.sampled_from(["en_GB", "de_DE", "fr_FR", "es_ES", "it_IT", "nl_NL", "pt_PT", "pl_PL", "sv_SE", "da_DK"]),
    st.sampled_from(["long", "medium"]),
)
def test_a_formatted_date_is_read_back(day: date, locale: str, style: str) -> None:
    assert parse_date(format_date(day, format=style, locale=locale), day_first=True) == day


def test_two_dates_of_a_period_are_found_in_order() -> None:
    text = "01.10.2018 bis 31.10.2018"
    assert [d.value for d in find_dates(text)] == [date(2018, 10, 1), date(2018, 10, 31)]


def test_the_order_of_day_and_month_comes_from_dates_that_leave_no_doubt() -> None:
    assert day_first_of(["03/04/2024", "12/25/2023"]) is False
    assert day_first_of(["25/12/2023"], currency="USD") is True
    assert day_first_of(["03/04/2024"], country="US") is False
    assert day_first_of(["03/04/2024"], currency="GBP") is True
    assert day_first_of(["03/04/2024"]) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("$4.11", "USD"),
        ("CA$ 5", "CAD"),
        ("A$12", "AUD"),
        ("S$3", "SGD"),
        ("RM 12.00", "MYR"),
        ("Rs. 500", "INR"),
        ("£5", "GBP"),
        ("12 zł", "PLN"),
        ("Total in EUR", "EUR"),
        ("250,00 euros", "EUR"),
        ("1 200 CHF", "CHF"),
        ("ALL ITEMS", None),
        ("013 SUMMER CUP 48X230ML", None),
        ("AMANO SON BHD", None),
        ("no money", None),
    ],
)
def test_a_currency_is_known_by_sign_code_and_name(text: str, code: str | None) -> None:
    assert parse_currency(text) == code


def test_a_bare_dollar_is_the_dollar_of_the_country() -> None:
    assert parse_currency("$5.00", country="AU") == "AUD"
    assert parse_currency("$5.00") == "USD"


def test_an_iban_needs_its_checksum() -> None:
    assert normalise_iban("de89 3704 0044 0532 0130 00") == "DE89370400440532013000"
    assert normalise_iban("DE88370400440532013000") is None
    text = "IBAN DE89 3704 0044 0532 0130 00 BIC COBADEFF"
    (found,) = find_ibans(text)
    assert found.value == "DE89370400440532013000"
    assert text[found.start : found.end] == "DE89 3704 0044 0532 0130 00"


@pytest.mark.parametrize(
    "written",
    [
        "DE89.3704.0044.0532.0130.00",
        "DE89-3704-0044-0532-0130-00",
        "DE89 / 3704 / 0044 / 0532 / 0130 / 00",
        "DE 89 37040044 0532013000",
        "D E 8 9 3 7 0 4 0 0 4 4 0 5 3 2 0 1 3 0 0 0",
        "DE89   3704 0044\u20030532\u202f0130\u2009.00",
        "DE89\u200b3704\u200b0044\u200b0532\u200b0130\u200b00",
        "DE89·3704·0044·0532·0130·00",
        "DE89–3704–0044–0532–0130–00",
        "DE89_3704_0044_0532_0130_00",
        "ＤＥ８９ ３７０４ ００４４ ０５３２ ０１３０ ００",
        "de89 3704 0044 0532 0130 00",
        "de89.3704.0044.0532.0130.00",
        "De89 3704 0044 0532 0130 00",
    ],
)
def test_an_iban_with_points_or_odd_blanks_is_an_iban(written: str) -> None:
    for text in (f"IBAN: {written} BIC COBADEFF", f"Our IBAN\t{written}, thank you", f"IBAN{written}"):
        (found,) = find_ibans(text)
        assert found.value == "DE89370400440532013000"
        assert text[found.start : found.end] == written


@pytest.mark.parametrize(
    "text",
    ["invoice de 89.370.400,44 0532013000", "DE89 3704 0044", "DE89 3704 0044 0532 0130 01", "xde89370400440532013000"],
)
def test_what_only_looks_like_an_iban_is_none(text: str) -> None:
    assert find_ibans(text) == []


def test_a_bic_has_eight_or_eleven_characters() -> None:
    assert normalise_bic("cobadeffxxx") == "COBADEFFXXX"
    assert normalise_bic("COBADEF") is None


@pytest.mark.parametrize(
    ("text", "value", "valid"),
    [
        ("USt-IdNr. DE136695976", "DE136695976", True),
        ("DE 123 456 789", "DE123456789", False),
        ("VAT GB 980 7806 84", "GB980780684", True),
        ("NL810433941B01", "NL810433941B01", True),
        ("FR 83 404833048", "FR83404833048", True),
        ("GSTIN 27AAPFU0939F1ZV", "27AAPFU0939F1ZV", True),
        ("CHE-107.787.577 IVA", "CHE107787577", True),
    ],
)
def test_a_vat_number_is_found_by_its_format_and_checked(text: str, value: str, valid: bool) -> None:
    (found,) = find_vat_ids(text)
    assert (found.value, found.valid) == (value, valid)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Deutschland", "DE"),
        ("Royaume-Uni", "GB"),
        ("UK", "GB"),
        ("Países Bajos", "NL"),
        ("Atlantis", None),
        ("AT", "AT"),
    ],
)
def test_a_country_is_known_by_code_and_by_name(text: str, code: str | None) -> None:
    assert parse_country(text) == code
