"""Decide which renditions to make of a clip: always three, all different, none larger than the clip."""

from attrs import frozen

from marketplace_adapters.ffmpeg.clip import Clip

SEGMENT_SECONDS = 4
_LONG_SIDE_MAX = 1920
_BITS_PER_PIXEL = 0.1
_VIDEO_BITS_MIN = 150_000
_RATE_COUNTED_MIN = 15

# By the short side of the clip, so that an upright clip gets the same care as one lying down.
_STEPS: tuple[tuple[int, tuple[int, int, int]], ...] = (
    (1080, (1080, 720, 360)),
    (720, (720, 480, 360)),
    (480, (480, 360, 240)),
)
_SHARES_OF_SMALL = (1.0, 0.66, 0.5)


@frozen(kw_only=True)
class Rung:
    """One rendition to make: even pixels, and the most that its picture may take per second."""

    name: str
    width: int
    height: int
    video_bits_per_second_max: int


def ladder(clip: Clip) -> tuple[Rung, Rung, Rung]:
    """Return the three renditions of this clip, best first."""
    short = min(clip.width, clip.height)
    long = max(clip.width, clip.height)
    wanted = next((heights for least, heights in _STEPS if short >= least), None)
    shares = tuple(height / short for height in wanted) if wanted else _SHARES_OF_SMALL
    fitting = min(1.0, _LONG_SIDE_MAX / (long * shares[0]))
    best, middle, least = (_rung(clip, share * fitting) for share in shares)
    return best, middle, least


def _rung(clip: Clip, share: float) -> Rung:
    width, height = _even(clip.width * share, clip.width), _even(clip.height * share, clip.height)
    rate = max(float(clip.frame_rate), _RATE_COUNTED_MIN)
    return Rung(
        name=f"{min(width, height)}p",
        width=width,
        height=height,
        video_bits_per_second_max=max(_VIDEO_BITS_MIN, round(width * height * rate * _BITS_PER_PIXEL)),
    )


def _even(length: float, most: int) -> int:
    """Return the even length nearest to this one and not above `most`: the codec knows no odd sizes."""
    return max(2, min(round(length / 2) * 2, most // 2 * 2))
