"""What every store of addresses that nothing is sent to must do."""

import attrs
import pytest

from marketplace_core.kernel.errors import ConcurrentUpdate
from marketplace_core.kernel.ids import MailId
from marketplace_core.kernel.paging import PageRequest
from marketplace_core.notifications.domain.errors import MalformedAddress
from marketplace_core.notifications.domain.suppression import Suppression, SuppressionReason
from marketplace_core.testing.conformance.notifications import NOW, MailGround


def a_suppression(address: str = "ann@example.org") -> Suppression:
    """Return what a mail that came back has shown."""
    return Suppression.of(
        address, reason=SuppressionReason.RETURNED, detail="5.1.1 Никого нет", mail_id=MailId("mail_0001"), now=NOW
    )


@pytest.mark.conformance
class SuppressionsConformance:
    """Override ``ground`` with an empty store."""

    @pytest.fixture
    def ground(self) -> MailGround:
        """Return an empty store."""
        raise NotImplementedError

    async def test_nothing_is_known_of_most_addresses(self, ground: MailGround) -> None:
        async with ground.begin() as work:
            assert await work.suppressions.find("ann@example.org") is None
        assert (await ground.reader.suppressions(PageRequest())).items == ()

    async def test_one_comes_back_as_saved_however_the_address_is_written(self, ground: MailGround) -> None:
        one = a_suppression(" Ann@Example.ORG ")
        async with ground.begin() as work:
            await work.suppressions.save(one)

        async with ground.begin() as work:
            found = await work.suppressions.find("aNN@example.org")

        assert found is not None
        assert attrs.asdict(found) == attrs.asdict(one)
        assert (found.address, found.holds) == ("ann@example.org", True)

    @pytest.mark.parametrize("address", ["", "ann", "@example.org", "ann@", "a b@example.org", "x" * 300 + "@y.org"])
    async def test_what_is_no_address_is_refused(self, ground: MailGround, address: str) -> None:
        async with ground.begin() as work:
            with pytest.raises(MalformedAddress):
                await work.suppressions.find(address)

    async def test_one_that_was_lifted_is_known_and_not_listed(self, ground: MailGround) -> None:
        one = a_suppression()
        async with ground.begin() as work:
            await work.suppressions.save(one)
        async with ground.begin() as work:
            again = await work.suppressions.find(one.address)
            assert again is not None
            again.lift(NOW)
            await work.suppressions.save(again)

        async with ground.begin() as work:
            found = await work.suppressions.find(one.address)

        assert found is not None
        assert (found.holds, found.lifted_at) == (False, NOW)
        assert (await ground.reader.suppressions(PageRequest())).items == ()

    async def test_the_second_of_two_that_begin_one_fails(self, ground: MailGround) -> None:
        async with ground.begin() as work:
            await work.suppressions.save(a_suppression())

        with pytest.raises(ConcurrentUpdate):
            async with ground.begin() as work:
                await work.suppressions.save(a_suppression())

    async def test_lists_page_in_the_order_of_addresses(self, ground: MailGround) -> None:
        async with ground.begin() as work:
            for name in ("eve", "ann", "дима", "ben"):
                await work.suppressions.save(a_suppression(f"{name}@example.org"))

        first = await ground.reader.suppressions(PageRequest(limit=3))
        second = await ground.reader.suppressions(PageRequest(limit=3, cursor=first.next_cursor))

        assert [one.address.partition("@")[0] for one in (*first.items, *second.items)] == ["ann", "ben", "eve", "дима"]
        assert second.next_cursor is None
        assert (first.items[0].reason, first.items[0].detail, first.items[0].mail_id, first.items[0].since) == (
            SuppressionReason.RETURNED,
            "5.1.1 Никого нет",
            "mail_0001",
            NOW,
        )
