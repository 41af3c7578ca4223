"""The words of Swedish invoices."""

from __future__ import annotations

from processing.extractors.words.language import Language

WORDS = Language(
    code="sv",
    labels={
        "invoice_date": {
            3: "fakturadatum|utfardandedatum|datum för faktura|fakturans datum|avidatum",
        },
        "invoice_number": {
            3: """
                fakturanummer|fakturanr|faktura nr|kreditfaktura nr|kreditnota nummer|avi nummer|avinummer|
                kvittonummer
            """,
            1: "nummer",
        },
        "due_date": {
            3: """
                forfallodatum|forfallodag|betalas senast|sista betalningsdag|förfaller|oss tillhanda senast|
                betalas senast den|betala senast|betalningsdatum|sista betalningsdatum
            """,
        },
        "delivery_date": {
            3: "leveransdatum|leveransdag|utförd",
        },
        "purchase_order": {
            3: """
                ert ordernummer|er bestallning|inkopsorder|er order|ert ordernr|inköpsordernummer|er orderreferens|
                beställningsnummer|rekvisitionsnummer|er beställning nr
            """,
            1: "ordernr",
        },
        "contract_reference": {
            3: "avtalsnummer",
        },
        "buyer_reference": {
            3: "er referens",
        },
        "payment_reference": {
            3: "ocr nummer|ocr nr|ocr|referensnummer|betalningsreferens|ange vid betalning",
        },
        "payment_terms": {
            3: "betalningsvillkor|villkor",
        },
        "vendor_email": {
            3: "e post",
        },
        "vat_id": {
            3: """
                momsreg nr|momsregnr|momsregistreringsnummer|org nr|org no|orgnr|organisationsnummer|momsnr|vat-nr|
                organisationsnr
            """,
        },
        "seller": {
            3: "saljare|leverantor|avsändare|utfärdare|betalningsmottagare",
        },
        "buyer": {
            3: """
                kopare|fakturaadress|faktureringsadress|kund|beställare|mottagare|faktureras till|fakturamottagare|
                betalare
            """,
            1: "till|till kund",
        },
        "ship_to": {
            3: "leveransadress|levereras till|godsmottagare",
        },
        "party_name": {
            3: "namn|företag",
        },
        "party_address": {
            3: "adress|postadress|besöksadress",
        },
        "subtotal": {
            3: """
                summa exkl moms|belopp exkl moms|exkl moms|nettobelopp|netto belopp|summa netto|nettosumma|
                totalt exkl moms|belopp före moms|momsunderlag|netto exkl moms
            """,
            2: "delsumma",
        },
        "tax_amount": {
            3: "momsbelopp|moms totalt|summa moms|total moms",
            2: "moms|varav moms",
        },
        "total_amount": {
            3: """
                summa inkl moms|total inkl moms|fakturabelopp|totalt inkl moms|totalsumma|totalbelopp|fakturasumma|
                belopp inkl moms|summa totalt|totalt belopp|slutsumma
            """,
            2: "totalt",
        },
        "amount_due": {
            3: "att betala|summa att betala|belopp att betala|kvar att betala|att betala sek|att erhålla",
            2: "belopp",
        },
        "charge_total": {
            3: "fraktkostnad|faktureringsavgift|expeditionsavgift|fakturaavgift|emballage",
            2: "frakt",
        },
        "rounding": {
            3: "oresavrundning|öresutjämning|avrundning",
        },
        "other": {
            3: """
                kundnummer|sida|var referens|kundnr|bankgiro|plusgiro|er referens|dröjsmålsränta|
                godkänd för f skatt|f skatt|telefon|säljare referens|ordernr
            """,
        },
        "period": {
            3: "avser perioden|avser period|fakturaperiod|period",
        },
        "preceding_invoice": {
            3: "krediterar faktura|avser faktura|kreditering av faktura|ursprunglig faktura",
        },
        "currency": {
            3: "valutakod|valuta",
        },
        "iban": {
            3: "bankkonto|bankgiro iban",
        },
        "payee": {
            3: "betalas till|betalningsmottagare|mottagare av betalning|till konto",
        },
        "amount_paid": {
            3: "betalt|inbetalt|erhållet|redan betalt|förskott|a conto",
            2: "betald",
        },
        "discount_total": {
            3: "rabatt totalt|total rabatt",
        },
        "previous_balance": {
            3: "föregående saldo|ingående saldo|tidigare skuld",
        },
    },
    titles={
        "credit": "kreditfaktura|kreditnota",
        "invoice": "faktura|samlingsfaktura|kvitto|räkning|hyresavi|slutfaktura",
        "reminder": "paminnelse|betalningspaminnelse|inkassokrav|kravbrev|paminnelsefaktura",
        "statement": "kontoutdrag|reskontrautdrag|obetalda fakturor|saldobesked",
        "delivery_note": "foljesedel|leveranssedel|packsedel|fraktsedel",
        "order": "order|inkopsorder|orderbekraftelse|bestallning|orderbekraftelse",
        "quote": "offert|anbud|prisforslag",
        "remittance": "betalningsavi|betalningsbekraftelse",
        "terms": "allmanna villkor|leveransvillkor|allmanna leveransvillkor|forsaljningsvillkor",
    },
    columns={
        "line_number": "rad",
        "description": "beskrivning|benamning|artikelbenamning|specifikation|artikel|tjänst|text|vara|produkt|avser",
        "quantity": "antal|kvantitet|mangd|lev antal|timmar",
        "unit": "enhet|enh",
        "unit_price": "a pris|pris|styckpris|enhetspris|pris enhet|pris per enhet|pris exkl moms|pris st",
        "discount_percent": "rabatt prozent|rabatt %|rab %",
        "discount": "rabatt kr",
        "tax_rate": "moms|moms %|momssats|moms sats|moms i %|momssats %",
        "tax_amount": "momsbelopp",
        "amount": """
            belopp|summa|totalt|total kr|nettobelopp|belopp exkl moms|summa exkl moms|radsumma|belopp kr|
            belopp sek|summa kr|netto
        """,
        "amount_gross": "belopp inkl moms|summa inkl moms",
        "item_code": "artikelnr|art.nr|artnr|artikelnummer",
    },
    total_rows=r"summa|delsumma|att betala|moms\b|totalt|netto\b|varav|oresavrundning|frakt\b",
    reductions=r"rabatt|avdrag",
    net=r"exkl|netto|utan|fore",
    gross=r"inkl|brutto|med",
    legal_forms=r"HB|KB|Ek\.? ?för",
    last_forms=r"AB",
    any_case_forms=r"aktiebolag",
    streets=r"box|gata|väg",
    street_ends=r"gatan|vägen|gränd|torget|stigen|backen|plan",
    addressed=r"herr|fru|till",
    attention=r"att\.?:|er ref|attention",
    debit=r"autogiro|dras från|ditt konto|ert konto|från konto",
    referring=r"krediterar|avser|till",
    dated=r"den|av den",
    days=r"dagar",
    until=r"senast|före|tills",
    paying=r"betal|förfall",
    early=r"rabatt|dröjsmål|ränta|försen",
    headings="sida kopia tack summa specifikation",
)
