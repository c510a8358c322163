"""Uploads and playback, knowing nothing of products."""

from marketplace_core.video.domain.captions import CAPTION_BYTES_MAX, decode_captions
from marketplace_core.video.domain.events import VideoBecameReady, VideoDeleted, VideoFailed, VideoUploaded
from marketplace_core.video.domain.video import Playback, Rendition, VideoState
from marketplace_core.video.handlers import RECONCILIATIONS, TIMERS, answers, handlers
from marketplace_core.video.queries import (
    CaptionsView,
    CaptionTrack,
    ListVideos,
    VideoReader,
    VideoView,
    ViewCaptions,
    ViewVideo,
)
from marketplace_core.video.usecases.add_captions import AddCaptions
from marketplace_core.video.usecases.confirm_upload import ConfirmUpload
from marketplace_core.video.usecases.continue_upload import ContinueUpload
from marketplace_core.video.usecases.delete_video import DeleteVideo
from marketplace_core.video.usecases.expire_upload import ExpireUpload
from marketplace_core.video.usecases.ingest_video import IngestVideo
from marketplace_core.video.usecases.reconcile_video import ReconcileVideo
from marketplace_core.video.usecases.remove_captions import RemoveCaptions
from marketplace_core.video.usecases.remove_video_files import RemoveVideoFiles
from marketplace_core.video.usecases.request_upload import RequestUpload, VideoUpload

__all__ = [
    "CAPTION_BYTES_MAX",
    "RECONCILIATIONS",
    "TIMERS",
    "AddCaptions",
    "CaptionTrack",
    "CaptionsView",
    "ConfirmUpload",
    "ContinueUpload",
    "DeleteVideo",
    "ExpireUpload",
    "IngestVideo",
    "ListVideos",
    "Playback",
    "ReconcileVideo",
    "RemoveCaptions",
    "RemoveVideoFiles",
    "Rendition",
    "RequestUpload",
    "VideoBecameReady",
    "VideoDeleted",
    "VideoFailed",
    "VideoReader",
    "VideoState",
    "VideoUpload",
    "VideoUploaded",
    "VideoView",
    "ViewCaptions",
    "ViewVideo",
    "answers",
    "decode_captions",
    "handlers",
]
