"""Sentences that change prices, as rules: discount, minimum, class map, weight equivalents, taxes, indexes. Pure.

Each pattern accounts for the figures that it reads; a sentence with a figure that none accounts for is not understood,
and the card waits. Terms after SMC3 (FAK, deficit weight, absolute minimum charge) and the practice of forwarders.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from invoices.rate_records import CardData, RuleData, SurchargeData
from invoices.rate_records.charges import meaning_of as trade_meaning
from processing.content.records import Row
from processing.ratecards.figures import NUMBER, figures_in, number_of, sentences_of, set_aside
from processing.ratecards.labels import price_unit
from processing.ratecards.note_amounts import SIGN, amounts_in
from processing.ratecards.pointed_figures import PointedFigures, rest_in_row
from processing.ratecards.said_places import from_country, most_weight, origin
from processing.ratecards.sheets import source_of
from processing.ratecards.space_rules import rule_of, weight_equivalents, without

MOST_RULES = 60
_PERCENT = rf"(?P<v>{NUMBER})\s*(?:%|per ?cent|prozent|por ciento|por cento)"
_MONEY = rf"(?:{SIGN}\s*(?P<a>{NUMBER})|(?P<b>{NUMBER})\s*(?:{SIGN}|dollars?\b))"
_DISCOUNT_WORD = r"(?:discount|reduction|rabatt|nachlass|abschlag|remise|rabais|descuento|desconto|sconto|korting)"
_DISCOUNT = re.compile(
    rf"\b{_DISCOUNT_WORD}\w*\b(?:[^\d%;]{{0,40}}?){_PERCENT}|"
    rf"{_PERCENT.replace('v>', 'w>')}\s*(?:{_DISCOUNT_WORD}|off)\b|"
    rf"\b(?:reduced|lowered|discounted|erm[äa](?:ß|ss)igt|reduziert|vermindert|verminderd|r[ée]duits?|minskas|"
    rf"obni[żz]on\w*|sn[íi][žz]en\w*|reducid[oa]s|reduzid[oa]s|ridott[ie])\s+"
    rf"(?:by|um|met|de|med|o|en|em|del)\s+{_PERCENT.replace('v>', 'y>')}|"
    rf"\b(?:tariff?s?|rates?|tarif\w*|haustarif|class rates)\b[^%;]{{0,30}}?\b"
    rf"(?:less|minus|abz[üu]glich|moins|meno|menos)\s+"
    rf"{_PERCENT.replace('v>', 'x>')}",
    re.I,
)
_PAYMENT = re.compile(
    r"\b(?:pay\w*|zahl\w*|tage|days|jours|d[ií]as|giorni|skonto|cash|early|prompt|invoice date|rechnung\w*)\b", re.I
)
# What makes a rule hold for some shipments only: there is no price without knowing for which.
_CONDITION = re.compile(
    r"\b(?:if|when|where|unless|only|except|excluding|over|above|more than|below|under|between|up to|for each|every|"
    r"wenn|falls|nur|ausser|außer|sofern|ab der|ab dem|über|unter|zwischen|"
    r"si|solo|sólo|salvo|excepto|sauf|uniquement|lorsque|au[- ]del[aà]|quando|somente|apenas|exceto|se|"
    r"inbound|outbound|per week|pro woche|je woche|monthly volume|jahresumsatz)\b", re.I
)  # fmt: skip
_RATES_BELOW = re.compile(
    r"\b(?:rates?|prices?|tariffs?|charges?)\s+(?:per \w+ )?(?:shown |listed )?(?:below|above)\b|"
    r"\b(?:below|above) rates?\b",
    re.I,
)
_PREPAID_ALONE = re.compile(r"^(?=.*\b(?:prepaid|collect|third[- ]party)\b)(?!.*\bprepaid\b.*\bcollect\b)", re.I | re.S)
_MINIMUM = re.compile(
    r"\b(?:absolute minimum charge|minimum (?:net )?(?:freight )?charge|minimum (?:net )?(?:linehaul|freight|"
    r"per shipment)|amc|^(?:op[łl]ata |cena )?minim\w+(?=\s*:)|"
    r"^(?:min(?:sta|ste|dste)|minim(?:i|aln|aal|ala)\w*|asgari|en az|v[äa]himm[äa]is\w*|najni[żz]sz\w+)(?:\s[^\W\d]+)?|"
    r"mindestfracht|mindestberechnung|mindestentgelt|mindestbetrag|minimum de (?:perception|facturation)|"
    r"m[ií]nimo de facturaci[oó]n|flete m[ií]nimo|frete m[ií]nimo|minimo (?:tassabile|di fatturazione)|"
    r"minimumvracht|minimum tarief|floor(?: charge| price)?|(?:no|each|every) shipments?\b[^\d.;]{0,40}?"
    r"(?:(?:charged|billed|rated|move\w*|be)\b[^\d.;]{0,20}?)(?:less than|at least|below|under)|"
    r"(?:net )?(?:charge|freight)\b[^\d.;]{0,30}?(?:not|never|no case)\b[^\d.;]{0,20}?(?:less than|below|under)|"
    r"keine sendung[^\d.;]{0,30}?(?:weniger als|unter))"
    r"\b[^\d]{0,60}?(?<![\w.,])" + _MONEY, re.I
)  # fmt: skip
_CLASS = r"\d{2,3}(?:[.,]5)?"
_CLASSES = re.compile(
    rf"\bclass(?:es)?\s+(?:from\s+|between\s+)?(?P<from>{_CLASS}(?:\s*(?:through|thru|to|-|–|and|&|,)\s*(?:and\s+)?(?:class\s+)?{_CLASS})*)\s+"
    rf"(?:(?:(?:are|is|will be|shall be|move|moves|ship|ships)\s*(?:to be\s*)?(?:rated|charged|billed|treated|priced)?|"
    rf"(?:to be\s*)?(?:rated|charged|billed|treated|priced)|=)\s*(?:as|at)?\s+(?:class\s+)?|(?:as|at)\s+class\s+)"
    rf"(?P<as>{_CLASS})", re.I
)  # fmt: skip
_ALL_CLASSES = re.compile(
    rf"\ball (?:shipments?|classes|freight|commodities)\b[^\d.]{{0,24}}?\b(?:as|"
    rf"at)\s+(?:freight )?class\s+(?P<as>{_CLASS})",
    re.I,
)
_RANGE_OF_CLASSES = re.compile(rf"({_CLASS})\s*(?:through|thru|to|-|–)\s*(?:class\s+)?({_CLASS})", re.I)
_NEXT_BREAK = re.compile(
    r"deficit weight|next (?:higher |lower[- ]rated )?(?:weight )?break\b.*\b(?:lower|cheaper|less)|"
    r"n[äa]chst\s?h[öo]here\w*\s+(?:gewichts)?(?:stufe|staffel)\w*.*(?:g[üu]nstiger|billiger|niedriger)|"
    r"(?:tranche|coupure) sup[ée]rieure.*(?:avantageu|moins|inf[ée]rieur)|payant pour|"
    r"tramo superior.*(?:barat|econ[óo]mic|menor|inferior)|escal[ãa]o superior.*(?:barat|menor)|"
    r"scaglione superiore.*(?:convenient|inferior)", re.I
)  # fmt: skip
_NEGATED = re.compile(r"\b(?:no|not|never|without|kein\w*|nicht|ohne|sans|pas|sin|sem|non|n[ãa]o)\b", re.I)
_GREATER = re.compile(
    r"(?:greater|higher) of|whichever is (?:greater|higher)|h[öo]here\w* (?:wert|gewicht)|gr[öo](?:ß|ss)ere\w* wert|"
    r"(?:el|o|la|il) (?:mayor|maior|maggiore)|(?:plus (?:élevé|grand)|supérieur)e? des (?:deux|poids)", re.I
)  # fmt: skip
_FULL_KILOGRAM = re.compile(
    r"round\w*(?: up)? to the next (?:full |whole )?(?:kilogram|kg|kilo)\b|"
    r"aufgerundet auf (?:das n[äa]chste |)?(?:volle )?(?:kilogramm|kg)|(?:volle|ganze) kg aufgerundet|"
    r"redondea\w* al (?:kilogramo|kilo|kg) superior|arrondi\w* au (?:kilogramme|kilo|kg) sup[ée]rieur|"
    r"arredonda\w* (?:ao|para o) (?:quilo|kg) superior|arrotondat\w* al (?:chilogrammo|kg) superiore", re.I
)  # fmt: skip
_WHOLE_WEIGHT = re.compile(
    r"(?:full|whole|total|entire|gesamt\w*|peso total|poids total|peso totale)\b", re.I
)  # fmt: skip
_FROM_KG = re.compile(
    rf"(?:from|above|over|ab|[üu]ber|a partir de|desde|[àa] partir de|acima de|oltre|da)\s*(?P<v>{NUMBER})\s*kg", re.I
)
_TAX = r"(?:ICMS|ISS|VAT|MwSt\.?|Mehrwertsteuer|USt\.?|TVA|T\.V\.A\.|IVA|BTW|GST|impuesto)"
_TAX_INSIDE = re.compile(
    rf"\b(?P<name>ICMS|ISS)\b[^\d%]{{0,30}}{_PERCENT}\s*por dentro(?:\s*\(?\s*(?:total|valor|"
    rf"subtotal)?\s*[/÷]\s*(?P<d>0[.,]\d+)\s*\)?)?",
    re.I,
)
_VAT = re.compile(rf"\b{_TAX}(?!\w)", re.I)
_FUEL_WORD = re.compile(
    r"paliw|paliv|drivmedel|drivstoff|br[æa]ndstof|br[äa]nsle|polttoaine|fuel|diesel|treibstoff|kraftstoff|gazole|gasoil|gas[óo]leo|combustible|combustível|carburante|brandstof|\bbaf\b",
    re.I,
)
_LAGS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("month_before_last", re.compile(r"vorletzte\w* monat|month before last|two months (?:before|prior)|m-2\b", re.I)),
    ("previous_month", re.compile(r"vormonat|previous month|prior month|mois pr[ée]c[ée]dent|m[êe]s anterior|"
                                  r"mese precedente|m-1\b|vorige maand", re.I)),
    ("from_wednesday", re.compile(r"monday'?s?\b.*wednesday", re.I)),
    ("previous_week", re.compile(r"previous week|vorwoche|semaine pr[ée]c[ée]dente|semana anterior|prior week", re.I)),
)  # fmt: skip
_INDEX = re.compile(
    r"\b(?:DOE(?:/EIA)?|EIA|CNR|Statistisches Bundesamt|Destatis|ANP|MITMA|MITECO|MISE|IRU|CBS|Platts|"
    r"weekly (?:oil bulletin|on-highway diesel)|TLN|en2x|U\.?S\.? Gulf Coast)\b"
)
_ON_REQUEST = re.compile(
    r"^(?P<name>[^\d:;]{3,60}?)\s*[:–-]?\s*(?:auf anfrage|on request|upon request|sur demande|a consultar|sob consulta|"
    r"su richiesta|op aanvraag)\.?$", re.I
)  # fmt: skip
_MINIMUM_UNITS = re.compile(
    rf"\b(?:min(?:imum|destens)?|m[ií]nimo|mindest(?:gewicht|frachtgewicht)?|peso m[íi]nimo|poids minimum)\.?\s*"
    rf"(?:(?:tassabile|taxable|tax[áa]vel|tasable|facturable|"
    rf"berechnung|billable|charge(?:able)?|billed|(?:pro |je )?sendung|"
    rf"weight|gewicht|peso)\s*){{0,3}}(?:de|of|von|is)?\s*:?\s*(?P<v>{NUMBER})\s*(?P<unit>w/?m|rt|cbm|m³|m3|t|frt|kgs?|lbs?)\b",
    re.I,
)
_WEIGHTS_OF = {"kg": ("kg", "100kg"), "lb": ("lb", "cwt")}
_EXCESS = re.compile(r"weitere|additional|further|suppl[ée]mentaire|adicional|excedente|eccedente|extra", re.I)
_UP_TO_WEIGHT = re.compile(
    rf"(?:up to|max\.?|bis(?: zu)?|jusqu['’]?[àa]|hasta|até|fino a|tot)\s*(?:{NUMBER})\s*(?:kgs?|lbs?|g|oz)\b", re.I
)
_LOOKED_AT = 200
_LEGEND = re.compile(r"=|≙|\bmeans\b|bedeutet|significa|signifie", re.I)
_CHANGES = re.compile(
    r"surcharge|zuschlag|discount|rabatt|\bfee\b|geb[üu]hr|recargo|suppl[ée]ment|remise|descuento|erm[äa](?:ß|ss)ig|"
    r"vermindert|erh[öo]ht|increase|decrease|half|double|doppelt|hälfte|moitié|mitad|free\b|frei\b|on request|"
    r"auf anfrage",
    re.I,
)

# Terms of business and limits of what is carried: no figure in them prices a shipment that is carried.
_TERMS = re.compile(
    r"payment|payable|invoice[sd]?\b|interest|liabilit|\bsdr\b|zahlung|zahlbar|skonto|verzug|haftung|rechnung|"
    r"paiement|facturation [àa]|"
    r"responsabil|pago\b|vencimiento|pagamento|vencimento|betaling|aansprakelijk|pagamenti|transit time|laufzeit|"
    r"delivery time|"
    r"d[ée]lai|plazo de entrega|prazo de entrega|cut[- ]?off|opening hours|[öo]ffnungszeit|abholung bis|"
    r"all rights|copyright|©", re.I
)  # fmt: skip
_LIMITS = re.compile(
    r"^(?:the )?(?:max(?:imum|imal\w*|\.)?|h[öo]chst\w*|m[áa]ximo|poids maxi\w*)\s+(?:permitted |allowed |"
    r"zul[äa]ssige\w* )?"
    r"(?:weight|length|dimension|size|girth|gewicht|l[äa]nge|ma[ßs]e|gurtma[ßs]|peso|largo|longueur|height|width)\w*[^€$£%]*$",
    re.I,
)


@dataclass(slots=True)
class SentencesRead:
    """``rows`` are numbers of rows whose every sentence was understood as rules, ``rules`` the sentences that became
    some; ``figures`` counts figures that became part of a rule, ``aside`` those set aside by kind. ``open`` are
    sentences that no rule accounts for."""

    rows: set[int] = field(default_factory=set)
    figures: int = 0
    aside: dict[str, int] = field(default_factory=dict)
    open: list[tuple[Row, str]] = field(default_factory=list)
    rules: set[str] = field(default_factory=set)


def read_sentences(
    card: CardData, rows: Iterable[Row], *, titles: frozenset[str], pointed: PointedFigures | None = None
) -> SentencesRead:
    """Add the rules that the sentences of notes state to a card whose tables were read. ``titles`` are those of its
    tables; a sentence whose figures a plan has ``pointed`` at says what the plan says."""
    read = SentencesRead()
    for row in rows:
        if not row.cells or len(row.cells) > 4:
            continue
        understood = True
        for text in sentences_of(_as_sentence(row)):
            place = source_of(row.cells[0].place)
            found: list[RuleData] = []
            rest = rest_in_row(pointed, row, text)
            known = rest is not None
            if rest is None:
                found, rest = _rules(card, text, place)
                rest = most_weight(card, text, rest, titles)
            for rule in found:
                if len(card.rules) < MOST_RULES:
                    card.rules.append(rule)
            plain, aside = set_aside(rest)
            for kind, count in aside.items():
                read.aside[kind] = read.aside.get(kind, 0) + count
            read.figures += len(figures_in(text)) - len(figures_in(rest))
            left = figures_in(plain)
            if not left and found:
                read.rules.add(text.rstrip("."))
            if not left:
                understood = understood and (bool(found) or known or not figures_in(text))
                continue
            if not known and _explains(card, plain if found else text, plain, left, titles):
                read.aside["explanation"] = read.aside.get("explanation", 0) + len(left)
                continue
            understood = False
            read.open.append((row, text))
        if understood:
            read.rows.add(row.number)
    return read


def _bare(text: str) -> str:
    """A text without what differs between a row and its sentences: blanks and colons."""
    return re.sub(r"[\s:]+", " ", text).strip()


def _as_sentence(row: Row) -> Row:
    """ "Minimum chargeable weight | 50 kg": two cells that say one thing together."""
    if len(row.cells) != 2 or figures_in(row.cells[0].text) or not figures_in(row.cells[1].text):
        return row
    first, second = row.cells
    return replace(row, cells=(replace(first, text=f"{first.text.rstrip(' :')}: {second.text}"),))


def settle_open(card: CardData, read: SentencesRead, charges: Iterable[str]) -> None:
    """Sentences with figures that neither a rule nor a charge accounts for: set aside where they are terms of business
    that change no price, else not understood. ``charges`` are the notes that were read as charges or told."""
    told = [_bare(charge) for charge in charges]
    for row, text in read.open:
        bare = _bare(text)
        if any(bare in note or note in bare for note in told):
            continue
        if (_TERMS.search(text) and not trade_meaning(text)) or _LIMITS.search(text):
            kind = "terms" if _TERMS.search(text) else "limits"
            read.aside[kind] = read.aside.get(kind, 0) + len(figures_in(text))
        elif len(card.rules) < MOST_RULES:
            place = source_of(row.cells[0].place)
            card.rules.append(rule_of("not_understood", text, place))


def _rules(card: CardData, text: str, place: Any) -> tuple[list[RuleData], str]:
    """The rules of a sentence, and the sentence without the figures that they account for."""
    found: list[RuleData] = []
    rest = text
    for reader in (_discount, _minimum, _class_map, weight_equivalents, _taxes):
        rules, rest = reader(text, rest, place)
        found += rules
    if _NEXT_BREAK.search(text):
        negated = bool(_NEGATED.search(text))
        found.append(rule_of("deficit_weight", text, place, choice="no" if negated else "yes"))
    if _GREATER.search(text) and not figures_in(set_aside(rest)[0]):
        found.append(rule_of("chargeable_weight", text, place, choice="greater"))
    if _FUEL_WORD.search(text):
        lag = next((name for name, pattern in _LAGS if pattern.search(text)), "")
        index = _INDEX.search(text)
        if lag or index:
            found.append(rule_of("fuel_index", text, place, index_name=index[0] if index else "", lag=lag))
    rest = origin(card, rest, place)
    from_country(card, text, place)
    rest = _whole_weight(card, text, rest)
    rest = _least_units(card, rest)
    if match := _ON_REQUEST.match(text):
        card.surcharges.append(
            SurchargeData(match["name"].strip(), Decimal(0), applies="on_request", source={"name": place})
        )
    return found, rest


def _discount(text: str, rest: str, place: Any) -> tuple[list[RuleData], str]:
    matches = list(_DISCOUNT.finditer(text))
    plain = _RATES_BELOW.sub(" ", text)
    if len(matches) != 1 or _PAYMENT.search(text) or _CONDITION.search(plain) or _PREPAID_ALONE.search(text):
        return [], rest
    value = number_of(matches[0]["v"] or matches[0]["w"] or matches[0]["x"] or matches[0]["y"])
    if value is None or not 0 < value < 100:
        return [], rest
    return [rule_of("discount", text, place, value=value)], without(rest, matches[0])


def _minimum(text: str, rest: str, place: Any) -> tuple[list[RuleData], str]:
    match = _MINIMUM.search(text)
    if match is None or _CONDITION.search(text):
        return [], rest
    value = number_of(match["a"] or match["b"])
    if value is None or figures_in(set_aside(without(rest, match))[0]):
        return [], rest
    return [rule_of("absolute_minimum_charge", text, place, value=value)], without(rest, match)


def _class_map(text: str, rest: str, place: Any) -> tuple[list[RuleData], str]:
    rules = []
    if whole := _ALL_CLASSES.search(text):
        rules.append(rule_of("class_map", text, place, classes="50-500", rated_as=whole["as"]))
        rest = without(rest, whole)
    for match in _CLASSES.finditer(text):
        listed = re.sub(r"\s*(?:and|&|,)\s*(?:and\s+)?", ", ", _RANGE_OF_CLASSES.sub(r"\1-\2", match["from"]))
        rules.append(rule_of("class_map", text, place, classes=listed.replace("class ", ""), rated_as=match["as"]))
        rest = without(rest, match)
    return rules, rest


def _taxes(text: str, rest: str, place: Any) -> tuple[list[RuleData], str]:
    match = _TAX_INSIDE.search(text)
    if match is not None:
        value, divisor = number_of(match["v"]), number_of(match["d"]) if match["d"] else None
        if value is not None and (divisor is None or divisor == 1 - value / 100):
            return [rule_of("tax_inside", text, place, value=value, name=match["name"].upper())], without(rest, match)
        return [], rest
    if _VAT.search(text) and (amounts := re.findall(_PERCENT.replace("?P<v>", "?:"), text)) and len(amounts) == 1:
        plain = re.sub(_PERCENT, " ", rest, count=1)
        if not figures_in(set_aside(plain)[0]):
            told = "tax on the invoice is no part of the price"
            return [rule_of("set_aside", text, place, choice=told)], plain
    return [], rest


def _whole_weight(card: CardData, text: str, rest: str) -> str:
    """A price per kg that a sentence says to be for the whole weight, rounded up to the kilogram."""
    if not _FULL_KILOGRAM.search(text):
        return rest
    start = _FROM_KG.search(text)
    bound = number_of(start["v"]) if start else None
    rates = [
        r for r in card.rates
        if r.unit == "kg" and not r.excess_only and (bound is None or (r.break_from or Decimal(0)) >= bound - 1)
    ]  # fmt: skip
    if not rates or (start and not _WHOLE_WEIGHT.search(text)):
        return rest
    for rate in rates:
        rate.increment, rate.rounding = Decimal(1), "up"
    return without(rest, start) if start else rest


def _least_units(card: CardData, rest: str) -> str:
    match = _MINIMUM_UNITS.search(rest)
    value = number_of(match["v"]) if match else None
    if match is None or value is None:
        return rest
    by_weight = _WEIGHTS_OF.get(match["unit"].casefold().rstrip("s"))
    freight = [rate for rate in card.rates if not rate.charge]
    rates = [rate for rate in freight if rate.unit in (by_weight or ("wm", "m3", "t"))]
    if not rates or (by_weight and len(rates) < len(freight)):
        return rest
    for rate in rates:
        rate.minimum_units = value
    return without(rest, match)


def _explains(card: CardData, text: str, plain: str, left: list[str], titles: frozenset[str]) -> bool:
    """Whether a sentence only says again what tables or header hold: the title of a table, a legend of its breaks, how
    its prices for what exceeds a break are meant. Each of its figures is a bound, a step or a class of a rate."""
    if _CHANGES.search(text):
        return False
    known = {
        bound for rate in card.rates
        for bound in (rate.break_from, rate.break_to, rate.increment, rate.break2_from, rate.break2_to)
        if bound is not None
    }  # fmt: skip
    numbers = [number_of(figure) for figure in left]
    unit = price_unit(text)
    if unit and any(rate.unit == unit for rate in card.rates) and all(number in (1, 100) for number in numbers):
        return True  # "all rates in US dollars per 100 lb"
    if card.dimensional_divisor is not None and all(n in (1, card.dimensional_divisor) for n in numbers):
        evidence = card.evidence.get("dimensional_divisor") or {}
        if text in str(evidence.get("text", "")):
            return True
    said = " ".join(f"{rate.origin} {rate.destination} {rate.equipment}" for rate in card.rates[:_LOOKED_AT])
    named = set(re.findall(r"\d+(?:[.,]\d+)?", said))
    if all(figure in named for figure in left) and not amounts_in(plain) and not re.search(r"[%€$£]", plain):
        return True  # "Rates from ZIP3 972 to ZIP3 980-984", "Equipment: 53' dry van"
    if text in titles and not figures_in(_UP_TO_WEIGHT.sub(" ", plain)):
        return True  # "Envelope up to 0.5 lb"
    if text in titles:
        near = known | {bound + step for bound in known for step in (Decimal("0.1"), Decimal("0.01"), Decimal(1))}
        # The title of a table may count steps ("per 1 kg").
        return all(number in near or number in (1, 100) for number in numbers)
    excess = any(rate.excess_only for rate in card.rates) and _EXCESS.search(text)
    return bool(excess or _LEGEND.search(text)) and all(number in known for number in numbers)
