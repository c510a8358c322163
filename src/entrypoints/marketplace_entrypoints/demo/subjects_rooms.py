"""More things of a room: stools, other lamps, loudspeakers, an amplifier, a town of blocks."""

from random import Random

from marketplace_entrypoints.demo.canvas import Canvas, arc, curve, lathe, rounded
from marketplace_entrypoints.demo.paint import Colour, ball, cylinder, linear, metal
from marketplace_entrypoints.demo.scene import FLOOR, Palette

_TILT = 0.14
_GLOW = Colour(0.95, 0.07, 85)
_BEECH = Colour(0.78, 0.075, 70)


def stool(canvas: Canvas, palette: Palette, rng: Random) -> None:
    """Draw a stool on three turned legs."""
    wood = _BEECH.lit(rng.uniform(-0.05, 0.02))
    seat, radius = 0.475, 0.195
    for top, foot, shade in ((0.505, 0.525, -0.14), (0.385, 0.285, -0.02), (0.615, 0.715, -0.06)):
        back = shade < -0.1
        low = FLOOR - (0.07 if back else 0.004)
        leg = [(top - 0.016, seat), (top + 0.016, seat), (foot + 0.013, low), (foot - 0.013, low)]
        canvas.fill(leg, linear([(0, wood.lit(shade + 0.08)), (1, wood.lit(shade - 0.08))], 0))
        at = (top + (foot - top) * 0.58, seat + (low - seat) * 0.58)
        canvas.stroke([(at[0] - 0.013, at[1]), (at[0] + 0.013, at[1])], 0.008, palette.main)
    canvas.fill(lathe(0.5, [(seat - 0.028, radius), (seat + 0.022, radius)], 0.22), cylinder(wood, gloss=0.03))
    face = linear([(0, wood.lit(0.10)), (0.6, wood.lit(0.03)), (1, wood.lit(-0.05))], 20)
    canvas.ellipse((0.5, seat - 0.028), radius, radius * 0.22, face)
    for index in range(1, 5):
        ring = radius * index / 5.2
        canvas.stroke(arc((0.47, seat - 0.028), ring, ring * 0.2), 0.0022, wood.lit(-0.10), opacity=0.35, inside=True)


def globe(canvas: Canvas, palette: Palette, rng: Random) -> None:
    """Draw a lamp like a moon: a ball of lit paper on a ring of ash."""
    radius = rng.uniform(0.205, 0.22)
    middle = (0.5, FLOOR - radius - 0.035)
    canvas.ellipse(middle, radius * 1.7, radius * 1.65, _GLOW, opacity=0.34, blur=0.085)
    ash = palette.wood.lit(0.12)
    canvas.fill(lathe(0.5, [(FLOOR - 0.062, 0.115), (FLOOR - 0.012, 0.125)], 0.18), cylinder(ash))
    canvas.ellipse((0.5, FLOOR - 0.062), 0.115, 0.0207, ash.lit(0.10))
    paper = Colour(0.97, 0.035, 88)
    canvas.ellipse(middle, radius, radius, ball(paper, strength=0.75, at=(0.48, 0.46)))
    for index in range(-5, 6):
        y = middle[1] + radius * index / 6
        half = (radius**2 - (y - middle[1]) ** 2) ** 0.5
        rib = arc((0.5, y), half, half * 0.14, 4, 176)
        canvas.stroke(rib, 0.0022, paper.lit(-0.12), opacity=0.55, inside=True)
    canvas.ellipse((0.5, middle[1] + 0.02), radius * 0.62, radius * 0.6, _GLOW.lit(0.03), opacity=0.7, blur=0.06)
    lit = arc((0.5, FLOOR - 0.060), 0.108, 0.019, 10, 170)
    canvas.stroke(lit, 0.008, _GLOW, opacity=0.7, blur=0.004)


def desk_lamp(canvas: Canvas, palette: Palette, rng: Random) -> None:
    """Draw a jointed lamp of brass."""
    brass = palette.gold.lit(-0.06)
    base = FLOOR - 0.012
    canvas.fill(lathe(0.42, [(base - 0.028, 0.115), (base, 0.122)], 0.16), cylinder(brass, strength=1.3, gloss=0.12))
    canvas.ellipse((0.42, base - 0.028), 0.115, 0.0184, metal(brass, 20))
    elbow, head = (0.335, 0.475), (0.545, 0.285 + rng.uniform(-0.01, 0.01))
    canvas.stroke([(0.42, base - 0.035), elbow], 0.017, metal(brass.lit(-0.02)))
    canvas.stroke([elbow, head], 0.017, metal(brass.lit(0.03), 40))
    for x, y in (elbow, (0.42, base - 0.045)):
        canvas.ellipse((x, y), 0.024, 0.024, ball(brass.lit(-0.04), strength=1.4))
    light = [(head[0] + 0.015, head[1] + 0.10), (head[0] + 0.165, head[1] + 0.01), (0.90, FLOOR), (0.40, FLOOR)]
    canvas.fill(light, _GLOW, opacity=0.20, blur=0.03)
    canvas.turn(-32, head)
    x, y = head
    shade = curve([(x - 0.038, y - 0.035), (x + 0.038, y - 0.035), (x + 0.075, y + 0.04), (x + 0.115, y + 0.125)])
    shade += curve([(x - 0.115, y + 0.125), (x - 0.075, y + 0.04), (x - 0.038, y - 0.035)])
    canvas.fill(shade, cylinder(brass, strength=1.5, gloss=0.14))
    canvas.ellipse((x, y + 0.125), 0.115, 0.022, _GLOW)
    canvas.ellipse((x, y + 0.125), 0.060, 0.013, Colour(0.99, 0.02, 95), blur=0.006)
    canvas.turn(0, head)


def speakers(canvas: Canvas, palette: Palette, rng: Random) -> None:
    """Draw a pair of loudspeakers."""
    wood = palette.wood.lit(rng.choice((0.06, -0.10)))
    for x, tall in ((0.345, 0.40), (0.655, 0.40)):
        top, base = FLOOR - tall, FLOOR - 0.004
        canvas.fill(rounded(x - 0.122, top, x + 0.122, base, 0.014),
                    linear([(0, wood.lit(0.10)), (0.5, wood), (1, wood.lit(-0.14))], 40))  # fmt: skip
        baffle = rounded(x - 0.105, top + 0.017, x + 0.105, base - 0.017, 0.009)
        canvas.fill(baffle, linear([(0, palette.main.lit(-0.05)), (1, palette.main.lit(-0.17))], 60))
        for y, radius in ((top + 0.098, 0.043), (top + 0.262, 0.086)):
            canvas.ellipse((x, y), radius, radius, metal(palette.silver, 40))
            canvas.ellipse((x, y), radius * 0.9, radius * 0.9, palette.dark.lit(-0.04))
            canvas.ellipse((x, y), radius * 0.78, radius * 0.78, ball(palette.dark.lit(0.07), strength=0.8))
            canvas.ellipse((x, y), radius * 0.34, radius * 0.34, ball(palette.accent.muted(0.7), strength=1.1))


def amplifier(canvas: Canvas, palette: Palette, rng: Random) -> None:
    """Draw a small guitar amplifier with a leather handle and a row of knobs."""
    base, half, tall = FLOOR - 0.014, 0.215, rng.uniform(0.35, 0.38)
    top = base - tall
    for x in (0.5 - half * 0.8, 0.5 + half * 0.8):
        canvas.stroke([(x, base - 0.004), (x, base + 0.010)], 0.026, palette.dark)
    grip = curve([(0.41, top + 0.004), (0.43, top - 0.042), (0.57, top - 0.042), (0.59, top + 0.004)])
    canvas.stroke(grip, 0.020, Colour(0.42, 0.07, 48))
    cloth = palette.main
    canvas.fill(rounded(0.5 - half, top, 0.5 + half, base, 0.028),
                linear([(0, cloth.lit(0.08)), (0.5, cloth), (1, cloth.lit(-0.14))], 50))  # fmt: skip
    panel = rounded(0.5 - half + 0.02, top + 0.022, 0.5 + half - 0.02, top + 0.092, 0.010)
    canvas.fill(panel, linear([(0, palette.gold.lit(0.10)), (1, palette.gold.lit(-0.08))], 20))
    for index in range(5):
        x = 0.5 + (index - 2) * 0.072
        canvas.ellipse((x, top + 0.057), 0.020, 0.020, ball(palette.dark, strength=1.2))
        canvas.stroke([(x, top + 0.057), (x + 0.008 * (index - 2) / 2, top + 0.041)], 0.004, palette.pale)
    weave = Colour(0.80, 0.04, 80)
    grille = (0.5 - half + 0.02, top + 0.108, 0.5 + half - 0.02, base - 0.022)
    canvas.fill(rounded(*grille, 0.012), linear([(0, weave.lit(0.03)), (1, weave.lit(-0.14))], 60))
    middle = (grille[1] + grille[3]) / 2
    canvas.ellipse((0.5, middle), 0.108, 0.108, weave.lit(-0.24), opacity=0.5, blur=0.02)
    for index in range(1, 22):
        x = grille[0] + (grille[2] - grille[0]) * index / 22
        canvas.stroke([(x, grille[1] + 0.005), (x, grille[3] - 0.005)], 0.0022, weave.lit(-0.22), opacity=0.5)
    canvas.fill(rounded(grille[2] - 0.10, grille[3] - 0.036, grille[2] - 0.02, grille[3] - 0.016, 0.005), palette.gold)


def blocks(canvas: Canvas, palette: Palette, rng: Random) -> None:
    """Draw a small town of wooden blocks."""
    tones = [palette.main, palette.second, palette.accent.muted(0.8), _BEECH, palette.pale.lit(-0.06)]
    rng.shuffle(tones)
    base = FLOOR - 0.006
    for index, (left, wide, tall) in enumerate(
        ((0.235, 0.135, 0.17), (0.375, 0.105, 0.30), (0.485, 0.15, 0.13), (0.64, 0.125, 0.215))
    ):
        tone, roof = tones[index % 5], tones[(index + 2) % 5]
        top = base - tall
        canvas.fill(rounded(left, top, left + wide, base, 0.008),
                    linear([(0, tone.lit(0.08)), (0.5, tone), (1, tone.lit(-0.10))], 35))  # fmt: skip
        ridge = (left + wide / 2, top - wide * (1.15 if index == 1 else 0.62))
        canvas.fill([(left - 0.006, top), ridge, (left + wide + 0.006, top)],
                    linear([(0, roof.lit(0.09)), (1, roof.lit(-0.10))], 20))  # fmt: skip
        canvas.fill([ridge, (left + wide + 0.006, top), (left + wide * 0.62, top)], roof.lit(-0.12), opacity=0.55)
        if index != 2:
            canvas.ellipse((left + wide / 2, top + 0.050), 0.020, 0.020, tone.lit(-0.26))
    arch = [(0.50, base), *arc((0.56, base), 0.042, 0.055, 180, 360), (0.602, base)]
    canvas.fill(arch, tones[2].lit(-0.24))
    canvas.ellipse((0.815, base - 0.044), 0.044, 0.044, ball(palette.accent))
    canvas.fill(
        rounded(0.155, base - 0.062, 0.222, base, 0.008), linear([(0, _BEECH.lit(0.08)), (1, _BEECH.lit(-0.1))])
    )
