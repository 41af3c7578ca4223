"""Normalising what stands in a document: numbers, dates, currencies, countries and identifiers. Pure; nothing here
raises on odd text: what cannot be read is ``None``."""

from invoices.values.currencies import parse_currency
from invoices.values.dates import DateMatch, day_first_of, find_dates, parse_date
from invoices.values.identifiers import IdMatch, find_ibans, find_vat_ids, normalise_bic, normalise_iban, parse_country
from invoices.values.numbers import NumberMatch, decimal_separator_of, find_numbers, parse_decimal

__all__ = [
    "DateMatch",
    "IdMatch",
    "NumberMatch",
    "day_first_of",
    "decimal_separator_of",
    "find_dates",
    "find_ibans",
    "find_numbers",
    "find_vat_ids",
    "normalise_bic",
    "normalise_iban",
    "parse_country",
    "parse_currency",
    "parse_date",
    "parse_decimal",
]
