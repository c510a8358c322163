"""Questions about refunds, and who may ask them."""

from typing import ClassVar

from attrs import field, frozen

from marketplace_core.kernel.access import Actor, Permission, Role
from marketplace_core.kernel.ids import OrderId, RefundId, SellerId, SellerOrderId
from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.messages import Query
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.paging import Page, PageRequest
from marketplace_core.payments.domain.access import no_payment, no_refund, party_of
from marketplace_core.payments.domain.policy import PaymentPolicy
from marketplace_core.payments.domain.refund_parts import RefundPart
from marketplace_core.payments.domain.states.refund import RefundState
from marketplace_core.payments.domain.wishes import RefundWish, foreseen, wanted_parts
from marketplace_core.payments.queries.readers import PaymentsReader
from marketplace_core.payments.queries.refund_views import (
    RefundablePart,
    RefundBooking,
    RefundPreview,
    RefundPreviewPart,
    RefundView,
)

_STAFF = frozenset({Role.OPERATOR, Role.SYSTEM})


@frozen(kw_only=True)
class ViewRefund(Query[RefundView]):
    """Look at a refund: the buyer at all of it, a shop at its part, an operator also at who bears it."""

    permission: ClassVar[Permission] = Permission.SIGNED_IN

    refund_id: RefundId


@frozen(kw_only=True)
class ListRefunds(Query[Page[RefundView]]):
    """List refunds, the newest first: of an order, of a shop, in some states, where given.

    Operators see everybody's, a shop its part of those that concern it, a buyer those of their own orders; a shop that
    bought something names the order.
    """

    permission: ClassVar[Permission] = Permission.SIGNED_IN

    order_id: OrderId | None = None
    seller_id: SellerId | None = None
    states: frozenset[RefundState] = frozenset()
    page: PageRequest = field(factory=PageRequest)


@frozen(kw_only=True)
class PreviewRefund(Query[RefundPreview]):
    """See what a refund would come to and who would bear it, before it is given or asked for. Changes nothing.

    Of an order of their own, a buyer sees what would come back and not who would bear it.
    """

    permission: ClassVar[Permission] = Permission.SIGNED_IN

    order_id: OrderId
    wishes: tuple[RefundWish, ...] = ()
    amount_minor: int | None = field(default=None)


@frozen(kw_only=True)
class RefundAnswers:
    """Answers the questions about refunds; what is foreign looks as if it were missing."""

    reader: PaymentsReader
    policy: PaymentPolicy

    async def refund(self, query: ViewRefund, by: Actor) -> RefundView:
        """Answer with a refund as far as it concerns whoever asks. Raises ``RefundNotFound``."""
        view = await self.reader.refund(query.refund_id)
        if view is None:
            raise no_refund()
        if by.roles & _STAFF:
            return view
        if by.user_id == view.buyer_id:
            return view.for_buyer()
        part = None if by.seller_id is None else view.for_seller(by.seller_id)
        if part is None:
            raise no_refund()
        return part

    async def refunds(self, query: ListRefunds, by: Actor) -> Page[RefundView]:
        """Answer with refunds as far as they concern whoever asks; of a foreign order there are none.

        Raises ``NotFound`` for a foreign shop.
        """
        asked = self.reader.refunds
        order_id, states = query.order_id, query.states
        if query.seller_id is not None:
            by.require_seller(query.seller_id)
        if by.roles & _STAFF:
            return await asked(query.page, order_id=order_id, seller_id=query.seller_id, states=states)
        if query.seller_id is None and by.user_id is not None:
            page = await asked(query.page, order_id=order_id, buyer_id=by.user_id, states=states)
            if by.seller_id is None or (order_id is not None and page.items):
                return Page(items=tuple(view.for_buyer() for view in page.items), next_cursor=page.next_cursor)
        own = by.own_seller
        page = await asked(query.page, order_id=order_id, seller_id=own, states=states)
        shown = (view.for_seller(own) for view in page.items)
        return Page(items=tuple(view for view in shown if view is not None), next_cursor=page.next_cursor)

    async def preview(self, query: PreviewRefund, by: Actor) -> RefundPreview:
        """Answer with what it would come to.

        Raises ``PaymentNotFound``, ``MalformedRefund``, ``RefundExceedsRemaining``, ``RefundBlockedByDispute``,
        ``WrongState`` for an order that is not paid.
        """
        order = await self.reader.refundable(query.order_id)
        if order is None:
            raise no_payment()
        who = party_of(by, buyer_id=order.buyer_id, seller_ids={part.seller_id for part in order.parts})
        known = [part for part in order.parts if who is not Who.SELLER or part.seller_id == by.seller_id]
        wanted = wanted_parts(
            known,
            state=order.state,
            wishes=query.wishes,
            amount_minor=query.amount_minor,
            who=who,
        )
        named = {part.seller_order_id: part for part in known}
        amount_minor = sum(part.amount_minor for part in wanted)
        return RefundPreview(
            order_id=order.order_id,
            amount=Money(amount_minor, order.currency),
            needs_second=who is Who.OPERATOR and amount_minor >= self.policy.refund_four_eyes_minor,
            parts=tuple(_previewed(part, named, order.currency, who) for part in wanted),
        )


def _previewed(
    wanted: RefundPart, named: dict[SellerOrderId, RefundablePart], currency: str, who: Who
) -> RefundPreviewPart:
    known = named[wanted.seller_order_id]
    part = foreseen(
        wanted,
        known.standing,
        known.terms,
        reserve=known.reserve.amount_minor,
        payable=known.payable.amount_minor,
    )
    left = known.standing.refundable
    return RefundPreviewPart(
        seller_order_id=part.seller_order_id,
        seller_id=part.seller_id,
        items=Money(part.wanted.items, currency),
        delivery=Money(part.wanted.delivery, currency),
        refundable_items=Money(left.items, currency),
        refundable_delivery=Money(left.delivery, currency),
        tax=Money(part.extras.tax, currency),
        fee=Money(part.extras.fee, currency),
        subsidy=Money(part.extras.subsidy, currency),
        booking=None if who is Who.BUYER else RefundBooking.of(part, currency),
    )
