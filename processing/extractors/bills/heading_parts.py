"""Headings put together from words of the trade: an end and a part of a place, a thing and its number, a weight.

What no whole phrase of ``headings`` says is told by its words, each of which must be known. Pure.
"""

from __future__ import annotations

import re

from invoices.auditing.wording import folded

# Short forms that stand in headings, in the languages of bills; folded.
_SHORT = {
    "inv": "invoice", "dt": "date", "dat": "date", "svc": "service", "zn": "zone", "wt": "weight", "wgt": "weight",
    "amt": "amount", "cust": "customer", "cons": "consignee", "desc": "description", "descr": "description",
    "pkgs": "packages", "trk": "tracking", "trkg": "tracking", "shpt": "shipment", "del": "delivery",
    "deliv": "delivery", "coll": "collection", "disc": "discount", "orig": "origin", "dest": "destination",
    "nbr": "number", "chg": "charge", "chgs": "charges", "rcvr": "receiver", "shpr": "shipper", "avs": "",
    "acc": "accessorial", "empf": "empfaenger", "abs": "absender", "sdg": "sendung", "gew": "gewicht",
    "bez": "bezeichnung", "betr": "betrag", "pds": "poids", "recep": "recepisse", "mt": "montant", "mnt": "montant",
    "surch": "surcharge", "lib": "libelle", "sped": "spedizione", "rif": "riferimento", "pob": "poblacion",
    "alb": "albaran", "fec": "fecha", "suppl": "supplement", "omschr": "omschrijving", "supl": "suplemento",
}  # fmt: skip


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NUMBER = _set("id no nos number numbers num nr nummer numero n code kod kodu cislo szam szama azonosito broj stevilka")
_FILLER = _set("de du des del della di d da la le l the of des code kunde customer your our ihre votre s")
_ORIGIN_END = _set(
    "origin from pickup loading versand absende ladestelle belade depart salida carico laad laden laadplaats laadadres"
    " shipfrom collection zaladunek zaladunku nadania"
)
_ORIGIN_PARTY = _set(
    "sender senders shipper absender expediteur remitente mittente afzender consignor nadawca"
    " laehettaejae felado goenderici expeditor posiljatelj odosielatel"
)
_END = _set(
    "destination to delivery delivered unloading empfangs entlade arrivee llegada scarico bestemming los shipto"
    " lossen losplaats losadres rozladunek rozladunku doreczenia dostawy"
)
_PARTY = _set(
    "recipient receiver receivers recipients consignee empfaenger destinataire destinatario ontvanger"
    " addressee odbiorca odbiorcy mottagare modtager mottaker prijemce"
    " vastaanottaja cimzett alici primatelj prejemnik prijemca"
)
_POSTAL = _set(
    "zip zipcode postal postcode plz postleitzahl cp cap postnummer cep poczt pocztowy postnr psc kod"
    " postinumero iranyitoszam posta postanski"
)
_TOWN = _set(
    "city town ort stadt ville localite localita citta comune poblacion ciudad localidad plaats"
    " woonplaats miasto cidade place location suburb miejscowosc municipio mottagarort ciudad mesto by"
    " sted postitoimipaikka paikkakunta telepueles varos sehir ilce localitatea oras mjesto"
)
_REGION = _set("state region province prov provincia etat bundesland st")
_COUNTRY = _set("country land pays pais paese kraj territory maa orszag uelke tara drzava")
_NAME = _set("name company firma nom nombre nome naam")
_WEIGHT = _set(
    "weight weights gewicht poids peso pesos waga vikt vaegt vekt hmotnost paino rahdituspaino suly agirlik"
    " greutate greutatea tezina teza"
)
_ACTUAL = _set(
    "actual real reel brut bruto gross brutto scale entered physical reale tatsaechliches werkelijk rzeczywista"
    " rzeczywisty skutecna"
)
_BILLED = _set(
    "billed rated charged chargeable chg taxed billable invoiced taxe tassato facturado tasado"
    " frachtpflichtiges taxado cobrado fraktdragande fragtpligtig abgerechnetes belast tariff"
    " rozliczeniowa rozliczenia naliczona taxable tasable tassabile facturable fatturabile"
    " rahdituspaino szamlazott dijkoeteles uecrete esas taxabila obracunska"
)
_UNIT = _set("kg kgs lb lbs pounds kilos amount total in")
_THING = _set(
    "tracking shipment consignment connote waybill airbill airwaybill awb hawb parcel package piece"
    " barcode container pro probill docket sendung paket frachtbrief auftrag packstueck recepisse"
    " expedition colis albaran envio expedicion spedizione ldv cte zending przesylka listu przewozowego"
    " lta guia zasilky zasilka kolli przesylki load trip shipping freight"
    " kueldemeny csomag fuvarlevel goenderi takip irsaliye konsimento colet expediere posiljke posiljka zasielky"
)
# Things that are a number where they stand alone; "parcel" may count them.
_NUMBERED = _set(
    "waybill airbill awb hawb lta docket connote probill pro albaran recepisse ldv cte guia barcode tracking irsaliye"
    " consignment sendung zending"
)
_COMPOUND = re.compile(
    r"(fraktsedels?|fragtbrevs?|sendnings?|forsendelses?|kollinummer|paket(schein)?|sendungs?|frachtbrief|auftrags?"
    r"|packstueck|tracking|identcode|zending|vracht ?brief|barcode)"
    r"(nr|nummer|code|id)?"
    r"|(laehetys|rahtikirja|seuranta|paketti|csomag|fuvarlevel|kueldemeny)(n|en)?(numero|nro|tunnus|szam|azonosito)"
)
_INVOICE = _set(
    "invoice fakturanr fakturadatum fakturadato faktura faktury statement fatura factura facture"
    " fattura factuur rechnung"
    " lasku laskun laskunumero laskunro szamla szamlaszam facturii racun racuna"
)
_DATE = _set(
    "date datum dato data fecha emissao fakturadatum fakturadato"
    " paeivae paeivaemaeaerae pvm laehetyspaeivae kelte datuma tarih tarihi"
)
_NO_SHIP_DATE = _set(
    "invoice bill due delivery delivered billing posting zahlung faellig rechnungs facture factura pod"
    " vade teslim teslimat esedekesseg fizetesi scadenta scadentei livrarii dospijeca splatnosti toimitus"
)
_TOTAL = _set(
    "total totals totaal totale summe gesamt gesamtbetrag nettobetrag imponibile razem suma summa"
    " subtotal celkem wartosc yhteensae oesszesen toplam ukupno skupaj spolu"
)
_OF_TOTAL = _set(
    "net netto ht htva amount betrag montant importe importo bedrag charge charges cost shipment piece"
    " parcel row line sendung ex excl vat gst tax btw mwst iva tva pro expedition spedizione envio freight"
    " bill netto valor kwota due bez dph moms mxn kc"
    " veroton oesszeg tutar iznos fara valoare haric nelkuel"
)  # fmt: skip
_APART = (
    ("c p", "cp"), ("p code", "postcode"), ("p u", "pickup"), ("ct e", "cte"), ("cod postal", "postal"),
)  # fmt: skip


def spelled(text: str) -> str:
    """A folded heading with its short forms spelled out."""
    for apart, one in _APART:
        text = re.sub(rf"\b{apart}\b", one, text)
    return " ".join(_SHORT.get(word, word) for word in text.split())


def says_number(heading: str) -> bool:
    """Whether one of the words of a heading is "number"."""
    return bool(_NUMBER & set(spelled(folded(heading.replace("°", " ").replace("º", " ").replace("#", " no"))).split()))


def meaning_of_words(text: str) -> str:
    """What a folded heading means by its words; "" where one of them is not known."""
    words = frozenset(text.split())
    if not words:
        return ""
    return _invoice(words) or _place(words) or _weight(words) or _shipment(words, text) or _date(words) or _total(words)


def _invoice(words: frozenset[str]) -> str:
    own = words - _INVOICE - _FILLER
    if not words & _INVOICE or own - _NUMBER - _DATE:
        return ""
    return "invoice_date" if words & _DATE else "invoice_number"


def _place(words: frozenset[str]) -> str:
    own = words - _FILLER - _NUMBER | (words & _set("kod"))  # Polish: a postcode, beside a party
    start, end = own & (_ORIGIN_END | _ORIGIN_PARTY), own & (_END | _PARTY)
    parts = own & (_POSTAL | _TOWN | _REGION | _COUNTRY | _NAME)
    if not own or own - start - end - parts or (start and end) or not (parts or end or start):
        return ""
    side = "origin" if start else "destination"
    if parts & _POSTAL:
        return f"{side}_postal"
    if parts & _TOWN:
        return side
    if parts & _COUNTRY:
        return f"{side}_country" if start or end else ""
    if parts & _REGION:
        return f"{side}_region" if start or end or parts & _set("prov provincia province") else ""
    if own & (_PARTY | _ORIGIN_PARTY):
        return f"{side}_name"
    return side if not parts and (start or end) else ""


def _weight(words: frozenset[str]) -> str:
    if not words & _WEIGHT or words - _WEIGHT - _ACTUAL - _BILLED - _UNIT - _FILLER:
        return ""
    return "actual_weight" if words & _ACTUAL and not words & _BILLED else "billed_weight"


def _shipment(words: frozenset[str], text: str) -> str:
    if _COMPOUND.fullmatch(text):
        return "tracking_number"
    own = words - _NUMBER - _FILLER
    if not own or own - _THING:
        return ""
    return "tracking_number" if words & (_NUMBER - {"code"}) or own & _NUMBERED else ""


def _date(words: frozenset[str]) -> str:
    if not words & _DATE or words & _NO_SHIP_DATE or len(words) > 4:
        return ""
    return "ship_date"


def _total(words: frozenset[str]) -> str:
    return "row_total" if words & _TOTAL and not words - _TOTAL - _OF_TOTAL else ""
