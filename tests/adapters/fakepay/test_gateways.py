"""The gateways to FakePay pass the conformance classes, and read every answer for what it is."""

import json
from collections.abc import AsyncGenerator, Callable
from datetime import datetime
from pathlib import Path

import httpx
import pytest

from marketplace_adapters.fakepay.buyer import FakepayBuyer
from marketplace_adapters.fakepay.connection import FakepayConnection
from marketplace_adapters.fakepay.gateway import FakepayPaymentGateway
from marketplace_adapters.fakepay.payouts import FakepayPayoutGateway
from marketplace_adapters.fakepay.provider.app import create_provider
from marketplace_adapters.fakepay.provider.signature import sign
from marketplace_adapters.fakepay.provider.terms import Terms
from marketplace_adapters.fakepay.webhooks import HEADER, FakepayMessages
from marketplace_core.kernel.ids import PayoutId, SellerId
from marketplace_core.kernel.money import Money
from marketplace_core.payments import ProviderPayment, ProviderRefused, ProviderUnavailable, UnknownAtProvider
from marketplace_core.payments.ports import TransferRequest
from marketplace_core.testing.clock import FrozenClock
from marketplace_core.testing.conformance.payment_provider import (
    MIDDAY,
    MessagesGround,
    PaymentGatewayConformance,
    PayoutGatewayConformance,
    ProviderGround,
    ProviderMessagesConformance,
    a_request,
)
from marketplace_core.testing.conformance.provider_returns import ProviderReturnsConformance

API_KEY = "test-api-key"
SECRET, OLD_SECRET = "new-secret", "old-secret"
Answer = Callable[[httpx.Request], httpx.Response]


class _OverHttp:
    @pytest.fixture
    async def ground(self, tmp_path: Path) -> AsyncGenerator[ProviderGround]:
        clock = FrozenClock()
        app = create_provider(
            tmp_path / "books.sqlite",
            secrets=[SECRET],
            clock=clock.now,
            api_key=API_KEY,
            terms=Terms(bank_delay_seconds=60),
        )
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://fakepay.test") as client:
            connection, buyer = FakepayConnection(client, api_key=API_KEY), FakepayBuyer(client)

            async def show_card(payment: ProviderPayment, card: str) -> None:
                try:
                    await buyer.pay(payment.reference, payment.client_secret or "", card)
                except ProviderRefused:
                    return  # a declined card is what some tests want

            async def answer_bank(payment: ProviderPayment, approve: bool) -> None:
                try:
                    await buyer.authenticate(payment.reference, payment.client_secret or "", approve=approve)
                except ProviderRefused:
                    return

            yield ProviderGround(
                payments=FakepayPaymentGateway(connection),
                payouts=FakepayPayoutGateway(connection),
                clock=clock,
                show_card=show_card,
                answer_bank=answer_bank,
            )
        app.state.provider.close()


class TestFakepayPaymentGateway(_OverHttp, PaymentGatewayConformance):
    pass


class TestFakepayPayoutGateway(_OverHttp, PayoutGatewayConformance):
    pass


class TestFakepayReturns(_OverHttp, ProviderReturnsConformance):
    pass


def an_event(event_id: str = "fp_evt_1", kind: str = "payment", reference: str | None = "pay_1") -> bytes:
    """Write an event as the provider does."""
    thing = {"object": kind, "id": "fp_1"} | ({"reference": reference} if reference else {})
    return json.dumps(
        {"id": event_id, "object": "event", "type": f"{kind}.changed", "created_at": 1, "data": {"object": thing}}
    ).encode()


def signed(body: bytes, at: datetime, secret: str = SECRET) -> dict[str, str]:
    """Sign a body as the provider does."""
    return {HEADER: sign(body, secrets=[secret], timestamp=int(at.timestamp()))}


class TestFakepayMessages(ProviderMessagesConformance):
    @pytest.fixture
    def ground(self) -> MessagesGround:
        return MessagesGround(
            messages=FakepayMessages([SECRET, OLD_SECRET]),
            headers=signed(an_event(), MIDDAY),
            body=an_event(),
            sent_at=MIDDAY,
            signed=signed,
        )


def test_a_message_signed_with_the_secret_that_is_being_replaced_is_read() -> None:
    body = an_event()

    message = FakepayMessages([SECRET, OLD_SECRET]).read(signed(body, MIDDAY, OLD_SECRET), body, MIDDAY)

    assert (message.provider, message.message_id, message.type) == ("fakepay", "fp_evt_1", "payment.changed")


@pytest.mark.parametrize(
    ("kind", "reference", "about"),
    [
        ("payment", "pay_1", ("payment", "pay_1")),
        ("refund", "rfd_1", ("refund", "rfd_1")),
        ("payout", "pyt_1", ("payout", "pyt_1")),
        ("account", "sel_1", ("payout_account", "sel_1")),
        ("transfer", "pyt_1", (None, None)),
        ("payment", "somebody else's", (None, None)),
        ("payment", None, (None, None)),
        ("unheard of", "pay_1", (None, None)),
    ],
)
def test_a_message_about_nothing_of_ours_says_so(
    kind: str, reference: str | None, about: tuple[str | None, str | None]
) -> None:
    body = an_event(kind=kind, reference=reference)

    message = FakepayMessages([SECRET]).read(signed(body, MIDDAY), body, MIDDAY)

    assert (message.subject, message.reference) == about


def gateways(answer: Answer) -> tuple[FakepayPaymentGateway, FakepayPayoutGateway, list[httpx.Request]]:
    """Return gateways to a provider that answers as told, and the requests it got."""
    requests: list[httpx.Request] = []

    def record(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        return answer(request)

    client = httpx.AsyncClient(transport=httpx.MockTransport(record), base_url="http://fakepay.test")
    connection = FakepayConnection(client, api_key=API_KEY)
    return FakepayPaymentGateway(connection), FakepayPayoutGateway(connection), requests


def failing(failure: Exception) -> Answer:
    """Return an answer that never comes."""

    def answer(request: httpx.Request) -> httpx.Response:
        raise failure

    return answer


def refusing(status: int, code: str = "some_code", kind: str = "business_error", **headers: str) -> Answer:
    """Return a refusal as the provider words it."""
    body = {"error": {"type": kind, "code": code, "message": "No."}}
    return lambda request: httpx.Response(status, json=body, headers=headers)


@pytest.mark.parametrize(
    ("answer", "ambiguous"),
    [
        (failing(httpx.ConnectError("refused")), False),
        (failing(httpx.ConnectTimeout("slow")), False),
        (failing(httpx.ReadTimeout("slow")), True),
        (failing(httpx.ReadError("reset")), True),
        (failing(httpx.RemoteProtocolError("garbage")), True),
        (refusing(500), True),
        (refusing(503), True),
        (refusing(429), False),
        (refusing(401), False),
        (refusing(409, kind="idempotency_error"), True),
        (lambda request: httpx.Response(302, headers={"location": "http://elsewhere.test"}), True),
        (lambda request: httpx.Response(201, content=b"<html>"), True),
        (lambda request: httpx.Response(201, json={"id": "fp_1"}), True),
        (lambda request: httpx.Response(201, content=b"[" * 100_000), True),
    ],
    ids=[
        "refused", "connect timeout", "read timeout", "reset", "not http", "500", "503", "429", "401", "in progress",
        "redirect", "html", "half an object", "nested",
    ],
)  # fmt: skip
async def test_a_change_without_a_clear_answer_may_have_happened_unless_it_cannot(
    answer: Answer, ambiguous: bool
) -> None:
    payments, payouts, _ = gateways(answer)
    transfer = TransferRequest(payout_id=PayoutId("pyt_1"), account="acct", amount=Money(100, "EUR"))

    for ask in (
        lambda: payments.open(a_request(), key="payment:pay_1:1"),
        lambda: payouts.transfer(transfer, key="transfer:pyt_1:1"),
        lambda: payouts.pay_out(transfer, key="payout:pyt_1:1"),
    ):
        with pytest.raises(ProviderUnavailable) as unavailable:
            await ask()
        assert unavailable.value.ambiguous is ambiguous


@pytest.mark.parametrize("answer", [failing(httpx.ReadTimeout("slow")), refusing(500)], ids=["timeout", "500"])
async def test_a_question_without_an_answer_has_changed_nothing(answer: Answer) -> None:
    payments, _, _ = gateways(answer)

    with pytest.raises(ProviderUnavailable) as unavailable:
        await payments.fetch("fp_pay_1")

    assert unavailable.value.ambiguous is False


async def test_how_long_to_wait_is_taken_from_the_provider_within_reason() -> None:
    waits = []
    for said in ("30", "86400000", "99999", "soon", ""):
        payments, _, _ = gateways(refusing(429, **{"retry-after": said}))
        with pytest.raises(ProviderUnavailable) as unavailable:
            await payments.fetch("fp_pay_1")
        waits.append(unavailable.value.retry_after_seconds)

    assert waits == [30, 1, 600, 1, 1]


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("balance_insufficient", "insufficient_funds"),
        ("payouts_disabled", "account_restricted"),
        ("something_new", "something_new"),
    ],
)
async def test_a_refusal_is_final_and_says_why_in_our_words(code: str, reason: str) -> None:
    _, payouts, _ = gateways(refusing(409, code))
    request = TransferRequest(payout_id=PayoutId("pyt_1"), account="acct", amount=Money(100, "EUR"))

    for ask in (payouts.transfer, payouts.pay_out):
        with pytest.raises(ProviderRefused) as refusal:
            await ask(request, key="any:key:1")
        assert refusal.value.reason == reason


async def test_a_transfer_to_an_account_that_is_gone_is_refused() -> None:
    _, payouts, _ = gateways(refusing(404, "account_not_found"))

    with pytest.raises(ProviderRefused) as refusal:
        await payouts.transfer(
            TransferRequest(payout_id=PayoutId("pyt_1"), account="acct", amount=Money(100, "EUR")), key="any:key:1"
        )

    assert refusal.value.reason == "account_restricted"


async def test_what_is_not_there_is_unknown() -> None:
    payments, payouts, _ = gateways(refusing(404, "payment_not_found"))

    for ask in (lambda: payments.fetch("fp_1"), lambda: payouts.account("fp_1"), lambda: payouts.payout("fp_1")):
        with pytest.raises(UnknownAtProvider):
            await ask()


async def test_a_refusal_without_a_body_is_still_a_refusal() -> None:
    payments, _, _ = gateways(lambda request: httpx.Response(422, content=b"no"))

    with pytest.raises(ProviderRefused) as refusal:
        await payments.open(a_request(), key="payment:pay_1:1")

    assert refusal.value.reason == "http_422"


async def test_every_change_carries_its_key_and_every_request_the_api_key() -> None:
    payments, payouts, requests = gateways(refusing(422))
    for ask in (
        lambda: payments.open(a_request(), key="payment:pay_1:1"),
        lambda: payments.cancel("fp_1", key="cancel:pay_1:1"),
        lambda: payouts.open_account(SellerId("sel_1"), key="account:sel_1:1"),
    ):
        with pytest.raises(ProviderRefused):
            await ask()

    assert [request.headers["idempotency-key"] for request in requests] == [
        "payment:pay_1:1", "cancel:pay_1:1", "account:sel_1:1",
    ]  # fmt: skip
    assert {request.headers["authorization"] for request in requests} == {f"Bearer {API_KEY}"}


async def test_a_reference_cannot_lead_to_another_address() -> None:
    payments, _, requests = gateways(refusing(404))

    with pytest.raises(UnknownAtProvider):
        await payments.fetch("../accounts/fp_1?x=1")

    assert requests[0].url.raw_path == b"/v1/payments/..%2Faccounts%2Ffp_1%3Fx%3D1"
