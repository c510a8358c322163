"""Videos present shops."""

from typing import Final, final

from attrs import frozen

from marketplace_core.identity import IdentityReader
from marketplace_core.kernel.ids import SellerId
from marketplace_core.video.ports import Subjects

PREFIX: Final = "shop:"


@final
@frozen(kw_only=True)
class ShopSubjects(Subjects):
    """Shops as subjects of videos: ``shop:sel_…``. Of anything else the ``others`` are asked."""

    reader: IdentityReader
    others: Subjects

    async def owner(self, subject: str) -> SellerId | None:
        """Return the shop itself, or None if there is no such shop."""
        if not subject.startswith(PREFIX):
            return await self.others.owner(subject)
        seller_id = SellerId(subject.removeprefix(PREFIX))
        return seller_id if await self.reader.seller_cards((seller_id,)) else None
