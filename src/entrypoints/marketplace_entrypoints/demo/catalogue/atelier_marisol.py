"""Atelier Marisol: to wear and to carry, from Lisbon."""

from typing import Final

from marketplace_entrypoints.demo.catalogue.values import Form, Item, Person, Shop, each, only

ATELIER_MARISOL: Final = Shop(
    slug="atelier-marisol",
    name="Atelier Marisol",
    owner=Person(name="Inês Carvalho", email="ines@example.org"),
    country="PT",
    headline="Made in one courtyard in Lisbon",
    story=(
        "A saddler, a hatter, a goldsmith and two seamstresses share a courtyard in Alfama, a lemon tree "
        "and one telephone. Inês Carvalho brought them under one name, so that they can go on working "
        "while somebody else answers the post.\n\nEverything that leaves the courtyard can come back to be "
        "mended. The first mending is free; the second costs a postcard."
    ),
    call_to_action="Step into the courtyard",
    hero="courier-satchel",
    shown=("courier-satchel", "tide-watch", "market-tote", "sun-hat", "signet-ring", "breton-shirt"),
    items=(
        Item(
            handle="breton-shirt",
            title="Breton Shirt",
            description=(
                "Heavy cotton jersey with a boat neck that does not lose its shape, in the blue that sailors' "
                "shirts have after one summer. Shrinks a little once, and never again."
            ),
            category="clothing",
            tags=("shirt", "jersey", "cotton", "stripes"),
            subject="shirt",
            hue=226,
            option_names=("Size",),
            forms=each(5_900, sku="AM-BRE", S=8, M=12, L=10, XL=4),
            look=22,
        ),
        Item(
            handle="work-shirt",
            title="Garden Work Shirt in Washed Linen",
            description=(
                "Sleeves cut short to stay out of the soil, a pocket for seeds, and a hem long enough to kneel in. "
                "Washed until it is as soft as it will ever be. Better with every summer."
            ),
            category="clothing",
            tags=("shirt", "linen", "work"),
            subject="shirt",
            hue=118,
            option_names=("Size", "Colour"),
            forms=(
                Form(options=("M", "Olive"), sku="AM-WRK-1", price_minor=8_900, stock=6),
                Form(options=("M", "Chalk"), sku="AM-WRK-2", price_minor=8_900, stock=4),
                Form(options=("L", "Olive"), sku="AM-WRK-3", price_minor=8_900, stock=5),
                Form(options=("L", "Chalk"), sku="AM-WRK-4", price_minor=8_900, stock=0),
            ),
            look=0,
        ),
        Item(
            handle="fishermans-sweater",
            title="Fisherman's Sweater",
            description=(
                "Wool from Serra da Estrela dyed with madder, spun with the grease left in, so that rain runs "
                "off. Knitted in the round, with a pocket for what fishermen carry. It smells of sheep for a "
                "week."
            ),
            category="clothing",
            tags=("sweater", "wool", "winter"),
            subject="shirt",
            hue=36,
            option_names=("Size",),
            forms=each(13_900, sku="AM-SWE", S=3, M=6, L=5),
            look=24,
        ),
        Item(
            handle="market-tote",
            title="Market Tote",
            description=(
                "A bag for bread, fish and whatever else was good today. Waxed canvas with a leather base, long "
                "handles for the shoulder. Carries twelve kilos; so did the seamstress."
            ),
            category="bags",
            tags=("bag", "tote", "canvas"),
            subject="tote",
            hue=16,
            option_names=("Colour",),
            forms=each(6_400, sku="AM-TOTE", Terracotta=9, Sea=7),
            clip_seconds=6.0,
            is_upright=True,
            captions={
                "en": ("For bread, fish, and whatever was good today.", "Carries twelve kilos; so did the seamstress."),
                "ru": ("Для хлеба, рыбы и всего, что сегодня удалось.", "Выдержит двенадцать кило: швея проверила."),
            },
            look=1,
        ),
        Item(
            handle="weekend-bag",
            title="Two-Night Bag",
            description=(
                "As much as one needs for two nights and no more. It fits under the seat in front of you and "
                "comes out without a struggle. Dyed leather, brass, and a lining that you can pull out to clean."
            ),
            category="bags",
            tags=("bag", "travel", "leather"),
            subject="satchel",
            hue=264,
            forms=only(18_900, stock=5, sku="AM-WEEK"),
            look=5,
        ),
        Item(
            handle="courier-satchel",
            title="Courier Satchel",
            description=(
                "The bag the post used to come in, made a little smaller. One piece of leather folded around a book, "
                "a laptop or a lunch, stitched by hand with waxed thread. The strap darkens where you hold it."
            ),
            category="bags",
            tags=("bag", "satchel", "leather", "handmade"),
            subject="satchel",
            hue=26,
            forms=only(21_500, stock=6, sku="AM-SAT"),
            views=3,
            look=2,
            clip_seconds=8.0,
            captions={
                "en": (
                    "The bag the post used to come in.",
                    "One piece of leather, folded and stitched by hand.",
                    "The strap darkens where you hold it.",
                ),
                "ru": (
                    "Такую сумку когда-то носил почтальон.",
                    "Один кусок кожи, сложен и прошит вручную.",
                    "Ремень темнеет там, где вы его держите.",
                ),
            },
        ),
        Item(
            handle="sun-hat",
            title="Wide Sun Hat",
            description=(
                "Rye straw from the Alentejo, woven there and blocked here. The brim gives shade to the shoulders "
                "and bends the way you want it. Not for the dishwasher, as we once had to explain."
            ),
            category="hats",
            tags=("hat", "straw", "summer"),
            subject="hat",
            hue=54,
            forms=only(5_200, stock=10, sku="AM-SUN"),
            look=1,
        ),
        Item(
            handle="felt-fedora",
            title="Rain Fedora",
            description=(
                "Fur felt that has met rain before. Hand-blocked over wood from the twenties, with a band of grosgrain "
                "and nothing else. Give us the size of your head, not of your ideas."
            ),
            category="hats",
            tags=("hat", "felt", "fedora"),
            subject="hat",
            hue=300,
            option_names=("Size",),
            forms=each(11_800, sku="AM-FED", _56=3, _58=5, _60=2),
            look=6,
        ),
        Item(
            handle="signet-ring",
            title="Blank Signet Ring",
            description=(
                "A signet without a crest, for people who would rather start one. Solid silver, cast in sand, polished "
                "by hand. Engraving up to three letters is included."
            ),
            category="jewellery",
            tags=("ring", "silver", "signet"),
            subject="signet",
            hue=232,
            option_names=("Size",),
            forms=each(9_500, sku="AM-RING", _52=4, _56=6, _60=3),
        ),
        Item(
            handle="pebble-pendant",
            title="Pebble Pendant",
            description=(
                "A pebble from the beach at Guincho, found, polished and hung on a silver chain. They are all "
                "white, and no two are the same white. Chain 45 cm."
            ),
            category="jewellery",
            tags=("necklace", "pendant", "silver", "gift"),
            subject="necklace",
            hue=182,
            forms=only(6_800, stock=12, sku="AM-PEB"),
            look=3,
        ),
        Item(
            handle="small-hoops",
            title="Small Gold Hoops",
            description=(
                "Recycled gold, light enough to sleep in, with a grain of quartz at the lowest point. The hinge "
                "clicks; that is how you know. Sold as a pair, and singly if you lose one."
            ),
            category="jewellery",
            tags=("earrings", "gold", "hoops"),
            subject="earrings",
            hue=340,
            forms=only(12_400, stock=9, sku="AM-HOOP"),
            look=8,
        ),
        Item(
            handle="tide-watch",
            title="Tide Watch",
            description=(
                "A mechanical watch whose blue hand shows high and low water at one place of your choice. "
                "Hand-wound every other morning. 38 mm, with a strap from the saddler next door."
            ),
            category="jewellery",
            tags=("watch", "mechanical", "gift"),
            subject="watch",
            hue=204,
            forms=only(48_000, stock=4, sku="AM-TIDE"),
            views=3,
            look=3,
            clip_seconds=7.0,
            captions={
                "en": (
                    "High water and low water, at a place of your choice.",
                    "Hand-wound, every other morning.",
                    "The strap is from the saddler next door.",
                ),
                "ru": (
                    "Прилив и отлив в месте, которое выберете вы.",
                    "Заводится вручную, через день.",
                    "Ремешок от шорника из соседней двери.",
                ),
            },
        ),
    ),
)
