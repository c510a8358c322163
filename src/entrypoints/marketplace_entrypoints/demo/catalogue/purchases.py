"""Two weeks of trade: fourteen orders, each of them somewhere else in its life. The oldest comes first."""

from datetime import timedelta
from typing import Final

from marketplace_entrypoints.demo.catalogue.deeds import (
    Arrives,
    CallsOff,
    Card,
    Pays,
    Purchase,
    Receives,
    Ships,
    Waits,
    Want,
)
from marketplace_entrypoints.demo.catalogue.people import ANNA, DMITRY, JONAS, LUCIA, MARIAM

KILN: Final = "kiln-and-kettle"
NORTHLIGHT: Final = "northlight"
TIKHIY_SAD: Final = "tikhiy-sad"
MARISOL: Final = "atelier-marisol"
COMMON: Final = "common-room"


def _minutes(count: int) -> timedelta:
    return timedelta(minutes=count)


def _hours(count: int) -> timedelta:
    return timedelta(hours=count)


PURCHASES: Final[tuple[Purchase, ...]] = (
    Purchase(
        buyer=ANNA,
        ago=timedelta(days=12, hours=3),
        wants=(
            Want(shop=KILN, handle="speckled-breakfast-mug", options=("Oat",), quantity=2),
            Want(shop=TIKHIY_SAD, handle="rain-on-linden-candle"),
        ),
        deeds=(
            Pays(after=_minutes(2)),
            Ships(after=_hours(20), shop=KILN, carrier="PostNord", tracking="00370730254738297584"),
            Ships(after=_hours(27), shop=TIKHIY_SAD, carrier="Omniva", tracking="CC310284465LV"),
            Receives(after=_hours(70), shop=KILN),
            Receives(after=_hours(95), shop=TIKHIY_SAD),
        ),
        becomes="two parcels, both received, both sellers paid out",
    ),
    Purchase(
        buyer=JONAS,
        ago=timedelta(days=11, hours=9),
        wants=(Want(shop=NORTHLIGHT, handle="quiet-room-headphones", options=("Graphite",)),),
        deeds=(
            Pays(after=_minutes(4)),
            Ships(after=_hours(6), shop=NORTHLIGHT, carrier="DHL", tracking="JJD000390007882736451"),
            Receives(after=_hours(50), shop=NORTHLIGHT),
        ),
        becomes="received, the seller paid out",
    ),
    Purchase(
        buyer=MARIAM,
        ago=timedelta(days=9, hours=5),
        wants=(
            Want(shop=TIKHIY_SAD, handle="monstera", options=("Grown",)),
            Want(shop=TIKHIY_SAD, handle="calendula-hand-cream"),
            Want(shop=COMMON, handle="paper-moon-lamp"),
        ),
        deeds=(
            Pays(after=_minutes(3)),
            Ships(after=_hours(18), shop=TIKHIY_SAD, carrier="Omniva", tracking="CC310284491LV"),
            Ships(after=_hours(25), shop=COMMON, carrier="bpost", tracking="323211194300000126"),
            Arrives(after=_hours(96), shop=COMMON),
            Receives(after=_hours(120), shop=TIKHIY_SAD),
        ),
        becomes="one parcel received and paid out; the other on the seller's word alone, its money held for 14 days",
    ),
    Purchase(
        buyer=DMITRY,
        ago=timedelta(days=8, hours=2),
        wants=(Want(shop=NORTHLIGHT, handle="parlour-guitar-no-4"),),
        deeds=(
            Pays(after=_minutes(2), card=Card.WITHOUT_FUNDS),
            Pays(after=_minutes(5)),
            Ships(after=_hours(30), shop=NORTHLIGHT, carrier="DHL", tracking="JJD000390007882741877"),
            Receives(after=timedelta(days=8), shop=NORTHLIGHT),
        ),
        becomes="paid with the second card, received two hours ago",
    ),
    Purchase(
        buyer=LUCIA,
        ago=timedelta(days=6, hours=1),
        wants=(
            Want(shop=MARISOL, handle="breton-shirt", options=("M",)),
            Want(shop=MARISOL, handle="sun-hat"),
        ),
        deeds=(
            Pays(after=_minutes(6), card=Card.ASKS_THE_BANK),
            Ships(after=_hours(22), shop=MARISOL, carrier="CTT", tracking="RE612345678PT"),
        ),
        becomes="on its way",
    ),
    Purchase(
        buyer=ANNA,
        ago=timedelta(days=5, hours=7),
        wants=(Want(shop=COMMON, handle="brass-desk-lamp"),),
        deeds=(Pays(after=_minutes(3), card=Card.DECLINED), Waits(after=_minutes(16))),
        becomes="the card was declined, and the order expired",
    ),
    Purchase(
        buyer=JONAS,
        ago=timedelta(days=4, hours=4),
        wants=(
            Want(shop=COMMON, handle="atlas-of-small-places"),
            Want(shop=COMMON, handle="stacking-bears"),
            Want(shop=KILN, handle="stacking-espresso-cups"),
        ),
        deeds=(
            Pays(after=_minutes(2)),
            Ships(after=_hours(26), shop=KILN, carrier="PostNord", tracking="00370730254738301144"),
        ),
        becomes="one parcel on its way, the other not sent yet",
    ),
    Purchase(
        buyer=MARIAM,
        ago=timedelta(days=3, hours=6),
        wants=(Want(shop=MARISOL, handle="small-hoops"),),
        deeds=(Waits(after=_minutes(16)),),
        becomes="never paid, and expired",
    ),
    Purchase(
        buyer=DMITRY,
        ago=timedelta(days=3, hours=1),
        wants=(Want(shop=NORTHLIGHT, handle="oak-kitchen-radio"),),
        deeds=(CallsOff(after=_minutes(4)),),
        becomes="cancelled by the buyer before it was paid",
    ),
    Purchase(
        buyer=LUCIA,
        ago=timedelta(days=2, hours=2),
        wants=(
            Want(shop=KILN, handle="moon-jar"),
            Want(shop=KILN, handle="bud-vase", options=("Heather",)),
            Want(shop=MARISOL, handle="signet-ring", options=("56",)),
        ),
        deeds=(Pays(after=_minutes(5)),),
        becomes="paid; both sellers have to send their part",
    ),
    Purchase(
        buyer=ANNA,
        ago=timedelta(hours=26),
        wants=(
            Want(shop=TIKHIY_SAD, handle="svecha-zimniy-les", quantity=2),
            Want(shop=TIKHIY_SAD, handle="fikus-bengalskiy"),
        ),
        deeds=(Pays(after=_minutes(1), card=Card.LATE), Waits(after=_minutes(3))),
        becomes="paid with a card that took its time; to be sent",
    ),
    Purchase(
        buyer=JONAS,
        ago=timedelta(hours=5),
        wants=(Want(shop=MARISOL, handle="tide-watch"),),
        deeds=(Pays(after=_minutes(3)),),
        becomes="paid; to be sent",
    ),
    Purchase(
        buyer=MARIAM,
        ago=timedelta(hours=1),
        wants=(
            Want(shop=COMMON, handle="linen-cushion", options=("Sage",), quantity=2),
            Want(shop=COMMON, handle="unlined-notebook", options=("Night",)),
        ),
        deeds=(Pays(after=_minutes(2)),),
        becomes="paid; to be sent",
    ),
    Purchase(
        buyer=DMITRY,
        ago=timedelta(0),
        wants=(
            Want(shop=MARISOL, handle="market-tote", options=("Sea",)),
            Want(shop=TIKHIY_SAD, handle="sword-fern"),
        ),
        becomes="waits for its payment, for fifteen minutes",
    ),
)
