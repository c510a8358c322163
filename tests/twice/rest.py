"""What no feature tells of, told where everything comes twice. Run by ``test_twice``, not by itself."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest
from attrs import evolve

from features.drivers.core import CoreDriver
from features.drivers.core_door import OPERATOR
from features.drivers.driver import Refused
from features.drivers.names import PICTURE, email, password
from marketplace_core.catalog import ChangeProduct, RequestImageUpload, UnpublishProduct
from marketplace_core.identity import CloseShop, KeepShop, RefreshSession, ReinstateSeller, SignIn, SuspendSeller
from marketplace_core.inmemory.payment_provider import PLATFORM
from marketplace_core.kernel.access import ANONYMOUS, SYSTEM
from marketplace_core.kernel.deadlines import Deadline
from marketplace_core.kernel.ids import RefundId, SellerId
from marketplace_core.kernel.inbox import ProviderMessage
from marketplace_core.operations import ReportUndelivered
from marketplace_core.payments.debts import Means, SettleDebt
from marketplace_core.payments.domain.claim_parts import ClaimAnswer, ClaimKind
from marketplace_core.payments.usecases.answer_claim import AnswerClaim
from marketplace_core.payments.usecases.open_claim import OpenClaim
from marketplace_core.payments.usecases.reconcile_books import ReconcileBooks
from marketplace_core.payments.usecases.withdraw_claim import WithdrawClaim
from marketplace_core.testing.queues import give_up
from marketplace_core.video import ConfirmUpload, DeleteVideo, RequestUpload
from marketplace_core.webhooks import MakeEndpoint, SendTestEvent
from marketplace_core.webhooks.ports import Answer

BUYER, SHOP, THING = "Anna", "Clay and Co", "Cup"
DAY: Final = 24 * 60
GOOD_CARD: Final = "4242424242424242"


class Told(CoreDriver):
    """The core where everything comes twice, and a shop in it."""

    def open(self) -> None:
        """Have a shop that sells one thing, and a buyer."""
        self.open_shop(SHOP)
        self.approve_shop(SHOP)
        self.create_product(SHOP, THING, price_minor=2_500, stock=9)
        self.publish_product(SHOP, THING)
        self.register(BUYER)

    def order_one(self) -> None:
        """Order one."""
        self.add_to_cart(BUYER, THING, 1)
        self.place_order(BUYER)

    def sell(self) -> None:
        """Sell one."""
        self.order_one()
        self.pay(BUYER, GOOD_CARD)

    def bring(self) -> None:
        """Send it; the buyer has it."""
        self.ship(SHOP, BUYER, carrier="DHL", tracking="00340434")
        self.confirm_receipt(BUYER, SHOP)

    def owner(self) -> str:
        """Name the shop's owner."""
        return self._owners[SHOP]

    def fire(self, kind: str, subject: str) -> None:
        """Have a deadline come that is hard to arrive at."""
        deadline = Deadline(kind=kind, subject=subject, due_at=self._clock.now())
        self._run(self._opened.dispatcher.market.fire(deadline))

    def hear(self, subject: str, reference: str) -> None:
        """Have the provider say something."""
        message = ProviderMessage(
            provider="inmemory",
            message_id=f"by-hand-{subject}",
            type="told",
            subject=subject,
            reference=reference,
            raw=b"",
        )
        self._run(self._opened.dispatcher.market.reconcile(message))

    def days(self, number: float) -> None:
        """Let days go by, one by one."""
        for _ in range(int(number)):
            self.pass_time(minutes=DAY)


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Told]:
    opened = Told(tmp_path)
    opened.open()
    yield opened
    opened.close()


def test_people(told: Told) -> None:
    told.register(BUYER)
    first = told._do(SignIn(email=email(BUYER), password=password(BUYER)), ANONYMOUS)
    told._do(RefreshSession(refresh_token=first.refresh_token), ANONYMOUS)
    told.pass_time(minutes=5)
    with pytest.raises(Refused):
        told._do(RefreshSession(refresh_token=first.refresh_token), ANONYMOUS)
    told._settle()


def test_a_program_that_is_gone(told: Told) -> None:
    url = "https://clay.example/hooks"
    told._opened.webhook_sender.outcomes[url] = [Answer(status=410, text="gone")]
    endpoint_id = told._do(MakeEndpoint(seller_id=SellerId(told._seller(SHOP)), url=url), told._of(SHOP))
    told._do(SendTestEvent(endpoint_id=endpoint_id), told._of(SHOP))
    told._settle()


def test_shops_and_goods(told: Told) -> None:
    seller_id = told._seller(SHOP)
    by, product_id = told._of(SHOP), told._products[THING]
    told._do(ChangeProduct(product_id=product_id, title="Large cup"), by)
    told._do(RequestImageUpload(product_id=product_id, content_type="image/png", upload_bytes=len(PICTURE)), by)
    told.days(2)
    told._do(SuspendSeller(seller_id=seller_id), OPERATOR)
    told._do(ReinstateSeller(seller_id=seller_id), OPERATOR)
    told.fire("catalog.follow_seller", seller_id)
    told._do(UnpublishProduct(product_id=product_id), by)


def test_a_shop_that_closes(told: Told) -> None:
    seller_id, by = told._seller(SHOP), told._of(SHOP)
    told.sell()
    told.bring()
    for step in (CloseShop, KeepShop, CloseShop):
        told._do(step(seller_id=seller_id), by)
    told.days(16)
    told.fire("identity.finish_closing", seller_id)


def test_videos(told: Told) -> None:
    by, seller_id = told._of(SHOP), told._seller(SHOP)
    asked = [
        told._do(
            RequestUpload(
                seller_id=SellerId(seller_id),
                subject=f"product:{told._products[THING]}",
                filename="cup.mp4",
                content_type="video/mp4",
                upload_bytes=4,
            ),
            by,
        )
        for _ in range(2)
    ]
    told._run(told._opened.files.upload(asked[0].slot.url, b"clip", content_type="video/mp4"))
    told._do(ConfirmUpload(video_id=asked[0].video_id), by)
    told.hear("video", asked[0].video_id)
    told._do(DeleteVideo(video_id=asked[0].video_id), by)
    told.days(2)


def test_a_payment_that_was_never_asked_for(told: Told) -> None:
    told.order_one()
    told.fire("payments.request_payment", told._order(BUYER).payment_id)


def test_money_that_comes_too_late(told: Told) -> None:
    told.order_one()
    (payment,) = told._opened.provider.all_payments.values()
    told.days(1)
    told._opened.provider.succeed(payment)
    told.days(5)


def test_refunds_that_take_their_time(told: Told) -> None:
    provider = told._opened.provider
    told.sell()
    provider.terms = evolve(provider.terms, holds_refunds=True)
    told.give_back(SHOP, BUYER, items_minor=300)
    told.days(1)
    (refund,) = provider.refunds.values()
    provider.fail_refund(RefundId(refund.refund_id), "declined")
    told.days(1)
    provider.terms = evolve(provider.terms, holds_refunds=False)
    told.give_back(SHOP, BUYER, items_minor=200)
    told.days(1)
    *_, refund = provider.refunds.values()
    provider.fail_refund(RefundId(refund.refund_id), "account_closed")
    told.days(5)


def test_a_dispute_that_nobody_answers(told: Told) -> None:
    told.sell()
    (payment,) = told._opened.provider.all_payments.values()
    due = told._clock.now() + timedelta(days=7)
    told._opened.network.open(payment.reference, payment.amount, evidence_due=due)
    told.hear("disputed_payment", payment.reference)
    told.days(9)


def test_a_reserve_that_matures(told: Told) -> None:
    told.agree_terms(reserve_bps=1_000, fee_minor=0)
    told._has_category = False
    told.open()
    told.sell()
    told.bring()
    told.days(32)


def test_a_payout_that_comes_back_and_is_left_alone(told: Told) -> None:
    told.sell()
    told.bring()
    told.days(1)
    told.bank_returns_payout(SHOP)
    told.days(4)
    told.fire("payments.give_up_payout", told._newest_payout(SHOP).payout_id)


def test_an_order_that_is_closed(told: Told) -> None:
    told.sell()
    told.fire("orders.accept_by", told._part(BUYER, SHOP).seller_order_id)
    told.bring()
    told.days(30)
    told.fire("orders.close", told._orders[BUYER])


def test_a_refund_of_everything_that_comes_back(told: Told) -> None:
    told.sell()
    told.give_back_of_order(BUYER, amount_minor=told._order(BUYER).total.amount_minor)
    (refund,) = told._opened.provider.refunds.values()
    told._opened.provider.fail_refund(RefundId(refund.refund_id), "account_closed")
    told.days(1)


def test_a_part_is_called_off_and_its_refund_fails(told: Told) -> None:
    provider = told._opened.provider
    told.sell()
    provider.terms = evolve(provider.terms, holds_refunds=True)
    told.call_off(SHOP, BUYER, SHOP, note="Broken in the store.")
    (refund,) = provider.refunds.values()
    provider.fail_refund(RefundId(refund.refund_id), "declined")
    told.days(1)
    provider.terms = evolve(provider.terms, holds_refunds=False)
    told.days(2)


def test_a_hold_that_nobody_ends(told: Told) -> None:
    told.sell()
    told.ship(SHOP, BUYER, carrier="DHL", tracking="00340434")
    told.days(89)


def test_something_that_nobody_takes(told: Told) -> None:
    told.operators("Olga")
    inbox = told._opened.dispatcher.inbox
    message = ProviderMessage(
        provider="inmemory", message_id="nobody's", type="told", subject="payment", reference="pay_none", raw=b""
    )
    told._run(give_up(inbox, message, told._clock.now(), "ValueError: what"))
    told._run(told._opened.market.execute(ReportUndelivered(), by=SYSTEM))
    told.pass_time(minutes=1)


def test_books_that_differ(told: Told) -> None:
    told.operators("Olga")
    told.sell()
    told._opened.provider.balances[PLATFORM, "EUR"] += 7
    told._run(told._opened.market.execute(ReconcileBooks(), by=SYSTEM))
    told.pass_time(minutes=1)


def test_claims(told: Told) -> None:
    for answered in (True, False):
        told.sell()
        told.bring()
        part = told._part(BUYER, SHOP).seller_order_id
        command = OpenClaim(seller_order_id=part, kind=ClaimKind.DAMAGED, text="It is chipped.")
        claim_id = told._do(command, told._person(BUYER))
        if answered:
            answer = AnswerClaim(claim_id=claim_id, answer=ClaimAnswer.OFFER, text="Some of it?", items_minor=300)
            told._do(answer, told._of(SHOP))
            told._do(WithdrawClaim(claim_id=claim_id), told._person(BUYER))
        else:
            told.days(12)


def test_a_debt_that_is_not_paid(told: Told) -> None:
    told.sell()
    told.bring()
    told.days(1)
    payout_id = told._newest_payout(SHOP).payout_id
    told.register("Bert")
    told.add_to_cart("Bert", THING, 3)
    told.place_order("Bert")
    told.pay("Bert", GOOD_CARD)
    told.give_back(SHOP, BUYER, items_minor=2_500)
    command = SettleDebt(
        seller_id=told._seller(SHOP),
        currency="EUR",
        means=Means.REVERSAL,
        amount_minor=1_000,
        note="Agreed.",
        payout_id=payout_id,
    )
    told._do(command, OPERATOR)
    told.days(61)
