import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class OrderConfirmed(_message.Message):
    __slots__ = ("order_id", "buyer_id", "seller_shares", "total_minor", "currency", "occurred_at")
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    BUYER_ID_FIELD_NUMBER: _ClassVar[int]
    SELLER_SHARES_FIELD_NUMBER: _ClassVar[int]
    TOTAL_MINOR_FIELD_NUMBER: _ClassVar[int]
    CURRENCY_FIELD_NUMBER: _ClassVar[int]
    OCCURRED_AT_FIELD_NUMBER: _ClassVar[int]
    order_id: str
    buyer_id: str
    seller_shares: _containers.RepeatedCompositeFieldContainer[SellerShare]
    total_minor: int
    currency: str
    occurred_at: _timestamp_pb2.Timestamp
    def __init__(self, order_id: _Optional[str] = ..., buyer_id: _Optional[str] = ..., seller_shares: _Optional[_Iterable[_Union[SellerShare, _Mapping]]] = ..., total_minor: _Optional[int] = ..., currency: _Optional[str] = ..., occurred_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class SellerShare(_message.Message):
    __slots__ = ("seller_order_id", "seller_id", "amount_minor")
    SELLER_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    SELLER_ID_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_MINOR_FIELD_NUMBER: _ClassVar[int]
    seller_order_id: str
    seller_id: str
    amount_minor: int
    def __init__(self, seller_order_id: _Optional[str] = ..., seller_id: _Optional[str] = ..., amount_minor: _Optional[int] = ...) -> None: ...
