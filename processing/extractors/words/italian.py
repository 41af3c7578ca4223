"""The words of Italian invoices."""

from __future__ import annotations

from processing.extractors.words.language import Language

WORDS = Language(
    code="it",
    labels={
        "invoice_number": {
            3: """
                numero fattura|fattura n|fattura nr|n fattura|nr fattura|fattura numero|numero documento|
                num fattura|fattura no|n documento|nr documento|documento n|documento nr|n doc|nr doc|
                numero della fattura|nota di credito n|fattura di cortesia n|num documento|numero e data|
                documento numero|ricevuta n|parcella n|nota n|nota spese n
            """,
            2: "scontrino n|numero de documento",
            1: "numero",
        },
        "subtotal": {
            3: """
                imponibile|totale imponibile|totale netto|imponibile totale|tot imponibile|totale senza iva|
                totale imponibile iva|imponibile iva|base imponibile|di cui imponibile|totale compensi|
                totale netto iva
            """,
            2: "subtotale|sub totale",
        },
        "contract_reference": {
            3: "contratto n|numero contratto",
        },
        "invoice_date": {
            3: """
                data fattura|data della fattura|data di emissione|data emissione|data documento|data doc|
                data della ricevuta|data parcella|emessa il|emesso il
            """,
            1: "data",
        },
        "due_date": {
            3: """
                data scadenza|data di scadenza|scadenza pagamento|da pagare entro|da pagare entro il|
                pagamento entro il|da saldare entro|data pagamento entro|scade il|pagamento entro
            """,
            2: "scadenza|scadenze|scad",
        },
        "delivery_date": {
            3: "data di consegna|data consegna|data servizio|data della prestazione",
        },
        "period": {
            3: "periodo di fatturazione",
            2: "periodo",
        },
        "document_reference": {
            3: "codice prenotazione",
        },
        "purchase_order": {
            3: """
                ordine n|numero ordine|n ordine|vs ordine|rif ordine|nr ordine|vostro ordine|ordine d acquisto|
                ordine di acquisto|ordine cliente|ordine num|rif. vs. ordine|numero d'ordine|cig|codice cig
            """,
            2: "ordine",
        },
        "buyer_reference": {
            3: "vostro riferimento|vs rif|codice destinatario",
            1: "riferimento",
        },
        "payment_reference": {
            3: "riferimento pagamento",
        },
        "payment_terms": {
            3: "condizioni di pagamento|termini di pagamento|modalita di pagamento",
        },
        "currency": {
            3: "valuta",
        },
        "iban": {
            3: "conto corrente iban",
        },
        "vat_id": {
            3: """
                n i f|c i f|p iva|partita iva|piva|part iva|p iva c f|p iva e c f|partita iva e codice fiscale|p i|
                cod fisc p iva|c f e p iva|c f p iva|cf pi
            """,
        },
        "tax_number": {
            3: "codice fiscale",
        },
        "seller": {
            3: "locatore|fornitore|venditore|cedente prestatore|cedente|dati fornitore|emittente|prestatore",
            2: "mittente",
        },
        "buyer": {
            3: """
                factures a|conduttore|cessionario|cessionario committente|spettabile|spett le|intestatario|acquirente|
                fatturato a|intestata a|fattura a|dati cliente|cliente fatturazione|intestatario contratto|
                destinatario fattura|intestatario fattura|dati del cliente|spettabile ditta|committente
            """,
            1: "a",
        },
        "ship_to": {
            3: """
                enviar a|indirizzo di consegna|luogo di consegna|destinazione merce|destinazione|afleveradres|
                bezorgadres|leveradres|verzendadres|indirizzo di spedizione|spedire a|destinatario merce
            """,
        },
        "payee": {
            3: "intestatario conto|beneficiario|intestato a|a favore di",
        },
        "party_name": {
            3: "ragione sociale|denominazione|rag sociale|nominativo",
        },
        "party_address": {
            3: "indirizzo|sede|sede legale",
        },
        "line_total": {
            3: "totale merce|totale articoli|onorari|totale onorari|totale righe",
        },
        "tax_amount": {
            3: """
                totale iva|totale imposta|importo iva|iva totale|imposta totale|tot iva|totale i.v.a.|iva 22%|
                imposte
            """,
            2: "imposta|di cui iva|di cui imposta",
        },
        "total_amount": {
            3: """
                totale fattura|totale documento|importo totale|totale generale|totale complessivo|totale ivato|
                tot fattura|tot documento|totale iva inclusa|totale euro|totale lordo|totale da fatturare|
                totale lordo fattura|totale bolletta|totale parcella|totale a fattura|importo totale fattura|
                totale con iva
            """,
            2: "totale",
        },
        "amount_due": {
            3: """
                netto a pagare|saldo a pagare|da pagare|totale da pagare|totale a pagare|netto da pagare|
                totale dovuto|importo dovuto|importo da pagare|resta da pagare|netto a vs debito|
                totale a vostro carico
            """,
        },
        "amount_paid": {
            3: """
                gia pagato|importo pagato|acconto versato|acconti|pagamento ricevuto|acconto ricevuto|già versato|
                pagato con|pagato il|saldato con
            """,
            2: "pagato|acconto|pagata|saldata|saldato",
        },
        "discount_total": {
            3: "totale sconti|totale sconto|buono sconto|sconto incondizionato|abbuono",
            2: "sconto|sconti",
        },
        "charge_total": {
            3: """
                spese di trasporto|spese di spedizione|contributo integrativo|cassa previdenza|contributo cassa|
                contributo previdenziale|rivalsa inps|bollo|imposta di bollo|marca da bollo|spese accessorie|
                spese imballo|spedizione
            """,
            2: "trasporto|p p",
        },
        "rounding": {
            3: "arrotondamento",
        },
        "other": {
            3: """
                codice cliente|numero cliente|cod cliente|n cliente|no cliente|ddt|pagina|aliquota|
                nostro riferimento
            """,
        },
        "preceding_invoice": {
            3: """
                fattura di riferimento|a storno della fattura|fattura originale|storno fattura|rif fattura|
                fattura collegata|a rettifica della fattura
            """,
        },
        "withholding_amount": {
            3: "ritenuta|ritenuta d'acconto|ritenuta di acconto|r.a.|rit acconto|totale ritenuta|ritenute",
        },
        "previous_balance": {
            3: "saldo precedente|insoluti|importi precedenti|bollette precedenti",
        },
    },
    titles={
        "invoice": """
            fattura proforma|fattura|ricevuta|fattura accompagnatoria|fattura di cortesia|parcella|nota spese|
            bolletta|avviso di fattura|fattura immediata|fattura differita|preavviso di parcella
        """,
        "credit": "nota de credito|nota di credito|nota credito|nota di accredito",
        "self_billed": "autofattura",
        "reminder": """
            sollecito|sollecito di pagamento|secondo sollecito|avviso di pagamento scaduto|messa in mora|
            fatture scadute|promemoria di pagamento
        """,
        "statement": "estratto conto|situazione contabile|partitario|scadenzario|estratto conto clienti",
        "delivery_note": """
            documento di trasporto|ddt|bolla di consegna|bolla di accompagnamento|nota di consegna|
            lista di imballaggio
        """,
        "order": "ordine|ordine di acquisto|conferma d'ordine|conferma ordine|conferma di ordine",
        "quote": "preventivo|offerta|offerta commerciale",
        "remittance": "avviso di pagamento|avviso di bonifico|contabile di bonifico",
        "terms": "condizioni generali|condizioni generali di vendita|condizioni di vendita|termini e condizioni",
    },
    columns={
        "unit_price": """
            prz unit|p u|p unitario|p unit|prezzo|prezzo unitario|prezzo unit|prezzo netto|pr unit|prezzo al kg|
            costo
        """,
        "origin": "origine",
        "line_number": "l p|riga",
        "item_code": "cod|codice|codice articolo|cod articolo|cod art",
        "description": """
            tratta|percorso|viaggio|da a|
            descrizione|descrizione articolo|descrizione prodotti|descrizione beni|prodotto|prodotti|articolo|
            oggetto|prestazione|natura della prestazione|descrizione attività|bene|beni e servizi
        """,
        "quantity": "quantita|qta|q ta|q|ore|pezzi|quant|numero pezzi|notti|kg",
        "unit": "um|unita|unita di misura",
        "unit_price_gross": "prezzo ivato|prezzo iva incl|prezzo iva inclusa",
        "discount_percent": "sconto %|sc %|sconto in %|% sconto",
        "discount": "sconto|sconti",
        "tax_rate": "aliquota|aliquota iva|al iva|c iva|cod iva|iva cod",
        "tax_amount": "importo iva|imposta",
        "amount": """
            importo|totale|prezzo totale|importo netto|totale netto|imponibile|totale riga|importo totale|
            totale imponibile|netto riga|totale euro|importo eur|tot|importo riga
        """,
        "amount_gross": "totale ivato|totale iva inclusa|lordo|totale iva incl|importo ivato",
        "date": "data|datums|periodo",
        "destination": "destinazione",
    },
    total_rows=(
        r"totale|subtotale|imponibile|riporto|netto a pagare|iva\b|ritenuta|bollo|sconto|di cui|"
        r"arrotondamento|contributo"
    ),
    reductions=r"sconto|abbuono|omaggio|buono sconto",
    net=r"senza|netto|imponibile|esclusa",
    gross=r"ivato|lordo|inclusa|iva incl|compresa",
    legal_forms=r"S\.r\.l\.s|S\.R\.L|S\.r\.l|SRL|Srl|srl|S\.p\.A|SpA|SPA|S\.a\.s|S\.n\.c|S\.S|Soc\. Coop",
    last_forms=r"SAS|SNC",
    streets=r"via|viale|piazza|corso|vicolo|largo|strada|località|contrada|borgo|lungo",
    addressed=r"spett\.?(?:le|li|abile)?|egr\.?|gent\.?|sig\.?(?:ra)?",
    attention=r"spett\.?(?:le|li|abile)?\b|egr\.|gent\.(?:ma|mo)?|alla c\.a\.|c\.a\.",
    debit=r"addebito|addebitat|sdd\b|sul (?:suo|vostro|tuo) conto|domiciliazione",
    referring=r"su|rif|riferimento|nostra|ns|alla",
    dated=r"del|di|emessa il",
    days=r"giorni|gg\b|ddf",
    until=r"entro(?: il)?|non oltre il",
    paying=r"pagament|pagare|scaden|bonifico",
    early=r"sconto|mora|interessi",
    headings="copia grazie importo prezzo",
)
