"""Whether the books are sound, what would mend them, and whether money stands still because they are not."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Response
from pydantic import AwareDatetime, Field

from marketplace_core.payments import ListBrakes
from marketplace_core.payments.books import (
    BrakeCause,
    CheckLiquidity,
    CorrectBooks,
    DiagnoseBooks,
    InspectBooks,
    Proposal,
    ReleaseBrake,
)
from marketplace_core.payments.comparing import (
    CatchUp,
    CompareBooks,
    DiscrepancyKind,
    Entry,
    ReconcileBooks,
    ViewLastComparison,
)
from marketplace_entrypoints.http.dependencies import By, Incoming, Key, Market, MoneyOut, Outgoing, Reason, once
from marketplace_entrypoints.http.payments.schemas import ViolationOut

router = APIRouter()


class BrakeOut(Outgoing):
    """One time that money to sellers stood still; it still does while ``released_at`` is null."""

    brake_id: str
    cause: BrakeCause
    findings: list[str]
    set_at: datetime
    released_at: datetime | None
    released_by: str | None
    note: str | None


class BrakesOut(Outgoing):
    """The newest brakes, the newest first."""

    items: list[BrakeOut]


class InspectionOut(Outgoing):
    """What an inspection found, and whether money stands still because of it."""

    violations: list[ViolationOut]
    stands_still: bool


class CoverOut(Outgoing):
    """What is owed to others in one currency, what there is at the provider, and how much too little that is."""

    owed: MoneyOut
    held: MoneyOut
    missing: MoneyOut


class LiquidityOut(Outgoing):
    """Our balance at the provider against what is owed to others, and whether payouts stand still because of it."""

    covers: list[CoverOut]
    stands_still: bool


class ProposedTransferOut(Outgoing):
    """One leg of a proposed journal, by the codes of its accounts."""

    debit: str
    credit: str
    amount: MoneyOut


class ProposalOut(Outgoing):
    """A journal that would mend what a check found; its name is how to ask for it."""

    name: str
    check: str
    subject: str
    transfers: list[ProposedTransferOut]


class DiagnosisOut(Outgoing):
    """What is wrong with the books, and what would mend some of it."""

    violations: list[ViolationOut]
    proposals: list[ProposalOut]


class BookRowOut(Outgoing):
    """One row of one of the books: ``reference`` is the provider's name of it, ``name`` is ours."""

    reference: str | None
    name: str | None
    state: str
    amount: MoneyOut | None
    fee: MoneyOut | None
    about: str | None


class DiscrepancyOut(Outgoing):
    """One difference between our books and the provider's, with both rows, and what to do next."""

    kind: DiscrepancyKind
    entry: Entry
    ours: BookRowOut | None
    theirs: BookRowOut | None
    advice: str


class ComparisonOut(Outgoing):
    """What was compared, and where the books differ; none means that both say the same."""

    provider: str
    compared_at: datetime
    our_rows: int
    their_rows: int
    discrepancies: list[DiscrepancyOut]


class KeptComparisonOut(Outgoing):
    """The last comparison: when, by whom, how many differences of each kind, the first of them with both rows.

    It compared all of both books from `began_at` to `compared_at`. `fresh` names what had not differed the time before.
    """

    provider: str
    began_at: datetime
    compared_at: datetime
    compared_by: str
    our_rows: int
    their_rows: int
    counts: dict[DiscrepancyKind, int]
    discrepancies: list[DiscrepancyOut]
    fresh: list[str]


class CatchUpIn(Incoming):
    """From when on to ask; without a time, from where the last look ended."""

    since: AwareDatetime | None = Field(default=None, strict=False, examples=["2026-11-29T00:00:00Z"])


class CaughtUpOut(Outgoing):
    """So many things happened at the provider from ``since`` to ``until``; ``new`` are those not found before."""

    since: datetime
    until: datetime
    found: int
    new: int


class CorrectionIn(Incoming):
    """Which proposals to post, by name."""

    names: list[Annotated[str, Field(max_length=300)]] = Field(min_length=1, max_length=100)


class CorrectionOut(Outgoing):
    """What was posted."""

    names: list[str]


class BrakeReleaseIn(Incoming):
    """Why money may go on."""

    note: str = Field(min_length=1, max_length=500, examples=["Looked into it: the provider's fee was booked twice."])


@router.get("/ledger/diagnosis", response_model=DiagnosisOut, operation_id="diagnose_books")
async def diagnose_books(market: Market, by: By) -> DiagnosisOut:
    """Look for what must never be in the books, and for journals that would mend it (operators)."""
    found = await market.execute(DiagnoseBooks(), by=by)
    return DiagnosisOut(
        violations=[ViolationOut.model_validate(one) for one in found.violations],
        proposals=[_proposed(one) for one in found.proposals],
    )


@router.post("/ledger/corrections", response_model=CorrectionOut, operation_id="correct_books")
async def correct_books(
    body: CorrectionIn, market: Market, by: By, key: Key, response: Response, reason: Reason = None
) -> CorrectionOut:
    """Post proposed journals by their names, all or none (operators). What was booked is never changed."""
    command = CorrectBooks(tuple(body.names))
    return CorrectionOut(names=list(await once(market, command, by=by, key=key, response=response, reason=reason)))


@router.post("/ledger/inspection", response_model=InspectionOut, operation_id="inspect_books")
async def inspect_books(market: Market, by: By) -> InspectionOut:
    """Audit the books now, and set the brake if they are not sound (operators)."""
    return InspectionOut.model_validate(await market.execute(InspectBooks(), by=by))


@router.post("/ledger/liquidity", response_model=LiquidityOut, operation_id="check_liquidity")
async def check_liquidity(market: Market, by: By) -> LiquidityOut:
    """Compare our balance at the provider with what is owed to others; set the brake on payouts, or let it go."""
    return LiquidityOut.model_validate(await market.execute(CheckLiquidity(), by=by))


@router.get("/ledger/comparison", response_model=ComparisonOut, operation_id="compare_books")
async def compare_books(market: Market, by: By) -> ComparisonOut:
    """Compare our books with the payment provider's own, row by row and sum by sum (operators)."""
    return ComparisonOut.model_validate(await market.ask(CompareBooks(), by=by))


@router.post("/ledger/comparison", response_model=ComparisonOut, operation_id="reconcile_books")
async def reconcile_books(market: Market, by: By) -> ComparisonOut:
    """Compare the books, keep what was found, and tell operators what is new of it (operators)."""
    return ComparisonOut.model_validate(await market.execute(ReconcileBooks(), by=by))


@router.get("/ledger/comparison/last", response_model=KeptComparisonOut, operation_id="view_last_comparison")
async def view_last_comparison(market: Market, by: By) -> KeptComparisonOut:
    """Look at how the books were compared the last time; 404 before the first (operators)."""
    found = await market.ask(ViewLastComparison(), by=by)
    return KeptComparisonOut(
        provider=found.provider,
        began_at=found.began_at,
        compared_at=found.compared_at,
        compared_by=found.compared_by,
        our_rows=found.our_rows,
        their_rows=found.their_rows,
        counts={DiscrepancyKind(kind): count for kind, count in found.counts},
        discrepancies=[DiscrepancyOut.model_validate(one) for one in found.discrepancies],
        fresh=list(found.fresh),
    )


@router.post("/ledger/catch-up", response_model=CaughtUpOut, operation_id="catch_up")
async def catch_up(body: CatchUpIn, market: Market, by: By) -> CaughtUpOut:
    """Ask the payment provider what happened there, for messages that never came (operators); it is looked into."""
    return CaughtUpOut.model_validate(await market.execute(CatchUp(since=body.since), by=by))


@router.get("/ledger/brakes", response_model=BrakesOut, operation_id="list_brakes")
async def list_brakes(market: Market, by: By) -> BrakesOut:
    """See whether money to sellers stands still, what for, and when it did before (operators)."""
    return BrakesOut.model_validate({"items": await market.ask(ListBrakes(), by=by)})


@router.post("/ledger/brakes/{cause}/release", response_model=BrakesOut, operation_id="release_brake")
async def release_brake(
    cause: Annotated[BrakeCause, Path(examples=["audit"])], body: BrakeReleaseIn, market: Market, by: By
) -> BrakesOut:
    """Let money go on that stands still (operators); what was found counts as seen."""
    await market.execute(ReleaseBrake(cause=cause, note=body.note), by=by, reason=body.note)
    return await list_brakes(market, by)


def _proposed(one: Proposal) -> ProposalOut:
    return ProposalOut(
        name=one.name,
        check=one.mends.check,
        subject=one.mends.subject,
        transfers=[
            ProposedTransferOut(
                debit=leg.debit.code, credit=leg.credit.code, amount=MoneyOut.model_validate(leg.amount)
            )
            for leg in one.journal.transfers
        ],
    )
