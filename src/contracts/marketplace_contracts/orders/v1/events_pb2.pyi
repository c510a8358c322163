import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from marketplace_contracts.money.v1 import money_pb2 as _money_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class DeliveryProof(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DELIVERY_PROOF_UNSPECIFIED: _ClassVar[DeliveryProof]
    DELIVERY_PROOF_CARRIER: _ClassVar[DeliveryProof]
    DELIVERY_PROOF_BUYER: _ClassVar[DeliveryProof]
    DELIVERY_PROOF_OPERATOR: _ClassVar[DeliveryProof]
    DELIVERY_PROOF_SELLER: _ClassVar[DeliveryProof]
DELIVERY_PROOF_UNSPECIFIED: DeliveryProof
DELIVERY_PROOF_CARRIER: DeliveryProof
DELIVERY_PROOF_BUYER: DeliveryProof
DELIVERY_PROOF_OPERATOR: DeliveryProof
DELIVERY_PROOF_SELLER: DeliveryProof

class OrderPlaced(_message.Message):
    __slots__ = ("order_id", "buyer_id", "cart_id", "total", "seller_ids")
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    BUYER_ID_FIELD_NUMBER: _ClassVar[int]
    CART_ID_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    SELLER_IDS_FIELD_NUMBER: _ClassVar[int]
    order_id: str
    buyer_id: str
    cart_id: str
    total: _money_pb2.Money
    seller_ids: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, order_id: _Optional[str] = ..., buyer_id: _Optional[str] = ..., cart_id: _Optional[str] = ..., total: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., seller_ids: _Optional[_Iterable[str]] = ...) -> None: ...

class OrderConfirmed(_message.Message):
    __slots__ = ("order_id", "buyer_id", "total", "seller_orders")
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    BUYER_ID_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    SELLER_ORDERS_FIELD_NUMBER: _ClassVar[int]
    order_id: str
    buyer_id: str
    total: _money_pb2.Money
    seller_orders: _containers.RepeatedCompositeFieldContainer[ConfirmedShare]
    def __init__(self, order_id: _Optional[str] = ..., buyer_id: _Optional[str] = ..., total: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., seller_orders: _Optional[_Iterable[_Union[ConfirmedShare, _Mapping]]] = ...) -> None: ...

class ConfirmedShare(_message.Message):
    __slots__ = ("seller_order_id", "seller_id", "total")
    SELLER_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    SELLER_ID_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    seller_order_id: str
    seller_id: str
    total: _money_pb2.Money
    def __init__(self, seller_order_id: _Optional[str] = ..., seller_id: _Optional[str] = ..., total: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class OrderExpired(_message.Message):
    __slots__ = ("order_id", "buyer_id")
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    BUYER_ID_FIELD_NUMBER: _ClassVar[int]
    order_id: str
    buyer_id: str
    def __init__(self, order_id: _Optional[str] = ..., buyer_id: _Optional[str] = ...) -> None: ...

class OrderCancelled(_message.Message):
    __slots__ = ("order_id", "buyer_id")
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    BUYER_ID_FIELD_NUMBER: _ClassVar[int]
    order_id: str
    buyer_id: str
    def __init__(self, order_id: _Optional[str] = ..., buyer_id: _Optional[str] = ...) -> None: ...

class OrderNeedsReview(_message.Message):
    __slots__ = ("order_id", "buyer_id", "reason")
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    BUYER_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    order_id: str
    buyer_id: str
    reason: str
    def __init__(self, order_id: _Optional[str] = ..., buyer_id: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class OrderClosed(_message.Message):
    __slots__ = ("order_id", "buyer_id")
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    BUYER_ID_FIELD_NUMBER: _ClassVar[int]
    order_id: str
    buyer_id: str
    def __init__(self, order_id: _Optional[str] = ..., buyer_id: _Optional[str] = ...) -> None: ...

class OrderReopened(_message.Message):
    __slots__ = ("order_id", "buyer_id", "reason")
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    BUYER_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    order_id: str
    buyer_id: str
    reason: str
    def __init__(self, order_id: _Optional[str] = ..., buyer_id: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class SellerOrderCalledOff(_message.Message):
    __slots__ = ("seller_order_id", "order_id", "seller_id", "buyer_id", "cause", "note", "who", "whole", "amount")
    SELLER_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    SELLER_ID_FIELD_NUMBER: _ClassVar[int]
    BUYER_ID_FIELD_NUMBER: _ClassVar[int]
    CAUSE_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    WHO_FIELD_NUMBER: _ClassVar[int]
    WHOLE_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    seller_order_id: str
    order_id: str
    seller_id: str
    buyer_id: str
    cause: str
    note: str
    who: str
    whole: bool
    amount: _money_pb2.Money
    def __init__(self, seller_order_id: _Optional[str] = ..., order_id: _Optional[str] = ..., seller_id: _Optional[str] = ..., buyer_id: _Optional[str] = ..., cause: _Optional[str] = ..., note: _Optional[str] = ..., who: _Optional[str] = ..., whole: _Optional[bool] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class SellerOrderReturned(_message.Message):
    __slots__ = ("seller_order_id", "order_id", "seller_id", "buyer_id")
    SELLER_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    SELLER_ID_FIELD_NUMBER: _ClassVar[int]
    BUYER_ID_FIELD_NUMBER: _ClassVar[int]
    seller_order_id: str
    order_id: str
    seller_id: str
    buyer_id: str
    def __init__(self, seller_order_id: _Optional[str] = ..., order_id: _Optional[str] = ..., seller_id: _Optional[str] = ..., buyer_id: _Optional[str] = ...) -> None: ...

class SellerOrderCompleted(_message.Message):
    __slots__ = ("seller_order_id", "order_id", "seller_id")
    SELLER_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    SELLER_ID_FIELD_NUMBER: _ClassVar[int]
    seller_order_id: str
    order_id: str
    seller_id: str
    def __init__(self, seller_order_id: _Optional[str] = ..., order_id: _Optional[str] = ..., seller_id: _Optional[str] = ...) -> None: ...

class SellerOrderReopened(_message.Message):
    __slots__ = ("seller_order_id", "order_id", "seller_id")
    SELLER_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    SELLER_ID_FIELD_NUMBER: _ClassVar[int]
    seller_order_id: str
    order_id: str
    seller_id: str
    def __init__(self, seller_order_id: _Optional[str] = ..., order_id: _Optional[str] = ..., seller_id: _Optional[str] = ...) -> None: ...

class SellerOrderShipped(_message.Message):
    __slots__ = ("seller_order_id", "order_id", "seller_id", "buyer_id", "carrier", "tracking", "complete", "whole")
    SELLER_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    SELLER_ID_FIELD_NUMBER: _ClassVar[int]
    BUYER_ID_FIELD_NUMBER: _ClassVar[int]
    CARRIER_FIELD_NUMBER: _ClassVar[int]
    TRACKING_FIELD_NUMBER: _ClassVar[int]
    COMPLETE_FIELD_NUMBER: _ClassVar[int]
    WHOLE_FIELD_NUMBER: _ClassVar[int]
    seller_order_id: str
    order_id: str
    seller_id: str
    buyer_id: str
    carrier: str
    tracking: str
    complete: bool
    whole: bool
    def __init__(self, seller_order_id: _Optional[str] = ..., order_id: _Optional[str] = ..., seller_id: _Optional[str] = ..., buyer_id: _Optional[str] = ..., carrier: _Optional[str] = ..., tracking: _Optional[str] = ..., complete: _Optional[bool] = ..., whole: _Optional[bool] = ...) -> None: ...

class SellerOrderDelivered(_message.Message):
    __slots__ = ("seller_order_id", "order_id", "seller_id", "buyer_id", "proof", "delivered_at")
    SELLER_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    SELLER_ID_FIELD_NUMBER: _ClassVar[int]
    BUYER_ID_FIELD_NUMBER: _ClassVar[int]
    PROOF_FIELD_NUMBER: _ClassVar[int]
    DELIVERED_AT_FIELD_NUMBER: _ClassVar[int]
    seller_order_id: str
    order_id: str
    seller_id: str
    buyer_id: str
    proof: DeliveryProof
    delivered_at: _timestamp_pb2.Timestamp
    def __init__(self, seller_order_id: _Optional[str] = ..., order_id: _Optional[str] = ..., seller_id: _Optional[str] = ..., buyer_id: _Optional[str] = ..., proof: _Optional[_Union[DeliveryProof, str]] = ..., delivered_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...
