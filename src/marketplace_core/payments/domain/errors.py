"""What payments refuse, and why.

::

    PaymentNotFound, EscrowNotFound, RefundNotFound, DisputeNotFound, ClaimNotFound, ClaimPhotoNotFound,
    PayoutNotFound, SellerAccountNotFound
                                       no such thing, or not yours to know
    MalformedShares                    the parts of a payment that cannot be opened
    MalformedRefund                    a refund that makes no sense: no reason, no money, a seller order twice
    MalformedEvidence                  evidence that says nothing, or too much
    MalformedClaim                     a claim that makes no sense: no words, goods that were not bought, no money
    PhotoRejected                      a photo that is none, is too large, or is one too many
    ClaimNotPossible                   no claim about this, or not now; ``facts["reason"]`` is why
    MalformedPolicy                    a document of the terms of trade with mistakes; the facts list them all
    MalformedSettlement                a settlement of a debt without an amount or a note
    SettlementNotFound                 no such settlement of a debt
    ExceedsDebt                        more than the seller owes; the facts say how much that is
    SellerCannotSell                   the shop takes no orders now; ``facts["reason"]`` is why
    SecondOperatorNeeded               so large an amount is approved by somebody else than who asked for it
    MalformedReason                    a freeze reason that is no short word
    WrongState                         the thing is in a state that does not allow this
    RefundExceedsRemaining             more than can still go back to the buyer; the facts say how much can
    RefundBlockedByDispute             the money is in a card dispute, which decides about it
    EscrowNotReleasable                the hold may not be released yet; ``facts["blocked_by"]`` says why
    BooksDoNotBalance                  the audit found something: no payout leaves until somebody has looked
    LedgerRefusal                      the books refuse a journal
    ├── AlreadyPosted                  … this fact is in the books
    ├── InsufficientFunds              … an account that may not be overdrawn would be
    └── AccountClosed                  … the account takes no more
    ProviderUnavailable                the payment provider is down, slow, or busy with the same request
    ProviderRefused                    the payment provider says no, for good, to this very request
    UnknownAtProvider                  the payment provider knows no such thing
    ProviderMismatch                   the payment provider's answer is about something else than we asked for
    BooksNotReadable                   the adapter of this payment provider does not read its books
    NeverCompared                      the books were not compared yet
"""

from marketplace_core.kernel.errors import Conflict, InvalidInput, NotFound, RuleBroken, Unavailable


class PaymentNotFound(NotFound):
    """There is no such payment, or it is not yours."""

    code = "payments.payment_not_found"


class EscrowNotFound(NotFound):
    """There is no held payment for that seller order, or it is not yours."""

    code = "payments.escrow_not_found"


class RefundNotFound(NotFound):
    """There is no such refund, or it is not yours."""

    code = "payments.refund_not_found"


class DisputeNotFound(NotFound):
    """There is no such card dispute, or it is not yours."""

    code = "payments.dispute_not_found"


class ClaimNotFound(NotFound):
    """There is no such claim, or it is not yours."""

    code = "payments.claim_not_found"


class PayoutNotFound(NotFound):
    """There is no such payout, or it is not yours."""

    code = "payments.payout_not_found"


class SellerAccountNotFound(NotFound):
    """The seller has no account to be paid to."""

    code = "payments.seller_account_not_found"


class MalformedShares(InvalidInput):
    """A payment has at least one share, one currency, no negative part, and something to pay."""

    code = "payments.malformed_shares"


class MalformedRefund(InvalidInput):
    """A refund names a reason and at least one seller order, each once, and money of each."""

    code = "payments.malformed_refund"


class MalformedEvidence(InvalidInput):
    """Evidence is a bounded number of statements, none of them empty."""

    code = "payments.malformed_evidence"


class MalformedClaim(InvalidInput):
    """A claim says something, is about goods of one seller order, and wants no more than was paid for them."""

    code = "payments.malformed_claim"


class PhotoRejected(InvalidInput):
    """A photo of a claim is a JPEG, PNG or WebP of at most 8 MiB that can be shown, and a claim takes 20 of them."""

    code = "payments.photo_rejected"


class ClaimPhotoNotFound(NotFound):
    """There is no such photo in that claim."""

    code = "payments.claim_photo_not_found"


class ClaimNotPossible(RuleBroken):
    """There can be no claim about this, or not now; ``facts["reason"]`` is why."""

    code = "payments.claim_not_possible"


class MalformedPolicy(InvalidInput):
    """The document of the terms of trade has mistakes; ``facts["flaws"]`` are all of them, each a sentence."""

    code = "payments.malformed_policy"


class MalformedSettlement(InvalidInput):
    """A debt is settled by an amount above zero, with a reason or a reference."""

    code = "payments.malformed_settlement"


class SettlementNotFound(NotFound):
    """There is no such settlement of a debt."""

    code = "payments.settlement_not_found"


class ExceedsDebt(RuleBroken):
    """That is more than the seller owes; ``facts`` say how much that is, in minor units."""

    code = "payments.exceeds_debt"


class SellerCannotSell(RuleBroken):
    """The shop takes no orders now; ``facts`` name it and the reason."""

    code = "payments.seller_cannot_sell"


class SecondOperatorNeeded(RuleBroken):
    """So large an amount is approved by another operator than the one who asked for it."""

    code = "payments.second_operator_needed"


class MalformedReason(InvalidInput):
    """A freeze reason is a short word, not a sentence."""

    code = "payments.malformed_reason"


class WrongState(RuleBroken):
    """The thing is in a state that does not allow this."""

    code = "payments.wrong_state"


class EscrowNotReleasable(RuleBroken):
    """The held payment may not be released now; ``facts["blocked_by"]`` lists the reasons."""

    code = "payments.escrow_not_releasable"


class RefundExceedsRemaining(RuleBroken):
    """That is more than can still go back to the buyer; ``facts`` say what remains, in minor units."""

    code = "payments.refund_exceeds_remaining"


class RefundBlockedByDispute(RuleBroken):
    """The same cent is never in a refund and in a card dispute: the dispute decides about it."""

    code = "payments.refund_blocked_by_dispute"


class MoneyPaused(Unavailable):
    """Money to sellers stands still until an operator has looked; refunds go on."""

    code = "payments.paused"


class ProposalNotFound(NotFound):
    """No correction of that name is proposed; the books may have been mended meanwhile."""

    code = "payments.proposal_not_found"


class BrakeNotFound(NotFound):
    """No brake of that cause is on."""

    code = "payments.brake_not_found"


class BooksDoNotBalance(Unavailable):
    """The audit of the books found a violation: payouts stop until somebody has looked."""

    code = "payments.books_do_not_balance"


class LedgerRefusal(Conflict):
    """The books refuse a journal."""

    code = "payments.ledger_refusal"


class AlreadyPosted(LedgerRefusal):
    """This business fact is in the books already."""

    code = "payments.already_posted"


class InsufficientFunds(LedgerRefusal):
    """An account that may not be overdrawn would be: more would leave than ever came in."""

    code = "payments.insufficient_funds"


class AccountClosed(LedgerRefusal):
    """The account was closed and takes no more postings."""

    code = "payments.account_closed"


class ProviderUnavailable(Unavailable):
    """The payment provider cannot be asked right now.

    ``ambiguous`` tells whether it may have acted all the same: repeat only with the same key, or look it up.
    """

    code = "payments.provider_unavailable"


class ProviderRefused(RuleBroken):
    """The payment provider refuses this request for good; ``facts["reason"]`` is its code."""

    code = "payments.provider_refused"

    def __init__(self, message: str, *, reason: str) -> None:
        super().__init__(message, reason=reason)
        self.reason = reason


class UnknownAtProvider(NotFound):
    """The payment provider knows no such thing."""

    code = "payments.unknown_at_provider"


class ProviderMismatch(RuleBroken):
    """The payment provider answered about another thing than we asked for; nothing was recorded."""

    code = "payments.provider_mismatch"


class BooksNotReadable(RuleBroken):
    """The adapter of this payment provider does not read the provider's own books."""

    code = "payments.books_not_readable"


class NeverCompared(NotFound):
    """Our books were never compared with the provider's."""

    code = "payments.never_compared"
