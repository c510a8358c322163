"""Signed keys to orders pass their conformance class."""

import pytest

from marketplace_core.orders.ports import SignedOrderLinks
from marketplace_core.testing.conformance.order_links import OrderLinksConformance


class TestSignedOrderLinks(OrderLinksConformance):
    @pytest.fixture
    def links(self) -> SignedOrderLinks:
        return SignedOrderLinks(b"one secret of thirty-two bytes..")

    @pytest.fixture
    def foreign(self) -> SignedOrderLinks:
        return SignedOrderLinks(b"another secret, also thirty-two.")

    def test_the_secret_is_never_shown(self, links: SignedOrderLinks) -> None:
        assert "secret" not in repr(links)
