"""Videos and their captions."""

from typing import Final

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, PrimaryKeyConstraint, UniqueConstraint

from marketplace_adapters.sqlalchemy.types import Document, Instant, Number, Words, table

videos = table(
    "video_videos",
    Column("video_id", Words, primary_key=True),
    Column("seller_id", Words, nullable=False),
    Column("subject", Words, nullable=False),
    Column("filename", Words, nullable=False),
    Column("content_type", Words, nullable=False),
    Column("upload_bytes", Number, nullable=False),
    Column("upload_key", Words, nullable=False, unique=True),
    Column("requested_at", Instant, nullable=False),
    Column("state", Words, nullable=False),
    Column("uploaded_at", Instant),
    Column("progress_percent", Number, nullable=False),
    Column("reason_code", Words),
    Column("reason", Words),
    Column("playback", Document),
    Column("version", Number, nullable=False),
    CheckConstraint(
        "state IN ('awaiting_upload', 'uploaded', 'ingesting', 'processing', 'ready', 'failed', 'deleted')",
        name="state_known",
    ),
    CheckConstraint("state <> 'ready' OR playback IS NOT NULL", name="ready_is_playable"),
    CheckConstraint("state <> 'failed' OR reason_code IS NOT NULL", name="failed_has_reason"),
    CheckConstraint("progress_percent BETWEEN 0 AND 100", name="progress_is_percent"),
)
Index("ix_video_videos_seller", videos.c.seller_id, videos.c.video_id)

captions = table(
    "video_captions",
    Column("video_id", Words, ForeignKey("video_videos.video_id"), nullable=False),
    Column("language", Words, nullable=False),
    Column("position", Number, nullable=False),
    Column("label", Words, nullable=False),
    Column("text_version", Words, nullable=False),
    Column("text", Words, nullable=False),
    PrimaryKeyConstraint("video_id", "language"),
    UniqueConstraint("video_id", "position"),
)

EXTRA_DDL: Final[tuple[str, ...]] = ()
