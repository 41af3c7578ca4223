"""The words of Slovak invoices."""

from __future__ import annotations

from processing.extractors.words.language import Language

WORDS = Language(
    code="sk",
    labels={
        "invoice_number": {
            3: """
                faktúra č|číslo faktúry|faktúra číslo|číslo dokladu|dobropis č|doklad č|opravná faktúra č|
                poradové číslo faktúry
            """,
            1: "číslo",
        },
        "invoice_date": {
            3: "dátum vystavenia|dátum vyhotovenia|vystavené dňa|vystavená dňa|vyhotovené dňa",
        },
        "due_date": {
            3: "dátum splatnosti|splatnosť|deň splatnosti|splatné do|uhraďte do",
        },
        "delivery_date": {
            3: "dátum dodania|dátum dodania tovaru|dátum zdaniteľného plnenia|deň dodania|dátum dodania služby",
        },
        "period": {
            3: "fakturačné obdobie|za obdobie",
        },
        "purchase_order": {
            3: "objednávka|objednávka č|číslo objednávky|vaša objednávka",
        },
        "contract_reference": {
            3: "zmluva č|číslo zmluvy",
        },
        "preceding_invoice": {
            3: "k faktúre|k faktúre č|pôvodná faktúra|opravuje faktúru",
        },
        "payment_reference": {
            3: "variabilný symbol|vs",
        },
        "payment_terms": {
            3: "forma úhrady|spôsob úhrady|spôsob platby",
        },
        "currency": {
            3: "mena",
        },
        "iban": {
            3: "číslo účtu|bankový účet",
        },
        "vat_id": {
            3: "ič dph|ič dph sk|dič",
        },
        "tax_number": {
            3: "ičo",
        },
        "seller": {
            3: "dodávateľ|predávajúci|poskytovateľ|zhotoviteľ",
        },
        "buyer": {
            3: "odberateľ|kupujúci|zákazník|objednávateľ|fakturačná adresa",
        },
        "ship_to": {
            3: "dodacia adresa|konečný príjemca|miesto dodania|príjemca",
        },
        "payee": {
            3: "príjemca platby|majiteľ účtu",
        },
        "party_name": {
            3: "názov|obchodné meno",
        },
        "party_address": {
            3: "adresa|sídlo",
        },
        "subtotal": {
            3: "základ dph|základ dane|spolu bez dph|celkom bez dph|suma bez dph|základ",
        },
        "tax_amount": {
            3: "suma dph|výška dph|daň spolu|dph spolu",
            2: "dph|daň",
        },
        "total_amount": {
            3: """
                spolu s dph|celkom s dph|celková suma|suma na vrátenie|suma celkom|fakturovaná suma|
                spolu na úhradu
            """,
            2: "spolu|celkom",
        },
        "amount_due": {
            3: "na úhradu|k úhrade|celkom k úhrade|suma na úhradu|zostáva uhradiť|na zaplatenie",
        },
        "amount_paid": {
            3: "uhradené|zaplatené|uhradené zálohy|preddavok|záloha|prijaté preddavky",
        },
        "discount_total": {
            3: "zľava spolu",
            2: "zľava",
        },
        "charge_total": {
            3: "doprava|prepravné|poštovné|balné",
        },
        "rounding": {
            3: "zaokrúhlenie",
        },
        "other": {
            3: "konštantný symbol|špecifický symbol|dôvod opravy|zapísaná v|telefón|banka|dodací list|vyhotovil",
        },
    },
    titles={
        "invoice": "faktúra|daňový doklad|zálohová faktúra|predfaktúra|vyúčtovacia faktúra|faktúra daňový doklad",
        "credit": "dobropis|opravná faktúra|opravný doklad",
    },
    columns={
        "description": "položka|názov|popis|označenie|predmet|názov položky|tovar|text",
        "quantity": "množstvo|počet|počet mj|ks|mn",
        "unit": "mj|m.j.|jednotka",
        "unit_price": "cena za mj|jednotková cena|cena za jednotku|jedn. cena|cena/mj",
        "amount": "spolu bez dph|celkom bez dph|základ|suma bez dph|cena celkom|spolu|suma",
        "amount_gross": "spolu s dph|celkom s dph",
        "tax_rate": "dph|dph %|sadzba|sadzba dph|% dph",
        "tax_amount": "výška dph|suma dph",
        "discount_percent": "zľava %",
        "item_code": "kód|kód tovaru|katalógové číslo",
    },
    total_rows=(
        r"medzisucet|celkom|spolu|suma|k uhrade|na uhradu|zaklad|dph\b|zaokruhlenie|uhradene|"
        r"zostava"
    ),
    reductions=r"zlava|zrazka",
    net=r"bez|zaklad",
    gross=r"s dph|vratane",
    legal_forms=r"s\.\s?r\.\s?o|a\.\s?s|spol\. s r\.\s?o|v\.\s?o\.\s?s|k\.\s?s|o\.\s?z",
    streets=r"ulica|ul|námestie|nám|nábrežie|cesta",
    addressed=r"pán|pani",
    attention=r"k rukám",
    debit=r"inkaso|z vášho účtu|na váš účet|na vas ucet",
    referring=r"k|ku|faktúre|pôvodná",
    dated=r"zo dňa|dňa",
    days=r"dn[íi]|dní",
    until=r"do|najneskôr do",
    paying=r"plat|úhrad|uhrad|splat",
    early=r"zľava|penále|úrok|omeškan",
    headings="strana kópia ďakujeme",
)
