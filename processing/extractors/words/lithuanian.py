"""The words of Lithuanian invoices."""

from __future__ import annotations

from processing.extractors.words.language import Language

WORDS = Language(
    code="lt",
    labels={
        "invoice_number": {
            3: """
                sąskaitos numeris|sąskaita nr|sąskaita faktūra nr|pvm sąskaita faktūra nr|serija nr|
                serija ir numeris|serija|kreditinė sąskaita nr
            """,
        },
        "invoice_date": {
            3: "sąskaitos data|išrašymo data|išrašyta|data",
        },
        "due_date": {
            3: "apmokėti iki|mokėjimo terminas|apmokėjimo terminas|sumokėti iki|apmokėjimo data",
        },
        "delivery_date": {
            3: "tiekimo data|pristatymo data",
        },
        "purchase_order": {
            3: "užsakymas|užsakymo numeris|užsakymo nr",
        },
        "preceding_invoice": {
            3: "pradinė sąskaita|kredituojama sąskaita",
        },
        "payment_terms": {
            3: "apmokėjimo sąlygos|mokėjimo sąlygos",
        },
        "currency": {
            3: "valiuta",
        },
        "iban": {
            3: "sąskaita|a.s.|ats. sąskaita|banko sąskaita",
        },
        "vat_id": {
            3: "pvm mokėtojo kodas|pvm kodas|pvm mok. kodas",
        },
        "tax_number": {
            3: "įmonės kodas|įm kodas",
        },
        "seller": {
            3: "pardavėjas|tiekėjas|vykdytojas|paslaugų teikėjas",
        },
        "buyer": {
            3: "pirkėjas|klientas|užsakovas|gavėjas|mokėtojas",
        },
        "ship_to": {
            3: "pristatymo adresas",
        },
        "party_name": {
            3: "pavadinimas",
        },
        "party_address": {
            3: "adresas|buveinė",
        },
        "subtotal": {
            3: "suma be pvm|iš viso be pvm|viso be pvm|apmokestinamoji vertė",
        },
        "tax_amount": {
            3: "pvm suma|iš viso pvm",
            2: "pvm",
        },
        "total_amount": {
            3: "suma su pvm|iš viso su pvm|bendra suma|bendra suma su pvm|viso su pvm|iš viso",
            2: "viso",
        },
        "amount_due": {
            3: "mokėti|mokėtina suma|suma apmokėjimui|iš viso mokėti|bendra suma apmokėjimui|apmokėti",
        },
        "amount_paid": {
            3: "apmokėta|avansas|sumokėta",
        },
        "discount_total": {
            2: "nuolaida",
        },
        "other": {
            3: "bankas|telefonas|puslapis|suma žodžiais|išrašė|priėmė|pastabos",
        },
    },
    titles={
        "invoice": "sąskaita faktūra|pvm sąskaita faktūra|sąskaita|išankstinė sąskaita",
        "credit": "kreditinė sąskaita|kreditinė pvm sąskaita faktūra|kreditinė",
    },
    columns={
        "description": "pavadinimas|prekė|aprašymas|paslauga|prekės pavadinimas|prekės paslaugos pavadinimas",
        "quantity": "kiekis|kiek",
        "unit": "mato vnt|vnt|mato vienetas",
        "unit_price": "kaina|kaina be pvm|vieneto kaina",
        "amount": "suma|suma be pvm|vertė",
        "amount_gross": "suma su pvm",
        "tax_rate": "pvm %|pvm tarifas|pvm",
        "tax_amount": "pvm suma",
        "discount_percent": "nuolaida %",
        "item_code": "kodas|prekės kodas",
    },
    total_rows=r"viso|is viso|suma be|pvm\b|moketi|bendra suma|suma su",
    reductions=r"nuolaida",
    net=r"be pvm",
    gross=r"su pvm",
    legal_forms=r"UAB|MB|VšĮ|IĮ",
    last_forms=r"AB",
    streets=r"g|gatvė|pr|prospektas|al|alėja",
    attention=r"kontaktinis asmuo",
    debit=r"tiesioginis debetas",
    referring=r"pradinė",
    days=r"dien",
    until=r"iki",
    paying=r"mok",
    early=r"nuolaida|delspinig",
    headings="puslapis kopija ačiū",
)
