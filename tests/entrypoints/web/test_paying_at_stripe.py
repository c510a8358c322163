"""The whole shop with Stripe: from the payment page to the seller's bank, and what the network takes, by its webhooks.

The adapter is opened by its settings, the SDK speaks HTTP with the stand-in, and its events come signed through our own
door, each twice and the newest first. In the end our books and the stand-in's hold the same money.
"""

import hashlib
import hmac
import json
import logging
from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import httpx
import pytest
import structlog
from attrs import define

from marketplace_core.identity import IdentifyUser
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.ids import OrderId, SellerOrderId
from marketplace_core.kernel.money import Money
from marketplace_core.orders import ConfirmReceipt, OrderState, OrderView, ShipSellerOrder, ViewOrder
from marketplace_core.payments import (
    AccountKind,
    AccountState,
    AuditBooks,
    DisputeState,
    ListDisputes,
    ListPayouts,
    ListRefunds,
    PayoutState,
    RefundState,
    RefundWish,
    RequestRefund,
    SweepPayouts,
    TrialBalance,
    ViewBalance,
    ViewEscrow,
)
from marketplace_entrypoints.composition.bootstrap import open_marketplace
from marketplace_entrypoints.composition.settings import Settings
from marketplace_entrypoints.http.app import create_app
from marketplace_entrypoints.http.routes import ROUTERS
from marketplace_entrypoints.web.app import create_pages
from marketplace_entrypoints.web.routes import PAGES
from tests.adapters.stripe.standin.app import KEY, PUBLISHABLE_KEY, StandIn
from tests.adapters.stripe.standin.basics import PLATFORM
from tests.adapters.stripe.standin.books import Books
from tests.adapters.stripe.standin.serving import served
from tests.entrypoints.cli.music_shop import ADA, ANN, opened_shop
from tests.entrypoints.web.paying import ordered
from tests.entrypoints.web.street import ADDRESS, Street

SECRET, CONNECT_SECRET = "whsec_platform", "whsec_connect"
WEBHOOKS: Final = "/v1/webhooks/stripe"
CARD: Final = "4242424242424242"


@define
class StreetAtStripe:
    """A street whose provider is the stand-in for Stripe, and its post."""

    street: Street
    standin: StandIn
    browser: httpx.AsyncClient
    delivered: int = 0

    @property
    def books(self) -> Books:
        """What the stand-in knows."""
        return self.standin.books

    async def deliver(self) -> set[str]:
        """Bring what Stripe tells, each twice and the newest first; return its words for it."""
        self.books.settle()
        news = self.books.events[self.delivered :]
        self.delivered = len(self.books.events)
        for event in (*reversed(news), *news):
            body = json.dumps(event).encode()
            secret = CONNECT_SECRET if "account" in event else SECRET
            stamp = self.books.now
            digest = hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
            headers = {"content-type": "application/json", "stripe-signature": f"t={stamp},v1={digest}"}
            answer = await self.street.visitor().client.post(WEBHOOKS, content=body, headers=headers)
            assert answer.status_code in {200, 202}, answer.text
        await self.street.settle()
        return {event["type"] for event in news}

    async def bought(self, number: int = 0) -> OrderView:
        """Have Ann order something and pay for it in her browser, which is all that we hear of it."""
        part = await ordered(self.street, number, card="")
        order = await self.order_of(part)
        assert order.payment is not None
        form = {
            "client_secret": order.payment.client_secret,
            "payment_method_data[type]": "card",
            "payment_method_data[card][number]": CARD,
        }
        path = f"/v1/payment_intents/{order.payment.provider_reference}/confirm"
        answer = await self.browser.post(path, data=form, headers={"Authorization": f"Bearer {PUBLISHABLE_KEY}"})
        assert answer.status_code == 200, answer.text
        return await self.order(order.order_id)

    async def order_of(self, part: SellerOrderId) -> OrderView:
        """Return the order of a part."""
        hold = await self.street.opened.market.ask(ViewEscrow(seller_order_id=part), by=SYSTEM)
        return await self.order(hold.order_id)

    async def order(self, order_id: OrderId) -> OrderView:
        """Look at an order with its buyer's eyes."""
        market = self.street.opened.market
        ann = await market.ask(IdentifyUser(user=ANN), by=SYSTEM)
        return await market.ask(ViewOrder(order_id=order_id), by=ann)

    async def received(self, part: SellerOrderId) -> None:
        """Have a parcel sent and its receipt confirmed."""
        market = self.street.opened.market
        ada, ann = [await market.ask(IdentifyUser(user=one), by=SYSTEM) for one in (ADA, ANN)]
        await market.execute(ShipSellerOrder(seller_order_id=part, carrier="Post", tracking="PX 1"), by=ada)
        await market.execute(ConfirmReceipt(seller_order_id=part), by=ann)
        await self.street.settle()


@pytest.fixture
async def stripes(tmp_path: Path) -> AsyncGenerator[StreetAtStripe]:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    standin = StandIn(books=Books(clock=lambda: datetime.now(UTC), enables_at_once=False, bank_seconds=3_600))
    async with served(standin.app()) as address, httpx.AsyncClient(base_url=address) as browser:
        own = {
            "api_key": KEY,
            "publishable_key": PUBLISHABLE_KEY,
            "webhook_secrets": f"whsec_older, {SECRET}",
            "connect_webhook_secrets": CONNECT_SECRET,
            "country": "FR",
            "url": address,
        }
        settings = Settings(
            data=tmp_path, base_url=ADDRESS, name="Passage", payment_provider="stripe", adapters={"stripe": own}
        )
        async with open_marketplace(settings) as opened:
            shop = await opened_shop(opened)
            app = create_app(opened, routers=ROUTERS, mounts=opened.mounts(), pages=create_pages(opened, PAGES))
            street = Street(opened, shop, app)
            yield StreetAtStripe(street, standin, browser)
            for client in street.visitors:
                await client.aclose()
    structlog.reset_defaults()


async def psp_minor(stripes: StreetAtStripe) -> int:
    """Return what our books say lies at Stripe, in cents."""
    trial = await stripes.street.opened.market.ask(TrialBalance(), by=SYSTEM)
    return sum(line.balance.amount_minor for line in trial.rows if line.kind is AccountKind.PSP)


async def test_the_payment_page_brings_stripes_element_and_lets_nobody_else_in(stripes: StreetAtStripe) -> None:
    part = await ordered(stripes.street, card="")
    order = await stripes.order_of(part)
    ann = await stripes.street.signed_in(ANN)

    page = await ann.see(f"/orders/{order.order_id}/payment")
    script = await ann.see("/stripe/payment-step.js")
    home = await ann.see("/")

    policy = dict(one.strip().split(" ", 1) for one in page.answer.headers["content-security-policy"].split(";"))
    assert order.payment is not None
    assert f'client-secret="{order.payment.client_secret}"' in page.html
    assert f'public-key="{PUBLISHABLE_KEY}"' in page.html
    assert 'src="/stripe/payment-step.js"' in page.html
    for directive in ("script-src", "frame-src", "connect-src"):
        assert "https://js.stripe.com" in policy[directive]
    assert "https://hooks.stripe.com" in policy["frame-src"]
    assert "https://api.stripe.com" in policy["connect-src"]
    assert "'unsafe-inline'" not in policy["script-src"]
    assert "stripe" not in home.answer.headers["content-security-policy"]
    assert script.answer.headers["content-type"].startswith("text/javascript")
    assert "https://js.stripe.com/" in script.html


async def test_from_the_payment_to_the_sellers_bank_and_back_through_a_dispute(stripes: StreetAtStripe) -> None:
    market, shop = stripes.street.opened.market, stripes.street.shop

    # The seller is not known to Stripe well enough; a buyer pays all the same.
    before = await market.ask(ViewBalance(seller_id=shop.seller_id), by=SYSTEM)
    bought = await stripes.bought()
    told_of_payment = await stripes.deliver()
    paid = await stripes.order(bought.order_id)

    # Stripe has asked the seller what it wanted to know; the parcel comes; the money goes to the bank.
    (account,) = stripes.books.accounts
    stripes.books.enable_account(account)
    await stripes.deliver()
    after = await market.ask(ViewBalance(seller_id=shop.seller_id), by=SYSTEM)
    await stripes.received(paid.seller_orders[0].seller_order_id)
    await market.execute(SweepPayouts(), by=SYSTEM)
    await stripes.street.settle()
    (payout,) = (await market.ask(ListPayouts(), by=SYSTEM)).items
    (bank_payout,) = stripes.books.payouts
    stripes.books.arrive(bank_payout)
    told_of_payout = await stripes.deliver()
    (arrived,) = (await market.ask(ListPayouts(), by=SYSTEM)).items

    # The bank of the buyer takes it all back.
    assert paid.payment is not None
    dispute = stripes.books.open_dispute(str(paid.payment.provider_reference), 1_000, warning=False)
    await stripes.deliver()
    (open_one,) = (await market.ask(ListDisputes(), by=SYSTEM)).items
    stripes.books.move_dispute(dispute, "lost")
    await stripes.deliver()
    (lost,) = (await market.ask(ListDisputes(), by=SYSTEM)).items

    assert before.account is AccountState.RESTRICTED
    assert after.account is AccountState.ENABLED
    assert bought.state is OrderState.PENDING_PAYMENT
    assert "payment_intent.succeeded" in told_of_payment
    assert paid.state is OrderState.CONFIRMED
    assert payout.state is PayoutState.IN_TRANSIT
    assert "payout.paid" in told_of_payout
    assert arrived.state is PayoutState.PAID
    (transfer,) = stripes.books.transfers.values()
    assert transfer["source_transaction"] in stripes.books.charges
    assert open_one.state is DisputeState.NEEDS_RESPONSE
    assert lost.state is DisputeState.LOST
    assert await market.ask(AuditBooks(), by=SYSTEM) == ()
    assert await psp_minor(stripes) == stripes.books.balance(PLATFORM, "eur")


async def test_a_refund_goes_and_comes_back(stripes: StreetAtStripe) -> None:
    market = stripes.street.opened.market
    bought = await stripes.bought(2)
    await stripes.deliver()
    part = bought.seller_orders[0].seller_order_id

    wish = RefundWish(seller_order_id=part, items_minor=500)
    await market.execute(RequestRefund(order_id=bought.order_id, reason="Chipped.", wishes=(wish,)), by=SYSTEM)
    await stripes.street.settle()
    (sent,) = (await market.ask(ListRefunds(), by=SYSTEM)).items
    await stripes.deliver()
    balance = await psp_minor(stripes)
    (reference,) = stripes.books.refunds
    stripes.books.fail_refund(reference, "expired_or_canceled_card")
    await stripes.deliver()
    (bounced,) = (await market.ask(ListRefunds(), by=SYSTEM)).items

    assert sent.amount == Money(500, "EUR")
    assert (sent.state, bounced.state) == (RefundState.SUCCEEDED, RefundState.BOUNCED)
    assert await psp_minor(stripes) == balance + 500 == stripes.books.balance(PLATFORM, "eur")
    assert await market.ask(AuditBooks(), by=SYSTEM) == ()


async def test_a_forged_message_is_refused_at_the_door(stripes: StreetAtStripe) -> None:
    client = stripes.street.visitor().client
    headers = {"content-type": "application/json", "stripe-signature": f"t={stripes.books.now},v1={'0' * 64}"}

    forged = await client.post(WEBHOOKS, content=b"{}", headers=headers)
    elsewhere = await client.post("/v1/webhooks/fakepay", content=b"{}", headers=headers)

    assert (forged.status_code, elsewhere.status_code) == (400, 404)
