"""What every store of claims must do, and every reader of them answer."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

import attrs
import pytest

from marketplace_core.kernel.errors import ConcurrentUpdate
from marketplace_core.kernel.ids import ClaimId, ClaimPhotoId, OrderId, PaymentId, RefundId, UserId
from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.paging import InvalidCursor, PageRequest
from marketplace_core.payments import (
    PaymentPolicy,
    Portion,
)
from marketplace_core.payments.claims import (
    Claim,
    ClaimDecision,
    ClaimNotFound,
    ClaimPhoto,
    ClaimState,
    ClaimView,
)
from marketplace_core.testing.payments import (
    ADA,
    BOB,
    BUYER,
    NOW,
    PaymentsGround,
    a_claim,
    a_held_hold,
    a_payment,
    a_refund,
    euros,
)

_CLAIM: Final = [field.name for field in attrs.fields(Claim) if field.name != "_events"]
_ALL, _LATER = Portion(items=6_000, delivery=500), NOW + timedelta(hours=1)


def _photo(claim: Claim) -> None:
    claim.add_photo(
        ClaimPhoto(
            photo_id=ClaimPhotoId(f"cph_{len(claim.photos)}"),
            who=Who.BUYER,
            content_type="image/jpeg",
            size_bytes=4_711,
            width=40,
            height=30,
            sha256=f"{len(claim.photos):064x}",
            added_at=_LATER,
        )
    )


def _offer(claim: Claim) -> None:
    claim.make_offer(Portion(items=1_000, delivery=0), "Ten back?", PaymentPolicy(), _LATER)


def _decide(claim: Claim) -> None:
    claim.decide(ClaimDecision.PARTIAL, Portion(items=2_000), "Half of it was whole.", _ALL, _LATER)
    claim.refund_id = RefundId("rfd_1")


def _withdraw(claim: Claim) -> None:
    claim.say("It was behind the door.", Who.BUYER, _LATER)
    claim.withdraw(_LATER)


async def _paid(ground: PaymentsGround) -> None:
    async with ground.begin() as work:
        await work.payments.save(a_payment())
        for hold in (a_held_hold(), a_held_hold("sor_bob", BOB)):
            await work.holds.save(hold)
        await work.refunds.save(a_refund())


class ClaimsConformance:
    """Override ``ground``."""

    @pytest.fixture
    def ground(self) -> PaymentsGround:
        """Return an empty store of payments."""
        raise NotImplementedError

    async def test_a_missing_claim_is_not_found(self, ground: PaymentsGround) -> None:
        async with ground.begin() as work:
            assert list(await work.claims.of_payment(PaymentId("pay_none"))) == []
        with pytest.raises(ClaimNotFound):
            async with ground.begin() as work:
                await work.claims.get(ClaimId("clm_none"))

    @pytest.mark.parametrize("steps", [[_photo, _offer, _photo, _decide], [_withdraw]], ids=["decided", "withdrawn"])
    async def test_a_claim_comes_back_as_it_was_saved_with_all_that_was_said(
        self, ground: PaymentsGround, steps: list[Callable[[Claim], None]]
    ) -> None:
        await _paid(ground)
        claim = a_claim()
        async with ground.begin() as work:
            await work.claims.save(claim)
        for step in steps:
            async with ground.begin() as work:
                claim = await work.claims.get(claim.claim_id)
                step(claim)
                await work.claims.save(claim)
            async with ground.begin() as work:
                again = await work.claims.get(claim.claim_id)
            assert {name: getattr(again, name) for name in _CLAIM} == {name: getattr(claim, name) for name in _CLAIM}

        assert not claim.is_open
        assert [said.number for said in claim.messages] == list(range(1, len(claim.messages) + 1))

    async def test_a_seller_order_has_one_open_claim_at_a_time(self, ground: PaymentsGround) -> None:
        await _paid(ground)
        async with ground.begin() as work:
            await work.claims.save(a_claim())
            await work.claims.save(a_claim("clm_bob", "sor_bob", BOB))

        with pytest.raises(ConcurrentUpdate):
            async with ground.begin() as work:
                await work.claims.save(a_claim("clm_2"))

        async with ground.begin() as work:
            first = await work.claims.get(ClaimId("clm_1"))
            first.withdraw(_LATER)
            await work.claims.save(first)
            await work.claims.save(a_claim("clm_2"))
        async with ground.begin() as work:
            found = await work.claims.of_payment(PaymentId("pay_1"))
        assert [(one.claim_id, one.is_open) for one in found] == [("clm_1", False), ("clm_2", True), ("clm_bob", True)]

    async def test_a_claim_that_changed_meanwhile_is_not_saved(self, ground: PaymentsGround) -> None:
        await _paid(ground)
        async with ground.begin() as work:
            await work.claims.save(a_claim())
        async with ground.begin() as work:
            stale = await work.claims.get(ClaimId("clm_1"))
        async with ground.begin() as work:
            fresh = await work.claims.get(ClaimId("clm_1"))
            _offer(fresh)
            await work.claims.save(fresh)

        stale.withdraw(_LATER)
        with pytest.raises(ConcurrentUpdate):
            async with ground.begin() as work:
                await work.claims.save(stale)


class ClaimsReaderConformance:
    """Override ``ground``."""

    @pytest.fixture
    def ground(self) -> PaymentsGround:
        """Return an empty store of payments."""
        raise NotImplementedError

    async def test_a_claim_that_is_missing_is_none(self, ground: PaymentsGround) -> None:
        assert await ground.reader.claim(ClaimId("clm_none")) is None
        assert (await ground.reader.claims(PageRequest())).items == ()

    async def test_a_claim_is_shown_with_what_is_wanted_offered_and_said(self, ground: PaymentsGround) -> None:
        await _paid(ground)
        claim = a_claim()
        _offer(claim)
        async with ground.begin() as work:
            await work.claims.save(claim)

        view = await ground.reader.claim(claim.claim_id)

        assert view == ClaimView.of(claim)
        assert view is not None
        assert (view.order_id, view.seller_order_id, view.buyer_id) == ("ord_1", "sor_ada", BUYER)
        assert (view.wanted.amount, view.offer and view.offer.amount, view.granted) == (
            euros(6_500),
            euros(1_000),
            None,
        )
        assert [(said.who, said.text) for said in view.messages] == [
            (Who.BUYER, "One cup is chipped."),
            (Who.SELLER, "Ten back?"),
        ]

    async def test_claims_are_listed_newest_first_by_order_seller_buyer_and_state(self, ground: PaymentsGround) -> None:
        await _paid(ground)
        withdrawn = a_claim()
        withdrawn.withdraw(_LATER)
        async with ground.begin() as work:
            for claim in (withdrawn, a_claim("clm_2"), a_claim("clm_3", "sor_bob", BOB)):
                await work.claims.save(claim)

        async def named(**wanted: object) -> list[str]:
            return [one.claim_id for one in (await ground.reader.claims(PageRequest(), **wanted)).items]  # type: ignore[arg-type]

        assert await named() == ["clm_3", "clm_2", "clm_1"]
        assert await named(seller_id=ADA) == ["clm_2", "clm_1"]
        assert await named(order_id=OrderId("ord_1"), buyer_id=BUYER) == ["clm_3", "clm_2", "clm_1"]
        assert await named(order_id=OrderId("ord_2")) == []
        assert await named(buyer_id=UserId("usr_mallory")) == []
        assert await named(states=frozenset({ClaimState.WITHDRAWN})) == ["clm_1"]
        page = await ground.reader.claims(PageRequest(limit=2))
        rest = await ground.reader.claims(PageRequest(limit=2, cursor=page.next_cursor))
        assert [one.claim_id for one in rest.items] == ["clm_1"]
        assert rest.next_cursor is None
        with pytest.raises(InvalidCursor):
            await ground.reader.claims(PageRequest(cursor="dsp_1"))
