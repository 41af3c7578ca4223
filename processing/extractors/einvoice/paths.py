"""Path tables of e-invoices and what reads them: each field has rules in order; the first that gives a value wins.

Paths are XPath without prefixes: every name stands for the local name in any namespace, because prefixes, versions and
drafts of the standards differ in nothing but that. ``SYNONYMS`` of a syntax let one table serve its versions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from lxml import etree

from common.stream_safe import stream_safe
from invoices.records import DATE_FIELDS, HEADER, LINE_NUMBER_FIELDS, MONEY_FIELDS, Place, ReviewReason, Value
from invoices.rules.catalogue import reason
from processing.content.extraction import Fields, FieldValue
from processing.readers.xml_safe import XmlPaths

Node = etree._Element | str


@dataclass(frozen=True, slots=True)
class Joined:
    """One value out of several elements below ``base``: groups are joined by ``separator``, their parts by ``glue``."""

    base: str
    groups: tuple[tuple[str, ...], ...]
    separator: str = ", "
    glue: str = " "


@dataclass(frozen=True, slots=True)
class Every:
    """All that a path finds, joined: notes and other repeated text."""

    path: str
    separator: str = "\n"


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of all amounts that ``plus`` finds less those that ``minus`` finds."""

    plus: str
    minus: str = ""


Rule = str | Joined | Every | Sum
Table = Mapping[str, tuple[Rule, ...]]
Synonyms = Mapping[str, tuple[str, ...]]

_NAME = re.compile(r"'[^']*'|[@$]?[A-Za-z][\w.-]*(?:\(\))?(?:::)?")
# xs:decimal has no exponent: a value of "1E999999999" would fill the memory when it is written out.
_DECIMAL = re.compile(r"[+-]?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})")
_NUMBERS = MONEY_FIELDS | LINE_NUMBER_FIELDS | {"rate", "base"}
# Where lines mean something; elsewhere a line break is only how the XML was laid out.
_PROSE = frozenset(name for name, each in HEADER.items() if each.lines == "prose")
_IDENTIFIERS = frozenset({"iban", "bic"})
_TAX_IDS = frozenset({"vendor_tax_id", "buyer_tax_id"})
_SPACED_VAT_ID = re.compile(r"[A-Z]{2,3} ?[A-Z0-9 ]{4,20}")
# Many programs fill these up with zeros to four or eight places, which says nothing of their precision.
_PADDED = frozenset({"quantity", "unit_price", "tax_rate", "rate"})
# ISO 13616 has 15 to 34 signs; the checksum is left to the rules, so that a wrong one is shown and not dropped.
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{8,30}")
MAX_TEXT_CHARACTERS = 4_000
MAX_REASONS = 50  # a person who has read these knows that the file is broken
_PRICE_PLACES = 10


@dataclass(frozen=True, slots=True)
class Grammar:
    """Where a syntax keeps what: tables of fields, the paths of the rows below which the tables of rows are read, the
    type code (BT-3) and the price base quantity of a line (BT-149)."""

    header: Table
    type_code: str
    lines: str
    line: Table
    taxes: str
    tax: Table
    base_quantity: str = ""
    synonyms: Synonyms = field(default_factory=dict)


@dataclass(slots=True)
class Source:
    """One e-invoice being read. ``reasons`` gathers what could not be understood."""

    root: etree._Element
    synonyms: Synonyms = field(default_factory=dict)
    currency: str = ""
    reasons: list[ReviewReason] = field(default_factory=list)
    _paths: XmlPaths = field(init=False)
    _synonyms: tuple[tuple[str, tuple[str, ...]], ...] = field(init=False)

    def __post_init__(self) -> None:
        self._paths = XmlPaths.of(self.root)
        self._synonyms = tuple(self.synonyms.items())

    def nodes(self, base: etree._Element, path: str) -> list[Node]:
        found = _compiled(path, self._synonyms)(base, currency=self.currency)
        return found if isinstance(found, list) else []

    def elements(self, base: etree._Element, path: str) -> list[etree._Element]:
        return [node for node in self.nodes(base, path) if isinstance(node, etree._Element)]

    def text(self, base: etree._Element, path: str) -> str:
        """The text of the first node that has some, or ""."""
        return next((text for node in self.nodes(base, path) if (text := node_text(node))), "")

    def place(self, node: Node) -> Place:
        if isinstance(node, etree._Element):
            return Place(path=self._paths.path(node))
        parent, name = node.getparent(), node.attrname  # type: ignore[attr-defined]  # lxml's smart string
        return Place(path=f"{self._paths.path(parent)}/@{name}")

    def read(self, base: etree._Element, table: Table, *, prefix: str = "") -> Fields:
        """The fields of a table below ``base``; ``prefix`` names the row in review reasons (``line_items[0].``)."""
        fields: Fields = {}
        for name, rules in table.items():
            for rule in rules:
                value = self._read_rule(base, name, rule, prefix)
                if value is not None:
                    fields[name] = value
                    break
        return fields

    def _read_rule(self, base: etree._Element, name: str, rule: Rule, prefix: str) -> FieldValue | None:
        if isinstance(rule, str):
            for node in self.nodes(base, rule):
                if raw := node_text(node):
                    value = self._value(name, raw, node, prefix)
                    if value is not None or name != "iban":  # the next payment means may have one
                        return value
            return None
        if isinstance(rule, Joined):
            for element in self.elements(base, rule.base):
                groups = (rule.glue.join(filter(None, (self.text(element, p) for p in g))) for g in rule.groups)
                if raw := rule.separator.join(filter(None, groups)):
                    return self._value(name, raw, element, prefix)
            return None
        if isinstance(rule, Every):
            found = [(text, node) for node in self.nodes(base, rule.path) if (text := node_text(node))]
            raw = rule.separator.join(dict.fromkeys(text for text, _ in found))[:MAX_TEXT_CHARACTERS]
            return self._value(name, raw, found[0][1], prefix) if found else None
        return self._sum(base, name, rule, prefix)

    def _sum(self, base: etree._Element, name: str, rule: Sum, prefix: str) -> FieldValue | None:
        signed = [(Decimal(1), node) for node in self.nodes(base, rule.plus)]
        signed += [(Decimal(-1), node) for node in self.nodes(base, rule.minus)] if rule.minus else []
        terms = [(sign, node_text(node), node) for sign, node in signed]
        if not terms:
            return None
        if len(terms) == 1 and terms[0][0] > 0:
            return self._value(name, terms[0][1], terms[0][2], prefix)
        total = Decimal(0)
        for sign, raw, _ in terms:
            number = parse_number(raw)
            if number is None:
                self._unreadable(name, raw, prefix)
                return None
            total += sign * number
        raw = " ".join(f"{'+' if sign > 0 else '-'} {text}" for sign, text, _ in terms)
        return FieldValue(total, raw.removeprefix("+ "), "xml", self.place(base))

    def _value(self, name: str, raw: str, node: Node, prefix: str) -> FieldValue | None:
        value: Value | None = raw if name in _PROSE else " ".join(raw.split())
        if name in _NUMBERS:
            value = parse_number(raw)
            if value is not None and name in _PADDED:
                value = _without_padding(value)
        elif name in DATE_FIELDS:
            value = parse_xml_date(raw, last_day=name in {"period_end", "due_date"}, code=_date_format(node))
        elif name in _IDENTIFIERS:
            value = re.sub(r"\s+", "", raw).upper()
            if name == "iban" and not _IBAN.fullmatch(value):
                return None  # a national account number (BT-84 allows it) is no IBAN
        elif name in {"vendor_country", "currency"}:
            value = raw.upper()
        elif name in _TAX_IDS and _SPACED_VAT_ID.fullmatch(raw):
            value = "".join(raw.split())
        if value is None:
            self._unreadable(name, raw, prefix)
            return None
        return FieldValue(value, raw, "xml", self.place(node))

    def _unreadable(self, name: str, raw: str, prefix: str) -> None:
        message = f"The e-invoice gives {raw[:60]!r}, which its standard does not allow here."
        found = reason("unreadable_value", prefix + name, message, blocking=name in MONEY_FIELDS)
        if len(self.reasons) < MAX_REASONS and found not in self.reasons:
            self.reasons.append(found)


@lru_cache(maxsize=2_048)
def _compiled(path: str, synonyms: tuple[tuple[str, tuple[str, ...]], ...]) -> etree.XPath:
    names = dict(synonyms)

    def expand(match: re.Match[str]) -> str:
        token = match[0]
        if not token[0].isupper():
            return token  # a literal, an attribute, a variable, a function or an operator
        tests = " or ".join(f"local-name()='{name}'" for name in names.get(token, (token,)))
        return f"*[{tests}]"

    return etree.XPath(_NAME.sub(expand, path))


def node_text(node: Node) -> str:
    """The text of an element or attribute, blanks at its ends dropped; lines inside are kept."""
    text = node.text or "" if isinstance(node, etree._Element) else str(node)
    return stream_safe(text.strip()[:MAX_TEXT_CHARACTERS])


def parse_number(raw: str) -> Decimal | None:
    """An xs:decimal, and nothing else: an e-invoice has one number format."""
    return Decimal(raw) if _DECIMAL.fullmatch(raw) else None


def _without_padding(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _date_format(node: Node) -> str:
    return (node.get("format") or "") if isinstance(node, etree._Element) else ""


def parse_xml_date(raw: str, *, last_day: bool = False, code: str = "") -> date | None:
    """An xs:date or xs:dateTime, or a date by UNTDID 2379: 102 (CCYYMMDD), 203 and 204 (with time), 610 (CCYYMM), 616
    (CCYYWW). A month or a week stands for its first day, or for its last where ``last_day``."""
    try:
        if match := re.match(r"(\d{4})-(\d{2})-(\d{2})(?![\d-])", raw):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if not raw.isdigit():
            return None
        if code == "616" and len(raw) == 6:
            return date.fromisocalendar(int(raw[:4]), int(raw[4:]), 7 if last_day else 1)
        if len(raw) == 6:
            first = date(int(raw[:4]), int(raw[4:]), 1)
            return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1) if last_day else first
        if len(raw) in {8, 12, 14}:
            return date(int(raw[:4]), int(raw[4:6]), int(raw[6:8]))
    except ValueError:
        return None
    return None


def per_unit(price: FieldValue, base_quantity: str) -> FieldValue:
    """The price of one (BT-146 by BT-149): e-invoices may give it for 100 or 1,000. ``raw`` shows the division."""
    base = parse_number(base_quantity)
    if base is None or base in (0, 1) or not isinstance(price.value, Decimal):
        return price
    value = (price.value / base).quantize(Decimal(1).scaleb(-_PRICE_PLACES))
    return replace(price, value=_without_padding(value), raw=f"{price.raw} / {base_quantity}")
