"""Notifications ask identity how to write to people."""

from collections.abc import Sequence
from typing import Final, final

from attrs import frozen

from marketplace_core.identity import Contact as IdentityContact
from marketplace_core.identity import IdentityReader, SellerNotFound
from marketplace_core.kernel.access import Role
from marketplace_core.kernel.ids import SellerId, UserId
from marketplace_core.kernel.paging import PAGE_SIZE_MAX, PageRequest
from marketplace_core.notifications import Contact
from marketplace_core.notifications.ports import Contacts

OPERATORS: Final = UserId("operators")
"""Whom the mails to the operators' common address name as their reader: nobody's account."""


@final
@frozen
class IdentityContacts(Contacts):
    """Contacts from the accounts and shops; ``operators_address``, if any, is written to beside every operator."""

    reader: IdentityReader
    operators_address: str = ""

    async def user(self, user_id: UserId) -> Contact:
        """Ask for the account."""
        return _contact(await self.reader.contact(user_id), None)

    async def seller(self, seller_id: SellerId) -> Contact:
        """Ask for the shop, then for its owner."""
        card = (await self.reader.seller_cards((seller_id,))).get(seller_id)
        if card is None:
            raise SellerNotFound
        return _contact(await self.reader.contact(card.user_id), card.name)

    async def operators(self) -> Sequence[Contact]:
        """Ask for the newest accounts with the role, then for how to write to them."""
        found = await self.reader.users(Role.OPERATOR, PageRequest(limit=PAGE_SIZE_MAX))
        contacts = await self.reader.contacts([user.user_id for user in found.items])
        written = [_contact(contact, None) for contact in contacts.values()]
        if self.operators_address:
            written.append(Contact(user_id=OPERATORS, email=self.operators_address, name="operators", locale="en"))
        return written


def _contact(contact: IdentityContact, shop_name: str | None) -> Contact:
    return Contact(
        user_id=contact.user_id,
        email=contact.email,
        name=contact.name,
        locale=contact.locale,
        shop_name=shop_name,
        guest=contact.guest,
    )
