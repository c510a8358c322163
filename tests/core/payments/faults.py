"""Gateways that fail on purpose: before the provider heard of it, or after it has acted."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import TypeVar

from attrs import define, field

from marketplace_core.kernel.ids import PaymentId, PayoutId, RefundId, SellerId
from marketplace_core.kernel.money import Money
from marketplace_core.payments import (
    ProviderAccount,
    ProviderPayment,
    ProviderPayout,
    ProviderRefund,
    ProviderReversal,
    ProviderTransfer,
    ProviderUnavailable,
)
from marketplace_core.payments.ports import (
    PaymentGateway,
    PaymentRequest,
    PayoutGateway,
    RefundRequest,
    ReversalRequest,
    TransferRequest,
)

AnswerT = TypeVar("AnswerT")
BEFORE, AFTER = "before", "after"


@define
class Faults:
    """Which calls fail how: a list of ``before`` and ``after`` per method, used up one by one."""

    planned: dict[str, list[str]] = field(factory=dict)
    calls: list[tuple[str, str]] = field(factory=list)

    def plan(self, method: str, *kinds: str) -> None:
        """Let the next calls of a method fail."""
        self.planned.setdefault(method, []).extend(kinds)

    async def through(self, method: str, key: str, call: Callable[[], Awaitable[AnswerT]]) -> AnswerT:
        """Make a call, unless it is to fail; count it."""
        self.calls.append((method, key))
        planned = self.planned.get(method)
        kind = planned.pop(0) if planned else None
        if kind == BEFORE:
            raise ProviderUnavailable("The connection was refused.")
        answer = await call()
        if kind == AFTER:
            raise ProviderUnavailable("The answer was lost.", ambiguous=True)
        return answer

    def count(self, method: str) -> int:
        """Return how often a method was called."""
        return sum(name == method for name, _ in self.calls)


@define
class FaultyPayments(PaymentGateway):
    """A payment gateway whose calls may fail; answers may be changed on the way."""

    real: PaymentGateway
    faults: Faults = field(factory=Faults)
    change: Callable[[ProviderPayment], ProviderPayment] = lambda answer: answer
    change_refund: Callable[[ProviderRefund], ProviderRefund] = lambda answer: answer

    @property
    def provider(self) -> str:
        """The real one's."""
        return self.real.provider

    @property
    def max_hold(self) -> timedelta:
        """The real one's."""
        return self.real.max_hold

    async def open(self, request: PaymentRequest, *, key: str) -> ProviderPayment:
        """Pass it on."""
        return self.change(await self.faults.through("open", key, lambda: self.real.open(request, key=key)))

    async def fetch(self, reference: str) -> ProviderPayment:
        """Pass it on."""
        return self.change(await self.faults.through("fetch", reference, lambda: self.real.fetch(reference)))

    async def find(self, payment_id: PaymentId) -> ProviderPayment | None:
        """Pass it on."""
        return await self.faults.through("find", payment_id, lambda: self.real.find(payment_id))

    async def cancel(self, reference: str, *, key: str) -> ProviderPayment:
        """Pass it on."""
        return self.change(await self.faults.through("cancel", key, lambda: self.real.cancel(reference, key=key)))

    async def refund(self, request: RefundRequest, *, key: str) -> ProviderRefund:
        """Pass it on."""
        answer = await self.faults.through("refund", key, lambda: self.real.refund(request, key=key))
        return self.change_refund(answer)

    async def fetch_refund(self, reference: str) -> ProviderRefund:
        """Pass it on."""
        answer = await self.faults.through("fetch_refund", reference, lambda: self.real.fetch_refund(reference))
        return self.change_refund(answer)

    async def find_refund(self, refund_id: RefundId, *, payment_reference: str | None = None) -> ProviderRefund | None:
        """Pass it on."""
        answer = await self.faults.through(
            "find_refund", refund_id, lambda: self.real.find_refund(refund_id, payment_reference=payment_reference)
        )
        return None if answer is None else self.change_refund(answer)


@define
class FaultyPayouts(PayoutGateway):
    """A payout gateway whose calls may fail; answers may be changed on the way."""

    real: PayoutGateway
    faults: Faults = field(factory=Faults)
    change_transfer: Callable[[ProviderTransfer], ProviderTransfer] = lambda answer: answer
    change_payout: Callable[[ProviderPayout], ProviderPayout] = lambda answer: answer

    @property
    def provider(self) -> str:
        """The real one's."""
        return self.real.provider

    async def open_account(self, seller_id: SellerId, *, key: str) -> ProviderAccount:
        """Pass it on."""
        return await self.faults.through("open_account", key, lambda: self.real.open_account(seller_id, key=key))

    async def account(self, reference: str) -> ProviderAccount:
        """Pass it on."""
        return await self.faults.through("account", reference, lambda: self.real.account(reference))

    async def find_account(self, seller_id: SellerId) -> ProviderAccount | None:
        """Pass it on."""
        return await self.faults.through("find_account", seller_id, lambda: self.real.find_account(seller_id))

    async def onboarding_link(self, reference: str, *, return_url: str, refresh_url: str, key: str) -> str:
        """Pass it on."""
        return await self.faults.through(
            "onboarding_link",
            key,
            lambda: self.real.onboarding_link(reference, return_url=return_url, refresh_url=refresh_url, key=key),
        )

    async def available(self, currency: str) -> Money:
        """Pass it on."""
        return await self.faults.through("available", currency, lambda: self.real.available(currency))

    async def platform_balances(self) -> Sequence[Money]:
        """Pass it on."""
        return await self.faults.through("platform_balances", "", self.real.platform_balances)

    async def transfer(self, request: TransferRequest, *, key: str) -> ProviderTransfer:
        """Pass it on."""
        answer = await self.faults.through("transfer", key, lambda: self.real.transfer(request, key=key))
        return self.change_transfer(answer)

    async def find_transfer(self, payout_id: PayoutId, *, account: str | None = None) -> ProviderTransfer | None:
        """Pass it on."""
        return await self.faults.through(
            "find_transfer", payout_id, lambda: self.real.find_transfer(payout_id, account=account)
        )

    async def pay_out(self, request: TransferRequest, *, key: str) -> ProviderPayout:
        """Pass it on."""
        answer = await self.faults.through("pay_out", key, lambda: self.real.pay_out(request, key=key))
        return self.change_payout(answer)

    async def payout(self, reference: str) -> ProviderPayout:
        """Pass it on."""
        return self.change_payout(await self.faults.through("payout", reference, lambda: self.real.payout(reference)))

    async def find_payout(self, payout_id: PayoutId, *, account: str | None = None) -> ProviderPayout | None:
        """Pass it on."""
        return await self.faults.through(
            "find_payout", payout_id, lambda: self.real.find_payout(payout_id, account=account)
        )

    async def reverse(self, request: ReversalRequest, *, key: str) -> ProviderReversal:
        """Pass it on."""
        return await self.faults.through("reverse", key, lambda: self.real.reverse(request, key=key))

    async def find_reversal(self, request: ReversalRequest) -> ProviderReversal | None:
        """Pass it on."""
        return await self.faults.through("find_reversal", request.reversal_id, lambda: self.real.find_reversal(request))
