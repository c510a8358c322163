"""Dead letters and acts, for operators."""

from typing import Annotated

from fastapi import APIRouter, Path

from marketplace_core.operations import (
    DiscardDeadLetter,
    ListActs,
    ListDeadLetters,
    PublishEventsAnew,
    ReplayDeadLetter,
)
from marketplace_entrypoints.http.dependencies import By, Market, Paging, Reason
from marketplace_entrypoints.http.operations.schemas import (
    ActPageOut,
    DeadLetterPageOut,
    PublishedAnewOut,
    PublishEventsAnewIn,
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


@router.get("/acts", response_model=ActPageOut, operation_id="list_acts")
async def list_acts(market: Market, by: By, page: Paging) -> ActPageOut:
    """List what people did for a reason, the newest first."""
    return ActPageOut.model_validate(await market.ask(ListActs(page=page), by=by))


@router.post("/events/rebuild", response_model=PublishedAnewOut, operation_id="rebuild_events")
async def rebuild_events(body: PublishEventsAnewIn, market: Market, by: By, reason: Reason = None) -> PublishedAnewOut:
    """Give the event bus again what it was given before, after it has lost it."""
    return PublishedAnewOut.model_validate(await market.execute(PublishEventsAnew(body.since), by=by, reason=reason))
