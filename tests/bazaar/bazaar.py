"""A whole marketplace in one process, in memory, over FakePay with its own books, on a clock that a test moves."""

import tempfile
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, Final, cast

from attrs import define, field
from pydantic import BaseModel

from features.drivers.names import PICTURE
from marketplace_adapters.fakepay.objects import BalanceObject
from marketplace_adapters.fakepay.plugin import Fakepay, FakepaySettings, open_fakepay
from marketplace_core import Marketplace, MarketplaceError
from marketplace_core.bridges.assembly import Ports, assemble
from marketplace_core.cart import AddToCart
from marketplace_core.catalog import (
    ConfirmImage,
    CreateCategory,
    CreateProduct,
    NewVariant,
    PublishProduct,
    RequestImageUpload,
    ViewProduct,
)
from marketplace_core.dispatch import Dispatcher
from marketplace_core.identity import ApproveSeller, GrantRole, IdentifyUser, OpenShop, RegisterUser
from marketplace_core.inmemory.credentials import InMemoryAccessTokens, InMemoryPasswords
from marketplace_core.inmemory.files import InMemoryFileStore
from marketplace_core.inmemory.machinery import InMemoryInbox
from marketplace_core.inmemory.marketplace import persistence
from marketplace_core.inmemory.notifications import InMemoryMailer
from marketplace_core.inmemory.search import InMemorySearch
from marketplace_core.inmemory.store import Store
from marketplace_core.inmemory.video import InMemoryVideoHost
from marketplace_core.inmemory.webhooks import InMemoryWebhookSender
from marketplace_core.kernel.access import ANONYMOUS, SYSTEM, Actor, Role
from marketplace_core.kernel.errors import ConcurrentUpdate
from marketplace_core.kernel.ids import OfferId, OrderId, SellerId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.plugins import Surroundings
from marketplace_core.orders import Address, MakeVoucher, PlaceOrder, QuoteCheckout, UseVoucher
from marketplace_core.orders.ports import SignedOrderLinks
from marketplace_core.payments import (
    AccountClosed,
    AlreadyPosted,
    BooksDoNotBalance,
    InsufficientFunds,
    PaymentPolicy,
    ProviderPayment,
)
from marketplace_core.payments.ports import PaymentGateway
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.webhooks.ports import DerivedSecrets
from tests.bazaar.misreporting import Misreporting

EUR: Final = "EUR"
HOME: Final = Address(name="Anna Blum", line1="Lindenweg 1", city="Berlin", postal_code="10115", country="DE")
SHELVES: Final[Mapping[str, tuple[int, ...]]] = {"Ada": (1_000, 333), "Bob": (6_000,), "Cy": (1,)}
"""Shop → what its goods cost, in minor units. Parcels of 50.00 and more travel free."""
STOCK: Final = 12
OURS, THEIRS = "OURS-5", "ADAS-10"
"""The codes of vouchers at the marketplace's and at a shop's expense."""
SECRET: Final = b"a secret of the bazaar".ljust(32, b".")
NEVER: Final = (AlreadyPosted, InsufficientFunds, AccountClosed, BooksDoNotBalance, ConcurrentUpdate)
"""Refusals that would mean a bug: what is done here one after the other never collides, and the books never refuse."""
MEMORY: Final = Path("/dev/shm")


@define
class Surprise(Exception):
    """Something happened that no rule of business explains."""

    said: str


class _ProvidersAudit(BaseModel):
    sound: bool


@define
class _Database:
    inbox: Any


@define(kw_only=True)
class Bazaar:
    """Three shops, two buyers, two operators, a provider, a bank and a card network."""

    market: Marketplace
    dispatcher: Dispatcher
    store: Store
    clock: FrozenClock
    files: InMemoryFileStore
    fakepay: Fakepay
    misreports: Misreporting
    failures: list[MarketplaceError]
    people: dict[str, Actor] = field(factory=dict)
    offers: list[OfferId] = field(factory=list)
    gifts_minor: int = 0
    """What was put into our balance at the provider from outside, which our books know nothing of."""
    earned: Counter[str] = field(factory=Counter)
    """What came into sellers' accounts at the provider from elsewhere, by account."""
    refused: list[str] = field(factory=list)

    async def do(self, command: Command[Any], by: Actor) -> Any:
        """Send a command; None if the business said no."""
        try:
            return await self.market.execute(command, by=by)
        except NEVER:
            raise
        except MarketplaceError as refusal:
            self.refused.append(refusal.code)
            return None

    async def script(self, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """Make something happen at the provider, a bank or the network; None if it said no."""
        assert self.fakepay.script is not None
        try:
            return await self.fakepay.script.do(path, body)
        except MarketplaceError as refusal:
            self.refused.append(f"fakepay {refusal.code}")
            return None

    async def settle(self) -> None:
        """Let everything happen that is due, on both sides."""
        while await self.fakepay.tick() + await self.dispatcher.settle():
            pass

    async def pass_time(self, **much: float) -> None:
        """Let time go by and what became due happen."""
        self.clock.advance(timedelta(**much))
        await self.settle()

    async def order(self, buyer: str, wanted: Mapping[OfferId, int], voucher: str | None = None) -> OrderId | None:
        """Fill a cart and order it."""
        by = self.people[buyer]
        for offer_id, quantity in wanted.items():
            await self.do(AddToCart(offer_id=offer_id, quantity=quantity), by)
        if voucher is not None:
            await self.do(UseVoucher(code=voucher), by)
        try:
            quote = await self.market.ask(QuoteCheckout(), by=by)
        except MarketplaceError as refusal:
            self.refused.append(refusal.code)
            return None
        placed = await self.do(PlaceOrder(quote_hash=quote.quote_hash, address=HOME), by)
        return None if placed is None else placed.order_id

    async def payment_there(self, order_id: OrderId) -> ProviderPayment | None:
        """Find the provider's object of an order's payment; None if it is not there, or the provider not to be had."""
        (payment,) = self.rows("payments_payments", lambda row: row.order_id == order_id)
        try:
            return await self.fakepay.payments.find(payment.payment_id)
        except MarketplaceError as refusal:
            self.refused.append(refusal.code)
            return None

    async def show_card(self, order_id: OrderId, card: str) -> None:
        """Show a card on the provider's page; it may decline."""
        there = await self.payment_there(order_id)
        if there is None or there.client_secret is None:
            return
        try:
            await self.fakepay.buyer.pay(there.reference, there.client_secret, card)
        except MarketplaceError as refusal:
            self.refused.append(refusal.code)

    async def authenticate(self, order_id: OrderId, *, approve: bool) -> None:
        """Answer the bank's question, if it has one."""
        there = await self.payment_there(order_id)
        if there is None or there.client_secret is None:
            return
        try:
            await self.fakepay.buyer.authenticate(there.reference, there.client_secret, approve=approve)
        except MarketplaceError as refusal:
            self.refused.append(refusal.code)

    async def give(self, amount_minor: int) -> None:
        """Put money into our balance at the provider, from outside."""
        if await self.script("balance", {"currency": EUR, "amount_minor": amount_minor}) is not None:
            self.gifts_minor += amount_minor

    async def earn(self, account: str, amount_minor: int) -> None:
        """Put money of a seller's own into their account at the provider."""
        body = {"currency": EUR, "amount_minor": amount_minor, "account": account}
        if await self.script("balance", body) is not None:
            self.earned[account] += amount_minor

    async def spend(self, amount_minor: int) -> None:
        """Take money out of our balance at the provider, as our books say."""
        await self.script("balance", {"currency": EUR, "amount_minor": -amount_minor})

    async def balance_there(self, account: str | None = None) -> int:
        """Return what the provider has of us, or of a seller's account."""
        whose = {} if account is None else {"account": account}
        told = await self.fakepay.payouts.connection.look("/v1/balance", BalanceObject, **whose)
        return sum(one.available_minor for one in told.balances if one.currency == EUR)

    async def provider_is_sound(self) -> bool:
        """Have the provider audit its own books."""
        return (await self.fakepay.payouts.connection.look("/v1/audit", _ProvidersAudit)).sound

    def rows(self, table: str, wanted: Callable[[Any], bool] = lambda row: True) -> list[Any]:
        """Return rows as they are stored, for reading only."""
        return [row for row in self.store.table(table) if wanted(row)]

    @contextmanager
    def touching(self, order_id: OrderId, seller_order_id: str) -> Iterator[None]:
        """Check that nothing but one part of an order changes meanwhile (invariant 12)."""
        before = self._versions(order_id, seller_order_id)
        yield
        assert self._versions(order_id, seller_order_id) == before, f"siblings of {seller_order_id} changed"

    def _versions(self, order_id: OrderId, but: str) -> dict[tuple[str, str], int]:
        return {
            (table, row.seller_order_id): row.version
            for table in ("orders_seller_orders", "payments_holds")
            for row in self.rows(table, lambda row: row.order_id == order_id and row.seller_order_id != but)
        }

    async def people_arrive(self) -> None:
        """Register everybody, open the shops, fill the shelves."""
        for name in ("Ann", "Ben", "Olga", "Oskar", *(f"{shop} herself" for shop in SHELVES)):
            await self.register(name)
        for name in ("Olga", "Oskar"):
            await self.market.execute(GrantRole(user_id=self.people[name].own_user, role=Role.OPERATOR), by=SYSTEM)
            await self.meet(name)
        await self.market.execute(CreateCategory(slug="things", name="Things"), by=self.people["Olga"])
        for shop, prices in SHELVES.items():
            await self.open_shop(shop, prices)
        await self.make_vouchers()
        await self.settle()

    async def make_vouchers(self) -> None:
        """Have the marketplace and a shop make vouchers, the marketplace's for three orders."""
        ours = MakeVoucher(code=OURS, seller_id=None, currency=EUR, amount_minor=500, uses_max=3)
        theirs = MakeVoucher(code=THEIRS, seller_id=self.people["Ada"].seller_id, currency=EUR, percent_bps=1_000)
        for made in (ours, theirs):
            await self.market.execute(made, by=self.people["Olga"])

    async def register(self, name: str) -> None:
        """Have somebody sign up."""
        address = f"{name.replace(' ', '.').lower()}@bazaar.test"
        await self.market.execute(
            RegisterUser(email=address, password=f"{name} likes it long 7531", name=name), by=ANONYMOUS
        )
        await self.meet(name)

    async def meet(self, name: str) -> None:
        """Look who somebody is now."""
        address = f"{name.replace(' ', '.').lower()}@bazaar.test"
        self.people[name] = await self.market.ask(IdentifyUser(user=address), by=SYSTEM)

    async def open_shop(self, shop: str, prices: tuple[int, ...]) -> None:
        """Open a shop, have it approved, and put something on its shelves."""
        owner = f"{shop} herself"
        await self.market.execute(OpenShop(name=shop, slug=shop.lower() * 3, country="DE"), by=self.people[owner])
        await self.meet(owner)
        self.people[shop] = by = self.people[owner]
        assert by.seller_id is not None
        await self.market.execute(ApproveSeller(seller_id=by.seller_id), by=self.people["Olga"])
        await self.settle()
        for price_minor in prices:
            self.offers.append(await self._put_on_the_shelf(by, by.seller_id, price_minor))

    async def _put_on_the_shelf(self, by: Actor, seller_id: SellerId, price_minor: int) -> OfferId:
        made = await self.market.execute(
            CreateProduct(
                seller_id=seller_id,
                title=f"For {price_minor}",
                description="Made with care.",
                category="things",
                variants=(NewVariant(price_minor=price_minor, currency=EUR, stock=STOCK),),
            ),
            by=by,
        )
        upload = RequestImageUpload(product_id=made.product_id, content_type="image/png", upload_bytes=len(PICTURE))
        image = await self.market.execute(upload, by=by)
        await self.files.upload(image.slot.url, PICTURE, content_type="image/png")
        await self.market.execute(ConfirmImage(product_id=made.product_id, image_id=image.image_id), by=by)
        await self.market.execute(PublishProduct(product_id=made.product_id), by=by)
        shown = await self.market.ask(ViewProduct(product_id=made.product_id), by=by)
        return shown.variants[0].offer_id


@asynccontextmanager
async def open_bazaar(policy: PaymentPolicy | None = None) -> AsyncGenerator[Bazaar]:
    """Open a bazaar; nobody has come yet."""
    clock, ids = FrozenClock(), CountingIds()
    store = Store(clock, ids)
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        around = Surroundings(
            data=Path(folder),
            clock=clock,
            ids=ids,
            base_url="http://bazaar.test",
            secret=lambda name: name.encode().ljust(32, b"."),
            opened={"marketplace_core.database": _Database(InMemoryInbox(store))},
        )
        async with open_fakepay(FakepaySettings(), around) as fakepay:
            yield _assembled(store, clock, ids, fakepay, policy or PaymentPolicy())


def _assembled(store: Store, clock: FrozenClock, ids: CountingIds, fakepay: Fakepay, policy: PaymentPolicy) -> Bazaar:
    files, search = InMemoryFileStore(clock), InMemorySearch(store)
    misreports = Misreporting(fakepay.payments)
    failures: list[MarketplaceError] = []

    def report(kind: str, name: str, failure: BaseException) -> None:
        if not isinstance(failure, MarketplaceError) or isinstance(failure, NEVER):
            raise Surprise(f"{kind} {name}: {failure!r}") from failure
        failures.append(failure)

    assembled = assemble(
        Ports(
            clock=clock,
            ids=ids,
            persistence=persistence(store),
            files=files,
            search_index=search,
            search_engine=search,
            payment_gateway=cast("PaymentGateway", misreports),
            payout_gateway=fakepay.payouts,
            dispute_gateway=fakepay.disputes,
            video_host=InMemoryVideoHost(files),
            mailer=InMemoryMailer(),
            passwords=InMemoryPasswords(),
            access_tokens=InMemoryAccessTokens(),
            order_links=SignedOrderLinks(SECRET),
            webhook_sender=InMemoryWebhookSender(),
            webhook_secrets=DerivedSecrets(b"a secret of thirty-two bytes ...."),
            base_url="http://bazaar.test",
            policy=policy,
        ),
        report=report,
    )
    return Bazaar(
        market=assembled.market,
        dispatcher=assembled.dispatcher,
        store=store,
        clock=clock,
        files=files,
        fakepay=fakepay,
        misreports=misreports,
        failures=failures,
    )
