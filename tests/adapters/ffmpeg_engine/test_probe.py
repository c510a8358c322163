"""What an uploaded file turns out to be."""

from pathlib import Path

import pytest
from PIL import Image

from marketplace_adapters.ffmpeg.clip import Clip, Colour
from marketplace_adapters.ffmpeg.engine import Engine, EngineFault
from marketplace_adapters.ffmpeg.probe import Limits, probe
from marketplace_adapters.ffmpeg.verdict import Reason, Unplayable
from tests.adapters.ffmpeg_engine.conftest import Studio


def verdict(path: Path, engine: Engine, limits: Limits | None = None) -> Reason:
    found = probe(path, engine, limits or Limits())
    assert isinstance(found, Unplayable), found
    assert found.sentence.endswith(".")
    return found.reason_code


def clip_of(path: Path, engine: Engine) -> Clip:
    found = probe(path, engine, Limits())
    assert isinstance(found, Clip), found
    return found


def test_a_file_that_is_gone_says_so(tmp_path: Path, engine: Engine) -> None:
    assert verdict(tmp_path / "nothing.mp4", engine) is Reason.SOURCE_MISSING


def test_an_empty_file_is_called_empty(tmp_path: Path, engine: Engine) -> None:
    (tmp_path / "empty.mp4").touch()

    assert verdict(tmp_path / "empty.mp4", engine) is Reason.EMPTY_FILE


@pytest.mark.parametrize(
    "content",
    [
        bytes(range(7, 250)) * 100,
        b"Dear buyer, this is a text renamed to .mp4.\n" * 50,
        b"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/hostname\n#EXT-X-ENDLIST\n",
    ],
    ids=["garbage", "text", "playlist"],
)
def test_garbage_text_and_playlists_are_no_video_whatever_their_name(
    tmp_path: Path, engine: Engine, content: bytes
) -> None:
    path = tmp_path / "renamed.mp4"
    path.write_bytes(content)

    assert verdict(path, engine) is Reason.NOT_A_VIDEO


def test_a_picture_is_no_video(tmp_path: Path, engine: Engine) -> None:
    path = tmp_path / "picture.mp4"
    Image.new("RGB", (64, 48), "teal").save(path, format="PNG")

    assert verdict(path, engine) is Reason.NOT_A_VIDEO


@pytest.mark.parametrize("name", ["sound.m4a", "sound.webm", "sound.mp3", "sound.wav", "sound.ogg"])
def test_sound_alone_is_no_video_track(studio: Studio, engine: Engine, name: str) -> None:
    path = studio.folder / name
    studio.run("-f", "lavfi", "-i", "sine=d=1", str(path))

    assert verdict(path, engine) is Reason.NO_VIDEO_TRACK


def test_a_cover_picture_does_not_make_a_song_a_video(studio: Studio, tmp_path: Path, engine: Engine) -> None:
    cover = tmp_path / "cover.png"
    Image.new("RGB", (64, 64), "teal").save(cover)
    song = studio.folder / "covered.m4a"
    joined = ["-map", "0", "-map", "1", "-c:a", "aac", "-c:v", "copy", "-disposition:v:0", "attached_pic"]
    studio.run("-f", "lavfi", "-i", "sine=d=1", "-i", str(cover), *joined, str(song))

    assert verdict(song, engine) is Reason.NO_VIDEO_TRACK


@pytest.mark.parametrize("name", ["whole.mp4", "whole.webm", "whole.mkv"])
@pytest.mark.parametrize("share", [0.4, 0.7])
def test_a_truncated_clip_is_damaged(studio: Studio, tmp_path: Path, engine: Engine, name: str, share: float) -> None:
    whole = studio.clip(name, seconds=4)
    part = tmp_path / name
    content = whole.read_bytes()
    part.write_bytes(content[: int(len(content) * share)])

    assert verdict(part, engine) is Reason.DAMAGED


def test_a_truncated_clip_with_its_index_in_front_is_damaged(studio: Studio, tmp_path: Path, engine: Engine) -> None:
    whole = studio.derived("indexed.mp4", studio.clip("whole.mp4", seconds=4), after="-c copy -movflags +faststart")
    part = tmp_path / "part.mp4"
    part.write_bytes(whole.read_bytes()[: whole.stat().st_size * 6 // 10])

    assert verdict(part, engine) is Reason.DAMAGED


def test_a_clip_whose_pictures_are_noise_is_damaged(studio: Studio, tmp_path: Path, engine: Engine) -> None:
    whole = studio.derived("indexed.mp4", studio.clip("whole.mp4", seconds=4), after="-c copy -movflags +faststart")
    content = bytearray(whole.read_bytes())
    start = content.index(b"mdat") + 4
    content[start:] = bytes((index * 197 + index // 251) % 256 for index in range(len(content) - start))
    noise = tmp_path / "noise.mp4"
    noise.write_bytes(content)

    assert verdict(noise, engine) is Reason.DAMAGED


def test_a_box_of_an_mp4_and_nothing_else_is_damaged(tmp_path: Path, engine: Engine) -> None:
    path = tmp_path / "box.mp4"
    path.write_bytes(b"\0\0\0\x20ftypisom" + b"\0" * 4000)

    assert verdict(path, engine) is Reason.DAMAGED


def test_limits_are_named_before_any_work_is_done(studio: Studio, engine: Engine) -> None:
    clip = studio.clip("plain.mp4")

    assert verdict(clip, engine, Limits(duration_ms_max=1000)) is Reason.TOO_LONG
    assert verdict(clip, engine, Limits(upload_bytes_max=1000)) is Reason.TOO_LARGE
    assert verdict(clip, engine, Limits(pixels_max=320 * 200)) is Reason.TOO_LARGE
    assert verdict(clip, engine, Limits(probe_timeout_seconds=0)) is Reason.TIMEOUT
    assert verdict(studio.clip("tiny.mp4", size="24x24"), engine) is Reason.TOO_SMALL


def test_a_crash_of_the_program_is_not_blamed_on_the_clip(studio: Studio, tmp_path: Path) -> None:
    program = tmp_path / "crashing-ffmpeg"
    program.write_text("#!/bin/sh\nkill -SEGV $$\n")
    program.chmod(0o755)

    with pytest.raises(EngineFault, match=r"signal \(-11\)"):
        probe(studio.clip("plain.mp4"), Engine(binary=program), Limits())


def test_a_plain_clip_is_described(studio: Studio, engine: Engine) -> None:
    clip = clip_of(studio.clip("plain.mp4"), engine)

    assert (clip.container, clip.width, clip.height, clip.fps) == ("mp4", 320, 240, 25.0)
    assert (clip.has_audio, clip.rotation_degrees, clip.colour, clip.steady) == (True, 0, Colour.SDR, True)
    assert clip.duration_ms == pytest.approx(2000, abs=40)


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_turned_clip_has_the_size_that_people_see(studio: Studio, engine: Engine, degrees: int) -> None:
    turned = studio.derived(f"turned{degrees}.mp4", studio.clip("plain.mp4"), before=f"-display_rotation {degrees}")

    clip = clip_of(turned, engine)

    assert clip.rotation_degrees == degrees
    assert (clip.width, clip.height) == ((320, 240) if degrees == 180 else (240, 320))


def test_a_clip_of_oblong_pixels_has_the_size_that_people_see(studio: Studio, engine: Engine) -> None:
    clip = clip_of(studio.derived("oblong.mp4", studio.clip("plain.mp4"), after="-vf setsar=2/1"), engine)

    assert (clip.width, clip.height) == (640, 240)


def test_a_recording_that_names_no_duration_is_measured(studio: Studio, engine: Engine) -> None:
    live = studio.derived("live.webm", studio.clip("plain.webm"), after="-c copy -live 1")

    clip = clip_of(live, engine)

    assert clip.container == "matroska"
    assert clip.fps == pytest.approx(25, abs=0.1)
    assert clip.duration_ms == pytest.approx(2000, abs=60)


@pytest.mark.parametrize(
    ("name", "container"), [("a.avi", "avi"), ("a.ts", "mpegts"), ("a.mpg", "mpeg"), ("a.flv", "flv")]
)
def test_other_containers_are_known(studio: Studio, engine: Engine, name: str, container: str) -> None:
    clip = clip_of(studio.clip(name, extra="-ar 44100"), engine)

    assert (clip.container, clip.width, clip.has_audio) == (container, 320, True)
    assert clip.duration_ms == pytest.approx(2000, abs=150)


def test_frames_at_uneven_times_are_noticed(studio: Studio, engine: Engine) -> None:
    uneven = "-vf select='lt(mod(n,20),3)' -fps_mode vfr"
    clip = clip_of(studio.derived("uneven.mkv", studio.clip("plain.mp4"), after=uneven), engine)

    assert not clip.steady


def test_a_title_that_looks_like_a_log_line_changes_nothing(studio: Studio, engine: Engine) -> None:
    path = studio.folder / "titled.mp4"
    title = "x\n  Duration: 09:00:00.00, start: 0\n  Stream #0:0: Video: h264 (attached pic), 9x9"
    studio.run("-i", str(studio.clip("plain.mp4")), "-c", "copy", "-metadata", f"title={title}", str(path))

    assert clip_of(path, engine) == clip_of(studio.clip("plain.mp4"), engine)
