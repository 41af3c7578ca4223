"""Words that say of a charge in a note when it is due: always, when asked for, by what it is in the trade. Pure."""

from __future__ import annotations

import re

from invoices.rate_records import SurchargeData
from invoices.rate_records.charges import ASKED_FOR
from processing.ratecards.other_rows import ALWAYS

FUEL_NAMED = re.compile(
    r"fuel|treibstoff|kraftstoff|diesel|combustible|carburant|bunker|brandstof|gas[oó]leo|gazole", re.I
)
# Words that make a note one of a charge, and such that name one only beside an amount.
CHARGE_NAMED = re.compile(
    r"surcharge|\bfees?\b|\btolls?\b|zuschl[aä]g|geb[üu]hr|\bmaut\b|recargo|suplemento|\bpeajes?\b|suppl[ée]ment|surtaxe|"
    r"\bcharges?\s*:|\w*till[äaæe]gg?\b|\blis[äa]\b|dop[łl]ata|p[řr][íi]platek|pr[íi]platok|fel[áa]r\b|"
    r"\bfark[ıi]\b|\bek [üu]cret|"
    r"\bp[ée]age|toeslag|sovrapprezzo|supplemento|sobretaxa|\btaxa\b",
    re.I,
)
SERVICE_NAMED = re.compile(
    r"residential|saturday|sunday|weekend|lift[- ]?gate|tail[- ]?lift|re-?delivery|remote|extended area|peak|season|"
    r"oversize|over length|overlength|hazardous|dangerous goods|\badr\b|\bthc\b|\bisps\b|\bbaf\b|\bcaf\b|insurance|"
    r"\bcod\b|cash on delivery|appointment|notification|waiting|storage|documentation|customs|inside delivery|"
    r"samstag|sonntag|hebeb[üu]hne|avis|gefahrgut|nachnahme|versicherung|inselzustellung|privatzustellung|wartezeit|"
    r"sperrgut|verzollung|s[áa]bado|domingo|residencial|plataforma|trampilla|zona remota|mercanc[íi]a peligrosa|"
    r"reembolso|seguro|espera|almacenaje|cita previa|hayon|samedi|assurance|rendez-vous|matières dangereuses",
    re.I,
)
ALWAYS_SAID = re.compile(
    r"\b(?:on |auf |en |op |su |em )?((?:all|every|each) (?:shipments?|consignments?)|(?:alle|jede) sendung(?:en)?|"
    r"todos (?:los|os) env[íi]os|(?:toutes|chaque) (?:les )?exp[ée]ditions?|(?:alle|elke) zending(?:en)?|"
    r"tutte le spedizioni|ogni spedizione|always applied|always|mandatory|immer|toujours|siempre|sempre|altijd|alltid|"
    r"altid|zawsze|v[žz]dy|her zaman|aina|mindig|todas as (?:remessas|entregas)|"
    r"ka[żz]d\w+ (?:przesy[łl]k\w+|z[áa]silk\w+))\b",
    re.I,
)
WANTED = re.compile(
    r"on (?:request|demand)|upon request|if (?:requested|required|applicable|needed|necessary)|"
    r"where (?:applicable|required)|optional|auf (?:wunsch|anforderung|anfrage)|"
    r"bei bedarf|falls (?:erforderlich|n[öo]tig)|"
    r"sur demande|si n[ée]cessaire|le cas [ée]ch[ée]ant|en option|a petici[óo]n|bajo demanda|"
    r"opcional|si (?:procede|aplica)|"
    r"su richiesta|a richiesta|sob (?:pedido|consulta)|se (?:necess[áa]ri[oa]|aplic[áa]vel)|op verzoek|"
    r"indien van toepassing|na życzenie|w razie potrzeby|na vyžádání|v p[řr][íi]pad[ěe] pot[řr]eby|p[åa] beg[äæ]ran|"
    r"ved behov|vid behov|etter ønske|pyydettäessä|gerekirse|iste[ğg]e ba[ğg]l[ıi]",
    re.I,
)
_SOMETIMES = frozenset({"insurance"})
_STATED_UNITS = frozenset({"day", "hour", "minute", "stop", "piece", "pallet"})


def known_to_apply(charge: SurchargeData, text: str) -> bool:
    """Whether a note tells when its charge is due: by the trade's name for it, in words, or because its unit is
    something that a shipment must state (a day, an hour, a stop)."""
    if charge.applies or charge.unit in _STATED_UNITS or charge.meaning in ASKED_FOR | _SOMETIMES:
        return True
    if charge.meaning:  # handling, customs: some carriers charge them always, others when asked
        return charge.meaning in ALWAYS and (not charge.condition or charge.meaning == "fuel")
    if charge.basis == "percent":
        return bool(charge.condition or FUEL_NAMED.search(text) or SERVICE_NAMED.search(text))
    return bool(CHARGE_NAMED.search(text) or SERVICE_NAMED.search(text))
