"""Things to play or listen with: guitars, headphones, wooden toys, cameras."""

import math
from random import Random

from marketplace_entrypoints.demo.canvas import Canvas, arc, curve, mirrored, rounded
from marketplace_entrypoints.demo.paint import Colour, ball, linear, metal
from marketplace_entrypoints.demo.scene import FLOOR, Palette


def guitar(canvas: Canvas, palette: Palette, rng: Random) -> None:
    """Draw an acoustic guitar, hung or laid a little aslant."""
    canvas.turn(rng.uniform(14, 24), (0.5, 0.52))
    top_wood = rng.choice((Colour(0.78, 0.095, 72), Colour(0.66, 0.11, 55), palette.main))
    side_wood, neck = top_wood.lit(-0.28), Colour(0.40, 0.055, 50)
    waist = [(0.5, 0.475), (0.555, 0.47), (0.615, 0.515), (0.605, 0.595), (0.590, 0.635)]
    half = curve([*waist, (0.635, 0.70), (0.665, 0.79), (0.635, 0.865), (0.575, 0.908), (0.5, 0.917)])
    body = mirrored(half)
    canvas.fill([(x + 0.010, y + 0.008) for x, y in body], side_wood.lit(-0.05))
    canvas.fill(body, linear([(0, side_wood.lit(0.16)), (1, side_wood)], 40))
    face = [(0.5 + (x - 0.5) * 0.955, 0.695 + (y - 0.695) * 0.963) for x, y in body]
    canvas.fill(face, linear([(0, top_wood.lit(0.10)), (0.5, top_wood), (1, top_wood.lit(-0.12))], 35))
    for index in range(13):
        x = 0.36 + index * 0.024 + rng.uniform(-0.004, 0.004)
        canvas.stroke([(x, 0.46), (x, 0.92)], 0.0028, top_wood.lit(-0.10), opacity=0.22, inside=True)
    guard = curve([(0.545, 0.60), (0.605, 0.625), (0.600, 0.70), (0.545, 0.695)], closed=True)
    canvas.fill(guard, Colour(0.34, 0.06, 40), opacity=0.85, inside=True)
    hole = (0.5, 0.625)
    for radius, tone in (
        (0.066, palette.dark),
        (0.062, palette.pale),
        (0.058, top_wood.lit(-0.25)),
        (0.053, palette.pale),
    ):
        canvas.ellipse(hole, radius, radius, tone)
    canvas.ellipse(hole, 0.049, 0.049, linear([(0, Colour(0.16, 0.02, 40)), (1, Colour(0.30, 0.04, 45))], 60))
    canvas.fill(
        [(0.482, 0.16), (0.518, 0.16), (0.523, 0.595), (0.477, 0.595)],
        linear([(0, neck.lit(0.07)), (1, neck.lit(-0.08))], 0),
    )
    for fret in range(13):
        y = 0.595 - 0.43 * (1 - 0.92**fret) / (1 - 0.92**12) * 0.985
        canvas.stroke([(0.479, y), (0.521, y)], 0.0028, palette.silver)
        if fret in (3, 5, 7, 9):
            canvas.ellipse((0.5, y + 0.012), 0.0045, 0.0045, palette.pale)
    head = [(0.478, 0.165), (0.466, 0.06), (0.480, 0.045), (0.520, 0.045), (0.534, 0.06), (0.522, 0.165)]
    canvas.fill(head, linear([(0, side_wood.lit(0.10)), (1, side_wood.lit(-0.06))], 20))
    for row in range(3):
        for side in (-1, 1):
            y = 0.070 + row * 0.030
            canvas.stroke([(0.5 + side * 0.030, y), (0.5 + side * 0.050, y)], 0.006, palette.silver)
            canvas.ellipse((0.5 + side * 0.053, y), 0.0095, 0.0075, ball(palette.pale))
    canvas.fill(rounded(0.437, 0.775, 0.563, 0.800, 0.008), neck)
    for string in range(6):
        low, high = 0.485 + string * 0.006, 0.4865 + string * 0.0054
        canvas.stroke([(high, 0.16), (low, 0.785)], 0.0016, palette.pale, opacity=0.85)
        canvas.ellipse((low, 0.787), 0.0035, 0.0035, palette.pale)
    canvas.stroke(
        curve([(0.372, 0.80), (0.39, 0.715), (0.43, 0.655)]),
        0.016,
        Colour(1, 0, 0),
        blur=0.010,
        opacity=0.30,
        inside=True,
    )


def headphones(canvas: Canvas, palette: Palette, rng: Random) -> None:
    """Draw headphones standing, seen from the front and a little from the side."""
    shell = rng.choice((palette.main, palette.dark.lit(0.10), palette.pale.lit(-0.02)))
    pad = palette.dark.lit(0.06) if shell.lightness > 0.45 else palette.second
    middle, across, down = (0.5, 0.50), 0.225, 0.285
    canvas.stroke(
        arc(middle, across, down, 182, 358),
        0.040,
        linear([(0, shell.lit(0.10)), (0.5, shell), (1, shell.lit(-0.14))], 20),
    )
    canvas.stroke(
        arc(middle, across - 0.022, down - 0.025, 215, 325), 0.024, linear([(0, pad.lit(0.06)), (1, pad.lit(-0.05))], 0)
    )
    canvas.stroke(arc(middle, across + 0.006, down + 0.007, 205, 300), 0.006, shell.lit(0.18), opacity=0.7, blur=0.002)
    for side in (-1, 1):
        x = 0.5 + side * across
        canvas.stroke([(x, 0.455), (x, 0.60)], 0.018, metal(palette.silver))
        inner = rounded(x - side * 0.030 - 0.036, 0.545, x - side * 0.030 + 0.036, 0.785, 0.034)
        canvas.fill(inner, linear([(0, pad.lit(0.08)), (0.5, pad), (1, pad.lit(-0.12))], 90))
        outer = rounded(x + side * 0.024 - 0.040, 0.530, x + side * 0.024 + 0.040, 0.800, 0.038)
        canvas.fill(outer, linear([(0, shell.lit(0.12)), (0.4, shell), (1, shell.lit(-0.17))], 60))
        disc = rounded(x + side * 0.040 - 0.018, 0.575, x + side * 0.040 + 0.018, 0.755, 0.017)
        canvas.fill(disc, linear([(0, shell.lit(-0.08)), (1, shell.lit(-0.20))], 90))
        canvas.stroke([(x + side * 0.040, 0.60), (x + side * 0.040, 0.73)], 0.006, palette.accent, opacity=0.9)
    canvas.stroke([(0.245, 0.575), (0.242, 0.69)], 0.007, Colour(1, 0, 0), blur=0.004, opacity=0.35, inside=True)


def toy(canvas: Canvas, palette: Palette, rng: Random) -> None:
    """Draw a wooden toy: a rainbow of arches, or a tower of rings."""
    tones = [palette.main, palette.second, palette.accent.muted(0.8), palette.wood.lit(0.08), palette.pale.lit(-0.04)]
    rng.shuffle(tones)
    if rng.random() < 0.5:
        base = FLOOR
        for index, tone in enumerate(tones):
            radius = 0.265 - index * 0.048
            outer, inner = (
                arc((0.5, base), radius, radius * 1.08, 180, 360),
                arc((0.5, base), radius - 0.042, (radius - 0.042) * 1.08, 360, 180),
            )
            canvas.fill([*outer, *inner], linear([(0, tone.lit(0.09)), (0.5, tone), (1, tone.lit(-0.10))], 25))
            canvas.stroke(
                arc((0.5, base), radius - 0.006, (radius - 0.006) * 1.08, 195, 290),
                0.005,
                tone.lit(0.16),
                opacity=0.6,
                blur=0.002,
            )
        return
    y = FLOOR - 0.01
    canvas.stroke(
        [(0.5, 0.36), (0.5, y - 0.03)], 0.03, linear([(0, palette.wood.lit(0.08)), (1, palette.wood.lit(-0.12))], 0)
    )
    for index, tone in enumerate(tones):
        half = 0.195 - index * 0.026
        outline = rounded(0.5 - half, y - 0.085, 0.5 + half, y, 0.042)
        shades = [(0, tone.lit(-0.02)), (0.28, tone.lit(0.10)), (0.6, tone.lit(-0.02)), (1, tone.lit(-0.17))]
        canvas.fill(outline, linear(shades, 8))
        canvas.stroke(
            [(0.5 - half * 0.75, y - 0.066), (0.5 - half * 0.2, y - 0.068)],
            0.008,
            Colour(1, 0, 0),
            opacity=0.28,
            blur=0.005,
        )
        y -= 0.083
    canvas.ellipse((0.5, y - 0.040), 0.046, 0.046, ball(palette.accent))


def camera(canvas: Canvas, palette: Palette, rng: Random) -> None:
    """Draw a small camera with a leather skin."""
    base, top = FLOOR - 0.004, 0.505
    metal_tone, skin = (
        rng.choice((palette.silver, palette.gold.muted(0.7))),
        rng.choice((palette.main.lit(-0.10), palette.dark)),
    )
    canvas.fill(
        rounded(0.395, top - 0.065, 0.585, top + 0.03, 0.022),
        linear([(0, metal_tone.lit(0.08)), (1, metal_tone.lit(-0.16))], 60),
    )
    for x, wide in ((0.315, 0.034), (0.655, 0.026), (0.715, 0.017)):
        canvas.fill(rounded(x - wide, top - 0.030, x + wide, top + 0.02, 0.007), metal(metal_tone.lit(-0.04)))
    body = rounded(0.235, top, 0.765, base, 0.040)
    canvas.fill(body, linear([(0, metal_tone.lit(0.10)), (0.5, metal_tone), (1, metal_tone.lit(-0.16))], 60))
    leather = [(0.235, top + 0.062), (0.765, top + 0.062), (0.765, base - 0.038), (0.235, base - 0.038)]
    canvas.fill(leather, linear([(0, skin.lit(0.06)), (0.5, skin), (1, skin.lit(-0.10))], 30), inside=True)
    canvas.fill(rounded(0.445, top - 0.040, 0.535, top + 0.010, 0.010), palette.dark)
    canvas.fill(
        rounded(0.455, top - 0.032, 0.525, top + 0.002, 0.006),
        linear([(0, Colour(0.55, 0.04, 230)), (1, Colour(0.25, 0.03, 250))], 50),
    )
    lens = (0.5, (top + base) / 2 + 0.018)
    canvas.ellipse(
        (lens[0] + 0.012, lens[1] + 0.018), 0.130, 0.130, Colour(0.15, 0, 0), opacity=0.4, blur=0.014, inside=True
    )
    canvas.ellipse(lens, 0.128, 0.128, metal(metal_tone, 50))
    for radius, light in ((0.113, 0.0), (0.098, 0.08), (0.090, -0.06), (0.074, 0.04)):
        canvas.ellipse(lens, radius, radius, palette.dark.lit(light))
    canvas.ellipse(lens, 0.066, 0.066, ball(Colour(0.34, 0.07, 270), strength=1.5))
    canvas.ellipse((lens[0] + 0.018, lens[1] + 0.020), 0.028, 0.028, Colour(0.5, 0.10, 200), opacity=0.5, blur=0.012)
    canvas.ellipse((lens[0] - 0.024, lens[1] - 0.026), 0.014, 0.010, Colour(1, 0, 0), opacity=0.85, blur=0.002)
    canvas.ellipse((0.705, top + 0.030), 0.010, 0.010, palette.accent)
    for angle in range(0, 360, 12):
        x, y = lens[0] + 0.121 * math.cos(math.radians(angle)), lens[1] + 0.121 * math.sin(math.radians(angle))
        canvas.ellipse((x, y), 0.0028, 0.0028, palette.dark, opacity=0.5)
