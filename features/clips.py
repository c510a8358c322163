"""A real clip, and files that only look like one."""

import subprocess
from pathlib import Path

import imageio_ffmpeg


def make_clips(folder: Path) -> Path:
    """Make ``cup.mp4`` (2 s), ``sound.mp4`` (sound alone), ``garbage.mp4`` and ``empty.mp4``; return the folder."""
    ffmpeg = imageio_ffmpeg.get_ffmpeg_exe()
    picture = ("-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25:duration=2")
    sound = ("-f", "lavfi", "-i", "sine=frequency=330:duration=2")
    coded = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac")
    _run(ffmpeg, *picture, *sound, *coded, "-shortest", str(folder / "cup.mp4"))
    _run(ffmpeg, *sound, "-c:a", "aac", str(folder / "sound.mp4"))
    (folder / "garbage.mp4").write_bytes(bytes(range(256)) * 40)
    (folder / "empty.mp4").write_bytes(b"")
    return folder


def _run(*command: str) -> None:
    subprocess.run((*command[:1], "-loglevel", "error", "-y", *command[1:]), check=True, stdin=subprocess.DEVNULL)
