"""What buyers and sellers do, as data: purchases, and what comes of them."""

from datetime import timedelta
from enum import Enum

from attrs import frozen

from marketplace_entrypoints.demo.catalogue.values import Person


class Card(Enum):
    """The test cards of the embedded payment provider."""

    GOOD = "4242424242424242"
    DECLINED = "4000000000000002"
    WITHOUT_FUNDS = "4000000000009995"
    ASKS_THE_BANK = "4000000000003220"
    LATE = "4000000000000077"


@frozen(kw_only=True)
class Want:
    """Units of one form of a thing; ``options`` are empty for a thing without any."""

    shop: str
    handle: str
    options: tuple[str, ...] = ()
    quantity: int = 1


@frozen(kw_only=True)
class Pays:
    """The buyer shows a card."""

    after: timedelta
    card: Card = Card.GOOD


@frozen(kw_only=True)
class CallsOff:
    """The buyer cancels the order."""

    after: timedelta


@frozen(kw_only=True)
class Waits:
    """Nobody does anything, and time passes."""

    after: timedelta


@frozen(kw_only=True)
class Ships:
    """The seller hands the parcel to a carrier."""

    after: timedelta
    shop: str
    carrier: str
    tracking: str


@frozen(kw_only=True)
class Arrives:
    """The seller says that the parcel arrived."""

    after: timedelta
    shop: str


@frozen(kw_only=True)
class Receives:
    """The buyer says that the parcel arrived."""

    after: timedelta
    shop: str


@frozen(kw_only=True)
class Freezes:
    """The operator stops the release of the money for a shop's part, and says why."""

    after: timedelta
    shop: str
    reason: str


@frozen(kw_only=True)
class Thaws:
    """The operator takes that reason away again."""

    after: timedelta
    shop: str
    reason: str


@frozen(kw_only=True)
class Recalls:
    """The operator calls back the payout to a shop before it is sent; the next run makes another one."""

    after: timedelta
    shop: str


@frozen(kw_only=True)
class GivesBack:
    """The operator gives some of the whole order back; every shop of it bears its part. In minor units."""

    after: timedelta
    amount_minor: int


@frozen(kw_only=True)
class Disputed:
    """The buyer's bank takes back what was paid to a shop; the operator contests it and wins, or gives it up."""

    after: timedelta
    shop: str
    amount_minor: int
    won: bool


@frozen(kw_only=True)
class BankReturns:
    """The shop's bank sends the payout of its part back; the operator has it paid again."""

    after: timedelta
    shop: str


Deed = (
    GivesBack
    | Disputed
    | BankReturns
    | Pays
    | CallsOff
    | Waits
    | Ships
    | Arrives
    | Receives
    | Freezes
    | Thaws
    | Recalls
)


@frozen(kw_only=True)
class Purchase:
    """An order that is placed some time ago, and what came of it since, in order of time.

    ``becomes`` says in words where it stands in the end. What it comes to is decided by the marketplace alone.
    """

    buyer: Person
    ago: timedelta
    wants: tuple[Want, ...]
    deeds: tuple[Deed, ...] = ()
    becomes: str
