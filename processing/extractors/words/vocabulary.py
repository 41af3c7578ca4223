"""The words by which invoices name their fields, in the languages that they come in. Data only.

Each entry: a label name → {strength: phrases}. Strength 3 says exactly what follows, 2 usually, 1 only where nothing
better stands and the label is alone in its place. Phrases are written plainly; accents and punctuation do not matter.
Languages: en, de, fr, es, it, nl, pt, and the common words of pl, sv, da, no, cs, fi, ro, hu.
"""

from __future__ import annotations

HEADER: dict[str, dict[int, str]] = {
    "invoice_number": {
        3: """invoice number|invoice no|invoice nr|invoice num|invoice #|invoice id|inv no|inv #|inv number|
            statement no|statement number|
            invoice n|tax invoice no|tax invoice number|tax invoice #|bill number|bill no|bill #|receipt number|
            receipt no|receipt #|rcpt no|rcpt #|credit note number|credit note no|credit note #|credit memo no|
            credit memo number|credit memo #|invoice reference|invoice ref|slip no|cash bill no|cash memo no|
            tax inv no|vat invoice no|vat invoice number|rechnungsnummer|rechnungs nr|rechnungsnr|rechnung nr|
            rechnung nummer|rechnungs nummer|re nr|rg nr|rechn nr|rgnr|renr|rechnung no|rechnung #|belegnummer|
            beleg nr|belegnr|gutschriftsnummer|gutschrift nr|gutschriftnummer|gutschriftsnr|gutschrifts nr|
            fakturanummer|faktura nr|stornorechnung nr|mietrechnung nr|bonnummer|bon nr|handelsrechnung nr|
            abrechnungsnummer|sammelrechnung nr|abschlagsrechnung nr|schlussrechnung nr|numero de facture|
            numero facture|no facture|facture no|facture n|facture numero|n de facture|n facture|facture nr|
            facture #|num facture|reference facture|ref facture|numero d avoir|avoir n|avoir no|n d avoir|
            numero de la facture|facture d acompte n|no de facture|n de la facture|facture client n|
            numero de factura|n de factura|no de factura|factura n|factura no|factura numero|num factura|
            n factura|no factura|numero factura|factura nro|nro factura|nro de factura|factura num|ref factura|
            factura #|num de factura|factura simplificada n|numero de la factura|numero fattura|fattura n|
            fattura nr|n fattura|nr fattura|fattura numero|numero documento|num fattura|fattura no|n documento|
            nr documento|documento n|documento nr|n doc|nr doc|numero della fattura|nota di credito n|
            factuurnummer|factuur nr|factuurnr|factuur nummer|factuur no|notanummer|nota nummer|faktuurnummer|
            faktuur nr|creditnotanummer|creditfactuurnummer|nota nr|factuur #|factuur n|numero da fatura|
            fatura n|fatura no|n fatura|no fatura|numero da factura|factura n|n da fatura|no da fatura|
            nota fiscal n|nota fiscal no|numero da nota|fatura numero|fatura nr|fatura recibo n|
            fatura simplificada n|faktura vat nr|numer faktury|nr faktury|faktura numer|rachunek nr|
            faktura korygujaca nr|fakturanr|faktura nummer|kreditnota nr|kreditnotanummer|cislo faktury|
            faktura cislo|faktura c|danovy doklad cislo|danovy doklad c|factura nr|numar factura|nr factura|
            szamlaszam|szamla sorszama|laskun numero|laskunumero|lasku nro""",
        2: """ticket n|ticket no|ticket nr|n de ticket|ticket number|scontrino n|
            document number|document no|document nr|doc no|doc number|doc #|
            your invoice number|trans no|
            transaction no|receipt id|beleg no|reference number|numero de documento|n documento|invoice code|
            order invoice number""",
    },
    "invoice_date": {
        3: """invoice date|date of invoice|date of issue|issue date|issued on|date issued|tax invoice date|
            bill date|billing date|inv date|invoice dt|invoice dated|document date|doc date|receipt date|
            credit note date|credit date|credit memo date|
            invoice issue date|invoice issued|issued at|rechnungsdatum|rechnungs datum|
            datum der rechnung|belegdatum|beleg datum|ausstellungsdatum|gutschriftsdatum|gutschriftdatum|
            rechn datum|re datum|fakturadatum|rg datum|dokumentdatum|erstellungsdatum|rechnung vom|
            date de facture|date facture|date de la facture|date de facturation|date d emission|date emission|
            facture du|emise le|date d edition|etablie le|date de l avoir|fecha de factura|fecha factura|
            fecha de la factura|fecha de emision|fecha emision|fecha de expedicion|fecha expedicion|emitida el|
            fecha del documento|fecha documento|data fattura|data della fattura|data di emissione|
            data emissione|data documento|data doc|factuurdatum|factuur datum|datum factuur|faktuurdatum|
            notadatum|datum van factuur|datum van de factuur|data da fatura|data fatura|data da factura|
            data de emissao|data emissao|data do documento|emitido em|data da emissao|data wystawienia|
            data faktury|wystawiono dnia|data wystawienia faktury|fakturadato|faktura datum|utfardandedatum|
            datum vystaveni|laskun paivays|laskun pvm|data emiterii|data facturii|szamla kelte|kiallitas datuma""",
        2: "dated|issued|transaction date|trans date|paivays",
        1: "date|datum|fecha|data|dato|datetime|date time",
    },
    "due_date": {
        3: """due date|payment due date|date due|payment due by|payment due on|due on|due by|pay by|pay before|
            payable by|please pay by|payment deadline|invoice due date|due date of payment|please remit until|
            please remit by|to be paid before|to be paid by|amount due on|total amount due on|amount due by|
            balance due on|latest payment date|falligkeitsdatum|fallig am|zahlbar bis|zahlbar bis zum|
            falligkeitstermin|zu zahlen bis|fallig bis|fallig zum|bitte zahlen sie bis|
            bitte uberweisen sie bis zum|bitte uberweisen sie bis|uberweisen sie bis zum|zahlung bis|
            zahlungstermin|netto bis|zahlbar am|bitte begleichen sie bis zum|falligkeit|zahlungsfrist bis|
            zahlungsziel bis|date d echeance|date echeance|a payer avant le|a regler avant le|
            date limite de paiement|a payer avant|payable avant le|payable au plus tard le|echeance le|
            echeance au|a regler le|payable le|fecha de vencimiento|fecha vencimiento|vence el|
            fecha limite de pago|pagar antes de|pagar antes del|data scadenza|data di scadenza|
            scadenza pagamento|da pagare entro|da pagare entro il|pagamento entro il|vervaldatum|verval datum|
            te betalen voor|uiterste betaaldatum|betalen voor|vervaldag|uiterlijk te betalen op|te voldoen voor|
            uiterlijk betalen|te betalen uiterlijk|uiterste betaaldag|betalen uiterlijk|data de vencimento|
            data vencimento|vence em|data limite de pagamento|pagar ate|pagamento ate|termin platnosci|
            termin zaplaty|platne do|forfallodatum|forfallodag|forfaldsdato|forfallsdato|betalas senast|
            sidste betalingsdag|sista betalningsdag|datum splatnosti|erapaiva|data scadenta|fizetesi hatarido""",
        2: """due|payment due|zahlungsziel|zahlungsfrist|fallig|echeance|vencimiento|vto|vence|scadenza|
            scadenze|scad|vencimento|splatnost|betalingsfrist|net due|betaaldatum""",
        1: "payment date|date de paiement|date de reglement|fecha de pago",
    },
    "delivery_date": {
        3: """delivery date|date of delivery|date of supply|supply date|service date|date of service|ship date|
            shipping date|date shipped|tax point|tax point date|leistungsdatum|lieferdatum|
            liefer und leistungsdatum|liefer leistungsdatum|leistungs datum|datum der leistung|
            date de livraison|date livraison|date de prestation|date de la prestation|fecha de entrega|
            fecha entrega|fecha de operacion|fecha operacion|data di consegna|data consegna|leverdatum|
            leveringsdatum|data de entrega|data sprzedazy|data dostawy|data wykonania uslugi|leveransdatum|
            leveringsdato|datum uskutecneni zdanitelneho plneni|duzp""",
    },
    "period": {
        3: """billing period|service period|invoice period|period covered|statement period|abrechnungszeitraum|
            leistungszeitraum|liefer leistungszeitraum|rechnungszeitraum|lieferzeitraum|periode de facturation|
            periodo de facturacion|periodo di fatturazione|factuurperiode|periodo de faturacao|
            okres rozliczeniowy|fur den zeitraum|for the period|for the billing period""",
        2: "period|periode|periodo|zeitraum",
    },
    # What a document without an invoice number is known by: only a stand-in for it.
    "document_reference": {
        3: """booking no|reservation no|confirmation no|booking id|booking number|sales order no|so no|
            confirmation number|reservation number|buchungsnummer|reservierungsnummer|
            auftragsbestatigung nr|numero de reservation|numero de reserva|
            localizador|codice prenotazione|boekingsnummer|reserveringsnummer""",
    },
    "purchase_order": {
        3: """po number|po no|po nr|po #|p o number|p o no|p o #|purchase order|purchase order no|
            purchase order number|purchase order #|your order|your order no|your order number|your order ref|
            customer po|cust po|customer po no|customer po number|customer order no|customer order number|
            client po|customer order|
            po ref|po reference|your po|bestellnummer|bestell nr|bestellnr|ihre bestellung|bestellung|
            bestellung nr|ihre bestellnummer|ihre bestell nr|ihre bestellung nr|kundenbestellnummer|
            bestellreferenz|ihre auftragsnummer|bestell nummer|bon de commande|bon de commande n|
            numero de commande|n de commande|commande n|n commande|votre commande|no commande|ref commande|
            numero commande|reference commande|votre commande n|no de commande|numero de pedido|n de pedido|
            pedido n|no pedido|su pedido|orden de compra|n pedido|nro de pedido|pedido no|num pedido|
            orden de compra n|ordine n|numero ordine|n ordine|vs ordine|rif ordine|nr ordine|vostro ordine|
            ordine d acquisto|ordine di acquisto|inkoopordernummer|inkooporder|uw order|uw ordernummer|
            bestelnummer|uw bestelnummer|uw bestelling|inkoopnummer|po nummer|numero do pedido|ordem de compra|
            n encomenda|nota de encomenda|n do pedido|vossa encomenda|numer zamowienia|nr zamowienia|
            zamowienie nr|ert ordernummer|er bestallning|inkopsorder|ordine cliente""",
        2: "po|order reference|order ref|commande|pedido|ordine|encomenda|zamowienie|rekvisition|p o",
        1: "order number|order no|order nr|order id|order #|ordernummer|ordernr|ordrenummer|order",
    },
    "contract_reference": {
        3: """contract no|contract number|contract ref|contract reference|contract #|vertragsnummer|vertrag nr|
            vertragsnr|vertrags nr|contrat n|numero de contrat|n de contrat|contrato n|numero de contrato|
            contratto n|numero contratto|contractnummer|contract nr|numer umowy|avtalsnummer""",
    },
    "buyer_reference": {
        3: """your reference|your ref|customer reference|customer ref|leitweg id|leitwege id|ihr zeichen|
            ihre referenz|kundenreferenz|referenz des kaufers|votre reference|vos references|votre ref|v ref|
            vos ref|su referencia|vostro riferimento|vs rif|uw referentie|uw kenmerk|uw ref|klantreferentie|
            buyer reference|buyer ref|er referens|deres ref|deres reference|client reference|client ref|
            codice destinatario""",
        1: "reference|referenz|ref|referentie|referencia|riferimento",
    },
    "payment_reference": {
        3: """payment reference|payment ref|reference for payment|referenz bitte bei zahlung angeben|
            verwendungszweck|zahlungsreferenz|please use the following communication for your payment|
            payment communication|communication structuree|structured communication|gestructureerde mededeling|
            betalingskenmerk|ocr nummer|ocr nr|ocr|reference de paiement|reference paiement|referencia de pago|
            riferimento pagamento|referencia de pagamento|kid nummer|kid|variabilni symbol|viitenumero|
            reference to quote""",
    },
    "payment_terms": {
        3: """payment terms|payment term|terms of payment|zahlungsbedingungen|zahlungsbedingung|
            zahlungsinformationen|zahlungskonditionen|zahlungsmodalitaten|conditions de paiement|
            conditions de reglement|modalites de paiement|condition de paiement|condiciones de pago|
            condicion de pago|condizioni di pagamento|termini di pagamento|modalita di pagamento|
            betalingsvoorwaarden|betalingsconditie|betalingscondities|betaaltermijn|betalingstermijn|
            condicoes de pagamento|prazo de pagamento|warunki platnosci|betalningsvillkor|betalingsbetingelser""",
        2: "terms|reglement",
    },
    "currency": {
        3: """currency|invoice currency|document currency|wahrung|rechnungswahrung|betrage in|alle betrage in|
            devise|monnaie|moneda|divisa|valuta|moeda|waluta|amounts in|all amounts in|all amounts are in|
            all prices in|alle preise in|all charges and prices are in|prices in|currency code|montants en|
            importes en|bedragen in|importi in|mena""",
    },
    "iban": {
        3: """iban|iban nr|iban no|iban nummer|iban number|iban code|bank account|bank account number|
            account number iban|rekeningnummer|rekeningnr|rek nr|konto iban|n iban|no iban|cuenta bancaria|
            compte bancaire|conto corrente iban|numer konta|nr konta|numero de cuenta|iban konto""",
    },
    "bic": {
        3: "bic|bic code|swift|swift code|bic swift|swift bic|verkaufer bic|swift bic code|bic swift code|codigo swift"
    },
    "vendor_email": {3: "email|e mail|mail|e post|courriel|correo|correo electronico|mailto|email address"},
    "vendor_phone": {
        3: """tel|telefon|telephone|phone|phone no|tel no|telefoon|telefono|telefone|fon|ph|call|tlf|mobil|
            mobile|tel nr|contact no|hp|office|phone number|tel number"""
    },
    "vat_id": {
        3: """vat no|vat number|vat nr|vat reg no|vat registration number|vat registration no|vat registration|
            vat reg|vat id|vat id no|vat identification number|tax id|tax id no|tax number|tax no|tin|tin no|
            ein|federal tax id|fein|federal id|employer identification number|gst no|gst reg no|gst id|
            gst id no|gst number|gst registration no|gst registration number|gst hst no|gst hst number|gstin|
            gstin no|gstin uin|abn|a b n|acn|uen|uen no|gst reg|sst no|sst id|sst reg no|tax registration no|
            tax registration number|trn|ust idnr|ust id nr|ust id|ust ident nr|ust identnr|umsatzsteuer id|
            umsatzsteuer id nr|umsatzsteuer idnr|umsatzsteueridentifikationsnummer|
            umsatzsteuer identifikationsnummer|uid|uid nr|uid nummer|mwst nr|mwst nummer|mwst uid|uidnr|ustid|
            ustidnr|ustid nr|ust idnummer|ust nr|n tva|no tva|numero de tva|numero tva|n tva intracommunautaire|
            no tva intracommunautaire|n de tva|tva intracommunautaire|tva intra|id tva|n id tva|tva intracom|
            identifiant tva|n tva intra|numero de tva intracommunautaire|numero tva intracommunautaire|code tva|
            nif|cif|n i f|c i f|nif cif|cif nif|nif iva|n iva|no iva|cif no|nif no|dni|dni nif|p iva|
            partita iva|piva|part iva|p iva c f|p iva e c f|partita iva e codice fiscale|p i|cod fisc p iva|
            c f e p iva|c f p iva|cf pi|btw nr|btw nummer|btw id|btwnr|btw no|btw id nummer|ob nummer|
            btw identificatienummer|btw be|n entreprise|ondernemingsnummer|contribuinte|n contribuinte|
            no contribuinte|contribuinte n|nipc|n de contribuinte|cnpj|nif pt|contribuinte no|rfc|rut|cuit|ruc|
            nit|nip|nr nip|momsreg nr|momsregnr|momsregistreringsnummer|vat momsnr|cvr|cvr nr|cvr no|se nr|
            org nr|org no|orgnr|organisationsnummer|foretaksregisteret|dic|ic dph|cif ro|cod fiscal|adoszam|
            alv nro|y tunnus""",
    },
    "tax_number": {3: "steuernummer|steuernr|steuer nr|st nr|stnr|steuer nummer|finanzamt steuernummer|codice fiscale"},
}

# Labels of values that are no field of ours: knowing them keeps their values out of the fields.
OTHER = """order date|orderdatum|bestelldatum|bestell datum|print date|printed on|printed|date printed|
    account number|account no|account #|acct no|a c no|customer number|customer no|customer id|customer #|
    customer code|cust no|cust id|kundennummer|kunden nr|kundennr|ihre kundennummer|client no|client number|
    client id|code client|n client|numero client|client n|no client|ref client|reference client|klantnummer|
    klantnr|debiteurnummer|debiteurennummer|relatienummer|codigo cliente|codigo de cliente|codice cliente|
    numero cliente|cod cliente|n cliente|no cliente|kundnummer|kundenummer|lieferschein|lieferschein nr|
    lieferscheinnummer|lieferschein datum|delivery note|delivery note no|delivery no|do no|bon de livraison|
    albaran|ddt|pakbon|auftrag|auftrags nr|auftragsnummer|auftragsnr|auftrag nr|auftrag nr lief|auftrag datum|
    auftrag datum lief|auftragsdatum|vorgangsnummer|vorgang|sales order|quote no|quotation|
    quote number|angebot|angebotsnummer|devis|offerte|offertenummer|page|seite|blatt|pagina|page no|strona|sida|
    side|fax|fax no|telefax|facsimile|kontonr|kontonummer|konto nr|konto|blz|bank code|bankleitzahl|sort code|
    bank|bank name|bankname|kreditinstitut|branch|branch code|routing number|routing no|aba|siret|siren|rcs|ape|
    code ape|naf|code naf|capital|au capital de|hrb|hra|hrb nr|handelsregister|handelsregisternummer|handelsreg|
    registergericht|amtsgericht|kvk|kvk nr|kvk nummer|rea|cin|pan|ifsc|ifsc code|check in|check out|checkin|
    checkout|arrival|departure|booking date|reservation|cashier|
    cashier no|table|table no|terminal|terminal id|till|till no|counter|pos no|member|member no|gln|
    globale nummer|nummer|lief nr|lieferantennummer|lieferanten nr|lieferantennr|supplier no|vendor no|
    vendor number|vendor id|supplier number|ansprechpartner|contact|contact person|sachbearbeiter|bearbeiter|
    abteilung|department|geschaftsfuhrer|geschaftsfuhrerin|geschaftsf|geschaftsfuhrung|serial number|serial no|
    serienummer|seriennummer|lot|batch|tracking number|tracking no|awb|exp date|expiry date|valid until|
    validity|gultig bis|version|subject|betreff|bemerkung|bemerkungen|notes|note|hinweis|inhalt|kostenstelle|
    projekt|projektnummer|project|project no|job no|job number|versandart|lieferbedingungen|lieferavis|incoterm|
    incoterms|weitere referenz|anwendungsempfehlung|geschaftsprozess|testkennzeichen|zahlungsart|zahlungstyp|
    payment method|payment mode|payment type|mode de paiement|mode de reglement|forma de pago|betaalwijze|
    betaalmethode|forma de pagamento|sposob platnosci|co reg no|company no|
    company reg no|company registration no|registration no|reg no|roc no|business reg no|co no|total items|
    total item|total qty|total quantity|item count|no of items|total weight|gross weight|net weight|total pages|
    total savings|you saved|total points|cash|change|change due|accepted total|cash tendered|tendered|
    amount tendered|visa|mastercard|credit card|debit card|card|tax code|tax summary|gst summary|gst code|
    tax rate|vat rate|tva taux|taux|taux tva|steuersatz|ust satz|mwst satz|btw tarief|tipo iva|aliquota|rate|
    previous balance|last payment|opening balance|exchange rate|wechselkurs|total hours|subscription|meter|
    zahlernummer|salesperson|sales person|salesman|sales rep|verkauferin|vertreter|representative|website|web|
    www|url|internet|our reference|our ref|unser zeichen|unsere referenz|notre reference|nos references|
    onze referentie|nuestra referencia|nostro riferimento|var referens|vor ref|subscriber|policy no|
    policy number|vertragskonto|vertragskontonummer|mandate reference|mandatsreferenz|glaubiger id|creditor id|
    glaubiger identifikationsnummer|skonto|birthday|date of birth|geburtsdatum|store|store no|shop|outlet|
    machine|operator|served by|server|time|uhrzeit|zeit|heure|hora|wee reg nr|weee reg nr|oko kontr nr|
    art der referenz|iban bic""".replace("\n", " ")

INVOICE_WORDS = """invoice|tax invoice|rechnung|faktura|facture|factura|fattura|factuur|fatura|vat invoice|
    commercial invoice|handelsrechnung|beitragsrechnung|warenrechnung|mietrechnung|schlussrechnung|
    abschlagsrechnung|teilrechnung|sammelrechnung|stromrechnung|honorarrechnung|faktura vat|nota fiscal|
    sales invoice|proforma invoice|pro forma invoice|facture proforma|factura proforma|fattura proforma|
    proforma factuur|tax receipt|lasku|szamla|cash invoice|receipt|cash receipt|official receipt|bill|
    payment receipt|quittung|kassenbon|recibo|ricevuta|bon|cash bill|simplified tax invoice|fatura recibo|
    factura simplificada|facture d acompte"""
CREDIT_WORDS = """credit note|credit memo|credit invoice|gutschrift|rechnungskorrektur|korrekturrechnung|
    stornorechnung|avoir|facture d avoir|nota de credito|factura rectificativa|nota di credito|creditnota|
    credit nota|creditfactuur|kreditnota|kreditfaktura|faktura korygujaca|note de credit|credit advice|
    adjustment note|nota de abono|hyvityslasku|dobropis|kreditrechnung|storno rechnung|factura de abono|
    tax credit note"""
# A self-billed invoice calls itself Gutschrift in German law (§ 14 UStG): it is an invoice, not a credit note.
SELF_BILLED = (
    "selbst ausgestellte rechnung|self billed invoice|self billing invoice|selfbilling|autofacture|autofattura"
)
