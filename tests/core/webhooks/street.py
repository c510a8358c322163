"""A marketplace in memory with two shops whose programs want to hear of things."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from attrs import define, field

from marketplace_core.delivering import Couriers
from marketplace_core.identity import (
    ApproveSeller,
    IdentifyUser,
    OpenShop,
    RegisterUser,
    ReinstateSeller,
    SuspendSeller,
)
from marketplace_core.inmemory import InMemoryMarketplace, open_marketplace
from marketplace_core.inmemory.webhooks import Posted
from marketplace_core.kernel.access import ANONYMOUS, SYSTEM, Actor, Role
from marketplace_core.kernel.ids import EndpointId, SellerId
from marketplace_core.kernel.messages import Command
from marketplace_core.notifications.ports import OutgoingMail
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.webhooks import (
    DeliveryView,
    EndpointNotFound,
    EndpointView,
    ListDeliveries,
    MakeEndpoint,
    ViewDelivery,
    ViewEndpoint,
)
from marketplace_core.webhooks.ports import Answer

ADA, BOB = "Ada", "Bob"
URL: Final = "https://teas.example/hooks"
OPERATOR: Final = Actor(principal="operator:test", roles=frozenset({Role.OPERATOR}))


@define(kw_only=True)
class Street:
    """Two shops, and what their programs were sent. ``None`` in place of a name is an operator."""

    market: InMemoryMarketplace
    clock: FrozenClock
    people: dict[str | None, Actor] = field(factory=lambda: {None: OPERATOR})

    @classmethod
    async def opened(cls) -> "Street":
        """Open it."""
        clock = FrozenClock()
        street = cls(market=open_marketplace(clock=clock, ids=CountingIds()), clock=clock)
        for name in (ADA, BOB):
            email = f"{name.lower()}@example.org"
            await street.do(
                RegisterUser(email=email, name=name, password="correct horse battery", locale="en"), ANONYMOUS
            )
            by = await street.market.market.ask(IdentifyUser(user=email), by=SYSTEM)
            opened = await street.do(
                OpenShop(name=f"{name}s", slug=f"{name.lower()}s-shop", country="DE", currency="EUR"), by
            )
            await street.do(ApproveSeller(seller_id=opened.seller_id), OPERATOR)
            street.people[name] = await street.market.market.ask(IdentifyUser(user=email), by=SYSTEM)
        await street.settle()
        return street

    def by(self, who: str | Actor | None) -> Actor:
        """Return somebody."""
        return who if isinstance(who, Actor) else self.people[who]

    def shop(self, who: str) -> SellerId:
        """Return whose shop it is."""
        return self.people[who].own_seller

    async def do(self, command: Command[Any], who: str | Actor | None) -> Any:
        """Have something done."""
        return await self.market.market.execute(command, by=self.by(who))

    async def ask(self, query: Any, who: str | Actor | None) -> Any:
        """Ask something."""
        return await self.market.market.ask(query, by=self.by(who))

    async def say(self, message: Any, who: str | Actor | None) -> Any:
        """Do or ask."""
        return await (self.do if isinstance(message, Command) else self.ask)(message, who)

    async def settle(self) -> None:
        """Let everything happen that is due."""
        await self.market.settle()

    async def wait(self, **length: float) -> None:
        """Let time go by, in as many steps as there are things to do."""
        end = self.clock.now() + timedelta(**length)
        while True:
            await self.settle()
            now = self.clock.now()
            due = [one.next_at for one in await self._queued() if one.next_at is not None and now < one.next_at <= end]
            if not due:
                break
            self.clock.advance(min(due) - self.clock.now())
        self.clock.advance(end - self.clock.now())
        await self.settle()

    async def endpoint(self, who: str | None, **asked: Any) -> EndpointId:
        """Make an endpoint."""
        seller_id = None if who is None else self.shop(who)
        command = MakeEndpoint(**{"seller_id": seller_id, "url": URL, **asked})
        made: EndpointId = await self.do(command, who)
        return made

    async def view(self, endpoint_id: EndpointId) -> EndpointView:
        """Look at an endpoint."""
        found: EndpointView = await self.ask(ViewEndpoint(endpoint_id=endpoint_id), None)
        return found

    async def log(self, endpoint_id: EndpointId) -> Sequence[DeliveryView]:
        """Look at what was sent to it."""
        found: Sequence[DeliveryView] = (await self.ask(ListDeliveries(endpoint_id=endpoint_id), None)).items
        return found

    async def suspend(self, who: str, *, settle: bool = True) -> None:
        """Have something happen to a shop."""
        await self.do(SuspendSeller(seller_id=self.shop(who), reason="because"), OPERATOR)
        if settle:
            await self.settle()

    async def reinstate(self, who: str, *, settle: bool = True) -> None:
        """Have something else happen to it."""
        await self.do(ReinstateSeller(seller_id=self.shop(who)), OPERATOR)
        if settle:
            await self.settle()

    def answers(self, url: str, *outcomes: Answer | Exception) -> None:
        """Have a program answer so, and well after that."""
        self.market.webhook_sender.outcomes[url] = list(outcomes)

    @property
    def posted(self) -> Sequence[Posted]:
        """What was sent."""
        return self.market.webhook_sender.posted

    def mails(self, who: str, about: str) -> list[OutgoingMail]:
        """Return what was written to somebody about something."""
        delivered = self.market.mailer.delivered
        return [one for one in delivered if one.address.startswith(who.lower()) and about in one.subject.lower()]

    @staticmethod
    def sent_at(post: Posted) -> datetime:
        """Return when it was sent."""
        return datetime.fromtimestamp(int(post.headers["webhook-timestamp"]), UTC)

    async def under_way(self) -> Counter[str]:
        """Count the attempts under way by their addresses."""
        couriers = self.market.dispatcher.couriers
        assert isinstance(couriers, Couriers)
        counted: Counter[str] = Counter()
        for delivery_id in list(couriers._under_way):
            delivery: DeliveryView = await self.ask(ViewDelivery(delivery_id=delivery_id), None)
            counted[(await self.view(delivery.endpoint_id)).url] += 1
        return counted

    async def _queued(self) -> list[DeliveryView]:
        found: list[DeliveryView] = []
        for number in range(1, 40):
            try:
                found += await self.log(EndpointId(f"whe_{number:04d}"))
            except EndpointNotFound:
                continue
        return found
