"""Questions of operators about card disputes."""

from typing import ClassVar

from attrs import field, frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.ids import DisputeId, OrderId
from marketplace_core.kernel.messages import Query
from marketplace_core.kernel.paging import Page, PageRequest
from marketplace_core.payments.domain.access import no_dispute
from marketplace_core.payments.domain.states.dispute import DisputeState
from marketplace_core.payments.queries.dispute_views import DisputeView
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
class DisputeAnswers:
    """Answers the questions about card disputes."""

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
