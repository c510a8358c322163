"""Claims: the public face of what buyers, sellers and operators say when something is wrong with what was bought."""

from marketplace_core.payments.domain.claim import (
    Claim,
    ClaimAnswer,
    ClaimDecision,
    ClaimedLine,
    ClaimKind,
    ClaimMessage,
    SoldLine,
)
from marketplace_core.payments.domain.errors import ClaimNotFound, ClaimNotPossible, MalformedClaim
from marketplace_core.payments.domain.events import ClaimAnswered, ClaimClosed, ClaimOpened
from marketplace_core.payments.domain.states.claim import CLAIMS_OPENED, ClaimState
from marketplace_core.payments.queries.claim_views import ClaimAmount, ClaimView
from marketplace_core.payments.queries.claims import ListClaims, ViewClaim
from marketplace_core.payments.usecases.accept_claim_offer import AcceptClaimOffer
from marketplace_core.payments.usecases.add_to_claim import AddToClaim
from marketplace_core.payments.usecases.answer_claim import AnswerClaim
from marketplace_core.payments.usecases.conclude_claim import ConcludeClaim
from marketplace_core.payments.usecases.decide_claim import DecideClaim
from marketplace_core.payments.usecases.open_claim import ClaimedGoods, OpenClaim
from marketplace_core.payments.usecases.withdraw_claim import WithdrawClaim

__all__ = [
    "CLAIMS_OPENED",
    "AcceptClaimOffer",
    "AddToClaim",
    "AnswerClaim",
    "Claim",
    "ClaimAmount",
    "ClaimAnswer",
    "ClaimAnswered",
    "ClaimClosed",
    "ClaimDecision",
    "ClaimKind",
    "ClaimMessage",
    "ClaimNotFound",
    "ClaimNotPossible",
    "ClaimOpened",
    "ClaimState",
    "ClaimView",
    "ClaimedGoods",
    "ClaimedLine",
    "ConcludeClaim",
    "DecideClaim",
    "ListClaims",
    "MalformedClaim",
    "OpenClaim",
    "SoldLine",
    "ViewClaim",
    "WithdrawClaim",
]
