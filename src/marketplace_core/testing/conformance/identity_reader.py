"""What every reader of accounts, sessions and shops must answer."""

from datetime import timedelta

import pytest

from marketplace_core.identity.domain.errors import UserNotFound
from marketplace_core.identity.domain.identifiers import FamilyId
from marketplace_core.identity.domain.seller import SellerStatus
from marketplace_core.identity.domain.session import ABSOLUTE_DAYS, EndReason
from marketplace_core.identity.queries import Contact, SellerView, Standing
from marketplace_core.kernel.access import Role
from marketplace_core.kernel.ids import SellerId, UserId
from marketplace_core.kernel.paging import InvalidCursor, PageRequest
from marketplace_core.testing.conformance.identity import (
    ANN,
    BEN,
    NOBODY,
    NOW,
    IdentityGround,
    a_family,
    a_guest,
    a_seller,
    a_user,
    store,
)


@pytest.mark.conformance
class IdentityReaderConformance:
    """Override ``ground`` with an empty store."""

    @pytest.fixture
    def ground(self) -> IdentityGround:
        """Return an empty store."""
        raise NotImplementedError

    async def test_an_empty_store_knows_nobody(self, ground: IdentityGround) -> None:
        reader = ground.reader

        assert await reader.user(NOBODY) is None
        assert await reader.user_by_email("nobody@example.org") is None
        assert await reader.seller("sel_none") is None
        assert await reader.standing(NOBODY, FamilyId("fam_none"), NOW) is None
        assert (await reader.users(None, PageRequest())).items == ()
        assert (await reader.sellers(None, PageRequest())).items == ()
        assert await reader.contacts((NOBODY,)) == {}
        assert await reader.contacts(()) == {}
        assert await reader.seller_cards((SellerId("sel_none"),)) == {}
        with pytest.raises(UserNotFound):
            await reader.contact(NOBODY)

    async def test_a_user_is_shown_with_roles_and_shop(self, ground: IdentityGround) -> None:
        await store(ground, a_user(), a_user(BEN, "ben@example.org", "Ben"), a_seller())

        ann = await ground.reader.user(ANN)
        ben = await ground.reader.user(BEN)

        assert ann is not None
        assert (ann.email, ann.name, ann.locale, ann.registered_at) == ("Ann@Example.org", "Ann", "en", NOW)
        assert ann.roles == {Role.BUYER, Role.SELLER}
        assert ann.seller == SellerView(
            seller_id=SellerId("sel_0001"),
            name="Shop anns-teas",
            slug="anns-teas",
            country="DE",
            currency="EUR",
            status=SellerStatus.APPLIED,
            applied_at=NOW,
            user_id=ANN,
            status_reason="",
        )
        assert ben is not None
        assert await ground.reader.user_by_email("ann@example.org") == ann
        assert (ben.roles, ben.seller, ben.guest) == (frozenset({Role.BUYER}), None, False)

    async def test_a_shop_is_found_by_identifier_and_by_slug(self, ground: IdentityGround) -> None:
        await store(ground, a_user(), a_seller())

        by_id = await ground.reader.seller("sel_0001")
        by_slug = await ground.reader.seller("anns-teas")

        assert by_id is not None
        assert by_id == by_slug

    async def test_lists_page_newest_first_and_filter(self, ground: IdentityGround) -> None:
        for number in range(1, 6):
            user_id = UserId(f"usr_000{number}")
            seller = a_seller(f"sel_000{number}", user_id, f"shop-{number}")
            if number % 2:
                seller.approve()
            await store(ground, a_user(user_id, f"u{number}@example.org"), seller)
        plain = a_user(UserId("usr_0006"), "u6@example.org")
        plain.grant(Role.OPERATOR)
        await store(ground, plain)

        first = await ground.reader.sellers(SellerStatus.ACTIVE, PageRequest(limit=2))
        second = await ground.reader.sellers(SellerStatus.ACTIVE, PageRequest(limit=2, cursor=first.next_cursor))
        users = await ground.reader.users(None, PageRequest(limit=6))
        sellers = await ground.reader.users(Role.SELLER, PageRequest())
        operators = await ground.reader.users(Role.OPERATOR, PageRequest())

        assert [view.slug for view in first.items] == ["shop-5", "shop-3"]
        assert ([view.slug for view in second.items], second.next_cursor) == (["shop-1"], None)
        assert [view.user_id[-1] for view in users.items] == ["6", "5", "4", "3", "2", "1"]
        assert users.next_cursor is None
        assert [view.user_id[-1] for view in sellers.items] == ["5", "4", "3", "2", "1"]
        assert [view.user_id for view in operators.items] == ["usr_0006"]

    async def test_a_foreign_cursor_is_refused(self, ground: IdentityGround) -> None:
        with pytest.raises(InvalidCursor):
            await ground.reader.users(None, PageRequest(cursor="sel_0001"))
        with pytest.raises(InvalidCursor):
            await ground.reader.sellers(None, PageRequest(cursor="' OR 1=1"))

    async def test_cards_and_contacts_tell_what_others_need(self, ground: IdentityGround) -> None:
        await store(ground, a_user(), a_user(BEN, "ben@example.org", "Ben"), a_seller())

        cards = await ground.reader.seller_cards((SellerId("sel_0001"), SellerId("sel_none")))
        contacts = await ground.reader.contacts((ANN, BEN, NOBODY))

        card = cards[SellerId("sel_0001")]
        assert len(cards) == 1
        assert (card.user_id, card.name, card.slug, card.currency) == (ANN, "Shop anns-teas", "anns-teas", "EUR")
        assert (card.status, card.can_list, card.can_sell) == (SellerStatus.APPLIED, False, False)
        assert contacts[BEN] == Contact(user_id=BEN, email="ben@example.org", name="Ben", locale="en")
        assert contacts[ANN].email == "Ann@Example.org"
        assert NOBODY not in contacts
        assert await ground.reader.contact(ANN) == contacts[ANN]

    async def test_a_guest_is_shown_as_one_and_found_by_identifier_only(self, ground: IdentityGround) -> None:
        await store(ground, a_guest(), a_guest(BEN, "ben@example.org", "Ben"))

        ann, ben = await ground.reader.user(ANN), await ground.reader.user(BEN)

        assert ann is not None
        assert (ann.guest, ann.email, ann.name, ann.roles) == (True, "", "", frozenset({Role.BUYER}))
        assert ben is not None
        assert (ben.guest, ben.email, ben.name) == (True, "ben@example.org", "Ben")
        assert await ground.reader.user_by_email("ben@example.org") is None
        assert await ground.reader.contact(ANN) == Contact(user_id=ANN, email="", name="", locale="ru", guest=True)
        contact = Contact(user_id=BEN, email="ben@example.org", name="Ben", locale="ru", guest=True)
        assert await ground.reader.contact(BEN) == contact

    async def test_standing_is_of_this_moment(self, ground: IdentityGround) -> None:
        user, family = a_user(), a_family()
        user.grant(Role.OPERATOR)
        await store(ground, user, family, a_seller())

        standing = await ground.reader.standing(ANN, family.family_id, NOW)

        roles = frozenset({Role.BUYER, Role.SELLER, Role.OPERATOR})
        assert standing == Standing(session_version=1, roles=roles, seller_id=SellerId("sel_0001"), session_live=True)

    @pytest.mark.parametrize("end", ["signed out", "idle", "expired", "password changed", "trimmed", "another's"])
    async def test_a_session_that_is_over_does_not_count(self, ground: IdentityGround, end: str) -> None:
        user, family, now = a_user(), a_family(), NOW
        if end == "signed out":
            family.end(EndReason.SIGNED_OUT, NOW)
        if end == "password changed":
            user.change_password("hash:2", 20)
        if end == "another's":
            family = a_family(user_id=BEN)
        if end in {"idle", "expired"}:
            now = NOW + timedelta(days={"idle": 14, "expired": ABSOLUTE_DAYS}[end])
        await store(ground, user, a_user(BEN, "ben@example.org"))
        if end != "trimmed":
            await store(ground, family)

        standing = await ground.reader.standing(ANN, family.family_id, now)

        assert standing is not None
        assert standing.session_live is False
        assert standing.session_version == (2 if end == "password changed" else 1)
