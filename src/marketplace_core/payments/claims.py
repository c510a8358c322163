"""Claims: the public face of what buyers, sellers and operators say when something is wrong with what was bought."""

from marketplace_core.payments.domain.claim import Claim
from marketplace_core.payments.domain.claim_parts import (
    CLAIM_PHOTO_BYTES_MAX,
    CLAIM_PHOTOS_MAX,
    ClaimAnswer,
    ClaimDecision,
    ClaimedLine,
    ClaimKind,
    ClaimMessage,
    ClaimPhoto,
    SoldLine,
)
from marketplace_core.payments.domain.errors import (
    ClaimNotFound,
    ClaimNotPossible,
    ClaimPhotoNotFound,
    MalformedClaim,
    PhotoRejected,
)
from marketplace_core.payments.domain.events import ClaimAnswered, ClaimClosed, ClaimOpened
from marketplace_core.payments.domain.states.claim import CLAIMS_OPENED, ClaimState, ClaimTrigger
from marketplace_core.payments.queries.claim_views import ClaimAmount, ClaimForecast, ClaimPhotoContent, ClaimView
from marketplace_core.payments.queries.claims import ForeseeClaim, ListClaims, ReadClaimPhoto, ViewClaim
from marketplace_core.payments.usecases.accept_claim_offer import AcceptClaimOffer
from marketplace_core.payments.usecases.add_claim_photo import AddClaimPhoto
from marketplace_core.payments.usecases.add_to_claim import AddToClaim
from marketplace_core.payments.usecases.answer_claim import AnswerClaim
from marketplace_core.payments.usecases.conclude_claim import ConcludeClaim
from marketplace_core.payments.usecases.decide_claim import DecideClaim
from marketplace_core.payments.usecases.open_claim import ClaimedGoods, OpenClaim
from marketplace_core.payments.usecases.withdraw_claim import WithdrawClaim

__all__ = [
    "CLAIMS_OPENED",
    "CLAIM_PHOTOS_MAX",
    "CLAIM_PHOTO_BYTES_MAX",
    "AcceptClaimOffer",
    "AddClaimPhoto",
    "AddToClaim",
    "AnswerClaim",
    "Claim",
    "ClaimAmount",
    "ClaimAnswer",
    "ClaimAnswered",
    "ClaimClosed",
    "ClaimDecision",
    "ClaimForecast",
    "ClaimKind",
    "ClaimMessage",
    "ClaimNotFound",
    "ClaimNotPossible",
    "ClaimOpened",
    "ClaimPhoto",
    "ClaimPhotoContent",
    "ClaimPhotoNotFound",
    "ClaimState",
    "ClaimTrigger",
    "ClaimView",
    "ClaimedGoods",
    "ClaimedLine",
    "ConcludeClaim",
    "DecideClaim",
    "ForeseeClaim",
    "ListClaims",
    "MalformedClaim",
    "OpenClaim",
    "PhotoRejected",
    "ReadClaimPhoto",
    "SoldLine",
    "ViewClaim",
    "WithdrawClaim",
]
