"""One effect per idempotency key: the first answer is kept with the effect, in one transaction, and repeated for a day.

Writers take turns, so a second call with the same key waits for the first and finds its answer. A test can have a key
stay "in flight" for a while (`keep_in_flight`): until then the same key is refused with 409.
"""

import hashlib
import json
from collections.abc import Callable, Mapping

from marketplace_adapters.fakepay.provider.answers import Answer
from marketplace_adapters.fakepay.provider.institution import Provider, Session
from marketplace_adapters.fakepay.provider.refusals import Refusal

KEY_LENGTH_MAX = 255
PRUNED_AT_ONCE_MAX = 500
REPLAYED_HEADER = "Idempotent-Replayed"


def once(
    provider: Provider,
    *,
    key: str | None,
    operation: str,
    request: Mapping[str, object],
    run: Callable[[Session], Answer],
) -> Answer:
    """Run a change, or give the answer that its key got before.

    A refusal by the business is kept like a success; a request that made no sense leaves the key free.
    Raises Refusal: idempotency_key_required, invalid_idempotency_key, idempotency_key_reused (400),
    idempotency_key_in_flight (409), and what `run` raises.
    """
    key = _usable(key)
    fingerprint = _fingerprint(operation, request)
    with provider.writing() as session:
        kept = _kept_answer(session, key, fingerprint)
        if kept is not None:
            return kept
        session.db.execute("SAVEPOINT effect")
        try:
            answer = run(session)
        except Refusal as refusal:
            if not refusal.remembered:
                raise
            session.db.execute("ROLLBACK TO effect")
            answer = Answer(refusal.status, refusal.body())
        session.db.execute("RELEASE effect")
        session.db.execute(
            "INSERT INTO idempotency_keys (key, fingerprint, operation, request, status, body, created_at_ms)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                key,
                fingerprint,
                operation,
                json.dumps(request),
                answer.status,
                json.dumps(answer.body),
                session.now_ms,
            ),
        )
        return answer


def prune(provider: Provider, *, limit: int = PRUNED_AT_ONCE_MAX) -> int:
    """Forget keys that are older than the terms say, at most `limit` of them; return how many."""
    with provider.reading() as session:
        keys = [
            (row["key"],)
            for row in session.db.execute(
                "SELECT key FROM idempotency_keys WHERE created_at_ms < ? ORDER BY created_at_ms LIMIT ?",
                (_oldest_kept_ms(session), limit),
            )
        ]
    if not keys:
        return 0
    with provider.writing() as session:
        pruned = session.db.executemany(
            "DELETE FROM idempotency_keys WHERE key = ? AND created_at_ms < ?",
            [(key, _oldest_kept_ms(session)) for (key,) in keys],
        )
        return pruned.rowcount


def keep_in_flight(provider: Provider, key: str, *, seconds: int) -> None:
    """Refuse a key for a while, as if the call that brought it were still running."""
    with provider.writing() as session:
        session.db.execute(
            "UPDATE idempotency_keys SET in_flight_until_ms = ? WHERE key = ?",
            (session.now_ms + seconds * 1_000, key),
        )


def view(session: Session, key: str) -> dict[str, object] | None:
    """Return what is remembered of a key: the operation, its parameters, and the answer."""
    row = session.db.execute("SELECT * FROM idempotency_keys WHERE key = ?", (key,)).fetchone()
    if row is None or row["created_at_ms"] < _oldest_kept_ms(session):
        return None
    return {
        "object": "idempotency_key",
        "key": key,
        "operation": row["operation"],
        "request": json.loads(row["request"]),
        "status": row["status"],
        "answer": json.loads(row["body"]),
        "in_flight": row["in_flight_until_ms"] > session.now_ms,
        "created_at": row["created_at_ms"] // 1_000,
    }


def _kept_answer(session: Session, key: str, fingerprint: str) -> Answer | None:
    row = session.db.execute("SELECT * FROM idempotency_keys WHERE key = ?", (key,)).fetchone()
    if row is None:
        return None
    if row["created_at_ms"] < _oldest_kept_ms(session):
        # Whether the pruning has come by already must make no difference to the caller.
        session.db.execute("DELETE FROM idempotency_keys WHERE key = ?", (key,))
        return None
    if row["fingerprint"] != fingerprint:
        raise Refusal(
            400, "idempotency_error", "idempotency_key_reused", "This idempotency key was used for another request."
        )
    if row["in_flight_until_ms"] > session.now_ms:
        raise Refusal(
            409, "idempotency_error", "idempotency_key_in_flight", "The first call with this key is still running."
        )
    return Answer(row["status"], json.loads(row["body"]), {REPLAYED_HEADER: "true"})


def _oldest_kept_ms(session: Session) -> int:
    return session.now_ms - session.terms.key_age_seconds * 1_000


def _usable(key: str | None) -> str:
    if not key:
        raise Refusal(
            400, "idempotency_error", "idempotency_key_required", "Send an Idempotency-Key header with this request."
        )
    if len(key) > KEY_LENGTH_MAX or not key.isascii() or not key.isprintable() or " " in key:
        raise Refusal(
            400,
            "idempotency_error",
            "invalid_idempotency_key",
            f"An idempotency key has at most {KEY_LENGTH_MAX} printable ASCII characters and no spaces.",
        )
    return key


def _fingerprint(operation: str, request: Mapping[str, object]) -> str:
    canonical = json.dumps([operation, request], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
