"""Every command is typed twice: the second time it is refused or changes nothing, unless it makes something anew."""

from pathlib import Path
from typing import Final

import pytest
from PIL import Image

from features.drivers.names import PICTURE, email
from tests.alike.standing import standing
from tests.logs import log_only
from tests.twice import stories
from tests.twice.shell import COMMANDS, NEW_EACH_TIME, Seen, TwiceDriver

ANNA, BERT, POTS, TEA, SHORT = "Anna", "Bert", "Clay and Co", "Tea House", "Short Lived"
CUP, POT = "Cup", "Pot"
APPAREL: Final = Path(__file__).parents[2] / "features" / "data" / "apparel.csv"
GOOD_CARD: Final = "4242424242424242"
DAY: Final = 24 * 60
RUN_ON: Final = frozenset({"demo", "serve", "simulate"})
"""They start or play something of their own, and do not change the folder they are typed in."""
UNTOLD: Final = frozenset({"events rebuild"})
"""It needs an event bus, which this folder has none of; its own tests give it twice."""


def people_and_shops(shell: TwiceDriver) -> None:
    """Have operators, two shops, things on the shelf, pages."""
    shell.operators("Olga", "Otto")
    shell.step_down("Olga")
    for person in (ANNA, BERT):
        shell.register(person)
    shell.start_as_guest("Gwen")
    shell.leave_contact("Gwen")
    for shop in (POTS, TEA):
        shell.open_shop(shop)
        shell.approve_shop(shop)
    shell.create_product(POTS, CUP, price_minor=3_000, stock=20)
    shell.publish_product(POTS, CUP)
    shell.create_product(TEA, POT, price_minor=2_000, stock=20)
    shell.publish_product(TEA, POT)
    shell.charge_delivery(POTS, fee_minor=300)
    shell.type("delivery", "view", person=shell._owners[POTS])
    shell.type("delivery", "reset", person=shell._owners[POTS])
    shell.type("seller", "suspend", "tea-house", "--reason", "A look.")
    shell.type("seller", "reinstate", "tea-house")
    shell.open_shop(SHORT)
    shell.approve_shop(SHORT)
    short = shell.type("seller", "view", "short-lived")["seller_id"]
    shell.type("seller", "keep", short, "--reason", "They stay.")
    shell.type("seller", "matters", short)
    shell.type("seller", "close", short, "--reason", "They leave.")
    for words in (("seller", "list"), ("seller", "view", "tea-house"), ("user", "list"), ("user", "view", email(ANNA))):
        shell.type(*words)
    shell.type(
        "user", "password", "--current", "bert-likes-warm-kettles-7", "--new", "bert-drinks-cold-tea-8", person=BERT
    )


def goods(shell: TwiceDriver, folder: Path) -> None:
    """Change what is on the shelf in every way."""
    owner = shell._owners[POTS]
    shell.create_product(POTS, "Vase", price_minor=900, stock=1)
    vase = shell._products["Vase"]
    shell.publish_product(POTS, "Vase")
    shell.change_price(POTS, "Vase", price_minor=950)
    shell.type("product", "change", vase, "--title", "Blue vase", person=owner)
    offer = shell._offer("Vase")
    shell.type("product", "stock", offer, "--delta", "2", "--reason", "delivery", person=owner)
    shell.type("product", "movements", offer, person=owner)
    shell.type("product", "list", "--own", person=owner)
    picture = folder / "picture.png"
    picture.write_bytes(PICTURE)
    shell.type("product", "picture", vase, str(picture), person=owner)
    images = [image["image_id"] for image in shell._product("Vase")["images"]]
    shell.type("product", "arrange-pictures", vase, *reversed(images), person=owner)
    shell.type("product", "remove-picture", vase, images[0], person=owner)
    shell.type("product", "withdraw", vase, person=owner)
    shell.type("product", "archive", vase, person=owner)
    shell.import_catalog(POTS, APPAREL.read_bytes(), dry_run=False)
    shell.type("search", "reindex")
    shell.type("search", "verify", "--repair")
    shell.search("cup")
    shell.type("catalog", "categories")


def carts(shell: TwiceDriver) -> None:
    """Fill a cart and empty it."""
    shell.add_to_cart(BERT, CUP, 1)
    shell.add_to_cart(BERT, POT, 1)
    lines = [line for group in shell.type("cart", "view", person=BERT)["groups"] for line in group["lines"]]
    shell.type("cart", "change", lines[0]["line_id"], "2", person=BERT)
    shell.type("cart", "remove", lines[1]["line_id"], person=BERT)
    made = shell.type("voucher", "make", "SPRING", "--currency", "EUR", "--percent-bps", "1000", "--reason", "Spring.")
    shell.type("cart", "voucher", "SPRING", person=BERT)
    shell.type("cart", "drop-voucher", person=BERT)
    for words in (
        ("voucher", "list"),
        ("voucher", "view", made["voucher_id"]),
        ("voucher", "stop", made["voucher_id"], "--reason", "Over."),
    ):
        shell.type(*words)
    shell.type("cart", "empty", person=BERT)


def bought(shell: TwiceDriver, buyer: str, *titles: str) -> None:
    """Order and pay."""
    for title in titles:
        shell.add_to_cart(buyer, title, 1)
    shell.place_order(buyer)
    shell.pay(buyer, GOOD_CARD)


def money(shell: TwiceDriver, folder: Path) -> None:
    """Sell, give back, claim, pay out."""
    bought(shell, ANNA, CUP, POT)
    part, order, owner = shell._part(ANNA, POTS), shell._orders[ANNA], shell._owners[POTS]
    shell.type("escrow", "freeze", part, "--reason", "risk")
    shell.type("escrow", "unfreeze", part, "--reason", "risk")
    for words in (
        ("escrow", "view", part),
        ("escrow", "list"),
        ("payment", "holds", order),
        ("payment", "view", order),
        ("order", "all"),
        ("refund", "preview", order, "--amount", "100"),
        ("disputes", "list"),
    ):
        shell.type(*words)
    shell.ask_for_refund(ANNA, POTS, items_minor=300, reason="Chipped.")
    shell.type("refund", "show", shell._newest_refund(ANNA), person=ANNA)
    shell.approve_refund(POTS, ANNA)
    shell.ask_for_refund(ANNA, POTS, items_minor=200, reason="Scratched.")
    shell.reject_refund(POTS, ANNA, note="It is not.")
    shell.type("refund", "give", order, "--amount", "100", "--reason", "Sorry.", "--key", "key-of-the-refund")
    shell.ship(POTS, ANNA, carrier="DHL", tracking="0034")
    shell.confirm_receipt(ANNA, POTS)
    claim = shell.type(
        "claim", "open", part, "--kind", "damaged", "--text", "Broken.", "--key", "key-of-the-claim", person=ANNA
    )["claim_id"]
    shell.type("claim", "say", claim, "--text", "Quite.", person=ANNA)
    shell.type("claim", "show", claim, person=ANNA)
    shell.type("claim", "foresee", part, person=ANNA)
    taken = folder / "photo.png"
    Image.new("RGB", (40, 30), "red").save(taken, "PNG")
    photo = shell.type("claim", "add-photo", claim, str(taken), person=ANNA)["photos"][0]["photo_id"]
    shell.type("claim", "save-photo", claim, photo, "--to", str(taken), person=ANNA)
    shell.type("claim", "list", person=ANNA)
    shell.type("claim", "answer", claim, "offer", "--text", "Some of it?", "--items", "100", person=owner)
    shell.type("claim", "withdraw", claim, person=ANNA)
    shell.ship(TEA, ANNA, carrier="DHL", tracking="0035")
    shell.mark_delivered(TEA, ANNA)
    shell.type("escrow", "release", shell._part(ANNA, TEA), "--reason", "Asked for.")
    shell.run_payouts()
    shell.balance(POTS)
    payout = shell._newest_payout(POTS)["payout_id"]
    shell.type("payout", "view", payout)
    shell.type("payout", "entries", "paid", person=owner)
    shell.bank_returns_payout(POTS)
    shell.retry_payout(POTS)
    seller_id = shell.type("seller", "view", "clay-and-co")["seller_id"]
    shell.type("explain", "order", order)
    shell.type("explain", "payout", payout)
    shell.type("explain", "commission", part)
    shell.type("explain", "balance", seller_id)
    shell.type("ledger", "brakes")
    shell.type("ledger", "inspect")
    shell.type("ledger", "catch-up")
    shell.type("ledger", "liquidity")
    shell.type("policy", "show")
    shell.type("acts")
    for looks in (("reconcile",), ("ledger", "audit"), ("ledger", "balance"), ("ledger", "journals"), ("mail", "list")):
        shell.type(*looks)
    shell.type("mail", "view", shell.type("mail", "list")["items"][0]["mail_id"])


def orders_called_off(shell: TwiceDriver) -> None:
    """Call off before and after payment, in part and whole."""
    shell.add_to_cart(BERT, CUP, 1)
    shell.place_order(BERT)
    shell.type("order", "list", person=BERT)
    shell.type("order", "cancel", shell._orders[BERT], person=BERT)
    bought(shell, BERT, CUP, POT)
    shell.type("order", "cancel-part", shell._part(BERT, POTS), "--reason", "Too late.", person=BERT)
    shell.ship(TEA, BERT, carrier="DHL", tracking="0036")
    shell.report_return(TEA, BERT)


def disputes(shell: TwiceDriver) -> None:
    """Have the bank take money back, once answered and once given up."""
    for answered in (True, False):
        bought(shell, BERT, CUP)
        shell.dispute(BERT, POTS, amount_minor=1_000)
        dispute = shell.type("disputes", "list", "--order", shell._orders[BERT])["items"][0]["dispute_id"]
        shell.type("disputes", "show", dispute)
        shell.type("disputes", "about", shell._part(BERT, POTS), person=shell._owners[POTS])
        if answered:
            said = ("--statement", "product_description=A cup.", "--reason", "It is one.")
            shell.type("disputes", "answer", dispute, *said)
        else:
            shell.type("disputes", "accept", dispute, "--reason", "They are right.")


def accepted_by_hand(shell: TwiceDriver) -> None:
    """Accept one order and decline another."""
    shell.let_shops_accept_by_hand()
    bought(shell, BERT, CUP)
    shell.accept_order(POTS, BERT)
    bought(shell, BERT, CUP)
    shell.decline_order(POTS, BERT, note="Sold at the fair.")
    shell._sellers_accept = "at_once"


def pages(shell: TwiceDriver) -> None:
    """Make a page, publish it, take it away."""
    owner = shell._owners[POTS]
    shell.type("page", "save", "--headline", "Cups", person=owner)
    shell.type("page", "draft", person=owner)
    shell.type("page", "versions", person=owner)
    shell.type("page", "unpublish", person=owner)


def the_rest(shell: TwiceDriver) -> None:
    """Look at what operators look at."""
    shell.type("events", "undelivered")
    shell.type("dead-letters", "list")
    shell.type("media", "orphans")
    shell.type("gateway", "--service", "rest=127.0.0.1:8000")
    shell.type("video", "list", person=shell._owners[POTS])
    shell.type("debt", "list")
    shell.type("debt", "debtors")
    seller_id = shell.type("seller", "view", "clay-and-co")["seller_id"]
    shell.type("payout", "account", seller_id)
    shell.type("debt", "show", seller_id)
    shell.type("adapters", "list")
    shell.type("adapters", "check")
    shell.type("worker", "--once")


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """Type a long day's commands, each twice, while time stands: nothing falls due between the two."""
    log_only()
    with standing():
        return _typed(tmp_path_factory.mktemp("shell"))


def _typed(folder: Path) -> Seen:
    shell = TwiceDriver(folder)
    people_and_shops(shell)
    goods(shell, folder)
    carts(shell)
    money(shell, folder)
    orders_called_off(shell)
    disputes(shell)
    accepted_by_hand(shell)
    stories.variants(shell)
    stories.claims(shell)
    stories.refunds(shell)
    stories.reviews(shell)
    shell.put_in(amount_minor=1_000_000)  # lost disputes make nothing stand still
    stories.payouts(shell)
    stories.clips(shell, folder)
    stories.letters(shell)
    stories.webhooks(shell)
    stories.mails_that_came_back(shell, folder)
    stories.terms(shell, folder)
    stories.debts(shell)
    stories.books(shell, folder)
    pages(shell)
    shell.put_in(amount_minor=1_000_000)  # nor do debts that were written off; the worker has nothing left to do
    shell.run_payouts()
    the_rest(shell)
    return shell.seen


@pytest.mark.slow
@pytest.mark.parametrize("command", sorted(set(COMMANDS) - RUN_ON - UNTOLD))
def test_a_command_that_is_typed_twice_does_its_work_once(seen: Seen, command: str) -> None:
    assert command in seen.typed, "nobody types it here: add it to a story above"
    assert seen.changed.get(command, {}) == {}


@pytest.mark.slow
def test_the_lists_are_no_longer_than_they_must_be(seen: Seen) -> None:
    assert seen.typed & UNTOLD == set()
    assert set(COMMANDS) >= NEW_EACH_TIME | RUN_ON | UNTOLD
