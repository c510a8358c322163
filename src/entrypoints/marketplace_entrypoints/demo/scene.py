"""What a product is shown in: a quiet room or a surface seen from above, with light, shade and a matching palette."""

from random import Random

from attrs import evolve, frozen
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from marketplace_entrypoints.demo.canvas import fine_gradient
from marketplace_entrypoints.demo.paint import Colour, linear

FLOOR = 0.82
"""Where, from the top, standing things touch the floor."""
_SHADOW = Colour(0.30, 0.035, 40)
_SHADOW_PIXELS = 400
_WOOD = Colour(0.66, 0.075, 62)
_DARK = Colour(0.30, 0.025, 60)
_PALE = Colour(0.94, 0.018, 85)
_GOLD = Colour(0.78, 0.095, 85)
_SILVER = Colour(0.80, 0.008, 240)
_LEAF = Colour(0.52, 0.085, 145)


@frozen(kw_only=True)
class Palette:
    """Colours that go together: of the room, the thing, its second colour and small details."""

    wall: Colour
    floor: Colour
    main: Colour
    second: Colour
    accent: Colour
    wood: Colour = _WOOD
    dark: Colour = _DARK
    pale: Colour = _PALE
    gold: Colour = _GOLD
    silver: Colour = _SILVER
    leaf: Colour = _LEAF


@frozen(kw_only=True)
class Mood:
    """Another room: how light its walls are (0 to 1), by how much more colourful, and turned by how many degrees."""

    lightness: float
    chroma: float
    turn: float

    def of(self, palette: Palette) -> Palette:
        """Return the palette with such walls; the thing keeps its colours."""
        wall = Colour(self.lightness, min(0.11, palette.wall.chroma * self.chroma), palette.wall.hue)
        wall = wall.turned(self.turn)
        return evolve(palette, wall=wall, floor=wall.lit(-0.045).turned(8))


def choose_palette(rng: Random, hue: float) -> Palette:
    """Return a palette around a hue (degrees); the room stays pale so that the thing comes first."""
    meets = rng.choice((0.0, 24.0, -28.0, 160.0, 195.0))
    main = Colour(rng.uniform(0.54, 0.70), rng.uniform(0.065, 0.105), (hue + meets) % 360)
    wall = Colour(rng.uniform(0.86, 0.91), rng.uniform(0.012, 0.030), hue % 360)
    return Palette(
        wall=wall,
        floor=wall.lit(-0.035).turned(6),
        main=main,
        second=main.turned(rng.choice((-35.0, 30.0, 150.0))).lit(rng.choice((0.16, -0.14))),
        accent=Colour(0.72, 0.13, (hue + rng.choice((60.0, 140.0, 200.0))) % 360),
    )


def room(size: tuple[int, int], palette: Palette, rng: Random) -> Image.Image:
    """Return an empty room of this size in pixels: wall, floor, one large calm shape and the light of a window."""
    wall = linear([(0, palette.wall.lit(0.055)), (0.55, palette.wall), (1, palette.wall.lit(-0.05))], 35)
    picture = fine_gradient(size, wall)
    _backdrop(picture, palette, rng)
    _window_light(picture, palette, rng)
    floor = fine_gradient(size, linear([(0, palette.floor.lit(-0.05)), (1, palette.floor.lit(0.055))], 90))
    below = Image.new("L", size, 0)
    horizon = round(size[1] * (FLOOR - 0.075))
    ImageDraw.Draw(below).rectangle((0, horizon, size[0], size[1]), fill=255)
    picture.paste(floor, mask=below.filter(ImageFilter.GaussianBlur(size[1] * 0.006)))
    return picture


def tabletop(size: tuple[int, int], palette: Palette, rng: Random) -> Image.Image:
    """Return a surface seen from above, with a sheet of another shade and the light of a window."""
    picture = fine_gradient(size, linear([(0, palette.wall.lit(0.05)), (1, palette.wall.lit(-0.06))], 50))
    sheet = Image.new("L", size, 0)
    pen = ImageDraw.Draw(sheet)
    if rng.random() < 0.5:
        radius = size[1] * 0.43
        middle = (size[0] / 2, size[1] / 2)
        pen.ellipse((middle[0] - radius, middle[1] - radius, middle[0] + radius, middle[1] + radius), fill=255)
    else:
        lean = size[0] * rng.uniform(0.05, 0.2)
        edge = size[0] * rng.uniform(0.52, 0.64)
        pen.polygon([(edge + lean, 0), (size[0], 0), (size[0], size[1]), (edge - lean, size[1])], fill=255)
    tone = fine_gradient(
        size, linear([(0, palette.wall.lit(-0.015).turned(18)), (1, palette.wall.lit(-0.085).turned(18))], 60)
    )
    picture.paste(tone, mask=sheet.filter(ImageFilter.GaussianBlur(1)))
    _window_light(picture, palette, rng)
    return picture


def _backdrop(picture: Image.Image, palette: Palette, rng: Random) -> None:
    width, height = picture.size
    kind = rng.choice(("arch", "disc", "panel", "none"))
    if kind == "none":
        return
    mask = Image.new("L", picture.size, 0)
    pen = ImageDraw.Draw(mask)
    middle, half = width / 2 + rng.uniform(-0.06, 0.06) * height, height * rng.uniform(0.30, 0.35)
    if kind == "disc":
        at = height * 0.40
        pen.ellipse((middle - half, at - half, middle + half, at + half), fill=255)
    elif kind == "arch":
        top = height * 0.12
        pen.ellipse((middle - half, top, middle + half, top + 2 * half), fill=255)
        pen.rectangle((middle - half, top + half, middle + half, height), fill=255)
    else:
        pen.rectangle((0, 0, middle + half * 0.4, height), fill=255)
    tone = palette.wall.turned(rng.choice((-22, 18, 40))).lit(rng.choice((-0.05, -0.08, 0.05)))
    shaded = fine_gradient(picture.size, linear([(0, tone.lit(0.03)), (1, tone.lit(-0.05))], 70))
    picture.paste(shaded, mask=mask.filter(ImageFilter.GaussianBlur(0.8)))


def _window_light(picture: Image.Image, palette: Palette, rng: Random) -> None:
    """Lay the slanted light of a window over the picture, now and then."""
    if rng.random() < 0.35:
        return
    width, height = picture.size
    mask = Image.new("L", picture.size, 0)
    pen = ImageDraw.Draw(mask)
    left, top = width * rng.uniform(0.02, 0.30), height * rng.uniform(-0.05, 0.12)
    pane, tall, slant = height * 0.24, height * 0.30, height * 0.11
    for column in range(2):
        for row in range(2):
            x = left + column * pane * 1.12 + row * slant * 1.1
            y = top + row * tall * 1.1 + column * slant * 0.6
            quad = [
                (x, y),
                (x + pane, y + slant * 0.5),
                (x + pane + slant, y + slant * 0.5 + tall),
                (x + slant, y + tall),
            ]
            pen.polygon(quad, fill=92)
    soft = mask.filter(ImageFilter.GaussianBlur(height * 0.018))
    picture.paste(Image.new("RGB", picture.size, palette.wall.lit(0.10).muted(0.8).rgb()), mask=soft)


def place(picture: Image.Image, thing: Image.Image, corner: tuple[int, int], *, standing: bool) -> None:
    """Put the thing (transparent around it) into the picture at this corner, with its shadow."""
    shade = shadow(thing, standing=standing)
    reach = (shade.width - thing.width) // 2
    dark = Image.new("RGB", shade.size, _SHADOW.rgb())
    picture.paste(dark, (corner[0] - reach, corner[1] - reach), shade)
    picture.paste(thing, corner, thing)


def shadow(thing: Image.Image, *, standing: bool) -> Image.Image:
    """Return the mask of the thing's shadow, a third larger all around than the thing."""
    side = min(thing.width, _SHADOW_PIXELS)  # a shadow is soft: few pixels are enough
    reach = side // 3
    outline = Image.new("L", (side + 2 * reach, side + 2 * reach), 0)
    outline.paste(thing.getchannel("A").resize((side, side), Image.Resampling.BOX), (reach, reach))
    shade = _standing_shadow(outline, side, reach) if standing else _lying_shadow(outline, side)
    full = thing.width + 2 * (thing.width // 3)
    return shade.resize((full, full), Image.Resampling.BICUBIC)


def _standing_shadow(outline: Image.Image, side: int, reach: int) -> Image.Image:
    base = reach + round(side * FLOOR)
    long = _fallen(outline, base, flatten=0.30, lean=0.75)
    fading = Image.linear_gradient("L").resize(outline.size)  # dark at the bottom, where the thing stands
    far = ImageChops.multiply(long.filter(ImageFilter.GaussianBlur(side * 0.022)), fading).point(
        lambda v: v * 85 // 255
    )
    foot = outline.copy()
    foot.paste(0, (0, 0, outline.width, base - round(side * 0.10)))
    touch = _fallen(foot, base, flatten=0.10, lean=0.0)
    near = touch.filter(ImageFilter.GaussianBlur(side * 0.010)).point(lambda v: v * 130 // 255)
    return ImageChops.screen(far, near)


def _lying_shadow(outline: Image.Image, side: int) -> Image.Image:
    def layer(shift: float, blur: float, strength: int) -> Image.Image:
        moved = ImageChops.offset(outline, round(side * shift), round(side * shift * 1.4))
        return moved.filter(ImageFilter.GaussianBlur(side * blur)).point(lambda v: v * strength // 255)

    return ImageChops.screen(layer(0.018, 0.022, 80), layer(0.004, 0.006, 75))


def _fallen(outline: Image.Image, base: int, *, flatten: float, lean: float) -> Image.Image:
    """Lay an upright outline down on the floor at `base`, flattened and leaning to the right."""
    # Each point (x, y) of the shadow comes from (x - lean * rise, base - rise / flatten) with rise = base - y.
    coefficients = (1, lean, -lean * base, 0, 1 / flatten, base - base / flatten)
    return outline.transform(outline.size, Image.Transform.AFFINE, coefficients, Image.Resampling.BILINEAR)
