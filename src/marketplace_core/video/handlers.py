"""The video context's table of messages."""

from typing import Final

from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.files import FileStore
from marketplace_core.kernel.ids import IdFactory, VideoId
from marketplace_core.kernel.messages import Answers, Handlers, Timers
from marketplace_core.kernel.work import Begin
from marketplace_core.video.ports import Subjects, VideoHost, VideoWork
from marketplace_core.video.queries import (
    ListVideos,
    ListVideosHandler,
    VideoReader,
    ViewCaptions,
    ViewCaptionsHandler,
    ViewVideo,
    ViewVideoHandler,
)
from marketplace_core.video.usecases.add_captions import AddCaptions, AddCaptionsHandler
from marketplace_core.video.usecases.confirm_upload import ConfirmUpload, ConfirmUploadHandler
from marketplace_core.video.usecases.continue_upload import ContinueUpload, ContinueUploadHandler
from marketplace_core.video.usecases.delete_video import DeleteVideo, DeleteVideoHandler
from marketplace_core.video.usecases.expire_upload import ExpireUpload, ExpireUploadHandler
from marketplace_core.video.usecases.ingest_video import IngestVideo, IngestVideoHandler
from marketplace_core.video.usecases.reconcile_video import ReconcileVideo, ReconcileVideoHandler
from marketplace_core.video.usecases.remove_captions import RemoveCaptions, RemoveCaptionsHandler
from marketplace_core.video.usecases.remove_video_files import RemoveVideoFiles, RemoveVideoFilesHandler
from marketplace_core.video.usecases.request_upload import RequestUpload, RequestUploadHandler

TIMERS: Final[Timers] = {
    "video.upload_expires": lambda subject: ExpireUpload(video_id=VideoId(subject)),
    "video.ingest": lambda subject: IngestVideo(video_id=VideoId(subject)),
    "video.poll": lambda subject: ReconcileVideo(video_id=VideoId(subject)),
    "video.remove_files": lambda subject: RemoveVideoFiles(video_id=VideoId(subject)),
}
RECONCILIATIONS: Final[Timers] = {"video": lambda subject: ReconcileVideo(video_id=VideoId(subject))}


def handlers(
    *, begin: Begin[VideoWork], files: FileStore, host: VideoHost, subjects: Subjects, clock: Clock, ids: IdFactory
) -> Handlers:
    """Return the handlers of all commands."""
    return {
        RequestUpload: RequestUploadHandler(begin=begin, files=files, subjects=subjects, clock=clock, ids=ids),
        ConfirmUpload: ConfirmUploadHandler(begin=begin, files=files, clock=clock),
        ContinueUpload: ContinueUploadHandler(begin=begin, files=files, clock=clock),
        ExpireUpload: ExpireUploadHandler(begin=begin),
        IngestVideo: IngestVideoHandler(begin=begin, host=host, clock=clock),
        ReconcileVideo: ReconcileVideoHandler(begin=begin, host=host, clock=clock),
        AddCaptions: AddCaptionsHandler(begin=begin),
        RemoveCaptions: RemoveCaptionsHandler(begin=begin),
        DeleteVideo: DeleteVideoHandler(begin=begin, clock=clock),
        RemoveVideoFiles: RemoveVideoFilesHandler(begin=begin, host=host, files=files),
    }


def answers(*, reader: VideoReader) -> Answers:
    """Return the handlers of all queries."""
    return {
        ViewVideo: ViewVideoHandler(reader=reader),
        ViewCaptions: ViewCaptionsHandler(reader=reader),
        ListVideos: ListVideosHandler(reader=reader),
    }
