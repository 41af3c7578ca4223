"""The words of Danish invoices."""

from __future__ import annotations

from processing.extractors.words.language import Language

WORDS = Language(
    code="da",
    labels={
        "vendor_phone": {
            3: "tlf",
        },
        "invoice_number": {
            3: "faktura nr|kreditnota nr|kreditnotanummer|fakturanummer|fakturanr|bilagsnr|regningsnr",
            1: "nummer",
        },
        "invoice_date": {
            3: "fakturadato|dato for faktura|udstedt|udstedelsesdato",
            1: "dato",
        },
        "due_date": {
            3: """
                forfaldsdato|sidste betalingsdag|forfald|forfalder|forfaldsdag|betales senest|betalingsfrist|
                sidste rettidige betalingsdato|betalingsdato|sidste betalingsfrist
            """,
        },
        "delivery_date": {
            3: "leveringsdato|levering",
        },
        "purchase_order": {
            3: """
                rekvisitionsnr|jeres ordre|købsordre|ordrereference|indkøbsordre|jeres ref ordre|deres ordrenr|
                rekvisition
            """,
        },
        "buyer_reference": {
            3: "deres ref|deres reference",
        },
        "payment_terms": {
            3: "betalingsbetingelser|betaling",
        },
        "vat_id": {
            3: "cvr|cvr nr|cvr no|se nr|cvrnr|moms nr|momsnr",
        },
        "seller": {
            3: "saelger|leverandor|sælger|afsender|udsteder",
        },
        "buyer": {
            3: """
                koeber|kober|faktura til|faktura till|kunde|faktureres til|modtager|faktureringsadresse|debitor|
                bestiller
            """,
        },
        "ship_to": {
            3: "leveringsadresse|leveres til|leveringssted",
        },
        "party_name": {
            3: "navn|firmanavn",
        },
        "subtotal": {
            3: """
                i alt ekskl moms|total ekskl moms|total ex moms|belob ekskl moms|i alt excl moms|netto i alt|
                momsgrundlag|pris ekskl moms|momspligtigt beløb|subtotal|nettobeløb|beløb ekskl moms
            """,
        },
        "tax_amount": {
            3: "momsbelob|moms i alt|total moms|moms 25",
            2: "heraf moms|moms",
        },
        "total_amount": {
            3: """
                belob i alt|i alt inkl moms|total inkl moms|beløb inkl moms|total dkk|fakturabeløb|totalbeløb|
                samlet beløb|total at betale
            """,
            2: "i alt",
        },
        "amount_due": {
            3: "at betale|til betaling|beløb til betaling|restbeløb|skyldigt beløb|i alt at betale|saldo",
        },
        "charge_total": {
            3: "fragt og emballage|gebyr|leveringsgebyr|miljøgebyr",
            2: "fragt",
        },
        "rounding": {
            3: "afrunding|pembundaran|øreafrunding",
        },
        "other": {
            3: """
                side|kundenr|kundenummer|sag|sagsnr|reg nr|konto|vor ref|vores ref|tlf|telefon|mobil|
                deres ref person|ordrenr|vores ordre
            """,
        },
        "period": {
            3: "periode|for perioden|faktureringsperiode",
        },
        "preceding_invoice": {
            3: "vedr faktura|vedrører faktura|krediterer faktura|kreditering af faktura",
        },
        "payment_reference": {
            3: "betalingsid|betalings-id|fik|kreditornr",
        },
        "currency": {
            3: "valuta",
        },
        "iban": {
            3: "kontonummer iban",
        },
        "payee": {
            3: "betalingsmodtager|beløbsmodtager",
        },
        "party_address": {
            3: "adresse",
        },
        "amount_paid": {
            3: "betalt a conto|a conto betalt|indbetalt|allerede betalt|forudbetalt|aconto",
            2: "betalt",
        },
        "discount_total": {
            3: "rabat i alt",
        },
        "previous_balance": {
            3: "tidligere saldo|restance|saldo fra sidste",
        },
    },
    titles={
        "credit": "kreditnota|kreditfaktura",
        "invoice": "faktura|slutfaktura|acontofaktura|regning|kvittering|opkrævning|proformafaktura",
        "reminder": """
            rykker|rykkerskrivelse|betalingspamindelse|paamindelse|pamindelse|inkassovarsel|
            erindring om betaling
        """,
        "statement": "kontoudtog|saldoopgorelse|abne poster",
        "delivery_note": "folgeseddel|leveringsnota|pakkeseddel|fragtbrev",
        "order": "ordrebekraeftelse|ordrebekræftelse|indkobsordre|ordre|bestilling",
        "quote": "tilbud|prisoverslag",
        "remittance": "betalingsadvis|betalingsbekraeftelse",
        "terms": "salgs og leveringsbetingelser|almindelige betingelser|handelsbetingelser|salgsbetingelser",
    },
    columns={
        "item_code": "varenr|varenummer|vare nr",
        "description": "beskrivelse|varebeskrivelse|vare|ydelse|tekst|varetekst|specifikation",
        "quantity": "timer|antal|mængde|stk",
        "unit": "enhed|enh",
        "unit_price": "stykpris|enhedspris|stk. pris|pris pr stk|pris pr enhed|pris ekskl moms",
        "tax_amount": "momsbelob",
        "amount": """
            belob|i alt|linjebelop|beløb i kr|beløb kr|beløb ekskl moms|linjetotal|i alt kr|beløb dkk|pris i alt|
            total
        """,
        "date": "dato",
        "tax_rate": "moms %",
        "discount_percent": "rabat %|rab %",
    },
    total_rows=r"i alt|at betale|til betaling|moms\b|betalt|afrunding|total|subtotal|netto\b|heraf",
    reductions=r"rabat|nedslag",
    net=r"ekskl|netto|uden|excl",
    gross=r"inkl|brutto|med",
    legal_forms=r"ApS|A/S|I/S|K/S|P/S|IVS|A\.m\.b\.a|F\.M\.B\.A",
    any_case_forms=r"aps",
    streets=r"postboks",
    street_ends=r"vej|gade|stræde|allé|plads|torv|vænget|boulevarden|brynet|parken",
    addressed=r"hr|fru|til",
    attention=r"att\.?:",
    debit=r"betalingsservice|trækkes (?:på|fra)|hæves|din konto|jeres konto",
    referring=r"vedr|vedrører|kreditering af|til|af",
    dated=r"af|den|d\.",
    days=r"dage",
    until=r"senest|inden|før",
    paying=r"betal|forfald",
    early=r"rabat|rente|for sen",
    headings="side kopi tak tekst",
)
