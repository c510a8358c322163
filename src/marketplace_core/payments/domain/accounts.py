"""The chart of accounts: one set per currency (money design 4.1).

An account is named by its kind, whom or what it is about, and its currency: ``escrow:sor_…:EUR``. What an account may
never do is data here and a refusal in every ledger: an escrow account never pays out more than came in.
"""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final

from attrs import field, frozen

from marketplace_core.kernel.ids import DisputeId, OrderId, PaymentId, PayoutId, RefundId, SellerId, SellerOrderId


class AccountType(Enum):
    """On which side an account grows: assets and expenses by debits, liabilities and income by credits."""

    ASSET = "asset"
    LIABILITY = "liability"
    INCOME = "income"
    EXPENSE = "expense"

    @property
    def grows_by_debit(self) -> bool:
        """Tell whether a debit adds to it."""
        return self in {AccountType.ASSET, AccountType.EXPENSE}


class BalanceRule(Enum):
    """Which side may never outweigh the other."""

    CREDIT_NONNEG = "credit_nonneg"
    DEBIT_NONNEG = "debit_nonneg"
    FREE = "free"


class AccountKind(Enum):
    """What an account means; the value is the first part of its code."""

    PSP = "psp"
    WALLET = "wallet"
    DISPUTE_RECEIVABLE = "dispute_receivable"
    SELLER_RECEIVABLE = "seller_receivable"
    ESCROW = "escrow"
    ESCROW_DISPUTED = "escrow_disputed"
    SELLER_PAYABLE = "seller_payable"
    SELLER_RESERVE = "seller_reserve"
    SELLER_DISPUTE_HOLD = "seller_dispute_hold"
    PAYOUT_CLEARING = "payout_clearing"
    REFUND_PAYABLE = "refund_payable"
    BUYER_UNCLAIMED = "buyer_unclaimed"
    TAX_PAYABLE = "tax_payable"
    FEE_DEFERRED = "fee_deferred"
    SUSPENSE = "suspense"
    COMMISSION_REVENUE = "commission_revenue"
    FEE_REVENUE = "fee_revenue"
    PSP_FEES = "psp_fees"
    DISPUTE_FEES = "dispute_fees"
    DISPUTE_LOSSES = "dispute_losses"
    PROMO_SUBSIDY = "promo_subsidy"
    GOODWILL = "goodwill"
    BAD_DEBT = "bad_debt"


@frozen
class Heading:
    """What holds for every account of a kind.

    ``materialised`` accounts carry their balance on their row, where a rule can guard it; the platform's own accounts,
    which every sale touches, do not, because one hot row would serialise all sales (reliability design, L3).
    """

    type: AccountType
    rule: BalanceRule
    meaning: str

    @property
    def materialised(self) -> bool:
        """Tell whether the balance stands on the row; exactly the guarded ones do."""
        return self.rule is not BalanceRule.FREE


CHART: Final[Mapping[AccountKind, Heading]] = MappingProxyType({
    AccountKind.PSP: Heading(AccountType.ASSET, BalanceRule.FREE, "our balance at a payment provider"),
    AccountKind.WALLET: Heading(AccountType.ASSET, BalanceRule.DEBIT_NONNEG, "in a seller's account, still ours"),
    AccountKind.DISPUTE_RECEIVABLE: Heading(AccountType.ASSET, BalanceRule.DEBIT_NONNEG, "withdrawn by the network"),
    AccountKind.SELLER_RECEIVABLE: Heading(AccountType.ASSET, BalanceRule.DEBIT_NONNEG, "what a seller owes us"),
    AccountKind.ESCROW: Heading(AccountType.LIABILITY, BalanceRule.CREDIT_NONNEG, "held for buyer or seller"),
    AccountKind.ESCROW_DISPUTED: Heading(AccountType.LIABILITY, BalanceRule.CREDIT_NONNEG, "escrow in a card dispute"),
    AccountKind.SELLER_PAYABLE: Heading(AccountType.LIABILITY, BalanceRule.CREDIT_NONNEG, "released, in no payout yet"),
    AccountKind.SELLER_RESERVE: Heading(AccountType.LIABILITY, BalanceRule.CREDIT_NONNEG, "a seller's rolling reserve"),
    AccountKind.SELLER_DISPUTE_HOLD: Heading(AccountType.LIABILITY, BalanceRule.CREDIT_NONNEG, "parked in a dispute"),
    AccountKind.PAYOUT_CLEARING: Heading(AccountType.LIABILITY, BalanceRule.CREDIT_NONNEG, "claimed by a live payout"),
    AccountKind.REFUND_PAYABLE: Heading(AccountType.LIABILITY, BalanceRule.CREDIT_NONNEG, "owed to a buyer"),
    AccountKind.BUYER_UNCLAIMED: Heading(AccountType.LIABILITY, BalanceRule.CREDIT_NONNEG, "a refund that bounced"),
    AccountKind.TAX_PAYABLE: Heading(AccountType.LIABILITY, BalanceRule.FREE, "tax that the platform remits"),
    AccountKind.FEE_DEFERRED: Heading(AccountType.LIABILITY, BalanceRule.CREDIT_NONNEG, "buyer fee of an open order"),
    AccountKind.SUSPENSE: Heading(AccountType.LIABILITY, BalanceRule.CREDIT_NONNEG, "late or mismatched captures"),
    AccountKind.COMMISSION_REVENUE: Heading(AccountType.INCOME, BalanceRule.FREE, "commission earned"),
    AccountKind.FEE_REVENUE: Heading(AccountType.INCOME, BalanceRule.FREE, "buyer fees earned"),
    AccountKind.PSP_FEES: Heading(AccountType.EXPENSE, BalanceRule.FREE, "what providers charge us"),
    AccountKind.DISPUTE_FEES: Heading(AccountType.EXPENSE, BalanceRule.FREE, "what disputes cost"),
    AccountKind.DISPUTE_LOSSES: Heading(AccountType.EXPENSE, BalanceRule.FREE, "disputes that we bear"),
    AccountKind.PROMO_SUBSIDY: Heading(AccountType.EXPENSE, BalanceRule.FREE, "discounts that we fund"),
    AccountKind.GOODWILL: Heading(AccountType.EXPENSE, BalanceRule.FREE, "refunds that we fund"),
    AccountKind.BAD_DEBT: Heading(AccountType.EXPENSE, BalanceRule.FREE, "what sellers never paid back"),
})  # fmt: skip


@frozen(kw_only=True)
class Account:
    """One account of the books. ``subject`` is what it is about; empty for the platform's own."""

    kind: AccountKind
    subject: str = ""
    currency: str = field()

    @property
    def code(self) -> str:
        """Return the account's name in the books, unique in all of them."""
        return ":".join(part for part in (self.kind.value, self.subject, self.currency) if part)

    @property
    def heading(self) -> Heading:
        """Return what holds for its kind."""
        return CHART[self.kind]


def psp(provider: str, currency: str) -> Account:
    """Return our balance at a payment provider."""
    return Account(kind=AccountKind.PSP, subject=provider, currency=currency)


def psp_fees(currency: str) -> Account:
    """Return what payment providers charge us."""
    return Account(kind=AccountKind.PSP_FEES, currency=currency)


def escrow(seller_order_id: SellerOrderId, currency: str) -> Account:
    """Return the escrow of one seller's part of an order."""
    return Account(kind=AccountKind.ESCROW, subject=seller_order_id, currency=currency)


def suspense(payment_id: PaymentId, currency: str) -> Account:
    """Return where a payment's money waits that does not fit."""
    return Account(kind=AccountKind.SUSPENSE, subject=payment_id, currency=currency)


def commission_revenue(currency: str) -> Account:
    """Return the commission earned."""
    return Account(kind=AccountKind.COMMISSION_REVENUE, currency=currency)


def tax_payable(jurisdiction: str, currency: str) -> Account:
    """Return the tax owed to one jurisdiction."""
    return Account(kind=AccountKind.TAX_PAYABLE, subject=jurisdiction, currency=currency)


def fee_deferred(order_id: OrderId, currency: str) -> Account:
    """Return the buyer's fee of an order that is not closed yet."""
    return Account(kind=AccountKind.FEE_DEFERRED, subject=order_id, currency=currency)


def fee_revenue(currency: str) -> Account:
    """Return the buyers' fees earned."""
    return Account(kind=AccountKind.FEE_REVENUE, currency=currency)


def promo_subsidy(currency: str) -> Account:
    """Return the discounts that the platform bears."""
    return Account(kind=AccountKind.PROMO_SUBSIDY, currency=currency)


def seller_reserve(seller_id: SellerId, currency: str) -> Account:
    """Return a seller's rolling reserve."""
    return Account(kind=AccountKind.SELLER_RESERVE, subject=seller_id, currency=currency)


def seller_payable(seller_id: SellerId, currency: str) -> Account:
    """Return what was released to a seller and is in no payout yet."""
    return Account(kind=AccountKind.SELLER_PAYABLE, subject=seller_id, currency=currency)


def payout_clearing(payout_id: PayoutId, currency: str) -> Account:
    """Return what one payout has claimed."""
    return Account(kind=AccountKind.PAYOUT_CLEARING, subject=payout_id, currency=currency)


def wallet(seller_id: SellerId, currency: str) -> Account:
    """Return the money in a seller's connected account that we still control."""
    return Account(kind=AccountKind.WALLET, subject=seller_id, currency=currency)


def seller_receivable(seller_id: SellerId, currency: str) -> Account:
    """Return what a seller owes us."""
    return Account(kind=AccountKind.SELLER_RECEIVABLE, subject=seller_id, currency=currency)


def refund_payable(refund_id: RefundId, currency: str) -> Account:
    """Return what is owed to a buyer until the provider has sent it back."""
    return Account(kind=AccountKind.REFUND_PAYABLE, subject=refund_id, currency=currency)


def buyer_unclaimed(refund_id: RefundId, currency: str) -> Account:
    """Return what came back from the buyer's card and is still owed to them."""
    return Account(kind=AccountKind.BUYER_UNCLAIMED, subject=refund_id, currency=currency)


def goodwill(currency: str) -> Account:
    """Return the refunds that the platform bears."""
    return Account(kind=AccountKind.GOODWILL, currency=currency)


def dispute_receivable(dispute_id: DisputeId, currency: str) -> Account:
    """Return what a network has taken and may give back."""
    return Account(kind=AccountKind.DISPUTE_RECEIVABLE, subject=dispute_id, currency=currency)


def escrow_disputed(dispute_id: DisputeId, currency: str) -> Account:
    """Return the part of an escrow that a dispute has frozen."""
    return Account(kind=AccountKind.ESCROW_DISPUTED, subject=dispute_id, currency=currency)


def seller_dispute_hold(dispute_id: DisputeId, currency: str) -> Account:
    """Return what is set aside of a seller's money during a dispute."""
    return Account(kind=AccountKind.SELLER_DISPUTE_HOLD, subject=dispute_id, currency=currency)


def dispute_fees(currency: str) -> Account:
    """Return what disputes cost."""
    return Account(kind=AccountKind.DISPUTE_FEES, currency=currency)


def dispute_losses(currency: str) -> Account:
    """Return the disputes that the platform bears."""
    return Account(kind=AccountKind.DISPUTE_LOSSES, currency=currency)


def bad_debt(currency: str) -> Account:
    """Return what sellers never paid back."""
    return Account(kind=AccountKind.BAD_DEBT, currency=currency)
