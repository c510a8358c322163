"""A payment provider in memory: its own books, the test cards, and an answer for every key, driven by the clock.

What it does for a card is what FakePay does; it only has no network. ``pay`` and ``authenticate`` are the buyer's
browser, ``tick`` is the passing of time: what is due happens, and messages go to the inbox.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, Final, TypeVar

from attrs import evolve, field, frozen

from marketplace_core.inmemory.payment_messages import InMemoryProviderMessages
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import PaymentId, PayoutId, RefundId, SellerId
from marketplace_core.kernel.inbox import Inbox
from marketplace_core.kernel.money import Money, portion
from marketplace_core.payments import (
    BankState,
    PaymentState,
    ProviderAccount,
    ProviderPayment,
    ProviderPayout,
    ProviderRefund,
    ProviderRefused,
    ProviderReversal,
    ProviderTransfer,
    RefundProgress,
)
from marketplace_core.payments.ports import PaymentRequest, RefundRequest, ReversalRequest, TransferRequest

NAME: Final = "inmemory"
KEYS_KEPT: Final = timedelta(hours=24)
PLATFORM: Final = "platform"
ResultT = TypeVar("ResultT")


@frozen(kw_only=True)
class _Kept:
    request: object
    answer: Any
    at: datetime


@frozen
class Terms:
    """What the provider charges and how long things take; the fee is in basis points plus a fixed part.

    ``holds_refunds`` leaves refunds pending until it says otherwise.
    """

    fee_bps: int = 140
    fee_fixed_minor: int = 25
    late_success: timedelta = timedelta(seconds=30)
    bank_delay: timedelta = timedelta(0)
    holds_refunds: bool = False


@frozen
class _Due:
    at: datetime
    change: Callable[[], None] = field(eq=False)


class InMemoryPaymentProvider:
    """One provider's books. The gateways in ``payment_gateways`` speak to it."""

    def __init__(self, clock: Clock, *, terms: Terms | None = None, name: str = NAME) -> None:
        self.clock = clock
        self.name = name
        self.terms = terms or Terms()
        self.messages = InMemoryProviderMessages(b"in memory", name)
        self.all_payments: dict[str, ProviderPayment] = {}
        self.accounts: dict[str, ProviderAccount] = {}
        self.transfers: dict[str, ProviderTransfer] = {}
        self.bank_payouts: dict[str, ProviderPayout] = {}
        self.refunds: dict[str, ProviderRefund] = {}
        self.reversals: dict[str, ProviderReversal] = {}
        self.disputed: defaultdict[str, int] = defaultdict(int)
        self.balances: defaultdict[tuple[str, str], int] = defaultdict(int)
        self.pending: defaultdict[str, int] = defaultdict(int)
        """What the platform has put in of its own and cannot use yet, by currency."""
        self._inbox: Inbox | None = None
        self._kept: dict[str, _Kept] = {}
        self._due: list[_Due] = []
        self._refunded: list[tuple[str, str]] = []
        self.happened: list[tuple[datetime, str, str, str]] = []
        self._told = 0
        self._count = 0

    def pay(self, client_secret: str, card: str) -> ProviderPayment:
        """Show a card, as the buyer's browser would; a declined card leaves the payment open for another one.

        Raises ``ProviderRefused`` for a card that is no test card, and once the payment cannot be paid any more.
        """
        payment = self._of_secret(client_secret)
        act = _CARDS.get(card.replace(" ", ""))
        if act is None:
            raise ProviderRefused("Only the published test cards work here.", reason="unknown_test_card")
        if payment.state not in {PaymentState.CREATED, PaymentState.REQUIRES_ACTION}:
            raise ProviderRefused(f"The payment is {payment.state.value}.", reason=f"payment_{payment.state.value}")
        act(self, evolve(payment, attempts=payment.attempts + 1, failure_code=None))
        return self.payment(payment.reference)

    def authenticate(self, client_secret: str, *, approve: bool) -> ProviderPayment:
        """Answer the bank's question, as the buyer would."""
        payment = self._of_secret(client_secret)
        if payment.state is not PaymentState.REQUIRES_ACTION:
            raise ProviderRefused("The bank has asked nothing.", reason="payment_not_awaiting_authentication")
        if approve:
            self.succeed(payment)
        else:
            self.decline(payment, "authentication_failed")
        return self.payment(payment.reference)

    def connect(self, inbox: Inbox) -> None:
        """Say where messages go; until then they are kept."""
        self._inbox = inbox

    async def tick(self) -> int:
        """Let what is due happen and put what was not told yet into the inbox; return how many messages went."""
        self.settle()
        if self._inbox is None:
            return 0
        told = 0
        while self._told < len(self.happened):
            _, kind, subject, reference = self.happened[self._told]
            now = self.clock.now()
            headers, body = self.messages.write(f"msg_{self._told + 1}", kind, subject, reference, now)
            await self._inbox.remember(self.messages.read(headers, body, now), now)
            self._told += 1
            told += 1
        return told

    @property
    def next_due(self) -> datetime | None:
        """When something changes next by the passing of time alone."""
        return min((one.at for one in self._due), default=None)

    def restrict(self, seller_id: SellerId, *, payouts_enabled: bool = False) -> None:
        """Forbid, or allow again, that a seller is paid."""
        for account in list(self.accounts.values()):
            if account.seller_id == seller_id:
                self.accounts[account.reference] = evolve(account, payouts_enabled=payouts_enabled)
                self.tell("account.updated", "payout_account", account.seller_id)

    def settle(self) -> None:
        """Make the changes whose time has come, in the order of their times."""
        now = self.clock.now()
        due = sorted((one for one in self._due if one.at <= now), key=lambda one: one.at)
        self._due = [one for one in self._due if one.at > now]
        for one in due:
            one.change()
        self._try_refunds()

    def once(self, key: str, request: object, run: Callable[[], ResultT]) -> ResultT:
        """Run a change, or give the answer that its key got within the last day. Refusals are answers."""
        kept, now = self._kept.get(key), self.clock.now()
        if kept is not None and now - kept.at < KEYS_KEPT:
            if kept.request != request:
                raise ProviderRefused("The key was used for another request.", reason="idempotency_key_reused")
            if isinstance(kept.answer, ProviderRefused):
                raise kept.answer
            answer: ResultT = kept.answer
            return answer
        try:
            result = run()
        except ProviderRefused as refusal:
            self._kept[key] = _Kept(request=request, answer=refusal, at=now)
            raise
        self._kept[key] = _Kept(request=request, answer=result, at=now)
        return result

    def payment(self, reference: str) -> ProviderPayment:
        """Return a payment as it is now. Raises ``KeyError``."""
        self.settle()
        return self.all_payments[reference]

    def open_payment(self, request: PaymentRequest) -> ProviderPayment:
        """Begin a payment."""
        reference = self._new("pay")
        nothing = Money.zero(request.amount.currency)
        return self._save(
            ProviderPayment(
                reference=reference,
                payment_id=request.payment_id,
                state=PaymentState.CREATED,
                amount=request.amount,
                captured=nothing,
                client_secret=f"{reference}_secret",
            ),
            "payment.created",
        )

    def cancel_payment(self, reference: str) -> ProviderPayment:
        """Make a payment impossible, if it still can be."""
        payment = self.payment(reference)
        if payment.state in {PaymentState.CREATED, PaymentState.REQUIRES_ACTION}:
            return self._save(evolve(payment, state=PaymentState.CANCELLED), "payment.cancelled")
        return payment

    def succeed(self, payment: ProviderPayment) -> None:
        """Take the money."""
        currency = payment.amount.currency
        fee = Money(portion(payment.amount.amount_minor, self.terms.fee_bps) + self.terms.fee_fixed_minor, currency)
        self.balances[PLATFORM, currency] += (payment.amount - fee).amount_minor
        done = evolve(payment, state=PaymentState.CAPTURED, captured=payment.amount, fee=fee, failure_code=None)
        self._save(done, "payment.succeeded")

    def decline(self, payment: ProviderPayment, code: str) -> None:
        """Take nothing; another card may do."""
        self._save(evolve(payment, state=PaymentState.CREATED, failure_code=code), "payment.failed")

    def ask_the_buyer(self, payment: ProviderPayment) -> None:
        """Have the bank ask."""
        self._save(evolve(payment, state=PaymentState.REQUIRES_ACTION), "payment.requires_action")

    def succeed_late(self, payment: ProviderPayment) -> None:
        """Take the money after a while."""
        processing = self._save(evolve(payment, state=PaymentState.PROCESSING), "payment.processing")
        at = self.clock.now() + self.terms.late_success
        self._due.append(_Due(at, lambda: self.succeed(self.all_payments[processing.reference])))

    def open_account(self, seller_id: SellerId) -> ProviderAccount:
        """Open a seller's account."""
        account = ProviderAccount(reference=self._new("acct"), seller_id=seller_id, payouts_enabled=True)
        self.accounts[account.reference] = account
        self.tell("account.created", "payout_account", seller_id)
        return account

    def transfer(self, request: TransferRequest) -> ProviderTransfer:
        """Move money from the platform to an account."""
        self._require_account(request.account)
        self._take(PLATFORM, request.amount)
        self.balances[request.account, request.amount.currency] += request.amount.amount_minor
        made = ProviderTransfer(
            reference=self._new("tr"), payout_id=request.payout_id, account=request.account, amount=request.amount
        )
        self.transfers[made.reference] = made
        return made

    def pay_out(self, request: TransferRequest) -> ProviderPayout:
        """Send money from an account to the bank."""
        self._require_account(request.account)
        self._take(request.account, request.amount)
        made = ProviderPayout(
            reference=self._new("po"), payout_id=request.payout_id, state=BankState.IN_TRANSIT, amount=request.amount
        )
        self.bank_payouts[made.reference] = made
        self.tell("payout.created", "payout", request.payout_id)
        self._due.append(_Due(self.clock.now() + self.terms.bank_delay, lambda: self._arrive(made.reference)))
        return made

    def refund(self, request: RefundRequest) -> ProviderRefund:
        """Send money back to a buyer; what the balance does not reach for waits."""
        payment = self.payment(request.payment_reference)
        gone = sum(
            one.amount.amount_minor
            for one in self._refunds_of(payment.reference)
            if one.state is not RefundProgress.FAILED
        )
        wanted, left = request.amount.amount_minor, payment.captured.amount_minor - gone
        if payment.state is not PaymentState.CAPTURED or wanted > left:
            raise ProviderRefused("More was never taken.", reason="exceeds_remaining")
        if wanted > left - self.disputed[payment.reference]:
            raise ProviderRefused("The buyer's bank has taken this back already.", reason="disputed")
        made = ProviderRefund(
            reference=self._new("re"),
            refund_id=request.refund_id,
            state=RefundProgress.PENDING,
            amount=request.amount,
            pending_reason="processing",
        )
        self.refunds[made.reference] = made
        self._refunded.append((made.reference, payment.reference))
        self.tell("refund.created", "refund", request.refund_id)
        self._try_refunds()
        return self.refunds[made.reference]

    def fail_refund(self, refund_id: RefundId, code: str) -> None:
        """Let a refund fail, or come back that has gone."""
        for refund in list(self.refunds.values()):
            if refund.refund_id == refund_id and refund.state is not RefundProgress.FAILED:
                if refund.state is RefundProgress.SUCCEEDED:
                    self.balances[PLATFORM, refund.amount.currency] += refund.amount.amount_minor
                self._told_refund(evolve(refund, state=RefundProgress.FAILED, pending_reason=None, failure_code=code))

    def withdraw(self, payment_reference: str, amount: Money) -> None:
        """Let the card network take some of a payment back, or give it back if that is below zero.

        Refunds of it that are on their way fail.
        """
        self.disputed[payment_reference] += amount.amount_minor
        self.balances[PLATFORM, amount.currency] -= amount.amount_minor
        for refund in self._refunds_of(payment_reference) if amount.amount_minor > 0 else ():
            if refund.state is RefundProgress.PENDING:
                self.fail_refund(RefundId(refund.refund_id), "charge_for_pending_refund_disputed")

    def reverse(self, request: ReversalRequest) -> ProviderReversal:
        """Take a transfer back."""
        transfer = self.transfers[request.transfer_reference]
        back = sum(one.amount.amount_minor for one in self.reversals.values() if one.payout_id == transfer.payout_id)
        if back + request.amount.amount_minor > transfer.amount.amount_minor:
            raise ProviderRefused("More was never transferred.", reason="reversal_exceeds_transfer")
        self._take(transfer.account, request.amount)
        self.balances[PLATFORM, request.amount.currency] += request.amount.amount_minor
        made = ProviderReversal(
            reference=self._new("trr"),
            reversal_id=request.reversal_id,
            payout_id=request.payout_id,
            amount=request.amount,
        )
        self.reversals[made.reference] = made
        return made

    def return_payout(self, payout_id: PayoutId, code: str) -> None:
        """Let the bank send back what it had taken."""
        for payout in list(self.bank_payouts.values()):
            if payout.payout_id == payout_id and payout.state is BankState.PAID:
                self._come_back(payout, code)

    def _refunds_of(self, payment_reference: str) -> list[ProviderRefund]:
        return [self.refunds[refund] for refund, payment in self._refunded if payment == payment_reference]

    def _told_refund(self, refund: ProviderRefund) -> None:
        self.refunds[refund.reference] = refund
        self.tell(f"refund.{refund.state.value}", "refund", refund.refund_id)

    def _try_refunds(self) -> None:
        for refund in list(self.refunds.values()):
            if refund.state is not RefundProgress.PENDING or self.terms.holds_refunds:
                continue
            if self.balances[PLATFORM, refund.amount.currency] < refund.amount.amount_minor:
                if refund.pending_reason != "insufficient_funds":
                    self._told_refund(evolve(refund, pending_reason="insufficient_funds"))
                continue
            self.balances[PLATFORM, refund.amount.currency] -= refund.amount.amount_minor
            self._told_refund(evolve(refund, state=RefundProgress.SUCCEEDED, pending_reason=None))

    def _come_back(self, payout: ProviderPayout, code: str) -> None:
        account = next(made.account for made in self.transfers.values() if made.payout_id == payout.payout_id)
        self.balances[account, payout.amount.currency] += payout.amount.amount_minor
        self.bank_payouts[payout.reference] = evolve(payout, state=BankState.FAILED, failure_code=code)
        self.tell("payout.failed", "payout", payout.payout_id)

    def fail_payout(self, payout_id: PayoutId, code: str) -> None:
        """Let the bank send a payout back that is under way."""
        for payout in list(self.bank_payouts.values()):
            if payout.payout_id == payout_id and payout.state is BankState.IN_TRANSIT:
                self._come_back(payout, code)

    def _arrive(self, reference: str) -> None:
        payout = self.bank_payouts[reference]
        if payout.state is BankState.IN_TRANSIT:
            self.bank_payouts[reference] = evolve(payout, state=BankState.PAID)
            self.tell("payout.paid", "payout", payout.payout_id)

    def _require_account(self, reference: str) -> None:
        account = self.accounts.get(reference)
        if account is None or not account.payouts_enabled:
            raise ProviderRefused("The account may not be paid.", reason="account_restricted")

    def _take(self, owner: str, amount: Money) -> None:
        if self.balances[owner, amount.currency] < amount.amount_minor:
            raise ProviderRefused("The balance does not reach.", reason="insufficient_funds")
        self.balances[owner, amount.currency] -= amount.amount_minor

    def _of_secret(self, client_secret: str) -> ProviderPayment:
        self.settle()
        for payment in self.all_payments.values():
            if payment.client_secret == client_secret:
                return payment
        raise ProviderRefused("There is no such payment.", reason="payment_not_found")

    def _save(self, payment: ProviderPayment, told: str) -> ProviderPayment:
        self.all_payments[payment.reference] = payment
        self.tell(told, "payment", PaymentId(payment.payment_id))
        return payment

    def tell(self, kind: str, subject: str, reference: str) -> None:
        """Write down that the marketplace is to be told of something; the next tick does."""
        self.happened.append((self.clock.now(), kind, subject, reference))

    def _new(self, prefix: str) -> str:
        self._count += 1
        return f"im_{prefix}_{self._count}"


_CARDS: Final[Mapping[str, Callable[[InMemoryPaymentProvider, ProviderPayment], None]]] = MappingProxyType({
    "4242424242424242": InMemoryPaymentProvider.succeed,
    "4000000000000002": lambda provider, payment: provider.decline(payment, "card_declined"),
    "4000000000009995": lambda provider, payment: provider.decline(payment, "insufficient_funds"),
    "4000000000003220": InMemoryPaymentProvider.ask_the_buyer,
    "4000000000000077": InMemoryPaymentProvider.succeed_late,
})  # fmt: skip
