"""Operators see card disputes, and nobody else does."""

import pytest

from marketplace_core.kernel.access import ANONYMOUS, Actor
from marketplace_core.kernel.errors import NotAllowed, NotSignedIn
from marketplace_core.kernel.ids import DisputeId, OrderId
from marketplace_core.payments import DisputeNotFound, DisputeState, ListDisputes, ViewDispute
from marketplace_core.testing.payments import ADA, BOB, euros
from tests.core.payments.disputing import dispute_of, disputed
from tests.core.payments.refunding import SELLER_ADA
from tests.core.payments.till import ANN, OPERATOR, ORDER, Till


@pytest.mark.parametrize("by", [ANN, SELLER_ADA])
async def test_a_dispute_is_shown_to_no_buyer_and_no_seller(till: Till, by: Actor) -> None:
    await disputed(till, await till.paid(), 5_000)
    view = ViewDispute(dispute_id=dispute_of(till).dispute_id)

    for query in (view, ListDisputes()):
        with pytest.raises(NotAllowed):
            await till.market.ask(query, by=by)
        with pytest.raises(NotSignedIn):
            await till.market.ask(query, by=ANONYMOUS)


async def test_a_missing_dispute_is_not_found(till: Till) -> None:
    with pytest.raises(DisputeNotFound):
        await till.market.ask(ViewDispute(dispute_id=DisputeId("dsp_none")), by=OPERATOR)


async def test_an_operator_sees_on_whom_a_dispute_falls(till: Till) -> None:
    await disputed(till, await till.paid(), 10_700)
    dispute_id = dispute_of(till).dispute_id

    view = await till.market.ask(ViewDispute(dispute_id=dispute_id), by=OPERATOR)

    async def seen(query: ListDisputes) -> list[DisputeId]:
        return [one.dispute_id for one in (await till.market.ask(query, by=OPERATOR)).items]

    assert (view.order_id, view.state, view.amount) == (ORDER, DisputeState.NEEDS_RESPONSE, euros(10_700))
    assert [(part.seller_id, part.from_escrow, part.from_seller) for part in view.parts] == [
        (ADA, euros(6_500), euros(0)),
        (BOB, euros(3_500), euros(0)),
    ]
    assert view.platform == euros(700)
    assert await seen(ListDisputes()) == [dispute_id]
    assert await seen(ListDisputes(order_id=ORDER, states=frozenset({DisputeState.NEEDS_RESPONSE}))) == [dispute_id]
    assert await seen(ListDisputes(states=frozenset({DisputeState.LOST}))) == []
    assert await seen(ListDisputes(order_id=OrderId("ord_none"))) == []
