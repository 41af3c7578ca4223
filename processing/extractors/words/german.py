"""The words of German invoices."""

from __future__ import annotations

from processing.extractors.words.language import Language

WORDS = Language(
    code="de",
    labels={
        "invoice_number": {
            3: """
                rechnungsnummer|rechnungs nr|rechnungsnr|rechnung nr|rechnung nummer|rechnungs nummer|re nr|rg nr|
                rechn nr|rgnr|renr|rechnung no|rechnung #|belegnummer|beleg nr|belegnr|gutschriftsnummer|
                gutschrift nr|gutschriftnummer|gutschriftsnr|gutschrifts nr|stornorechnung nr|mietrechnung nr|
                bonnummer|bon nr|handelsrechnung nr|abrechnungsnummer|sammelrechnung nr|abschlagsrechnung nr|
                schlussrechnung nr|factuurnr|notanummer|faktuurnummer|faktuur nr|creditnotanummer|
                creditfactuurnummer|dokumentnummer|dokument nr|vorgangsnummer rechnung|honorarnote nr|nota nr|
                faktura nummer|rechnungs id|jahresrechnung nr|gutschrift nummer|rechnungskorrektur nr|
                korrekturrechnung nr
            """,
            2: "beleg no",
            1: "nummer",
        },
        "due_date": {
            3: """
                falligkeitsdatum|fallig am|zahlbar bis|zahlbar bis zum|falligkeitstermin|zu zahlen bis|fallig bis|
                fallig zum|bitte zahlen sie bis|bitte uberweisen sie bis zum|bitte uberweisen sie bis|
                uberweisen sie bis zum|zahlung bis|zahlungstermin|netto bis|zahlbar am|
                bitte begleichen sie bis zum|falligkeit|zahlungsfrist bis|zahlungsziel bis|uiterste betaaldatum|
                zahlbar spätestens am|zahlbar spätestens bis|fälligkeit am|zu bezahlen bis|zahlungsfrist|zahltag|
                valuta
            """,
            2: "zahlungsziel|fallig|betaaldatum",
        },
        "period": {
            3: """
                abrechnungszeitraum|leistungszeitraum|liefer leistungszeitraum|rechnungszeitraum|lieferzeitraum|
                fur den zeitraum
            """,
            2: "zeitraum",
        },
        "buyer_reference": {
            3: "ihr zeichen|ihre referenz|kundenreferenz",
            1: "referenz",
        },
        "payment_reference": {
            3: "verwendungszweck|zahlungsreferenz",
        },
        "vendor_phone": {
            3: "mobil|tel|telefon|telefone|fon",
        },
        "ship_to": {
            3: """
                lieferempfanger|lieferadresse|lieferanschrift|warenempfanger|abweichender warenempfanger|
                versandadresse|lieferung an
            """,
        },
        "other_party": {
            3: """
                kontoname|bankverbindung|versender|zahlungsempfanger|abweichender zahlungsempfanger|
                steuerbevollmachtigter des verkaufers|absender der ware
            """,
        },
        "payee": {
            3: "kontoinhaber|begunstigter|zugunsten|lautend auf|zahlbar an|konto lautend auf|zahlungsempfänger",
        },
        "amount_paid": {
            3: """
                bereits bezahlt|erhaltene anzahlungen|erhaltene anzahlung|abzgl anzahlung|abzuglich anzahlung|
                geleistete anzahlung|bereits gezahlt|anzahlungen|gezahlter betrag|abzüglich gezahlter abschläge|
                abzgl gezahlter abschläge|abzüglich bereits gezahlt|abzüglich geleisteter abschlagszahlungen|
                geleistete abschlagszahlungen|gezahlte abschläge|abzüglich erhaltener anzahlungen|
                abzüglich vorauszahlung|geleistete zahlungen|bereits geleistet|abzüglich zahlungen|ihre zahlungen|
                abschlagszahlungen|abschlagszahlung|abzgl abschlagszahlung|abzüglich abschlagszahlung|à conto|akontozahlung|bezahlt mit|bezahlt per|bezahlt am|gezahlt per|
                per kreditkarte bezahlt|kartenzahlung
            """,
            2: "bezahlt|anzahlung|vorauszahlung|anzahlung erhalten|vorkasse|gutgeschrieben|dankend erhalten|betrag erhalten|bereits beglichen|zahlung eingegangen|zahlung ist eingegangen",
        },
        "discount_total": {
            3: """
                gesamtrabatt|gesamtbetrag der abschlage|summe rabatte|objektrabatt|mengenrabatt|treuerabatt|
                projektrabatt|sonderrabatt|gesamtnachlass|kundenrabatt
            """,
            2: "rabatt|nachlass|abzgl rabatt|abzuglich rabatt|abzgl sondernachlass|sondernachlass|abzgl nachlass",
        },
        "other": {
            3: """
                vorgang|telefax|bankname|kreditinstitut|mandatsreferenz|orderdatum|bestelldatum|bestell datum|
                kundennummer|kunden nr|kundennr|ihre kundennummer|klantnr|debiteurnummer|debiteurennummer|
                relatienummer|lieferschein|lieferschein nr|lieferscheinnummer|lieferschein datum|auftrag|
                auftrags nr|auftragsnummer|auftragsnr|auftrag nr|auftrag datum|auftragsdatum|vorgangsnummer|
                angebot|angebotsnummer|offertenummer|seite|blatt|kontonr|kontonummer|konto nr|konto|blz|bank code|
                bankleitzahl|bank|bank name|hrb|hra|hrb nr|handelsregister|handelsregisternummer|handelsreg|
                registergericht|amtsgericht|lief nr|lieferantennummer|lieferanten nr|lieferantennr|sachbearbeiter|
                seriennummer|gultig bis|betreff|bemerkung|hinweis|inhalt|kostenstelle|projekt|projektnummer|
                steuersatz|ust satz|mwst satz|zahlernummer|verkauferin|vertreter|unser zeichen|unsere referenz|
                vertragskontonummer|glaubiger identifikationsnummer|skonto|geburtsdatum|uhrzeit|zeit|
                globale nummer|globale id|globale lokationsnummer|verbrauchsstelle|lieferstelle|marktlokation|
                steuernummer kunde|telefax nr|fn|firmenbuch|firmenbuchnummer|neuer abschlag|ihr neuer abschlag|
                mandat|konto nummer|sparkasse|servicetelefon
            """,
        },
        "invoice_date": {
            3: """
                rechnungsdatum|rechnungs datum|datum der rechnung|belegdatum|beleg datum|ausstellungsdatum|
                gutschriftsdatum|gutschriftdatum|rechn datum|re datum|rg datum|dokumentdatum|erstellungsdatum|
                rechnung vom|factuurdatum|faktuurdatum|notadatum|datum der gutschrift|rechnung datum|faktura vom
            """,
            1: "datum",
        },
        "delivery_date": {
            3: """
                leistungsdatum|lieferdatum|liefer und leistungsdatum|liefer leistungsdatum|leistungs datum|
                datum der leistung|leveringsdatum|tag der lieferung|tag der leistung|liefertag|leistungstag|
                datum der lieferung
            """,
        },
        "document_reference": {
            3: "buchungsnummer|reservierungsnummer|auftragsbestatigung nr",
        },
        "purchase_order": {
            3: """
                bestellnummer|bestell nr|bestellnr|ihre bestellung|bestellung|bestellung nr|ihre bestellnummer|
                ihre bestell nr|ihre bestellung nr|kundenbestellnummer|bestellreferenz|ihre auftragsnummer|
                bestell nummer|po nummer|ihre bestellung vom|bestellung vom|ihre best nr|best nr|kundenauftrag|
                ihr auftrag
            """,
        },
        "contract_reference": {
            3: "vertragsnummer|vertrag nr|vertragsnr|vertrags nr|contractnummer|contract nr",
        },
        "currency": {
            3: "wahrung|rechnungswahrung|betrage in|alle betrage in|alle preise in",
        },
        "iban": {
            3: "iban|iban nr|rekeningnr|rek nr|konto iban|iban konto",
        },
        "vat_id": {
            3: """
                ust idnr|ust id nr|ust id|ust ident nr|ust identnr|umsatzsteuer id|umsatzsteuer id nr|
                umsatzsteuer idnr|umsatzsteueridentifikationsnummer|umsatzsteuer identifikationsnummer|uid|uid nr|
                uid nummer|mwst nr|mwst nummer|mwst uid|uidnr|ustid|ustidnr|ustid nr|ust idnummer|ust nr
            """,
        },
        "tax_number": {
            3: "steuernummer|steuernr|steuer nr|st nr|stnr|steuer nummer|finanzamt steuernummer",
        },
        "seller": {
            3: """
                verkaufer|lieferant|vermieter|rechnungssteller|rechnungsersteller|rechnungsaussteller|leistungserbringer|
                anbieter|verkauft von
            """,
            2: "von|absender",
        },
        "buyer": {
            3: """
                kaufer|kaufer leistungsempfanger|rechnungsempfanger|leistungsempfanger|rechnungsadresse|
                rechnungsanschrift|mieter|versicherungsnehmer|auftraggeber|abweichender rechnungsempfanger|rechnung an|kunde|besteller|
                fakturaadresse|empfanger
            """,
            2: "an",
        },
        "party_name": {
            3: "firma|firmenname|name firma",
        },
        "party_address": {
            3: "anschrift|adresse|sitz|firmensitz|straße",
        },
        "subtotal": {
            3: """
                nettobetrag|summe netto|gesamt netto|netto gesamt|nettosumme|netto summe|rechnungssumme netto|
                rechnungssumme ohne ust|rechnungssumme netto excl ust|rechnungssumme netto exkl ust|
                gesamtbetrag netto|gesamtnetto|gesamtsumme netto|betrag netto|rechnungsbetrag netto|
                summe ohne mwst|summe ohne ust|total netto|nettoentgelt|zwischensumme netto|gesamtbetrag ohne ust|
                gesamtpreis netto|gesamtbetrag ohne mwst|netto betrag|total exkl mwst|summe exkl mwst|
                nettogesamtbetrag|gesamtnettobetrag|warenwert netto|summe nettobetrage|netto warenwert|
                nettowarenwert|nettorechnungsbetrag|gesamt nettobetrag|summe zzgl mwst|nettopramie|total ohne mwst|
                zwischensumme exkl mwst|nettosumme gesamt|summe netto eur|total exkl|total exklusive mwst|
                netto eur|bemessungsgrundlage|warenwert exkl mwst|summe exkl ust|nettobeitrag|nettoprämie|
                beitrag netto
            """,
            2: "netto|nett|zwischensumme|sub tot|zwischentotal|warenwert|entgelt",
        },
        "line_total": {
            3: "positionssumme|summe positionen|summe der positionen|gesamtbeitrag",
        },
        "tax_amount": {
            3: """
                summe umsatzsteuer|steuerbetrag|ust betrag|mwst betrag|ust gesamt|mwst gesamt|gesamt mwst|
                summe mwst|summe ust|umsatzsteuerbetrag|mehrwertsteuerbetrag|gesamtbetrag mwst|gesamtbetrag ust|
                gesamtsteuer|gesamt ust|total mwst|steuerbetrag in|summe steuern|mwst total|ust eur|mwst eur
            """,
            2: """
                ust|mwst|umsatzsteuer|mehrwertsteuer|zzgl mwst|zzgl ust|zzgl umsatzsteuer|zzgl mehrwertsteuer|
                zuzuglich mwst|zuzuglich ust|zuzuglich umsatzsteuer|zuzuglich mehrwertsteuer|enthaltene mwst|
                enthaltene ust|enthaltene umsatzsteuer|darin enthaltene mwst|darin enthalten mwst|enth mwst|
                versicherungsteuer|versicherungssteuer|steuer|inkl mwst|zzgl gesetzl mwst|zzgl gesetzlicher mwst|
                plus vat|plus mwst|ust betrag eur|zuzüglich gesetzliche mwst
            """,
        },
        "total_amount": {
            3: """
                gesamtbetrag|gesamtsumme|rechnungsbetrag|endbetrag|bruttobetrag|bruttosumme|summe brutto|
                gesamt brutto|rechnungssumme|rechnungssumme brutto|rechnungssumme brutto inkl ust|
                gesamtbetrag brutto|rechnungsendbetrag|rechnungsbetrag brutto|summe inkl ust|summe inkl mwst|
                gesamtbetrag inkl mwst|gesamtbetrag inkl ust|total inkl mwst|gesamtsumme brutto|rechnungstotal|
                endsumme|brutto gesamt|betrag brutto|total brutto|gesamt inkl mwst|gesamt inkl ust|
                bruttogesamtbetrag|gesamtbruttobetrag|rechnungsgesamtbetrag|gesamtpreis|bruttorechnungsbetrag|
                gesamtrechnungsbetrag|brutto eur|total inklusive mwst|gesamtbetrag eur|rechnungsbetrag brutto eur|
                summe brutto eur|endbetrag brutto|jahresbetrag|summe der rechnung|gesamtbetrag der rechnung|
                rechnungssumme inkl mwst|rechnungsbeitrag|gesamtbetrag brutto eur
            """,
            2: "gesamt|summe",
        },
        "amount_due": {
            3: """
                zahlbetrag|offener betrag|zu zahlen|zu zahlender betrag|noch zu zahlen|restbetrag|restzahlung|
                offener rechnungsbetrag|verbleibender betrag|uberweisungsbetrag|forderungsbetrag|noch offen|
                zahlungsbetrag|falliger betrag|zu uberweisen|zu zahlende summe|zahlbar|noch zu zahlender betrag|
                nachzahlung|zu begleichen|zahllast|zu zahlender gesamtbetrag|zu bezahlen|abbuchungsbetrag|
                lastschriftbetrag|rechnungsbetrag offen|auszahlungsbetrag|fälliger gesamtbetrag|währung betrag
            """,
        },
        "charge_total": {
            3: """
                gesamtbetrag der zuschlage|versandkosten|lieferkosten|frachtkosten|versandkostenpauschale|
                transportkosten|zzgl versandkosten|versand und verpackung|porto und verpackung|versandkosten netto|
                frachtkostenanteil|mindermengenzuschlag|dieselzuschlag|energiekostenzuschlag|verpackung
            """,
            2: "versand|porto|fracht|zuschlag|lieferpauschale",
        },
        "rounding": {
            3: "rundung|rundungsdifferenz",
        },
        "preceding_invoice": {
            3: """
                zur rechnung|ursprungsrechnung|ursprüngliche rechnung|bezugsrechnung|korrektur zur rechnung|
                storno zur rechnung|zu rechnung nr|betrifft rechnung|bezug rechnung
            """,
        },
        "withholding_amount": {
            3: "einbehalt|sicherheitseinbehalt|abzugsteuer|bauabzugsteuer|quellensteuer|verrechnungssteuer",
        },
        "previous_balance": {
            3: """
                saldovortrag|vortrag|vorsaldo|offener saldo aus vorperiode|rückstand|offene posten|alter saldo|
                saldo vormonat|übertrag vorrechnung|forderung aus vorperiode
            """,
        },
    },
    titles={
        "invoice": """
            quittung|rechnung|handelsrechnung|beitragsrechnung|warenrechnung|mietrechnung|schlussrechnung|
            abschlagsrechnung|teilrechnung|sammelrechnung|stromrechnung|honorarrechnung|bon|honorarnote|
            jahresrechnung|gasrechnung|wasserrechnung|gebührenbescheid|gebührenrechnung|proformarechnung|
            anzahlungsrechnung|kostennote|kassenbeleg|verbrauchsabrechnung|nebenkostenabrechnung
        """,
        "credit": """
            gutschrift|rechnungskorrektur|korrekturrechnung|stornorechnung|kreditrechnung|storno rechnung|
            gutschriftsanzeige|rechnungsstorno|wertgutschrift
        """,
        "self_billed": "selbst ausgestellte rechnung",
        "reminder": """
            mahnung|zahlungserinnerung|erinnerung|letzte mahnung|zahlungsaufforderung|mahnschreiben|
            freundliche zahlungserinnerung|zahlungsverzug
        """,
        "statement": """
            kontoauszug|saldenbestatigung|offene posten|offene posten liste|saldenliste|kontenubersicht|
            kontostand|saldenmitteilung|aufstellung offener rechnungen|offene rechnungen|forderungsaufstellung
        """,
        "delivery_note": "lieferschein|packzettel|warenbegleitschein|packliste|liefernachweis|ablieferbeleg",
        "order": """
            bestellung|auftragsbestatigung|bestellbestatigung|auftrag|bestatigung ihrer bestellung|
            bestatigung ihres auftrags
        """,
        "quote": "angebot|kostenvoranschlag|preisangebot|offerte",
        "remittance": "zahlungsavis|avis|zahlungsbestatigung|zahlungsmitteilung",
        "terms": """
            agb|allgemeine geschaftsbedingungen|allgemeine verkaufsbedingungen|allgemeine lieferbedingungen|
            verkaufs und lieferbedingungen|allgemeine verkaufs und lieferbedingungen|
            liefer und zahlungsbedingungen|datenschutzhinweise
        """,
    },
    columns={
        "description": """
            von nach|strecke|relation|fahrt|
            beschreibung|bezeichnung|artikelbezeichnung|artikelbeschreibung|artikel|leistung|leistungen|
            leistungsbeschreibung|produkt|produktbezeichnung|produktbeschreibung|produktname|warenbezeichnung|ware|
            text|gegenstand|tatigkeit|position beschreibung|bezeichnung der leistung
        """,
        "unit_price": """
            einzel|einzelpreis|ep|e preis|preis|stuckpreis|preis pro einheit|preis einheit|nettopreis|netto preis|
            einzelpreis netto|preis netto|einheitspreis|stundensatz|preis stk|preis pro stuck|satz|listenpreis|
            preis eur|einzelpreis eur|ep netto|ep eur|ansatz|stückpreis netto|vk|preis in eur|preis in euro|
            arbeitspreis|tarif
        """,
        "discount": "abzug|abzuge|rabatt|zu abschlag|nachlass|abschlag|nachl",
        "price_base": "preiseinheit|preisbasis|pe|preis je|je",
        "line_number": "pos|position|positionsnr|posnr|pos nr|nr|lfd nr|lfdnr",
        "item_code": """
            artnr|art nr|artikelnr|artikelnummer|artikel nr|artikelcode|art nr kunde|art nr lief|art nr lieferant|
            productnummer|materialnummer|best nr|bestellnummer|unsere art nr|unsere artnr|bestell-nr
        """,
        "quantity": """
            menge|anzahl|stk|stuck|stuckzahl|stunden|tage|liefermenge|mge|stckz|verbrauch|verbrauch kwh|anz|
            frachtpfl gewicht|std|m²|km
        """,
        "unit": "einheit|mengeneinheit|meng einheit|eh",
        "unit_price_gross": "bruttopreis|einzelpreis brutto|preis brutto",
        "discount_percent": "rabatt %|rabatt in %|% rabatt|nachlass %|rab %|rabatt in prozent",
        "tax_rate": """
            ust|ust %|ust satz|mwst|mwst %|mwst satz|steuersatz|steuer|steuersatz %|steuer %|% ust|% mwst|ust in %|
            mwst in %
        """,
        "tax_amount": "steuerbetrag|ust betrag|mwst betrag|umsatzsteuer betrag",
        "amount": """
            betrag|gesamt|gesamtpreis|gesamtbetrag|gp|g preis|nettobetrag|netto|nettowert|nettosumme|summe|wert|
            warenwert|gesamt netto|gesamtpreis netto|betrag netto|positionsbetrag|positionsbetrag ohne ust|
            positionsbetrag netto|zeilenbetrag|gesamt eur|betrag eur|betrag in eur|gesamtpreis eur|gp netto|gp eur|
            zeilensumme|preis gesamt|positionssumme|frachtbetrag|fracht|summe eur|chf|eur|betrag chf|total chf|
            kosten|honorar|nettopreis gesamt|gesamt netto eur|prämie|gesamtpreis netto eur
        """,
        "amount_gross": "bruttobetrag|brutto|bruttowert|gesamt brutto|betrag brutto|gesamtpreis brutto",
        "date": "datum|leistungsdatum|lieferdatum|zeitraum",
        "ship_date": "versanddatum",
        "tracking_number": "sendungsnummer|sendungsnr|sendung|paketnummer",
        "origin": "von",
        "zone": "tarifzone",
        "billed_weight": "gewicht|frachtgewicht|gewicht kg",
    },
    total_rows=(
        r"zwischen(?:summe|total)|(?:gesamt|rechnungs|netto|brutto|end|waren|teil|zahl|positions)(?:summe|betrag|wert)|"
        r"summe|gesamt\b|ubertrag|zzgl|zuzuglich|abzuglich|netto\b|brutto\b|mwst|ust\b|umsatzsteuer|"
        r"mehrwertsteuer|zu zahlen|noch zu zahlen|nettobetrag|rundung|einbehalt"
    ),
    reductions=r"\w*rabatt|nachlass|abschlag|skonto|preisminderung",
    net=r"netto|exkl|ohne|zzgl|exklusive",
    gross=r"brutto|inkl|inklusive|einschl|mit",
    legal_forms=(
        r"GmbH|gGmbH|mbH|GesmbH|Ges\.?m\.?b\.?H|OHG|GbR|KGaA|e\.\s?K|e\.\s?U|e\.\s?V|a\.\s?G|"
        r"eG|UG|Stiftung|Verein|PartG|PartGmbB|Genossenschaft"
    ),
    last_forms=r"AG|KG|SE|OG",
    any_case_forms=r"gmbh",
    streets=r"postfach|haus|am|an der|im",
    street_ends=(
        r"stra(?:ß|ss)e|str\.|weg|allee|platz|gasse|ring|damm|ufer|chaussee|steig|hof|markt|"
        r"berg"
    ),
    addressed=(
        r"herrn?|frau|firma|an|z\.? ?hd|kreditorenbuchhaltung|buchhaltung|duplikat|kopie|eheleute|"
        r"familie"
    ),
    attention=(
        r"z\.? ?h(?:d|nd)\b|zu händen|herrn?\b|frau\b|firma\b|kreditorenbuchhaltung|rechnungseingang|"
        r"eheleute\b|familie\b"
    ),
    debit=(
        r"lastschrift|abbuch|buchen .*\bab\b|von ihrem konto|ihr(?:em|e)? (?:bank)?konto|einzug|"
        r"ziehen .* ein\b|auf ihr konto"
    ),
    referring=r"zu|zur|zum|betr|urspr\w+|auf|der|die|das|gemäß|aus",
    dated=r"vom|von|den|d\.d\.",
    days=r"tagen?",
    before_days=r"kalender |werk",
    until=r"bis(?: zum| spätestens| spätestens zum)?|spätestens(?: am| bis)?",
    paying=r"zahl|begleich|überweis|netto|fällig|buchen",
    early=r"skonto|rabatt|verzug|mahn|rügen|reklam",
    headings="""
        seite kopie duplikat vielen dank menge betreff sehr geehrte geehrter hallo qualifizierung bemerkung
        leistungszeitraum hinweis zusammenfassung umsatzsteueraufschlusselung buchungshilfe positionen
        zahlungsinformationen
    """,
)
