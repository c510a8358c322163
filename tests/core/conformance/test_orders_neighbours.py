"""The cart, the catalog and the payments, through their bridges, are what the orders context asks for."""

import pytest

from marketplace_core import payments
from marketplace_core.bridges.cart_for_orders import CartBasket
from marketplace_core.bridges.catalog_for_orders import CatalogQuotes
from marketplace_core.bridges.identity_for_orders import IdentityBuyers
from marketplace_core.bridges.payments_for_orders import PaymentsCheckout
from marketplace_core.cart.domain.cart import Cart
from marketplace_core.cart.usecases.close_cart import CloseCartHandler
from marketplace_core.cart.usecases.note_voucher import NoteVoucherHandler
from marketplace_core.catalog import (
    AttachVideo,
    CreateCategory,
    CreateProduct,
    NewVariant,
    PublishProduct,
)
from marketplace_core.catalog.domain.shop import Shop
from marketplace_core.catalog.usecases.attach_video import AttachVideoHandler
from marketplace_core.catalog.usecases.commit_stock import CommitStockHandler
from marketplace_core.catalog.usecases.create_category import CreateCategoryHandler
from marketplace_core.catalog.usecases.create_product import CreateProductHandler
from marketplace_core.catalog.usecases.hold_part import HoldPartHandler
from marketplace_core.catalog.usecases.hold_stock import HoldStockHandler
from marketplace_core.catalog.usecases.publish_product import PublishProductHandler
from marketplace_core.catalog.usecases.release_stock import ReleaseStockHandler
from marketplace_core.catalog.usecases.restock_sold import RestockSoldHandler
from marketplace_core.inmemory.audit import InMemoryAudit
from marketplace_core.inmemory.cart import InMemoryCartReader, InMemoryCartsWork
from marketplace_core.inmemory.catalog import InMemoryCatalogWork, InMemoryShops
from marketplace_core.inmemory.catalog_reader import InMemoryCatalogReader
from marketplace_core.inmemory.files import InMemoryFileStore
from marketplace_core.inmemory.identity import InMemoryIdentityReader, InMemoryIdentityWork
from marketplace_core.inmemory.payment_disputes import InMemoryCardNetwork, InMemoryDisputeGateway
from marketplace_core.inmemory.payment_gateways import InMemoryPaymentGateway, InMemoryPayoutGateway
from marketplace_core.inmemory.payment_provider import InMemoryPaymentProvider
from marketplace_core.inmemory.payments import InMemoryPaymentsWork
from marketplace_core.inmemory.payments_reader import InMemoryPaymentsReader
from marketplace_core.inmemory.sold_goods import InMemorySoldGoods
from marketplace_core.inmemory.store import InMemoryWork, Store
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.ids import CartId, OfferId, PaymentId, UserId, VideoId
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.conformance.cart import NOW, fill
from marketplace_core.testing.conformance.identity import a_guest, a_user
from marketplace_core.testing.conformance.orders import ADA, ANN, BEN
from marketplace_core.testing.conformance.orders_neighbours import (
    BasketConformance,
    BasketGround,
    BuyersConformance,
    BuyersGround,
    CheckoutConformance,
    CheckoutGround,
    QuotesConformance,
    QuotesGround,
)

SUCCEEDS, SUCCEEDS_LATE = "4242 4242 4242 4242", "4000 0000 0000 0077"


class TestIdentityBuyers(BuyersConformance):
    @pytest.fixture
    async def ground(self) -> BuyersGround:
        store = Store(FrozenClock(), CountingIds())
        account, guest, silent = UserId("usr_0001"), UserId("usr_0002"), UserId("usr_0003")
        async with store.begin(InMemoryIdentityWork)() as work:
            for user in (a_user(account), a_guest(guest, "gus@example.org", "Gus"), a_guest(silent)):
                await work.users.save(user)
        return BuyersGround(
            buyers=IdentityBuyers(reader=InMemoryIdentityReader(store)),
            reachable_ids=(account, guest),
            silent_ids=(silent, UserId("usr_none")),
        )


class TestCartBasket(BasketConformance):
    @pytest.fixture
    async def ground(self) -> BasketGround:
        store = Store(FrozenClock(), CountingIds())
        begin = store.begin(InMemoryCartsWork)
        cart = Cart.open(cart_id=CartId("crt_0001"), buyer_id=ANN, now=NOW)
        fill(cart, 1, 2)
        async with begin() as work:
            await work.carts.save(cart)
        basket = CartBasket(
            carts=InMemoryCartReader(store),
            close_cart=CloseCartHandler(begin=begin),
            note_voucher=NoteVoucherHandler(begin=begin),
        )
        return BasketGround(basket=basket, begin=begin, buyer_id=ANN, stranger_id=BEN)


class TestCatalogQuotes(QuotesConformance):
    @pytest.fixture
    async def ground(self) -> QuotesGround:
        clock, ids = FrozenClock(), CountingIds()
        store = Store(clock, ids)
        begin = store.begin(InMemoryCatalogWork)
        shops = InMemoryShops(Shop(seller_id=ADA, name="Ada's", slug="adas", currency="EUR", active=True))
        await CreateCategoryHandler(begin=begin, ids=ids)(CreateCategory(slug="music", name="Music"), SYSTEM)

        async def offer_of(title: str, *, published: bool) -> OfferId:
            create = CreateProduct(
                seller_id=ADA,
                title=title,
                category="music",
                variants=(NewVariant(price_minor=1_000, currency="EUR", stock=5),),
            )
            product = await CreateProductHandler(begin=begin, sellers=shops, clock=clock, ids=ids)(create, SYSTEM)
            video = AttachVideo(
                product_id=product.product_id,
                seller_id=ADA,
                video_id=VideoId("vid_0001"),
                poster_url="/poster.jpg",
                hls_url="/master.m3u8",
                duration_ms=1_000,
                width=320,
                height=180,
            )
            await AttachVideoHandler(begin=begin, clock=clock)(video, SYSTEM)
            if published:
                publish = PublishProductHandler(begin=begin, sellers=shops, clock=clock)
                await publish(PublishProduct(product_id=product.product_id), SYSTEM)
            return product.variants[0].offer_id

        quotes = CatalogQuotes(
            reader=InMemoryCatalogReader(store),
            hold_stock=HoldStockHandler(begin=begin, clock=clock),
            hold_stock_part=HoldPartHandler(begin=begin, clock=clock),
            commit_stock=CommitStockHandler(begin=begin, clock=clock),
            release_stock=ReleaseStockHandler(begin=begin, clock=clock),
            restock_sold=RestockSoldHandler(begin=begin, clock=clock),
        )
        return QuotesGround(
            quotes=quotes,
            begin=store.begin(InMemoryWork),
            on_sale=(await offer_of("Guitar", published=True), await offer_of("Lute", published=True)),
            withdrawn=await offer_of("Harp", published=False),
        )


class TestPaymentsCheckout(CheckoutConformance):
    @pytest.fixture
    def ground(self) -> CheckoutGround:
        clock, ids = FrozenClock(), CountingIds()
        store = Store(clock, ids)
        provider = InMemoryPaymentProvider(clock)
        handlers = payments.handlers(
            begin=store.begin(InMemoryPaymentsWork),
            payments=InMemoryPaymentGateway(provider),
            payouts=InMemoryPayoutGateway(provider),
            disputes=InMemoryDisputeGateway(InMemoryCardNetwork(provider)),
            goods=InMemorySoldGoods(),
            files=InMemoryFileStore(clock),
            audit=InMemoryAudit(store),
            clock=clock,
            ids=ids,
        )
        checkout = PaymentsCheckout(
            payments=InMemoryPaymentsReader(store),
            open_payment=handlers[payments.OpenPayment],
            request_payment=handlers[payments.RequestPayment],
            cancel_payment=handlers[payments.CancelPayment],
            give_back_payment=handlers[payments.GiveBack],
            accept_capture=handlers[payments.AcceptCapture],
            give_share_back=handlers[payments.ReturnShare],
            freeze_escrow=handlers[payments.FreezeEscrow],
            unfreeze_escrow=handlers[payments.UnfreezeEscrow],
            schedule_parcel=handlers[payments.ScheduleParcel],
        )

        async def show(payment_id: PaymentId, card: str) -> None:
            step = await checkout.step(payment_id)
            assert step.client_secret is not None
            provider.pay(step.client_secret, card)

        async def pay(payment_id: PaymentId) -> None:
            await show(payment_id, SUCCEEDS)

        async def dawdle(payment_id: PaymentId) -> None:
            await show(payment_id, SUCCEEDS_LATE)

        return CheckoutGround(checkout=checkout, begin=store.begin(InMemoryWork), pay=pay, dawdle=dawdle)
