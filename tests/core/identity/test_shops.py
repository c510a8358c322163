"""Opening a shop, and what operators do with it (money design 4.10, SELL-1, SELL-5, SELL-8)."""

import asyncio

import pytest

from marketplace_core.identity import (
    AlreadyHasShop,
    ApproveSeller,
    IdentifyActor,
    InvalidProfile,
    InvalidSlug,
    ListSellers,
    OpenShop,
    ReinstateSeller,
    SellerApplied,
    SellerApproved,
    SellerNotFound,
    SellerNotInState,
    SellerReinstated,
    SellerStatus,
    SellerSuspended,
    SlugTaken,
    SuspendSeller,
    ViewMe,
    ViewSeller,
)
from marketplace_core.identity.domain.seller import SELLER_MACHINE, SellerStep
from marketplace_core.kernel.access import ANONYMOUS, Role
from marketplace_core.kernel.errors import MarketplaceError, NotAllowed, NotSignedIn
from marketplace_core.kernel.ids import SellerId, UserId
from marketplace_core.testing.conformance.identity import a_seller
from tests.core.identity.door import OPERATOR, Identity, signed_in

TEAS = OpenShop(name="Ann's Teas", slug="anns-teas", country="DE")


async def open_shop(
    identity: Identity, email: str = "ann@example.org", slug: str = "anns-teas"
) -> tuple[UserId, SellerId]:
    user_id = await identity.register(email)
    opened = await identity.market.execute(OpenShop(name="Ann's Teas", slug=slug, country="DE"), by=signed_in(user_id))
    return user_id, opened.seller_id


@pytest.mark.parametrize(
    ("command", "error"),
    [
        (OpenShop(name="", slug="anns-teas", country="DE"), InvalidProfile),
        (OpenShop(name="Ann's Teas", slug="Anns Teas", country="DE"), InvalidSlug),
        (OpenShop(name="Ann's Teas", slug="admin", country="DE"), InvalidSlug),
        (OpenShop(name="Ann's Teas", slug="anns-teas", country="Germany"), InvalidProfile),
        (OpenShop(name="Ann's Teas", slug="anns-teas", country="DE", currency="euro"), InvalidProfile),
    ],
)
async def test_a_shop_that_makes_no_sense_is_not_opened(
    identity: Identity, command: OpenShop, error: type[MarketplaceError]
) -> None:
    user_id = await identity.register()

    with pytest.raises(error):
        await identity.market.execute(command, by=signed_in(user_id))

    assert len(identity.store.table("identity_sellers")) == 0


async def test_a_shop_needs_somebody_who_signed_in(identity: Identity) -> None:
    with pytest.raises(NotSignedIn):
        await identity.market.execute(TEAS, by=ANONYMOUS)


async def test_a_new_shop_waits_for_approval_and_its_owner_is_a_seller(identity: Identity) -> None:
    user_id = await identity.register()
    session = await identity.sign_in()

    opened = await identity.market.execute(TEAS, by=signed_in(user_id))

    me = await identity.market.ask(ViewMe(), by=signed_in(user_id))
    actor = await identity.market.ask(IdentifyActor(access_token=session.access_token), by=ANONYMOUS)
    assert me.seller is not None
    assert (me.seller.seller_id, me.seller.status) == (opened.seller_id, SellerStatus.APPLIED)
    assert (actor.seller_id, actor.roles) == (opened.seller_id, frozenset({Role.BUYER, Role.SELLER}))
    assert identity.events[-1] == SellerApplied(
        seller_id=opened.seller_id, user_id=user_id, name="Ann's Teas", slug="anns-teas"
    )


async def test_one_account_opens_one_shop(identity: Identity) -> None:
    user_id, _ = await open_shop(identity)

    with pytest.raises(AlreadyHasShop):
        await identity.market.execute(OpenShop(name="More", slug="more-teas", country="DE"), by=signed_in(user_id))


async def test_an_address_belongs_to_one_shop_even_when_ten_want_it_at_once(identity: Identity) -> None:
    users = [await identity.register(f"u{number}@example.org") for number in range(10)]

    outcomes = await asyncio.gather(
        *(identity.market.execute(TEAS, by=signed_in(user_id)) for user_id in users), return_exceptions=True
    )

    assert sum(isinstance(outcome, SlugTaken) for outcome in outcomes) == 9
    assert len(identity.store.table("identity_sellers")) == 1


async def test_an_approved_shop_is_shown_to_everybody_without_its_owner(identity: Identity) -> None:
    user_id, seller_id = await open_shop(identity)
    with pytest.raises(SellerNotFound):
        await identity.market.ask(ViewSeller(seller="anns-teas"), by=ANONYMOUS)

    await identity.market.execute(ApproveSeller(seller_id=seller_id), by=OPERATOR)

    public = await identity.market.ask(ViewSeller(seller="anns-teas"), by=ANONYMOUS)
    own = await identity.market.ask(ViewSeller(seller=seller_id), by=signed_in(user_id))
    assert (public.name, public.status, public.user_id, public.status_reason) == (
        "Ann's Teas",
        SellerStatus.ACTIVE,
        None,
        None,
    )
    assert own.user_id == user_id
    assert identity.events[-1] == SellerApproved(
        seller_id=seller_id, user_id=user_id, name="Ann's Teas", slug="anns-teas", currency="EUR"
    )


async def test_a_suspended_shop_is_hidden_and_its_owner_can_still_work(identity: Identity) -> None:
    user_id, seller_id = await open_shop(identity)
    session = await identity.sign_in()
    await identity.market.execute(ApproveSeller(seller_id=seller_id), by=OPERATOR)

    await identity.market.execute(SuspendSeller(seller_id=seller_id, reason="complaints"), by=OPERATOR)

    with pytest.raises(SellerNotFound):
        await identity.market.ask(ViewSeller(seller="anns-teas"), by=ANONYMOUS)
    actor = await identity.market.ask(IdentifyActor(access_token=session.access_token), by=ANONYMOUS)
    assert Role.SELLER in actor.roles
    seen = await identity.market.ask(ViewSeller(seller="anns-teas"), by=OPERATOR)
    assert (seen.status, seen.status_reason, seen.user_id) == (SellerStatus.SUSPENDED, "complaints", user_id)
    assert identity.events[-1] == SellerSuspended(seller_id=seller_id)


async def test_every_step_asked_twice_happens_once(identity: Identity) -> None:
    _, seller_id = await open_shop(identity)

    for command in (
        ApproveSeller(seller_id=seller_id),
        SuspendSeller(seller_id=seller_id),
        ReinstateSeller(seller_id=seller_id),
    ):
        await identity.market.execute(command, by=OPERATOR)
        await identity.market.execute(command, by=OPERATOR)

    kinds = [type(event) for event in identity.events[2:]]
    assert kinds == [SellerApproved, SellerSuspended, SellerReinstated]


async def test_only_operators_take_these_steps(identity: Identity) -> None:
    user_id, seller_id = await open_shop(identity)
    owner = signed_in(user_id, Role.SELLER)

    for command in (
        ApproveSeller(seller_id=seller_id),
        SuspendSeller(seller_id=seller_id),
        ReinstateSeller(seller_id=seller_id),
    ):
        with pytest.raises(NotAllowed):
            await identity.market.execute(command, by=owner)
    with pytest.raises(SellerNotFound):
        await identity.market.execute(ApproveSeller(seller_id=SellerId("sel_none")), by=OPERATOR)


@pytest.mark.parametrize("status", SellerStatus)
@pytest.mark.parametrize("step", SellerStep)
def test_the_transition_table_is_the_whole_truth(status: SellerStatus, step: SellerStep) -> None:
    seller = a_seller()
    seller.drain_events()
    seller.status = status
    verb = {
        SellerStep.APPROVE: seller.approve,
        SellerStep.SUSPEND: lambda: seller.suspend("why"),
        SellerStep.REINSTATE: seller.reinstate,
        SellerStep.CLOSE: seller.close,
        SellerStep.STAY: seller.stay,
        SellerStep.FINISH: seller.finish_closing,
    }[step]
    done = {(SellerStatus.ACTIVE, SellerStep.APPROVE), (SellerStatus.SUSPENDED, SellerStep.SUSPEND)}
    done |= {(SellerStatus.ACTIVE, SellerStep.REINSTATE), (SellerStatus.ACTIVE, SellerStep.STAY)}
    done |= {(SellerStatus.CLOSING, SellerStep.CLOSE)}
    done |= {(SellerStatus.CLOSED, SellerStep.CLOSE), (SellerStatus.CLOSED, SellerStep.FINISH)}
    targets = {(one.source, one.trigger): one.target for one in SELLER_MACHINE.transitions}

    if (status, step) in targets:
        assert verb()
        assert seller.status is targets[status, step]
    elif (status, step) in done:
        assert not verb()
        assert seller.status is status
    else:
        with pytest.raises(SellerNotInState) as refusal:
            verb()
        assert (refusal.value.facts["state"], refusal.value.facts["trigger"]) == (status.value, step.value)
    assert len(seller.drain_events()) == ((status, step) in targets)


def test_only_an_active_shop_lists_and_sells() -> None:
    assert [status for status in SellerStatus if status.can_list] == [SellerStatus.ACTIVE]
    assert [status for status in SellerStatus if status.can_sell] == [SellerStatus.ACTIVE]


async def test_the_public_list_holds_active_shops_and_operators_see_all(identity: Identity) -> None:
    _, active = await open_shop(identity)
    _, applied = await open_shop(identity, "ben@example.org", "bens-teas")
    await identity.market.execute(ApproveSeller(seller_id=active), by=OPERATOR)

    public = await identity.market.ask(ListSellers(), by=ANONYMOUS)
    every = await identity.market.ask(ListSellers(), by=OPERATOR)
    waiting = await identity.market.ask(ListSellers(status=SellerStatus.APPLIED), by=OPERATOR)

    assert [(seller.seller_id, seller.user_id) for seller in public.items] == [(active, None)]
    assert [seller.seller_id for seller in every.items] == [applied, active]
    assert [seller.seller_id for seller in waiting.items] == [applied]
    with pytest.raises(NotAllowed):
        await identity.market.ask(ListSellers(status=SellerStatus.APPLIED), by=ANONYMOUS)
