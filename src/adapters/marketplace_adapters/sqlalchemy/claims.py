"""Claims in SQL: rows and aggregates, both ways."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any, Final, final

from sqlalchemy import Row, Select, select
from sqlalchemy.exc import IntegrityError

from marketplace_adapters.sqlalchemy.codec import decode, encode
from marketplace_adapters.sqlalchemy.duplicates import is_duplicate
from marketplace_adapters.sqlalchemy.payments_rows import portion_of, portion_values
from marketplace_adapters.sqlalchemy.statements import upsert
from marketplace_adapters.sqlalchemy.tables.claims import claim_messages, claims
from marketplace_adapters.sqlalchemy.work import SqlWork
from marketplace_core.kernel.errors import ConcurrentUpdate
from marketplace_core.kernel.ids import ClaimId, PaymentId
from marketplace_core.kernel.machines import Who
from marketplace_core.payments import (
    Portion,
)
from marketplace_core.payments.claims import (
    Claim,
    ClaimedLine,
    ClaimKind,
    ClaimMessage,
    ClaimNotFound,
    ClaimPhoto,
    ClaimState,
    ClaimTrigger,
)
from marketplace_core.payments.ports import Claims

_SAY: Final = upsert(claim_messages).on_conflict_do_nothing(index_elements=["claim_id", "number"])


@final
class SqlClaims(Claims):
    """Claims and what was said in them, on an open transaction."""

    def __init__(self, work: SqlWork) -> None:
        self._work = work

    async def get(self, claim_id: ClaimId) -> Claim:
        """Read the rows."""
        found = await self._found(select(claims).where(claims.c.claim_id == claim_id))
        if not found:
            raise ClaimNotFound("There is no such claim.")
        return found[0]

    async def of_payment(self, payment_id: PaymentId) -> Sequence[Claim]:
        """Read the rows; identifiers sort by time of making."""
        return await self._found(select(claims).where(claims.c.payment_id == payment_id))

    async def save(self, claim: Claim) -> None:
        """Write the row; messages are only ever added."""
        try:
            await self._work.save(claims, {"claim_id": claim.claim_id}, claim, claim_values(claim))
        except IntegrityError as failure:
            if not is_duplicate(failure):
                raise
            raise ConcurrentUpdate(f"{claim.seller_order_id} has another open claim.") from failure
        if claim.messages:
            await self._work.connection.run(_SAY, message_values(claim))

    async def _found(self, chosen: Select[Any]) -> list[Claim]:
        await self._work.lock(chosen.order_by(claims.c.claim_id))
        rows = await self._work.connection.rows(with_messages(chosen))
        return [claim_of(list(group)) for _, group in groupby(rows, key=lambda row: row.claim_id)]


def with_messages(chosen: Select[Any]) -> Select[Any]:
    """Join chosen claims with what was said, one row per message, or one row without any."""
    cut = chosen.subquery("cut")
    said = (column for column in claim_messages.c if column.name != "claim_id")
    return (
        select(cut, *said)
        .join(claim_messages, claim_messages.c.claim_id == cut.c.claim_id, isouter=True)
        .order_by(cut.c.claim_id, claim_messages.c.number)
    )


def claim_of(rows: Sequence[Row[Any]]) -> Claim:
    """Return the claim of its row joined with what was said."""
    row = rows[0]
    return Claim(
        claim_id=row.claim_id,
        payment_id=row.payment_id,
        order_id=row.order_id,
        seller_order_id=row.seller_order_id,
        seller_id=row.seller_id,
        buyer_id=row.buyer_id,
        currency=row.currency,
        kind=ClaimKind(row.kind),
        lines=decode(row.lines, tuple[ClaimedLine, ...]),
        wanted=portion_of(row, "wanted"),
        opened_at=row.opened_at,
        due_at=row.due_at,
        state=ClaimState(row.state),
        offer=None if row.offer_items_minor is None else portion_of(row, "offer"),
        granted=None if row.granted_items_minor is None else portion_of(row, "granted"),
        refund_id=row.refund_id,
        messages=tuple(
            ClaimMessage(
                number=said.number,
                who=Who(said.who),
                text=said.text,
                said_at=said.said_at,
                did=ClaimTrigger(said.did) if said.did else None,
                offered=None if said.offered_items_minor is None else portion_of(said, "offered"),
            )
            for said in rows
            if said.number is not None
        ),
        photos=decode(row.photos, tuple[ClaimPhoto, ...]),
        decided_by=Who(row.decided_by) if row.decided_by else None,
        closed_at=row.closed_at,
        version=row.version,
    )


def claim_values(claim: Claim) -> dict[str, Any]:
    """Return the columns of a claim, key and version aside."""
    return {
        "payment_id": claim.payment_id,
        "order_id": claim.order_id,
        "seller_order_id": claim.seller_order_id,
        "seller_id": claim.seller_id,
        "buyer_id": claim.buyer_id,
        "currency": claim.currency,
        "kind": claim.kind.value,
        "lines": encode(claim.lines, tuple[ClaimedLine, ...]),
        "photos": encode(claim.photos, tuple[ClaimPhoto, ...]),
        "state": claim.state.value,
        **portion_values("wanted", claim.wanted),
        **_maybe("offer", claim.offer),
        **_maybe("granted", claim.granted),
        "refund_id": claim.refund_id,
        "opened_at": claim.opened_at,
        "due_at": claim.due_at,
        "decided_by": claim.decided_by.value if claim.decided_by else None,
        "closed_at": claim.closed_at,
    }


def message_values(claim: Claim) -> list[dict[str, Any]]:
    """Return the rows of what was said in a claim."""
    return [
        {
            "claim_id": claim.claim_id,
            "number": said.number,
            "who": said.who.value,
            "text": said.text,
            "said_at": said.said_at,
            "did": said.did.value if said.did else None,
            **_maybe("offered", said.offered),
        }
        for said in claim.messages
    ]


def _maybe(name: str, portion: Portion | None) -> dict[str, int | None]:
    if portion is None:
        return {f"{name}_items_minor": None, f"{name}_delivery_minor": None}
    return {**portion_values(name, portion)}
