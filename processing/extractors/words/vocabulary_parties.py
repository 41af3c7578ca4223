"""The words by which invoices name their parties, as in ``vocabulary``. Data only."""

from __future__ import annotations

PARTIES: dict[str, dict[int, str]] = {
    "seller": {
        3: """seller|vendor|supplier|sold by|service provider|issued by|billed by|bill from|invoice from|
            invoiced by|verkaufer|lieferant|rechnungssteller|rechnungsersteller|rechnungsaussteller|
            leistungserbringer|anbieter|vendeur|fournisseur|emetteur|prestataire|vendedor|proveedor|emisor|
            fornitore|venditore|cedente prestatore|cedente|verkoper|leverancier|fornecedor|emitente|prestador|
            sprzedawca|wystawca|saljare|leverantor|saelger|leverandor|selger|dodavatel|prodavajici|seller name|
            vendor name|supplier name|myyja|furnizor|elado|datos del emisor|datos del proveedor|
            prestador de servicos|company details""",
        2: """from|von|absender|expediteur|de la part de|mittente|afzender|remetente|remit to|remit payment to|
            please remit to""",
        1: "de|da|van|nadawca",
    },
    "buyer": {
        3: """bill to|billed to|credit to|credited to|invoice to|invoiced to|sold to|buyer|purchaser|
            bill to address|billing address|
            invoice address|customer name|guest name|billing to|billed party|charge to|recipient|client name|
            name of customer|customer details|billing details|kaufer|kaufer leistungsempfanger|
            rechnungsempfanger|leistungsempfanger|rechnungsadresse|rechnungsanschrift|auftraggeber|
            abweichender rechnungsempfanger|rechnung an|kunde|besteller|facture a|acheteur|destinataire|
            adresse de facturation|facturer a|adresse facturation|factures a|comprador|facturar a|facturado a|
            datos del cliente|cessionario|cessionario committente|spettabile|spett le|intestatario|acquirente|
            fatturato a|intestata a|fattura a|klant|afnemer|koper|factuuradres|factuur aan|debiteur|
            gefactureerd aan|klantgegevens|faturar a|adquirente|tomador|tomador de servicos|nabywca|kopare|
            fakturaadress|faktureringsadress|koeber|kober|fakturaadresse|odberatel|kupujici|faktura til|
            faktura till|ostaja|cumparator|vevo|bill to name|empfanger|dati cliente|dados do cliente|
            facturacion|direccion de facturacion|cliente fatturazione|
            titular del contrato|titular del suministro|intestatario contratto|exmos srs|exmo s sr s|exmo sr""",
        2: "customer|client|cliente|kund|attn|attention|messrs|m s|an|invoice for",
        1: "to|a|aan|till|till kund",
    },
    "ship_to": {
        3: """ship to|deliver to|delivery address|shipping address|shipped to|ship to address|consignee|
            delivered to|lieferadresse|lieferanschrift|warenempfanger|abweichender warenempfanger|
            versandadresse|lieferung an|adresse de livraison|livre a|adresse livraison|lieu de livraison|
            direccion de entrega|direccion de envio|enviar a|indirizzo di consegna|luogo di consegna|
            destinazione merce|destinazione|afleveradres|bezorgadres|leveradres|verzendadres|
            endereco de entrega|local de entrega|leveransadress|leveringsadresse|odbiorca|lieferempfanger|
            shipping to""",
    },
    "other_party": {
        3: """payee|zahlungsempfanger|abweichender zahlungsempfanger|steuerbevollmachtigter des verkaufers|
            tax representative|account name|kontoname|bankverbindung|bank details|agent|notify party|shipper|
            absender der ware|versender|carrier|hotel details"""
    },
    "payee": {
        3: """make checks payable to|make cheques payable to|make all checks payable to|
            make all cheques payable to|payable to|cheques payable to|checks payable to|in favor of|
            in favour of|account holder|kontoinhaber|beneficiary|beneficiary name|begunstigter|titulaire|
            titulaire du compte|titular|titular de la cuenta|intestatario conto|rekeninghouder|t n v|
            ten name van|account title|name of account|are sold by|please make payment to|zugunsten""",
    },
    "party_name": {3: "name|nom|nombre|nome|naam|nazwa|namn|navn|firma|company|company name|empresa|razon social|"
                      "ragione sociale|denominazione|raison sociale|bedrijfsnaam|societe|nazev"},
    "party_address": {3: "anschrift|adresse|address|direccion|indirizzo|adres|endereco|morada|adress|adresa|domicilio"},
}  # fmt: skip
