"""Plants in their pots."""

import math
from random import Random

from marketplace_entrypoints.demo.canvas import Canvas, Point, lathe
from marketplace_entrypoints.demo.paint import Colour, cylinder, linear
from marketplace_entrypoints.demo.scene import FLOOR, Palette

_TILT = 0.16


def plant(canvas: Canvas, palette: Palette, rng: Random) -> None:
    """Draw a plant in a pot: broad leaves, long ones, or many small ones."""
    radius = rng.uniform(0.125, 0.15)
    top = rng.uniform(0.585, 0.61)
    foot = radius * rng.uniform(0.66, 0.8)
    origin = (0.5, top)
    kind = rng.choice(("broad", "long", "small"))
    green = palette.leaf.turned(rng.uniform(-18, 18)).lit(rng.uniform(-0.05, 0.06))
    spread = {"broad": 9, "long": 13, "small": 9}[kind]
    order = sorted(range(spread), key=lambda index: -abs(index - (spread - 1) / 2))
    for index in order:
        lean = (index - (spread - 1) / 2) / ((spread - 1) / 2)
        angle = -90 + lean * 68 + rng.uniform(-5, 5)
        length = (0.40 - 0.13 * abs(lean)) * rng.uniform(0.82, 1.05)
        tone = green.lit(rng.uniform(-0.08, 0.08))
        if kind == "broad":
            _broad_leaf(canvas, origin, angle, length, tone)
        elif kind == "long":
            _long_leaf(canvas, origin, angle, length * 1.08, tone)
        else:
            _sprig(canvas, origin, angle, length * 0.95, tone)
    _pot(canvas, palette, origin, radius, foot)


def monstera(canvas: Canvas, palette: Palette, rng: Random) -> None:
    """Draw a monstera: few leaves, large and cut, on long stalks."""
    top, radius = 0.625, 0.13
    origin, green = (0.5, top), Colour(0.47, 0.085, 150).lit(rng.uniform(-0.03, 0.03))
    for degrees, length, size in (
        (-152, 0.23, 0.125), (-28, 0.23, 0.125), (-128, 0.27, 0.14), (-55, 0.28, 0.14), (-93, 0.29, 0.16),
        (-165, 0.13, 0.10), (-12, 0.14, 0.10),
    ):  # fmt: skip
        angle = degrees + rng.uniform(-4, 4)
        stalk = _along(origin, angle, length, 0.0)
        canvas.stroke(stalk, 0.009, green.lit(-0.10))
        _cut_leaf(canvas, stalk[-1], angle, size, green.lit(rng.uniform(-0.07, 0.07)))
    _pot(canvas, palette, origin, radius, 0.105)


def _cut_leaf(canvas: Canvas, heart: Point, angle: float, size: float, tone: Colour) -> None:
    turned = math.radians(angle)

    def at(along: float, across: float) -> Point:
        return (
            heart[0] + size * (along * math.cos(turned) - across * math.sin(turned)),
            heart[1] + size * (along * math.sin(turned) + across * math.cos(turned)),
        )

    for side, light in ((1, -0.03), (-1, 0.05)):
        edge = [(0.05, 0.0), (-0.22, 0.30), (-0.20, 0.62), (0.06, 0.88), (0.26, 0.90), (0.22, 0.50), (0.36, 0.88),
                (0.58, 0.80), (0.46, 0.42), (0.66, 0.74), (0.86, 0.58), (0.68, 0.32), (0.94, 0.48), (1.12, 0.26),
                (1.24, 0.0)]  # fmt: skip
        outline = [at(along, side * across) for along, across in edge]
        canvas.fill(outline, linear([(0, tone.lit(light + 0.05)), (1, tone.lit(light - 0.04))], 60))
        for along, across in ((0.16, 0.66), (0.48, 0.66), (0.76, 0.5)):
            canvas.stroke([at(along * 0.6, 0), at(along, side * across)], 0.0022, tone.lit(0.14), opacity=0.6)
    canvas.stroke([at(0, 0), at(1.2, 0)], 0.004, tone.lit(0.17), opacity=0.8)


def herbs(canvas: Canvas, palette: Palette, rng: Random) -> None:
    """Draw three herbs in a long planter."""
    top, base, half = 0.64, FLOOR - 0.012, 0.27
    fresh = Colour(0.60, 0.125, 135)
    for x, kind, green in ((0.31, "broad", fresh), (0.5, "thin", fresh.turned(18).lit(-0.10)), (0.69, "curly", fresh)):
        for index in range(11):
            lean = (index - 5) / 5
            root = (x + lean * 0.045, top + 0.01)
            angle, tone = -90 + lean * 32 + rng.uniform(-6, 6), green.lit(rng.uniform(-0.06, 0.08))
            if kind == "thin":
                stem = _along(root, angle, rng.uniform(0.20, 0.30), 0.02)
                canvas.stroke(stem, 0.004, tone.lit(-0.12))
                for node in range(3, 13, 2):
                    for side in (-1, 1):
                        tip = _along(stem[node], angle + side * 60, 0.024)
                        canvas.stroke(tip, 0.009, tone)
            elif kind == "broad":
                stem = _along(root, angle, rng.uniform(0.10, 0.20), 0.0)
                canvas.stroke(stem, 0.005, tone.lit(-0.1))
                _leaf(canvas, _along(stem[-1], angle * 0.8 - 18, 0.105, 0.02), 0.034, 0.8, tone)
            else:
                _sprig(canvas, root, angle, rng.uniform(0.16, 0.23), tone.turned(8))
    clay = palette.main
    body = [(0.5 - half, top), (0.5 + half, top), (0.5 + half - 0.03, base), (0.5 - half + 0.03, base)]
    canvas.fill(body, linear([(0, clay.lit(0.09)), (0.5, clay), (1, clay.lit(-0.13))], 15))
    rim = [(0.5 - half - 0.014, top - 0.016), (0.5 + half + 0.014, top - 0.016), (0.5 + half + 0.010, top + 0.026),
           (0.5 - half - 0.010, top + 0.026)]  # fmt: skip
    canvas.fill(rim, linear([(0, clay.lit(0.13)), (1, clay.lit(-0.08))], 10))


def _pot(canvas: Canvas, palette: Palette, origin: Point, radius: float, foot: float) -> None:
    base = FLOOR - foot * _TILT * 0.8
    canvas.ellipse(origin, radius * 0.9, radius * 0.9 * _TILT, Colour(0.34, 0.035, 55))
    body = [(origin[1], radius), (base - 0.02, foot * 1.03), (base, foot)]
    canvas.fill(lathe(0.5, body, _TILT, open_top=True), cylinder(palette.main, gloss=0.03))
    rim = [(origin[1], radius * 1.06), (origin[1] + 0.045, radius * 1.04)]
    canvas.fill(lathe(0.5, rim, _TILT, open_top=True), cylinder(palette.main.lit(0.035), gloss=0.03))


def _along(origin: Point, angle: float, length: float, bend: float = 0.0) -> list[Point]:
    """Return the midrib of a leaf: a line that leaves at this angle and hangs a little by its own weight."""
    radians = math.radians(angle)
    return [
        (
            origin[0] + math.cos(radians) * length * t,
            origin[1] + math.sin(radians) * length * t + bend * t * t,
        )
        for t in (step / 12 for step in range(13))
    ]


def _blade(rib: list[Point], width: float, bulge: float) -> tuple[list[Point], list[Point]]:
    """Return the two edges of a leaf around its midrib; `bulge` is where along it the leaf is widest."""
    left, right = [], []
    for index, (x, y) in enumerate(rib):
        before, after = rib[max(0, index - 1)], rib[min(len(rib) - 1, index + 1)]
        along = math.hypot(after[0] - before[0], after[1] - before[1]) or 1
        across = (-(after[1] - before[1]) / along, (after[0] - before[0]) / along)
        t = index / (len(rib) - 1)
        half = width * math.sin(math.pi * t**bulge) ** 0.9
        left.append((x + across[0] * half, y + across[1] * half))
        right.append((x - across[0] * half, y - across[1] * half))
    return left, right


def _leaf(canvas: Canvas, rib: list[Point], width: float, bulge: float, tone: Colour) -> None:
    left, right = _blade(rib, width, bulge)
    canvas.fill([*rib, *reversed(left)], linear([(0, tone.lit(0.03)), (1, tone.lit(-0.07))], 90))
    canvas.fill([*rib, *reversed(right)], linear([(0, tone.lit(0.10)), (1, tone.lit(0.01))], 90))
    canvas.stroke(rib, 0.0035, tone.lit(0.16), opacity=0.7)


def _broad_leaf(canvas: Canvas, origin: Point, angle: float, length: float, tone: Colour) -> None:
    stalk = _along(origin, angle, length * 0.5, 0.0)
    canvas.stroke(stalk, 0.008, tone.lit(-0.10))
    rib = _along(stalk[-1], angle * 0.9 - 9, length * 0.56, 0.05)
    _leaf(canvas, rib, length * 0.19, 0.8, tone)


def _long_leaf(canvas: Canvas, origin: Point, angle: float, length: float, tone: Colour) -> None:
    _leaf(canvas, _along(origin, angle, length, 0.10 * abs(math.cos(math.radians(angle)))), 0.021, 0.75, tone)


def _sprig(canvas: Canvas, origin: Point, angle: float, length: float, tone: Colour) -> None:
    stem = _along(origin, angle, length, 0.05)
    canvas.stroke(stem, 0.006, tone.lit(-0.12))
    for index in range(4, 13, 2):
        for side in (-1, 1):
            rib = _along(stem[index], angle + side * 58, 0.075 * (1.25 - index / 16), 0.008)
            left, right = _blade(rib, 0.019, 0.85)
            canvas.fill([*rib, *reversed(left)], tone.lit(0.02 * side - 0.02))
            canvas.fill([*rib, *reversed(right)], tone.lit(0.02 * side + 0.04))
