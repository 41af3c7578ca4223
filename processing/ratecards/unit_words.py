"""Words for what a price is by, in the languages of cards: "za kus", "/db", "adet başına". Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from common.text import fold_words

# Folded words; one with "*" may end in any letters, "_" is a blank.
_WORDS: dict[str, str] = {
    "piece": "kus kusu kusy ks szt sztuk* st styck* stykk* adet db darab* kpl kappale* stuks stuk bucat* buc gab vnt "
    "tk komad* kos package* packstuck* paczk* balik* zasielk* csomag* paket* pakk* cartone* pecas peca item* box "
    "enhet* enhed* eenheid* jednostk* unidad* unite unita birim* einheit* yksik*",
    "pallet": "palet* palett* raklap* lava* lavo* pall pallplats* eur-pal* europal* ladungstrager",
    "flat": "gonderi* kuldemen* lahet* sandning* siunt* sutij* posiljk* trimitere* expedier* envio* "
    "despacho* zlecen* objednavk* order* opdrag* opdracht* auftrag* tour tura kurs kursu jazd* jizd* "
    "przejazd* fahrt rit ritten sefer* korn* tur turen resa keikka fuvar* przesylk* voyage* trajet* viaje* "
    "viagem camion* auto* kamyon* "
    "truck* abholauftrag delivery deliveries stopp",
    "bill": "waybill* lettre_de_voiture air_waybill* airwaybill* bill_of_lading conhecimento* conocimiento* polizza* "
    "cognossement* konnossement* "
    "konosament* dokument* document* frachtbrief* vrachtbrief* list_przewozowy cmr cte lta hawb mawb",
    "container": "kontejner* kontener* contentor* container* conteneur* konteyner* konteiner* containere* containers",
    "kg": "kilogram* kilo",
    "hour": "timme* time timer uur* godz* hodin* ora* ore saat* tunti* stund* hr hrs h",
    "day": "dygn dagar dag dagen doba dobe den dni dnu gun* nap paiva* zi zile giorn* dia dias tage",
    "m3": "kubik* kbm kubm",
    "stop": "stop* losplaats* laadplaats* zastavk* abladestell*",
}
_PER = re.compile(r"(?:(?<![^\W\d_])/|\b(?:per|pro|je|por|par|al|pr|cada|na|za|od|pe|elke|varje|hver|every|each)\b\.?)"
                  r"\s*(?P<w>[^\W\d_][\w.-]*(?:\s[^\W\d_][\w-]*){0,2})", re.I)  # fmt: skip
_BEHIND = re.compile(r"(?P<w>[^\W\d_]{2,12})\s+ba[sş][ıi](?:na)?\b", re.I)
_KNOWN = {
    unit: re.compile("|".join(
        re.escape(word.removesuffix("*").replace("_", " ")) + ("[a-z]*" if word.endswith("*") else r"(?![a-z])")
        for word in sorted(words.split(), key=len, reverse=True)
    ))
    for unit, words in _WORDS.items()
}  # fmt: skip


@lru_cache(maxsize=4_096)
def unit_by_word(text: str) -> tuple[str, int, int] | None:
    """The unit that a text charges by, with where it says so; None where it names none of these words."""
    for match in (*_PER.finditer(text), *_BEHIND.finditer(text)):
        folded = fold_words(match["w"])
        for unit, pattern in _KNOWN.items():
            if found := pattern.match(folded):
                words = re.match(r"\S+(?:\s+\S+)" + f"{{{found[0].count(' ')}}}", match["w"])
                length = len(words[0]) if words else len(match["w"])
                return unit, match.start(), match.start("w") + length if match.re is _PER else match.end()
    return None
