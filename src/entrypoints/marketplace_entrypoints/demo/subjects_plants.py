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
    base = FLOOR - foot * _TILT * 0.8
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
    body = [(top, radius), (base - 0.02, foot * 1.03), (base, foot)]
    canvas.ellipse(origin, radius * 0.9, radius * 0.9 * _TILT, Colour(0.34, 0.035, 55))
    canvas.fill(lathe(0.5, body, _TILT, open_top=True), cylinder(palette.main, gloss=0.03))
    rim = [(top, radius * 1.06), (top + 0.045, radius * 1.04)]
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
