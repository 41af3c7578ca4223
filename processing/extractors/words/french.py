"""The words of French invoices."""

from __future__ import annotations

from processing.extractors.words.language import Language

WORDS = Language(
    code="fr",
    labels={
        "payment_reference": {
            3: "communication structuree|reference de paiement|reference paiement",
        },
        "subtotal": {
            3: """
                net commercial|total ht|montant ht|total hors taxes|total hors taxe|montant total ht|net ht|
                total net ht|montant hors taxe|base ht|sous total ht|total h t|montant total hors taxe|
                total hors tva|total htva|montant hors tva|total general ht|total hors t v a|total net hors taxe|
                montant net ht|base hors taxe|total honoraires ht|total hors tva chf|total hors taxes chf|
                sous-total hors taxes
            """,
            2: "sous total|montant net",
        },
        "other": {
            3: """
                n client|numero client|client n|no client|ref client|reference client|bon de livraison|devis|siret|
                siren|rcs|ape|code ape|naf|code naf|capital|au capital de|mode de paiement|mode de reglement|
                tva taux|taux|taux tva|notre reference|nos references|heure
            """,
        },
        "invoice_number": {
            3: """
                numero de facture|numero facture|no facture|facture no|facture n|facture numero|n de facture|
                n facture|facture nr|facture #|num facture|reference facture|ref facture|numero d avoir|avoir n|
                avoir no|n d avoir|numero de la facture|facture d acompte n|no de facture|n de la facture|
                facture client n|note d'honoraires n|note d'honoraires no|note de frais n|n° de document|
                document n|facture d'avoir n|reçu n|no de la note
            """,
            1: "numéro|numero",
        },
        "invoice_date": {
            3: """
                date de facture|date facture|date de la facture|date de facturation|date d emission|date emission|
                facture du|emise le|date d edition|etablie le|date de l avoir|date du document|établi le|fait le|
                émis le
            """,
        },
        "due_date": {
            3: """
                date d echeance|date echeance|a payer avant le|a regler avant le|date limite de paiement|
                a payer avant|payable avant le|payable au plus tard le|echeance le|echeance au|a regler le|
                payable le|à payer pour le|date limite de règlement|règlement avant le|payable jusqu'au|
                au plus tard le|exigible le|date d'exigibilité|à régler pour le
            """,
            2: "echeance",
            1: "date de paiement|date de reglement",
        },
        "delivery_date": {
            3: """
                date de livraison|date livraison|date de prestation|date de la prestation|date d'exécution|
                livré le|date de l'opération
            """,
        },
        "period": {
            3: "periode de facturation",
            2: "periode",
        },
        "purchase_order": {
            3: """
                bon de commande|bon de commande n|numero de commande|n de commande|commande n|n commande|
                votre commande|no commande|ref commande|numero commande|reference commande|votre commande n|
                no de commande|commande no|votre bon de commande|n° bon de commande|réf commande client|
                votre n° de commande|n° d'engagement
            """,
            2: "commande",
        },
        "buyer_reference": {
            3: "votre reference|vos references|votre ref|vos ref",
        },
        "payment_terms": {
            3: """
                zahlungsbedingung|zahlungsinformationen|zahlungskonditionen|zahlungsmodalitaten|
                conditions de paiement|conditions de reglement|modalites de paiement|condition de paiement
            """,
            2: "reglement",
        },
        "currency": {
            3: "devise|monnaie",
        },
        "iban": {
            3: "compte bancaire",
        },
        "vendor_email": {
            3: "courriel",
        },
        "vendor_phone": {
            3: "telephone",
        },
        "vat_id": {
            3: """
                n tva|no tva|numero de tva|numero tva|n tva intracommunautaire|no tva intracommunautaire|n de tva|
                tva intracommunautaire|tva intra|id tva|tva intracom|identifiant tva|n tva intra|
                numero de tva intracommunautaire|numero tva intracommunautaire|code tva
            """,
        },
        "seller": {
            3: "bailleur|vendeur|fournisseur|emetteur|prestataire|vendu par|émis par",
            2: "expediteur|de la part de",
        },
        "buyer": {
            3: """
                facture a|locataire|acheteur|destinataire|adresse de facturation|facturer a|adresse facturation|adressé à|
                maître d'ouvrage|vendu à|client facturé|adresse du client
            """,
        },
        "ship_to": {
            3: """
                adresse de livraison|livre a|adresse livraison|lieu de livraison|expédié à|livraison à|
                lieu de prestation
            """,
        },
        "payee": {
            3: "titulaire|titulaire du compte|à l'ordre de|chèque à l'ordre de|bénéficiaire|en faveur de",
        },
        "party_name": {
            3: "nom|raison sociale|societe|dénomination|dénomination sociale",
        },
        "tax_amount": {
            3: """
                montant tva|total tva|montant de la tva|montant total tva|total des taxes|total taxes|
                montant t v a|montant taxe|tps tvh
            """,
            2: "tva|taxe|dont tva|taxes|tps|tvq|tvh",
        },
        "total_amount": {
            3: """
                total ttc|montant ttc|total toutes taxes comprises|montant total ttc|total general|total tvac|
                total t t c|montant total|total facture|somme totale|total general ttc|total tva comprise|
                total honoraires|total honoraires et frais|total toutes taxes|montant de la facture|total net ttc|
                montant à facturer|total tvac eur|montant total tvac|total de la facture|total à facturer|
                total incl tva|total avec tva
            """,
        },
        "amount_due": {
            3: """
                net a payer|reste a payer|solde a payer|solde du|montant du|total du|a payer|total a payer|
                net a payer ttc|montant a payer|solde à régler|net à régler|montant exigible|montant à régler|
                solde restant dû|montant total à payer|reste dû|à régler
            """,
            2: "solde",
        },
        "amount_paid": {
            3: """
                deja paye|acompte verse|montant paye|deja regle|acomptes verses|montant regle|acompte reçu|
                acompte reçu le|acompte déduit|acompte perçu|déjà versé|moins acompte|versements reçus|
                montant acquitté|paiement reçu|payé par|réglé par|payé le|réglé le
            """,
            2: "acompte|payé|réglé|acomptes|acquittée|facture acquittée|réglée le|réglé le",
        },
        "discount_total": {
            3: """
                total remise|total remises|remise commerciale|remise exceptionnelle|remise globale|
                rabais commercial|escompte accordé
            """,
            2: "remise|rabais",
        },
        "charge_total": {
            3: """
                frais de port|frais de livraison|frais de transport|frais d'envoi|frais d'expédition|
                port et emballage|participation transport|éco participation
            """,
            2: "port|livraison|transport",
        },
        "rounding": {
            3: "arrondi",
        },
        "document_reference": {
            3: "numero de reservation",
        },
        "contract_reference": {
            3: "contrat n|numero de contrat|n de contrat",
        },
        "preceding_invoice": {
            3: """
                facture d'origine|facture initiale|sur facture|avoir sur facture|annule la facture|
                facture rectifiée|concerne la facture|en référence à la facture
            """,
        },
        "withholding_amount": {
            3: "retenue à la source|retenue de garantie|précompte",
        },
        "previous_balance": {
            3: "solde précédent|report solde précédent|solde antérieur|ancien solde|report|impayés|solde reporté",
        },
        "party_address": {
            3: "siège social|siège",
        },
    },
    titles={
        "invoice": """
            facture proforma|facture|facture d acompte|note d'honoraires|facture de solde|facture d'honoraires|
            reçu de paiement|quittance|facture acquittée|note de débit|facture de vente
        """,
        "credit": "note de credit|avoir|facture d avoir|avoir client|facture rectificative",
        "self_billed": "autofacture",
        "reminder": """
            rappel|relance|lettre de relance|rappel de paiement|mise en demeure|avis de retard de paiement|
            dernier rappel|facture impayee|factures impayees|relance amiable
        """,
        "statement": """
            releve de compte|extrait de compte|releve|situation de compte|releve de factures|
            etat des factures impayees|releve client
        """,
        "delivery_note": "bon de livraison|bordereau de livraison|bordereau d'expedition|liste de colisage",
        "order": "bon de commande|confirmation de commande|accuse de reception de commande|commande",
        "quote": "devis|offre de prix|proposition commerciale|offre",
        "remittance": "avis de paiement|avis de virement|avis de reglement|confirmation de paiement",
        "terms": "conditions generales de vente|conditions generales|cgv|conditions de vente",
    },
    columns={
        "line_number": "ligne",
        "description": """
            trajet|parcours|depart arrivee|de a|
            designation|libelle|descriptif|designation article|produit|produits|prestation|prestations|intitule|
            nature|rubrique|référence et désignation|objet|articles|détail
        """,
        "quantity": "qte|quantite|qte livree|nb|nbre|heures|jours|qté facturée|nbre d'heures|nuits|kg",
        "unit": "unite|u|unité de mesure",
        "unit_price": """
            prix unitaire|prix|prix unit|pu|pu ht|p u ht|prix unitaire ht|prix ht|prix u ht|tarif|px unit|
            prix unit ht|montant unitaire|prix à l'unité|tarif horaire
        """,
        "unit_price_gross": "prix unitaire ttc|pu ttc|prix ttc",
        "discount_percent": "remise %|% remise|rem %|taux remise",
        "discount": "remise|remises|rabais",
        "tax_rate": "taxes|tva|tva %|taux|taux tva|taux de tva|% tva",
        "tax_amount": "montant tva|montant de la tva|total tva",
        "amount": """
            montant|montant ht|total ht|prix total|prix total ht|total hors taxe|mt ht|montant net|total net ht|
            montant hors taxe|montant chf|montant eur|montant total|total eur|prix net|honoraires|mt total ht
        """,
        "amount_gross": "montant ttc|total ttc|ttc|prix total ttc",
        "date": "periode",
        "ship_date": "date d expedition",
        "tracking_number": "numero de suivi",
        "billed_weight": "poids|poids taxe",
        "charge_code": "code frais",
        "price_base": "base de prix",
    },
    total_rows=(
        r"sous[ -]?total|montant (?:total|net|du|ht|ttc|tva)|net a payer|a reporter|report\b|"
        r"tva\b|tps\b|tvq\b|tvh\b|reste a payer|retenue a la source|solde|acompte|arrondi"
    ),
    reductions=r"remise|rabais|escompte|ristourne",
    net=r"hors|ht|sans|htva|net",
    gross=r"ttc|tvac|avec|comprise?s?",
    legal_forms=(
        r"S\.A\.S|SAS|SASU|S\.A\.R\.L|SARL|S\.à\s?r\.l|Sàrl|EURL|SNC|SCI|SCOP|SRL|SPRL|ASBL|"
        r"Sàrl"
    ),
    last_forms=r"SA|S\.A|GIE",
    any_case_forms=r"s\.a\.",
    streets=(
        r"rue|quai|chemin|impasse|boulevard|place|avenue|route|allée|bp|cedex|zone industrielle|"
        r"rang|chaussée|faubourg|cours"
    ),
    addressed=r"m|mme|madame|monsieur|messieurs",
    attention=r"à l['’]attention|madame\b|monsieur\b|service (?:comptabilité|des|achats)",
    debit=(
        r"prélèvement|prélevé|débit(?:é|erons)? (?:de |sur )?votre compte|sur votre compte|"
        r"de votre compte"
    ),
    referring=r"sur|concernant|relativ\w+|la|le|de|d['’]",
    dated=r"du|le|de",
    days=r"jours?",
    until=r"avant le|jusqu['’]au|au plus tard le|pour le|d['’]ici le",
    paying=r"paiement|payable|régl|regl|échéance|payer",
    early=r"escompte|remise|retard|intérêt|pénalité",
    headings="copie merci conditions montant",
)
