"""Asks FakePay what happened there: its books tell it, whatever became of its messages."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Final, final

from attrs import frozen

from marketplace_adapters.fakepay.connection import FakepayConnection
from marketplace_adapters.fakepay.gateway import NAME
from marketplace_adapters.fakepay.lists import every
from marketplace_adapters.fakepay.money_objects import BalanceTransactionObject, DisputeObject
from marketplace_core.kernel.inbox import ProviderMessage
from marketplace_core.kernel.work import outside_transaction
from marketplace_core.payments.ports import ProviderNews

_MOVED: Final = {
    "dispute": "dispute",
    "dispute_reversal": "dispute",
    "refund_failure": "refund",
    "payout_failure": "payout",
}
"""Balance transactions that nobody here asked for → what they are about."""


@final
@frozen
class FakepayNews(ProviderNews):
    """Lists the disputes that were opened, and what moved money by itself."""

    connection: FakepayConnection

    @property
    def provider(self) -> str:
        """Its name."""
        return NAME

    async def since(self, moment: datetime) -> Sequence[ProviderMessage]:
        """Read both lists."""
        outside_transaction("news.since", only_looks=True)
        since = int(moment.timestamp())
        found = [
            _message(one.id, "dispute.opened", "dispute", one.reference)
            async for one in every(self.connection, "/v1/disputes", DisputeObject, created_from=since)
        ]
        for kind, subject in _MOVED.items():
            moved = every(
                self.connection, "/v1/balance-transactions", BalanceTransactionObject, type=kind, created_from=since
            )
            found += [
                _message(one.id, f"{subject}.moved", subject, one.reference)
                async for one in moved
                if one.reference is not None
            ]
        return found


def _message(name: str, kind: str, subject: str, reference: str) -> ProviderMessage:
    return ProviderMessage(
        provider=NAME,
        message_id=f"news:{name}",
        type=f"news.{kind}",
        subject=subject,
        reference=reference,
        raw=json.dumps({"id": name, "reference": reference}).encode(),
    )
