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
from marketplace_entrypoints.demo.staging import MORNING, Layer, Staging

_FRAMES_PER_SECOND = 24
_OVERLAP_SECONDS = 0.7
_SHOT_SECONDS_MIN = 1.4
_DETAIL = 1.4
"""Shots are drawn this much larger than the clip, so that the camera moves by less than a pixel at a time."""
_SHARPNESS = 1.1
_TIMEOUT_SECONDS_PER_SECOND = 20
_INK = (52, 44, 40, 235)
_PAPER = (255, 252, 246, 255)
_LAST_LATIN = "\u024f"
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
    turned: float = 0.0


@frozen(kw_only=True)
class _Film:
    shots: list[_Shot]
    layers: list[Layer]
    staging: Staging
    seconds: float
    size: tuple[int, int]
    rng: Random
    audio: bool


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
    staging: Staging = MORNING,
) -> Path:
    """Write an MP4 of this length (within one frame) that shows the product of this title, and return its path.

    No two seeds look or sound alike; the same seed gives the same clip. The title itself is written at the upper left
    for a while, above captions and controls, unless it is empty or the typeface does not know its letters.
    Raises `ClipNotMade`.
    """
    rng = Random(f"{seed}:{title}:clip")
    tinted = rng.uniform(0, 360) if hue is None else hue
    shots = _plan(seconds, rng, staging)
    with tempfile.TemporaryDirectory(prefix="clip-") as folder:
        layers = staging.light(size, seconds, rng)
        moving = [layer for layer in layers if not layer.stands_still]
        words = lettering(title, size, staging)
        moving.append(Layer(sheet=words, y=f"{-size[1] * 0.02:.0f}*pow(max(0,1-t),2)", faded=_come_and_go(seconds)))
        pictures = []
        large = (round(size[0] * _DETAIL), round(size[1] * _DETAIL))
        for index, shot in enumerate(shots):
            still = draw_picture(
                seed=seed,
                title=title,
                hue=(tinted + shot.turned) % 360,
                size=large,
                view=shot.view,
                subject=subject,
                sharpness=_SHARPNESS,
                mood=staging.mood,
            )
            still = staging.grade.of(still)
            for layer in layers:
                if layer.stands_still:
                    veil = layer.sheet.resize(large, Image.Resampling.BICUBIC)
                    still.paste(veil, mask=veil.getchannel("A"))
            pictures.append(Path(folder) / f"shot{index}.bmp")  # unpacked: packing would take longer than writing
            still.save(pictures[-1])
        for index, layer in enumerate(moving):
            pictures.append(Path(folder) / f"layer{index}.png")
            layer.sheet.save(pictures[-1], compress_level=1)
        film = _Film(shots=shots, layers=moving, staging=staging, seconds=seconds, size=size, rng=rng, audio=audio)
        _encode(path, film, pictures)
    return path


def captions(lines: Sequence[str], seconds: float) -> str:
    """Return WebVTT captions that show these lines one after the other over the length of a clip."""
    span = seconds / max(1, len(lines))
    blocks = ["WEBVTT"]
    for index, line in enumerate(lines):
        words = line.replace("-->", "→").replace("&", "&amp;").replace("<", "&lt;")
        blocks.append(f"{_stamp(index * span)} --> {_stamp((index + 1) * span - 0.1)}\n{words}")
    return "\n\n".join(blocks) + "\n"


def _plan(seconds: float, rng: Random, staging: Staging) -> list[_Shot]:
    """Divide the clip into whole, detail and other setting; a short clip has fewer shots."""
    views = [View(), View(close=True), View(scene=rng.randint(1, 9))]
    if rng.random() < 0.4:
        views = [views[2], views[1], views[0]]
    count = max(1, min(3, int(seconds / _SHOT_SECONDS_MIN)))
    each = (seconds + _OVERLAP_SECONDS * (count - 1)) / count
    shots = []
    for index, view in enumerate(views[:count]):
        near, far = 1.02 + staging.closeness * rng.uniform(0.8, 1.1), rng.uniform(1.0, 1.03)
        inwards = index != 1
        angle = rng.uniform(0, math.tau)
        shots.append(
            _Shot(
                view=view,
                seconds=each,
                zoom_from=far if inwards else near,
                zoom_to=near if inwards else far,
                drift=(math.cos(angle), math.sin(angle)),
                turned=staging.recolours if index == 2 else 0.0,
            )
        )
    return shots


def _come_and_go(seconds: float) -> str:
    shown = min(seconds * 0.62, 4.5)
    return f"fade=t=in:st=0.4:d=0.7:alpha=1,fade=t=out:st={shown:.2f}:d=0.7:alpha=1"


def _encode(path: Path, film: _Film, pictures: list[Path]) -> None:
    inputs: list[str] = []
    for picture in pictures:
        inputs += ["-i", str(picture)]
    music = ["-f", "lavfi", "-i", _music(film.seconds, film.rng)]
    heard = ["-map", f"{len(pictures)}:a", "-c:a", "aac", "-b:a", "96k"]
    command = [
        str(ffmpeg_path()), "-hide_banner", "-nostdin", "-v", "error", "-y", *inputs,
        *(music if film.audio else []), "-filter_complex", _filters(film), "-map", "[out]",
        *(heard if film.audio else []), "-c:v", "libx264", "-preset", "ultrafast", "-crf", "20",
        "-pix_fmt", "yuv420p", "-t", f"{film.seconds:.3f}", "-map_metadata", "-1", "-fflags", "+bitexact",
        "-movflags", "+faststart", str(path),
    ]  # fmt: skip
    try:
        done = subprocess.run(  # noqa: S603 - no shell, and every argument is ours
            command,
            capture_output=True,
            text=True,
            check=False,
            timeout=60 + film.seconds * _TIMEOUT_SECONDS_PER_SECOND,
        )
    except subprocess.TimeoutExpired as slow:
        raise ClipNotMade(f"ffmpeg was not done with {path.name} in time") from slow
    if done.returncode != 0:
        raise ClipNotMade(done.stderr[-2000:])


def _filters(film: _Film) -> str:
    shots, layers = film.shots, film.layers
    chains = [f"[{index}:v]{_camera(shot, film.size)}[shot{index}]" for index, shot in enumerate(shots)]
    joined, begins = "shot0", 0.0
    for index in range(1, len(shots)):
        begins += shots[index - 1].seconds - _OVERLAP_SECONDS
        cut = film.rng.choice(film.staging.cuts)
        crossing = f"xfade=transition={cut}:duration={_OVERLAP_SECONDS}:offset={begins:.3f}"
        chains.append(f"[{joined}][shot{index}]{crossing}[join{index}]")
        joined = f"join{index}"
    chains.append(f"[{joined}]null[behind0]")
    still = f"format=yuva420p,loop=loop=-1:size=1,fps={_FRAMES_PER_SECOND}"
    for index, layer in enumerate(layers):
        chains.append(f"[{len(shots) + index}:v]{still}{',' if layer.faded else ''}{layer.faded}[layer{index}]")
        overlay = f"overlay=x='{layer.x}':y='{layer.y}':shortest=1"
        chains.append(f"[behind{index}][layer{index}]{overlay}[behind{index + 1}]")
    return ";".join([*chains, f"[behind{len(layers)}]format=yuv420p[out]"])


def _camera(shot: _Shot, size: tuple[int, int]) -> str:
    """Move slowly over a still that is larger than the clip, easing in and out."""
    frames = math.ceil(shot.seconds * _FRAMES_PER_SECOND) + 1
    eased = f"(0.5-0.5*cos(PI*on/{frames}))"
    zoom = f"{shot.zoom_from:.4f}+{shot.zoom_to - shot.zoom_from:.4f}*{eased}"
    x = f"(iw-iw/zoom)*(0.5+{shot.drift[0] * 0.42:.3f}*({eased}-0.5))"
    y = f"(ih-ih/zoom)*(0.5+{shot.drift[1] * 0.42:.3f}*({eased}-0.5))"
    shape = f"d={frames}:s={size[0]}x{size[1]}:fps={_FRAMES_PER_SECOND}"
    return f"format=yuv420p,zoompan=z='{zoom}':x='{x}':y='{y}':{shape},setsar=1"


def lettering(title: str, size: tuple[int, int], staging: Staging) -> Image.Image:
    """Return the title on a transparent sheet, in the typeface that Pillow carries: it knows Latin letters only."""
    sheet = Image.new("RGBA", size, (255, 255, 255, 0))
    if not title or max(title) > _LAST_LATIN:
        return sheet
    ink, halo_tone = (_PAPER, _INK) if staging.is_dark else (_INK, _PAPER)
    unit = min(size)
    font = ImageFont.load_default(unit * 0.052)
    shown = title if len(title) <= 34 else f"{title[:33].rstrip()}…"
    at = (unit * 0.075, unit * 0.095)
    halo = Image.new("L", size, 0)
    ImageDraw.Draw(halo).text(at, shown, font=font, fill=255, stroke_width=round(unit * 0.008))
    sheet.paste(halo_tone, mask=halo.filter(ImageFilter.GaussianBlur(unit * 0.014)).point(lambda value: value // 2))
    pen = ImageDraw.Draw(sheet)
    pen.text(at, shown, font=font, fill=ink)
    line = (at[0], at[1] - unit * 0.026, at[0] + unit * 0.075, at[1] - unit * 0.019)
    pen.rounded_rectangle(line, unit * 0.0035, fill=ink)
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
