"""The words of Croatian invoices."""

from __future__ import annotations

from processing.extractors.words.language import Language

WORDS = Language(
    code="hr",
    labels={
        "invoice_number": {
            3: """
                račun br|broj računa|račun broj|br. računa|račun r-1 br|odobrenje br|ponuda br|račun otpremnica br|
                broj dokumenta
            """,
            1: "broj",
        },
        "invoice_date": {
            3: """
                datum računa|datum izdavanja|datum i vrijeme|datum i vrijeme izdavanja|datum izdavanja računa|
                nadnevak|mjesto i datum izdavanja|vrijeme izdavanja
            """,
        },
        "due_date": {
            3: "datum dospijeća|dospijeće|rok plaćanja|valuta plaćanja|dospijeva|dospjeće|platiti do",
        },
        "delivery_date": {
            3: "datum isporuke|datum prometa|datum usluge",
        },
        "period": {
            3: "razdoblje|obračunsko razdoblje|period obračuna",
        },
        "purchase_order": {
            3: "narudžba|narudžba br|broj narudžbe|narudžbenica|narudžbenica br|vaša narudžba",
        },
        "contract_reference": {
            3: "ugovor br|broj ugovora",
        },
        "preceding_invoice": {
            3: "po računu|izvorni račun|storno računa|uz račun",
        },
        "payment_reference": {
            3: "poziv na broj|model i poziv na broj|model i poziv",
        },
        "payment_terms": {
            3: "način plaćanja|uvjeti plaćanja",
        },
        "currency": {
            3: "valuta",
        },
        "iban": {
            3: "žiro račun|račun iban|iban račun",
        },
        "vat_id": {
            3: "oib|pdv id|pdv broj|pdv id broj|oib kupca|pib",
        },
        "seller": {
            3: "prodavatelj|izdavatelj|dobavljač|isporučitelj|izdaje",
        },
        "buyer": {
            3: "kupac|naručitelj|primatelj|primatelj računa|korisnik|platitelj",
        },
        "ship_to": {
            3: "mjesto isporuke|adresa isporuke|dostava",
        },
        "payee": {
            3: "primatelj plaćanja",
        },
        "party_name": {
            3: "naziv|ime i prezime",
        },
        "party_address": {
            3: "adresa|sjedište",
        },
        "subtotal": {
            3: """
                ukupno bez pdv|ukupno bez pdv-a|osnovica|iznos bez pdv|neto iznos|porezna osnovica|ukupno neto|
                osnovica za pdv
            """,
        },
        "tax_amount": {
            3: "iznos pdv|ukupno pdv|pdv ukupno|iznos poreza",
            2: "pdv|porez",
        },
        "total_amount": {
            3: "ukupno s pdv|ukupno s pdv-om|ukupan iznos|iznos računa|ukupno eur|sveukupno|ukupno za naplatu",
            2: "ukupno",
        },
        "amount_due": {
            3: "za platiti|za plaćanje|ukupno za platiti|ukupno za plaćanje|preostalo za platiti|iznos za uplatu",
        },
        "amount_paid": {
            3: "plaćeno|predujam|avans|uplaćeno",
        },
        "discount_total": {
            3: "ukupno rabat|ukupan popust",
            2: "rabat|popust",
        },
        "charge_total": {
            3: "troškovi dostave|dostava|prijevoz|povratna naknada",
        },
        "rounding": {
            3: "zaokruženje",
        },
        "other": {
            3: """
                matični broj|mbs|telefon|stranica|napomena|zki|jir|oznaka operatera|neoporezivo|oslobođeno|
                temeljni kapital|otpremnica|banka
            """,
        },
    },
    titles={
        "invoice": "račun|račun otpremnica|predračun|r-1 račun|račun r1|račun za predujam",
        "credit": "odobrenje|storno računa|račun odobrenja|knjižno odobrenje",
    },
    columns={
        "description": "naziv|naziv artikla|opis|usluga|artikl|naziv robe|vrsta robe usluge|naziv proizvoda",
        "quantity": "količina|kol|kom",
        "unit": "jmj|jm|j.m.|jedinica mjere",
        "unit_price": "cijena|jedinična cijena|jed. cijena|cijena bez pdv|neto cijena|vpc",
        "unit_price_gross": "mpc|cijena s pdv",
        "amount": "iznos|vrijednost|iznos bez pdv|neto iznos|ukupno bez pdv|vrijednost bez pdv",
        "amount_gross": "iznos s pdv|ukupno s pdv",
        "tax_rate": "pdv|pdv %|stopa|stopa pdv|% pdv",
        "tax_amount": "iznos pdv",
        "discount_percent": "rabat %|popust %|rab %|% rabata",
        "item_code": "šifra|kod|kat broj",
    },
    total_rows=(
        r"ukupno|sveukupno|za platiti|pdv\b|osnovica|iznos|zaokruzenje|neoporezivo|medjuzbroj|"
        r"meduzbroj|placeno"
    ),
    reductions=r"rabat|popust",
    net=r"bez|neto",
    gross=r"s pdv|bruto",
    legal_forms=r"d\.\s?o\.\s?o|j\.\s?d\.\s?o\.\s?o|d\.\s?d|obrt|j\.t\.d",
    streets=r"ulica|cesta|trg|obala|put|avenija",
    street_ends=r"cesta|ulica|trg",
    addressed=r"gospodin|gospođa|za",
    attention=r"n/r|na ruke",
    debit=r"trajni nalog|s vašeg računa|izravno terećenje",
    referring=r"po|uz|izvorni|na",
    dated=r"od|dana",
    days=r"dana",
    until=r"do|najkasnije do",
    paying=r"plać|plat|dospi",
    early=r"popust|zatezn|kamat",
    headings="stranica kopija hvala",
)
