"""A whole marketplace in memory: the embedder's first line, and the ground of tests and simulations."""

import os

from attrs import frozen

from marketplace_core.app import Marketplace
from marketplace_core.bridges.assembly import Persistence, Ports, assemble
from marketplace_core.dispatch import Dispatcher
from marketplace_core.inmemory.audit import InMemoryAudit
from marketplace_core.inmemory.cart import InMemoryCartReader, InMemoryCartsWork
from marketplace_core.inmemory.catalog import InMemoryCatalogReader, InMemoryCatalogWork
from marketplace_core.inmemory.credentials import InMemoryAccessTokens, InMemoryPasswords
from marketplace_core.inmemory.files import InMemoryFileStore
from marketplace_core.inmemory.identity import InMemoryIdentityReader, InMemoryIdentityWork
from marketplace_core.inmemory.landing import InMemoryLandingReader, InMemoryPagesWork
from marketplace_core.inmemory.ledger import InMemoryBooksReader
from marketplace_core.inmemory.machinery import (
    InMemoryConsumedMessages,
    InMemoryDueDeadlines,
    InMemoryIdempotencyKeys,
    InMemoryInbox,
    InMemoryOutbox,
)
from marketplace_core.inmemory.notifications import InMemoryMailer, InMemoryMailReader, InMemoryNotificationsWork
from marketplace_core.inmemory.operations import InMemoryOperationsReader, InMemoryOperationsWork
from marketplace_core.inmemory.orders import InMemoryOrdersReader, InMemoryOrdersWork
from marketplace_core.inmemory.payment_books import InMemoryProviderBooks
from marketplace_core.inmemory.payment_disputes import InMemoryCardNetwork, InMemoryDisputeGateway
from marketplace_core.inmemory.payment_gateways import InMemoryPaymentGateway, InMemoryPayoutGateway
from marketplace_core.inmemory.payment_news import InMemoryProviderNews
from marketplace_core.inmemory.payment_provider import InMemoryPaymentProvider, Terms
from marketplace_core.inmemory.payments import InMemoryPaymentsWork
from marketplace_core.inmemory.payments_reader import InMemoryPaymentsReader
from marketplace_core.inmemory.search import InMemorySearch
from marketplace_core.inmemory.store import Store
from marketplace_core.inmemory.video import InMemoryVideoHost, InMemoryVideoReader, InMemoryVideoWork
from marketplace_core.inmemory.webhooks import InMemoryWebhookSender, InMemoryWebhooksReader, InMemoryWebhooksWork
from marketplace_core.kernel.bus import EventBus
from marketplace_core.kernel.clock import Clock, SystemClock
from marketplace_core.kernel.ids import IdFactory, TimeOrderedIds
from marketplace_core.orders import CheckoutPolicy, FlatTaxes
from marketplace_core.orders.ports import SignedOrderLinks, TaxCalculator
from marketplace_core.payments import PaymentPolicy
from marketplace_core.webhooks.ports import DerivedSecrets


@frozen(kw_only=True)
class InMemoryMarketplace:
    """An open marketplace: ``files`` takes uploads, at ``provider`` buyers pay and in ``network`` they dispute;
    ``mailer`` shows what was sent, ``webhook_sender`` what programs were told.
    """

    market: Marketplace
    dispatcher: Dispatcher
    files: InMemoryFileStore
    provider: InMemoryPaymentProvider
    network: InMemoryCardNetwork
    mailer: InMemoryMailer
    webhook_sender: InMemoryWebhookSender

    async def settle(self) -> int:
        """Let everything happen that happens by itself and is due; return how many things did."""
        done = 0
        while moved := await self.provider.tick() + await self.dispatcher.settle():
            done += moved
        return done


def persistence(store: Store) -> Persistence:
    """Return every store and reader over the tables of one in-memory store."""
    return Persistence(
        begin_identity=store.begin(InMemoryIdentityWork),
        begin_catalog=store.begin(InMemoryCatalogWork),
        begin_cart=store.begin(InMemoryCartsWork),
        begin_orders=store.begin(InMemoryOrdersWork),
        begin_payments=store.begin(InMemoryPaymentsWork),
        begin_video=store.begin(InMemoryVideoWork),
        begin_landing=store.begin(InMemoryPagesWork),
        begin_notifications=store.begin(InMemoryNotificationsWork),
        begin_operations=store.begin(InMemoryOperationsWork),
        begin_webhooks=store.begin(InMemoryWebhooksWork),
        identity=InMemoryIdentityReader(store),
        catalog=InMemoryCatalogReader(store),
        cart=InMemoryCartReader(store),
        orders=InMemoryOrdersReader(store),
        payments=InMemoryPaymentsReader(store),
        books=InMemoryBooksReader(store),
        audit=InMemoryAudit(store),
        video=InMemoryVideoReader(store),
        landing=InMemoryLandingReader(store),
        mails=InMemoryMailReader(store),
        operations=InMemoryOperationsReader(store),
        webhooks=InMemoryWebhooksReader(store),
        outbox=InMemoryOutbox(store),
        consumed=InMemoryConsumedMessages(store),
        inbox=InMemoryInbox(store),
        deadlines=InMemoryDueDeadlines(store),
        keys=InMemoryIdempotencyKeys(store),
    )


def open_marketplace(
    *,
    clock: Clock | None = None,
    ids: IdFactory | None = None,
    base_url: str = "http://127.0.0.1:8000",
    policy: PaymentPolicy | None = None,
    checkout: CheckoutPolicy | None = None,
    taxes: TaxCalculator | None = None,
    terms: Terms | None = None,
    bus: EventBus | None = None,
) -> InMemoryMarketplace:
    """Return a working marketplace that lives as long as you hold it. Time and identifiers may be given.

    ``base_url`` is where its pages are, for the links in its mails. ``policy`` are the terms of trade, ``checkout``
    what checkout charges and how long orders wait, ``taxes`` what is due where goods go, ``terms`` are those of the
    payment provider, ``bus`` carries the events.
    """
    clock = clock or SystemClock()
    ids = ids or TimeOrderedIds(clock)
    store = Store(clock, ids)
    files = InMemoryFileStore(clock)
    provider = InMemoryPaymentProvider(clock, terms=terms)
    provider.connect(InMemoryInbox(store))
    network = InMemoryCardNetwork(provider)
    mailer = InMemoryMailer()
    search = InMemorySearch(store)
    webhook_sender = InMemoryWebhookSender()
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
            provider_books=InMemoryProviderBooks(network),
            provider_news=InMemoryProviderNews(provider),
            video_host=InMemoryVideoHost(files),
            mailer=mailer,
            passwords=InMemoryPasswords(),
            access_tokens=InMemoryAccessTokens(),
            order_links=SignedOrderLinks(os.urandom(32)),
            webhook_sender=webhook_sender,
            webhook_secrets=DerivedSecrets(os.urandom(32)),
            base_url=base_url,
            policy=policy or PaymentPolicy(),
            checkout=checkout or CheckoutPolicy(),
            taxes=taxes or FlatTaxes(),
            bus=bus,
        )
    )
    return InMemoryMarketplace(
        market=assembled.market,
        dispatcher=assembled.dispatcher,
        files=files,
        provider=provider,
        network=network,
        mailer=mailer,
        webhook_sender=webhook_sender,
    )
