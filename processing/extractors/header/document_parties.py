"""Who sells, who buys and where: the parties of an invoice as fields, with the seller's country. Pure."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from common.text import fold
from invoices import values
from processing.content.extraction import Extraction, Fields, FieldValue
from processing.extractors.header import addresses, letterhead, names, parties, taxids, upright_labels
from processing.extractors.header.grid import Grid, Span, joined_place, read_value, values_of
from processing.extractors.header.parties import Party
from processing.extractors.words.labels import title_at

_COUNTRY_OF_WORD = {
    "abn": "AU", "pty": "AU", "nzbn": "NZ", "uen": "SG", "hst": "CA", "sdn": "MY", "gstin": "IN", "cnpj": "BR",
}  # fmt: skip
# In South Africa the form is written with brackets, in Australia without.
_SOUTH_AFRICAN = re.compile(r"\(Pty\)", re.I)
_US_TOWN = re.compile(
    r"(?:^|, ?|[a-z] )(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]"
    r"|T[NX]|UT|V[AT]|W[AIVY]),? \d{5}(?:-\d{4})?\b(?! [a-z])"
)
_CODE_BEFORE_POSTCODE = re.compile(r"^([A-Z]{2})[- ](?=\d{4,6}\b|[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b)")


def read_parties(extraction: Extraction, grid: Grid, heads: set[int]) -> None:
    """Reads the seller, the buyer and where the goods go; ``heads`` are lines whose words head columns."""
    sections = parties.find_sections(grid, skip_lines=heads) + upright_labels.find_sections(grid)
    named = [s for s in sections if s.role == "seller" and s.name and _is_company(s.name_text)]
    seller = next((s for s in named if names.has_suffix(s.name_text) or s.address or len(s.pieces) > 3), None)
    sure = seller is not None
    if seller is None:
        seller, sure = letterhead.guess_seller(grid, [s for s in sections if s not in named])
    if seller is None and named:  # "Seller | J. Smith" may be the person who sold
        seller = named[0]
    buyer = next((s for s in sections if s.role == "buyer" and s.name), None)
    if buyer is None and (buyer := _other_name(grid, seller)) is not None:
        sections.append(buyer)
    labelled = buyer is not None
    if buyer is None and sure and (buyer := _issuer(grid, seller, sections)) is not None:
        sections.append(buyer)
    own = {id(p) for p in seller.pieces} if seller else set()
    if buyer is None and (addressed := addresses.addressed(grid, own, honoured=True)) is not None:
        buyer = addressed
        sections.append(buyer)
    if buyer is None:
        window = next((b for b in addresses.address_blocks(grid) if not any(id(p) in own for p in b)), None)
        if window:
            buyer = Party("buyer")
            parties.read_lines(grid, buyer, window)
            buyer.pieces += addresses.numbers_below(grid, window[-1])
            sections.append(buyer)
        if buyer is None or not buyer.name:
            addressed = addresses.addressed(grid, own)
            if addressed is not None:
                buyer = addressed
                sections.append(buyer)
    extraction.fields.update(parties.party_fields(seller, "vendor"))
    extraction.fields.update(parties.party_fields(buyer, "buyer"))
    ship_to = next((s for s in sections if s.role == "ship_to" and (s.address or s.name)), None)
    if ship_to is not None:
        party = parties.party_fields(Party("ship_to", address=[*ship_to.name, *ship_to.address]), "ship_to")
        extraction.fields["ship_to_address"] = party["ship_to_address"]
    if buyer is not None and buyer.name and not _is_proved(buyer, labelled=labelled):
        extraction.doubt("buyer_name", "weak_evidence", "Buyer name guessed from its position; please check it.")
    if seller is not None and not sure:
        extraction.doubt("vendor_name", "weak_evidence", "Seller name guessed from its position; please check it.")
    others = [s for s in sections if s.role != "seller"]
    extraction.fields.update(_contact(grid, seller, others))
    of_seller, of_buyer = taxids.assign(taxids.find_tax_ids(grid), seller, sections)
    if of_seller is not None:
        extraction.fields["vendor_tax_id"] = of_seller.field
    if of_buyer is not None:
        extraction.fields["buyer_tax_id"] = of_buyer.field
    _read_country(extraction, seller, of_seller.country if of_seller else "")


def _issuer(grid: Grid, seller: Party | None, sections: list[Party]) -> Party | None:
    """The buyer of a self-billed invoice: it issues the document, so its name stands in the letterhead."""
    if not any(title_at(p.tokens, i, "self_billed") for p in grid.pieces for i in range(min(len(p.tokens), 4))):
        return None
    taken = [replace(s, role="ship_to") if s is seller else s for s in sections]
    issuer, _ = letterhead.guess_seller(grid, taken)
    return replace(issuer, role="buyer") if issuer is not None and names.has_suffix(issuer.name_text) else None


def _other_name(grid: Grid, seller: Party | None) -> Party | None:
    """The buyer in a box of keys and values without a heading ("Επωνυμία | …"), where the seller stands in a letterhead
    without keys: the one name with a label that is not the seller's."""
    labels = [(p, h) for p, h in grid.hits_of("party_name") if h.first]
    if seller is None or len(labels) != 1 or any(p is labels[0][0] for p in seller.pieces):
        return None
    piece, hit = labels[0]
    if next(iter(grid.right_of(piece)), None) is None and not piece.text[hit.end :].strip(" :"):
        return None  # "Firma" above an address is no key with a value
    party = Party("buyer", pieces=[piece])
    parties.read_lines(grid, party, [piece, *parties.column_of(grid, piece)])
    same = fold(party.name_text) in fold(seller.name_text) or fold(seller.name_text) in fold(party.name_text)
    return party if party.name and hit.label.strength == 3 and not same else None


# A name stands right below its label, or below one line of particulars.
_LINES_BELOW_LABEL = 2


def _is_proved(buyer: Party, *, labelled: bool) -> bool:
    """Whether something beside its looks says that a name is the buyer's: its label right beside or above it, a person
    or department addressed with it, or the address that ends its block. A key of a row of keys and values never is one.
    """
    name = buyer.name[0]
    if ":" in name.text or any(
        hit.first and hit.label.strength == 3 for hit in name.piece.hits if hit.name not in {"buyer", "party_name"}
    ):
        return False
    if labelled and name.piece.line - buyer.pieces[0].line <= _LINES_BELOW_LABEL:
        return True
    return names.is_attention(name.piece.text) or any(names.is_town(span.text) for span in buyer.address)


def _is_company(name: str) -> bool:
    """Not the code of a cashier: "Sold by: BD1187 JOHN"."""
    return names.has_suffix(name) or sum(c.isdigit() for c in name) < 3


def _read_country(extraction: Extraction, seller: Party | None, tax_country: str) -> None:
    for span in reversed(seller.address if seller else []):
        code = _country_in(span.text)
        if code is not None:
            extraction.fields["vendor_country"] = FieldValue(code, span.text, "rules", joined_place([span]))
            return
    if tax_country:
        extraction.fields["vendor_country"] = FieldValue(tax_country, "", "rules", None, derived_from="vendor_tax_id")


def _country_in(text: str) -> str | None:
    """The country that ends an address line, or the code before a postcode: "DE 80333 München", "…, Deutschland"."""
    if code := _CODE_BEFORE_POSTCODE.match(text):
        return values.parse_country(code[1])
    last = re.split(r"[,/]", text)[-1].strip()
    return (
        values.parse_country(last)
        if len(last) > 3 or last in {"UK", "USA", "US", "HK", "SG", "GB", "NL", "AT", "CH"}
        else None
    )


# Where a language is spoken in one country only, or nearly so, its words tell the country.
_COUNTRY_OF_LANGUAGE = {
    "pl": "PL", "sv": "SE", "da": "DK", "nb": "NO", "fi": "FI", "cs": "CZ", "sk": "SK", "hu": "HU", "tr": "TR",
    "el": "GR", "hr": "HR", "bg": "BG", "sl": "SI", "et": "EE", "lv": "LV", "lt": "LT", "ro": "RO", "ja": "JP",
    "zh": "CN",
}  # fmt: skip
_CANADA = re.compile(r"\b(?:TPS|TVQ|TVH|HST|QST|PST)\b|\b[A-CEGHJ-NPR-TVXY]\d[A-Z] ?\d[A-Z]\d\b")
_KANA = re.compile("[\u3040-\u30ff]")
# So many labels of one language, and twice as many as of any other, say which language it is.
_FEWEST_LABELS = 3


def language_of(grid: Grid) -> str | None:
    """The language of the labels (ISO 639), where those that only one language uses agree."""
    votes = Counter(h.label.language for p in grid.pieces for h in p.hits if h.label.language)
    ranked = votes.most_common(2)
    if not ranked or ranked[0][1] < _FEWEST_LABELS or (len(ranked) > 1 and ranked[1][1] * 2 > ranked[0][1]):
        return None
    return ranked[0][0]


def country_of_words(grid: Grid) -> str | None:
    """The country that a tax scheme, a legal form or the language speaks of: it says whose dollar a "$" is."""
    if any(_SOUTH_AFRICAN.search(piece.text) for piece in grid.pieces):
        return "ZA"
    for piece in grid.pieces:
        for token in piece.tokens:
            if token.word in _COUNTRY_OF_WORD:
                return _COUNTRY_OF_WORD[token.word]
    if any(_CANADA.search(piece.text) for piece in grid.pieces):
        return "CA"
    if any(_US_TOWN.search(piece.text) for piece in grid.pieces):
        return "US"
    if any(_KANA.search(piece.text) for piece in grid.pieces):
        return "JP"
    return _COUNTRY_OF_LANGUAGE.get(language_of(grid) or "")


def _contact(grid: Grid, seller: Party | None, others: list[Party]) -> Fields:
    """The seller's e-mail and phone: from its section, else the first that is in no other party's."""
    fields: Fields = {}
    taken = {id(p) for party in others for p in party.pieces}
    own = seller.pieces if seller else []
    for piece in [*own, *(p for p in grid.pieces if id(p) not in taken)]:
        for text, start, end in names.emails(piece.text):
            fields.setdefault("vendor_email", read_value(Span(piece, start, end), text))
        for hit in piece.hits:
            if hit.name == "vendor_phone" and "vendor_phone" not in fields:
                for span in values_of(grid, piece, hit):
                    found = names.phone(span.text) if span.where != "below" else None
                    if found:
                        at = Span(span.piece, span.start + found[1], span.start + found[2])
                        fields["vendor_phone"] = read_value(at, found[0])
                        break
    return fields
