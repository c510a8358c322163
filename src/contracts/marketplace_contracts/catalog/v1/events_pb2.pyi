from marketplace_contracts.money.v1 import money_pb2 as _money_pb2
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ProductPublished(_message.Message):
    __slots__ = ("product_id", "seller_id", "title")
    PRODUCT_ID_FIELD_NUMBER: _ClassVar[int]
    SELLER_ID_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    product_id: str
    seller_id: str
    title: str
    def __init__(self, product_id: _Optional[str] = ..., seller_id: _Optional[str] = ..., title: _Optional[str] = ...) -> None: ...

class ProductChanged(_message.Message):
    __slots__ = ("product_id",)
    PRODUCT_ID_FIELD_NUMBER: _ClassVar[int]
    product_id: str
    def __init__(self, product_id: _Optional[str] = ...) -> None: ...

class ProductUnpublished(_message.Message):
    __slots__ = ("product_id",)
    PRODUCT_ID_FIELD_NUMBER: _ClassVar[int]
    product_id: str
    def __init__(self, product_id: _Optional[str] = ...) -> None: ...

class OfferPriceChanged(_message.Message):
    __slots__ = ("product_id", "offer_id", "old", "new")
    PRODUCT_ID_FIELD_NUMBER: _ClassVar[int]
    OFFER_ID_FIELD_NUMBER: _ClassVar[int]
    OLD_FIELD_NUMBER: _ClassVar[int]
    NEW_FIELD_NUMBER: _ClassVar[int]
    product_id: str
    offer_id: str
    old: _money_pb2.Money
    new: _money_pb2.Money
    def __init__(self, product_id: _Optional[str] = ..., offer_id: _Optional[str] = ..., old: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., new: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class StockChanged(_message.Message):
    __slots__ = ("product_id", "offer_id", "available")
    PRODUCT_ID_FIELD_NUMBER: _ClassVar[int]
    OFFER_ID_FIELD_NUMBER: _ClassVar[int]
    AVAILABLE_FIELD_NUMBER: _ClassVar[int]
    product_id: str
    offer_id: str
    available: int
    def __init__(self, product_id: _Optional[str] = ..., offer_id: _Optional[str] = ..., available: _Optional[int] = ...) -> None: ...

class ProductVideoChanged(_message.Message):
    __slots__ = ("product_id", "video_id")
    PRODUCT_ID_FIELD_NUMBER: _ClassVar[int]
    VIDEO_ID_FIELD_NUMBER: _ClassVar[int]
    product_id: str
    video_id: str
    def __init__(self, product_id: _Optional[str] = ..., video_id: _Optional[str] = ...) -> None: ...
