"""Upload a product's video, watch it being made, play it."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from marketplace_core.kernel.ids import SellerId, VideoId
from marketplace_core.video import ConfirmUpload, DeleteVideo, ListVideos, RequestUpload, ViewVideo
from marketplace_entrypoints.http.dependencies import By, Market, Paging
from marketplace_entrypoints.http.video.schemas import VideoOut, VideoPageOut, VideoUploadIn, VideoUploadOut

router = APIRouter(prefix="/v1", tags=["video"])
VideoPath = Annotated[str, Path(max_length=64, examples=["vid_01JDCNZ0V4M6Z7C0QK3T6V9A2B"])]


@router.post(
    "/products/{product_id}/video-uploads",
    status_code=201,
    response_model=VideoUploadOut,
    operation_id="request_video_upload",
)
async def request_upload(
    product_id: Annotated[str, Path(max_length=64)], body: VideoUploadIn, market: Market, by: By, response: Response
) -> VideoUploadOut:
    """Ask for an address to upload a product's video to; send the bytes there, then confirm."""
    upload = await market.execute(
        RequestUpload(
            seller_id=by.own_seller,
            subject=f"product:{product_id}",
            filename=body.filename,
            content_type=body.content_type,
            upload_bytes=body.upload_bytes,
        ),
        by=by,
    )
    response.headers["Location"] = f"/v1/videos/{upload.video_id}"
    return VideoUploadOut.model_validate(upload)


@router.post("/videos/{video_id}/confirmation", response_model=VideoOut, operation_id="confirm_video_upload")
async def confirm_upload(video_id: VideoPath, market: Market, by: By) -> VideoOut:
    """Say that the upload is done; the video is made playable in the background."""
    await market.execute(ConfirmUpload(video_id=VideoId(video_id)), by=by)
    return VideoOut.model_validate(await market.ask(ViewVideo(video_id=VideoId(video_id)), by=by))


@router.get("/videos/{video_id}", response_model=VideoOut, operation_id="view_video")
async def view_video(video_id: VideoPath, market: Market, by: By) -> VideoOut:
    """Look at a video: its seller at any time, everybody once it is ready."""
    return VideoOut.model_validate(await market.ask(ViewVideo(video_id=VideoId(video_id)), by=by))


@router.get("/videos", response_model=VideoPageOut, operation_id="list_videos")
async def list_videos(
    market: Market, by: By, page: Paging, product_id: Annotated[str | None, Query(max_length=64)] = None
) -> VideoPageOut:
    """List your shop's videos, the newest first; those of one product if given."""
    subject = None if product_id is None else f"product:{product_id}"
    found = await market.ask(ListVideos(seller_id=SellerId(by.own_seller), subject=subject, page=page), by=by)
    return VideoPageOut.model_validate(found)


@router.delete("/videos/{video_id}", status_code=204, operation_id="delete_video")
async def delete_video(video_id: VideoPath, market: Market, by: By) -> None:
    """Delete a video, its source and everything made from it, even while it is being made."""
    await market.execute(DeleteVideo(video_id=VideoId(video_id)), by=by)
