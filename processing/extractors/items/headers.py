"""What the headers of item tables say: names of columns in the languages of invoices, and what they mean. Pure.

Meanings are the names of ``records.LINE_FIELDS`` and those of ``HELPER_MEANINGS``, which are read to understand a line
and are no field of it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

HELPER_MEANINGS = frozenset(
    {"amount_gross", "unit_price_gross", "discount_percent", "tax_amount", "price_base", "date"}
)

# Folded: lower case, no accents, no punctuation. Order within a meaning is free, the longest phrase wins.
_VOCABULARY: dict[str, str] = {
    "line_number": """
        pos| position| positionsnr| posnr| pos nr| nr| no| line| line no| line number| item no| item number|
        lp| l p| s no| sl no| sr no| sno| sr| lfd nr| lfdnr| ligne| n| num| numero| linea| riga| regel| lin|
        poz| rad| #| №| item #| serial no""",
    "item_code": """
        article number| article no| art no| artnr| art nr| artikelnr| artikelnummer| artikel nr| artikelcode|
        art nr kunde| art nr lief| art nr lieferant| article code| item code| item id| product code|
        product no| product number| product id| productnummer| part no| part number| part| sku| code| codigo|
        code article| cod| codice| codice articolo| cod articolo| cod art| referencia| reference| ref|
        reference article| material| materialnummer| material no| gtin| ean| upc| hsn| hsn sac| hsn code| sac|
        isbn| indeks| kod| symbol| pkwiu| varenr| varenummer| tuotenro| tuotekoodi| cikkszam| kod produktu|
        stock code| catalog no| cat no| model| best nr| bestellnummer| unsere art nr| unsere artnr| your part|
        artigo| cod artigo""",
    "description": """
        description| item description| description of goods| description of services| description of work|
        product description| goods description| details| detail| particulars| item| items| item name|
        items description| product| products| product name| products services| product service|
        service description| services| service| activity| work| task| narration| memo| line item| article|
        beschreibung| bezeichnung| artikelbezeichnung| artikelbeschreibung| artikel| leistung| leistungen|
        leistungsbeschreibung| produkt| produktbezeichnung| produktbeschreibung| produktname|
        warenbezeichnung| ware| text| gegenstand| tatigkeit| position beschreibung| bezeichnung der leistung|
        designation| libelle| descriptif| designation article| produit| produits| prestation| prestations|
        intitule| nature| descripcion| concepto| conceptos| producto| productos| articulo| articulos| detalle|
        servicio| descrizione| descrizione articolo| descrizione prodotti| descrizione beni| prodotto|
        prodotti| articolo| oggetto| prestazione| omschrijving| artikelomschrijving| artikel omschrijving|
        dienst| productomschrijving| beschrijving| descricao| designacao| produto| produtos| artigos| servico|
        servicos| nazwa| nazwa towaru| nazwa towaru uslugi| nazwa towaru lub uslugi| opis| towar| usluga|
        nazwa uslugi| beskrivning| benamning| artikelbenamning| beskrivelse| varebeskrivelse| vare| ydelse|
        tekst| kuvaus| tuote| nimike| popis| nazev| nazev polozky| oznaceni| megnevezes| denumire|
        denumirea produselor| expense| charge description| bien""",
    "quantity": """
        quantity| qty| qnty| quant| qtty| units| no of units| hours| hrs| qty hr| qty hrs| qty hours|
        hours qty| hrs qty| days| pcs| pieces| count| number of| shipped| qty shipped| quantity shipped|
        qty ordered| billed qty| invoiced qty| delivered| nos| menge| anzahl| stk| stuck| stuckzahl| stunden|
        tage| liefermenge| mge| stckz| qte| quantite| qte livree| nombre| nb| nbre| heures| jours| cantidad|
        cant| uds| unidades| ctd| horas| quantita| qta| q ta| q| ore| pezzi| aantal| hoeveelheid| uren| stuks|
        aant| quantidade| qtd| qtde| ilosc| ilosc jm| liczba| antal| kvantitet| timer| mangd| antall| maara|
        lkm| mnozstvi| pocet| pocet mj| mennyiseg| menny| cantitate| cantitatea| amount of units| volume|
        consumption| verbrauch""",
    "unit": """
        unit| uom| einh| u m| um| unit of measure| measure| einheit| me| mengeneinheit| meng einheit| eh| unite| u|
        unidad| unidad de medida| unita| unita di misura| eenheid| unidade| un| jm| j m| jednostka| jedn|
        enhet| enhed| yksikko| mj| me egys| egyseg| vpe| ve| vke geb""",
    "unit_price": """
        unit price| price| unit cost| price per unit| price each| each| rate| unit rate| rate per hour|
        hourly rate| price unit| cost| unit price net| net price| net unit price| list price| unit value|
        item price| price per item| selling price| per unit| fee| einzelpreis| ep| e preis| e price| einzel|
        preis| stuckpreis| preis pro einheit| preis einheit| nettopreis| netto preis| einzelpreis netto|
        preis netto| einheitspreis| stundensatz| preis stk| preis pro stuck| satz| listenpreis| preis eur|
        einzelpreis eur| ep netto| ep eur| prix unitaire| prix| prix unit| pu| p u| pu ht| p u ht|
        prix unitaire ht| prix ht| prix u ht| tarif| px unit| precio| precio unitario| precio unidad|
        p unitario| p unit| pvp| importe unitario| tarifa| prezzo| prezzo unitario| prezzo unit| pr unitario|
        prz unit| importo unitario| costo unitario| prijs| prijs per stuk| stukprijs| eenheidsprijs|
        prijs per eenheid| tarief| prijs excl btw| stuksprijs| preco| preco unitario| preco unit| pr unit|
        valor unitario| vlr unit| cena| cena netto| cena jedn| cena jednostkowa| cena jednostkowa netto|
        cena jedn netto| a pris| pris| styckpris| stykpris| enhetspris| enhedspris| pris enhet| yksikkohinta|
        a hinta| hinta| cena za mj| jednotkova cena| cena mj| egysegar| netto egysegar| pret unitar| pret|
        unit amount| charge rate""",
    "unit_price_gross": """
        gross price| gross unit price| bruttopreis| einzelpreis brutto| preis brutto| prix unitaire ttc|
        pu ttc| prix ttc| precio con iva| prezzo ivato| prijs incl| cena brutto| cena jednostkowa brutto|
        cena brutto po rabacie| price incl vat| price incl tax| unit price incl vat| unit price incl tax|
        brutto egysegar""",
    "discount_percent": """
        discount %| disc %| rabatt %| rabatt in %| remise %| dto %| descuento %| sconto %| sc %| korting %|
        desconto %| rabat %| disc| dto| rabatt prozent| alennus %| % disc| % dto| % rabatt| % remise""",
    "discount": """
        discount| discounts| rabatt| nachlass| abschlag| remise| remises| rabais| descuento| sconto| sconti|
        korting| desconto| rabat| rabatt kr| sleva| kedvezmeny| reducere| wartosc rabatu| discount amount|
        abzug| abzuge| zu abschlag""",
    "tax_rate": """
        vat %| tax %| vat rate| tax rate| gst %| gst rate| vat| tax| taxes| gst| ust| ust %| ust satz| mwst|
        mwst %| mwst satz| steuersatz| steuer| steuersatz %| steuer %| tva| tva %| taux| taux tva|
        taux de tva| iva| iva %| tipo iva| % iva| aliquota| aliquota iva| al iva| c iva| cod iva| btw| btw %|
        btw tarief| btw percentage| taxa| taxa iva| stawka| stawka vat| vat [%]| moms| moms %| momssats|
        moms sats| mva| mva %| alv| alv %| dph| dph %| sazba dph| sazba| afa| afa %| afa kulcs| tva cota|
        cota tva| sales tax| tax code| vat code| iva cod| % vat| % ust| % mwst| % tva| % btw| % gst| igst|
        cgst| sgst| igst %| hst| pst| ust in %| mwst in %""",
    "tax_amount": """
        vat amount| tax amount| gst amount| amount vat| steuerbetrag| ust betrag| mwst betrag|
        umsatzsteuer betrag| montant tva| montant de la tva| importe iva| cuota iva| cuota| importo iva|
        imposta| btw bedrag| valor iva| kwota vat| vat value| momsbelopp| momsbelob| castka dph| valoare tva|
        afa osszeg| tax total| total tax| total tva| total iva""",
    "amount": """
        amount| line total| total| total price| total amount| ext price| extended price| extension|
        ext amount| extended amount| line amount| net amount| net| net total| total net| net value| subtotal|
        sub total| value| taxable amount| taxable value| amount net| sum| total cost| amount due| charged|
        total charge| total ex vat| total excl vat| total excl tax| amount excl vat| amount ex vat|
        price excl vat| betrag| gesamt| gesamtpreis| gesamtbetrag| gp| g preis| nettobetrag| netto| nettowert|
        nettosumme| summe| wert| warenwert| gesamt netto| gesamtpreis netto| betrag netto| positionsbetrag|
        positionsbetrag ohne ust| positionsbetrag netto| zeilenbetrag| gesamt eur| betrag eur| betrag in eur|
        gesamtpreis eur| gp netto| gp eur| zeilensumme| preis gesamt| positionssumme| montant| montant ht|
        total ht| prix total| prix total ht| total hors taxe| mt ht| montant net| total net ht|
        montant hors taxe| importe| total linea| importe neto| importe total| precio total| neto|
        base imponible| importe sin iva| monto| total sin iva| importo| totale| prezzo totale| importo netto|
        totale netto| imponibile| totale riga| importo totale| totale imponibile| netto riga| bedrag| totaal|
        totaalprijs| regeltotaal| bedrag excl| bedrag excl btw| totaal excl btw| totaalbedrag| totaal excl|
        netto bedrag| valor| valor total| total liquido| total s iva| preco total| vlr total| montante|
        valor liquido| total iliquido| wartosc| wartosc netto| kwota netto| kwota| razem| razem netto| suma|
        belopp| summa| totalt| total kr| nettobelopp| belob| i alt| linjebelop| belop| sum kr| netto belop|
        yhteensa| veroton| summa eur| celkem| castka| celkem bez dph| cena celkem| osszeg| netto ertek|
        netto osszeg| ertek| valoare| valoarea| valoare fara tva| charge amount| net charge| line net| charge|
        charges| freight charge| freight| frachtbetrag| fracht""",
    "amount_gross": """
        gross amount| gross| gross total| total incl vat| total incl tax| amount incl vat| total inc vat|
        total with tax| bruttobetrag| brutto| bruttowert| gesamt brutto| betrag brutto| gesamtpreis brutto|
        montant ttc| total ttc| ttc| prix total ttc| importe con iva| total con iva| totale ivato|
        totale iva inclusa| lordo| bedrag incl| bedrag incl btw| totaal incl| totaal incl btw| prijs incl btw|
        total c iva| total com iva| wartosc brutto| kwota brutto| razem brutto| brutto ertek| celkem s dph|
        valoare cu tva| verollinen| total incl gst| brutto osszeg| incl vat| incl tax| incl btw""",
    "price_base": """
        price per| per| pe| preiseinheit| price unit qty| preisbasis""",
    "date": """
        date| datum| fecha| data| datums| dato| pvm| service date| leistungsdatum| lieferdatum| period|
        zeitraum| periode| periodo""",
    "ship_date": """
        ship date| shipment date| shipping date| pickup date| versanddatum| date d expedition|
        date of shipment| collection date""",
    "tracking_number": """
        tracking| tracking number| tracking no| tracking id| awb| awb number| awb no| air waybill| airbill|
        airway bill| waybill| shipment| shipment number| shipment no| shipment id| sendungsnummer| sendungsnr|
        sendung| numero de suivi| consignment| consignment no| consignment number| house awb| hawb|
        pro number| pro no| bol| bill of lading| barcode| paketnummer| connote""",
    "service": """
        service type| service level| service code| product type| versandart| serviceart| mode| shipping method""",
    "origin": """
        origin| from| ship from| pickup| abgang| von| origine| origen| lane origin| load port| pol| collection""",
    "destination": """
        destination| to| dest| ship to| delivery| ziel| nach| empfangsort| destino| destinazione| consignee|
        pod| lane destination| dest country| country""",
    "zone": """
        zone| zona| tarifzone| rate zone""",
    "billed_weight": """
        weight| billed weight| chargeable weight| charg weight| chg weight| chg wt| billable weight|
        rated weight| wt| gross weight| kg| lbs| gewicht| frachtgewicht| poids| poids taxe| peso|
        peso tassabile| gewicht kg| weight kg| weight lbs| weight kgs| act weight| dim weight| bill wt|
        tax weight""",
    "charge_code": """
        charge code| charge type| fee code| gl code| account code| surcharge code| code frais""",
}

TOTAL_LABELS = re.compile(
    r"^\W*(?:sub ?-?totals?|sub total|subst?otal|"
    r"(?:grand |net |gross |invoice |order |overall |page |section )?totals?\b|"
    r"total\b|balance|amount (?:due|paid|payable)|due payable|"
    r"(?:total |sales |less |plus |add |output )?(?:tax|vat|gst|discount)\b|"
    r"(?:add |plus |output |less )*(?:cgst|sgst|igst|utgst|cess|hst|pst|qst)\b|"
    r"taxable (?:value|amount)|round(?:ing|ed)?(?: off)?\b|"
    r"retencion|ritenuta|withholding|tds\b|irpf|retenue a la source|"
    r"carried forward|brought forward|carry ?over|b f\b|c f\b|"
    r"zwischen(?:summe|total)|(?:gesamt|rechnungs|netto|brutto|end|waren|teil|zahl|positions)(?:summe|betrag|wert)|summe|gesamt\b|ubertrag|"
    r"zzgl|zuzuglich|abzuglich|netto\b|brutto\b|mwst|ust\b|umsatzsteuer|mehrwertsteuer|zu zahlen|"
    r"sous[ -]?total|montant (?:total|net|du|ht|ttc|tva)|net a payer|a reporter|report\b|tva\b|reste a payer|"
    r"base imponible|importe total|suma|iva\b|a pagar|"
    r"totale|subtotale|imponibile|riporto|netto a pagare|"
    r"subtotaal|totaal|te betalen|btw\b|exclusief|inclusief|transport(?:eren)?$|"
    r"valor a pagar|a transportar|transporte$|"
    r"razem|w tym|suma|do zaplaty|naleznosc|"
    r"summa|delsumma|att betala|moms\b|sum\b|i alt|at betale|a betale|yhteensa|"
    r"mezisoucet|celkem|osszesen|fizetendo|de plata)"
)
# A line that tells of a price reduction below its item.
DISCOUNT_LABELS = re.compile(
    r"\b(?:discount|rebate|allowance|\w*rabatt|nachlass|abschlag|skonto|remise|rabais|escompte|descuento|dto|sconto|korting|"
    r"desconto|rabat|opust|upust|sleva|alennus)\b"
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A name of a column found in folded tokens: ``tokens[start:end]``."""

    meaning: str
    start: int
    end: int


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Lower case, without accents and punctuation; %, # and / as words of their own or spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ß", "ss").replace("ł", "l").replace("ø", "o"))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = plain.replace("%", " % ").replace("#", " # ")
    return " ".join(re.findall(r"[a-z0-9]+|[%#№]", plain))


@lru_cache(maxsize=1)
def _phrases() -> tuple[dict[tuple[str, ...], str], int]:
    table: dict[tuple[str, ...], str] = {}
    for meaning, names in _VOCABULARY.items():
        for name in names.split("|"):
            tokens = tuple(fold(name).split())
            if tokens:
                table.setdefault(tokens, meaning)
    return table, max(len(tokens) for tokens in table)


def find_phrases(tokens: list[str]) -> list[Phrase]:
    """The column names in folded tokens, longest first at each place, without overlap, from left to right."""
    table, longest = _phrases()
    found: list[Phrase] = []
    start = 0
    while start < len(tokens):
        for end in range(min(len(tokens), start + longest), start, -1):
            meaning = table.get(tuple(tokens[start:end]))
            if meaning:
                found.append(Phrase(meaning, start, end))
                start = end
                break
        else:
            start += 1
    return found


_WEIGHT_UNIT = re.compile(r"\b(kgs?|lbs?|kilos?|pounds?|tons?|tonnes?)\b")
_WEIGHT_UNITS = {"k": "kg", "l": "lb", "p": "lb", "t": "t"}


def weight_unit_in(text: str) -> str:
    """``kg``, ``lb`` or ``t``, where a text names the unit of a weight."""
    found = _WEIGHT_UNIT.search(fold(text))
    return _WEIGHT_UNITS[found[1][0]] if found else ""


_NET = re.compile(r"\b(?:net|netto|neto|excl|exkl|ex|ohne|sans|sin|ht|s iva|senza|bez|zonder|without|before|veroton)\b")
_GROSS = re.compile(
    r"\b(?:gross|brutto|bruto|incl|inkl|inc|ttc|including|con iva|c iva|ivato|lordo|com iva|cu tva|s dph)\b"
)
_PERCENT = re.compile(r"%|\b(?:rate|satz|taux|aliquota|tarief|stawka|sazba|percentage|prozent)\b")
_GROSS_OF = {"amount": "amount_gross", "unit_price": "unit_price_gross"}


@lru_cache(maxsize=5_000)
def column_meaning(header: str) -> tuple[str, float] | None:
    """What the header of one column means and how sure that is (1 for a full match), None for words that are no name of
    a column. Currencies and remarks in brackets do not count."""
    bare = re.sub(r"\b(?:EUR|USD|GBP|CHF|PLN|SEK|NOK|DKK|CZK|HUF|RON|INR|AUD|CAD|BRL|Kč|zł|kr)\b|[€$£]", " ", header)
    tokens = fold(re.sub(r"-\s+(?=[a-zà-ÿ])", "", bare)).split()
    if not tokens or len(tokens) > 9:
        return None
    folded = " ".join(tokens)
    table, _ = _phrases()
    meaning = table.get(tuple(tokens))
    if meaning:
        return _refined(meaning, folded), 1.0
    phrases = find_phrases(tokens)
    if not phrases:
        return None
    # Of "Positionsbetrag ohne USt." the first name is the thing, the rest says how it is counted; of "Total Price" or
    # "Art.-Nr." the longest says most.
    best = max(phrases, key=lambda p: (p.end - p.start, p.meaning in _GROSS_OF, -p.start))
    covered = sum(p.end - p.start for p in phrases) / len(tokens)
    if covered < 0.34:
        return None
    return _refined(best.meaning, folded), 0.4 + 0.4 * covered


def _refined(meaning: str, folded: str) -> str:
    if meaning in _GROSS_OF and _GROSS.search(folded) and not _NET.search(folded):
        return _GROSS_OF[meaning]
    if meaning == "discount" and "%" in folded:
        return "discount_percent"
    if meaning == "discount_percent" and "%" not in folded:
        return "discount"
    if meaning == "tax_amount" and _PERCENT.search(folded) and "betrag" not in folded and "amount" not in folded:
        return "tax_rate"
    return meaning
