"""Books: the public face of what looks into the books: doctor, brakes, explanations, statements."""

from marketplace_core.payments.domain.brake import Brake, BrakeCause
from marketplace_core.payments.domain.errors import BrakeNotFound
from marketplace_core.payments.domain.liquidity import COVERED, EARNING, Cover
from marketplace_core.payments.domain.states.payout import UNSENT_STATES as UNSENT_PAYOUTS
from marketplace_core.payments.queries.explanations import (
    Cents,
    ExplainBalance,
    ExplainCommission,
    ExplainOrder,
    ExplainPayout,
    Explanation,
)
from marketplace_core.payments.queries.statements import SellerStatement, ViewStatement
from marketplace_core.payments.usecases.check_liquidity import CheckLiquidity, Liquidity
from marketplace_core.payments.usecases.correct_books import CorrectBooks
from marketplace_core.payments.usecases.diagnose_books import DiagnoseBooks, Diagnosis
from marketplace_core.payments.usecases.inspect_books import InspectBooks, Inspection
from marketplace_core.payments.usecases.mending import NEEDS_A_PERSON, Proposal
from marketplace_core.payments.usecases.release_brake import ReleaseBrake

__all__ = [
    "COVERED",
    "EARNING",
    "NEEDS_A_PERSON",
    "UNSENT_PAYOUTS",
    "Brake",
    "BrakeCause",
    "BrakeNotFound",
    "Cents",
    "CheckLiquidity",
    "CorrectBooks",
    "Cover",
    "DiagnoseBooks",
    "Diagnosis",
    "ExplainBalance",
    "ExplainCommission",
    "ExplainOrder",
    "ExplainPayout",
    "Explanation",
    "InspectBooks",
    "Inspection",
    "Liquidity",
    "Proposal",
    "ReleaseBrake",
    "SellerStatement",
    "ViewStatement",
]
