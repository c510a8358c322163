from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Optional as _Optional

DESCRIPTOR: _descriptor.FileDescriptor

class PagePublished(_message.Message):
    __slots__ = ("page_id", "seller_id", "version")
    PAGE_ID_FIELD_NUMBER: _ClassVar[int]
    SELLER_ID_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    page_id: str
    seller_id: str
    version: int
    def __init__(self, page_id: _Optional[str] = ..., seller_id: _Optional[str] = ..., version: _Optional[int] = ...) -> None: ...

class PageUnpublished(_message.Message):
    __slots__ = ("page_id", "seller_id")
    PAGE_ID_FIELD_NUMBER: _ClassVar[int]
    SELLER_ID_FIELD_NUMBER: _ClassVar[int]
    page_id: str
    seller_id: str
    def __init__(self, page_id: _Optional[str] = ..., seller_id: _Optional[str] = ...) -> None: ...
