"""A payment provider: whom we ask, outside of transactions only, to take and to move money.

Its answers are snapshots of its objects in our words; what they mean is decided by the domain. Every request that
changes something carries a key made of our own identifiers: asking twice with one key is asking once.
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from attrs import field, frozen

from marketplace_core.kernel.ids import OrderId, PaymentId, PayoutId, RefundId, SellerId
from marketplace_core.kernel.inbox import ProviderMessage
from marketplace_core.kernel.money import Money
from marketplace_core.payments.domain.comparison import BookRow, Entry, ProviderBalances
from marketplace_core.payments.domain.dispute import ProviderDispute
from marketplace_core.payments.domain.payment import ProviderPayment
from marketplace_core.payments.domain.payout import ProviderPayout, ProviderReversal, ProviderTransfer
from marketplace_core.payments.domain.refund_parts import ProviderRefund
from marketplace_core.payments.domain.seller_account import ProviderAccount


@frozen(kw_only=True)
class PaymentRequest:
    """What the buyer is to be asked for. The provider keeps ``payment_id`` as its reference to us."""

    payment_id: PaymentId
    order_id: OrderId
    amount: Money = field()


@frozen(kw_only=True)
class RefundRequest:
    """Money to send back to the buyer of a payment; ``payment_reference`` is the provider's name of it.

    The provider keeps ``refund_id`` as its reference to us.
    """

    refund_id: RefundId
    payment_reference: str
    amount: Money


@frozen(kw_only=True)
class PaymentPage:
    """How a buyer pays on a page of ours, whichever provider it is.

    ``script_url`` is a module that defines the element ``<payment-step>``. The page places one with the attributes
    ``reference`` (the provider's identifier of the payment), ``client-secret``, ``return-url``, ``lang``, ``amount``
    (as it is written for people) and, where there is one, ``public-key``. The element asks for what it needs, talks to
    the provider, and sends the browser to ``return-url`` once the provider has taken the payment or works on it; what
    became of it is asked of the provider then, never of the browser.

    ``origins`` are those that the page's security policy has to admit for it: scripts, frames and addresses.
    """

    script_url: str
    public_key: str | None = None
    origins: tuple[str, ...] = ()


class PaymentGateway(Protocol):
    """Takes buyers' money at one payment provider.

    Every method may raise ``ProviderUnavailable``: the caller may repeat the call with the same key later; when it says
    ``ambiguous`` the provider may have acted. ``ProviderRefused`` is a final no to this very request and key.
    """

    @property
    def provider(self) -> str:
        """The provider's name, stored with every row of its money."""
        ...

    @property
    def max_hold(self) -> timedelta:
        """How long the provider lets us hold captured money before it must be paid out or refunded."""
        ...

    async def open(self, request: PaymentRequest, *, key: str) -> ProviderPayment:
        """Ask for a payment and return it with its client secret.

        Raises ``ProviderUnavailable``, ``ProviderRefused``.
        """
        ...

    async def fetch(self, reference: str) -> ProviderPayment:
        """Return the payment as it is now, by the provider's reference.

        Raises ``UnknownAtProvider``, ``ProviderUnavailable``.
        """
        ...

    async def find(self, payment_id: PaymentId) -> ProviderPayment | None:
        """Return the payment that carries our identifier, the oldest if several. Raises ``ProviderUnavailable``."""
        ...

    async def cancel(self, reference: str, *, key: str) -> ProviderPayment:
        """Ask to make the payment impossible and return it as it is after that: the provider's answer wins.

        A payment that has succeeded or is being processed comes back in that state; that is no error. Raises
        ``UnknownAtProvider``, ``ProviderUnavailable``.
        """
        ...

    async def refund(self, request: RefundRequest, *, key: str) -> ProviderRefund:
        """Ask for money to be sent back to the buyer and return the refund as it is then; it may fail later.

        A balance that does not suffice leaves it pending. Raises ``ProviderUnavailable``; ``ProviderRefused`` (nothing
        was sent) with reason ``exceeds_remaining``, ``disputed`` or the provider's own.
        """
        ...

    async def fetch_refund(self, reference: str) -> ProviderRefund:
        """Return a refund as it is now. Raises ``UnknownAtProvider``, ``ProviderUnavailable``."""
        ...

    async def find_refund(self, refund_id: RefundId, *, payment_reference: str | None = None) -> ProviderRefund | None:
        """Return the refund that carries our identifier, the oldest if several. Raises ``ProviderUnavailable``.

        ``payment_reference``, the provider's name of the payment, spares it a search through all refunds.
        """
        ...


@frozen(kw_only=True)
class TransferRequest:
    """Money to move to a seller's account at the provider; the provider keeps ``payout_id`` as its reference to us.

    ``source`` is the provider's name of the payment that all of it comes from, if it comes from one alone: a provider
    that can tie the transfer to it will never send more than was paid.
    """

    payout_id: PayoutId
    account: str
    amount: Money
    source: str | None = None


@frozen(kw_only=True)
class ReversalRequest:
    """A transfer of which so much is to be taken back; ``transfer_reference`` is the provider's name of it.

    The provider keeps ``reversal_id`` as its reference to us: the payout that is given up, or the settlement of a debt.
    """

    reversal_id: str
    payout_id: PayoutId
    transfer_reference: str
    amount: Money


class PayoutGateway(Protocol):
    """Pays sellers at one payment provider. The same errors as ``PaymentGateway``, under the same rules."""

    @property
    def provider(self) -> str:
        """The provider's name."""
        ...

    async def open_account(self, seller_id: SellerId, *, key: str) -> ProviderAccount:
        """Open a seller's account. Raises ``ProviderUnavailable``, ``ProviderRefused``."""
        ...

    async def account(self, reference: str) -> ProviderAccount:
        """Return a seller's account as it is now. Raises ``UnknownAtProvider``, ``ProviderUnavailable``."""
        ...

    async def find_account(self, seller_id: SellerId) -> ProviderAccount | None:
        """Return the account that carries our identifier, the oldest if several. Raises ``ProviderUnavailable``."""
        ...

    async def onboarding_link(self, reference: str, *, return_url: str, refresh_url: str, key: str) -> str:
        """Return an address at the provider where a seller tells it what it wants to know; good once, for minutes.

        It leads back to ``return_url``; once it is no good any more, to ``refresh_url``, where a new one is to be had.
        Raises ``UnknownAtProvider``, ``ProviderUnavailable``, ``ProviderRefused``.
        """
        ...

    async def available(self, currency: str) -> Money:
        """Return what the platform could transfer now. Raises ``ProviderUnavailable``."""
        ...

    async def platform_balances(self) -> Sequence[Money]:
        """Return all that the platform has at the provider, one sum per currency: what can be transferred and what
        is still pending. Below zero when the provider is owed. Raises ``ProviderUnavailable``.
        """
        ...

    async def transfer(self, request: TransferRequest, *, key: str) -> ProviderTransfer:
        """Move money from the platform to a seller's account, at once.

        Raises ``ProviderUnavailable``; ``ProviderRefused`` (no money moved) with reason ``insufficient_funds``,
        ``account_restricted`` or the provider's own.
        """
        ...

    async def find_transfer(self, payout_id: PayoutId, *, account: str | None = None) -> ProviderTransfer | None:
        """Return the transfer made for a payout, if any. Raises ``ProviderUnavailable``.

        ``account``, where it would have gone, spares the provider a search through all transfers.
        """
        ...

    async def pay_out(self, request: TransferRequest, *, key: str) -> ProviderPayout:
        """Send money from a seller's account to the bank. Raises as ``transfer`` does."""
        ...

    async def payout(self, reference: str) -> ProviderPayout:
        """Return a bank payout as it is now. Raises ``UnknownAtProvider``, ``ProviderUnavailable``."""
        ...

    async def find_payout(self, payout_id: PayoutId, *, account: str | None = None) -> ProviderPayout | None:
        """Return the newest bank payout of a payout that has not failed, if any. Raises ``ProviderUnavailable``.

        ``account``, from which it would have been paid, spares the provider a search for it.
        """
        ...

    async def reverse(self, request: ReversalRequest, *, key: str) -> ProviderReversal:
        """Take a transfer, or some of what is left of it, back from a seller's account, at once.

        Raises ``ProviderUnavailable``; ``ProviderRefused`` (nothing moved) with reason ``insufficient_funds`` when the
        account holds less, or the provider's own.
        """
        ...

    async def find_reversal(self, request: ReversalRequest) -> ProviderReversal | None:
        """Return the reversal of the transfer that carries our name of it, if any. Raises ``ProviderUnavailable``."""
        ...


@frozen(kw_only=True)
class Evidence:
    """What is said against a dispute: sentences and what they are about, as the network wants them."""

    dispute_reference: str
    statements: tuple[tuple[str, str], ...]

    @property
    def by_subject(self) -> dict[str, str]:
        """Return what is said about each subject; what is said of one in several statements are paragraphs."""
        said: dict[str, str] = {}
        for about, words in self.statements:
            said[about] = f"{said[about]}\n\n{words}" if about in said else words
        return said

    @property
    def digest(self) -> str:
        """Return the SHA-256, in hexadecimal, of ``by_subject`` as compact JSON in UTF-8 with its keys sorted."""
        canonical = json.dumps(self.by_subject, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(canonical.encode()).hexdigest()


class DisputeGateway(Protocol):
    """Speaks with one payment provider about card disputes. The same errors as ``PaymentGateway``, same rules."""

    @property
    def provider(self) -> str:
        """The provider's name."""
        ...

    async def of_payment(self, payment_reference: str) -> Sequence[ProviderDispute]:
        """Return the disputes about a payment as they are now, the oldest first. Raises ``ProviderUnavailable``."""
        ...

    async def answer(self, evidence: Evidence, *, key: str) -> ProviderDispute:
        """Hand in the evidence and return the dispute as it is then.

        Raises ``UnknownAtProvider``, ``ProviderUnavailable``; ``ProviderRefused`` when it is too late or was done.
        """
        ...

    async def accept(self, dispute_reference: str, *, key: str) -> ProviderDispute:
        """Give a dispute up and return it as it is then. Raises as ``answer`` does."""
        ...


class ProviderBooks(Protocol):
    """Reads one payment provider's own books, all of them. Changes nothing.

    What comes in pages is read to its end; a part of it is never told as all of it.
    """

    @property
    def provider(self) -> str:
        """The provider's name."""
        ...

    async def rows(self, entry: Entry) -> Sequence[BookRow]:
        """Return all that the provider has of one kind, the oldest first.

        Movements are those that no row of another kind tells of, such as a top-up or an adjustment. Of balances there
        are no rows. Raises ``ProviderUnavailable``.
        """
        ...

    async def balances(self) -> ProviderBalances:
        """Return the sums, without what movements of the provider's own came to. Raises ``ProviderUnavailable``."""
        ...


class ProviderNews(Protocol):
    """Tells what happened at one payment provider that nobody here asked for. Changes nothing."""

    @property
    def provider(self) -> str:
        """The provider's name."""
        ...

    async def since(self, moment: datetime) -> Sequence[ProviderMessage]:
        """Return what happened since then as the messages about it would, whether there were any or not.

        Disputes that were opened or moved money, refunds that came back after they had gone, bank payouts that were
        sent back. One thing has one ``message_id``, whenever it is asked for, and none that a message of the provider
        has: a message that was stored and given up must not hide it. Raises ``ProviderUnavailable``.
        """
        ...
