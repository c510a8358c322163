"""Two sets of books about one lot of money, ours and a payment provider's, and how they differ.

Both are put as rows of one shape. A row is matched by the provider's reference; where we have not heard of one yet, by
our own identifier, which the provider keeps. What never moved money and never will (a payment called off, a refund or
a payout that failed and was tried again) needs no match.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from enum import Enum
from types import MappingProxyType
from typing import Final

from attrs import field, frozen

from marketplace_core.kernel.money import Money
from marketplace_core.payments.domain.states.payment import PaymentState
from marketplace_core.payments.domain.states.payout import PayoutState
from marketplace_core.payments.domain.states.refund import RefundState


class Entry(Enum):
    """What a row is about."""

    PAYMENT = "payment"
    REFUND = "refund"
    DISPUTE = "dispute"
    ACCOUNT = "account"
    TRANSFER = "transfer"
    REVERSAL = "reversal"
    PAYOUT = "payout"
    MOVEMENT = "movement"
    BALANCE = "balance"


LISTED: Final = tuple(entry for entry in Entry if entry not in {Entry.MOVEMENT, Entry.BALANCE})
"""What both books have rows of. Movements are the provider's alone; balances are sums."""


class Kind(Enum):
    """How the books differ."""

    MISSING_THERE = "missing_there"
    PAYMENT_UNKNOWN = "payment_unknown"
    REFUND_UNKNOWN = "refund_unknown"
    DISPUTE_UNKNOWN = "dispute_unknown"
    ACCOUNT_UNKNOWN = "account_unknown"
    TRANSFER_UNKNOWN = "transfer_unknown"
    REVERSAL_UNKNOWN = "reversal_unknown"
    PAYOUT_UNKNOWN = "payout_unknown"
    MOVEMENT_UNKNOWN = "movement_unknown"
    DOUBLED_THERE = "doubled_there"
    OTHER_CURRENCY = "other_currency"
    OTHER_AMOUNT = "other_amount"
    OTHER_STATE = "other_state"
    FEE_DIFFERS = "fee_differs"
    PAYOUT_RETURNED = "payout_returned"
    TRANSFER_WITHOUT_PAYOUT = "transfer_without_payout"
    BALANCE_DIFFERS = "balance_differs"


_UNKNOWN: Final[Mapping[Entry, Kind]] = MappingProxyType({
    Entry.PAYMENT: Kind.PAYMENT_UNKNOWN,
    Entry.REFUND: Kind.REFUND_UNKNOWN,
    Entry.DISPUTE: Kind.DISPUTE_UNKNOWN,
    Entry.ACCOUNT: Kind.ACCOUNT_UNKNOWN,
    Entry.TRANSFER: Kind.TRANSFER_UNKNOWN,
    Entry.REVERSAL: Kind.REVERSAL_UNKNOWN,
    Entry.PAYOUT: Kind.PAYOUT_UNKNOWN,
})  # fmt: skip

ADVICE: Final[Mapping[Kind, str]] = MappingProxyType({
    Kind.MISSING_THERE: "Ask the provider about the reference; until it is found, hold what depends on it.",
    Kind.PAYMENT_UNKNOWN: "Nobody ordered this here: give it back at the provider, or find whose it is.",
    Kind.REFUND_UNKNOWN: "Made at the provider, not here: give the same refund here no second time;"
    " correct the books once it is known whose it is.",
    Kind.DISPUTE_UNKNOWN: "Have it looked at again: its payment is refetched, and the dispute recorded.",
    Kind.ACCOUNT_UNKNOWN: "Not opened by us: see at the provider who opened it; nothing is paid to it.",
    Kind.TRANSFER_UNKNOWN: "Made at the provider, not here: reverse it there, or find the payout it belongs to.",
    Kind.REVERSAL_UNKNOWN: "Made at the provider, not here: find the payout it takes back before the seller is paid.",
    Kind.PAYOUT_UNKNOWN: "Made at the provider, not here: find out who sent it; hold the seller's other payouts.",
    Kind.MOVEMENT_UNKNOWN: "The provider moved it by itself: it has to be entered in the books with its reason.",
    Kind.DOUBLED_THERE: "Moved twice for one thing of ours: take the one back that we do not know.",
    Kind.OTHER_CURRENCY: "Do not touch the money; ask the provider, then correct the books.",
    Kind.OTHER_AMOUNT: "Have it looked at again; if it stays so, ask the provider, then correct the books.",
    Kind.OTHER_STATE: "Have it looked at again: a message was lost or is still on its way.",
    Kind.FEE_DIFFERS: "Have it looked at again; if it stays so, correct the books by the difference.",
    Kind.PAYOUT_RETURNED: "Have it looked at again: the bank sent it back, and it waits to be retried or cancelled.",
    Kind.TRANSFER_WITHOUT_PAYOUT: "The money lies in the seller's account: retry the payout, or cancel it.",
    Kind.BALANCE_DIFFERS: "Settle the rows above first; if it stays, look for a movement that no row tells of.",
})  # fmt: skip
"""What a person does next."""


@frozen(kw_only=True)
class BookRow:
    """One thing in one of the books. ``reference`` is the provider's name of it, ``name`` is ours.

    For a dispute, of which the provider knows no name of ours, ``about`` is its name of the payment.
    """

    entry: Entry
    reference: str | None
    name: str | None
    state: str
    amount: Money | None = None
    fee: Money | None = None
    about: str | None = None


@frozen(kw_only=True)
class ProviderBalances:
    """What is at the provider, by currency: of the platform, and of all sellers with what is on its way to banks."""

    platform: tuple[Money, ...]
    sellers: tuple[Money, ...]


@frozen(kw_only=True)
class Discrepancy:
    """One difference, with the rows of both sides."""

    kind: Kind
    entry: Entry
    ours: BookRow | None
    theirs: BookRow | None
    advice: str = field(init=False)

    @advice.default
    def _next(self) -> str:
        return ADVICE[self.kind]

    @property
    def name(self) -> str:
        """Name it, so that the same difference has the same name the next time."""
        row = self.theirs or self.ours
        assert row is not None
        which = row.reference or row.name or row.about or ""
        currency = f" {row.amount.currency}" if self.entry is Entry.BALANCE and row.amount else ""
        return f"{self.kind.value} {which}{currency}".strip()


@frozen(kw_only=True)
class Books:
    """One side: its rows, and its sums by currency as ``ProviderBalances`` has them."""

    rows: tuple[BookRow, ...]
    balances: ProviderBalances

    def of(self, entry: Entry) -> tuple[BookRow, ...]:
        """Return the rows of one kind."""
        return tuple(row for row in self.rows if row.entry is entry)


_OVER: Final = frozenset({"cancelled", "failed"})
"""What never moved money, or moved it back, wherever it is."""


UNDER_WAY_OR_PAID: Final = frozenset({PayoutState.TRANSFERRING, PayoutState.IN_TRANSIT, PayoutState.PAID})
"""What the bank has of a payout in one of these, or is to have, is the payout's amount; of one that came back, some may
have paid a debt since."""


def payment_state(state: PaymentState, *, captured: bool) -> str:
    """Return how far a payment is, as far as money goes: ``open``, ``captured`` or ``cancelled``."""
    if captured:
        return "captured"
    return "cancelled" if state is PaymentState.CANCELLED else "open"


def refund_state(state: RefundState) -> str:
    """Return how far the money of a refund that was asked for is; ``submitted``: we have no answer yet."""
    return "failed" if state in {RefundState.BOUNCED, RefundState.SETTLED} else state.value


def payout_state(state: PayoutState) -> str:
    """Return how far the money is on its way to the bank; ``transferring``: we have no answer yet."""
    return state.value if state in UNDER_WAY_OR_PAID else "failed"


@frozen(kw_only=True)
class Comparison:
    """What was compared, and where the books differ; nothing found means that both say the same."""

    provider: str
    compared_at: datetime
    our_rows: int
    their_rows: int
    discrepancies: tuple[Discrepancy, ...]


def compare(ours: Books, theirs: Books) -> tuple[Discrepancy, ...]:
    """Return how the books differ, row by row, the sums last; nothing if they say the same."""
    found = [one for entry in LISTED for one in _compared(entry, ours.of(entry), theirs)]
    moved = theirs.of(Entry.MOVEMENT)
    found += [
        Discrepancy(kind=Kind.MOVEMENT_UNKNOWN, entry=Entry.MOVEMENT, ours=None, theirs=movement) for movement in moved
    ]
    return (*found, *_sums("platform", ours.balances.platform, theirs.balances.platform),
            *_sums("sellers", ours.balances.sellers, theirs.balances.sellers))  # fmt: skip


def _compared(entry: Entry, ours: Sequence[BookRow], their_books: Books) -> Iterator[Discrepancy]:
    matched, theirs = _matched(ours, their_books.of(entry))
    for row in ours:
        their_row = matched.get(id(row))
        if their_row is not None:
            yield from _differences(entry, row, their_row)
        elif row.reference is not None:
            transfer = _stranded(row, their_books) if entry is Entry.PAYOUT else None
            kind = Kind.TRANSFER_WITHOUT_PAYOUT if transfer else Kind.MISSING_THERE
            yield Discrepancy(kind=kind, entry=entry, ours=row, theirs=transfer)
    known = {row.name: row for row in ours if row.name is not None}
    for row in theirs:
        if row.state not in _OVER:
            ours_too = known.get(row.name) if row.name is not None else None
            kind = Kind.DOUBLED_THERE if ours_too else _UNKNOWN[entry]
            yield Discrepancy(kind=kind, entry=entry, ours=ours_too, theirs=row)


def _matched(ours: Sequence[BookRow], theirs: Sequence[BookRow]) -> tuple[Mapping[int, BookRow], Sequence[BookRow]]:
    """Return what is theirs of each row of ours, by its id in memory, and what is left of theirs."""
    by_reference = {row.reference: row for row in ours if row.reference is not None}
    unheard: defaultdict[str, list[BookRow]] = defaultdict(list)
    for row in ours:
        if row.reference is None and row.name is not None:
            unheard[row.name].append(row)
    matched: dict[int, BookRow] = {}
    left: list[BookRow] = []
    for row in theirs:
        mine = None if row.reference is None else by_reference.get(row.reference)
        if mine is None and row.name is not None and row.state not in _OVER and unheard[row.name]:
            mine = unheard[row.name].pop()
        if mine is None or id(mine) in matched:
            left.append(row)
        else:
            matched[id(mine)] = row
    return matched, left


def _differences(entry: Entry, ours: BookRow, theirs: BookRow) -> Iterator[Discrepancy]:
    def differs(kind: Kind) -> Discrepancy:
        return Discrepancy(kind=kind, entry=entry, ours=ours, theirs=theirs)

    if ours.amount is not None and theirs.amount is not None:
        if ours.amount.currency != theirs.amount.currency:
            yield differs(Kind.OTHER_CURRENCY)
        elif ours.amount != theirs.amount:
            yield differs(Kind.OTHER_AMOUNT)
    if ours.state != theirs.state:
        returned = entry is Entry.PAYOUT and theirs.state == "failed"
        yield differs(Kind.PAYOUT_RETURNED if returned else Kind.OTHER_STATE)
    elif theirs.fee is not None and ours.fee != theirs.fee:
        yield differs(Kind.FEE_DIFFERS)


def _stranded(payout: BookRow, theirs: Books) -> BookRow | None:
    """Return the transfer whose money neither went on to the bank nor came back."""
    went_on = (row.name for entry in (Entry.PAYOUT, Entry.REVERSAL) for row in theirs.of(entry))
    if payout.name in set(went_on):
        return None
    return next((row for row in theirs.of(Entry.TRANSFER) if row.name == payout.name), None)


def _sums(what: str, ours: Iterable[Money], theirs: Iterable[Money]) -> Iterator[Discrepancy]:
    mine, yours = ({money.currency: money for money in side if money} for side in (ours, theirs))
    for currency in sorted(mine.keys() | yours.keys()):
        nothing = Money.zero(currency)
        rows = [
            BookRow(entry=Entry.BALANCE, reference=None, name=what, state="", amount=side.get(currency, nothing))
            for side in (mine, yours)
        ]
        if rows[0] != rows[1]:
            yield Discrepancy(kind=Kind.BALANCE_DIFFERS, entry=Entry.BALANCE, ours=rows[0], theirs=rows[1])
