"""The words of Romanian invoices."""

from __future__ import annotations

from processing.extractors.words.language import Language

WORDS = Language(
    code="ro",
    labels={
        "invoice_number": {
            3: """
                factura nr|numar factura|nr factura|numărul facturii|nr facturii|factura seria|seria și numărul|
                nr crt factura|factura fiscală nr|numărul|număr
            """,
            2: "seria nr|serie nr",
        },
        "invoice_date": {
            3: "data emiterii|data facturii|data emiterii facturii|data întocmirii|emisă la",
        },
        "due_date": {
            3: "data scadenta|termen de plată|scadență|data scadenței|scadentă la|termen plată",
        },
        "vat_id": {
            3: "cod fiscal|cif|c.i.f.|cui|c.u.i.|cod de înregistrare fiscală|cod tva",
        },
        "seller": {
            3: "furnizor|vânzător|prestator|emitent",
        },
        "buyer": {
            3: "cumparator|client|beneficiar",
        },
        "subtotal": {
            3: "total fara tva|valoare fără tva|total valoare|bază impozabilă|subtotal fără tva|baza de impozitare",
            2: "total nett",
        },
        "tax_amount": {
            3: "total tva ro|total tva|valoare tva|tva total",
            2: "tva",
        },
        "total_amount": {
            3: "total de plata|total factură|total cu tva|total general|valoare totală|total inclusiv tva",
            2: "total",
        },
        "delivery_date": {
            3: "data livrării|data prestării",
        },
        "period": {
            3: "perioada de facturare|perioada",
        },
        "purchase_order": {
            3: "comanda|nr comandă|comanda nr|număr comandă|comanda dvs",
        },
        "contract_reference": {
            3: "contract nr|nr contract",
        },
        "preceding_invoice": {
            3: "factura inițială|storno factura|la factura|factura stornată|corectează factura",
        },
        "payment_terms": {
            3: "condiții de plată|modalitate de plată|mod de plată",
        },
        "currency": {
            3: "moneda|valuta",
        },
        "iban": {
            3: "cont|cont bancar|cont iban",
        },
        "ship_to": {
            3: "adresa de livrare|loc de livrare|destinație",
        },
        "payee": {
            3: "titular cont|beneficiar plată",
        },
        "party_name": {
            3: "denumire|nume",
        },
        "party_address": {
            3: "sediul|sediu|adresa",
        },
        "amount_due": {
            3: "de plată|rest de plată|suma de plată|sold de plată|total de achitat",
        },
        "amount_paid": {
            3: "achitat|avans|plătit|avans achitat",
        },
        "discount_total": {
            3: "total reducere|discount total",
            2: "reducere|discount",
        },
        "charge_total": {
            3: "transport|cost transport|taxa de transport",
        },
        "rounding": {
            3: "rotunjire|rotunjiri",
        },
        "previous_balance": {
            3: "sold precedent|sold anterior",
        },
        "other": {
            3: """
                banca|nr ord reg com|nr reg com|reg com|nr ordine în registrul comerțului|capital social|delegat|
                întocmit de|expediat|mijloc de transport|telefon|aviz de însoțire
            """,
        },
    },
    titles={
        "invoice": "factură|factură fiscală|factură proformă|bon fiscal|chitanță",
        "credit": "factură storno|notă de credit|factură de corecție",
        "reminder": "notificare de plata|instiintare de plata|somatie de plata|somatie|memento de plata",
        "statement": "extras de cont|fisa client|confirmare de sold|situatia facturilor neachitate",
        "delivery_note": "aviz de insotire a marfii|aviz de expeditie|aviz de insotire|lista de ambalare",
        "order": "comanda|confirmare de comanda|nota de comanda",
        "quote": "oferta|oferta de pret|deviz|deviz estimativ",
        "remittance": "aviz de plata|confirmare de plata|ordin de plata",
        "terms": "conditii generale|conditii generale de vanzare|termeni si conditii",
    },
    columns={
        "description": """
            denumire|denumirea produselor|denumirea produselor sau a serviciilor|denumire produs|descriere|produs|
            serviciu|explicații
        """,
        "quantity": "cantitate|cantitatea|cant|buc",
        "unit_price": "pret unitar|pret|prețul unitar|preț unitar fără tva|preț/um|prețul unitar fără tva lei",
        "discount": "reducere",
        "tax_rate": "tva cota|cota tva|% tva|tva %|cotă",
        "tax_amount": "valoare tva|valoarea tva|tva lei|valoarea tva lei",
        "amount": "valoare|valoarea|valoare fara tva|valoarea lei|valoare lei|total fără tva",
        "amount_gross": "valoare cu tva|total cu tva",
        "line_number": "nr crt|crt",
        "unit": "u.m.|um",
        "discount_percent": "discount %|reducere %",
    },
    total_rows=r"total|subtotal|de plata|tva\b|rest de plata|rotunjire|valoare totala",
    reductions=r"reducere|discount|rabat",
    net=r"fara|net",
    gross=r"cu tva|inclusiv|brut",
    legal_forms=r"S\.R\.L|SRL|S\.A|S\.C\.S|S\.N\.C|P\.F\.A|PFA|I\.I|R\.A",
    streets=r"str|strada|bulevardul|bd|calea|șoseaua|șos|aleea|piața|jud|sector",
    addressed=r"domnul|doamna",
    attention=r"în atenția",
    debit=r"debitare directă|din contul dvs",
    referring=r"la|pentru|inițială|din",
    dated=r"din|din data",
    days=r"zile",
    until=r"până la|pana la|cel târziu",
    paying=r"plat|plăt|scaden|achit",
    early=r"reducere|penalit|întârzi",
    headings="pagina copie mulțumim",
)
