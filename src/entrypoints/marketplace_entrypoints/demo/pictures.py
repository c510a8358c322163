"""Product pictures for the demonstration: drawn here, one style, many subjects, the same for the same seed."""

import io
import re
from collections.abc import Callable
from pathlib import Path
from random import Random

from attrs import frozen
from PIL import Image

from marketplace_entrypoints.demo import (
    subjects_home,
    subjects_jewellery,
    subjects_plants,
    subjects_play,
    subjects_rooms,
    subjects_tableware,
    subjects_vessels,
    subjects_worn,
)
from marketplace_entrypoints.demo.canvas import Canvas
from marketplace_entrypoints.demo.scene import FLOOR, Mood, Palette, choose_palette, place, room, tabletop

PICTURE_BYTES_MAX = 80_000
_SUPERSAMPLING = 2
_QUALITIES = (88, 82, 74, 64, 50, 36)


@frozen(kw_only=True)
class Subject:
    """One kind of thing: how it is drawn, shown standing or seen from above, how large, and by which words it is known.

    `focus` is the part of it, across and down, that a close view shows.
    """

    draw: Callable[[Canvas, Palette, Random], None]
    standing: bool
    zoom: float
    words: tuple[str, ...]
    focus: tuple[float, float] = (0.5, 0.42)


SUBJECTS: dict[str, Subject] = {
    "mug": Subject(
        draw=subjects_vessels.mug,
        standing=True,
        zoom=1.28,
        words=("mug", "cup", "tea", "coffee", "espresso", "tumbler"),
    ),
    "vase": Subject(draw=subjects_vessels.vase, standing=True, zoom=1.04, words=("vase", "ceramic", "pottery", "jug")),
    "bowl": Subject(draw=subjects_vessels.bowl, standing=True, zoom=1.34, words=("bowl", "plate", "dish", "tableware")),
    "bottle": Subject(
        draw=subjects_vessels.bottle,
        focus=(0.5, 0.56),
        standing=True,
        zoom=1.26,
        words=("soap", "oil", "serum", "lotion", "shampoo", "balm", "skin", "bottle", "perfume", "cosmetic"),
    ),
    "candle": Subject(draw=subjects_vessels.candle, standing=True, zoom=1.36, words=("candle", "wax", "scent")),
    "plant": Subject(
        draw=subjects_plants.plant,
        standing=True,
        zoom=1.14,
        words=("plant", "planter", "fern", "monstera", "ficus", "succulent", "garden", "pot"),
    ),
    "lamp": Subject(draw=subjects_home.lamp, standing=True, zoom=1.12, words=("lamp", "light", "lantern", "sconce")),
    "chair": Subject(
        draw=subjects_home.chair, standing=True, zoom=1.14, words=("chair", "armchair", "stool", "sofa", "furniture")
    ),
    "cushion": Subject(
        draw=subjects_home.cushion,
        focus=(0.42, 0.42),
        standing=True,
        zoom=1.1,
        words=("cushion", "pillow", "throw", "blanket", "linen"),
    ),
    "book": Subject(
        draw=subjects_home.book,
        standing=True,
        zoom=1.2,
        words=("book", "notebook", "journal", "novel", "planner", "sketchbook", "album", "atlas"),
    ),
    "radio": Subject(
        draw=subjects_home.radio,
        standing=True,
        zoom=1.26,
        words=("radio", "speaker", "loudspeaker", "amplifier", "amp"),
    ),
    "shirt": Subject(
        draw=subjects_worn.shirt,
        standing=False,
        zoom=1.08,
        words=("shirt", "tee", "t-shirt", "jersey", "sweater", "top", "jumper", "hoodie", "apparel", "clothing"),
    ),
    "bag": Subject(draw=subjects_worn.bag, standing=True, zoom=1.1, words=("bag", "backpack", "purse")),
    "tote": Subject(draw=subjects_worn.tote, standing=True, zoom=1.1, words=("tote", "shopper", "canvas")),
    "satchel": Subject(
        draw=subjects_worn.satchel, standing=True, zoom=1.1, words=("satchel", "handbag", "leather", "clutch")
    ),
    "hat": Subject(draw=subjects_worn.hat, standing=True, zoom=1.14, words=("hat", "cap", "fedora", "panama")),
    "watch": Subject(
        draw=subjects_jewellery.watch,
        focus=(0.5, 0.5),
        standing=False,
        zoom=0.88,
        words=("watch", "wristwatch", "clock"),
    ),
    "ring": Subject(
        draw=subjects_jewellery.ring, focus=(0.5, 0.22), standing=False, zoom=1.3, words=("ring", "signet", "band")
    ),
    "necklace": Subject(
        draw=subjects_jewellery.necklace,
        focus=(0.5, 0.86),
        standing=False,
        zoom=1.12,
        words=("necklace", "pendant", "chain", "locket"),
    ),
    "earrings": Subject(draw=subjects_jewellery.earrings, standing=False, zoom=1.24, words=("earring", "hoop", "stud")),
    "jewellery": Subject(
        draw=subjects_jewellery.jewellery,
        standing=False,
        zoom=1.2,
        words=("jewellery", "jewelry", "bracelet", "brooch"),
    ),
    "guitar": Subject(
        draw=subjects_play.guitar,
        focus=(0.40, 0.74),
        standing=False,
        zoom=0.98,
        words=("guitar", "ukulele", "instrument", "music", "violin"),
    ),
    "headphones": Subject(
        draw=subjects_play.headphones,
        focus=(0.22, 0.68),
        standing=True,
        zoom=1.14,
        words=("headphone", "headset", "earphone", "audio"),
    ),
    "toy": Subject(
        draw=subjects_play.toy, standing=True, zoom=1.24, words=("toy", "block", "puzzle", "stacker", "kids")
    ),
    "camera": Subject(draw=subjects_play.camera, standing=True, zoom=1.26, words=("camera", "lens", "photo", "film")),
    "tumbler": Subject(draw=subjects_tableware.tumbler, standing=True, zoom=1.38, words=("beaker",)),
    "cups": Subject(draw=subjects_tableware.cups, standing=True, zoom=1.34, words=()),
    "jug": Subject(draw=subjects_tableware.jug, standing=True, zoom=1.22, words=("pitcher",)),
    "jar": Subject(draw=subjects_tableware.jar, standing=True, zoom=1.18, words=("jar",)),
    "pillar": Subject(draw=subjects_tableware.pillar, standing=True, zoom=1.2, words=()),
    "stool": Subject(draw=subjects_rooms.stool, focus=(0.5, 0.2), standing=True, zoom=1.2, words=()),
    "globe": Subject(draw=subjects_rooms.globe, standing=True, zoom=1.1, words=("globe", "moon")),
    "desk-lamp": Subject(draw=subjects_rooms.desk_lamp, focus=(0.4, 0.2), standing=True, zoom=1.12, words=()),
    "speakers": Subject(draw=subjects_rooms.speakers, focus=(0.28, 0.6), standing=True, zoom=1.1, words=()),
    "amplifier": Subject(draw=subjects_rooms.amplifier, standing=True, zoom=1.18, words=()),
    "blocks": Subject(draw=subjects_rooms.blocks, standing=True, zoom=1.16, words=()),
    "monstera": Subject(draw=subjects_plants.monstera, standing=True, zoom=1.12, words=()),
    "herbs": Subject(draw=subjects_plants.herbs, standing=True, zoom=1.06, words=()),
    "signet": Subject(draw=subjects_jewellery.signet, focus=(0.5, 0.2), standing=False, zoom=1.3, words=()),
    "forms": Subject(draw=subjects_home.forms, standing=True, zoom=1.28, words=()),
}


@frozen(kw_only=True)
class View:
    """How a thing is looked at: in which of its settings, and whole or close by."""

    scene: int = 0
    close: bool = False


VIEWS = (View(), View(close=True), View(scene=1))
"""What a gallery shows of one product: the whole, a detail, and the whole in another setting."""


def subject_of(title: str) -> str:
    """Return the name of the subject that this title is about; the last word that tells decides, as English puts it."""
    known = {word: name for name, subject in SUBJECTS.items() for word in subject.words}
    for word in reversed(re.findall(r"[a-z-]+", title.lower())):
        for form in (word, word.removesuffix("s"), word.removesuffix("es")):
            if form in known:
                return known[form]
    return "forms"


def make_picture(
    target: Path | None = None,
    *,
    seed: int,
    title: str,
    hue: float,
    size: tuple[int, int] = (800, 800),
    view: int = 0,
    subject: str | None = None,
    kind: str = "JPEG",
) -> bytes:
    """Return a product picture of at most `PICTURE_BYTES_MAX` bytes, written to `target` too when one is given.

    `hue` (degrees) colours it: the same seed and title in another hue is the same thing in another colour. `view`
    counts through `VIEWS`, `subject` names one of `SUBJECTS` where the title should not decide, `kind` is `JPEG` or
    `WEBP`.
    """
    drawn = draw_picture(seed=seed, title=title, hue=hue, size=size, view=VIEWS[view % len(VIEWS)], subject=subject)
    encoded = _encode(drawn, kind)
    if target is not None:
        target.write_bytes(encoded)
    return encoded


def draw_picture(
    *,
    seed: int,
    title: str,
    hue: float,
    size: tuple[int, int],
    view: View | None = None,
    subject: str | None = None,
    sharpness: float = 2.0,
    mood: Mood | None = None,
) -> Image.Image:
    """Return the picture itself, as `make_picture` would encode it.

    `sharpness` is how many times larger than shown the thing is drawn: less is quicker. `mood` is of the room.
    """
    looked = view or View()
    shown = SUBJECTS[subject or subject_of(title)]
    palette = choose_palette(Random(f"{seed}:{title}:palette"), hue)
    palette = mood.of(palette) if mood else palette
    canvas = Canvas(round(min(size) * shown.zoom * sharpness * (1.25 if looked.close else 1.0)))
    shown.draw(canvas, palette, Random(f"{seed}:{title}:thing"))
    left, top, right, bottom = (edge / canvas.pixels for edge in canvas.image.getbbox() or (0, 0, 1, 1))
    closeness = min(1.9, max(1.2, 1.15 / (shown.zoom * (right - left)))) if looked.close else 1.0
    whole = (round(size[0] * closeness), round(size[1] * closeness))
    side = round(min(whole) * shown.zoom)
    level = FLOOR if shown.standing else 0.5
    corner = ((whole[0] - side) // 2, round(level * (whole[1] - side)))
    middle_x = corner[0] + side * (left + (right - left) * shown.focus[0])
    middle_y = corner[1] + side * (top + (bottom - top) * shown.focus[1])
    x = min(max(0, round(middle_x - size[0] / 2)), whole[0] - size[0])
    y = min(max(0, round(middle_y - size[1] / 2)), whole[1] - size[1])
    # The setting is soft: it is drawn small, and only the part that is seen is enlarged.
    small = (size[0] // 2, size[1] // 2)
    scene = Random(f"{seed}:{title}:{hue}:scene{looked.scene}")
    setting = (room if shown.standing else tabletop)(small, palette, scene)
    share = (small[0] / whole[0], small[1] / whole[1])
    seen = (x * share[0], y * share[1], (x + size[0]) * share[0], (y + size[1]) * share[1])
    picture = setting.resize(size, Image.Resampling.BICUBIC, box=seen)
    thing = canvas.image.resize((side, side), Image.Resampling.LANCZOS)
    place(picture, thing, (corner[0] - x, corner[1] - y), standing=shown.standing)
    return picture


def _encode(picture: Image.Image, kind: str) -> bytes:
    """Return the picture in the best quality that stays within the limit."""
    smallest = b""
    for quality in _QUALITIES:
        opened = io.BytesIO()
        picture.save(
            opened, format=kind, quality=quality, **({"optimize": True, "progressive": True} if kind == "JPEG" else {})
        )
        smallest = opened.getvalue()
        if len(smallest) <= PICTURE_BYTES_MAX:
            break
    return smallest
