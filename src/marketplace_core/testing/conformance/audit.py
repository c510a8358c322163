"""What the audit of the books must find, whoever keeps them."""

from datetime import datetime, timedelta

import pytest
from attrs import evolve

from marketplace_core.kernel.ids import PaymentId, RefundId, SellerOrderId
from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.money import Money
from marketplace_core.payments import (
    REVERSED,
    Account,
    AccountKind,
    DisputePart,
    DisputeState,
    JournalKind,
    PaymentPolicy,
    PaymentState,
    Portion,
    Proof,
    ProviderRefund,
    RefundProgress,
    Split,
    entry_id,
    escrow_released,
)
from marketplace_core.payments.domain.accounts import refund_payable, suspense
from marketplace_core.testing.conformance.ledger import ESCROW, FEES, PAYABLE, PSP, WALLET, a_journal, post
from marketplace_core.testing.payments import (
    ADA,
    EUR,
    NOW,
    PaymentsGround,
    a_dispute,
    a_held_hold,
    a_payment,
    a_payout,
    a_refund,
    a_released_hold,
    an_account,
    book_releases,
    euros,
    seen,
    seen_dispute,
)


class AuditConformance:
    """Override ``ground``. Each case puts one thing into the books that must not be, through the front door."""

    @pytest.fixture
    def ground(self) -> PaymentsGround:
        """Return an empty store of payments."""
        raise NotImplementedError

    async def _found(self, ground: PaymentsGround, now: datetime = NOW) -> set[tuple[str, str]]:
        return {(one.check, one.subject) for one in await ground.audit.violations(now, limit=100)}

    async def test_empty_books_are_sound(self, ground: PaymentsGround) -> None:
        assert await self._found(ground) == set()

    async def test_money_in_an_escrow_without_a_hold_is_found(self, ground: PaymentsGround) -> None:
        await post(ground, a_journal((PSP, ESCROW, 100)))

        assert ("escrow_matches_hold", "escrow:sor_1:EUR") in await self._found(ground)

    async def test_a_payout_that_claims_what_is_still_payable_is_found(self, ground: PaymentsGround) -> None:
        journal = a_journal((PSP, PAYABLE, 5_780), source_type="opening")
        await post(ground, journal)
        assert await self._found(ground) == set()
        async with ground.begin() as work:
            await work.payments.save(a_payment())
            await work.seller_accounts.save(an_account())
            await work.payouts.save(a_payout(release=entry_id(journal)))

        assert ("payable_is_unclaimed", "seller_payable:sel_ada:EUR") in await self._found(ground)

    async def test_a_refund_that_is_owed_and_not_booked_is_found(self, ground: PaymentsGround) -> None:
        refund = a_refund()
        refund.approve(tuple(evolve(part, split=Split(held=part.wanted)) for part in refund.parts), Who.OPERATOR, NOW)
        async with ground.begin() as work:
            await work.payments.save(a_payment())
            await work.refunds.save(refund)
        assert await self._found(ground) == {("refund_matches_books", "refund_payable:rfd_1:EUR")}
        owed = refund_payable(refund.refund_id, EUR)
        await post(ground, a_journal((PSP, owed, 1_500), source_type="opening"))
        assert await self._found(ground) == set()

        refund.submit(NOW)
        for progress in (RefundProgress.SUCCEEDED, RefundProgress.FAILED):
            told = ProviderRefund(reference="re_1", refund_id="rfd_1", state=progress, amount=refund.amount)
            refund.observe(told, NOW)
        async with ground.begin() as work:
            await work.refunds.save(refund)

        assert await self._found(ground) == {
            ("refund_matches_books", "refund_payable:rfd_1:EUR"),
            ("refund_matches_books", "buyer_unclaimed:rfd_1:EUR"),
        }

    async def test_money_in_clearing_without_a_payout_is_found(self, ground: PaymentsGround) -> None:
        clearing = Account(kind=AccountKind.PAYOUT_CLEARING, subject="pyt_1", currency=EUR)
        await post(ground, a_journal((PSP, clearing, 100)))

        assert ("clearing_matches_payout", "payout_clearing:pyt_1:EUR") in await self._found(ground)

    async def test_money_in_a_wallet_without_a_payout_is_found(self, ground: PaymentsGround) -> None:
        await post(ground, a_journal((WALLET, PSP, 100)))

        assert ("wallet_matches_payouts", "wallet:sel_ada:EUR") in await self._found(ground)

    async def test_what_the_balance_has_to_cover_is_summed_up(self, ground: PaymentsGround) -> None:
        assert list(await ground.audit.owed()) == []
        covered = (
            (ESCROW, 1_000),
            (PAYABLE, 200),
            (Account(kind=AccountKind.SELLER_RESERVE, subject=ADA, currency=EUR), 30),
            (refund_payable(RefundId("rfd_1"), EUR), 4),
            (Account(kind=AccountKind.BUYER_UNCLAIMED, subject="rfd_2", currency=EUR), 5),
            (Account(kind=AccountKind.ESCROW, subject="sor_2", currency="USD"), 70),
        )
        others = (
            (suspense(PaymentId("pay_1"), EUR), 10_000),
            (Account(kind=AccountKind.PAYOUT_CLEARING, subject="pyt_0", currency=EUR), 10_000),
            (Account(kind=AccountKind.ESCROW_DISPUTED, subject="dsp_1", currency=EUR), 10_000),
            (Account(kind=AccountKind.TAX_PAYABLE, subject="DE", currency=EUR), 10_000),
        )
        for account, minor in (*covered, *others):
            psp = evolve(PSP, currency=account.currency)
            await post(ground, a_journal((psp, account, minor), source_id=account.code))

        assert list(await ground.audit.owed()) == [euros(1_239), Money(70, "USD")]

    async def test_what_a_payout_has_claimed_is_to_be_covered_until_it_may_be_on_its_way(
        self, ground: PaymentsGround
    ) -> None:
        journal = a_journal((PSP, PAYABLE, 5_780), source_type="opening")
        await post(ground, journal)
        payout = a_payout(release=entry_id(journal))
        async with ground.begin() as work:
            await work.seller_accounts.save(an_account())
            await work.payouts.save(payout)
        assembled = await ground.audit.owed()
        payout.approve()
        payout.start(NOW)
        async with ground.begin() as work:
            await work.payouts.save(payout)
        asked = await ground.audit.owed()
        payout.transfer_refused("account_restricted")
        async with ground.begin() as work:
            await work.payouts.save(payout)

        payable, both = euros(5_780), euros(2 * 5_780)
        assert [*assembled, *asked, *await ground.audit.owed()] == [both, payable, both]

    async def test_the_fee_of_a_payment_is_to_be_earned_while_something_of_it_is_held(
        self, ground: PaymentsGround
    ) -> None:
        payment, hold = a_payment(), a_held_hold()
        payment.observe(seen(payment, PaymentState.CAPTURED), now=NOW)
        await post(ground, a_journal((PSP, PAYABLE, 6_500), source_type="opening"))
        async with ground.begin() as work:
            await work.payments.save(payment)
            await work.holds.save(hold)
        held = await ground.audit.owed()
        hold.deliver(Proof.BUYER, delivered_at=NOW, policy=PaymentPolicy())
        hold.release(now=NOW)
        async with ground.begin() as work:
            await work.holds.save(hold)

        assert [*held, *await ground.audit.owed()] == [euros(6_500 - 320), euros(6_500)]

    async def test_the_findings_are_limited(self, ground: PaymentsGround) -> None:
        for number in range(5):
            account = Account(kind=AccountKind.ESCROW, subject=f"sor_{number}", currency=EUR)
            await post(ground, a_journal((PSP, account, 100), source_id=f"pay_{number}"))

        assert len(await ground.audit.violations(NOW, limit=3)) == 3

    async def test_a_hold_whose_money_never_came_is_found(self, ground: PaymentsGround) -> None:
        async with ground.begin() as work:
            await work.payments.save(a_payment())
            await work.holds.save(a_held_hold())

        assert ("escrow_matches_hold", "escrow:sor_ada:EUR") in await self._found(ground)

    async def test_a_captured_payment_that_was_not_booked_is_found(self, ground: PaymentsGround) -> None:
        payment = a_payment()
        payment.observe(seen(payment, PaymentState.CAPTURED), now=NOW)
        async with ground.begin() as work:
            await work.payments.save(payment)

        assert ("capture_is_booked", payment.payment_id) in await self._found(ground)

    async def test_a_journal_about_nothing_is_found_until_another_one_takes_it_back(
        self, ground: PaymentsGround
    ) -> None:
        await post(ground, a_journal((FEES, PSP, 70), kind=JournalKind.PAYOUT_PAID, source_type="payout"))
        assert await self._found(ground) == {("journal_has_source", "pay_1")}

        back = a_journal((PSP, FEES, 70), kind=JournalKind.PAYOUT_PAID, source_type="payout", leg=f"main{REVERSED}")
        await post(ground, back)

        assert await self._found(ground) == set()

    async def test_a_fee_that_was_not_booked_is_found(self, ground: PaymentsGround) -> None:
        payment = a_payment()
        payment.observe(seen(payment, PaymentState.CAPTURED, fee=euros(320)), now=NOW)
        async with ground.begin() as work:
            await work.payments.save(payment)

        assert ("fee_is_booked", payment.payment_id) in await self._found(ground)

    async def test_a_release_that_was_not_booked_in_full_is_found(self, ground: PaymentsGround) -> None:
        hold = a_released_hold()
        journal = escrow_released(hold, hold.releases[0])
        async with ground.begin() as work:
            await work.payments.save(a_payment())
            await work.holds.save(hold)
            await work.ledger.post(a_journal((PSP, journal.transfers[0].debit, 6_500)), NOW)
            await work.ledger.post(evolve(journal, transfers=journal.transfers[1:]), NOW)

        assert ("release_is_booked", "sor_ada:1") in await self._found(ground)

    async def test_a_refund_that_its_share_knows_nothing_of_is_found(self, ground: PaymentsGround) -> None:
        refund = a_refund()
        refund.approve(tuple(evolve(part, split=Split(held=part.wanted)) for part in refund.parts), Who.OPERATOR, NOW)
        async with ground.begin() as work:
            await work.payments.save(a_payment())
            await work.holds.save(a_held_hold())
            await work.refunds.save(refund)

        assert ("refund_matches_share", "sor_ada") in await self._found(ground)

    async def test_a_dispute_that_its_share_knows_nothing_of_is_found(self, ground: PaymentsGround) -> None:
        dispute = a_dispute()
        part = DisputePart(
            seller_order_id=SellerOrderId("sor_ada"), seller_id=ADA, split=Split(held=Portion(items=700))
        )
        dispute.withdraw(seen_dispute(DisputeState.NEEDS_RESPONSE), (part,), 10_000)
        async with ground.begin() as work:
            await work.payments.save(a_payment())
            await work.holds.save(a_held_hold())
            await work.disputes.save(dispute)

        assert ("dispute_matches_share", "sor_ada") in await self._found(ground)

    async def test_money_in_suspense_of_a_payment_that_fits_is_found(self, ground: PaymentsGround) -> None:
        await post(ground, a_journal((PSP, suspense(PaymentId("pay_1"), EUR), 100)))

        assert ("suspense_matches_payment", "suspense:pay_1:EUR") in await self._found(ground)

    async def test_a_payout_without_an_answer_is_found_after_three_days(self, ground: PaymentsGround) -> None:
        payout = a_payout()
        payout.approve()
        payout.start(NOW)
        async with ground.begin() as work:
            await work.payments.save(a_payment())
            await work.holds.save(a_released_hold())
            await book_releases(work, a_released_hold())
            await work.payouts.save(payout)

        assert ("unanswered", payout.payout_id) not in await self._found(ground, NOW + timedelta(hours=72))
        assert ("unanswered", payout.payout_id) in await self._found(ground, NOW + timedelta(hours=73))
