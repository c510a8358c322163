"""What happened, in the order of the commits: one row per change, written with the change, and its webhook to send."""

import json
import sqlite3
from collections.abc import Mapping

from marketplace_adapters.fakepay.provider import webhook_rules
from marketplace_adapters.fakepay.provider.institution import Session
from marketplace_adapters.fakepay.provider.listing import Page, page


def record(session: Session, event_type: str, thing: Mapping[str, object]) -> None:
    """Write an event about `thing` as it is now, and queue its webhook, in the transaction of the change."""
    event_id = session.new_id("evt")
    body = {
        "id": event_id,
        "object": "event",
        "type": event_type,
        "created_at": session.now_ms // 1_000,
        "data": {"object": dict(thing)},
    }
    cursor = session.db.execute(
        "INSERT INTO events (id, type, body, created_at_ms) VALUES (?, ?, ?, ?)",
        (event_id, event_type, json.dumps(body, separators=(",", ":"), ensure_ascii=False), session.now_ms),
    )
    treatment = webhook_rules.treat(session, event_type)
    session.db.execute(
        "INSERT INTO webhook_deliveries (event_seq, next_try_at_ms, copies, held, lost) VALUES (?, ?, ?, ?, ?)",
        (cursor.lastrowid, session.now_ms, treatment.copies, treatment.held, treatment.lost),
    )
    if treatment.held == "shuffle":
        webhook_rules.release_full_window(session)


def list_events(session: Session, *, undelivered: bool, kind: str | None = None, after: str | None, limit: int) -> Page:
    """Return events, oldest first, each as its webhook says it plus how far its delivery has come."""
    conditions: dict[str, str | None] = {"delivered_at_ms IS NULL": None} if undelivered else {}
    if kind is not None:
        conditions["type = ?"] = kind
    return page(
        session.db,
        source="events JOIN webhook_deliveries ON event_seq = seq",
        cursor_table="events",
        conditions=conditions,
        after=after,
        limit=limit,
        describe=_describe,
    )


def _describe(row: sqlite3.Row) -> dict[str, object]:
    told: dict[str, object] = json.loads(row["body"])
    delivered_at_ms: int | None = row["delivered_at_ms"]
    told["delivery"] = {
        "delivered": delivered_at_ms is not None,
        "attempts": row["attempts"],
        "last_error": row["last_error"],
        "held": row["held"] is not None,
        "lost": bool(row["lost"]),
    }
    return told
