"""«Тихий сад» (Quiet Garden): plants, candles and care from Riga."""

from typing import Final

from marketplace_entrypoints.demo.catalogue.values import Form, Item, Person, Shop, only

TIKHIY_SAD: Final = Shop(
    slug="tikhiy-sad",
    name="Тихий сад",
    owner=Person(name="Ольга Савельева", email="olga@example.org", locale="ru"),
    country="LV",
    headline="Зелёное, тёплое, тихое · Green, warm, quiet",
    story=(
        "«Тихий сад» начался с одного подоконника в Риге. Now it is a glasshouse behind the market halls, where Olga "
        "grows plants slowly enough that they survive the journey.\n\nCandles are poured in the evenings, when the "
        "glasshouse is closed and it rains on the roof."
    ),
    call_to_action="Найти своё растение · Find your plant",
    hero="rain-on-linden-candle",
    shown=("rain-on-linden-candle", "monstera", "fikus-bengalskiy", "window-herb-planter", "calendula-hand-cream"),
    items=(
        Item(
            handle="olive-hand-soap",
            title="Olive Hand Soap, 300 ml",
            description=(
                "Liquid soap cooked from olive oil and nothing that foams more than it needs to. The bottle comes back "
                "to us and goes out again. Smells of very little."
            ),
            category="care",
            tags=("soap", "olive", "refill"),
            subject="bottle",
            hue=96,
            forms=only(1_400, stock=36, sku="TS-SOAP"),
        ),
        Item(
            handle="rosemary-hair-oil",
            title="Rosemary Hair Oil, 50 ml",
            description=(
                "Rosemary from the glasshouse, steeped for six weeks in sunflower oil. A few drops the evening before, "
                "and wash it out in the morning. In brown glass with a pipette."
            ),
            category="care",
            tags=("oil", "rosemary", "hair"),
            subject="bottle",
            hue=44,
            forms=only(1_900, stock=22, sku="TS-OIL"),
        ),
        Item(
            handle="calendula-hand-cream",
            title="Calendula Hand Lotion, 100 ml",
            description=(
                "For gardeners, potters, and everybody who washes their hands too often. Calendula petals, beeswax and "
                "almond oil. It is gone from the skin in a minute; the smell stays for ten."
            ),
            category="care",
            tags=("lotion", "calendula", "skin"),
            subject="bottle",
            hue=64,
            forms=only(1_650, stock=28, sku="TS-CAL"),
        ),
        Item(
            handle="birch-bath-oil",
            title="Birch Leaf Bath Oil, 200 ml",
            description=(
                "Birch leaves picked in the second week of May, when they are still sticky. A spoonful in the bath "
                "smells like a forest after rain. Shake it before use."
            ),
            category="care",
            tags=("oil", "birch", "bath"),
            subject="bottle",
            hue=158,
            forms=only(2_300, stock=17, sku="TS-BIR"),
        ),
        Item(
            handle="beeswax-pillar-candle",
            title="Beeswax Pillar Candle",
            description=(
                "Pure wax from two beekeepers in Vidzeme, poured by hand. Burns for about forty hours with a steady "
                "flame. Let it burn to the edge the first time, and it will stay even."
            ),
            category="candles",
            tags=("candle", "beeswax"),
            subject="candle",
            hue=52,
            option_names=("Height",),
            forms=(
                Form(options=("10 cm",), sku="TS-BEE-1", price_minor=1_500, stock=24),
                Form(options=("18 cm",), sku="TS-BEE-2", price_minor=2_400, stock=16),
            ),
        ),
        Item(
            handle="svecha-zimniy-les",
            title="Свеча «Зимний лес»",
            description=(
                "Хвоя, смола и немного дыма: так пахнет лес под Сигулдой в январе. Соевый воск, хлопковый фитиль, "
                "стакан, который потом пригодится для чая. Горит около сорока пяти часов."
            ),
            category="candles",
            tags=("свеча", "хвоя", "candle", "winter"),
            subject="candle",
            hue=212,
            forms=only(2_200, stock=20, sku="TS-ZIM"),
        ),
        Item(
            handle="rain-on-linden-candle",
            title="Rain on Linden Candle",
            description=(
                "The street outside in July: linden blossom, warm stone, the first drops. Poured in small batches and "
                "left to rest for two weeks. The glass is hand-cut and has a second life as a vase."
            ),
            category="candles",
            tags=("candle", "linden", "gift"),
            subject="candle",
            hue=128,
            forms=only(2_600, stock=19, sku="TS-LIN"),
            views=3,
            clip_seconds=8.0,
        ),
        Item(
            handle="window-herb-planter",
            title="Window Planter with Three Herbs",
            description=(
                "Basil, thyme and flat parsley in a planter that fits a narrow sill. Water goes in at the side and "
                "lasts a week. Cut often; that is what they are for."
            ),
            category="planters",
            tags=("planter", "herbs", "kitchen"),
            subject="plant",
            hue=8,
            forms=only(2_900, stock=11, sku="TS-HERB"),
        ),
        Item(
            handle="sword-fern",
            title="Sword Fern",
            description=(
                "Happy in the bathroom, where nothing else wants to live. Keep it damp and out of the sun, and it "
                "unrolls a new leaf every week. In a 14 cm pot."
            ),
            category="plants",
            tags=("fern", "plant", "shade"),
            subject="plant",
            hue=146,
            forms=only(1_800, stock=15, sku="TS-FERN"),
        ),
        Item(
            handle="snake-plant",
            title="Snake Plant for Forgetful People",
            description=(
                "Wants water once a month and forgives you if it is two. Stands straight in any corner and grows "
                "slowly. About 50 cm tall, in a clay pot with a saucer."
            ),
            category="plants",
            tags=("plant", "easy", "succulent"),
            subject="plant",
            hue=284,
            forms=only(3_100, stock=12, sku="TS-SNAKE"),
        ),
        Item(
            handle="fikus-bengalskiy",
            title="Фикус бенгальский «Одри»",
            description=(
                "Спокойный фикус с бархатными листьями: не обижается на переезд и растёт ровно. Любит светлую комнату "
                "без прямого солнца и полив раз в неделю. Высота около 90 см, в плетёном кашпо."
            ),
            category="plants",
            tags=("фикус", "ficus", "plant", "large"),
            subject="plant",
            hue=76,
            forms=only(5_900, stock=6, sku="TS-FIK"),
            views=3,
        ),
        Item(
            handle="monstera",
            title="Monstera Deliciosa",
            description=(
                "Raised from our own mother plant, which has its own room. Leaves split from the fifth one on. It "
                "travels wrapped in paper, watered, and usually in a good mood."
            ),
            category="plants",
            tags=("monstera", "plant", "large"),
            subject="plant",
            hue=190,
            option_names=("Size",),
            forms=(
                Form(options=("Young",), sku="TS-MON-1", price_minor=2_400, stock=10),
                Form(options=("Grown",), sku="TS-MON-2", price_minor=6_800, stock=4),
            ),
            views=3,
        ),
    ),
)
