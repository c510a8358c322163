"""``marketplace video captions``: add, read, remove."""

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from marketplace_core.kernel.ids import VideoId
from marketplace_core.video import (
    AddCaptions,
    CaptionsView,
    RemoveCaptions,
    VideoView,
    ViewCaptions,
    ViewVideo,
    decode_captions,
)
from marketplace_entrypoints.cli.run import AsOption, JsonOption, Session, console, run, show_json

captions = typer.Typer(help="Captions of videos: add, read, remove.", no_args_is_help=True)

VideoArgument = Annotated[str, typer.Argument(help="The video (vid_…).")]
LanguageArgument = Annotated[str, typer.Argument(help="The language: a BCP 47 tag, such as en, ru or pt-BR.")]


@captions.command("add")
def add(
    video_id: VideoArgument,
    language: LanguageArgument,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="The WebVTT file.")],
    label: Annotated[str, typer.Option(help="What a player's menu says, such as English.")],
    as_json: Annotated[bool, JsonOption] = False,
    as_user: Annotated[str | None, AsOption] = None,
) -> None:
    """Add captions in a language, or put others in their place. The first language added is the default."""

    async def work(session: Session) -> VideoView:
        market, name = session.opened.market, VideoId(video_id)
        text = decode_captions(file.read_bytes())
        await market.execute(AddCaptions(video_id=name, language=language, label=label, text=text), by=session.by)
        return await market.ask(ViewVideo(video_id=name), by=session.by)

    _show(run(work, as_json=as_json, as_user=as_user), as_json=as_json)


@captions.command("view")
def view(
    video_id: VideoArgument,
    language: LanguageArgument,
    as_json: Annotated[bool, JsonOption] = False,
    as_user: Annotated[str | None, AsOption] = None,
) -> None:
    """Print captions as WebVTT."""

    async def work(session: Session) -> CaptionsView:
        query = ViewCaptions(video_id=VideoId(video_id), language=language)
        return await session.opened.market.ask(query, by=session.by)

    found = run(work, as_json=as_json, as_user=as_user)
    if as_json:
        show_json(found)
    else:
        console.print(found.text, markup=False, highlight=False, soft_wrap=True)


@captions.command("remove")
def remove(
    video_id: VideoArgument,
    language: LanguageArgument,
    as_json: Annotated[bool, JsonOption] = False,
    as_user: Annotated[str | None, AsOption] = None,
) -> None:
    """Take the captions in a language off a video."""

    async def work(session: Session) -> VideoView:
        market, name = session.opened.market, VideoId(video_id)
        await market.execute(RemoveCaptions(video_id=name, language=language), by=session.by)
        return await market.ask(ViewVideo(video_id=name), by=session.by)

    _show(run(work, as_json=as_json, as_user=as_user), as_json=as_json)


def _show(view: VideoView, *, as_json: bool) -> None:
    if as_json:
        show_json(view)
        return
    for track in view.captions:
        console.print(f"{track.language}  {escape(track.label)}  {track.url}", soft_wrap=True)
