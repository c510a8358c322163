"""Money on its way back, and what all of it comes to: one function per route, from a request to an answer."""

from marketplace_adapters.fakepay.provider import (
    accounts,
    audit,
    balance_transactions,
    disputes,
    disputing,
    ledger,
    onboarding,
    refunding,
    refunds,
    reversals,
)
from marketplace_adapters.fakepay.provider.answers import Answer
from marketplace_adapters.fakepay.provider.calls import Call
from marketplace_adapters.fakepay.provider.fields import Fields
from marketplace_adapters.fakepay.provider.idempotency import once
from marketplace_adapters.fakepay.provider.institution import Provider, Session

EVIDENCE_LENGTH_MAX = 20_000


def create_refund(provider: Provider, call: Call) -> Answer:
    """Give money of a payment back to the card: an amount, or all that is left."""
    fields = Fields(call.body)
    payment, reference = fields.text("payment"), fields.text("reference")
    amount_minor, currency = fields.optional_amount_minor(), fields.optional_currency()
    reason, metadata = fields.optional_text("reason"), fields.metadata()
    fields.done()

    def run(session: Session) -> Answer:
        refund = refunding.create(
            session,
            payment_id=payment,
            amount_minor=amount_minor,
            currency=currency,
            reference=reference,
            reason=reason,
            metadata=metadata,
        )
        return Answer(201, refunds.describe(refund))

    return once(provider, key=call.idempotency_key, operation=call.operation, request=call.body, run=run)


def view_refund(provider: Provider, call: Call) -> Answer:
    """Show one refund as it is now."""
    with provider.reading() as session:
        return Answer(200, refunds.describe(refunds.find(session, call.path["id"])))


def list_refunds(provider: Provider, call: Call) -> Answer:
    """List refunds, by reference, payment or status."""
    fields = Fields(call.query)
    reference, payment, status = (fields.optional_text(name) for name in ("reference", "payment", "status"))
    after, limit = fields.optional_text("after"), fields.limit()
    fields.done()
    with provider.reading() as session:
        found = refunds.list_refunds(
            session, reference=reference, payment=payment, status=status, after=after, limit=limit
        )
    return Answer(200, found.body())


def view_dispute(provider: Provider, call: Call) -> Answer:
    """Show one dispute as it is now."""
    with provider.reading() as session:
        return Answer(200, disputes.describe(disputes.find(session, call.path["id"])))


def list_disputes(provider: Provider, call: Call) -> Answer:
    """List disputes, by reference, payment or time; with `open=true` only those that are not closed."""
    fields = Fields(call.query)
    reference, payment = fields.optional_text("reference"), fields.optional_text("payment")
    open_only, created_from = fields.flag("open"), fields.moment("created_from")
    after, limit = fields.optional_text("after"), fields.limit()
    fields.done()
    with provider.reading() as session:
        found = disputes.list_disputes(
            session,
            reference=reference,
            payment=payment,
            created_from=created_from,
            open_only=open_only,
            after=after,
            limit=limit,
        )
    return Answer(200, found.body())


def submit_evidence(provider: Provider, call: Call) -> Answer:
    """Answer a dispute or an inquiry, once; the answer repeats the hash of what was stored."""
    fields = Fields(call.body)
    evidence = fields.small_object("evidence", length_max=EVIDENCE_LENGTH_MAX)
    fields.done()

    def run(session: Session) -> Answer:
        return Answer(200, disputes.describe(disputing.submit_evidence(session, call.path["id"], evidence)))

    return once(provider, key=call.idempotency_key, operation=call.operation, request=call.body, run=run)


def accept_dispute(provider: Provider, call: Call) -> Answer:
    """Give up a dispute."""
    Fields(call.body).done()

    def run(session: Session) -> Answer:
        return Answer(200, disputes.describe(disputing.accept(session, call.path["id"])))

    return once(provider, key=call.idempotency_key, operation=call.operation, request=call.body, run=run)


def reverse_transfer(provider: Provider, call: Call) -> Answer:
    """Take back money of a transfer: an amount, or all that is left."""
    fields = Fields(call.body)
    amount_minor, reference, metadata = fields.optional_amount_minor(), fields.text("reference"), fields.metadata()
    fields.done()

    def run(session: Session) -> Answer:
        reversal = reversals.create(
            session, transfer_id=call.path["id"], amount_minor=amount_minor, reference=reference, metadata=metadata
        )
        return Answer(201, reversals.describe(reversal))

    return once(provider, key=call.idempotency_key, operation=call.operation, request=call.body, run=run)


def view_reversal(provider: Provider, call: Call) -> Answer:
    """Show one reversal."""
    with provider.reading() as session:
        return Answer(200, reversals.describe(reversals.find(session, call.path["id"])))


def list_reversals(provider: Provider, call: Call) -> Answer:
    """List reversals, by reference or transfer."""
    fields = Fields(call.query)
    reference, transfer = fields.optional_text("reference"), fields.optional_text("transfer")
    after, limit = fields.optional_text("after"), fields.limit()
    fields.done()
    with provider.reading() as session:
        found = reversals.list_reversals(session, reference=reference, transfer=transfer, after=after, limit=limit)
    return Answer(200, found.body())


def create_onboarding_link(provider: Provider, call: Call) -> Answer:
    """Make a link to the page where an account hands in what it owes."""
    fields = Fields(call.body)
    return_url = fields.web_address("return_url")
    fields.done()
    base_url = provider.public_url or call.base_url

    def run(session: Session) -> Answer:
        link = onboarding.create_link(session, call.path["id"], return_url=return_url)
        return Answer(201, onboarding.describe(link, base_url.rstrip("/") + onboarding.PATH + link.token))

    return once(provider, key=call.idempotency_key, operation=call.operation, request=call.body, run=run)


def view_balance(provider: Provider, call: Call) -> Answer:
    """Show the balance of the platform, or of one account."""
    fields = Fields(call.query)
    account = fields.optional_text("account")
    fields.done()
    with provider.reading() as session:
        owner = ledger.PLATFORM if account is None else accounts.find(session, account).id
        return Answer(200, {"object": "balance", "owner": owner, "balances": ledger.balances(session, owner)})


def list_balance_transactions(provider: Provider, call: Call) -> Answer:
    """List what changed balances: of everybody, or of one owner, type, source, reference or time."""
    fields = Fields(call.query)
    owner, kind, source = (fields.optional_text(name) for name in ("owner", "type", "source"))
    reference, created_from, created_to = (
        fields.optional_text("reference"),
        fields.moment("created_from"),
        fields.moment("created_to"),
    )
    after, limit = fields.optional_text("after"), fields.limit()
    fields.done()
    with provider.reading() as session:
        found = balance_transactions.list_balance_transactions(
            session,
            owner=owner,
            kind=kind,
            source=source,
            reference=reference,
            created_from=created_from,
            created_to=created_to,
            after=after,
            limit=limit,
        )
    return Answer(200, found.body())


def audit_books(provider: Provider, _call: Call) -> Answer:
    """Say whether the provider's own books are sound."""
    with provider.reading() as session:
        return Answer(200, audit.audit(session))
