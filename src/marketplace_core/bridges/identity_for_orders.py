"""Identity as the orders context needs it."""

from attrs import frozen

from marketplace_core.identity import IdentityReader
from marketplace_core.kernel.ids import UserId
from marketplace_core.orders.ports import Buyers


@frozen(kw_only=True)
class IdentityBuyers(Buyers):
    """Accounts, and guests who have said where to write to."""

    reader: IdentityReader

    async def reachable(self, buyer_id: UserId) -> bool:
        """Look whether there is an address."""
        contact = (await self.reader.contacts((buyer_id,))).get(buyer_id)
        return contact is not None and contact.email != ""
