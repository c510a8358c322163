import hashlib
import json
from typing import Any

import pytest

from marketplace_adapters.fakepay.provider.disputes import CLOSED, TRANSITIONS
from tests.adapters.fakepay_provider.shop import DISPUTED_AS_FRAUD, INQUIRY, LATE, NOT_RECEIVED, Clock, Shop, code_of

DAY = 24 * 3_600
EVIDENCE = {"customer_name": "Jana Nováková", "shipping": "tracked\nand signed for"}


async def submit(shop: Shop, dispute: Any, **evidence: str) -> Any:
    answer = await shop.post(f"/v1/disputes/{dispute['id']}/evidence", evidence=evidence or EVIDENCE)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def reach(shop: Shop, status: str) -> Any:
    """Open a dispute and bring it to a status."""
    inquiry = status.startswith("warning")
    dispute = await shop.disputed(await shop.paid(10_000), inquiry=inquiry)
    return dispute if dispute["status"] == status else await shop.advance(dispute, status)


@pytest.mark.parametrize("origin", sorted(TRANSITIONS))
async def test_no_dispute_takes_a_step_that_its_status_does_not_allow(shop: Shop, origin: str) -> None:
    dispute = await reach(shop, origin)
    before = await shop.booked()

    for status in TRANSITIONS:
        if status not in TRANSITIONS[origin]:  # type: ignore[index]
            refused = await shop.ask(f"/test/disputes/{dispute['id']}/advance", status=status)
            assert (refused.status_code, code_of(refused)) == (409, "illegal_transition")

    assert await shop.booked() == before
    assert await shop.again(dispute) == dispute


@pytest.mark.parametrize(
    ("origin", "status"), sorted((origin, status) for origin, following in TRANSITIONS.items() for status in following)
)
async def test_every_step_that_a_status_allows_leaves_sound_books(shop: Shop, origin: str, status: str) -> None:
    dispute = await reach(shop, origin)

    moved = await shop.advance(dispute, status)

    assert moved["status"] == status
    assert (moved["closed_at"] is None) == (status in {"warning_under_review", "needs_response", "under_review"})
    await shop.assert_sound()


async def test_nobody_disputes_what_was_not_paid(shop: Shop) -> None:
    processing = await shop.new_payment()
    await shop.confirm(processing, LATE)

    for payment in (await shop.new_payment(), processing):
        refused = await shop.ask("/test/disputes", payment=payment["id"])
        assert (refused.status_code, code_of(refused)) == (409, "payment_not_captured")
    assert await shop.balance() == 0


async def test_evidence_is_taken_once_and_only_while_a_dispute_is_open(shop: Shop) -> None:
    answered, lost = await reach(shop, "needs_response"), await reach(shop, "lost")
    await submit(shop, answered)

    twice = await shop.post(f"/v1/disputes/{answered['id']}/evidence", evidence=EVIDENCE)
    late = await shop.post(f"/v1/disputes/{lost['id']}/evidence", evidence=EVIDENCE)
    empty = await shop.post(f"/v1/disputes/{answered['id']}/evidence", evidence={})

    assert code_of(twice) == "evidence_already_submitted"
    assert code_of(late) == "dispute_not_open"
    assert empty.status_code == 422


async def test_only_an_open_dispute_is_given_up_and_no_inquiry(shop: Shop) -> None:
    for status, code in (("warning_needs_response", "dispute_is_inquiry"), ("won", "dispute_not_open")):
        dispute = await reach(shop, status)
        refused = await shop.post(f"/v1/disputes/{dispute['id']}/accept")
        assert (refused.status_code, code_of(refused)) == (409, code)


async def test_a_dispute_takes_the_money_and_a_fee_whatever_is_in_the_balance(shop: Shop) -> None:
    payment = await shop.paid(10_000)
    await shop.make("/test/balance", currency="EUR", amount_minor=-9_835)

    dispute = await shop.disputed(payment, amount_minor=10_700, reason="duplicate")

    assert (dispute["status"], dispute["reason"], dispute["funds"]) == ("needs_response", "duplicate", "withdrawn")
    assert (dispute["amount_minor"], dispute["fee_minor"]) == (10_700, 1_500)
    assert dispute["reference"] == payment["reference"]
    assert await shop.balance() == -12_200
    assert (await shop.again(payment))["disputed_minor"] == 10_700
    assert (await shop.event_types())[-2:] == ["dispute.created", "dispute.funds_withdrawn"]
    await shop.assert_sound()


async def test_a_bank_may_name_what_the_buyer_complains_about(shop: Shop) -> None:
    payment = await shop.paid(10_000)

    named, silent = await shop.disputed(payment, amount_minor=100, item="sor_1"), await shop.disputed(payment)

    assert (named["item"], silent["item"]) == ("sor_1", None)
    assert (await shop.get(f"/v1/disputes/{named['id']}"))["item"] == "sor_1"


async def test_a_dispute_that_nobody_answers_in_time_is_lost_and_an_inquiry_is_closed(shop: Shop, clock: Clock) -> None:
    dispute, inquiry = await reach(shop, "needs_response"), await reach(shop, "warning_needs_response")
    clock.move(seconds=7 * DAY)

    assert (await shop.again(dispute))["status"] == "lost"
    assert (await shop.again(inquiry))["status"] == "warning_closed"
    assert dispute["evidence_due_at"] == dispute["created_at"] + 7 * DAY
    await shop.assert_sound()


@pytest.mark.parametrize("status", sorted(CLOSED))
async def test_time_changes_nothing_of_a_dispute_that_is_closed(shop: Shop, clock: Clock, status: str) -> None:
    dispute = await reach(shop, status)
    told = await shop.event_types()

    clock.move(seconds=30 * DAY)

    assert await shop.again(dispute) == dispute
    assert await shop.event_types() == told


async def test_a_dispute_that_was_answered_is_not_lost_by_time(shop: Shop, clock: Clock) -> None:
    dispute = await reach(shop, "needs_response")
    await submit(shop, dispute)

    clock.move(seconds=30 * DAY)

    assert (await shop.again(dispute))["status"] == "under_review"


async def test_given_up_is_lost_and_the_money_stays_away(shop: Shop) -> None:
    dispute = await reach(shop, "needs_response")

    lost = (await shop.post(f"/v1/disputes/{dispute['id']}/accept")).json()

    assert (lost["status"], lost["funds"]) == ("lost", "withdrawn")
    assert await shop.booked() == [("dispute", -10_000), ("dispute_fee", -1_500)]
    assert (await shop.event_types())[-1] == "dispute.closed"


@pytest.mark.parametrize(("returned", "fees"), [(False, []), (True, [("dispute_fee_reversal", 1_500)])])
async def test_won_brings_the_money_back_and_the_fee_by_the_terms(
    shop: Shop, returned: bool, fees: list[tuple[str, int]]
) -> None:
    await shop.make("/test/settings", dispute_fee_returned=returned)
    dispute = await reach(shop, "under_review")

    won = await shop.advance(dispute, "won")

    assert (won["funds"], won["fee_minor"]) == ("reinstated", 0 if returned else 1_500)
    assert (await shop.booked())[2:] == [("dispute_reversal", 10_000), *fees]
    assert (await shop.event_types())[-2:] == ["dispute.closed", "dispute.funds_reinstated"]
    assert (await shop.get("/v1/payments"))["data"][0]["disputed_minor"] == 0


async def test_lost_may_become_won_long_after(shop: Shop, clock: Clock) -> None:
    dispute = await reach(shop, "lost")
    clock.move(days=90)

    won = await shop.advance(dispute, "won")

    assert (won["status"], won["funds"]) == ("won", "reinstated")
    assert await shop.booked() == [("dispute", -10_000), ("dispute_fee", -1_500), ("dispute_reversal", 10_000)]
    await shop.assert_sound()


async def test_an_inquiry_moves_no_money_until_it_becomes_a_dispute(shop: Shop, clock: Clock) -> None:
    inquiry = await reach(shop, "warning_needs_response")
    await submit(shop, inquiry)
    untouched = await shop.booked()
    clock.move(days=3)

    dispute = await shop.advance(inquiry, "needs_response")

    assert (inquiry["funds"], untouched) == ("untouched", [])
    assert (dispute["funds"], dispute["evidence"]) == ("withdrawn", None)
    assert dispute["evidence_due_at"] == inquiry["evidence_due_at"] + 3 * DAY
    assert await shop.booked() == [("dispute", -10_000), ("dispute_fee", -1_500)]


async def test_a_full_refund_closes_an_inquiry_and_a_partial_one_does_not(shop: Shop) -> None:
    await shop.make("/test/balance", currency="EUR", amount_minor=10_000)
    payment = await shop.paid(10_000)
    inquiry = await shop.disputed(payment, inquiry=True)

    await shop.refunded(payment, 4_000)
    after_part = await shop.again(inquiry)
    await shop.refunded(payment)

    assert after_part["status"] == "warning_needs_response"
    assert (await shop.again(inquiry))["status"] == "warning_closed"


async def test_prevented_leaves_the_buyer_the_money_and_costs_a_fee_only_after_it_came_to_a_dispute(
    shop: Shop,
) -> None:
    early = await shop.advance(await reach(shop, "warning_needs_response"), "prevented")
    late = await shop.advance(await reach(shop, "needs_response"), "prevented")

    assert [(one["funds"], one["fee_minor"]) for one in (early, late)] == [("withdrawn", 0), ("withdrawn", 1_500)]
    assert await shop.booked() == [("dispute", -10_000), ("dispute", -10_000), ("dispute_fee", -1_500)]


async def test_evidence_is_kept_and_its_hash_repeated(shop: Shop, clock: Clock) -> None:
    dispute = await reach(shop, "needs_response")

    reviewed = await submit(shop, dispute)

    canonical = json.dumps(EVIDENCE, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    assert (reviewed["status"], reviewed["evidence"]) == ("under_review", EVIDENCE)
    assert reviewed["evidence_hash"] == hashlib.sha256(canonical).hexdigest()
    assert reviewed["evidence_submitted_at"] == int(clock.now.timestamp())
    assert await shop.again(dispute) == reviewed


@pytest.mark.parametrize(
    ("inquiry", "word", "status"),
    [
        (False, "winning_evidence", "won"),
        (False, "losing_evidence", "lost"),
        (True, "winning_evidence", "warning_closed"),
        (True, "losing_evidence", "needs_response"),
    ],
)
async def test_two_words_in_the_evidence_decide_by_themselves(
    shop: Shop, clock: Clock, inquiry: bool, word: str, status: str
) -> None:
    await shop.make("/test/settings", dispute_decision_seconds=60)
    dispute = await shop.disputed(await shop.paid(), inquiry=inquiry)

    await submit(shop, dispute, uncategorized_text=word)
    reviewed = await shop.again(dispute)
    clock.move(seconds=60)

    assert reviewed["status"].endswith("under_review")
    assert (await shop.again(dispute))["status"] == status
    await shop.assert_sound()


@pytest.mark.parametrize(
    ("card", "reason", "status"),
    [
        (DISPUTED_AS_FRAUD, "fraudulent", "needs_response"),
        (NOT_RECEIVED, "product_not_received", "needs_response"),
        (INQUIRY, "general", "warning_needs_response"),
    ],
)
async def test_some_cards_are_disputed_by_themselves(
    shop: Shop, clock: Clock, card: str, reason: str, status: str
) -> None:
    payment = await shop.paid(10_000, card=card)
    at_first = (await shop.get("/v1/disputes"))["data"]
    clock.move(seconds=30)

    (dispute,) = (await shop.get("/v1/disputes", payment=payment["id"]))["data"]

    assert at_first == []
    assert (dispute["reason"], dispute["status"], dispute["amount_minor"]) == (reason, status, 10_000)


async def test_open_disputes_are_listed_apart_and_all_by_reference(shop: Shop) -> None:
    won, open_one = await reach(shop, "won"), await reach(shop, "needs_response")

    assert [one["id"] for one in (await shop.get("/v1/disputes", open="true"))["data"]] == [open_one["id"]]
    found = (await shop.get("/v1/disputes", reference="payment-1"))["data"]
    assert [one["id"] for one in found] == [won["id"], open_one["id"]]
