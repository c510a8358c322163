"""Our minor units and Stripe's: the same but for a few currencies.

Stripe counts krónur and Ugandan shillings in hundredths that do not exist, and ariary whole where ISO 4217 has
hundredths (Stripe's documentation, "Supported currencies").
"""

from typing import Final

from marketplace_core.kernel.money import Money
from marketplace_core.payments import ProviderRefused

_HUNDREDFOLD: Final = frozenset({"ISK", "UGX"})
_UNLIKE_OURS: Final = frozenset({"MGA"})


def to_stripe(amount: Money) -> tuple[int, str]:
    """Return the amount and currency as Stripe wants them. Raises ``ProviderRefused`` for one it cannot say."""
    if amount.currency in _UNLIKE_OURS:
        raise ProviderRefused(f"{amount.currency} cannot be taken through Stripe.", reason="unsupported_currency")
    factor = 100 if amount.currency in _HUNDREDFOLD else 1
    return amount.amount_minor * factor, amount.currency.lower()


def from_stripe(amount: int, currency: str) -> Money:
    """Return what Stripe says in our words. Raises ``ValueError`` for a part of a unit that cannot be divided."""
    code = currency.upper()
    if code in _UNLIKE_OURS:
        return Money(amount * 100, code)
    whole, rest = divmod(amount, 100) if code in _HUNDREDFOLD else (amount, 0)
    if rest:
        raise ValueError(f"Stripe speaks of a part of one {code}.")
    return Money(whole, code)
