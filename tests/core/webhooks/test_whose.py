"""Whose endpoints are whose, and who may hear of which event."""

from collections.abc import Callable
from typing import Any

import pytest

from marketplace_core.bridges.audiences import PRIVATE, PUBLIC, for_actor, for_shop
from marketplace_core.kernel.access import Actor, Role
from marketplace_core.kernel.errors import NotAllowed, NotFound
from marketplace_core.kernel.ids import EndpointId, OrderId, SellerId, SellerOrderId, UserId
from marketplace_core.kernel.money import Money
from marketplace_core.orders import OrderConfirmed
from marketplace_core.orders.domain.events import ConfirmedShare
from marketplace_core.webhooks import (
    ChangeEndpoint,
    DisableEndpoint,
    EnableEndpoint,
    EndpointNotFound,
    ListDeliveries,
    ListDueDeliveries,
    ListEndpoints,
    MakeEndpoint,
    RemoveEndpoint,
    RotateSecret,
    SendTestEvent,
    ViewEndpoint,
    ViewEndpointSecret,
)
from tests.adapters.protobuf.events import kinds
from tests.core.webhooks.street import ADA, BOB, URL, Street


@pytest.fixture
async def street() -> Street:
    return await Street.opened()


ON_ONES_OWN: dict[str, Callable[[EndpointId], Any]] = {
    "view": lambda one: ViewEndpoint(endpoint_id=one),
    "secret": lambda one: ViewEndpointSecret(endpoint_id=one),
    "log": lambda one: ListDeliveries(endpoint_id=one),
    "change": lambda one: ChangeEndpoint(endpoint_id=one, description="mine"),
    "enable": lambda one: EnableEndpoint(endpoint_id=one),
    "disable": lambda one: DisableEndpoint(endpoint_id=one),
    "remove": lambda one: RemoveEndpoint(endpoint_id=one),
    "rotate": lambda one: RotateSecret(endpoint_id=one),
    "test": lambda one: SendTestEvent(endpoint_id=one),
}


@pytest.mark.parametrize("wish", ON_ONES_OWN.values(), ids=ON_ONES_OWN)
async def test_another_shops_endpoint_does_not_exist(street: Street, wish: Callable[[EndpointId], Any]) -> None:
    theirs, ours = await street.endpoint(ADA), await street.endpoint(None, url="https://op.example/")

    for endpoint_id in (theirs, ours):
        with pytest.raises(EndpointNotFound):
            await street.say(wish(endpoint_id), BOB)


async def test_operators_do_not_read_the_secrets_of_shops(street: Street) -> None:
    endpoint_id = await street.endpoint(ADA)

    assert (await street.say(ViewEndpoint(endpoint_id=endpoint_id), None)).url == URL
    with pytest.raises(NotFound):
        await street.say(ViewEndpointSecret(endpoint_id=endpoint_id), None)


async def test_a_shop_lists_and_makes_its_own_only(street: Street) -> None:
    with pytest.raises(NotFound):
        await street.say(ListEndpoints(seller_id=street.shop(ADA)), BOB)
    with pytest.raises(NotAllowed):
        await street.say(ListEndpoints(seller_id=None), BOB)
    with pytest.raises(NotFound):
        await street.say(MakeEndpoint(seller_id=street.shop(ADA), url=URL), BOB)
    with pytest.raises(NotAllowed):
        await street.say(MakeEndpoint(seller_id=None, url=URL), BOB)


async def test_what_is_due_is_for_the_system_alone(street: Street) -> None:
    with pytest.raises(NotAllowed):
        await street.say(ListDueDeliveries(limit=1), ADA)


def test_every_event_is_public_or_says_why_not() -> None:
    # An attrs class with slots has a twin without; only the one that its module knows counts.
    assert {kind.__name__ for kind in kinds()} == {kind.__name__ for kind in (*PUBLIC, *PRIVATE)}
    assert not PUBLIC.keys() & PRIVATE.keys()


def test_a_shop_gets_its_own_part_of_an_order_as_if_there_were_no_other() -> None:
    ada, bob = SellerId("sel_ada"), SellerId("sel_bob")
    event = OrderConfirmed(
        order_id=OrderId("ord_1"),
        buyer_id=UserId("usr_1"),
        total=Money(900, "EUR"),
        seller_orders=tuple(
            ConfirmedShare(seller_order_id=SellerOrderId(f"sor_{one}"), seller_id=one, total=Money(amount, "EUR"))
            for one, amount in ((ada, 300), (bob, 600))
        ),
    )

    own = for_shop(event, ada)

    assert isinstance(own, OrderConfirmed)
    assert (own.total, [part.seller_id for part in own.seller_orders]) == (Money(300, "EUR"), [ada])
    assert for_shop(event, SellerId("sel_cat")) is None
    assert for_actor(event, Actor(principal="user:1", user_id=UserId("usr_1"))) == event
    assert for_actor(event, Actor(principal="user:2", user_id=UserId("usr_2"))) is None
    assert for_actor(event, Actor(principal="op", roles=frozenset({Role.OPERATOR}))) == event
    both = Actor(principal="user:3", user_id=UserId("usr_3"), seller_id=bob)
    assert for_actor(event, both) == for_shop(event, bob)
