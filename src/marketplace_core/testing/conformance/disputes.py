"""What every store of card disputes must do."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

import attrs
import pytest

from marketplace_core.kernel.errors import ConcurrentUpdate
from marketplace_core.kernel.ids import DisputeId, PaymentId, SellerOrderId
from marketplace_core.payments import (
    Dispute,
    DisputeNotFound,
    DisputePart,
    DisputeState,
    Portion,
    Sources,
    Split,
)
from marketplace_core.payments.domain.accounts import dispute_receivable, escrow_disputed, seller_dispute_hold
from marketplace_core.testing.conformance.ledger import PSP, a_journal, post
from marketplace_core.testing.payments import (
    ADA,
    BOB,
    EUR,
    NOW,
    PaymentsGround,
    a_dispute,
    a_payment,
    euros,
    seen_dispute,
)

_DISPUTE: Final = [field.name for field in attrs.fields(Dispute) if field.name != "_events"]
_LATER: Final = NOW + timedelta(days=30)
_ADAS: Final = DisputePart(
    seller_order_id=SellerOrderId("sor_ada"),
    seller_id=ADA,
    split=Split(held=Portion(items=3_000, delivery=400), released=Portion(items=3_000, delivery=100)),
    parked_minor=2_000,
)
_BOBS: Final = DisputePart(
    seller_order_id=SellerOrderId("sor_bob"), seller_id=BOB, split=Split(held=Portion(items=3_000))
)


def _withdraw(dispute: Dispute) -> None:
    dispute.withdraw(seen_dispute(DisputeState.NEEDS_RESPONSE), (_ADAS, _BOBS), 1_200)


def _take_more(dispute: Dispute) -> None:
    dispute.take_more(attrs.evolve(_BOBS, split=Split(held=Portion(items=500))))


def _answer(dispute: Dispute) -> None:
    dispute.answered()
    dispute.note_evidence("sha256 of what was handed in")


def _lose(dispute: Dispute) -> None:
    borne = Sources(commission=300, vat=60, platform=40, parked=1_900, reserve=100, payable=200, debt=500)
    dispute.lose([attrs.evolve(part, sources=borne) if part.parked_minor else part for part in dispute.parts], NOW)


def _bear(dispute: Dispute) -> None:
    dispute.bear(euros(400))


def _win(dispute: Dispute) -> None:
    dispute.win(_LATER)


def _prevent(dispute: Dispute) -> None:
    dispute.prevent(_LATER)


def _close(dispute: Dispute) -> None:
    dispute.close(_LATER)


async def _found(ground: PaymentsGround) -> set[tuple[str, str]]:
    return {(one.check, one.subject) for one in await ground.audit.violations(NOW, limit=100)}


_S: Final = DisputeState


class DisputesConformance:
    """Override ``ground``."""

    @pytest.fixture
    def ground(self) -> PaymentsGround:
        """Return an empty store of payments."""
        raise NotImplementedError

    async def test_a_missing_dispute_is_not_found(self, ground: PaymentsGround) -> None:
        with pytest.raises(DisputeNotFound):
            async with ground.begin() as work:
                await work.disputes.get(DisputeId("dsp_none"))

    @pytest.mark.parametrize(
        ("steps", "states"),
        [
            ([_close], [_S.WARNING_CLOSED]),
            ([_withdraw, _win], [_S.NEEDS_RESPONSE, _S.WON]),
            ([_withdraw, _prevent], [_S.NEEDS_RESPONSE, _S.PREVENTED]),
            (
                [_withdraw, _take_more, _answer, _lose, _bear, _win],
                [_S.NEEDS_RESPONSE, _S.NEEDS_RESPONSE, _S.UNDER_REVIEW, _S.LOST, _S.LOST, _S.WON],
            ),
        ],
        ids=["closed", "won", "prevented", "turned round"],
    )
    async def test_a_dispute_comes_back_as_it_was_saved_whatever_became_of_it(
        self, ground: PaymentsGround, steps: list[Callable[[Dispute], None]], states: list[DisputeState]
    ) -> None:
        dispute, found = a_dispute(), []
        async with ground.begin() as work:
            await work.payments.save(a_payment())
            await work.disputes.save(dispute)
        for step in steps:
            async with ground.begin() as work:
                dispute = await work.disputes.get(dispute.dispute_id)
                step(dispute)
                await work.disputes.save(dispute)
            async with ground.begin() as work:
                again = await work.disputes.get(dispute.dispute_id)
            assert {name: getattr(again, name) for name in _DISPUTE} == {
                name: getattr(dispute, name) for name in _DISPUTE
            }
            found.append(again.state)

        assert found == states

    async def test_the_disputes_of_a_payment_are_listed_the_oldest_first(self, ground: PaymentsGround) -> None:
        async with ground.begin() as work:
            await work.payments.save(a_payment())
            for number in (2, 1):
                dispute = a_dispute(f"dsp_{number}", f"dp_{number}")
                _withdraw(dispute)
                await work.disputes.save(dispute)

        async with ground.begin() as work:
            found = await work.disputes.of_payment(PaymentId("pay_1"))
            none = await work.disputes.of_payment(PaymentId("pay_2"))

        assert [dispute.dispute_id for dispute in found] == ["dsp_1", "dsp_2"]
        assert [dispute.parts for dispute in found] == [(_ADAS, _BOBS)] * 2
        assert list(none) == []

    async def test_one_dispute_of_a_provider_has_one_row(self, ground: PaymentsGround) -> None:
        async with ground.begin() as work:
            await work.payments.save(a_payment())
            await work.disputes.save(a_dispute())

        with pytest.raises(ConcurrentUpdate):
            async with ground.begin() as work:
                await work.disputes.save(a_dispute("dsp_2"))

        async with ground.begin() as work:
            (only,) = await work.disputes.of_payment(PaymentId("pay_1"))
        assert only.dispute_id == "dsp_1"

    async def test_a_dispute_that_changed_meanwhile_is_not_saved(self, ground: PaymentsGround) -> None:
        async with ground.begin() as work:
            await work.payments.save(a_payment())
            await work.disputes.save(a_dispute())
        async with ground.begin() as work:
            stale = await work.disputes.get(DisputeId("dsp_1"))
        async with ground.begin() as work:
            fresh = await work.disputes.get(DisputeId("dsp_1"))
            _withdraw(fresh)
            await work.disputes.save(fresh)

        with pytest.raises(ConcurrentUpdate):
            async with ground.begin() as work:
                _close(stale)
                await work.disputes.save(stale)

        async with ground.begin() as work:
            assert (await work.disputes.get(DisputeId("dsp_1"))).state is DisputeState.NEEDS_RESPONSE

    async def test_an_audit_finds_what_is_open_and_not_booked_and_what_is_booked_and_not_open(
        self, ground: PaymentsGround
    ) -> None:
        dispute = a_dispute()
        async with ground.begin() as work:
            await work.payments.save(a_payment())
            await work.disputes.save(dispute)
        assert await _found(ground) == set()

        part = DisputePart(
            seller_order_id=SellerOrderId("sor_ada"),
            seller_id=ADA,
            split=Split(held=Portion(items=400, delivery=30), released=Portion(items=90)),
            parked_minor=70,
        )
        dispute.withdraw(seen_dispute(DisputeState.NEEDS_RESPONSE), (part,), 10_180)
        async with ground.begin() as work:
            await work.disputes.save(dispute)
        should = {
            dispute_receivable(dispute.dispute_id, EUR): 10_700,
            escrow_disputed(dispute.dispute_id, EUR): 430,
            seller_dispute_hold(dispute.dispute_id, EUR): 70,
        }
        assert await _found(ground) == {("dispute_matches_books", account.code) for account in should}

        taken, *set_apart = should.items()
        await post(ground, a_journal((taken[0], PSP, taken[1]), source_type="opening", source_id="pay_9"))
        await post(
            ground,
            a_journal(
                *((PSP, account, minor) for account, minor in set_apart), source_type="opening", source_id="pay_8"
            ),
        )
        assert await _found(ground) == set()

        dispute.win(NOW)
        async with ground.begin() as work:
            await work.disputes.save(dispute)
        assert await _found(ground) == {("dispute_matches_books", account.code) for account in should}
