"""Whose money it is: a foreign thing looks like a missing one."""

from collections.abc import Set

from marketplace_core.kernel.access import Actor, Role
from marketplace_core.kernel.ids import SellerId, UserId
from marketplace_core.kernel.machines import Who
from marketplace_core.payments.domain.errors import (
    ClaimNotFound,
    ClaimPhotoNotFound,
    DisputeNotFound,
    EscrowNotFound,
    PaymentNotFound,
    PayoutNotFound,
    RefundNotFound,
    SellerAccountNotFound,
)

_STAFF = frozenset({Role.OPERATOR, Role.SYSTEM})


def no_payment() -> PaymentNotFound:
    """Return the complaint about a missing or foreign payment."""
    return PaymentNotFound("There is no such payment.")


def no_escrow() -> EscrowNotFound:
    """Return the complaint about a missing or foreign hold."""
    return EscrowNotFound("There is no held payment for that seller order.")


def no_payout() -> PayoutNotFound:
    """Return the complaint about a missing or foreign payout."""
    return PayoutNotFound("There is no such payout.")


def no_seller_account() -> SellerAccountNotFound:
    """Return the complaint about a missing or foreign seller account."""
    return SellerAccountNotFound("There is no such seller account.")


def require_payer(by: Actor, buyer_id: UserId) -> None:
    """Raise ``PaymentNotFound`` unless it is the buyer's own payment, or an operator or the system asks."""
    if by.user_id != buyer_id and not by.roles & _STAFF:
        raise no_payment()


def no_refund() -> RefundNotFound:
    """Return the complaint about a missing or foreign refund."""
    return RefundNotFound("There is no such refund.")


def no_dispute() -> DisputeNotFound:
    """Return the complaint about a missing card dispute."""
    return DisputeNotFound("There is no such dispute.")


def no_claim() -> ClaimNotFound:
    """Return the complaint about a missing or foreign claim."""
    return ClaimNotFound("There is no such claim.")


def no_claim_photo() -> ClaimPhotoNotFound:
    """Return the complaint about a missing photo of a claim."""
    return ClaimPhotoNotFound("There is no such photo.")


def party_of(by: Actor, *, buyer_id: UserId, seller_ids: Set[SellerId]) -> Who:
    """Tell as what somebody acts on an order: the buyer first, then a shop of it, then an operator or the system.

    Raises ``PaymentNotFound`` for anybody else.
    """
    if by.user_id == buyer_id:
        return Who.BUYER
    if by.seller_id in seller_ids:
        return Who.SELLER
    if Role.OPERATOR in by.roles:
        return Who.OPERATOR
    if Role.SYSTEM in by.roles:
        return Who.SYSTEM
    raise no_payment()


def is_for_seller(by: Actor, seller_id: SellerId) -> bool:
    """Tell whether the actor may know of a shop's money."""
    return by.seller_id == seller_id or bool(by.roles & _STAFF)
