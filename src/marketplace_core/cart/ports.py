"""What the cart needs from outside."""

from collections.abc import Collection, Mapping
from typing import Protocol

from marketplace_core.cart.domain.cart import Cart
from marketplace_core.cart.domain.offer import OfferNow
from marketplace_core.kernel.ids import CartId, OfferId, UserId
from marketplace_core.kernel.work import UnitOfWork


class Carts(Protocol):
    """All carts. A buyer has at most one open cart; the store enforces it."""

    async def get(self, cart_id: CartId) -> Cart:
        """Return a cart, open or not. Raises ``CartNotFound``."""
        ...

    async def open_of(self, buyer_id: UserId) -> Cart | None:
        """Return the buyer's open cart, if there is one."""
        ...

    async def forget(self, buyer_ids: Collection[UserId]) -> None:
        """Delete the open carts of these buyers; who has none is no error."""
        ...

    async def save(self, cart: Cart) -> None:
        """Store a cart with its lines.

        Raises ``ConcurrentUpdate`` if it was changed since it was read, or if the buyer got another open cart
        meanwhile.
        """
        ...


class CartsWork(UnitOfWork, Protocol):
    """What changes together in the cart."""

    @property
    def carts(self) -> Carts:
        """All carts."""
        ...


class Guests(Protocol):
    """Who buys without an account."""

    async def holder(self, guest_token: str) -> UserId:
        """Return the guest who holds this access token.

        Raises ``InvalidGuestToken`` for anything else: no token of ours, one that is over, one of an account.
        """
        ...


class Offers(Protocol):
    """What the catalog says of offers right now."""

    async def now(self, offer_ids: Collection[OfferId]) -> Mapping[OfferId, OfferNow]:
        """Describe the offers that exist, sellable or not; unknown ones are left out. At most one query."""
        ...
