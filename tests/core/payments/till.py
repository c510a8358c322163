"""A marketplace that can only handle money: payments in memory, a provider, and time that stands still."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Literal

from attrs import define, field

from marketplace_core.app import Marketplace
from marketplace_core.dispatch import Dispatcher, ReactingPublisher
from marketplace_core.inmemory.audit import InMemoryAudit
from marketplace_core.inmemory.files import InMemoryFileStore
from marketplace_core.inmemory.ledger import InMemoryBooksReader
from marketplace_core.inmemory.machinery import (
    InMemoryConsumedMessages,
    InMemoryDueDeadlines,
    InMemoryIdempotencyKeys,
    InMemoryInbox,
    InMemoryOutbox,
)
from marketplace_core.inmemory.payment_books import InMemoryProviderBooks
from marketplace_core.inmemory.payment_disputes import InMemoryCardNetwork, InMemoryDisputeGateway
from marketplace_core.inmemory.payment_gateways import InMemoryPaymentGateway, InMemoryPayoutGateway
from marketplace_core.inmemory.payment_news import InMemoryProviderNews
from marketplace_core.inmemory.payment_provider import InMemoryPaymentProvider, Terms
from marketplace_core.inmemory.payments import InMemoryPaymentsWork
from marketplace_core.inmemory.payments_reader import InMemoryPaymentsReader
from marketplace_core.inmemory.sold_goods import InMemorySoldGoods
from marketplace_core.inmemory.store import Store, StoredEvent
from marketplace_core.kernel.access import SYSTEM, Actor, Role
from marketplace_core.kernel.ids import OfferId, OrderId, PaymentId, PayoutId, SellerId, SellerOrderId, UserId
from marketplace_core.kernel.inbox import Inbox
from marketplace_core.kernel.messages import Event
from marketplace_core.payments import (
    RECONCILIATIONS,
    TIMERS,
    Account,
    AuditBooks,
    CancelPayment,
    OpenPayment,
    OpenPayoutAccount,
    PaymentPolicy,
    PaymentState,
    Proof,
    ReconcilePayment,
    RequestPayment,
    ScheduleParcel,
    ScheduleRelease,
    Share,
    SweepPayouts,
    answers,
    comparison_of,
    handlers,
)
from marketplace_core.payments.claims import (
    SoldLine,
)
from marketplace_core.payments.ports import DisputeGateway, PaymentGateway, PayoutGateway, ProviderNews
from marketplace_core.pipeline import Pipeline
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.conformance.payment_provider import SUCCEEDS
from marketplace_core.testing.payments import ADA, BOB, BUYER, EUR, a_share, euros

ANN = Actor(principal=BUYER, roles=frozenset({Role.BUYER}), user_id=BUYER)
MALLORY = Actor(principal="usr_mallory", roles=frozenset({Role.BUYER}), user_id=UserId("usr_mallory"))
OPERATOR = Actor(principal="usr_op", roles=frozenset({Role.OPERATOR}), user_id=UserId("usr_op"))
ORDER = OrderId("ord_1")
SHARES = (a_share("sor_ada", ADA, 6_000, 500), a_share("sor_bob", BOB, 3_500))

SOLD = {
    SellerOrderId("sor_ada"): (
        SoldLine(offer_id=OfferId("off_cup"), title="Cup", quantity=3, total=euros(4_500)),
        SoldLine(offer_id=OfferId("off_pot"), title="Pot", quantity=1, total=euros(1_500)),
    ),
    SellerOrderId("sor_bob"): (SoldLine(offer_id=OfferId("off_tea"), title="Tea", quantity=1, total=euros(3_500)),),
}


@define(kw_only=True)
class Desk:
    """Everything that may be done with money, wherever it is kept."""

    clock: FrozenClock
    provider: InMemoryPaymentProvider
    network: InMemoryCardNetwork
    market: Marketplace
    dispatcher: Dispatcher
    failures: list[str] = field(factory=list)

    async def open(self, shares: Sequence[Share] = SHARES, order_id: OrderId = ORDER) -> PaymentId:
        """Open the payment of an order."""
        command = OpenPayment(order_id=order_id, buyer_id=BUYER, currency=EUR, shares=tuple(shares))
        return await self.market.execute(command, by=SYSTEM)

    async def request(self, payment_id: PaymentId) -> str:
        """Have the provider asked; return the buyer's secret."""
        step = await self.market.execute(RequestPayment(payment_id=payment_id), by=ANN)
        assert step.client_secret is not None
        return step.client_secret

    async def show(self, payment_id: PaymentId, card: str = SUCCEEDS) -> PaymentState:
        """Let the buyer pay and come back."""
        self.provider.pay(await self.request(payment_id), card)
        return (await self.market.execute(ReconcilePayment(payment_id=payment_id), by=ANN)).state

    async def paid(self, shares: Sequence[Share] = SHARES, order_id: OrderId = ORDER) -> PaymentId:
        """Open a payment and have it paid."""
        payment_id = await self.open(shares, order_id)
        assert await self.show(payment_id) is PaymentState.CAPTURED
        return payment_id

    async def deliver(self, seller_order_id: str, proof: Proof = Proof.BUYER) -> None:
        """Have a part of an order delivered now."""
        command = ScheduleRelease(
            seller_order_id=SellerOrderId(seller_order_id), proof=proof, delivered_at=self.clock.now()
        )
        await self.market.execute(command, by=SYSTEM)

    async def parcel(
        self, seller_order_id: str, number: int, items: int, expected: int, proof: Proof = Proof.BUYER
    ) -> None:
        """Have one parcel of a part arrive now, worth so much; so much is still to arrive."""
        command = ScheduleParcel(
            seller_order_id=SellerOrderId(seller_order_id),
            number=number,
            items_minor=items,
            expected_minor=expected,
            proof=proof,
            delivered_at=self.clock.now(),
        )
        await self.market.execute(command, by=SYSTEM)

    async def released(self) -> None:
        """Have both parts of a paid order delivered to a buyer who says so."""
        await self.paid()
        await self.deliver("sor_ada")
        await self.deliver("sor_bob")
        await self.settle()

    async def accounts(self, *seller_ids: SellerId) -> None:
        """Open accounts for payouts."""
        for seller_id in seller_ids or (ADA, BOB):
            await self.market.execute(OpenPayoutAccount(seller_id=seller_id, currency=EUR), by=SYSTEM)
        await self.settle()

    async def sweep(self) -> tuple[PayoutId, ...]:
        """Run the payouts."""
        return (await self.market.execute(SweepPayouts(), by=OPERATOR)).payouts

    async def cancel(self, payment_id: PaymentId) -> str:
        """Ask for a cancellation."""
        return (await self.market.execute(CancelPayment(payment_id=payment_id), by=SYSTEM)).value

    async def settle(self) -> None:
        """Let everything that is due now happen; what fails is kept in ``failures``."""
        await self.provider.tick()
        await self.dispatcher.settle()

    async def pass_time(self, **much: float) -> None:
        """Let time go by and what became due happen."""
        self.clock.advance(timedelta(**much))
        await self.settle()

    async def sound(self) -> bool:
        """Tell whether the audit finds nothing."""
        return await self.market.ask(AuditBooks(), by=OPERATOR) == ()


@define(kw_only=True)
class Till(Desk):
    """A desk whose money is kept in memory, where a test may look."""

    store: Store
    files: InMemoryFileStore

    async def balance(self, account: Account) -> int:
        """Return a balance in minor units."""
        async with self.store.begin(InMemoryPaymentsWork)() as work:
            return (await work.ledger.balance(account)).amount_minor

    def events(self, kind: type[Event] = Event) -> list[Any]:
        """Return the stored events of a kind."""
        rows: list[StoredEvent] = self.store.table("outbox").find()
        return [row.envelope.event for row in rows if isinstance(row.envelope.event, kind)]

    def timers(self) -> set[tuple[str, str]]:
        """Return the timers that are set."""
        return {(row.kind, row.subject) for row in self.store.table("deadlines")}


def a_till(
    *,
    policy: PaymentPolicy | None = None,
    terms: Terms | None = None,
    payments: PaymentGateway | None = None,
    payouts: PayoutGateway | None = None,
    disputes: DisputeGateway | None = None,
    provider: InMemoryPaymentProvider | None = None,
    clock: FrozenClock | None = None,
    store: Store | None = None,
    post: Inbox | None = None,
    news: ProviderNews | Literal["its own"] | None = "its own",
) -> Till:
    """Put a till together; gateways may be replaced by ones that fail.

    The provider's messages go to ``post``, or to the inbox; ``news`` is where we ask what happened there.
    """
    clock = clock or FrozenClock()
    ids = CountingIds()
    store = store or Store(clock, ids)
    inbox = InMemoryInbox(store)
    provider = provider or InMemoryPaymentProvider(clock, terms=terms)
    provider.connect(post or inbox)
    network = InMemoryCardNetwork(provider)
    audit, reader, books = InMemoryAudit(store), InMemoryPaymentsReader(store), InMemoryBooksReader(store)
    goods, files = InMemorySoldGoods(SOLD), InMemoryFileStore(clock)
    market = Marketplace(
        handlers=[
            handlers(
                begin=store.begin(InMemoryPaymentsWork),
                payments=payments or InMemoryPaymentGateway(provider),
                payouts=payouts or InMemoryPayoutGateway(provider),
                disputes=disputes or InMemoryDisputeGateway(network),
                goods=goods,
                files=files,
                audit=audit,
                clock=clock,
                ids=ids,
                policy=policy,
                news=InMemoryProviderNews(provider) if news == "its own" else news,
                inbox=inbox,
                compare=comparison_of(books=books, provider_books=InMemoryProviderBooks(network), clock=clock),
            )
        ],
        answers=[
            answers(
                reader=reader,
                books=books,
                audit=audit,
                goods=goods,
                files=files,
                clock=clock,
                policy=policy,
                provider_books=InMemoryProviderBooks(network),
            )
        ],
        reactions=[],
        timers=[TIMERS],
        reconciliations=[RECONCILIATIONS],
        pipeline=Pipeline(
            clock=clock,
            keys=InMemoryIdempotencyKeys(store),
            consumed=InMemoryConsumedMessages(store),
            begin=store.begin(InMemoryPaymentsWork),
        ),
    )
    failures: list[str] = []
    dispatcher = Dispatcher(
        market=market,
        clock=clock,
        outbox=InMemoryOutbox(store),
        inbox=inbox,
        deadlines=InMemoryDueDeadlines(store),
        publisher=ReactingPublisher(market),
        report=lambda kind, name, failure: failures.append(f"{kind} {name}: {failure}"),
    )
    return Till(
        files=files,
        clock=clock,
        store=store,
        provider=provider,
        network=network,
        market=market,
        dispatcher=dispatcher,
        failures=failures,
    )
