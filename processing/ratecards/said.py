"""What the rules made of a card's sentences, in the words of the plan: a model is told, and need not say it again.
Pure."""

from __future__ import annotations

from processing.ratecards.read import CardReading

_TOLD = 160  # characters


def read_notes_of(reading: CardReading) -> dict[str, str]:
    """What was read, by the source of its cell: "discount 68.5", or "?" where figures are not understood."""
    said: dict[str, list[str]] = {}
    card = reading.card
    for rule in card.rules:
        place = str(rule.source.get("words"))
        if rule.kind == "not_understood":
            said.setdefault(place, []).append("?")
            continue
        value = f"{rule.classes}>{rule.rated_as}" if rule.rated_as else rule.value
        words = (rule.kind, value, rule.unit, rule.choice, rule.lag, rule.index_name)
        said.setdefault(place, []).append(" ".join(str(word) for word in words if word not in (None, "")))
    for charge in card.surcharges:
        place = str(charge.source.get("value") or charge.source.get("name"))
        limits = [f"min={charge.minimum}" if charge.minimum is not None else "",
                  f"max={charge.maximum}" if charge.maximum is not None else "",
                  f"of={charge.applies_to}" if charge.applies_to else "", charge.unit, charge.applies]  # fmt: skip
        unit = "%" if charge.basis == "percent" else ""
        text = f"surcharge {charge.value}{unit} " + " ".join(filter(None, limits))
        said.setdefault(place, []).append(text.strip())
    for band in card.fuel:
        said.setdefault(str(band.source.get("percent")), []).append(f"fuel {band.percent}")
    for name, kept in card.evidence.items():
        if isinstance(kept, dict):
            said.setdefault(str(kept.get("source")), []).append(name)
    return {
        place: "?" if "?" in texts else "; ".join(dict.fromkeys(texts))[:_TOLD] for place, texts in said.items()
    }  # fmt: skip
