"""Steps about parts of orders: accepted, declined, sent in parcels, called off, come back."""

from pytest_bdd import given, parsers, step, then

from features.steps.world import World


@given("a marketplace in which shops accept their orders by hand")
def by_hand(world: World) -> None:
    world.driver.let_shops_accept_by_hand()


@step(parsers.parse('"{shop}" accepts the order of "{buyer}"'))
def accepts(world: World, shop: str, buyer: str) -> None:
    world.attempt(lambda: world.driver.accept_order(shop, buyer))


@step(parsers.parse('"{shop}" declines the order of "{buyer}": "{note}"'))
def declines(world: World, shop: str, buyer: str, note: str) -> None:
    world.attempt(lambda: world.driver.decline_order(shop, buyer, note=note))


@step(parsers.parse('"{shop}" ships {quantity:d} of "{title}" of the order of "{buyer}" as "{tracking}"'))
def ships_some(world: World, shop: str, quantity: int, title: str, buyer: str, tracking: str) -> None:
    world.attempt(lambda: world.driver.ship_some(shop, buyer, title, quantity=quantity, tracking=tracking))


@step(parsers.parse('"{buyer}" calls off what "{shop}" has to send: "{note}"'))
def buyer_calls_off(world: World, buyer: str, shop: str, note: str) -> None:
    world.attempt(lambda: world.driver.call_off(buyer, buyer, shop, note=note))


@step(parsers.parse('"{shop}" calls off what is left of the order of "{buyer}": "{note}"'))
def shop_calls_off(world: World, shop: str, buyer: str, note: str) -> None:
    world.attempt(lambda: world.driver.call_off(shop, buyer, shop, note=note))


@step(parsers.parse('"{buyer}" calls the whole order off'))
def calls_order_off(world: World, buyer: str) -> None:
    world.attempt(lambda: world.driver.call_order_off(buyer))


@step(parsers.parse('the parcel of "{buyer}" comes back to "{shop}"'))
def comes_back(world: World, buyer: str, shop: str) -> None:
    world.attempt(lambda: world.driver.report_return(shop, buyer))


@then(parsers.parse('the part of "{shop}" of the order of "{buyer}" is "{state}"'))
def part_is(world: World, shop: str, buyer: str, state: str) -> None:
    world.nothing_refused()
    assert {part.seller: part.state for part in world.driver.order(buyer).parts}[shop] == state
