"""Steps about people, shops and their products."""

from pytest_bdd import given, parsers, step, then, when

from features.steps.world import World, minor

AMOUNT = r"(?P<amount>\d+\.\d\d) EUR"


def _open(world: World, shop: str) -> None:
    world.driver.open_shop(shop)
    world.driver.approve_shop(shop)


@given(
    parsers.re(r'the shop "(?P<shop>[^"]+)" sells "(?P<title>[^"]+)" for ' + AMOUNT + r" with (?P<stock>\d+) in stock"),
    target_fixture="_shop",
)
def shop_sells(world: World, opened_shops: set[str], shop: str, title: str, amount: str, stock: str) -> str:
    if shop not in opened_shops:
        _open(world, shop)
        opened_shops.add(shop)
    world.driver.create_product(shop, title, price_minor=minor(amount), stock=int(stock))
    world.driver.publish_product(shop, title)
    return shop


@given(parsers.parse('"{shop}" is an approved shop'))
def approved_shop(world: World, shop: str) -> None:
    _open(world, shop)


@given(
    parsers.re(
        r'"(?P<shop>[^"]+)" has the unpublished product "(?P<title>[^"]+)" for '
        + AMOUNT
        + r" with (?P<stock>\d+) in stock"
    )
)
def unpublished_product(world: World, shop: str, title: str, amount: str, stock: str) -> None:
    world.driver.create_product(shop, title, price_minor=minor(amount), stock=int(stock))


@given(parsers.parse('"{person}" is registered'))
def registered(world: World, person: str) -> None:
    world.driver.register(person)


@when(parsers.parse('"{person}" registers with the password "{password}"'))
def registers_with(world: World, person: str, password: str) -> None:
    world.attempt(lambda: world.driver.register(person, password=password))


@given(parsers.parse('"{person}" has opened the shop "{shop}" that nobody approved'))
def unapproved_shop(world: World, person: str, shop: str) -> None:
    world.driver.register(person)
    world.driver.open_shop(shop, owner=person)


@when(parsers.parse('"{person}" opens the shop "{shop}"'))
def opens_shop(world: World, person: str, shop: str) -> None:
    world.attempt(lambda: world.driver.open_shop(shop, owner=person))


@when(parsers.re(r'"(?P<shop>[^"]+)" publishes a product "(?P<title>[^"]+)" for ' + AMOUNT))
def publishes_product(world: World, shop: str, title: str, amount: str) -> None:
    world.driver.create_product(shop, title, price_minor=minor(amount), stock=1)
    world.attempt(lambda: world.driver.publish_product(shop, title))


@step(parsers.re(r'"(?P<shop>[^"]+)" changes the price of "(?P<title>[^"]+)" to ' + AMOUNT))
def changes_price(world: World, shop: str, title: str, amount: str) -> None:
    world.driver.change_price(shop, title, price_minor=minor(amount))


@step(parsers.re(r'"(?P<shop>[^"]+)" charges ' + AMOUNT + r" for a parcel"))
def charges(world: World, shop: str, amount: str) -> None:
    world.attempt(lambda: world.driver.charge_delivery(shop, fee_minor=minor(amount)))


@when(parsers.parse('"{person}" searches for "{text}"'))
def searches(world: World, person: str, text: str) -> None:
    world.found = world.driver.search(text)


@then(parsers.parse('she finds "{title}"'))
def finds(world: World, title: str) -> None:
    assert title in world.found


@then(parsers.parse('she does not find "{title}"'))
def does_not_find(world: World, title: str) -> None:
    assert title not in world.found


@then(parsers.re(r'(?P<count>\d+) of "(?P<title>[^"]+)" (is|are) left'))
def left(world: World, count: str, title: str) -> None:
    world.nothing_refused()
    assert world.driver.stock_left(title) == int(count)


@then(parsers.parse('"{shop}" has {count:d} products'))
def has_products(world: World, shop: str, count: int) -> None:
    world.nothing_refused()
    assert world.driver.product_count(shop) == count


@then(parsers.parse('"{name}" has no mail about "{template}"'))
def no_mail(world: World, name: str, template: str) -> None:
    world.nothing_refused()
    assert template not in world.driver.mails(name)


@then(parsers.parse('"{name}" has exactly one mail about "{template}"'))
def one_mail(world: World, name: str, template: str) -> None:
    world.nothing_refused()
    assert world.driver.mails(name).count(template) == 1


@then(parsers.parse('it is refused as "{code}"'))
def refused_as(world: World, code: str) -> None:
    assert world.expect_refusal().code == code


@then("it is refused")
def refused(world: World) -> None:
    world.expect_refusal()
