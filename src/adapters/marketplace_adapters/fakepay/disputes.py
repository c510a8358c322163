"""Speaks with FakePay about card disputes."""

from collections.abc import Sequence
from typing import Final, final
from urllib.parse import quote

from attrs import frozen

from marketplace_adapters.fakepay.connection import FakepayConnection
from marketplace_adapters.fakepay.gateway import NAME
from marketplace_adapters.fakepay.money_objects import BalanceTransactionObject, DisputeObject
from marketplace_adapters.fakepay.objects import ListObject
from marketplace_core.kernel.work import outside_transaction
from marketplace_core.payments import ProviderDispute
from marketplace_core.payments.ports import DisputeGateway, Evidence

DISPUTES_LISTED_MAX: Final = 100


@final
@frozen
class FakepayDisputeGateway(DisputeGateway):
    """The provider's disputes over HTTP."""

    connection: FakepayConnection

    @property
    def provider(self) -> str:
        """Its name."""
        return NAME

    async def of_payment(self, payment_reference: str) -> Sequence[ProviderDispute]:
        """List by payment."""
        outside_transaction("disputes.of_payment", only_looks=True)
        found = await self.connection.look(
            "/v1/disputes", ListObject[DisputeObject], payment=payment_reference, limit=DISPUTES_LISTED_MAX
        )
        return [await self._told(one) for one in found.data]

    async def answer(self, evidence: Evidence, *, key: str) -> ProviderDispute:
        """Submit the evidence."""
        outside_transaction("disputes.answer")
        body = {"evidence": evidence.by_subject}
        path = f"{_path(evidence.dispute_reference)}/evidence"
        return await self._told(await self.connection.change(path, DisputeObject, body, key=key))

    async def accept(self, dispute_reference: str, *, key: str) -> ProviderDispute:
        """Accept the dispute."""
        outside_transaction("disputes.accept")
        path = f"{_path(dispute_reference)}/accept"
        return await self._told(await self.connection.change(path, DisputeObject, {}, key=key))

    async def _told(self, dispute: DisputeObject) -> ProviderDispute:
        if dispute.funds != "reinstated":
            return dispute.ours(fee_returned_minor=0)
        # A fee goes back only together with the money, and the dispute itself does not say how much of it did.
        moved = await self.connection.look(
            "/v1/balance-transactions",
            ListObject[BalanceTransactionObject],
            source=dispute.id,
            type="dispute_fee_reversal",
        )
        return dispute.ours(fee_returned_minor=sum(one.net_minor for one in moved.data))


def _path(reference: str) -> str:
    return f"/v1/disputes/{quote(reference, safe='')}"
