"""The liquidity rule: our balance at the provider covers what is owed to others (money design D11)."""

from collections.abc import Sequence
from typing import Final

from attrs import frozen

from marketplace_core.kernel.money import Money
from marketplace_core.payments.domain.accounts import AccountKind
from marketplace_core.payments.domain.states.hold import HoldState

COVERED: Final = frozenset(
    {
        AccountKind.ESCROW,
        AccountKind.SELLER_PAYABLE,
        AccountKind.SELLER_RESERVE,
        AccountKind.REFUND_PAYABLE,
        AccountKind.BUYER_UNCLAIMED,
    }
)
"""What is owed to buyers and sellers out of the balance. What a payout has claimed counts too until it is sent.

What a network has taken in a dispute is not in the balance any more, nor are the accounts that stand against it.
"""
EARNING: Final = frozenset({HoldState.HELD, HoldState.FROZEN})
"""While a hold of a payment stands so, what the provider kept of that payment is still to be earned."""
CHECK: Final = "liquidity"
"""What a finding of this rule is called."""


@frozen(kw_only=True)
class Cover:
    """What is owed to others in one currency, and what there is at the provider to pay it with."""

    owed: Money
    held: Money

    @property
    def currency(self) -> str:
        """The currency."""
        return self.owed.currency

    @property
    def missing(self) -> Money:
        """How much too little there is; zero if it is enough."""
        short = self.owed - self.held
        return short if short.amount_minor > 0 else Money.zero(self.currency)


def covers(owed: Sequence[Money], *balances: Sequence[Money]) -> tuple[Cover, ...]:
    """Compare what is owed with the balance, currency by currency; of several looks at it the best counts."""
    debts = {one.currency: one for one in owed}
    looks = [{one.currency: one for one in balance} for balance in balances]
    currencies = sorted(debts.keys() | {currency for look in looks for currency in look})
    return tuple(
        Cover(
            owed=debts.get(currency, Money.zero(currency)),
            held=max(
                (look.get(currency, Money.zero(currency)) for look in looks), key=lambda money: money.amount_minor
            ),
        )
        for currency in currencies
    )


def findings(found: Sequence[Cover]) -> tuple[str, ...]:
    """Name what is short, as findings of an audit are named: the check and the currency."""
    return tuple(f"{CHECK} {one.currency}" for one in found if one.missing)
