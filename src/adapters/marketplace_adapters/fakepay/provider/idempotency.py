"""One effect per idempotency key: the first answer is kept with the effect, in one transaction, and repeated for a day.

There is no "in progress": writers take turns, so a second call with the same key waits for the first and finds its
answer.
"""

import hashlib
import json
from collections.abc import Callable, Mapping

from marketplace_adapters.fakepay.provider.answers import Answer
from marketplace_adapters.fakepay.provider.institution import Provider, Session
from marketplace_adapters.fakepay.provider.refusals import Refusal

KEY_LENGTH_MAX = 255
KEPT_SECONDS = 24 * 3_600
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
    Raises Refusal: idempotency_key_required, invalid_idempotency_key, idempotency_key_reused, and what `run` raises.
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
            "INSERT INTO idempotency_keys (key, fingerprint, status, body, created_at_ms) VALUES (?, ?, ?, ?, ?)",
            (key, fingerprint, answer.status, json.dumps(answer.body), session.now_ms),
        )
        return answer


def prune(provider: Provider, *, limit: int = PRUNED_AT_ONCE_MAX) -> int:
    """Forget keys that are older than KEPT_SECONDS, at most `limit` of them; return how many."""
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
            422, "idempotency_error", "idempotency_key_reused", "This idempotency key was used for another request."
        )
    return Answer(row["status"], json.loads(row["body"]), {REPLAYED_HEADER: "true"})


def _oldest_kept_ms(session: Session) -> int:
    return session.now_ms - KEPT_SECONDS * 1_000


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
