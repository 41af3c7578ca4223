"""The words of Czech invoices."""

from __future__ import annotations

from processing.extractors.words.language import Language

WORDS = Language(
    code="cs",
    labels={
        "invoice_number": {
            3: """
                cislo faktury|faktura cislo|faktura c|danovy doklad cislo|danovy doklad c|číslo dokladu|doklad č|
                evidenční číslo|dobropis č|opravný daňový doklad č|faktura daňový doklad č|faktura daňový doklad
            """,
            1: "číslo",
        },
        "invoice_date": {
            3: "faktura datum|datum vystaveni|vystaveno|datum vyhotovení|vystaveno dne|ze dne",
        },
        "due_date": {
            3: "datum splatnosti|splatnost|den splatnosti|splatné do|uhraďte do",
        },
        "delivery_date": {
            3: """
                datum uskutecneni zdanitelneho plneni|duzp|datum zdanitelného plnění|datum uskutečnění plnění|
                den uskutečnění plnění|datum dodání
            """,
        },
        "payment_reference": {
            3: "variabilni symbol|var. symbol|vs",
        },
        "currency": {
            3: "mena",
        },
        "vat_id": {
            3: "dic|ic dph",
        },
        "seller": {
            3: "dodavatel|prodavajici|poskytovatel|vystavil firma|zhotovitel",
        },
        "buyer": {
            3: "odberatel|kupujici|zákazník|objednatel|příjemce faktury|fakturační adresa",
        },
        "party_name": {
            3: "nazev|obchodní firma|jméno",
        },
        "party_address": {
            3: "adresa|sídlo",
        },
        "subtotal": {
            3: "celkem bez dph|základ dph|základ daně|cena bez dph|součet bez dph|základ",
        },
        "tax_amount": {
            3: "celkem dph|dph celkem|výše dph|částka dph|daň celkem|daň",
            2: "dph",
        },
        "total_amount": {
            3: """
                celkem s dph|celkem včetně dph|cena celkem|celková částka|cena s dph|fakturovaná částka|celkem kč|
                celkem czk
            """,
            2: "celkem",
        },
        "amount_due": {
            3: """
                k uhrade|celkem k uhrade|částka k úhradě|zbývá uhradit|k zaplacení|zbývá k úhradě|doplatek|
                k vrácení
            """,
        },
        "charge_total": {
            3: "doprava|přepravné|poštovné|balné|doprava a balné",
            2: "s h",
        },
        "period": {
            3: "fakturační období|za období|zúčtovací období",
        },
        "purchase_order": {
            3: "objednávka|objednávka č|číslo objednávky|vaše objednávka|č. objednávky|objednávka číslo",
        },
        "contract_reference": {
            3: "smlouva č|číslo smlouvy",
        },
        "preceding_invoice": {
            3: "k faktuře|k faktuře č|k daňovému dokladu|původní faktura|původní doklad|opravovaný doklad",
        },
        "payment_terms": {
            3: "způsob úhrady|forma úhrady|způsob platby|platební podmínky",
        },
        "iban": {
            3: "číslo účtu|bankovní spojení|bankovní účet|č. účtu",
        },
        "tax_number": {
            3: "ič|ičo",
        },
        "ship_to": {
            3: "dodací adresa|konečný příjemce|příjemce|místo dodání|místo určení",
        },
        "payee": {
            3: "příjemce platby|majitel účtu",
        },
        "amount_paid": {
            3: "uhrazeno|zaplaceno|uhrazené zálohy|zaplacené zálohy|odpočet zálohy|zálohy|přijaté zálohy",
        },
        "discount_total": {
            3: "sleva celkem",
            2: "sleva",
        },
        "rounding": {
            3: "zaokrouhlení|haléřové vyrovnání",
        },
        "previous_balance": {
            3: "předchozí zůstatek|nedoplatek z minulého období",
        },
        "other": {
            3: """
                konstantní symbol|specifický symbol|ks|telefon|tel|objednávku přijal|banka|razítko a podpis|
                převzal|vyřizuje|zapsána|spisová značka|dodací list
            """,
        },
    },
    titles={
        "credit": "dobropis|opravný daňový doklad|opravná faktura",
        "invoice": """
            faktura daňový doklad|faktura|daňový doklad|zálohová faktura|proforma faktura|vyúčtovací faktura|
            účtenka|faktura daňový doklad č
        """,
        "reminder": "upominka|upominka k uhrade|vyzva k uhrade|vyzva k zaplaceni|pripominka platby|predzalobni vyzva",
        "statement": "vypis z uctu|saldokonto|odsouhlaseni salda|prehled neuhrazenych faktur",
        "delivery_note": "dodaci list|prepravni list|nakladni list|balici list",
        "order": "objednavka|potvrzeni objednavky",
        "quote": "nabidka|cenova nabidka|kalkulace",
        "remittance": "avizo platby|avizo o platbe|potvrzeni o platbe",
        "terms": "obchodni podminky|vseobecne obchodni podminky|dodaci podminky",
    },
    columns={
        "description": """
            popis|nazev|nazev polozky|oznaceni|položka|označení dodávky|předmět plnění|text|zboží|
            předmět fakturace
        """,
        "quantity": "mnozstvi|pocet|pocet mj|ks|hodin",
        "unit": "mj|m.j.|jednotka|jedn",
        "unit_price": "cena za mj|jednotkova cena|cena mj|cena za kus|cena bez dph/mj|jedn. cena|cena ks|j. cena",
        "discount": "sleva",
        "tax_rate": "dph|dph %|sazba dph|sazba|% dph",
        "tax_amount": "castka dph|výše dph|dph kč|daň",
        "amount": "celkem|castka|celkem bez dph|cena celkem|základ|cena bez dph|kč bez dph",
        "amount_gross": "celkem s dph|cena s dph|celkem včetně dph",
        "discount_percent": "sleva %",
        "item_code": "kód|kód zboží|katalog|kat. číslo|objednací číslo",
    },
    total_rows=(
        r"mezisoucet|celkem|soucet|k uhrade|zaklad|dph\b|zaokrouhleni|uhrazeno|zbyva|zaplaceno|"
        r"zaloh|rekapitulace"
    ),
    reductions=r"sleva|srazka",
    net=r"bez|zaklad",
    gross=r"s dph|vcetne|vc",
    legal_forms=(
        r"s\.\s?r\.\s?o|a\.\s?s|spol\. s r\.\s?o|v\.\s?o\.\s?s|k\.\s?s|z\.\s?s|o\.\s?p\.\s?s|"
        r"s\.\s?p"
    ),
    streets=r"ulice|ul|náměstí|nám|třída|nábřeží|sady",
    street_ends=r"ská|ova",
    addressed=r"pan|paní|vážený",
    attention=r"k rukám|pan[í]? ",
    debit=r"inkaso|z vašeho účtu|na váš účet",
    referring=r"k|ke|do|faktuře|původní|opravuje",
    dated=r"ze dne|dne|z",
    days=r"dn[íůy]|dny",
    until=r"do|nejpozději do|do dne",
    paying=r"plat|úhrad|uhrad|splat",
    early=r"sleva|penále|úrok|prodlení",
    headings="strana kopie děkujeme originál",
)
