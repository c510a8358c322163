"""What speaks for the marketplace in a card dispute: order, parcels, messages and terms, as files with their hashes.

The same dispute in the same state gives the same archive, to the byte: whoever has it can prove what was in it when.
"""

import hashlib
import json
from collections.abc import Sequence
from contextlib import suppress
from io import BytesIO
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from attrs import frozen

from marketplace_core import Marketplace
from marketplace_core.kernel.access import Actor
from marketplace_core.kernel.ids import DisputeId
from marketplace_core.kernel.paging import PAGE_SIZE_MAX, PageRequest
from marketplace_core.notifications import ListMails, MailView, ViewMail
from marketplace_core.orders import OrderView, SellerOrderView, ViewOrder
from marketplace_core.payments import (
    DisputeView,
    EscrowView,
    ListEscrows,
    ListRefunds,
    ViewDispute,
    ViewOrderPayment,
)
from marketplace_core.payments.claims import ClaimPhotoNotFound, ClaimView, ListClaims, ReadClaimPhoto
from marketplace_entrypoints.claim_photos import photo_name
from marketplace_entrypoints.plainly import plain

MANIFEST: Final = "SHA256SUMS"
"""The list of hashes, as `sha256sum --check` reads it."""
ALL: Final = PageRequest(limit=PAGE_SIZE_MAX)


@frozen
class Document:
    """One file of the pack."""

    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        """Its SHA-256 in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


@frozen(kw_only=True)
class EvidencePack:
    """What is known about a disputed order. ``statements`` are what can be said with it, to be edited and handed in."""

    dispute: DisputeView
    order: OrderView
    documents: tuple[Document, ...]
    statements: tuple[tuple[str, str], ...]

    @property
    def filename(self) -> str:
        """What the archive is called."""
        return f"evidence-{self.dispute.dispute_id}.zip"

    def archive(self) -> bytes:
        """Return the documents and the list of their hashes as a ZIP archive."""
        sums = "".join(f"{document.sha256}  {document.name}\n" for document in self.documents)
        packed = BytesIO()
        with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
            for document in (*self.documents, Document(MANIFEST, sums.encode())):
                entry = ZipInfo(document.name)  # of 1980, whenever it is written
                entry.external_attr = 0o644 << 16
                archive.writestr(entry, document.content, ZIP_DEFLATED)
        return packed.getvalue()


async def evidence_pack(market: Marketplace, dispute_id: DisputeId, by: Actor, *, photos: bool = False) -> EvidencePack:
    """Collect what speaks for us, with the photos of claims about the order if asked for.

    Raises ``DisputeNotFound`` and what refuses everybody but operators.
    """
    dispute = await market.ask(ViewDispute(dispute_id=dispute_id), by=by)
    order = await market.ask(ViewOrder(order_id=dispute.order_id), by=by)
    holds = (await market.ask(ListEscrows(order_id=order.order_id, page=ALL), by=by)).items
    refunds = (await market.ask(ListRefunds(order_id=order.order_id, page=ALL), by=by)).items
    claims = (await market.ask(ListClaims(order_id=order.order_id, page=ALL), by=by)).items
    mails = await _mails(market, order, by)
    paid = plain(await market.ask(ViewOrderPayment(order_id=order.order_id), by=by))
    del paid["step"]  # what it takes to pay is nobody's but the buyer's
    ordered = {name: value for name, value in plain(order).items() if name != "payment"}
    files = {
        "dispute.json": plain(dispute),
        "messages.json": {"mails": plain(mails), "refunds": plain(refunds), "claims": plain(claims)},
        "order.json": ordered | {"paid": paid},
        "parcels.json": [_parcels(part) for part in order.seller_orders],
        "terms.json": {"agreed_at": plain(order.placed_at), "parts": [_agreed(hold) for hold in holds]},
    }
    return EvidencePack(
        dispute=dispute,
        order=order,
        documents=(
            *(Document(name, _json(content)) for name, content in sorted(files.items())),
            *(await _photos(market, claims, by) if photos else ()),
        ),
        statements=_statements(dispute, order, mails),
    )


async def _photos(market: Marketplace, claims: Sequence[ClaimView], by: Actor) -> Sequence[Document]:
    """Return what was shown in claims, by its name in ``messages.json``; a lost one is told there alone."""
    found = []
    for claim in claims:
        for photo in claim.photos:
            with suppress(ClaimPhotoNotFound):
                question = ReadClaimPhoto(claim_id=claim.claim_id, photo_id=photo.photo_id)
                found.append(await market.ask(question, by=by))
    return [Document(f"photos/{photo_name(one)}", one.content) for one in found]


async def _mails(market: Marketplace, order: OrderView, by: Actor) -> Sequence[dict[str, Any]]:
    """Return what was written to the buyer about the order, the oldest first, as it was sent."""
    names = {order.order_id, *(part.seller_order_id for part in order.seller_orders)}
    listed = (await market.ask(ListMails(recipient=order.buyer_id, page=ALL), by=by)).items
    found = [await market.ask(ViewMail(mail_id=mail.mail_id), by=by) for mail in reversed(listed)]
    return [_mail(mail) for mail in found if names & set(mail.fact.split(":")) or order.order_id in mail.text]


def _mail(mail: MailView) -> dict[str, Any]:
    return {
        "about": mail.template.value,
        "to": mail.address,
        "subject": mail.subject,
        "sent_at": plain(mail.sent_at),
        "text": mail.text,
    }


def _agreed(hold: EscrowView) -> dict[str, Any]:
    """Tell what is held of a seller's part, and the terms that were agreed with the order, whatever holds today."""
    held = plain(hold)
    return {"terms": held.pop("terms"), "held": held}


def _parcels(part: SellerOrderView) -> dict[str, Any]:
    return {
        "seller_order_id": part.seller_order_id,
        "seller": part.seller_name,
        "state": part.state.value,
        "sent": plain(part.parcels),
        "arrived": plain(part.arrival),
        "timeline": plain(part.timeline),
    }


def _statements(dispute: DisputeView, order: OrderView, mails: Sequence[dict[str, Any]]) -> tuple[tuple[str, str], ...]:
    """Say what the records say, about the parts that the dispute falls on or, before it does, about all."""
    concerned = {part.seller_order_id for part in dispute.parts}
    parts = [part for part in order.seller_orders if not concerned or part.seller_order_id in concerned]
    goods = [f"{line.quantity} x {line.title} {line.variant_title}".strip() for part in parts for line in part.lines]
    said = [
        ("product_description", "; ".join(goods)),
        ("shipping", " ".join(filter(None, (_journey(part) for part in parts)))),
        ("customer_communication", "; ".join(f"{mail['subject']} ({str(mail['sent_at'])[:10]})" for mail in mails)),
    ]
    return tuple((about, words) for about, words in said if words)


def _journey(part: SellerOrderView) -> str:
    sent = [f"Sent with {one.carrier}, {one.tracking}, on {one.shipped_at:%Y-%m-%d}." for one in part.parcels]
    arrival = part.arrival
    arrived = [f"Arrived on {arrival.delivered_at:%Y-%m-%d}, on the {arrival.proof}'s word."] if arrival else []
    return " ".join([*sent, *arrived])


def _json(content: object) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()
