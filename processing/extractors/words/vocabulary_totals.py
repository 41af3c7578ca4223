"""The words by which invoices name their totals, as in ``vocabulary``. Data only."""

from __future__ import annotations

TOTALS: dict[str, dict[int, str]] = {
    "subtotal": {
        3: """total excl vat|total excluding vat|total ex vat|total ex gst|total excl gst|total excluding gst|
            total excl tax|total before tax|amount before tax|taxable amount|total taxable|total taxable amount|
            net total|total net|net amount|net invoice amount|net amt|nett amt|nett amount|total net amount|
            total without vat|subtotal excl vat|subtotal ex vat|amount excl vat|net invoice total|total exc vat|
            total exc gst|total excluding tax|goods total ex vat|total without tax|total vat exclusive|
            taxable value|total taxable value|net invoice value|sub total excl gst|net value|
            total sales excluding gst|total sales excl gst|subtotal excluding gst|nettobetrag|summe netto|
            gesamt netto|netto gesamt|nettosumme|netto summe|rechnungssumme netto|rechnungssumme ohne ust|
            rechnungssumme netto excl ust|rechnungssumme netto exkl ust|gesamtbetrag netto|gesamtnetto|
            gesamtsumme netto|betrag netto|rechnungsbetrag netto|summe ohne mwst|summe ohne ust|total netto|
            nettoentgelt|zwischensumme netto|gesamtbetrag ohne ust|gesamtpreis netto|gesamtbetrag ohne mwst|
            netto betrag|total exkl mwst|summe exkl mwst|nettogesamtbetrag|gesamtnettobetrag|warenwert netto|
            summe nettobetrage|netto warenwert|nettowarenwert|nettorechnungsbetrag|gesamt nettobetrag|
            summe zzgl mwst|net amout|total ht|montant ht|total hors taxes|total hors taxe|montant total ht|
            net ht|total net ht|montant hors taxe|base ht|sous total ht|total h t|montant total hors taxe|
            total hors tva|total htva|montant hors tva|total general ht|total hors t v a|net commercial|
            base imponible|total base imponible|total sin iva|importe neto|total neto|importe sin iva|
            total base|subtotal sin iva|imponibile|totale imponibile|totale netto|imponibile totale|
            tot imponibile|totale senza iva|totaal excl btw|totaal exclusief btw|exclusief btw|nettobedrag|
            bedrag excl btw|totaal ex btw|excl btw|subtotaal excl btw|totaal netto|netto totaal|totaal excl|
            totaal zonder btw|bedrag exclusief btw|total sem iva|total iliquido|base de incidencia|
            base tributavel|valor sem iva|total s iva|razem netto|suma netto|kwota netto|wartosc netto razem|
            summa exkl moms|belopp exkl moms|exkl moms|nettobelopp|i alt ekskl moms|total ekskl moms|
            total ex moms|belob ekskl moms|sum eks mva|netto belopp|celkem bez dph|total fara tva|
            netto osszesen|veroton yhteensa|nettobeitrag|nettopramie|total exkl mwst|total ohne mwst|
            zwischensumme exkl mwst""",
        2: """subtotal|sub total|sub total amount|subtotal amount|sous total|subtotale|sub totale|subtotaal|
            sub totaal|total before gst|total amount before tax|netto|nett|net|neto|suma|zwischensumme|
            substotal|deelsom|sub tot|zwischentotal|warenwert|entgelt|wartosc netto|total ex|delsumma|total nett""",
    },
    "line_total": {
        3: """positionssumme|summe positionen|summe der positionen|total lines|items subtotal|item subtotal|
            totale merce|total bruto|total items amount|merchandise total|goods total|gesamtbeitrag"""
    },
    "tax_amount": {
        3: """total tax|total vat|total gst|vat amount|tax amount|vat total|tax total|gst amount|gst total|
            total sales tax|total tax amount|total vat amount|summe umsatzsteuer|steuerbetrag|ust betrag|
            mwst betrag|ust gesamt|mwst gesamt|gesamt mwst|summe mwst|summe ust|umsatzsteuerbetrag|
            mehrwertsteuerbetrag|gesamtbetrag mwst|gesamtbetrag ust|gesamtsteuer|gesamt ust|total mwst|
            steuerbetrag in|summe steuern|mwst total|montant tva|total tva|montant de la tva|montant total tva|
            total des taxes|total taxes|montant t v a|cuota iva|importe iva|total iva|total impuestos|
            importe del iva|cuota de iva|totale iva|totale imposta|importo iva|iva totale|imposta totale|
            tot iva|totaal btw|btw bedrag|totaal btw bedrag|btw totaal|valor iva|valor do iva|total de iva|
            total do iva|razem vat|kwota vat|kwota podatku vat|suma vat|momsbelopp|momsbelob|moms i alt|
            total moms|sum mva|celkem dph|total sst|sst amount|total tva ro""",
        2: """tax|vat|v a t|gst|cgst|sgst|igst|utgst|output cgst|output sgst|output igst|sales tax|hst|pst|qst|sst|
            service tax|consumption tax|state tax|ust|mwst|umsatzsteuer|mehrwertsteuer|zzgl mwst|zzgl ust|
            zzgl umsatzsteuer|zzgl mehrwertsteuer|zuzuglich mwst|zuzuglich ust|zuzuglich umsatzsteuer|
            zuzuglich mehrwertsteuer|enthaltene mwst|enthaltene ust|enthaltene umsatzsteuer|
            darin enthaltene mwst|darin enthalten mwst|enth mwst|versicherungsteuer|versicherungssteuer|steuer|
            steuerbasisbetrag ust|inkl mwst|zzgl gesetzl mwst|zzgl gesetzlicher mwst|plus vat|plus mwst|add vat|
            add gst|tva|taxe|t v a|dont tva|taxes|iva|i v a|impuestos|cuota|igic|imposta|di cui iva|btw|b t w|
            omzetbelasting|btw hoog|btw laag|imposto|moms|varav moms|heraf moms|mva|herav mva|dph|
            vat amount due|alv|afa|podatek vat|tax vat""",
    },
    "total_amount": {
        3: """grand total|invoice total|total amount|total incl vat|total including vat|total inc vat|
            total incl gst|total inc gst|total including gst|total inclusive of gst|total incl tax|
            total including tax|gross total|total gross|gross amount|invoice amount|total invoice amount|
            total invoice|total for this invoice|order total|bill total|total price|total with tax|
            total inclusive gst|total sales inclusive of gst|total invoice value|total bill amount|
            invoice value|nett total|total inclusive|total amount incl vat|total amount inc gst|
            total sales inclusive gst|total sales incl gst|total amt incl gst|total amt|total to pay|
            round total|rounded total|total rounded|total after rounding|total rounding|total after tax|
            amount incl vat|total amount rm|total sales inclusive sst|amount incl gst|amount incl tax|
            amount inclusive of gst|amount including gst|amount inc gst|total amt rounded|total amount rounded|
            total incl gst payable|amount including vat|total vat inclusive|gesamtbetrag|gesamtsumme|
            rechnungsbetrag|endbetrag|bruttobetrag|bruttosumme|summe brutto|gesamt brutto|rechnungssumme|
            rechnungssumme brutto|rechnungssumme brutto inkl ust|gesamtbetrag brutto|rechnungsendbetrag|
            rechnungsbetrag brutto|summe inkl ust|summe inkl mwst|gesamtbetrag inkl mwst|gesamtbetrag inkl ust|
            total inkl mwst|gesamtsumme brutto|rechnungstotal|endsumme|brutto gesamt|betrag brutto|total brutto|
            rechnungsbeitrag|gesamt inkl mwst|gesamt inkl ust|bruttogesamtbetrag|gesamtbruttobetrag|
            rechnungsgesamtbetrag|gesamtpreis|bruttorechnungsbetrag|gesamtrechnungsbetrag|total ttc|montant ttc|
            total toutes taxes comprises|montant total ttc|total general|total tvac|total t t c|montant total|
            total facture|somme totale|total general ttc|total tva comprise|total tvac|total factura|
            importe total|total con iva|total iva incluido|total general|importe factura|total euros|
            total documento|total iva inc|importe total factura|totale fattura|totale documento|importo totale|
            totale generale|totale complessivo|totale ivato|tot fattura|tot documento|totale iva inclusa|
            totale euro|totale lordo|totaalbedrag|totaal incl btw|totaal inclusief btw|inclusief btw|
            factuurbedrag|eindtotaal|factuurtotaal|totaal factuur|bedrag incl btw|totaal incl|incl btw|
            eindbedrag|totaal bedrag|bedrag inclusief btw|valor total|total geral|total com iva|total da fatura|
            valor da fatura|total fatura|montante total|razem brutto|suma brutto|naleznosc ogolem|kwota brutto|
            wartosc brutto razem|summa inkl moms|total inkl moms|totalbelop|fakturatotal|fakturabelopp|
            belob i alt|i alt inkl moms|celkem s dph|total de plata|brutto osszesen|verollinen yhteensa|
            total with vat|gesamtpramie|total credit|credit total|total credit amount|gross due""",
        2: """total|totale|totaal|gesamt|summe|totalt|celkem|razem|ogolem|suma|brutto|i alt|summa|sum|yhteensa|
            osszesen|importe|jumlah|gross|total payable|bruttosum|tot|total rm|total usd|total eur""",
    },
    "amount_due": {
        3: """amount due|total due|balance due|total amount due|due payable|amount payable|net payable|
            amount owing|amount to pay|balance payable|amount outstanding|pay this amount|total amount payable|
            balance outstanding|outstanding balance|total balance due|total balance|amount now due|
            total payable amount|zahlbetrag|offener betrag|zu zahlen|zu zahlender betrag|noch zu zahlen|
            restbetrag|restzahlung|offener rechnungsbetrag|verbleibender betrag|uberweisungsbetrag|
            forderungsbetrag|noch offen|zahlungsbetrag|falliger betrag|zu uberweisen|zu zahlende summe|zahlbar|
            net a payer|reste a payer|solde a payer|solde du|montant du|total du|a payer|total a payer|
            net a payer ttc|montant a payer|importe a pagar|importe pendiente|pendiente de pago|a pagar|
            total a pagar|saldo pendiente|netto a pagare|saldo a pagare|da pagare|totale da pagare|
            totale a pagare|te betalen|openstaand|openstaand bedrag|nog te betalen|te voldoen|totaal te betalen|
            te betalen bedrag|te betalen eur|valor a pagar|do zaplaty|pozostalo do zaplaty|razem do zaplaty|
            kwota do zaplaty|att betala|summa att betala|at betale|a betale|til betaling|k uhrade|
            celkem k uhrade|maksettava|fizetendo""",
        2: "balance|outstanding|please pay|solde|saldo|due amount",
    },
    "amount_paid": {
        3: """amount paid|paid amount|payment received|less paid|deposit paid|less deposit|prepaid amount|
            advance paid|less payments|payments received|paid to date|total paid|total payments|less advance|
            bereits bezahlt|erhaltene anzahlungen|erhaltene anzahlung|abzgl anzahlung|abzuglich anzahlung|
            geleistete anzahlung|bereits gezahlt|anzahlungen|gezahlter betrag|deja paye|acompte verse|
            montant paye|deja regle|acomptes verses|importe pagado|gia pagato|importo pagato|reeds betaald|
            reeds voldaan|valor pago|zaplacono|already paid|montant regle""",
        2: """paid|payments|deposit|prepayment|bezahlt|anzahlung|vorauszahlung|acompte|pagado|anticipo|pagato|acconto|
            betaald|aanbetaling|voldaan|advance""",
    },
    "discount_total": {
        3: """total discount|total discounts|gesamtbetrag der abschlage|total remise|total remises|
            total descuento|total descuentos|totale sconti|totale sconto|totaal korting|total descontos|
            gesamtrabatt|discount total|summe rabatte|discount amount""",
        2: """discount|discounts|rabatt|nachlass|abzgl rabatt|abzuglich rabatt|abzgl sondernachlass|
            sondernachlass|remise|rabais|descuento|descuentos|sconto|sconti|korting|desconto|descontos|rabat|
            promotion|coupon|voucher|less discount|abzgl nachlass|credits""",
    },
    "charge_total": {
        3: """gesamtbetrag der zuschlage|total shipping|shipping and handling|shipping handling|
            shipping charges|shipping cost|shipping costs|delivery charge|delivery charges|freight charges|
            service charge|frais de port|frais de livraison|frais de transport|gastos de envio|
            spese di trasporto|spese di spedizione|verzendkosten|portes de envio|versandkosten|lieferkosten|
            frachtkosten|versandkostenpauschale|transportkosten|zzgl versandkosten|versand und verpackung|
            porto und verpackung|postage and packing|vrachtkosten""",
        2: """shipping|freight|delivery|postage|handling|carriage|surcharge|versand|porto|fracht|port|livraison|
            transport|portes|trasporto|verzending|frete|frakt|fragt|s h|p p""",
    },
    "rounding": {
        3: """rounding|rounding adj|rounding adjustment|round off|roundoff|rounding amount|rundung|
            rundungsdifferenz|arrondi|redondeo|arrotondamento|afronding|arredondamento|zaokraglenie|
            oresavrundning|rounding adjust|rounding amt|round adj|rnd adj|bill rounding|afrunding|pembundaran""",
    },
}
