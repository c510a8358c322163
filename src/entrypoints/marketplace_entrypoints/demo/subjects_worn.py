"""Things one wears or carries: shirts, bags, hats."""

from random import Random

from marketplace_entrypoints.demo.canvas import Canvas, arc, curve, lathe, mirrored, rounded
from marketplace_entrypoints.demo.paint import Colour, cylinder, linear, metal
from marketplace_entrypoints.demo.scene import FLOOR, Palette


def shirt(canvas: Canvas, palette: Palette, rng: Random) -> None:
    """Draw a T-shirt or a jersey laid flat, plain, striped, or with a small print."""
    cloth = rng.choice((palette.main, palette.main, palette.pale.lit(-0.01), palette.dark.lit(0.08)))
    long = rng.random() < 0.35
    cuff = [(0.86, 0.63), (0.795, 0.655)] if long else [(0.865, 0.405), (0.775, 0.455)]
    armpit = (0.695, 0.40)
    half = [(0.595, 0.165), (0.685, 0.20), *cuff, armpit, (0.695, 0.60), (0.702, 0.815)]
    outline = mirrored(half)
    canvas.fill(outline, linear([(0, cloth.lit(0.07)), (0.5, cloth), (1, cloth.lit(-0.08))], 55))
    _stripes(canvas, cloth, palette, rng)
    shade, light = cloth.lit(-0.20), cloth.lit(0.14)
    for side in (-1, 1):
        seam = [(0.5 + side * 0.185, 0.20), (0.5 + side * 0.178, 0.30), (0.5 + side * 0.194, 0.405)]
        canvas.stroke(curve(seam), 0.004, shade, opacity=0.7, inside=True)
        canvas.stroke(
            [(0.5 + side * 0.195, 0.40), (0.5 + side * 0.115, 0.50)],
            0.016,
            shade,
            blur=0.012,
            opacity=0.55,
            inside=True,
        )
        hem = [(0.5 + side * (x - 0.5) * 0.985, y) for x, y in cuff]
        inward = [(x - side * (0.016 if not long else 0.004), y - 0.018) for x, y in hem]
        canvas.stroke(inward, 0.003, shade, opacity=0.7, inside=True)
    for x, lean in ((0.40, 0.03), (0.56, -0.025), (0.63, 0.015)):
        fold = curve([(x, 0.47), (x + lean, 0.60), (x + lean * 0.3, 0.80)])
        canvas.stroke(fold, 0.020, shade, blur=0.016, opacity=0.42, inside=True)
        canvas.stroke([(a + 0.020, b) for a, b in fold], 0.014, light, blur=0.014, opacity=0.40, inside=True)
    canvas.stroke([(0.30, 0.797), (0.70, 0.797)], 0.003, shade, opacity=0.7, inside=True)
    canvas.fill(arc((0.5, 0.162), 0.096, 0.066, 0, 180), cloth.lit(-0.26), inside=True)
    canvas.stroke(arc((0.5, 0.155), 0.100, 0.040, -10, 190), 0.016, cloth.lit(-0.12), inside=True)
    rib = linear([(0, cloth.lit(0.08)), (1, cloth.lit(-0.06))], 0)
    canvas.stroke(arc((0.5, 0.158), 0.101, 0.078, -10, 190), 0.021, rib, inside=True)
    canvas.fill(rounded(0.484, 0.198, 0.516, 0.213, 0.003), palette.pale, opacity=0.9)


def _stripes(canvas: Canvas, cloth: Colour, palette: Palette, rng: Random) -> None:
    kind = rng.choice(("stripes", "print", "pocket", "plain"))
    second = palette.pale if cloth.lightness < 0.75 else palette.main
    if kind == "stripes":
        for index in range(11):
            y = 0.30 + index * 0.047
            canvas.stroke(
                curve([(0.1, y + 0.022), (0.5, y), (0.9, y + 0.022)]), 0.013, second, opacity=0.9, inside=True
            )
    elif kind == "print":
        canvas.ellipse((0.5, 0.42), 0.075, 0.075, second.mixed(palette.accent, 0.35))
        for index in range(4):
            y = 0.415 + index * 0.020
            canvas.stroke([(0.42, y), (0.58, y)], 0.0075, cloth)
    elif kind == "pocket":
        canvas.fill(rounded(0.565, 0.345, 0.655, 0.45, 0.012), cloth.lit(-0.06))
        canvas.stroke([(0.568, 0.362), (0.652, 0.362)], 0.003, second, opacity=0.8)


def bag(canvas: Canvas, palette: Palette, rng: Random) -> None:
    """Draw a shopper of cloth or a small bag of leather, standing."""
    rng.choice((tote, satchel))(canvas, palette, rng)


def tote(canvas: Canvas, palette: Palette, rng: Random) -> None:
    """Draw a shopper of cloth."""
    cloth = rng.choice((palette.main, palette.pale.lit(-0.05)))
    strap = palette.wood.lit(-0.22) if rng.random() < 0.6 else cloth.lit(-0.12)
    top, base = 0.435, FLOOR
    for lift, tone in ((0.016, strap.lit(-0.10)), (0.0, strap)):
        handle = curve(
            [(0.385, top + 0.03), (0.40, 0.26 - lift), (0.5, 0.195 - lift), (0.60, 0.26 - lift), (0.615, top + 0.03)]
        )
        canvas.stroke(handle, 0.022, linear([(0, tone.lit(0.06)), (1, tone.lit(-0.06))], 0))
    body = [(0.285, top), (0.715, top), (0.735, base - 0.03), (0.715, base), (0.285, base), (0.265, base - 0.03)]
    canvas.fill(body, linear([(0, cloth.lit(0.06)), (0.45, cloth), (1, cloth.lit(-0.12))], 20))
    shade = cloth.lit(-0.18)
    canvas.stroke([(0.28, top + 0.022), (0.72, top + 0.022)], 0.003, shade, opacity=0.8, inside=True)
    for x, lean in ((0.335, 0.02), (0.60, -0.03), (0.68, -0.015)):
        fold = curve([(x, top + 0.10), (x + lean, top + 0.24), (x, base)])
        canvas.stroke(fold, 0.022, shade, blur=0.016, opacity=0.45, inside=True)
        canvas.stroke([(a - 0.022, b) for a, b in fold], 0.016, cloth.lit(0.13), blur=0.016, opacity=0.4, inside=True)
    for x in (0.385, 0.615):
        canvas.fill(
            rounded(x - 0.019, top + 0.012, x + 0.019, top + 0.072, 0.006),
            linear([(0, strap.lit(0.06)), (1, strap.lit(-0.06))], 0),
        )
        canvas.ellipse((x, top + 0.056), 0.005, 0.005, palette.gold)
    kind = rng.choice(("band", "mark", "blocks"))
    if kind == "band":
        band = [(0.2, base - 0.125), (0.8, base - 0.125), (0.8, base + 0.01), (0.2, base + 0.01)]
        canvas.fill(band, palette.second, opacity=0.95, inside=True)
        light = linear([(0, Colour(0.98, 0, 0)), (1, Colour(0.2, 0, 0))], 10)
        canvas.fill(band, light, opacity=0.12, inside=True)
    elif kind == "mark":
        canvas.ellipse((0.5, 0.62), 0.085, 0.085, palette.accent.muted(0.85), inside=True)
        canvas.fill(arc((0.5, 0.62), 0.085, 0.085, 0, 180), palette.second, inside=True)
    else:
        for index, tone in enumerate((palette.second, palette.accent.muted(0.8), palette.wood)):
            canvas.ellipse((0.43 + index * 0.07, 0.62), 0.055, 0.055, tone, opacity=0.9, inside=True)


def satchel(canvas: Canvas, palette: Palette, rng: Random) -> None:
    """Draw a small bag of leather."""
    hide = rng.choice((palette.main.lit(-0.06), Colour(0.52, 0.085, 50), Colour(0.38, 0.05, 40)))
    top, base = 0.47, FLOOR
    strap = curve(
        [
            (0.285, top + 0.08),
            (0.275, 0.35),
            (0.355, 0.225),
            (0.5, 0.175),
            (0.645, 0.225),
            (0.725, 0.35),
            (0.715, top + 0.08),
        ]
    )
    canvas.stroke(strap, 0.019, linear([(0, hide.lit(0.02)), (1, hide.lit(-0.13))], 90))
    canvas.fill(
        rounded(0.27, top, 0.73, base, 0.05), linear([(0, hide.lit(0.06)), (0.4, hide), (1, hide.lit(-0.14))], 50)
    )
    upper = [(0.275, top - 0.012), (0.5, top - 0.018), (0.725, top - 0.012), (0.738, top + 0.03)]
    lower = [(0.73, 0.62), (0.62, 0.675), (0.5, 0.685), (0.38, 0.675), (0.27, 0.62), (0.262, top + 0.03)]
    flap = curve([*upper, *lower], closed=True)
    canvas.fill([(x, y + 0.012) for x, y in flap], hide.lit(-0.28), blur=0.012, opacity=0.7, inside=True)
    canvas.fill(flap, linear([(0, hide.lit(0.13)), (0.5, hide.lit(0.02)), (1, hide.lit(-0.08))], 75))
    inner = [(0.5 + (x - 0.5) * 0.95, 0.575 + (y - 0.575) * 0.92) for x, y in flap]
    for index in range(0, len(inner) - 2, 3):
        canvas.stroke(inner[index : index + 2], 0.003, hide.lit(0.22), opacity=0.75)
    for x in (0.287, 0.713):
        canvas.stroke(arc((x, top + 0.075), 0.017, 0.021), 0.007, metal(palette.gold))
    canvas.fill(rounded(0.478, 0.628, 0.522, 0.712, 0.010), metal(palette.gold, 20))
    canvas.fill(rounded(0.489, 0.655, 0.511, 0.700, 0.006), palette.gold.lit(-0.20))


def hat(canvas: Canvas, palette: Palette, rng: Random) -> None:
    """Draw a felt or straw hat lying on the floor."""
    felt = rng.choice((palette.main, Colour(0.80, 0.06, 80), palette.main.lit(-0.16)))
    rim_y = FLOOR - 0.055
    canvas.ellipse(
        (0.5, rim_y), 0.325, 0.066, linear([(0, felt.lit(0.05)), (0.5, felt.lit(-0.05)), (1, felt.lit(-0.18))], 15)
    )
    canvas.ellipse(
        (0.5, rim_y - 0.007),
        0.318,
        0.058,
        linear([(0, felt.lit(0.12)), (0.5, felt.lit(0.02)), (1, felt.lit(-0.10))], 15),
    )
    canvas.ellipse((0.5, rim_y + 0.004), 0.20, 0.036, felt.lit(-0.30), blur=0.014, opacity=0.7, inside=True)
    crown = [(0.500, 0.126), (0.525, 0.156), (0.60, 0.166), (0.68, 0.175), (rim_y - 0.008, 0.185)]
    canvas.fill(lathe(0.5, crown, 0.20), cylinder(felt, strength=1.1))
    canvas.ellipse((0.5, 0.497), 0.094, 0.017, felt.lit(-0.16), blur=0.008, opacity=0.8, inside=True)
    band = [(rim_y - 0.068, 0.1785), (rim_y - 0.010, 0.1855)]
    ribbon = palette.second if felt.lightness < 0.72 else palette.main
    upper = arc((0.5, band[0][0]), band[0][1], band[0][1] * 0.20, 180, 0)
    lower = arc((0.5, band[1][0]), band[1][1], band[1][1] * 0.20, 0, 180)
    canvas.fill([*upper, *lower], cylinder(ribbon.lit(-0.08), strength=1.0))
