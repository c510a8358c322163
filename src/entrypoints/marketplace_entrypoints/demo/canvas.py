"""A drawing surface for the demonstration pictures: shapes in a unit square, smoothly shaded, on nothing."""

import math
from collections.abc import Iterator, Sequence

from attrs import define, field
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from marketplace_entrypoints.demo.paint import Colour, Paint

Point = tuple[float, float]
_COLUMNS = 40
_ROWS = 18
_EDGE_PIXELS = 0.7  # edges are drawn hard; this much softness takes the steps out of them
_CURVE_STEPS = 14


@define
class Canvas:
    """A transparent square; (0, 0) is its upper left corner and (1, 1) its lower right one."""

    pixels: int
    image: Image.Image = field(init=False)
    _turn: tuple[float, float, float] = field(default=(0.0, 0.5, 0.5), init=False)

    def __attrs_post_init__(self) -> None:
        self.image = Image.new("RGBA", (self.pixels, self.pixels), (0, 0, 0, 0))

    def turn(self, degrees: float, around: Point = (0.5, 0.5)) -> None:
        """Turn everything drawn from now on, clockwise."""
        self._turn = (math.radians(degrees), *around)

    def fill(
        self,
        points: Sequence[Point],
        paint: Paint | Colour,
        *,
        opacity: float = 1.0,
        blur: float = 0.0,
        inside: bool = False,
    ) -> None:
        """Fill a closed outline; `inside` keeps to what is drawn already, `blur` softens the edge (in units)."""
        self._lay([self._placed(points)], None, paint, opacity, blur, inside)

    def ellipse(
        self,
        centre: Point,
        across: float,
        down: float,
        paint: Paint | Colour,
        *,
        opacity: float = 1.0,
        blur: float = 0.0,
        inside: bool = False,
    ) -> None:
        """Fill an ellipse given its two radii."""
        self.fill(arc(centre, across, down), paint, opacity=opacity, blur=blur, inside=inside)

    def stroke(
        self,
        points: Sequence[Point],
        width: float,
        paint: Paint | Colour,
        *,
        opacity: float = 1.0,
        blur: float = 0.0,
        inside: bool = False,
    ) -> None:
        """Draw a line of even width with round ends."""
        self._lay([self._placed(points)], width * self.pixels, paint, opacity, blur, inside)

    def _placed(self, points: Sequence[Point]) -> list[Point]:
        angle, around_x, around_y = self._turn
        cosine, sine = math.cos(angle), math.sin(angle)
        return [
            (
                (around_x + (x - around_x) * cosine - (y - around_y) * sine) * self.pixels,
                (around_y + (x - around_x) * sine + (y - around_y) * cosine) * self.pixels,
            )
            for x, y in points
        ]

    def _lay(
        self,
        outlines: list[list[Point]],
        width: float | None,
        paint: Paint | Colour,
        opacity: float,
        blur: float,
        inside: bool,
    ) -> None:
        radius = blur * self.pixels
        margin = math.ceil((width or 0) / 2 + radius * 2.5) + 2
        xs = [x for outline in outlines for x, _ in outline]
        ys = [y for outline in outlines for _, y in outline]
        box = (
            max(0, math.floor(min(xs)) - margin),
            max(0, math.floor(min(ys)) - margin),
            min(self.pixels, math.ceil(max(xs)) + margin),
            min(self.pixels, math.ceil(max(ys)) + margin),
        )
        if box[0] >= box[2] or box[1] >= box[3]:
            return
        mask = Image.new("L", (box[2] - box[0], box[3] - box[1]), 0)
        pen = ImageDraw.Draw(mask)
        for outline in outlines:
            moved = [(x - box[0], y - box[1]) for x, y in outline]
            if width is None:
                pen.polygon(moved, fill=255)
            else:
                _line(pen, moved, width)
        mask = mask.filter(ImageFilter.GaussianBlur(max(radius, _EDGE_PIXELS)))
        if opacity < 1:
            mask = mask.point(lambda value: round(value * opacity))
        below = self.image.crop(box)
        if inside:
            mask = ImageChops.multiply(mask, below.getchannel("A"))
        if isinstance(paint, Colour):
            shape = Image.new("RGB", mask.size, paint.rgb())
        else:
            shape = gradient(mask.size, paint, margin)
        shape.putalpha(mask)
        self.image.paste(Image.alpha_composite(below, shape), box)


def _line(pen: ImageDraw.ImageDraw, points: list[Point], width: float) -> None:
    pen.line(points, fill=255, width=max(1, round(width)), joint="curve")
    for x, y in (points[0], points[-1]):
        pen.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=255)


def gradient(size: tuple[int, int], paint: Paint, margin: int = 0) -> Image.Image:
    """Return a picture of this paint: sampled on a coarse grid and smoothed, since all paints here are smooth."""
    grid = Image.new("RGB", (_COLUMNS, _ROWS))
    grid.putdata([paint(u, v).rgb() for u, v in _samples(size, margin)])
    return grid.resize(size, Image.Resampling.BICUBIC)


def fine_gradient(size: tuple[int, int], paint: Paint) -> Image.Image:
    """Return a picture of this paint without the faint squares that rounding each sample leaves on large areas."""
    colours = [paint(u, v).exact_rgb() for u, v in _samples(size, 0)]
    channels = []
    for channel in range(3):
        grid = Image.new("F", (_COLUMNS, _ROWS))
        grid.putdata([colour[channel] + 0.5 for colour in colours])
        channels.append(grid.resize(size, Image.Resampling.BICUBIC).convert("L"))
    return Image.merge("RGB", channels)


def _samples(size: tuple[int, int], margin: int) -> Iterator[Point]:
    inner = [max(1, length - 2 * margin) for length in size]
    for row in range(_ROWS):
        for column in range(_COLUMNS):
            x, y = (column + 0.5) / _COLUMNS * size[0], (row + 0.5) / _ROWS * size[1]
            yield (x - margin) / inner[0], (y - margin) / inner[1]


def arc(centre: Point, across: float, down: float, start: float = 0, end: float = 360) -> list[Point]:
    """Return points along an ellipse from one angle to another (degrees, clockwise, 0 to the right)."""
    steps = max(8, round(abs(end - start) / 4))
    angles = (math.radians(start + (end - start) * step / steps) for step in range(steps + 1))
    return [(centre[0] + across * math.cos(angle), centre[1] + down * math.sin(angle)) for angle in angles]


def curve(points: Sequence[Point], *, closed: bool = False) -> list[Point]:
    """Return a smooth line through all of these points (Catmull-Rom)."""
    count = len(points)
    found: list[Point] = []
    for index in range(count if closed else count - 1):
        four = [points[_near(index + offset, count, closed)] for offset in (-1, 0, 1, 2)]
        found += [_on_curve(four, step / _CURVE_STEPS) for step in range(_CURVE_STEPS)]
    return found if closed else [*found, points[-1]]


def _near(index: int, count: int, closed: bool) -> int:
    return index % count if closed else min(count - 1, max(0, index))


def _on_curve(four: list[Point], t: float) -> Point:
    def along(a: float, b: float, c: float, d: float) -> float:
        return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t**3)

    (ax, ay), (bx, by), (cx, cy), (dx, dy) = four
    return along(ax, bx, cx, dx), along(ay, by, cy, dy)


def rounded(left: float, top: float, right: float, bottom: float, radius: float) -> list[Point]:
    """Return the outline of a rectangle with round corners."""
    corners = (
        ((right - radius, top + radius), -90),
        ((right - radius, bottom - radius), 0),
        ((left + radius, bottom - radius), 90),
        ((left + radius, top + radius), 180),
    )
    return [point for centre, start in corners for point in arc(centre, radius, radius, start, start + 90)]


def lathe(axis: float, profile: Sequence[Point], tilt: float = 0.13, *, open_top: bool = False) -> list[Point]:
    """Return the outline of a turned body: `profile` lists (y, radius) downwards, `tilt` is how far we look down on it.

    With `open_top` only its front is outlined: what lies behind its rim stays visible.
    """
    side = curve([(radius, y) for y, radius in profile])
    right = [(axis + radius, y) for radius, y in side]
    left = [(axis - radius, y) for radius, y in reversed(side)]
    bottom_y, bottom_radius = profile[-1]
    top_y, top_radius = profile[0]
    under = arc((axis, bottom_y), bottom_radius, bottom_radius * tilt, 0, 180)
    over = arc((axis, top_y), top_radius, top_radius * tilt, 180, 0 if open_top else 360)
    return [*right, *under, *left, *over]


def mirrored(half: Sequence[Point], axis: float = 0.5) -> list[Point]:
    """Return a closed outline from its right half, listed downwards."""
    return [*half, *((2 * axis - x, y) for x, y in reversed(half))]
