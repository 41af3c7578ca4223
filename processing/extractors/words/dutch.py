"""The words of Dutch invoices."""

from __future__ import annotations

from processing.extractors.words.language import Language

WORDS = Language(
    code="nl",
    labels={
        "document_reference": {
            3: "boekingsnummer|reserveringsnummer",
        },
        "due_date": {
            3: """
                vervaldatum|verval datum|te betalen voor|betalen voor|vervaldag|uiterlijk te betalen op|
                te voldoen voor|uiterlijk betalen|te betalen uiterlijk|uiterste betaaldag|betalen uiterlijk|
                uiterste betaaldatum|betaal uiterlijk|vervalt op|betaaldag
            """,
            2: "betalingsfrist",
        },
        "buyer_reference": {
            3: "klantreferentie|leitweg id|leitwege id|v ref|uw referentie|uw kenmerk|uw ref",
            1: "referentie",
        },
        "amount_paid": {
            3: """
                reeds betaald|reeds voldaan|voorschot|reeds gefactureerd|ontvangen betaling|betaald bedrag|
                al betaald|in mindering|betaald met|betaald op|voldaan met|voldaan per pin
            """,
            2: "voldaan|betaald|aanbetaling",
        },
        "invoice_number": {
            3: """
                nota nummer|factuurnummer|factuur nr|factuur nummer|factuur no|nota nr|factuur #|factuur n|
                premienota nummer|rekening nummer factuur|documentnummer|bonnummer|declaratienummer|
                factuur kenmerk
            """,
            1: "nummer",
        },
        "vat_id": {
            3: """
                n id tva|btw nr|btw nummer|btw id|btw no|btw id nummer|ob nummer|btw be|n entreprise|
                ondernemingsnummer|btwnr|btw identificatienummer
            """,
        },
        "other": {
            3: """
                betaalwijze|betaalmethode|cust id|klantnummer|pakbon|offerte|kvk|kvk nr|kvk nummer|serienummer|
                btw tarief|onze referentie|glaubiger id|creditor id|polisnummer|polis|relatienummer|ogm|vermelding|
                kenteken
            """,
        },
        "period": {
            3: "factuurperiode|premieperiode|periode van",
        },
        "payment_terms": {
            3: "betalingsvoorwaarden|betalingsconditie|betalingscondities|betaaltermijn|betalingstermijn",
        },
        "invoice_date": {
            3: """
                factuur datum|datum factuur|datum van factuur|datum van de factuur|nota datum|datum nota|
                factuur d.d.|opgemaakt op
            """,
        },
        "delivery_date": {
            3: "leverdatum|datum levering|datum dienst|prestatiedatum",
        },
        "purchase_order": {
            3: """
                inkooporder|uw order|uw ordernummer|bestelnummer|uw bestelnummer|uw bestelling|uw opdracht|
                opdrachtnummer|uw inkoopnummer|inkoopordernr|bestelbon|inkoopordernummer|inkoopnummer
            """,
            1: "order id|order #|ordernummer",
        },
        "payment_reference": {
            3: "gestructureerde mededeling|betalingskenmerk",
        },
        "currency": {
            3: """
                amounts in|all charges and prices are in|prices in|currency code|montants en|importes en|
                bedragen in|importi in
            """,
        },
        "iban": {
            3: "rekeningnummer",
        },
        "vendor_phone": {
            3: "telefoon",
        },
        "seller": {
            3: "verhuurder|verkoper|leverancier|opdrachtnemer|uitgever",
            2: "afzender",
            1: "van",
        },
        "buyer": {
            3: """
                klant|huurder|afnemer|koper|factuuradres|factuur aan|debiteur|gefactureerd aan|klantgegevens|geleverd aan|
                opdrachtgever|debiteurgegevens|verzekeringnemer
            """,
            1: "aan",
        },
        "payee": {
            3: "rekeninghouder|t n v|ten name van|op naam van|ten gunste van|begunstigde",
        },
        "party_name": {
            3: "naam|bedrijfsnaam|handelsnaam",
        },
        "party_address": {
            3: "adres|vestigingsadres|bezoekadres",
        },
        "subtotal": {
            3: """
                totaal excl btw|totaal exclusief btw|exclusief btw|nettobedrag|bedrag excl btw|totaal ex btw|
                excl btw|subtotaal excl btw|totaal netto|netto totaal|totaal excl|totaal zonder btw|
                bedrag exclusief btw|totaal exclusief|premie per kwartaal|premie per maand|bedrag exclusief|
                maatstaf van heffing|totaal netto bedrag
            """,
            2: "subtotaal|sub totaal|deelsom",
        },
        "line_total": {
            3: "total bruto",
        },
        "tax_amount": {
            3: """
                totaal btw|btw bedrag|totaal btw bedrag|btw totaal|assurantiebelasting|btw totaal bedrag|
                totaal b.t.w.
            """,
            2: "v a t|t v a|btw|b t w|omzetbelasting|btw hoog|btw laag|belasting",
        },
        "total_amount": {
            3: """
                totaalbedrag|totaal incl btw|totaal inclusief btw|inclusief btw|factuurbedrag|eindtotaal|
                factuurtotaal|totaal factuur|bedrag incl btw|totaal incl|incl btw|eindbedrag|totaal bedrag|
                bedrag inclusief btw|factuur totaal|totaal inclusief|totaal eur|totaal incl b.t.w.|
                totaal factuurbedrag|notabedrag|totaal te factureren
            """,
            2: "totaal",
        },
        "amount_due": {
            3: """
                te betalen|openstaand|openstaand bedrag|nog te betalen|te voldoen|totaal te betalen|
                te betalen bedrag|te betalen eur|door u te betalen|totaal te voldoen|restant te betalen|
                saldo te betalen|af te schrijven bedrag|te ontvangen
            """,
        },
        "discount_total": {
            3: "totaal korting|kwantumkorting|klantkorting|totale korting|kortingsbedrag",
            2: "korting",
        },
        "charge_total": {
            3: """
                verzendkosten|vrachtkosten|transportkosten|administratiekosten|orderkosten|brandstoftoeslag|
                statiegeld
            """,
            2: "verzending|toeslag",
        },
        "rounding": {
            3: "afronding",
        },
        "preceding_invoice": {
            3: "oorspronkelijke factuur|betreft factuur|creditering van factuur|op factuur|correctie van factuur",
        },
        "withholding_amount": {
            3: "inhouding|voorheffing|bedrijfsvoorheffing",
        },
        "previous_balance": {
            3: "vorig saldo|openstaand saldo|saldo vorige factuur|achterstand",
        },
    },
    titles={
        "invoice": """
            proforma factuur|kassenbon|factuur|premienota|declaratie|voorschotfactuur|eindafrekening|
            jaarafrekening|verzamelfactuur|contributienota
        """,
        "credit": "creditnota|credit nota|creditfactuur|creditfaktuur|creditnota factuur",
        "reminder": """
            herinnering|betalingsherinnering|aanmaning|laatste aanmaning|betaalherinnering|sommatie|
            ingebrekestelling|eerste herinnering|tweede herinnering
        """,
        "statement": """
            rekeningoverzicht|saldo overzicht|openstaande posten|openstaande facturen|rekeningafschrift|
            overzicht openstaande facturen
        """,
        "delivery_note": "pakbon|leverbon|afleverbon|vrachtbrief|paklijst|leveringsbon",
        "order": "bestelling|inkooporder|orderbevestiging|opdrachtbevestiging|bestelbon|bevestiging van uw bestelling",
        "quote": "offerte|prijsopgave|aanbieding",
        "remittance": "betaaladvies|betalingsadvies|betalingsspecificatie",
        "terms": "algemene voorwaarden|algemene verkoopvoorwaarden|leveringsvoorwaarden|verkoopvoorwaarden",
    },
    columns={
        "line_number": "regel|lin|poz",
        "description": """
            traject|van naar|rit|
            omschrijving|artikelomschrijving|artikel omschrijving|dienst|productomschrijving|beschrijving|rubriek|
            product omschrijving|specificatie|werkzaamheden
        """,
        "quantity": "aantal|hoeveelheid|uren|stuks|aant|besteld|geleverd|aantal uren|kg|nachten",
        "unit": "eenheid",
        "unit_price": """
            prijs|prijs per stuk|stukprijs|eenheidsprijs|prijs per eenheid|tarief|prijs excl btw|stuksprijs|
            prijs per|stuks prijs|p/st|prijs ex|uurtarief|netto prijs
        """,
        "unit_price_gross": "prijs incl",
        "discount_percent": "korting %|kort %|% korting",
        "discount": "korting",
        "tax_rate": "btw|btw %|btw tarief|btw percentage|% btw",
        "tax_amount": "btw bedrag",
        "amount": """
            bedrag|totaal|totaalprijs|regeltotaal|bedrag excl|bedrag excl btw|totaal excl btw|totaalbedrag|
            totaal excl|netto bedrag|premie|totaal ex|bedrag eur|netto|subtotaal
        """,
        "amount_gross": "bedrag incl|bedrag incl btw|totaal incl|totaal incl btw|prijs incl btw|incl btw",
        "tracking_number": "shipment id",
    },
    total_rows=(
        r"subtotaal|totaal|te betalen|btw\b|b t w\b|exclusief|inclusief|transport(?:eren)?$|"
        r"assurantiebelasting|korting|afronding"
    ),
    reductions=r"korting|staffelkorting",
    net=r"zonder|excl|exclusief|netto|ex",
    gross=r"incl|inclusief|bruto|met",
    legal_forms=r"B\.V|BV|BVBA|N\.V|NV|V\.O\.F|VOF|vzw|VZW|CommV|B\.V\.B\.A|C\.V|U\.A",
    any_case_forms=r"b\.v\.",
    streets=r"postbus",
    street_ends=(
        r"laan|straat|plein|kade|gracht|dreef|singel|dijk|steenweg|plantsoen|hof|markt|baan|"
        r"pad"
    ),
    addressed=r"aan|t\.?a\.?v\.?.*|de heer|mevrouw",
    attention=r"t\.?a\.?v\.?\b|ter attentie|de heer\b|mevrouw\b|crediteurenadministratie",
    debit=(
        r"schrijven .*\baf\b|afgeschreven|afschrijv|incass|domicili|van (?:uw )?rekening|op uw rekening|"
        r"uw (?:bank)?rekening"
    ),
    referring=r"op|bij|betreft|uw|de",
    dated=r"van|dd|d\.d\.",
    days=r"dagen",
    until=r"v[oó][oó]r|uiterlijk(?: op)?",
    paying=r"betal|voldo|vervald|voldaan",
    early=r"korting|te laat|rente",
    headings="kopie bedankt bedrag prijs",
)
