"""Two weeks of trade: twenty orders that stand wherever an order can stand. The oldest comes first."""

from datetime import timedelta
from typing import Final

from marketplace_entrypoints.demo.catalogue.deeds import (
    Arrives,
    BankReturns,
    CallsOff,
    Card,
    Disputed,
    Freezes,
    GivesBack,
    Pays,
    Purchase,
    Recalls,
    Receives,
    Ships,
    Thaws,
    Waits,
    Want,
)
from marketplace_entrypoints.demo.catalogue.people import ANNA, DMITRY, JONAS, LUCIA, MARIAM, VERA

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
            Disputed(after=_hours(150), shop=NORTHLIGHT, amount_minor=3_000, won=True),
        ),
        becomes="received, the seller paid out; the buyer's bank disputed some of it, and the marketplace won",
    ),
    Purchase(
        buyer=VERA,
        ago=timedelta(days=10, hours=8),
        wants=(
            Want(shop=KILN, handle="speckled-breakfast-mug", options=("Moss",), quantity=2),
            Want(shop=NORTHLIGHT, handle="kids-headphones", options=("Pond",)),
            Want(shop=TIKHIY_SAD, handle="svecha-zimniy-les", quantity=3),
            Want(shop=COMMON, handle="atlas-of-small-places"),
        ),
        deeds=(
            Pays(after=_minutes(7)),
            Ships(after=_hours(16), shop=NORTHLIGHT, carrier="DHL", tracking="JJD000390007882739020"),
            Ships(after=_hours(17), shop=KILN, carrier="PostNord", tracking="00370730254738299012"),
            Ships(after=_hours(19), shop=TIKHIY_SAD, carrier="Omniva", tracking="CC310284479LV"),
            Ships(after=_hours(23), shop=COMMON, carrier="bpost", tracking="323211194300000088"),
            Receives(after=_hours(60), shop=TIKHIY_SAD),
            Receives(after=_hours(68), shop=NORTHLIGHT),
            Arrives(after=_hours(74), shop=KILN),
            Receives(after=_hours(81), shop=KILN),
            Receives(after=_hours(92), shop=COMMON),
            GivesBack(after=_hours(110), amount_minor=2_000),
        ),
        becomes="four parcels from four shops, all of them received and paid out; some of the whole order given back",
    ),
    Purchase(
        buyer=MARIAM,
        ago=timedelta(days=9, hours=5),
        wants=(
            Want(shop=TIKHIY_SAD, handle="monstera", options=("Взрослая",)),
            Want(shop=TIKHIY_SAD, handle="calendula-hand-cream"),
            Want(shop=COMMON, handle="paper-moon-lamp"),
        ),
        deeds=(
            Pays(after=_minutes(3)),
            Ships(after=_hours(18), shop=TIKHIY_SAD, carrier="Omniva", tracking="CC310284491LV"),
            Ships(after=_hours(25), shop=COMMON, carrier="bpost", tracking="323211194300000126"),
            Arrives(after=_hours(96), shop=COMMON),
            Receives(after=_hours(120), shop=TIKHIY_SAD),
            BankReturns(after=_hours(130), shop=TIKHIY_SAD),
        ),
        becomes="one parcel received, its payout came back once; the other held for 14 days on the seller's word",
    ),
    Purchase(
        buyer=LUCIA,
        ago=timedelta(days=8, hours=20),
        wants=(
            Want(shop=COMMON, handle="milking-stool"),
            Want(shop=COMMON, handle="unlined-notebook", options=("Fern",), quantity=4),
        ),
        deeds=(
            Pays(after=_minutes(4)),
            Ships(after=_hours(21), shop=COMMON, carrier="bpost", tracking="323211194300000140"),
            Freezes(after=_hours(110), shop=COMMON, reason="parcel-missing"),
            Thaws(after=_hours(140), shop=COMMON, reason="parcel-missing"),
            Receives(after=_hours(141), shop=COMMON),
            Disputed(after=_hours(160), shop=COMMON, amount_minor=1_500, won=False),
        ),
        becomes="the parcel went missing and its money was frozen; it was found, received, paid out and disputed",
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
        buyer=VERA,
        ago=timedelta(days=7, hours=3),
        wants=(Want(shop=MARISOL, handle="market-tote", options=("Terracotta",), quantity=2),),
        deeds=(
            Pays(after=_minutes(3)),
            Ships(after=_hours(25), shop=MARISOL, carrier="CTT", tracking="RE612345291PT"),
            Receives(after=_hours(98), shop=MARISOL),
            Recalls(after=_hours(98), shop=MARISOL),
        ),
        becomes="received; its payout was called back by the operator once, and made anew",
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
        buyer=JONAS,
        ago=timedelta(days=5, hours=19),
        wants=(
            Want(shop=TIKHIY_SAD, handle="monstera", options=("Молодая",)),
            Want(shop=TIKHIY_SAD, handle="birch-bath-oil"),
        ),
        deeds=(
            Pays(after=_minutes(2)),
            Ships(after=_hours(15), shop=TIKHIY_SAD, carrier="Omniva", tracking="CC310284512LV"),
            Arrives(after=_hours(80), shop=TIKHIY_SAD),
            Freezes(after=_hours(86), shop=TIKHIY_SAD, reason="buyer-reports-damage"),
        ),
        becomes="arrived with a broken pot, says the buyer; the operator has frozen the money",
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
            Want(shop=COMMON, handle="stacking-tower"),
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
        buyer=DMITRY,
        ago=timedelta(days=1, hours=21),
        wants=(
            Want(shop=NORTHLIGHT, handle="harbour-ukulele"),
            Want(shop=KILN, handle="tenmoku-ramen-bowl", quantity=2),
            Want(shop=COMMON, handle="wool-cushion", quantity=2),
        ),
        deeds=(
            Pays(after=_minutes(3), card=Card.ASKS_THE_BANK),
            Ships(after=_hours(20), shop=NORTHLIGHT, carrier="DHL", tracking="JJD000390007882755310"),
            Ships(after=_hours(26), shop=KILN, carrier="PostNord", tracking="00370730254738302270"),
        ),
        becomes="three shops: two parcels under way, one still being packed",
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
        buyer=VERA,
        ago=timedelta(hours=3),
        wants=(
            Want(shop=TIKHIY_SAD, handle="fikus-bengalskiy"),
            Want(shop=TIKHIY_SAD, handle="olive-hand-soap", quantity=2),
            Want(shop=COMMON, handle="linen-cushion", options=("Rose",)),
        ),
        deeds=(Pays(after=_minutes(5), card=Card.DECLINED), Pays(after=_minutes(8))),
        becomes="paid at the second try; two sellers have something to pack",
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
        ago=_minutes(2),
        wants=(
            Want(shop=MARISOL, handle="market-tote", options=("Sea",)),
            Want(shop=TIKHIY_SAD, handle="sword-fern"),
        ),
        becomes="waits for its payment, for fifteen minutes",
    ),
)
