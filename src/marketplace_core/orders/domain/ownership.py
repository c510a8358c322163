"""Whose orders are whose: somebody else's order does not exist for you."""

from marketplace_core.kernel.access import Actor, Permission, Role
from marketplace_core.kernel.ids import SellerId, UserId
from marketplace_core.kernel.machines import Who
from marketplace_core.orders.domain.errors import OrderNotFound, SellerOrderNotFound, VoucherNotFound
from marketplace_core.orders.domain.order import Order
from marketplace_core.orders.domain.seller_order import SellerOrder
from marketplace_core.orders.domain.voucher import Voucher


def sees_all(by: Actor) -> bool:
    """Tell whether every order is theirs to see: operators and the system."""
    return bool(by.roles & {Role.OPERATOR, Role.SYSTEM})


def is_buyer(buyer_id: UserId, by: Actor) -> bool:
    """Tell whether they bought it."""
    return by.user_id == buyer_id


def is_seller(seller_id: SellerId, by: Actor) -> bool:
    """Tell whether they act for the shop that sold it."""
    return by.seller_id == seller_id


def own_order(order: Order, by: Actor) -> Order:
    """Return the order if it is the actor's as a buyer, or anybody's for operators. Raises ``OrderNotFound``."""
    if is_buyer(order.buyer_id, by) or sees_all(by):
        return order
    raise OrderNotFound


def sold_by(seller_order: SellerOrder, by: Actor) -> Who:
    """Tell as what the actor may fulfil a seller order. Raises ``SellerOrderNotFound`` for strangers."""
    if is_seller(seller_order.seller_id, by):
        return Who.SELLER
    if sees_all(by):
        return Who.OPERATOR
    raise SellerOrderNotFound


def concerned(seller_order: SellerOrder, by: Actor) -> Who:
    """Tell as what the actor may call a seller order off. Raises ``SellerOrderNotFound`` for strangers."""
    return Who.BUYER if is_buyer(seller_order.buyer_id, by) else sold_by(seller_order, by)


def check_bought_by(seller_order: SellerOrder, by: Actor) -> None:
    """Pass if the actor bought it. Raises ``SellerOrderNotFound`` for everybody else."""
    if not is_buyer(seller_order.buyer_id, by):
        raise SellerOrderNotFound


def require_voucher_owner(seller_id: SellerId | None, by: Actor) -> None:
    """Pass for whose vouchers these are: a shop's are the shop's and operators', the platform's are operators'.

    Raises ``NotFound`` for another shop's, ``NotAllowed`` for the platform's.
    """
    if seller_id is None:
        by.require(Permission.OPERATOR)
    else:
        by.require_seller(seller_id)


def own_voucher(voucher: Voucher, by: Actor) -> Voucher:
    """Return the voucher if it is the actor's shop's, or anybody's for operators. Raises ``VoucherNotFound``."""
    if sees_all(by) or (voucher.seller_id is not None and is_seller(voucher.seller_id, by)):
        return voucher
    raise VoucherNotFound
