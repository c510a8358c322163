"""Idempotency keys in SQL: the claim is committed before the work begins (reliability design 6.2)."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import and_, bindparam, delete, select, update

from marketplace_adapters.sqlalchemy.codec import decode, encode, fingerprint, result_type
from marketplace_adapters.sqlalchemy.engine import Database
from marketplace_adapters.sqlalchemy.statements import upsert
from marketplace_adapters.sqlalchemy.tables.machinery import idempotency_keys
from marketplace_adapters.sqlalchemy.work import close_off
from marketplace_core.kernel.errors import IdempotencyInProgress, IdempotencyKeyReused, MarketplaceError
from marketplace_core.kernel.idempotency import KEEP_HOURS, LEASE_SECONDS, Claimed, Completed, IdempotencyKeys
from marketplace_core.kernel.messages import Command

_HERE: Final = and_(
    *(idempotency_keys.c[name] == bindparam(f"of_{name}") for name in ("principal", "operation", "key"))
)
_FIND: Final = select(idempotency_keys).where(_HERE)
_CLAIM: Final = upsert(idempotency_keys).on_conflict_do_nothing()
_FORGET: Final = delete(idempotency_keys).where(_HERE)
_UNTOUCHED: Final = idempotency_keys.c.claimed_at == bindparam("seen", type_=idempotency_keys.c.claimed_at.type)
_TAKE_OVER: Final = update(idempotency_keys).where(_HERE, _UNTOUCHED).values(claimed_at=bindparam("claimed_at"))
_COMPLETE: Final = update(idempotency_keys).where(_HERE).values(state="completed", outcome=bindparam("outcome"))

_BUSY: Final = "The same request is being worked on; ask again in a moment."


class KeptRefusal(MarketplaceError):
    """A refusal of the business that was kept for a key; it carries the first refusal's code."""

    code = "kernel.kept_refusal"


class SqlIdempotencyKeys(IdempotencyKeys):
    """One row per (principal, command type, key)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @asynccontextmanager
    async def together(self) -> AsyncGenerator[None]:
        """Open a transaction."""
        async with self._database.transaction(before_commit=lambda one: close_off(self._database, one)):
            yield

    async def claim(self, principal: str, key: str, command: Command[Any], now: datetime) -> Claimed | Completed:
        """Claim, replay, or refuse."""
        here = _here(principal, key, command)
        fresh = {
            "principal": principal,
            "operation": type(command).__name__,
            "key": key,
            "fingerprint": fingerprint(command),
            "state": "in_progress",
            "claimed_at": now,
        }
        async with self._database.transaction() as opened:
            if await opened.connection.run(_CLAIM, fresh):
                return Claimed()
            row = await opened.connection.row(_FIND, here)
            if row is not None and row.claimed_at <= now - timedelta(hours=KEEP_HOURS):
                await opened.connection.run(_FORGET, here)
                if await opened.connection.run(_CLAIM, fresh):
                    return Claimed()
                row = await opened.connection.row(_FIND, here)
            if row is None:
                raise IdempotencyInProgress(_BUSY)  # claimed meanwhile, and given up again
            if row.fingerprint != fresh["fingerprint"]:
                raise IdempotencyKeyReused("This idempotency key was used for another request.")
            if row.state == "completed":
                return _restored(row.outcome, command)
            if row.claimed_at > now - timedelta(seconds=LEASE_SECONDS):
                raise IdempotencyInProgress(_BUSY)
            if not await opened.connection.run(_TAKE_OVER, {**here, "seen": row.claimed_at, "claimed_at": now}):
                raise IdempotencyInProgress(_BUSY)
            return Claimed()

    async def complete(
        self, principal: str, key: str, command: Command[Any], outcome: Completed, now: datetime
    ) -> None:
        """Keep the outcome."""
        async with self._database.transaction() as opened:
            here = _here(principal, key, command)
            await opened.connection.run(_COMPLETE, {**here, "outcome": _kept(outcome, command)})

    async def abandon(self, principal: str, key: str, command: Command[Any]) -> None:
        """Forget the claim."""
        async with self._database.transaction() as opened:
            await opened.connection.run(_FORGET, _here(principal, key, command))


def _here(principal: str, key: str, command: Command[Any]) -> dict[str, Any]:
    return {"of_principal": principal, "of_operation": type(command).__name__, "of_key": key}


def _kept(outcome: Completed, command: Command[Any]) -> dict[str, Any]:
    if outcome.refusal is None and outcome.result is None:
        return {"result": None}
    if outcome.refusal is None:
        return {"result": encode(outcome.result, result_type(type(command)))}
    return {
        "refusal": {
            "code": outcome.refusal.code,
            "message": outcome.refusal.message,
            "facts": dict(outcome.refusal.facts),
        }
    }


def _restored(document: dict[str, Any], command: Command[Any]) -> Completed:
    refusal = document.get("refusal")
    if refusal is None and document["result"] is None:
        return Completed()
    if refusal is None:
        return Completed(result=decode(document["result"], result_type(type(command))))
    kept = KeptRefusal(refusal["message"], **refusal["facts"])
    kept.code = refusal["code"]  # type: ignore[misc]
    return Completed(refusal=kept)
