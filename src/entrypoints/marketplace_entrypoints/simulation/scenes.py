"""Six scenes: what the marketplace does when things go wrong. Numbers come from the seed; claims hold for all."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from attrs import frozen

from marketplace_core.kernel.money import Money
from marketplace_core.orders import OrderState, SellerOrderState
from marketplace_core.payments import PayoutState
from marketplace_entrypoints.simulation.house import CURRENCY
from marketplace_entrypoints.simulation.stage import Stage

CLAY, LANE = "Clay and Co", "Luthier Lane"
NOTHING: Final = Money.zero(CURRENCY)


@frozen
class Scene:
    """What happens, in one line and played."""

    title: str
    play: Callable[[Stage], Awaitable[None]]


async def _two_shops(stage: Stage) -> tuple[int, int]:
    """Open both shops and let Anna come; return the prices of a cup and of a set of strings."""
    cup, strings = stage.chance.randrange(900, 2_500), stage.chance.randrange(2_000, 6_000)
    await stage.shop(CLAY, {"Blue Cup": cup, "Big Bowl": cup * 3}, parcel_minor=stage.chance.randrange(0, 800))
    await stage.shop(LANE, {"Strings": strings})
    await stage.buyer("Anna")
    return cup, strings


async def refund_across_sellers(stage: Stage) -> None:
    """One shop's money is held, the other's is with its bank; the buyer waits for neither."""
    await _two_shops(stage)
    quantity = stage.chance.randrange(2, 6)
    await stage.buy("Anna", {"Blue Cup": quantity, "Strings": 1})
    await stage.ship(LANE, "Anna")
    await stage.receive("Anna", LANE)
    await stage.run_payouts()
    paid_out = (await stage.balance(LANE)).paid
    held = (await stage.balance(CLAY)).held
    total = (await stage.order("Anna")).total
    back = total.amount_minor // 3
    await stage.give_back("Anna", back)
    lane, clay = await stage.balance(LANE), await stage.balance(CLAY)
    of_clay = held - clay.held
    of_lane = Money(back, CURRENCY) - of_clay
    stage.house.claim(f"{CLAY} bears {of_clay} of it out of held money", holds=NOTHING < of_clay < held)
    stage.house.claim(
        f"{LANE} bears {of_lane}, keeps what it was paid, and owes its share", holds=lane.paid == paid_out
    )
    stage.house.claim("the marketplace gave its commission on that back, so less is owed", holds=lane.debt < of_lane)
    debt = lane.debt
    await stage.buyer("Ben")
    await stage.buy("Ben", {"Strings": 1})
    await stage.ship(LANE, "Ben")
    await stage.receive("Ben", LANE)
    after = await stage.balance(LANE)
    stage.house.claim(f"the next sale of {LANE} pays the {debt} first", holds=after.debt == NOTHING)


async def bank_returned_payout(stage: Stage) -> None:
    """What a bank sends back is the seller's, and no second transfer is made for it."""
    await _two_shops(stage)
    await stage.buy("Anna", {"Big Bowl": 1})
    await stage.ship(CLAY, "Anna")
    await stage.receive("Anna", CLAY)
    await stage.run_payouts()
    paid = (await stage.balance(CLAY)).paid
    await stage.bank_returns(CLAY)
    returned = await stage.payout(CLAY)
    stage.house.claim(
        "the payout is returned, and nothing counts as paid", holds=returned.state is PayoutState.RETURNED
    )
    stage.house.claim("the money is still the seller's", holds=(await stage.balance(CLAY)).paid == NOTHING)
    await stage.retry_payout(CLAY)
    again = await stage.payout(CLAY)
    stage.house.claim(
        f"the same payout of {paid} is paid by its second attempt",
        holds=again.payout_id == returned.payout_id and again.state is PayoutState.PAID,
    )
    stage.house.claim(f"{CLAY} has it once", holds=(await stage.balance(CLAY)).paid == paid)


async def dispute_lost_after_payout(stage: Stage) -> None:
    """The bank takes money that the seller has already: commission goes back, the rest is the seller's debt."""
    cup, _ = await _two_shops(stage)
    await stage.buy("Anna", {"Blue Cup": 4, "Strings": 1})
    await stage.shop_gives_back(CLAY, "Anna", cup)
    for shop in (CLAY, LANE):
        await stage.ship(shop, "Anna")
        await stage.receive("Anna", shop)
    await stage.run_payouts()
    before = await stage.balance(LANE)
    amount = cup + cup // 3
    await stage.dispute("Anna", CLAY, amount)
    await stage.decide("Anna", won=False)
    clay = await stage.balance(CLAY)
    stage.house.claim(f"{CLAY} owes less than was disputed", holds=NOTHING < clay.debt < Money(amount, CURRENCY))
    stage.house.claim(f"{LANE} has nothing to do with it", holds=await stage.balance(LANE) == before)
    await stage.buyer("Ben")
    await stage.buy("Ben", {"Big Bowl": 2})
    await stage.ship(CLAY, "Ben")
    await stage.receive("Ben", CLAY)
    stage.house.claim("the next sale pays the debt first", holds=(await stage.balance(CLAY)).debt == NOTHING)


async def seller_goes_silent(stage: Stage) -> None:
    """Nobody sends anything and nobody answers; the buyer gets the money back all the same, twice by the clock."""
    cup, _ = await _two_shops(stage)
    await stage.buy("Anna", {"Blue Cup": 3, "Strings": 1})
    await stage.ship(LANE, "Anna")
    await stage.receive("Anna", LANE)
    await stage.days(5, f"Five days pass. Nothing comes from {CLAY}.")
    await stage.ask_back("Anna", CLAY, cup, "Nothing has come, and I need one cup less.")
    held = (await stage.balance(CLAY)).held
    await stage.days(6, "Six days pass without an answer.")
    stage.house.claim("nothing was decided yet", holds=(await stage.balance(CLAY)).held == held)
    await stage.days(2, f"On the seventh day the marketplace decides for Anna, since {CLAY} has not.")
    left = (await stage.balance(CLAY)).held
    stage.house.claim("Anna got it back out of held money", holds=held - left == Money(cup, CURRENCY))
    await stage.days(2, f"Two weeks after the order {CLAY} has still sent nothing: its part is called off.")
    part = await stage.part("Anna", CLAY)
    stage.house.claim("the part is cancelled", holds=part.state is SellerOrderState.CANCELLED)
    stage.house.claim("all that was left of it went back to Anna", holds=(await stage.balance(CLAY)).held == NOTHING)
    stage.house.claim(f"{LANE} is paid as if nothing had happened", holds=bool((await stage.balance(LANE)).paid))


async def webhooks_lost(stage: Stage) -> None:
    """Not one message of the provider arrives. The marketplace asks by itself, and ends where it would have ended."""
    await _two_shops(stage)
    await stage.house.script("webhooks", behaviour="lose")
    await stage.house.tell("From now on every message of the payment provider is lost.")
    await stage.buy("Anna", {"Blue Cup": 2, "Strings": 1})
    waits = (await stage.order("Anna")).state
    stage.house.claim("the order still waits for its money", holds=waits is OrderState.PENDING_PAYMENT)
    await stage.minutes(16, "A quarter of an hour passes; before the order expires, the provider is asked.")
    paid = (await stage.order("Anna")).state
    stage.house.claim("the order is confirmed, not expired", holds=paid is OrderState.CONFIRMED)
    for shop in (CLAY, LANE):
        await stage.ship(shop, "Anna")
        await stage.receive("Anna", shop)
    await stage.run_payouts()
    await stage.days(1, "A day passes; the payouts are looked at by the clock.")
    states = [(await stage.payout(shop)).state for shop in (CLAY, LANE)]
    stage.house.claim("both payouts are known to have arrived", holds=states == [PayoutState.PAID] * 2)


async def price_changed(stage: Stage) -> None:
    """A buyer pays what they agreed to, or is asked again; an order keeps its prices."""
    cup, _ = await _two_shops(stage)
    stale = await stage.quote("Anna", {"Blue Cup": 2, "Strings": 1})
    await stage.house.tell(f"Anna asks what her cart costs: {stale.total}.")
    dearer = cup + stage.chance.randrange(1, 300)
    await stage.change_price(CLAY, "Blue Cup", dearer)
    stage.house.claim("the old quote is refused", holds=not await stage.place("Anna", stale))
    fresh = await stage.quote("Anna", {})
    await stage.house.tell(f"Anna is shown the new price: {fresh.total}.")
    difference = fresh.total - stale.total
    stage.house.claim(f"it is {difference} more", holds=difference == Money(2 * (dearer - cup), CURRENCY))
    taken = await stage.place("Anna", fresh)
    await stage.change_price(CLAY, "Blue Cup", 2 * dearer)
    await stage.pay("Anna")
    order = await stage.order("Anna")
    stage.house.claim("she pays what she agreed to", holds=taken and order.total == fresh.total)
    held = (await stage.balance(CLAY)).held + (await stage.balance(LANE)).held
    stage.house.claim("and exactly that is held", holds=held == fresh.total)


SCENES: Final[Mapping[str, Scene]] = {
    "refund-across-sellers": Scene("A refund over two shops, one of them paid out", refund_across_sellers),
    "bank-returned-payout": Scene("A bank sends a payout back", bank_returned_payout),
    "dispute-lost-after-payout": Scene("A card dispute is lost after the payout", dispute_lost_after_payout),
    "seller-goes-silent": Scene("A seller sends nothing and answers nothing", seller_goes_silent),
    "webhooks-lost": Scene("Every message of the payment provider is lost", webhooks_lost),
    "price-changed": Scene("A price changes between the quote and the order", price_changed),
}
"""By name."""
