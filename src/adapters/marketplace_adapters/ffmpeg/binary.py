"""Find the ffmpeg program."""

import os
import shutil
from pathlib import Path

import imageio_ffmpeg


class FfmpegMissing(Exception):
    """No ffmpeg program can be run here."""


def ffmpeg_path(configured: str | None = None) -> Path:
    """Return the ffmpeg program: the configured one, else the one that the `imageio-ffmpeg` wheel carries or finds.

    Raises `FfmpegMissing` with a sentence that says what to install.
    """
    if configured:
        found = shutil.which(configured)
        if found is None:
            raise FfmpegMissing(f"'{configured}' is configured as the ffmpeg program but cannot be run.")
        return Path(found)
    try:
        path = Path(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError as missing:
        advice = "No ffmpeg program found: install ffmpeg, or the imageio-ffmpeg wheel of this platform."
        raise FfmpegMissing(advice) from missing
    if not os.access(path, os.X_OK):
        raise FfmpegMissing(f"The ffmpeg program {path} is not executable.")
    return path
