"""What a potter and a candle maker have beside cups, vases and bowls: tumblers, jugs, jars, bare candles."""

import math
from random import Random

from marketplace_entrypoints.demo.canvas import Canvas, Point, arc, curve, lathe
from marketplace_entrypoints.demo.paint import Colour, cylinder, linear
from marketplace_entrypoints.demo.scene import FLOOR, Palette

_TILT = 0.16


def tumbler(canvas: Canvas, palette: Palette, rng: Random) -> None:
    """Draw a tumbler: no handle, an unglazed foot."""
    top, radius = rng.uniform(0.44, 0.47), rng.uniform(0.145, 0.16)
    foot = radius * 0.82
    base = FLOOR - foot * _TILT * 0.8
    clay = Colour(0.72, 0.055, 62)
    body = [(top, radius), ((top + base) / 2, radius * 0.95), (base, foot)]
    canvas.fill(lathe(0.5, body, _TILT), cylinder(palette.main, gloss=0.11))
    level = base - (base - top) * 0.17
    lower = [(level, radius * 0.86), (base, foot)]
    canvas.fill(lathe(0.5, lower, _TILT, open_top=True), cylinder(clay), inside=True)
    _mouth(canvas, (0.5, top), radius, palette.main)


def cups(canvas: Canvas, palette: Palette, rng: Random) -> None:
    """Draw two small cups, one standing in the other, and a third beside them."""
    for x, lift, tone in ((0.40, 0.0, palette.main), (0.40, 0.135, palette.second), (0.655, 0.0, palette.second)):
        base, radius = FLOOR - 0.016 - lift, 0.112
        top, foot = base - 0.185, radius * 0.72
        body = [(top, radius), (base - 0.06, radius * 0.9), (base, foot)]
        if lift:
            canvas.ellipse((x, base + 0.008), foot, foot * _TILT, palette.main.lit(-0.25), opacity=0.7, blur=0.006)
        canvas.fill(lathe(x, body, _TILT), cylinder(tone, gloss=0.10))
        _mouth(canvas, (x, top), radius, tone)
        if lift:
            front = [(base - 0.012, 0.112), (base + 0.03, 0.1095)]
            canvas.fill(lathe(x, front, _TILT, open_top=True), cylinder(palette.main, gloss=0.10))
    spoon = rng.uniform(-0.01, 0.01)
    coffee = Colour(0.34, 0.06, 50)
    canvas.ellipse((0.655, FLOOR - 0.190), 0.093, 0.093 * _TILT, linear([(0, coffee.lit(-0.06)), (1, coffee)], 20))
    canvas.stroke(arc((0.655, FLOOR - 0.190), 0.080, 0.011, 190, 250 + spoon), 0.005, coffee.lit(0.3), opacity=0.6)


def jug(canvas: Canvas, palette: Palette, rng: Random) -> None:
    """Draw a jug with a spout and a handle."""
    top, radius = rng.uniform(0.37, 0.40), rng.uniform(0.105, 0.12)
    belly, foot = radius * 1.5, radius * 1.1
    base = FLOOR - foot * _TILT * 0.8
    height = base - top
    handle = curve(
        [(0.5 + radius * 0.9, top + 0.035), (0.5 + belly * 1.45, top + 0.05), (0.5 + belly * 1.5, top + height * 0.42),
         (0.5 + belly * 0.93, top + height * 0.62)]
    )  # fmt: skip
    canvas.stroke(handle, 0.036, palette.main.lit(-0.12))
    canvas.stroke([(x - 0.004, y - 0.005) for x, y in handle], 0.024, palette.main.lit(-0.02))
    spout = curve(
        [(0.5 - radius * 0.2, top - 0.012), (0.5 - radius * 1.25, top - 0.045), (0.5 - radius * 1.5, top - 0.03),
         (0.5 - radius * 1.05, top + 0.06), (0.5 - radius * 0.9, top + 0.12)]
    )  # fmt: skip
    canvas.fill(spout, linear([(0, palette.main.lit(0.08)), (1, palette.main.lit(-0.02))], 0))
    body = [
        (top, radius), (top + height * 0.22, radius * 0.93), (top + height * 0.66, belly),
        (base - height * 0.06, foot * 1.08), (base, foot),
    ]  # fmt: skip
    canvas.fill(lathe(0.5, body, _TILT), cylinder(palette.main, gloss=0.09))
    _mouth(canvas, (0.5, top), radius, palette.main)
    lip = [(0.5 - radius * 0.75, top - 0.006), (0.5 - radius * 1.38, top - 0.036), (0.5 - radius * 0.9, top + 0.008)]
    canvas.fill(lip, palette.main.lit(-0.16))


def jar(canvas: Canvas, palette: Palette, rng: Random) -> None:
    """Draw a moon jar: white, wide, and not quite round."""
    glaze = palette.pale.lit(-0.01)
    belly, neck, foot = rng.uniform(0.225, 0.24), 0.088, 0.105
    base = FLOOR - foot * _TILT * 0.8
    top = base - belly * 1.78
    height = base - top
    body: list[Point] = [(top, neck), (top + height * 0.04, neck * 0.98)]
    for step in range(13):
        share = -0.93 + 1.83 * step / 12
        body.append((top + height * (0.07 + 0.88 * (step / 12)), belly * math.sqrt(1 - share * share)))
    body += [(base - height * 0.02, foot), (base, foot)]
    canvas.fill(lathe(0.5, body, _TILT), cylinder(glaze, strength=1.15, gloss=0.05))
    seam = top + height * 0.49
    canvas.stroke(arc((0.5, seam), belly, belly * _TILT, 8, 172), 0.004, glaze.lit(-0.10), opacity=0.55, blur=0.002)
    for x, y, size in ((0.40, 0.30, 0.07), (0.60, 0.66, 0.09), (0.46, 0.80, 0.05)):
        blush = Colour(0.83, 0.045, 60)
        canvas.ellipse((x, top + height * y), size, size * 0.7, blush, opacity=0.30, blur=0.035, inside=True)
    canvas.ellipse((0.40, top + height * 0.30), 0.04, 0.065, Colour(1, 0, 0), opacity=0.5, blur=0.022, inside=True)
    _mouth(canvas, (0.5, top), neck, glaze)


def pillar(canvas: Canvas, palette: Palette, rng: Random) -> None:
    """Draw two bare candles of wax, one burning, on a plate."""
    plate = palette.main.lit(-0.04)
    canvas.ellipse((0.5, FLOOR - 0.010), 0.245, 0.245 * 0.17, plate.lit(-0.14))
    canvas.ellipse((0.5, FLOOR - 0.020), 0.245, 0.245 * 0.17, linear([(0, plate.lit(0.08)), (1, plate.lit(-0.06))], 20))
    wax = Colour(0.80, 0.115, 82)
    for x, tall, radius, burns in ((0.585, 0.21, 0.078, False), (0.435, 0.36, 0.086, True)):
        base = FLOOR - 0.030 + (0.006 if burns else -0.006)
        top = base - tall * rng.uniform(0.96, 1.04)
        canvas.fill(lathe(x, [(top, radius), (base, radius)], _TILT), cylinder(wax, gloss=0.05))
        for index in range(1, 6):
            level = top + (base - top) * index / 6
            canvas.stroke(arc((x, level), radius, radius * _TILT, 5, 175), 0.0025, wax.lit(-0.10), opacity=0.4)
        canvas.ellipse((x, top), radius, radius * _TILT, wax.lit(0.09))
        canvas.stroke([(x, top + 0.004), (x + 0.002, top - 0.026)], 0.006, palette.dark)
        if burns:
            canvas.ellipse((x, top), radius * 0.6, radius * 0.6 * _TILT, Colour(0.95, 0.08, 90), blur=0.006)
            flame = Colour(0.90, 0.13, 82)
            canvas.ellipse((x, top - 0.062), 0.075, 0.09, flame, opacity=0.28, blur=0.03)
            tongue = [(x, top - 0.115), (x + 0.017, top - 0.058), (x, top - 0.022), (x - 0.017, top - 0.058)]
            glow = linear([(0, flame), (0.6, Colour(0.97, 0.06, 95)), (1, Colour(0.75, 0.12, 55))], 90)
            canvas.fill(curve(tongue, closed=True), glow)


def _mouth(canvas: Canvas, centre: Point, radius: float, glaze: Colour) -> None:
    canvas.ellipse(centre, radius, radius * _TILT, linear([(0, glaze.lit(0.09)), (1, glaze.lit(0.02))], 0))
    depth = linear([(0, glaze.lit(-0.30)), (0.6, glaze.lit(-0.20)), (1, glaze.lit(-0.10))], 0)
    canvas.ellipse((centre[0], centre[1] + 0.003), radius * 0.91, radius * _TILT * 0.88, depth)
