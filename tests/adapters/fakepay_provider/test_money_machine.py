"""Anything that may happen to money here, in any order: after every step the books balance, and the sums agree."""

import asyncio
import shutil
import tempfile
from collections import Counter
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

import httpx
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule

from marketplace_adapters.fakepay.provider.disputes import TRANSITIONS
from marketplace_adapters.fakepay.provider.institution import open_provider
from marketplace_adapters.fakepay.provider.payouts import FAILURE_CODES as PAYOUT_CODES
from marketplace_adapters.fakepay.provider.refunds import FAILURE_CODES as REFUND_CODES
from marketplace_adapters.fakepay.provider.terms import Terms
from tests.adapters.fakepay_provider.shop import (
    API_KEY,
    DISPUTED_AS_FRAUD,
    INQUIRY,
    LATE,
    REFUND_BOUNCES,
    REFUND_PENDING,
    SECRET,
    SUCCESS,
    TEST_SECRET,
    Clock,
    Shop,
    connect,
)

Answered = TypeVar("Answered")

AMOUNTS = st.integers(1, 3_000)
MAYBE_AMOUNTS = st.none() | AMOUNTS
CARDS = st.sampled_from([SUCCESS, SUCCESS, LATE, REFUND_PENDING, REFUND_BOUNCES, DISPUTED_AS_FRAUD, INQUIRY])
REFUND_STEPS = st.sampled_from(["settle", "fail", "bounce"])
PAYOUT_STEPS = st.sampled_from(["arrive", "fail", "return"])
CURRENCIES = st.sampled_from(["EUR", "EUR", "CZK"])
DISPUTE_STATUSES = sorted(TRANSITIONS)
REFUSALS = {400, 402, 404, 409, 422}


class Money(RuleBasedStateMachine):
    payments: Bundle[Any] = Bundle("payments")
    accounts: Bundle[Any] = Bundle("accounts")
    refunds: Bundle[Any] = Bundle("refunds")
    disputes: Bundle[Any] = Bundle("disputes")
    transfers: Bundle[Any] = Bundle("transfers")
    payouts: Bundle[Any] = Bundle("payouts")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.clock = Clock()
        self.loop = asyncio.new_event_loop()
        self.open()

    def open(self) -> None:
        provider = open_provider(
            self.folder / "books.sqlite",
            secrets=[SECRET],
            clock=self.clock,
            api_key=API_KEY,
            test_secret=TEST_SECRET,
            terms=Terms(bank_delay_seconds=60),
        )
        self.shop = Shop(provider, connect(provider), connect(provider, api_key=None))

    def teardown(self) -> None:
        self.run(self.shop.server.aclose())
        self.run(self.shop.browser.aclose())
        self.shop.provider.close()
        self.loop.close()
        shutil.rmtree(self.folder)

    def run(self, coroutine: Coroutine[Any, Any, Answered]) -> Answered:
        return self.loop.run_until_complete(coroutine)

    def told(self, coroutine: Coroutine[Any, Any, httpx.Response]) -> Any:
        """Return what was made, or nothing when it was refused; nothing else is an answer."""
        answer = self.run(coroutine)
        assert answer.is_success or answer.status_code in REFUSALS, answer.text
        return answer.json() if answer.is_success else None

    def one(self, coroutine: Coroutine[Any, Any, httpx.Response]) -> Any:
        made = self.told(coroutine)
        return multiple() if made is None else made

    @initialize(target=accounts)
    def begin(self) -> Any:
        for currency in ("EUR", "CZK"):
            self.adjust(None, 20_000, currency)
        return self.run(self.shop.new_account())

    @initialize(target=payments, card=CARDS)
    def begin_with_a_payment(self, card: str) -> Any:
        return self.run(self.shop.paid(10_000, card=card))

    @rule(target=payments, amount_minor=st.integers(1_000, 12_000), currency=CURRENCIES, card=CARDS)
    def pay(self, amount_minor: int, currency: str, card: str) -> Any:
        return self.run(self.shop.paid(amount_minor, currency=currency, card=card))

    @rule(target=refunds, payment=payments, amount_minor=MAYBE_AMOUNTS, steps=st.lists(REFUND_STEPS, max_size=2))
    def refund(self, payment: Any, amount_minor: int | None, steps: list[str]) -> Any:
        refund = self.one(self.shop.refund(payment, amount_minor))
        for step in steps if isinstance(refund, dict) else ():
            self.step_of_a_refund(refund, step, "declined")
        return refund

    @rule(refund=refunds, step=REFUND_STEPS, code=st.sampled_from(sorted(REFUND_CODES)))
    def step_of_a_refund(self, refund: Any, step: str, code: str) -> None:
        body = {} if step == "settle" else {"failure_code": code}
        self.told(self.shop.ask(f"/test/refunds/{refund['id']}/{step}", **body))

    @rule(
        target=disputes,
        payment=payments,
        amount_minor=MAYBE_AMOUNTS | st.integers(10_000, 14_000),
        inquiry=st.booleans(),
        steps=st.lists(st.sampled_from(DISPUTE_STATUSES), max_size=4),
    )
    def dispute(self, payment: Any, amount_minor: int | None, inquiry: bool, steps: list[str]) -> Any:
        body = {"payment": payment["id"], "amount_minor": amount_minor, "inquiry": inquiry}
        dispute = self.one(self.shop.ask("/test/disputes", **body))
        for status in steps if isinstance(dispute, dict) else ():
            self.step_of_a_dispute(dispute, status)
        return dispute

    @rule(dispute=disputes, status=st.sampled_from(DISPUTE_STATUSES))
    def step_of_a_dispute(self, dispute: Any, status: str) -> None:
        self.told(self.shop.ask(f"/test/disputes/{dispute['id']}/advance", status=status))

    @rule(dispute=disputes, word=st.sampled_from(["winning_evidence", "losing_evidence", "nothing new"]))
    def answer_a_dispute(self, dispute: Any, word: str) -> None:
        self.told(self.shop.post(f"/v1/disputes/{dispute['id']}/evidence", evidence={"uncategorized_text": word}))

    @rule(dispute=disputes)
    def give_up_a_dispute(self, dispute: Any) -> None:
        self.told(self.shop.post(f"/v1/disputes/{dispute['id']}/accept"))

    @rule(
        target=transfers, account=accounts, payment=payments, amount_minor=AMOUNTS, bound=st.booleans(),
        taken_back_minor=st.none() | AMOUNTS,
    )  # fmt: skip
    def transfer(self, account: Any, payment: Any, amount_minor: int, bound: bool, taken_back_minor: int | None) -> Any:
        source = {"source_payment": payment["id"]} if bound else {}
        transfer = self.one(self.shop.transfer(account, amount_minor, currency=payment["currency"], **source))
        if taken_back_minor is not None and isinstance(transfer, dict):
            self.reverse(transfer, taken_back_minor)
        return transfer

    @rule(transfer=transfers, amount_minor=MAYBE_AMOUNTS)
    def reverse(self, transfer: Any, amount_minor: int | None) -> None:
        self.told(self.shop.reverse(transfer, amount_minor))

    @rule(
        target=payouts, account=accounts, amount_minor=AMOUNTS, currency=CURRENCIES,
        steps=st.lists(PAYOUT_STEPS, max_size=2),
    )  # fmt: skip
    def pay_out(self, account: Any, amount_minor: int, currency: str, steps: list[str]) -> Any:
        self.adjust(account, amount_minor, currency)
        payout = self.one(self.shop.pay_out(account, amount_minor, currency=currency))
        for step in steps if isinstance(payout, dict) else ():
            self.step_of_a_payout(payout, step, "account_closed")
        return payout

    @rule(payout=payouts, step=PAYOUT_STEPS, code=st.sampled_from(sorted(PAYOUT_CODES)))
    def step_of_a_payout(self, payout: Any, step: str, code: str) -> None:
        body = {} if step == "arrive" else {"failure_code": code}
        self.told(self.shop.ask(f"/test/payouts/{payout['id']}/{step}", **body))

    @rule(account=accounts, step=st.sampled_from(["enable", "enable", "enable", "restrict", "reject"]))
    def step_of_an_account(self, account: Any, step: str) -> None:
        self.told(self.shop.ask(f"/test/accounts/{account['id']}/{step}"))

    @rule(account=st.none() | accounts, amount_minor=st.integers(-8_000, 8_000), currency=CURRENCIES)
    def adjust(self, account: Any, amount_minor: int, currency: str) -> None:
        whose = {} if account is None else {"account": account["id"]}
        self.told(self.shop.ask("/test/balance", amount_minor=amount_minor, currency=currency, **whose))

    @rule(available=st.sampled_from([0, 100]), refund=st.sampled_from([0, 20]), returned=st.booleans())
    def change_the_terms(self, available: int, refund: int, returned: bool) -> None:
        terms = {"available_delay_seconds": available, "refund_delay_seconds": refund, "dispute_fee_returned": returned}
        self.told(self.shop.ask("/test/settings", **terms))

    @rule(seconds=st.sampled_from([1, 30, 90, 8 * 24 * 3_600]))
    def let_time_pass(self, seconds: int) -> None:
        self.clock.move(seconds=seconds)

    @rule()
    def restart(self) -> None:
        self.shop.provider.close()
        keys = self.shop._keys
        self.open()
        self.shop._keys = keys

    @invariant()
    def the_books_are_sound(self) -> None:
        self.run(self.shop.assert_sound())

    @invariant()
    def every_balance_is_the_sum_of_its_transactions(self) -> None:
        sums: Counter[tuple[str, str]] = Counter()
        for one in self.run(self.shop.transactions()):
            assert one["net_minor"] == one["amount_minor"] - one["fee_minor"]
            sums[one["owner"], one["currency"]] += one["net_minor"]
        for owner in {owner for owner, _ in sums}:
            query = {} if owner == "platform" else {"account": owner}
            for told in self.run(self.shop.get("/v1/balance", **query))["balances"]:
                assert sums[owner, told["currency"]] == told["available_minor"] + told["pending_minor"]


TestMoney = Money.TestCase
TestMoney.settings = settings(
    max_examples=40, stateful_step_count=30, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
