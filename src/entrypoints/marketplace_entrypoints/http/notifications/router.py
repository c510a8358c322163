"""Mails: one's own, and all of them for operators."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from marketplace_core.kernel.access import Permission
from marketplace_core.kernel.ids import MailId, UserId
from marketplace_core.notifications import ListMails, ListOwnMails, MailState, RetryMail, ViewMail
from marketplace_entrypoints.http.dependencies import By, Market, Paging
from marketplace_entrypoints.http.notifications.schemas import MailOut, MailPageOut, SentMailOut

router = APIRouter(prefix="/v1", tags=["notifications"])
MailPath = Annotated[str, Path(max_length=64, examples=["mail_01JDCNZ0V4M6Z7C0QK3T6V9A2B"])]


@router.get("/me/mails", response_model=MailPageOut, operation_id="list_own_mails")
async def list_own_mails(market: Market, by: By, page: Paging) -> MailPageOut:
    """List the mails that were written to you, the newest first."""
    return MailPageOut.model_validate(await market.ask(ListOwnMails(page=page), by=by))


@router.get("/me/mails/{mail_id}", response_model=MailOut, operation_id="view_own_mail")
async def view_own_mail(mail_id: MailPath, market: Market, by: By) -> MailOut:
    """Read a mail that was written to you."""
    return MailOut.model_validate(await market.ask(ViewMail(mail_id=MailId(mail_id)), by=by))


@router.get("/mails", response_model=MailPageOut, operation_id="list_mails")
async def list_mails(
    market: Market,
    by: By,
    page: Paging,
    state: Annotated[MailState | None, Query(description="Only mails in this state")] = None,
    recipient: Annotated[str | None, Query(max_length=64, description="Only mails to this user")] = None,
) -> MailPageOut:
    """List all mails as an operator, the newest first."""
    query = ListMails(state=state, recipient=None if recipient is None else UserId(recipient), page=page)
    return MailPageOut.model_validate(await market.ask(query, by=by))


@router.get("/mails/{mail_id}", response_model=SentMailOut, operation_id="view_mail")
async def view_mail(mail_id: MailPath, market: Market, by: By) -> SentMailOut:
    """Look at any mail and what became of it, as an operator."""
    by.require(Permission.OPERATOR)
    return SentMailOut.model_validate(await market.ask(ViewMail(mail_id=MailId(mail_id)), by=by))


@router.post("/mails/{mail_id}/retry", status_code=202, response_model=SentMailOut, operation_id="retry_mail")
async def retry_mail(mail_id: MailPath, market: Market, by: By) -> SentMailOut:
    """Send a mail that failed again, as an operator, under its own message id."""
    await market.execute(RetryMail(mail_id=MailId(mail_id)), by=by)
    return SentMailOut.model_validate(await market.ask(ViewMail(mail_id=MailId(mail_id)), by=by))
