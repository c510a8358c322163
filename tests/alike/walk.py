"""A random scenario of a whole marketplace, told to any door over either database, in the features' own words.

The same seed chooses the same deeds; who may not do something, or has nothing to do it with, is refused, and that is a
part of how it ends.
"""

import random
from collections.abc import Callable
from typing import Final

from attrs import define, field

from features.drivers.driver import Driver, Refused
from marketplace_core import MarketplaceError
from tests.alike.standing import Calendar

BUYERS: Final = ("Ann", "Ben", "Cleo")
GOODS: Final = {"Clay and Co": ("A cup", "A bowl"), "Wood and Wool": ("A spoon", "A scarf")}
PRICES: Final = {"A cup": 1_250, "A bowl": 3_333, "A spoon": 799, "A scarf": 10_001}
STOCK: Final = 40
CARDS: Final = ("4242424242424242",) * 5 + ("4000000000000002", "4000000000007726", "4000000000005126")
"""Good ones, one that is declined, one with slow refunds and one whose refunds bounce."""
MINUTES: Final = (3, 47, 1_507, 4_327, 14_407)
AMOUNTS: Final = (1, 250, 799, 5_000)
SECONDS: Final = (30, 90)
"""Between one deed and the next."""
NOTHING_THERE: Final = "there is nothing to do it with"


@define
class Walk:
    """Does one thing after the other; ``outcomes`` says of each what it was and what came of it."""

    driver: Driver
    calendar: Calendar
    chance: random.Random
    outcomes: list[str] = field(factory=list)

    def begin(self) -> None:
        """On a Monday morning two shops open, and three people come."""
        self._wait()
        self.driver.put_in(amount_minor=100_000)
        for shop, titles in GOODS.items():
            self._wait()
            self.driver.open_shop(shop)
            self.driver.approve_shop(shop)
            for title in titles:
                self._wait()
                self.driver.create_product(shop, title, price_minor=PRICES[title], stock=STOCK)
                self.driver.publish_product(shop, title)
        for buyer in BUYERS:
            self._wait()
            self.driver.register(buyer)
            self.buys(buyer)

    def step(self) -> None:
        """Do something, after what has fallen due before."""
        self._wait()
        self.driver.pass_time(minutes=0)
        deed = self.chance.choice(DEEDS)
        try:
            deed(self)
        except (Refused, MarketplaceError) as refused:
            outcome = refused.code
        except (KeyError, ValueError, IndexError, StopIteration):
            outcome = NOTHING_THERE
        else:
            outcome = "done"
        self.outcomes.append(f"{deed.__name__}: {outcome}")

    def _wait(self) -> None:
        self.calendar.next(self.chance.randint(*SECONDS))

    @property
    def buyer(self) -> str:
        """Anybody who buys."""
        return self.chance.choice(BUYERS)

    @property
    def shop(self) -> str:
        """Any shop."""
        return self.chance.choice(tuple(GOODS))

    @property
    def amount(self) -> int:
        """Some money."""
        return self.chance.choice(AMOUNTS)

    def buys(self, buyer: str | None = None) -> None:
        """Put one or two things into the cart, order, and show a card."""
        buyer = buyer or self.buyer
        card, chosen = self.chance.choice(CARDS), self.chance.sample(tuple(PRICES), self.chance.randint(1, 2))
        for title in chosen:
            self.driver.add_to_cart(buyer, title, 1)
        self.driver.place_order(buyer)
        self.driver.pay(buyer, card)


def buy(walk: Walk) -> None:
    walk.buys()


def pay_again(walk: Walk) -> None:
    buyer = walk.buyer
    if walk.driver.order(buyer).state != "pending_payment":
        raise ValueError(NOTHING_THERE)
    walk.driver.pay(buyer, CARDS[0])


def ship(walk: Walk) -> None:
    walk.driver.ship(walk.shop, walk.buyer, carrier="Post", tracking="T1")


def mark_delivered(walk: Walk) -> None:
    walk.driver.mark_delivered(walk.shop, walk.buyer)


def confirm_receipt(walk: Walk) -> None:
    walk.driver.confirm_receipt(walk.buyer, walk.shop)


def call_order_off(walk: Walk) -> None:
    walk.driver.call_order_off(walk.buyer)


def call_off(walk: Walk) -> None:
    buyer, shop = walk.buyer, walk.shop
    walk.driver.call_off(buyer, buyer, shop, note="Changed my mind.")


def ask_for_refund(walk: Walk) -> None:
    walk.driver.ask_for_refund(walk.buyer, walk.shop, items_minor=walk.amount, reason="Chipped.")


def approve_refund(walk: Walk) -> None:
    walk.driver.approve_refund(walk.shop, walk.buyer)


def reject_refund(walk: Walk) -> None:
    walk.driver.reject_refund(walk.shop, walk.buyer, note="It was whole.")


def give_back(walk: Walk) -> None:
    walk.driver.give_back(walk.shop, walk.buyer, items_minor=walk.amount)


def open_claim(walk: Walk) -> None:
    walk.driver.open_claim(walk.buyer, walk.shop, text="It is broken.")


def agree_to_claim(walk: Walk) -> None:
    walk.driver.answer_claim(walk.shop, walk.buyer, says="agree", text="Sorry.")


def withdraw_claim(walk: Walk) -> None:
    walk.driver.withdraw_claim(walk.buyer)


def dispute(walk: Walk) -> None:
    walk.driver.dispute(walk.buyer, walk.shop, amount_minor=walk.amount)


def decide_dispute(walk: Walk) -> None:
    walk.driver.decide_dispute(walk.buyer, won=walk.chance.random() < 0.5)


def run_payouts(walk: Walk) -> None:
    walk.driver.run_payouts()


def pass_time(walk: Walk) -> None:
    walk.driver.pass_time(minutes=walk.chance.choice(MINUTES))


def bank_returns_payout(walk: Walk) -> None:
    walk.driver.bank_returns_payout(walk.shop)


def retry_payout(walk: Walk) -> None:
    walk.driver.retry_payout(walk.shop)


def change_price(walk: Walk) -> None:
    shop = walk.shop
    title = walk.chance.choice(GOODS[shop])
    walk.driver.change_price(shop, title, price_minor=PRICES[title] + walk.amount)


DEEDS: Final[tuple[Callable[[Walk], None], ...]] = (
    *(buy,) * 5,
    *(ship,) * 6,
    *(mark_delivered,) * 3,
    *(confirm_receipt,) * 4,
    *(pass_time,) * 2,
    pay_again,
    call_order_off,
    call_off,
    ask_for_refund,
    approve_refund,
    reject_refund,
    give_back,
    open_claim,
    agree_to_claim,
    withdraw_claim,
    dispute,
    decide_dispute,
    run_payouts,
    bank_returns_payout,
    retry_payout,
    change_price,
)
