"""What every store of sellers' standings and of settlements must do, and every reader of them answer."""

from datetime import timedelta
from typing import Final

import attrs
import pytest

from marketplace_core.kernel.errors import ConcurrentUpdate
from marketplace_core.kernel.ids import SellerId, SettlementId, UserId
from marketplace_core.kernel.paging import InvalidCursor, PageRequest
from marketplace_core.payments import Journal, JournalKind, PaymentPolicy, ProviderReversal, Transfer, WrongState
from marketplace_core.payments.debts import (
    DebtorView,
    DebtSettlement,
    Means,
    SellerStanding,
    SettlementNotFound,
    SettlementState,
    SettlementView,
)
from marketplace_core.payments.domain import accounts
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
    a_released_hold,
    an_account,
    book_releases,
    euros,
)

_LATER: Final = NOW + timedelta(days=1)
_SETTLEMENT, _STANDING = (
    [field.name for field in attrs.fields(kind) if field.name != "_events"] for kind in (DebtSettlement, SellerStanding)
)


def a_settlement(name: str = "dst_1", means: Means = Means.WRITE_OFF, note: str = "Gone.") -> DebtSettlement:
    """Settle 15.00 of what Ada owes."""
    return DebtSettlement(
        settlement_id=SettlementId(name),
        seller_id=ADA,
        provider=PROVIDER,
        amount=euros(1_500),
        means=means,
        note=note,
        requester_id=UserId("usr_op"),
        requested_at=NOW,
    )


class SellerStandingsConformance:
    """Override ``ground``."""

    @pytest.fixture
    def ground(self) -> PaymentsGround:
        """Return an empty store of payments."""
        raise NotImplementedError

    async def test_nothing_is_remembered_of_a_new_seller(self, ground: PaymentsGround) -> None:
        async with ground.begin() as work:
            assert await work.standings.find(ADA, EUR) is None

    async def test_a_standing_comes_back_as_it_was_saved_per_currency(self, ground: PaymentsGround) -> None:
        standing = SellerStanding(seller_id=ADA, currency=EUR, suspended=True, closing=True)
        standing.observe(euros(60_000), PaymentPolicy(), NOW)
        async with ground.begin() as work:
            await work.standings.save(standing)

        async with ground.begin() as work:
            found = await work.standings.find(ADA, EUR)
            assert await work.standings.find(ADA, "USD") is None
        assert found is not None
        assert [getattr(found, name) for name in _STANDING] == [getattr(standing, name) for name in _STANDING]
        assert (found.debt_since, found.stopped) == (NOW, True)

    async def test_of_two_at_once_the_second_looks_again(self, ground: PaymentsGround) -> None:
        async with ground.begin() as work:
            await work.standings.save(SellerStanding(seller_id=ADA, currency=EUR))
        async with ground.begin() as work:
            mine, theirs = await work.standings.find(ADA, EUR), await work.standings.find(ADA, EUR)
            assert mine is not None
            assert theirs is not None
            await work.standings.save(mine)

        with pytest.raises(ConcurrentUpdate):
            async with ground.begin() as work:
                await work.standings.save(theirs)

    async def test_a_suspended_seller_is_no_claimant(self, ground: PaymentsGround) -> None:
        hold = a_released_hold()
        standing = SellerStanding(seller_id=ADA, currency=EUR, suspended=True)
        async with ground.begin() as work:
            await work.payments.save(a_payment())
            await work.seller_accounts.save(an_account())
            await work.holds.save(hold)
            await book_releases(work, hold)
            assert [one.seller_id for one in await work.payouts.claimants(minimum_minor=1, limit=9)] == [ADA]
            await work.standings.save(standing)
            assert list(await work.payouts.claimants(minimum_minor=1, limit=9)) == []
            standing.suspended = False
            await work.standings.save(standing)
            assert [one.seller_id for one in await work.payouts.claimants(minimum_minor=1, limit=9)] == [ADA]

    async def test_a_seller_who_closes_is_a_claimant_however_little_it_is(self, ground: PaymentsGround) -> None:
        hold = a_released_hold()
        standing = SellerStanding(seller_id=ADA, currency=EUR)
        async with ground.begin() as work:
            await work.payments.save(a_payment())
            await work.seller_accounts.save(an_account())
            await work.holds.save(hold)
            await book_releases(work, hold)
            await work.standings.save(standing)
            assert list(await work.payouts.claimants(minimum_minor=1_000_000, limit=9)) == []
            standing.closing = True
            await work.standings.save(standing)
            assert [one.seller_id for one in await work.payouts.claimants(minimum_minor=1_000_000, limit=9)] == [ADA]

    async def test_what_is_open_of_a_seller_is_held_or_waits_for_its_payment(self, ground: PaymentsGround) -> None:
        standing = SellerStanding(seller_id=ADA, currency=EUR)
        standing.observe(euros(100), PaymentPolicy(), NOW)
        async with ground.begin() as work:
            none = await work.standings.facts((ADA, BOB), EUR)
            await work.payments.save(a_payment())
            await work.seller_accounts.save(an_account())
            bobs, done = a_held_hold("sor_bob", BOB), a_released_hold("sor_done")
            for hold in (a_held_hold(), a_hold("sor_pending"), bobs, done):
                await work.holds.save(hold)
            await book_releases(work, done)
            await work.standings.save(standing)
            some = await work.standings.facts((ADA, BOB), EUR)
            other = await work.standings.facts((ADA,), "USD")

        assert [(one.held, one.owed, one.debt, one.enabled) for one in none.values()] == [
            (euros(0),) * 3 + (False,)
        ] * 2
        assert [(one.held, one.owed, one.enabled) for one in (some[ADA], some[BOB])] == [
            (euros(13_000), euros(5_780), True),
            (euros(3_500 + 3_000), euros(0), False),
        ]
        assert (some[ADA].standing.debt_since, some[ADA].standing.version) == (NOW, 1)
        assert (some[BOB].standing.debt_since, some[BOB].standing.version) == (None, 0)
        assert (other[ADA].held.amount_minor, other[ADA].standing.version) == (0, 0)


class DebtSettlementsConformance:
    """Override ``ground``."""

    @pytest.fixture
    def ground(self) -> PaymentsGround:
        """Return an empty store of payments."""
        raise NotImplementedError

    async def test_a_missing_settlement_is_not_found(self, ground: PaymentsGround) -> None:
        with pytest.raises(SettlementNotFound):
            async with ground.begin() as work:
                await work.settlements.get(SettlementId("dst_none"))

    async def test_a_settlement_comes_back_as_it_was_saved(self, ground: PaymentsGround) -> None:
        settlement = a_settlement(means=Means.REVERSAL)
        payout, hold = a_payout(), a_released_hold()
        settlement.payout_id, settlement.transfer_reference = payout.payout_id, "tr_1"
        async with ground.begin() as work:
            await work.payments.save(a_payment())
            await work.seller_accounts.save(an_account())
            await work.holds.save(hold)
            await book_releases(work, hold)
            await work.payouts.save(payout)
            await work.settlements.save(settlement)
        back = ProviderReversal(reference="trr_1", reversal_id="dst_1", payout_id=payout.payout_id, amount=euros(1_500))
        for is_back in (False, True):
            async with ground.begin() as work:
                settlement = await work.settlements.get(settlement.settlement_id)
                if is_back:
                    settlement.taken_back(back, _LATER)
                else:
                    settlement.submit(NOW)
                await work.settlements.save(settlement)
            async with ground.begin() as work:
                again = await work.settlements.get(settlement.settlement_id)
            assert [getattr(again, name) for name in _SETTLEMENT] == [getattr(settlement, name) for name in _SETTLEMENT]
        assert (settlement.state, settlement.reference) == (SettlementState.BOOKED, "trr_1")

    async def test_a_top_up_is_booked_once_under_its_reference(self, ground: PaymentsGround) -> None:
        async with ground.begin() as work:
            first = a_settlement(means=Means.TOP_UP, note="bank 1")
            first.book(NOW)
            await work.settlements.save(first)
            await work.settlements.save(a_settlement("dst_2", note="bank 1"))

        with pytest.raises(WrongState):
            async with ground.begin() as work:
                second = a_settlement("dst_3", Means.TOP_UP, note="bank 1")
                second.book(NOW)
                await work.settlements.save(second)


class DebtsReaderConformance:
    """Override ``ground``."""

    @pytest.fixture
    def ground(self) -> PaymentsGround:
        """Return an empty store of payments."""
        raise NotImplementedError

    async def test_of_a_seller_without_an_account_nothing_is_known(self, ground: PaymentsGround) -> None:
        assert await ground.reader.seller_facts(SellerId("sel_none")) is None

    async def test_what_is_known_of_a_seller_is_in_the_currency_of_their_account(self, ground: PaymentsGround) -> None:
        released = a_released_hold("sor_done")
        standing = SellerStanding(seller_id=ADA, currency=EUR, suspended=True, closing=True)
        async with ground.begin() as work:
            await work.payments.save(a_payment())
            await work.seller_accounts.save(an_account())
            for hold in (a_held_hold(), released):
                await work.holds.save(hold)
            await book_releases(work, released)
        before = await ground.reader.seller_facts(ADA)
        async with ground.begin() as work:
            await work.standings.save(standing)
        after = await ground.reader.seller_facts(ADA)

        assert before is not None
        assert after is not None
        assert (before.standing.suspended, after.standing.suspended) == (False, True)
        assert (before.standing.closing, after.standing.closing) == (False, True)
        assert (after.enabled, after.held, after.owed, after.debt) == (True, euros(6_500), euros(5_780), euros(0))

    async def test_settlements_are_listed_newest_first_by_seller_and_state(self, ground: PaymentsGround) -> None:
        booked = a_settlement("dst_2")
        booked.book(NOW)
        async with ground.begin() as work:
            for settlement in (a_settlement(), booked, a_settlement("dst_3")):
                await work.settlements.save(settlement)

        async def named(**wanted: object) -> list[str]:
            page = await ground.reader.settlements(PageRequest(), **wanted)  # type: ignore[arg-type]
            return [one.settlement_id for one in page.items]

        assert await named() == ["dst_3", "dst_2", "dst_1"]
        assert await named(seller_id=BOB) == []
        assert await named(seller_id=ADA, states=frozenset({SettlementState.BOOKED})) == ["dst_2"]
        first = await ground.reader.settlements(PageRequest(limit=2))
        rest = await ground.reader.settlements(PageRequest(limit=2, cursor=first.next_cursor))
        assert rest.items == (SettlementView.of(a_settlement()),)
        with pytest.raises(InvalidCursor):
            await ground.reader.settlements(PageRequest(cursor="clm_1"))

    async def test_the_reversals_of_a_seller_are_found_newest_first(self, ground: PaymentsGround) -> None:
        async with ground.begin() as work:
            await work.payments.save(a_payment())
            hold = a_released_hold()
            await work.holds.save(hold)
            await book_releases(work, hold)
            payout = a_payout()
            await work.payouts.save(payout)
            for name in ("dst_1", "dst_2"):
                settlement = a_settlement(name, Means.REVERSAL)
                settlement.payout_id, settlement.transfer_reference = payout.payout_id, "tr_1"
                await work.settlements.save(settlement)
            await work.settlements.save(a_settlement("dst_3"))

            assert [one.settlement_id for one in await work.settlements.reversals(ADA, EUR)] == ["dst_2", "dst_1"]
            assert list(await work.settlements.reversals(BOB, EUR)) == []
            assert list(await work.settlements.reversals(ADA, "USD")) == []
            assert list(await work.payouts.paid(ADA, EUR, PROVIDER, limit=9)) == []

    async def test_debtors_are_listed_with_what_is_remembered_of_them(self, ground: PaymentsGround) -> None:
        standing = SellerStanding(seller_id=BOB, currency=EUR)
        standing.observe(euros(60_000), PaymentPolicy(), NOW)
        async with ground.begin() as work:
            for number, (seller_id, minor) in enumerate(((ADA, 1_500), (BOB, 60_000))):
                owed = Transfer(
                    debit=accounts.seller_receivable(seller_id, EUR),
                    credit=accounts.dispute_fees(EUR),
                    amount=euros(minor),
                )
                await work.ledger.post(
                    Journal(
                        kind=JournalKind.DISPUTE_FEE_CHARGED,
                        source_type="dispute",
                        source_id=f"dsp_{number}",
                        transfers=(owed,),
                    ),
                    NOW,
                )
            await work.standings.save(standing)

        first = await ground.reader.debtors(PageRequest(limit=1))
        rest = await ground.reader.debtors(PageRequest(limit=1, cursor=first.next_cursor))

        assert first.items == (DebtorView(seller_id=BOB, debt=euros(60_000), debt_since=NOW, stopped=True),)
        assert rest.items == (DebtorView(seller_id=ADA, debt=euros(1_500), debt_since=None, stopped=False),)
        assert rest.next_cursor is None
        for cursor in ("clm_1", "sel_ada"):
            with pytest.raises(InvalidCursor):
                await ground.reader.debtors(PageRequest(cursor=cursor))
