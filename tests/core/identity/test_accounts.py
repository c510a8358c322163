"""Registering, roles and passwords (D42, D43, S-03, S-07)."""

import asyncio

import pytest

from marketplace_core.identity import (
    ChangePassword,
    GrantRole,
    IdentifyActor,
    IdentifyUser,
    InvalidEmail,
    InvalidProfile,
    InvalidToken,
    LastOperator,
    ListUsers,
    LongerPasswordNeeded,
    OpenShop,
    RefreshSession,
    RegisterUser,
    RegistrationRepeated,
    RevokeRole,
    RoleNotGrantable,
    SessionEnded,
    UserNotFound,
    UserRegistered,
    ViewMe,
    ViewUser,
    WeakPassword,
    WrongCredentials,
    WrongPassword,
)
from marketplace_core.kernel.access import ANONYMOUS, SYSTEM, Role
from marketplace_core.kernel.errors import ErrorKind, NotAllowed, NotSignedIn
from marketplace_core.kernel.ids import UserId
from tests.core.identity.door import OPERATOR, PASSWORD, Identity, signed_in


@pytest.mark.parametrize(
    ("command", "error"),
    [
        (RegisterUser(email="ann", password=PASSWORD, name="Ann"), InvalidEmail),
        (RegisterUser(email="ann@example.org", password="short", name="Ann"), WeakPassword),
        (RegisterUser(email="ann@example.org", password="ann@example.org", name="Ann"), WeakPassword),
        (RegisterUser(email="ann@example.org", password=PASSWORD, name=" "), InvalidProfile),
        (RegisterUser(email="ann@example.org", password=PASSWORD, name="Ann", locale="EN"), InvalidProfile),
    ],
)
async def test_a_registration_that_makes_no_sense_leaves_nothing(
    identity: Identity, command: RegisterUser, error: type[Exception]
) -> None:
    with pytest.raises(error):
        await identity.market.execute(command, by=ANONYMOUS)

    assert len(identity.store.table("identity_users")) == 0
    assert identity.passwords.worked == []


async def test_a_new_account_buys(identity: Identity) -> None:
    user_id = await identity.register("Ann@Example.org")

    me = await identity.market.ask(ViewMe(), by=signed_in(user_id))

    assert (me.email, me.name, me.locale, me.roles) == ("Ann@Example.org", "Ann", "en", frozenset({Role.BUYER}))
    assert identity.events == [UserRegistered(user_id=user_id, name="Ann", locale="en")]


@pytest.mark.parametrize("email", ["ann@example.org", "ANN@EXAMPLE.ORG", " Ann@Example.org "])
async def test_an_address_that_has_an_account_gets_the_same_answer_after_the_same_work(
    identity: Identity, email: str
) -> None:
    user_id = await identity.register()
    identity.passwords.worked.clear()

    again = await identity.market.execute(
        RegisterUser(email=email, password="quite another password", name="Mallory"), by=ANONYMOUS
    )

    assert again.user_id is None
    assert identity.passwords.worked == ["hash"]
    assert len(identity.store.table("identity_users")) == 1
    assert identity.events[-1] == RegistrationRepeated(user_id=user_id, attempted_at=identity.clock.now())
    await identity.sign_in()
    with pytest.raises(WrongCredentials):
        await identity.sign_in(password="quite another password")


async def test_ten_registrations_of_one_address_at_once_make_one_account(identity: Identity) -> None:
    commands = [RegisterUser(email="ann@example.org", password=PASSWORD, name=f"Ann {n}") for n in range(10)]

    outcomes = await asyncio.gather(*(identity.market.execute(command, by=ANONYMOUS) for command in commands))

    assert sum(outcome.user_id is not None for outcome in outcomes) == 1
    assert len(identity.store.table("identity_users")) == 1


def test_no_password_or_token_is_printed_by_accident() -> None:
    commands = (
        RegisterUser(email="ann@example.org", password="a-secret", name="Ann"),
        ChangePassword(current_password="a-secret", new_password="a-secret"),
        RefreshSession(refresh_token="a-secret"),
        IdentifyActor(access_token="a-secret"),
    )

    assert all("a-secret" not in repr(command) for command in commands)


async def test_a_role_counts_from_the_next_request_and_until_the_next_request(identity: Identity) -> None:
    user_id = await identity.register()
    await _operates(identity, await identity.register("ben@example.org", name="Ben"))
    session = await identity.sign_in()
    question = IdentifyActor(access_token=session.access_token)

    await identity.market.execute(GrantRole(user_id=user_id, role=Role.OPERATOR), by=SYSTEM)
    promoted = await identity.market.ask(question, by=ANONYMOUS)
    await identity.market.execute(RevokeRole(user_id=user_id, role=Role.OPERATOR), by=promoted)
    demoted = await identity.market.ask(question, by=ANONYMOUS)

    assert promoted.roles == {Role.BUYER, Role.OPERATOR}
    assert demoted.roles == {Role.BUYER}
    with pytest.raises(NotAllowed):
        await identity.market.ask(ListUsers(), by=demoted)


async def test_the_last_operator_stays_one(identity: Identity) -> None:
    ann, ben = await identity.register(), await identity.register("ben@example.org", name="Ben")
    await _operates(identity, ann, ben)
    await identity.market.execute(RevokeRole(user_id=ben, role=Role.OPERATOR), by=SYSTEM)

    with pytest.raises(LastOperator) as refused:
        await identity.market.execute(RevokeRole(user_id=ann, role=Role.OPERATOR), by=SYSTEM)
    await identity.market.execute(RevokeRole(user_id=ben, role=Role.OPERATOR), by=SYSTEM)  # is none any more: nothing
    await identity.market.execute(RevokeRole(user_id=ann, role=Role.BUYER), by=SYSTEM)

    operators = await identity.market.ask(ListUsers(role=Role.OPERATOR), by=SYSTEM)
    assert refused.value.kind is ErrorKind.RULE_BROKEN
    assert [user.user_id for user in operators.items] == [ann]


async def test_of_two_operators_who_dismiss_each_other_at_once_one_stays(identity: Identity) -> None:
    ann, ben = await identity.register(), await identity.register("ben@example.org", name="Ben")
    await _operates(identity, ann, ben)
    commands = [RevokeRole(user_id=user_id, role=Role.OPERATOR) for user_id in (ann, ben)]

    outcomes = await asyncio.gather(
        *(identity.market.execute(command, by=SYSTEM) for command in commands), return_exceptions=True
    )

    operators = await identity.market.ask(ListUsers(role=Role.OPERATOR), by=SYSTEM)
    assert [type(outcome) for outcome in outcomes] == [type(None), LastOperator]
    assert len(operators.items) == 1


@pytest.mark.parametrize("role", [Role.SELLER, Role.SYSTEM])
async def test_some_roles_are_not_given(identity: Identity, role: Role) -> None:
    user_id = await identity.register()

    with pytest.raises(RoleNotGrantable):
        await identity.market.execute(GrantRole(user_id=user_id, role=role), by=OPERATOR)
    with pytest.raises(RoleNotGrantable):
        await identity.market.execute(RevokeRole(user_id=user_id, role=role), by=OPERATOR)


async def test_only_operators_give_roles(identity: Identity) -> None:
    user_id = await identity.register()
    command = GrantRole(user_id=user_id, role=Role.OPERATOR)

    with pytest.raises(NotSignedIn):
        await identity.market.execute(command, by=ANONYMOUS)
    with pytest.raises(NotAllowed):
        await identity.market.execute(command, by=signed_in(user_id))
    with pytest.raises(UserNotFound):
        await identity.market.execute(GrantRole(user_id=UserId("usr_none"), role=Role.OPERATOR), by=OPERATOR)


async def test_whoever_sells_or_operates_needs_a_longer_password(identity: Identity) -> None:
    user_id = await identity.register(password="short enough")
    shop = OpenShop(name="Ann's Teas", slug="anns-teas", country="DE")

    with pytest.raises(LongerPasswordNeeded):
        await identity.market.execute(GrantRole(user_id=user_id, role=Role.OPERATOR), by=OPERATOR)
    with pytest.raises(LongerPasswordNeeded):
        await identity.market.execute(shop, by=signed_in(user_id))
    change = ChangePassword(current_password="short enough", new_password="long enough for a shop")
    await identity.market.execute(change, by=signed_in(user_id))

    await identity.market.execute(shop, by=signed_in(user_id))
    with pytest.raises(WeakPassword, match="15 characters"):
        await identity.market.execute(
            ChangePassword(current_password="long enough for a shop", new_password="short enough"),
            by=signed_in(user_id),
        )
    with pytest.raises(WeakPassword, match="must not be"):
        await identity.market.execute(
            ChangePassword(current_password="long enough for a shop", new_password="anns-teas-2024!!"),
            by=signed_in(user_id),
        )


async def test_a_changed_password_ends_every_session_at_once(identity: Identity) -> None:
    user_id = await identity.register()
    sessions = [await identity.sign_in(), await identity.sign_in()]

    await identity.market.execute(
        ChangePassword(current_password=PASSWORD, new_password="a walk in the mountains"), by=signed_in(user_id)
    )

    for session in sessions:
        with pytest.raises(InvalidToken):
            await identity.market.ask(IdentifyActor(access_token=session.access_token), by=ANONYMOUS)
        with pytest.raises(SessionEnded):
            await identity.market.execute(RefreshSession(refresh_token=session.refresh_token), by=ANONYMOUS)
    with pytest.raises(WrongCredentials):
        await identity.sign_in()
    await identity.sign_in(password="a walk in the mountains")


@pytest.mark.parametrize("current", ["not this one", "", "x" * 1_000])
async def test_a_password_is_not_changed_without_the_present_one(identity: Identity, current: str) -> None:
    user_id = await identity.register()

    with pytest.raises(WrongPassword):
        await identity.market.execute(
            ChangePassword(current_password=current, new_password="a walk in the mountains"), by=signed_in(user_id)
        )

    await identity.sign_in()


async def test_an_account_is_shown_to_its_owner_and_to_operators_only(identity: Identity) -> None:
    ann = await identity.register()
    ben = await identity.register("ben@example.org", name="Ben")

    assert (await identity.market.ask(ViewUser(user_id=ann), by=signed_in(ann))).email == "ann@example.org"
    assert (await identity.market.ask(ViewUser(user_id=ann), by=OPERATOR)).email == "ann@example.org"
    for missing in (ann, UserId("usr_none")):
        with pytest.raises(UserNotFound) as refusal:
            await identity.market.ask(ViewUser(user_id=missing), by=signed_in(ben))
        assert refusal.value.message == "There is no such user."


async def test_a_user_is_identified_by_address_or_identifier_by_the_system_alone(identity: Identity) -> None:
    user_id = await identity.register()

    by_email = await identity.market.ask(IdentifyUser(user="ANN@example.org"), by=SYSTEM)
    by_id = await identity.market.ask(IdentifyUser(user=user_id), by=SYSTEM)

    assert by_email == by_id == signed_in(user_id)
    with pytest.raises(UserNotFound):
        await identity.market.ask(IdentifyUser(user="nobody"), by=SYSTEM)
    with pytest.raises(NotAllowed):
        await identity.market.ask(IdentifyUser(user=user_id), by=OPERATOR)


async def _operates(identity: Identity, *user_ids: UserId) -> None:
    for user_id in user_ids:
        await identity.market.execute(GrantRole(user_id=user_id, role=Role.OPERATOR), by=SYSTEM)
