"""Steps about the terms of trade, tax and the marketplace's fee."""

from pytest_bdd import given, parsers, step, then, when

from features.steps.shops import AMOUNT
from features.steps.world import World, minor


@given(parsers.parse('a marketplace that remits {percent:d} % tax in "{country}"'))
def remits(world: World, percent: int, country: str) -> None:
    world.driver.collect_tax(country, rate_bps=percent * 100)


@step(
    parsers.re(r"the marketplace charges buyers a fee of (?P<amount>\d+\.\d\d) EUR and (?P<percent>\d+) % of the goods")
)
def charges_fee(world: World, amount: str, percent: str) -> None:
    name = f"fee-{minor(amount)}-{percent}"
    world.driver.use_terms(version=name, service_fee_minor=minor(amount), service_fee_bps=int(percent) * 100)


@given("the terms release each parcel by itself")
def by_parcel(world: World) -> None:
    world.driver.use_terms(version="by-parcel", release_per_shipment=True)


@when(parsers.parse('"{buyer}" receives the parcel "{tracking}" of "{shop}"'))
def receives(world: World, buyer: str, tracking: str, shop: str) -> None:
    world.attempt(lambda: world.driver.receive_parcel(buyer, shop, tracking))


@then(parsers.parse('the order of "{buyer}" was placed under version {number:d} of the terms'))
def placed_under(world: World, buyer: str, number: int) -> None:
    world.nothing_refused()
    assert world.driver.terms_of_order(buyer) == number


@then(parsers.re(r"the marketplace owes " + AMOUNT + r" of tax$"))
def owes_tax(world: World, amount: str) -> None:
    world.nothing_refused()
    assert -world.driver.in_the_books("tax_payable") == minor(amount)


@then(parsers.re(r"the fee that is not earned yet is " + AMOUNT))
def fee_deferred(world: World, amount: str) -> None:
    world.nothing_refused()
    assert -world.driver.in_the_books("fee_deferred") == minor(amount)


@then(parsers.re(r"the marketplace has earned a fee of " + AMOUNT))
def fee_earned(world: World, amount: str) -> None:
    world.nothing_refused()
    assert -world.driver.in_the_books("fee_revenue") == minor(amount)
