"""Seller pages: draft, look, publish, look back."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from marketplace_core.kernel.ids import SellerId
from marketplace_core.landing import (
    ListVersions,
    PublishPage,
    SaveDraft,
    UnpublishPage,
    ViewDraft,
    ViewPage,
    ViewVersion,
)
from marketplace_entrypoints.http.dependencies import By, Market, Paging, Version, etag
from marketplace_entrypoints.http.landing.schemas import (
    DraftOut,
    DraftSavedOut,
    PageDocumentIn,
    PageDownOut,
    PageLiveOut,
    PageOut,
    PageVersionOut,
    PageVersionsOut,
)

router = APIRouter(prefix="/v1", tags=["landing"])
SellerPath = Annotated[str, Path(max_length=64, examples=["sel_01JDCNZ0V4M6Z7C0QK3T6V9A2B"])]


@router.get("/pages/{slug}", response_model=PageOut, operation_id="view_page")
async def view_page(slug: Annotated[str, Path(max_length=100)], market: Market, by: By) -> PageOut:
    """See a shop's page with its video and products as they are today."""
    return PageOut.model_validate(await market.ask(ViewPage(slug=slug), by=by))


@router.get("/sellers/{seller_id}/page", response_model=DraftOut, operation_id="view_page_draft")
async def view_draft(seller_id: SellerPath, market: Market, by: By, response: Response) -> DraftOut:
    """See the draft of your page, how visitors would see it, and what would keep it from being published."""
    draft = await market.ask(ViewDraft(seller_id=SellerId(seller_id)), by=by)
    response.headers["ETag"] = etag(draft.version)
    return DraftOut.model_validate(draft)


@router.put("/sellers/{seller_id}/page", response_model=DraftSavedOut, operation_id="save_page_draft")
async def save_draft(
    seller_id: SellerPath, body: PageDocumentIn, market: Market, by: By, version: Version, response: Response
) -> DraftSavedOut:
    """Save the draft of your page; visitors keep seeing what is published. With `If-Match`, only if it is unchanged."""
    command = SaveDraft(seller_id=SellerId(seller_id), document=body.document(), expected_version=version)
    saved = await market.execute(command, by=by)
    response.headers["ETag"] = etag(saved.version)
    return DraftSavedOut.model_validate(saved)


@router.post("/sellers/{seller_id}/page/publication", response_model=PageLiveOut, operation_id="publish_page")
async def publish_page(seller_id: SellerPath, market: Market, by: By, version: Version) -> PageLiveOut:
    """Show your page to everybody. What is missing is named all at once, and nothing changes until it is there."""
    command = PublishPage(seller_id=SellerId(seller_id), expected_version=version)
    return PageLiveOut.model_validate(await market.execute(command, by=by))


@router.delete("/sellers/{seller_id}/page/publication", response_model=PageDownOut, operation_id="unpublish_page")
async def unpublish_page(seller_id: SellerPath, market: Market, by: By) -> PageDownOut:
    """Take your page down; draft and versions stay."""
    return PageDownOut.model_validate(await market.execute(UnpublishPage(seller_id=SellerId(seller_id)), by=by))


@router.get("/sellers/{seller_id}/page/versions", response_model=PageVersionsOut, operation_id="list_page_versions")
async def list_versions(seller_id: SellerPath, market: Market, by: By, page: Paging) -> PageVersionsOut:
    """List the versions of your page that were published, the newest first."""
    found = await market.ask(ListVersions(seller_id=SellerId(seller_id), page=page), by=by)
    return PageVersionsOut.model_validate(found)


@router.get(
    "/sellers/{seller_id}/page/versions/{number}", response_model=PageVersionOut, operation_id="view_page_version"
)
async def view_version(
    seller_id: SellerPath, number: Annotated[int, Path(ge=1, le=1_000_000_000)], market: Market, by: By
) -> PageVersionOut:
    """See a version of your page as it was published."""
    found = await market.ask(ViewVersion(seller_id=SellerId(seller_id), number=number), by=by)
    return PageVersionOut.model_validate(found)
