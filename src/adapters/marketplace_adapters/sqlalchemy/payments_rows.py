"""Rows of payments, holds, accounts and payouts, read and written."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Row

from marketplace_adapters.sqlalchemy.codec import decode, encode
from marketplace_adapters.sqlalchemy.tables.payments import EXTRAS, STANDING
from marketplace_adapters.sqlalchemy.tables.refunds import SOURCES
from marketplace_core.kernel.money import Money
from marketplace_core.payments import (
    AccountState,
    Charge,
    CommissionTerms,
    Division,
    EscrowHold,
    Extras,
    HoldState,
    Parcels,
    Payment,
    PaymentState,
    Payout,
    PayoutItem,
    PayoutState,
    Portion,
    Proof,
    Release,
    SellerAccount,
    Share,
    Sources,
    Split,
    Standing,
    release_id,
)


def money(amount_minor: int | None, currency: str) -> Money | None:
    """Return an amount that may be absent."""
    return None if amount_minor is None else Money(amount_minor, currency)


def payment_of(row: Row[Any], shares: Iterable[Row[Any]] = ()) -> Payment:
    """Return the payment of a row and the rows of its shares."""
    return Payment(
        payment_id=row.payment_id,
        order_id=row.order_id,
        buyer_id=row.buyer_id,
        amount=Money(row.amount_minor, row.currency),
        provider=row.provider,
        shares=tuple(
            Share(
                seller_order_id=share.seller_order_id,
                seller_id=share.seller_id,
                items=Money(share.items_minor, row.currency),
                delivery=Money(share.delivery_minor, row.currency),
                extras=extras_of(share),
                tax_jurisdiction=share.tax_jurisdiction,
            )
            for share in shares
        ),
        opened_at=row.opened_at,
        state=PaymentState(row.state),
        requested_at=row.requested_at,
        reference=row.reference,
        client_secret=row.client_secret,
        attempts=row.attempts,
        declined_attempts=row.declined_attempts,
        failure_code=row.failure_code,
        captured=money(row.captured_minor, row.captured_currency),
        captured_at=row.captured_at,
        fee=money(row.fee_minor, row.captured_currency),
        review_reason=row.review_reason,
        version=row.version,
    )


def payment_values(payment: Payment) -> dict[str, Any]:
    """Return the columns of a payment, key and version aside."""
    return {
        "order_id": payment.order_id,
        "buyer_id": payment.buyer_id,
        "provider": payment.provider,
        "currency": payment.amount.currency,
        "amount_minor": payment.amount.amount_minor,
        "state": payment.state.value,
        "opened_at": payment.opened_at,
        "requested_at": payment.requested_at,
        "reference": payment.reference,
        "client_secret": payment.client_secret,
        "attempts": payment.attempts,
        "declined_attempts": payment.declined_attempts,
        "failure_code": payment.failure_code,
        "captured_minor": payment.captured.amount_minor if payment.captured else None,
        "captured_currency": payment.captured.currency if payment.captured else None,
        "captured_at": payment.captured_at,
        "fee_minor": None if payment.fee is None else payment.fee.amount_minor,
        "review_reason": payment.review_reason,
    }


def share_values(payment: Payment) -> list[dict[str, Any]]:
    """Return the rows of a payment's shares."""
    return [
        {
            "payment_id": payment.payment_id,
            "seller_order_id": share.seller_order_id,
            "seller_id": share.seller_id,
            "items_minor": share.items.amount_minor,
            "delivery_minor": share.delivery.amount_minor,
            **extras_values(share.extras),
            "tax_jurisdiction": share.tax_jurisdiction,
        }
        for share in payment.shares
    ]


def hold_of(row: Row[Any], releases: Iterable[Row[Any]]) -> EscrowHold:
    """Return the hold of a row and the rows of its releases."""
    return EscrowHold(
        seller_order_id=row.seller_order_id,
        payment_id=row.payment_id,
        order_id=row.order_id,
        seller_id=row.seller_id,
        items=Money(row.items_minor, row.currency),
        delivery=Money(row.delivery_minor, row.currency),
        terms=decode(row.terms, CommissionTerms),
        extras=extras_of(row),
        tax_jurisdiction=row.tax_jurisdiction,
        state=HoldState(row.state),
        standing=standing_of(row),
        freezes=frozenset(row.freezes),
        proof=Proof(row.proof) if row.proof else None,
        delivered_at=row.delivered_at,
        release_at=row.release_at,
        held_at=row.held_at,
        hold_deadline=row.hold_deadline,
        parcels=decode(row.parcels, Parcels),
        releases=tuple(release_of(one) for one in releases),
        version=row.version,
    )


def hold_values(hold: EscrowHold) -> dict[str, Any]:
    """Return the columns of a hold, key and version aside."""
    return {
        "payment_id": hold.payment_id,
        "order_id": hold.order_id,
        "seller_id": hold.seller_id,
        "currency": hold.share.currency,
        "items_minor": hold.items.amount_minor,
        "delivery_minor": hold.delivery.amount_minor,
        "released_minor": sum(release.division.released.amount_minor for release in hold.releases),
        "terms": encode(hold.terms),
        **extras_values(hold.extras),
        "tax_jurisdiction": hold.tax_jurisdiction,
        "state": hold.state.value,
        "freezes": sorted(hold.freezes),
        "proof": hold.proof.value if hold.proof else None,
        "delivered_at": hold.delivered_at,
        "release_at": hold.release_at,
        "held_at": hold.held_at,
        "hold_deadline": hold.hold_deadline,
        "parcels": encode(hold.parcels),
        **standing_values(hold.standing),
    }


def portion_of(row: Row[Any], place: str) -> Portion:
    """Return what a row has at a place."""
    values = row._mapping
    return Portion(items=values[f"{place}_items_minor"], delivery=values[f"{place}_delivery_minor"])


def portion_values(place: str, portion: Portion) -> dict[str, int]:
    """Return the columns of what is at a place."""
    return {f"{place}_items_minor": portion.items, f"{place}_delivery_minor": portion.delivery}


def extras_of(row: Row[Any], prefix: str = "") -> Extras:
    """Return the tax, the fee and the subsidy of a row."""
    values = row._mapping
    return Extras(**{extra: values[f"{prefix}{extra}_minor"] for extra in EXTRAS})


def extras_values(extras: Extras, prefix: str = "") -> dict[str, int]:
    """Return the columns of tax, fee and subsidy."""
    return {f"{prefix}{extra}_minor": getattr(extras, extra) for extra in EXTRAS}


def sources_of(row: Row[Any]) -> Sources:
    """Return who bears what of a row."""
    values = row._mapping
    return Sources(**{source: values[f"from_{source}_minor"] for source in SOURCES})


def sources_values(sources: Sources) -> dict[str, int]:
    """Return the columns of who bears what."""
    return {f"from_{source}_minor": getattr(sources, source) for source in SOURCES}


def standing_of(row: Row[Any]) -> Standing:
    """Return where every cent of the share of a row is."""
    at = {place: portion_of(row, place) for place in STANDING}
    return Standing(
        held=at["held"],
        released=at["released"],
        refunded=Split(held=at["refunded_held"], released=at["refunded_released"]),
        disputed=Split(held=at["disputed_held"], released=at["disputed_released"]),
        lost=Split(held=at["lost_held"], released=at["lost_released"]),
        charged=Charge(commission=row.charged_commission_minor, vat=row.charged_vat_minor),
        kept=extras_of(row, "kept_"),
        fee_earned=row.fee_earned_minor,
    )


def standing_values(standing: Standing) -> dict[str, int]:
    """Return the columns of where every cent of a share is."""
    return {
        **portion_values("held", standing.held),
        **portion_values("released", standing.released),
        **portion_values("refunded_held", standing.refunded.held),
        **portion_values("refunded_released", standing.refunded.released),
        **portion_values("disputed_held", standing.disputed.held),
        **portion_values("disputed_released", standing.disputed.released),
        **portion_values("lost_held", standing.lost.held),
        **portion_values("lost_released", standing.lost.released),
        "charged_commission_minor": standing.charged.commission,
        "charged_vat_minor": standing.charged.vat,
        **extras_values(standing.kept, "kept_"),
        "fee_earned_minor": standing.fee_earned,
    }


def release_of(row: Row[Any]) -> Release:
    """Return the release of a row."""
    return Release(
        number=row.number,
        division=Division(
            released=Money(row.amount_released_minor, row.currency),
            commission=Money(row.commission_minor, row.currency),
            vat=Money(row.vat_minor, row.currency),
            reserve=Money(row.reserve_minor, row.currency),
            payable=Money(row.payable_minor, row.currency),
        ),
        released_at=row.released_at,
    )


def release_values(hold: EscrowHold) -> list[dict[str, Any]]:
    """Return the rows of a hold's releases."""
    return [
        {
            "release_id": release_id(hold.seller_order_id, release.number),
            "seller_order_id": hold.seller_order_id,
            "number": release.number,
            "seller_id": hold.seller_id,
            "currency": hold.share.currency,
            "released_minor": release.division.released.amount_minor,
            "commission_minor": release.division.commission.amount_minor,
            "vat_minor": release.division.vat.amount_minor,
            "reserve_minor": release.division.reserve.amount_minor,
            "payable_minor": release.division.payable.amount_minor,
            "released_at": release.released_at,
        }
        for release in hold.releases
    ]


def seller_account_of(row: Row[Any]) -> SellerAccount:
    """Return the seller account of a row."""
    return SellerAccount(
        seller_id=row.seller_id,
        currency=row.currency,
        provider=row.provider,
        state=AccountState(row.state),
        reference=row.reference,
        version=row.version,
    )


def payout_of(rows: Sequence[Row[Any]]) -> Payout:
    """Return the payout of its row joined with its items, one row per item."""
    row = rows[0]
    return Payout(
        payout_id=row.payout_id,
        seller_id=row.seller_id,
        provider=row.provider,
        account=row.account,
        amount=Money(row.amount_minor, row.currency),
        items=tuple(
            PayoutItem(
                entry_id=item.entry_id,
                seller_order_id=item.seller_order_id,
                amount=Money(item.item_minor, row.currency),
            )
            for item in rows
        ),
        assembled_at=row.assembled_at,
        state=PayoutState(row.state),
        attempt=row.attempt,
        tried_at=row.tried_at,
        transfer_reference=row.transfer_reference,
        bank_reference=row.bank_reference,
        reversal_reference=row.reversal_reference,
        failure_code=row.failure_code,
        paid_at=row.paid_at,
        taken_minor=row.taken_minor,
        version=row.version,
    )


def payout_values(payout: Payout) -> dict[str, Any]:
    """Return the columns of a payout, key and version aside."""
    return {
        "seller_id": payout.seller_id,
        "provider": payout.provider,
        "account": payout.account,
        "currency": payout.amount.currency,
        "amount_minor": payout.amount.amount_minor,
        "state": payout.state.value,
        "attempt": payout.attempt,
        "assembled_at": payout.assembled_at,
        "tried_at": payout.tried_at,
        "transfer_reference": payout.transfer_reference,
        "bank_reference": payout.bank_reference,
        "reversal_reference": payout.reversal_reference,
        "failure_code": payout.failure_code,
        "paid_at": payout.paid_at,
        "taken_minor": payout.taken_minor,
    }


def item_values(payout: Payout) -> list[dict[str, Any]]:
    """Return the rows of a payout's items."""
    return [
        {
            "payout_id": payout.payout_id,
            "entry_id": item.entry_id,
            "position": position,
            "amount_minor": item.amount.amount_minor,
        }
        for position, item in enumerate(payout.items, 1)
    ]
