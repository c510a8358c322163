"""What every store of payouts must do."""

from datetime import timedelta

import attrs
import pytest

from marketplace_core.kernel.errors import ConcurrentUpdate
from marketplace_core.kernel.ids import PayoutId, SellerId
from marketplace_core.kernel.money import Money
from marketplace_core.payments import (
    Account,
    AccountKind,
    BankState,
    EscrowHold,
    Journal,
    JournalKind,
    Payout,
    PayoutItem,
    PayoutNotFound,
    PayoutState,
    ProviderPayout,
    ProviderReversal,
    ProviderTransfer,
    Transfer,
    entries_of,
)
from marketplace_core.payments.domain.journals import claim_had, payout_assembled, transfer_succeeded
from marketplace_core.testing.payments import (
    ADA,
    BOB,
    EUR,
    NOW,
    PaymentsGround,
    a_payment,
    a_payout,
    a_released_hold,
    an_account,
    an_item,
    book_releases,
)

_PAYOUT = [field.name for field in attrs.fields(Payout) if field.name != "_events"]


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
                await book_releases(work, hold)
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

    async def test_a_payout_that_came_back_and_was_given_up_gives_its_claims_up(self, ground: PaymentsGround) -> None:
        await self._store(ground, a_released_hold())
        payout, states = a_payout(), []
        for step in (self._send, self._arrive, self._come_back, self._give_up):
            step(payout)
            async with ground.begin() as work:
                await work.payouts.save(payout)
            async with ground.begin() as work:
                found = await work.payouts.get(payout.payout_id)
                free = await work.payouts.unclaimed(ADA, EUR, limit=10)
            assert {name: getattr(found, name) for name in _PAYOUT} == {name: getattr(payout, name) for name in _PAYOUT}
            states.append((found.state, len(free)))

        assert states == [
            (PayoutState.IN_TRANSIT, 0),
            (PayoutState.PAID, 0),
            (PayoutState.RETURNED, 0),
            (PayoutState.CANCELLED, 1),
        ]
        assert payout.reversal_reference == "trr_1"

    async def test_what_has_paid_a_debt_is_left_out_of_a_payout_that_claims_it(self, ground: PaymentsGround) -> None:
        await self._store(ground, a_released_hold())
        payout, had = a_payout(), Money(1_500, EUR)
        whole = payout.amount
        back, left_out = claim_had(payout, had)
        (entry,) = entries_of(left_out)
        async with ground.begin() as work:
            for step in (self._send, self._arrive, self._come_back):
                step(payout)
            await work.payouts.save(payout)
            for journal in (payout_assembled(payout), transfer_succeeded(payout), back, left_out):
                await work.ledger.post(journal, NOW)
        async with ground.begin() as work:
            payout.leave_out(PayoutItem(entry_id=entry.entry_id, seller_order_id=None, amount=entry.amount))
            await work.payouts.save(payout)

        async with ground.begin() as work:
            found = await work.payouts.get(payout.payout_id)
            claimed = await work.payouts.unclaimed(ADA, EUR, limit=10)
            found.reversed(
                ProviderReversal(
                    reference="trr_1", reversal_id=found.payout_id, payout_id=found.payout_id, amount=found.amount
                )
            )
            found.cancel()
            await work.payouts.save(found)
            free = await work.payouts.unclaimed(ADA, EUR, limit=10)

        assert {name: getattr(found, name) for name in ("amount", "items", "taken_minor", "transfer_amount")} == {
            "amount": whole - had,
            "items": (an_item(), PayoutItem(entry_id=entry.entry_id, seller_order_id=None, amount=-had)),
            "taken_minor": 1_500,
            "transfer_amount": whole,
        }
        assert list(claimed) == []
        assert {item.entry_id: item.amount for item in free} == {an_item().entry_id: whole, entry.entry_id: -had}

    @staticmethod
    def _send(payout: Payout) -> None:
        payout.approve()
        payout.start(NOW)
        payout.transferred(
            ProviderTransfer(reference="tr_1", payout_id=payout.payout_id, account=payout.account, amount=payout.amount)
        )
        payout.sent(PayoutsConformance._told(payout, BankState.IN_TRANSIT))

    @staticmethod
    def _arrive(payout: Payout) -> None:
        payout.observe(PayoutsConformance._told(payout, BankState.PAID), now=NOW)

    @staticmethod
    def _come_back(payout: Payout) -> None:
        payout.observe(PayoutsConformance._told(payout, BankState.FAILED), now=NOW)

    @staticmethod
    def _give_up(payout: Payout) -> None:
        payout.reversed(
            ProviderReversal(
                reference="trr_1", reversal_id=payout.payout_id, payout_id=payout.payout_id, amount=payout.amount
            )
        )
        payout.cancel()

    @staticmethod
    def _told(payout: Payout, state: BankState) -> ProviderPayout:
        return ProviderPayout(reference="po_1", payout_id=payout.payout_id, state=state, amount=payout.amount)

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
