"""Questions about what sellers may do and what they owe, and who may ask them."""

from typing import ClassVar

from attrs import field, frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import SellerId
from marketplace_core.kernel.messages import Query
from marketplace_core.kernel.paging import Page, PageRequest
from marketplace_core.payments.domain.access import no_seller_account
from marketplace_core.payments.domain.policy import PaymentPolicy
from marketplace_core.payments.domain.states.settlement import SettlementState
from marketplace_core.payments.queries.debt_views import DebtorView, SellerStandingView, SettlementView
from marketplace_core.payments.queries.readers import DebtsReader


@frozen(kw_only=True)
class ViewSellerStanding(Query[SellerStandingView]):
    """See what a seller may do, and what they owe, in the currency of their account."""

    permission: ClassVar[Permission] = Permission.SELLER

    seller_id: SellerId


@frozen(kw_only=True)
class ListSettlements(Query[Page[SettlementView]]):
    """List settlements of debts, the newest first: of a seller, in some states, where given."""

    permission: ClassVar[Permission] = Permission.OPERATOR

    seller_id: SellerId | None = None
    states: frozenset[SettlementState] = frozenset()
    page: PageRequest = field(factory=PageRequest)


@frozen(kw_only=True)
class ListDebtors(Query[Page[DebtorView]]):
    """List the sellers who owe something, the newest shops first."""

    permission: ClassVar[Permission] = Permission.OPERATOR

    page: PageRequest = field(factory=PageRequest)


@frozen(kw_only=True)
class DebtAnswers:
    """Answers the questions about debts."""

    reader: DebtsReader
    policy: PaymentPolicy
    clock: Clock

    async def standing(self, query: ViewSellerStanding, by: Actor) -> SellerStandingView:
        """Answer with a seller's standing.

        Raises ``NotFound`` for a foreign shop, ``SellerAccountNotFound`` for one without an account for payouts.
        """
        by.require_seller(query.seller_id)
        facts = await self.reader.seller_facts(query.seller_id)
        if facts is None:
            raise no_seller_account()
        return SellerStandingView.of(facts, self.policy, self.clock.now())

    async def debtors(self, query: ListDebtors, by: Actor) -> Page[DebtorView]:
        """Answer with sellers who owe something."""
        return await self.reader.debtors(query.page)

    async def settlements(self, query: ListSettlements, by: Actor) -> Page[SettlementView]:
        """Answer with settlements."""
        return await self.reader.settlements(query.page, seller_id=query.seller_id, states=query.states)
