"""The console: money that stands still, payouts that are held back, and letters that nobody took."""

from datetime import UTC, datetime

from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.inbox import ProviderMessage
from marketplace_core.payments import (
    Account,
    AccountKind,
    Journal,
    JournalKind,
    ListPayouts,
    PayoutState,
    ReleaseEscrow,
    SweepPayouts,
    Transfer,
)
from marketplace_core.payments.books import InspectBooks
from tests.entrypoints.web.console import HOSTILE, WHY, operator
from tests.entrypoints.web.street import Street
from tests.entrypoints.web.test_console_money import _delivered, _held

MESSAGE = ProviderMessage(
    provider="fakepay", message_id="evt_1", type=HOSTILE, subject="payment", reference="pay_x", raw=b"{}"
)


async def test_money_that_stands_still_is_announced_and_let_go_with_a_reason(street: Street) -> None:
    hold, olga = await _held(street), await operator(street)
    fees = Account(kind=AccountKind.DISPUTE_FEES, currency=hold.share.currency)
    psp = Account(kind=AccountKind.PSP, subject="fakepay", currency=hold.share.currency)
    amounts = Transfer(fees, psp, hold.share), Transfer(psp, fees, hold.share)
    ghost = Journal(kind=JournalKind.DISPUTE_WITHDRAWN, source_type="dispute", source_id="dsp_ghost", transfers=amounts)
    async with street.opened.adapters.persistence.begin_payments() as work:
        await work.ledger.post(ghost, datetime.now(UTC))
    assert (await street.opened.market.execute(InspectBooks(), by=SYSTEM)).stands_still

    overview, books = await olga.see("/console"), await olga.see("/console/books")
    mute = await olga.send("/console/books/brakes/audit/release")
    resumed = await olga.send("/console/books/brakes/audit/release", {"reason": "A test."}, follow=True)
    strange = await olga.send("/console/books/brakes/nothing/release", {"reason": "x"})
    again = await olga.send("/console/books/brakes/audit/release", {"reason": "x"})
    acts = await olga.see("/console/acts")

    assert "nothing is released and no payout leaves" in overview.words
    assert "journal_has_source dsp_ghost" in books.words
    assert mute.status == 422
    assert "Money goes on." in resumed.words
    assert "nothing is released" not in resumed.words
    assert (strange.status, again.status) == (404, 404)
    assert "ReleaseBrake" in acts.words
    assert "A test." in acts.words
    async with street.opened.adapters.persistence.begin_payments() as work:
        await work.ledger.post(
            Journal(
                kind=ghost.kind,
                source_type=ghost.source_type,
                source_id=ghost.source_id,
                leg="main:reversed",
                transfers=amounts,
            ),
            datetime.now(UTC),
        )


async def test_a_payout_is_held_back_for_a_reason_and_let_go(street: Street) -> None:
    hold, olga = await _held(street), await operator(street)
    await _delivered(street, hold.seller_order_id)
    await street.opened.market.execute(ReleaseEscrow(seller_order_id=hold.seller_order_id), by=SYSTEM)
    await olga.send(f"/console/holds/{hold.seller_order_id}/release", WHY)
    await street.opened.market.execute(SweepPayouts(), by=SYSTEM)
    payout = (await street.opened.market.ask(ListPayouts(), by=SYSTEM)).items[0]
    at = f"/console/payouts/{payout.payout_id}"

    mute = await olga.send(f"{at}/hold")
    held = await olga.send(f"{at}/hold", {"why": "Looks odd."}, follow=True)
    twice = await olga.send(f"{at}/hold", {"why": "Looks odd."})
    await olga.send(f"{at}/retry", WHY)

    assert mute.status == 422
    assert "Somebody wants to look at it before it is sent." in held.words
    assert twice.status == 409
    (view,) = (await street.opened.market.ask(ListPayouts(), by=SYSTEM)).items
    assert view.state is PayoutState.READY


async def test_a_letter_that_nobody_took_is_tried_again_or_given_up(street: Street) -> None:
    olga, inbox = await operator(street), street.opened.dispatcher.inbox
    nothing = await olga.see("/console/letters")
    await inbox.remember(MESSAGE, datetime.now(UTC))
    await inbox.failed(MESSAGE, "ValueError: what", None)
    form = {"letter": "message:fakepay:evt_1", "reason": "Nobody's."}

    listed = await olga.see("/console/letters")
    mute = await olga.send("/console/letters", {**form, "reason": ""})
    strange = await olga.send("/console/letters", {**form, "letter": "message:none"})
    done = await olga.send("/console/letters", {**form, "what": "discard"}, follow=True)

    assert "Everything was delivered" in nothing.words
    assert "ValueError: what" in listed.words
    assert "<script>alert" not in listed.html
    assert (mute.status, strange.status) == (422, 404)
    assert "The letter counts as done." in done.words
    assert "Everything was delivered" in done.words
    assert "Nobody's." in (await olga.see("/console/acts")).words


async def test_whoever_moves_money_says_why_and_can_see_first_what_would_happen(street: Street) -> None:
    hold, olga = await _held(street), await operator(street)
    early = await olga.send(f"/console/holds/{hold.seller_order_id}/release", {"what": "rehearse"})
    await _delivered(street, hold.seller_order_id)
    await street.opened.market.execute(SweepPayouts(), by=SYSTEM)
    payout = (await street.opened.market.ask(ListPayouts(), by=SYSTEM)).items[0]
    at = f"/console/payouts/{payout.payout_id}"

    mute = await olga.send(f"{at}/cancellation", {"why": " "})
    foreseen = await olga.send(f"{at}/cancellation", {"why": "Known to us.", "what": "rehearse"})
    unmoved = await olga.see("/console/acts")
    cancelled = await olga.send(f"{at}/cancellation", {"why": HOSTILE}, follow=True)
    acts = await olga.see("/console/acts")

    assert (early.status, mute.status, foreseen.status) == (409, 422, 200)
    assert "Nothing says yet that the parcel has arrived." in early.words
    assert "Please fill this in." in mute.words
    assert "This would happen. Nothing was changed." in foreseen.words
    assert f"save Payout {payout.payout_id} as cancelled" in foreseen.words
    assert 'value="Known to us."' in foreseen.html
    assert "Nothing was done by hand" in unmoved.words
    assert "Called back. Its money goes into the next payout." in cancelled.words
    assert ("CancelPayout" in acts.words, "<script>alert" in acts.html) == (True, False)
