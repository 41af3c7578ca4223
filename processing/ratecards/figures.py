"""Sentences of a card and the figures in them: which are dates, addresses and numbers of things, and which may change a
price. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from invoices.values import find_dates, parse_decimal
from processing.content.records import Row
from processing.ratecards.note_amounts import amounts_in

NUMBER = r"\d{1,3}(?:[.,'’  ]\d{3})+(?:[.,]\d{1,4})?(?!\d)|\d+(?:[.,]\d{1,4})?"
_FIGURE = re.compile(rf"(?<![\w.,])(?:{NUMBER})")
# A full stop ends a sentence behind a word or a figure, not behind "Nr." or "min.".
_END = re.compile(r"(?:(?<=[^\W\d_]{4}[.!?])|(?<=[\d)%€$][.!?]))\s+(?=[A-ZÄÖÜÀ-Þ\d(•–-])|\s*[;•\n]\s*")
LISTED = re.compile(r"^\s*(?:\(?\d{1,2}[.)]|[-–•*])\s+")
_YEAR = re.compile(
    r"(?<![\d.,])(?:19|20)\d\d(?:\s*[/–-]\s*(?:(?:19|20)?\d\d))?(?![\d.,]?\d|\s*(?:kg|lb|m\b|km|cm|%|€|\$))"
)
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("contact", re.compile(r"\S+@\S+|\bwww\.\S+|https?://\S+|(?:\b(?:tel|phone|fax|telefon|tél|téléphone|mobil\w*)\b\.?|☎)"
                           r"[\s:]*[+\d][\d\s()/.–-]{4,}|\+\d[\d\s()/.–-]{6,}", re.I)),
    ("id", re.compile(
        r"\b(?:account|acct|customer|client|kunden?|kd|contract|agreement|program|tariff|tarif|tabela|quote|quotation|offer|"
        r"angebot|reference|ref|vertrag|konto|version|rev|revision|page|seite|sheet|scac|mc|dot|cnpj|cpf|ie|siret|siren|"
        r"nif|cif|vat|ust|uid|hrb|hra|rcs|iban|bic|naf|kvk|btw|p\.? ?iva|compte|cliente|contrato|oferta|appendix|annex|"
        r"anlage|allegato|bijlage|section|§|art|article|iso)\b[\w./-]{0,8}(?:[\s.:#-]*(?:no|nr|nº|n°|n\.|id|number|nummer|"
        r"numéro|número)\b\.?)?[\s.:#-]*(?:[A-Z]{1,6}[\s/-]?)?\d[\w./-]*(?:[ -]\d[\w./-]*)*", re.I)),
    ("id", re.compile(
        r"\b(?:kunden|vertrags|angebots|auftrags|konto|referenz|steuer|lieferanten|debitoren|klant|contract|offerte|btw)"
        r"-?(?:nummer|nr)\b[.:#\s]*[A-Z]{0,6}[\s-]?\d[\w./-]*(?:[ -]\d[\w./-]*)*", re.I)),
    ("id", re.compile(
        r"\b(?:n(?=\. ?\d)|no|nr|n[º°]|nro|num|number|nummer|n[uú]m[eé]ro)\b[.:]?\s*[A-Z]{0,6}[\s-]?\d[\w./-]*", re.I)),
    ("id", re.compile(r"\b(?:19|20)\d\d[-/]\d{3,6}\b")),
    ("address", re.compile(
        r"\b[A-Z]{0,2}-?\d{4,5}(?:-\d{3,4})?\s+[A-ZÄÖÜÉ][\w.'-]{2,}|\b\d{1,5}[a-z]?\s+(?:[A-Z][\w.'-]*\s+){1,3}"
        r"(?:street|st|road|rd|avenue|ave|lane|drive|blvd|way|park)\b|[A-ZÄÖÜ][\wäöüß.-]*(?:straße|strasse|str\.|weg|allee|"
        r"platz|gasse|ring|damm)\s*\d+\w?|\b(?:rue|via|calle|rua|avenida|av\.)\s[^\d,]{3,40},?\s*\d+|"
        r"\b[A-Z]{2}\s\d{5}(?:-\d{4})?\b")),
    ("size", re.compile(
        r"\b\d{2,3}(?:[.,]\d)?\s*[x×]\s*\d{2,3}(?:[.,]\d)?(?:\s*[x×]\s*\d{2,3}(?:[.,]\d)?)?\s*(?:cm|mm)?\b"
        r"(?!\s*(?:kg|%|[€$£]))", re.I)),
    ("label", re.compile(r"\b[A-Z]{2,8}[\s-]?\d{1,4}[A-Z]{0,2}\b(?!\s*(?:%|[€$£]))")),
)  # fmt: skip


def sentences_of(row: Row) -> Iterator[str]:
    """The sentences of a row's cells, without the numbers and marks of lists before them."""
    for cell in row.cells:
        yield from sentences_in(cell.text)


def sentences_in(text: str) -> Iterator[str]:
    """The sentences of a text; a full stop within a date ("1. 3. 2026") ends none."""
    text = LISTED.sub("", text)
    dates = [(date.start, date.end) for date in find_dates(text)]
    start = 0
    for match in (*_END.finditer(text), None):
        if match is not None and any(first < match.end() and match.start() < end for first, end in dates):
            continue
        part = LISTED.sub("", text[start : match.start() if match else len(text)]).strip()
        if part:
            yield part
        start = match.end() if match else start


def figures_in(text: str) -> list[str]:
    """The numbers of a sentence as they are written."""
    return [match[0] for match in _FIGURE.finditer(text)]


def number_of(text: str) -> Decimal | None:
    """A number of prose: its last mark is a decimal one unless three digits follow it."""
    text = text.replace("\xa0", " ").replace(" ", " ")
    mark = max(text.rfind(","), text.rfind("."))
    decimal = text[mark] if mark >= 0 and len(text) - mark - 1 != 3 else "." if "," in text else ","
    return parse_decimal(text, decimal_separator=decimal if mark >= 0 else None)


def without_dates(text: str) -> str:
    """A sentence without its dates, years and times of day."""
    for date in reversed(find_dates(text)):
        text = text[: date.start] + " " + text[date.end :]
    return re.sub(r"\b\d{1,2}[:h]\d\d\b(?:\s*(?:uhr|h))?", " ", _YEAR.sub(" ", text), flags=re.I)


def _without(text: str, pattern: re.Pattern[str], kind: str) -> str:
    """A text without what a pattern finds; money and percentages are never set aside as a number of something else."""
    if kind == "contact":
        return pattern.sub(" ", text)
    spans = [(found.start, found.end) for found in amounts_in(text) if not _YEAR.fullmatch(str(found.value))]

    def blank(match: re.Match[str]) -> str:
        return match[0] if any(a < match.end() and match.start() < b for a, b in spans) else " "

    return pattern.sub(blank, text)


def set_aside(text: str) -> tuple[str, dict[str, int]]:
    """What of a sentence is left without figures that can be no part of a price, and how many there were by kind: date,
    contact, id, address, label ("CVFQ 555")."""
    counts: dict[str, int] = {}
    plain = text
    for kind, pattern in (*_KINDS[:5], ("date", None), *_KINDS[5:]):
        rest = without_dates(plain) if pattern is None else _without(plain, pattern, kind)
        gone = len(figures_in(plain)) - len(figures_in(rest))
        if gone > 0:
            counts[kind] = counts.get(kind, 0) + gone
        plain = rest
    return plain, counts
