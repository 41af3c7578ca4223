"""Draw the carriers' bills: ``python -m samples.bills.draw [FOLDER]`` writes them with ``expected.json`` there."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from samples.bills import abroad, express, freight, ltl, parcels, roads
from samples.bills.books import Bill
from samples.bills.card_files import card_file


def all_bills() -> list[tuple[Bill, bytes]]:
    """Every bill with the bytes of its file."""
    kestrel, summit, aquila, harbour = parcels.kestrel(), parcels.summit(), express.aquila(), express.harbour()
    prairie, ridgeline = ltl.prairie(), ltl.ridgeline()
    balance = ltl.prairie_balance(prairie)
    weserland, rhodanienne, meridian = roads.weserland(), roads.rhodanienne(), roads.meridian()
    others = [
        (abroad.laurentide(), abroad.laurentide_csv),
        (abroad.alpenpost(), abroad.alpenpost_csv),
        (abroad.dauphin(), abroad.dauphin_xlsx),
        (freight.tidewater(), freight.register_pdf),
        (freight.eiderland(), freight.blocks_pdf),
        (freight.juniper(), freight.juniper_edi),
        (freight.stratus(), freight.stratus_xlsx),
        (freight.caravel(), freight.lading_pdf),
    ]
    return [
        (kestrel, parcels.kestrel_csv(kestrel)),
        (summit, parcels.summit_csv(summit)),
        (aquila, express.aquila_csv(aquila)),
        (harbour, express.harbour_xlsx(harbour)),
        (prairie, ltl.prairie_pdf(prairie)),
        (balance, ltl.prairie_pdf(balance)),
        (ridgeline, ltl.ridgeline_edi(ridgeline)),
        (weserland, roads.weserland_pdf(weserland)),
        (rhodanienne, roads.rhodanienne_pdf(rhodanienne)),
        (meridian, roads.meridian_pdf(meridian)),
        *((bill, write(bill)) for bill, write in others),
    ]


def draw_bills(folder: Path) -> list[Path]:
    """Write every bill to ``documents/``, their cards to ``cards/`` and ``expected.json`` below ``folder``;
    gives the paths of the bills."""
    documents, cards = folder / "documents", folder / "cards"
    for each in (documents, cards):
        each.mkdir(parents=True, exist_ok=True)
    drawn = all_bills()
    paths = []
    for bill, data in drawn:
        path = documents / bill.file
        path.write_bytes(data)
        paths.append(path)
        (cards / bill.card).write_bytes(card_file(bill.tariff, bill.card))
    answers = [{key: value for key, value in bill.answer().items() if key != "tariff"} for bill, _ in drawn]
    (folder / "expected.json").write_text(json.dumps(answers, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return paths


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    for written in draw_bills(target):
        print(written)
