"""Who may see a refund, and what it would come to before it is given."""

import pytest
from attrs import astuple

from marketplace_core.kernel.access import ANONYMOUS, Actor, Role
from marketplace_core.kernel.errors import NotFound, NotSignedIn
from marketplace_core.kernel.ids import RefundId, SellerId, UserId
from marketplace_core.kernel.machines import Who
from marketplace_core.payments import (
    BalanceHeading,
    ListBalanceEntries,
    ListRefunds,
    MalformedRefund,
    PaymentNotFound,
    PaymentPolicy,
    PaymentState,
    Portion,
    PreviewRefund,
    RefundablePart,
    RefundBlockedByDispute,
    RefundExceedsRemaining,
    RefundNotFound,
    RefundState,
    RefundWish,
    Split,
    Standing,
    ViewBalance,
    ViewEscrow,
    ViewOrderHolds,
    ViewRefund,
    WrongState,
)
from marketplace_core.payments.domain.wishes import wanted_parts
from marketplace_core.testing.payments import ADA, BOB, BUYER, EUR, euros
from tests.core.payments.balances import check_entries_sum_to_the_balance
from tests.core.payments.refunding import SELLER_ADA, SELLER_BOB, SOR_ADA, SOR_BOB, THE_EXAMPLE, give_back, of_ada
from tests.core.payments.till import ANN, MALLORY, OPERATOR, ORDER, Till, a_till

ADA_WHO_BUYS = Actor(
    principal=BUYER, roles=frozenset({Role.BUYER, Role.SELLER}), user_id=BUYER, seller_id=SellerId("sel_cleo")
)
CLEO = Actor(principal="usr_cleo", roles=frozenset({Role.SELLER}), user_id=UserId("usr_cleo"), seller_id=None)


async def test_each_party_sees_of_a_refund_what_concerns_it(till: Till) -> None:
    await till.released()
    asked = await give_back(till, amount_minor=1_000)
    view = ViewRefund(refund_id=asked.refund_id)

    buyers = await till.market.ask(view, by=ANN)
    adas = await till.market.ask(view, by=SELLER_ADA)
    everything = await till.market.ask(view, by=OPERATOR)

    assert (buyers.amount, buyers.state) == (euros(1_000), RefundState.APPROVED)
    assert [(part.seller_id, part.amount, part.booking) for part in buyers.parts] == [
        (ADA, euros(650), None),
        (BOB, euros(350), None),
    ]
    assert (adas.amount, [part.seller_id for part in adas.parts]) == (euros(650), [ADA])
    assert adas.parts[0].booking is not None
    assert (adas.requester_id, buyers.requester_id, everything.requester_id) == (None, None, "usr_op")
    assert [part.booking is None for part in everything.parts] == [False, False]


async def test_a_foreign_refund_looks_as_if_it_were_missing(till: Till) -> None:
    await till.paid()
    asked = await give_back(till, of_ada(1_000))
    complaints = []

    for by, refund_id in ((MALLORY, asked.refund_id), (SELLER_BOB, asked.refund_id), (ANN, RefundId("rfd_none"))):
        with pytest.raises(RefundNotFound) as refusal:
            await till.market.ask(ViewRefund(refund_id=refund_id), by=by)
        complaints.append(refusal.value.message)
    with pytest.raises(NotSignedIn):
        await till.market.ask(ViewRefund(refund_id=asked.refund_id), by=ANONYMOUS)

    assert len(set(complaints)) == 1


async def test_refunds_are_listed_to_whom_they_concern(till: Till) -> None:
    await till.paid()
    ada = (await give_back(till, of_ada(1_000), by=SELLER_ADA)).refund_id
    both = (await give_back(till, amount_minor=100)).refund_id
    wish = (await give_back(till, of_ada(500), by=ANN)).refund_id

    async def seen(by: Actor, query: ListRefunds) -> list[RefundId]:
        return [view.refund_id for view in (await till.market.ask(query, by=by)).items]

    assert await seen(OPERATOR, ListRefunds()) == [wish, both, ada]
    assert await seen(OPERATOR, ListRefunds(seller_id=BOB)) == [both]
    assert await seen(OPERATOR, ListRefunds(states=frozenset({RefundState.REQUESTED}))) == [wish]
    assert await seen(SELLER_BOB, ListRefunds()) == [both]
    assert await seen(SELLER_ADA, ListRefunds(order_id=ORDER)) == [wish, both, ada]
    assert await seen(ANN, ListRefunds(order_id=ORDER)) == [wish, both, ada]
    assert await seen(ANN, ListRefunds()) == [wish, both, ada]
    assert await seen(MALLORY, ListRefunds()) == []
    assert await seen(MALLORY, ListRefunds(order_id=ORDER)) == []
    assert await seen(ADA_WHO_BUYS, ListRefunds(order_id=ORDER)) == [wish, both, ada]
    assert await seen(ADA_WHO_BUYS, ListRefunds()) == []
    with pytest.raises(NotFound):
        await seen(SELLER_BOB, ListRefunds(seller_id=ADA))
    (view,) = (await till.market.ask(ListRefunds(), by=SELLER_BOB)).items
    assert [part.seller_id for part in view.parts] == [BOB]


async def test_what_a_refund_would_come_to_is_what_is_booked_for_it() -> None:
    till = a_till(policy=THE_EXAMPLE)
    await till.paid()
    await till.deliver("sor_ada")
    await till.settle()
    wishes = (of_ada(2_000, 100, platform_minor=500), RefundWish(seller_order_id=SOR_BOB, items_minor=700))

    preview = await till.market.ask(PreviewRefund(order_id=ORDER, wishes=wishes), by=OPERATOR)
    untouched = await till.market.ask(ListRefunds(), by=OPERATOR)
    asked = await give_back(till, *wishes)
    given = await till.market.ask(ViewRefund(refund_id=asked.refund_id), by=OPERATOR)

    assert untouched.items == ()
    assert (preview.amount, preview.needs_second) == (euros(2_800), False)
    assert [part.booking for part in preview.parts] == [part.booking for part in given.parts]
    assert [part.amount for part in preview.parts] == [euros(2_100), euros(700)]
    assert [(part.refundable_items, part.refundable_delivery) for part in preview.parts] == [
        (euros(6_000), euros(500)),
        (euros(3_500), euros(0)),
    ]
    assert preview.parts[0].booking is not None
    assert [one.amount_minor for one in astuple(preview.parts[0].booking, recurse=False)] == [
        0, 200, 40, 500, 289, 1_071, 0,
    ]  # fmt: skip


async def test_a_shop_foresees_its_own_part_and_a_stranger_none(till: Till) -> None:
    await till.paid()

    own = await till.market.ask(PreviewRefund(order_id=ORDER, amount_minor=1_000), by=SELLER_BOB)

    assert [(part.seller_id, part.amount, part.booking and part.booking.held) for part in own.parts] == [
        (BOB, euros(1_000), euros(1_000))
    ]
    with pytest.raises(MalformedRefund):
        await till.market.ask(PreviewRefund(order_id=ORDER, wishes=(of_ada(1),)), by=SELLER_BOB)
    with pytest.raises(PaymentNotFound):
        await till.market.ask(PreviewRefund(order_id=ORDER, amount_minor=1_000), by=CLEO)


async def test_a_buyer_foresees_what_would_come_back_and_not_who_bears_it(till: Till) -> None:
    await till.paid()

    own = await till.market.ask(PreviewRefund(order_id=ORDER, wishes=(of_ada(1_000, 100),)), by=ANN)

    assert own.amount == euros(1_100)
    assert [(part.seller_id, part.amount, part.booking) for part in own.parts] == [(ADA, euros(1_100), None)]
    with pytest.raises(MalformedRefund):
        await till.market.ask(PreviewRefund(order_id=ORDER, wishes=(of_ada(1, platform_minor=1),)), by=ANN)
    with pytest.raises(PaymentNotFound):
        await till.market.ask(PreviewRefund(order_id=ORDER, amount_minor=1_000), by=MALLORY)


@pytest.mark.parametrize(
    ("wishes", "amount_minor", "refusal"),
    [
        ((), None, MalformedRefund),
        ((of_ada(1),), 1, MalformedRefund),
        ((of_ada(1), of_ada(1)), None, MalformedRefund),
        ((of_ada(0),), None, MalformedRefund),
        ((of_ada(1, platform_minor=2),), None, MalformedRefund),
        ((of_ada(6_001),), None, RefundExceedsRemaining),
        ((), 10_001, RefundExceedsRemaining),
    ],
)
async def test_what_would_be_refused_is_refused_beforehand(
    till: Till, wishes: tuple[RefundWish, ...], amount_minor: int | None, refusal: type[Exception]
) -> None:
    await till.paid()

    with pytest.raises(refusal):
        await till.market.ask(PreviewRefund(order_id=ORDER, wishes=wishes, amount_minor=amount_minor), by=OPERATOR)


@pytest.mark.parametrize(("wishes", "amount_minor"), [((of_ada(1),), None), ((), 1)])
def test_while_a_card_dispute_is_open_it_decides_about_the_money(
    wishes: tuple[RefundWish, ...], amount_minor: int | None
) -> None:
    disputed = RefundablePart(
        seller_order_id=SOR_ADA,
        seller_id=ADA,
        standing=Standing(held=Portion(items=5_000), disputed=Split(held=Portion(items=1_000))),
        terms=THE_EXAMPLE.terms(),
        reserve=euros(0),
        payable=euros(0),
    )

    with pytest.raises(RefundBlockedByDispute):
        wanted_parts(
            [disputed], state=PaymentState.CAPTURED, wishes=wishes, amount_minor=amount_minor, who=Who.OPERATOR
        )


async def test_an_unpaid_order_has_nothing_to_foresee(till: Till) -> None:
    await till.open()

    with pytest.raises(WrongState):
        await till.market.ask(PreviewRefund(order_id=ORDER, amount_minor=1), by=OPERATOR)


async def test_a_large_refund_is_announced_to_need_another_operator() -> None:
    till = a_till(policy=PaymentPolicy(refund_four_eyes_minor=5_000))
    await till.paid()

    operators = await till.market.ask(PreviewRefund(order_id=ORDER, amount_minor=5_000), by=OPERATOR)
    shops = await till.market.ask(PreviewRefund(order_id=ORDER, amount_minor=6_000), by=SELLER_ADA)

    assert (operators.needs_second, shops.needs_second) == (True, False)


async def test_what_went_back_is_told_with_what_is_held(till: Till) -> None:
    await till.paid()
    await give_back(till, of_ada(1_500, 200))

    (adas, bobs) = (await till.market.ask(ViewOrderHolds(order_id=ORDER), by=ANN)).holds
    escrow = await till.market.ask(ViewEscrow(seller_order_id=SOR_ADA), by=SELLER_ADA)

    assert (adas.refunded, adas.refundable_items, adas.refundable_delivery) == (euros(1_700), euros(4_500), euros(300))
    assert (bobs.refunded, bobs.refundable_items) == (euros(0), euros(3_500))
    assert (escrow.refunded, escrow.held) == (euros(1_700), euros(4_800))


async def test_reserve_and_debt_are_figures_of_a_balance_with_entries_behind_them() -> None:
    till = a_till(policy=THE_EXAMPLE)
    await till.accounts()
    await till.released()
    (reserved,) = (await till.market.ask(ViewBalance(seller_id=ADA), by=SELLER_ADA)).balances
    await till.sweep()
    await till.settle()
    await give_back(till, of_ada(2_000))

    (owing,) = (await till.market.ask(ViewBalance(seller_id=ADA), by=SELLER_ADA)).balances
    page = await till.market.ask(
        ListBalanceEntries(seller_id=ADA, currency=EUR, heading=BalanceHeading.DEBT), by=SELLER_ADA
    )

    assert (reserved.reserve, reserved.debt) == (euros(289), euros(0))
    assert (owing.reserve, owing.debt) == (euros(0), euros(2_000 - 240 - 289))
    assert [(entry.amount, entry.seller_order_id) for entry in page.items] == [(owing.debt, SOR_ADA)]
    await check_entries_sum_to_the_balance(till.market, ADA)
