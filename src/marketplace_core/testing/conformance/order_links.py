"""What whatever makes keys to orders must do."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from marketplace_core.kernel.ids import OrderId
from marketplace_core.orders.ports import OrderLinks

ORDER, OTHER = OrderId("ord_01JDCNZ0V4M6Z7C0QK3T6V9A2B"), OrderId("ord_01JDCNZ0V4M6Z7C0QK3T6V9A2C")
EXPIRES_AT = datetime(2026, 4, 1, 12, tzinfo=UTC)
BEFORE = EXPIRES_AT - timedelta(days=90)
SECOND = timedelta(seconds=1)


@pytest.mark.conformance
class OrderLinksConformance:
    """Override ``links``, and ``foreign`` with the same thing under another secret."""

    @pytest.fixture
    def links(self) -> OrderLinks:
        """Return the port."""
        raise NotImplementedError

    @pytest.fixture
    def foreign(self) -> OrderLinks:
        """Return the same port under another secret."""
        raise NotImplementedError

    @pytest.mark.parametrize(
        "key", ["", ".", "..", "a.b", "1775044800.", "0.0", "é.é", "\x00", "\ud800", "٣.x", "-1.x", "9" * 10_000]
    )
    def test_something_else_opens_nothing(self, links: OrderLinks, key: str) -> None:
        assert not links.opens(ORDER, key, BEFORE)

    def test_a_key_of_somebody_else_opens_nothing(self, links: OrderLinks, foreign: OrderLinks) -> None:
        assert not links.opens(ORDER, foreign.key(ORDER, EXPIRES_AT), BEFORE)

    def test_a_key_opens_no_other_order(self, links: OrderLinks) -> None:
        assert not links.opens(OTHER, links.key(ORDER, EXPIRES_AT), BEFORE)

    def test_a_key_with_any_changed_added_or_missing_character_opens_nothing(self, links: OrderLinks) -> None:
        key = links.key(ORDER, EXPIRES_AT)

        changed = [
            key[:position] + ("A" if letter != "A" else "B") + key[position + 1 :]
            for position, letter in enumerate(key)
        ]

        later = str(int(key[0]) + 1) + key[1:]
        for forged in (*changed, later, key[:-1], key[1:], f"{key}A", f"{key}=", f"0{key}", f" {key}", f"{key}\n"):
            assert not links.opens(ORDER, forged, BEFORE), forged

    @pytest.mark.parametrize("late", [timedelta(), SECOND, timedelta(days=365)])
    def test_a_key_is_over_at_the_second_it_expires(self, links: OrderLinks, late: timedelta) -> None:
        assert not links.opens(ORDER, links.key(ORDER, EXPIRES_AT), EXPIRES_AT + late)

    def test_a_key_opens_its_order_until_then(self, links: OrderLinks) -> None:
        key = links.key(ORDER, EXPIRES_AT + timedelta(milliseconds=999))

        assert links.opens(ORDER, key, BEFORE)
        assert links.opens(ORDER, key, EXPIRES_AT - SECOND)
        assert key == links.key(ORDER, EXPIRES_AT)
        assert re.fullmatch(r"[A-Za-z0-9._-]{30,100}", key)
