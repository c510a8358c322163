"""«Тихий сад» (Quiet Garden): plants, candles and care from Riga, told in Russian."""

from typing import Final

from marketplace_entrypoints.demo.catalogue.values import Form, Item, Person, Shop, only

TIKHIY_SAD: Final = Shop(
    slug="tikhiy-sad",
    name="Тихий сад",
    owner=Person(name="Ольга Савельева", email="olga@example.org", locale="ru"),
    country="LV",
    headline="Зелёное, тёплое, тихое",
    story=(
        "«Тихий сад» начался с одного подоконника в Риге. Теперь это оранжерея за Центральным рынком, где "
        "Ольга Савельева растит растения не спеша: так они легче переносят дорогу.\n\nСвечи мы льём по "
        "вечерам, когда оранжерея закрыта и дождь стучит по стеклянной крыше. Мыло и масла варим из того, "
        "что выросло рядом. Если растение заскучает у вас дома, напишите: подскажем, что ему нужно."
    ),
    call_to_action="Найти своё растение",
    hero="rain-on-linden-candle",
    shown=("rain-on-linden-candle", "monstera", "fikus-bengalskiy", "window-herb-planter", "calendula-hand-cream"),
    items=(
        Item(
            handle="olive-hand-soap",
            title="Мыло для рук «Олива», 300 мл",
            description=(
                "Жидкое мыло, сваренное из оливкового масла: пенится ровно столько, сколько нужно. Почти не "
                "пахнет. Флакон возвращается к нам и уезжает снова."
            ),
            category="care",
            tags=("мыло", "олива", "soap", "refill"),
            subject="bottle",
            hue=96,
            forms=only(1_400, stock=36, sku="TS-SOAP"),
            look=1,
        ),
        Item(
            handle="rosemary-hair-oil",
            title="Масло для волос с розмарином, 50 мл",
            description=(
                "Розмарин из нашей оранжереи шесть недель настаивается на подсолнечном масле. Несколько капель "
                "вечером, утром смыть. В тёмном стекле, с пипеткой."
            ),
            category="care",
            tags=("масло", "розмарин", "волосы", "oil", "hair"),
            subject="bottle",
            hue=44,
            forms=only(1_900, stock=22, sku="TS-OIL"),
            look=4,
        ),
        Item(
            handle="calendula-hand-cream",
            title="Лосьон для рук с календулой, 100 мл",
            description=(
                "Для садовников, гончаров и всех, кто слишком часто моет руки. Лепестки календулы, пчелиный воск, "
                "миндальное масло. Впитывается за минуту, пахнет ещё десять."
            ),
            category="care",
            tags=("лосьон", "календула", "руки", "lotion", "skin"),
            subject="bottle",
            hue=64,
            forms=only(1_650, stock=28, sku="TS-CAL"),
            look=6,
        ),
        Item(
            handle="birch-bath-oil",
            title="Берёзовое масло для ванны, 200 мл",
            description=(
                "Листья собираем во вторую неделю мая, пока они клейкие. Одна ложка, и ванна пахнет лесом после "
                "дождя. Перед употреблением встряхните."
            ),
            category="care",
            tags=("масло", "берёза", "ванна", "oil", "bath"),
            subject="bottle",
            hue=158,
            forms=only(2_300, stock=17, sku="TS-BIR"),
            look=4,
        ),
        Item(
            handle="beeswax-pillar-candle",
            title="Свеча из пчелиного воска",
            description=(
                "Чистый воск от двух пасечников из Видземе, отлитый вручную. Горит ровно, около сорока часов. В "
                "первый раз дайте ей догореть до края, и дальше она не подведёт."
            ),
            category="candles",
            tags=("свеча", "воск", "candle", "beeswax"),
            subject="pillar",
            hue=52,
            option_names=("Высота",),
            forms=(
                Form(options=("10 см",), sku="TS-BEE-1", price_minor=1_500, stock=24),
                Form(options=("18 см",), sku="TS-BEE-2", price_minor=2_400, stock=16),
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
            look=7,
        ),
        Item(
            handle="rain-on-linden-candle",
            title="Свеча «Дождь и липа»",
            description=(
                "Наша улица в июле: цветущая липа, тёплый камень, первые капли. Льём небольшими партиями и две "
                "недели даём отдохнуть. Стакан потом станет вазой."
            ),
            category="candles",
            tags=("свеча", "липа", "подарок", "candle", "gift"),
            subject="candle",
            hue=128,
            forms=only(2_600, stock=19, sku="TS-LIN"),
            views=3,
            clip_seconds=8.0,
            captions={
                "en": (
                    "Our street in July, just before the rain.",
                    "Linden blossom, warm stone, the first drops.",
                    "When it has burned down, it is a vase.",
                ),
                "ru": (
                    "Наша улица в июле, за минуту до дождя.",
                    "Цветущая липа, тёплый камень, первые капли.",
                    "Догорит, и останется ваза.",
                ),
            },
            look=5,
        ),
        Item(
            handle="window-herb-planter",
            title="Ящик для подоконника с тремя травами",
            description=(
                "Базилик, тимьян и петрушка в ящике, который встаёт на узкий подоконник. Вода заливается сбоку, "
                "её хватает на неделю. Срезайте почаще: для того они и растут."
            ),
            category="planters",
            tags=("травы", "кухня", "planter", "herbs"),
            subject="herbs",
            hue=40,
            forms=only(2_900, stock=11, sku="TS-HERB"),
        ),
        Item(
            handle="sword-fern",
            title="Папоротник нефролепис",
            description=(
                "Счастлив в ванной, где больше никто жить не хочет. Держите землю влажной, а солнце подальше, и "
                "он каждую неделю развернёт новый лист. Горшок 14 см."
            ),
            category="plants",
            tags=("папоротник", "тень", "fern", "plant"),
            subject="plant",
            hue=146,
            forms=only(1_800, stock=15, sku="TS-FERN"),
            look=6,
        ),
        Item(
            handle="snake-plant",
            title="Сансевиерия для забывчивых",
            description=(
                "Просит воды раз в месяц и прощает, если в два. Стоит прямо в любом углу и никуда не торопится. "
                "Около 50 см, в глиняном горшке с поддоном."
            ),
            category="plants",
            tags=("сансевиерия", "неприхотливое", "plant", "succulent"),
            subject="plant",
            hue=284,
            forms=only(3_100, stock=12, sku="TS-SNAKE"),
            look=8,
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
            title="Монстера",
            description=(
                "Выросла из нашего маточного растения, у которого своя комната. Прорези появляются с пятого "
                "листа. Едет политой, в бумаге и обычно в хорошем настроении."
            ),
            category="plants",
            tags=("монстера", "monstera", "plant", "large"),
            subject="monstera",
            hue=190,
            option_names=("Размер",),
            forms=(
                Form(options=("Молодая",), sku="TS-MON-1", price_minor=2_400, stock=10),
                Form(options=("Взрослая",), sku="TS-MON-2", price_minor=6_800, stock=4),
            ),
            views=3,
            clip_seconds=8.0,
            is_upright=True,
            captions={
                "en": (
                    "Raised from our own mother plant.",
                    "The leaves split from the fifth one on.",
                    "It travels watered, in paper, in a good mood.",
                ),
                "ru": (
                    "Выросла из нашего маточного растения.",
                    "Прорези появляются с пятого листа.",
                    "Едет политой, в бумаге и в хорошем настроении.",
                ),
            },
        ),
    ),
)
