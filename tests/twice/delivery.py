"""A plugin for pytest that has everything come twice while the features are told to the core.

Every event, every message of a provider and every deadline is handled, and handled again at once: under the same name
and, where it has one, under another. What the second and the third time change is written down, with what was seen at
all, into the file that ``MARKETPLACE_TWICE_SEEN`` names.
"""

import json
import os
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any, Final

import attrs
import pytest
from attrs import define, evolve, field

from features.drivers import core_door, core_money
from marketplace_core.app import Marketplace
from marketplace_core.bridges.reactions import REACTIONS
from marketplace_core.bridges.webhooks_for_notifications import WEBHOOK_REACTIONS
from marketplace_core.dispatch import Dispatcher, ReactingPublisher
from marketplace_core.inmemory import marketplace as memory
from marketplace_core.inmemory.marketplace import InMemoryMarketplace
from marketplace_core.inmemory.store import Store
from marketplace_core.kernel.deadlines import Deadline
from marketplace_core.kernel.ids import EventId
from marketplace_core.kernel.inbox import ProviderMessage
from marketplace_core.kernel.messages import Envelope

SEEN: Final = "MARKETPLACE_TWICE_SEEN"
MACHINERY: Final = frozenset({"consumed_messages", "idempotency_keys", "outbox", "provider_messages"})
"""What only makes things happen. Of the outbox it counts how many events there are."""

seen: Final[Counter[str]] = Counter()
changed: Final[defaultdict[str, set[str]]] = defaultdict(set)


def plain(value: Any) -> Any:
    """Return a value as something that can be compared, whatever its classes say about equality."""
    if attrs.has(type(value)):
        names = (
            one.name for one in attrs.fields(type(value)) if one.name != "version"
        )  # it counts how often it is saved
        return {name: plain(getattr(value, name)) for name in names}
    if isinstance(value, Mapping):
        return {repr(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return value


@define
class World:
    """Everything that must stay as it is when something comes again: ours, the provider's, what was sent."""

    store: Store
    opened: InMemoryMarketplace

    def says(self) -> dict[str, Any]:
        """Return all of it, by name."""
        tables = {name: table for name, table in self.store._tables.items() if name not in MACHINERY}
        provider = self.opened.provider
        return {
            **{name: plain(table._rows) for name, table in tables.items()},
            "events": len(self.store.table("outbox")),
            "mails that were sent": len(self.opened.mailer.delivered),
            "what programs were told": len(self.opened.webhook_sender.posted),
            "the provider's payments": plain(provider.all_payments),
            "the provider's refunds": plain(provider.refunds),
            "the provider's transfers": plain(provider.transfers),
            "the provider's reversals": plain(provider.reversals),
            "the provider's payouts": plain(provider.bank_payouts),
            "the provider's accounts": plain(provider.accounts),
            "the provider's balances": plain(provider.balances),
        }


@define
class Twice:
    """The door as the dispatcher sees it; whatever it brings is brought again."""

    market: Marketplace
    world: World = field(init=False)

    async def react(self, envelope: Envelope) -> None:
        """Have an event twice, and once more under another name."""
        await self.market.react(envelope)
        if any(
            one.commands(envelope.event)
            for one in (*REACTIONS, *WEBHOOK_REACTIONS)
            if one.event_type is type(envelope.event)
        ):
            anew = evolve(envelope, event_id=EventId(f"{envelope.event_id}-anew"))
            name = f"event {type(envelope.event).__name__}"
            await self._again(name, lambda: self.market.react(envelope), lambda: self.market.react(anew))

    async def reconcile(self, message: ProviderMessage) -> None:
        """Have a message twice; another name makes no difference here."""
        await self.market.reconcile(message)
        if message.subject is not None:
            await self._again(f"message {message.subject}", lambda: self.market.reconcile(message))

    async def fire(self, deadline: Deadline) -> None:
        """Have a deadline twice."""
        await self.market.fire(deadline)
        await self._again(f"deadline {deadline.kind}", lambda: self.market.fire(deadline))

    async def _again(self, name: str, *ways: Callable[[], Awaitable[None]]) -> None:
        seen[name] += 1
        before = self.world.says()
        for way in ways:
            try:
                await way()
            except Exception as failure:  # noqa: BLE001 - told with the rest
                changed[name].add(f"raised {failure!r}")
            after = self.world.says()
            changed[name] |= {
                f"{part}: {before.get(part)} became {after.get(part)}"
                for part in before.keys() | after.keys()
                if before.get(part) != after.get(part)
            }
            before = after


def open_twice(*arguments: Any, **named: Any) -> InMemoryMarketplace:
    """Open a marketplace in memory where everything comes twice."""
    made: list[Store] = []

    class Caught(Store):
        def __init__(self, *given: Any) -> None:
            super().__init__(*given)
            made.append(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(memory, "Store", Caught)
        opened = memory.open_marketplace(*arguments, **named)
    twice: Any = Twice(opened.market)
    dispatcher: Dispatcher = evolve(opened.dispatcher, market=twice, publisher=ReactingPublisher(twice))
    doubled = evolve(opened, dispatcher=dispatcher)
    twice.world = World(made[0], doubled)
    return doubled


def pytest_configure(config: pytest.Config) -> None:
    """Put it in place of the door to memory."""
    core_door.open_marketplace = open_twice  # type: ignore[attr-defined]
    core_money.open_marketplace = open_twice  # type: ignore[attr-defined]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the other doors out."""
    items[:] = [item for item in items if "[core" in item.name or "twice" in item.nodeid]


def pytest_sessionfinish() -> None:
    """Write down what was seen."""
    told = {"seen": dict(seen), "changed": {name: sorted(found) for name, found in changed.items() if found}}
    Path(os.environ[SEEN]).write_text(json.dumps(told))
