"""Open a shop."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.identity.domain.errors import AlreadyHasShop, SlugTaken
from marketplace_core.identity.domain.profile import checked_country, checked_currency, checked_name
from marketplace_core.identity.domain.seller import Seller
from marketplace_core.identity.domain.slug import checked_slug
from marketplace_core.identity.ports import IdentityWork
from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import IdFactory, SellerId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin


@frozen(kw_only=True)
class ShopOpened:
    """The shop exists and waits for the operator's approval."""

    seller_id: SellerId


@frozen(kw_only=True)
class OpenShop(Command[ShopOpened]):
    """Open a shop in the actor's name. ``country`` is ISO 3166-1 (DE), ``currency`` ISO 4217 (EUR)."""

    permission: ClassVar[Permission] = Permission.SIGNED_IN

    name: str
    slug: str
    country: str
    currency: str = "EUR"


@frozen(kw_only=True)
class OpenShopHandler:
    """Open a shop.

    - One account opens one shop; it can prepare products at once and sells once an operator has approved it.
    - A guest opens none: they open an account first.
    - The shop's address is 3 to 40 lower-case letters, digits and hyphens, not reserved, and nobody else's.
    - Whoever sells needs a password of at least 15 characters.
    """

    begin: Begin[IdentityWork]
    clock: Clock
    ids: IdFactory

    async def __call__(self, command: OpenShop, by: Actor) -> ShopOpened:
        """Carry it out.

        Raises ``InvalidProfile``, ``InvalidSlug``, ``SlugTaken``, ``AlreadyHasShop``, ``AccountNeeded``,
        ``LongerPasswordNeeded``.
        """
        name = checked_name(command.name)
        slug = checked_slug(command.slug)
        country = checked_country(command.country)
        currency = checked_currency(command.currency)
        async with self.begin() as work:
            user = await work.users.get(by.own_user)
            user.require_account()
            user.require_long_password()
            if await work.sellers.find_by_user(user.user_id) is not None:
                raise AlreadyHasShop("This account has a shop already.")
            if await work.sellers.find_by_slug(slug) is not None:
                raise SlugTaken("Another shop has this address; choose another.", slug=slug)
            seller = Seller.apply(
                SellerId(self.ids.new("sel")),
                user.user_id,
                name=name,
                slug=slug,
                country=country,
                currency=currency,
                now=self.clock.now(),
            )
            await work.sellers.save(seller)
        return ShopOpened(seller_id=seller.seller_id)
