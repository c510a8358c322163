"""What Stripe says happened: of every account, also when one has left us, and of what is ours alone."""

from marketplace_core.kernel.ids import PayoutId, SellerId
from marketplace_core.kernel.money import Money
from marketplace_core.payments.ports import ProviderNews, TransferRequest
from marketplace_core.testing.conformance.payment_provider import LATE
from tests.adapters.stripe.conftest import Stage
from tests.adapters.stripe.standin.basics import PLATFORM


def news_of(stage: Stage) -> ProviderNews:
    """Return the reader under test."""
    assert stage.ground.news is not None
    return stage.ground.news


async def returned_payouts(stage: Stage, *sellers: str) -> list[str]:
    """Have the bank of each send a payout back; return the names of their accounts."""
    await stage.ground.paid(amount_minor=100_000)
    accounts = []
    for number, seller in enumerate(sellers, 1):
        account = (await stage.ground.payouts.open_account(SellerId(seller), key=f"account:{seller}")).reference
        request = TransferRequest(payout_id=PayoutId(f"pyt_{number}"), account=account, amount=Money(5_000, "EUR"))
        await stage.ground.payouts.transfer(request, key=f"transfer:{number}")
        payout = await stage.ground.payouts.pay_out(request, key=f"payout:{number}")
        await stage.ground.levers.return_payout(payout)
        accounts.append(account)
    return accounts


async def test_an_account_that_has_left_us_does_not_hide_what_happened_to_the_others(stage: Stage) -> None:
    since = stage.ground.clock.now()
    first, _, _ = await returned_payouts(stage, "sel_1", "sel_2", "sel_3")
    stage.books.left.add(first)

    told = await news_of(stage).since(since)

    assert {one.reference for one in told} == {"pyt_2", "pyt_3"}


async def test_what_others_did_at_stripe_is_none_of_our_news(stage: Stage) -> None:
    since = stage.ground.clock.now()
    paid = await stage.ground.paid()
    stage.books.fail_refund(stage.books.create_refund({"payment_intent": paid.reference, "amount": "100"})["id"], "x")
    stage.books.move(PLATFORM, "adjustment", -40, {"currency": "eur"})
    stage.ground.clock.advance(LATE)

    assert await news_of(stage).since(since) == []
