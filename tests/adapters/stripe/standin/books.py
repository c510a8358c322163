"""The buyers' side of the stand-in: payments, refunds and disputes; and with the sellers' side, all of it."""

from typing import Final

from attrs import define

from tests.adapters.stripe.standin import shapes
from tests.adapters.stripe.standin.basics import PLATFORM
from tests.adapters.stripe.standin.refusals import Refused, missing, required
from tests.adapters.stripe.standin.sellers import Sellers
from tests.adapters.stripe.standin.shapes import Thing

DISPUTE_FEE: Final = 1_500
LATE_SECONDS: Final = 30
EVIDENCE_SECONDS: Final = 7 * 24 * 3_600
A_CARD: Final = {
    "4242424242424242": "succeeds",
    "4000000000000002": "generic_decline",
    "4000000000009995": "insufficient_funds",
    "4000000000003220": "asks",
    "4000000000000077": "late",
}
OPEN: Final = frozenset({"requires_payment_method", "requires_confirmation", "requires_action"})
TAKES_MONEY: Final = frozenset({"needs_response", "under_review", "lost", "prevented"})


@define(kw_only=True)
class Books(Sellers):
    """Everything that Stripe has written down."""

    def settle(self) -> None:
        """Let everything happen whose time has come, and refunds for which there is money by now."""
        super().settle()
        for refund in self.refunds.values():
            if refund["status"] == "pending" and refund.get("pending_reason") == "insufficient_funds":
                self._go(refund)

    # ------------------------------------------------------------------ payments

    def create_intent(self, form: Thing) -> Thing:
        """Ask for a payment."""
        for param in ("amount", "currency"):
            if param not in form:
                raise required(param)
        intent = shapes.payment_intent(self.name("pi"), form, now=self.now)
        self.intents[intent["id"]] = intent
        self.tell("payment_intent.created", intent)
        return intent

    def intent(self, name: str, *, status: int = 404) -> Thing:
        """Return one. Raises ``Refused``."""
        if name not in self.intents:
            raise missing("payment_intent", name, param="intent", status=status)
        return self.intents[name]

    def cancel_intent(self, name: str) -> Thing:
        """Make a payment impossible, unless it is too late."""
        intent = self.intent(name)
        if intent["status"] not in OPEN:
            raise Refused(
                f"You cannot cancel this PaymentIntent because it has a status of {intent['status']}.",
                code="payment_intent_unexpected_state",
            )
        intent.update(status="canceled", canceled_at=self.now, next_action=None)
        self.tell("payment_intent.canceled", intent)
        return intent

    def confirm_intent(self, name: str, secret: str, number: str) -> Thing:
        """Try to pay with a card, as the buyer's browser does."""
        intent = self.intent(name)
        if secret != intent["client_secret"]:
            raise missing("payment_intent", name)
        if intent["status"] not in OPEN:
            raise Refused("This PaymentIntent was dealt with.", code="payment_intent_unexpected_state")
        does = A_CARD[number]
        if does == "succeeds":
            self._take(intent)
        elif does == "asks":
            intent.update(status="requires_action", next_action={"type": "use_stripe_sdk", "use_stripe_sdk": {}})
            self.tell("payment_intent.requires_action", intent)
        elif does == "late":
            self._begin_late(intent)
        else:
            self._decline(intent, does)
        return intent

    def answer_bank(self, name: str, *, approve: bool) -> None:
        """Say to the bank whether it was the buyer."""
        intent = self.intent(name)
        intent["next_action"] = None
        if approve:
            self._take(intent)
            return
        error = {
            "type": "invalid_request_error",
            "code": "payment_intent_authentication_failure",
            "message": "The provided PaymentMethod has failed authentication.",
        }
        intent.update(status="requires_payment_method", last_payment_error=error)
        self.tell("payment_intent.payment_failed", intent)

    def fail_late(self, name: str) -> None:
        """Let a payment in processing come to nothing."""
        intent = self.intent(name)
        self._due = []
        self.charges[intent["latest_charge"]]["status"] = "failed"
        error = {"type": "card_error", "code": "payment_method_provider_decline", "message": "No."}
        intent.update(status="requires_payment_method", processing=None)
        intent["last_payment_error"] = {**error, "charge": intent["latest_charge"]}
        self.tell("payment_intent.payment_failed", intent)

    def _begin_late(self, intent: Thing) -> None:
        charge = self._charged(intent)
        charge["status"] = "pending"
        intent.update(status="processing", latest_charge=charge["id"], last_payment_error=None)
        self.tell("payment_intent.processing", intent)
        self._due.append((self.now + LATE_SECONDS, lambda: self._take(intent, charge)))

    def _charged(self, intent: Thing) -> Thing:
        charge = shapes.charge(self.name("ch"), intent, now=self.now)
        self.charges[charge["id"]] = charge
        return charge

    def _take(self, intent: Thing, charge: Thing | None = None) -> None:
        charge = charge or self._charged(intent)
        fee = intent["amount"] * shapes.FEE_BPS // 10_000 + shapes.FEE_CENTS
        fee -= fee % self.fee_step
        moved = self.move(PLATFORM, "charge", intent["amount"], charge, fee=fee)
        charge.update(
            status="succeeded",
            paid=True,
            captured=True,
            amount_captured=charge["amount"],
            balance_transaction=moved["id"],
        )
        intent.update(
            status="succeeded",
            amount_received=intent["amount"],
            latest_charge=charge["id"],
            last_payment_error=None,
            processing=None,
        )
        self.tell("payment_intent.succeeded", intent)

    def _decline(self, intent: Thing, why: str) -> None:
        charge = self._charged(intent)
        charge.update(failure_code="card_declined", failure_message="Your card was declined.")
        error = {
            "type": "card_error",
            "code": "card_declined",
            "decline_code": why,
            "charge": charge["id"],
            "message": "Your card was declined.",
        }
        intent.update(status="requires_payment_method", last_payment_error=error, latest_charge=charge["id"])
        self.tell("payment_intent.payment_failed", intent)

    # ------------------------------------------------------------------ refunds

    def create_refund(self, form: Thing) -> Thing:
        """Send money back, or begin to."""
        intent = self.intent(form.get("payment_intent", ""))
        if intent["status"] != "succeeded":
            raise Refused("This PaymentIntent does not have a successful charge to refund.", param="payment_intent")
        gone = sum(
            one["amount"]
            for one in self.refunds.values()
            if one["payment_intent"] == intent["id"] and one["status"] not in {"failed", "canceled"}
        )
        left = intent["amount"] - gone
        amount = int(form.get("amount", left))
        disputed = sum(
            one["amount"]
            for one in self.disputes.values()
            if one["payment_intent"] == intent["id"] and one["status"] in TAKES_MONEY
        )
        if left == 0:
            raise Refused("The charge has already been refunded.", code="charge_already_refunded")
        if amount > left:
            raise Refused("Refund amount is greater than unrefunded amount on charge.", param="amount")
        if amount > left - disputed:
            raise Refused("The charge has been charged back; cannot issue a refund.", code="charge_disputed")
        refund = shapes.refund(self.name("re"), form, intent, amount=amount, now=self.now)
        self.refunds[refund["id"]] = refund
        if self.holds_refunds:
            refund["pending_reason"] = "processing"
        else:
            self._go(refund)
        self.tell("refund.created", refund)
        return refund

    def settle_refund(self, name: str) -> None:
        """Let a pending refund go."""
        self._go(self.refunds[name])

    def fail_refund(self, name: str, why: str) -> None:
        """Let a refund fail, or come back."""
        refund = self.refunds[name]
        if refund["status"] == "succeeded":
            moved = self.move(PLATFORM, "refund_failure", refund["amount"], refund)
            refund["failure_balance_transaction"] = moved["id"]
        refund.pop("pending_reason", None)
        refund.update(status="failed", failure_reason=why)
        self.tell("refund.failed", refund)

    def _go(self, refund: Thing) -> None:
        if self.balance(PLATFORM, refund["currency"]) < refund["amount"]:
            refund["pending_reason"] = "insufficient_funds"
            return
        moved = self.move(PLATFORM, "refund", -refund["amount"], refund)
        refund.pop("pending_reason", None)
        refund.update(status="succeeded", balance_transaction=moved["id"])
        self.tell("refund.updated", refund)

    # ------------------------------------------------------------------ disputes

    def open_dispute(self, intent_name: str, amount: int, *, warning: bool) -> str:
        """Let a bank dispute a payment, or inquire."""
        intent = self.intent(intent_name)
        status = "warning_needs_response" if warning else "needs_response"
        due = self.now + EVIDENCE_SECONDS
        dispute = shapes.dispute(self.name("dp"), intent, amount=amount, status=status, due=due, now=self.now)
        self.disputes[dispute["id"]] = dispute
        self.charges[intent["latest_charge"]]["disputed"] = True
        if not warning:
            self._withdraw(dispute)
            for refund in self.refunds.values():
                if refund["payment_intent"] == intent_name and refund["status"] == "pending":
                    self.fail_refund(refund["id"], "charge_for_pending_refund_disputed")
        self.tell("charge.dispute.created", dispute)
        return str(dispute["id"])

    def move_dispute(self, name: str, status: str) -> None:
        """Let the network take a step."""
        dispute = self.disputes[name]
        was = dispute["status"]
        dispute["status"] = status
        if was.startswith("warning") and status in TAKES_MONEY:
            self._withdraw(dispute)
        if status == "won":
            fee = -DISPUTE_FEE if self.returns_fee else 0
            moved = self.move(PLATFORM, "adjustment", dispute["amount"], dispute, fee=fee)
            dispute["balance_transactions"].append(moved)
        self.tell("charge.dispute.updated", dispute)

    def update_dispute(self, name: str, form: Thing) -> Thing:
        """Take evidence."""
        dispute = self._answerable(name)
        unknown = form.get("evidence", {}).keys() - dispute["evidence"].keys()
        if unknown:
            raise Refused(f"Received unknown parameters: {sorted(unknown)}", code="parameter_unknown", is_kept=False)
        dispute["evidence"].update(form.get("evidence", {}))
        dispute["evidence_details"]["has_evidence"] = True
        dispute["metadata"].update(form.get("metadata", {}))
        if form.get("submit") == "true":
            inquiry = dispute["status"].startswith("warning")
            dispute["status"] = "warning_under_review" if inquiry else "under_review"
            dispute["evidence_details"]["submission_count"] = 1
            self.tell("charge.dispute.updated", dispute)
        return dispute

    def close_dispute(self, name: str) -> Thing:
        """Give a dispute up."""
        dispute = self._answerable(name)
        dispute["status"] = "lost"
        self.tell("charge.dispute.closed", dispute)
        return dispute

    def _answerable(self, name: str) -> Thing:
        if name not in self.disputes:
            raise missing("dispute", name, param="dispute")
        dispute = self.disputes[name]
        if dispute["status"] not in {"needs_response", "warning_needs_response"}:
            raise Refused("This dispute can no longer be answered.", code="dispute_not_answerable")
        return dispute

    def _withdraw(self, dispute: Thing) -> None:
        moved = self.move(PLATFORM, "adjustment", -dispute["amount"], dispute, fee=DISPUTE_FEE)
        dispute["balance_transactions"].append(moved)
