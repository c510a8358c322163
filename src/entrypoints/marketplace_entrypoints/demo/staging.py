"""How each shop has its things filmed: the mood of its rooms, what moves in the light, and how shots follow."""

import math
from collections.abc import Callable
from random import Random
from typing import Final

from attrs import frozen
from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter

from marketplace_entrypoints.demo.scene import Mood

Size = tuple[int, int]
Tone = tuple[int, int, int]


@frozen(kw_only=True)
class Layer:
    """Something transparent in front of the shots. ``x``, ``y`` are its corner, and ``faded`` ffmpeg's fade filters.

    Both are expressions of the time ``t`` in seconds.
    """

    sheet: Image.Image
    x: str = "0"
    y: str = "0"
    faded: str = ""

    @property
    def stands_still(self) -> bool:
        """Tell whether it is the same all the time: then it is laid over the shots before they are filmed."""
        return (self.x, self.y, self.faded) == ("0", "0", "")


@frozen(kw_only=True)
class Grade:
    """How a developed picture differs from a plain one; ``warmth`` goes from blue (below 0) to amber."""

    contrast: float = 1.0
    saturation: float = 1.0
    warmth: float = 0.0

    def of(self, picture: Image.Image) -> Image.Image:
        """Return the picture so developed."""
        red, green, blue = picture.split()
        warm, cool = 1 + self.warmth, 1 - self.warmth
        tinted = (red.point(lambda value: round(value * warm)), green, blue.point(lambda value: round(value * cool)))
        vivid = ImageEnhance.Color(Image.merge("RGB", tinted)).enhance(self.saturation)
        return ImageEnhance.Contrast(vivid).enhance(self.contrast)


Light = Callable[[Size, float, Random], list[Layer]]
"""Makes what moves in front of the shots, for a clip of this size and length."""


@frozen(kw_only=True)
class Staging:
    """A shop's way of filming. ``cuts`` are ffmpeg's names of crossings.

    ``closeness`` is how far the camera goes in during a shot, and ``recolours`` by how many degrees the last shot turns
    the thing's colour; ``is_dark`` asks for pale letters.
    """

    mood: Mood | None
    light: Light
    cuts: tuple[str, ...]
    grade: Grade
    closeness: float = 0.18
    is_dark: bool = False
    recolours: float = 0.0


def _veil(mask: Image.Image, tone: Tone) -> Image.Image:
    sheet = Image.new("RGBA", mask.size, (*tone, 0))
    sheet.putalpha(mask)
    return sheet


def _glow(size: Size, middle: tuple[float, float], reach: float, strength: int) -> Image.Image:
    """Return a soft round mask; ``middle`` and ``reach`` are shares of the size and of its shorter side."""
    disc = Image.radial_gradient("L").point(lambda value: max(0, 255 - value * 255 // 180) * strength // 255)
    across = round(min(size) * reach * 2)
    mask = Image.new("L", size, 0)
    corner = (round(size[0] * middle[0] - across / 2), round(size[1] * middle[1] - across / 2))
    mask.paste(disc.resize((across, across), Image.Resampling.BICUBIC), corner)
    return mask


def _motes(size: Size, rng: Random, *, count: int, strength: int, tone: Tone) -> Layer:
    """Return specks out of focus that rise slowly, on an area larger than the clip."""
    small = (round(size[0] * 1.2) // 4, round(size[1] * 1.5) // 4)
    mask = Image.new("L", small, 0)
    for _ in range(count):
        mote = Image.new("L", small, 0)
        radius = rng.uniform(0.004, 0.017) * min(small)
        x, y = rng.uniform(0, small[0]), rng.uniform(0, small[1])
        fill = rng.randint(strength // 3, strength)
        ImageDraw.Draw(mote).ellipse((x - radius, y - radius, x + radius, y + radius), fill=fill)
        mask = ImageChops.lighter(mask, mote)
    soft = mask.filter(ImageFilter.GaussianBlur(1.1)).resize((small[0] * 4, small[1] * 4), Image.Resampling.BICUBIC)
    sway, rise = size[0] * 0.06, rng.uniform(10, 20)
    drift = f"{-size[0] * 0.1:.0f}+{sway:.0f}*sin(t/3)"
    return Layer(sheet=_veil(soft, tone), x=drift, y=f"{-size[1] * 0.2:.0f}-{rise:.1f}*t")


def _slats(size: Size, count: int, width: float, strength: int, blur: float) -> Image.Image:
    """Return slanted bands of light on a sheet as high as the clip and half as wide."""
    small = (size[0] // 8, size[1] // 4)
    mask = Image.new("L", small, 0)
    pen = ImageDraw.Draw(mask)
    slant = small[1] * 0.14
    edge = slant + small[0] * 0.12
    step = (small[0] - 2 * edge) / count
    for index in range(count):
        left = edge + index * step
        right = left + step * width
        pen.polygon([(left + slant, 0), (right + slant, 0), (right - slant, small[1]), (left - slant, small[1])],
                    fill=strength)  # fmt: skip
    soft = mask.filter(ImageFilter.GaussianBlur(small[0] * blur))
    return soft.resize((size[0] // 2, size[1]), Image.Resampling.BICUBIC)


def _wandering(size: Size, seconds: float, rng: Random) -> str:
    """Return how a sheet half as wide as the clip crosses it in about its length."""
    begin, way = (-0.35, 1.0) if rng.random() < 0.5 else (0.85, -1.0)
    return f"{size[0] * begin:.0f}+{size[0] * way / seconds:.2f}*t"


def morning(size: Size, seconds: float, rng: Random) -> list[Layer]:
    """Let the sun come in: one broad band of warm light that crosses the room, and dust in it."""
    band = _veil(_slats(size, 1, 0.9, 92, 0.05), (255, 236, 200))
    warmth = _veil(_glow(size, (rng.uniform(0.05, 0.25), 0.05), 0.9, 96), (255, 214, 150))
    return [
        Layer(sheet=warmth),
        Layer(sheet=band, x=_wandering(size, seconds, rng)),
        _motes(size, rng, count=20, strength=60, tone=(255, 248, 228)),
    ]


def stage(size: Size, seconds: float, rng: Random) -> list[Layer]:
    """Turn a spotlight on: the edges stay dark, a cone of light swings a little, and dust hangs in it."""
    wide = (round(size[0] * 1.3) // 4, size[1] // 4)
    cone = Image.new("L", wide, 0)
    middle, reach = wide[0] * 0.5, wide[1] * 0.42
    ImageDraw.Draw(cone).polygon(
        [(middle - reach * 0.10, 0), (middle + reach * 0.10, 0),
         (middle + reach * 1.05, wide[1]), (middle - reach * 1.05, wide[1])], fill=84
    )  # fmt: skip
    soft = cone.filter(ImageFilter.GaussianBlur(wide[1] * 0.045))
    fading = Image.linear_gradient("L").transpose(Image.Transpose.FLIP_TOP_BOTTOM).resize(wide)
    beam = ImageChops.multiply(soft, fading).resize((round(size[0] * 1.3), size[1]), Image.Resampling.BICUBIC)
    dark = ImageChops.invert(_glow(size, (0.5, 0.52), 1.15, 255)).point(lambda value: value * 150 // 255)
    sway = f"{-size[0] * 0.15:.0f}+{size[0] * 0.05:.0f}*sin(2*PI*t/{seconds * rng.uniform(0.8, 1.2):.2f})"
    lights_on = "fade=t=in:st=0:d=1.1:alpha=1"
    return [
        Layer(sheet=_veil(dark, (4, 6, 14))),
        Layer(sheet=_veil(beam, (255, 232, 196)), x=sway, faded=lights_on),
        _motes(size, rng, count=34, strength=60, tone=(255, 226, 180)),
    ]


def glasshouse(size: Size, seconds: float, rng: Random) -> list[Layer]:
    """Let leaves stand before the window: their shadows sway over everything, and pollen is in the air."""
    large = (round(size[0] * 1.3) // 3, round(size[1] * 1.3) // 3)
    mask = Image.new("L", large, 0)
    pen, unit = ImageDraw.Draw(mask), min(large)
    for _ in range(7):
        root = (rng.choice((-0.02, 1.02)) * large[0], rng.uniform(-0.1, 0.75) * large[1])
        inwards = 0.0 if root[0] < 0 else math.pi
        _frond(pen, root, inwards + rng.uniform(-0.5, 0.7), unit * rng.uniform(0.55, 0.8))
    shade = mask.filter(ImageFilter.GaussianBlur(unit * 0.012)).point(lambda value: value * 96 // 255)
    leaves = _veil(shade.resize((large[0] * 3, large[1] * 3), Image.Resampling.BICUBIC), (18, 52, 34))
    begin = (-size[0] * 0.15, -size[1] * 0.15)
    breath = seconds / rng.choice((2, 3))
    sway = f"{begin[0]:.0f}+{size[0] * 0.025:.1f}*sin(2*PI*t/{breath:.2f})"
    lift = f"{begin[1]:.0f}+{size[1] * 0.018:.1f}*sin(2*PI*t/{breath * 1.4:.2f}+1)"
    return [
        Layer(sheet=_veil(_glow(size, (0.8, 0.08), 0.9, 84), (236, 255, 196))),
        Layer(sheet=leaves, x=sway, y=lift),
        _motes(size, rng, count=30, strength=88, tone=(250, 255, 214)),
    ]


def _frond(pen: ImageDraw.ImageDraw, root: tuple[float, float], angle: float, length: float) -> None:
    for step in range(1, 13):
        share = step / 12
        x = root[0] + math.cos(angle + share * 0.5) * length * share
        y = root[1] + math.sin(angle + share * 0.5) * length * share
        blade = length * 0.36 * math.sin(math.pi * min(0.98, share * 0.86 + 0.1))
        for side in (-1, 1):
            lean = angle + share * 0.5 + side * (1.15 - share * 0.55)
            tip = (x + math.cos(lean) * blade, y + math.sin(lean) * blade)
            across = (math.cos(lean + math.pi / 2) * blade * 0.11, math.sin(lean + math.pi / 2) * blade * 0.11)
            bend = (x + (tip[0] - x) * 0.45, y + (tip[1] - y) * 0.45)
            pen.polygon(
                [(x, y), (bend[0] + across[0], bend[1] + across[1]), tip, (bend[0] - across[0], bend[1] - across[1])],
                fill=255,
            )


def noon(size: Size, seconds: float, rng: Random) -> list[Layer]:
    """Let the sun through half-closed shutters: sharp bars of light that travel quickly."""
    bars = _veil(_slats(size, 6, 0.52, 104, 0.006), (255, 244, 214))
    return [
        Layer(sheet=_veil(_glow(size, (0.92, 0.02), 1.0, 104), (255, 222, 140))),
        Layer(sheet=bars, x=_wandering(size, seconds, rng)),
    ]


def evening(size: Size, seconds: float, rng: Random) -> list[Layer]:
    """Let the day end: blue comes into the room, and then somebody turns a lamp on."""
    middle = (rng.uniform(0.46, 0.54), 0.48)
    circle = _glow(size, middle, 1.25, 255)
    blue, violet = (16, 22, 78), (24, 16, 44)
    night = _veil(Image.new("L", size, 140), blue)
    corners = _veil(ImageChops.invert(circle).point(lambda value: value * 176 // 255), violet)
    lamp = _veil(_glow(size, middle, 1.05, 74), (255, 176, 84))
    dusk, switched = seconds * 0.18, seconds * 0.44
    falls, lifts = (
        f"fade=t=in:st={dusk:.2f}:d={seconds * 0.2:.2f}:alpha=1",
        f"fade=t=out:st={switched:.2f}:d=0.8:alpha=1",
    )
    on = f"fade=t=in:st={switched:.2f}:d=0.8:alpha=1"
    return [
        Layer(sheet=night, faded=f"{falls},{lifts}"),
        Layer(sheet=corners, faded=on),
        Layer(sheet=lamp, faded=on),
    ]


MORNING: Final = Staging(
    mood=Mood(lightness=0.80, chroma=2.2, turn=14.0),
    light=morning,
    cuts=("fade", "smoothup"),
    grade=Grade(contrast=1.06, saturation=1.08, warmth=0.025),
)
STAGE: Final = Staging(
    mood=Mood(lightness=0.33, chroma=1.9, turn=0.0),
    light=stage,
    cuts=("fadeblack",),
    grade=Grade(contrast=1.08, saturation=1.12),
    closeness=0.26,
    is_dark=True,
)
GLASSHOUSE: Final = Staging(
    mood=Mood(lightness=0.85, chroma=1.35, turn=26.0),
    light=glasshouse,
    cuts=("fade",),
    grade=Grade(contrast=1.05, saturation=1.10),
    closeness=0.14,
)
NOON: Final = Staging(
    mood=Mood(lightness=0.79, chroma=3.2, turn=0.0),
    light=noon,
    cuts=("smoothleft", "smoothright", "wipeup"),
    grade=Grade(contrast=1.10, saturation=1.15, warmth=0.03),
    closeness=0.22,
    recolours=140.0,
)
EVENING: Final = Staging(
    mood=Mood(lightness=0.72, chroma=2.4, turn=0.0),
    light=evening,
    cuts=("fade", "circleopen"),
    grade=Grade(contrast=1.06, saturation=1.05),
    closeness=0.20,
)
STAGINGS: Final = {
    "kiln-and-kettle": MORNING,
    "northlight": STAGE,
    "tikhiy-sad": GLASSHOUSE,
    "atelier-marisol": NOON,
    "common-room": EVENING,
}
"""By the shop's slug."""
