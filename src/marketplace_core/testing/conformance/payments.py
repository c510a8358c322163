"""What every store of payments, holds, seller accounts and payouts must do."""

from datetime import timedelta

import attrs
import pytest

from marketplace_core.kernel.errors import ConcurrentUpdate
from marketplace_core.kernel.ids import OrderId, PaymentId, PayoutId, SellerId, SellerOrderId
from marketplace_core.kernel.money import Money
from marketplace_core.kernel.paging import InvalidCursor, PageRequest
from marketplace_core.payments import (
    AccountState,
    BankState,
    EscrowHold,
    EscrowNotFound,
    HoldState,
    Payment,
    PaymentNotFound,
    PaymentState,
    Payout,
    PayoutNotFound,
    PayoutState,
    Proof,
    ProviderAccount,
    ProviderPayout,
    ProviderTransfer,
    SellerAccountNotFound,
)
from marketplace_core.testing.conformance.ledger import PAYABLE, PSP, a_journal, post
from marketplace_core.testing.payments import (
    ADA,
    BOB,
    EUR,
    NOW,
    PaymentsGround,
    a_held_hold,
    a_hold,
    a_payment,
    a_payout,
    a_released_hold,
    an_account,
    an_item,
    seen,
)

_PAYMENT, _HOLD, _PAYOUT = (
    [field.name for field in attrs.fields(kind) if field.name != "_events"] for kind in (Payment, EscrowHold, Payout)
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
        of_order = await ground.reader.escrows(PageRequest(), order_id=OrderId("ord_1"), seller_id=None)
        of_bob = await ground.reader.escrows(PageRequest(), order_id=None, seller_id=BOB)
        first = await ground.reader.escrows(PageRequest(limit=1), order_id=None, seller_id=None)
        rest = await ground.reader.escrows(
            PageRequest(limit=1, cursor=first.next_cursor), order_id=None, seller_id=None
        )

        assert one is not None
        assert (one.state, one.held, one.proof) == (HoldState.RELEASED, Money(0, EUR), Proof.BUYER)
        assert one.releases[0].division.commission == Money(600, EUR)
        assert [view.seller_order_id for view in of_order.items] == ["sor_bob", "sor_ada"]
        assert [view.seller_order_id for view in of_bob.items] == ["sor_bob"]
        assert [first.items[0].seller_order_id, rest.items[0].seller_order_id] == ["sor_bob", "sor_ada"]
        assert rest.next_cursor is None

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
            await work.payouts.save(paid)
            await work.payouts.save(a_payout("pyt_2", release="sor_3:1"))
        await post(ground, a_journal((PSP, PAYABLE, 5_780)))

        (balance,) = (await ground.reader.balance(ADA)).balances

        assert balance.held == Money(6_500, EUR)
        assert balance.payable == Money(5_780, EUR)
        assert balance.in_payout == Money(5_780, EUR)
        assert balance.paid == Money(5_780, EUR)

    async def test_payouts_are_shown_and_listed_newest_first(self, ground: PaymentsGround) -> None:
        async with ground.begin() as work:
            await work.payments.save(a_payment())
            for number, seller_id in ((1, ADA), (2, BOB), (3, ADA)):
                await work.holds.save(a_released_hold(f"sor_{number}", seller_id))
                payout = a_payout(f"pyt_{number}", seller_id, release=f"sor_{number}:1")
                await work.payouts.save(payout)

        one = await ground.reader.payout(PayoutId("pyt_1"))
        of_ada = await ground.reader.payouts(PageRequest(), seller_id=ADA)
        first = await ground.reader.payouts(PageRequest(limit=2), seller_id=None)
        rest = await ground.reader.payouts(PageRequest(limit=2, cursor=first.next_cursor), seller_id=None)

        assert one is not None
        assert (one.state, one.amount) == (PayoutState.ASSEMBLED, Money(5_780, EUR))
        assert [item.release_id for item in one.items] == ["sor_1:1"]
        assert [view.payout_id for view in of_ada.items] == ["pyt_3", "pyt_1"]
        assert [view.payout_id for view in (*first.items, *rest.items)] == ["pyt_3", "pyt_2", "pyt_1"]
        assert rest.next_cursor is None

    async def test_a_cursor_of_another_list_is_refused(self, ground: PaymentsGround) -> None:
        with pytest.raises(InvalidCursor):
            await ground.reader.payouts(PageRequest(cursor="sor_1"), seller_id=None)
        with pytest.raises(InvalidCursor):
            await ground.reader.escrows(PageRequest(cursor="pyt_1"), order_id=None, seller_id=None)
