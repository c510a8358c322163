import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from marketplace_contracts.money.v1 import money_pb2 as _money_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class PaymentCaptured(_message.Message):
    __slots__ = ("payment_id", "order_id", "amount")
    PAYMENT_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    payment_id: str
    order_id: str
    amount: _money_pb2.Money
    def __init__(self, payment_id: _Optional[str] = ..., order_id: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class PaymentDeclined(_message.Message):
    __slots__ = ("payment_id", "order_id", "reason_code")
    PAYMENT_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_CODE_FIELD_NUMBER: _ClassVar[int]
    payment_id: str
    order_id: str
    reason_code: str
    def __init__(self, payment_id: _Optional[str] = ..., order_id: _Optional[str] = ..., reason_code: _Optional[str] = ...) -> None: ...

class PaymentCancelled(_message.Message):
    __slots__ = ("payment_id", "order_id")
    PAYMENT_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    payment_id: str
    order_id: str
    def __init__(self, payment_id: _Optional[str] = ..., order_id: _Optional[str] = ...) -> None: ...

class PaymentNeedsReview(_message.Message):
    __slots__ = ("payment_id", "order_id", "reason")
    PAYMENT_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    payment_id: str
    order_id: str
    reason: str
    def __init__(self, payment_id: _Optional[str] = ..., order_id: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class EscrowReleased(_message.Message):
    __slots__ = ("seller_order_id", "order_id", "seller_id", "amount", "commission", "commission_vat", "payable")
    SELLER_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    SELLER_ID_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    COMMISSION_FIELD_NUMBER: _ClassVar[int]
    COMMISSION_VAT_FIELD_NUMBER: _ClassVar[int]
    PAYABLE_FIELD_NUMBER: _ClassVar[int]
    seller_order_id: str
    order_id: str
    seller_id: str
    amount: _money_pb2.Money
    commission: _money_pb2.Money
    commission_vat: _money_pb2.Money
    payable: _money_pb2.Money
    def __init__(self, seller_order_id: _Optional[str] = ..., order_id: _Optional[str] = ..., seller_id: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., commission: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., commission_vat: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., payable: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class EscrowReopened(_message.Message):
    __slots__ = ("seller_order_id", "order_id", "seller_id")
    SELLER_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    SELLER_ID_FIELD_NUMBER: _ClassVar[int]
    seller_order_id: str
    order_id: str
    seller_id: str
    def __init__(self, seller_order_id: _Optional[str] = ..., order_id: _Optional[str] = ..., seller_id: _Optional[str] = ...) -> None: ...

class EscrowOverdue(_message.Message):
    __slots__ = ("seller_order_id", "order_id", "seller_id")
    SELLER_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    SELLER_ID_FIELD_NUMBER: _ClassVar[int]
    seller_order_id: str
    order_id: str
    seller_id: str
    def __init__(self, seller_order_id: _Optional[str] = ..., order_id: _Optional[str] = ..., seller_id: _Optional[str] = ...) -> None: ...

class PayoutPaid(_message.Message):
    __slots__ = ("payout_id", "seller_id", "amount", "attempt")
    PAYOUT_ID_FIELD_NUMBER: _ClassVar[int]
    SELLER_ID_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    ATTEMPT_FIELD_NUMBER: _ClassVar[int]
    payout_id: str
    seller_id: str
    amount: _money_pb2.Money
    attempt: int
    def __init__(self, payout_id: _Optional[str] = ..., seller_id: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., attempt: _Optional[int] = ...) -> None: ...

class PayoutFailed(_message.Message):
    __slots__ = ("payout_id", "seller_id", "amount", "reason_code")
    PAYOUT_ID_FIELD_NUMBER: _ClassVar[int]
    SELLER_ID_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    REASON_CODE_FIELD_NUMBER: _ClassVar[int]
    payout_id: str
    seller_id: str
    amount: _money_pb2.Money
    reason_code: str
    def __init__(self, payout_id: _Optional[str] = ..., seller_id: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., reason_code: _Optional[str] = ...) -> None: ...

class PayoutReturned(_message.Message):
    __slots__ = ("payout_id", "seller_id", "amount", "reason_code", "attempt")
    PAYOUT_ID_FIELD_NUMBER: _ClassVar[int]
    SELLER_ID_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    REASON_CODE_FIELD_NUMBER: _ClassVar[int]
    ATTEMPT_FIELD_NUMBER: _ClassVar[int]
    payout_id: str
    seller_id: str
    amount: _money_pb2.Money
    reason_code: str
    attempt: int
    def __init__(self, payout_id: _Optional[str] = ..., seller_id: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., reason_code: _Optional[str] = ..., attempt: _Optional[int] = ...) -> None: ...

class RefundRequested(_message.Message):
    __slots__ = ("refund_id", "order_id", "buyer_id", "amount", "reason", "by_buyer", "shares")
    REFUND_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    BUYER_ID_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    BY_BUYER_FIELD_NUMBER: _ClassVar[int]
    SHARES_FIELD_NUMBER: _ClassVar[int]
    refund_id: str
    order_id: str
    buyer_id: str
    amount: _money_pb2.Money
    reason: str
    by_buyer: bool
    shares: _containers.RepeatedCompositeFieldContainer[RefundShare]
    def __init__(self, refund_id: _Optional[str] = ..., order_id: _Optional[str] = ..., buyer_id: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., reason: _Optional[str] = ..., by_buyer: _Optional[bool] = ..., shares: _Optional[_Iterable[_Union[RefundShare, _Mapping]]] = ...) -> None: ...

class RefundShare(_message.Message):
    __slots__ = ("seller_order_id", "seller_id", "amount")
    SELLER_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    SELLER_ID_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    seller_order_id: str
    seller_id: str
    amount: _money_pb2.Money
    def __init__(self, seller_order_id: _Optional[str] = ..., seller_id: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class RefundRejected(_message.Message):
    __slots__ = ("refund_id", "order_id", "buyer_id", "note")
    REFUND_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    BUYER_ID_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    refund_id: str
    order_id: str
    buyer_id: str
    note: str
    def __init__(self, refund_id: _Optional[str] = ..., order_id: _Optional[str] = ..., buyer_id: _Optional[str] = ..., note: _Optional[str] = ...) -> None: ...

class RefundApproved(_message.Message):
    __slots__ = ("refund_id", "order_id", "buyer_id", "amount", "seller_order_ids")
    REFUND_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    BUYER_ID_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    SELLER_ORDER_IDS_FIELD_NUMBER: _ClassVar[int]
    refund_id: str
    order_id: str
    buyer_id: str
    amount: _money_pb2.Money
    seller_order_ids: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, refund_id: _Optional[str] = ..., order_id: _Optional[str] = ..., buyer_id: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., seller_order_ids: _Optional[_Iterable[str]] = ...) -> None: ...

class RefundSucceeded(_message.Message):
    __slots__ = ("refund_id", "order_id", "buyer_id", "amount")
    REFUND_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    BUYER_ID_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    refund_id: str
    order_id: str
    buyer_id: str
    amount: _money_pb2.Money
    def __init__(self, refund_id: _Optional[str] = ..., order_id: _Optional[str] = ..., buyer_id: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class RefundFailed(_message.Message):
    __slots__ = ("refund_id", "order_id", "buyer_id", "amount", "reason_code")
    REFUND_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    BUYER_ID_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    REASON_CODE_FIELD_NUMBER: _ClassVar[int]
    refund_id: str
    order_id: str
    buyer_id: str
    amount: _money_pb2.Money
    reason_code: str
    def __init__(self, refund_id: _Optional[str] = ..., order_id: _Optional[str] = ..., buyer_id: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., reason_code: _Optional[str] = ...) -> None: ...

class RefundBounced(_message.Message):
    __slots__ = ("refund_id", "order_id", "buyer_id", "amount")
    REFUND_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    BUYER_ID_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    refund_id: str
    order_id: str
    buyer_id: str
    amount: _money_pb2.Money
    def __init__(self, refund_id: _Optional[str] = ..., order_id: _Optional[str] = ..., buyer_id: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class RefundStillOwed(_message.Message):
    __slots__ = ("refund_id", "order_id", "amount")
    REFUND_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    refund_id: str
    order_id: str
    amount: _money_pb2.Money
    def __init__(self, refund_id: _Optional[str] = ..., order_id: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class PayoutStuck(_message.Message):
    __slots__ = ("payout_id", "seller_id", "amount", "reason_code")
    PAYOUT_ID_FIELD_NUMBER: _ClassVar[int]
    SELLER_ID_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    REASON_CODE_FIELD_NUMBER: _ClassVar[int]
    payout_id: str
    seller_id: str
    amount: _money_pb2.Money
    reason_code: str
    def __init__(self, payout_id: _Optional[str] = ..., seller_id: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., reason_code: _Optional[str] = ...) -> None: ...

class BrakeSet(_message.Message):
    __slots__ = ("brake_id", "cause", "findings", "set_at")
    BRAKE_ID_FIELD_NUMBER: _ClassVar[int]
    CAUSE_FIELD_NUMBER: _ClassVar[int]
    FINDINGS_FIELD_NUMBER: _ClassVar[int]
    SET_AT_FIELD_NUMBER: _ClassVar[int]
    brake_id: str
    cause: str
    findings: _containers.RepeatedScalarFieldContainer[str]
    set_at: _timestamp_pb2.Timestamp
    def __init__(self, brake_id: _Optional[str] = ..., cause: _Optional[str] = ..., findings: _Optional[_Iterable[str]] = ..., set_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class BooksDiffered(_message.Message):
    __slots__ = ("provider", "compared_at", "findings", "found")
    PROVIDER_FIELD_NUMBER: _ClassVar[int]
    COMPARED_AT_FIELD_NUMBER: _ClassVar[int]
    FINDINGS_FIELD_NUMBER: _ClassVar[int]
    FOUND_FIELD_NUMBER: _ClassVar[int]
    provider: str
    compared_at: _timestamp_pb2.Timestamp
    findings: _containers.RepeatedScalarFieldContainer[str]
    found: int
    def __init__(self, provider: _Optional[str] = ..., compared_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., findings: _Optional[_Iterable[str]] = ..., found: _Optional[int] = ...) -> None: ...

class DisputeWarned(_message.Message):
    __slots__ = ("dispute_id", "order_id", "amount", "reason")
    DISPUTE_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    dispute_id: str
    order_id: str
    amount: _money_pb2.Money
    reason: str
    def __init__(self, dispute_id: _Optional[str] = ..., order_id: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., reason: _Optional[str] = ...) -> None: ...

class DisputeOpened(_message.Message):
    __slots__ = ("dispute_id", "order_id", "amount", "reason", "shares")
    DISPUTE_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    SHARES_FIELD_NUMBER: _ClassVar[int]
    dispute_id: str
    order_id: str
    amount: _money_pb2.Money
    reason: str
    shares: _containers.RepeatedCompositeFieldContainer[DisputedShare]
    def __init__(self, dispute_id: _Optional[str] = ..., order_id: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., reason: _Optional[str] = ..., shares: _Optional[_Iterable[_Union[DisputedShare, _Mapping]]] = ...) -> None: ...

class DisputedShare(_message.Message):
    __slots__ = ("seller_order_id", "seller_id", "amount")
    SELLER_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    SELLER_ID_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    seller_order_id: str
    seller_id: str
    amount: _money_pb2.Money
    def __init__(self, seller_order_id: _Optional[str] = ..., seller_id: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class DisputeWon(_message.Message):
    __slots__ = ("dispute_id", "order_id", "amount", "shares")
    DISPUTE_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    SHARES_FIELD_NUMBER: _ClassVar[int]
    dispute_id: str
    order_id: str
    amount: _money_pb2.Money
    shares: _containers.RepeatedCompositeFieldContainer[DisputedShare]
    def __init__(self, dispute_id: _Optional[str] = ..., order_id: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., shares: _Optional[_Iterable[_Union[DisputedShare, _Mapping]]] = ...) -> None: ...

class DisputeLost(_message.Message):
    __slots__ = ("dispute_id", "order_id", "amount", "shares")
    DISPUTE_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    SHARES_FIELD_NUMBER: _ClassVar[int]
    dispute_id: str
    order_id: str
    amount: _money_pb2.Money
    shares: _containers.RepeatedCompositeFieldContainer[DisputedShare]
    def __init__(self, dispute_id: _Optional[str] = ..., order_id: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., shares: _Optional[_Iterable[_Union[DisputedShare, _Mapping]]] = ...) -> None: ...

class DisputePrevented(_message.Message):
    __slots__ = ("dispute_id", "order_id", "amount")
    DISPUTE_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_FIELD_NUMBER: _ClassVar[int]
    dispute_id: str
    order_id: str
    amount: _money_pb2.Money
    def __init__(self, dispute_id: _Optional[str] = ..., order_id: _Optional[str] = ..., amount: _Optional[_Union[_money_pb2.Money, _Mapping]] = ...) -> None: ...

class EvidenceDue(_message.Message):
    __slots__ = ("dispute_id", "order_id", "due_at")
    DISPUTE_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    DUE_AT_FIELD_NUMBER: _ClassVar[int]
    dispute_id: str
    order_id: str
    due_at: _timestamp_pb2.Timestamp
    def __init__(self, dispute_id: _Optional[str] = ..., order_id: _Optional[str] = ..., due_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ClaimOpened(_message.Message):
    __slots__ = ("claim_id", "order_id", "seller_order_id", "seller_id", "wanted", "text", "answer_by")
    CLAIM_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    SELLER_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    SELLER_ID_FIELD_NUMBER: _ClassVar[int]
    WANTED_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    ANSWER_BY_FIELD_NUMBER: _ClassVar[int]
    claim_id: str
    order_id: str
    seller_order_id: str
    seller_id: str
    wanted: _money_pb2.Money
    text: str
    answer_by: _timestamp_pb2.Timestamp
    def __init__(self, claim_id: _Optional[str] = ..., order_id: _Optional[str] = ..., seller_order_id: _Optional[str] = ..., seller_id: _Optional[str] = ..., wanted: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., text: _Optional[str] = ..., answer_by: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ClaimAnswered(_message.Message):
    __slots__ = ("claim_id", "order_id", "seller_order_id", "seller_id", "offered", "text", "decided_by")
    CLAIM_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    SELLER_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    SELLER_ID_FIELD_NUMBER: _ClassVar[int]
    OFFERED_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    DECIDED_BY_FIELD_NUMBER: _ClassVar[int]
    claim_id: str
    order_id: str
    seller_order_id: str
    seller_id: str
    offered: _money_pb2.Money
    text: str
    decided_by: _timestamp_pb2.Timestamp
    def __init__(self, claim_id: _Optional[str] = ..., order_id: _Optional[str] = ..., seller_order_id: _Optional[str] = ..., seller_id: _Optional[str] = ..., offered: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., text: _Optional[str] = ..., decided_by: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ClaimClosed(_message.Message):
    __slots__ = ("claim_id", "order_id", "seller_order_id", "seller_id", "outcome", "refunded", "text")
    CLAIM_ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    SELLER_ORDER_ID_FIELD_NUMBER: _ClassVar[int]
    SELLER_ID_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    REFUNDED_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    claim_id: str
    order_id: str
    seller_order_id: str
    seller_id: str
    outcome: str
    refunded: _money_pb2.Money
    text: str
    def __init__(self, claim_id: _Optional[str] = ..., order_id: _Optional[str] = ..., seller_order_id: _Optional[str] = ..., seller_id: _Optional[str] = ..., outcome: _Optional[str] = ..., refunded: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., text: _Optional[str] = ...) -> None: ...

class DebtArose(_message.Message):
    __slots__ = ("seller_id", "debt", "due_at")
    SELLER_ID_FIELD_NUMBER: _ClassVar[int]
    DEBT_FIELD_NUMBER: _ClassVar[int]
    DUE_AT_FIELD_NUMBER: _ClassVar[int]
    seller_id: str
    debt: _money_pb2.Money
    due_at: _timestamp_pb2.Timestamp
    def __init__(self, seller_id: _Optional[str] = ..., debt: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., due_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class DebtSettled(_message.Message):
    __slots__ = ("seller_id", "currency")
    SELLER_ID_FIELD_NUMBER: _ClassVar[int]
    CURRENCY_FIELD_NUMBER: _ClassVar[int]
    seller_id: str
    currency: str
    def __init__(self, seller_id: _Optional[str] = ..., currency: _Optional[str] = ...) -> None: ...

class SellingStopped(_message.Message):
    __slots__ = ("seller_id", "debt", "noticed_at")
    SELLER_ID_FIELD_NUMBER: _ClassVar[int]
    DEBT_FIELD_NUMBER: _ClassVar[int]
    NOTICED_AT_FIELD_NUMBER: _ClassVar[int]
    seller_id: str
    debt: _money_pb2.Money
    noticed_at: _timestamp_pb2.Timestamp
    def __init__(self, seller_id: _Optional[str] = ..., debt: _Optional[_Union[_money_pb2.Money, _Mapping]] = ..., noticed_at: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...
