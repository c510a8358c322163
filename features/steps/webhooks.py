"""Steps about programs of shops and operators that are told what happens."""

from datetime import timedelta
from typing import Final

from pytest_bdd import given, parsers, step, then, when

from features.drivers.message import Message
from features.steps.shops import AMOUNT
from features.steps.world import World, minor

CONFIRMED: Final = "marketplace.orders.v1.OrderConfirmed"
OPERATORS: Final = "the operators"
WHOSE: Final = rf'(?P<whose>{OPERATORS}|"[^"]+")'


def _shop(whose: str) -> str | None:
    return None if whose == OPERATORS else whose.strip('"')


@given(parsers.re(WHOSE + r" (has|have) a webhook for confirmed orders"))
def has_a_webhook(world: World, whose: str) -> None:
    shop = _shop(whose)
    world.secrets[shop] = [world.driver.add_webhook(shop, event_type=CONFIRMED)]


@when(parsers.parse('"{shop}" asks for a webhook at "{address}"'))
def asks_for_a_webhook(world: World, shop: str, address: str) -> None:
    world.attempt(lambda: world.driver.add_webhook_at(shop, address))


@when(parsers.parse('"{shop}" gives its webhook a new secret'))
def gives_new_secret(world: World, shop: str) -> None:
    world.secrets[shop].append(world.driver.new_secret(shop))


@when(parsers.parse('"{other}" gives the webhook of "{shop}" a new secret'))
def gives_theirs_a_new_secret(world: World, other: str, shop: str) -> None:
    world.attempt(lambda: world.driver.new_secret(shop, by=other))


@step(parsers.parse('the webhook of "{shop}" is answered {status:d}'))
def is_answered(world: World, shop: str, status: int) -> None:
    world.driver.answer_webhook(shop, status)


@when(parsers.parse('"{shop}" has what its webhook was told sent again'))
def sends_again(world: World, shop: str) -> None:
    world.attempt(lambda: world.driver.send_again(shop))


@when(parsers.parse('"{other}" has what the webhook of "{shop}" was told sent again'))
def sends_theirs_again(world: World, other: str, shop: str) -> None:
    world.attempt(lambda: world.driver.send_again(shop, by=other))


@when(parsers.parse('"{other}" looks at the log of "{shop}"'))
def looks_at_their_log(world: World, other: str, shop: str) -> None:
    world.attempt(lambda: world.driver.webhook_log(shop, seen_by=other))


@then(parsers.re(r"the webhook of " + WHOSE + r" was told of an order over " + AMOUNT + r" and nothing else"))
def told_of_an_order(world: World, whose: str, amount: str) -> None:
    world.nothing_refused()
    (message,) = world.driver.told(_shop(whose))
    assert message.event_type == CONFIRMED
    assert message.data["total"] == {"amount_minor": minor(amount), "currency": "EUR"}
    assert sum(part["total"]["amount_minor"] for part in message.data["seller_orders"]) == minor(amount)


@then(
    parsers.re(
        r"what the webhook of " + WHOSE + r" was told(?P<last> last)? (?P<fits>fits|does not fit) "
        r'the (?P<old>old )?secret of (?P<signer>the operators|"[^"]+")$'
    )
)
def fits_the_secret(world: World, whose: str, last: str | None, fits: str, old: str | None, signer: str) -> None:
    world.nothing_refused()
    secret = world.secrets[_shop(signer)][0 if old else -1]
    told = world.driver.told(_shop(whose))
    assert told
    assert all(message.fits(secret) == (fits == "fits") for message in (told[-1:] if last else told))


@then(parsers.parse('the webhook of "{shop}" was told the same again'))
def told_again(world: World, shop: str) -> None:
    world.nothing_refused()
    _same_again(world, shop)


@then(parsers.parse('the webhook of "{shop}" was told the same again, {days:d} days later'))
def told_again_later(world: World, shop: str, days: int) -> None:
    world.nothing_refused()
    first, second = _same_again(world, shop)
    assert second.sent_at - first.sent_at >= timedelta(days=days)


@then(
    parsers.re(
        r'the log of "(?P<shop>[^"]+)" says "(?P<state>\w+)" '
        r"after (?P<attempts>every|\d+) attempts?, answered (?P<status>\d+)"
    )
)
def log_says(world: World, shop: str, state: str, attempts: str, status: str) -> None:
    world.nothing_refused()
    told = world.driver.told(shop)
    (line,) = world.driver.webhook_log(shop)
    assert (line.event_type, line.event_id) == (CONFIRMED, told[0].message_id)
    assert (line.state, line.status) == (state, int(status))
    assert line.attempts == len(told)
    assert attempts == "every" or line.attempts == int(attempts)


@then(parsers.parse('the refusal says "{words}"'))
def refusal_says(world: World, words: str) -> None:
    assert world.refusal is None, "judge the code first"
    assert words in world.last_text


def _same_again(world: World, shop: str) -> list[Message]:
    told = [*world.driver.told(shop)]
    assert len(told) > 1
    assert len({(message.message_id, message.body) for message in told}) == 1
    return told
