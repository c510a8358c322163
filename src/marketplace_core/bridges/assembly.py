"""Put the contexts together: which port of which context is filled by whom.

One function for every way of running the marketplace: in memory, in one process, as separate roles.
"""

import random
from collections.abc import Callable

from attrs import field, frozen

from marketplace_core import (
    cart,
    catalog,
    identity,
    landing,
    notifications,
    operations,
    orders,
    payments,
    search,
    video,
    webhooks,
)
from marketplace_core.app import Marketplace, Tables
from marketplace_core.bridges.cart_for_orders import CartBasket
from marketplace_core.bridges.catalog_for_cart import CatalogOffers
from marketplace_core.bridges.catalog_for_landing import CatalogPageProducts
from marketplace_core.bridges.catalog_for_orders import CatalogQuotes
from marketplace_core.bridges.catalog_for_search import CatalogDocuments
from marketplace_core.bridges.catalog_for_video import ProductSubjects
from marketplace_core.bridges.events_for_webhooks import OutboxEvents
from marketplace_core.bridges.feed import Feed
from marketplace_core.bridges.identity_for_cart import IdentityGuests
from marketplace_core.bridges.identity_for_catalog import IdentitySellers
from marketplace_core.bridges.identity_for_landing import IdentityPageSellers
from marketplace_core.bridges.identity_for_notifications import IdentityContacts
from marketplace_core.bridges.identity_for_orders import IdentityBuyers
from marketplace_core.bridges.identity_for_video import ShopSubjects
from marketplace_core.bridges.orders_for_notifications import OrdersFactsSource, OrdersPages
from marketplace_core.bridges.orders_for_payments import OrdersSoldGoods
from marketplace_core.bridges.outbox_for_search import OutboxChanges
from marketplace_core.bridges.payments_for_orders import PaymentsCheckout
from marketplace_core.bridges.policies import StoredTerms, TermsOfTrade
from marketplace_core.bridges.reactions import REACTIONS
from marketplace_core.bridges.trade_for_identity import OrdersAndCarts, OrdersAndMoney
from marketplace_core.bridges.video_for_landing import HostedPageVideos
from marketplace_core.bridges.webhooks_for_notifications import WEBHOOK_REACTIONS
from marketplace_core.cart import CartReader
from marketplace_core.cart.ports import CartsWork
from marketplace_core.catalog import CatalogReader
from marketplace_core.catalog.ports import CatalogWork
from marketplace_core.delivering import Couriers
from marketplace_core.dispatch import Dispatcher, ReactingPublisher
from marketplace_core.identity import IdentityReader
from marketplace_core.identity.ports import SYSTEM_SECRETS, AccessTokens, IdentityWork, Passwords, RefreshSecrets
from marketplace_core.kernel.bus import EventBus
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.deadlines import DueDeadlines
from marketplace_core.kernel.files import FileStore
from marketplace_core.kernel.idempotency import IdempotencyKeys
from marketplace_core.kernel.ids import IdFactory
from marketplace_core.kernel.inbox import Inbox
from marketplace_core.kernel.outbox import ConsumedMessages, Outbox
from marketplace_core.kernel.work import Begin
from marketplace_core.landing import LandingReader
from marketplace_core.landing.ports import PagesWork
from marketplace_core.notifications import MailReader
from marketplace_core.notifications.ports import Mailer, NotificationsWork
from marketplace_core.operations import OperationsReader
from marketplace_core.operations.ports import OperationsWork, PolicyInUse
from marketplace_core.orders import CheckoutPolicy, FlatTaxes, OrdersReader
from marketplace_core.orders.ports import OrderLinks, OrdersWork, TaxCalculator
from marketplace_core.payments import BooksReader, PaymentPolicy, PaymentsReader
from marketplace_core.payments.ports import (
    Audit,
    DisputeGateway,
    PaymentGateway,
    PaymentsWork,
    PayoutGateway,
    ProviderBooks,
    ProviderNews,
)
from marketplace_core.pipeline import Observer, Pipeline, unobserved
from marketplace_core.search.ports import SearchEngine, SearchIndex
from marketplace_core.video import VideoReader
from marketplace_core.video.ports import VideoHost, VideoWork
from marketplace_core.webhooks import WebhooksReader
from marketplace_core.webhooks.ports import SigningSecrets, WebhookSender, WebhooksWork


@frozen(kw_only=True)
class Persistence:
    """What a database adapter brings: a unit of work and a reader per context, and the machinery."""

    begin_identity: Begin[IdentityWork]
    begin_catalog: Begin[CatalogWork]
    begin_cart: Begin[CartsWork]
    begin_orders: Begin[OrdersWork]
    begin_payments: Begin[PaymentsWork]
    begin_video: Begin[VideoWork]
    begin_landing: Begin[PagesWork]
    begin_notifications: Begin[NotificationsWork]
    begin_operations: Begin[OperationsWork]
    begin_webhooks: Begin[WebhooksWork]
    identity: IdentityReader
    catalog: CatalogReader
    cart: CartReader
    orders: OrdersReader
    payments: PaymentsReader
    books: BooksReader
    audit: Audit
    video: VideoReader
    landing: LandingReader
    mails: MailReader
    operations: OperationsReader
    webhooks: WebhooksReader
    outbox: Outbox
    consumed: ConsumedMessages
    inbox: Inbox
    deadlines: DueDeadlines
    keys: IdempotencyKeys
    revision: str = "none"
    """The revision of the schema, where there is one."""


@frozen(kw_only=True)
class Ports:
    """Everything that has to be filled for the marketplace to run."""

    clock: Clock
    ids: IdFactory
    persistence: Persistence
    files: FileStore
    search_index: SearchIndex
    search_engine: SearchEngine
    payment_gateway: PaymentGateway
    payout_gateway: PayoutGateway
    dispute_gateway: DisputeGateway
    video_host: VideoHost
    mailer: Mailer
    passwords: Passwords
    access_tokens: AccessTokens
    order_links: OrderLinks
    webhook_sender: WebhookSender
    webhook_secrets: SigningSecrets
    base_url: str
    """Where the pages are that mails link to, without a slash at the end."""
    refresh_secrets: RefreshSecrets = SYSTEM_SECRETS
    policy: PaymentPolicy = field(factory=PaymentPolicy)
    """The terms of trade that hold until a version of them is stored."""
    checkout: CheckoutPolicy = field(factory=CheckoutPolicy)
    """What checkout charges, and how long orders wait for what."""
    taxes: TaxCalculator = field(factory=FlatTaxes)
    bus: EventBus | None = None
    """Carries events to whoever reacts; without one, reactions run where the outbox is emptied."""
    operators_address: str = ""
    """A mailbox that is written to whenever operators are; none when empty."""
    search_standin: search.Standin | None = None
    """What answers while the search engine is down, and is kept up to date beside it."""
    provider_books: ProviderBooks | None = None
    """The payment provider's own books, where its adapter reads them."""
    provider_news: ProviderNews | None = None
    """What happened at the payment provider, where its adapter asks for it."""


@frozen(kw_only=True)
class Assembled:
    """The marketplace and what makes things happen by themselves."""

    market: Marketplace
    dispatcher: Dispatcher
    couriers: Couriers
    feed: Feed


def _quiet(kind: str, name: str, failure: BaseException) -> None:
    """Report nothing."""


def tables(ports: Ports, terms: TermsOfTrade, in_use: PolicyInUse) -> Tables:
    """Have all contexts' handlers made, on these terms."""
    stored, clock, ids = ports.persistence, ports.clock, ports.ids
    public_events = OutboxEvents(stored.outbox)
    sellers = IdentitySellers(reader=stored.identity, debts=stored.payments, policy=terms.policy)
    catalog_handlers = catalog.handlers(
        begin=stored.begin_catalog, files=ports.files, sellers=sellers, clock=clock, ids=ids
    )
    goods = OrdersSoldGoods(reader=stored.orders)
    payment_handlers = payments.handlers(
        begin=stored.begin_payments,
        payments=ports.payment_gateway,
        payouts=ports.payout_gateway,
        disputes=ports.dispute_gateway,
        goods=goods,
        files=ports.files,
        audit=stored.audit,
        clock=clock,
        ids=ids,
        policy=terms.policy,
        news=ports.provider_news,
        inbox=stored.inbox,
        compare=payments.comparison_of(books=stored.books, provider_books=ports.provider_books, clock=clock),
    )
    offers = CatalogOffers(reader=stored.catalog)
    shops = OrdersAndMoney(orders=stored.orders, payments=stored.payments)
    identity_answers = identity.answers(
        reader=stored.identity, access_tokens=ports.access_tokens, shops=shops, clock=clock
    )
    guests = IdentityGuests(reader=stored.identity, identify=identity_answers[identity.IdentifyActor])
    cart_handlers = cart.handlers(begin=stored.begin_cart, offers=offers, guests=guests, clock=clock, ids=ids)
    basket = CartBasket(
        carts=stored.cart,
        close_cart=cart_handlers[cart.CloseCart],
        note_voucher=cart_handlers[cart.NoteVoucher],
    )
    quotes = CatalogQuotes(
        reader=stored.catalog,
        hold_stock=catalog_handlers[catalog.HoldStock],
        hold_stock_part=catalog_handlers[catalog.HoldPart],
        commit_stock=catalog_handlers[catalog.CommitStock],
        release_stock=catalog_handlers[catalog.ReleaseStock],
        restock_sold=catalog_handlers[catalog.RestockSold],
    )
    checkout = PaymentsCheckout(
        payments=stored.payments,
        open_payment=payment_handlers[payments.OpenPayment],
        request_payment=payment_handlers[payments.RequestPayment],
        cancel_payment=payment_handlers[payments.CancelPayment],
        give_back_payment=payment_handlers[payments.GiveBack],
        accept_capture=payment_handlers[payments.AcceptCapture],
        give_share_back=payment_handlers[payments.ReturnShare],
        freeze_escrow=payment_handlers[payments.FreezeEscrow],
        unfreeze_escrow=payment_handlers[payments.UnfreezeEscrow],
        schedule_parcel=payment_handlers[payments.ScheduleParcel],
    )
    documents = CatalogDocuments(reader=stored.catalog)
    page_sellers = IdentityPageSellers(reader=stored.identity)
    page_videos = HostedPageVideos(reader=stored.video)
    page_products = CatalogPageProducts(reader=stored.catalog)
    return Tables(
        handlers=(
            identity.handlers(
                begin=stored.begin_identity,
                passwords=ports.passwords,
                access_tokens=ports.access_tokens,
                trade=OrdersAndCarts(orders=stored.orders, forget_carts=cart_handlers[cart.ForgetCarts]),
                shops=shops,
                secrets=ports.refresh_secrets,
                clock=clock,
                ids=ids,
            ),
            catalog_handlers,
            search.handlers(
                source=documents,
                index=ports.search_index,
                products_since=OutboxChanges(outbox=stored.outbox, clock=clock),
                clock=clock,
                standin=ports.search_standin,
            ),
            cart_handlers,
            orders.handlers(
                begin=stored.begin_orders,
                clock=clock,
                ids=ids,
                buyers=IdentityBuyers(reader=stored.identity),
                basket=basket,
                quotes=quotes,
                checkout=checkout,
                taxes=ports.taxes,
                policy=terms.checkout,
            ),
            payment_handlers,
            video.handlers(
                begin=stored.begin_video,
                files=ports.files,
                host=ports.video_host,
                subjects=ShopSubjects(reader=stored.identity, others=ProductSubjects(reader=stored.catalog)),
                clock=clock,
                ids=ids,
            ),
            landing.handlers(
                begin=stored.begin_landing,
                sellers=page_sellers,
                videos=page_videos,
                products=page_products,
                clock=clock,
                ids=ids,
            ),
            notifications.handlers(
                begin=stored.begin_notifications,
                contacts=IdentityContacts(reader=stored.identity, operators_address=ports.operators_address),
                orders=OrdersFactsSource(reader=stored.orders),
                pages=OrdersPages(links=ports.order_links, base_url=ports.base_url),
                mailer=ports.mailer,
                clock=clock,
                ids=ids,
            ),
            operations.handlers(
                begin=stored.begin_operations,
                reader=stored.operations,
                in_use=in_use,
                outbox=stored.outbox,
                bus=ports.bus,
                clock=clock,
            ),
            webhooks.handlers(
                begin=stored.begin_webhooks,
                events=public_events,
                secrets=ports.webhook_secrets,
                sender=ports.webhook_sender,
                clock=clock,
                ids=ids,
                chance=random.random,
            ),
        ),
        answers=(
            identity_answers,
            catalog.answers(reader=stored.catalog),
            search.answers(
                source=documents,
                index=ports.search_index,
                engine=ports.search_engine,
                standin=ports.search_standin,
            ),
            cart.answers(reader=stored.cart, offers=offers),
            orders.answers(
                reader=stored.orders,
                clock=clock,
                basket=basket,
                quotes=quotes,
                checkout=checkout,
                links=ports.order_links,
                taxes=ports.taxes,
                policy=terms.checkout,
            ),
            payments.answers(
                reader=stored.payments,
                books=stored.books,
                audit=stored.audit,
                goods=goods,
                files=ports.files,
                clock=clock,
                policy=terms.policy,
                provider_books=ports.provider_books,
            ),
            video.answers(reader=stored.video),
            landing.answers(reader=stored.landing, sellers=page_sellers, videos=page_videos, products=page_products),
            notifications.answers(reader=stored.mails),
            operations.answers(reader=stored.operations, in_use=in_use, clock=clock),
            webhooks.answers(reader=stored.webhooks, events=public_events, secrets=ports.webhook_secrets, clock=clock),
        ),
    )


def assemble(
    ports: Ports,
    *,
    observe: Observer = unobserved,
    report: Callable[[str, str, BaseException], None] = _quiet,
) -> Assembled:
    """Wire all contexts over the ports."""
    stored, clock = ports.persistence, ports.clock
    in_use = StoredTerms(
        began_with=TermsOfTrade(policy=ports.policy, checkout=ports.checkout),
        reader=stored.operations,
        clock=clock,
        max_hold=ports.payment_gateway.max_hold,
    )

    async def renewed() -> Tables | None:
        terms = await in_use.changed()
        return None if terms is None else tables(ports, terms, in_use)

    first = tables(ports, in_use.began_with, in_use)
    market = Marketplace(
        handlers=first.handlers,
        answers=first.answers,
        renewed=renewed,
        reactions=(*REACTIONS, *WEBHOOK_REACTIONS),
        timers=(identity.TIMERS, catalog.TIMERS, orders.TIMERS, payments.TIMERS, video.TIMERS, notifications.TIMERS),
        reconciliations=(payments.RECONCILIATIONS, video.RECONCILIATIONS),
        pipeline=Pipeline(
            clock=clock, keys=stored.keys, consumed=stored.consumed, observe=observe, begin=stored.begin_payments
        ),
    )
    couriers = Couriers(market=market, report=report)
    dispatcher = Dispatcher(
        market=market,
        clock=clock,
        outbox=stored.outbox,
        inbox=stored.inbox,
        deadlines=stored.deadlines,
        publisher=ReactingPublisher(market),
        couriers=couriers,
        bus=ports.bus,
        report=report,
    )
    return Assembled(market=market, dispatcher=dispatcher, couriers=couriers, feed=Feed(outbox=stored.outbox))
