import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class UserRegistered(_message.Message):
    __slots__ = ("user_id", "name", "locale")
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    LOCALE_FIELD_NUMBER: _ClassVar[int]
    user_id: str
    name: str
    locale: str
    def __init__(self, user_id: _Optional[str] = ..., name: _Optional[str] = ..., locale: _Optional[str] = ...) -> None: ...

class RegistrationRepeated(_message.Message):
    __slots__ = ("user_id", "attempted_at")
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    ATTEMPTED_AT_FIELD_NUMBER: _ClassVar[int]
    user_id: str
    attempted_at: _timestamp_pb2.Timestamp
    def __init__(self, user_id: _Optional[str] = ..., attempted_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class RefreshReuseDetected(_message.Message):
    __slots__ = ("user_id", "family_id")
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    FAMILY_ID_FIELD_NUMBER: _ClassVar[int]
    user_id: str
    family_id: str
    def __init__(self, user_id: _Optional[str] = ..., family_id: _Optional[str] = ...) -> None: ...

class SellerApplied(_message.Message):
    __slots__ = ("seller_id", "user_id", "name", "slug")
    SELLER_ID_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    SLUG_FIELD_NUMBER: _ClassVar[int]
    seller_id: str
    user_id: str
    name: str
    slug: str
    def __init__(self, seller_id: _Optional[str] = ..., user_id: _Optional[str] = ..., name: _Optional[str] = ..., slug: _Optional[str] = ...) -> None: ...

class SellerApproved(_message.Message):
    __slots__ = ("seller_id", "user_id", "name", "slug", "currency")
    SELLER_ID_FIELD_NUMBER: _ClassVar[int]
    USER_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    SLUG_FIELD_NUMBER: _ClassVar[int]
    CURRENCY_FIELD_NUMBER: _ClassVar[int]
    seller_id: str
    user_id: str
    name: str
    slug: str
    currency: str
    def __init__(self, seller_id: _Optional[str] = ..., user_id: _Optional[str] = ..., name: _Optional[str] = ..., slug: _Optional[str] = ..., currency: _Optional[str] = ...) -> None: ...

class SellerSuspended(_message.Message):
    __slots__ = ("seller_id",)
    SELLER_ID_FIELD_NUMBER: _ClassVar[int]
    seller_id: str
    def __init__(self, seller_id: _Optional[str] = ...) -> None: ...

class SellerReinstated(_message.Message):
    __slots__ = ("seller_id",)
    SELLER_ID_FIELD_NUMBER: _ClassVar[int]
    seller_id: str
    def __init__(self, seller_id: _Optional[str] = ...) -> None: ...

class SellerClosing(_message.Message):
    __slots__ = ("seller_id",)
    SELLER_ID_FIELD_NUMBER: _ClassVar[int]
    seller_id: str
    def __init__(self, seller_id: _Optional[str] = ...) -> None: ...

class SellerStayed(_message.Message):
    __slots__ = ("seller_id",)
    SELLER_ID_FIELD_NUMBER: _ClassVar[int]
    seller_id: str
    def __init__(self, seller_id: _Optional[str] = ...) -> None: ...

class SellerClosed(_message.Message):
    __slots__ = ("seller_id",)
    SELLER_ID_FIELD_NUMBER: _ClassVar[int]
    seller_id: str
    def __init__(self, seller_id: _Optional[str] = ...) -> None: ...
