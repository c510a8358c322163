"""What every store of accounts, sessions and shops must do."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from attrs import frozen

from marketplace_core.identity.domain.closing import ShopMatters
from marketplace_core.identity.domain.errors import SellerNotFound, UserNotFound
from marketplace_core.identity.domain.events import SellerApplied, UserRegistered
from marketplace_core.identity.domain.identifiers import FamilyId
from marketplace_core.identity.domain.seller import Seller, SellerStatus
from marketplace_core.identity.domain.session import TokenFamily, fingerprint
from marketplace_core.identity.domain.user import User
from marketplace_core.identity.ports import GuestTrade, IdentityWork, ShopTrade
from marketplace_core.identity.queries import IdentityReader
from marketplace_core.kernel.access import Role
from marketplace_core.kernel.errors import ConcurrentUpdate
from marketplace_core.kernel.ids import SellerId, UserId
from marketplace_core.kernel.messages import Event
from marketplace_core.kernel.outbox import Outbox
from marketplace_core.kernel.work import Begin

NOW = datetime(2026, 1, 1, 12, 30, 15, 250_000, tzinfo=UTC)
ANN = UserId("usr_0001")
BEN = UserId("usr_0002")
NOBODY = UserId("usr_9999")


@frozen(kw_only=True)
class IdentityGround:
    """One empty store of identity, to write and to read, and the outbox beside it."""

    begin: Begin[IdentityWork]
    reader: IdentityReader
    outbox: Outbox

    async def events(self) -> list[Event]:
        """Return the events that wait to be published, at most one per aggregate."""
        return [envelope.event for envelope, _ in await self.outbox.waiting(NOW + timedelta(days=1), 100)]


def a_user(user_id: UserId = ANN, email: str = "Ann@Example.org", name: str = "Ann") -> User:
    """Register somebody."""
    return User.register(
        user_id, email=email, name=name, locale="en", password_hash="hash:1", password_length=20, now=NOW
    )


def a_guest(user_id: UserId = ANN, email: str = "", name: str = "") -> User:
    """Let somebody buy without an account, and leave a contact if there is one."""
    guest = User.as_guest(user_id, locale="ru", now=NOW)
    if email:
        guest.leave_contact(email=email, name=name)
    return guest


def a_seller(seller_id: str = "sel_0001", user_id: UserId = ANN, slug: str = "anns-teas") -> Seller:
    """Open a shop."""
    return Seller.apply(
        SellerId(seller_id), user_id, name=f"Shop {slug}", slug=slug, country="DE", currency="EUR", now=NOW
    )


def a_family(
    family_id: str = "fam_0001", user_id: UserId = ANN, secret: str = "first", now: datetime = NOW
) -> TokenFamily:
    """Open a session."""
    return TokenFamily.open(
        FamilyId(family_id), user_id, session_version=1, device="Phone", token_hash=fingerprint(secret), now=now
    )


async def store(ground: IdentityGround, *aggregates: User | Seller | TokenFamily) -> None:
    """Save each in one transaction."""
    async with ground.begin() as work:
        for aggregate in aggregates:
            match aggregate:
                case User():
                    await work.users.save(aggregate)
                case Seller():
                    await work.sellers.save(aggregate)
                case TokenFamily():
                    await work.families.save(aggregate)


@pytest.mark.conformance
class UsersConformance:
    """Override ``ground`` with an empty store."""

    @pytest.fixture
    def ground(self) -> IdentityGround:
        """Return an empty store."""
        raise NotImplementedError

    async def test_an_unknown_user_is_not_found(self, ground: IdentityGround) -> None:
        async with ground.begin() as work:
            with pytest.raises(UserNotFound):
                await work.users.get(NOBODY)
            assert await work.users.find_by_email("nobody@example.org") is None

    async def test_a_user_comes_back_as_saved_and_the_event_waits(self, ground: IdentityGround) -> None:
        user = a_user()

        await store(ground, user)

        async with ground.begin() as work:
            kept = await work.users.get(ANN)
        assert (kept.email, kept.name, kept.locale, kept.password_hash) == ("Ann@Example.org", "Ann", "en", "hash:1")
        assert (kept.roles, kept.long_password, kept.session_version) == (frozenset({Role.BUYER}), True, 1)
        assert (kept.registered_at, kept.version) == (NOW, 1)
        assert await ground.events() == [UserRegistered(user_id=ANN, name="Ann", locale="en")]

    async def test_a_changed_user_comes_back_changed(self, ground: IdentityGround) -> None:
        await store(ground, a_user(), a_user(BEN, "ben@example.org"))

        async with ground.begin() as work:
            ann, ben = await work.users.get(ANN), await work.users.get(BEN)
            ann.grant(Role.OPERATOR)
            ben.change_password("hash:2", 8)
            await work.users.save(ann)
            await work.users.save(ben)

        async with ground.begin() as work:
            ann, ben = await work.users.get(ANN), await work.users.get(BEN)
        assert (ann.roles, ann.version) == (frozenset({Role.BUYER, Role.OPERATOR}), 2)
        assert (ben.password_hash, ben.long_password, ben.session_version) == ("hash:2", False, 2)

    async def test_guests_are_listed_by_identifier_from_before_a_moment(self, ground: IdentityGround) -> None:
        later = User.as_guest(UserId("usr_0005"), locale="en", now=NOW + timedelta(days=1))
        guests = [a_guest(UserId(f"usr_000{number}")) for number in (4, 3, 2)]
        await store(ground, a_user(), later, *guests)
        moment = NOW + timedelta(seconds=1)

        async with ground.begin() as work:
            first = await work.users.guests(before=moment, after=None, limit=2)
            rest = await work.users.guests(before=moment, after=first[-1], limit=2)
            none = await work.users.guests(before=NOW, after=None, limit=2)

        assert (first, rest, none) == (["usr_0002", "usr_0003"], ["usr_0004"], [])

    async def test_guests_are_forgotten_with_their_sessions_and_accounts_never(self, ground: IdentityGround) -> None:
        await store(ground, a_user(), a_guest(BEN), a_guest(UserId("usr_0003")))
        await store(ground, a_family("fam_1", ANN, "ann"), a_family("fam_2", BEN, "ben"))

        async with ground.begin() as work:
            await work.users.forget([ANN, BEN, NOBODY])

        async with ground.begin() as work:
            assert [user.user_id for user in (await work.users.get(ANN), await work.users.get(UserId("usr_0003")))]
            with pytest.raises(UserNotFound):
                await work.users.get(BEN)
            assert await work.families.find_by_token(fingerprint("ben")) is None
            assert await work.families.find(FamilyId("fam_2")) is None
            assert await work.families.find(FamilyId("fam_1")) is not None

    async def test_it_is_known_whether_others_operate(self, ground: IdentityGround) -> None:
        await store(ground, a_user(), a_user(BEN, "ben@example.org"), a_guest(UserId("usr_0003")))

        async with ground.begin() as work:
            ann = await work.users.get(ANN)
            ann.grant(Role.OPERATOR)
            await work.users.save(ann)
            seen = [await work.users.others_operate(user_id) for user_id in (ANN, BEN)]

        async with ground.begin() as work:
            later = [await work.users.others_operate(user_id) for user_id in (ANN, BEN)]
        assert (seen, later) == ([False, True], [False, True])

    async def test_a_user_is_found_by_the_address_in_any_case(self, ground: IdentityGround) -> None:
        await store(ground, a_user())

        async with ground.begin() as work:
            found = await work.users.find_by_email("ann@example.org")

        assert found is not None
        assert found.user_id == ANN

    async def test_one_address_has_one_account_whatever_its_case(self, ground: IdentityGround) -> None:
        await store(ground, a_user())

        with pytest.raises(ConcurrentUpdate):
            await store(ground, a_user(BEN, "ANN@example.ORG"))

        async with ground.begin() as work:
            with pytest.raises(UserNotFound):
                await work.users.get(BEN)

    async def test_a_guest_comes_back_as_saved_and_nobody_is_told(self, ground: IdentityGround) -> None:
        await store(ground, a_guest())

        async with ground.begin() as work:
            kept = await work.users.get(ANN)
        assert (kept.guest, kept.email, kept.name, kept.locale, kept.email_key) == (True, "", "", "ru", None)
        assert (kept.password_hash, kept.long_password, kept.roles) == (None, False, frozenset({Role.BUYER}))
        assert await ground.events() == []

    async def test_a_guests_address_takes_nobodys_place(self, ground: IdentityGround) -> None:
        await store(ground, a_guest(ANN, "shared@example.org", "Ann"), a_guest(BEN, "shared@example.org", "Ben"))

        async with ground.begin() as work:
            assert await work.users.find_by_email("shared@example.org") is None
        await store(ground, a_user(UserId("usr_0003"), "shared@example.org"))

        async with ground.begin() as work:
            found = await work.users.find_by_email("shared@example.org")
            ann = await work.users.get(ANN)
        assert found is not None
        assert found.user_id == "usr_0003"
        assert (ann.email, ann.name, ann.guest) == ("shared@example.org", "Ann", True)

    async def test_the_second_of_two_changes_to_one_reading_fails(self, ground: IdentityGround) -> None:
        await store(ground, a_user())
        async with ground.begin() as work:
            one = await work.users.get(ANN)
            other = await work.users.get(ANN)
        await store(ground, one)

        with pytest.raises(ConcurrentUpdate):
            await store(ground, other)

    async def test_nothing_stays_of_a_transaction_that_failed(self, ground: IdentityGround) -> None:
        async def half_way() -> None:
            async with ground.begin() as work:
                await work.users.save(a_user())
                raise RuntimeError("half way")

        with pytest.raises(RuntimeError):
            await half_way()

        async with ground.begin() as work:
            assert await work.users.find_by_email("ann@example.org") is None
        assert await ground.events() == []


@pytest.mark.conformance
class SellersConformance:
    """Override ``ground`` with an empty store."""

    @pytest.fixture
    def ground(self) -> IdentityGround:
        """Return an empty store."""
        raise NotImplementedError

    async def test_an_unknown_shop_is_not_found(self, ground: IdentityGround) -> None:
        async with ground.begin() as work:
            with pytest.raises(SellerNotFound):
                await work.sellers.get(SellerId("sel_none"))
            assert await work.sellers.find_by_user(ANN) is None
            assert await work.sellers.find_by_slug("anns-teas") is None

    async def test_a_shop_comes_back_as_saved_and_the_event_waits(self, ground: IdentityGround) -> None:
        await store(ground, a_user())
        await store(ground, a_seller())

        async with ground.begin() as work:
            kept = await work.sellers.get(SellerId("sel_0001"))
            by_user = await work.sellers.find_by_user(ANN)
            by_slug = await work.sellers.find_by_slug("anns-teas")
        assert (kept.user_id, kept.name, kept.slug) == (ANN, "Shop anns-teas", "anns-teas")
        assert (kept.country, kept.currency, kept.applied_at) == ("DE", "EUR", NOW)
        assert (kept.status, kept.status_reason, kept.version) == (SellerStatus.APPLIED, "", 1)
        assert [found.seller_id if found else None for found in (by_user, by_slug)] == ["sel_0001", "sel_0001"]
        applied = SellerApplied(seller_id=kept.seller_id, user_id=ANN, name="Shop anns-teas", slug="anns-teas")
        assert applied in await ground.events()

    async def test_a_suspended_shop_keeps_the_reason(self, ground: IdentityGround) -> None:
        await store(ground, a_user(), a_seller())

        async with ground.begin() as work:
            seller = await work.sellers.get(SellerId("sel_0001"))
            seller.approve()
            seller.suspend("complaints")
            await work.sellers.save(seller)

        async with ground.begin() as work:
            kept = await work.sellers.get(SellerId("sel_0001"))
        assert (kept.status, kept.status_reason) == (SellerStatus.SUSPENDED, "complaints")

    @pytest.mark.parametrize(("user_id", "slug"), [(BEN, "anns-teas"), (ANN, "other-teas")])
    async def test_an_address_and_an_owner_have_one_shop(
        self, ground: IdentityGround, user_id: UserId, slug: str
    ) -> None:
        await store(ground, a_user(), a_user(BEN, "ben@example.org"), a_seller())

        with pytest.raises(ConcurrentUpdate):
            await store(ground, a_seller("sel_0002", user_id, slug))

    async def test_the_second_of_two_changes_to_one_reading_fails(self, ground: IdentityGround) -> None:
        await store(ground, a_user(), a_seller())
        async with ground.begin() as work:
            one = await work.sellers.get(SellerId("sel_0001"))
            other = await work.sellers.get(SellerId("sel_0001"))
        one.approve()
        await store(ground, one)

        other.approve()
        with pytest.raises(ConcurrentUpdate):
            await store(ground, other)


@frozen(kw_only=True)
class GuestTradeGround:
    """Guests of whom ``buyer_ids`` have ordered and ``idle_ids`` only filled a cart; ``has_cart`` tells who has one."""

    trade: GuestTrade
    begin: Begin[Any]
    buyer_ids: tuple[UserId, ...]
    idle_ids: tuple[UserId, ...]
    has_cart: Callable[[UserId], Awaitable[bool]]


@pytest.mark.conformance
class GuestTradeConformance:
    """Override ``ground`` with guests who have traded."""

    @pytest.fixture
    def ground(self) -> GuestTradeGround:
        """Return guests who have traded."""
        raise NotImplementedError

    async def test_who_has_ordered_is_known(self, ground: GuestTradeGround) -> None:
        everybody = (*ground.buyer_ids, *ground.idle_ids, NOBODY)

        assert await ground.trade.buyers(everybody) == frozenset(ground.buyer_ids)
        assert await ground.trade.buyers(()) == frozenset()

    async def test_carts_are_forgotten(self, ground: GuestTradeGround) -> None:
        gone, kept = ground.idle_ids[:1], ground.idle_ids[1:]

        async with ground.begin():
            await ground.trade.forget(gone)

        assert [await ground.has_cart(guest_id) for guest_id in (*gone, *kept)] == [False, *(True for _ in kept)]


@frozen(kw_only=True)
class ShopTradeGround:
    """The seller ``busy`` has ``orders`` to send and owes nothing yet; nothing is known of the seller ``idle``."""

    trade: ShopTrade
    busy: SellerId
    orders: tuple[str, ...]
    idle: SellerId


@pytest.mark.conformance
class ShopTradeConformance:
    """Override ``ground`` with shops of which one has orders."""

    @pytest.fixture
    def ground(self) -> ShopTradeGround:
        """Return shops of which one has orders."""
        raise NotImplementedError

    async def test_what_is_open_about_a_shop_is_named(self, ground: ShopTradeGround) -> None:
        found = await ground.trade.matters(ground.busy)

        assert found.orders == ground.orders
        assert (found.claims, found.disputes, found.refunds, found.debts) == ((), (), (), ())
        assert found.hinders

    async def test_about_a_shop_that_never_traded_nothing_is_open(self, ground: ShopTradeGround) -> None:
        found = await ground.trade.matters(ground.idle)

        assert found == ShopMatters()
        assert found.is_settled
