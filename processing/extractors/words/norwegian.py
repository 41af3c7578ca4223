"""The words of Norwegian invoices."""

from __future__ import annotations

from processing.extractors.words.language import Language

WORDS = Language(
    code="nb",
    labels={
        "invoice_number": {
            3: "fakturanr|faktura nummer|faktura nr|fakturanummer|kreditnota nr|bilagsnr",
            1: "nummer",
        },
        "due_date": {
            3: "forfallsdato|forfall|betalingsfrist|betales innen|forfaller|betalingsdato",
        },
        "purchase_order": {
            3: """
                deres ordre|deres ordrenr|innkjøpsordre|bestillingsnr|bestillingsnummer|deres bestilling|
                rekvisisjon|kundens ordrenr|bestilling|best nr|ordreref|innkjøpsordrenummer
            """,
            1: "ordrenummer",
        },
        "payment_reference": {
            3: "kid nummer|kid|kid nr|kidnr",
        },
        "vat_id": {
            3: "foretaksregisteret|org.nr|organisasjonsnummer|orgnr|org.nummer|foretaksnummer|mva nr",
        },
        "seller": {
            3: "selger|leverandør|avsender|utsteder",
        },
        "subtotal": {
            3: """
                sum eks mva|sum ekskl mva|netto|nettobeløp|sum uten mva|total eks mva|beløp eks mva|mva grunnlag|
                avgiftsgrunnlag|sum netto
            """,
        },
        "tax_amount": {
            3: "sum mva|mva beløp|mva totalt|merverdiavgift",
            2: "mva|herav mva",
        },
        "total_amount": {
            3: """
                totalbelop|fakturatotal|sum inkl. mva|totalt inkl mva|total inkl mva|totalsum|fakturabeløp|
                beløp inkl mva|å betale inkl mva|sum å betale
            """,
        },
        "amount_due": {
            3: "a betale|til betaling|beløp å betale|til gode|restbeløp|utestående|skyldig beløp",
        },
        "other": {
            3: """
                kundenummer|kundenr|kontonr|kontonummer|vår ref|deres ref person|telefon|tlf|prosjekt|ordrenr|
                purregebyr|forsinkelsesrente
            """,
        },
        "invoice_date": {
            3: "fakturadato|utstedt|utstedelsesdato|dato for faktura",
        },
        "delivery_date": {
            3: "leveringsdato|levert",
        },
        "period": {
            3: "periode|faktureringsperiode|for perioden",
        },
        "preceding_invoice": {
            3: "gjelder faktura|krediterer faktura|opprinnelig faktura|kreditering av faktura",
        },
        "payment_terms": {
            3: "betalingsbetingelser|betalingsvilkår",
        },
        "currency": {
            3: "valuta",
        },
        "iban": {
            3: "bankkonto",
        },
        "buyer": {
            3: "kjøper|kunde|faktureres til|fakturamottaker|mottaker|fakturaadresse|bestiller",
        },
        "ship_to": {
            3: "leveringsadresse|leveres til|leveringssted",
        },
        "payee": {
            3: "betalingsmottaker|betales til",
        },
        "party_name": {
            3: "navn|firma",
        },
        "party_address": {
            3: "adresse|besøksadresse|postadresse",
        },
        "amount_paid": {
            3: "betalt|innbetalt|forskudd|a konto|allerede betalt",
        },
        "discount_total": {
            3: "rabatt totalt",
        },
        "charge_total": {
            3: "fraktkostnader|fakturagebyr|gebyr|porto",
        },
        "rounding": {
            3: "øreavrunding|avrunding|øresavrunding",
        },
        "previous_balance": {
            3: "tidligere saldo|inngående saldo|restanse",
        },
    },
    titles={
        "invoice": "faktura|samlefaktura|regning|kvittering|sluttfaktura|proformafaktura",
        "credit": "kreditnota|kreditfaktura",
        "reminder": "purring|betalingspaminnelse|inkassovarsel|purrebrev|purregebyr varsel",
        "statement": "kontoutskrift|kontoutdrag|apne poster|saldooversikt",
        "delivery_note": "pakkseddel|folgeseddel|leveringsseddel|fraktbrev",
        "order": "ordrebekreftelse|innkjopsordre|bestilling",
        "quote": "tilbud|pristilbud|prisoverslag",
        "remittance": "betalingsbekreftelse|remitteringsinformasjon",
        "terms": "salgsbetingelser|salgs og leveringsbetingelser|generelle vilkar|alminnelige vilkar",
    },
    columns={
        "quantity": "antall|ant|timer|mengde",
        "tax_rate": "mva|mva %|mva sats",
        "amount": """
            belop|sum kr|netto belop|sum|beløp eks mva|sum eks mva|netto|nettobeløp|totalt|linjesum|total eks mva
        """,
        "description": "beskrivelse|tekst|varetekst|vare|tjeneste|spesifikasjon|produkt",
        "unit": "enhet|enh",
        "unit_price": "pris|enhetspris|pris pr enhet|stk pris|á pris|pris eks mva|stykkpris",
        "amount_gross": "beløp inkl mva|sum inkl mva",
        "discount_percent": "rabatt %|rab %",
        "item_code": "varenr|vare nr|varenummer|artikkelnr|art nr",
    },
    total_rows=r"sum\b|totalt|a betale|til betaling|mva\b|avrunding|netto\b|herav|delsum|oreavrunding",
    reductions=r"rabatt|avslag",
    net=r"eks|ekskl|netto|uten",
    gross=r"inkl|brutto|med",
    legal_forms=r"ASA|ENK|DA|ANS|NUF",
    last_forms=r"AS|SA|BA",
    streets=r"postboks|pb",
    street_ends=r"veien|gata|gate|vei|plass|torget|bakken|svingen",
    addressed=r"til|herr|fru",
    attention=r"att\.?:|v/",
    debit=r"avtalegiro|trekkes fra|din konto|deres konto",
    referring=r"gjelder|krediterer|til|av",
    dated=r"av|den|datert",
    days=r"dager",
    until=r"innen|senest|før",
    paying=r"betal|forfall",
    early=r"rabatt|rente|forsink",
    headings="side kopi takk",
)
