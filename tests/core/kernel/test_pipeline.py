"""The door: authorisation, idempotency, retry, exactly-once reactions."""

from typing import Any, ClassVar

import pytest
from attrs import define, field, frozen

from marketplace_core.app import Marketplace
from marketplace_core.inmemory.machinery import InMemoryConsumedMessages, InMemoryIdempotencyKeys
from marketplace_core.inmemory.store import InMemoryWork, Store
from marketplace_core.kernel.access import ANONYMOUS, SYSTEM, Actor, Permission, Role
from marketplace_core.kernel.errors import ConcurrentUpdate, InvalidInput, NotAllowed, NotSignedIn, RuleBroken
from marketplace_core.kernel.ids import EventId, UserId
from marketplace_core.kernel.messages import Command, Envelope, Event, when
from marketplace_core.pipeline import ATTEMPTS_MAX, Pipeline
from marketplace_core.testing.clock import CountingIds, FrozenClock


@frozen(kw_only=True)
class RingBell(Command[int]):
    permission: ClassVar[Permission] = Permission.SIGNED_IN
    times: int = 1


@frozen(kw_only=True)
class RingSecretBell(RingBell):
    secret_result: ClassVar[bool] = True


@frozen(kw_only=True)
class AskOutside(RingBell):
    calls_outside: ClassVar[bool] = True


@frozen(kw_only=True)
class BellHeard(Event):
    times: int


@define
class Bell:
    """Rings in one transaction; may be told to fail first."""

    store: Store
    rung: int = 0
    failures: list[Exception] = field(factory=list)

    async def __call__(self, command: RingBell, by: Actor) -> int:
        async with self.store.begin(InMemoryWork)() as work:
            await work.deadlines.cancel("bell", "none")
            if self.failures:
                raise self.failures.pop()
            self.rung += command.times
        return self.rung


class PowerCut(BaseException):
    pass


class Keys(InMemoryIdempotencyKeys):
    async def complete(self, *arguments: Any, **named: Any) -> None:
        raise PowerCut


ANN = Actor(principal="usr_ann", user_id=UserId("usr_ann"), roles=frozenset({Role.BUYER}))


@pytest.fixture
def bell() -> Bell:
    return Bell(Store(FrozenClock(), CountingIds()))


@pytest.fixture
def market(bell: Bell) -> Marketplace:
    return Marketplace(
        handlers=[{RingBell: bell, RingSecretBell: bell}],
        answers=[],
        reactions=[when(BellHeard, lambda event: (RingBell(times=event.times), RingBell(times=event.times)))],
        timers=[],
        reconciliations=[],
        pipeline=Pipeline(
            clock=bell.store.clock,
            keys=InMemoryIdempotencyKeys(bell.store),
            consumed=InMemoryConsumedMessages(bell.store),
        ),
    )


async def test_nobody_rings_without_saying_who_they_are(market: Marketplace, bell: Bell) -> None:
    with pytest.raises(NotSignedIn):
        await market.execute(RingBell(), by=ANONYMOUS)

    with pytest.raises(NotSignedIn):
        await market.execute_once(RingBell(), by=ANONYMOUS, key="key-00001")

    assert bell.rung == 0


async def test_a_role_that_is_missing_is_refused(market: Marketplace) -> None:
    with pytest.raises(NotAllowed):
        ANN.require(Permission.OPERATOR)


async def test_a_second_request_with_the_same_key_gets_the_first_result(market: Marketplace, bell: Bell) -> None:
    first = await market.execute_once(RingBell(), by=ANN, key="key-00001")

    second = await market.execute_once(RingBell(), by=ANN, key="key-00001")

    assert (first.result, first.replayed, second.result, second.replayed, bell.rung) == (1, False, 1, True, 1)


async def test_a_secret_result_is_not_stored_but_worked_out_again(market: Marketplace, bell: Bell) -> None:
    await market.execute_once(RingSecretBell(), by=ANN, key="key-00001")

    again = await market.execute_once(RingSecretBell(), by=ANN, key="key-00001")

    assert (again.replayed, again.result) == (True, 2)  # this bell does not know repetitions; real handlers must
    assert [claim.outcome.result for claim in bell.store.table("idempotency_keys")] == [None]


async def test_nothing_is_done_whose_key_cannot_be_completed(market: Marketplace, bell: Bell) -> None:
    """A request that is sent again after a crash is carried out once: the work and its key are one transaction."""
    tower = bell.store.table("deadlines")

    async def struck(command: RingBell, by: Actor) -> int:
        async with bell.store.begin(InMemoryWork)() as work:
            await work.deadlines.set("bell", "rung", bell.store.clock.now())
        return 1

    broken = Keys(bell.store)
    pipeline = Pipeline(clock=bell.store.clock, keys=broken, consumed=InMemoryConsumedMessages(bell.store))

    with pytest.raises(PowerCut):
        await pipeline.run_once(struck, RingBell(), ANN, "key-00001")
    assert len(tower) == 0

    with pytest.raises(PowerCut):
        await pipeline.run_once(struck, AskOutside(), ANN, "key-00002")
    assert len(tower) == 1, "what calls outside cannot be one transaction with its key, and must know a repetition"


async def test_a_refusal_of_the_business_is_kept_and_an_invalid_request_is_not(market: Marketplace, bell: Bell) -> None:
    bell.failures = [InvalidInput("later"), RuleBroken("final")]

    with pytest.raises(RuleBroken):
        await market.execute_once(RingBell(), by=ANN, key="key-00001")
    with pytest.raises(RuleBroken) as refusal:
        await market.execute_once(RingBell(), by=ANN, key="key-00001")
    with pytest.raises(InvalidInput):
        await market.execute_once(RingBell(), by=ANN, key="key-00002")

    assert refusal.value.replayed
    assert (await market.execute_once(RingBell(), by=ANN, key="key-00002")).result == 1


async def test_a_concurrent_update_is_tried_again_but_not_for_ever(market: Marketplace, bell: Bell) -> None:
    bell.failures = [ConcurrentUpdate("again")] * (ATTEMPTS_MAX - 1)
    assert await market.execute(RingBell(), by=ANN) == 1

    bell.failures = [ConcurrentUpdate("again")] * ATTEMPTS_MAX
    with pytest.raises(ConcurrentUpdate):
        await market.execute(RingBell(), by=ANN)


async def test_an_event_that_arrives_twice_has_its_effects_once(market: Marketplace, bell: Bell) -> None:
    envelope = Envelope(
        event_id=EventId("evt_1"),
        event=BellHeard(times=3),
        aggregate_type="Bell",
        aggregate_id="b",
        sequence=1,
        occurred_at=bell.store.clock.now(),
        actor="system",
    )

    await market.react(envelope)
    await market.react(envelope)

    assert bell.rung == 6  # two commands in the reaction, each once


async def test_two_handlers_for_one_command_are_refused_at_the_start(bell: Bell) -> None:
    handlers: list[dict[Any, Any]] = [{RingBell: bell}, {RingBell: bell}]

    with pytest.raises(InvalidInput):
        Marketplace(handlers=handlers, answers=[], reactions=[], timers=[], reconciliations=[], pipeline=None)  # type: ignore[arg-type]


async def test_the_system_may_everything(market: Marketplace) -> None:
    assert all(SYSTEM.may(permission) for permission in Permission)
