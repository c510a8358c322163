"""Steps about held money, payouts and the books."""

from pytest_bdd import parsers, step, then, when

from features.steps.shops import AMOUNT
from features.steps.world import World, minor


@then(parsers.re(AMOUNT + r' is held for "(?P<shop>[^"]+)"'))
def is_held(world: World, amount: str, shop: str) -> None:
    world.nothing_refused()
    assert world.driver.balance(shop).held_minor == minor(amount)


@then(parsers.re(r'"(?P<shop>[^"]+)" may be paid ' + AMOUNT))
def may_be_paid(world: World, shop: str, amount: str) -> None:
    world.nothing_refused()
    assert world.driver.balance(shop).payable_minor == minor(amount)


@then(parsers.re(r'"(?P<shop>[^"]+)" was paid out ' + AMOUNT))
def was_paid_out(world: World, shop: str, amount: str) -> None:
    world.nothing_refused()
    assert world.driver.balance(shop).paid_out_minor == minor(amount)


@step("the payouts run")
def payouts_run(world: World) -> None:
    world.attempt(world.driver.run_payouts)


@then(parsers.parse('nothing is held for the order of "{buyer}"'))
def nothing_held(world: World, buyer: str) -> None:
    assert world.driver.held_for_order(buyer) == 0


@then("there is no ledger entry")
def no_ledger_entry(world: World) -> None:
    assert world.driver.ledger_entries() == 0


@then("the books balance")
def books_balance(world: World) -> None:
    world.nothing_refused()
    assert world.driver.ledger_entries() > 0
    assert world.driver.violations() == []


@then("no payout leaves")
def no_payout_leaves(world: World) -> None:
    assert world.expect_refusal().code == "payments.paused"


@then(parsers.re(AMOUNT + r" is missing at the provider, and payouts stand still"))
def is_missing(world: World, amount: str) -> None:
    world.nothing_refused()
    found = world.driver.liquidity()
    assert (found.missing_minor, found.stands_still) == (minor(amount), True)


@then("nothing is missing at the provider, and payouts go on")
def nothing_is_missing(world: World) -> None:
    world.nothing_refused()
    found = world.driver.liquidity()
    assert (found.missing_minor, found.stands_still) == (0, False)


@when(parsers.re(r"the marketplace puts " + AMOUNT + r" of its own in"))
def puts_in(world: World, amount: str) -> None:
    world.driver.put_in(amount_minor=minor(amount))
