"""Owe a refund to a buyer, and take that back: what the commands about refunds share. Runs in an open transaction."""

from collections.abc import Mapping
from datetime import datetime

from attrs import evolve

from marketplace_core.kernel.access import Actor, Role
from marketplace_core.kernel.ids import IdFactory, RefundId, SellerOrderId
from marketplace_core.kernel.machines import Who
from marketplace_core.kernel.money import Money
from marketplace_core.payments.domain import accounts, journals, timers
from marketplace_core.payments.domain.access import no_refund, party_of
from marketplace_core.payments.domain.errors import PaymentNotFound, RefundExceedsRemaining
from marketplace_core.payments.domain.escrow import EscrowHold
from marketplace_core.payments.domain.refund import Refund, RefundNews
from marketplace_core.payments.domain.refund_parts import ProviderRefund, RefundPart
from marketplace_core.payments.domain.standing import NOTHING
from marketplace_core.payments.domain.states.hold import HOLD_MACHINE, HoldState
from marketplace_core.payments.domain.waterfall import Sources, drawn, returned
from marketplace_core.payments.ports import PaymentsWork
from marketplace_core.payments.usecases.booking import book
from marketplace_core.payments.usecases.release_escrow import wait_for_release
from marketplace_core.payments.usecases.suspense import left_in_suspense
from marketplace_core.payments.usecases.taking import credit_of, take_more


async def owe(work: PaymentsWork, refund: Refund, who: Who, now: datetime, *, by_network: bool = False) -> None:
    """Approve a refund: take every part out of escrow or from who bears it, book it, and have the provider asked.

    What refunds and card disputes take of a payment is never more than was paid; what of the shares the platform had
    paid goes back to the platform.

    Raises ``RefundBlockedByDispute``, ``RefundExceedsRemaining``, ``EscrowNotFound``, ``WrongState``.
    """
    parts: list[RefundPart] = []
    unpaid = {} if by_network else await _unpaid(work, refund)
    for part in refund.parts:
        hold = await work.holds.get(part.seller_order_id)
        beyond = unpaid.get(part.seller_order_id, 0)
        decided = await _taken(work, hold, part, who, by_network=by_network, unpaid_minor=beyond)
        parts.append(decided)
        await work.ledger.post(journals.refund_from_escrow(refund, decided, hold), now)
        await book(work, journals.refund_after_release(refund, decided, hold), now)
        await work.holds.save(hold)
        if hold.state in HOLD_MACHINE.ends:
            await work.deadlines.cancel(timers.RELEASE, hold.seller_order_id)
            await work.deadlines.cancel(timers.HOLD_DEADLINE, hold.seller_order_id)
    refund.approve(tuple(parts), who, now)
    if not by_network:
        await _check_paid(work, refund)
    await work.deadlines.cancel(timers.DECIDE_REFUND, refund.refund_id)
    if refund.amount:
        await work.deadlines.set(timers.SUBMIT_REFUND, refund.refund_id, now)
    else:
        refund.sent_without_asking(now)
    await work.refunds.save(refund)


async def owe_again(work: PaymentsWork, refund: Refund, who: Who, now: datetime) -> None:
    """Approve a refund that is due, of as much as is left of what it wants, and let go of what it had frozen.

    Raises as ``owe`` does; ``RefundExceedsRemaining`` where nothing is left.
    """
    left = await _left(work, refund, now)
    if not left:
        raise RefundExceedsRemaining("Nothing is left of it.", remaining_minor=0)
    if isinstance(left, Money):
        refund.narrow_to(left)
        await work.ledger.post(journals.misfit_refunded(refund), now)
    else:
        refund.narrow(left)
    await thaw(work, refund, who, now)
    await owe(work, refund, who, now)
    await work.deadlines.cancel(timers.REPEAT_REFUND, refund.refund_id)


async def thaw(work: PaymentsWork, refund: Refund, who: Who, now: datetime) -> None:
    """Take the reason away for which the holds of a refund are frozen while it is due."""
    for part in refund.parts:
        hold = await work.holds.get(part.seller_order_id)
        if refund.freeze_reason in hold.freezes:
            hold.unfreeze(refund.freeze_reason, who)
            await work.holds.save(hold)
            await wake(work, hold, now)


async def take_back(work: PaymentsWork, refund: Refund, now: datetime, ids: IdFactory) -> None:
    """Undo what a refund had taken when no money has left (J09); an escrow that it empties again opens again.

    One that must be made is due from then on, in the shape of another refund; what is held for it is frozen meanwhile.
    """
    if refund.is_of_misfit:
        await work.ledger.post(journals.misfit_refund_failed(refund), now)
    for part in refund.parts:
        hold = await work.holds.get(part.seller_order_id)
        hold.refund_failed(part.split, part.extras)
        back = await _back(work, hold, part)
        hold.charge(back.charge)
        await book(work, journals.refund_failed(refund, part, hold, back), now)
        await work.holds.save(hold)
        await take_more(work, hold, part.split.amount, because=refund.refund_id, now=now)
        await wake(work, hold, now)
    if refund.must_be_made:
        await postpone(work, refund.again(RefundId(ids.new("rfd")), now), now)


async def postpone(work: PaymentsWork, due: Refund, now: datetime) -> None:
    """Store a refund that is due, and freeze what is held for it."""
    for part in due.parts:
        hold = await work.holds.get(part.seller_order_id)
        if hold.state in {HoldState.HELD, HoldState.FROZEN}:
            hold.freeze(due.freeze_reason, Who.SYSTEM)
            await work.holds.save(hold)
    await remind_or_repeat(work, due, now)


async def remind_or_repeat(work: PaymentsWork, due: Refund, now: datetime) -> None:
    """Set the timer of a refund that is due and store it; operators are told of one that is not made by itself."""
    if due.repeated_after is None:
        due.remind()
    await work.refunds.save(due)
    await work.deadlines.set(timers.REPEAT_REFUND, due.refund_id, now + (due.repeated_after or timers.REMIND_EVERY))


async def _left(work: PaymentsWork, refund: Refund, now: datetime) -> Money | tuple[RefundPart, ...]:
    if refund.is_of_misfit:
        return await left_in_suspense(work, await work.payments.get(refund.payment_id), now)
    return await _parts_left(work, refund)


async def _parts_left(work: PaymentsWork, refund: Refund) -> tuple[RefundPart, ...]:
    parts = []
    for part in refund.parts:
        hold = await work.holds.get(part.seller_order_id)
        hold.refund_of(NOTHING)
        wanted = hold.standing.refundable.up_to(part.wanted)
        if wanted.amount:
            parts.append(evolve(part, wanted=wanted, extras=hold.standing.extras_of(wanted, hold.extras)))
    return tuple(parts)


async def is_left(work: PaymentsWork, refund: Refund, now: datetime) -> bool:
    """Tell whether anything of a refund is left to be made. Raises ``RefundBlockedByDispute``."""
    return bool(await _left(work, refund, now))


async def record(work: PaymentsWork, refund: Refund, seen: ProviderRefund, now: datetime, ids: IdFactory) -> None:
    """Apply the provider's object, book what follows, and store the refund."""
    news = refund.observe(seen, now)
    match news:
        case RefundNews.SUCCEEDED:
            await work.ledger.post(journals.refund_succeeded(refund), now)
        case RefundNews.FAILED:
            await take_back(work, refund, now, ids)
        case RefundNews.BOUNCED:
            await work.ledger.post(journals.refund_bounced(refund), now)
            await work.deadlines.set(timers.REMIND_BOUNCED, refund.refund_id, now + timers.REMIND_EVERY)
        case _:
            pass
    await look_again(work, refund, now)
    if news is not RefundNews.NOTHING:
        await work.refunds.save(refund)


async def look_again(work: PaymentsWork, refund: Refund, now: datetime) -> None:
    """Set the timer that makes up for messages that never come: soon while it is open, rarely once it has gone."""
    wait = refund.look_again_after(now)
    if wait is None:
        await work.deadlines.cancel(timers.POLL_REFUND, refund.refund_id)
    else:
        await work.deadlines.set(timers.POLL_REFUND, refund.refund_id, now + wait)


def decider(refund: Refund, by: Actor) -> Who:
    """Tell as what somebody decides about a refund. Raises ``RefundNotFound`` for whom it does not concern."""
    sellers = {part.seller_id for part in refund.parts}
    if by.seller_id is not None and sellers != {by.seller_id} and not by.roles & {Role.OPERATOR, Role.SYSTEM}:
        raise no_refund()
    try:
        who = party_of(by, buyer_id=refund.buyer_id, seller_ids=sellers)
    except PaymentNotFound:
        raise no_refund() from None
    if who is Who.BUYER:
        # An operator, or a seller, who bought something decides as what they are, never as the buyer.
        who = Who.OPERATOR if Role.OPERATOR in by.roles else Who.SELLER
        if who is Who.SELLER and sellers != {by.seller_id}:
            raise no_refund()
    return Who.TIMER if who is Who.SYSTEM else who


async def _taken(
    work: PaymentsWork, hold: EscrowHold, part: RefundPart, who: Who, *, by_network: bool, unpaid_minor: int
) -> RefundPart:
    split, extras = hold.refund(part.wanted, who, by_network=by_network, unpaid_minor=unpaid_minor)
    reserve, payable = await credit_of(work, hold)
    sources = drawn(
        split.released.amount,
        charge=hold.excess_charge,
        platform=part.platform_minor,
        reserve=reserve,
        payable=payable,
    )
    hold.give_back(sources.charge)
    return evolve(part, split=split, sources=sources, extras=extras)


async def _unpaid(work: PaymentsWork, refund: Refund) -> Mapping[SellerOrderId, int]:
    """Return how much of which part of a refund the buyer never paid, in minor units: the platform gets it back.

    A lost dispute takes what the buyer paid, and leaves the subsidy of it in what is left of the sellers' shares.
    Raises ``RefundBlockedByDispute``, ``RefundExceedsRemaining``.
    """
    holds = {hold.seller_order_id: hold for hold in await work.holds.of_payment(refund.payment_id)}
    subsidies = sum(hold.standing.kept.subsidy for hold in holds.values())
    amounts: dict[SellerOrderId, int] = {}
    for part in refund.parts:
        hold = holds[part.seller_order_id]
        extras = hold.extras_of(part.wanted)
        amounts[part.seller_order_id] = part.wanted.amount + extras.net
        subsidies -= extras.subsidy
    beyond = sum(amounts.values()) - await _paid_left(work, refund)
    largest = max(amounts, key=lambda name: amounts[name], default=None)
    if largest is None:
        return {}
    # Nobody chooses to give a buyer nothing; the rules may demand it, so that the platform has back what it had paid.
    most = amounts[largest] if refund.must_be_made else amounts[largest] - 1
    if not 0 < beyond <= min(subsidies, most):
        return {}
    return {largest: beyond}


async def _paid_left(work: PaymentsWork, refund: Refund) -> int:
    """Return what the buyer paid and neither other refunds nor disputes have taken, in minor units."""
    payment = await work.payments.get(refund.payment_id)
    refunds = await work.refunds.of_payment(refund.payment_id)
    taken = sum(one.amount.amount_minor for one in refunds if one.takes_money and one.refund_id != refund.refund_id)
    taken += sum(dispute.taken_minor for dispute in await work.disputes.of_payment(refund.payment_id))
    return max(0, (payment.captured.amount_minor if payment.captured else 0) - taken)


async def _check_paid(work: PaymentsWork, refund: Refund) -> None:
    left = await _paid_left(work, refund)
    if refund.amount.amount_minor > left:
        raise RefundExceedsRemaining("That is more than the buyer paid and has not got back.", remaining_minor=left)


async def _back(work: PaymentsWork, hold: EscrowHold, part: RefundPart) -> Sources:
    debt = await work.ledger.balance(accounts.seller_receivable(hold.seller_id, hold.share.currency))
    return returned(
        part.split.released.amount,
        charge=hold.due_charge,
        platform=part.sources.platform,
        debt=debt.amount_minor,
    )


async def wake(work: PaymentsWork, hold: EscrowHold, now: datetime) -> None:
    """Set the timers of a hold that holds money again."""
    if hold.state in HOLD_MACHINE.ends or hold.hold_deadline is None:
        return
    await work.deadlines.set(timers.HOLD_DEADLINE, hold.seller_order_id, max(hold.hold_deadline, now))
    await wait_for_release(work, hold, now)
