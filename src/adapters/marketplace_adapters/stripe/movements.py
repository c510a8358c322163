"""What moved a balance at Stripe, and what it comes of."""

from typing import Final

from marketplace_adapters.stripe.objects import BalanceTransactionObject, Metadata, StripeObject, Text, Word

_LISTED_OF_PLATFORM: Final = frozenset({"refund", "dispute", "transfer", "transfer_reversal"})
_LISTED_OF_ACCOUNT: Final = frozenset({"refund", "payout"})
"""Sources of balance transactions that stand in a list of their own; a reversal is, to the account, a refund."""


class SourceObject(StripeObject):
    """What a movement comes of; of a charge, the payment or the transfer that it is of."""

    object: Word
    payment_intent: Text | None = None
    source_transfer: Text | None = None
    metadata: Metadata | None = None


class MovementObject(BalanceTransactionObject):
    """One movement of a balance, its source expanded; what Stripe does by itself may have none."""

    type: Word
    source: SourceObject | Text | None = None

    @property
    def is_told_of_the_platform(self) -> bool:
        """Tell whether a list of the platform's has its source."""
        source = self.source
        if not isinstance(source, SourceObject):
            return False
        return source.object in _LISTED_OF_PLATFORM or (source.object == "charge" and source.payment_intent is not None)

    @property
    def is_told_of_an_account(self) -> bool:
        """Tell whether a transfer to the account, its reversal, or the account's bank payouts have its source."""
        source = self.source
        if not isinstance(source, SourceObject):
            return False
        return source.object in _LISTED_OF_ACCOUNT or (source.object == "charge" and source.source_transfer is not None)
