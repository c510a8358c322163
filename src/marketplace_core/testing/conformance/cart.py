"""What every store of carts, and every source of offers for the cart, must do."""

from datetime import UTC, datetime

import pytest
from attrs import frozen

from marketplace_core.cart import (
    AlreadyCheckedOut,
    Cart,
    CartNotFound,
    CartReader,
    CartState,
    FromPage,
    FromVideo,
    InvalidGuestToken,
    LineSource,
    OfferNow,
)
from marketplace_core.cart.ports import CartsWork, Guests, Offers
from marketplace_core.kernel.errors import ConcurrentUpdate
from marketplace_core.kernel.ids import (
    CartId,
    CartLineId,
    OfferId,
    OrderId,
    PageId,
    ProductId,
    SellerId,
    UserId,
    VideoId,
)
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.work import Begin

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
ANN = UserId("usr_ann")
BEN = UserId("usr_ben")


def an_offer(number: int = 1, *, seller: str = "sel_1", price_minor: int = 1_000, available: int = 50) -> OfferNow:
    """Describe an offer that can be bought."""
    return OfferNow(
        offer_id=OfferId(f"off_{number:04d}"),
        product_id=ProductId(f"prd_{number:04d}"),
        seller_id=SellerId(seller),
        seller_name=f"Shop {seller}",
        title=f"Thing {number}",
        variant_title="Blue / M",
        price=Money(price_minor, "EUR"),
        available=available,
        purchasable=True,
        image_url=f"/files/thing-{number}.jpg",
    )


def a_cart(cart_id: str = "crt_1", buyer_id: UserId = ANN) -> Cart:
    """Open an empty cart."""
    return Cart.open(cart_id=CartId(cart_id), buyer_id=buyer_id, now=NOW)


def fill(cart: Cart, number: int, quantity: int = 1, source: LineSource | None = None) -> None:
    """Put an offer into a cart."""
    cart.add(an_offer(number), quantity, line_id=CartLineId(f"cln_{cart.cart_id}_{number}"), source=source, now=NOW)


@frozen(kw_only=True)
class CartGround:
    """One empty store of carts, to write and to read."""

    begin: Begin[CartsWork]
    reader: CartReader


async def _save(ground: CartGround, cart: Cart) -> None:
    async with ground.begin() as work:
        await work.carts.save(cart)


@pytest.mark.conformance
class CartsConformance:
    """Override ``ground`` with an empty store."""

    @pytest.fixture
    def ground(self) -> CartGround:
        """Return an empty store."""
        raise NotImplementedError

    async def test_an_unknown_cart_is_not_found(self, ground: CartGround) -> None:
        async with ground.begin() as work:
            with pytest.raises(CartNotFound):
                await work.carts.get(CartId("crt_none"))

    async def test_a_buyer_without_a_cart_has_none(self, ground: CartGround) -> None:
        async with ground.begin() as work:
            assert await work.carts.open_of(ANN) is None

        assert await ground.reader.open_cart(ANN) is None

    async def test_a_cart_comes_back_as_it_was_saved(self, ground: CartGround) -> None:
        cart = a_cart()
        fill(cart, 2, 3, FromVideo(VideoId("vid_1"), 12_500))
        fill(cart, 1, 1, FromPage(PageId("pge_1")))
        fill(cart, 3)

        async with ground.begin() as work:
            await work.carts.save(cart)

        async with ground.begin() as work:
            kept = await work.carts.get(cart.cart_id)
        assert (kept.buyer_id, kept.state, kept.order_id, kept.opened_at) == (ANN, CartState.OPEN, None, NOW)
        assert kept.version == 1
        assert kept.lines == cart.lines

    async def test_lines_are_changed_removed_and_added_in_order(self, ground: CartGround) -> None:
        cart = a_cart()
        for number in (1, 2, 3):
            fill(cart, number)
        async with ground.begin() as work:
            await work.carts.save(cart)

        async with ground.begin() as work:
            changed = await work.carts.get(cart.cart_id)
            changed.remove(changed.lines[0].line_id)
            changed.change_quantity(changed.lines[0].line_id, 7, an_offer(2))
            fill(changed, 1, 2)
            await work.carts.save(changed)

        async with ground.begin() as work:
            kept = await work.carts.get(cart.cart_id)
        assert [(line.offer_id, line.quantity) for line in kept.lines] == [
            ("off_0002", 7),
            ("off_0003", 1),
            ("off_0001", 2),
        ]

    async def test_an_emptied_cart_is_still_open(self, ground: CartGround) -> None:
        cart = a_cart()
        fill(cart, 1)
        async with ground.begin() as work:
            await work.carts.save(cart)
        async with ground.begin() as work:
            emptied = await work.carts.get(cart.cart_id)
            emptied.empty()
            await work.carts.save(emptied)

        contents = await ground.reader.open_cart(ANN)

        assert contents is not None
        assert contents.lines == ()
        assert contents.version == 2

    async def test_only_open_carts_are_forgotten(self, ground: CartGround) -> None:
        ordered = a_cart("crt_1")
        fill(ordered, 1)
        ordered.check_out(OrderId("ord_1"), None)
        async with ground.begin() as work:
            for cart in (ordered, a_cart("crt_2"), a_cart("crt_3", BEN)):
                await work.carts.save(cart)

        async with ground.begin() as work:
            await work.carts.forget([ANN, UserId("usr_nobody")])

        async with ground.begin() as work:
            assert (await work.carts.get(ordered.cart_id)).order_id == "ord_1"
            assert await work.carts.open_of(ANN) is None
            assert await work.carts.open_of(BEN) is not None

    async def test_saving_what_somebody_else_changed_is_a_concurrent_update(self, ground: CartGround) -> None:
        cart = a_cart()
        fill(cart, 1)
        async with ground.begin() as work:
            await work.carts.save(cart)
        async with ground.begin() as work:
            mine = await work.carts.get(cart.cart_id)
            theirs = await work.carts.get(cart.cart_id)
        async with ground.begin() as work:
            fill(theirs, 2)
            await work.carts.save(theirs)

        fill(mine, 3)
        with pytest.raises(ConcurrentUpdate):
            await _save(ground, mine)

        async with ground.begin() as work:
            kept = await work.carts.get(cart.cart_id)
        assert [line.offer_id for line in kept.lines] == ["off_0001", "off_0002"]

    async def test_a_second_open_cart_of_a_buyer_is_a_concurrent_update(self, ground: CartGround) -> None:
        async with ground.begin() as work:
            await work.carts.save(a_cart("crt_1"))

        with pytest.raises(ConcurrentUpdate):
            await _save(ground, a_cart("crt_2"))

        async with ground.begin() as work:
            kept = await work.carts.open_of(ANN)
        assert kept is not None
        assert kept.cart_id == "crt_1"

    async def test_a_checked_out_cart_gives_way_to_a_new_one(self, ground: CartGround) -> None:
        cart = a_cart("crt_1")
        fill(cart, 1)
        async with ground.begin() as work:
            await work.carts.save(cart)
            cart.check_out(OrderId("ord_1"), 1)
            await work.carts.save(cart)
        assert await ground.reader.open_cart(ANN) is None

        async with ground.begin() as work:
            await work.carts.save(a_cart("crt_2"))

        async with ground.begin() as work:
            old = await work.carts.get(CartId("crt_1"))
            new = await work.carts.open_of(ANN)
        assert (old.state, old.order_id) == (CartState.CHECKED_OUT, "ord_1")
        with pytest.raises(AlreadyCheckedOut):
            old.check_out(OrderId("ord_2"), None)
        assert new is not None
        assert new.cart_id == "crt_2"

    async def test_nothing_stays_of_a_failed_transaction(self, ground: CartGround) -> None:
        cart = a_cart()
        fill(cart, 1)

        async def fail_after_saving() -> None:
            async with ground.begin() as work:
                await work.carts.save(cart)
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            await fail_after_saving()

        assert await ground.reader.open_cart(ANN) is None

    async def test_the_reader_gives_only_the_buyers_own_open_cart(self, ground: CartGround) -> None:
        mine, theirs = a_cart("crt_1", ANN), a_cart("crt_2", BEN)
        fill(mine, 1, 2)
        fill(theirs, 2, 5)
        async with ground.begin() as work:
            await work.carts.save(mine)
            await work.carts.save(theirs)

        contents = await ground.reader.open_cart(BEN)

        assert contents is not None
        assert (contents.cart_id, contents.version) == ("crt_2", 1)
        assert contents.lines == theirs.lines


@frozen(kw_only=True)
class OffersGround:
    """A source that knows exactly these offers; ``offers`` says what it should answer."""

    source: Offers
    offers: tuple[OfferNow, ...]


@pytest.mark.conformance
class OffersConformance:
    """Override ``ground`` with a source of at least two offers, one of which cannot be bought."""

    @pytest.fixture
    def ground(self) -> OffersGround:
        """Return a source and what it knows."""
        raise NotImplementedError

    async def test_no_offers_are_asked_for_and_none_come(self, ground: OffersGround) -> None:
        assert await ground.source.now(()) == {}

    async def test_unknown_offers_are_left_out(self, ground: OffersGround) -> None:
        known = ground.offers[0]

        found = await ground.source.now((known.offer_id, OfferId("off_none")))

        assert found == {known.offer_id: known}

    async def test_offers_that_cannot_be_bought_say_why(self, ground: OffersGround) -> None:
        found = await ground.source.now([offer.offer_id for offer in ground.offers])

        assert found == {offer.offer_id: offer for offer in ground.offers}
        unsellable = [offer for offer in found.values() if not offer.purchasable]
        assert unsellable
        assert all(offer.reason for offer in unsellable)


@frozen(kw_only=True)
class GuestsGround:
    """A guest who holds a token, and tokens that are not a guest's, or no longer."""

    guests: Guests
    guest_id: UserId
    token: str
    other_tokens: tuple[str, ...]


@pytest.mark.conformance
class GuestsConformance:
    """Override ``ground`` with a guest."""

    @pytest.fixture
    def ground(self) -> GuestsGround:
        """Return a guest with a token."""
        raise NotImplementedError

    async def test_no_other_token_names_a_guest(self, ground: GuestsGround) -> None:
        for token in (*ground.other_tokens, "", "x", ground.guest_id, f"{ground.token}x", "\ud800"):
            with pytest.raises(InvalidGuestToken):
                await ground.guests.holder(token)

    async def test_a_guests_token_names_its_holder(self, ground: GuestsGround) -> None:
        assert await ground.guests.holder(ground.token) == ground.guest_id
        assert await ground.guests.holder(ground.token) == ground.guest_id
