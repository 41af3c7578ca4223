"""The words of Estonian invoices."""

from __future__ import annotations

from processing.extractors.words.language import Language

WORDS = Language(
    code="et",
    labels={
        "invoice_number": {
            3: "arve number|arve nr|kreeditarve nr|arve number nr|dokumendi number",
        },
        "invoice_date": {
            3: "arve kuupäev|kuupäev|arve väljastamise kuupäev|väljastatud",
        },
        "due_date": {
            3: "maksetähtaeg|maksetähtpäev|tasuda hiljemalt|tasumise tähtaeg|maksta hiljemalt|tähtaeg",
        },
        "delivery_date": {
            3: "tarnekuupäev|käibe tekkimise kuupäev|lähetuskuupäev",
        },
        "period": {
            3: "periood|arveldusperiood",
        },
        "purchase_order": {
            3: "tellimuse number|tellimus|ostutellimus|tellimuse nr",
        },
        "preceding_invoice": {
            3: "krediteeritav arve|algne arve",
        },
        "payment_reference": {
            3: "viitenumber|viitenr",
        },
        "payment_terms": {
            3: "maksetingimused|makseviis",
        },
        "currency": {
            3: "valuuta",
        },
        "iban": {
            3: "arvelduskonto|konto|kontonumber|a/a",
        },
        "vat_id": {
            3: "kmkr|kmkr nr|kmkr number|käibemaksukohustuslase number|müüja kmkr|km kood|kmkr kood",
        },
        "tax_number": {
            3: "reg nr|registrikood|reg kood",
        },
        "seller": {
            3: "müüja|arve väljastaja|tarnija|teenuse osutaja",
        },
        "buyer": {
            3: "ostja|klient|maksja|arve saaja|tellija",
        },
        "ship_to": {
            3: "tarneaadress|kauba saaja|tarnekoht",
        },
        "payee": {
            3: "saaja|makse saaja",
        },
        "party_name": {
            3: "nimi|ettevõte",
        },
        "party_address": {
            3: "aadress",
        },
        "subtotal": {
            3: "summa km-ta|summa ilma käibemaksuta|kokku käibemaksuta|kokku km-ta|neto kokku|maksustatav summa",
        },
        "tax_amount": {
            3: "käibemaks|käibemaks kokku|km kokku|käibemaksu summa",
            2: "km",
        },
        "total_amount": {
            3: """
                summa koos käibemaksuga|kokku koos käibemaksuga|arve summa|kogusumma|kokku km-ga|summa km-ga|
                üldsumma|kokku eur
            """,
            2: "kokku",
        },
        "amount_due": {
            3: "tasumisele kuulub|tasuda|kuulub tasumisele|maksta|tasumisele kuuluv summa",
        },
        "amount_paid": {
            3: "tasutud|ettemaks|makstud",
        },
        "discount_total": {
            2: "allahindlus|soodustus",
        },
        "charge_total": {
            3: "transport|saatekulu",
        },
        "rounding": {
            3: "ümardamine|ümardus",
        },
        "other": {
            3: "viivis|telefon|pank|lehekülg|lepingu number|kliendi number|märkus",
        },
    },
    titles={
        "invoice": "arve|arve-saateleht|ettemaksuarve|müügiarve",
        "credit": "kreeditarve",
    },
    columns={
        "description": "kaup|nimetus|kirjeldus|teenus|toode|kauba nimetus|selgitus",
        "quantity": "kogus|kgs|hulk",
        "unit": "ühik",
        "unit_price": "hind km-ta|hind|ühiku hind|ühikuhind",
        "amount": "summa km-ta|summa|kokku km-ta|netosumma",
        "amount_gross": "summa km-ga|summa koos km",
        "tax_rate": "km %|käibemaksu määr|km",
        "tax_amount": "km summa",
        "discount_percent": "ale %|allahindlus %",
        "item_code": "kood|artikkel|tootekood",
    },
    total_rows=r"kokku|summa km|kaibemaks|km\b|tasumisele|tasuda|vahesumma|umardamine|maksta",
    reductions=r"allahindlus|soodustus",
    net=r"km ta|kta|ilma",
    gross=r"km ga|koos",
    legal_forms=r"OÜ|MTÜ|FIE|TÜ|UÜ",
    last_forms=r"AS",
    streets=r"tn|mnt|pst",
    street_ends=r"tänav|maantee|tee|puiestee",
    addressed=r"hr|pr",
    attention=r"kontaktisik",
    debit=r"otsekorraldus|püsikorraldus",
    referring=r"krediteeri\w+",
    dated=r"kuupäev",
    days=r"päeva",
    until=r"hiljemalt|kuni",
    paying=r"maks|tasu",
    early=r"allahindlus|viivis",
    headings="lehekülg koopia täname",
)
