"""The local video engine as the marketplace's video host."""

import re
from pathlib import Path
from typing import Final, final

from anyio import to_thread
from attrs import frozen

from marketplace_adapters.ffmpeg import jobs
from marketplace_adapters.ffmpeg.records import Options, State, Status
from marketplace_adapters.ffmpeg.slots import SlotPool
from marketplace_core.kernel.files import FileStore
from marketplace_core.kernel.ids import VideoId
from marketplace_core.kernel.work import outside_transaction
from marketplace_core.video import Playback, Rendition
from marketplace_core.video.ports import HostedState, HostedVideo, VideoHost

_NAMES: Final = re.compile(r"vid_[0-9A-Za-z]{1,40}")
_FILE_NAMES: Final = re.compile(r"[A-Za-z0-9._/-]{1,200}")
"""Nothing that we make is called otherwise; no file system is asked about what it could not even look for."""
_STATES: Final = {
    State.QUEUED: HostedState.QUEUED,
    State.PROCESSING: HostedState.PROCESSING,
    State.READY: HostedState.READY,
    State.FAILED: HostedState.FAILED,
}
MEDIA_PATH: Final = "/media/videos"
"""Where the HTTP door serves what this host has made."""


@final
@frozen(kw_only=True)
class FfmpegVideoHost(VideoHost):
    """Makes ladders on this machine, one job folder per video under ``folder``."""

    folder: Path
    files: FileStore
    slots: int
    options: Options

    async def ingest(self, video_id: VideoId, source_key: str) -> None:
        """Start the job; a job that exists is left alone. Raises ``FileMissing``, ``FileStoreUnavailable``."""
        outside_transaction("video_host.ingest")
        source = await self.files.local_copy(source_key)
        pool = SlotPool(self.folder / ".slots", self.slots)
        await to_thread.run_sync(
            lambda: jobs.submit(self._job(video_id), source=source.absolute(), pool=pool, options=self.options)
        )

    async def look(self, video_id: VideoId) -> HostedVideo:
        """Read the job's record; a job whose worker has died is started again."""
        outside_transaction("video_host.look")
        try:
            status = await to_thread.run_sync(jobs.resume, self._job(video_id))
        except jobs.NoSuchJob:
            return HostedVideo(state=HostedState.UNKNOWN)
        return HostedVideo(
            state=_STATES[status.state],
            progress_percent=status.progress_percent,
            reason_code=status.reason_code,
            reason=status.reason,
            playback=_playback(video_id, status) if status.state is State.READY else None,
        )

    async def delete(self, video_id: VideoId) -> None:
        """Remove the job and everything it made."""
        outside_transaction("video_host.delete")
        await to_thread.run_sync(jobs.remove, self._job(video_id))

    def published_file(self, video_id: str, name: str) -> Path | None:
        """Return the path of one file of a ready video, or None; no name leads out of the video's own output."""
        if not _NAMES.fullmatch(video_id) or not _FILE_NAMES.fullmatch(name):
            return None
        output = (self.folder / video_id / jobs.OUTPUT_NAME).resolve()
        path = (output / name).resolve()
        return path if path.is_relative_to(output) and path.is_file() else None

    def _job(self, video_id: VideoId) -> Path:
        if not _NAMES.fullmatch(video_id):
            raise ValueError(f"not a video id: {video_id!r}")
        return self.folder / video_id


def _playback(video_id: VideoId, status: Status) -> Playback:
    assert status.clip is not None
    assert status.storyboard is not None
    best = status.renditions[0]
    return Playback(
        hls_url=_url(video_id, status.master),
        poster_url=_url(video_id, status.poster),
        storyboard_url=_url(video_id, status.storyboard.cues),
        duration_ms=status.clip.duration_ms,
        width=best.width,
        height=best.height,
        renditions=tuple(
            Rendition(name=one.name, width=one.width, height=one.height, bandwidth_bps=one.bandwidth)
            for one in status.renditions
        ),
    )


def _url(video_id: VideoId, path: str | None) -> str:
    assert path is not None
    return f"{MEDIA_PATH}/{video_id}/{path.removeprefix(jobs.OUTPUT_NAME + '/')}"
