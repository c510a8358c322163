"""What every store of payments, holds, seller accounts and payouts must do."""

from datetime import timedelta

import attrs
import pytest

from marketplace_core.kernel.errors import ConcurrentUpdate
from marketplace_core.kernel.ids import OrderId, PaymentId, PayoutId, RefundId, SellerId, SellerOrderId
from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.money import Money
from marketplace_core.payments import (
    Account,
    AccountKind,
    AccountState,
    BankState,
    EscrowHold,
    EscrowNotFound,
    HoldState,
    Journal,
    JournalKind,
    Payment,
    PaymentNotFound,
    PaymentState,
    Payout,
    PayoutNotFound,
    PayoutState,
    ProviderAccount,
    ProviderPayout,
    ProviderRefund,
    ProviderTransfer,
    Refund,
    RefundNotFound,
    RefundProgress,
    RefundState,
    SellerAccountNotFound,
    Sources,
    Split,
    Transfer,
    escrow_released,
)
from marketplace_core.payments.ports import PaymentsWork
from marketplace_core.testing.payments import (
    ADA,
    BOB,
    EUR,
    NOW,
    PROVIDER,
    PaymentsGround,
    a_held_hold,
    a_hold,
    a_payment,
    a_payout,
    a_refund,
    a_released_hold,
    an_account,
    an_item,
    seen,
)

_PAYMENT, _HOLD, _PAYOUT, _REFUND = (
    [field.name for field in attrs.fields(kind) if field.name != "_events"]
    for kind in (Payment, EscrowHold, Payout, Refund)
)


class PaymentsConformance:
    """Override ``ground``."""

    @pytest.fixture
    def ground(self) -> PaymentsGround:
        """Return an empty store of payments."""
        raise NotImplementedError

    async def test_a_missing_payment_is_not_found(self, ground: PaymentsGround) -> None:
        async with ground.begin() as work:
            assert await work.payments.of_order(OrderId("ord_none")) is None
        with pytest.raises(PaymentNotFound):
            async with ground.begin() as work:
                await work.payments.get(PaymentId("pay_none"))

    async def test_a_payment_comes_back_as_it_was_saved(self, ground: PaymentsGround) -> None:
        payment = a_payment()
        async with ground.begin() as work:
            await work.payments.save(payment)
        async with ground.begin() as work:
            payment = await work.payments.get(payment.payment_id)
            payment.request(NOW)
            payment.observe(seen(payment, PaymentState.CAPTURED), now=NOW + timedelta(seconds=1))
            await work.payments.save(payment)

        async with ground.begin() as work:
            found = await work.payments.of_order(payment.order_id)

        assert found is not None
        assert {name: getattr(found, name) for name in _PAYMENT} == {name: getattr(payment, name) for name in _PAYMENT}
        assert found.state is PaymentState.CAPTURED
        assert [share.seller_order_id for share in found.shares] == ["sor_ada", "sor_bob"]
        assert found.captured == Money(10_000, EUR)
        assert found.fee == Money(320, EUR)

    async def test_a_payment_changed_meanwhile_is_not_overwritten(self, ground: PaymentsGround) -> None:
        payment = a_payment()
        async with ground.begin() as work:
            await work.payments.save(payment)
        async with ground.begin() as work:
            mine = await work.payments.get(payment.payment_id)
            theirs = await work.payments.get(payment.payment_id)
            mine.request(NOW)
            await work.payments.save(mine)

        theirs.request(NOW + timedelta(seconds=9))
        with pytest.raises(ConcurrentUpdate):
            async with ground.begin() as work:
                await work.payments.save(theirs)

    async def test_an_order_has_one_payment(self, ground: PaymentsGround) -> None:
        async with ground.begin() as work:
            await work.payments.save(a_payment())

        with pytest.raises(ConcurrentUpdate):
            async with ground.begin() as work:
                await work.payments.save(a_payment(payment_id="pay_other"))


class EscrowHoldsConformance:
    """Override ``ground``."""

    @pytest.fixture
    def ground(self) -> PaymentsGround:
        """Return an empty store of payments."""
        raise NotImplementedError

    async def test_a_missing_hold_is_not_found(self, ground: PaymentsGround) -> None:
        with pytest.raises(EscrowNotFound):
            async with ground.begin() as work:
                await work.holds.get(SellerOrderId("sor_none"))

    async def test_a_hold_comes_back_as_it_was_saved_with_its_terms_freezes_and_releases(
        self, ground: PaymentsGround
    ) -> None:
        hold = a_released_hold()
        frozen_hold = a_held_hold("sor_bob", BOB)
        frozen_hold.freeze("risk")
        frozen_hold.freeze("claim:1")
        async with ground.begin() as work:
            await work.payments.save(a_payment())
            await work.holds.save(hold)
            await work.holds.save(frozen_hold)

        async with ground.begin() as work:
            found = await work.holds.of_payment(PaymentId("pay_1"))

        assert [each.seller_order_id for each in found] == ["sor_ada", "sor_bob"]
        for mine, theirs in zip((hold, frozen_hold), found, strict=True):
            assert {name: getattr(theirs, name) for name in _HOLD} == {name: getattr(mine, name) for name in _HOLD}
        assert found[0].releases[0].division.payable == Money(5_780, EUR)
        assert found[1].freezes == frozenset({"risk", "claim:1"})

    async def test_a_hold_changed_meanwhile_is_not_overwritten(self, ground: PaymentsGround) -> None:
        async with ground.begin() as work:
            await work.payments.save(a_payment())
            await work.holds.save(a_hold())
        async with ground.begin() as work:
            mine, theirs = (
                await work.holds.get(SellerOrderId("sor_ada")),
                await work.holds.get(SellerOrderId("sor_ada")),
            )
            mine.void()
            await work.holds.save(mine)

        theirs.hold(now=NOW, until=NOW)
        with pytest.raises(ConcurrentUpdate):
            async with ground.begin() as work:
                await work.holds.save(theirs)

        async with ground.begin() as work:
            assert (await work.holds.get(SellerOrderId("sor_ada"))).state is HoldState.VOID


class SellerAccountsConformance:
    """Override ``ground``."""

    @pytest.fixture
    def ground(self) -> PaymentsGround:
        """Return an empty store of payments."""
        raise NotImplementedError

    async def test_a_missing_account_is_not_found(self, ground: PaymentsGround) -> None:
        async with ground.begin() as work:
            assert await work.seller_accounts.find(ADA) is None
        with pytest.raises(SellerAccountNotFound):
            async with ground.begin() as work:
                await work.seller_accounts.get(ADA)

    async def test_an_account_comes_back_as_it_was_saved(self, ground: PaymentsGround) -> None:
        account = an_account(ADA)
        async with ground.begin() as work:
            await work.seller_accounts.save(account)

        async with ground.begin() as work:
            found = await work.seller_accounts.get(ADA)

        assert (found.seller_id, found.currency, found.provider) == (ADA, EUR, "inmemory")
        assert (found.state, found.reference, found.can_be_paid) == (AccountState.ENABLED, "acct_sel_ada", True)

    async def test_an_account_changed_meanwhile_is_not_overwritten(self, ground: PaymentsGround) -> None:
        async with ground.begin() as work:
            await work.seller_accounts.save(an_account(ADA))
        async with ground.begin() as work:
            mine, theirs = await work.seller_accounts.get(ADA), await work.seller_accounts.get(ADA)
            mine.restrict()
            await work.seller_accounts.save(mine)

        theirs.observe(ProviderAccount(reference="acct_sel_ada", seller_id=ADA, payouts_enabled=False))
        with pytest.raises(ConcurrentUpdate):
            async with ground.begin() as work:
                await work.seller_accounts.save(theirs)


class RefundsConformance:
    """Override ``ground``."""

    @pytest.fixture
    def ground(self) -> PaymentsGround:
        """Return an empty store of payments."""
        raise NotImplementedError

    async def test_a_missing_refund_is_not_found(self, ground: PaymentsGround) -> None:
        with pytest.raises(RefundNotFound):
            async with ground.begin() as work:
                await work.refunds.get(RefundId("rfd_none"))

    async def test_a_refund_comes_back_as_it_was_saved_whatever_became_of_it(self, ground: PaymentsGround) -> None:
        refund, seen = a_refund(), []
        async with ground.begin() as work:
            await work.payments.save(a_payment())
            await work.refunds.save(refund)
        for step in (self._approve, self._submit, self._succeed, self._bounce, self._settle):
            async with ground.begin() as work:
                refund = await work.refunds.get(refund.refund_id)
                step(refund)
                await work.refunds.save(refund)
            async with ground.begin() as work:
                found = await work.refunds.get(refund.refund_id)
            assert {name: getattr(found, name) for name in _REFUND} == {name: getattr(refund, name) for name in _REFUND}
            seen.append(found.state)

        assert seen == [
            RefundState.APPROVED,
            RefundState.SUBMITTED,
            RefundState.SUCCEEDED,
            RefundState.BOUNCED,
            RefundState.SETTLED,
        ]

    async def test_a_rejected_refund_keeps_its_note(self, ground: PaymentsGround) -> None:
        refund = a_refund()
        refund.reject("It arrived whole.", Who.SELLER, NOW)
        async with ground.begin() as work:
            await work.payments.save(a_payment())
            await work.refunds.save(refund)

        async with ground.begin() as work:
            found = await work.refunds.get(refund.refund_id)

        assert (found.state, found.note, found.ended_at) == (RefundState.REJECTED, "It arrived whole.", NOW)

    async def test_the_refunds_of_a_payment_are_listed_the_oldest_first(self, ground: PaymentsGround) -> None:
        async with ground.begin() as work:
            await work.payments.save(a_payment())
            for name in ("rfd_2", "rfd_1"):
                await work.refunds.save(a_refund(name))

        async with ground.begin() as work:
            found = await work.refunds.of_payment(PaymentId("pay_1"))
            none = await work.refunds.of_payment(PaymentId("pay_2"))

        assert [refund.refund_id for refund in found] == ["rfd_1", "rfd_2"]
        assert list(none) == []

    async def test_a_refund_that_changed_meanwhile_is_not_saved(self, ground: PaymentsGround) -> None:
        async with ground.begin() as work:
            await work.payments.save(a_payment())
            await work.refunds.save(a_refund())
        async with ground.begin() as work:
            stale = await work.refunds.get(RefundId("rfd_1"))
        async with ground.begin() as work:
            fresh = await work.refunds.get(RefundId("rfd_1"))
            fresh.reject("No.", Who.OPERATOR, NOW)
            await work.refunds.save(fresh)

        with pytest.raises(ConcurrentUpdate):
            async with ground.begin() as work:
                stale.reject("Yes.", Who.OPERATOR, NOW)
                await work.refunds.save(stale)

    @staticmethod
    def _approve(refund: Refund) -> None:
        part = refund.parts[0]
        decided = attrs.evolve(
            part,
            split=Split(released=part.wanted),
            sources=Sources(commission=150, vat=30, reserve=20, payable=300, debt=1_000),
        )
        refund.approve((decided,), Who.SELLER, NOW)

    @staticmethod
    def _submit(refund: Refund) -> None:
        refund.submit(NOW)

    @staticmethod
    def _succeed(refund: Refund) -> None:
        refund.observe(RefundsConformance._told(refund, RefundProgress.SUCCEEDED), NOW)

    @staticmethod
    def _bounce(refund: Refund) -> None:
        refund.observe(RefundsConformance._told(refund, RefundProgress.FAILED), NOW)

    @staticmethod
    def _settle(refund: Refund) -> None:
        refund.settle("bank transfer 4711", NOW)

    @staticmethod
    def _told(refund: Refund, state: RefundProgress) -> ProviderRefund:
        return ProviderRefund(reference="re_1", refund_id=refund.refund_id, state=state, amount=refund.amount)


class PayoutsConformance:
    """Override ``ground``."""

    @pytest.fixture
    def ground(self) -> PaymentsGround:
        """Return an empty store of payments."""
        raise NotImplementedError

    @staticmethod
    async def _store(ground: PaymentsGround, *holds: EscrowHold, paid_to: tuple[SellerId, ...] = (ADA,)) -> None:
        async with ground.begin() as work:
            await work.payments.save(a_payment())
            for hold in holds:
                await work.holds.save(hold)
                await _release_in_the_books(work, hold)
            for seller_id in paid_to:
                await work.seller_accounts.save(an_account(seller_id))

    async def test_a_missing_payout_is_not_found(self, ground: PaymentsGround) -> None:
        with pytest.raises(PayoutNotFound):
            async with ground.begin() as work:
                await work.payouts.get(PayoutId("pyt_none"))

    async def test_a_payout_comes_back_as_it_was_saved(self, ground: PaymentsGround) -> None:
        await self._store(ground, a_released_hold())
        payout = a_payout()
        payout.approve()
        payout.start(NOW)
        seen = ProviderTransfer(
            reference="tr_1", payout_id=payout.payout_id, account=payout.account, amount=payout.amount
        )
        payout.transferred(seen)
        payout.sent(
            ProviderPayout(
                reference="po_1", payout_id=payout.payout_id, state=BankState.IN_TRANSIT, amount=payout.amount
            )
        )
        async with ground.begin() as work:
            await work.payouts.save(payout)

        async with ground.begin() as work:
            found = await work.payouts.get(payout.payout_id)

        assert {name: getattr(found, name) for name in _PAYOUT} == {name: getattr(payout, name) for name in _PAYOUT}
        assert found.state is PayoutState.IN_TRANSIT

    async def test_released_money_is_unclaimed_until_a_living_payout_claims_it(self, ground: PaymentsGround) -> None:
        await self._store(ground, a_released_hold())
        async with ground.begin() as work:
            before = await work.payouts.unclaimed(ADA, EUR, limit=10)
            (claimant,) = await work.payouts.claimants(minimum_minor=100, limit=10)
            await work.payouts.save(a_payout())

        async with ground.begin() as work:
            after = await work.payouts.unclaimed(ADA, EUR, limit=10)
            nobody = await work.payouts.claimants(minimum_minor=100, limit=10)

        assert list(before) == [an_item()]
        assert (claimant.seller_id, claimant.currency, claimant.oldest_at) == (ADA, EUR, NOW)
        assert list(after) == []
        assert list(nobody) == []

    async def test_a_cancelled_payout_gives_its_claims_up(self, ground: PaymentsGround) -> None:
        await self._store(ground, a_released_hold())
        async with ground.begin() as work:
            await work.payouts.save(a_payout())
        async with ground.begin() as work:
            payout = await work.payouts.get(PayoutId("pyt_1"))
            payout.cancel()
            await work.payouts.save(payout)

        async with ground.begin() as work:
            again = await work.payouts.unclaimed(ADA, EUR, limit=10)
            await work.payouts.save(a_payout("pyt_2"))
            cancelled = await work.payouts.get(PayoutId("pyt_1"))

        assert list(again) == [an_item()]
        assert cancelled.items == (an_item(),)

    async def test_a_release_is_in_one_living_payout_only(self, ground: PaymentsGround) -> None:
        await self._store(ground, a_released_hold())
        async with ground.begin() as work:
            await work.payouts.save(a_payout())

        with pytest.raises(ConcurrentUpdate):
            async with ground.begin() as work:
                await work.payouts.save(a_payout("pyt_2"))

    async def test_claimants_can_be_paid_and_reach_the_minimum_and_who_waits_longest_comes_first(
        self, ground: PaymentsGround
    ) -> None:
        carol = SellerId("sel_carol")
        holds = [
            a_released_hold("sor_ada", ADA, at=NOW + timedelta(hours=2)),
            a_released_hold("sor_bob", BOB, at=NOW + timedelta(hours=1)),
            a_released_hold("sor_carol", carol, at=NOW),
        ]
        await self._store(ground, *holds, paid_to=(ADA, BOB))

        async with ground.begin() as work:
            both = await work.payouts.claimants(minimum_minor=5_780, limit=10)
            first = await work.payouts.claimants(minimum_minor=100, limit=1)
            none = await work.payouts.claimants(minimum_minor=5_781, limit=10)

        assert [claimant.seller_id for claimant in both] == [BOB, ADA]
        assert [claimant.seller_id for claimant in first] == [BOB]
        assert list(none) == []

    async def test_what_was_taken_off_again_is_claimed_with_the_rest(self, ground: PaymentsGround) -> None:
        await self._store(ground, a_released_hold())
        payable = Account(kind=AccountKind.SELLER_PAYABLE, subject=ADA, currency=EUR)
        fees = Account(kind=AccountKind.DISPUTE_FEES, currency=EUR)
        journal = Journal(
            kind=JournalKind.DISPUTE_FEE_CHARGED,
            source_type="dispute",
            source_id="dsp_1",
            transfers=(Transfer(payable, fees, Money(1_500, EUR)),),
        )
        async with ground.begin() as work:
            await work.ledger.post(journal, NOW + timedelta(hours=1))

        async with ground.begin() as work:
            items = await work.payouts.unclaimed(ADA, EUR, limit=10)
            enough = await work.payouts.claimants(minimum_minor=4_280, limit=10)
            too_little = await work.payouts.claimants(minimum_minor=4_281, limit=10)

        assert [(item.seller_order_id, item.amount.amount_minor) for item in items] == [
            ("sor_ada", 5_780),
            (None, -1_500),
        ]
        assert [claimant.seller_id for claimant in enough] == [ADA]
        assert list(too_little) == []

    async def test_a_restricted_account_claims_nothing(self, ground: PaymentsGround) -> None:
        await self._store(ground, a_released_hold())
        async with ground.begin() as work:
            account = await work.seller_accounts.get(ADA)
            account.restrict()
            await work.seller_accounts.save(account)

        async with ground.begin() as work:
            assert list(await work.payouts.claimants(minimum_minor=1, limit=10)) == []

    async def test_the_oldest_releases_come_first_and_only_so_many(self, ground: PaymentsGround) -> None:
        holds = [a_released_hold(f"sor_{number}", ADA, at=NOW - timedelta(hours=number)) for number in range(5)]
        await self._store(ground, *holds)

        async with ground.begin() as work:
            found = await work.payouts.unclaimed(ADA, EUR, limit=3)

        assert [item.seller_order_id for item in found] == ["sor_4", "sor_3", "sor_2"]


async def _release_in_the_books(work: PaymentsWork, hold: EscrowHold) -> None:
    """Post what made the releases of a hold payable."""
    currency = hold.share.currency
    escrow = Account(kind=AccountKind.ESCROW, subject=hold.seller_order_id, currency=currency)
    psp = Account(kind=AccountKind.PSP, subject=PROVIDER, currency=currency)
    for release in hold.releases:
        captured = Journal(
            kind=JournalKind.PAYMENT_CAPTURED,
            source_type="payment",
            source_id=f"{hold.payment_id}:{hold.seller_order_id}",
            transfers=(Transfer(psp, escrow, release.division.released),),
        )
        await work.ledger.post(captured, release.released_at)
        await work.ledger.post(escrow_released(hold, release), release.released_at)
