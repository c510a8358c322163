"""What goes wrong at the embedded payment provider because a scenario says so."""

from collections.abc import Mapping
from typing import Any

from marketplace_core.kernel.ids import PayoutId
from marketplace_entrypoints.composition.bootstrap import OpenMarketplace


async def scripted(opened: OpenMarketplace, path: str, fields: Mapping[str, Any]) -> None:
    """Make something happen: what the provider's README lists under ``/test``."""
    await opened.adapters.payments.script.do(path, fields)


async def payout_returned(opened: OpenMarketplace, payout_id: str) -> None:
    """Let the bank send back a payout that it was paid."""
    found = await opened.adapters.payments.payouts.find_payout(PayoutId(payout_id))
    await scripted(opened, f"payouts/{found.reference}/return", {"failure_code": "account_closed"})
