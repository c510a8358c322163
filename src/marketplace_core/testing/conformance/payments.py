"""What every store of payments, holds and seller accounts must do."""

from datetime import timedelta

import attrs
import pytest

from marketplace_core.kernel.errors import ConcurrentUpdate
from marketplace_core.kernel.ids import OrderId, PaymentId, SellerOrderId
from marketplace_core.kernel.money import Money
from marketplace_core.payments import (
    AccountState,
    EscrowHold,
    EscrowNotFound,
    HoldState,
    Payment,
    PaymentNotFound,
    PaymentState,
    ProviderAccount,
    SellerAccountNotFound,
)
from marketplace_core.testing.payments import (
    ADA,
    BOB,
    EUR,
    NOW,
    PaymentsGround,
    a_held_hold,
    a_hold,
    a_payment,
    a_released_hold,
    an_account,
    seen,
)

_PAYMENT, _HOLD = (
    [field.name for field in attrs.fields(kind) if field.name != "_events"] for kind in (Payment, EscrowHold)
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
