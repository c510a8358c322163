"""What everybody who remembers until when a provider was looked at must do."""

from datetime import datetime, timedelta

import pytest

from marketplace_core.payments.ports import Lookouts
from marketplace_core.testing.payments import NOW, PaymentsGround


async def known(lookouts: Lookouts, *providers: str) -> list[datetime | None]:
    """Return until when each was looked at."""
    return [await lookouts.until(provider) for provider in providers]


class LookoutsConformance:
    """Override ``ground``."""

    @pytest.fixture
    def ground(self) -> PaymentsGround:
        """Return an empty store of payments."""
        raise NotImplementedError

    async def test_nobody_has_looked_at_first(self, ground: PaymentsGround) -> None:
        async with ground.begin() as work:
            assert await known(work.lookouts, "inmemory") == [None]

    async def test_the_last_look_is_remembered_for_each_provider(self, ground: PaymentsGround) -> None:
        later = NOW + timedelta(hours=1, microseconds=5)
        for provider, until in (("one", NOW), ("one", later), ("other", NOW)):
            async with ground.begin() as work:
                await work.lookouts.looked(provider, until)

        async with ground.begin() as work:
            assert await known(work.lookouts, "one", "other", "third") == [later, NOW, None]

    async def test_who_was_slower_does_not_turn_it_back(self, ground: PaymentsGround) -> None:
        for until in (NOW, NOW - timedelta(hours=1)):
            async with ground.begin() as work:
                await work.lookouts.looked("one", until)

        async with ground.begin() as work:
            assert await known(work.lookouts, "one") == [NOW]

    async def test_what_is_rolled_back_was_not_looked_at(self, ground: PaymentsGround) -> None:
        with pytest.raises(ZeroDivisionError):
            async with ground.begin() as work:
                await work.lookouts.looked("one", NOW)
                raise ZeroDivisionError

        async with ground.begin() as work:
            assert await known(work.lookouts, "one") == [None]
