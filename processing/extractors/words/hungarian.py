"""The words of Hungarian invoices."""

from __future__ import annotations

from processing.extractors.words.language import Language

WORDS = Language(
    code="hu",
    labels={
        "invoice_number": {
            3: """
                szamlaszam|szamla sorszama|számla száma|sorszám|bizonylatszám|számla sorszám|bizonylat száma|
                számlaszáma
            """,
        },
        "invoice_date": {
            3: "szamla kelte|kiallitas datuma|kelt|kiállítás kelte|számla dátuma|kiállítva|keltezés",
        },
        "due_date": {
            3: "fizetesi hatarido|esedékesség|fizetési határidő dátuma|fizetendő eddig|esedékesség dátuma|határidő",
        },
        "vat_id": {
            3: "adoszam|közösségi adószám|csoport azonosító",
        },
        "seller": {
            3: "elado|szállító|kibocsátó|számlakibocsátó|szolgáltató",
        },
        "buyer": {
            3: "vevo|megrendelő|címzett|vásárló|számlafizető",
        },
        "subtotal": {
            3: "netto osszesen|összesen nettó|adóalap|nettó végösszeg|nettó érték összesen|áfa alap|nettó összeg",
        },
        "tax_amount": {
            3: "áfa összesen|áfa összege|összes áfa|áfa érték",
            2: "afa",
        },
        "total_amount": {
            3: """
                brutto osszesen|bruttó végösszeg|végösszeg|számla végösszege|összesen bruttó|bruttó összeg|
                mindösszesen|bruttó érték
            """,
            2: "osszesen",
        },
        "amount_due": {
            3: "fizetendo|fizetendő végösszeg|fizetendő összeg|fizetendő összesen|hátralék",
        },
        "delivery_date": {
            3: "teljesítés kelte|teljesítés dátuma|teljesítés időpontja|teljesítés",
        },
        "period": {
            3: "elszámolási időszak|számlázási időszak",
        },
        "purchase_order": {
            3: "megrendelés száma|rendelésszám|megrendelésszám|rendelés száma|megrendelő rendelésszáma",
        },
        "contract_reference": {
            3: "szerződésszám",
        },
        "preceding_invoice": {
            3: "hivatkozott számla|eredeti számla|módosított számla|érvénytelenített számla|eredeti számla száma",
        },
        "payment_reference": {
            3: "közlemény",
        },
        "payment_terms": {
            3: "fizetési mód|fizetés módja|fizetési feltételek",
        },
        "currency": {
            3: "pénznem|deviza",
        },
        "iban": {
            3: "bankszámlaszám|bankszámla|bank",
        },
        "ship_to": {
            3: "szállítási cím|teljesítés helye",
        },
        "payee": {
            3: "kedvezményezett",
        },
        "party_name": {
            3: "név|cégnév",
        },
        "party_address": {
            3: "cím|székhely",
        },
        "amount_paid": {
            3: "kifizetve|befizetett összeg|előleg|fizetve|levont előleg",
        },
        "discount_total": {
            3: "kedvezmény összesen|engedmény összesen",
            2: "kedvezmény|engedmény",
        },
        "charge_total": {
            3: "szállítási költség|szállítási díj|postaköltség",
        },
        "rounding": {
            3: "kerekítés",
        },
        "other": {
            3: "ügyfélszám|cégjegyzékszám|telefon|oldal|áfa kulcs|megjegyzés|áfa összesítő|swift kód",
        },
    },
    titles={
        "invoice": """
            szamla|díjbekérő|elektronikus számla|egyszerűsített számla|előlegszámla|végszámla|nyugta|áfás számla
        """,
        "credit": "jóváíró számla|sztornó számla|helyesbítő számla|módosító számla|érvénytelenítő számla|sztornó",
        "reminder": "fizetesi emlekezteto|fizetesi felszolitas|felszolitas|emlekezteto|felszolito level",
        "statement": "folyoszamla kivonat|egyenlegkozlo|szamlakivonat|nyitott tetelek",
        "delivery_note": "szallitolevel|fuvarlevel|csomagolasi lista",
        "order": "megrendeles|rendeles visszaigazolas|visszaigazolas",
        "quote": "arajanlat|ajanlat",
        "remittance": "fizetesi ertesito|utalasi ertesito",
        "terms": "altalanos szerzodesi feltetelek|aszf|szallitasi feltetelek",
    },
    columns={
        "item_code": "cikkszam|vtsz|szj",
        "description": "megnevezes|termék|szolgáltatás|termék megnevezése|leírás|tétel|termék szolgáltatás megnevezése",
        "quantity": "mennyiseg|menny|db",
        "unit": "me|me egys|egyseg|vpe|ve|mennyiségi egység|m.e.",
        "unit_price": "egysegar|netto egysegar|nettó ár|egys. ár|ár",
        "unit_price_gross": "brutto egysegar",
        "discount": "kedvezmeny",
        "tax_rate": "afa|afa %|afa kulcs",
        "tax_amount": "afa osszeg|áfa érték|áfa ft",
        "amount": "osszeg|netto ertek|netto osszeg|ertek|nettó|nettó ár összesen|összesen nettó",
        "amount_gross": "brutto ertek|brutto osszeg|bruttó",
        "discount_percent": "kedvezmény %|engedmény %",
    },
    total_rows=r"osszesen|fizetendo|vegosszeg|afa\b|netto|brutto|kerekites|mindosszesen|reszosszeg",
    reductions=r"kedvezmeny|engedmeny",
    net=r"netto|nelkul",
    gross=r"brutto|afaval",
    legal_forms=r"Kft|KFT|Zrt|ZRT|Nyrt|Bt|Kkt|Rt|E\.V|e\.v",
    streets=r"utca|u|út|tér|körút|krt|sétány|köz|dűlő",
    addressed=r"úr|asszony",
    attention=r"részére",
    debit=r"csoportos beszedés|számlájáról",
    referring=r"eredeti|hivatkozott|módosítja",
    dated=r"kelt",
    days=r"nap",
    until=r"-ig|legkésőbb",
    paying=r"fizet|esedék",
    early=r"kedvezmény|késedelm|kamat",
    headings="oldal másolat köszönjük eredeti",
)
