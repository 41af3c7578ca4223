"""The charges on top of the freight that apply to a shipment, in their order, fuel and taxes. Pure, Decimal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date as Date
from decimal import Decimal

from invoices.rate_records import CardData, FuelBandData, RateData, RuleData, SurchargeData
from invoices.rate_records.charges import folded_name, meaning_of
from invoices.rating.conditions import holds
from invoices.rating.freight import freight_amount, in_break, missing_axis, quantities
from invoices.rating.lanes import Lane
from invoices.rating.money import rounded
from invoices.rating.records import FREIGHT_KINDS, Charge, Shipment
from invoices.rating.rulebook import of_kind, same_class
from invoices.rating.units import Steps, Weight, units_charged
from invoices.rating.weights import ZERO, plain

FUEL_SEQUENCE, AFTER_FUEL = 500, 600
_ALWAYS = frozenset(
    ["always", "mandatory", "all shipments", "every shipment", "per shipment", "immer", "alle sendungen", "siempre",
     "todos los envíos", "obligatorio", "toujours", "obligatoire"]
)  # fmt: skip
_TOTAL_WORDS = ("total", "all charges", "gesamt", "surcharges", "everything", "zuschläge")


@dataclass(slots=True)
class Bill:
    """The charges of one quote as they come together. ``missing`` are those that could not be priced."""

    card: CardData
    shipment: Shipment
    lane: Lane
    day: Date
    weight: Weight
    currency: str
    rules: Sequence[RuleData]
    charges: list[Charge] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    @property
    def freight(self) -> Decimal:
        return sum((c.amount for c in self.charges if c.kind in FREIGHT_KINDS), ZERO)

    def add(self, charge: Charge) -> None:
        self.charges.append(charge if charge.currency else replace(charge, currency=self.currency))

    def lack(self, name: str) -> None:
        if name not in self.missing:
            self.missing.append(name)


def named_by(surcharges: Sequence[SurchargeData], name: str) -> SurchargeData | None:
    """The charge of a card that a shipment asks for: by code or name, by its meaning, or by words that only one has."""
    wanted = folded_name(name)
    if not wanted:
        return None
    tests: tuple[Callable[[SurchargeData], bool], ...] = (
        lambda s: wanted in (folded_name(s.code), folded_name(s.name)),
        lambda s: wanted.replace(" ", "_") == (s.meaning or meaning_of(s.name)),
        lambda s: _within(wanted, folded_name(s.name)),
        lambda s: bool(meaning := meaning_of(name)) and meaning == (s.meaning or meaning_of(s.name)),
    )
    for same in tests:
        found = [surcharge for surcharge in surcharges if same(surcharge)]
        if found and len({folded_name(s.name) for s in found}) == 1:
            return found[0]
        if found:
            return None
    return None


def _within(wanted: str, name: str) -> bool:
    words = wanted.split()
    return f" {wanted} " in f" {name} " or (len(words) > 1 and set(words) <= set(name.split()))


def is_always(surcharge: SurchargeData) -> bool:
    """Whether words alone say that every shipment pays it."""
    return not surcharge.applies and surcharge.condition.casefold().strip(" .") in _ALWAYS


def is_included(surcharge: SurchargeData) -> bool:
    return surcharge.applies == "included"


def holding(surcharges: Sequence[SurchargeData], day: Date) -> list[SurchargeData]:
    """Those that are valid on a day."""
    return [s for s in surcharges if not ((s.valid_from and day < s.valid_from) or (s.valid_to and day > s.valid_to))]


def unknown_accessorials(card: CardData, shipment: Shipment, day: Date) -> list[str]:
    """What a shipment asks for that the card does not know."""
    known = holding(card.surcharges, day)
    names = [n for n in shipment.accessorials if n.strip() and named_by(known, n) is None]
    if card.fuel:
        names = [name for name in names if meaning_of(name) != "fuel"]
    return sorted(names)


def add_extras(bill: Bill) -> None:
    """Adds the charges that apply, fuel at its place, and taxes last."""
    steps: list[tuple[int, int, Callable[[], None]]] = []
    wanted = _asked(bill)
    for index, surcharge in enumerate(holding(bill.card.surcharges, bill.day)):
        if _applies(surcharge, bill, asked=id(surcharge) in wanted):
            steps.append((_sequence(surcharge), index, lambda s=surcharge: _add_surcharge(s, bill)))  # type: ignore[misc]
    if bill.card.fuel:
        steps.append((FUEL_SEQUENCE, 0, lambda: _add_fuel(bill)))
    for _, _, step in sorted(steps, key=lambda found: found[:2]):
        step()
    for rule in bill.rules:
        if rule.kind in ("tax_inside", "tax_on_top") and rule.value is not None:
            _add_tax(rule, bill)


def _asked(bill: Bill) -> set[int]:
    known = holding(bill.card.surcharges, bill.day)
    found = (named_by(known, name) for name in bill.shipment.accessorials)
    return {id(surcharge) for surcharge in found if surcharge is not None}


def _sequence(surcharge: SurchargeData) -> int:
    """Without one of its own, a percentage of fuel comes after fuel; everything else before."""
    if surcharge.sequence or "fuel" not in surcharge.applies_to.casefold():
        return surcharge.sequence
    return AFTER_FUEL


def _applies(surcharge: SurchargeData, bill: Bill, *, asked: bool) -> bool:
    if asked or (surcharge.applies in ("", "asked", "included", "on_request") and not is_always(surcharge)):
        return asked
    found = holds(surcharge.conditions, bill.shipment, bill.lane, bill.day, bill.weight)
    if found is None:
        bill.lack(name_of(surcharge))
    return bool(found)


def name_of(surcharge: SurchargeData) -> str:
    """What ``incomplete`` calls a charge: its meaning, else its code, else its name."""
    return surcharge.meaning or meaning_of(surcharge.name) or surcharge.code or surcharge.name


def _add_surcharge(surcharge: SurchargeData, bill: Bill) -> None:
    kind = surcharge.kind or ("fuel" if name_of(surcharge) == "fuel" else "accessorial")
    if is_included(surcharge):
        bill.add(Charge(surcharge.code, surcharge.name, ZERO, "included in the freight", dict(surcharge.source), kind))
        return
    found = None if surcharge.applies == "on_request" else _amount(surcharge, bill)
    if found is None:
        bill.lack(name_of(surcharge))
        return
    amount, how, source, currency = found
    if surcharge.minimum is not None and amount < surcharge.minimum:
        amount, how = surcharge.minimum, f"minimum {plain(surcharge.minimum)} (instead of {how})"
    if surcharge.maximum is not None and amount > surcharge.maximum:
        amount, how = surcharge.maximum, f"maximum {plain(surcharge.maximum)} (instead of {how})"
    amount = rounded(amount, currency, _price_step(bill, surcharge))
    bill.add(Charge(surcharge.code, surcharge.name, amount, how, source, kind, currency))


def _price_step(bill: Bill, surcharge: SurchargeData) -> RuleData | None:
    rules = [r for r in bill.rules if r.kind == "price_rounding" and r.charge]
    own = {folded_name(surcharge.code), folded_name(surcharge.name)} - {""}
    return of_kind([r for r in rules if folded_name(r.charge) in own], "price_rounding")


def _amount(surcharge: SurchargeData, bill: Bill) -> tuple[Decimal, str, dict[str, object], str] | None:
    """The amount, its arithmetic, its cells and its currency: that of the row where a table has one of its own."""
    source, currency = dict(surcharge.source), surcharge.currency or bill.currency
    if surcharge.basis == "table":
        return _by_table(surcharge, bill)
    if surcharge.basis == "percent":
        base = base_of(surcharge.applies_to, bill, currency)
        if base is None:
            return None
        return base * surcharge.value / 100, f"{plain(surcharge.value)} % of {plain(base)}", source, currency
    if surcharge.basis == "per_unit":
        steps = Steps(
            surcharge.increment, surcharge.rounding, surcharge.minimum_units, surcharge.maximum_units,
            surcharge.free_units,
        )  # fmt: skip
        units = units_charged(surcharge.unit, steps, bill.shipment, bill.weight)
        if units is None:
            return None
        return surcharge.value * units, f"{plain(surcharge.value)} × {plain(units)} {surcharge.unit}", source, currency
    return surcharge.value, f"{plain(surcharge.value)} flat", source, currency


def base_of(applies_to: str, bill: Bill, currency: str) -> Decimal | None:
    """What a percentage is taken of: freight, tariff, goods value, all charges so far, or charges that it names, joined
    by "+". None where the shipment does not say it, the charge is not there, or its currency is another."""
    total = ZERO
    for part in applies_to.split("+"):
        found = _base_part(part.strip(), bill, currency)
        if found is None:
            return None
        total += found
    return total


def _base_part(text: str, bill: Bill, currency: str) -> Decimal | None:
    key = text.casefold()
    charges = bill.charges
    if key in ("", "freight"):
        charges = [c for c in charges if c.kind in FREIGHT_KINDS]
    elif key == "tariff":
        charges = [c for c in charges if c.kind == "freight"]
    elif key == "goods_value":
        return bill.shipment.declared_value
    elif key == "fuel":
        charges = [c for c in charges if c.kind == "fuel"]
    elif not any(word in key for word in _TOTAL_WORDS):
        named = [c for c in charges if key in (c.code.casefold(), c.name.casefold()) and c.kind not in FREIGHT_KINDS]
        # Words that name no charge ("transport charge", "Fracht"): the freight.
        charges = named or [c for c in charges if c.kind in FREIGHT_KINDS]
    if any((c.currency or bill.currency) != currency for c in charges):
        return None
    return sum((c.amount for c in charges), ZERO)


# --- Tabulated charges ------------------------------------------------------------------------------------------------


def rows_of(surcharge: SurchargeData, rates: Sequence[RateData]) -> list[RateData]:
    """The rates that price a charge of the basis ``table``."""
    own = {folded_name(surcharge.code), folded_name(surcharge.name)} - {""}
    return [rate for rate in rates if rate.charge and folded_name(rate.charge) in own]


def _by_table(surcharge: SurchargeData, bill: Bill) -> tuple[Decimal, str, dict[str, object], str] | None:
    shipment = bill.shipment
    rows = [
        (match, rate)
        for rate in rows_of(surcharge, bill.card.rates)
        if _row_holds(rate, bill) and (match := bill.lane.match(rate.origin, rate.destination, rate.zone)) is not None
    ]
    if not rows:
        return None
    best = max(match for match, _ in rows)
    own = [rate for match, rate in rows if match == best]
    for rate in own:
        first, second = quantities(rate, shipment, bill.weight)
        if missing_axis(rate, first, second) or not in_break(rate, first, second, own):
            continue
        if rate.unit == "percent":
            found = _percent_row(rate, surcharge, bill)
        else:
            amount = freight_amount(rate, shipment, bill.weight, own, [RuleData("next_break", choice="no")])
            found = None if amount is None else (amount.value, amount.how)
        if found is None:
            return None
        currency = rate.currency or surcharge.currency or bill.currency
        return found[0], found[1], {**surcharge.source, **rate.source}, currency
    return None


def _row_holds(rate: RateData, bill: Bill) -> bool:
    shipment, day = bill.shipment, bill.day
    return (
        not (rate.valid_from and day < rate.valid_from)
        and not (rate.valid_to and day > rate.valid_to)
        and (not rate.service or not shipment.service or folded_name(rate.service) == folded_name(shipment.service))
        and (not rate.equipment or folded_name(rate.equipment) == folded_name(shipment.equipment))
        and (not rate.freight_class or same_class(rate.freight_class, shipment.freight_class))
        and bool(holds(rate.conditions, shipment, bill.lane, day, bill.weight))
    )


def _percent_row(rate: RateData, surcharge: SurchargeData, bill: Bill) -> tuple[Decimal, str] | None:
    base = base_of(rate.applies_to or surcharge.applies_to, bill, rate.currency or surcharge.currency or bill.currency)
    if base is None:
        return None
    amount, how = base * rate.value / 100, f"{plain(rate.value)} % of {plain(base)}"
    if rate.base_charge:
        amount, how = amount + rate.base_charge, f"{plain(rate.base_charge)} + {how}"
    if rate.minimum is not None and amount < rate.minimum:
        amount, how = rate.minimum, f"minimum {plain(rate.minimum)} (instead of {how})"
    if rate.maximum is not None and amount > rate.maximum:
        amount, how = rate.maximum, f"maximum {plain(rate.maximum)} (instead of {how})"
    return amount, how


# --- Fuel -------------------------------------------------------------------------------------------------------------


def _add_fuel(bill: Bill) -> None:
    index = bill.shipment.fuel_index
    bands = list(_fuel_bands(bill))
    if not bands:
        return
    for band in bands:
        bounded = band.index_from is not None or band.index_to is not None
        if bounded and (index is None or not _in_band(band, index)):
            continue
        percent = band.percent + _further(band, index)
        at = f" at index {plain(index)}" if index is not None and bounded else ""
        amount = _fuel_amount(band, percent, bill)
        if amount is None:
            break
        value, how = amount
        if band.minimum is not None and value < band.minimum:
            value, how = band.minimum, f"minimum {plain(band.minimum)} (instead of {how})"
        currency = band.currency or bill.currency
        value = rounded(value, currency)
        bill.add(Charge("FSC", "Fuel surcharge", value, how + at, dict(band.source), "fuel", currency))
        return
    lowest = min((b.index_from for b in bands if b.index_from is not None), default=None)
    first = next((b for b in bands if b.index_from == lowest), None)
    if index is not None and lowest is not None and index < lowest and first is not None and not first.percent:
        how = f"0 at index {plain(index)}, below the table"
        bill.add(Charge("FSC", "Fuel surcharge", ZERO, how, dict(first.source), "fuel"))
        return
    bill.lack("fuel")


def _fuel_bands(bill: Bill) -> Iterator[FuelBandData]:
    rule = of_kind(bill.rules, "fuel_index")
    shipment, day = bill.shipment, bill.day
    for band in bill.card.fuel:
        if (band.valid_from and day < band.valid_from) or (band.valid_to and day > band.valid_to):
            continue
        if band.service and shipment.service and folded_name(band.service) != folded_name(shipment.service):
            continue
        if band.equipment and shipment.equipment and folded_name(band.equipment) != folded_name(shipment.equipment):
            continue
        if rule is not None and rule.index_name and band.index_name and band.index_name != rule.index_name:
            continue
        yield band


def _in_band(band: FuelBandData, index: Decimal) -> bool:
    if band.index_from is not None and index < band.index_from:
        return False
    if band.index_to is None or (band.index_step and band.percent_step is not None):
        return True
    return index < band.index_to or band.index_to == band.index_from == index


def _further(band: FuelBandData, index: Decimal | None) -> Decimal:
    """Each started step above the band's start adds its percentage."""
    if index is None or not band.index_step or band.percent_step is None or band.index_from is None:
        return ZERO
    steps = ((index - band.index_from) / band.index_step).to_integral_value(rounding="ROUND_CEILING")
    return max(steps, ZERO) * band.percent_step


def _fuel_amount(band: FuelBandData, percent: Decimal, bill: Bill) -> tuple[Decimal, str] | None:
    if band.unit and band.unit != "percent":
        units = units_charged(band.unit, Steps(), bill.shipment, bill.weight)
        return None if units is None else (percent * units, f"{plain(percent)} × {plain(units)} {band.unit}")
    base = base_of(band.base, bill, band.currency or bill.currency)
    return None if base is None else (base * percent / 100, f"{plain(percent)} % of {plain(base)}")


# --- Tax --------------------------------------------------------------------------------------------------------------


def _add_tax(rule: RuleData, bill: Bill) -> None:
    """Of the sum in the quote's currency. ``por dentro``: the tax is part of the price that it is reckoned on."""
    value = rule.value or ZERO
    base = sum((c.amount for c in bill.charges if (c.currency or bill.currency) == bill.currency), ZERO)
    if rule.kind == "tax_inside":
        if not 0 <= value < 100:
            bill.lack(rule.name or "tax")
            return
        total = rounded(base / (1 - value / 100), bill.currency)
        amount, how = total - base, f"{plain(base)} / (1 − {plain(value)} %) − {plain(base)}"
    else:
        amount, how = rounded(base * value / 100, bill.currency), f"{plain(value)} % of {plain(base)}"
    bill.add(Charge("TAX", rule.name or "Tax", amount, how, dict(rule.source), "tax"))
