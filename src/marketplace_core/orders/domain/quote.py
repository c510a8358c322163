"""What it would cost right now, and the proof that the buyer agreed to exactly that.

A quote is not stored. Its hash names the cart and the expiry in clear, followed by a SHA-256 over everything the buyer
agrees to: offers, quantities, unit prices, voucher, delivery, tax, fee, total, currency, policy version, expiry.
Placing the order computes the same hash again from the present state; any difference, a lower price included, needs a
new consent. The hash cannot tell old values, so the refusal's old prices are those the cart remembers having shown.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Final, TypeAlias

from attrs import frozen

from marketplace_core.kernel.errors import Json
from marketplace_core.kernel.ids import CartId, OfferId, SellerId, VoucherId
from marketplace_core.kernel.money import Money, total
from marketplace_core.orders.domain.delivery_terms import DeliveryTerms
from marketplace_core.orders.domain.discounting import UNTAXED, TaxOf, priced
from marketplace_core.orders.domain.errors import (
    CartEmpty,
    MalformedQuoteHash,
    NotAvailable,
    QuoteChanged,
    QuoteExpired,
)
from marketplace_core.orders.domain.lines import BasketLine, Demand, OfferOnSale, OpenBasket
from marketplace_core.orders.domain.policy import CheckoutPolicy
from marketplace_core.orders.domain.pricing import Pricing, Totals, totals_of
from marketplace_core.orders.domain.splitting import SellerGroup, split
from marketplace_core.orders.domain.voucher import Voucher

DeliveryBySeller: TypeAlias = Mapping[SellerId, DeliveryTerms]
"""The terms of the shops that have set their own; the others deliver on the marketplace's."""
ON_STANDARD_TERMS: Final[DeliveryBySeller] = MappingProxyType({})
OUT_OF_STOCK: Final = "out_of_stock"
NOT_OFFERED: Final = "not_offered"
_WRITTEN: Final = re.compile(r"(crt_[0-9A-Za-z]{1,40})\.([0-9]{9,11})\.[0-9a-f]{64}")


@frozen(kw_only=True)
class QuoteStamp:
    """What a quote hash says in clear."""

    cart_id: CartId
    expires_at: datetime

    @classmethod
    def read(cls, quote_hash: str) -> "QuoteStamp":
        """Read it. Raises ``MalformedQuoteHash``."""
        written = _WRITTEN.fullmatch(quote_hash)
        if written is None:
            raise MalformedQuoteHash("This is not the hash of a quote.")
        return cls(cart_id=CartId(written[1]), expires_at=datetime.fromtimestamp(int(written[2]), UTC))


@frozen(kw_only=True)
class Quote:
    """The price of a cart, seller by seller, until ``expires_at``; ``quote_hash`` is what the buyer sends back.

    ``voucher`` is the code that took something off, ``voucher_id`` its voucher.
    """

    cart_id: CartId
    groups: tuple[SellerGroup, ...]
    total: Money
    policy_version: str
    policy_number: int
    quote_hash: str
    expires_at: datetime
    voucher: str | None = None
    voucher_id: VoucherId | None = None

    @property
    def totals(self) -> Totals:
        """What the buyer pays, line by line."""
        return totals_of(self.groups, self.total.currency)

    @property
    def demand(self) -> tuple[Demand, ...]:
        """What must be held in stock, in ascending offer id, so that two checkouts never wait for each other."""
        wanted: dict[OfferId, int] = {}
        for line in (line for group in self.groups for line in group.lines):
            wanted[line.offer_id] = wanted.get(line.offer_id, 0) + line.quantity
        return tuple(Demand(offer_id=offer_id, quantity=wanted[offer_id]) for offer_id in sorted(wanted))


def quote(
    basket: OpenBasket,
    offers: Mapping[OfferId, OfferOnSale],
    policy: CheckoutPolicy,
    now: datetime,
    *,
    delivery: DeliveryBySeller = ON_STANDARD_TERMS,
    voucher: Voucher | None = None,
    tax_of: TaxOf = UNTAXED,
) -> Quote:
    """Say what the basket costs now.

    Raises ``CartEmpty``, ``NotAvailable`` for lines that cannot be bought, ``VoucherNotApplicable``,
    ``VoucherExhausted``.
    """
    lines = _buyable(basket, offers, short_of_stock_too=True)
    groups = priced(split(lines, delivery, policy.delivery), voucher, tax_of, policy, now)
    return _quoted(basket.cart_id, groups, voucher, policy, (now + policy.quote_lasts).replace(microsecond=0))


def agreed(
    quote_hash: str,
    basket: OpenBasket,
    offers: Mapping[OfferId, OfferOnSale],
    policy: CheckoutPolicy,
    now: datetime,
    *,
    delivery: DeliveryBySeller = ON_STANDARD_TERMS,
    voucher: Voucher | None = None,
    tax_of: TaxOf = UNTAXED,
) -> Quote:
    """Return the quote the buyer agreed to, if it still holds.

    Raises ``QuoteExpired``, ``CartEmpty``, ``NotAvailable``, ``VoucherNotApplicable``, ``VoucherExhausted``,
    ``QuoteChanged``. Whether there is enough stock is not decided here: only the hold itself can know.
    """
    stamp = QuoteStamp.read(quote_hash)
    lines = _buyable(basket, offers, short_of_stock_too=False)
    if now >= stamp.expires_at:
        raise QuoteExpired("This quote has expired; ask for a new one.", expired_at=stamp.expires_at.isoformat())
    groups = priced(split(lines, delivery, policy.delivery), voucher, tax_of, policy, now)
    present = _quoted(basket.cart_id, groups, voucher, policy, stamp.expires_at)
    if present.quote_hash != quote_hash:
        raise QuoteChanged(
            "What you would buy is not what you were quoted. Look at the new quote.",
            lines=[_old_and_new(wanted, offer) for wanted, offer in lines],
            total_minor=present.total.amount_minor,
            currency=present.total.currency,
            totals=_told(present.totals),
        )
    return present


def _buyable(
    basket: OpenBasket, offers: Mapping[OfferId, OfferOnSale], *, short_of_stock_too: bool
) -> list[tuple[BasketLine, OfferOnSale]]:
    lines: list[tuple[BasketLine, OfferOnSale]] = []
    refused: list[Json] = []
    for wanted in basket.lines:
        offer = offers.get(wanted.offer_id)
        if offer is None:
            refused.append({"offer_id": wanted.offer_id, "title": None, "reason": NOT_OFFERED})
        elif offer.obstacle is not None:
            refused.append({"offer_id": wanted.offer_id, "title": offer.title, "reason": offer.obstacle})
        elif short_of_stock_too and offer.available < wanted.quantity:
            refused.append(
                {
                    "offer_id": wanted.offer_id,
                    "title": offer.title,
                    "reason": OUT_OF_STOCK,
                    "available": offer.available,
                }
            )
        else:
            lines.append((wanted, offer))
    if not lines:
        raise CartEmpty("There is nothing in the cart that can be bought.", lines=refused)
    if refused:
        raise NotAvailable("Some of the cart cannot be bought now.", lines=refused)
    return lines


def _quoted(
    cart_id: CartId,
    groups: tuple[SellerGroup, ...],
    voucher: Voucher | None,
    policy: CheckoutPolicy,
    expires_at: datetime,
) -> Quote:
    whole = total([group.price for group in groups], groups[0].items.currency)
    stamped = f"{cart_id}.{int(expires_at.timestamp())}"
    contents = {
        "stamp": stamped,
        "policy": policy.version,
        "currency": whole.currency,
        "total": whole.amount_minor,
        "delivery": {group.seller_id: group.delivery.amount_minor for group in groups},
        "lines": sorted(
            [line.offer_id, line.quantity, line.unit_price.amount_minor] for group in groups for line in group.lines
        ),
        "voucher": voucher.code if voucher else None,
        "pricing": {group.seller_id: _stamped(group.pricing) for group in groups},
    }
    digest = hashlib.sha256(json.dumps(contents, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
    return Quote(
        cart_id=cart_id,
        groups=groups,
        total=whole,
        policy_version=policy.version,
        policy_number=policy.number,
        quote_hash=f"{stamped}.{digest}",
        expires_at=expires_at,
        voucher=voucher.code if voucher else None,
        voucher_id=voucher.voucher_id if voucher else None,
    )


def _stamped(pricing: Pricing) -> Json:
    tax = pricing.tax
    told: list[Json] = [pricing.discount_minor, pricing.subsidy_minor, pricing.fee_minor]
    return told + ([tax.jurisdiction, tax.rate_bps, tax.amount_minor, tax.remitted_by.value] if tax else [])


def _told(totals: Totals) -> Json:
    names = ("goods", "discount", "delivery", "tax", "fee", "total")
    return {f"{name}_minor": getattr(totals, name).amount_minor for name in names}


def _old_and_new(wanted: BasketLine, offer: OfferOnSale) -> Json:
    return {
        "offer_id": offer.offer_id,
        "title": offer.title,
        "quantity": wanted.quantity,
        "old_minor": wanted.unit_price_seen.amount_minor,
        "new_minor": offer.unit_price.amount_minor,
        "currency": offer.unit_price.currency,
    }
