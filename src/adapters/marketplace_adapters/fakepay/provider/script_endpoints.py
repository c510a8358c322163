"""What tests, the demo and quality assurance may make happen, with the test secret: one function per route.

Nothing here forges a state: every one of these lets the provider, a bank or a network take a step it might take by
itself, and the books follow.
"""

from typing import Final, cast

from marketplace_adapters.fakepay.provider import (
    accounts,
    disputes,
    disputing,
    events,
    idempotency,
    ledger,
    payouts,
    refunding,
    refunds,
)
from marketplace_adapters.fakepay.provider.answers import Answer
from marketplace_adapters.fakepay.provider.calls import Call
from marketplace_adapters.fakepay.provider.cards import EXPLANATIONS, TEST_CARDS
from marketplace_adapters.fakepay.provider.fields import AMOUNT_MINOR_MAX, Fields
from marketplace_adapters.fakepay.provider.institution import Provider
from marketplace_adapters.fakepay.provider.refusals import missing

_STATUSES: Final = frozenset(disputes.TRANSITIONS)


def list_cards(_provider: Provider, _call: Call) -> Answer:
    """List the test cards and what they do."""
    told = [
        {"number": number, "behaviour": behaviour.value, "explanation": EXPLANATIONS[behaviour]}
        for number, behaviour in TEST_CARDS.items()
    ]
    return Answer(200, {"object": "list", "data": told, "has_more": False})


def settle_refund(provider: Provider, call: Call) -> Answer:
    """Let a pending refund succeed now (or wait for the balance, if that does not suffice)."""
    Fields(call.body).done()
    with provider.writing() as session:
        return Answer(200, refunds.describe(refunding.settle(session, call.path["id"])))


def fail_refund(provider: Provider, call: Call) -> Answer:
    """Let a pending refund fail."""
    fields = Fields(call.body)
    code = fields.choice("failure_code", refunds.FAILURE_CODES)
    fields.done()
    with provider.writing() as session:
        return Answer(200, refunds.describe(refunding.fail(session, call.path["id"], code)))


def bounce_refund(provider: Provider, call: Call) -> Answer:
    """Let a refund that succeeded come back."""
    fields = Fields(call.body)
    code = fields.choice("failure_code", refunds.FAILURE_CODES)
    fields.done()
    with provider.writing() as session:
        return Answer(200, refunds.describe(refunding.bounce(session, call.path["id"], code)))


def open_dispute(provider: Provider, call: Call) -> Answer:
    """Let the buyer's bank dispute a payment, or inquire about it."""
    fields = Fields(call.body)
    payment, amount_minor = fields.text("payment"), fields.optional_amount_minor()
    reason = fields.choice("reason", disputes.REASONS) if "reason" in fields.left() else "fraudulent"
    inquiry, item = fields.yes_or_no("inquiry", default=False), fields.optional_text("item")
    fields.done()
    with provider.writing() as session:
        opened = disputing.open_dispute(
            session, payment_id=payment, amount_minor=amount_minor, reason=reason, inquiry=inquiry, item=item
        )
        return Answer(201, disputes.describe(opened))


def advance_dispute(provider: Provider, call: Call) -> Answer:
    """Let the bank take the next step: to any status that the dispute may go to."""
    fields = Fields(call.body)
    status = cast(disputes.DisputeStatus, fields.choice("status", _STATUSES))
    fields.done()
    with provider.writing() as session:
        return Answer(200, disputes.describe(disputing.advance(session, call.path["id"], status)))


def arrive_payout(provider: Provider, call: Call) -> Answer:
    """Let a payout reach the bank now."""
    Fields(call.body).done()
    with provider.writing() as session:
        return Answer(200, payouts.describe(payouts.arrive(session, call.path["id"])))


def fail_payout(provider: Provider, call: Call) -> Answer:
    """Let the bank refuse a payout that is in transit."""
    fields = Fields(call.body)
    code = fields.choice("failure_code", payouts.FAILURE_CODES)
    fields.done()
    with provider.writing() as session:
        return Answer(200, payouts.describe(payouts.fail(session, call.path["id"], code)))


def return_payout(provider: Provider, call: Call) -> Answer:
    """Let the bank send back a payout that was paid."""
    fields = Fields(call.body)
    code = fields.choice("failure_code", payouts.FAILURE_CODES)
    fields.done()
    with provider.writing() as session:
        return Answer(200, payouts.describe(payouts.send_back(session, call.path["id"], code)))


def enable_account(provider: Provider, call: Call) -> Answer:
    """Let an account do everything."""
    Fields(call.body).done()
    with provider.writing() as session:
        return Answer(200, accounts.describe(accounts.enable(session, call.path["id"])))


def restrict_account(provider: Provider, call: Call) -> Answer:
    """Take payouts (and transfers) from an account until it has shown what is due."""
    fields = Fields(call.body)
    transfers, may_pay_out = (fields.yes_or_no(name, default=False) for name in ("transfers", "payouts"))
    currently_due, past_due = fields.texts("currently_due"), fields.texts("past_due")
    reason = fields.optional_text("disabled_reason") or "requirements.past_due"
    fields.done()
    with provider.writing() as session:
        restricted = accounts.restrict(
            session,
            call.path["id"],
            transfers=transfers,
            payouts=may_pay_out,
            currently_due=currently_due,
            past_due=past_due,
            reason=reason,
        )
        return Answer(200, accounts.describe(restricted))


def reject_account(provider: Provider, call: Call) -> Answer:
    """Refuse to serve an account any longer."""
    fields = Fields(call.body)
    reason = fields.optional_text("disabled_reason") or "rejected.fraud"
    fields.done()
    with provider.writing() as session:
        return Answer(200, accounts.describe(accounts.reject(session, call.path["id"], reason=reason)))


def adjust_balance(provider: Provider, call: Call) -> Answer:
    """Put money into a balance, or take it away, below zero if need be: the platform's, or an account's."""
    fields = Fields(call.body)
    account, currency = fields.optional_text("account"), fields.currency()
    amount_minor = fields.number("amount_minor", least=-AMOUNT_MINOR_MAX, most=AMOUNT_MINOR_MAX)
    reference = fields.optional_text("reference")
    fields.done()
    with provider.writing() as session:
        owner = ledger.PLATFORM if account is None else accounts.find(session, account).id
        ends = ledger.BANKS, ledger.available(owner)
        giver, taker = ends if amount_minor > 0 else ends[::-1]
        ledger.move(
            session,
            kind="top_up" if amount_minor > 0 else "adjustment",
            source=session.new_id("adj"),
            giver=giver,
            taker=taker,
            currency=currency,
            amount_minor=abs(amount_minor),
            reference=reference,
        )
        return Answer(200, {"object": "balance", "owner": owner, "balances": ledger.balances(session, owner)})


def view_key(provider: Provider, call: Call) -> Answer:
    """Show what is remembered of an idempotency key."""
    with provider.reading() as session:
        kept = idempotency.view(session, call.path["key"])
    if kept is None:
        raise missing("idempotency_key")
    return Answer(200, kept)


def list_events(provider: Provider, call: Call) -> Answer:
    """List the webhooks: every event, of one type where given, and how far its delivery has come."""
    fields = Fields(call.query)
    kind, undelivered = fields.optional_text("type"), fields.flag("undelivered")
    after, limit = fields.optional_text("after"), fields.limit()
    fields.done()
    with provider.reading() as session:
        found = events.list_events(session, undelivered=undelivered, kind=kind, after=after, limit=limit)
    return Answer(200, found.body())
