"""What happened at the payment provider in memory."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Final, final

from attrs import frozen

from marketplace_core.inmemory.payment_provider import InMemoryPaymentProvider
from marketplace_core.kernel.inbox import ProviderMessage
from marketplace_core.kernel.work import outside_transaction
from marketplace_core.payments.ports import ProviderNews

TURNS: Final = frozenset({"refund.failed", "payout.failed"})


@final
@frozen
class InMemoryProviderNews(ProviderNews):
    """Reads what the provider wrote down to tell, whatever became of the telling."""

    provider_books: InMemoryPaymentProvider

    @property
    def provider(self) -> str:
        """Its name."""
        return self.provider_books.name

    async def since(self, moment: datetime) -> Sequence[ProviderMessage]:
        """Look through all."""
        outside_transaction("news.since", only_looks=True)
        self.provider_books.settle()
        return [
            ProviderMessage(
                provider=self.provider,
                message_id=f"news:{number}",
                type=kind,
                subject=subject,
                reference=reference,
                raw=json.dumps({"type": kind, "reference": reference}).encode(),
            )
            for number, (at, kind, subject, reference) in enumerate(self.provider_books.happened, 1)
            if at >= moment and (subject == "dispute" or kind in TURNS)
        ]
