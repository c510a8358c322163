"""The console: money that stands still, payouts that are held back, and letters that nobody took."""

import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from attrs import evolve

from marketplace_adapters.fakepay.payouts import FakepayPayoutGateway
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.inbox import ProviderMessage
from marketplace_core.payments import (
    Account,
    AccountKind,
    Journal,
    JournalKind,
    ListPayouts,
    PayoutState,
    ProviderUnavailable,
    ReleaseEscrow,
    SweepPayouts,
    Transfer,
)
from marketplace_core.payments.books import InspectBooks
from marketplace_core.testing.queues import give_up
from tests.adapters.nats.server import NatsServer
from tests.entrypoints.cli.music_shop import FurnishedFolder
from tests.entrypoints.web.console import HOSTILE, WHY, operator
from tests.entrypoints.web.street import ANN, Street, open_street
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

    overview, books = await olga.see("/console"), await olga.see("/console/brakes")
    mute = await olga.send("/console/brakes/audit/release")
    resumed = await olga.send("/console/brakes/audit/release", {"reason": "A test."}, follow=True)
    strange = await olga.send("/console/brakes/nothing/release", {"reason": "x"})
    again = await olga.send("/console/brakes/audit/release", {"reason": "x"})
    acts = await olga.see("/console/acts")

    assert "nothing is released and no payout leaves" in overview.words
    assert "A journal is about something that does not exist: dsp_ghost" in books.words
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
    await give_up(inbox, MESSAGE, datetime.now(UTC), "ValueError: what")
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


async def test_what_is_stuck_is_shown_with_what_moves_it_next(street: Street) -> None:
    olga, inbox = await operator(street), street.opened.dispatcher.inbox
    nothing = await olga.see("/console/undelivered")
    then = datetime.now(UTC) - timedelta(hours=2)
    waits, retried, given_up = (evolve(MESSAGE, message_id=name) for name in ("evt_1", "evt_2", "evt_3"))
    await give_up(inbox, given_up, then, "ValueError: what")
    await inbox.remember(retried, then)
    await inbox.begin(then)
    await inbox.failed(retried, f"NotFound: {HOSTILE}", datetime.now(UTC) + timedelta(days=1))
    await inbox.remember(waits, then)

    page = await olga.see("/console/undelivered")
    refused = await olga.send("/console/undelivered/rebuild", {"why": "It is lost."})
    buyer = await (await street.signed_in(ANN)).see("/console/undelivered")

    assert "Everything was delivered" in nothing.words
    assert "Messages of fakepay" in page.words
    assert "A worker, at its next turn." in page.words
    assert re.search(r"A worker, at \d", page.words)
    assert "You: nobody tries it any more." in page.words
    assert "/console/letters" in page.links
    assert "<script>alert" not in page.html
    assert "/console/undelivered/rebuild" not in page.forms
    assert (refused.status, buyer.status) == (409, 403)


async def test_the_event_bus_is_filled_again_from_the_console(
    furnished: FurnishedFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = NatsServer(tmp_path / "nats")
    server.start()
    monkeypatch.setenv("MARKETPLACE_EVENT_BUS", "nats")
    monkeypatch.setenv("MARKETPLACE_ADAPTERS__NATS__SERVERS", server.address)
    try:
        async with open_street(furnished, tmp_path / "data") as street:
            olga = await operator(street)
            page = await olga.see("/console/undelivered")
            at = "/console/undelivered/rebuild"
            mute, odd = await olga.send(at, {"why": " "}), await olga.send(at, {"why": "Lost.", "since": "2026-13-01"})
            foreseen = await olga.send(at, {"why": "Lost.", "what": "rehearse"})
            done = await olga.send(at, {"why": "Lost.", "since": "2020-01-01"}, follow=True)
            acts = await olga.see("/console/acts")
    finally:
        server.stop()

    assert at in page.forms
    assert (mute.status, odd.status, foreseen.status) == (422, 422, 200)
    assert "This is no day." in odd.words
    assert "event bus publish" in foreseen.words
    assert "The event bus has been given everything again." in done.words
    assert acts.words.count("Lost.") == 1


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


async def test_the_balance_at_the_provider_is_looked_at_and_covered_again(street: Street) -> None:
    olga, script = await operator(street), street.opened.adapters.payments.script
    before = await olga.see("/console/brakes")
    await script.do("balance", {"currency": "EUR", "amount_minor": -1_250})

    short = await olga.send("/console/brakes")
    overview, mute = await olga.see("/console"), await olga.send("/console/brakes/liquidity/release")
    await script.do("balance", {"currency": "EUR", "amount_minor": 1_250})
    again = await olga.send("/console/brakes")

    assert "Money moves." in before.words
    assert ("No payout leaves" in short.words, "€12.50" in short.words) == (True, True)
    assert "Our balance at the provider is less than what is owed to others: EUR" in short.words
    assert "no payout leaves: our balance at the provider" in overview.words
    assert mute.status == 422
    assert ("Money moves." in again.words, "by itself" in again.words) == (True, True)


async def test_a_provider_that_does_not_answer_is_said_and_changes_nothing(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def silent(_: object) -> None:
        raise ProviderUnavailable("The connection was refused.")

    olga = await operator(street)
    monkeypatch.setattr(FakepayPayoutGateway, "platform_balances", silent)

    looked = await olga.send("/console/brakes")

    assert looked.status == 503
    assert "Money moves." in looked.words


async def test_both_books_are_compared_in_words(street: Street) -> None:
    olga, script = await operator(street), street.opened.adapters.payments.script
    await _held(street)
    unasked, same = await olga.see("/console/comparison"), await olga.send("/console/comparison")
    await script.do("balance", {"currency": "EUR", "amount_minor": 700})
    other = await olga.send("/console/comparison")
    again = await olga.see("/console/comparison")

    assert "Both books say the same." not in unasked.words
    assert "Both books say the same." in same.words
    assert "The provider moved our balance by itself" in other.words
    assert "€7.00" in other.words
    assert ("€7.00" in again.words, "begun by usr_" in again.words) == (True, True)
    assert other.words.count(" new ") == 1


async def test_the_doctor_names_what_is_wrong_and_books_what_is_ticked_for_a_reason(street: Street) -> None:
    hold, olga = await _held(street), await operator(street)
    sound = await olga.see("/console/doctor")
    database = sqlite3.connect(street.opened.settings.data / "marketplace.sqlite")
    with closing(database), database:
        database.execute("UPDATE payments_payments SET fee_minor = fee_minor + 7")
    ill = await olga.see("/console/doctor")
    (name,) = re.findall('name="names" value="([^"]+)"', ill.html)

    unticked = await olga.send("/console/doctor", WHY)
    mute = await olga.send("/console/doctor", {"names": name})
    foreseen = await olga.send("/console/doctor", {"names": name, "what": "rehearse"})
    mended = await olga.send("/console/doctor", {"names": name, **WHY}, follow=True)
    again = await olga.send("/console/doctor", {"names": name, **WHY})

    assert hold.payment_id in ill.words
    assert "The books are sound" in sound.words
    assert "The provider's fee of a payment is not booked as it was" in ill.words
    assert (unticked.status, mute.status, foreseen.status) == (422, 422, 200)
    assert "This would happen. Nothing was changed." in foreseen.words
    assert "The books are sound" in mended.words
    assert again.status == 404
    assert "CorrectBooks" in (await olga.see("/console/acts")).words
