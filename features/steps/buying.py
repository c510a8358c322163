"""Steps about carts, orders, shipping and time."""

from uuid import uuid4

from pytest_bdd import given, parsers, step, then, when

from features.drivers.seen import PartSeen
from features.steps.shops import AMOUNT
from features.steps.world import World, minor

GOOD_CARD = "4242424242424242"


@step(parsers.re(r'"(?P<buyer>[^"]+)" puts (?P<quantity>-?\d+) of "(?P<title>[^"]+)" into the cart'))
def puts_into_cart(world: World, buyer: str, quantity: str, title: str) -> None:
    world.attempt(lambda: world.driver.add_to_cart(buyer, title, int(quantity)))


@when(parsers.parse('"{buyer}" removes "{title}" from the cart'))
def removes(world: World, buyer: str, title: str) -> None:
    world.driver.remove_from_cart(buyer, title)


@then(parsers.re(r'the cart of "(?P<buyer>[^"]+)" holds ' + AMOUNT + r' from "(?P<shop>[^"]+)"'))
def cart_holds(world: World, buyer: str, amount: str, shop: str) -> None:
    world.nothing_refused()
    assert world.driver.cart(buyer).subtotals[shop] == minor(amount)


@then(parsers.parse('the cart of "{buyer}" holds nothing from "{shop}"'))
def cart_holds_nothing(world: World, buyer: str, shop: str) -> None:
    assert shop not in world.driver.cart(buyer).subtotals


@then(parsers.re(r'the cart of "(?P<buyer>[^"]+)" comes to ' + AMOUNT))
def cart_total(world: World, buyer: str, amount: str) -> None:
    world.nothing_refused()
    assert world.driver.cart(buyer).total_minor == minor(amount)


@then(parsers.parse('the cart of "{buyer}" is empty'))
def cart_is_empty(world: World, buyer: str) -> None:
    assert world.driver.cart(buyer).subtotals == {}


@then(
    parsers.re(
        r'the cart of "(?P<buyer>[^"]+)" says that "(?P<title>[^"]+)" changed '
        r"from (?P<old>\d+\.\d\d) EUR to (?P<new>\d+\.\d\d) EUR"
    )
)
def cart_says_changed(world: World, buyer: str, title: str, old: str, new: str) -> None:
    world.nothing_refused()
    assert world.driver.cart(buyer).price_changes == {title: (minor(old), minor(new))}


@step(parsers.parse('"{buyer}" places the order'))
def places_order(world: World, buyer: str) -> None:
    world.buyer = buyer
    world.attempt(lambda: world.driver.place_order(buyer))


@given(parsers.parse('"{buyer}" has looked at the quote'))
def looked_at_quote(world: World, buyer: str) -> None:
    world.driver.look_at_quote(buyer)


@when(parsers.re(r'"(?P<buyer>[^"]+)" places the order s?he looked at'))
def places_remembered(world: World, buyer: str) -> None:
    world.attempt(lambda: world.driver.place_order(buyer, fresh_quote=False))


@when(parsers.parse('"{buyer}" places the order twice with the same key'))
def places_twice(world: World, buyer: str) -> None:
    key = f"twice-{uuid4().hex}"
    world.driver.look_at_quote(buyer)
    world.driver.place_order(buyer, key=key, fresh_quote=False)
    world.driver.place_order(buyer, key=key, fresh_quote=False)


@then(parsers.parse('"{buyer}" has exactly {count:d} order'))
def has_orders(world: World, buyer: str, count: int) -> None:
    world.nothing_refused()
    assert world.driver.order_count(buyer) == count


@step(parsers.parse('"{buyer}" pays with the card "{card}"'))
def pays(world: World, buyer: str, card: str) -> None:
    world.nothing_refused()
    world.driver.pay(buyer, card)


@when(parsers.parse('"{buyer}" approves the payment at her bank'))
def approves(world: World, buyer: str) -> None:
    world.driver.approve_payment(buyer)


@step(
    parsers.re(
        r'"(?P<buyer>[^"]+)" has paid for (?P<quantity>\d+) of "(?P<title>[^"]+)"'
        r'( and (?P<more>\d+) of "(?P<other>[^"]+)")?'
    )
)
def has_paid(world: World, buyer: str, quantity: str, title: str, more: str | None, other: str | None) -> None:
    world.driver.add_to_cart(buyer, title, int(quantity))
    if more and other:
        world.driver.add_to_cart(buyer, other, int(more))
    world.driver.place_order(buyer)
    world.driver.pay(buyer, GOOD_CARD)
    world.buyer = buyer
    assert world.driver.order(buyer).state == "confirmed"


@then(parsers.parse('the order of "{buyer}" is "{state}"'))
def order_is(world: World, buyer: str, state: str) -> None:
    world.nothing_refused()
    assert world.driver.order(buyer).state == state


@when(parsers.parse('"{person}" looks at the order of "{buyer}"'))
def looks_at_order(world: World, person: str, buyer: str) -> None:
    world.attempt(lambda: world.driver.order(buyer, seen_by=person))


def _part(world: World, shop: str) -> PartSeen:
    world.nothing_refused()
    (part,) = [part for part in world.driver.order(world.buyer).parts if part.seller == shop]
    return part


@then(parsers.parse('the order has a part for "{first}" and a part for "{second}"'))
def order_has_parts(world: World, first: str, second: str) -> None:
    assert {part.seller for part in world.driver.order(world.buyer).parts} == {first, second}


@then(parsers.re(r'the part of "(?P<shop>[^"]+)" comes to ' + AMOUNT))
def part_total(world: World, shop: str, amount: str) -> None:
    assert _part(world, shop).total_minor == minor(amount)


@then(parsers.re(r"the order comes to " + AMOUNT))
def order_total(world: World, amount: str) -> None:
    world.nothing_refused()
    assert world.driver.order(world.buyer).total_minor == minor(amount)


@step(parsers.parse('"{shop}" ships the order of "{buyer}" with "{carrier}" and "{tracking}"'))
def ships(world: World, shop: str, buyer: str, carrier: str, tracking: str) -> None:
    world.attempt(lambda: world.driver.ship(shop, buyer, carrier=carrier, tracking=tracking))


@when(parsers.parse('"{shop}" tries to ship the part of "{other}"'))
def ships_foreign(world: World, shop: str, other: str) -> None:
    world.attempt(lambda: world.driver.ship(shop, world.buyer, carrier="DHL", tracking="X1", part_of=other))


@given(parsers.parse('"{shop}" marks the order of "{buyer}" as delivered'))
def marks_delivered(world: World, shop: str, buyer: str) -> None:
    world.nothing_refused()
    world.driver.mark_delivered(shop, buyer)


@step(parsers.parse('"{buyer}" confirms the receipt from "{shop}"'))
def confirms_receipt(world: World, buyer: str, shop: str) -> None:
    world.attempt(lambda: world.driver.confirm_receipt(buyer, shop))


@when(parsers.re(r"(?P<count>\d+) (?P<unit>minutes|days) pass"))
def time_passes(world: World, count: str, unit: str) -> None:
    world.nothing_refused()
    world.driver.pass_time(minutes=int(count) * (1 if unit == "minutes" else 24 * 60))
