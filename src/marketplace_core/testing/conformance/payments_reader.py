"""What every reader of payments must answer."""

import pytest
from attrs import evolve

from marketplace_core.kernel.ids import OrderId, PaymentId, PayoutId, SellerId, SellerOrderId
from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.paging import InvalidCursor, PageRequest
from marketplace_core.payments import (
    AccountKind,
    AccountState,
    BalanceHeading,
    BankState,
    HoldState,
    JournalKind,
    OrderHold,
    Payment,
    PaymentState,
    Payout,
    PayoutState,
    Proof,
    ProviderPayout,
    ProviderTransfer,
    Sources,
)
from marketplace_core.payments.domain import journals
from marketplace_core.testing.payments import (
    ADA,
    BOB,
    BUYER,
    EUR,
    NOW,
    PaymentsGround,
    a_held_hold,
    a_hold,
    a_payment,
    a_payout,
    a_refund,
    a_released_hold,
    a_share,
    an_account,
    book_releases,
    seen,
)


class PaymentsReaderConformance:
    """Override ``ground``."""

    @pytest.fixture
    def ground(self) -> PaymentsGround:
        """Return an empty store of payments."""
        raise NotImplementedError

    async def test_what_is_missing_is_none(self, ground: PaymentsGround) -> None:
        assert await ground.reader.payment(PaymentId("pay_none")) is None
        assert await ground.reader.payment_of_order(OrderId("ord_none")) is None
        assert await ground.reader.escrow(SellerOrderId("sor_none")) is None
        assert await ground.reader.payout(PayoutId("pyt_none")) is None
        assert await ground.reader.order_holds(OrderId("ord_none")) is None

    async def test_a_payment_is_shown_with_its_step(self, ground: PaymentsGround) -> None:
        payment = a_payment()
        payment.request(NOW)
        payment.observe(seen(payment, PaymentState.REQUIRES_ACTION), now=NOW)
        async with ground.begin() as work:
            await work.payments.save(payment)

        by_id = await ground.reader.payment(payment.payment_id)
        by_order = await ground.reader.payment_of_order(payment.order_id)

        assert by_id == by_order
        assert by_id is not None
        assert by_id.step == payment.step
        assert by_id.step.client_secret == "secret"
        assert (by_id.state, by_id.amount, by_id.buyer_id) == (payment.state, payment.amount, payment.buyer_id)

    async def test_holds_are_shown_and_listed_by_order_and_by_seller_newest_first(self, ground: PaymentsGround) -> None:
        async with ground.begin() as work:
            await work.payments.save(a_payment())
            await work.holds.save(a_released_hold())
            await work.holds.save(a_hold("sor_bob", BOB))

        one = await ground.reader.escrow(SellerOrderId("sor_ada"))
        released = await ground.reader.escrows(
            PageRequest(), order_id=None, seller_id=None, states={HoldState.RELEASED, HoldState.FROZEN}
        )
        of_order = await ground.reader.escrows(PageRequest(), order_id=OrderId("ord_1"), seller_id=None)
        of_bob = await ground.reader.escrows(PageRequest(), order_id=None, seller_id=BOB)
        first = await ground.reader.escrows(PageRequest(limit=1), order_id=None, seller_id=None)
        rest = await ground.reader.escrows(
            PageRequest(limit=1, cursor=first.next_cursor), order_id=None, seller_id=None
        )
        pending = await ground.reader.escrows(PageRequest(), states={HoldState.PENDING})
        adas_pending = await ground.reader.escrows(PageRequest(), seller_id=ADA, states={HoldState.PENDING})

        assert one is not None
        assert (one.state, one.held, one.proof) == (HoldState.RELEASED, Money(0, EUR), Proof.BUYER)
        assert one.releases[0].division.commission == Money(600, EUR)
        assert [view.seller_order_id for view in of_order.items] == ["sor_bob", "sor_ada"]
        assert [view.seller_order_id for view in of_bob.items] == ["sor_bob"]
        assert [view.seller_order_id for view in pending.items] == ["sor_bob"]
        assert adas_pending.items == ()
        assert [view.seller_order_id for view in released.items] == ["sor_ada"]
        assert [first.items[0].seller_order_id, rest.items[0].seller_order_id] == ["sor_bob", "sor_ada"]
        assert rest.next_cursor is None

    async def test_what_is_held_of_an_order_is_shown_with_its_buyer(self, ground: PaymentsGround) -> None:
        other = Payment.open(
            payment_id=PaymentId("pay_2"),
            order_id=OrderId("ord_2"),
            buyer_id=BUYER,
            currency=EUR,
            provider="inmemory",
            shares=(a_share("sor_other", BOB, 6_000, 500),),
            now=NOW,
        )
        async with ground.begin() as work:
            await work.payments.save(a_payment())
            await work.payments.save(other)
            await work.holds.save(a_hold("sor_bob", BOB))
            await work.holds.save(a_released_hold())
            await work.holds.save(evolve(a_hold("sor_other", BOB, "pay_2"), order_id=other.order_id))

        view = await ground.reader.order_holds(OrderId("ord_1"))

        assert view is not None
        assert (view.order_id, view.payment_id, view.buyer_id) == ("ord_1", "pay_1", BUYER)
        assert view.holds == (OrderHold.of(a_released_hold()), OrderHold.of(a_hold("sor_bob", BOB)))

    async def test_a_seller_without_money_has_a_balance_of_zero_in_the_accounts_currency(
        self, ground: PaymentsGround
    ) -> None:
        nothing = await ground.reader.balance(ADA)
        async with ground.begin() as work:
            await work.seller_accounts.save(an_account(ADA))
        view = await ground.reader.balance(ADA)

        assert (nothing.account, nothing.balances) == (None, ())
        assert view.account is AccountState.ENABLED
        (balance,) = view.balances
        assert {balance.held, balance.payable, balance.in_payout, balance.paid} == {Money(0, EUR)}

    async def test_a_balance_says_what_is_held_payable_in_payout_and_paid(self, ground: PaymentsGround) -> None:
        held = a_held_hold("sor_1", ADA)
        paid = a_payout("pyt_1", release="sor_2:1")
        paid.approve()
        paid.start(NOW)
        paid.transferred(
            ProviderTransfer(reference="tr", payout_id=paid.payout_id, account=paid.account, amount=paid.amount)
        )
        told = ProviderPayout(reference="po", payout_id=paid.payout_id, state=BankState.PAID, amount=paid.amount)
        paid.sent(told)
        paid.observe(told, now=NOW)
        async with ground.begin() as work:
            await work.payments.save(a_payment())
            await work.seller_accounts.save(an_account(ADA))
            await work.holds.save(held)
            for number in (2, 3, 4):
                await work.holds.save(a_released_hold(f"sor_{number}", ADA))
                await book_releases(work, a_released_hold(f"sor_{number}", ADA))
            for payout in (paid, a_payout("pyt_2", release="sor_3:1")):
                await work.payouts.save(payout)
                await work.ledger.post(journals.payout_assembled(payout), NOW)

        (balance,) = (await ground.reader.balance(ADA)).balances

        assert balance.held == Money(6_500, EUR)
        assert balance.payable == Money(5_780, EUR)
        assert balance.in_payout == Money(5_780, EUR)
        assert balance.paid == Money(5_780, EUR)

    async def test_the_entries_behind_a_figure_are_those_of_the_sellers_own_accounts(
        self, ground: PaymentsGround
    ) -> None:
        released = a_released_hold()
        payout, payment = a_payout("pyt_1"), a_payment()
        async with ground.begin() as work:
            await work.payments.save(payment)
            await work.holds.save(released)
            await work.holds.save(a_released_hold("sor_bob", BOB))
            for journal in (
                journals.payment_captured(payment),
                journals.escrow_released(released, released.releases[0]),
                journals.payout_assembled(payout),
                journals.transfer_succeeded(payout),
                journals.payout_paid(payout),
            ):
                await work.ledger.post(journal, NOW)
            await work.payouts.save(payout)

        async def told(heading: BalanceHeading, seller_id: SellerId = ADA, currency: str = EUR) -> list[object]:
            page = await ground.reader.balance_entries(
                PageRequest(), seller_id=seller_id, currency=currency, heading=heading
            )
            assert page.next_cursor is None
            return [(one.amount.amount_minor, one.balance.amount_minor, one.counterpart) for one in page.items]

        assert await told(BalanceHeading.HELD) == [
            (-5_780, 0, AccountKind.SELLER_PAYABLE),
            (-120, 5_780, AccountKind.TAX_PAYABLE),
            (-600, 5_900, AccountKind.COMMISSION_REVENUE),
            (6_500, 6_500, AccountKind.PSP),
        ]
        assert await told(BalanceHeading.HELD, BOB) == [(3_500, 3_500, AccountKind.PSP)]
        assert await told(BalanceHeading.HELD, currency="USD") == []
        assert await told(BalanceHeading.PAYABLE) == [
            (-5_780, 0, AccountKind.PAYOUT_CLEARING),
            (5_780, 5_780, AccountKind.ESCROW),
        ]
        assert await told(BalanceHeading.IN_PAYOUT) == [
            (-5_780, 0, AccountKind.WALLET),
            (5_780, 5_780, AccountKind.SELLER_PAYABLE),
        ]
        assert await told(BalanceHeading.PAID) == [(5_780, 5_780, AccountKind.WALLET)]
        assert await told(BalanceHeading.PAID, BOB) == []

    async def test_what_a_buyer_gets_back_out_of_escrow_is_held_no_longer(self, ground: PaymentsGround) -> None:
        hold, refund, payment = a_held_hold(), a_refund(), a_payment()
        part = evolve(refund.parts[0], split=hold.refund(refund.parts[0].wanted, Who.SELLER)[0])
        refund.approve((part,), Who.SELLER, NOW)
        async with ground.begin() as work:
            await work.payments.save(payment)
            await work.holds.save(hold)
            await work.refunds.save(refund)
            await work.ledger.post(journals.payment_captured(payment), NOW)
            await work.ledger.post(journals.refund_from_escrow(refund, part, hold), NOW)

        (balance,) = (await ground.reader.balance(ADA)).balances
        page = await ground.reader.balance_entries(
            PageRequest(), seller_id=ADA, currency=EUR, heading=BalanceHeading.HELD
        )
        shown = await ground.reader.escrow(hold.seller_order_id)

        assert shown is not None
        assert (balance.held, shown.held, shown.share) == (Money(5_000, EUR), Money(5_000, EUR), Money(6_500, EUR))
        assert [(one.amount.amount_minor, one.counterpart, one.seller_order_id) for one in page.items] == [
            (-1_500, AccountKind.REFUND_PAYABLE, "sor_ada"),
            (6_500, AccountKind.PSP, "sor_ada"),
        ]

    async def test_refunds_netting_and_what_a_bank_sends_back_stand_under_their_figures(
        self, ground: PaymentsGround
    ) -> None:
        hold, refund = a_released_hold(), a_refund()
        part = evolve(
            refund.parts[0],
            split=hold.refund(refund.parts[0].wanted, Who.SELLER)[0],
            sources=Sources(commission=150, vat=30, payable=1_120, debt=200),
        )
        refund.approve((part,), Who.SELLER, NOW)
        released = journals.escrow_released(hold, hold.releases[0])
        async with ground.begin() as work:
            await work.payments.save(a_payment())
            await work.holds.save(hold)
            await work.refunds.save(refund)
            await book_releases(work, hold)
            await work.ledger.post(journals.refund_after_release(refund, part, hold), NOW)
            await work.ledger.post(journals.debt_netted(ADA, Money(200, EUR), after=released), NOW)
            payout = Payout.assemble(
                payout_id=PayoutId("pyt_1"),
                seller_id=ADA,
                provider="inmemory",
                account="acct_sel_ada",
                items=tuple(await work.payouts.unclaimed(ADA, EUR, limit=10)),
                now=NOW,
            )
            payout.approve()
            payout.start(NOW)
            payout.transferred(
                ProviderTransfer(reference="tr", payout_id="pyt_1", account="acct_sel_ada", amount=payout.amount)
            )
            for state in (BankState.IN_TRANSIT, BankState.PAID, BankState.FAILED):
                told = ProviderPayout(reference="po", payout_id="pyt_1", state=state, amount=payout.amount)
                if state is BankState.IN_TRANSIT:
                    payout.sent(told)
                else:
                    payout.observe(told, now=NOW)
            await work.payouts.save(payout)
            for book in (
                journals.payout_assembled,
                journals.transfer_succeeded,
                journals.payout_paid,
                journals.payout_returned,
            ):
                await work.ledger.post(book(payout), NOW)

        async def told_of(heading: BalanceHeading) -> list[object]:
            page = await ground.reader.balance_entries(PageRequest(), seller_id=ADA, currency=EUR, heading=heading)
            return [
                (one.kind, one.amount.amount_minor, one.balance.amount_minor, one.seller_order_id or one.payout_id)
                for one in page.items
            ]

        (balance,) = (await ground.reader.balance(ADA)).balances
        shown = await ground.reader.payout(PayoutId("pyt_1"))

        figures = (balance.held, balance.payable, balance.in_payout, balance.paid)
        assert [figure.amount_minor for figure in figures] == [0, 0, 4_460, 0]
        assert shown is not None
        assert [(item.seller_order_id, item.amount.amount_minor) for item in shown.items] == [
            (None, -200),
            ("sor_ada", -1_120),
            ("sor_ada", 5_780),
        ]
        assert await told_of(BalanceHeading.PAYABLE) == [
            (JournalKind.PAYOUT_ASSEMBLED, -4_460, 0, "pyt_1"),
            (JournalKind.DEBT_NETTED, -200, 4_460, "sor_ada"),
            (JournalKind.REFUND_AFTER_RELEASE, -1_120, 4_660, "sor_ada"),
            (JournalKind.ESCROW_RELEASED, 5_780, 5_780, "sor_ada"),
        ]
        assert await told_of(BalanceHeading.IN_PAYOUT) == [
            (JournalKind.PAYOUT_RETURNED, 4_460, 4_460, "pyt_1"),
            (JournalKind.PAYOUT_PAID, -4_460, 0, "pyt_1"),
            (JournalKind.PAYOUT_ASSEMBLED, 4_460, 4_460, "pyt_1"),
        ]
        assert await told_of(BalanceHeading.PAID) == [
            (JournalKind.PAYOUT_RETURNED, -4_460, 0, "pyt_1"),
            (JournalKind.PAYOUT_PAID, 4_460, 4_460, "pyt_1"),
        ]

    async def test_the_entries_behind_a_figure_come_in_pages_and_say_what_they_are_about(
        self, ground: PaymentsGround
    ) -> None:
        released, payout = a_released_hold(), a_payout()
        async with ground.begin() as work:
            await work.payments.save(a_payment())
            await work.holds.save(released)
            await book_releases(work, released)
            await work.payouts.save(payout)
            await work.ledger.post(journals.payout_assembled(payout), NOW)

        first = await ground.reader.balance_entries(
            PageRequest(limit=1), seller_id=ADA, currency=EUR, heading=BalanceHeading.PAYABLE
        )
        rest = await ground.reader.balance_entries(
            PageRequest(limit=1, cursor=first.next_cursor),
            seller_id=ADA,
            currency=EUR,
            heading=BalanceHeading.PAYABLE,
        )

        (newest,), (oldest,) = first.items, rest.items
        assert (newest.kind, newest.seller_order_id, newest.payout_id) == (
            JournalKind.PAYOUT_ASSEMBLED,
            None,
            payout.payout_id,
        )
        assert (oldest.kind, oldest.seller_order_id, oldest.payout_id) == (
            JournalKind.ESCROW_RELEASED,
            released.seller_order_id,
            None,
        )
        assert (newest.posted_at, newest.balance, oldest.balance) == (NOW, Money(0, EUR), Money(5_780, EUR))
        assert rest.next_cursor is None

    async def test_payouts_are_shown_and_listed_newest_first(self, ground: PaymentsGround) -> None:
        async with ground.begin() as work:
            await work.payments.save(a_payment())
            for number, seller_id in ((1, ADA), (2, BOB), (3, ADA)):
                await work.holds.save(a_released_hold(f"sor_{number}", seller_id))
                await book_releases(work, a_released_hold(f"sor_{number}", seller_id))
                payout = a_payout(f"pyt_{number}", seller_id, release=f"sor_{number}:1")
                if number != 2:
                    payout.hold_back("risk")
                await work.payouts.save(payout)

        one = await ground.reader.payout(PayoutId("pyt_1"))
        live = await ground.reader.payouts(PageRequest(), states={PayoutState.ASSEMBLED, PayoutState.HELD})
        failed = await ground.reader.payouts(PageRequest(), states={PayoutState.FAILED})
        of_ada = await ground.reader.payouts(PageRequest(), seller_id=ADA)
        held_back = await ground.reader.payouts(PageRequest(), states={PayoutState.HELD})
        bobs_held_back = await ground.reader.payouts(PageRequest(), seller_id=BOB, states={PayoutState.HELD})
        first = await ground.reader.payouts(PageRequest(limit=2), seller_id=None)
        rest = await ground.reader.payouts(PageRequest(limit=2, cursor=first.next_cursor), seller_id=None)

        assert one is not None
        assert (one.state, one.amount) == (PayoutState.HELD, Money(5_780, EUR))
        assert [item.entry_id for item in one.items] == ["sor_1:1"]
        assert [view.payout_id for view in held_back.items] == ["pyt_3", "pyt_1"]
        assert bobs_held_back.items == ()
        assert [view.payout_id for view in of_ada.items] == ["pyt_3", "pyt_1"]
        assert (len(live.items), len(failed.items)) == (3, 0)
        assert [view.payout_id for view in (*first.items, *rest.items)] == ["pyt_3", "pyt_2", "pyt_1"]
        assert rest.next_cursor is None

    async def test_a_cursor_of_another_list_is_refused(self, ground: PaymentsGround) -> None:
        with pytest.raises(InvalidCursor):
            await ground.reader.payouts(PageRequest(cursor="sor_1"), seller_id=None)
        for cursor in ("jrn_1", "trf_", "trf_x"):
            with pytest.raises(InvalidCursor):
                await ground.reader.balance_entries(
                    PageRequest(cursor=cursor), seller_id=ADA, currency=EUR, heading=BalanceHeading.HELD
                )
        with pytest.raises(InvalidCursor):
            await ground.reader.escrows(PageRequest(cursor="pyt_1"), order_id=None, seller_id=None)
