"""Videos in SQL."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

import attrs
from sqlalchemy import Row, Select, delete, func, select

from marketplace_adapters.sqlalchemy.codec import decode, encode
from marketplace_adapters.sqlalchemy.engine import Database
from marketplace_adapters.sqlalchemy.statements import to_change, upsert
from marketplace_adapters.sqlalchemy.tables.video import captions, videos
from marketplace_adapters.sqlalchemy.work import SqlWork
from marketplace_core.kernel.ids import SellerId, VideoId
from marketplace_core.kernel.paging import InvalidCursor, Page, PageRequest
from marketplace_core.video import CaptionsView, CaptionTrack, Playback, VideoReader, VideoState, VideoView
from marketplace_core.video.domain.captions import Captions
from marketplace_core.video.domain.errors import VideoNotFound
from marketplace_core.video.domain.video import UNFINISHED, Video
from marketplace_core.video.ports import CaptionTexts, Videos, VideoWork

_COLUMNS = tuple(
    column.name for column in videos.columns if column.name not in {"video_id", "version", "playback", "state"}
)
_SHOWN = tuple(field.name for field in attrs.fields(VideoView) if field.name != "captions")


class SqlVideos(Videos):
    """The collection, on an open transaction."""

    def __init__(self, work: SqlWork) -> None:
        self._work = work

    async def get(self, video_id: VideoId) -> Video:
        """Return a video. Raises ``VideoNotFound``."""
        row = await self._work.connection.row(to_change(select(videos).where(videos.c.video_id == video_id)))
        if row is None:
            raise VideoNotFound("There is no such video.")
        values = {name: getattr(row, name) for name in _COLUMNS}
        return Video(
            video_id=video_id, state=VideoState(row.state), playback=_playback(row), version=row.version, **values
        )

    async def count_unfinished(self, seller_id: SellerId) -> int:
        """Count the seller's unfinished videos."""
        here = (videos.c.seller_id == seller_id, videos.c.state.in_([state.value for state in UNFINISHED]))
        await self._work.alone(f"unfinished videos of {seller_id}")
        row = await self._work.connection.row(select(func.count()).select_from(videos).where(*here))
        return int(row[0]) if row else 0

    async def save(self, video: Video) -> None:
        """Store it."""
        values = {name: getattr(video, name) for name in _COLUMNS}
        values |= {"state": video.state.value, "playback": None if video.playback is None else encode(video.playback)}
        await self._work.save(videos, {"video_id": video.video_id}, video, values)


class SqlCaptionTexts(CaptionTexts):
    """The captions, on an open transaction."""

    def __init__(self, work: SqlWork) -> None:
        self._connection = work.connection

    async def languages(self, video_id: VideoId) -> Sequence[str]:
        """Read them in order."""
        statement = select(captions.c.language).where(captions.c.video_id == video_id).order_by(captions.c.position)
        return [row.language for row in await self._connection.rows(statement)]

    async def save(self, text: Captions) -> None:
        """Put them after the last, or in the place of those in the same language."""
        after = select(func.coalesce(func.max(captions.c.position), 0) + 1).where(captions.c.video_id == text.video_id)
        changed = {"label": text.label, "text_version": text.version, "text": text.text}
        statement = upsert(captions).values(
            video_id=text.video_id, language=text.language, position=after.scalar_subquery(), **changed
        )
        await self._connection.run(
            statement.on_conflict_do_update(index_elements=["video_id", "language"], set_=changed)
        )

    async def remove(self, video_id: VideoId, language: str) -> bool:
        """Delete the row."""
        here = (captions.c.video_id == video_id, captions.c.language == language)
        return bool(await self._connection.run(delete(captions).where(*here)))

    async def remove_all(self, video_id: VideoId) -> None:
        """Delete the rows."""
        await self._connection.run(delete(captions).where(captions.c.video_id == video_id))


class SqlVideoWork(SqlWork, VideoWork):
    """The unit of work."""

    @property
    def videos(self) -> SqlVideos:
        """The videos."""
        return SqlVideos(self)

    @property
    def captions(self) -> SqlCaptionTexts:
        """Their captions."""
        return SqlCaptionTexts(self)


class SqlVideoReader(VideoReader):
    """One statement per answer."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def view(self, video_id: VideoId) -> VideoView | None:
        """Return one video, or None."""
        found = await self.views((video_id,))
        return found[0] if found else None

    async def views(self, video_ids: Sequence[VideoId]) -> Sequence[VideoView]:
        """Return the videos that exist."""
        here = (videos.c.video_id.in_(video_ids), videos.c.state != VideoState.DELETED.value)
        return _viewed(await self._database.reader.rows(_with_captions(select(videos).where(*here))))

    async def captions(self, video_id: VideoId, language: str) -> CaptionsView | None:
        """Join them with their video."""
        statement = (
            select(captions, videos.c.seller_id, videos.c.state)
            .join(videos, videos.c.video_id == captions.c.video_id)
            .where(
                captions.c.video_id == video_id,
                captions.c.language == language,
                videos.c.state != VideoState.DELETED.value,
            )
        )
        row = await self._database.reader.row(statement)
        if row is None:
            return None
        return CaptionsView(
            video_id=video_id,
            seller_id=row.seller_id,
            state=VideoState(row.state),
            language=row.language,
            label=row.label,
            version=row.text_version,
            text=row.text,
        )

    async def of_seller(self, seller_id: SellerId, subject: str | None, page: PageRequest) -> Page[VideoView]:
        """Return one page, the newest first."""
        here = [videos.c.seller_id == seller_id, videos.c.state != VideoState.DELETED.value]
        if subject is not None:
            here.append(videos.c.subject == subject)
        if page.cursor is not None:
            if not page.cursor.startswith("vid_"):
                raise InvalidCursor("This cursor was not made by the list of videos.")
            here.append(videos.c.video_id < page.cursor)
        statement = select(videos).where(*here).order_by(videos.c.video_id.desc()).limit(page.limit + 1)
        found = _viewed(await self._database.reader.rows(_with_captions(statement)))
        items = tuple(found[: page.limit])
        return Page(items=items, next_cursor=items[-1].video_id if len(found) > page.limit else None)


def _playback(row: Row[Any]) -> Playback | None:
    return None if row.playback is None else decode(row.playback, Playback)


def _with_captions(chosen: Select[Any]) -> Select[Any]:
    """Join chosen videos with their captions, texts left out; the newest video first, its captions in order."""
    cut = chosen.subquery("cut")
    return (
        select(cut, captions.c.language, captions.c.label, captions.c.text_version)
        .join(captions, captions.c.video_id == cut.c.video_id, isouter=True)
        .order_by(cut.c.video_id.desc(), captions.c.position)
    )


def _viewed(rows: Sequence[Row[Any]]) -> list[VideoView]:
    views = []
    for _, group in groupby(rows, key=lambda row: row.video_id):
        first, *others = group
        values = {name: getattr(first, name) for name in _SHOWN}
        tracks = tuple(
            CaptionTrack.of(video_id=first.video_id, language=row.language, label=row.label, version=row.text_version)
            for row in (first, *others)
            if row.language is not None
        )
        values |= {"state": VideoState(first.state), "playback": _playback(first), "captions": tracks}
        views.append(VideoView(**values))
    return views
