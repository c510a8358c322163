"""Guests buy without an account and have no other powers (ID-6, ADR 0017)."""

from datetime import timedelta

import pytest

from marketplace_core.identity import (
    AccountNeeded,
    ChangePassword,
    GrantRole,
    IdentifyActor,
    InvalidEmail,
    InvalidProfile,
    InvalidToken,
    LeaveContact,
    NotAGuest,
    OpenShop,
    RefreshSession,
    Session,
    SignOut,
    StartAsGuest,
    UserView,
    ViewMe,
    WrongCredentials,
)
from marketplace_core.kernel.access import ANONYMOUS, Actor, Role
from marketplace_core.kernel.errors import NotSignedIn
from tests.core.identity.door import OPERATOR, PASSWORD, Identity, signed_in


async def start(identity: Identity, locale: str = "en") -> Session:
    return await identity.market.execute(StartAsGuest(locale=locale, device="Phone"), by=ANONYMOUS)


async def actor(identity: Identity, session: Session) -> Actor:
    return await identity.market.ask(IdentifyActor(access_token=session.access_token), by=ANONYMOUS)


async def me(identity: Identity, by: Actor) -> UserView:
    return await identity.market.ask(ViewMe(), by=by)


@pytest.mark.parametrize("command", [StartAsGuest(locale="tlhIngan"), StartAsGuest(device="x" * 201)])
async def test_a_guest_who_cannot_be_stored_is_refused(identity: Identity, command: StartAsGuest) -> None:
    with pytest.raises(InvalidProfile):
        await identity.market.execute(command, by=ANONYMOUS)

    assert len(identity.store.table("identity_users")) == 0


async def test_a_guest_opens_no_shop_gets_no_role_and_has_no_password(identity: Identity) -> None:
    guest = await actor(identity, await start(identity))

    with pytest.raises(AccountNeeded):
        await identity.market.execute(OpenShop(name="Teas", slug="teas", country="DE"), by=guest)
    for role in (Role.OPERATOR, Role.BUYER):
        with pytest.raises(AccountNeeded):
            await identity.market.execute(GrantRole(user_id=guest.own_user, role=role), by=OPERATOR)
    with pytest.raises(AccountNeeded):
        await identity.market.execute(ChangePassword(current_password="", new_password=PASSWORD), by=guest)

    assert (await actor_roles(identity, guest)) == {Role.BUYER}


async def actor_roles(identity: Identity, by: Actor) -> frozenset[Role]:
    return (await me(identity, by)).roles


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (LeaveContact(email="no address", name="Ann"), InvalidEmail),
        (LeaveContact(email="", name="Ann"), InvalidEmail),
        (LeaveContact(email="ann@example.org", name=""), InvalidProfile),
        (LeaveContact(email="ann@example.org", name="\u202eAnn"), InvalidProfile),
    ],
)
async def test_a_contact_that_cannot_be_written_to_is_refused(
    identity: Identity, command: LeaveContact, refusal: type[Exception]
) -> None:
    guest = await actor(identity, await start(identity))

    with pytest.raises(refusal):
        await identity.market.execute(command, by=guest)

    assert (await me(identity, guest)).email == ""


async def test_only_a_guest_leaves_a_contact(identity: Identity) -> None:
    account = signed_in(await identity.register())

    with pytest.raises(NotAGuest):
        await identity.market.execute(LeaveContact(email="other@example.org", name="Other"), by=account)
    with pytest.raises(NotSignedIn):
        await identity.market.execute(LeaveContact(email="other@example.org", name="Other"), by=ANONYMOUS)

    assert (await me(identity, account)).email == "ann@example.org"


async def test_a_guest_is_a_buyer_without_address_and_nobody_is_told(identity: Identity) -> None:
    session = await start(identity, "ru")

    guest = await actor(identity, session)

    assert (guest.roles, guest.seller_id, guest.own_user) == (frozenset({Role.BUYER}), None, session.user_id)
    shown = await me(identity, guest)
    assert (shown.guest, shown.email, shown.name, shown.locale, shown.seller) == (True, "", "", "ru", None)
    assert identity.events == []
    assert session.access_token not in repr(session)


async def test_a_guests_session_is_refreshed_and_ends_like_any_other(identity: Identity) -> None:
    first = await start(identity)
    identity.clock.advance(timedelta(days=13))
    second = await identity.market.execute(RefreshSession(refresh_token=first.refresh_token), by=ANONYMOUS)
    guest = await actor(identity, second)

    await identity.market.execute(SignOut(refresh_token=second.refresh_token), by=ANONYMOUS)

    assert guest.own_user == first.user_id
    with pytest.raises(InvalidToken):
        await actor(identity, second)


async def test_a_contact_can_be_left_and_replaced(identity: Identity) -> None:
    guest = await actor(identity, await start(identity))

    await identity.market.execute(LeaveContact(email=" Ann@Example.org ", name=" Ann  Ash "), by=guest)
    await identity.market.execute(LeaveContact(email="ann@example.com", name="Ann"), by=guest)

    shown = await me(identity, guest)
    assert (shown.guest, shown.email, shown.name) == (True, "ann@example.com", "Ann")
    assert identity.events == []


async def test_a_contact_says_nothing_about_accounts_and_takes_no_address(identity: Identity) -> None:
    owner = await identity.register()
    guests = [await actor(identity, await start(identity)) for _ in range(2)]

    for guest in guests:
        await identity.market.execute(LeaveContact(email="ann@example.org", name="Somebody"), by=guest)
        await identity.market.execute(LeaveContact(email="later@example.org", name="Somebody"), by=guest)
    later = await identity.register("later@example.org", name="Later")

    assert (await identity.sign_in()).user_id == owner
    assert (await identity.sign_in("later@example.org")).user_id == later


async def test_a_contact_signs_nobody_in_and_costs_the_same_work(identity: Identity) -> None:
    guest = await actor(identity, await start(identity))
    await identity.market.execute(LeaveContact(email="ann@example.org", name="Ann"), by=guest)

    for password in (PASSWORD, ""):
        with pytest.raises(WrongCredentials):
            await identity.sign_in(password=password)

    assert identity.passwords.worked == ["verify", "verify"]
