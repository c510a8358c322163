"""``marketplace video``: upload, watch, delete."""

import mimetypes
from pathlib import Path
from typing import Annotated

import anyio
import typer
from rich.progress import BarColumn, Progress, TextColumn

from marketplace_core.kernel.ids import ProductId, SellerId, VideoId
from marketplace_core.video import (
    ConfirmUpload,
    ContinueUpload,
    DeleteVideo,
    ListVideos,
    RequestUpload,
    VideoState,
    VideoView,
    ViewVideo,
)
from marketplace_entrypoints.cli.captions import captions
from marketplace_entrypoints.cli.run import AsOption, JsonOption, Session, complaints, console, run, show_json

video = typer.Typer(help="Videos: upload, watch them being made, delete.", no_args_is_help=True)
video.add_typer(captions, name="captions")
ENDED = {VideoState.READY, VideoState.FAILED}


@video.command("upload")
def upload(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="The video file.")],
    product: Annotated[str, typer.Option(help="The product it presents.")],
    seller: Annotated[str | None, typer.Option(help="The shop; your own by default.")] = None,
    content_type: Annotated[str | None, typer.Option(help="Its type; guessed from the file's name by default.")] = None,
    wait: Annotated[bool, typer.Option("--wait", help="Wait until it is ready or has failed.")] = False,
    as_json: Annotated[bool, JsonOption] = False,
    as_user: Annotated[str | None, AsOption] = None,
) -> None:
    """Upload a product's video through the address the marketplace gives out, and confirm it."""

    async def work(session: Session) -> VideoView:
        market, by = session.opened.market, session.by
        request = RequestUpload(
            seller_id=SellerId(seller) if seller else by.own_seller,
            subject=f"product:{ProductId(product)}",
            filename=file.name,
            content_type=content_type or mimetypes.guess_type(file.name)[0] or "application/octet-stream",
            upload_bytes=max(file.stat().st_size, 1),
        )
        given = await market.execute(request, by=by)
        await session.opened.send_to_slot(given.slot, file)
        await market.execute(ConfirmUpload(video_id=given.video_id), by=by)
        await session.opened.dispatcher.settle()
        return await (
            _watched(session, given.video_id) if wait else market.ask(ViewVideo(video_id=given.video_id), by=by)
        )

    _show(run(work, as_json=as_json, as_user=as_user), as_json=as_json)


@video.command("continue")
def go_on(
    video_id: Annotated[str, typer.Argument(help="The video that waits for its file (vid_…).")],
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="The same file again.")],
    as_json: Annotated[bool, JsonOption] = False,
    as_user: Annotated[str | None, AsOption] = None,
) -> None:
    """Go on with an upload that was interrupted; of a large file, only what is not there yet is sent."""

    async def work(session: Session) -> VideoView:
        market, by = session.opened.market, session.by
        given = await market.execute(ContinueUpload(video_id=VideoId(video_id)), by=by)
        await session.opened.send_to_slot(given.slot, file)
        await market.execute(ConfirmUpload(video_id=given.video_id), by=by)
        await session.opened.dispatcher.settle()
        return await market.ask(ViewVideo(video_id=given.video_id), by=by)

    _show(run(work, as_json=as_json, as_user=as_user), as_json=as_json)


async def _watched(session: Session, video_id: VideoId) -> VideoView:
    with Progress(
        TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f}%"), console=complaints
    ) as progress:
        task = progress.add_task("making it playable", total=100)
        while True:
            await session.opened.dispatcher.turn()
            view = await session.opened.market.ask(ViewVideo(video_id=video_id), by=session.by)
            progress.update(task, completed=view.progress_percent)
            if view.state in ENDED:
                return view
            await anyio.sleep(0.2)


@video.command("view")
def view(
    video_id: Annotated[str, typer.Argument(help="The video.")],
    as_json: Annotated[bool, JsonOption] = False,
    as_user: Annotated[str | None, AsOption] = None,
) -> None:
    """Look at one video: its state, its reason if it failed, its addresses if it is ready."""

    async def work(session: Session) -> VideoView:
        return await session.opened.market.ask(ViewVideo(video_id=VideoId(video_id)), by=session.by)

    _show(run(work, as_json=as_json, as_user=as_user), as_json=as_json)


@video.command("list")
def list_videos(
    seller: Annotated[str | None, typer.Option(help="The shop; your own by default.")] = None,
    product: Annotated[str | None, typer.Option(help="Only videos of this product.")] = None,
    as_json: Annotated[bool, JsonOption] = False,
    as_user: Annotated[str | None, AsOption] = None,
) -> None:
    """List a shop's videos, the newest first."""

    async def work(session: Session) -> tuple[VideoView, ...]:
        own = SellerId(seller) if seller else session.by.own_seller
        subject = f"product:{product}" if product else None
        return (await session.opened.market.ask(ListVideos(seller_id=own, subject=subject), by=session.by)).items

    found = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(found)
        return
    for item in found:
        _show(item, as_json=False)


@video.command("delete")
def delete(
    video_id: Annotated[str, typer.Argument(help="The video.")],
    as_json: Annotated[bool, JsonOption] = False,
    as_user: Annotated[str | None, AsOption] = None,
) -> None:
    """Delete a video, its source and everything made from it."""

    async def work(session: Session) -> None:
        await session.opened.market.execute(DeleteVideo(video_id=VideoId(video_id)), by=session.by)

    run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json({"video_id": video_id, "deleted": True})
    else:
        console.print(f"{video_id} is deleted.")


def _show(view: VideoView, *, as_json: bool) -> None:
    if as_json:
        show_json(view)
        return
    colour = {VideoState.READY: "green", VideoState.FAILED: "red"}.get(view.state, "yellow")
    console.print(
        f"{view.video_id}  [{colour}]{view.state}[/{colour}]  {view.progress_percent}%  {view.filename}", soft_wrap=True
    )
    if view.reason:
        console.print(f"    {view.reason_code}: {view.reason}", soft_wrap=True)
    if view.playback:
        console.print(f"    {view.playback.hls_url}", soft_wrap=True)
    for track in view.captions:
        console.print(f"    {track.language}: {track.url}", soft_wrap=True)
