"""The lines of the books behind each figure of a seller's balance."""

from datetime import datetime
from enum import Enum
from typing import Final

from attrs import frozen

from marketplace_core.kernel.ids import PayoutId, SellerOrderId
from marketplace_core.kernel.money import Money
from marketplace_core.payments.domain.accounts import AccountKind
from marketplace_core.payments.domain.escrow import seller_order_of
from marketplace_core.payments.domain.journals import JournalKind


class BalanceHeading(Enum):
    """A figure of a seller's balance: in escrow, free to be paid, on its way, at the bank, in reserve, owed by them."""

    HELD = "held"
    PAYABLE = "payable"
    IN_PAYOUT = "in_payout"
    PAID = "paid"
    RESERVE = "reserve"
    DEBT = "debt"

    @property
    def account_kind(self) -> AccountKind:
        """The accounts whose transfers make up the figure; of what is paid, ``AT_THE_BANK`` only."""
        match self:
            case BalanceHeading.HELD:
                return AccountKind.ESCROW
            case BalanceHeading.PAYABLE:
                return AccountKind.SELLER_PAYABLE
            case BalanceHeading.IN_PAYOUT | BalanceHeading.PAID:
                return AccountKind.PAYOUT_CLEARING
            case BalanceHeading.RESERVE:
                return AccountKind.SELLER_RESERVE
            case BalanceHeading.DEBT:
                return AccountKind.SELLER_RECEIVABLE

    @property
    def grows_by_debit(self) -> bool:
        """Tell whether a debit of such an account adds to the figure: what leaves for the bank, what is owed to us."""
        return self in {BalanceHeading.PAID, BalanceHeading.DEBT}


AT_THE_BANK: Final = frozenset({JournalKind.PAYOUT_PAID, JournalKind.PAYOUT_RETURNED})
"""What makes up the figure of what is paid: what left for the bank, less what came back from it."""


@frozen(kw_only=True)
class BalanceEntry:
    """One transfer in the books under one figure of a seller's balance.

    ``amount`` is what it added to the figure, negative when it took away; ``balance`` is the figure after it.
    ``counterpart`` is the kind of account on the other side: where the money came from, or where it went.
    """

    entry_id: str
    posted_at: datetime
    kind: JournalKind
    counterpart: AccountKind
    amount: Money
    balance: Money
    seller_order_id: SellerOrderId | None
    payout_id: PayoutId | None

    @classmethod
    def of(
        cls,
        *,
        entry_id: str,
        posted_at: datetime,
        kind: JournalKind,
        source_type: str,
        source_id: str,
        part: SellerOrderId | None,
        own: AccountKind,
        subject: str,
        counterpart: AccountKind,
        amount: Money,
        balance: Money,
    ) -> "BalanceEntry":
        """Show a transfer on the ``own`` account of ``subject``, and say what it is about.

        ``part`` is the seller order that the journal names, if it names one.
        """
        seller_order_id: SellerOrderId | None = None
        payout_id: PayoutId | None = None
        match source_type:
            case "release":
                seller_order_id = seller_order_of(source_id)
            case "payout":
                payout_id = PayoutId(source_id)
            case _:
                seller_order_id = SellerOrderId(subject) if own is AccountKind.ESCROW else part
        return cls(
            entry_id=entry_id,
            posted_at=posted_at,
            kind=kind,
            counterpart=counterpart,
            amount=amount,
            balance=balance,
            seller_order_id=seller_order_id,
            payout_id=payout_id,
        )
