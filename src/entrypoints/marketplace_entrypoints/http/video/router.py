"""Upload a product's video, watch it being made, play it."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from marketplace_core.kernel.ids import SellerId, VideoId
from marketplace_core.video import (
    AddCaptions,
    ConfirmUpload,
    ContinueUpload,
    DeleteVideo,
    ListVideos,
    RemoveCaptions,
    RequestUpload,
    ViewVideo,
    decode_captions,
)
from marketplace_entrypoints.http.dependencies import By, Market, Paging
from marketplace_entrypoints.http.video.schemas import VideoOut, VideoPageOut, VideoUploadIn, VideoUploadOut

router = APIRouter(prefix="/v1", tags=["video"])
LanguagePath = Annotated[str, Path(max_length=64, description="A BCP 47 tag", examples=["en"])]
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
            sha256=body.sha256,
        ),
        by=by,
    )
    response.headers["Location"] = f"/v1/videos/{upload.video_id}"
    return VideoUploadOut.model_validate(upload)


@router.post("/videos/{video_id}/upload", response_model=VideoUploadOut, operation_id="continue_video_upload")
async def continue_upload(video_id: VideoPath, market: Market, by: By) -> VideoUploadOut:
    """Get addresses anew for a file that was interrupted; of a large one, only the parts that are not there yet."""
    return VideoUploadOut.model_validate(await market.execute(ContinueUpload(video_id=VideoId(video_id)), by=by))


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


@router.put(
    "/videos/{video_id}/captions/{language}",
    response_model=VideoOut,
    operation_id="add_captions",
    openapi_extra={"requestBody": {"required": True, "content": {"text/vtt": {"schema": {"type": "string"}}}}},
)
async def add_captions(
    video_id: VideoPath,
    language: LanguagePath,
    request: Request,
    market: Market,
    by: By,
    label: Annotated[str, Query(max_length=200, description="What a player's menu says", examples=["English"])],
) -> VideoOut:
    """Give a video captions in a language, or other ones: WebVTT of at most 256 KiB, in at most 8 languages.

    A line that does not belong into WebVTT, HTML among it, is refused and named. The first language added is the
    default.
    """
    by.require(AddCaptions.permission)
    text = decode_captions(await request.body())
    command = AddCaptions(video_id=VideoId(video_id), language=language, label=label, text=text)
    await market.execute(command, by=by)
    return VideoOut.model_validate(await market.ask(ViewVideo(video_id=VideoId(video_id)), by=by))


@router.delete("/videos/{video_id}/captions/{language}", status_code=204, operation_id="remove_captions")
async def remove_captions(video_id: VideoPath, language: LanguagePath, market: Market, by: By) -> None:
    """Take the captions in a language off a video."""
    await market.execute(RemoveCaptions(video_id=VideoId(video_id), language=language), by=by)


@router.delete("/videos/{video_id}", status_code=204, operation_id="delete_video")
async def delete_video(video_id: VideoPath, market: Market, by: By) -> None:
    """Delete a video, its source and everything made from it, even while it is being made."""
    await market.execute(DeleteVideo(video_id=VideoId(video_id)), by=by)
