from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Optional as _Optional

DESCRIPTOR: _descriptor.FileDescriptor

class VideoUploaded(_message.Message):
    __slots__ = ("video_id", "seller_id", "subject")
    VIDEO_ID_FIELD_NUMBER: _ClassVar[int]
    SELLER_ID_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    video_id: str
    seller_id: str
    subject: str
    def __init__(self, video_id: _Optional[str] = ..., seller_id: _Optional[str] = ..., subject: _Optional[str] = ...) -> None: ...

class VideoBecameReady(_message.Message):
    __slots__ = ("video_id", "seller_id", "subject", "hls_url", "poster_url", "storyboard_url", "duration_ms", "width", "height")
    VIDEO_ID_FIELD_NUMBER: _ClassVar[int]
    SELLER_ID_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    HLS_URL_FIELD_NUMBER: _ClassVar[int]
    POSTER_URL_FIELD_NUMBER: _ClassVar[int]
    STORYBOARD_URL_FIELD_NUMBER: _ClassVar[int]
    DURATION_MS_FIELD_NUMBER: _ClassVar[int]
    WIDTH_FIELD_NUMBER: _ClassVar[int]
    HEIGHT_FIELD_NUMBER: _ClassVar[int]
    video_id: str
    seller_id: str
    subject: str
    hls_url: str
    poster_url: str
    storyboard_url: str
    duration_ms: int
    width: int
    height: int
    def __init__(self, video_id: _Optional[str] = ..., seller_id: _Optional[str] = ..., subject: _Optional[str] = ..., hls_url: _Optional[str] = ..., poster_url: _Optional[str] = ..., storyboard_url: _Optional[str] = ..., duration_ms: _Optional[int] = ..., width: _Optional[int] = ..., height: _Optional[int] = ...) -> None: ...

class VideoFailed(_message.Message):
    __slots__ = ("video_id", "seller_id", "subject", "reason_code", "reason")
    VIDEO_ID_FIELD_NUMBER: _ClassVar[int]
    SELLER_ID_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    REASON_CODE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    video_id: str
    seller_id: str
    subject: str
    reason_code: str
    reason: str
    def __init__(self, video_id: _Optional[str] = ..., seller_id: _Optional[str] = ..., subject: _Optional[str] = ..., reason_code: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class VideoDeleted(_message.Message):
    __slots__ = ("video_id", "seller_id", "subject")
    VIDEO_ID_FIELD_NUMBER: _ClassVar[int]
    SELLER_ID_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    video_id: str
    seller_id: str
    subject: str
    def __init__(self, video_id: _Optional[str] = ..., seller_id: _Optional[str] = ..., subject: _Optional[str] = ...) -> None: ...
