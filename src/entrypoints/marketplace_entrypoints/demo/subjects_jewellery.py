"""Jewellery and watches, laid out and seen from above."""

import math
from random import Random

from marketplace_entrypoints.demo.canvas import Canvas, Point, arc, curve, rounded
from marketplace_entrypoints.demo.paint import Colour, ball, linear, metal
from marketplace_entrypoints.demo.scene import Palette

_STONES = (Colour(0.60, 0.15, 155), Colour(0.55, 0.15, 260), Colour(0.60, 0.17, 15), Colour(0.88, 0.03, 220))


def jewellery(canvas: Canvas, palette: Palette, rng: Random) -> None:
    """Draw one of the three."""
    rng.choice((ring, necklace, earrings))(canvas, palette, rng)


def ring(canvas: Canvas, palette: Palette, rng: Random) -> None:
    """Draw a ring with a stone."""
    gold = rng.choice((palette.gold, palette.silver, Colour(0.76, 0.075, 45)))
    middle, radius = (0.5, 0.56), 0.185
    canvas.stroke(arc(middle, radius, radius), 0.034, metal(gold, 45))
    canvas.stroke(arc(middle, radius + 0.008, radius + 0.008, 150, 330), 0.005, gold.lit(0.16), opacity=0.8)
    canvas.stroke(arc(middle, radius - 0.010, radius - 0.010, -30, 150), 0.007, gold.lit(-0.24), opacity=0.6)
    stone, top = rng.choice(_STONES), middle[1] - radius - 0.070
    for x in (-0.052, 0.052):
        canvas.stroke([(0.5 + x * 0.5, top + 0.075), (0.5 + x * 1.15, top + 0.004)], 0.011, metal(gold))
    _stone(canvas, (0.5, top + 0.02), 0.080, stone)


def signet(canvas: Canvas, palette: Palette, rng: Random) -> None:
    """Draw a signet ring of silver with nothing engraved on it."""
    silver = palette.silver.lit(rng.uniform(-0.04, 0.02))
    middle, radius = (0.5, 0.57), 0.18
    canvas.stroke(arc(middle, radius, radius), 0.036, metal(silver, 45))
    for side in (-1, 1):
        shoulder = [(0.5 + side * 0.165, 0.50), (0.5 + side * 0.13, 0.43), (0.5 + side * 0.085, 0.385)]
        canvas.stroke(curve(shoulder), 0.052, metal(silver, 30 + side * 20))
    canvas.ellipse((0.5, 0.375), 0.122, 0.092, silver.lit(-0.22))
    canvas.ellipse((0.5, 0.368), 0.120, 0.090, metal(silver, 60))
    canvas.ellipse(
        (0.5, 0.366), 0.100, 0.073, linear([(0, silver.lit(0.13)), (0.5, silver), (1, silver.lit(-0.12))], 35)
    )
    canvas.stroke(arc((0.5, 0.366), 0.100, 0.073, 160, 300), 0.005, Colour(1, 0, 0), opacity=0.6, blur=0.002)
    canvas.stroke(arc(middle, radius - 0.012, radius - 0.012, 20, 150), 0.007, silver.lit(-0.26), opacity=0.5)


def necklace(canvas: Canvas, palette: Palette, rng: Random) -> None:
    """Draw a necklace with a medal or a drop."""
    gold = rng.choice((palette.gold, palette.silver))
    chain = curve([(0.26, 0.10), (0.30, 0.36), (0.40, 0.555), (0.5, 0.62), (0.60, 0.555), (0.70, 0.36), (0.74, 0.10)])
    for index in range(len(chain) - 1):
        tone = gold.lit(0.10 if index % 2 else -0.08)
        canvas.stroke([chain[index], chain[index + 1]], 0.0085 if index % 2 else 0.0065, tone)
    canvas.stroke(arc((0.5, 0.640), 0.014, 0.018), 0.006, gold.lit(0.06))
    if rng.random() < 0.5:
        canvas.ellipse((0.5, 0.725), 0.072, 0.072, metal(gold, 55))
        canvas.ellipse((0.5, 0.725), 0.060, 0.060, linear([(0, gold.lit(0.06)), (1, gold.lit(-0.10))], 60))
        for spoke in range(12):
            angle = math.tau * spoke / 12
            line = [(0.5 + r * math.cos(angle), 0.725 + r * math.sin(angle)) for r in (0.026, 0.047)]
            canvas.stroke(line, 0.0045, gold.lit(-0.24))
        canvas.ellipse((0.5, 0.725), 0.017, 0.017, ball(rng.choice(_STONES)))
    else:
        drop = curve([(0.5, 0.652), (0.548, 0.745), (0.5, 0.80), (0.452, 0.745)], closed=True)
        canvas.fill(drop, metal(gold, 30))
        inner = [(0.5 + (x - 0.5) * 0.78, 0.738 + (y - 0.738) * 0.80) for x, y in drop]
        stone = rng.choice(_STONES)
        canvas.fill(inner, ball(stone, strength=1.2))
        canvas.ellipse((0.487, 0.718), 0.008, 0.015, Colour(1, 0, 0), opacity=0.6, blur=0.003)


def earrings(canvas: Canvas, palette: Palette, rng: Random) -> None:
    """Draw a pair of earrings."""
    gold = rng.choice((palette.gold, palette.silver, Colour(0.76, 0.075, 45)))
    stone, hoops = rng.choice(_STONES), rng.random() < 0.5
    for x, y in ((0.36, 0.48), (0.64, 0.52)):
        canvas.ellipse((x, y - 0.20), 0.020, 0.020, ball(gold))
        if hoops:
            canvas.stroke(arc((x, y - 0.055), 0.112, 0.135), 0.024, metal(gold, 40))
            canvas.stroke(arc((x, y - 0.055), 0.117, 0.140, 180, 290), 0.0045, gold.lit(0.18), opacity=0.8)
        else:
            canvas.stroke([(x, y - 0.19), (x, y - 0.07)], 0.0065, gold)
            canvas.fill(arc((x, y + 0.03), 0.10, 0.10, 180, 360), metal(gold, 30))
            canvas.fill(
                arc((x, y + 0.045), 0.10, 0.10, 0, 180),
                linear([(0, palette.main.lit(0.05)), (1, palette.main.lit(-0.10))], 40),
            )
        canvas.ellipse((x, y + (0.09 if hoops else 0.175)), 0.022, 0.022, ball(stone, strength=1.2))


def watch(canvas: Canvas, palette: Palette, rng: Random) -> None:
    """Draw a wristwatch seen from above."""
    canvas.turn(rng.uniform(-22, 22))
    band = rng.choice((palette.main.lit(-0.05), Colour(0.42, 0.06, 45), palette.dark))
    case = rng.choice((palette.gold, palette.silver))
    for y0, y1, tip in ((0.35, 0.045, -1), (0.65, 0.955, 1)):
        strap = [(0.425, y0), (0.575, y0), (0.552, y1), *arc((0.5, y1), 0.052, 0.022 * tip, 0, 180), (0.448, y1)]
        canvas.fill(strap, linear([(0, band.lit(-0.08)), (0.3, band.lit(0.08)), (0.7, band), (1, band.lit(-0.12))], 0))
        for side in (-1, 1):
            stitch = [(0.5 + side * 0.060, y0), (0.5 + side * 0.043, y1)]
            canvas.stroke(stitch, 0.0028, band.lit(0.20), opacity=0.8)
    for index in range(4):
        canvas.ellipse((0.5, 0.775 + index * 0.045), 0.0075, 0.0055, band.lit(-0.22))
    canvas.fill(rounded(0.662, 0.480, 0.692, 0.520, 0.008), metal(case, 90))
    canvas.ellipse((0.5, 0.5), 0.172, 0.172, metal(case, 50))
    canvas.ellipse((0.5, 0.5), 0.153, 0.153, case.lit(-0.28))
    dial = rng.choice((palette.pale, palette.main.lit(-0.20), palette.dark))
    canvas.ellipse((0.5, 0.5), 0.149, 0.149, ball(dial, strength=0.5))
    ink = palette.dark if dial.lightness > 0.6 else palette.pale
    for hour in range(12):
        angle = math.tau * hour / 12
        reach = 0.108 if hour % 3 == 0 else 0.120
        mark = [(0.5 + r * math.sin(angle), 0.5 - r * math.cos(angle)) for r in (reach, 0.133)]
        canvas.stroke(mark, 0.0065 if hour % 3 == 0 else 0.004, ink)
    for degrees, reach, width, tone in (
        (305, 0.072, 0.009, ink),
        (54, 0.105, 0.007, ink),
        (190, 0.112, 0.003, palette.accent),
    ):
        angle = math.radians(degrees)
        hand = [(0.5, 0.5), (0.5 + reach * math.sin(angle), 0.5 - reach * math.cos(angle))]
        canvas.stroke(hand, width, tone)
    canvas.ellipse((0.5, 0.5), 0.010, 0.010, palette.gold)
    glass = arc((0.5, 0.5), 0.128, 0.128, 190, 262)
    canvas.stroke(glass, 0.016, Colour(1, 0, 0), opacity=0.22, blur=0.005, inside=True)


def _stone(canvas: Canvas, middle: Point, size: float, tone: Colour) -> None:
    """Draw a cut stone from the side: a table, a crown and a pointed pavilion, each facet with its own light."""
    x, y = middle
    table = [(x + size * t, y - size * 0.46) for t in (-0.56, -0.19, 0.19, 0.56)]
    girdle = [(x + size * t, y - size * 0.08) for t in (-1.0, -0.5, 0.0, 0.5, 1.0)]
    tip = (x, y + size * 0.85)
    facets = (
        ((table[0], girdle[0], girdle[1]), 0.12),
        ((table[0], girdle[1], table[1]), 0.22),
        ((table[1], girdle[1], girdle[2]), 0.04),
        ((table[1], girdle[2], table[2]), 0.16),
        ((table[2], girdle[2], girdle[3]), -0.05),
        ((table[2], girdle[3], table[3]), 0.10),
        ((table[3], girdle[3], girdle[4]), -0.09),
        ((girdle[0], girdle[1], tip), -0.02),
        ((girdle[1], girdle[2], tip), 0.10),
        ((girdle[2], girdle[3], tip), -0.14),
        ((girdle[3], girdle[4], tip), -0.04),
    )
    canvas.fill([table[0], table[3], girdle[4], tip, girdle[0]], tone)
    for outline, light in facets:
        canvas.fill(outline, tone.lit(light))
    glint = (x - size * 0.34, y - size * 0.30)
    for across, down in ((0.30, 0.035), (0.035, 0.30)):
        canvas.ellipse(glint, size * across, size * down, Colour(1, 0, 0), opacity=0.9)
