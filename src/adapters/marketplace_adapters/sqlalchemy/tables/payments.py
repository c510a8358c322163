"""Payments, shares, holds, releases, seller accounts and payouts."""

from typing import Final

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, PrimaryKeyConstraint, UniqueConstraint, text

from marketplace_adapters.sqlalchemy.types import Document, Instant, Number, Words, table
from marketplace_core.payments import AccountState, HoldState, PaymentState, PayoutState, Proof


def _one_of(column: str, kind: type[HoldState | PaymentState | PayoutState | AccountState | Proof]) -> str:
    return f"{column} IN ({', '.join(repr(member.value) for member in kind)})"


payments = table(
    "payments_payments",
    Column("payment_id", Words, primary_key=True),
    Column("order_id", Words, nullable=False, unique=True),
    Column("buyer_id", Words, nullable=False),
    Column("provider", Words, nullable=False),
    Column("currency", Words, nullable=False),
    Column("amount_minor", Number, nullable=False),
    Column("state", Words, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("requested_at", Instant),
    Column("reference", Words),
    Column("client_secret", Words),
    Column("attempts", Number, nullable=False),
    Column("declined_attempts", Number, nullable=False),
    Column("failure_code", Words),
    Column("captured_minor", Number),
    Column("captured_currency", Words),
    Column("captured_at", Instant),
    Column("fee_minor", Number),
    Column("review_reason", Words),
    Column("version", Number, nullable=False),
    UniqueConstraint("provider", "reference"),
    CheckConstraint(_one_of("state", PaymentState), name="state_known"),
    CheckConstraint("amount_minor > 0", name="amount_positive"),
    CheckConstraint("captured_minor IS NULL OR captured_minor > 0", name="captured_positive"),
    CheckConstraint("fee_minor IS NULL OR (fee_minor >= 0 AND captured_minor IS NOT NULL)", name="fee_of_a_capture"),
    CheckConstraint(
        "(captured_minor IS NULL) = (captured_currency IS NULL) AND (captured_minor IS NULL) = (captured_at IS NULL)",
        name="capture_whole",
    ),
    # Paid means: all of it, in the right currency. Anything else is a review.
    CheckConstraint(
        "state <> 'captured' OR (captured_minor IS NOT NULL AND captured_minor = amount_minor"
        " AND captured_currency = currency)",
        name="captured_in_full",
    ),
    CheckConstraint("captured_minor IS NULL OR state IN ('captured', 'review')", name="money_has_a_state"),
    CheckConstraint("state <> 'review' OR review_reason IS NOT NULL", name="review_has_reason"),
)

shares = table(
    "payments_shares",
    Column("payment_id", Words, ForeignKey("payments_payments.payment_id"), nullable=False),
    Column("seller_order_id", Words, nullable=False, unique=True),
    Column("seller_id", Words, nullable=False),
    Column("items_minor", Number, nullable=False),
    Column("delivery_minor", Number, nullable=False),
    PrimaryKeyConstraint("payment_id", "seller_order_id"),
    CheckConstraint("items_minor >= 0 AND delivery_minor >= 0", name="amounts_not_negative"),
)

holds = table(
    "payments_holds",
    Column("seller_order_id", Words, primary_key=True),
    Column("payment_id", Words, ForeignKey("payments_payments.payment_id"), nullable=False),
    Column("order_id", Words, nullable=False),
    Column("seller_id", Words, nullable=False),
    Column("currency", Words, nullable=False),
    Column("items_minor", Number, nullable=False),
    Column("delivery_minor", Number, nullable=False),
    Column("released_minor", Number, nullable=False, server_default=text("0")),
    Column("terms", Document, nullable=False),
    Column("state", Words, nullable=False),
    Column("freezes", Document, nullable=False),
    Column("proof", Words),
    Column("delivered_at", Instant),
    Column("release_at", Instant),
    Column("held_at", Instant),
    Column("hold_deadline", Instant),
    Column("version", Number, nullable=False),
    CheckConstraint(_one_of("state", HoldState), name="state_known"),
    CheckConstraint(f"proof IS NULL OR {_one_of('proof', Proof)}", name="proof_known"),
    CheckConstraint("items_minor >= 0 AND delivery_minor >= 0", name="amounts_not_negative"),
    CheckConstraint(
        "released_minor >= 0 AND released_minor <= items_minor + delivery_minor", name="released_within_share"
    ),
    CheckConstraint("state <> 'released' OR released_minor = items_minor + delivery_minor", name="released_in_full"),
    CheckConstraint("state NOT IN ('pending', 'void') OR released_minor = 0", name="unpaid_releases_nothing"),
    CheckConstraint("state IN ('pending', 'void') OR hold_deadline IS NOT NULL", name="every_hold_has_a_deadline"),
    CheckConstraint("(state = 'frozen') = (freezes <> '[]')", name="frozen_for_a_reason"),
)
Index("ix_payments_holds_payment", holds.c.payment_id)
Index("ix_payments_holds_order", holds.c.order_id, holds.c.seller_order_id)
Index("ix_payments_holds_state", holds.c.state, holds.c.seller_order_id)
Index("ix_payments_holds_seller", holds.c.seller_id, holds.c.seller_order_id)

seller_accounts = table(
    "payments_seller_accounts",
    Column("seller_id", Words, primary_key=True),
    Column("currency", Words, nullable=False),
    Column("provider", Words, nullable=False),
    Column("state", Words, nullable=False),
    Column("reference", Words),
    Column("version", Number, nullable=False),
    UniqueConstraint("provider", "reference"),
    CheckConstraint(_one_of("state", AccountState), name="state_known"),
    CheckConstraint("state <> 'enabled' OR reference IS NOT NULL", name="enabled_is_known_there"),
)

payouts = table(
    "payments_payouts",
    Column("payout_id", Words, primary_key=True),
    Column("seller_id", Words, nullable=False),
    Column("provider", Words, nullable=False),
    Column("account", Words, nullable=False),
    Column("currency", Words, nullable=False),
    Column("amount_minor", Number, nullable=False),
    Column("state", Words, nullable=False),
    Column("attempt", Number, nullable=False),
    Column("assembled_at", Instant, nullable=False),
    Column("tried_at", Instant),
    Column("transfer_reference", Words),
    Column("bank_reference", Words),
    Column("failure_code", Words),
    Column("paid_at", Instant),
    Column("version", Number, nullable=False),
    UniqueConstraint("provider", "transfer_reference"),
    UniqueConstraint("provider", "bank_reference"),
    CheckConstraint(_one_of("state", PayoutState), name="state_known"),
    CheckConstraint("amount_minor > 0 AND attempt > 0", name="pays_something"),
    CheckConstraint("(state = 'paid') = (paid_at IS NOT NULL)", name="paid_at_a_time"),
    CheckConstraint("state NOT IN ('in_transit', 'paid') OR bank_reference IS NOT NULL", name="sent_is_known_there"),
    CheckConstraint("state <> 'cancelled' OR transfer_reference IS NULL", name="what_is_out_is_not_cancelled"),
)
Index("ix_payments_payouts_state", payouts.c.state, payouts.c.payout_id)
Index("ix_payments_payouts_seller", payouts.c.seller_id, payouts.c.payout_id)

releases = table(
    "payments_releases",
    Column("release_id", Words, primary_key=True),
    Column("seller_order_id", Words, ForeignKey("payments_holds.seller_order_id"), nullable=False),
    Column("number", Number, nullable=False),
    Column("seller_id", Words, nullable=False),
    Column("currency", Words, nullable=False),
    Column("released_minor", Number, nullable=False),
    Column("commission_minor", Number, nullable=False),
    Column("vat_minor", Number, nullable=False),
    Column("reserve_minor", Number, nullable=False),
    Column("payable_minor", Number, nullable=False),
    Column("released_at", Instant, nullable=False),
    # The claim: a release names the one living payout that pays it. There is no place to write a second one.
    Column("claimed_by", Words, ForeignKey("payments_payouts.payout_id")),
    UniqueConstraint("seller_order_id", "number"),
    CheckConstraint(
        "commission_minor >= 0 AND vat_minor >= 0 AND reserve_minor >= 0 AND payable_minor >= 0"
        " AND released_minor = commission_minor + vat_minor + reserve_minor + payable_minor",
        name="divided_without_remainder",
    ),
)
Index(
    "ix_payments_releases_unclaimed",
    releases.c.seller_id,
    releases.c.currency,
    releases.c.released_at,
    sqlite_where=text("claimed_by IS NULL AND payable_minor > 0"),
)
Index("ix_payments_releases_claimed_by", releases.c.claimed_by)

payout_items = table(
    "payments_payout_items",
    Column("payout_id", Words, ForeignKey("payments_payouts.payout_id"), nullable=False),
    Column("release_id", Words, ForeignKey("payments_releases.release_id"), nullable=False),
    Column("position", Number, nullable=False),
    Column("amount_minor", Number, nullable=False),
    PrimaryKeyConstraint("payout_id", "release_id"),
    CheckConstraint("amount_minor > 0", name="pays_something"),
)
Index("ix_payments_payout_items_release", payout_items.c.release_id)

EXTRA_DDL: Final[tuple[str, ...]] = ()
