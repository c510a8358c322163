"""Kiln & Kettle: stoneware from Aarhus."""

from typing import Final

from marketplace_entrypoints.demo.catalogue.values import Item, Person, Shop, each, only

KILN_AND_KETTLE: Final = Shop(
    slug="kiln-and-kettle",
    name="Kiln & Kettle",
    owner=Person(name="Freja Lindqvist", email="freja@example.org"),
    country="DK",
    headline="Stoneware for the first cup of the day",
    story=(
        "Freja Lindqvist throws every piece at a kick wheel in an old ferry workshop on the harbour of "
        "Aarhus. The clay comes from Bornholm, the glazes are mixed from wood ash and iron, and twice a "
        "month the kiln is lit at four in the morning.\n\nNothing here is for the cabinet. It goes into the "
        "oven and the dishwasher, it stacks, and when a piece breaks she would like to hear how."
    ),
    call_to_action="See this month's firing",
    hero="moon-jar",
    shown=("moon-jar", "speckled-breakfast-mug", "wide-serving-bowl", "fluted-vase", "bud-vase", "pour-over-jug"),
    items=(
        Item(
            handle="speckled-breakfast-mug",
            title="Speckled Breakfast Mug",
            description=(
                "A generous mug with room for three fingers in the handle, dipped once and left bare where the "
                "glaze ran out. Holds 350 ml and keeps warm for the length of a newspaper."
            ),
            category="table",
            tags=("stoneware", "coffee", "tea", "handmade"),
            subject="mug",
            hue=28,
            option_names=("Glaze",),
            forms=each(2_400, sku="KK-MUG", Oat=14, Moss=9, Ink=6),
            views=3,
            look=4,
            clip_seconds=7.0,
            is_upright=True,
            captions={
                "en": (
                    "A mug for the first hour of the day.",
                    "Room for three fingers in the handle.",
                    "Dipped once; the edge is different on each.",
                ),
                "ru": (
                    "Кружка для первого часа дня.",
                    "В ручку помещаются три пальца.",
                    "Глазурь ложится один раз: край у каждой свой.",
                ),
            },
        ),
        Item(
            handle="stacking-espresso-cups",
            title="Stacking Espresso Cups, Set of Three",
            description=(
                "Three small cups without handles that stand inside each other in the cupboard. The walls are "
                "thick: the coffee stays hot, the fingers do not. 80 ml each."
            ),
            category="table",
            tags=("stoneware", "coffee", "espresso"),
            subject="cups",
            hue=28,
            forms=only(2_800, stock=18, sku="KK-ESP"),
        ),
        Item(
            handle="tumbler-without-a-handle",
            title="Tumbler without a Handle",
            description=(
                "For water, for wine on a weekday, for toothbrushes. The foot is left unglazed so that it stays where "
                "you put it. 250 ml."
            ),
            category="table",
            tags=("stoneware", "tumbler"),
            subject="tumbler",
            hue=168,
            forms=only(1_800, stock=30, sku="KK-TUM"),
        ),
        Item(
            handle="everyday-pasta-bowl",
            title="Everyday Pasta Bowl",
            description=(
                "Wide enough for spaghetti and deep enough for soup. The rim is turned outwards so that it can be "
                "carried hot. 22 cm across, sold one by one because bowls break one by one."
            ),
            category="table",
            tags=("stoneware", "tableware", "bowl"),
            subject="bowl",
            hue=42,
            option_names=("Glaze",),
            forms=each(3_200, sku="KK-PAS", Oat=20, Slate=12),
        ),
        Item(
            handle="tenmoku-ramen-bowl",
            title="Tenmoku Ramen Bowl",
            description=(
                "A tall bowl in an iron glaze that goes from plum to rust where it thins out at the edge. The "
                "foot is high, so the table stays cool, and a notch in the rim holds the chopsticks."
            ),
            category="table",
            tags=("stoneware", "ramen", "bowl"),
            subject="bowl",
            hue=350,
            forms=only(3_800, stock=11, sku="KK-RAM"),
            look=1,
        ),
        Item(
            handle="wide-serving-bowl",
            title="Wide Serving Bowl",
            description=(
                "The bowl that stands in the middle of the table. Thrown from four kilos of clay and turned thin, it "
                "is lighter than it looks. 34 cm; salad for eight, or all of the oranges."
            ),
            category="table",
            tags=("stoneware", "tableware", "bowl", "gift"),
            subject="bowl",
            hue=188,
            forms=only(7_200, stock=5, sku="KK-SER"),
            views=3,
            look=4,
        ),
        Item(
            handle="pinched-salt-dish",
            title="Pinched Salt Dish",
            description=(
                "Pinched between two thumbs while the kiln heats up, and every one has a fingerprint underneath. "
                "For salt and pepper, for earrings, for the tea bag that has nowhere to go."
            ),
            category="table",
            tags=("stoneware", "small gift"),
            subject="bowl",
            hue=12,
            forms=only(1_200, stock=40, sku="KK-SAL"),
        ),
        Item(
            handle="low-bowl-for-a-cat",
            title="Low Bowl for a Cat",
            description=(
                "Shallow and wide, because whiskers do not like walls. Heavy enough to stay in its corner. Tested at "
                "length by the workshop's own cat, who declined to comment."
            ),
            category="table",
            tags=("stoneware", "cat", "bowl"),
            subject="bowl",
            hue=82,
            forms=only(2_200, stock=13, sku="KK-CAT"),
            look=3,
        ),
        Item(
            handle="pour-over-jug",
            title="Pour-Over Jug",
            description=(
                "For filter coffee in the morning and a branch of something in the afternoon. The spout was "
                "redrawn eleven times until it stopped dripping. 700 ml, with a mark inside at 500."
            ),
            category="table",
            tags=("stoneware", "coffee", "jug"),
            subject="jug",
            hue=214,
            forms=only(4_600, stock=8, sku="KK-JUG"),
        ),
        Item(
            handle="bud-vase",
            title="Bud Vase",
            description=(
                "One stem, or the dandelion that somebody brought you. The neck is narrow, so that a single "
                "flower stands up straight and does not look lonely. 14 cm tall."
            ),
            category="vases",
            tags=("stoneware", "vase", "small gift"),
            subject="vase",
            hue=320,
            option_names=("Colour",),
            forms=each(1_900, sku="KK-BUD", Chalk=16, Heather=10, Ink=7),
            look=2,
        ),
        Item(
            handle="fluted-vase",
            title="Tall Fluted Vase",
            description=(
                "Thirty-two flutes, each cut with a loop of wire while the clay is leather-hard. The glaze pools in "
                "the grooves and shows them. 31 cm, steady with tall branches."
            ),
            category="vases",
            tags=("stoneware", "vase"),
            subject="vase",
            hue=150,
            forms=only(6_400, stock=6, sku="KK-FLU"),
        ),
        Item(
            handle="moon-jar",
            title="Moon Jar",
            description=(
                "Two bowls joined at the waist, after the white jars of Joseon Korea: never quite round, and that "
                "is the point. One is made per firing. 28 cm, signed and dated underneath."
            ),
            category="vases",
            tags=("stoneware", "vase", "one of a kind", "gift"),
            subject="jar",
            hue=250,
            forms=only(14_800, stock=3, sku="KK-MOON"),
            views=3,
            clip_seconds=8.0,
            captions={
                "en": (
                    "Two bowls, joined at the waist.",
                    "Never quite round, and that is the point.",
                    "One per firing, signed and dated.",
                ),
                "ru": (
                    "Две чаши, соединённые посередине.",
                    "Не совсем круглая, и в этом весь смысл.",
                    "Одна за обжиг, с подписью и датой.",
                ),
            },
        ),
    ),
)
