"""Steps about held money, payouts and the books."""

from pytest_bdd import parsers, step, then

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
    world.nothing_refused()
    world.driver.run_payouts()


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
