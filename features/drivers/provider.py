"""What goes wrong at the embedded payment provider because a scenario says so."""

from collections.abc import Mapping
from typing import Any

from marketplace_core.kernel.ids import PayoutId
from marketplace_core.payments import DisputeState
from marketplace_entrypoints.composition.bootstrap import OpenMarketplace


async def scripted(opened: OpenMarketplace, path: str, fields: Mapping[str, Any]) -> None:
    """Make something happen: what the provider's README lists under ``/test``."""
    await opened.adapters.payments.script.do(path, fields)


async def dispute_decided(opened: OpenMarketplace, payment_reference: str, *, won: bool) -> None:
    """Let the card network decide the open dispute about a payment."""
    undecided = {DisputeState.NEEDS_RESPONSE, DisputeState.UNDER_REVIEW}
    found = await opened.adapters.payments.disputes.of_payment(payment_reference)
    (dispute,) = [dispute for dispute in found if dispute.state in undecided]
    await scripted(opened, f"disputes/{dispute.reference}/advance", {"status": "won" if won else "lost"})


async def payout_returned(opened: OpenMarketplace, payout_id: str) -> None:
    """Let the bank send back a payout that it was paid. Raises ``KeyError`` if the provider has none to send back."""
    found = await opened.adapters.payments.payouts.find_payout(PayoutId(payout_id))
    if found is None:
        raise KeyError(payout_id)
    await scripted(opened, f"payouts/{found.reference}/return", {"failure_code": "account_closed"})
