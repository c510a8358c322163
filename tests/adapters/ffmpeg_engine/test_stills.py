"""The poster and the storyboard are pictures of the clip."""

import io
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from marketplace_adapters.ffmpeg import jobs
from marketplace_adapters.ffmpeg.records import Options, State, Status
from tests.adapters.ffmpeg_engine.conftest import Studio

CarryOut = Callable[..., tuple[Path, Status]]
RED = (254, 0, 0)
BLUE = (0, 0, 254)


def close(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return all(abs(a - b) < 24 for a, b in zip(one, other, strict=True))


def centre(picture: Image.Image) -> tuple[float, ...]:
    pixel = picture.convert("RGB").getpixel((picture.width // 2, picture.height // 2))
    assert isinstance(pixel, tuple)
    return pixel


def picture(path: Path) -> Image.Image:
    with Image.open(path) as opened:
        assert opened.format == "JPEG"
        return opened.convert("RGB")


def frame_of(clip: Path, studio: Studio, at_seconds: float) -> Image.Image:
    raw = subprocess.run(
        [studio.ffmpeg, "-v", "error", "-ss", f"{at_seconds}", "-i", clip, "-frames:v", "1", "-f", "image2pipe",
         "-c:v", "ppm", "-"],
        capture_output=True, check=True,
    ).stdout  # fmt: skip
    return Image.open(io.BytesIO(raw))


def difference(one: Image.Image, other: Image.Image) -> float:
    """Mean difference of two pictures, each brought to 16 x 16, per channel of 0 to 255."""
    first, second = (
        picture.convert("RGB").resize((16, 16), Image.Resampling.BOX).tobytes() for picture in (one, other)
    )
    return sum(abs(a - b) for a, b in zip(first, second, strict=True)) / len(first)


@pytest.mark.parametrize(("at_ms", "colour"), [(300, RED), (1600, BLUE), (99_000, BLUE)])
def test_the_poster_is_taken_when_the_seller_said(
    studio: Studio, carry_out: CarryOut, at_ms: int, colour: tuple[int, int, int]
) -> None:
    clip = studio.colours("redblue.mp4", first="red", then="blue")

    job_dir, status = carry_out(clip, Options(poster_time_ms=at_ms))

    assert status.state is State.READY, status
    assert status.poster is not None
    assert status.poster_time_ms == min(at_ms, 1940)
    poster = picture(job_dir / status.poster)
    assert poster.size == (320, 240)
    assert close(centre(poster), colour)


def test_without_a_choice_the_poster_is_an_early_picture_of_the_clip(studio: Studio, carry_out: CarryOut) -> None:
    clip = studio.clip("long.mp4", seconds=9)

    job_dir, status = carry_out(clip)

    assert status.poster is not None
    assert status.poster_time_ms == 900
    poster = picture(job_dir / status.poster)
    near = min(difference(poster, frame_of(clip, studio, 0.9 + step / 25)) for step in range(24))
    far = difference(poster, frame_of(clip, studio, 6.0))
    assert near < 4 < far


def test_the_poster_of_a_turned_clip_is_upright(studio: Studio, carry_out: CarryOut) -> None:
    clip = studio.derived("turned.mp4", studio.clip("plain.mp4"), before="-display_rotation 90")

    job_dir, status = carry_out(clip, Options(poster_time_ms=0))

    assert status.poster is not None
    poster = picture(job_dir / status.poster)
    assert poster.size == (240, 320)
    assert difference(poster, frame_of(studio.clip("plain.mp4"), studio, 0).transpose(Image.Transpose.ROTATE_90)) < 4


def test_a_seller_may_choose_another_poster_later(studio: Studio, carry_out: CarryOut) -> None:
    job_dir, before = carry_out(studio.colours("redblue.mp4", first="red", then="blue"))
    assert before.poster is not None

    after = jobs.choose_poster(job_dir, 1500)

    assert after == jobs.read(job_dir)
    assert after.poster is not None
    assert after.poster != before.poster
    assert close(centre(picture(job_dir / after.poster)), BLUE)
    assert close(centre(picture(job_dir / before.poster)), RED)


def test_a_poster_cannot_be_chosen_of_a_failed_video(tmp_path: Path, carry_out: CarryOut) -> None:
    letter = tmp_path / "letter.mp4"
    letter.write_text("Dear buyer")
    job_dir, _ = carry_out(letter)

    with pytest.raises(jobs.JobNotReady):
        jobs.choose_poster(job_dir, 0)


def test_the_storyboard_shows_each_moment_where_its_cue_says(studio: Studio, carry_out: CarryOut) -> None:
    job_dir, status = carry_out(studio.colours("redblue.mp4", first="red", then="blue"))

    assert status.storyboard is not None
    assert (status.storyboard.tiles, status.storyboard.interval_ms) == (4, 500)
    text = (job_dir / status.storyboard.cues).read_text()
    places = [line.partition("#xywh=")[2] for line in text.splitlines() if "#xywh=" in line]
    sheet = picture(job_dir / status.storyboard.sheet)
    colours = []
    for place in places:
        left, top, width, height = (int(number) for number in place.split(","))
        assert left + width <= sheet.width
        assert top + height <= sheet.height
        colours.append(centre(sheet.crop((left, top, left + width, top + height))))
    assert [close(colour, RED) for colour in colours] == [True, True, False, False]
    assert [close(colour, BLUE) for colour in colours] == [False, False, True, True]


def test_a_slow_clip_has_a_tile_for_each_of_its_pictures(studio: Studio, carry_out: CarryOut) -> None:
    clip = studio.clip("slow3.mp4", rate="1", seconds=3)

    job_dir, status = carry_out(clip)

    assert status.storyboard is not None
    assert (status.storyboard.tiles, status.storyboard.interval_ms) == (3, 1000)
    sheet = picture(job_dir / status.storyboard.sheet)
    for tile in range(3):
        shown = sheet.crop((tile * 160, 0, tile * 160 + 160, 120))
        assert difference(shown, frame_of(clip, studio, tile)) < 6
