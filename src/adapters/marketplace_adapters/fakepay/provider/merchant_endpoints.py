"""What whoever holds the API key may do: one function per route, from a request to an answer."""

from marketplace_adapters.fakepay.provider import accounts, events, payments, payouts, transfers
from marketplace_adapters.fakepay.provider.answers import Answer
from marketplace_adapters.fakepay.provider.calls import Call
from marketplace_adapters.fakepay.provider.fields import EMAIL_LENGTH_MAX, Fields
from marketplace_adapters.fakepay.provider.idempotency import once
from marketplace_adapters.fakepay.provider.institution import Provider, Session


def create_payment(provider: Provider, call: Call) -> Answer:
    """Begin a payment."""
    fields = Fields(call.body)
    amount_minor, currency = fields.amount_minor(), fields.currency()
    reference, transfer_group = fields.text("reference"), fields.optional_text("transfer_group")
    metadata = fields.metadata()
    fields.done()

    def run(session: Session) -> Answer:
        payment = payments.create(
            session,
            amount_minor=amount_minor,
            currency=currency,
            reference=reference,
            transfer_group=transfer_group,
            metadata=metadata,
        )
        return Answer(201, payments.describe_to_merchant(payment))

    return once(provider, key=call.idempotency_key, operation=call.operation, request=call.body, run=run)


def view_payment(provider: Provider, call: Call) -> Answer:
    """Show one payment as it is now."""
    with provider.reading() as session:
        return Answer(200, payments.describe_to_merchant(payments.find(session, call.path["id"])))


def list_payments(provider: Provider, call: Call) -> Answer:
    """List payments, by reference or transfer group."""
    fields = Fields(call.query)
    reference, transfer_group = fields.optional_text("reference"), fields.optional_text("transfer_group")
    after, limit = fields.optional_text("after"), fields.limit()
    fields.done()
    with provider.reading() as session:
        found = payments.list_payments(
            session, reference=reference, transfer_group=transfer_group, after=after, limit=limit
        )
    return Answer(200, found.body())


def cancel_payment(provider: Provider, call: Call) -> Answer:
    """Make a payment impossible, unless it has succeeded or may still succeed."""
    Fields(call.body).done()
    with provider.writing() as session:
        return Answer(200, payments.describe_to_merchant(payments.cancel(session, call.path["id"])))


def create_account(provider: Provider, call: Call) -> Answer:
    """Open an account."""
    fields = Fields(call.body)
    reference = fields.text("reference")
    email, country = fields.optional_text("email", length_max=EMAIL_LENGTH_MAX), fields.optional_country()
    fields.done()

    def run(session: Session) -> Answer:
        account = accounts.create(session, reference=reference, email=email, country=country)
        return Answer(201, accounts.describe(account))

    return once(provider, key=call.idempotency_key, operation=call.operation, request=call.body, run=run)


def view_account(provider: Provider, call: Call) -> Answer:
    """Show one account."""
    with provider.reading() as session:
        return Answer(200, accounts.describe(accounts.find(session, call.path["id"])))


def list_accounts(provider: Provider, call: Call) -> Answer:
    """List accounts, by reference."""
    fields = Fields(call.query)
    reference, after, limit = fields.optional_text("reference"), fields.optional_text("after"), fields.limit()
    fields.done()
    with provider.reading() as session:
        return Answer(200, accounts.list_accounts(session, reference=reference, after=after, limit=limit).body())


def create_transfer(provider: Provider, call: Call) -> Answer:
    """Move money from the platform to an account."""
    fields = Fields(call.body)
    account, amount_minor, currency = fields.text("account"), fields.amount_minor(), fields.currency()
    reference, transfer_group = fields.text("reference"), fields.optional_text("transfer_group")
    source_payment = fields.optional_text("source_payment")
    fields.done()

    def run(session: Session) -> Answer:
        transfer = transfers.create(
            session,
            account=account,
            amount_minor=amount_minor,
            currency=currency,
            reference=reference,
            transfer_group=transfer_group,
            source_payment=source_payment,
        )
        return Answer(201, transfers.describe(transfer))

    return once(provider, key=call.idempotency_key, operation=call.operation, request=call.body, run=run)


def view_transfer(provider: Provider, call: Call) -> Answer:
    """Show one transfer."""
    with provider.reading() as session:
        return Answer(200, transfers.describe(transfers.find(session, call.path["id"])))


def list_transfers(provider: Provider, call: Call) -> Answer:
    """List transfers, by reference, transfer group or source payment."""
    fields = Fields(call.query)
    reference, transfer_group = fields.optional_text("reference"), fields.optional_text("transfer_group")
    source_payment, after, limit = fields.optional_text("source_payment"), fields.optional_text("after"), fields.limit()
    fields.done()
    with provider.reading() as session:
        found = transfers.list_transfers(
            session,
            reference=reference,
            transfer_group=transfer_group,
            source_payment=source_payment,
            after=after,
            limit=limit,
        )
    return Answer(200, found.body())


def create_payout(provider: Provider, call: Call) -> Answer:
    """Send money of an account to its bank."""
    fields = Fields(call.body)
    account, amount_minor, currency = fields.text("account"), fields.amount_minor(), fields.currency()
    reference = fields.text("reference")
    fields.done()

    def run(session: Session) -> Answer:
        payout = payouts.create(
            session, account=account, amount_minor=amount_minor, currency=currency, reference=reference
        )
        return Answer(201, payouts.describe(payout))

    return once(provider, key=call.idempotency_key, operation=call.operation, request=call.body, run=run)


def view_payout(provider: Provider, call: Call) -> Answer:
    """Show one payout as it is now."""
    with provider.reading() as session:
        return Answer(200, payouts.describe(payouts.find(session, call.path["id"])))


def list_payouts(provider: Provider, call: Call) -> Answer:
    """List payouts, by reference."""
    fields = Fields(call.query)
    reference, after, limit = fields.optional_text("reference"), fields.optional_text("after"), fields.limit()
    fields.done()
    with provider.reading() as session:
        return Answer(200, payouts.list_payouts(session, reference=reference, after=after, limit=limit).body())


def list_events(provider: Provider, call: Call) -> Answer:
    """List what happened: all of it, or what no webhook has told yet."""
    fields = Fields(call.query)
    undelivered, after, limit = fields.flag("undelivered"), fields.optional_text("after"), fields.limit()
    fields.done()
    with provider.reading() as session:
        return Answer(200, events.list_events(session, undelivered=undelivered, after=after, limit=limit).body())
