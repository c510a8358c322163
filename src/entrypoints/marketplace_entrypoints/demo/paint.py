"""Colours and gradients for the demonstration pictures, in a space where equal steps look equal."""

import math
from collections.abc import Callable, Sequence
from itertools import pairwise

from attrs import evolve, frozen

Rgb = tuple[int, int, int]
Paint = Callable[[float, float], "Colour"]
"""What colour a shape has at (u, v), both from 0 to 1 across its bounding box, v downwards."""


@frozen
class Colour:
    """A colour by lightness (0 to 1), chroma (0 to some 0.3) and hue (degrees): OKLCH, after Björn Ottosson's Oklab."""

    lightness: float
    chroma: float
    hue: float

    def lit(self, by: float) -> "Colour":
        """Return the colour in more light, or less when negative; deep shade and bright light lose some chroma."""
        lightness = min(1.0, max(0.0, self.lightness + by))
        faded = 1 - min(0.5, abs(by) * 0.9)
        return evolve(self, lightness=lightness, chroma=self.chroma * faded)

    def turned(self, degrees: float) -> "Colour":
        """Return the colour with another hue."""
        return evolve(self, hue=(self.hue + degrees) % 360)

    def muted(self, share: float) -> "Colour":
        """Return the colour with this share of its chroma."""
        return evolve(self, chroma=self.chroma * share)

    def mixed(self, other: "Colour", share: float) -> "Colour":
        """Return the colour this share of the way to another, by the straight line through grey."""
        one, two = self._lab(), other._lab()
        lightness, a, b = (x + (y - x) * share for x, y in zip(one, two, strict=True))
        return Colour(lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360)

    def rgb(self) -> Rgb:
        """Return the nearest colour that a screen shows."""
        red, green, blue = self.exact_rgb()
        return round(red), round(green), round(blue)

    def exact_rgb(self) -> tuple[float, float, float]:
        """Return the colour as a screen shows it, 0 to 255 and not rounded."""
        lightness, a, b = self._lab()
        long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
        medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
        short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
        return (
            _channel(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
            _channel(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
            _channel(-0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short),
        )

    def _lab(self) -> tuple[float, float, float]:
        angle = math.radians(self.hue)
        return self.lightness, self.chroma * math.cos(angle), self.chroma * math.sin(angle)


def _channel(linear: float) -> float:
    bounded = min(1.0, max(0.0, linear))
    return 255 * (12.92 * bounded if bounded <= 0.0031308 else 1.055 * bounded ** (1 / 2.4) - 0.055)


def flat(colour: Colour) -> Paint:
    """Paint one colour all over."""
    return lambda _u, _v: colour


def linear(stops: Sequence[tuple[float, Colour]], degrees: float = 90) -> Paint:
    """Paint along a direction: 0 is left to right, 90 is top to bottom."""
    across, down = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    reach = abs(across) + abs(down)

    def paint(u: float, v: float) -> Colour:
        return _between(stops, ((u - 0.5) * across + (v - 0.5) * down) / reach + 0.5)

    return paint


def cylinder(colour: Colour, *, strength: float = 1.0, gloss: float = 0.0) -> Paint:
    """Paint something round that stands upright, lit from the left; `gloss` adds the streak of a glazed surface."""
    steps = ((0.0, -0.07), (0.10, 0.0), (0.30, 0.085), (0.52, 0.0), (0.84, -0.15), (0.95, -0.17), (1.0, -0.12))
    stops = [(at, colour.lit(by * strength)) for at, by in steps]

    def paint(u: float, v: float) -> Colour:
        shaded = _between(stops, u).lit(-0.05 * strength * v)
        streak = gloss * math.exp(-(((u - 0.24) / 0.05) ** 2)) * math.sin(math.pi * min(1, max(0, v))) ** 0.5
        return shaded.lit(streak)

    return paint


def ball(colour: Colour, *, strength: float = 1.0, at: tuple[float, float] = (0.34, 0.28)) -> Paint:
    """Paint something round on all sides, lit from the upper left."""
    stops = [(0.0, colour.lit(0.12 * strength)), (0.45, colour), (0.95, colour.lit(-0.16 * strength))]
    return lambda u, v: _between(stops, math.hypot(u - at[0], v - at[1]))


def metal(colour: Colour, degrees: float = 0) -> Paint:
    """Paint polished metal: bands of light and dark, as of a room mirrored in it."""
    steps = ((0.0, -0.1), (0.16, 0.16), (0.3, 0.04), (0.48, -0.2), (0.62, 0.1), (0.78, 0.2), (1.0, -0.14))
    return linear([(at, colour.lit(by)) for at, by in steps], degrees)


def _between(stops: Sequence[tuple[float, Colour]], at: float) -> Colour:
    if at <= stops[0][0]:
        return stops[0][1]
    for (left, one), (right, other) in pairwise(stops):
        if at <= right:
            share = (at - left) / (right - left)
            return one.mixed(other, share * share * (3 - 2 * share))
    return stops[-1][1]
