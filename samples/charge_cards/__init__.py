"""Made-up rate cards in the shapes of the charge model, with what must be read from them and quotes worked by hand.

Rows are texts with ``|`` between cells; a cell that begins with an apostrophe is text in a workbook, too, and one with
``%`` at its end is a fraction in percent format. ``CARDS`` holds them all.
"""

from samples.charge_cards.eighth import CARDS as EIGHTH
from samples.charge_cards.eleventh import CARDS as ELEVENTH
from samples.charge_cards.fifth_road import CARDS as FIFTH_ROAD
from samples.charge_cards.fifth_shops import CARDS as FIFTH_SHOPS
from samples.charge_cards.fourth_loads import CARDS as FOURTH_LOADS
from samples.charge_cards.fourth_road import CARDS as FOURTH_ROAD
from samples.charge_cards.fourth_sea_air import CARDS as FOURTH_SEA_AIR
from samples.charge_cards.fourth_shops import CARDS as FOURTH_SHOPS
from samples.charge_cards.ninth import CARDS as NINTH
from samples.charge_cards.other_senders import CARDS as OTHER_SENDERS
from samples.charge_cards.parcel import CARDS as PARCEL
from samples.charge_cards.records import ChargeCard
from samples.charge_cards.road import CARDS as ROAD
from samples.charge_cards.road_tables import CARDS as ROAD_TABLES
from samples.charge_cards.sea_air import CARDS as SEA_AIR
from samples.charge_cards.seventh import CARDS as SEVENTH
from samples.charge_cards.shops_ports import CARDS as SHOPS_PORTS
from samples.charge_cards.sixth import CARDS as SIXTH
from samples.charge_cards.tenth import CARDS as TENTH
from samples.charge_cards.twelfth import CARDS as TWELFTH

CARDS: tuple[ChargeCard, ...] = (
    *PARCEL, *ROAD, *SEA_AIR, *SHOPS_PORTS, *ROAD_TABLES, *OTHER_SENDERS, *FOURTH_SHOPS, *FOURTH_SEA_AIR, *FOURTH_ROAD,
    *FOURTH_LOADS, *FIFTH_SHOPS, *FIFTH_ROAD, *SIXTH, *SEVENTH, *EIGHTH, *NINTH, *TENTH, *ELEVENTH, *TWELFTH,
)  # fmt: skip

__all__ = ["CARDS", "ChargeCard"]
