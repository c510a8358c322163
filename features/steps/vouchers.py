"""Steps about vouchers."""

from pytest_bdd import given, parsers, step, then, when

from features.drivers.seen import VoucherWish
from features.steps.shops import AMOUNT
from features.steps.world import World, minor


@given(
    parsers.re(
        r'the marketplace has the voucher "(?P<code>[^"]+)" of (?P<amount>\d+\.\d\d) (?P<currency>[A-Z]{3})'
        r"( from (?P<minimum>\d+\.\d\d) EUR on)?( for (?P<minutes>\d+) minutes)?(?P<limit>, once (in all|per buyer))?$"
    )
)
def marketplace_voucher(
    world: World,
    code: str,
    amount: str,
    currency: str,
    minimum: str | None,
    minutes: str | None,
    limit: str | None,
) -> None:
    wish = VoucherWish(
        code=code,
        currency=currency,
        amount_minor=minor(amount),
        minimum_minor=minor(minimum) if minimum else 0,
        minutes=int(minutes) if minutes else None,
        uses_max=1 if limit == ", once in all" else None,
        uses_per_buyer_max=1 if limit == ", once per buyer" else None,
    )
    world.driver.make_voucher(wish)


@given(parsers.parse('"{shop}" has the voucher "{code}" of {percent:d} percent'))
def shop_voucher(world: World, shop: str, code: str, percent: int) -> None:
    world.driver.make_voucher(VoucherWish(code=code, shop=shop, percent_bps=percent * 100))


@when(parsers.parse('"{person}" makes a voucher of the marketplace'))
def makes_ours(world: World, person: str) -> None:
    world.attempt(lambda: world.driver.make_voucher(VoucherWish(code="MINE", amount_minor=100), by=person))


@when(parsers.parse('"{person}" makes a voucher of "{shop}"'))
def makes_theirs(world: World, person: str, shop: str) -> None:
    wish = VoucherWish(code="MINE", shop=shop, amount_minor=100)
    world.attempt(lambda: world.driver.make_voucher(wish, by=person))


@step(parsers.parse('"{buyer}" uses the voucher "{code}"'))
def uses(world: World, buyer: str, code: str) -> None:
    world.attempt(lambda: world.driver.use_voucher(buyer, code))


@when(parsers.parse('"{buyer}" takes the voucher out'))
def takes_out(world: World, buyer: str) -> None:
    world.driver.drop_voucher(buyer)


@when(parsers.parse('the marketplace stops the voucher "{code}"'))
def stops(world: World, code: str) -> None:
    world.driver.stop_voucher(code)


@then(parsers.re(r'the voucher "(?P<code>[^"]+)" has been used (?P<times>\d+) times?'))
def used(world: World, code: str, times: str) -> None:
    assert world.driver.voucher_uses(code) == int(times)


@then(parsers.re(r'the order of "(?P<buyer>[^"]+)" comes to ' + AMOUNT))
def comes_to(world: World, buyer: str, amount: str) -> None:
    world.nothing_refused()
    assert world.driver.order(buyer).total_minor == minor(amount)


@then(parsers.re(AMOUNT + r' is held for the order of "(?P<buyer>[^"]+)"'))
def is_held(world: World, buyer: str, amount: str) -> None:
    world.nothing_refused()
    assert world.driver.held_for_order(buyer) == minor(amount)
