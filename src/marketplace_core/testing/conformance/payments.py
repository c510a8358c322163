"""What every store of payments, holds and seller accounts must do."""

from datetime import timedelta

import attrs
import pytest

from marketplace_core.kernel.errors import ConcurrentUpdate
from marketplace_core.kernel.ids import OrderId, PaymentId, SellerOrderId
from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.money import Money
from marketplace_core.payments import (
    AccountState,
    Charge,
    EscrowHold,
    EscrowNotFound,
    HoldState,
    Payment,
    PaymentNotFound,
    PaymentState,
    Portion,
    ProviderAccount,
    SellerAccountNotFound,
    Split,
    Standing,
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

    async def test_a_payment_is_known_by_what_its_provider_calls_it(self, ground: PaymentsGround) -> None:
        payment = a_payment()
        payment.request(NOW)
        payment.observe(seen(payment, PaymentState.CAPTURED), now=NOW)
        assert payment.reference is not None
        async with ground.begin() as work:
            await work.payments.save(payment)

        async with ground.begin() as work:
            found = await work.payments.at_provider(payment.provider, payment.reference)
            unknown = await work.payments.at_provider(payment.provider, "no such thing")
            elsewhere = await work.payments.at_provider("another", payment.reference)

        assert found is not None
        assert found.payment_id == payment.payment_id
        assert [share.seller_order_id for share in found.shares] == ["sor_ada", "sor_bob"]
        assert (unknown, elsewhere) == (None, None)

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

    async def test_a_hold_says_where_every_cent_is_whatever_became_of_it(self, ground: PaymentsGround) -> None:
        of_released, of_held = a_released_hold(), a_held_hold("sor_bob", BOB)
        of_released.refund(Portion(items=1_000, delivery=100), Who.OPERATOR)
        of_released.give_back(of_released.excess_charge)
        of_held.refund(Portion(items=20, delivery=3), Who.SELLER)
        for hold in (of_released, of_held):
            disputed = hold.standing.dispute(700)
            lost = Split(held=disputed.held.first(30), released=disputed.released.first(30))
            hold.standing = hold.standing.freeze(disputed).lose(lost)
        async with ground.begin() as work:
            await work.payments.save(a_payment())
            await work.holds.save(of_released)
            await work.holds.save(of_held)

        async with ground.begin() as work:
            found = await work.holds.of_payment(PaymentId("pay_1"))

        assert [hold.standing for hold in found] == [of_released.standing, of_held.standing]
        assert found[0].standing == Standing(
            released=Portion(items=4_300, delivery=400),
            refunded=Split(released=Portion(items=1_000, delivery=100)),
            disputed=Split(released=Portion(items=670)),
            lost=Split(released=Portion(items=30)),
            charged=Charge(commission=500, vat=100),
        )

    async def test_a_hold_whose_refund_did_not_happen_holds_again(self, ground: PaymentsGround) -> None:
        refunded = a_held_hold()
        refunded.refund(Portion(items=6_000, delivery=500), Who.SELLER)
        async with ground.begin() as work:
            await work.payments.save(a_payment())
            await work.holds.save(refunded)

        async with ground.begin() as work:
            found = await work.holds.get(refunded.seller_order_id)
            found.refund_failed(Split(held=Portion(items=6_000, delivery=500)))
            await work.holds.save(found)
        async with ground.begin() as work:
            again = await work.holds.get(refunded.seller_order_id)

        assert refunded.state is HoldState.REFUNDED
        assert (again.state, again.held) == (HoldState.HELD, again.share)

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
