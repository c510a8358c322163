"""Videos in SQL."""

from collections.abc import Sequence
from typing import Any

import attrs
from sqlalchemy import Row, func, select

from marketplace_adapters.sqlalchemy.codec import decode, encode
from marketplace_adapters.sqlalchemy.engine import Database
from marketplace_adapters.sqlalchemy.tables.video import videos
from marketplace_adapters.sqlalchemy.work import SqlWork
from marketplace_core.kernel.ids import SellerId, VideoId
from marketplace_core.kernel.paging import InvalidCursor, Page, PageRequest
from marketplace_core.video import Playback, VideoReader, VideoState, VideoView
from marketplace_core.video.domain.errors import VideoNotFound
from marketplace_core.video.domain.video import UNFINISHED, Video
from marketplace_core.video.ports import Videos, VideoWork

_COLUMNS = tuple(
    column.name for column in videos.columns if column.name not in {"video_id", "version", "playback", "state"}
)


class SqlVideos(Videos):
    """The collection, on an open transaction."""

    def __init__(self, work: SqlWork) -> None:
        self._work = work

    async def get(self, video_id: VideoId) -> Video:
        """Return a video. Raises ``VideoNotFound``."""
        row = await self._work.connection.row(select(videos).where(videos.c.video_id == video_id))
        if row is None:
            raise VideoNotFound("There is no such video.")
        values = {name: getattr(row, name) for name in _COLUMNS}
        return Video(
            video_id=video_id, state=VideoState(row.state), playback=_playback(row), version=row.version, **values
        )

    async def count_unfinished(self, seller_id: SellerId) -> int:
        """Count the seller's unfinished videos."""
        here = (videos.c.seller_id == seller_id, videos.c.state.in_([state.value for state in UNFINISHED]))
        row = await self._work.connection.row(select(func.count()).select_from(videos).where(*here))
        return int(row[0]) if row else 0

    async def save(self, video: Video) -> None:
        """Store it."""
        values = {name: getattr(video, name) for name in _COLUMNS}
        values |= {"state": video.state.value, "playback": None if video.playback is None else encode(video.playback)}
        await self._work.save(videos, {"video_id": video.video_id}, video, values)


class SqlVideoWork(SqlWork, VideoWork):
    """The unit of work."""

    @property
    def videos(self) -> SqlVideos:
        """The videos."""
        return SqlVideos(self)


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
        return [_viewed(row) for row in await self._database.reader.rows(select(videos).where(*here))]

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
        rows = await self._database.reader.rows(statement)
        items = tuple(_viewed(row) for row in rows[: page.limit])
        return Page(items=items, next_cursor=items[-1].video_id if len(rows) > page.limit else None)


def _playback(row: Row[Any]) -> Playback | None:
    return None if row.playback is None else decode(row.playback, Playback)


def _viewed(row: Row[Any]) -> VideoView:
    values = {field.name: getattr(row, field.name) for field in attrs.fields(VideoView)}
    return VideoView(**values | {"state": VideoState(row.state), "playback": _playback(row)})
