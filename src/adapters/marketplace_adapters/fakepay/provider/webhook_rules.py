"""What tests make go wrong with webhooks: told twice, told late, told in another order, never told.

A rule looks at events as they are recorded: all of them, those of a type (`refund.failed`), or those about a kind of
thing (`refund`); for ever or the next few times. The events themselves stay listed, whatever happens to their webhooks.
"""

import hashlib
from typing import Final, Literal

from attrs import frozen

from marketplace_adapters.fakepay.provider.institution import Session

BEHAVIOURS: Final = {
    "duplicate": "Each webhook is sent `number` times.",
    "shuffle": "Webhooks wait until `number` of them are there, and are then sent in another order.",
    "hold": "Webhooks wait until they are released.",
    "lose": "Webhooks are never sent, unless they are redelivered.",
}
RELEASE_ORDERS: Final = frozenset({"as_emitted", "reversed", "shuffled"})
Order = Literal["as_emitted", "reversed", "shuffled"]


@frozen(kw_only=True)
class Treatment:
    """Say what becomes of one webhook: how often it is sent, which rule holds it back, whether it is lost."""

    copies: int = 1
    held: str | None = None
    lost: bool = False


def add(session: Session, *, behaviour: str, event_type: str | None, times: int | None, number: int) -> None:
    """Treat webhooks like this from now on."""
    session.db.execute(
        "INSERT INTO webhook_rules (behaviour, type, times_left, number) VALUES (?, ?, ?, ?)",
        (behaviour, event_type, times, number),
    )


def listed(session: Session) -> list[dict[str, object]]:
    """Return the rules, the first made first."""
    rows = session.db.execute("SELECT behaviour, type, times_left AS times, number FROM webhook_rules ORDER BY seq")
    return [dict(row) for row in rows]


def forget(session: Session) -> None:
    """Treat webhooks as usual again, and send what was held back."""
    session.db.execute("DELETE FROM webhook_rules")
    release(session, event_type=None, order="as_emitted")


def treat(session: Session, event_type: str) -> Treatment:
    """Decide about the webhook of a new event: every rule that looks at it counts once more."""
    rules = session.db.execute(
        "SELECT * FROM webhook_rules WHERE type IS NULL OR type IN (?, ?) ORDER BY seq",
        (event_type, event_type.partition(".")[0]),
    ).fetchall()
    treatment = Treatment()
    for rule in rules:
        match rule["behaviour"]:
            case "duplicate":
                treatment = Treatment(copies=rule["number"], held=treatment.held, lost=treatment.lost)
            case "lose":
                treatment = Treatment(copies=treatment.copies, held=treatment.held, lost=True)
            case behaviour:
                treatment = Treatment(copies=treatment.copies, held=behaviour, lost=treatment.lost)
        if rule["times_left"] == 1:
            session.db.execute("DELETE FROM webhook_rules WHERE seq = ?", (rule["seq"],))
        elif rule["times_left"] is not None:
            session.db.execute("UPDATE webhook_rules SET times_left = times_left - 1 WHERE seq = ?", (rule["seq"],))
    return treatment


def release_full_window(session: Session) -> None:
    """Send, in another order, what a shuffle held back, once it holds as many as it wants."""
    row = session.db.execute(
        "SELECT (SELECT count(*) FROM webhook_deliveries WHERE held = 'shuffle') AS waiting,"
        " (SELECT number FROM webhook_rules WHERE behaviour = 'shuffle' ORDER BY seq LIMIT 1) AS wanted"
    ).fetchone()
    if row["waiting"] and (row["wanted"] is None or row["waiting"] >= row["wanted"]):
        _send(session, _held(session, "held = 'shuffle'"), "shuffled")


def release(session: Session, *, event_type: str | None, order: Order) -> int:
    """Send what was held back, of one type or kind of thing where given; return how many."""
    if event_type is None:
        held = _held(session, "held IS NOT NULL")
    else:
        held = _held(session, "held IS NOT NULL AND (type = ? OR type LIKE ? || '.%')", event_type, event_type)
    _send(session, held, order)
    return len(held)


def redeliver(session: Session, event_id: str, *, copies: int) -> bool:
    """Send an event's webhook (again), now; return whether there is such an event."""
    changed = session.db.execute(
        "UPDATE webhook_deliveries SET delivered_at_ms = NULL, held = NULL, lost = 0, attempts = 0, copies = ?,"
        " next_try_at_ms = ? WHERE event_seq = (SELECT seq FROM events WHERE id = ?)",
        (copies, session.now_ms, event_id),
    ).rowcount
    return changed == 1


def _held(session: Session, condition: str, *values: str) -> list[int]:
    rows = session.db.execute(
        f"SELECT event_seq FROM webhook_deliveries JOIN events ON seq = event_seq WHERE {condition} ORDER BY seq",  # noqa: S608
        values,
    )
    return [row["event_seq"] for row in rows]


def _send(session: Session, held: list[int], order: Order) -> None:
    # Webhooks are sent by the time they are due, so the order is written as times that have just passed.
    for position, event_seq in enumerate(_ordered(held, order)):
        session.db.execute(
            "UPDATE webhook_deliveries SET held = NULL, next_try_at_ms = ? WHERE event_seq = ?",
            (session.now_ms - len(held) + position, event_seq),
        )


def _ordered(held: list[int], order: Order) -> list[int]:
    if order == "as_emitted":
        return held
    if order == "shuffled":
        # The same every time, so that a test that failed fails again; never the order of emission.
        shuffled = sorted(held, key=lambda event_seq: hashlib.sha256(str(event_seq).encode()).digest())
        if shuffled != held:
            return shuffled
    return held[::-1]
