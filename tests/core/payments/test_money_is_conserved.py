"""Ten thousand baskets, from the card to the bank: nothing appears, nothing vanishes, nobody is overdrawn."""

import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace_core.kernel.ids import OrderId, PaymentId, PayoutId, SellerId, SellerOrderId
from marketplace_core.kernel.money import Money, allocate, portion
from marketplace_core.payments import (
    CHART,
    AccountKind,
    BalanceRule,
    BankNews,
    BankState,
    CommissionTerms,
    EscrowHold,
    Journal,
    MalformedTransfer,
    Payment,
    PaymentPolicy,
    PaymentState,
    Payout,
    PayoutItem,
    Proof,
    ProviderPayout,
    ProviderTransfer,
    Share,
    Transfer,
    release_id,
)
from marketplace_core.payments.domain import accounts, journals
from marketplace_core.testing.payments import ADA, BUYER, EUR, NOW, PROVIDER, euros, seen

BASKETS = 10_000


class Books:
    """Balances by account code, checked after every transfer."""

    def __init__(self) -> None:
        self.balances: defaultdict[str, int] = defaultdict(int)

    def post(self, journal: Journal) -> None:
        """Add a journal's transfers."""
        for transfer in journal.transfers:
            self._move(transfer.debit, transfer.amount.amount_minor)
            self._move(transfer.credit, -transfer.amount.amount_minor)

    def _move(self, account: accounts.Account, minor: int) -> None:
        self.balances[account.code] += minor
        balance, rule = self.balances[account.code], account.heading.rule
        assert rule is not BalanceRule.CREDIT_NONNEG or balance <= 0, account.code
        assert rule is not BalanceRule.DEBIT_NONNEG or balance >= 0, account.code


def a_basket(chance: random.Random) -> Payment:
    """Open a payment of 1 to 6 sellers with amounts of every size, among them nothing; discounts split by remainder."""
    sellers = chance.randint(1, 6)
    items = [chance.choice((0, 1, 7, 99, chance.randint(1, 500_000))) for _ in range(sellers)]
    items[0] = items[0] or 1
    delivery = allocate(chance.randint(0, 2_000), [1] * sellers)
    return Payment.open(
        payment_id=PaymentId("pay_1"),
        order_id=OrderId("ord_1"),
        buyer_id=BUYER,
        currency=EUR,
        provider=PROVIDER,
        shares=tuple(
            Share(
                seller_order_id=SellerOrderId(f"sor_{number}"),
                seller_id=SellerId(f"sel_{number}"),
                items=euros(items[number]),
                delivery=euros(delivery[number]),
            )
            for number in range(sellers)
        ),
        now=NOW,
    )


def live(payment: Payment, policy: PaymentPolicy, fee_minor: int) -> Iterator[Journal]:
    """Yield the journals of a payment's whole life: captured, released, paid out."""
    payment.observe(seen(payment, PaymentState.CAPTURED, fee=euros(fee_minor)), now=NOW)
    yield journals.payment_captured(payment)
    assert payment.fee is not None
    yield journals.provider_fee(payment, payment.fee)
    for share in payment.shares:
        hold = EscrowHold(
            seller_order_id=share.seller_order_id,
            payment_id=payment.payment_id,
            order_id=payment.order_id,
            seller_id=share.seller_id,
            items=share.items,
            delivery=share.delivery,
            terms=policy.terms(),
        )
        hold.hold(now=NOW, until=NOW + timedelta(days=83))
        hold.deliver(Proof.BUYER, delivered_at=NOW, policy=policy)
        release = hold.release(now=NOW)
        assert release.division.commission.amount_minor == portion(share.items.amount_minor, policy.commission_bps)
        assert release.division.released == share.amount
        yield journals.escrow_released(hold, release)
        if release.division.payable:
            yield from pay_out(hold, release.division.payable)


def pay_out(hold: EscrowHold, payable: Money) -> Iterator[Journal]:
    """Yield the journals of one release's way to the bank."""
    item = PayoutItem(
        entry_id=release_id(hold.seller_order_id, 1), seller_order_id=hold.seller_order_id, amount=payable
    )
    payout = Payout.assemble(
        payout_id=PayoutId(f"pyt_{hold.seller_id}"),
        seller_id=hold.seller_id,
        provider=PROVIDER,
        account="acct",
        items=(item,),
        now=NOW,
    )
    payout.approve()
    yield journals.payout_assembled(payout)
    payout.start(NOW)
    made = ProviderTransfer(reference="tr", payout_id=payout.payout_id, account="acct", amount=payable)
    assert payout.transferred(made)
    yield journals.transfer_succeeded(payout)
    told = ProviderPayout(reference="po", payout_id=payout.payout_id, state=BankState.PAID, amount=payable)
    payout.sent(told)
    assert payout.observe(told, now=NOW) is BankNews.PAID
    yield journals.payout_paid(payout)


@pytest.mark.slow
def test_ten_thousand_baskets_end_with_the_platform_holding_its_commission_and_the_tax() -> None:
    chance = random.Random(20_260_101)
    policy = PaymentPolicy()

    for _ in range(BASKETS):
        books, payment = Books(), a_basket(chance)
        fee_minor = chance.randint(0, 400)
        for journal in live(payment, policy, fee_minor):
            books.post(journal)

        commission = sum(portion(share.items.amount_minor, 1_000) for share in payment.shares)
        vat = sum(portion(portion(share.items.amount_minor, 1_000), 2_000) for share in payment.shares)
        left = {code: minor for code, minor in books.balances.items() if minor}
        expected = {
            f"psp:{PROVIDER}:EUR": commission + vat - fee_minor,
            "commission_revenue:EUR": -commission,
            "tax_payable:FR:EUR": -vat,
            "psp_fees:EUR": fee_minor,
        }
        assert left == {code: minor for code, minor in expected.items() if minor}
        assert sum(books.balances.values()) == 0


@given(
    base_minor=st.integers(0, 10**12),
    delivery_minor=st.integers(0, 10**6),
    commission_bps=st.integers(0, 10_000),
    vat_bps=st.integers(0, 10_000),
    reserve_bps=st.integers(0, 10_000),
    floor_minor=st.integers(0, 1_000),
    cap_minor=st.none() | st.integers(0, 10**6),
)
def test_no_terms_whatever_take_more_than_there_is(
    base_minor: int,
    delivery_minor: int,
    commission_bps: int,
    vat_bps: int,
    reserve_bps: int,
    floor_minor: int,
    cap_minor: int | None,
) -> None:
    terms = CommissionTerms(
        policy_version="any",
        commission_bps=commission_bps,
        vat_bps=vat_bps,
        reserve_bps=reserve_bps,
        floor_minor=floor_minor,
        cap_minor=cap_minor,
    )
    released = min(base_minor + delivery_minor, 10**12)

    parts = terms.divide(released=euros(released), charge=terms.owed(base_minor))

    amounts = [part.amount_minor for part in (parts.commission, parts.vat, parts.reserve, parts.payable)]
    assert sum(amounts) == released
    assert min(amounts) >= 0
    assert parts.commission.amount_minor + parts.vat.amount_minor <= base_minor


@pytest.mark.parametrize(
    ("base_minor", "commission_minor"), [(0, 0), (4, 0), (5, 0), (6, 1), (15, 2), (25, 2), (35, 4), (6_000, 600)]
)
def test_commission_is_rounded_half_to_even(base_minor: int, commission_minor: int) -> None:
    assert PaymentPolicy().terms().commission_minor(base_minor) == commission_minor


def test_what_is_given_back_after_partial_refunds_does_not_depend_on_the_path() -> None:
    terms, chance = PaymentPolicy().terms(), random.Random(3)

    for _ in range(1_000):
        base = chance.randint(1, 100_000)
        steps = sorted(chance.sample(range(base + 1), k=min(base, 4)), reverse=True)
        walked = [base, *steps, 0]
        returned = sum(
            terms.commission_minor(before) - terms.commission_minor(after) for before, after in pairwise(walked)
        )
        assert returned == terms.commission_minor(base)


@pytest.mark.parametrize("amount_minor", [0, -1])
def test_a_transfer_moves_something(amount_minor: int) -> None:
    with pytest.raises(MalformedTransfer):
        Transfer(accounts.psp(PROVIDER, EUR), accounts.psp_fees(EUR), euros(amount_minor))


def test_a_transfer_has_two_accounts_of_one_currency() -> None:
    with pytest.raises(MalformedTransfer):
        Transfer(accounts.psp_fees(EUR), accounts.psp_fees(EUR), euros(1))
    with pytest.raises(MalformedTransfer):
        Transfer(accounts.psp_fees("USD"), accounts.psp(PROVIDER, EUR), euros(1))
    with pytest.raises(MalformedTransfer):
        Transfer(accounts.psp_fees(EUR), accounts.psp(PROVIDER, EUR), Money(1, "USD"))


def test_what_belongs_to_somebody_else_is_guarded_and_the_platforms_own_accounts_are_not_hot_rows() -> None:
    guarded = {kind for kind, heading in CHART.items() if heading.materialised}

    assert {AccountKind.ESCROW, AccountKind.SELLER_PAYABLE, AccountKind.PAYOUT_CLEARING, AccountKind.WALLET} <= guarded
    assert guarded.isdisjoint({AccountKind.PSP, AccountKind.COMMISSION_REVENUE, AccountKind.PSP_FEES})
    assert accounts.wallet(ADA, EUR).heading.type.grows_by_debit
