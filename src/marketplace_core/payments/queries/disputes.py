"""Questions of operators about card disputes."""

from typing import ClassVar

from attrs import field, frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.ids import DisputeId, OrderId, SellerOrderId
from marketplace_core.kernel.messages import Query
from marketplace_core.kernel.paging import PAGE_SIZE_MAX, Page, PageRequest
from marketplace_core.payments.domain.access import is_for_seller, no_dispute, no_escrow
from marketplace_core.payments.domain.states.dispute import DisputeState
from marketplace_core.payments.queries.dispute_views import DisputeView, PartDispute
from marketplace_core.payments.queries.readers import PaymentsReader


@frozen(kw_only=True)
class ViewDispute(Query[DisputeView]):
    """Look at a card dispute and on whom it falls."""

    permission: ClassVar[Permission] = Permission.OPERATOR

    dispute_id: DisputeId


@frozen(kw_only=True)
class ListDisputes(Query[Page[DisputeView]]):
    """List card disputes, the newest first: of an order, in some states, where given."""

    permission: ClassVar[Permission] = Permission.OPERATOR

    order_id: OrderId | None = None
    states: frozenset[DisputeState] = frozenset()
    page: PageRequest = field(factory=PageRequest)


@frozen(kw_only=True)
class ListPartDisputes(Query[tuple[PartDispute, ...]]):
    """List the card disputes that fall on a seller order, the newest first."""

    permission: ClassVar[Permission] = Permission.SELLER

    seller_order_id: SellerOrderId


@frozen(kw_only=True)
class DisputeAnswers:
    """Answers the questions about card disputes: operators see all of them, a seller what falls on their parts."""

    reader: PaymentsReader

    async def dispute(self, query: ViewDispute, by: Actor) -> DisputeView:
        """Answer with a dispute. Raises ``DisputeNotFound``."""
        view = await self.reader.dispute(query.dispute_id)
        if view is None:
            raise no_dispute()
        return view

    async def disputes(self, query: ListDisputes, by: Actor) -> Page[DisputeView]:
        """Answer with disputes; of an order that is missing there are none."""
        return await self.reader.disputes(query.page, order_id=query.order_id, states=query.states)

    async def of_part(self, query: ListPartDisputes, by: Actor) -> tuple[PartDispute, ...]:
        """Answer with what falls on a seller's own part. Raises ``EscrowNotFound``."""
        hold = await self.reader.escrow(query.seller_order_id)
        if hold is None or not is_for_seller(by, hold.seller_id):
            raise no_escrow()
        found = await self.reader.disputes(PageRequest(limit=PAGE_SIZE_MAX), order_id=hold.order_id)
        parts = (view.for_seller_order(query.seller_order_id) for view in found.items)
        return tuple(part for part in parts if part is not None)
