"""Headers that no list of phrases holds, by the parts that they are composed of: a side and a place ("Ville
d'arrivée"), an end of the validity, a kind of vehicle, the price of carriage. Pure."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_JOINTS = _words(
    "a al au aux d da dal das de del della der des di do du e el en et for il in l la le of per the to van y"
)
_ORIGIN = _words("""
    origin origen origine origem ursprung depart departure salida partenza saida partida vertrek abgang abgangs
    abfahrt versand absende absender belade lade loading load pickup collection enlevement chargement chargment carga
    carico caricamento embarque embarquement imbarco laad laden expediteur mittente remetente remitente shipper
    zaladunku nadania nakladky afsendelse avsandning lahto""")
_DESTINATION = _words("""
    destination destino destinazione destinataire bestimmung bestimmungs bestemming arrivee arrival llegada arrivo
    chegada aankomst ankunft ziel empfang empfangs empfanger entlade discharge unloading delivery livraison
    dechargement descarga scarico sbarco debarquement desembarque desembarco los lossing entrega consegna consignee
    rozladunku dostawy odbioru vykladky doruceni modtagelse mottagning""")
_PLACES = _words("""
    port porto puerto haven hafen aeroport aeroporto aeropuerto airport flughafen luchthaven terminal ville villes
    city cities town ciudad citta cidade stadt stad ort plaats localite localidad localita localidade lugar luogo lieu
    local location place point punto ponto pays country pais paese land region regione regiao provincia province state
    estado uf departement code codigo codice kod postal postale postcode zip plz cap cep cp miasto kraj mesto zeme
    by sted stad nom nombre nome name commune municipio comune gemeente pocztowy""")
_VALIDITY = _words("""
    validite validity validez vigencia validade validita gultigkeit geldigheid waznosci platnosti gyldighed
    giltighet""")
_BEGIN = _words("debut inicio start begin beginn anfang inizio commencement from desde od begins")
_FINISH = _words("fin fim end ende fine einde final expiry termino termine hasta ate bis until do slut")
_KIND = _words("type tipo typ art kind class categorie categoria kategorie genre soort")
_VEHICLES = _words("""
    remorque remolque rimorchio trailer trailers semirremolque semirimorchio camion camiao vehicule veicolo vehiculo
    veiculo vehicle vehicles truck fahrzeug fahrzeugs lkw auflieger aufliegers wagen aanhanger naczepy pojazdu vozidla
    container contenedor conteneur contentor equipement equipamento equipo caisse carrosserie carroceria""")
_CARRIERS = _words("""
    carrier transporteur transportista vettore trasportatore spediteur frachtfuhrer vervoerder transportadora haulier
    przewoznik dopravce""")
_CHOSEN = _words("""
    retenu selected awarded chosen proposed nominated name nom nombre nome adjudicado seleccionado asignado scelto
    selezionato selecionado vencedor attributaire gewahlt beauftragt gekozen""")
_PRICES = _words("""
    price prix preis precio preco prezzo prijs cena pris tarif tarifa tariffa tariff rate frais gastos costes costos
    cout couts coste costo costi spese kosten cost costs charge charges montant importe importo""")
_CARRIAGE = _words("""
    transport transporte trasporto transports port envoi envio envios shipping expedition spedizione spedizioni
    livraison delivery entrega consegna versand verzending voyage trip fahrt viaje viagem viaggio rit trajet course
    carriage haulage acheminement""")
_SIDES = _ORIGIN | _DESTINATION
_FROM = _words("from von ab ex fran fra od z ze de da dal desde du van vanaf vanuit iz din nuo")
_TO = _words("to nach an till til do na para a ate pour vers naar tot verso la iki")
_SPANS = _words("prefix prefixes range ranges area areas series group groups gebiet gebiete bereich plage plages rango")
_CODES = _words("code codigo codice kod")
_POSTAL = _words("postal postale pocztowy")


def halves(word: str) -> list[str]:
    """The side and the place that German and Dutch write as one word ("Beladeort", "Losplaats")."""
    ends = (word[:i] for i in range(3, len(word) - 2))
    return next(([end, word[len(end) :]] for end in ends if end in _SIDES and word[len(end) :] in _PLACES), [])


def composed_meaning(folded: str) -> str | None:
    """The meaning of a folded header all of whose words are parts of one meaning, else None."""
    before, *others = folded.split() or [""]
    if others and before in _FROM | _TO and set(others) <= _PLACES:
        return "origin" if before in _FROM else "destination"
    words = [word for word in folded.split() if word not in _JOINTS]
    if not words:
        return None
    if len(words) == 1:
        words = halves(words[0]) or words
    found = set(words)
    if found & _CODES and not found & _POSTAL:
        return None  # a code beside its name
    side = found & _SIDES
    if side and found & _PLACES and found <= side | _PLACES:
        return "origin" if side <= _ORIGIN else "destination" if side <= _DESTINATION else None
    if found & _PLACES and found & _SPANS and found <= _PLACES | _SPANS:
        return "destination"
    ends = {"valid_from": _BEGIN, "valid_to": _FINISH}
    for meaning, end in ends.items():
        if found & _VALIDITY and found & end and found <= _VALIDITY | end:
            return meaning
    for meaning, first, second in (
        ("equipment", _KIND, _VEHICLES), ("carrier", _CARRIERS, _CHOSEN), ("price", _PRICES, _CARRIAGE)
    ):  # fmt: skip
        if found & first and found & second and found <= first | second:
            return meaning
    return None
