"""The words of Slovene invoices."""

from __future__ import annotations

from processing.extractors.words.language import Language

WORDS = Language(
    code="sl",
    labels={
        "invoice_number": {
            3: "račun št|številka računa|račun številka|št. računa|dobropis št|številka dokumenta|predračun št",
            1: "številka",
        },
        "invoice_date": {
            3: "datum izdaje|datum računa|datum izstavitve|kraj in datum izdaje|datum dokumenta|izdano",
        },
        "due_date": {
            3: "rok plačila|datum zapadlosti|zapadlost|plačilo do|valuta plačila|rok za plačilo|zapade",
        },
        "delivery_date": {
            3: "datum opravljene dobave|datum opravljene storitve|datum dobave|datum storitve|datum opr storitve",
        },
        "period": {
            3: "obdobje|obračunsko obdobje",
        },
        "purchase_order": {
            3: "naročilo|naročilo št|številka naročila|naročilnica|naročilnica št|vaše naročilo",
        },
        "contract_reference": {
            3: "pogodba št",
        },
        "preceding_invoice": {
            3: "k računu|na račun št|po računu|izvirni račun",
        },
        "payment_reference": {
            3: "sklic|referenca",
        },
        "payment_terms": {
            3: "način plačila|plačilni pogoji",
        },
        "currency": {
            3: "valuta",
        },
        "iban": {
            3: "trr|transakcijski račun",
        },
        "vat_id": {
            3: "id za ddv|id za ddv kupca|id št za ddv|davčna številka|davčna št|id ddv",
        },
        "seller": {
            3: "prodajalec|izdajatelj|dobavitelj|izvajalec",
        },
        "buyer": {
            3: "kupec|naročnik|prejemnik|prejemnik računa|stranka|plačnik",
        },
        "ship_to": {
            3: "dostava na|naslov dostave|prejemnik blaga",
        },
        "payee": {
            3: "prejemnik plačila",
        },
        "party_name": {
            3: "naziv|ime",
        },
        "party_address": {
            3: "naslov|sedež",
        },
        "subtotal": {
            3: "skupaj brez ddv|osnova za ddv|osnova|vrednost brez ddv|neto vrednost|znesek brez ddv",
        },
        "tax_amount": {
            3: "znesek ddv|ddv skupaj|skupaj ddv",
            2: "ddv",
        },
        "total_amount": {
            3: "skupaj z ddv|znesek z ddv|skupni znesek|znesek računa|vrednost z ddv|skupaj eur",
            2: "skupaj",
        },
        "amount_due": {
            3: "za plačilo|skupaj za plačilo|znesek za plačilo|za plačilo eur|ostane za plačilo",
        },
        "amount_paid": {
            3: "plačano|predplačilo|avans|že plačano",
        },
        "discount_total": {
            3: "skupaj popust",
            2: "popust|rabat",
        },
        "charge_total": {
            3: "stroški dostave|poštnina|prevoz",
        },
        "rounding": {
            3: "zaokrožitev|izravnava",
        },
        "other": {
            3: "matična številka|telefon|opomba|opombe|stran|banka|kraj|izdal|dobavnica",
        },
    },
    titles={
        "invoice": "račun|predračun|avansni račun|račun št",
        "credit": "dobropis|popravek računa|storno",
    },
    columns={
        "description": "artikel|opis|naziv|storitev|blago|naziv artikla|blago storitev",
        "quantity": "količina|kol|kos",
        "unit": "em|enota|me",
        "unit_price": "cena|cena brez ddv|cena na enoto|cena za enoto|neto cena",
        "amount": "vrednost|znesek|vrednost brez ddv|neto vrednost|znesek brez ddv",
        "amount_gross": "vrednost z ddv|znesek z ddv",
        "tax_rate": "ddv|ddv %|stopnja ddv|% ddv",
        "tax_amount": "znesek ddv",
        "discount_percent": "popust %|rabat %|% popusta|r %",
        "item_code": "šifra|koda|šifra artikla",
    },
    total_rows=r"skupaj|za placilo|ddv\b|osnova|znesek|vmesna vsota|zaokrozitev|placano",
    reductions=r"popust|rabat",
    net=r"brez|neto",
    gross=r"z ddv|bruto",
    legal_forms=r"d\.\s?o\.\s?o|d\.\s?d|s\.\s?p|d\.\s?n\.\s?o|k\.\s?d|z\.\s?o\.\s?o",
    streets=r"cesta|ulica|trg|pot|nabrežje",
    street_ends=r"cesta|ulica|pot|trg",
    addressed=r"gospod|gospa|za",
    attention=r"v roke",
    debit=r"direktna obremenitev|z vašega računa",
    referring=r"k|po|na|za",
    dated=r"z dne|dne",
    days=r"dni|dneh",
    until=r"do|najkasneje do",
    paying=r"plač|zapad",
    early=r"popust|zamud|obresti",
    headings="stran kopija hvala",
)
