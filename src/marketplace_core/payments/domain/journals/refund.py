"""What is booked for a refund: when it is owed, when it has gone, and when it did not happen (J06 to J11)."""

from marketplace_core.kernel.money import Money
from marketplace_core.payments.domain import accounts
from marketplace_core.payments.domain.accounts import Account
from marketplace_core.payments.domain.escrow import EscrowHold
from marketplace_core.payments.domain.journals.journal import Journal, JournalKind, moves
from marketplace_core.payments.domain.refund import Refund
from marketplace_core.payments.domain.refund_parts import RefundPart
from marketplace_core.payments.domain.waterfall import Sources


def refund_from_escrow(refund: Refund, part: RefundPart, hold: EscrowHold) -> Journal:
    """J06: what is still held of a seller order is owed to the buyer, with the extras unless J07 takes them."""
    currency = refund.amount.currency
    return Journal(
        kind=JournalKind.REFUND_FROM_ESCROW,
        source_type="refund",
        source_id=refund.refund_id,
        leg=part.seller_order_id,
        seller_order_id=part.seller_order_id,
        transfers=moves([
            (
                accounts.escrow(part.seller_order_id, currency),
                accounts.refund_payable(refund.refund_id, currency),
                Money(part.split.held.amount, currency),
            ),
            *(() if part.split.released.amount else _extras(refund, part, hold)),
        ]),
    )  # fmt: skip


def refund_after_release(refund: Refund, part: RefundPart, hold: EscrowHold) -> Journal:
    """J07: what the seller has already is owed to the buyer, borne as the waterfall says, with the extras."""
    currency = refund.amount.currency
    return Journal(
        kind=JournalKind.REFUND_AFTER_RELEASE,
        source_type="refund",
        source_id=refund.refund_id,
        leg=part.seller_order_id,
        seller_order_id=part.seller_order_id,
        transfers=moves([
            *(
                (bearer, accounts.refund_payable(refund.refund_id, currency), amount)
                for bearer, amount in _bearers(hold, part.sources)
            ),
            *(_extras(refund, part, hold) if part.split.released.amount else ()),
        ]),
    )  # fmt: skip


def refund_succeeded(refund: Refund) -> Journal:
    """J08: the provider has sent it."""
    currency = refund.amount.currency
    return Journal(
        kind=JournalKind.REFUND_SUCCEEDED,
        source_type="refund",
        source_id=refund.refund_id,
        transfers=moves([
            (
                accounts.refund_payable(refund.refund_id, currency),
                accounts.psp(refund.provider, currency),
                refund.amount,
            ),
        ]),
    )  # fmt: skip


def refund_failed(refund: Refund, part: RefundPart, hold: EscrowHold, back: Sources) -> Journal:
    """J09: no money left. Escrow is escrow again; ``back`` says who gets the rest, which is no mirror of J07."""
    currency = refund.amount.currency
    return Journal(
        kind=JournalKind.REFUND_FAILED,
        source_type="refund",
        source_id=refund.refund_id,
        leg=part.seller_order_id,
        seller_order_id=part.seller_order_id,
        transfers=moves([
            *((credit, debit, amount) for debit, credit, amount in reversed(_extras(refund, part, hold))),
            (
                accounts.refund_payable(refund.refund_id, currency),
                accounts.escrow(part.seller_order_id, currency),
                Money(part.split.held.amount, currency),
            ),
            *(
                (accounts.refund_payable(refund.refund_id, currency), bearer, amount)
                for bearer, amount in _bearers(hold, back)
            ),
        ]),
    )  # fmt: skip


def refund_bounced(refund: Refund) -> Journal:
    """J10: the provider has it back; it is still the buyer's."""
    currency = refund.amount.currency
    return Journal(
        kind=JournalKind.REFUND_BOUNCED,
        source_type="refund",
        source_id=refund.refund_id,
        transfers=moves([
            (
                accounts.psp(refund.provider, currency),
                accounts.buyer_unclaimed(refund.refund_id, currency),
                refund.amount,
            ),
        ]),
    )  # fmt: skip


def refund_settled(refund: Refund) -> Journal:
    """J11: it reached the buyer by other means, out of our balance; unclaimed since it bounced, or still owed."""
    currency = refund.amount.currency
    bounced = refund.reference is not None
    return Journal(
        kind=JournalKind.REFUND_SETTLED,
        source_type="refund",
        source_id=refund.refund_id,
        transfers=moves([
            (
                (accounts.buyer_unclaimed if bounced else accounts.refund_payable)(refund.refund_id, currency),
                accounts.psp(refund.provider, currency),
                refund.amount,
            ),
        ]),
    )  # fmt: skip


def _extras(refund: Refund, part: RefundPart, hold: EscrowHold) -> tuple[tuple[Account, Account, Money], ...]:
    """Tax and fee go back with a part; what the platform had paid of it comes back to the platform."""
    currency, extras = refund.amount.currency, part.extras
    owed = accounts.refund_payable(refund.refund_id, currency)
    return (
        (accounts.tax_payable(hold.tax_jurisdiction, currency), owed, Money(extras.tax, currency)),
        (accounts.fee_deferred(refund.order_id, currency), owed, Money(extras.fee, currency)),
        (owed, accounts.promo_subsidy(currency), Money(extras.subsidy, currency)),
    )


def _bearers(hold: EscrowHold, sources: Sources) -> tuple[tuple[Account, Money], ...]:
    currency, seller = hold.share.currency, hold.seller_id
    return tuple(
        (account, Money(minor, currency))
        for account, minor in (
            (accounts.commission_revenue(currency), sources.commission),
            (accounts.tax_payable(hold.terms.vat_jurisdiction, currency), sources.vat),
            (accounts.goodwill(currency), sources.platform),
            (accounts.seller_reserve(seller, currency), sources.reserve),
            (accounts.seller_payable(seller, currency), sources.payable),
            (accounts.seller_receivable(seller, currency), sources.debt),
        )
    )
