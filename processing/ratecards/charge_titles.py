"""What the title of a table of charges says about when they are due. Pure."""

from __future__ import annotations

import re

from invoices.rate_records import Applies

_DUE = re.compile(
    r"\b(?:always|mandatory|compulsory|obligator\w+|obligatoir\w*|obbligator\w+|sempre|siempre|toujours|immer|altijd|"
    r"verplicht\w*|(?:all|every|each) (?:shipments?|consignments?)|(?:alle|jede) sendung\w*|chaque exp[ée]dition|"
    r"todos (?:los|os) env[íi]os|cada env[íi]o|ogni spedizione|elke zending|automatically (?:applied|added))\b",
    re.I,
)
_WANTED = re.compile(
    r"\b(?:optional\w*|on request|upon request|if required|where required|value[- ]added|auf wunsch|wahlweise|"
    r"opcional\w*|a petici[óo]n|en option|optionn?el\w*|sur demande|facoltativ\w+|a richiesta|op verzoek)\b",
    re.I,
)


def applies_by_title(title: str) -> Applies:
    """``always`` or ``asked`` where a title says so, else empty."""
    if _WANTED.search(title):
        return "asked"
    return "always" if _DUE.search(title) else ""
