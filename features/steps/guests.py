"""Steps about buying without an account."""

import pytest
from pytest_bdd import given, parsers, step, then, when

from features.drivers.driver import NotThroughThisDoor
from features.steps.world import World


@given(parsers.parse('"{person}" is a guest'))
def is_a_guest(world: World, person: str) -> None:
    world.driver.start_as_guest(person)


@step(parsers.parse('"{person}" leaves a contact'))
def leaves_contact(world: World, person: str) -> None:
    world.attempt(lambda: world.driver.leave_contact(person))


@when(parsers.parse('"{person}" opens the shop "{shop}"'))
def opens_shop(world: World, person: str, shop: str) -> None:
    world.attempt(lambda: world.driver.open_shop(shop, owner=person))


@step(parsers.parse('"{buyer}" takes over the cart of "{guest}"'))
def takes_over(world: World, buyer: str, guest: str) -> None:
    try:
        world.attempt(lambda: world.driver.take_over_cart(buyer, guest))
    except NotThroughThisDoor as reason:
        pytest.skip(str(reason))


@step(parsers.parse('"{buyer}" keeps the link in the confirmation'))
def keeps_link(world: World, buyer: str) -> None:
    world.nothing_refused()
    world.link = world.driver.link_in_confirmation(buyer)


@then(parsers.parse('the link shows a "{state}" order from "{first}" and "{second}"'))
def link_shows(world: World, state: str, first: str, second: str) -> None:
    seen = world.driver.order_by_link(world.link)
    assert (seen.state, {part.seller for part in seen.parts}) == (state, {first, second})


@when("somebody follows the link")
def follows_link(world: World) -> None:
    world.attempt(lambda: world.driver.order_by_link(world.link))


@when("somebody follows the link without its key")
def follows_link_without_key(world: World) -> None:
    world.attempt(lambda: world.driver.order_by_link(world.link.partition("?")[0]))
