"""Identity as the cart needs it."""

from attrs import frozen

from marketplace_core.cart import InvalidGuestToken
from marketplace_core.cart.ports import Guests
from marketplace_core.identity import IdentifyActor, IdentityReader, InvalidToken
from marketplace_core.kernel.access import ANONYMOUS
from marketplace_core.kernel.ids import UserId
from marketplace_core.kernel.messages import Handler


@frozen(kw_only=True)
class IdentityGuests(Guests):
    """Guests with a live session. ``identify`` is identity's own answer to ``IdentifyActor``."""

    reader: IdentityReader
    identify: Handler

    async def holder(self, guest_token: str) -> UserId:
        """Ask who holds it, then whether they are a guest."""
        try:
            actor = await self.identify(IdentifyActor(access_token=guest_token), ANONYMOUS)
        except InvalidToken:
            raise InvalidGuestToken from None
        contact = await self.reader.contact(actor.own_user)
        if not contact.guest:
            raise InvalidGuestToken
        return contact.user_id
