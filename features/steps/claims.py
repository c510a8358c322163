"""Steps about claims: something is wrong with what was bought."""

from pytest_bdd import parsers, step, then, when

from features.steps.shops import AMOUNT
from features.steps.world import World, minor


@step(parsers.parse('"{buyer}" claims about "{shop}" that "{text}"'))
def claims(world: World, buyer: str, shop: str, text: str) -> None:
    world.attempt(lambda: world.driver.open_claim(buyer, shop, text=text))


@step(parsers.re(r'"(?P<shop>[^"]+)" (?P<says>agrees to|contests) the claim of "(?P<buyer>[^"]+)": "(?P<text>[^"]+)"'))
def answers(world: World, shop: str, says: str, buyer: str, text: str) -> None:
    answer = "agree" if says == "agrees to" else "contest"
    world.attempt(lambda: world.driver.answer_claim(shop, buyer, says=answer, text=text))


@step(parsers.re(r'"(?P<shop>[^"]+)" offers "(?P<buyer>[^"]+)" ' + AMOUNT + r': "(?P<text>[^"]+)"'))
def offers(world: World, shop: str, buyer: str, amount: str, text: str) -> None:
    world.attempt(lambda: world.driver.answer_claim(shop, buyer, says="offer", text=text, items_minor=minor(amount)))


@when(parsers.re(r'"(?P<buyer>[^"]+)" takes the offer of ' + AMOUNT))
def takes(world: World, buyer: str, amount: str) -> None:
    world.attempt(lambda: world.driver.accept_claim_offer(buyer, offered_minor=minor(amount)))


@when(parsers.parse('"{buyer}" withdraws the claim'))
def withdraws(world: World, buyer: str) -> None:
    world.attempt(lambda: world.driver.withdraw_claim(buyer))


@when(parsers.parse('an operator decides the claim of "{buyer}" for the seller: "{reason}"'))
def decides_for_seller(world: World, buyer: str, reason: str) -> None:
    world.attempt(lambda: world.driver.decide_claim(buyer, decision="release", reason=reason))


@when(parsers.re(r'an operator gives "(?P<buyer>[^"]+)" ' + AMOUNT + r' of the claim: "(?P<reason>[^"]+)"'))
def decides_in_part(world: World, buyer: str, amount: str, reason: str) -> None:
    decide = world.driver.decide_claim
    world.attempt(lambda: decide(buyer, decision="partial", reason=reason, items_minor=minor(amount)))


@then(parsers.parse('the claim of "{buyer}" is "{state}"'))
def claim_is(world: World, buyer: str, state: str) -> None:
    world.nothing_refused()
    assert world.driver.claim_is(buyer) == state
