"""A marketplace in memory whose provider's messages go through the hands of a postman nobody can rely on."""

import random
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

from attrs import define, evolve, field

from marketplace_core.app import Marketplace
from marketplace_core.bridges.assembly import Ports, assemble
from marketplace_core.cart import AddToCart
from marketplace_core.catalog import AttachVideo, CreateCategory, CreateProduct, NewVariant, PublishProduct, ViewProduct
from marketplace_core.dispatch import Dispatcher
from marketplace_core.identity import ApproveSeller, IdentifyUser, OpenShop, RegisterUser
from marketplace_core.inmemory.credentials import InMemoryAccessTokens, InMemoryPasswords
from marketplace_core.inmemory.files import InMemoryFileStore
from marketplace_core.inmemory.machinery import InMemoryInbox
from marketplace_core.inmemory.marketplace import persistence
from marketplace_core.inmemory.notifications import InMemoryMailer
from marketplace_core.inmemory.payment_disputes import InMemoryCardNetwork, InMemoryDisputeGateway
from marketplace_core.inmemory.payment_gateways import InMemoryPaymentGateway, InMemoryPayoutGateway
from marketplace_core.inmemory.payment_news import InMemoryProviderNews
from marketplace_core.inmemory.payment_provider import PLATFORM, InMemoryPaymentProvider, Terms
from marketplace_core.inmemory.search import InMemorySearch
from marketplace_core.inmemory.store import Store
from marketplace_core.inmemory.video import InMemoryVideoHost
from marketplace_core.inmemory.webhooks import InMemoryWebhookSender
from marketplace_core.kernel.access import SYSTEM, Actor, Role
from marketplace_core.kernel.ids import OrderId, ProductId, VideoId
from marketplace_core.kernel.inbox import Inbox, ProviderMessage
from marketplace_core.kernel.messages import Command, Query
from marketplace_core.kernel.paging import PAGE_SIZE_MAX, PageRequest
from marketplace_core.kernel.queues import Begun
from marketplace_core.notifications import ListMails
from marketplace_core.orders import Address, OrderView, PlaceOrder, QuoteCheckout, ViewOrder
from marketplace_core.orders.ports import SignedOrderLinks
from marketplace_core.payments import (
    AuditBooks,
    ListDisputes,
    ListEscrows,
    ListJournals,
    ListPayouts,
    ListRefunds,
    TrialBalance,
)
from marketplace_core.payments.comparing import CatchUp
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.webhooks.ports import DerivedSecrets

ResultT = TypeVar("ResultT")
SeenT = TypeVar("SeenT")

OPERATOR: Final = Actor(principal="operator", roles=frozenset({Role.OPERATOR}))
SHOPS: Final = {"clay-and-co": 2_500, "tea-house": 1_999}
"""Slug → price of what is sold there, in cents."""
ADDRESS: Final = Address(name="Anna Blum", line1="Lindenweg 1", city="Berlin", postal_code="10115", country="DE")
TERMS: Final = Terms(bank_delay=timedelta(hours=2), holds_refunds=True)
"""Nothing is over when it is answered: what becomes of it is told later."""
NEWS_EVERY: Final = timedelta(hours=1)
PAUSE: Final = timedelta(minutes=10)
PAUSES_MAX: Final = 1_000
_ALL: Final = PageRequest(limit=PAGE_SIZE_MAX)


@define
class Postman(Inbox):
    """Takes what the provider sends, and brings it late, in another order, more than once, or not at all.

    Without ``chance`` everything is brought at once and once. A second copy comes under the same name or under another.
    A postman who is ``gone`` brings nothing at all.
    """

    inbox: Inbox
    chance: random.Random | None = None
    gone: bool = False
    bag: list[ProviderMessage] = field(factory=list)
    sent: list[ProviderMessage] = field(factory=list)
    brought: dict[str, ProviderMessage] = field(factory=dict)
    lost: int = 0
    copies: int = 0

    async def remember(self, message: ProviderMessage, now: datetime) -> bool:
        """Put it into the bag."""
        self.bag.append(message)
        self.sent.append(message)
        return True

    async def go(self, now: datetime, *, last: bool = False) -> None:
        """Make a round; the last one leaves nothing in the bag."""
        if self.gone:
            self.lost += len(self.bag)
            self.bag = []
        if self.chance is None:
            round_, self.bag = self.bag, []
        else:
            round_, self.bag = self._round(self.chance, last=last)
        for message in round_:
            await self.inbox.remember(message, now)
            if message in self.sent:
                self.brought[message.message_id] = message

    def _round(self, chance: random.Random, *, last: bool) -> tuple[list[ProviderMessage], list[ProviderMessage]]:
        now, later = [], []
        for message in self.bag:
            fate = chance.random()
            if fate < 0.2:
                self.lost += 1
            elif fate < 0.6 or last:
                now += [message] + [self._copy(message) for _ in range(chance.choice((0, 0, 1, 2)))]
            else:
                later.append(message)
        now += [self._copy(message) for message in self.brought.values() if chance.random() < 0.1]
        chance.shuffle(now)
        return now, later

    def _copy(self, message: ProviderMessage) -> ProviderMessage:
        assert self.chance is not None
        self.copies += 1
        again = self.chance.random() < 0.5
        return message if again else evolve(message, message_id=f"{message.message_id}-again-{self.copies}")

    async def begin(self, now: datetime, *, left: bool = False) -> Begun[ProviderMessage] | None:
        """Nobody reads a bag."""
        return None

    async def any_left(self, now: datetime) -> bool:
        """Nobody reads a bag."""
        return False

    async def processed(self, message: ProviderMessage, now: datetime) -> None:
        """Nobody reads a bag."""

    async def failed(self, message: ProviderMessage, error: str, retry_at: datetime | None) -> None:
        """Nobody reads a bag."""


@define
class Shop:
    """Everything about one marketplace in memory."""

    clock: FrozenClock
    market: Marketplace
    dispatcher: Dispatcher
    provider: InMemoryPaymentProvider
    network: InMemoryCardNetwork
    mailer: InMemoryMailer
    postman: Postman
    failures: list[str]
    caught_up_at: datetime
    products: list[ProductId] = field(factory=list)
    order_id: OrderId | None = None

    async def do(self, command: Command[ResultT], by: Actor = SYSTEM) -> ResultT:
        """Carry out a command; what follows from it happens, and the postman makes a round."""
        result = await self.market.execute(command, by=by)
        await self.settle()
        return result

    async def ask(self, query: Query[ResultT], by: Actor = OPERATOR) -> ResultT:
        """Ask something."""
        return await self.market.ask(query, by=by)

    async def person(self, name: str) -> Actor:
        """Return somebody."""
        return await self.ask(IdentifyUser(user=f"{name}@example.org"), SYSTEM)

    async def settle(self, *, last: bool = False) -> None:
        """Let happen what is due, the postman's round among it."""
        while await self.provider.tick() + await self.dispatcher.settle():
            pass
        await self.postman.go(self.clock.now(), last=last)
        await self.dispatcher.settle()

    async def pass_time(self, much: timedelta) -> None:
        """Let time go by; once an hour the provider is asked what happened there."""
        self.clock.advance(much)
        if self.clock.now() - self.caught_up_at >= NEWS_EVERY:
            self.caught_up_at = self.clock.now()
            await self.do(CatchUp())
        await self.settle()

    async def until(self, look: Callable[[], Awaitable[SeenT]]) -> SeenT:
        """Wait, as people do, until something is so."""
        for _ in range(PAUSES_MAX):
            seen = await look()
            if seen:
                return seen
            await self.pass_time(PAUSE)
        raise AssertionError(f"it never came to pass; failures: {self.failures[-5:]}")

    async def order(self) -> OrderView:
        """Return the one order."""
        assert self.order_id is not None
        return await self.ask(ViewOrder(order_id=self.order_id))

    async def furnish(self) -> None:
        """Open two shops and fill the cart of a buyer."""
        await self.do(RegisterUser(email="anna@example.org", password="anna-likes-warm-kettles", name="Anna"))
        await self.do(CreateCategory(slug="things", name="Things"))
        for slug, price_minor in SHOPS.items():
            await self.do(RegisterUser(email=f"{slug}@example.org", password="somebody-likes-kettles", name=slug))
            shop = await self.do(OpenShop(name=slug, slug=slug, country="FR"), await self.person(slug))
            await self.do(ApproveSeller(seller_id=shop.seller_id))
            variant = NewVariant(price_minor=price_minor, currency="EUR", stock=5)
            product = await self.do(
                CreateProduct(seller_id=shop.seller_id, title=f"Of {slug}", category="things", variants=(variant,))
            )
            await self.do(
                AttachVideo(
                    product_id=product.product_id,
                    seller_id=shop.seller_id,
                    video_id=VideoId(f"vid_{slug}"),
                    poster_url="/poster.jpg",
                    hls_url="/master.m3u8",
                    duration_ms=1_000,
                    width=320,
                    height=180,
                )
            )
            await self.do(PublishProduct(product_id=product.product_id))
            await self.do(AddToCart(offer_id=product.variants[0].offer_id, quantity=1), await self.person("anna"))
            self.products.append(product.product_id)

    async def place(self) -> None:
        """Order what is in the cart."""
        anna = await self.person("anna")
        quote = await self.ask(QuoteCheckout(), anna)
        placed = await self.do(PlaceOrder(quote_hash=quote.quote_hash, address=ADDRESS), anna)
        self.order_id = placed.order_id

    async def says(self) -> dict[str, Any]:
        """Return what books, shelves and mails say, without identifiers and times."""
        order = await self.order()
        journals = (await self.ask(ListJournals(page=_ALL))).items
        products = [await self.ask(ViewProduct(product_id=one), SYSTEM) for one in self.products]
        said: dict[str, list[Any]] = {
            "order": [order.state],
            "parts": [part.state for part in order.seller_orders],
            "holds": [(one.state, one.held) for one in (await self.ask(ListEscrows(page=_ALL))).items],
            "refunds": [(one.state, one.amount) for one in (await self.ask(ListRefunds(page=_ALL))).items],
            "disputes": [(one.state, one.amount) for one in (await self.ask(ListDisputes(page=_ALL))).items],
            "payouts": [(one.state, one.amount) for one in (await self.ask(ListPayouts(page=_ALL))).items],
            "journals": [
                (journal.kind, sorted(one.amount.amount_minor for one in journal.transfers)) for journal in journals
            ],
            "balances": [(row.kind, row.balance) for row in (await self.ask(TrialBalance())).rows],
            "stock": [product.variants[0].available for product in products],
            "mails": [mail for name in ("anna", *SHOPS) for mail in await self._mails(name)],
            "sent": [mail.address for mail in self.mailer.delivered],
        }
        return {name: sorted(str(value) for value in values) for name, values in said.items()}

    async def _mails(self, name: str) -> list[tuple[str, str, str]]:
        listed = await self.ask(ListMails(recipient=(await self.person(name)).own_user, page=_ALL))
        return [(name, mail.template.value, mail.state.value) for mail in listed.items]

    async def wrong(self) -> list[str]:
        """Return what is wrong whatever happened: with our books, with theirs, between them."""
        found = [f"{one.check} {one.subject}: {one.detail}" for one in await self.ask(AuditBooks())]
        rows = (await self.ask(TrialBalance())).rows
        ours = {
            kind: sum(row.balance.amount_minor for row in rows if row.kind.value == kind) for kind in ("psp", "wallet")
        }
        platform = self.provider.balances[PLATFORM, "EUR"]
        sellers = sum(minor for (owner, _), minor in self.provider.balances.items() if owner != PLATFORM)
        theirs = {"psp": platform, "wallet": sellers}
        return found + ([] if ours == theirs else [f"we say {ours}, the provider says {theirs}"])


def open_shop(chance: random.Random | None) -> Shop:
    """Put one together."""
    clock, ids = FrozenClock(), CountingIds()
    store, files, mailer = Store(clock, ids), InMemoryFileStore(clock), InMemoryMailer()
    provider = InMemoryPaymentProvider(clock, terms=TERMS)
    search, postman = InMemorySearch(store), Postman(InMemoryInbox(store))
    provider.connect(postman)
    network = InMemoryCardNetwork(provider)
    failures: list[str] = []
    assembled = assemble(
        Ports(
            clock=clock,
            ids=ids,
            persistence=persistence(store),
            files=files,
            search_index=search,
            search_engine=search,
            payment_gateway=InMemoryPaymentGateway(provider),
            payout_gateway=InMemoryPayoutGateway(provider),
            dispute_gateway=InMemoryDisputeGateway(network),
            provider_news=InMemoryProviderNews(provider),
            video_host=InMemoryVideoHost(files),
            mailer=mailer,
            passwords=InMemoryPasswords(),
            access_tokens=InMemoryAccessTokens(),
            order_links=SignedOrderLinks(b"a secret of thirty-two bytes ...."),
            webhook_sender=InMemoryWebhookSender(),
            webhook_secrets=DerivedSecrets(b"a secret of thirty-two bytes ...."),
            base_url="http://here.example",
        ),
        report=lambda kind, name, failure: failures.append(f"{kind} {name}: {failure!r}"),
    )
    postman.chance = chance
    market, dispatcher = assembled.market, assembled.dispatcher
    return Shop(clock, market, dispatcher, provider, network, mailer, postman, failures, clock.now())


__all__ = ["OPERATOR", "SHOPS", "Postman", "Shop", "open_shop"]
