"""The gateways to FakePay read every answer for what it is."""

import json
from collections.abc import Callable

import httpx
import pytest
from attrs import evolve
from pydantic import BaseModel

from marketplace_adapters.fakepay.connection import FakepayConnection
from marketplace_adapters.fakepay.disputes import FakepayDisputeGateway
from marketplace_adapters.fakepay.gateway import FakepayPaymentGateway
from marketplace_adapters.fakepay.payouts import FakepayPayoutGateway
from marketplace_core.kernel.ids import PayoutId, RefundId, SellerId
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.tracing import spanning
from marketplace_core.payments import ProviderRefused, ProviderUnavailable, UnknownAtProvider
from marketplace_core.payments.ports import Evidence, RefundRequest, ReversalRequest, TransferRequest
from marketplace_core.testing.conformance.payment_provider import a_request

API_KEY = "test-api-key"
A_REFUND = RefundRequest(refund_id=RefundId("rfd_1"), payment_reference="fp_pay_1", amount=Money(100, "EUR"))
A_REVERSAL = ReversalRequest(
    reversal_id="pyt_1", payout_id=PayoutId("pyt_1"), transfer_reference="fp_tr_1", amount=Money(100, "EUR")
)
SOME_EVIDENCE = Evidence(
    dispute_reference="fp_dp_1",
    statements=(("shipping", "It was sent."), ("text", "Thanks."), ("shipping", "It arrived.")),
)
Answer = Callable[[httpx.Request], httpx.Response]


def a_connection(answer: Answer) -> tuple[FakepayConnection, list[httpx.Request]]:
    """Return a connection to a provider that answers as told, and the requests it got."""
    requests: list[httpx.Request] = []

    def record(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        return answer(request)

    client = httpx.AsyncClient(transport=httpx.MockTransport(record), base_url="http://fakepay.test")
    return FakepayConnection(client, api_key=API_KEY), requests


def gateways(answer: Answer) -> tuple[FakepayPaymentGateway, FakepayPayoutGateway, list[httpx.Request]]:
    """Return gateways to a provider that answers as told, and the requests it got."""
    connection, requests = a_connection(answer)
    return FakepayPaymentGateway(connection), FakepayPayoutGateway(connection), requests


def disputes_at(answer: Answer) -> tuple[FakepayDisputeGateway, list[httpx.Request]]:
    """Return the gateway to the disputes of such a provider, and the requests it got."""
    connection, requests = a_connection(answer)
    return FakepayDisputeGateway(connection), requests


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
    disputes, _ = disputes_at(answer)
    transfer = TransferRequest(payout_id=PayoutId("pyt_1"), account="acct", amount=Money(100, "EUR"))

    for ask in (
        lambda: payments.open(a_request(), key="payment:pay_1:1"),
        lambda: payouts.transfer(transfer, key="transfer:pyt_1:1"),
        lambda: payouts.pay_out(transfer, key="payout:pyt_1:1"),
        lambda: payments.refund(A_REFUND, key="refund:rfd_1:1"),
        lambda: payouts.reverse(A_REVERSAL, key="reversal:pyt_1:1"),
        lambda: disputes.answer(SOME_EVIDENCE, key="evidence:dsp_1:1"),
        lambda: disputes.accept("fp_dp_1", key="accept:dsp_1:1"),
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
        ("transfers_disabled", "account_restricted"),
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


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("refund_exceeds_remaining", "exceeds_remaining"),
        ("payment_disputed", "disputed"),
        ("payment_not_captured", "payment_not_captured"),
    ],
)
async def test_a_refused_refund_says_why_in_our_words(code: str, reason: str) -> None:
    payments, _, _ = gateways(refusing(409, code))

    with pytest.raises(ProviderRefused) as refusal:
        await payments.refund(A_REFUND, key="refund:rfd_1:1")

    assert refusal.value.reason == reason


@pytest.mark.parametrize(
    ("code", "reason"),
    [("balance_insufficient", "insufficient_funds"), ("reversal_exceeds_transfer", "reversal_exceeds_transfer")],
)
async def test_a_refused_reversal_says_why_in_our_words(code: str, reason: str) -> None:
    _, payouts, _ = gateways(refusing(409, code))

    with pytest.raises(ProviderRefused) as refusal:
        await payouts.reverse(A_REVERSAL, key="reversal:pyt_1:1")

    assert refusal.value.reason == reason


async def test_what_is_said_twice_about_one_thing_is_handed_in_together() -> None:
    disputes, requests = disputes_at(refusing(409, "evidence_already_submitted"))

    with pytest.raises(ProviderRefused) as refusal:
        await disputes.answer(SOME_EVIDENCE, key="evidence:dsp_1:1")

    assert refusal.value.reason == "evidence_already_submitted"
    assert json.loads(requests[0].content) == {
        "evidence": {"shipping": "It was sent.\n\nIt arrived.", "text": "Thanks."}
    }


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
    disputes, about_disputes = disputes_at(refusing(422))
    for ask in (
        lambda: payments.open(a_request(), key="payment:pay_1:1"),
        lambda: payments.cancel("fp_1", key="cancel:pay_1:1"),
        lambda: payouts.open_account(SellerId("sel_1"), key="account:sel_1:1"),
        lambda: payments.refund(A_REFUND, key="refund:rfd_1:1"),
        lambda: payouts.reverse(A_REVERSAL, key="reversal:pyt_1:1"),
        lambda: disputes.answer(SOME_EVIDENCE, key="evidence:dsp_1:1"),
        lambda: disputes.accept("fp_dp_1", key="accept:dsp_1:1"),
    ):
        with pytest.raises(ProviderRefused):
            await ask()

    requests += about_disputes
    assert [request.headers["idempotency-key"] for request in requests] == [
        "payment:pay_1:1", "cancel:pay_1:1", "account:sel_1:1", "refund:rfd_1:1", "reversal:pyt_1:1",
        "evidence:dsp_1:1", "accept:dsp_1:1",
    ]  # fmt: skip
    assert {request.headers["authorization"] for request in requests} == {f"Bearer {API_KEY}"}


async def test_a_reference_cannot_lead_to_another_address() -> None:
    payments, payouts, requests = gateways(refusing(404))
    disputes, about_disputes = disputes_at(refusing(404))
    elsewhere, quoted = "../accounts/fp_1?x=1", b"..%2Faccounts%2Ffp_1%3Fx%3D1"

    for ask in (
        lambda: payments.fetch(elsewhere),
        lambda: payments.fetch_refund(elsewhere),
        lambda: payouts.reverse(evolve(A_REVERSAL, transfer_reference=elsewhere), key="any"),
        lambda: disputes.answer(evolve(SOME_EVIDENCE, dispute_reference=elsewhere), key="any"),
        lambda: disputes.accept(elsewhere, key="any"),
    ):
        with pytest.raises(UnknownAtProvider):
            await ask()

    assert [request.url.raw_path for request in requests + about_disputes] == [
        b"/v1/payments/" + quoted,
        b"/v1/refunds/" + quoted,
        b"/v1/transfers/" + quoted + b"/reversals",
        b"/v1/disputes/" + quoted + b"/evidence",
        b"/v1/disputes/" + quoted + b"/accept",
    ]


async def test_the_provider_is_told_which_trace_a_call_belongs_to() -> None:
    connection, requests = a_connection(lambda _: httpx.Response(200, json={"answer": "yes"}))

    with spanning("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01") as span:
        await connection.look("/v1/anything", _Anything)
    await connection.look("/v1/anything", _Anything)

    assert [request.headers.get("traceparent") for request in requests] == [span.traceparent, None]


class _Anything(BaseModel):
    answer: str
