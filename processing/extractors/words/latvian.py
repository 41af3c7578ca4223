"""The words of Latvian invoices."""

from __future__ import annotations

from processing.extractors.words.language import Language

WORDS = Language(
    code="lv",
    labels={
        "invoice_number": {
            3: "rēķina numurs|rēķins nr|rēķina nr|rēķins numurs|pavadzīme nr|kredītrēķins nr",
        },
        "invoice_date": {
            3: "rēķina datums|izrakstīšanas datums|izrakstīts|datums",
        },
        "due_date": {
            3: "apmaksas termiņš|samaksas termiņš|apmaksāt līdz|maksājuma termiņš|apmaksas datums",
        },
        "delivery_date": {
            3: "piegādes datums|darījuma datums",
        },
        "purchase_order": {
            3: "pasūtījums|pasūtījuma numurs|pasūtījuma nr",
        },
        "preceding_invoice": {
            3: "par rēķinu|sākotnējais rēķins",
        },
        "payment_terms": {
            3: "apmaksas veids|apmaksas nosacījumi|samaksas kārtība",
        },
        "currency": {
            3: "valūta",
        },
        "iban": {
            3: "konts|konta numurs|norēķinu konts",
        },
        "vat_id": {
            3: "pvn reg nr|pvn nr|pvn reģistrācijas numurs|pvn maksātāja numurs",
        },
        "tax_number": {
            3: "reģ nr|reģistrācijas numurs|reģistrācijas nr",
        },
        "seller": {
            3: "pārdevējs|piegādātājs|preču nosūtītājs|pakalpojuma sniedzējs|nosūtītājs|izpildītājs",
        },
        "buyer": {
            3: "pircējs|klients|saņēmējs|preču saņēmējs|maksātājs|pasūtītājs",
        },
        "ship_to": {
            3: "piegādes adrese|saņemšanas vieta",
        },
        "party_name": {
            3: "nosaukums",
        },
        "party_address": {
            3: "adrese|juridiskā adrese",
        },
        "subtotal": {
            3: "summa bez pvn|kopā bez pvn|apliekamā summa|starpsumma",
        },
        "tax_amount": {
            3: "pvn summa|pvn kopā",
            2: "pvn",
        },
        "total_amount": {
            3: "summa ar pvn|kopā ar pvn|pavisam|kopējā summa|kopsumma",
            2: "kopā",
        },
        "amount_due": {
            3: "apmaksai|summa apmaksai|kopā apmaksai|kopā samaksai|samaksai|pavisam apmaksai|jāmaksā",
        },
        "amount_paid": {
            3: "samaksāts|priekšapmaksa|avanss",
        },
        "discount_total": {
            2: "atlaide",
        },
        "rounding": {
            3: "noapaļošana",
        },
        "other": {
            3: "banka|bankas kods|tālrunis|lapa|piezīmes|izsniedza|saņēma",
        },
    },
    titles={
        "invoice": "rēķins|pavadzīme|rēķins pavadzīme|avansa rēķins|priekšapmaksas rēķins",
        "credit": "kredītrēķins",
    },
    columns={
        "description": "nosaukums|apraksts|prece|preces nosaukums|pakalpojums|preces pakalpojuma nosaukums",
        "quantity": "daudzums|skaits|daudz",
        "unit": "mērv|mērvienība|vien",
        "unit_price": "cena|cena bez pvn|vienības cena",
        "amount": "summa|summa bez pvn|kopā",
        "amount_gross": "summa ar pvn",
        "tax_rate": "pvn %|pvn likme|pvn",
        "tax_amount": "pvn summa",
        "discount_percent": "atlaide %",
        "item_code": "kods|artikuls",
    },
    total_rows=r"kopa|pavisam|summa bez|pvn|apmaksai|starpsumma|summa apmaksai",
    reductions=r"atlaide",
    net=r"bez",
    gross=r"ar pvn",
    legal_forms=r"SIA|ZS|IK",
    last_forms=r"AS",
    streets=r"iela|prospekts|bulvāris|laukums",
    attention=r"kontaktpersona",
    debit=r"automātiskais maksājums",
    referring=r"par",
    dated=r"no",
    days=r"dien",
    until=r"līdz",
    paying=r"maks",
    early=r"atlaide|kavē",
    headings="lapa kopija paldies",
)
