"""Payments, shares, holds with their releases, and the accounts of sellers."""

from typing import Final

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, PrimaryKeyConstraint, UniqueConstraint, text

from marketplace_adapters.sqlalchemy.types import Document, Instant, Number, Words, one_of, table
from marketplace_core.payments import AccountState, HoldState, PaymentState, Proof

STANDING: Final = (
    "held",
    "released",
    "refunded_held",
    "refunded_released",
    "disputed_held",
    "disputed_released",
    "lost_held",
    "lost_released",
)
"""The places where a share can be: in escrow, the seller's, and by where it came from: refunded, disputed, lost."""
_FROM_RELEASED: Final = tuple(place for place in STANDING if place.endswith("released"))


EXTRAS: Final = ("tax", "fee", "subsidy")
"""What a buyer pays beyond a share, and less."""


def minor(name: str) -> Column[int]:
    """Return a column of an amount that is never below zero; rows older than the column have nothing."""
    return Column(
        name, Number, CheckConstraint(f"{name} >= 0", name=f"{name}_not_negative"),
        nullable=False, server_default=text("0"),
    )  # fmt: skip


def _sum(what: str, places: tuple[str, ...]) -> str:
    return " + ".join(f"{place}_{what}_minor" for place in places)


def _not_negative(*columns: str) -> str:
    return " AND ".join(f"{column} >= 0" for column in columns)


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
    CheckConstraint(one_of("state", PaymentState), name="state_known"),
    CheckConstraint("amount_minor > 0", name="amount_positive"),
    CheckConstraint("captured_minor IS NULL OR captured_minor > 0", name="captured_positive"),
    CheckConstraint("fee_minor IS NULL OR (fee_minor >= 0 AND captured_minor IS NOT NULL)", name="fee_of_a_capture"),
    CheckConstraint(
        "(captured_minor IS NULL) = (captured_currency IS NULL) AND (captured_minor IS NULL) = (captured_at IS NULL)",
        name="capture_whole",
    ),
    # Paid means: all of it, in the right currency. More than that was reviewed, and the excess went back.
    CheckConstraint(
        "state <> 'captured' OR (captured_minor IS NOT NULL AND (captured_minor = amount_minor"
        " OR (captured_minor > amount_minor AND review_reason IS NOT NULL))"
        " AND captured_currency = currency)",
        name="captured_in_full",
    ),
    # What did not fit is given back, and its payment is over.
    CheckConstraint(
        "captured_minor IS NULL OR state IN ('captured', 'review')"
        " OR (state = 'cancelled' AND review_reason IS NOT NULL)",
        name="money_has_a_state",
    ),
    CheckConstraint("state <> 'review' OR review_reason IS NOT NULL", name="review_has_reason"),
)

shares = table(
    "payments_shares",
    Column("payment_id", Words, ForeignKey("payments_payments.payment_id"), nullable=False),
    Column("seller_order_id", Words, nullable=False, unique=True),
    Column("seller_id", Words, nullable=False),
    Column("items_minor", Number, nullable=False),
    Column("delivery_minor", Number, nullable=False),
    *(minor(f"{extra}_minor") for extra in EXTRAS),
    Column("tax_jurisdiction", Words, nullable=False, server_default=text("''")),
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
    *(Column(f"{place}_{what}_minor", Number, nullable=False) for place in STANDING for what in ("items", "delivery")),
    Column("charged_commission_minor", Number, nullable=False),
    Column("charged_vat_minor", Number, nullable=False),
    Column("version", Number, nullable=False),
    *(minor(f"{extra}_minor") for extra in EXTRAS),
    Column("tax_jurisdiction", Words, nullable=False, server_default=text("''")),
    *(minor(f"kept_{extra}_minor") for extra in EXTRAS),
    minor("fee_earned_minor"),
    Column("parcels", Document, nullable=False, server_default=text("'{}'")),
    CheckConstraint(one_of("state", HoldState), name="state_known"),
    CheckConstraint(f"proof IS NULL OR {one_of('proof', Proof)}", name="proof_known"),
    CheckConstraint("items_minor >= 0 AND delivery_minor >= 0", name="amounts_not_negative"),
    CheckConstraint(
        _not_negative(
            *(f"{place}_{what}_minor" for place in STANDING for what in ("items", "delivery")),
            "charged_commission_minor",
            "charged_vat_minor",
        ),
        name="standing_not_negative",
    ),
    # Every cent that was paid is in exactly one place, goods and delivery each; before that there is none.
    *(
        CheckConstraint(
            f"{_sum(what, STANDING)} = CASE WHEN state IN ('pending', 'void') THEN 0 ELSE {what}_minor END",
            name=f"{what}_are_whole" if what == "items" else f"{what}_is_whole",
        )
        for what in ("items", "delivery")
    ),
    # What has left escrow for the seller is the seller's, or went on from there.
    CheckConstraint(
        f"released_minor = {_sum('items', _FROM_RELEASED)} + {_sum('delivery', _FROM_RELEASED)}",
        name="released_is_accounted_for",
    ),
    CheckConstraint("charged_commission_minor + charged_vat_minor <= released_minor", name="charged_of_what_left"),
    CheckConstraint(
        "state NOT IN ('released', 'refunded', 'lost') OR held_items_minor + held_delivery_minor = 0",
        name="nothing_is_held_at_the_end",
    ),
    CheckConstraint(
        "state <> 'refunded' OR refunded_held_items_minor + refunded_held_delivery_minor > 0",
        name="refunded_out_of_escrow",
    ),
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
    CheckConstraint(one_of("state", AccountState), name="state_known"),
    CheckConstraint("state <> 'enabled' OR reference IS NOT NULL", name="enabled_is_known_there"),
)

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
    UniqueConstraint("seller_order_id", "number"),
    CheckConstraint(
        "commission_minor >= 0 AND vat_minor >= 0 AND reserve_minor >= 0 AND payable_minor >= 0"
        " AND released_minor = commission_minor + vat_minor + reserve_minor + payable_minor",
        name="divided_without_remainder",
    ),
)

EXTRA_DDL: Final[tuple[str, ...]] = ()
