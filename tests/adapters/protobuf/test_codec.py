"""Every event survives the way into its contract and back, and what cannot be read is refused, never guessed."""

import json

import pytest
from google.protobuf import json_format
from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace_adapters.protobuf import UnknownContract, UnreadableContract, contract_of, decode, encode
from marketplace_adapters.protobuf.codec import CONTRACTS
from marketplace_contracts.catalog.v1 import events_pb2 as catalog
from marketplace_contracts.orders.v1 import events_pb2 as orders
from marketplace_core.catalog import OfferPriceChanged, ProductPublished
from marketplace_core.identity import UserRegistered
from marketplace_core.kernel.contracts import context_of, in_json
from marketplace_core.kernel.ids import OfferId, ProductId
from marketplace_core.kernel.messages import Event
from marketplace_core.kernel.money import Money
from marketplace_core.orders import OrderConfirmed
from tests.adapters.protobuf.events import kinds, values


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.__name__)
def test_every_event_survives_the_way_there_and_back(kind: type[Event]) -> None:
    @settings(deadline=None)
    @given(values(kind))
    def survives(event: Event) -> None:
        assert decode(contract_of(kind), encode(event)) == event

    survives()


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.__name__)
def test_the_json_of_every_event_is_that_of_its_contract(kind: type[Event]) -> None:
    message = getattr(CONTRACTS[context_of(kind)], kind.__name__)

    @settings(deadline=None)
    @given(values(kind))
    def reads_the_same(event: Event) -> None:
        text = json.dumps(in_json(event))
        assert json_format.Parse(text, message()) == message.FromString(encode(event))

    reads_the_same()


@given(st.sampled_from(kinds()), st.binary(max_size=80))
def test_octets_are_an_event_of_their_type_or_refused(kind: type[Event], octets: bytes) -> None:
    try:
        found = decode(contract_of(kind), octets)
    except UnreadableContract:
        return
    assert type(found) is kind


@pytest.mark.parametrize(
    ("kind", "contract"),
    [
        (UserRegistered, "marketplace.identity.v1.UserRegistered"),
        (ProductPublished, "marketplace.catalog.v1.ProductPublished"),
        (OrderConfirmed, "marketplace.orders.v1.OrderConfirmed"),
    ],
)
def test_a_contract_is_named_after_the_context_and_the_event(kind: type[Event], contract: str) -> None:
    assert contract_of(kind) == contract


def test_amounts_are_whole_minor_units_with_their_currency() -> None:
    event = OfferPriceChanged(
        product_id=ProductId("prd_1"), offer_id=OfferId("off_1"), old=Money(0, "JPY"), new=Money(-1250, "EUR")
    )

    message = catalog.OfferPriceChanged.FromString(encode(event))

    assert (message.old.amount_minor, message.old.currency) == (0, "JPY")
    assert (message.new.amount_minor, message.new.currency) == (-1250, "EUR")


def test_an_amount_without_a_currency_is_no_amount() -> None:
    message = catalog.OfferPriceChanged(product_id="prd_1", offer_id="off_1")
    message.old.amount_minor = 5
    message.new.SetInParent()

    with pytest.raises(UnreadableContract):
        decode("marketplace.catalog.v1.OfferPriceChanged", message.SerializeToString())


def test_a_part_that_is_missing_is_not_taken_for_nothing() -> None:
    message = catalog.OfferPriceChanged(product_id="prd_1", offer_id="off_1")

    with pytest.raises(UnreadableContract, match="old is missing"):
        decode("marketplace.catalog.v1.OfferPriceChanged", message.SerializeToString())


def test_an_identifier_that_is_missing_is_not_taken_for_an_empty_one() -> None:
    message = catalog.ProductPublished(product_id="prd_1", title="A cup")

    with pytest.raises(UnreadableContract, match="seller_id is missing"):
        decode("marketplace.catalog.v1.ProductPublished", message.SerializeToString())


def test_a_proof_that_nobody_named_is_refused() -> None:
    message = orders.SellerOrderDelivered(seller_order_id="sor_1", order_id="ord_1", seller_id="sel_1", buyer_id="u")
    message.delivered_at.GetCurrentTime()

    with pytest.raises(UnreadableContract, match="proof has the value 0"):
        decode("marketplace.orders.v1.SellerOrderDelivered", message.SerializeToString())


def test_a_contract_nobody_here_knows_says_so() -> None:
    with pytest.raises(UnknownContract):
        decode("marketplace.orders.v2.OrderConfirmed", b"")
