"""The words of Finnish invoices."""

from __future__ import annotations

from processing.extractors.words.language import Language

WORDS = Language(
    code="fi",
    labels={
        "invoice_number": {
            3: """
                laskun numero|laskunumero|lasku nro|laskun nro|laskunro|lasku n:o|kuitin numero|
                hyvityslaskun numero|tositenumero
            """,
            1: "numero",
        },
        "invoice_date": {
            3: "laskun paivays|laskun paiva|laskun pvm|laskupäivä|laskutuspäivä|päiväys|laskun päivämäärä|laskupvm",
        },
        "due_date": {
            3: "erapaiva|eräpvm|maksettava viimeistään|maksupäivä|viimeinen maksupäivä",
        },
        "payment_reference": {
            3: "viitenumero|viite|viitenro",
        },
        "vat_id": {
            3: "alv nro|y tunnus|alv-tunnus|alv numero",
        },
        "seller": {
            3: "myyja|toimittaja|lähettäjä|laskuttaja",
        },
        "buyer": {
            3: "ostaja|laskutetaan|asiakas|laskutusosoite|vastaanottaja|tilaaja|laskun saaja|maksaja",
        },
        "subtotal": {
            3: """
                veroton yhteensa|yhteensä veroton|veroton summa|yhteensä ilman alv|summa ilman alv|
                alv 0 % yhteensä|veroton hinta yhteensä
            """,
            2: "veroton",
        },
        "tax_amount": {
            3: "alv yhteensä|arvonlisävero|vero yhteensä|arvonlisävero yhteensä|alv euroa",
            2: "alv|vero",
        },
        "total_amount": {
            3: """
                verollinen yhteensa|yhteensä sis. alv|laskun summa|loppusumma|yhteensä verollinen|
                laskun loppusumma|kokonaissumma|yhteensä eur
            """,
            2: "summa|yhteensa|verollinen",
        },
        "amount_due": {
            3: """
                maksettava|maksettavaa|maksettava yhteensä|maksettavaa yhteensä|avoin saldo|maksettava summa|
                maksamatta
            """,
        },
        "delivery_date": {
            3: "toimituspäivä|toimituspvm|suorituspäivä",
        },
        "period": {
            3: "laskutuskausi|laskutusjakso|ajalta",
        },
        "purchase_order": {
            3: "tilausnumero|tilausnro|ostotilaus|asiakkaan tilausnumero|tilauksenne|tilaus nro|tilaus",
        },
        "preceding_invoice": {
            3: "hyvitetään laskua|hyvitettävä lasku|alkuperäinen lasku|viittaus laskuun",
        },
        "buyer_reference": {
            3: "viitteenne|asiakkaan viite|ostajan viite",
        },
        "payment_terms": {
            3: "maksuehto|maksuehdot|maksutapa",
        },
        "currency": {
            3: "valuutta",
        },
        "iban": {
            3: "tilinumero|pankkitili|saajan tilinumero",
        },
        "ship_to": {
            3: "toimitusosoite|toimitetaan",
        },
        "payee": {
            3: "saaja|maksun saaja|tilinomistaja",
        },
        "party_name": {
            3: "nimi|yritys",
        },
        "party_address": {
            3: "osoite|katuosoite|postiosoite",
        },
        "amount_paid": {
            3: "maksettu|maksettu kortilla|suoritettu|ennakkomaksu|hyvitys ennakko",
        },
        "discount_total": {
            3: "alennus yhteensä",
            2: "alennus",
        },
        "charge_total": {
            3: "toimituskulut|rahti|laskutuslisä|postikulut|pientoimituslisä",
        },
        "rounding": {
            3: "pyöristys",
        },
        "previous_balance": {
            3: "edellinen saldo|aiempi saldo",
        },
        "other": {
            3: """
                asiakasnumero|asiakasnro|huone|saapuminen|lähtö|vieras|puhelin|puh|viivästyskorko|huomautusaika|
                viitteemme|toimitustapa|myyjän viite|pankki
            """,
        },
    },
    titles={
        "invoice": "lasku|lasku kuitti|kuitti|kokoomalasku|ennakkolasku|loppulasku|käteiskuitti",
        "credit": "hyvityslasku|hyvitys",
        "reminder": "maksumuistutus|maksukehotus|maksuvaatimus|huomautus",
        "statement": "tiliote|saldovahvistus|avoimet laskut",
        "delivery_note": "lahete|rahtikirja|pakkausluettelo|toimituslahete",
        "order": "tilaus|tilausvahvistus|ostotilaus",
        "quote": "tarjous|hintatarjous|kustannusarvio",
        "remittance": "maksuilmoitus|maksuvahvistus",
        "terms": "yleiset ehdot|toimitusehdot|myyntiehdot|yleiset sopimusehdot",
    },
    columns={
        "item_code": "tuotenro|tuotekoodi|tuotenumero|koodi",
        "description": "kuvaus|tuote|nimike|selite|tuotenimi|palvelu|tuotekuvaus",
        "quantity": "maara|lkm|kpl|tunnit|toimitettu",
        "unit": "yksikko|yks",
        "unit_price": "yksikkohinta|a hinta|hinta|a hinta veroton|hinta veroton|yks hinta",
        "discount_percent": "alennus %|ale %",
        "tax_rate": "alv|alv %|vero %",
        "amount": "yhteensa|veroton|summa eur|summa|veroton yhteensä|yhteensä veroton|veroton summa",
        "amount_gross": "verollinen|summa eur sis alv|yhteensä sis alv|verollinen summa|sis alv|hinta sis alv",
        "date": "pvm",
        "tax_amount": "alv eur|vero|alv euroa",
    },
    total_rows=(
        r"yhteensa|yht\b|veroton|verollinen|maksettava|alv\b|valisumma|pyoristys|arvonlisavero|"
        r"loppusumma|vero\b"
    ),
    reductions=r"alennus|hyvitys|ale\b",
    net=r"veroton|ilman|alv 0",
    gross=r"sis|verollinen|sisaltaa",
    legal_forms=r"Oyj|Oy|OY|Ky|Tmi|T:mi|ry|Osk|Ay",
    streets=r"pl|postilokero",
    street_ends=r"katu|tie|kuja|polku|tori|kaari|raitti|ranta",
    addressed=r"herra|rouva",
    attention=r"att\.?:|laskutus\b.*osasto",
    debit=r"suoraveloitus|tililtänne|veloitetaan tili",
    referring=r"laskuun|laskua|hyvitetään",
    dated=r"pvm|päivätty",
    days=r"p[äa]iv|pv",
    until=r"viimeistään|mennessä",
    paying=r"maks|eräp",
    early=r"alennus|viivästys|korko|huomautus",
    headings="sivu kopio kiitos",
)
