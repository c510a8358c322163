"""What every reader of card disputes must answer."""

import pytest

from marketplace_core.kernel.ids import DisputeId, OrderId, SellerId, SellerOrderId
from marketplace_core.kernel.paging import InvalidCursor, PageRequest
from marketplace_core.payments import Dispute, DisputePart, DisputeState, DisputeView, Portion, Split
from marketplace_core.testing.payments import (
    ADA,
    BOB,
    NOW,
    PaymentsGround,
    a_dispute,
    a_payment,
    euros,
    seen_dispute,
)


def withdrawn(dispute_id: str, reference: str) -> Dispute:
    """Have 107.00 taken: 65.00 of Ada's part, 30.00 of Bob's, and 12.00 of nobody's."""
    dispute = a_dispute(dispute_id, reference)
    adas = DisputePart(
        seller_order_id=SellerOrderId("sor_ada"),
        seller_id=ADA,
        split=Split(held=Portion(items=3_000, delivery=400), released=Portion(items=3_000, delivery=100)),
        parked_minor=2_000,
    )
    bobs = DisputePart(seller_order_id=SellerOrderId("sor_bob"), seller_id=BOB, split=Split(held=Portion(items=3_000)))
    dispute.withdraw(seen_dispute(DisputeState.NEEDS_RESPONSE, reference), (adas, bobs), 1_200)
    return dispute


class DisputesReaderConformance:
    """Override ``ground``."""

    @pytest.fixture
    def ground(self) -> PaymentsGround:
        """Return an empty store of payments."""
        raise NotImplementedError

    async def test_a_dispute_that_is_missing_is_none(self, ground: PaymentsGround) -> None:
        assert await ground.reader.dispute(DisputeId("dsp_none")) is None
        assert (await ground.reader.disputes(PageRequest())).items == ()

    async def test_a_dispute_is_shown_with_the_parts_it_falls_on_and_what_is_the_platforms(
        self, ground: PaymentsGround
    ) -> None:
        dispute = withdrawn("dsp_1", "dp_1")
        dispute.answered()
        dispute.note_evidence("sha256 of what was handed in")
        async with ground.begin() as work:
            await work.payments.save(a_payment())
            await work.disputes.save(dispute)

        view = await ground.reader.dispute(dispute.dispute_id)

        assert view == DisputeView.of(dispute)
        assert view is not None
        assert (view.order_id, view.payment_id, view.state) == ("ord_1", "pay_1", DisputeState.UNDER_REVIEW)
        assert (view.amount, view.fee, view.platform) == (euros(10_700), euros(1_500), euros(1_200))
        assert (view.reason, view.evidence_hash) == ("fraudulent", "sha256 of what was handed in")
        assert (view.opened_at, view.evidence_due, view.closed_at) == (NOW, dispute.evidence_due, None)
        assert [
            (part.seller_order_id, part.seller_id, part.amount, part.from_escrow, part.from_seller, part.set_aside)
            for part in view.parts
        ] == [
            ("sor_ada", ADA, euros(6_500), euros(3_400), euros(3_100), euros(2_000)),
            ("sor_bob", BOB, euros(3_000), euros(3_000), euros(0), euros(0)),
        ]

    async def test_disputes_are_listed_newest_first_by_order_and_state(self, ground: PaymentsGround) -> None:
        closed = a_dispute("dsp_1", "dp_1")
        closed.close(NOW)
        warned = a_dispute("dsp_3", "dp_3")
        async with ground.begin() as work:
            await work.payments.save(a_payment())
            for dispute in (closed, withdrawn("dsp_2", "dp_2"), warned):
                await work.disputes.save(dispute)

        async def named(**wanted: object) -> list[str]:
            page = await ground.reader.disputes(PageRequest(), **wanted)  # type: ignore[arg-type]
            assert page.next_cursor is None
            return [view.dispute_id for view in page.items]

        first = await ground.reader.disputes(PageRequest(limit=2))
        rest = await ground.reader.disputes(PageRequest(limit=2, cursor=first.next_cursor))

        assert await named() == ["dsp_3", "dsp_2", "dsp_1"]
        assert await named(order_id=OrderId("ord_1"), states={DisputeState.NEEDS_RESPONSE}) == ["dsp_2"]
        assert await named(states={DisputeState.WARNING, DisputeState.WARNING_CLOSED}) == ["dsp_3", "dsp_1"]
        assert await named(order_id=OrderId("ord_2")) == []
        assert await named(seller_id=ADA) == ["dsp_2"]
        assert await named(seller_id=ADA, states={DisputeState.WARNING}) == []
        assert await named(seller_id=SellerId("sel_none")) == []
        assert [len(view.parts) for view in first.items] == [0, 2]
        assert [view.dispute_id for view in (*first.items, *rest.items)] == ["dsp_3", "dsp_2", "dsp_1"]
        assert rest.next_cursor is None

    async def test_a_cursor_of_another_list_is_refused(self, ground: PaymentsGround) -> None:
        with pytest.raises(InvalidCursor):
            await ground.reader.disputes(PageRequest(cursor="rfd_1"))
