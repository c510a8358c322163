"""What is known of a playable clip."""

from enum import StrEnum
from fractions import Fraction

from attrs import frozen


class Colour(StrEnum):
    """How the clip encodes brightness; the high-dynamic-range kinds are mapped down for ordinary screens."""

    SDR = "sdr"
    PQ = "pq"
    HLG = "hlg"


@frozen(kw_only=True)
class Clip:
    """A clip that can be played: sizes are pixels as shown, after rotation and with square pixels."""

    container: str
    duration_ms: int
    width: int
    height: int
    fps: float
    steady: bool  # frames come at even intervals
    rotation_degrees: int
    has_audio: bool
    has_video: bool = True
    colour: Colour = Colour.SDR

    @property
    def frame_rate(self) -> Fraction:
        """Frames per second to show it at: a standard rate of at most 30, the same for every rendition."""
        rate = _nearest_standard(self.fps)
        while rate > _RATE_MAX:
            rate /= 2
        return rate if self.steady else max(rate, _RATE_OF_UNEVEN)


_RATE_MAX = Fraction(30)
_RATE_OF_UNEVEN = Fraction(30)  # a screen recording of 3 frames a second on average has bursts that must not be lost
_NTSC = tuple(Fraction(rate * 1000, 1001) for rate in (24, 30, 48, 60, 120))
_WHOLE = tuple(Fraction(rate) for rate in (*range(1, 31), 48, 50, 60, 90, 100, 120, 144, 240))


def _nearest_standard(fps: float) -> Fraction:
    nearest = min((*_WHOLE, *_NTSC), key=lambda rate: abs(rate - fps))
    if abs(nearest - fps) <= fps / 200:
        return nearest
    return Fraction(min(30, max(1, round(fps))))
