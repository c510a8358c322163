"""Dead letters and acts, for operators."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Path, Query

from marketplace_core.kernel.paging import PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX, PageRequest
from marketplace_core.operations import (
    DiscardDeadLetter,
    ListActs,
    ListDeadLetters,
    ListUndelivered,
    PublishEventsAnew,
    ReplayDeadLetter,
)
from marketplace_entrypoints.http.dependencies import By, Market, Paging, Reason
from marketplace_entrypoints.http.operations.schemas import (
    ActPageOut,
    BacklogOut,
    DeadLetterPageOut,
    PublishedAnewOut,
    PublishEventsAnewIn,
    UndeliveredOut,
    UndeliveriesOut,
)

router = APIRouter(prefix="/v1", tags=["operations"])
LetterPath = Annotated[str, Path(max_length=300, examples=["event:evt_01JDCNZ0V4M6Z7C0QK3T6V9A2B"])]


@router.get("/dead-letters", response_model=DeadLetterPageOut, operation_id="list_dead_letters")
async def list_dead_letters(market: Market, by: By, page: Paging) -> DeadLetterPageOut:
    """List the events and provider messages that were tried so often in vain that nobody tries any more."""
    return DeadLetterPageOut.model_validate(await market.ask(ListDeadLetters(page=page), by=by))


@router.post("/dead-letters/{letter_id}/replay", status_code=204, operation_id="replay_dead_letter")
async def replay_dead_letter(letter_id: LetterPath, market: Market, by: By, reason: Reason = None) -> None:
    """Have a letter tried again as if it were new."""
    await market.execute(ReplayDeadLetter(letter_id), by=by, reason=reason)


@router.post("/dead-letters/{letter_id}/discard", status_code=204, operation_id="discard_dead_letter")
async def discard_dead_letter(letter_id: LetterPath, market: Market, by: By, reason: Reason = None) -> None:
    """Give a letter up for good; it stays where it is and counts as done."""
    await market.execute(DiscardDeadLetter(letter_id), by=by, reason=reason)


@router.get("/undelivered", response_model=UndeliveriesOut, operation_id="list_undelivered")
async def list_undelivered(
    market: Market,
    by: By,
    older_than_seconds: Annotated[int, Query(ge=0, le=10**8, description="What has waited for longer")] = 3_600,
    limit: Annotated[int, Query(ge=1, le=PAGE_SIZE_MAX, description="How many letters one by one")] = PAGE_SIZE_DEFAULT,
) -> UndeliveriesOut:
    """See which events and provider messages are stuck, for whom, since when, and what moves them next (operators)."""
    question = ListUndelivered(older_than=timedelta(seconds=older_than_seconds), page=PageRequest(limit=limit))
    found = await market.ask(question, by=by)
    return UndeliveriesOut(
        looked_at=found.looked_at,
        older_than_seconds=older_than_seconds,
        backlogs=[BacklogOut.model_validate(one) for one in found.backlogs],
        letters=[UndeliveredOut.model_validate(one) for one in found.letters],
    )


@router.get("/acts", response_model=ActPageOut, operation_id="list_acts")
async def list_acts(market: Market, by: By, page: Paging) -> ActPageOut:
    """List what people did for a reason, the newest first."""
    return ActPageOut.model_validate(await market.ask(ListActs(page=page), by=by))


@router.post("/events/rebuild", response_model=PublishedAnewOut, operation_id="rebuild_events")
async def rebuild_events(body: PublishEventsAnewIn, market: Market, by: By, reason: Reason = None) -> PublishedAnewOut:
    """Give the event bus again what it was given before, after it has lost it."""
    return PublishedAnewOut.model_validate(await market.execute(PublishEventsAnew(body.since), by=by, reason=reason))
