"""The cart in memory."""

from collections.abc import Collection, Mapping
from typing import final

from marketplace_core.cart import (
    Cart,
    CartNotFound,
    CartReader,
    CartState,
    InvalidGuestToken,
    OfferNow,
    OpenCart,
)
from marketplace_core.cart.ports import Carts, CartsWork, Guests, Offers
from marketplace_core.inmemory.store import InMemoryWork, Store, Table
from marketplace_core.kernel.errors import ConcurrentUpdate
from marketplace_core.kernel.ids import CartId, OfferId, UserId


@final
class InMemoryCarts(Carts):
    """Carts in a table."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._rows: Table[Cart] = store.table("cart_carts")

    async def get(self, cart_id: CartId) -> Cart:
        """Return a cart."""
        cart = self._rows.get(cart_id)
        if cart is None:
            raise CartNotFound("There is no such cart.")
        return cart

    async def open_of(self, buyer_id: UserId) -> Cart | None:
        """Return the buyer's open cart."""
        return next(iter(self._rows.find(lambda cart: _is_open_of(cart, buyer_id))), None)

    async def forget(self, buyer_ids: Collection[UserId]) -> None:
        """Delete open carts."""
        for cart in self._rows.find(lambda cart: cart.state is CartState.OPEN and cart.buyer_id in buyer_ids):
            self._rows.delete(cart.cart_id)

    async def save(self, cart: Cart) -> None:
        """Store a cart; a second open one of the same buyer is a concurrent update."""
        if cart.state is CartState.OPEN and any(
            other.cart_id != cart.cart_id for other in self._rows if _is_open_of(other, cart.buyer_id)
        ):
            raise ConcurrentUpdate("The buyer has another open cart.")
        self._store.save(self._rows, cart.cart_id, cart)


@final
class InMemoryCartsWork(InMemoryWork, CartsWork):
    """The cart's unit of work in memory."""

    @property
    def carts(self) -> InMemoryCarts:
        """All carts."""
        return InMemoryCarts(self.store)


@final
class InMemoryCartReader(CartReader):
    """Reads the same table."""

    def __init__(self, store: Store) -> None:
        self._rows: Table[Cart] = store.table("cart_carts")

    async def open_cart(self, buyer_id: UserId) -> OpenCart | None:
        """Return what is in the buyer's open cart."""
        return next((cart.contents for cart in self._rows if _is_open_of(cart, buyer_id)), None)


@final
class InMemoryOffers(Offers):
    """A shelf of offers for a cart without a catalog: put them there, change them, take them away."""

    def __init__(self) -> None:
        self.shelf: dict[OfferId, OfferNow] = {}

    def put(self, *offers: OfferNow) -> None:
        """Offer these from now on, as described."""
        self.shelf.update({offer.offer_id: offer for offer in offers})

    async def now(self, offer_ids: Collection[OfferId]) -> Mapping[OfferId, OfferNow]:
        """Describe the offers on the shelf."""
        return {offer_id: self.shelf[offer_id] for offer_id in offer_ids if offer_id in self.shelf}


@final
class InMemoryGuests(Guests):
    """Guests by their tokens: a cart without an identity is told who they are."""

    def __init__(self) -> None:
        self.by_token: dict[str, UserId] = {}

    async def holder(self, guest_token: str) -> UserId:
        """Look it up."""
        if guest_token not in self.by_token:
            raise InvalidGuestToken
        return self.by_token[guest_token]


def _is_open_of(cart: Cart, buyer_id: UserId) -> bool:
    return cart.buyer_id == buyer_id and cart.state is CartState.OPEN
