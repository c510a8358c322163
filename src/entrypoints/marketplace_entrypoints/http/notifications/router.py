"""Mails: one's own, and all of them for operators."""

from typing import Annotated

from fastapi import APIRouter, Body, Path, Query

from marketplace_core.kernel.access import Permission
from marketplace_core.kernel.ids import MailId, UserId
from marketplace_core.notifications import (
    LiftSuppression,
    ListMails,
    ListOwnMails,
    ListSuppressions,
    MailState,
    RetryMail,
    SuppressAddress,
    TakeReturnedMail,
    ViewMail,
)
from marketplace_entrypoints.http.dependencies import By, Market, Paging, Reason
from marketplace_entrypoints.http.notifications.schemas import (
    MailOut,
    MailPageOut,
    ReturnedMailOut,
    SentMailOut,
    SuppressionIn,
    SuppressionPageOut,
)

router = APIRouter(prefix="/v1", tags=["notifications"])
AddressPath = Annotated[str, Path(max_length=254, examples=["ann@example.org"])]
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


@router.post("/returned-mails", response_model=ReturnedMailOut, operation_id="take_returned_mail")
async def take_returned_mail(
    content: Annotated[bytes, Body(media_type="message/rfc822", description="The report as the mail server wrote it")],
    market: Market,
    by: By,
) -> ReturnedMailOut:
    """Hand in a report that a mail could not be delivered (RFC 3464), as an operator.

    The mail has failed then. If there is nobody at its address, nothing is sent there any more. The same report again
    changes nothing; what is no such report is refused with `notifications.malformed_return`.
    """
    return ReturnedMailOut.model_validate(await market.execute(TakeReturnedMail(content=content), by=by))


@router.get("/suppressions", response_model=SuppressionPageOut, operation_id="list_suppressions")
async def list_suppressions(market: Market, by: By, page: Paging) -> SuppressionPageOut:
    """List the addresses that nothing is sent to, as an operator."""
    return SuppressionPageOut.model_validate(await market.ask(ListSuppressions(page=page), by=by))


@router.put("/suppressions/{address}", status_code=204, operation_id="suppress_address")
async def suppress_address(
    address: AddressPath, body: SuppressionIn, market: Market, by: By, reason: Reason = None
) -> None:
    """Send nothing to an address any more, as an operator. Its mails are still written, and fail."""
    await market.execute(SuppressAddress(address=address, detail=body.detail), by=by, reason=reason)


@router.delete("/suppressions/{address}", status_code=204, operation_id="lift_suppression")
async def lift_suppression(address: AddressPath, market: Market, by: By, reason: Reason = None) -> None:
    """Send mails to an address again, as an operator."""
    await market.execute(LiftSuppression(address=address), by=by, reason=reason)
