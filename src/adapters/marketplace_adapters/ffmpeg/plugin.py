"""The plugin: ``ffmpeg`` in the group ``marketplace_core.video_host``."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final

from attrs import field, frozen
from attrs.validators import ge, le

from marketplace_adapters.ffmpeg.host import FfmpegVideoHost
from marketplace_adapters.ffmpeg.records import Options
from marketplace_core.kernel.plugins import AdapterPlugin, Surroundings


@frozen(kw_only=True)
class FfmpegSettings:
    """How much of the machine transcoding may take; ``ffmpeg`` names a program other than the wheel's."""

    slots: int = field(default=1, converter=int, validator=[ge(1), le(16)])
    threads: int = field(default=2, converter=int, validator=[ge(1), le(64)])
    ffmpeg: str | None = None


@asynccontextmanager
async def _opened(settings: FfmpegSettings, around: Surroundings) -> AsyncGenerator[FfmpegVideoHost]:
    folder = around.data / "videos"
    folder.mkdir(parents=True, exist_ok=True)
    yield FfmpegVideoHost(
        folder=folder.absolute(),
        files=around.opened["marketplace_core.file_store"],
        slots=settings.slots,
        options=Options(threads=settings.threads, ffmpeg=settings.ffmpeg),
    )


plugin: Final = AdapterPlugin(
    summary="A three-rung HLS ladder with poster and storyboard, made here by the ffmpeg that comes with the wheel",
    settings=FfmpegSettings,
    open=_opened,
)
