"""Asks Stripe what happened there: its balance transactions tell it, whatever became of its events."""

import json
from collections.abc import AsyncIterator, Awaitable, Sequence
from datetime import datetime
from typing import Final, final

import stripe
from attrs import frozen

from marketplace_adapters.stripe.connection import WHOLE, StripeConnection, in_the_name_of
from marketplace_adapters.stripe.gateway import NAME
from marketplace_adapters.stripe.movements import MovementObject, SourceObject
from marketplace_adapters.stripe.objects import (
    PAYOUT_ID,
    REFUND_ID,
    AccountObject,
    DisputeObject,
)
from marketplace_core.kernel.inbox import ProviderMessage
from marketplace_core.kernel.work import outside_transaction
from marketplace_core.payments import ProviderRefused, ProviderUnavailable, UnknownAtProvider
from marketplace_core.payments.ports import ProviderNews

_OF_THE_PLATFORM: Final = ("adjustment", "refund_failure")
_OF_AN_ACCOUNT: Final = ("payout_failure", "payout_cancel")
"""Types of balance transactions that come of what nobody here asked for; a dispute's are adjustments."""


@final
@frozen
class StripeNews(ProviderNews):
    """Lists the disputes that were opened, and what moved money by itself: of the platform, and of every account.

    Accounts are asked one after the other, since Stripe tells nothing of all of them at once.
    """

    connection: StripeConnection

    @property
    def provider(self) -> str:
        """Its name."""
        return NAME

    async def since(self, moment: datetime) -> Sequence[ProviderMessage]:
        """Read all lists."""
        outside_transaction("news.since", only_looks=True)
        try:
            return [one async for one in self._since(int(moment.timestamp()))]
        except (ProviderRefused, UnknownAtProvider) as no:
            raise ProviderUnavailable(f"Stripe does not tell what happened: {no.message}") from no

    async def _since(self, since: int) -> AsyncIterator[ProviderMessage]:
        disputes = self.connection.each(
            lambda services, page: services.disputes.list_async({**page, "created": {"gte": since}}),
            DisputeObject,
            **WHOLE,
        )
        async for dispute in disputes:
            if dispute.payment_intent is not None:
                yield _message(dispute.id, "dispute.opened", "disputed_payment", dispute.payment_intent)
        async for told in self._moved(since, None, _OF_THE_PLATFORM):
            yield told
        accounts = self.connection.each(
            lambda services, page: services.accounts.list_async(page), AccountObject, **WHOLE
        )
        async for account in accounts:
            try:
                of_account = [one async for one in self._moved(since, account.id, _OF_AN_ACCOUNT)]
            except ProviderRefused:
                continue  # an account that has left us meanwhile must not hide what happened to the others
            for told in of_account:
                yield told

    async def _moved(self, since: int, account: str | None, kinds: Sequence[str]) -> AsyncIterator[ProviderMessage]:
        for kind in kinds:

            def ask(
                services: "stripe.V1Services", page: stripe.params.BalanceTransactionListParams, kind: str = kind
            ) -> Awaitable[object]:
                wanted: stripe.params.BalanceTransactionListParams = {
                    "type": kind,
                    "created": {"gte": since},
                    "expand": ["data.source"],
                }
                return services.balance_transactions.list_async({**page, **wanted}, in_the_name_of(account))

            async for moved in self.connection.each(ask, MovementObject, **WHOLE):
                about = _about(moved.source) if isinstance(moved.source, SourceObject) else None
                if about is not None:
                    yield _message(moved.id, moved.type, *about)


def _about(source: SourceObject) -> tuple[str, str] | None:
    ours = source.metadata or {}
    match source.object:
        case "dispute" if source.payment_intent is not None:
            return "disputed_payment", source.payment_intent
        case "refund" if ours.get(REFUND_ID, "").startswith("rfd_"):
            return "refund", ours[REFUND_ID]
        case "payout" if ours.get(PAYOUT_ID, "").startswith("pyt_"):
            return "payout", ours[PAYOUT_ID]
        case _:
            return None


def _message(name: str, kind: str, subject: str, reference: str) -> ProviderMessage:
    return ProviderMessage(
        provider=NAME,
        message_id=f"news:{name}",
        type=f"news.{kind}",
        subject=subject,
        reference=reference,
        raw=json.dumps({"id": name, "reference": reference}).encode(),
    )
