"""Product clips for the demonstration: calm shots of a drawn product, a slow camera, moving light and soft sound."""

import math
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from random import Random

from attrs import frozen
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from marketplace_adapters.ffmpeg.binary import ffmpeg_path
from marketplace_entrypoints.demo.pictures import View, draw_picture

_FRAMES_PER_SECOND = 24
_OVERLAP_SECONDS = 0.7
_SHOT_SECONDS_MIN = 1.4
_DETAIL = 1.4
"""Shots are drawn this much larger than the clip, so that the camera moves by less than a pixel at a time."""
_SHARPNESS = 1.1
_TIMEOUT_SECONDS_PER_SECOND = 20
_INK = (52, 44, 40, 235)
_PAPER = (255, 252, 246, 255)
_CROSSINGS = ("fade", "smoothleft", "smoothup", "smoothright", "smoothdown", "circleopen")
_CHORDS = ((220.0, 277.18, 329.63, 493.88), (196.0, 246.94, 293.66, 440.0), (174.61, 220.0, 261.63, 392.0),
           (233.08, 293.66, 349.23, 523.25), (207.65, 261.63, 311.13, 466.16))  # fmt: skip


class ClipNotMade(Exception):
    """ffmpeg refused; the message is the end of what it said."""


@frozen(kw_only=True)
class _Shot:
    view: View
    seconds: float
    zoom_from: float
    zoom_to: float
    drift: tuple[float, float]


def make_clip(
    path: Path,
    *,
    seed: int,
    seconds: float,
    size: tuple[int, int] = (1280, 720),
    title: str = "",
    audio: bool = True,
    hue: float | None = None,
    subject: str | None = None,
) -> Path:
    """Write an MP4 of this length (within one frame) that shows the product of this title, and return its path.

    No two seeds look or sound alike; the same seed gives the same clip. The title itself is written at the lower left
    for a while, unless it is empty. Raises `ClipNotMade`.
    """
    rng = Random(f"{seed}:{title}:clip")
    tinted = rng.uniform(0, 360) if hue is None else hue
    shots = _plan(seconds, rng)
    with tempfile.TemporaryDirectory(prefix="clip-") as folder:
        stills = []
        large = (round(size[0] * _DETAIL), round(size[1] * _DETAIL))
        for index, shot in enumerate(shots):
            still = Path(folder) / f"shot{index}.bmp"  # unpacked: packing would take longer than writing
            draw_picture(
                seed=seed, title=title, hue=tinted, size=large, view=shot.view, subject=subject, sharpness=_SHARPNESS
            ).save(still)
            stills.append(still)
        light, dust, words = (Path(folder) / name for name in ("light.png", "dust.png", "words.png"))
        _light_band(size).save(light, compress_level=1)
        _dust(size, rng).save(dust, compress_level=1)
        _lettering(title, size).save(words, compress_level=1)
        _encode(path, shots, [*stills, light, dust, words], seconds=seconds, size=size, rng=rng, audio=audio)
    return path


def captions(lines: Sequence[str], seconds: float) -> str:
    """Return WebVTT captions that show these lines one after the other over the length of a clip."""
    span = seconds / max(1, len(lines))
    blocks = ["WEBVTT"]
    for index, line in enumerate(lines):
        words = line.replace("-->", "→").replace("&", "&amp;").replace("<", "&lt;")
        blocks.append(f"{_stamp(index * span)} --> {_stamp((index + 1) * span - 0.1)}\n{words}")
    return "\n\n".join(blocks) + "\n"


def _plan(seconds: float, rng: Random) -> list[_Shot]:
    """Divide the clip into whole, detail and other setting; a short clip has fewer shots."""
    views = [View(), View(close=True), View(scene=rng.randint(1, 9))]
    if rng.random() < 0.4:
        views = [views[2], views[1], views[0]]
    count = max(1, min(3, int(seconds / _SHOT_SECONDS_MIN)))
    each = (seconds + _OVERLAP_SECONDS * (count - 1)) / count
    shots = []
    for view in views[:count]:
        near, far = rng.uniform(1.14, 1.22), rng.uniform(1.0, 1.04)
        inwards = rng.random() < 0.5
        angle = rng.uniform(0, math.tau)
        shots.append(
            _Shot(
                view=view,
                seconds=each,
                zoom_from=far if inwards else near,
                zoom_to=near if inwards else far,
                drift=(math.cos(angle), math.sin(angle)),
            )
        )
    return shots


def _encode(
    path: Path,
    shots: list[_Shot],
    pictures: list[Path],
    *,
    seconds: float,
    size: tuple[int, int],
    rng: Random,
    audio: bool,
) -> None:
    inputs: list[str] = []
    for picture in pictures:
        inputs += ["-i", str(picture)]
    heard = ["-f", "lavfi", "-i", _music(seconds, rng), "-map", f"{len(pictures)}:a", "-c:a", "aac", "-b:a", "96k"]
    command = [
        str(ffmpeg_path()), "-hide_banner", "-nostdin", "-v", "error", "-y", *inputs,
        *(heard[:4] if audio else []), "-filter_complex", _filters(shots, seconds, size, rng), "-map", "[out]",
        *(heard[4:] if audio else []), "-c:v", "libx264", "-preset", "ultrafast", "-crf", "20", "-pix_fmt", "yuv420p",
        "-t", f"{seconds:.3f}", "-map_metadata", "-1", "-fflags", "+bitexact", "-movflags", "+faststart", str(path),
    ]  # fmt: skip
    try:
        done = subprocess.run(  # noqa: S603 - no shell, and every argument is ours
            command, capture_output=True, text=True, check=False, timeout=60 + seconds * _TIMEOUT_SECONDS_PER_SECOND
        )
    except subprocess.TimeoutExpired as slow:
        raise ClipNotMade(f"ffmpeg was not done with {path.name} in time") from slow
    if done.returncode != 0:
        raise ClipNotMade(done.stderr[-2000:])


def _filters(shots: list[_Shot], seconds: float, size: tuple[int, int], rng: Random) -> str:
    width, height = size
    chains = [f"[{index}:v]{_camera(shot, size)}[shot{index}]" for index, shot in enumerate(shots)]
    joined, begins = "shot0", 0.0
    for index in range(1, len(shots)):
        begins += shots[index - 1].seconds - _OVERLAP_SECONDS
        crossing = f"xfade=transition={rng.choice(_CROSSINGS)}:duration={_OVERLAP_SECONDS}:offset={begins:.3f}"
        chains.append(f"[{joined}][shot{index}]{crossing}[join{index}]")
        joined = f"join{index}"
    light, dust, words = (f"{len(shots) + offset}:v" for offset in range(3))
    sweep = rng.uniform(0.12, 0.2) * (1 if rng.random() < 0.5 else -1)
    start = -width * 0.4 if sweep > 0 else width * 0.9
    drift = rng.uniform(8, 18)
    dust_path = f"x='{-width * 0.1:.0f}+{width * 0.06:.0f}*sin(t/3)':y='{-height * 0.2:.0f}-{drift:.1f}*t'"
    shown = min(seconds * 0.62, 4.5)
    faded = f"fade=t=in:st=0.4:d=0.7:alpha=1,fade=t=out:st={shown:.2f}:d=0.7:alpha=1"
    still = f"format=yuva420p,loop=loop=-1:size=1,fps={_FRAMES_PER_SECOND}"
    chains += [
        f"[{light}]{still}[light]",
        f"[{dust}]{still}[dust]",
        f"[{words}]{still},{faded}[words]",
        f"[{joined}][light]overlay=x='{start:.0f}+{sweep * width:.1f}*t':y=0:shortest=1[lit]",
        f"[lit][dust]overlay={dust_path}:shortest=1[air]",
        f"[air][words]overlay=x=0:y='{height * 0.02:.0f}*pow(max(0,1-t),2)':shortest=1,format=yuv420p[out]",
    ]
    return ";".join(chains)


def _camera(shot: _Shot, size: tuple[int, int]) -> str:
    """Move slowly over a still that is larger than the clip, easing in and out."""
    frames = math.ceil(shot.seconds * _FRAMES_PER_SECOND) + 1
    eased = f"(0.5-0.5*cos(PI*on/{frames}))"
    zoom = f"{shot.zoom_from:.4f}+{shot.zoom_to - shot.zoom_from:.4f}*{eased}"
    x = f"(iw-iw/zoom)*(0.5+{shot.drift[0] * 0.42:.3f}*({eased}-0.5))"
    y = f"(ih-ih/zoom)*(0.5+{shot.drift[1] * 0.42:.3f}*({eased}-0.5))"
    shape = f"d={frames}:s={size[0]}x{size[1]}:fps={_FRAMES_PER_SECOND}"
    return f"format=yuv420p,zoompan=z='{zoom}':x='{x}':y='{y}':{shape},setsar=1"


def _light_band(size: tuple[int, int]) -> Image.Image:
    """Return a soft slanted band of light, half as wide as the clip."""
    small = (size[0] // 8, size[1] // 4)
    mask = Image.new("L", small, 0)
    slant = small[0] * 0.34
    pen = ImageDraw.Draw(mask)
    upper, lower = (slant + small[0] * 0.22, slant + small[0] * 0.48), (small[0] * 0.42, small[0] * 0.14)
    pen.polygon([(upper[0], 0), (upper[1], 0), (lower[0], small[1]), (lower[1], small[1])], fill=54)
    soft = mask.filter(ImageFilter.GaussianBlur(small[0] * 0.07)).resize(
        (size[0] // 2, size[1]), Image.Resampling.BICUBIC
    )
    band = Image.new("RGBA", soft.size, (255, 250, 238, 0))
    band.putalpha(soft)
    return band


def _dust(size: tuple[int, int], rng: Random) -> Image.Image:
    """Return motes of light out of focus, on an area larger than the clip for them to drift over."""
    small = (round(size[0] * 1.2) // 4, round(size[1] * 1.5) // 4)
    mask = Image.new("L", small, 0)
    for _ in range(22):
        mote = Image.new("L", small, 0)
        radius = rng.uniform(0.006, 0.024) * small[1]
        x, y = rng.uniform(0, small[0]), rng.uniform(0, small[1])
        ImageDraw.Draw(mote).ellipse((x - radius, y - radius, x + radius, y + radius), fill=rng.randint(22, 62))
        mask = Image.composite(mote, mask, mote.point(lambda value: 255 if value else 0))
    soft = mask.filter(ImageFilter.GaussianBlur(1.1)).resize((small[0] * 4, small[1] * 4), Image.Resampling.BICUBIC)
    dust = Image.new("RGBA", soft.size, (255, 252, 244, 0))
    dust.putalpha(soft)
    return dust


def _lettering(title: str, size: tuple[int, int]) -> Image.Image:
    """Return the title on a transparent sheet, in the typeface that Pillow carries."""
    sheet = Image.new("RGBA", size, (255, 255, 255, 0))
    if not title:
        return sheet
    unit = min(size)
    font = ImageFont.load_default(unit * 0.058)
    shown = title if len(title) <= 34 else f"{title[:33].rstrip()}…"
    at = (unit * 0.085, size[1] - unit * 0.15)
    halo = Image.new("L", size, 0)
    ImageDraw.Draw(halo).text(at, shown, font=font, fill=255, stroke_width=round(unit * 0.008))
    sheet.paste(_PAPER, mask=halo.filter(ImageFilter.GaussianBlur(unit * 0.014)).point(lambda value: value // 2))
    pen = ImageDraw.Draw(sheet)
    pen.text(at, shown, font=font, fill=_INK)
    line = (at[0], at[1] - unit * 0.026, at[0] + unit * 0.075, at[1] - unit * 0.019)
    pen.rounded_rectangle(line, unit * 0.0035, fill=_INK)
    return sheet


def _music(seconds: float, rng: Random) -> str:
    """Return a source of soft sound: a chord that breathes, and a few bell notes over it."""
    chord = rng.choice(_CHORDS)
    voices = []
    for voice, note in enumerate(chord):
        breath = f"(0.75+0.25*sin(2*PI*t/{rng.uniform(3, 6):.2f}+{voice}))"
        voices.append(f"{0.030 / (voice + 1) ** 0.5:.4f}*sin(2*PI*{note:.2f}*t)*{breath}")
    pad = "+".join(voices)
    every = rng.uniform(1.1, 1.5)
    notes = [chord[rng.randrange(4)] * 2 for _ in range(3)]
    bells = "+".join(
        f"0.045*sin(2*PI*{note:.2f}*t)*exp(-3.2*mod(t+{index * every:.2f},{every * 3:.2f}))"
        for index, note in enumerate(notes)
    )
    fade = min(0.8, seconds / 4)
    ends = f"afade=t=in:d={fade:.2f},afade=t=out:st={seconds - fade:.2f}:d={fade:.2f}"
    return f"aevalsrc='{pad}+{bells}':s=44100:d={seconds:.3f}:c=mono,aecho=0.8:0.6:180|310:0.25|0.18,{ends}"


def _stamp(seconds: float) -> str:
    minutes, rest = divmod(max(0.0, seconds), 60)
    return f"{int(minutes // 60):02}:{int(minutes % 60):02}:{rest:06.3f}"
