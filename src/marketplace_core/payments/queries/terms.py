"""What the marketplace charges and how long it holds money: for whoever thinks of selling here."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.messages import Query
from marketplace_core.payments.domain.policy import PaymentPolicy


@frozen(kw_only=True)
class ViewTerms(Query[PaymentPolicy]):
    """Ask under which terms orders are placed now."""

    permission: ClassVar[Permission] = Permission.ANYONE


@frozen(kw_only=True)
class ViewTermsHandler:
    """See the terms of trade.

    - Anybody may know what the marketplace charges before they open a shop.
    - What was agreed with an order stays agreed; these are the terms of the next one.
    """

    policy: PaymentPolicy

    async def __call__(self, query: ViewTerms, by: Actor) -> PaymentPolicy:
        """Answer with the present terms."""
        return self.policy
