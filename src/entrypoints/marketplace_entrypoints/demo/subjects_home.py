"""Things of a home: lamps, chairs, cushions, books, a radio, and a quiet arrangement of forms for everything else."""

import math
from random import Random

from marketplace_entrypoints.demo.canvas import Canvas, Point, arc, curve, lathe, rounded
from marketplace_entrypoints.demo.paint import Colour, ball, cylinder, linear, metal
from marketplace_entrypoints.demo.scene import FLOOR, Palette

_TILT = 0.14
_GLOW = Colour(0.95, 0.07, 85)


def lamp(canvas: Canvas, palette: Palette, rng: Random) -> None:
    """Draw a lit table lamp."""
    top, wide = rng.uniform(0.20, 0.25), rng.uniform(0.19, 0.23)
    low = top + rng.uniform(0.21, 0.25)
    narrow = wide * rng.choice((0.55, 0.75, 0.95))
    foot = rng.uniform(0.10, 0.12)
    base = FLOOR - foot * _TILT * 0.7
    canvas.ellipse((0.5, low), wide * 1.75, wide * 1.55, _GLOW, opacity=0.26, blur=0.07)
    if rng.random() < 0.5:
        swell = rng.uniform(0.095, 0.125)
        body = [
            (low, 0.026),
            (low + 0.07, 0.030),
            (base - 0.16, swell),
            (base - 0.05, swell * 0.85),
            (base, foot * 0.62),
        ]
        canvas.fill(lathe(0.5, body, _TILT), cylinder(palette.main, gloss=0.09))
    else:
        canvas.fill(lathe(0.5, [(base - 0.018, foot), (base, foot)], _TILT), cylinder(palette.second))
        canvas.ellipse((0.5, base - 0.018), foot, foot * _TILT, palette.second.lit(0.07))
        canvas.stroke([(0.5, low - 0.02), (0.5, base - 0.02)], 0.020, metal(palette.gold))
        for level in (0.30, 0.55):
            canvas.ellipse((0.5, low + (base - low) * level), 0.034, 0.034, ball(palette.main))
    shade = [(top, narrow), (low, wide)]
    paper = palette.pale.mixed(palette.main, rng.choice((0.0, 0.12, 0.35))).lit(0.02)
    warm = paper.mixed(_GLOW, 0.5)
    lit = linear([(0, paper.lit(-0.05)), (0.5, warm), (1, warm.lit(0.03))], 90)
    canvas.ellipse((0.5, low), wide * 0.985, wide * 0.985 * _TILT, _GLOW.lit(0.02))
    canvas.fill(lathe(0.5, shade, _TILT), lit)
    side = linear([(0, Colour(0.45, 0.05, 60)), (0.25, _GLOW), (0.6, _GLOW), (1, Colour(0.42, 0.05, 55))], 0)
    canvas.fill(lathe(0.5, shade, _TILT), side, opacity=0.22)
    canvas.ellipse((0.5, top), narrow, narrow * _TILT, warm.lit(0.03))
    canvas.ellipse((0.5, top + 0.002), narrow * 0.94, narrow * _TILT * 0.88, paper.lit(-0.10).mixed(_GLOW, 0.4))


def chair(canvas: Canvas, palette: Palette, rng: Random) -> None:
    """Draw an upholstered chair on wooden legs, seen a little from the side."""
    wood = palette.wood.lit(rng.choice((0.0, -0.18)))
    base, cloth = FLOOR, palette.main
    seat = 0.575
    for x, foot, back in ((0.64, 0.685, True), (0.37, 0.335, True)):
        _leg(canvas, (x, seat + 0.05), (foot, base - 0.045), wood.lit(-0.12 if back else 0))
    shell = rng.choice(("round", "square"))
    if shell == "round":
        back_rest = curve(
            [
                (0.315, seat + 0.02),
                (0.275, 0.43),
                (0.335, 0.285),
                (0.5, 0.245),
                (0.665, 0.285),
                (0.725, 0.43),
                (0.685, seat + 0.02),
            ]
        )
    else:
        back_rest = rounded(0.30, 0.235, 0.70, seat + 0.05, 0.06)
    canvas.fill(back_rest, linear([(0, cloth.lit(0.05)), (0.5, cloth), (1, cloth.lit(-0.13))], 25))
    inner = [(0.5 + (x - 0.5) * 0.86, 0.42 + (y - 0.42) * 0.86) for x, y in back_rest]
    canvas.fill(inner, linear([(0, cloth.lit(0.09)), (1, cloth.lit(-0.04))], 65), blur=0.012, opacity=0.8, inside=True)
    if rng.random() < 0.55:
        for t in (-2, -1, 0, 1, 2):
            seam = [(0.5 + t * 0.062, 0.27), (0.5 + t * 0.068, seat + 0.02)]
            canvas.stroke(seam, 0.006, cloth.lit(-0.16), blur=0.003, opacity=0.7, inside=True)
            canvas.stroke(
                [(x + 0.008, y) for x, y in seam], 0.006, cloth.lit(0.12), blur=0.004, opacity=0.6, inside=True
            )
    canvas.ellipse((0.5, seat + 0.005), 0.19, 0.025, cloth.lit(-0.22), blur=0.012, opacity=0.6, inside=True)
    cushion = curve(
        [(0.27, seat + 0.03), (0.30, seat - 0.012), (0.5, seat - 0.022), (0.70, seat - 0.012), (0.73, seat + 0.03),
         (0.715, seat + 0.09), (0.5, seat + 0.108), (0.285, seat + 0.09)],
        closed=True,
    )  # fmt: skip
    canvas.fill(cushion, linear([(0, cloth.lit(0.11)), (0.45, cloth.lit(0.02)), (1, cloth.lit(-0.15))], 80))
    piping = [
        (0.283, seat + 0.062),
        (0.4, seat + 0.078),
        (0.5, seat + 0.081),
        (0.6, seat + 0.078),
        (0.717, seat + 0.062),
    ]
    canvas.stroke(curve(piping), 0.004, cloth.lit(-0.17), opacity=0.8, inside=True)
    for x, foot in ((0.315, 0.275), (0.685, 0.735)):
        _leg(canvas, (x, seat + 0.088), (foot, base), wood)


def _leg(canvas: Canvas, top: Point, foot: Point, wood: Colour) -> None:
    outline = [
        (top[0] - 0.017, top[1]),
        (top[0] + 0.017, top[1]),
        (foot[0] + 0.009, foot[1]),
        (foot[0] - 0.009, foot[1]),
    ]
    canvas.fill(outline, linear([(0, wood.lit(0.07)), (1, wood.lit(-0.10))], 0))


def cushion(canvas: Canvas, palette: Palette, rng: Random) -> None:
    """Draw a plump cushion standing on its edge, plain, striped, or with an embroidered sun."""
    cloth, middle, half = palette.main, 0.535, 0.28
    sides: list[Point] = []
    corners = ((-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0))
    for (x, y), (to_x, to_y) in zip(corners, (*corners[1:], corners[0]), strict=True):
        for t in (0.0, 0.03, 0.25, 0.5, 0.75, 0.97):
            sag = 1 - 0.13 * math.sin(math.pi * t) * (0.4 if t in (0.03, 0.97) else 1)
            along_x, along_y = x + (to_x - x) * t, y + (to_y - y) * t
            across = x == to_x
            sides.append(
                (0.5 + along_x * half * (sag if across else 1), middle + along_y * half * (1 if across else sag))
            )
    canvas.fill(curve(sides, closed=True), ball(cloth, strength=1.05, at=(0.40, 0.32)))
    _embroider(canvas, palette, rng, middle, half)
    shade, light = cloth.lit(-0.24), cloth.lit(0.16)
    for (x, y), (to_x, to_y) in zip(corners, ((-0.45, -0.35), (0.5, -0.4), (0.45, 0.5), (-0.5, 0.45)), strict=True):
        fold = [(0.5 + x * half * 0.95, middle + y * half * 0.95), (0.5 + to_x * half, middle + to_y * half)]
        canvas.stroke(fold, 0.013, shade, blur=0.010, opacity=0.38, inside=True)
        canvas.stroke([(a + 0.012, b - 0.008) for a, b in fold], 0.010, light, blur=0.010, opacity=0.35, inside=True)


def _embroider(canvas: Canvas, palette: Palette, rng: Random, middle: float, half: float) -> None:
    thread = palette.pale if palette.main.lightness < 0.75 else palette.dark
    kind = rng.choice(("sun", "stripes", "plain"))
    if kind == "stripes":
        for t in (-0.62, -0.5, -0.06, 0.06, 0.5, 0.62):
            y = middle + t * half
            line = curve(
                [(0.5 - half * 1.2, y + 0.012), (0.5, y - 0.012 * (1 - abs(t))), (0.5 + half * 1.2, y + 0.012)]
            )
            canvas.stroke(line, 0.011, thread, opacity=0.75, inside=True)
    elif kind == "sun":
        canvas.stroke(arc((0.5, middle), half * 0.30, half * 0.30), 0.008, thread, opacity=0.8, inside=True)
        for spoke in range(16):
            angle = math.tau * spoke / 16
            reach = half * (0.70 if spoke % 2 else 0.56)
            ray = [(0.5 + r * math.cos(angle), middle + r * math.sin(angle)) for r in (half * 0.40, reach)]
            canvas.stroke(ray, 0.008, thread, opacity=0.8, inside=True)


def book(canvas: Canvas, palette: Palette, rng: Random) -> None:
    """Draw a book standing on a lying one, its cover a small abstract composition."""
    base = FLOOR
    lying = palette.second
    thick = rng.uniform(0.055, 0.075)
    _lying_book(canvas, lying, base, thick, 0.245)
    ground = base - thick - 0.004
    left, right, tall, deep = 0.345, 0.645, rng.uniform(0.40, 0.44), 0.045
    top = ground - tall
    pages = [(right, top + 0.006), (right + deep, top - 0.016), (right + deep, ground - 0.022), (right, ground)]
    canvas.fill(pages, linear([(0, palette.pale.lit(-0.05)), (1, palette.pale.lit(-0.15))], 0))
    for line in range(1, 6):
        x = right + deep * line / 6
        rise = 0.022 * line / 6
        canvas.stroke([(x, top - rise + 0.008), (x, ground - rise)], 0.0015, palette.pale.lit(-0.26), opacity=0.6)
    upper = [(left, top), (right, top), (right + deep, top - 0.022), (left + deep, top - 0.022)]
    canvas.fill(upper, linear([(0, palette.pale), (1, palette.pale.lit(-0.06))], 0))
    cover = [(left, top), (right, top), (right, ground), (left, ground)]
    canvas.fill(cover, linear([(0, palette.main.lit(0.04)), (1, palette.main.lit(-0.04))], 50))
    _cover_art(canvas, palette, rng, (left, top, right, ground))
    hinge = [(left, top), (left + 0.022, top), (left + 0.022, ground), (left, ground)]
    canvas.fill(
        hinge, linear([(0, Colour(0.2, 0, 0)), (0.6, Colour(0.9, 0, 0)), (1, Colour(0.2, 0, 0))], 0), opacity=0.14
    )


def _lying_book(canvas: Canvas, cloth: Colour, base: float, thick: float, half: float) -> None:
    paper = Colour(0.93, 0.02, 85)
    canvas.fill(
        rounded(0.5 - half, base - thick, 0.5 + half, base, 0.010),
        linear([(0, cloth.lit(0.05)), (1, cloth.lit(-0.1))], 90),
    )
    edge = (0.5 - half + 0.035, base - thick + 0.010, 0.5 + half + 0.001, base - 0.010)
    canvas.fill(rounded(*edge, 0.003), linear([(0, paper.lit(-0.12)), (0.3, paper), (1, paper.lit(-0.10))], 90))
    for line in range(1, 5):
        y = edge[1] + (edge[3] - edge[1]) * line / 5
        canvas.stroke([(edge[0] + 0.004, y), (edge[2] - 0.004, y)], 0.0016, paper.lit(-0.2), opacity=0.6)


def _cover_art(canvas: Canvas, palette: Palette, rng: Random, box: tuple[float, float, float, float]) -> None:
    left, top, right, bottom = box
    width, height = right - left, bottom - top
    ink = palette.pale
    kind = rng.choice(("sun", "arches", "waves"))
    middle = left + width * 0.54
    if kind == "sun":
        canvas.ellipse((middle, top + height * 0.40), width * 0.26, width * 0.26, palette.accent.lit(0.05), inside=True)
        for index, tone in enumerate((palette.second, palette.main.lit(-0.17))):
            crest = top + height * (0.58 + index * 0.13)
            hill = curve(
                [
                    (left, crest + 0.03),
                    (left + width * 0.35, crest - 0.035),
                    (left + width * 0.7, crest + 0.02),
                    (right, crest - 0.01),
                ]
            )
            canvas.fill([*hill, (right, bottom), (left, bottom)], tone, inside=True)
    elif kind == "arches":
        for index, tone in enumerate((palette.second, palette.accent, ink)):
            radius = width * (0.34 - index * 0.10)
            foot = top + height * 0.74
            shape = [
                *arc((middle, top + height * 0.46), radius, radius, 180, 360),
                (middle + radius, foot),
                (middle - radius, foot),
            ]
            canvas.fill(shape, tone)
    else:
        for index in range(7):
            y = top + height * (0.32 + index * 0.07)
            wave = curve(
                [(left + width * (0.16 + 0.19 * step), y + (0.014 if step % 2 else -0.014)) for step in range(5)]
            )
            canvas.stroke(wave, 0.007, ink if index % 2 else palette.accent)
    for row, share in enumerate((0.5, 0.32)):
        y = top + height * (0.10 + 0.055 * row)
        canvas.stroke([(middle - width * share / 2, y), (middle + width * share / 2, y)], 0.011 - row * 0.004, ink)
    canvas.stroke(
        [(middle - width * 0.14, bottom - height * 0.08), (middle + width * 0.14, bottom - height * 0.08)], 0.006, ink
    )


def radio(canvas: Canvas, palette: Palette, rng: Random) -> None:
    """Draw a small wireless loudspeaker of wood and cloth."""
    base, half, tall = FLOOR - 0.012, 0.255, rng.uniform(0.25, 0.30)
    top = base - tall
    for x in (0.5 - half * 0.75, 0.5 + half * 0.75):
        canvas.stroke([(x, base - 0.004), (x, base + 0.008)], 0.022, palette.dark)
    if rng.random() < 0.6:
        grip = curve(
            [
                (0.5 - half * 0.7, top + 0.01),
                (0.5 - half * 0.66, top - 0.062),
                (0.5 + half * 0.66, top - 0.062),
                (0.5 + half * 0.7, top + 0.01),
            ]
        )
        canvas.stroke(grip, 0.017, linear([(0, palette.wood.lit(-0.1)), (1, palette.wood.lit(-0.26))], 90))
    shell = palette.wood.lit(rng.choice((0.02, -0.16))) if rng.random() < 0.6 else palette.main
    canvas.fill(
        rounded(0.5 - half, top, 0.5 + half, base, 0.045),
        linear([(0, shell.lit(0.10)), (0.4, shell), (1, shell.lit(-0.13))], 60),
    )
    face = (0.5 - half + 0.022, top + 0.022, 0.5 + half - 0.022, base - 0.022)
    cloth = palette.second.muted(0.6)
    canvas.fill(rounded(*face, 0.030), linear([(0, cloth.lit(-0.03)), (1, cloth.lit(-0.10))], 60))
    rows, columns = round((face[3] - face[1] - 0.03) / 0.0145), round((face[2] - face[0] - 0.16) / 0.0145)
    for row in range(rows):
        for column in range(columns):
            x, y = face[0] + 0.026 + column * 0.0145, face[1] + 0.024 + row * 0.0145
            canvas.ellipse((x, y), 0.0036, 0.0036, cloth.lit(-0.26))
    knob = (face[2] - 0.062, face[1] + 0.072)
    canvas.ellipse((knob[0] + 0.004, knob[1] + 0.008), 0.044, 0.044, palette.dark, opacity=0.45, blur=0.008)
    canvas.ellipse(knob, 0.042, 0.042, metal(palette.gold, 40))
    canvas.ellipse(knob, 0.033, 0.033, linear([(0, palette.gold.lit(0.10)), (1, palette.gold.lit(-0.12))], 60))
    canvas.stroke([knob, (knob[0] + 0.014, knob[1] - 0.021)], 0.005, palette.dark)
    for index in range(2):
        canvas.ellipse((knob[0] - 0.016 + index * 0.032, face[3] - 0.045), 0.010, 0.010, ball(palette.pale))


def forms(canvas: Canvas, palette: Palette, rng: Random) -> None:
    """Draw a still life of plain bodies: what is shown for a product that no other drawing fits."""
    base = FLOOR
    tall = rng.uniform(0.30, 0.40)
    canvas.fill([*arc((0.40, base - tall + 0.10), 0.12, 0.12, 180, 360), (0.52, base - 0.03), (0.28, base - 0.03)],
                linear([(0, palette.second.lit(0.05)), (1, palette.second.lit(-0.09))], 30))  # fmt: skip
    canvas.fill([*arc((0.40, base - tall + 0.115), 0.062, 0.062, 180, 360), (0.462, base - 0.03), (0.338, base - 0.03)],
                linear([(0, palette.second.lit(-0.22)), (1, palette.second.lit(-0.12))], 90))  # fmt: skip
    block = [(base - rng.uniform(0.13, 0.17), 0.115), (base - 0.015, 0.115)]
    canvas.fill(lathe(0.62, block, _TILT), cylinder(palette.main))
    canvas.ellipse((0.62, block[0][0]), 0.115, 0.115 * _TILT, palette.main.lit(0.10))
    size = rng.uniform(0.075, 0.095)
    canvas.ellipse(
        (0.62, block[0][0] + 0.004), size * 0.7, 0.011, palette.main.lit(-0.25), blur=0.006, opacity=0.6, inside=True
    )
    canvas.ellipse((0.62, block[0][0] - size + 0.004), size, size, ball(palette.accent))
    small = 0.052
    canvas.ellipse((0.45, base - small + 0.008), small, small, ball(palette.pale))
