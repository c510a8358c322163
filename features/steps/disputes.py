"""Steps about card disputes."""

from pytest_bdd import parsers, step, then, when

from features.steps.shops import AMOUNT
from features.steps.world import World, minor


@step(parsers.re(r'the bank of "(?P<buyer>[^"]+)" disputes ' + AMOUNT + r' paid to "(?P<shop>[^"]+)"'))
def bank_disputes(world: World, buyer: str, amount: str, shop: str) -> None:
    world.nothing_refused()
    world.driver.dispute(buyer, shop, amount_minor=minor(amount))


@step(parsers.parse('the card network decides for "{buyer}"'))
def decided_for_buyer(world: World, buyer: str) -> None:
    world.nothing_refused()
    world.driver.decide_dispute(buyer, won=False)


@step(parsers.parse('the card network decides against "{buyer}"'))
def decided_against_buyer(world: World, buyer: str) -> None:
    world.nothing_refused()
    world.driver.decide_dispute(buyer, won=True)


@step(parsers.parse('the marketplace answers the dispute of "{buyer}" about {about}: "{words}"'))
def answers(world: World, buyer: str, about: str, words: str) -> None:
    world.attempt(lambda: world.driver.answer_dispute(buyer, about=about, words=words))


@when(parsers.parse('the marketplace gives the dispute of "{buyer}" up'))
def gives_up(world: World, buyer: str) -> None:
    world.attempt(lambda: world.driver.accept_dispute(buyer))


@then(parsers.parse('the dispute of "{buyer}" is "{state}"'))
def dispute_is(world: World, buyer: str, state: str) -> None:
    world.nothing_refused()
    assert world.driver.dispute_is(buyer) == state
