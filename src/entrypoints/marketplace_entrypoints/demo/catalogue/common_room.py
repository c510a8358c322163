"""Common Room: furniture, light, books and toys from Ghent."""

from typing import Final

from marketplace_entrypoints.demo.catalogue.values import Item, Person, Shop, each, only

COMMON_ROOM: Final = Shop(
    slug="common-room",
    name="Common Room",
    owner=Person(name="Pieter De Smet", email="pieter@example.org"),
    country="BE",
    headline="For the room where everybody ends up",
    story=(
        "Pieter De Smet built sets for the opera in Ghent. Sets are taken down after eleven nights, and "
        "one autumn he decided to make something that stays up.\n\nThe wood comes from three sawmills that "
        "he can reach by bicycle. The rest of the room comes from friends: a weaver, a printer, and a "
        "retired clockmaker who paints toys."
    ),
    call_to_action="Pull up a chair",
    hero="paper-moon-lamp",
    shown=(
        "paper-moon-lamp",
        "kitchen-chair",
        "reading-chair",
        "wool-cushion",
        "atlas-of-small-places",
        "stacking-tower",
    ),
    items=(
        Item(
            handle="stacking-tower",
            title="Stacking Tower",
            description=(
                "Five rings and a ball of lime wood, coloured with food dye and waxed, in an order that every "
                "child will improve on. From one year on. The stick comes out, so nobody gets hurt."
            ),
            category="toys",
            tags=("toy", "wood", "kids", "gift"),
            subject="toy",
            hue=10,
            forms=only(3_400, stock=16, sku="CR-BEAR"),
            look=7,
        ),
        Item(
            handle="town-of-blocks",
            title="A Town of Blocks",
            description=(
                "Offcuts of our chairs become walls, roofs, one gate, and a church that may also be a rocket. "
                "Forty blocks in a cotton sack, and the sack is the village green when you open it."
            ),
            category="toys",
            tags=("toy", "blocks", "wood", "kids"),
            subject="blocks",
            hue=172,
            forms=only(4_900, stock=10, sku="CR-TOWN"),
        ),
        Item(
            handle="atlas-of-small-places",
            title="An Atlas of Small Places",
            description=(
                "Sixty maps of places that no atlas shows: a kitchen, a bus stop, the land behind a sofa. Drawn with a "
                "pen and printed in two colours. 128 pages, thread-stitched."
            ),
            category="books",
            tags=("book", "atlas", "maps", "gift"),
            subject="book",
            hue=196,
            forms=only(3_200, stock=24, sku="CR-ATL"),
            views=3,
        ),
        Item(
            handle="unlined-notebook",
            title="Unlined Notebook",
            description=(
                "Paper that takes ink on both sides and stays flat on the table. No lines, no dots, no dates, no "
                "advice. 192 pages in a cloth cover with a ribbon."
            ),
            category="books",
            tags=("notebook", "book", "paper"),
            subject="book",
            hue=356,
            option_names=("Cover",),
            forms=each(1_900, sku="CR-NOTE", Brick=20, Fern=18, Night=22),
        ),
        Item(
            handle="wool-cushion",
            title="Wool Cushion in Sheep Brown",
            description=(
                "Woven on a loom that fills the weaver's front room. The brown is the sheep's own, the stripes "
                "are another sheep's. 50 by 50 cm, filled with feathers, and the cover comes off."
            ),
            category="textiles",
            tags=("cushion", "wool", "herringbone"),
            subject="cushion",
            hue=40,
            forms=only(6_200, stock=13, sku="CR-CUSH"),
            look=2,
        ),
        Item(
            handle="linen-cushion",
            title="Embroidered Linen Cushion",
            description=(
                "Belgian linen with a pattern that somebody stitched while listening to the radio. Every one is "
                "signed inside the seam. Wash it cold and iron it damp."
            ),
            category="textiles",
            tags=("cushion", "linen", "embroidery"),
            subject="cushion",
            hue=324,
            option_names=("Colour",),
            forms=each(5_400, sku="CR-LIN", Rose=9, Sage=8),
            look=3,
        ),
        Item(
            handle="milking-stool",
            title="Milking Stool",
            description=(
                "Three legs, because three never wobble. Seat, side table, step to the top shelf. Turned in beech and "
                "soaped, 42 cm high."
            ),
            category="furniture",
            tags=("stool", "beech", "furniture"),
            subject="stool",
            hue=142,
            forms=only(7_900, stock=12, sku="CR-STOOL"),
        ),
        Item(
            handle="reading-chair",
            title="Reading Chair",
            description=(
                "Deep enough to pull up your legs, upright enough to stay awake until the chapter ends. Oak frame, "
                "webbing, wool felt. The left arm is wide and flat: that is where the tea goes."
            ),
            category="furniture",
            tags=("armchair", "chair", "oak", "furniture"),
            subject="chair",
            hue=20,
            forms=only(54_000, stock=3, sku="CR-READ"),
            views=3,
        ),
        Item(
            handle="kitchen-chair",
            title="Kitchen Chair No. 2",
            description=(
                "The second try at a chair for long dinners. The back gives a little, the padding does not, and "
                "it can be lifted with one hand. Ash legs, made to order in batches of six."
            ),
            category="furniture",
            tags=("chair", "ash", "furniture"),
            subject="chair",
            hue=252,
            option_names=("Colour",),
            forms=each(18_500, sku="CR-KIT", Slate=8, Saffron=6),
            views=3,
            look=4,
            clip_seconds=7.0,
            captions={
                "en": (
                    "The second try at a chair for long dinners.",
                    "The back gives a little; the padding does not.",
                    "Stay for coffee.",
                ),
                "ru": (
                    "Вторая попытка сделать стул для долгих ужинов.",
                    "Спинка чуть пружинит, сиденье держит.",
                    "Оставайтесь на кофе.",
                ),
            },
        ),
        Item(
            handle="bobbin-lamp",
            title="Bobbin Lamp",
            description=(
                "Turned on the same lathe as the legs of our stools, on the days when it rains. The light is warm "
                "and stays on your side of the bed. Two metres of cloth cable and a switch that clicks."
            ),
            category="lighting",
            tags=("lamp", "light", "bedside"),
            subject="lamp",
            hue=62,
            forms=only(5_800, stock=17, sku="CR-CLIP"),
            look=0,
        ),
        Item(
            handle="brass-desk-lamp",
            title="Brass Desk Lamp",
            description=(
                "Brass that is left alone and turns brown where hands touch it. The joint is the one from a theatre "
                "spotlight and stays wherever you leave it. Comes with a bulb."
            ),
            category="lighting",
            tags=("lamp", "brass", "desk"),
            subject="desk-lamp",
            hue=216,
            forms=only(16_800, stock=6, sku="CR-BRASS"),
        ),
        Item(
            handle="paper-moon-lamp",
            title="Paper Moon Lamp",
            description=(
                "A shade of kozo paper on a ring of ash: switched off it is a moon, switched on it is evening. It "
                "dims down to almost nothing. Ships flat; putting it together takes ten minutes and no tools."
            ),
            category="lighting",
            tags=("lamp", "light", "paper", "gift"),
            subject="globe",
            hue=46,
            forms=only(9_600, stock=9, sku="CR-MOON"),
            views=3,
            clip_seconds=9.0,
            captions={
                "en": (
                    "Switched off, it is a moon.",
                    "Switched on, it is evening.",
                    "Kozo paper on a ring of ash.",
                    "Ten minutes to put together, and no tools.",
                ),
                "ru": (
                    "Выключена, и это луна.",
                    "Включена, и это вечер.",
                    "Бумага кодзо на кольце из ясеня.",
                    "Собирается за десять минут, без инструментов.",
                ),
            },
        ),
    ),
)
