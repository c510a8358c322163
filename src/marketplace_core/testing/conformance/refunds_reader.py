"""What every reader of refunds must answer."""

import pytest
from attrs import evolve

from marketplace_core.kernel.ids import OrderId, PaymentId, RefundId, SellerOrderId, UserId
from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.paging import InvalidCursor, PageRequest
from marketplace_core.payments import (
    BalanceHeading,
    Payment,
    PaymentState,
    Portion,
    Refund,
    RefundablePart,
    RefundPart,
    RefundState,
    RefundView,
    Sources,
    Split,
)
from marketplace_core.payments.domain import accounts
from marketplace_core.testing.conformance.ledger import PSP, a_journal, post
from marketplace_core.testing.payments import (
    ADA,
    BOB,
    BUYER,
    EUR,
    NOW,
    PROVIDER,
    PaymentsGround,
    a_held_hold,
    a_payment,
    a_refund,
    a_released_hold,
    a_share,
    an_account,
    euros,
)

RESERVE, PAYABLE = accounts.seller_reserve(ADA, EUR), accounts.seller_payable(ADA, EUR)
DEBT = accounts.seller_receivable(ADA, EUR)


def of_both(refund_id: str) -> Refund:
    """Ask, as an operator, for some of Ada's and some of Bob's part back."""
    parts = (("sor_ada", ADA, Portion(items=600, delivery=50)), ("sor_bob", BOB, Portion(items=350)))
    return Refund.request(
        refund_id=RefundId(refund_id),
        payment_id=PaymentId("pay_1"),
        order_id=OrderId("ord_1"),
        buyer_id=BUYER,
        provider=PROVIDER,
        currency=EUR,
        reason="Late.",
        who=Who.OPERATOR,
        requester_id=UserId("usr_op"),
        parts=tuple(
            RefundPart(seller_order_id=SellerOrderId(name), seller_id=seller_id, wanted=wanted)
            for name, seller_id, wanted in parts
        ),
        now=NOW,
    )


class RefundsReaderConformance:
    """Override ``ground``."""

    @pytest.fixture
    def ground(self) -> PaymentsGround:
        """Return an empty store of payments."""
        raise NotImplementedError

    async def test_a_refund_that_is_missing_is_none(self, ground: PaymentsGround) -> None:
        assert await ground.reader.refund(RefundId("rfd_none")) is None
        assert await ground.reader.refundable(OrderId("ord_none")) is None
        assert (await ground.reader.refunds(PageRequest())).items == ()

    async def test_a_refund_is_shown_with_its_parts_and_once_approved_with_who_bears_them(
        self, ground: PaymentsGround
    ) -> None:
        refund = a_refund(delivery_minor=100)
        async with ground.begin() as work:
            await work.payments.save(a_payment())
            await work.refunds.save(refund)
        asked = await ground.reader.refund(refund.refund_id)
        async with ground.begin() as work:
            refund = await work.refunds.get(refund.refund_id)
            (part,) = refund.parts
            split = Split(held=Portion(items=500), released=Portion(items=1_000, delivery=100))
            sources = Sources(commission=100, vat=20, platform=80, reserve=30, payable=370, debt=500)
            refund.approve((evolve(part, split=split, sources=sources),), Who.OPERATOR, NOW)
            await work.refunds.save(refund)

        approved = await ground.reader.refund(refund.refund_id)

        assert asked is not None
        assert (asked.state, asked.amount, asked.reason) == (RefundState.REQUESTED, euros(1_600), refund.reason)
        assert (asked.requested_by, asked.requester_id, asked.requested_at) == (Who.BUYER, BUYER, NOW)
        assert asked.parts[0].booking is None
        assert approved == RefundView.of(refund)
        assert approved is not None
        booking = approved.parts[0].booking
        assert booking is not None
        assert (booking.held, booking.commission, booking.vat) == (euros(500), euros(100), euros(20))
        assert (booking.platform, booking.reserve) == (euros(80), euros(30))
        assert (booking.payable, booking.debt) == (euros(370), euros(500))

    async def test_refunds_are_listed_newest_first_by_order_seller_buyer_and_state(
        self, ground: PaymentsGround
    ) -> None:
        rejected = a_refund("rfd_1")
        rejected.reject("It is whole.", Who.SELLER, NOW)
        async with ground.begin() as work:
            await work.payments.save(a_payment())
            for refund in (rejected, of_both("rfd_2"), a_refund("rfd_3")):
                await work.refunds.save(refund)

        async def named(**wanted: object) -> list[str]:
            page = await ground.reader.refunds(PageRequest(), **wanted)  # type: ignore[arg-type]
            assert page.next_cursor is None
            return [view.refund_id for view in page.items]

        of_bob = await ground.reader.refunds(PageRequest(), seller_id=BOB)
        first = await ground.reader.refunds(PageRequest(limit=2))
        rest = await ground.reader.refunds(PageRequest(limit=2, cursor=first.next_cursor))

        assert await named() == ["rfd_3", "rfd_2", "rfd_1"]
        assert await named(order_id=OrderId("ord_1"), seller_id=ADA) == ["rfd_3", "rfd_2", "rfd_1"]
        assert await named(order_id=OrderId("ord_2")) == []
        assert await named(buyer_id=BUYER, states={RefundState.REQUESTED}) == ["rfd_3", "rfd_2"]
        assert await named(buyer_id=UserId("usr_other")) == []
        assert [[part.seller_id for part in view.parts] for view in of_bob.items] == [[ADA, BOB]]
        assert [view.refund_id for view in (*first.items, *rest.items)] == ["rfd_3", "rfd_2", "rfd_1"]
        assert rest.next_cursor is None

    async def test_what_never_was_any_shops_is_shown_without_parts(self, ground: PaymentsGround) -> None:
        payment = a_payment()
        refund = Refund.of_misfit(
            refund_id=RefundId("rfd_1"), payment=payment, amount=euros(9_000), reason="wrong_amount", now=NOW
        )
        async with ground.begin() as work:
            await work.payments.save(payment)
            await work.refunds.save(refund)

        listed = await ground.reader.refunds(PageRequest(), order_id=payment.order_id)
        of_ada = await ground.reader.refunds(PageRequest(), seller_id=ADA)

        assert await ground.reader.refund(refund.refund_id) == RefundView.of(refund)
        assert listed.items == (RefundView.of(refund),)
        assert of_ada.items == ()

    async def test_a_cursor_of_another_list_is_refused(self, ground: PaymentsGround) -> None:
        with pytest.raises(InvalidCursor):
            await ground.reader.refunds(PageRequest(cursor="pyt_1"))

    async def test_what_may_be_given_back_is_told_with_what_the_shops_have(self, ground: PaymentsGround) -> None:
        released, held = a_released_hold(), a_held_hold("sor_bob", BOB)
        other = Payment.open(
            payment_id=PaymentId("pay_2"),
            order_id=OrderId("ord_2"),
            buyer_id=BUYER,
            currency=EUR,
            provider=PROVIDER,
            shares=(a_share("sor_other", BOB, 6_000, 500),),
            now=NOW,
        )
        async with ground.begin() as work:
            await work.payments.save(a_payment())
            await work.payments.save(other)
            await work.holds.save(held)
            await work.holds.save(released)
        await post(ground, a_journal((PSP, PAYABLE, 5_780), (PSP, RESERVE, 289), source_id="pay_1"))

        order = await ground.reader.refundable(OrderId("ord_1"))
        bare = await ground.reader.refundable(OrderId("ord_2"))

        assert order is not None
        assert (order.order_id, order.buyer_id, order.state, order.currency) == (
            "ord_1",
            BUYER,
            PaymentState.CREATED,
            EUR,
        )
        assert order.parts == (
            RefundablePart(
                seller_order_id=released.seller_order_id,
                seller_id=ADA,
                standing=released.standing,
                terms=released.terms,
                reserve=euros(289),
                payable=euros(5_780),
            ),
            RefundablePart(
                seller_order_id=held.seller_order_id,
                seller_id=BOB,
                standing=held.standing,
                terms=held.terms,
                reserve=euros(0),
                payable=euros(0),
            ),
        )
        assert bare is not None
        assert bare.order_id == "ord_2"

    async def test_a_balance_says_what_is_in_reserve_and_what_is_owed_and_entries_stand_behind_both(
        self, ground: PaymentsGround
    ) -> None:
        async with ground.begin() as work:
            await work.seller_accounts.save(an_account(ADA))
        await post(ground, a_journal((PSP, RESERVE, 289), source_id="pay_1"))
        await post(ground, a_journal((DEBT, PSP, 1_500), source_id="pay_2"))
        await post(ground, a_journal((PSP, DEBT, 400), source_id="pay_3"))

        (balance,) = (await ground.reader.balance(ADA)).balances
        told = {
            heading: [
                (entry.amount.amount_minor, entry.balance.amount_minor)
                for entry in (
                    await ground.reader.balance_entries(PageRequest(), seller_id=ADA, currency=EUR, heading=heading)
                ).items
            ]
            for heading in (BalanceHeading.RESERVE, BalanceHeading.DEBT)
        }

        assert (balance.reserve, balance.debt, balance.payable) == (euros(289), euros(1_100), euros(0))
        assert told == {
            BalanceHeading.RESERVE: [(289, 289)],
            BalanceHeading.DEBT: [(-400, 1_100), (1_500, 1_500)],
        }
