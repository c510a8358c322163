"""Steps about money that goes back: to buyers, and from banks."""

from pytest_bdd import given, parsers, step, then, when

from features.steps.shops import AMOUNT
from features.steps.world import World, minor


@given(
    parsers.re(
        r"a marketplace that keeps (?P<percent>\d+) % in reserve and whose provider charges " + AMOUNT + r" a payment"
    )
)
def terms(world: World, percent: str, amount: str) -> None:
    world.driver.agree_terms(reserve_bps=int(percent) * 100, fee_minor=minor(amount))


@step(parsers.re(r'"(?P<shop>[^"]+)" gives "(?P<buyer>[^"]+)" ' + AMOUNT + r" back"))
def gives_back(world: World, shop: str, buyer: str, amount: str) -> None:
    world.attempt(lambda: world.driver.give_back(shop, buyer, items_minor=minor(amount)))


@when(parsers.re(r'the marketplace gives "(?P<buyer>[^"]+)" ' + AMOUNT + r" back"))
def marketplace_gives_back(world: World, buyer: str, amount: str) -> None:
    world.attempt(lambda: world.driver.give_back_of_order(buyer, amount_minor=minor(amount)))


@when(
    parsers.re(r'"(?P<buyer>[^"]+)" asks for ' + AMOUNT + r' back from "(?P<shop>[^"]+)": "(?P<reason>[^"]+)"'),
)
def asks_back(world: World, buyer: str, amount: str, shop: str, reason: str) -> None:
    world.attempt(lambda: world.driver.ask_for_refund(buyer, shop, items_minor=minor(amount), reason=reason))


@when(parsers.parse('"{shop}" agrees to the refund of "{buyer}"'))
def agrees(world: World, shop: str, buyer: str) -> None:
    world.attempt(lambda: world.driver.approve_refund(shop, buyer))


@when(parsers.parse('"{shop}" refuses the refund of "{buyer}": "{note}"'))
def refuses(world: World, shop: str, buyer: str, note: str) -> None:
    world.attempt(lambda: world.driver.reject_refund(shop, buyer, note=note))


@then(parsers.parse('the refund of "{buyer}" is "{state}"'))
def refund_is(world: World, buyer: str, state: str) -> None:
    world.nothing_refused()
    assert world.driver.refunds(buyer)[0].state == state


@then(parsers.re(r'"(?P<buyer>[^"]+)" got ' + AMOUNT + r" back"))
def got_back(world: World, buyer: str, amount: str) -> None:
    world.nothing_refused()
    gone = [refund.amount_minor for refund in world.driver.refunds(buyer) if refund.state == "succeeded"]
    assert sum(gone) == minor(amount)


@then(parsers.parse('"{buyer}" reads that "{note}"'))
def reads(world: World, buyer: str, note: str) -> None:
    assert world.driver.refunds(buyer)[0].note == note


@then(parsers.re(r'"(?P<shop>[^"]+)" owes ' + AMOUNT))
def owes(world: World, shop: str, amount: str) -> None:
    world.nothing_refused()
    assert world.driver.balance(shop).owed_minor == minor(amount)


@then(parsers.re(AMOUNT + r' of "(?P<shop>[^"]+)" is in reserve'))
def is_in_reserve(world: World, amount: str, shop: str) -> None:
    world.nothing_refused()
    assert world.driver.balance(shop).reserve_minor == minor(amount)


@when(parsers.parse('the bank of "{shop}" sends the payout back'))
def bank_sends_back(world: World, shop: str) -> None:
    world.nothing_refused()
    world.driver.bank_returns_payout(shop)


@when(parsers.parse('the payout of "{shop}" is tried again'))
def payout_is_retried(world: World, shop: str) -> None:
    world.nothing_refused()
    world.driver.retry_payout(shop)


@then(parsers.parse('the payout of "{shop}" is "{state}"'))
def payout_is(world: World, shop: str, state: str) -> None:
    world.nothing_refused()
    assert world.driver.payout_is(shop) == state


@then(parsers.re(r"the marketplace has " + AMOUNT + r" at its provider"))
def has_at_provider(world: World, amount: str) -> None:
    world.nothing_refused()
    assert world.driver.in_the_books("psp") == minor(amount)


@then(parsers.re(r"the provider has charged " + AMOUNT))
def provider_has_charged(world: World, amount: str) -> None:
    world.nothing_refused()
    assert world.driver.in_the_books("psp_fees") == minor(amount)


@then(
    parsers.re(r"the marketplace has earned (?P<earned>\d+\.\d\d) EUR and owes (?P<tax>\d+\.\d\d) EUR of tax"),
)
def has_earned(world: World, earned: str, tax: str) -> None:
    world.nothing_refused()
    assert world.driver.in_the_books("commission_revenue") == -minor(earned)
    assert world.driver.in_the_books("tax_payable") == -minor(tax)
