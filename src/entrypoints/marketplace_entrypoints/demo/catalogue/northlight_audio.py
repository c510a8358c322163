"""Northlight: instruments, sound and old cameras from Leipzig."""

from typing import Final

from marketplace_entrypoints.demo.catalogue.values import Form, Item, Person, Shop, each, only

NORTHLIGHT: Final = Shop(
    slug="northlight",
    name="Northlight Sound & Sight",
    owner=Person(name="Matthias Kern", email="matthias@example.org"),
    country="DE",
    headline="Things that will still sound good in thirty years",
    story=(
        "Matthias Kern mended radios for the theatre in Leipzig until he found a workshop with tall "
        "windows to the north: the only light, he says, in which you see what a varnish is doing.\n\nFour "
        "people work here now. They build a handful of guitars a year, bring back what others have given "
        "up on, and sign the inside of every case. If it ever falls silent, the address is under the "
        "signature."
    ),
    call_to_action="Come in and listen",
    hero="parlour-guitar-no-4",
    shown=(
        "parlour-guitar-no-4",
        "oak-kitchen-radio",
        "quiet-room-headphones",
        "shelf-speakers",
        "rebuilt-rangefinder",
    ),
    items=(
        Item(
            handle="first-roll-camera",
            title="First Roll Film Camera",
            description=(
                "A simple 35 mm camera for people who have never loaded a film. Two apertures, one honest shutter, no "
                "battery. Comes with a roll of black and white and a card that says what to do."
            ),
            category="cameras",
            tags=("film", "35mm", "camera", "beginner"),
            subject="camera",
            hue=18,
            forms=only(7_400, stock=12, sku="NL-CAM1"),
        ),
        Item(
            handle="rebuilt-rangefinder",
            title="Rangefinder Camera of 1963, Taken Apart to the Last Screw, Cleaned and Rebuilt",
            description=(
                "The shutter is within a twelfth of a stop, the light seals are new, and the leather is the "
                "green-blue that its first owner chose. There is one, and it comes with its test negatives."
            ),
            category="cameras",
            tags=("film", "35mm", "camera", "restored", "one of a kind"),
            subject="camera",
            hue=200,
            forms=only(26_500, stock=1, sku="NL-CAM2"),
            views=3,
            look=10,
        ),
        Item(
            handle="kids-headphones",
            title="Headphones That Stop at 85 Decibels",
            description=(
                "For children who know where the volume button is. The limit sits in the cups, not in an app. The band "
                "bends in half without complaint."
            ),
            category="headphones",
            tags=("headphones", "kids"),
            subject="headphones",
            hue=48,
            option_names=("Colour",),
            forms=each(4_500, sku="NL-HPK", Sun=15, Pond=15),
            look=6,
        ),
        Item(
            handle="quiet-room-headphones",
            title="Quiet Room Headphones",
            description=(
                "Closed headphones that keep the office out without a battery. The pads are wool felt and leather "
                "and can be changed in a minute. 220 g, with a cable of woven cotton."
            ),
            category="headphones",
            tags=("headphones", "audio", "closed"),
            subject="headphones",
            hue=262,
            option_names=("Colour",),
            forms=each(15_900, sku="NL-HPQ", Graphite=8, Sand=5),
            views=3,
            look=3,
            clip_seconds=7.0,
            is_upright=True,
            captions={
                "en": (
                    "No battery, no app, no office.",
                    "Wool felt where it touches you.",
                    "Every part can be replaced in a minute.",
                ),
                "ru": (
                    "Без батарейки, без приложения, без офиса.",
                    "Там, где касается кожи, шерстяной войлок.",
                    "Любая деталь меняется за минуту.",
                ),
            },
        ),
        Item(
            handle="open-studio-headphones",
            title="Open Studio Headphones, 250 Ω",
            description=(
                "Open at the back, so that music seems to stand in front of you. Made for long evenings of mixing: "
                "nothing presses, nothing gets warm. Everybody near you hears it too."
            ),
            category="headphones",
            tags=("headphones", "audio", "studio"),
            subject="headphones",
            hue=120,
            forms=only(21_900, stock=7, sku="NL-HPO"),
            look=13,
        ),
        Item(
            handle="pocket-amplifier",
            title="Pocket Guitar Amplifier",
            description=(
                "Four watts in a box of beech. It sounds small on purpose, breaks up early, and runs for nine hours on "
                "its battery. There is a hook on the back for the belt."
            ),
            category="radios",
            tags=("amplifier", "guitar", "audio"),
            subject="amplifier",
            hue=2,
            forms=only(8_900, stock=14, sku="NL-AMP"),
        ),
        Item(
            handle="shelf-speakers",
            title="Shelf Speakers, a Matched Pair",
            description=(
                "Two-way loudspeakers, matched in pairs by ear and then by microphone, in that order. They like "
                "to stand a hand's width from the wall. Binding posts; no light, no voice."
            ),
            category="radios",
            tags=("speaker", "audio", "ash"),
            subject="speakers",
            hue=90,
            forms=only(34_000, stock=4, sku="NL-SPK"),
        ),
        Item(
            handle="oak-kitchen-radio",
            title="Oak Kitchen Radio",
            description=(
                "One knob for loud, one for where. A full-range driver in a case of oiled oak that can be wiped with a "
                "wet cloth. It remembers the station and nothing else about you."
            ),
            category="radios",
            tags=("radio", "kitchen", "oak", "gift"),
            subject="radio",
            hue=34,
            forms=only(12_900, stock=9, sku="NL-RAD"),
            views=3,
            look=4,
            clip_seconds=7.0,
            captions={
                "en": (
                    "One knob for loud, one for where.",
                    "Oiled oak: wipe it with a wet cloth.",
                    "It remembers the station, and nothing about you.",
                ),
                "ru": (
                    "Одна ручка для громкости, другая для волны.",
                    "Дуб под маслом: протирайте влажной тряпкой.",
                    "Помнит станцию и ничего не знает о вас.",
                ),
            },
        ),
        Item(
            handle="small-hands-guitar",
            title="Classical Guitar for Small Hands",
            description=(
                "A real instrument with a cedar top, only shorter. The neck is slim and the strings lie low, so that "
                "the first chord comes in the first week. Set up by hand before it leaves."
            ),
            category="instruments",
            tags=("guitar", "classical", "kids", "beginner"),
            subject="guitar",
            hue=22,
            option_names=("Size",),
            forms=(
                Form(options=("Half",), sku="NL-GTK-1", price_minor=18_900, stock=5),
                Form(options=("Three quarters",), sku="NL-GTK-2", price_minor=20_900, stock=6),
            ),
        ),
        Item(
            handle="harbour-ukulele",
            title="Harbour Concert Ukulele",
            description=(
                "A concert ukulele in harbour green, with friction pegs and a friendly low G. Warm rather than bright. "
                "Comes with a bag and three songs that need only two chords."
            ),
            category="instruments",
            tags=("ukulele", "instrument", "gift"),
            subject="guitar",
            hue=176,
            forms=only(18_900, stock=6, sku="NL-UKE"),
            look=4,
        ),
        Item(
            handle="travel-guitar",
            title="Overhead Locker Travel Guitar",
            description=(
                "Full scale, small body, and the neck comes off with two bolts in the time it takes to board. "
                "Walnut all around, oiled and not varnished. It holds its tuning better than its owner."
            ),
            category="instruments",
            tags=("guitar", "travel", "spruce"),
            subject="guitar",
            hue=222,
            forms=only(24_900, stock=5, sku="NL-GTT"),
            look=10,
        ),
        Item(
            handle="parlour-guitar-no-4",
            title="Parlour Guitar No. 4",
            description=(
                "A small guitar for small rooms, after a pattern of 1890. German spruce, cherry from an orchard that "
                "had to go, bone and no plastic. Forty hours of work; two are finished each season."
            ),
            category="instruments",
            tags=("guitar", "handmade", "spruce", "one of a kind"),
            subject="guitar",
            hue=30,
            forms=only(69_000, stock=2, sku="NL-GTP"),
            views=3,
            clip_seconds=9.0,
            captions={
                "en": (
                    "A small guitar for small rooms.",
                    "German spruce, and cherry from an orchard that had to go.",
                    "Forty hours of work.",
                    "Two are finished each season.",
                ),
                "ru": (
                    "Небольшая гитара для небольших комнат.",
                    "Немецкая ель и вишня из сада, которого больше нет.",
                    "Сорок часов работы.",
                    "Две гитары за сезон.",
                ),
            },
        ),
    ),
)
