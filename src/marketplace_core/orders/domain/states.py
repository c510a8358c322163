"""Where a seller order can stand, and what moves it (money design 4.5)."""

from enum import StrEnum
from typing import Final

from marketplace_core.kernel.machines import Rest, StateMachine, Who, arrow
from marketplace_core.orders.domain.errors import IllegalTransition
from marketplace_core.orders.domain.timers import ACCEPT_BY, COMPLETE, PAY_BY, SHIP_BY


class SellerOrderState(StrEnum):
    """Where a seller order stands."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    ACCEPTED = "accepted"
    PART_SHIPPED = "part_shipped"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    RETURNED_TO_SENDER = "returned_to_sender"
    COMPLETED = "completed"
    DECLINED = "declined"
    CANCELLED = "cancelled"


class SellerOrderTrigger(StrEnum):
    """What moves a seller order."""

    CONFIRM = "confirm"
    ACCEPT = "accept"
    DECLINE = "decline"
    CANCEL = "cancel"
    SHIP_PART = "ship_part"
    SHIP = "ship"
    CANCEL_REST = "cancel_rest"
    MARK_DELIVERED = "mark_delivered"
    CONFIRM_RECEIPT = "confirm_receipt"
    COMPLETE = "complete"
    REOPEN = "reopen"
    REOPEN_SENT = "reopen_sent"
    SEND_BACK = "send_back"
    CANCEL_UNPAID = "cancel_unpaid"
    SELL_OUT = "sell_out"
    REVIVE = "revive"


_S, _T = SellerOrderState, SellerOrderTrigger
_SHOP: Final = (Who.SELLER, Who.OPERATOR)
_REFUND: Final = ("J06",)
_GONE: Final = "all of its money went back or was lost"
_SETTLED: Final = "nothing is held any more, the return window is over"

SELLER_ORDER_MACHINE: Final = StateMachine(
    name="a seller order",
    start=_S.PENDING,
    transitions=(
        arrow("S1", _S.PENDING, _T.CONFIRM, _S.CONFIRMED, Who.SYSTEM, guard="its goods are sold to it"),
        arrow("S2", _S.CONFIRMED, _T.ACCEPT, _S.ACCEPTED, *_SHOP, Who.SYSTEM),
        arrow("S3", _S.CONFIRMED, _T.DECLINE, _S.DECLINED, *_SHOP, Who.TIMER, journals=_REFUND),
        arrow("S4", _S.CONFIRMED, _T.CANCEL, _S.CANCELLED, Who.BUYER, Who.OPERATOR, journals=_REFUND),
        arrow("S4", _S.ACCEPTED, _T.CANCEL, _S.CANCELLED, Who.BUYER, *_SHOP, Who.TIMER, journals=_REFUND),
        arrow("S5", _S.ACCEPTED, _T.SHIP_PART, _S.PART_SHIPPED, *_SHOP, guard="no more than is open"),
        arrow("S5", _S.PART_SHIPPED, _T.SHIP_PART, _S.PART_SHIPPED, *_SHOP, guard="no more than is open"),
        arrow("S5", _S.ACCEPTED, _T.SHIP, _S.SHIPPED, *_SHOP, guard="all that is open"),
        arrow("S5", _S.PART_SHIPPED, _T.SHIP, _S.SHIPPED, *_SHOP, guard="all that is open"),
        arrow("S7", _S.PART_SHIPPED, _T.CANCEL_REST, _S.SHIPPED, *_SHOP, Who.TIMER, journals=_REFUND),
        arrow("S6", _S.SHIPPED, _T.MARK_DELIVERED, _S.DELIVERED, *_SHOP),
        arrow("S6", _S.SHIPPED, _T.CONFIRM_RECEIPT, _S.DELIVERED, Who.BUYER),
        arrow("S6", _S.DELIVERED, _T.CONFIRM_RECEIPT, _S.DELIVERED, Who.BUYER),
        arrow("S8", _S.PENDING, _T.CANCEL_UNPAID, _S.CANCELLED, Who.SYSTEM),
        arrow("S8", _S.PENDING, _T.SELL_OUT, _S.CANCELLED, Who.SYSTEM, guard="sold out meanwhile", journals=_REFUND),
        arrow("O4", _S.CANCELLED, _T.REVIVE, _S.PENDING, Who.SYSTEM, guard="unpaid, and its money came late"),
        arrow("S9", _S.DELIVERED, _T.COMPLETE, _S.COMPLETED, Who.TIMER, guard=_SETTLED),
        arrow("S9", _S.SHIPPED, _T.COMPLETE, _S.COMPLETED, Who.TIMER, guard=_GONE),
        arrow("S9", _S.RETURNED_TO_SENDER, _T.COMPLETE, _S.COMPLETED, Who.TIMER, guard=_SETTLED),
        arrow("S10", _S.SHIPPED, _T.SEND_BACK, _S.RETURNED_TO_SENDER, *_SHOP, Who.SYSTEM),
        arrow("S6", _S.RETURNED_TO_SENDER, _T.MARK_DELIVERED, _S.DELIVERED, Who.OPERATOR, guard="after all"),
        arrow("S11", _S.COMPLETED, _T.REOPEN, _S.DELIVERED, Who.SYSTEM, guard="its money is held again"),
        arrow("S11", _S.COMPLETED, _T.REOPEN_SENT, _S.SHIPPED, Who.SYSTEM, guard="so, and it never arrived"),
    ),
    rests=(
        Rest(state=_S.PENDING, party=Who.SYSTEM, deadline=PAY_BY, term="with its order"),
        Rest(
            state=_S.CONFIRMED,
            party=Who.SELLER,
            deadline=ACCEPT_BY,
            term="PT72H, then declined; at once where sellers need not",
            binds_money=True,
        ),
        Rest(state=_S.ACCEPTED, party=Who.SELLER, deadline=SHIP_BY, term="P14D, then called off", binds_money=True),
        Rest(
            state=_S.PART_SHIPPED,
            party=Who.SELLER,
            deadline=SHIP_BY,
            term="P14D after the last parcel, then the rest is called off",
            binds_money=True,
        ),
        Rest(
            state=_S.SHIPPED,
            party=Who.BUYER,
            deadline=COMPLETE,
            term="from P14D after the last parcel looked at every P1D, as long as its payment can be held",
            binds_money=True,
        ),
        Rest(state=_S.DELIVERED, party=Who.TIMER, deadline=COMPLETE, term="P14D after it arrived", binds_money=True),
        Rest(
            state=_S.RETURNED_TO_SENDER,
            party=Who.OPERATOR,
            deadline=COMPLETE,
            term="looked at every P1D until its payment is settled",
            binds_money=True,
        ),
    ),
    ends=frozenset({_S.COMPLETED, _S.DECLINED, _S.CANCELLED}),
    refusal=IllegalTransition,
)

OVER: Final = SELLER_ORDER_MACHINE.ends
"""The states of a seller order that nothing more is expected of."""
