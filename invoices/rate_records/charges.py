"""What a charge on top is in the trade, whatever a carrier calls it: one word for each, told from its name. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from common.text import fold_words

# Words of the trade in the languages of cards, folded: lower case, no accents. The first that is found decides, so
# narrower meanings stand before wider ones. A word with "*" may end in any letters.
MEANINGS: dict[str, tuple[str, ...]] = {
    "toll": ("toll", "tolls", "maut", "mautzuschlag", "lkw-maut", "strassenmaut", "peage", "peajes", "peaje",
             "pedaggio", "pedagio", "tol", "myto", "mytne", "vejafgift*", "bompenge*", "vagavgift*", "tiemaksu*",
             "utdij"),
    "fuel": ("fuel", "diesel", "dieselfloater", "dieselzuschlag", "treibstoff", "kraftstoff", "energiezuschlag",
             "carburant", "gasoil", "gazole", "combustible", "combustivel", "carburante", "gasolio", "brandstof*",
             "paliw*", "paliv*", "drivmedel*", "drivstoff*", "braendstof*", "bransle*", "polttoaine*", "uzemanyag*",
             "carburantului", "akaryakit", "yakit", "bunker", "baf", "fsc", "myc"),
    "insurance": ("insurance", "versicherung", "transportversicherung", "value protection", "assurance", "seguro",
                  "assicurazione", "verzekering", "ubezpieczen*", "pojisten*", "forsakring*", "forsikring*",
                  "vakuutus", "biztositas", "asigurare", "sigorta", "declared value"),
    "ad_valorem": ("ad valorem", "frete valor", "fov", "freight on value"),
    "theft_risk": ("gris",),
    "dangerous_goods": ("dangerous goods", "dangerous good", "hazardous", "hazmat", "gefahrgut",
                        "gefahrgutzuschlag", "adr", "imdg", "matieres dangereuses", "mercancias peligrosas",
                        "merci pericolose", "gevaarlijke stoffen", "produtos perigosos", "farligt gods",
                        "farlig gods", "materialy niebezpieczne", "nebezpecn*"),
    "tail_lift": ("liftgate", "lift gate", "lift-gate", "tail lift", "tail-lift", "taillift", "tailgate", "tail gate",
                  "tail-gate", "hebebuhne", "hebebuhnenfahrzeug", "hayon", "plataforma elevadora", "trampilla",
                  "plataforma hidraulica", "sponda idraulica", "laadklep", "bakgavel*", "baklasning*", "bagsmaekslift",
                  "bakloft*", "lastelift", "winda", "zvedaci celo", "hydraulicke celo", "peralautanosto"),
    "residential": ("residential", "privatzustellung", "private address", "home delivery", "particulier",
                    "particuliers", "privatadresse", "privatperson", "domicilio particular"),
    "remote_area": ("remote area", "extended area", "outlying", "insel", "inselzuschlag", "zone eloignee", "oda",
                    "out of delivery area", "zona remota", "zonas remotas", "difficult access", "zona disagiata",
                    "localita disagiate", "out of area"),
    "notification": ("notification", "avis", "avisierung", "avisering", "avisierungsgebuhr", "aviso", "preaviso",
                     "preavviso", "notify", "agendamento", "prise de rendez-vous", "sur rendez-vous",
                     "booking in", "booked-in",
                     "booked in", "book in", "booked delivery", "appointment", "cita previa", "awizacj*", "avizac*",
                     "telefonische aankondiging", "call before delivery", "delivery window"),
    "redelivery": ("redelivery", "re-delivery", "zweite zustellung", "zweitzustellung", "reentrega", "second delivery",
                   "nouvelle presentation", "seconda consegna", "riconsegna", "segunda entrega", "failed delivery"),
    "waiting": ("detention", "waiting", "standgeld", "wartezeit", "stand time", "attente", "cekani", "oczekiwanie",
                "ventetid", "vantetid", "odotus*", "wachttijd", "wachturen", "wachtuur", "sosta", "espera",
                "paralizacion", "estadia", "immobilisation", "demurrage time"),
    "storage": ("storage", "lagergeld", "armazenagem", "demurrage", "magasinage", "almacenaje", "giacenza"),
    "dispatch": ("despacho", "documentacion", "documentazione", "documentaca*", "dokumentation",
                 "documentatie", "emissao",
                 "bl fee", "b/l fee", "b/l", "awb", "air waybill", "lta", "document fee", "documentation",
                 "bill of lading fee", "bill of lading", "air waybill fee", "awb fee", "docket", "consignment note",
                 "frais de dossier", "dossier", "diritto fisso", "diritti fissi", "doc fee", "docs fee",
                 "dokumentgebyr", "dokumentavgift", "oplata dokumentacyjna"),
    "pallet_exchange": ("palettentausch", "tauschgebuhr", "pallet exchange", "echange palette*", "palletruil"),
    "security": ("security", "sicurezza", "veiligheid", "sicherheit", "sicherheitszuschlag", "sicherheitsgebuhr",
                 "luftsicherheit", "surete", "seguridad", "sakerhet*", "sikkerhed*", "guvenlik*", "bezpecnost*",
                 "bezpieczenst*", "biztonsag*", "turvallisuus*", "isps", "ssc"),
    "terminal_handling": ("thc", "terminal handling", "othc", "dthc"),
    "handling": ("handling", "handling fee", "handling charge", "manutention", "manutencion"),
    "saturday": ("saturday", "samstag", "samedi", "sabado", "sabato", "zaterdag", "lordag", "lordagslevering",
                 "lauantai", "sobota", "w sobote", "sobotni"),
    "timed": ("fixtermin", "timed delivery", "timed", "time definite", "before noon", "am delivery", "pre-9", "pre 9",
              "pre-10", "pre 10", "pre-12", "pre 12", "by noon", "terminzustellung", "terminlieferung"),
    "cash_on_delivery": ("cod", "cash on delivery", "nachnahme", "reembolso", "contre remboursement", "contrassegno",
                         "rembours", "pobranie", "za pobraniem", "dobirka", "efterkrav", "postforskott"),
    "oversize": ("oversize", "oversized", "out of gauge", "overlength", "over length", "over-length",
                 "uberlange", "langgut",
                 "sperrgut", "hors gabarit", "hors norme", "fuori misura", "fuori sagoma", "fuera de medidas",
                 "non-conveyable", "ponadgabaryt*", "overmaat"),
    "limited_access": ("limited access", "restricted access", "dificuldade de entrega", "tde"),
    "pre_pull": ("pre-pull", "prepull", "pre pull", "chassis split"),
    "return": ("rucksendung", "retoure", "return shipment", "return to sender", "returns",
               "devolucion", "devolucao", "reso"),
    "address_correction": ("address correction", "adresskorrektur"),
    "customs": ("customs", "verzollung", "zoll", "douane", "aduana"),
}  # fmt: skip
# What a shipment pays only where it asks for it, or needs it: never for being carried.
ASKED_FOR = frozenset(
    ["dangerous_goods", "tail_lift", "residential", "remote_area", "notification", "redelivery", "waiting", "storage",
     "pallet_exchange", "saturday", "timed", "cash_on_delivery", "oversize", "limited_access", "pre_pull", "return",
     "address_correction"]
)  # fmt: skip
# German and Dutch write the charge and its kind as one word: Treibstoffzuschlag, Brandstoftoeslag.
_COMPOUND = r"(?:s?(?:zuschl[a-z]+|gebuhr(?:en)?|pauschale|abgabe|toeslag(?:en)?|heffing|floater|kosten|tarief))?"


def _pattern_of(word: str) -> str:
    """A word as a pattern: with "*" it may end in any letters, as words of many languages are inflected."""
    return re.escape(word.removesuffix("*")) + ("[a-z]*" if word.endswith("*") else "")


_WORDS = {
    meaning: re.compile(r"(?<![a-z0-9])(?:" + "|".join(map(_pattern_of, words)) + rf"){_COMPOUND}(?![a-z0-9])")
    for meaning, words in MEANINGS.items()
}


@lru_cache(maxsize=4096)
def meaning_of(name: str) -> str:
    """The meaning of a charge by its name ("Mautzuschlag" → toll); empty where no word tells."""
    text = folded_name(name)
    return next((meaning for meaning, pattern in _WORDS.items() if pattern.search(text)), "")


def folded_name(name: str) -> str:
    """A name as it is compared: no accents, lower case, single spaces."""
    return fold_words(name)
