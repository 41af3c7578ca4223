"""Thirteen made-up carriers and their rate cards, with what a reader must find in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from samples.rate_card_files import Tab, delimited, pdf, workbook

Rate = dict[str, Any]


@dataclass(frozen=True)
class CardSample:
    """A file, how its bytes are made, and what it holds. ``rates`` are keys and prices as strings; ``zones`` and
    ``surcharges`` counts, or rows by name."""

    file: str
    draw: Callable[[], bytes]
    header: dict[str, str]
    rates: list[Rate]
    zones: int = 0
    surcharges: list[dict[str, str]] = field(default_factory=list)
    fuel: list[dict[str, str]] = field(default_factory=list)


def price(value: float) -> str:
    return f"{value:.2f}"


def _parcel_matrix() -> CardSample:
    zones, weights = ["1", "2", "3", "4"], [1, 2, 5, 10, 20, 31.5]
    matrix = [[round(4.2 + 0.9 * z + 0.55 * w + 0.07 * z * w, 2) for z in range(4)] for w in range(6)]
    rows: list[list[Any]] = [[_weight(w), *matrix[n]] for n, w in enumerate(weights)]
    areas = [("01", "19", "1"), ("20", "39", "2"), ("40", "69", "3"), ("70", "99", "4")]
    below = ["Residential delivery EUR 1.25 per shipment", "Dimensional divisor 5000", "All prices exclude VAT."]
    above = [
        "Northgale Parcel - Domestic Rates 2026", "Carrier: Northgale Parcel Ltd",
        "Valid from 01.01.2026 to 31.12.2026", "Prices in EUR, weights in kg",
    ]  # fmt: skip
    tabs = [
        Tab(
            "Rates",
            above,
            ["Weight up to (kg)", *(f"Zone {z}" for z in zones)],
            rows,
            below,
            [("", 1), ("Price per parcel", 4)],
        ),
        Tab("Zones", ["Zones by postal code"], ["Postal code from", "Postal code to", "Zone"], areas),
    ]
    rates = [
        {"zone": z, "break_to": _weight(w), "value": price(matrix[i][j])}
        for i, w in enumerate(weights)
        for j, z in enumerate(zones)
    ]
    header = {
        "currency": "EUR",
        "valid_from": "2026-01-01",
        "valid_to": "2026-12-31",
        "carrier_name": "Northgale Parcel Ltd",
    }
    return CardSample("northgale_parcel.xlsx", lambda: workbook(tabs), header, rates, zones=4)


def _weight(value: float) -> str:
    return f"{value:g}"


def _parcel_german() -> CardSample:
    weights = [2, 5, 10, 20, 30]
    matrix = [[round(5.1 + 1.3 * z + 0.42 * w, 2) for z in range(3)] for w in range(5)]
    above = [
        "Preisliste Paketversand 2026", "Frachtführer: Hansekurier Logistik GmbH",
        "Gültig ab 01.02.2026 bis 31.01.2027", "Alle Preise in EUR zzgl. MwSt., Gewicht in kg",
    ]  # fmt: skip
    tab = Tab(
        "Preise", above, ["Gewicht bis kg", "Zone 1", "Zone 2", "Zone 3"],
        [[_weight(w), *matrix[n]] for n, w in enumerate(weights)],
    )  # fmt: skip
    rates = [
        {"zone": str(j + 1), "break_to": _weight(w), "value": price(matrix[i][j])}
        for i, w in enumerate(weights)
        for j in range(3)
    ]
    header = {
        "currency": "EUR", "valid_from": "2026-02-01", "valid_to": "2027-01-31",
        "carrier_name": "Hansekurier Logistik GmbH",
    }  # fmt: skip
    return CardSample("hansekurier_pakete.pdf", lambda: pdf([tab], decimal_comma=True), header, rates)


def _ltl() -> CardSample:
    lanes = [("Dallas, TX", "Denver, CO"), ("Dallas, TX", "Phoenix, AZ"), ("Memphis, TN", "Atlanta, GA")]
    classes = ["50", "70", "100"]
    breaks = ["L5C", "M5C", "M1M", "M2M"]
    names = ["0 - 499 lb", "500 - 999 lb", "1000 - 1999 lb", "2000 - 4999 lb"]
    bounds = [("0", "499"), ("500", "999"), ("1000", "1999"), ("2000", "4999")]
    rows: list[list[Any]] = []
    rates: list[Rate] = []
    for i, (origin, destination) in enumerate(lanes):
        for j, freight_class in enumerate(classes):
            prices = [round(48.5 + 6.2 * i + 9.75 * j - 5.1 * n, 2) for n in range(4)]
            minimum = round(92.0 + 8 * i, 2)
            rows.append([origin, destination, freight_class, minimum, *prices])
            rates += [
                {
                    "origin": origin, "destination": destination, "freight_class": freight_class,
                    "break_from": bounds[n][0], "value": price(prices[n]), "minimum": price(minimum), "unit": "cwt",
                }
                for n in range(len(breaks))
            ]  # fmt: skip
    above = [
        "Caprock Freight Lines - LTL Class Rates", "Carrier: Caprock Freight Lines Inc", "SCAC: CPKF",
        "Effective 03/01/2026 through 02/28/2027", "Rates in USD per CWT",
    ]  # fmt: skip
    tab = Tab(
        "LTL",
        above,
        ["Origin", "Destination", "Class", "Minimum Charge", *names],
        rows,
        (),
        [("", 4), ("Rate per CWT", 4)],
    )
    header = {"currency": "USD", "carrier_code": "CPKF", "carrier_name": "Caprock Freight Lines Inc"}
    return CardSample("caprock_ltl.xlsx", lambda: workbook([tab]), header, rates)


def _ftl_lanes(file: str, language: str) -> CardSample:
    spanish = language == "es"
    places = (
        [
            ("Madrid", "Valencia", 355),
            ("Madrid", "Sevilla", 530),
            ("Barcelona", "Bilbao", 610),
            ("Zaragoza", "Vigo", 815),
        ]
        if spanish
        else [("Leeds", "Bristol", 325), ("Leeds", "Glasgow", 345), ("Hull", "Cardiff", 370), ("Dover", "Perth", 810)]
    )
    prices = [round(1.35 * km + 120, 2) for _, _, km in places]
    if spanish:
        above = [
            "Tarifas carga completa 2026", "Transportista: Transportes Sierra Clara S.L.",
            "Válido desde 01/01/2026 hasta 31/12/2026", "Precios en EUR por viaje, IVA no incluido",
        ]  # fmt: skip
        header_row = ["Origen", "Destino", "Equipo", "Precio por viaje"]
        equipment, currency, carrier = "Tautliner", "EUR", "Transportes Sierra Clara S.L."
    else:
        above = [
            "Full Truck Load Lane Rates", "Carrier: Blackmoor Haulage Ltd", "Valid from 01/04/2026 to 31/03/2027",
            "All rates in GBP per load",
        ]  # fmt: skip
        header_row = ["Origin", "Destination", "Equipment", "Rate per load"]
        equipment, currency, carrier = "Curtainsider", "GBP", "Blackmoor Haulage Ltd"
    rows: list[list[Any]] = [[o, d, equipment, p] for (o, d, _), p in zip(places, prices, strict=True)]
    tab = Tab("Lanes", above, header_row, rows)
    rates = [
        {"origin": o, "destination": d, "equipment": equipment, "value": price(p)}
        for (o, d, _), p in zip(places, prices, strict=True)
    ]
    header = {"currency": currency, "carrier_name": carrier}
    if spanish:
        return CardSample(file, lambda: delimited(tab, delimiter=";", decimal_comma=True), header, rates)
    return CardSample(file, lambda: pdf([tab]), header, rates)


def _ocean() -> CardSample:
    lanes = [("Hamburg", "Shanghai"), ("Hamburg", "Singapore"), ("Rotterdam", "Santos"), ("Valencia", "New York")]
    kinds = ["20DV", "40DV", "40HC"]
    matrix = [[float(980 + 210 * i + 640 * j + 15 * i * j) for j in range(3)] for i in range(4)]
    rows: list[list[Any]] = [[o, d, *matrix[i]] for i, (o, d) in enumerate(lanes)]
    above = [
        "Ocean Freight Contract 2026", "Carrier: Meridian Star Line", "SCAC: MSLU",
        "Valid from 2026-01-01 to 2026-06-30", "Rates in USD per container",
    ]  # fmt: skip
    extras: list[list[Any]] = [
        ["BAF", "Bunker adjustment", 310.0, "per container"],
        ["THC", "Terminal handling", 245.0, "per container"],
        ["ISPS", "Security", 12.0, "per container"],
    ]
    tabs = [
        Tab("Ocean rates", above, ["POL", "POD", *kinds], rows, (), [("", 2), ("USD per container", 3)]),
        Tab("Surcharges", ["Surcharges"], ["Code", "Surcharge", "Amount USD", "Basis"], extras),
    ]
    rates = [
        {"origin": o, "destination": d, "equipment": kind, "value": price(matrix[i][j])}
        for i, (o, d) in enumerate(lanes)
        for j, kind in enumerate(kinds)
    ]
    header = {
        "currency": "USD",
        "valid_from": "2026-01-01",
        "valid_to": "2026-06-30",
        "carrier_name": "Meridian Star Line",
    }
    surcharges = [{"code": str(code), "value": price(float(value))} for code, _, value, _ in extras]
    return CardSample("meridian_ocean.xlsx", lambda: workbook(tabs), header, rates, surcharges=surcharges)


def _ocean_pdf() -> CardSample:
    lanes = [("Bremerhaven", "Halifax"), ("Bremerhaven", "Montreal"), ("Antwerp", "Savannah")]
    matrix = [[float(1450 + 120 * i + 700 * j) for j in range(3)] for i in range(3)]
    above = [
        "Seefracht Tarif 2. Halbjahr 2026", "Reederei: Nordlicht Reederei AG",
        "Gültig vom 01.07.2026 bis 31.12.2026", "Alle Raten in EUR je Container",
    ]  # fmt: skip
    rows: list[list[Any]] = [[o, d, *matrix[i]] for i, (o, d) in enumerate(lanes)]
    tab = Tab("Raten", above, ["Ladehafen", "Löschhafen", "20DV", "40DV", "40HC"], rows)
    rates = [
        {"origin": o, "destination": d, "equipment": kind, "value": price(matrix[i][j])}
        for i, (o, d) in enumerate(lanes)
        for j, kind in enumerate(["20DV", "40DV", "40HC"])
    ]
    header = {"currency": "EUR", "valid_from": "2026-07-01", "valid_to": "2026-12-31"}
    return CardSample("nordlicht_seefracht.pdf", lambda: pdf([tab], decimal_comma=True), header, rates)


def _air(file: str, airline: str, lanes: list[tuple[str, str]], shift: float, *, as_pdf: bool) -> CardSample:
    names = ["Minimum", "-45", "+45", "+100", "+300"]
    bounds = ["0", "45", "100", "300"]
    rows: list[list[Any]] = []
    rates: list[Rate] = []
    for i, (origin, destination) in enumerate(lanes):
        prices = [round(shift + 4.9 + 0.35 * i - 0.6 * n, 2) for n in range(4)]
        minimum = round(75.0 + 5 * i, 2)
        rows.append([origin, destination, minimum, *prices])
        rates += [
            {
                "origin": origin, "destination": destination, "break_from": bounds[n], "value": price(prices[n]),
                "minimum": price(minimum), "unit": "kg",
            }
            for n in range(4)
        ]  # fmt: skip
    above = [
        "Air Cargo Tariff 2026", f"Carrier: {airline}", "Valid from 01 March 2026 to 31 October 2026",
        "Rates in EUR per kg chargeable weight",
    ]  # fmt: skip
    tab = Tab("Air", above, ["Origin", "Destination", *names], rows)
    header = {"currency": "EUR", "valid_from": "2026-03-01", "valid_to": "2026-10-31", "carrier_name": airline}
    return CardSample(file, lambda: pdf([tab]) if as_pdf else workbook([tab]), header, rates)


def _courier() -> CardSample:
    weights = ["0.5", "1", "2", "5", "10"]
    services = ["Express 09:00", "Express 12:00", "Economy"]
    matrix = [[round(28.0 - 6.5 * s + 3.4 * w + 0.4 * w * w, 2) for s in range(3)] for w in range(5)]
    above = [
        "Courier Services - International", "Carrier: Swiftline Courier Services Ltd",
        "Valid from 1 January 2026 to 31 December 2026", "Prices in GBP, weight in kg",
    ]  # fmt: skip
    bands: list[list[Any]] = [[1.2, 1.3, "12.5%"], [1.3, 1.4, "13.5%"], [1.4, 1.5, "14.5%"]]
    tabs = [
        Tab("Courier", above, ["Weight up to (kg)", *services], [[w, *matrix[n]] for n, w in enumerate(weights)]),
        Tab("Fuel", ["Fuel surcharge by diesel index"], ["Index from", "Index to", "Fuel surcharge %"], bands),
    ]
    rates = [
        {"service": service, "break_to": w, "value": price(matrix[i][j])}
        for i, w in enumerate(weights)
        for j, service in enumerate(services)
    ]
    header = {"currency": "GBP", "carrier_name": "Swiftline Courier Services Ltd"}
    fuel = [{"index_from": f"{low:g}", "percent": percent.rstrip("%")} for low, _, percent in bands]
    return CardSample("swiftline_courier.xlsx", lambda: workbook(tabs), header, rates, fuel=fuel)


def _parcel_csv() -> CardSample:
    rows: list[list[Any]] = []
    rates: list[Rate] = []
    for zone in ("A", "B", "C"):
        for n, top in enumerate((1, 3, 5, 10)):
            low = (0, 1, 3, 5)[n]
            value = round(6.0 + 1.1 * n + 0.8 * (ord(zone) - 65), 2)
            rows.append(["Standard", zone, low, top, value, "USD"])
            rates.append({"service": "Standard", "zone": zone, "break_to": str(top), "value": price(value)})
    tab = Tab("", [], ["Service", "Zone", "Min Weight (lb)", "Max Weight (lb)", "Rate", "Currency"], rows)
    return CardSample("tidewater_parcel.csv", lambda: delimited(tab), {"currency": "USD"}, rates)


def _groupage_german() -> CardSample:
    areas = [("10", "19"), ("20", "29"), ("30", "39"), ("80", "89")]
    weights = ["50", "100", "250", "500", "1000"]
    matrix = [[round(31.0 + 7.5 * i + 0.11 * float(w), 2) for w in weights] for i in range(4)]
    above = [
        "Stückguttarif national", "Spedition: Talblick Spedition GmbH & Co. KG",
        "Gültig vom 01.01.2026 bis 31.12.2026", "Frachtpreise je Sendung in EUR",
    ]  # fmt: skip
    rows: list[list[Any]] = [[a, b, *matrix[i]] for i, (a, b) in enumerate(areas)]
    tab = Tab(
        "Stückgut",
        above,
        ["PLZ von", "PLZ bis", *(f"bis {w} kg" for w in weights)],
        rows,
        ["Maut 8,5 % auf die Fracht"],
    )
    rates = [{"break_to": w, "value": price(matrix[i][j])} for i in range(4) for j, w in enumerate(weights)]
    header = {"currency": "EUR", "valid_from": "2026-01-01", "valid_to": "2026-12-31"}
    return CardSample("talblick_stueckgut.xlsx", lambda: workbook([tab]), header, rates)


def _parcel_spanish() -> CardSample:
    weights = ["1", "3", "5", "10", "15"]
    zones = ["Provincial", "Regional", "Nacional", "Baleares"]
    matrix = [[round(3.9 + 0.85 * z + 0.48 * float(w), 2) for z in range(4)] for w in weights]
    above = [
        "Tarifa de paquetería 2026", "Transportista: Mensajería del Ebro S.A.",
        "Válida del 01/01/2026 al 31/12/2026", "Importes en EUR, peso en kg",
    ]  # fmt: skip
    headers = ["Peso hasta (kg)", *(f"Zona {zone}" for zone in zones)]
    tab = Tab("Tarifa", above, headers, [[w, *matrix[n]] for n, w in enumerate(weights)])
    rates = [
        {"zone": f"Zona {zone}", "break_to": w, "value": price(matrix[i][j])}
        for i, w in enumerate(weights)
        for j, zone in enumerate(zones)
    ]
    return CardSample("ebro_paqueteria.pdf", lambda: pdf([tab], decimal_comma=True), {"currency": "EUR"}, rates)


def all_cards() -> Iterator[CardSample]:
    yield _parcel_matrix()
    yield _parcel_german()
    yield _parcel_spanish()
    yield _parcel_csv()
    yield _ltl()
    yield _ftl_lanes("blackmoor_ftl.pdf", "en")
    yield _ftl_lanes("sierra_clara_carga_completa.csv", "es")
    yield _ocean()
    yield _ocean_pdf()
    yield _air(
        "aurelia_air.xlsx", "Aurelia Air Cargo", [("FRA", "JFK"), ("FRA", "ORD"), ("MUC", "SIN")], 0.0, as_pdf=False
    )
    yield _air("kestrel_air.pdf", "Kestrel Airways", [("MAD", "MEX"), ("MAD", "BOG")], 0.75, as_pdf=True)
    yield _courier()
    yield _groupage_german()
