"""What every way to a payment provider must do: the same request twice is one, and answers are what we asked about.

The provider behind the gateways must know the published test cards. ``Counter`` is how the tests behave as the buyer.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest
from attrs import frozen

from marketplace_core.kernel.errors import InvalidInput
from marketplace_core.kernel.ids import OrderId, PaymentId, PayoutId, SellerId
from marketplace_core.kernel.inbox import InvalidSignature, ProviderMessages
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.work import transaction_open
from marketplace_core.payments import BankState, PaymentState, ProviderPayment, ProviderRefused, UnknownAtProvider
from marketplace_core.payments.ports import PaymentGateway, PaymentRequest, PayoutGateway, TransferRequest
from marketplace_core.testing.clock import FrozenClock

SUCCEEDS: Final = "4242424242424242"
DECLINES: Final = "4000000000000002"
LACKS_FUNDS: Final = "4000000000009995"
ASKS_THE_BUYER: Final = "4000000000003220"
SUCCEEDS_LATE: Final = "4000000000000077"
ADA: Final = SellerId("sel_ada")
LATE: Final = timedelta(minutes=10)
"""Longer than any test provider takes for a late success or a bank payout."""


@frozen(kw_only=True)
class ProviderGround:
    """A provider under test, empty: its gateways, its clock, and the buyer's browser.

    ``show_card(payment, card)`` tries to pay; ``answer_bank(payment, approve)`` answers the bank's question.
    """

    payments: PaymentGateway
    payouts: PayoutGateway
    clock: FrozenClock
    show_card: Callable[[ProviderPayment, str], Awaitable[None]]
    answer_bank: Callable[[ProviderPayment, bool], Awaitable[None]]


def a_request(payment_id: str = "pay_1", amount_minor: int = 10_000) -> PaymentRequest:
    """Ask for a payment."""
    return PaymentRequest(
        payment_id=PaymentId(payment_id), order_id=OrderId("ord_1"), amount=Money(amount_minor, "EUR")
    )


class PaymentGatewayConformance:
    """Override ``ground``."""

    @pytest.fixture
    def ground(self) -> ProviderGround:
        """Return an empty provider."""
        raise NotImplementedError

    async def _paid_with(self, ground: ProviderGround, card: str) -> ProviderPayment:
        opened = await ground.payments.open(a_request(), key="payment:pay_1:1")
        await ground.show_card(opened, card)
        return await ground.payments.fetch(opened.reference)

    async def test_it_says_who_it_is_and_how_long_it_holds_money(self, ground: ProviderGround) -> None:
        assert ground.payments.provider
        assert ground.payments.max_hold >= timedelta(days=10)

    async def test_a_payment_is_opened_with_our_identifier_and_a_secret_for_the_buyer(
        self, ground: ProviderGround
    ) -> None:
        opened = await ground.payments.open(a_request(), key="payment:pay_1:1")

        assert (opened.payment_id, opened.state) == ("pay_1", PaymentState.CREATED)
        assert (opened.amount, opened.captured) == (Money(10_000, "EUR"), Money(0, "EUR"))
        assert opened.client_secret
        assert opened.fee is None
        assert opened.failure_code is None

    async def test_the_same_key_opens_one_payment(self, ground: ProviderGround) -> None:
        first = await ground.payments.open(a_request(), key="payment:pay_1:1")
        second = await ground.payments.open(a_request(), key="payment:pay_1:1")

        assert first.reference == second.reference

    async def test_a_key_used_for_another_request_is_refused(self, ground: ProviderGround) -> None:
        await ground.payments.open(a_request(), key="payment:pay_1:1")

        with pytest.raises(ProviderRefused) as refusal:
            await ground.payments.open(a_request(amount_minor=9_999), key="payment:pay_1:1")

        assert refusal.value.reason == "idempotency_key_reused"

    async def test_an_unknown_payment_is_unknown(self, ground: ProviderGround) -> None:
        assert await ground.payments.find(PaymentId("pay_none")) is None
        with pytest.raises(UnknownAtProvider):
            await ground.payments.fetch("nothing")
        with pytest.raises(UnknownAtProvider):
            await ground.payments.cancel("nothing", key="cancel:pay_none:1")

    async def test_a_payment_is_found_by_our_identifier(self, ground: ProviderGround) -> None:
        opened = await ground.payments.open(a_request(), key="payment:pay_1:1")
        await ground.payments.open(a_request("pay_2"), key="payment:pay_2:1")

        found = await ground.payments.find(PaymentId("pay_1"))

        assert found is not None
        assert found.reference == opened.reference

    async def test_a_good_card_captures_everything_and_the_fee_is_known(self, ground: ProviderGround) -> None:
        paid = await self._paid_with(ground, SUCCEEDS)

        assert (paid.state, paid.captured) == (PaymentState.CAPTURED, Money(10_000, "EUR"))
        assert paid.fee == Money(165, "EUR")  # 1.4 % of 100.00 and 0.25
        assert paid.attempts == 1

    @pytest.mark.parametrize(("card", "reason"), [(DECLINES, "card_declined"), (LACKS_FUNDS, "insufficient_funds")])
    async def test_a_declined_card_leaves_the_payment_open_for_another(
        self, ground: ProviderGround, card: str, reason: str
    ) -> None:
        declined = await self._paid_with(ground, card)
        await ground.show_card(declined, SUCCEEDS)
        paid = await ground.payments.fetch(declined.reference)

        assert (declined.state, declined.failure_code, declined.attempts) == (PaymentState.CREATED, reason, 1)
        assert declined.captured == Money(0, "EUR")
        assert (paid.state, paid.failure_code, paid.attempts) == (PaymentState.CAPTURED, None, 2)

    async def test_a_card_whose_bank_asks_needs_the_buyers_answer(self, ground: ProviderGround) -> None:
        asked = await self._paid_with(ground, ASKS_THE_BUYER)
        await ground.answer_bank(asked, True)
        paid = await ground.payments.fetch(asked.reference)

        assert asked.state is PaymentState.REQUIRES_ACTION
        assert paid.state is PaymentState.CAPTURED

    async def test_a_buyer_who_says_no_to_the_bank_has_not_paid(self, ground: ProviderGround) -> None:
        asked = await self._paid_with(ground, ASKS_THE_BUYER)
        await ground.answer_bank(asked, False)
        refused = await ground.payments.fetch(asked.reference)

        assert (refused.state, refused.failure_code) == (PaymentState.CREATED, "authentication_failed")

    async def test_a_late_success_is_processing_until_its_time_has_come(self, ground: ProviderGround) -> None:
        processing = await self._paid_with(ground, SUCCEEDS_LATE)
        ground.clock.advance(LATE)
        paid = await ground.payments.fetch(processing.reference)

        assert (processing.state, processing.captured) == (PaymentState.PROCESSING, Money(0, "EUR"))
        assert (paid.state, paid.captured) == (PaymentState.CAPTURED, Money(10_000, "EUR"))

    async def test_an_open_payment_is_cancelled_and_stays_so(self, ground: ProviderGround) -> None:
        opened = await ground.payments.open(a_request(), key="payment:pay_1:1")

        cancelled = await ground.payments.cancel(opened.reference, key="cancel:pay_1:1")
        again = await ground.payments.cancel(opened.reference, key="cancel:pay_1:1")

        assert cancelled.state is again.state is PaymentState.CANCELLED
        assert (await ground.payments.fetch(opened.reference)).state is PaymentState.CANCELLED

    async def test_cancelling_what_was_paid_answers_with_the_paid_payment(self, ground: ProviderGround) -> None:
        paid = await self._paid_with(ground, SUCCEEDS)

        answer = await ground.payments.cancel(paid.reference, key="cancel:pay_1:1")

        assert (answer.state, answer.captured) == (PaymentState.CAPTURED, Money(10_000, "EUR"))

    async def test_cancelling_what_is_being_processed_decides_nothing(self, ground: ProviderGround) -> None:
        processing = await self._paid_with(ground, SUCCEEDS_LATE)

        answer = await ground.payments.cancel(processing.reference, key="cancel:pay_1:1")

        assert answer.state is PaymentState.PROCESSING

    async def test_nothing_is_asked_while_a_transaction_is_open(self, ground: ProviderGround) -> None:
        with transaction_open(), pytest.raises(AssertionError):
            await ground.payments.open(a_request(), key="payment:pay_1:1")
        with transaction_open(), pytest.raises(AssertionError):
            await ground.payments.fetch("any")
        with transaction_open(), pytest.raises(AssertionError):
            await ground.payments.find(PaymentId("any"))
        with transaction_open(), pytest.raises(AssertionError):
            await ground.payments.cancel("any", key="any")


class PayoutGatewayConformance:
    """Override ``ground``."""

    @pytest.fixture
    def ground(self) -> ProviderGround:
        """Return an empty provider."""
        raise NotImplementedError

    async def _funded(self, ground: ProviderGround, amount_minor: int = 10_000) -> str:
        """Let a buyer pay and a seller have an account; return the account's reference."""
        opened = await ground.payments.open(a_request(amount_minor=amount_minor), key="payment:pay_1:1")
        await ground.show_card(opened, SUCCEEDS)
        return (await ground.payouts.open_account(ADA, key="account:sel_ada:1")).reference

    @staticmethod
    def _request(account: str, amount_minor: int = 5_780) -> TransferRequest:
        return TransferRequest(payout_id=PayoutId("pyt_1"), account=account, amount=Money(amount_minor, "EUR"))

    async def test_both_gateways_name_the_same_provider(self, ground: ProviderGround) -> None:
        assert ground.payouts.provider == ground.payments.provider

    async def test_an_account_is_opened_once_per_key_and_found_by_our_identifier(self, ground: ProviderGround) -> None:
        nobody = await ground.payouts.find_account(ADA)
        first = await ground.payouts.open_account(ADA, key="account:sel_ada:1")
        second = await ground.payouts.open_account(ADA, key="account:sel_ada:1")

        assert nobody is None
        assert first == second == await ground.payouts.account(first.reference)
        assert await ground.payouts.find_account(ADA) == first
        assert (first.seller_id, first.payouts_enabled) == (ADA, True)

    async def test_what_the_provider_never_heard_of_is_unknown(self, ground: ProviderGround) -> None:
        assert await ground.payouts.find_transfer(PayoutId("pyt_none")) is None
        assert await ground.payouts.find_payout(PayoutId("pyt_none")) is None
        with pytest.raises(UnknownAtProvider):
            await ground.payouts.account("nothing")
        with pytest.raises(UnknownAtProvider):
            await ground.payouts.payout("nothing")

    async def test_what_is_available_is_what_was_paid_less_the_fee(self, ground: ProviderGround) -> None:
        empty = await ground.payouts.available("EUR")
        await self._funded(ground)

        assert empty == Money(0, "EUR")
        assert await ground.payouts.available("EUR") == Money(10_000 - 165, "EUR")
        assert await ground.payouts.available("USD") == Money(0, "USD")

    async def test_a_transfer_moves_money_once_per_key(self, ground: ProviderGround) -> None:
        account = await self._funded(ground)

        first = await ground.payouts.transfer(self._request(account), key="transfer:pyt_1:1")
        second = await ground.payouts.transfer(self._request(account), key="transfer:pyt_1:1")

        assert first == second == await ground.payouts.find_transfer(PayoutId("pyt_1"))
        assert (first.payout_id, first.account, first.amount) == ("pyt_1", account, Money(5_780, "EUR"))
        assert await ground.payouts.available("EUR") == Money(10_000 - 165 - 5_780, "EUR")

    async def test_more_than_there_is_is_refused_and_nothing_moves(self, ground: ProviderGround) -> None:
        account = await self._funded(ground)

        with pytest.raises(ProviderRefused) as refusal:
            await ground.payouts.transfer(self._request(account, 9_836), key="transfer:pyt_1:1")

        assert refusal.value.reason == "insufficient_funds"
        assert await ground.payouts.available("EUR") == Money(9_835, "EUR")

    async def test_a_bank_payout_takes_what_was_transferred_and_arrives_in_time(self, ground: ProviderGround) -> None:
        account = await self._funded(ground)
        await ground.payouts.transfer(self._request(account), key="transfer:pyt_1:1")

        sent = await ground.payouts.pay_out(self._request(account), key="payout:pyt_1:1")
        again = await ground.payouts.pay_out(self._request(account), key="payout:pyt_1:1")
        ground.clock.advance(LATE)
        paid = await ground.payouts.payout(sent.reference)

        assert sent.reference == again.reference
        assert (sent.payout_id, sent.amount) == ("pyt_1", Money(5_780, "EUR"))
        assert sent.state is BankState.IN_TRANSIT
        assert paid.state is BankState.PAID
        assert await ground.payouts.find_payout(PayoutId("pyt_1")) == paid

    async def test_an_account_pays_out_no_more_than_it_has(self, ground: ProviderGround) -> None:
        account = await self._funded(ground)

        with pytest.raises(ProviderRefused) as refusal:
            await ground.payouts.pay_out(self._request(account), key="payout:pyt_1:1")

        assert refusal.value.reason == "insufficient_funds"

    async def test_nothing_is_asked_while_a_transaction_is_open(self, ground: ProviderGround) -> None:
        request = self._request("any")
        for ask in (
            lambda: ground.payouts.open_account(ADA, key="any"),
            lambda: ground.payouts.account("any"),
            lambda: ground.payouts.find_account(ADA),
            lambda: ground.payouts.available("EUR"),
            lambda: ground.payouts.transfer(request, key="any"),
            lambda: ground.payouts.find_transfer(PayoutId("any")),
            lambda: ground.payouts.pay_out(request, key="any"),
            lambda: ground.payouts.payout("any"),
            lambda: ground.payouts.find_payout(PayoutId("any")),
        ):
            with transaction_open(), pytest.raises(AssertionError):
                await ask()


@frozen(kw_only=True)
class MessagesGround:
    """A reader of provider messages under test, and one message about our payment ``pay_1`` signed at ``sent_at``.

    ``signed(body, at)`` signs any body as the provider would; ``foreign`` is a message about nothing of ours.
    """

    messages: ProviderMessages
    headers: Mapping[str, str]
    body: bytes
    sent_at: datetime
    signed: Callable[[bytes, datetime], Mapping[str, str]]


class ProviderMessagesConformance:
    """Override ``ground``."""

    @pytest.fixture
    def ground(self) -> MessagesGround:
        """Return a reader and a message for it."""
        raise NotImplementedError

    def test_a_signed_message_is_read_in_our_words(self, ground: MessagesGround) -> None:
        message = ground.messages.read(ground.headers, ground.body, ground.sent_at)

        assert (message.subject, message.reference) == ("payment", "pay_1")
        assert message.message_id
        assert message.provider
        assert message.raw == ground.body

    def test_the_same_message_keeps_its_identifier(self, ground: MessagesGround) -> None:
        later = ground.sent_at + timedelta(seconds=60)
        first = ground.messages.read(ground.headers, ground.body, ground.sent_at)
        second = ground.messages.read(ground.signed(ground.body, later), ground.body, later)

        assert (first.provider, first.message_id) == (second.provider, second.message_id)

    @pytest.mark.parametrize("offset", [timedelta(seconds=-600), timedelta(seconds=600)])
    def test_an_old_message_and_one_from_the_future_are_refused(
        self, ground: MessagesGround, offset: timedelta
    ) -> None:
        with pytest.raises(InvalidSignature):
            ground.messages.read(ground.headers, ground.body, ground.sent_at + offset)

    def test_a_message_without_a_signature_is_refused(self, ground: MessagesGround) -> None:
        with pytest.raises(InvalidSignature):
            ground.messages.read({}, ground.body, ground.sent_at)

    def test_a_body_changed_by_one_byte_is_refused(self, ground: MessagesGround) -> None:
        with pytest.raises(InvalidSignature):
            ground.messages.read(ground.headers, ground.body.replace(b"pay_1", b"pay_2"), ground.sent_at)

    @pytest.mark.parametrize("garbage", ["x", "t=,v1=", "1.2", "t=1,v1=zz", "\x00", "é", "9" * 5_000])
    def test_a_garbled_signature_is_refused(self, ground: MessagesGround, garbage: str) -> None:
        with pytest.raises(InvalidSignature):
            ground.messages.read(dict.fromkeys(ground.headers, garbage), ground.body, ground.sent_at)

    @pytest.mark.parametrize("body", [b"", b"{}", b"[]", b"null", b"\xff", b"not json", b'{"id": 1}', b"[" * 5_000])
    def test_a_well_signed_body_that_is_no_message_is_refused(self, ground: MessagesGround, body: bytes) -> None:
        headers = ground.signed(body, ground.sent_at)

        with pytest.raises(InvalidInput) as refusal:
            ground.messages.read(headers, body, ground.sent_at)

        assert not isinstance(refusal.value, InvalidSignature)


MIDDAY: Final = datetime(2026, 1, 1, 12, tzinfo=UTC)
