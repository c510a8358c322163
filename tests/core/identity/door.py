"""Identity alone behind the one door, in memory, at a moment that stands still."""

from collections.abc import Sequence

from attrs import define, field, frozen

from marketplace_core.app import Marketplace
from marketplace_core.identity import RegisterUser, Session, SignIn
from marketplace_core.identity.handlers import answers, handlers
from marketplace_core.identity.ports import Passwords
from marketplace_core.inmemory.credentials import InMemoryAccessTokens, InMemoryPasswords
from marketplace_core.inmemory.identity import (
    InMemoryGuestTrade,
    InMemoryIdentityReader,
    InMemoryIdentityWork,
    InMemoryShopTrade,
)
from marketplace_core.inmemory.machinery import InMemoryConsumedMessages, InMemoryIdempotencyKeys
from marketplace_core.inmemory.store import Store, StoredEvent, Table
from marketplace_core.kernel.access import ANONYMOUS, Actor, Role
from marketplace_core.kernel.ids import UserId
from marketplace_core.kernel.messages import Event
from marketplace_core.pipeline import Pipeline
from marketplace_core.testing.clock import CountingIds, FrozenClock

PASSWORD = "a long walk by the sea"


@define
class CountedPasswords(Passwords):
    """Real hashing, and a count of the work done."""

    worked: list[str] = field(factory=list)
    _passwords: InMemoryPasswords = field(factory=InMemoryPasswords)
    outdated_prefix: str = "nothing is outdated"

    async def hash(self, password: str) -> str:
        self.worked.append("hash")
        return await self._passwords.hash(password)

    async def verify(self, password: str, password_hash: str | None) -> bool:
        self.worked.append("verify")
        return await self._passwords.verify(password, password_hash)

    def outdated(self, password_hash: str) -> bool:
        return password_hash.startswith(self.outdated_prefix)


@frozen(kw_only=True)
class Identity:
    """What the tests need, and the few steps that all of them share."""

    market: Marketplace
    clock: FrozenClock
    store: Store
    passwords: CountedPasswords
    trade: InMemoryGuestTrade
    shops: InMemoryShopTrade

    @property
    def events(self) -> Sequence[Event]:
        rows: Table[StoredEvent] = self.store.table("outbox")
        return [row.envelope.event for row in rows]

    async def register(self, email: str = "ann@example.org", *, password: str = PASSWORD, name: str = "Ann") -> UserId:
        registered = await self.market.execute(RegisterUser(email=email, password=password, name=name), by=ANONYMOUS)
        assert registered.user_id is not None
        return registered.user_id

    async def sign_in(self, email: str = "ann@example.org", password: str = PASSWORD) -> Session:
        return await self.market.execute(SignIn(email=email, password=password, device="Laptop"), by=ANONYMOUS)


def signed_in(user_id: UserId, *roles: Role) -> Actor:
    """Return a user with these roles beside the buyer's."""
    return Actor(principal=user_id, roles=frozenset({Role.BUYER, *roles}), user_id=user_id)


OPERATOR = Actor(principal="operator", roles=frozenset({Role.OPERATOR}), user_id=UserId("usr_operator"))


def open_identity() -> Identity:
    """Wire identity over an empty store."""
    clock, ids = FrozenClock(), CountingIds()
    store = Store(clock, ids)
    passwords, tokens, trade = CountedPasswords(), InMemoryAccessTokens(), InMemoryGuestTrade()
    shops = InMemoryShopTrade()
    begin = store.begin(InMemoryIdentityWork)
    market = Marketplace(
        handlers=[
            handlers(
                begin=begin, passwords=passwords, access_tokens=tokens, trade=trade, shops=shops, clock=clock, ids=ids
            )
        ],
        answers=[answers(reader=InMemoryIdentityReader(store), access_tokens=tokens, shops=shops, clock=clock)],
        reactions=(),
        timers=(),
        reconciliations=(),
        pipeline=Pipeline(clock=clock, keys=InMemoryIdempotencyKeys(store), consumed=InMemoryConsumedMessages(store)),
    )
    return Identity(market=market, clock=clock, store=store, passwords=passwords, trade=trade, shops=shops)
