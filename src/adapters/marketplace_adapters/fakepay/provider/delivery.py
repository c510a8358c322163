"""Sends webhooks: every event at least once, in no promised order, retried with growing pauses until answered 2xx.

An event is claimed in one short transaction, sent outside of any, and its fate recorded in another. Whoever dies in
between leaves a claim that runs out; the event is then sent again, so receivers must know an event by its id.
"""

import logging
from collections.abc import Mapping

import anyio
import httpx
from anyio import to_thread
from attrs import frozen

from marketplace_adapters.fakepay.provider import signature
from marketplace_adapters.fakepay.provider.institution import Provider, Session

DELIVERIES_AT_ONCE_MAX = 50
ATTEMPTS_MAX = 16
POST_TIMEOUT_SECONDS = 10
CLAIM_SECONDS = 60
PAUSE_MAX_SECONDS = 3_600
ERROR_LENGTH_MAX = 200

_log = logging.getLogger(__name__)


@frozen
class DeliveryReport:
    """Count the webhooks that were answered 2xx and those that were not."""

    delivered: int
    failed: int


@frozen
class _Attempt:
    event_seq: int
    number: int
    body: bytes


async def deliver_due(
    provider: Provider, client: httpx.AsyncClient, *, limit: int = DELIVERIES_AT_ONCE_MAX
) -> DeliveryReport:
    """Post the events whose time has come to the webhook address, at most `limit`; none when there is no address."""
    delivered = failed = 0
    url = provider.webhook_url
    while url is not None and delivered + failed < limit:
        attempt = await to_thread.run_sync(_claim, provider)
        if attempt is None:
            break
        error = await _post(provider, client, url, attempt)
        await to_thread.run_sync(_record, provider, attempt, error)
        if error is None:
            delivered += 1
        else:
            failed += 1
            _log.warning("webhook attempt %d of event %d failed: %s", attempt.number, attempt.event_seq, error)
    return DeliveryReport(delivered, failed)


def pause_seconds(attempt: int) -> int:
    """Return how long to wait after the given failed attempt (the first is 1)."""
    return min(1 << (attempt - 1), PAUSE_MAX_SECONDS)


def _claim(provider: Provider) -> _Attempt | None:
    with provider.reading() as session:
        if _next_waiting(session) is None:
            return None
    with provider.writing() as session:
        event_seq = _next_waiting(session)
        if event_seq is None:
            return None
        row = session.db.execute(
            "UPDATE webhook_deliveries SET attempts = attempts + 1, next_try_at_ms = ? WHERE event_seq = ?"
            " RETURNING attempts, (SELECT body FROM events WHERE seq = event_seq) AS body",
            (session.now_ms + CLAIM_SECONDS * 1_000, event_seq),
        ).fetchone()
        return _Attempt(event_seq, row["attempts"], row["body"].encode())


def _next_waiting(session: Session) -> int | None:
    row = session.db.execute(
        "SELECT event_seq FROM webhook_deliveries"
        " WHERE delivered_at_ms IS NULL AND held IS NULL AND lost = 0 AND next_try_at_ms <= ? AND attempts < ?"
        " ORDER BY next_try_at_ms, event_seq LIMIT 1",
        (session.now_ms, ATTEMPTS_MAX),
    ).fetchone()
    return None if row is None else int(row["event_seq"])


async def _post(provider: Provider, client: httpx.AsyncClient, url: str, attempt: _Attempt) -> str | None:
    """Return what went wrong, or None."""
    headers: Mapping[str, str] = {
        "Content-Type": "application/json",
        signature.HEADER: signature.sign(
            attempt.body, secrets=provider.signing_secrets, timestamp=provider.true_now_ms() // 1_000
        ),
    }
    try:
        # One limit for the whole exchange: a receiver that dribbles its answer would outlast any limit per read.
        with anyio.fail_after(POST_TIMEOUT_SECONDS):
            async with client.stream("POST", url, content=attempt.body, headers=headers) as response:
                return None if response.is_success else f"answered {response.status_code}"
    except TimeoutError:
        return f"no answer within {POST_TIMEOUT_SECONDS} s"
    except httpx.HTTPError as error:
        return f"{type(error).__name__}: {error}"[:ERROR_LENGTH_MAX]


def _record(provider: Provider, attempt: _Attempt, error: str | None) -> None:
    with provider.writing() as session:
        if error is None:
            # One that is to be told more than once waits for its next copy, which is due at once.
            session.db.execute(
                "UPDATE webhook_deliveries SET delivered_at_ms = iif(copies = 1, ?, NULL), last_error = NULL,"
                " copies = max(copies - 1, 1), next_try_at_ms = iif(copies = 1, next_try_at_ms, ?)"
                " WHERE event_seq = ? AND delivered_at_ms IS NULL",
                (session.now_ms, session.now_ms, attempt.event_seq),
            )
        else:
            # Not when somebody else has claimed it since, or has delivered it.
            session.db.execute(
                "UPDATE webhook_deliveries SET next_try_at_ms = ?, last_error = ?"
                " WHERE event_seq = ? AND attempts = ? AND delivered_at_ms IS NULL",
                (
                    session.now_ms + pause_seconds(attempt.number) * 1_000,
                    error,
                    attempt.event_seq,
                    attempt.number,
                ),
            )
