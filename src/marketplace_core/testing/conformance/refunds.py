"""What every store of refunds must do."""

import attrs
import pytest

from marketplace_core.kernel.errors import ConcurrentUpdate
from marketplace_core.kernel.ids import PaymentId, RefundId
from marketplace_core.kernel.machines import Who
from marketplace_core.payments import (
    PaymentState,
    ProviderRefund,
    Refund,
    RefundNotFound,
    RefundProgress,
    RefundState,
    Sources,
    Split,
)
from marketplace_core.testing.payments import (
    NOW,
    PaymentsGround,
    a_payment,
    a_refund,
    euros,
    seen,
)

_REFUND = [field.name for field in attrs.fields(Refund) if field.name != "_events"]


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
        refund, states = a_refund(), []
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
            states.append(found.state)

        assert states == [
            RefundState.APPROVED,
            RefundState.SUBMITTED,
            RefundState.SUCCEEDED,
            RefundState.BOUNCED,
            RefundState.SETTLED,
        ]

    async def test_what_is_due_in_place_of_a_failed_refund_comes_back_as_it_was_saved(
        self, ground: PaymentsGround
    ) -> None:
        failed = a_refund()
        self._approve(failed)
        self._submit(failed)
        failed.refused("declined", NOW)
        due = failed.again(RefundId("rfd_2"), NOW)
        async with ground.begin() as work:
            await work.payments.save(a_payment())
            await work.refunds.save(failed)
            await work.refunds.save(due)

        async with ground.begin() as work:
            found = await work.refunds.get(due.refund_id)
        assert {name: getattr(found, name) for name in _REFUND} == {name: getattr(due, name) for name in _REFUND}

        found.approve(failed.parts, Who.OPERATOR, NOW)
        found.settle("SEPA 4711", NOW)
        async with ground.begin() as work:
            await work.refunds.save(found)
        async with ground.begin() as work:
            settled = await work.refunds.get(due.refund_id)
        assert (settled.state, settled.attempt, settled.reference) == (RefundState.SETTLED, 2, None)

    async def test_a_rejected_refund_keeps_its_note(self, ground: PaymentsGround) -> None:
        refund = a_refund()
        refund.reject("It arrived whole.", Who.SELLER, NOW)
        async with ground.begin() as work:
            await work.payments.save(a_payment())
            await work.refunds.save(refund)

        async with ground.begin() as work:
            found = await work.refunds.get(refund.refund_id)

        assert (found.state, found.note, found.ended_at) == (RefundState.REJECTED, "It arrived whole.", NOW)

    async def test_a_refund_of_money_that_fits_no_order_has_no_parts(self, ground: PaymentsGround) -> None:
        payment = a_payment()
        payment.observe(seen(payment, PaymentState.CAPTURED, captured=euros(9_000)), now=NOW)
        payment.give_back()
        refund = Refund.of_misfit(
            refund_id=RefundId("rfd_1"), payment=payment, amount=euros(9_000), reason="amount_mismatch", now=NOW
        )
        async with ground.begin() as work:
            await work.payments.save(payment)
            await work.refunds.save(refund)

        async with ground.begin() as work:
            over = await work.payments.get(payment.payment_id)
            (found,) = await work.refunds.of_payment(payment.payment_id)

        assert (over.state, over.captured) == (PaymentState.CANCELLED, euros(9_000))
        assert (found.state, found.amount, found.parts) == (RefundState.APPROVED, euros(9_000), ())
        assert found.is_of_misfit

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
