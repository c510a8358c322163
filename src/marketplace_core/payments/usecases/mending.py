"""Find out which journals would mend what the audit found. Runs in an open transaction, and changes nothing."""

from collections.abc import Iterable, Sequence
from typing import Final

from attrs import frozen

from marketplace_core.kernel.errors import NotFound
from marketplace_core.kernel.ids import PaymentId, PayoutId, RefundId, SellerOrderId
from marketplace_core.payments.domain import repair
from marketplace_core.payments.domain.escrow import seller_order_of
from marketplace_core.payments.domain.journals import CORRECTED, Journal
from marketplace_core.payments.ports import PaymentsWork, Violation

NEEDS_A_PERSON: Final = "no journal mends this: look at the row, and restore what was changed from a backup"


@frozen(kw_only=True)
class Proposal:
    """A journal that would mend a violation. ``name`` is how an operator says yes to it."""

    name: str
    mends: Violation
    journal: Journal


async def proposals(work: PaymentsWork, violations: Sequence[Violation]) -> tuple[Proposal, ...]:
    """Return what would mend them, each journal once. What no journal mends has no proposal."""
    found: dict[str, Proposal] = {}
    for violation in violations:
        for journal in await _of(work, violation):
            name = f"{journal.kind.value}:{journal.source_id}:{journal.leg}"
            found.setdefault(name, Proposal(name=name, mends=violation, journal=journal))
    return tuple(found.values())


async def _of(work: PaymentsWork, violation: Violation) -> Iterable[Journal]:
    subject = violation.subject
    if violation.check == "journal_has_source":
        return [repair.mirror(one) for one in await work.ledger.journals_of(subject)]
    kind, _, rest = subject.partition(":")
    name = rest.rpartition(":")[0] if kind in _ACCOUNTS else subject
    try:
        implied = tuple(await _implied(work, _ACCOUNTS.get(kind, violation.check), name))
    except NotFound:
        return ()
    mending = []
    for journal in implied:
        booked = await work.ledger.journals_of(journal.source_id)
        same = [one for one in booked if _same(one, journal)]
        lack = repair.lacking(journal, [transfer for one in same for transfer in one.transfers])
        if lack is not None:
            mending.append(lack)
    return mending


_ACCOUNTS: Final = {
    "escrow": "hold",
    "payout_clearing": "payout",
    "refund_payable": "refund",
    "buyer_unclaimed": "refund",
    "suspense": "payment",
}


async def _implied(work: PaymentsWork, about: str, name: str) -> Iterable[Journal]:
    match about:
        case "payment" | "capture_is_booked" | "fee_is_booked":
            return repair.of_payment(await work.payments.get(PaymentId(name)))
        case "release_is_booked":
            return repair.of_hold(await work.holds.get(seller_order_of(name)))
        case "hold":
            hold = await work.holds.get(SellerOrderId(name))
            payment = await work.payments.get(hold.payment_id)
            return (*repair.of_payment(payment), *repair.of_hold(hold))
        case "refund":
            refund = await work.refunds.get(RefundId(name))
            holds = {one.seller_order_id: one for one in await work.holds.of_payment(refund.payment_id)}
            return repair.of_refund(refund, holds)
        case "payout" | "empty_journal":
            return repair.of_payout(await work.payouts.get(PayoutId(name)))
        case _:
            return ()


def _same(booked: Journal, implied: Journal) -> bool:
    beginning = booked.leg.partition(CORRECTED)[0]
    return (booked.kind, booked.source_type, booked.source_id, beginning) == (
        implied.kind, implied.source_type, implied.source_id, implied.leg,
    )  # fmt: skip
