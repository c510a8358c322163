import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class EventsStuck(_message.Message):
    __slots__ = ("found_at", "troubles")
    FOUND_AT_FIELD_NUMBER: _ClassVar[int]
    TROUBLES_FIELD_NUMBER: _ClassVar[int]
    found_at: _timestamp_pb2.Timestamp
    troubles: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, found_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., troubles: _Optional[_Iterable[str]] = ...) -> None: ...
