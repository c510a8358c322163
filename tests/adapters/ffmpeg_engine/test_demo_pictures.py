"""Pictures and clips of the demonstration."""

import io
import re
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from marketplace_adapters.ffmpeg.clip import Clip
from marketplace_adapters.ffmpeg.engine import Engine
from marketplace_adapters.ffmpeg.probe import Limits, probe
from marketplace_adapters.ffmpeg.records import State, Status
from marketplace_entrypoints.demo.clips import captions, make_clip
from marketplace_entrypoints.demo.pictures import PICTURE_BYTES_MAX, SUBJECTS, make_picture, subject_of


def opened(encoded: bytes) -> Image.Image:
    with Image.open(io.BytesIO(encoded)) as picture:
        return picture.convert("RGB")


def difference(one: Image.Image, other: Image.Image) -> float:
    histogram = ImageChops.difference(one, other).convert("L").histogram()
    return sum(value * count for value, count in enumerate(histogram)) / (one.width * one.height)


@pytest.mark.parametrize(("subject", "view"), [*((name, 0) for name in SUBJECTS), ("plant", 1), ("radio", 2)])
def test_every_subject_fits_its_limit(subject: str, view: int) -> None:
    encoded = make_picture(seed=11, title="Sample", hue=200, view=view, subject=subject)

    assert len(encoded) <= PICTURE_BYTES_MAX
    assert opened(encoded).size == (800, 800)


def test_the_same_seed_draws_the_same_bytes(tmp_path: Path) -> None:
    first = make_picture(tmp_path / "cup.jpg", seed=3, title="Tea cup", hue=40, size=(400, 400))

    assert make_picture(seed=3, title="Tea cup", hue=40, size=(400, 400)) == first
    assert (tmp_path / "cup.jpg").read_bytes() == first


def test_subjects_look_different_from_each_other() -> None:
    drawn = [opened(make_picture(seed=4, title="Sample", hue=90, size=(200, 200), subject=name)) for name in SUBJECTS]

    assert min(difference(one, other) for one, other in combinations(drawn, 2)) > 1.0


def test_seeds_views_and_hues_make_a_difference() -> None:
    def picture(seed: int, hue: float, view: int) -> Image.Image:
        return opened(make_picture(seed=seed, title="Table lamp", hue=hue, size=(200, 200), view=view))

    variants = [picture(1, 30, 0), picture(2, 30, 0), picture(1, 210, 0), picture(1, 30, 1), picture(1, 30, 2)]

    assert min(difference(one, other) for one, other in combinations(variants, 2)) > 1.0


def test_webp_and_wide_pictures_are_drawn_too() -> None:
    encoded = make_picture(seed=5, title="Fern", hue=120, size=(640, 360), kind="WEBP")

    assert encoded[8:12] == b"WEBP"
    assert opened(encoded).size == (640, 360)


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("Espresso cups, set of two", "mug"),
        ("Parlour guitar", "guitar"),
        ("Canvas tote", "tote"),
        ("Guitar book", "book"),
        ("HOOP EARRINGS", "earrings"),
        ("Something else", "forms"),
        ("", "forms"),
    ],
)
def test_a_title_names_its_subject(title: str, subject: str) -> None:
    assert subject_of(title) == subject


@pytest.mark.parametrize(("size", "seconds", "audio"), [((320, 180), 3.0, True), ((180, 320), 1.0, False)])
def test_a_clip_has_the_length_size_and_sound_that_were_asked_for(
    tmp_path: Path, engine: Engine, size: tuple[int, int], seconds: float, audio: bool
) -> None:
    path = make_clip(tmp_path / "clip.mp4", seed=7, seconds=seconds, size=size, title="Tea's 100%: mug", audio=audio)

    clip = probe(path, engine, Limits())

    assert isinstance(clip, Clip)
    assert (clip.width, clip.height, clip.has_audio) == (*size, audio)
    assert clip.duration_ms == pytest.approx(seconds * 1000, abs=60)


def test_no_two_seeds_give_the_same_clip_and_one_seed_always_the_same(tmp_path: Path) -> None:
    made = [
        make_clip(tmp_path / f"{index}.mp4", seed=seed, seconds=1, size=(160, 90), title="Vase").read_bytes()
        for index, seed in enumerate((1, 2, 1))
    ]

    assert made[0] != made[1]
    assert made[0] == made[2]


def test_a_made_clip_becomes_ready(tmp_path: Path, carry_out: Callable[..., tuple[Path, Status]]) -> None:
    clip = make_clip(tmp_path / "clip.mp4", seed=9, seconds=3, size=(320, 180), title="Fig candle")

    _, status = carry_out(clip)

    assert status.state is State.READY, status
    assert status.clip is not None
    assert status.clip.has_audio


def test_captions_fill_the_clip_and_let_no_markup_through() -> None:
    text = captions(["Soft music", "<b>Glazed</b> --> by hand"], 6.0)

    assert text.startswith("WEBVTT\n\n00:00:00.000 --> 00:00:02.900\nSoft music\n")
    assert re.findall(r"^(.+) --> (.+)$", text, re.MULTILINE)[1] == ("00:00:03.000", "00:00:05.900")
    assert "&lt;b>Glazed" in text
    assert text.count("-->") == 2
