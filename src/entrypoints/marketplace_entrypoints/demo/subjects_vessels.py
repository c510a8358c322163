"""Turned and poured things: cups, vases, bowls, bottles, candles, pots with plants."""

import math
from random import Random

from marketplace_entrypoints.demo.canvas import Canvas, Point, arc, curve, lathe, rounded
from marketplace_entrypoints.demo.paint import Colour, cylinder, flat, linear
from marketplace_entrypoints.demo.scene import FLOOR, Palette

_TILT = 0.16
_BOWL_TILT = 0.21


def mug(canvas: Canvas, palette: Palette, rng: Random) -> None:
    """Draw a two-coloured mug with something warm in it."""
    top, radius = rng.uniform(0.40, 0.45), rng.uniform(0.165, 0.19)
    foot = radius * rng.uniform(0.74, 0.95)
    base = FLOOR - foot * _TILT * 0.8
    height = base - top
    handle = arc((0.5 + radius * 0.98, top + height * 0.47), radius * 0.55, height * 0.29, -115, 115)
    canvas.stroke(handle, 0.042, palette.main.lit(-0.13))
    canvas.stroke([(x - 0.004, y - 0.006) for x, y in handle], 0.028, palette.main.lit(-0.03))
    body = [(top, radius), (top + height * 0.55, (radius + foot) / 2 * 1.04), (base, foot)]
    canvas.fill(lathe(0.5, body, _TILT), cylinder(palette.main, gloss=0.10))
    _dip(canvas, palette.pale.lit(-0.03), body, rng, share=rng.uniform(0.45, 0.62))
    _opening(canvas, (0.5, top), radius, palette.main.lit(0.05), palette.main.lit(-0.22))
    surface = Colour(0.36, 0.06, 50)
    canvas.ellipse(
        (0.5, top + 0.012), radius * 0.83, radius * 0.83 * _TILT, linear([(0, surface.lit(-0.08)), (1, surface)], 20)
    )
    canvas.stroke(
        arc((0.5, top + 0.012), radius * 0.74, radius * 0.70 * _TILT, 190, 260), 0.006, surface.lit(0.25), opacity=0.6
    )


def vase(canvas: Canvas, palette: Palette, rng: Random) -> None:
    """Draw a vase, often with dried stems."""
    neck = rng.uniform(0.045, 0.075)
    belly = rng.uniform(0.15, 0.20)
    top = rng.uniform(0.36, 0.44)
    foot = belly * rng.uniform(0.45, 0.65)
    base = FLOOR - foot * _TILT * 0.8
    height = base - top
    if rng.random() < 0.8:
        _stems(canvas, (0.5, top), neck, palette, rng)
    shoulder = rng.uniform(0.42, 0.62)
    body = [
        (top, neck),
        (top + height * 0.14, neck * 0.86),
        (top + height * shoulder, belly),
        (base - height * 0.10, foot * 1.12),
        (base, foot),
    ]
    canvas.fill(lathe(0.5, body, _TILT), cylinder(palette.main, gloss=0.07))
    if rng.random() < 0.6:
        _dip(canvas, palette.second, body, rng, share=rng.uniform(0.35, 0.6))
    else:
        for level in (0.34, 0.40, 0.46):
            _ring(canvas, body, top + height * level, palette.second)
    _opening(canvas, (0.5, top), neck, palette.main.lit(0.06), palette.main.lit(-0.28))


def bowl(canvas: Canvas, palette: Palette, rng: Random) -> None:
    """Draw one bowl, or a smaller one standing in it, in speckled stoneware."""
    radius, height, base = rng.uniform(0.24, 0.27), rng.uniform(0.185, 0.21), FLOOR - 0.012
    outer, inner = _bowl_body(base, height, radius), _bowl_body(base - height * 0.42, height, radius * 0.80)
    nested = rng.random() < 0.6
    top = base - height
    canvas.fill(lathe(0.5, outer, _BOWL_TILT), cylinder(palette.main, gloss=0.06))
    _opening(canvas, (0.5, top), radius, palette.main.lit(0.06), palette.main.lit(-0.12), tilt=_BOWL_TILT)
    if nested:
        canvas.fill(lathe(0.5, inner, _BOWL_TILT), cylinder(palette.second, gloss=0.06))
        _speckles(canvas, inner, palette.second.lit(-0.25), rng)
        rim = (0.5, base - height * 1.42)
        _opening(canvas, rim, radius * 0.80, palette.second.lit(0.06), palette.second.lit(-0.12), tilt=_BOWL_TILT)
        canvas.fill(lathe(0.5, outer, _BOWL_TILT, open_top=True), cylinder(palette.main, gloss=0.06))
        edge = arc((0.5, top), radius * 0.995, radius * _BOWL_TILT * 0.97, 4, 176)
        canvas.stroke(edge, 0.009, cylinder(palette.main.lit(0.05)))
    _speckles(canvas, [(y, r) for y, r in outer if y > top + 0.05], palette.main.lit(-0.25), rng)


def _bowl_body(base: float, height: float, radius: float) -> list[Point]:
    top, foot = base - height, radius * 0.42
    return [
        (top, radius),
        (top + height * 0.45, radius * 0.9),
        (base - height * 0.18, radius * 0.58),
        (base - height * 0.10, foot),
        (base, foot),
    ]


def bottle(canvas: Canvas, palette: Palette, rng: Random) -> None:
    """Draw a bottle of something for the skin, with a pump or a dropper, and its carton-like label."""
    radius, top = rng.uniform(0.10, 0.125), rng.uniform(0.42, 0.46)
    base = FLOOR - radius * _TILT * 0.8
    glass = rng.choice((Colour(0.47, 0.09, 55), palette.main, palette.pale))
    cap = palette.dark if glass.lightness > 0.5 else palette.pale
    if rng.random() < 0.5:
        canvas.stroke([(0.5, top), (0.5, top - 0.11)], 0.020, cylinder(cap.lit(0.1)))
        canvas.fill(
            curve([(0.49, top - 0.135), (0.535, top - 0.14), (0.40, top - 0.118), (0.385, top - 0.10)]), cap.lit(0.06)
        )
        canvas.fill(rounded(0.40, top - 0.135, 0.545, top - 0.108, 0.012), linear([(0, cap.lit(0.14)), (1, cap)], 90))
    else:
        bulb = [(top - 0.17, 0.012), (top - 0.155, 0.024), (top - 0.09, 0.026), (top - 0.06, 0.036)]
        canvas.fill(lathe(0.5, bulb, _TILT), cylinder(cap.lit(0.05)))
    collar = [(top - 0.055, 0.046), (top + 0.01, 0.046)]
    canvas.fill(lathe(0.5, collar, _TILT), cylinder(cap, strength=0.9, gloss=0.08))
    body = [(top + 0.012, 0.045), (top + 0.03, 0.06), (top + 0.075, radius), (base - 0.05, radius), (base, radius)]
    canvas.fill(lathe(0.5, body, _TILT), cylinder(glass, gloss=0.14))
    _label(canvas, radius, top + 0.13, base - 0.055, palette)


def candle(canvas: Canvas, palette: Palette, rng: Random) -> None:
    """Draw a lit candle in a jar."""
    radius, top = rng.uniform(0.135, 0.16), rng.uniform(0.48, 0.52)
    base = FLOOR - radius * _TILT * 0.8
    body = [(top, radius), (base, radius)]
    canvas.fill(lathe(0.5, body, _TILT), cylinder(palette.main, gloss=0.12))
    _label(canvas, radius, top + 0.085, base - 0.07, palette)
    _opening(canvas, (0.5, top), radius, palette.main.lit(0.10), palette.pale.lit(-0.10))
    wax = Colour(0.93, 0.055, 85)
    canvas.ellipse(
        (0.5, top + 0.012), radius * 0.86, radius * 0.86 * _TILT, linear([(0, wax), (0.5, wax.lit(0.05)), (1, wax)], 0)
    )
    canvas.stroke([(0.5, top + 0.010), (0.502, top - 0.022)], 0.007, palette.dark)
    flame = Colour(0.90, 0.13, 82)
    canvas.ellipse((0.5, top - 0.055), 0.075, 0.085, flame, opacity=0.28, blur=0.03)
    tongue = curve([(0.5, top - 0.105), (0.517, top - 0.05), (0.5, top - 0.018), (0.483, top - 0.05)], closed=True)
    canvas.fill(tongue, linear([(0, flame), (0.6, Colour(0.97, 0.06, 95)), (1, Colour(0.75, 0.12, 55))], 90))


def _opening(canvas: Canvas, centre: Point, radius: float, rim: Colour, inner: Colour, tilt: float = _TILT) -> None:
    canvas.ellipse(centre, radius, radius * tilt, linear([(0, rim.lit(0.04)), (1, rim.lit(-0.03))], 0))
    depth = linear([(0, inner.lit(-0.09)), (0.6, inner), (1, inner.lit(0.10))], 0)
    canvas.ellipse((centre[0], centre[1] + 0.003), radius * 0.91, radius * tilt * 0.88, depth)


def _radius_at(body: list[Point], y: float) -> float:
    side = curve([(radius, level) for level, radius in body])
    return min(side, key=lambda point: abs(point[1] - y))[0]


def _dip(canvas: Canvas, glaze: Colour, body: list[Point], rng: Random, *, share: float) -> None:
    """Lay a second glaze over the lower part, with an edge that follows the roundness and wavers a little."""
    top, base = body[0][0], body[-1][0]
    level = top + (base - top) * share
    radius = _radius_at(body, level)
    waver = [rng.uniform(-0.008, 0.012) for _ in range(9)]
    edge = [
        (0.5 - radius + radius * 2 * index / 8, level + math.sin(math.pi * index / 8) * radius * _TILT + waver[index])
        for index in range(9)
    ]
    side = [(r + 0.01, y) for r, y in curve([(r, y) for y, r in body]) if y > level]
    right = [(0.5 + r, y) for r, y in side]
    left = [(0.5 - r, y) for r, y in reversed(side)]
    canvas.fill([*curve(edge), *right, (0.5, base + 0.1), *left], cylinder(glaze, gloss=0.04), inside=True)


def _ring(canvas: Canvas, body: list[Point], level: float, colour: Colour) -> None:
    radius = _radius_at(body, level)
    canvas.stroke(arc((0.5, level), radius, radius * _TILT, 2, 178), 0.009, cylinder(colour), inside=True)


def _speckles(canvas: Canvas, body: list[Point], colour: Colour, rng: Random) -> None:
    top, base = body[0][0], body[-1][0]
    for _ in range(26):
        y = rng.uniform(top + 0.02, base)
        x = 0.5 + rng.uniform(-0.95, 0.95) * _radius_at(body, y)
        size = rng.uniform(0.0012, 0.003)
        canvas.ellipse((x, y), size, size, colour, opacity=0.5, inside=True)


def _label(canvas: Canvas, radius: float, top: float, bottom: float, palette: Palette) -> None:
    """Stick a paper label on a round body: no words, only the lines where words would be."""
    half = radius * 0.66
    bend = radius * _TILT * 0.25
    upper = [(0.5 + half * t / 6, top + bend * math.cos(math.pi / 2 * t / 6)) for t in range(-6, 7)]
    lower = [(0.5 + half * t / 6, bottom + bend * math.cos(math.pi / 2 * t / 6)) for t in range(6, -7, -1)]
    canvas.fill(
        [*upper, *lower], linear([(0, palette.pale.lit(0.03)), (0.4, palette.pale), (1, palette.pale.lit(-0.12))], 0)
    )
    ink = palette.dark.lit(0.12)
    third = (bottom - top) / 3
    canvas.ellipse((0.5, top + third * 0.85 + bend), half * 0.20, half * 0.20, palette.accent.muted(0.8))
    for row, width in enumerate((0.62, 0.42, 0.52)):
        y = top + third * 1.65 + row * third * 0.33 + bend
        canvas.stroke([(0.5 - half * width, y), (0.5 + half * width, y)], 0.0045, flat(ink), opacity=0.75)


def _stems(canvas: Canvas, mouth: Point, neck: float, palette: Palette, rng: Random) -> None:
    dry = Colour(0.72, 0.06, 78)
    for index in range(5):
        lean = (index - 2) * 0.075 + rng.uniform(-0.02, 0.02)
        tip = (mouth[0] + lean, mouth[1] - rng.uniform(0.19, 0.28))
        bend = (mouth[0] + lean * 0.35, mouth[1] - 0.12)
        stem = curve([(mouth[0] + lean * 0.12 * neck / 0.06, mouth[1] + 0.01), bend, tip])
        canvas.stroke(stem, 0.0045, dry.lit(-0.18))
        tone = rng.choice((dry.lit(0.10), palette.accent.muted(0.55).lit(0.08), dry))
        for step in range(7):
            x, y = stem[-1 - step * 2]
            size = 0.011 * (1 - abs(step - 3) / 6)
            canvas.ellipse((x + rng.uniform(-0.012, 0.012), y), size, size * 1.5, tone.lit(rng.uniform(-0.06, 0.06)))
