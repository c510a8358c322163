"""What a driver sees, and what it is told in more than a few words."""

from attrs import frozen


@frozen(kw_only=True)
class CartSeen:
    """A cart as its buyer sees it; amounts in minor units by shop name."""

    subtotals: dict[str, int]
    total_minor: int
    price_changes: dict[str, tuple[int, int]]
    """Product title → (price when added, price now), for lines whose price changed."""


@frozen(kw_only=True)
class PartSeen:
    """One seller's part of an order."""

    seller: str
    state: str
    total_minor: int


@frozen(kw_only=True)
class OrderSeen:
    """An order as its buyer sees it."""

    state: str
    total_minor: int
    parts: tuple[PartSeen, ...]


@frozen(kw_only=True)
class BalanceSeen:
    """A seller's money in minor units."""

    held_minor: int
    payable_minor: int
    paid_out_minor: int
    reserve_minor: int
    owed_minor: int
    """What the seller owes the marketplace."""


@frozen(kw_only=True)
class RefundSeen:
    """A refund as its buyer sees it. ``note`` says why it was rejected."""

    state: str
    amount_minor: int
    note: str | None


@frozen(kw_only=True)
class ImportSeen:
    """What an import did, or would do."""

    products_created: int
    variants_created: int
    products_changed: int
    products_unchanged: int
    errors: tuple[tuple[int, str], ...]
    """(line of the file, reason) of every row in error."""


@frozen(kw_only=True)
class VideoSeen:
    """A video as its seller sees it."""

    state: str
    reason_code: str | None
    renditions: int
    has_poster: bool
    has_storyboard: bool


@frozen(kw_only=True)
class VoucherWish:
    """A voucher of a shop, or without one of the marketplace; ``minutes`` is for how long, None for good."""

    code: str
    shop: str | None = None
    currency: str = "EUR"
    percent_bps: int | None = None
    amount_minor: int | None = None
    minimum_minor: int = 0
    uses_max: int | None = None
    uses_per_buyer_max: int | None = None
    minutes: int | None = None


@frozen(kw_only=True)
class LiquiditySeen:
    """How much the balance at the provider is short of what is owed to others, and whether payouts stand still."""

    missing_minor: int
    stands_still: bool


@frozen(kw_only=True)
class DeliverySeen:
    """A line of a webhook's log; ``status`` is of the last answer, None before there was one."""

    event_id: str
    event_type: str
    state: str
    attempts: int
    status: int | None
