"""Stripe's objects as they come over the wire: every field that its published schema requires, and what we look at."""

from typing import Any, Final

Thing = dict[str, Any]
FEE_CENTS: Final = 25
FEE_BPS: Final = 140


def payment_intent(name: str, form: Thing, *, now: int) -> Thing:
    """Return a new PaymentIntent."""
    return {
        "id": name,
        "object": "payment_intent",
        "amount": int(form["amount"]),
        "amount_capturable": 0,
        "amount_received": 0,
        "automatic_payment_methods": {"allow_redirects": "always", "enabled": True},
        "canceled_at": None,
        "cancellation_reason": None,
        "capture_method": form.get("capture_method", "automatic_async"),
        "client_secret": f"{name}_secret_{name[-8:]}",
        "confirmation_method": "automatic",
        "created": now,
        "currency": form["currency"],
        "customer": None,
        "description": form.get("description"),
        "last_payment_error": None,
        "latest_charge": None,
        "livemode": False,
        "metadata": form.get("metadata", {}),
        "next_action": None,
        "on_behalf_of": None,
        "payment_method": None,
        "payment_method_types": ["card"],
        "processing": None,
        "status": "requires_payment_method",
        "transfer_data": None,
        "transfer_group": form.get("transfer_group"),
    }


def charge(name: str, intent: Thing, *, now: int) -> Thing:
    """Return a charge that failed; whoever takes the money says so."""
    return {
        "id": name,
        "object": "charge",
        "amount": intent["amount"],
        "amount_captured": 0,
        "amount_refunded": 0,
        "balance_transaction": None,
        "billing_details": {"address": None, "email": None, "name": None, "phone": None, "tax_id": None},
        "captured": False,
        "created": now,
        "currency": intent["currency"],
        "disputed": False,
        "failure_code": None,
        "failure_message": None,
        "livemode": False,
        "metadata": dict(intent["metadata"]),
        "paid": False,
        "payment_intent": intent["id"],
        "refunded": False,
        "status": "failed",
        "transfer_group": intent["transfer_group"],
    }


def balance_transaction(
    name: str, *, kind: str, amount: int, fee: int, currency: str, source: str | None, now: int
) -> Thing:
    """Return a movement of a balance."""
    category = {"payment": "charge", "adjustment": "dispute", "payout_failure": "payout_reversal"}.get(kind, kind)
    return {
        "id": name,
        "object": "balance_transaction",
        "amount": amount,
        "available_on": now,
        "balance_type": "payments",
        "created": now,
        "currency": currency,
        "description": None,
        "exchange_rate": None,
        "fee": fee,
        "fee_details": [
            {"amount": fee, "application": None, "currency": currency, "description": "Stripe", "type": "stripe_fee"}
        ]
        if fee
        else [],
        "net": amount - fee,
        "reporting_category": category,
        "source": source,
        "status": "available",
        "type": kind,
    }


def received(transfer: Thing, *, now: int) -> Thing:
    """Return what a transfer is to the account that receives it: a charge that has succeeded."""
    of = {"amount": transfer["amount"], "currency": transfer["currency"], "id": None, "metadata": {}}
    made = charge(transfer["destination_payment"], {**of, "transfer_group": transfer["transfer_group"]}, now=now)
    return {**made, "paid": True, "captured": True, "status": "succeeded", "source_transfer": transfer["id"]}


def given_back(name: str, of: Thing, transfer: Thing, *, now: int) -> Thing:
    """Return what the reversal of a transfer is to the account that gives it back: a refund of that charge."""
    made = refund(
        name,
        {},
        {"latest_charge": transfer["destination_payment"], "currency": of["currency"], "id": None},
        amount=of["amount"],
        now=now,
    )
    return {**made, "status": "succeeded", "transfer_reversal": of["id"]}


def refund(name: str, form: Thing, intent: Thing, *, amount: int, now: int) -> Thing:
    """Return a refund that has gone nowhere yet."""
    return {
        "id": name,
        "object": "refund",
        "amount": amount,
        "balance_transaction": None,
        "charge": intent["latest_charge"],
        "created": now,
        "currency": intent["currency"],
        "metadata": form.get("metadata", {}),
        "payment_intent": intent["id"],
        "reason": form.get("reason"),
        "receipt_number": None,
        "source_transfer_reversal": None,
        "status": "pending",
        "transfer_reversal": None,
    }


def account(name: str, form: Thing, *, enabled: bool, now: int) -> Thing:
    """Return a connected account."""
    asked = form.get("capabilities", {})
    return {
        "id": name,
        "object": "account",
        "business_type": None,
        "capabilities": dict.fromkeys(asked, "active" if enabled else "inactive"),
        "charges_enabled": enabled,
        "controller": {**form.get("controller", {}), "is_controller": True, "type": "application"},
        "country": form.get("country", "FR"),
        "created": now,
        "default_currency": "eur",
        "details_submitted": enabled,
        "email": None,
        "metadata": form.get("metadata", {}),
        "payouts_enabled": enabled,
        "requirements": {
            "alternatives": [],
            "current_deadline": None,
            "currently_due": [] if enabled else ["external_account", "individual.id_number"],
            "disabled_reason": None if enabled else "requirements.past_due",
            "errors": [],
            "eventually_due": [],
            "past_due": [] if enabled else ["external_account"],
            "pending_verification": [],
        },
        "type": "express",
    }


def transfer(name: str, form: Thing, *, group: str | None, now: int) -> Thing:
    """Return a transfer."""
    return {
        "id": name,
        "object": "transfer",
        "amount": int(form["amount"]),
        "amount_reversed": 0,
        "balance_transaction": None,
        "created": now,
        "currency": form["currency"],
        "description": None,
        "destination": form["destination"],
        "destination_payment": f"py_{name[3:]}",
        "livemode": False,
        "metadata": form.get("metadata", {}),
        "reversals": listed([], f"/v1/transfers/{name}/reversals"),
        "reversed": False,
        "source_transaction": form.get("source_transaction"),
        "source_type": "card",
        "transfer_group": group,
    }


def reversal(name: str, form: Thing, of: Thing, *, amount: int, now: int) -> Thing:
    """Return a reversal of a transfer."""
    return {
        "id": name,
        "object": "transfer_reversal",
        "amount": amount,
        "balance_transaction": None,
        "created": now,
        "currency": of["currency"],
        "destination_payment_refund": None,
        "metadata": form.get("metadata", {}),
        "source_refund": None,
        "transfer": of["id"],
    }


def payout(name: str, form: Thing, *, arrives: int, now: int) -> Thing:
    """Return a bank payout on its way."""
    return {
        "id": name,
        "object": "payout",
        "amount": int(form["amount"]),
        "application_fee": None,
        "application_fee_amount": None,
        "arrival_date": arrives,
        "automatic": False,
        "balance_transaction": None,
        "created": now,
        "currency": form["currency"],
        "description": None,
        "destination": f"ba_{name[3:]}",
        "failure_balance_transaction": None,
        "failure_code": None,
        "failure_message": None,
        "livemode": False,
        "metadata": form.get("metadata", {}),
        "method": "standard",
        "original_payout": None,
        "payout_method": None,
        "reconciliation_status": "not_applicable",
        "reversed_by": None,
        "source_type": "card",
        "statement_descriptor": None,
        "status": "pending",
        "trace_id": None,
        "type": "bank_account",
    }


def dispute(name: str, intent: Thing, *, amount: int, status: str, due: int, now: int) -> Thing:
    """Return a dispute about a payment."""
    return {
        "id": name,
        "object": "dispute",
        "amount": amount,
        "balance_transactions": [],
        "charge": intent["latest_charge"],
        "created": now,
        "currency": intent["currency"],
        "enhanced_eligibility_types": [],
        "evidence": _no_evidence(),
        "evidence_details": {
            "due_by": due,
            "enhanced_eligibility": {},
            "has_evidence": False,
            "past_due": False,
            "submission_count": 0,
        },
        "is_charge_refundable": status.startswith("warning"),
        "livemode": False,
        "metadata": {},
        "payment_intent": intent["id"],
        "reason": "fraudulent",
        "status": status,
    }


def _no_evidence() -> Thing:
    texts = (
        "access_activity_log", "billing_address", "cancellation_policy", "cancellation_policy_disclosure",
        "cancellation_rebuttal", "customer_communication", "customer_email_address", "customer_name",
        "customer_purchase_ip", "customer_signature", "duplicate_charge_documentation", "duplicate_charge_explanation",
        "duplicate_charge_id", "product_description", "receipt", "refund_policy", "refund_policy_disclosure",
        "refund_refusal_explanation", "service_date", "service_documentation", "shipping_address", "shipping_carrier",
        "shipping_date", "shipping_documentation", "shipping_tracking_number", "uncategorized_file",
        "uncategorized_text",
    )  # fmt: skip
    return {**dict.fromkeys(texts), "enhanced_evidence": {}}


def listed(things: list[Thing], path: str, *, has_more: bool = False) -> Thing:
    """Return a page of a list."""
    return {"object": "list", "data": things, "has_more": has_more, "url": path}


def event(name: str, kind: str, thing: Thing, *, account: str | None, now: int) -> Thing:
    """Return what is told of a change."""
    told = {
        "id": name,
        "object": "event",
        "api_version": "2026-10-28.endive",
        "created": now,
        "data": {"object": thing},
        "livemode": False,
        "pending_webhooks": 1,
        "request": {"id": None, "idempotency_key": None},
        "type": kind,
    }
    return told if account is None else {**told, "account": account}
