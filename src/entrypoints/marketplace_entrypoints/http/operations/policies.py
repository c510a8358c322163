"""The terms of trade, for operators: which are in use, since when and why; others put to use; what they differ in."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from marketplace_core.operations import (
    CheckPolicy,
    ComparePolicies,
    ListPolicies,
    ReturnToPolicy,
    UsePolicy,
    ViewPolicy,
)
from marketplace_entrypoints.http.dependencies import By, Key, Market, Paging, once
from marketplace_entrypoints.http.operations.policy_schemas import (
    PolicyChangesOut,
    PolicyCheckIn,
    PolicyDocumentOut,
    PolicyIn,
    PolicyOut,
    PolicyPageOut,
    PolicyReturnIn,
)

router = APIRouter(prefix="/v1", tags=["operations"])
NUMBER_MAX = 10**9
NumberPath = Annotated[int, Path(ge=0, le=NUMBER_MAX, examples=[3])]


@router.get("/policies", response_model=PolicyPageOut, operation_id="list_policies")
async def list_policies(market: Market, by: By, page: Paging) -> PolicyPageOut:
    """List the stored versions of the terms of trade, the newest first; it is the one in use."""
    return PolicyPageOut.model_validate(await market.ask(ListPolicies(page=page), by=by))


@router.get("/policies/current", response_model=PolicyOut, operation_id="view_current_policy")
async def view_current_policy(market: Market, by: By) -> PolicyOut:
    """Look at the terms of trade in use."""
    return PolicyOut.model_validate(await market.ask(ViewPolicy(), by=by))


@router.get("/policies/{number}", response_model=PolicyOut, operation_id="view_policy")
async def view_policy(number: NumberPath, market: Market, by: By) -> PolicyOut:
    """Look at a version of the terms of trade; 0 is what held before the first was stored."""
    return PolicyOut.model_validate(await market.ask(ViewPolicy(number=number), by=by))


@router.get("/policies/{number}/changes", response_model=PolicyChangesOut, operation_id="compare_policies")
async def compare_policies(
    number: NumberPath,
    market: Market,
    by: By,
    to: Annotated[int | None, Query(ge=0, le=NUMBER_MAX, description="The one in use if left out.")] = None,
) -> PolicyChangesOut:
    """Tell what differs from this version to another, key by key."""
    found = await market.ask(ComparePolicies(before=number, after=to), by=by)
    return PolicyChangesOut.model_validate({"before": number, "after": to, "changes": found})


@router.post("/policies", status_code=201, response_model=PolicyOut, operation_id="use_policy")
async def use_policy(body: PolicyIn, market: Market, by: By, key: Key, response: Response) -> PolicyOut:
    """Use other terms for orders that are placed from now on; earlier ones keep what was agreed.

    Every mistake is named in `flaws` of `payments.malformed_policy`. A name stands for the same terms for ever
    (`operations.policy_name_taken`). Terms that are in use already are not stored again.
    """
    command = UsePolicy(document=body.contents(), reason=body.reason)
    used = await once(market, command, by=by, key=key, response=response, reason=body.reason)
    return PolicyOut.model_validate(used)


@router.post("/policies/{number}/return", status_code=201, response_model=PolicyOut, operation_id="return_to_policy")
async def return_to_policy(
    number: NumberPath, body: PolicyReturnIn, market: Market, by: By, key: Key, response: Response
) -> PolicyOut:
    """Use the terms of an earlier version again: they become a new one."""
    command = ReturnToPolicy(number=number, reason=body.reason)
    used = await once(market, command, by=by, key=key, response=response, reason=body.reason)
    return PolicyOut.model_validate(used)


@router.post("/policy-checks", response_model=PolicyDocumentOut, operation_id="check_policy")
async def check_policy(body: PolicyCheckIn, market: Market, by: By) -> PolicyDocumentOut:
    """Say what is wrong with terms that somebody thinks of, or show them whole; nothing is stored."""
    document = await market.ask(CheckPolicy(document=tuple(body.document.items())), by=by)
    return PolicyDocumentOut(document=dict(document))
