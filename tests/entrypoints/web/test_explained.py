"""Where is this money? Buyer, shop and operator read it in words; it sums, and is for nobody else."""

import pytest

from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.money import Money
from marketplace_core.payments import (
    Awaits,
    FreezeEscrow,
    HoldState,
    JournalKind,
    ListPayouts,
    PayoutState,
    ReleaseEscrow,
    SweepPayouts,
)
from marketplace_core.payments.books import Cents
from marketplace_core.payments.queries import explanations
from marketplace_entrypoints.web.explained import NEXT, WHERE, WHY, Reader, heap
from marketplace_entrypoints.web.language import language
from marketplace_entrypoints.web.studio.words import JOURNALS
from tests.entrypoints.web.console import operator
from tests.entrypoints.web.street import ADA, ANN, Street
from tests.entrypoints.web.test_console_money import _delivered, _held


async def test_everybody_reads_where_the_money_for_an_order_is(street: Street) -> None:
    hold = await _held(street)
    ann, ada, olga = await street.signed_in(ANN), await street.signed_in(ADA), await operator(street)
    pages = (
        (ann, f"/orders/{hold.order_id}"),
        (ada, f"/studio/orders/{hold.seller_order_id}"),
        (olga, f"/console/orders/{hold.order_id}"),
    )

    for visitor, page in pages:
        assert f"{page}/money" in (await visitor.see(page)).links
        told = await visitor.see(f"{page}/money")
        assert "Held payment Paid and held until the parcel has arrived. The parcel arrives. held until" in told.words
        assert "Commission" not in told.words

    await street.opened.market.execute(FreezeEscrow(seller_order_id=hold.seller_order_id, reason="risk"), by=SYSTEM)
    assert "The marketplace looks into it." in (await ann.see(f"/orders/{hold.order_id}/money")).words


async def test_released_money_is_divided_for_the_shop_and_not_for_the_buyer(street: Street) -> None:
    hold = await _held(street)
    ann, ada, olga = await street.signed_in(ANN), await street.signed_in(ADA), await operator(street)
    await _delivered(street, hold.seller_order_id)
    await street.opened.market.execute(ReleaseEscrow(seller_order_id=hold.seller_order_id), by=SYSTEM)
    await street.opened.market.execute(SweepPayouts(), by=SYSTEM)
    await street.settle()
    (payout,) = (await street.opened.market.ask(ListPayouts(), by=SYSTEM)).items

    bought = await ann.see(f"/orders/{hold.order_id}/money")
    sold = await ada.see(f"/studio/orders/{hold.seller_order_id}/money")
    money = await ada.see("/studio/money")
    paid = await ada.see(f"/studio/money/payouts/{payout.payout_id}")
    own = await ada.see("/studio/money/where")
    watched = [
        await olga.see(f"/console/{path}")
        for path in (
            f"orders/{hold.order_id}/money",
            f"holds/{hold.seller_order_id}/commission",
            f"payouts/{payout.payout_id}/money",
            f"shops/{hold.seller_id}/money",
        )
    ]

    assert "The shop's The held payment was released." in bought.words
    assert "ommission" not in bought.words
    assert "Yours The held payment was released." in sold.words
    assert "The commission" in sold.words
    assert "as agreed when it was ordered" in sold.words
    assert f"/studio/money/payouts/{payout.payout_id}" in money.links
    assert "/studio/money/where" in money.links
    assert f"/studio/orders/{hold.seller_order_id}" in paid.links
    assert [page.status for page in (own, *watched)] == [200] * 5
    assert "Commission of the marketplace" in watched[0].words
    assert f"/console/holds/{hold.seller_order_id}" in watched[2].links


async def test_nobody_is_told_about_the_money_of_others(street: Street) -> None:
    hold = await _held(street)
    ada, stranger = await street.signed_in(ADA), street.visitor()
    ann = await street.signed_in(ANN)

    foreign = [
        await ada.see(f"/orders/{hold.order_id}/money"),
        await ada.see("/studio/money/payouts/pyt_none"),
        await ada.see("/studio/orders/sor_none/money"),
    ]
    guarded = [await ann.see(f"/studio/orders/{hold.seller_order_id}/money"), await ann.see("/studio/money/where")]
    console = await ann.see(f"/console/orders/{hold.order_id}/money")

    assert [page.status for page in foreign] == [404, 404, 404]
    assert [page.leads_to for page in guarded] == ["/studio/open", "/studio/open"]
    assert console.status == 403
    assert "/sign-in" in (await stranger.see(f"/orders/{hold.order_id}/money")).leads_to


def test_every_place_and_every_next_step_has_words() -> None:
    moves = dict[PayoutState, tuple[str, str]](explanations._PAYOUT_MOVES)

    assert {where for where, _ in moves.values()} <= WHERE.keys()
    assert {next_ for _, next_ in moves.values()} | {one.value for one in Awaits} <= NEXT.keys()
    assert {one.value for one in (HoldState.HELD, HoldState.PENDING)} <= WHY.keys()


@pytest.mark.parametrize(
    "reason", ["claim:clm_1", "dispute:dsp_1", "refund:rfd_1", "undelivered", "overdue", "risk", "operator"]
)
def test_every_freeze_is_explained_in_both_languages(reason: str) -> None:
    part = Cents(where="held", about="sor_1", amount=Money(5, "EUR"), why=f"frozen:{reason}:x", next="operator")

    said = [heap(language(code), "sor_1", [part], Reader.BUYER, "EUR").rows[0].why for code in ("en", "ru")]

    assert all(said)
    assert said[0] != said[1]


def test_every_line_of_a_shops_books_has_words() -> None:
    of_the_platform = {
        JournalKind.PROVIDER_FEE,
        JournalKind.REFUND_SUCCEEDED,
        JournalKind.REFUND_BOUNCED,
        JournalKind.REFUND_SETTLED,
        JournalKind.DISPUTE_WITHDRAWN,
        JournalKind.CAPTURE_SUSPENDED,
        JournalKind.BUYER_FEE_EARNED,
    }

    assert set(JournalKind) - JOURNALS.keys() == of_the_platform
