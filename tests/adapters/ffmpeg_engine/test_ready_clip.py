"""What a player gets of a clip that is ready."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from marketplace_adapters.ffmpeg import jobs
from marketplace_adapters.ffmpeg.records import State, Status
from marketplace_adapters.ffmpeg.slots import SlotPool
from tests.adapters.ffmpeg_engine.conftest import Studio, wait_for_end
from tests.adapters.ffmpeg_engine.strict_hls import read_master, read_media

CarryOut = Callable[..., tuple[Path, Status]]


@pytest.fixture(scope="module")
def long_job(studio: Studio, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Status]:
    """A job that turned nine seconds of ordinary clip into what players get; nobody changes it."""
    folder = tmp_path_factory.mktemp("long")
    jobs.submit(folder / "job", source=studio.clip("long.mp4", seconds=9), pool=SlotPool(folder / "slots"))
    return folder / "job", wait_for_end(folder / "job")


def frames_in(playlist: Path, studio: Studio) -> int:
    """Decode everything that the playlist names, strictly, and count the pictures."""
    log = studio.run(
        "-xerror", "-err_detect", "explode", "-allowed_extensions", "ALL", "-i", str(playlist),
        "-map", "0:v", "-f", "null", "-",
    )  # fmt: skip
    return int(re.findall(r"frame=\s*(\d+)", log)[-1])


def test_a_clip_becomes_three_renditions_that_decode_to_their_last_frame(
    studio: Studio, long_job: tuple[Path, Status]
) -> None:
    job_dir, status = long_job

    assert status.state is State.READY, status
    assert (status.progress_percent, status.attempts, status.worker_pid) == (100, 1, None)
    assert status.master is not None
    variants = read_master(job_dir / status.master)
    assert {(variant.width, variant.height) for variant in variants} == {(320, 240), (212, 158), (160, 120)}
    for variant in variants:
        media = read_media(variant.playlist)
        assert [segment.seconds for segment in media.segments] == pytest.approx([4, 4, 1], abs=0.05)
        assert frames_in(variant.playlist, studio) == 9 * 25


def test_every_rendition_changes_segment_at_the_same_instants(studio: Studio, carry_out: CarryOut) -> None:
    clip = studio.clip("film.mp4", rate="24000/1001", seconds=9)

    job_dir, status = carry_out(clip)

    assert status.master is not None
    starts = {
        tuple(segment.seconds for segment in read_media(variant.playlist).segments)
        for variant in read_master(job_dir / status.master)
    }
    assert len(starts) == 1


def test_each_segment_decodes_alone_after_the_initialisation(
    studio: Studio, long_job: tuple[Path, Status], tmp_path: Path
) -> None:
    job_dir, status = long_job

    assert status.master is not None
    for variant in read_master(job_dir / status.master):
        media = read_media(variant.playlist)
        for segment in media.segments:
            alone = tmp_path / "alone.mp4"
            alone.write_bytes(media.init.read_bytes() + segment.file.read_bytes())
            log = studio.run("-xerror", "-i", str(alone), "-map", "0:v", "-f", "null", "-")
            assert int(re.findall(r"frame=\s*(\d+)", log)[-1]) == round(segment.seconds * 25)


def test_the_master_playlist_tells_the_truth_about_rates_and_codecs(long_job: tuple[Path, Status]) -> None:
    job_dir, status = long_job

    assert status.master is not None
    variants = read_master(job_dir / status.master)
    for variant in variants:
        bits = [(segment.file.stat().st_size * 8, segment.seconds) for segment in read_media(variant.playlist).segments]
        measured = sum(size for size, _ in bits) / sum(seconds for _, seconds in bits)
        assert variant.average_bandwidth == pytest.approx(measured, rel=0.02)
        assert variant.bandwidth >= max(size / seconds for size, seconds in bits if seconds > 2) * 0.99
        assert variant.codecs[0].startswith("avc1.64")
        assert variant.codecs[1:] == ("mp4a.40.2",)
        assert variant.frame_rate == 25.0
    assert {rendition.bandwidth for rendition in status.renditions} == {variant.bandwidth for variant in variants}


def test_a_silent_clip_names_no_sound(studio: Studio, carry_out: CarryOut) -> None:
    job_dir, status = carry_out(studio.clip("silent.mp4", sound=False))

    assert status.state is State.READY, status
    assert status.master is not None
    assert status.clip is not None
    assert not status.clip.has_audio
    assert {variant.codecs[1:] for variant in read_master(job_dir / status.master)} == {()}


@pytest.mark.parametrize(
    ("name", "size", "rate", "best", "frames"),
    [
        ("upright.mp4", "180x320", "30", (180, 320), 60),
        ("odd.mkv", "321x241", "25", (320, 240), 50),
        ("slow.mp4", "320x240", "1", (320, 240), 2),
        ("fast.mp4", "320x240", "60", (320, 240), 60),
        ("one.mp4", "320x240", "1/2", (320, 240), 50),
    ],
)
def test_unusual_clips_become_ready(
    studio: Studio, carry_out: CarryOut, name: str, size: str, rate: str, best: tuple[int, int], frames: int
) -> None:
    lossless = "-c:v libx264 -preset ultrafast -pix_fmt yuv444p" if name == "odd.mkv" else ""
    clip = studio.clip(name, size=size, rate=rate, extra=lossless)

    job_dir, status = carry_out(clip)

    assert status.state is State.READY, status
    assert status.master is not None
    assert (status.renditions[0].width, status.renditions[0].height) == best
    for variant in read_master(job_dir / status.master):
        assert read_media(variant.playlist).seconds == pytest.approx(2, abs=0.1)
        assert frames_in(variant.playlist, studio) == pytest.approx(frames, abs=1)


@pytest.mark.parametrize("kind", ["smpte2084", "arib-std-b67"])
def test_high_dynamic_range_is_mapped_to_what_ordinary_screens_show(
    studio: Studio, carry_out: CarryOut, kind: str
) -> None:
    wide = f"-c:v libx265 -preset ultrafast -pix_fmt yuv420p10le -color_primaries bt2020 -color_trc {kind}"
    told = f"-colorspace bt2020nc -color_range tv -x265-params transfer={kind}:colorprim=bt2020:colormatrix=bt2020nc"
    clip = studio.clip(f"{kind}.mp4", seconds=1, extra=f"{wide} {told}")

    job_dir, status = carry_out(clip)

    assert status.state is State.READY, status
    assert status.clip is not None
    assert status.clip.colour != "sdr"
    made = studio.run("-allowed_extensions", "ALL", "-i", str(job_dir / "out/v0/stream.m3u8"), "-f", "null", "-")
    assert "bt709" in made
    assert kind not in made


def test_where_a_clip_was_filmed_is_not_passed_on(studio: Studio, carry_out: CarryOut) -> None:
    place = "-c copy -metadata location=+55.7558+037.6173/ -metadata title=HOME"
    clip = studio.derived("located.mp4", studio.clip("plain.mp4"), after=place)
    assert b"loci" in clip.read_bytes()
    assert b"HOME" in clip.read_bytes()

    job_dir, status = carry_out(clip)

    assert status.state is State.READY, status
    made = b"".join(file.read_bytes() for file in (job_dir / "out").rglob("*") if file.is_file())
    assert b"loci" not in made
    assert b"HOME" not in made


@pytest.mark.parametrize("name", ["it's 100%d", "a:b,c;[d] видео"])
def test_a_job_may_live_in_any_folder(studio: Studio, carry_out: CarryOut, name: str) -> None:
    job_dir, status = carry_out(studio.clip("plain.mp4", seconds=2), name=name)

    assert status.state is State.READY, status
    assert status.master is not None
    assert len(read_master(job_dir / status.master)) == 3


def test_a_file_that_is_no_video_fails_with_its_reason_and_leaves_nothing(tmp_path: Path, carry_out: CarryOut) -> None:
    letter = tmp_path / "letter.mp4"
    letter.write_text("Dear buyer")

    job_dir, status = carry_out(letter)

    assert (status.state, status.reason_code) == (State.FAILED, "not_a_video")
    assert status.reason is not None
    assert status.reason.startswith("The file is not a video")
    assert not list(job_dir.glob("out*"))


@pytest.mark.parametrize("sound_share", [0.12, 0.80])
def test_a_clip_that_breaks_off_while_it_is_decoded_fails_and_leaves_nothing(
    studio: Studio, carry_out: CarryOut, tmp_path: Path, sound_share: float
) -> None:
    whole = studio.derived("indexed9.mp4", studio.clip("long.mp4", seconds=9), after="-c copy -movflags +faststart")
    content = bytearray(whole.read_bytes())
    start = content.index(b"mdat") + 4
    middle = start + int((len(content) - start) * sound_share)
    content[middle:] = b"\xff" * (len(content) - middle)
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(content)

    job_dir, status = carry_out(broken)

    assert (status.state, status.reason_code) == (State.FAILED, "damaged"), status
    assert not list(job_dir.glob("out*"))
