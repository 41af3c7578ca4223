"""What a charge on top is in the trade, whatever a carrier calls it: one word for each, told from its name. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from common.text import fold_words

# Words of the trade in the languages of cards, folded: lower case, no accents. The first that is found decides, so
# narrower meanings stand before wider ones.
MEANINGS: dict[str, tuple[str, ...]] = {
    "toll": ("toll", "maut", "mautzuschlag", "lkw-maut", "peage", "peaje", "pedaggio", "pedagio", "tol", "myto"),
    "fuel": ("fuel", "diesel", "dieselfloater", "dieselzuschlag", "treibstoff", "kraftstoff", "energiezuschlag",
             "carburant", "gasoil", "gazole", "combustible", "combustivel", "carburante", "brandstof", "paliwo",
             "bunker", "baf", "fsc"),
    "insurance": ("insurance", "versicherung", "transportversicherung", "value protection", "assurance", "seguro",
                  "assicurazione", "verzekering", "ubezpieczenie", "declared value"),
    "ad_valorem": ("ad valorem", "frete valor"),
    "theft_risk": ("gris",),
    "dangerous_goods": ("dangerous goods", "dangerous good", "hazardous", "hazmat", "gefahrgut",
                        "gefahrgutzuschlag", "adr", "matieres dangereuses", "mercancias peligrosas",
                        "merci pericolose", "gevaarlijke stoffen"),
    "tail_lift": ("liftgate", "lift gate", "tail lift", "tail-lift", "hebebuhne", "hebebuhnenfahrzeug", "hayon",
                  "plataforma elevadora", "sponda idraulica", "laadklep"),
    "residential": ("residential", "privatzustellung", "private address", "particulier"),
    "remote_area": ("remote area", "extended area", "outlying", "insel", "inselzuschlag", "zone eloignee"),
    "notification": ("notification", "avis", "avisierung", "notify", "agendamento", "prise de rendez-vous"),
    "redelivery": ("redelivery", "zweite zustellung", "zweitzustellung", "reentrega", "second delivery"),
    "waiting": ("detention", "waiting", "standgeld", "wartezeit", "stand time", "attente"),
    "storage": ("storage", "lagergeld", "armazenagem", "demurrage"),
    "dispatch": ("despacho", "documentacion", "documentazione", "dokumentation", "documentatie", "emissao",
                 "bl fee", "b/l fee", "awb", "air waybill", "document fee", "documentation", "bill of lading fee",
                 "air waybill fee", "awb fee"),
    "pallet_exchange": ("palettentausch", "tauschgebuhr", "pallet exchange"),
    "security": ("security", "sicurezza", "veiligheid", "sicherheit", "sicherheitszuschlag", "sicherheitsgebuhr",
                 "luftsicherheit",
                 "surete", "seguridad"),
    "terminal_handling": ("thc", "terminal handling", "othc", "dthc"),
    "saturday": ("saturday", "samstag", "samedi", "sabado", "sabato", "zaterdag"),
    "timed": ("fixtermin", "timed delivery", "before noon"),
    "address_correction": ("address correction", "adresskorrektur"),
    "customs": ("customs", "verzollung", "zoll", "douane", "aduana"),
}  # fmt: skip
# German and Dutch write the charge and its kind as one word: Treibstoffzuschlag, Brandstoftoeslag.
_COMPOUND = r"(?:s?(?:zuschl[a-z]+|gebuhr(?:en)?|pauschale|abgabe|toeslag(?:en)?|heffing|floater|kosten|tarief))?"
_WORDS = {
    meaning: re.compile(
        r"(?<![a-z0-9])(?:" + "|".join(re.escape(word) for word in words) + rf"){_COMPOUND}(?![a-z0-9])"
    )
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
