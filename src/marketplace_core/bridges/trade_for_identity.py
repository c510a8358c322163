"""Identity asks orders, carts and payments what guests have left there, and what is open about a shop."""

from collections.abc import Collection
from typing import Final, final

from attrs import frozen

from marketplace_core.cart import ForgetCarts
from marketplace_core.identity import ShopMatters
from marketplace_core.identity.ports import GuestTrade, ShopTrade
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.ids import SellerId, UserId
from marketplace_core.kernel.messages import Handler
from marketplace_core.kernel.paging import PageRequest
from marketplace_core.orders import OrdersReader, SellerOrderState
from marketplace_core.payments import DisputeState, PaymentsReader, RefundState
from marketplace_core.payments.claims import ClaimState

NAMED_MAX: Final = 20
_TO_BE_SENT: Final = (
    SellerOrderState.PENDING,
    SellerOrderState.CONFIRMED,
    SellerOrderState.ACCEPTED,
    SellerOrderState.PART_SHIPPED,
    SellerOrderState.SHIPPED,
    SellerOrderState.RETURNED_TO_SENDER,
)
_CLAIMS_OPEN: Final = frozenset({ClaimState.AWAITING_SELLER, ClaimState.AWAITING_OPERATOR})
_DISPUTES_OPEN: Final = frozenset({DisputeState.WARNING, DisputeState.NEEDS_RESPONSE, DisputeState.UNDER_REVIEW})
_REFUNDS_OPEN: Final = frozenset(
    {RefundState.REQUESTED, RefundState.APPROVED, RefundState.SUBMITTED, RefundState.PENDING}
)


@final
@frozen(kw_only=True)
class OrdersAndCarts(GuestTrade):
    """Orders are looked up; carts go by the cart's own command."""

    orders: OrdersReader
    forget_carts: Handler

    async def buyers(self, guest_ids: Collection[UserId]) -> frozenset[UserId]:
        """Ask the orders."""
        return await self.orders.buyers_among(guest_ids)

    async def forget(self, guest_ids: Collection[UserId]) -> None:
        """Tell the carts."""
        await self.forget_carts(ForgetCarts(buyer_ids=frozenset(guest_ids)), SYSTEM)


@final
@frozen(kw_only=True)
class OrdersAndMoney(ShopTrade):
    """Orders, claims, disputes, refunds and balances as their readers know them."""

    orders: OrdersReader
    payments: PaymentsReader

    async def matters(self, seller_id: SellerId) -> ShopMatters:
        """Ask for each kind of what is open."""
        page = PageRequest(limit=NAMED_MAX)
        claims = await self.payments.claims(page, seller_id=seller_id, states=_CLAIMS_OPEN)
        disputes = await self.payments.disputes(page, seller_id=seller_id, states=_DISPUTES_OPEN)
        refunds = await self.payments.refunds(page, seller_id=seller_id, states=_REFUNDS_OPEN)
        balances = (await self.payments.balance(seller_id)).balances
        due = (one.held + one.reserve + one.payable + one.in_payout for one in balances)
        return ShopMatters(
            orders=await self._orders(seller_id, *_TO_BE_SENT),
            arrived=await self._orders(seller_id, SellerOrderState.DELIVERED),
            claims=tuple(claim.claim_id for claim in claims.items),
            disputes=tuple(dispute.dispute_id for dispute in disputes.items),
            refunds=tuple(refund.refund_id for refund in refunds.items),
            debts=tuple(one.debt for one in balances if one.debt),
            due=tuple(amount for amount in due if amount),
        )

    async def _orders(self, seller_id: SellerId, *states: SellerOrderState) -> tuple[str, ...]:
        found: list[str] = []
        for state in states:
            rows = await self.orders.seller_orders_of(seller_id, state, NAMED_MAX - len(found), None)
            found += [row.seller_order_id for row in rows]
            if len(found) == NAMED_MAX:
                break
        return tuple(found)
