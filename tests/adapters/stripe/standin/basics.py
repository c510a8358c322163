"""What the stand-in for Stripe knows and what time does to it: its objects, balances and events.

Time is the test's. Whatever Stripe would do by itself — a slow payment succeeds, a bank is paid, a refund that waited
for money goes — happens when somebody next asks.
"""

from collections.abc import Callable
from copy import deepcopy
from datetime import datetime
from typing import Final

from attrs import define, field

from tests.adapters.stripe.standin import shapes
from tests.adapters.stripe.standin.shapes import Thing

PLATFORM: Final = "acct_platform"


@define(kw_only=True)
class Basics:
    """Everything that Stripe has written down.

    ``holds_refunds`` leaves refunds pending; ``returns_fee`` gives the fee of a won dispute back; ``enables_at_once``
    spares accounts their onboarding; banks take ``bank_seconds``. ``arrivals`` are what transfers and their reversals
    are to the connected accounts: charges and refunds of their own. Fees are whole multiples of ``fee_step``. Accounts
    that have ``left`` are shown to nobody any more.
    """

    clock: Callable[[], datetime]
    enables_at_once: bool = True
    holds_refunds: bool = False
    returns_fee: bool = False
    bank_seconds: int = 60
    fee_step: int = 1
    intents: dict[str, Thing] = field(factory=dict)
    charges: dict[str, Thing] = field(factory=dict)
    refunds: dict[str, Thing] = field(factory=dict)
    disputes: dict[str, Thing] = field(factory=dict)
    accounts: dict[str, Thing] = field(factory=dict)
    transfers: dict[str, Thing] = field(factory=dict)
    reversals: dict[str, Thing] = field(factory=dict)
    payouts: dict[str, tuple[str, Thing]] = field(factory=dict)
    left: set[str] = field(factory=set)
    arrivals: dict[str, Thing] = field(factory=dict)
    movements: dict[str, tuple[str, Thing]] = field(factory=dict)
    events: list[Thing] = field(factory=list)
    _due: list[tuple[int, Callable[[], None]]] = field(factory=list)
    _count: int = 0

    @property
    def now(self) -> int:
        """The time in unix seconds."""
        return int(self.clock().timestamp())

    def name(self, kind: str) -> str:
        """Make an identifier; later ones sort later."""
        self._count += 1
        return f"{kind}_{self._count:016d}"

    def settle(self) -> None:
        """Let everything happen whose time has come."""
        due = [(at, act) for at, act in self._due if at <= self.now]
        self._due = [(at, act) for at, act in self._due if at > self.now]
        for _, act in sorted(due, key=lambda one: one[0]):
            act()

    def balance(self, owner: str, currency: str) -> int:
        """Return what an account has."""
        mine = (one for holder, one in self.movements.values() if holder == owner and one["currency"] == currency)
        return sum(one["net"] for one in mine)

    def tell(self, kind: str, thing: Thing, *, account: str | None = None) -> None:
        """Note an event."""
        told = shapes.event(self.name("evt"), kind, deepcopy(thing), account=account, now=self.now)
        self.events.append(told)

    def move(self, owner: str, kind: str, amount: int, source: Thing, *, fee: int = 0) -> Thing:
        """Change a balance, for what is its source; one without a name is nothing that can be looked up."""
        made = shapes.balance_transaction(
            self.name("txn"),
            kind=kind,
            amount=amount,
            fee=fee,
            currency=source["currency"],
            source=source.get("id"),
            now=self.now,
        )
        self.movements[made["id"]] = (owner, made)
        return made
