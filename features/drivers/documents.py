"""What JSON documents say, in the words of the features; HTTP and the command line answer with the same ones."""

from typing import Any

from features.drivers.seen import (
    BalanceSeen,
    CartSeen,
    DeliverySeen,
    ImportSeen,
    LiquiditySeen,
    OrderSeen,
    PartSeen,
    RefundSeen,
)


def cart_in(document: Any) -> CartSeen:
    """Read a cart."""
    changes = {
        line["title"]: (change["before"]["amount_minor"], change["now"]["amount_minor"])
        for group in document["groups"]
        for line in group["lines"]
        for change in line["changes"]
        if change["kind"] == "price_changed"
    }
    return CartSeen(
        subtotals={group["seller_name"]: group["subtotal"]["amount_minor"] for group in document["groups"]},
        total_minor=document["total"]["amount_minor"] if document["total"] else 0,
        price_changes=changes,
    )


def order_in(document: Any) -> OrderSeen:
    """Read an order."""
    return OrderSeen(
        state=document["state"],
        total_minor=document["total"]["amount_minor"],
        parts=tuple(
            PartSeen(seller=part["seller_name"], state=part["state"], total_minor=part["total"]["amount_minor"])
            for part in document["seller_orders"]
        ),
    )


def balance_in(document: Any) -> BalanceSeen:
    """Read a seller's money, all currencies together."""
    balances = document["balances"]
    return BalanceSeen(
        held_minor=sum(balance["held"]["amount_minor"] for balance in balances),
        payable_minor=sum(balance["payable"]["amount_minor"] for balance in balances),
        paid_out_minor=sum(balance["paid"]["amount_minor"] for balance in balances),
        reserve_minor=sum(balance["reserve"]["amount_minor"] for balance in balances),
        owed_minor=sum(balance["debt"]["amount_minor"] for balance in balances),
    )


def refunds_in(document: Any) -> list[RefundSeen]:
    """Read a page of refunds."""
    return [
        RefundSeen(state=one["state"], amount_minor=one["amount"]["amount_minor"], note=one["note"])
        for one in document["items"]
    ]


def import_in(document: Any) -> ImportSeen:
    """Read the report of an import."""
    created = [product for product in document["products"] if product["outcome"] == "created"]
    return ImportSeen(
        products_created=len(created),
        variants_created=sum(product["variants"] for product in created),
        products_changed=sum(product["outcome"] == "changed" for product in document["products"]),
        products_unchanged=sum(product["outcome"] == "unchanged" for product in document["products"]),
        errors=tuple((error["line"], error["reason"]) for error in document["errors"]),
    )


def liquidity_in(document: Any) -> LiquiditySeen:
    """Read what is missing at the provider."""
    missing_minor = sum(one["missing"]["amount_minor"] for one in document["covers"])
    return LiquiditySeen(missing_minor=missing_minor, stands_still=document["stands_still"])


def deliveries_in(document: Any) -> list[DeliverySeen]:
    """Read a page of a webhook's log."""
    return [
        DeliverySeen(
            event_id=one["event_id"],
            event_type=one["event_type"],
            state=one["state"],
            attempts=one["attempts"],
            status=one["status"],
        )
        for one in document["items"]
    ]
