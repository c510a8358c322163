"""The console's debts: who owes something, each shop's standing, and how a debt is settled by two operators."""

from marketplace_core.identity import GrantRole, IdentifyUser, RegisterUser
from marketplace_core.kernel.access import SYSTEM, Role
from marketplace_core.kernel.ids import SellerId
from marketplace_core.operations import UsePolicy
from marketplace_core.payments import (
    EscrowView,
    ReleaseEscrow,
    RequestRefund,
    SweepPayouts,
)
from marketplace_core.payments.debts import ListSettlements, ViewSellerStanding
from tests.entrypoints.web.console import HOSTILE, operator, user_id
from tests.entrypoints.web.street import ADA, ANN, PASSWORD, Street, Visitor
from tests.entrypoints.web.test_console_money import _delivered, _held

OTTO = "otto@example.com"


async def test_a_debt_is_seen_by_shop_and_operators_and_paid_in(street: Street) -> None:
    hold, olga = await in_debt(street), await operator(street)
    ada = await street.signed_in(ADA)
    at = f"/console/shops/{hold.seller_id}"
    owed = await debt(street, hold.seller_id)

    listed, page = await olga.see("/console/debts"), await olga.see(f"{at}/standing")
    own = await ada.see("/studio/money/standing")
    assert f"{at}/standing" in listed.links
    assert f"{at}/standing" in (await olga.see(at)).links
    assert "Be paid no The shop owes something. The next income pays it by itself." in page.words
    assert "What you owe" in own.words
    assert f"/studio/money/{hold.share.currency}/debt" in own.links

    unsaid = await olga.send(f"{at}/debt/top-up", {"way": "top-up", "amount": "x", "key": "a-key-of-a-form-1"})
    sent = {"way": "top-up", "amount": "0.10", "note": HOSTILE, "key": "a-key-of-a-form-2"}
    seen = await olga.send(f"{at}/debt/top-up", sent | {"what": "rehearse"})
    assert "This would happen. Nothing was changed." in seen.words
    assert await debt(street, hold.seller_id) == owed
    done = await olga.send(f"{at}/debt/top-up", sent, follow=True)
    again = await olga.send(f"{at}/debt/top-up", sent, follow=True)
    twice = await olga.send(f"{at}/debt/top-up", sent | {"key": "a-key-of-a-form-3"})

    assert (unsaid.status, twice.status) == (422, 409)
    assert "Please fill this in." in unsaid.words
    assert "Booked." in done.words
    assert "<script>alert" not in done.html
    assert again.status == 200
    assert await debt(street, hold.seller_id) == owed - 10


async def test_a_large_write_off_waits_for_another_operator(street: Street) -> None:
    hold, olga = await in_debt(street), await operator(street)
    otto = await second_operator(street)
    market = street.opened.market
    terms = UsePolicy(
        document=(("version", "strict"), ("write_off_four_eyes_minor", 1)), reason="Two look at everything."
    )
    await market.execute(terms, by=await market.ask(IdentifyUser(user=OTTO), by=SYSTEM))
    at = f"/console/shops/{hold.seller_id}"
    owed = await debt(street, hold.seller_id)
    too_much = {"way": "write-off", "amount": "999999", "note": "Gone.", "key": "a-key-of-a-form-4"}

    refused = await olga.send(f"{at}/debt/write-off", too_much)
    written = await olga.send(
        f"{at}/debt/write-off",
        {"way": "write-off", "amount": f"{owed / 100}", "note": "Gone.", "key": "a-key-of-a-form-5"},
        follow=True,
    )
    assert refused.status == 409
    assert "That is more than is owed." in refused.words
    found = await street.opened.market.ask(ListSettlements(), by=SYSTEM)
    asked = f"/console/debts/{found.items[0].settlement_id}"
    assert "waits for another operator" in written.words
    unsaid, own = await olga.send(f"{asked}/approval"), await olga.send(f"{asked}/approval", {"why": "Mine."})
    assert (unsaid.status, own.status) == (422, 409)
    assert "Another operator" in own.words
    assert f"{asked}/rejection" in (await otto.see("/console/debts?state=requested")).forms
    await otto.send(f"{asked}/approval", {"why": "Seen."})
    assert await debt(street, hold.seller_id) == 0
    assert "Written off" in (await otto.see("/console/debts")).words


async def test_the_provider_is_asked_to_take_back_of_a_payout_that_was_paid(street: Street) -> None:
    hold, olga = await in_debt(street), await operator(street)
    at = f"/console/shops/{hold.seller_id}"

    page = await olga.see(f"{at}/standing")
    strange = {"way": "take-back", "amount": "0.10", "note": "Ours.", "payout": "pyt_none", "key": "a-key-of-form-6"}
    refused = await olga.send(f"{at}/debt/take-back", strange)

    assert f"{at}/debt/take-back" in page.forms
    assert refused.status == 404


async def test_only_operators_see_and_settle_debts(street: Street) -> None:
    hold = await _held(street)
    ann = await street.signed_in(ANN)
    at = f"/console/shops/{hold.seller_id}"

    for path in ("/console/debts", f"{at}/standing"):
        assert (await ann.see(path)).status == 403
    for way in ("write-off", "top-up", "take-back"):
        assert (await ann.send(f"{at}/debt/{way}", {"amount": "1", "note": "x"})).status == 403


async def in_debt(street: Street) -> EscrowView:
    """Let Ada be paid for what Ann then gets her money back for."""
    hold, market = await _held(street), street.opened.market
    await _delivered(street, hold.seller_order_id)
    await market.execute(ReleaseEscrow(seller_order_id=hold.seller_order_id), by=SYSTEM)
    await market.execute(SweepPayouts(), by=SYSTEM)
    await street.settle()
    everything = hold.share.amount_minor
    await market.execute(RequestRefund(order_id=hold.order_id, reason="Broken.", amount_minor=everything), by=SYSTEM)
    await street.settle()
    return hold


async def debt(street: Street, seller_id: SellerId) -> int:
    """Return what the shop owes, in minor units."""
    found = await street.opened.market.ask(ViewSellerStanding(seller_id=seller_id), by=SYSTEM)
    return found.debt.amount_minor


async def second_operator(street: Street) -> Visitor:
    """Return Otto, at work."""
    market = street.opened.market
    await market.execute(RegisterUser(email=OTTO, password=PASSWORD, name="Otto"), by=SYSTEM)
    await market.execute(GrantRole(user_id=await user_id(street, OTTO), role=Role.OPERATOR), by=SYSTEM)
    return await street.signed_in(OTTO)
