"""Read what `ffmpeg -f framecrc` prints: per stream some facts, then one line per packet.

Unlike the log it is meant for programs: the same in every version, and never mixed with text out of the file's
metadata.
"""

import re
from array import array
from fractions import Fraction
from itertools import pairwise

from attrs import define, field

_PACKETS_MAX = 2_000_000
_NO_TIME = -(2**63)
_FRAME_FACT = re.compile(r"^#(\w+) (\d+): (.+)$")


@define
class PacketStream:
    """One stream as `framecrc` tells it."""

    facts: dict[str, str] = field(factory=dict)
    times: "array[int]" = field(factory=lambda: array("q"))
    last_end: int = 0

    def take(self, pts: int, dts: int, duration: int) -> None:
        shown = dts if pts == _NO_TIME else pts
        self.times.append(shown)
        self.last_end = max(self.last_end, shown + duration)

    @property
    def time_base(self) -> Fraction:
        return Fraction(self.facts["tb"])

    @property
    def starts_at(self) -> Fraction:
        return min(self.times) * self.time_base

    @property
    def ends_at(self) -> Fraction:
        last_start = max(self.times)
        return max(self.last_end, last_start) * self.time_base

    @property
    def width(self) -> int:
        return int(self.facts.get("dimensions", "0x0").split("x")[0])

    @property
    def height(self) -> int:
        return int(self.facts.get("dimensions", "0x0").split("x")[1])

    @property
    def pixels(self) -> int:
        return self.width * self.height

    @property
    def pixel_shape(self) -> Fraction:
        """Width of a pixel over its height, 1 when the file does not say or says nonsense."""
        across, _, down = self.facts.get("sar", "1/1").partition("/")
        if int(across) <= 0 or int(down or 0) <= 0:
            return Fraction(1)
        shape = Fraction(int(across), int(down))
        return shape if Fraction(1, 4) <= shape <= 4 else Fraction(1)

    @property
    def fps(self) -> float:
        times = sorted(self.times)
        if len(times) < 2 or times[0] == times[-1]:
            return 25.0
        return float((len(times) - 1) / ((times[-1] - times[0]) * self.time_base))

    @property
    def steady(self) -> bool:
        """Whether hardly any interval is more than twice, or less than half, the average one."""
        times = sorted(self.times)
        if len(times) < 3:
            return True
        average = (times[-1] - times[0]) / (len(times) - 1)
        uneven = sum(not average / 2 <= after - before <= average * 2 for before, after in pairwise(times))
        return uneven <= len(times) / 20


@define
class PacketListing:
    """Collects the lines of a `framecrc` listing."""

    streams: dict[int, PacketStream] = field(factory=dict)
    count: int = 0
    overflowed: bool = False

    def take(self, line: str) -> None:
        if line.startswith("#"):
            fact = _FRAME_FACT.match(line)
            if fact:
                self.streams.setdefault(int(fact[2]), PacketStream()).facts[fact[1]] = fact[3].strip()
            return
        cells = line.split(",", 4)
        if len(cells) < 5:
            return
        if self.count >= _PACKETS_MAX:
            self.overflowed = True
            return
        self.count += 1
        index, dts, pts, duration = (int(cell) for cell in cells[:4])
        self.streams[index].take(pts, dts, duration)

    def first(self, media_type: str) -> PacketStream | None:
        for stream in self.streams.values():
            if stream.facts.get("media_type") == media_type and "tb" in stream.facts:
                return stream
        return None
