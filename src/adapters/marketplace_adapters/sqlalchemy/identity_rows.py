"""Rows of identity to aggregates and back."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row

from marketplace_core.identity import EndReason, Seller, SellerStatus, TokenFamily, User
from marketplace_core.kernel.access import Role


def user_from(row: Row[Any]) -> User:
    """Return the account of a row of ``users``."""
    return User(
        user_id=row.user_id,
        email=row.email,
        name=row.name,
        locale=row.locale,
        password_hash=row.password_hash,
        long_password=row.long_password,
        registered_at=row.registered_at,
        guest=row.is_guest,
        roles=roles_from(row),
        session_version=row.session_version,
        version=row.version,
    )


def user_values(user: User) -> Mapping[str, Any]:
    """Return the columns of an account, key and version left out."""
    return {
        "email": user.email,
        "email_key": user.email_key,
        "name": user.name,
        "locale": user.locale,
        "password_hash": user.password_hash,
        "long_password": user.long_password,
        "is_guest": user.guest,
        "is_buyer": Role.BUYER in user.roles,
        "is_operator": Role.OPERATOR in user.roles,
        "session_version": user.session_version,
        "registered_at": user.registered_at,
    }


def roles_from(row: Row[Any]) -> frozenset[Role]:
    """Return the roles that an account itself holds."""
    held = ((Role.BUYER, row.is_buyer), (Role.OPERATOR, row.is_operator))
    return frozenset(role for role, holds in held if holds)


def seller_from(row: Row[Any]) -> Seller:
    """Return the shop of a row of ``sellers``."""
    return Seller(
        seller_id=row.seller_id,
        user_id=row.user_id,
        name=row.name,
        slug=row.slug,
        country=row.country,
        currency=row.currency,
        applied_at=row.applied_at,
        status=SellerStatus(row.status),
        status_reason=row.status_reason,
        version=row.version,
    )


def seller_values(seller: Seller) -> Mapping[str, Any]:
    """Return the columns of a shop, key and version left out."""
    return {
        "user_id": seller.user_id,
        "name": seller.name,
        "slug": seller.slug,
        "country": seller.country,
        "currency": seller.currency,
        "status": seller.status.value,
        "status_reason": seller.status_reason,
        "applied_at": seller.applied_at,
    }


def family_from(row: Row[Any]) -> TokenFamily:
    """Return the session of a row of ``token_families``."""
    return TokenFamily(
        family_id=row.family_id,
        user_id=row.user_id,
        session_version=row.session_version,
        device=row.device,
        opened_at=row.opened_at,
        expires_at=row.expires_at,
        last_used_at=row.last_used_at,
        token_hash=row.token_hash,
        sequence=row.sequence,
        rotated_at=row.rotated_at,
        ended_at=row.ended_at,
        end_reason=EndReason(row.end_reason) if row.end_reason else None,
        version=row.version,
    )


def family_values(family: TokenFamily) -> Mapping[str, Any]:
    """Return the columns of a session, key and version left out."""
    return {
        "user_id": family.user_id,
        "session_version": family.session_version,
        "device": family.device,
        "opened_at": family.opened_at,
        "expires_at": family.expires_at,
        "last_used_at": family.last_used_at,
        "token_hash": family.token_hash,
        "sequence": family.sequence,
        "rotated_at": family.rotated_at,
        "ended_at": family.ended_at,
        "end_reason": family.end_reason.value if family.end_reason else None,
    }
