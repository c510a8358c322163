"""Serve the provider alone: `python -m marketplace_adapters.fakepay.provider --path books.sqlite --port 4010`."""

import argparse
import logging
import os
import sqlite3
import sys
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import anyio
import httpx
import uvicorn
from starlette.applications import Starlette

from marketplace_adapters.fakepay.provider.app import application
from marketplace_adapters.fakepay.provider.books import NotTheseBooks
from marketplace_adapters.fakepay.provider.institution import Provider, open_provider
from marketplace_adapters.fakepay.provider.terms import Terms
from marketplace_adapters.fakepay.provider.upkeep import keep_up

# Secrets come from the environment: everybody on the machine can read a command line.
API_KEY_VARIABLE = "FAKEPAY_API_KEY"
SECRETS_VARIABLE = "FAKEPAY_WEBHOOK_SECRETS"
TESTING_VARIABLE = "FAKEPAY_TEST_SECRET"
HOST = "127.0.0.1"
UPKEEP_PAUSE_SECONDS = 1.0

_log = logging.getLogger(__name__)


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until interrupted. Return 2 when started wrongly."""
    chosen = _parser().parse_args(arguments)
    try:
        provider = open_provider(
            chosen.path,
            secrets=[secret.strip() for secret in os.environ.get(SECRETS_VARIABLE, "").split(",")],
            clock=partial(datetime.now, UTC),
            api_key=os.environ.get(API_KEY_VARIABLE, ""),
            webhook_url=chosen.webhook_url,
            test_secret=os.environ.get(TESTING_VARIABLE) or None,
            public_url=chosen.public_url,
            terms=Terms(late_success_seconds=chosen.late_success_seconds, bank_delay_seconds=chosen.bank_delay_seconds),
        )
    except (ValueError, NotTheseBooks, OSError, sqlite3.OperationalError) as error:
        sys.stderr.write(f"FakePay did not start: {error} ({API_KEY_VARIABLE}, {SECRETS_VARIABLE} set?)\n")
        return 2
    uvicorn.run(application(provider, lifespan=partial(_upkept, provider)), host=HOST, port=chosen.port)
    return 0


@asynccontextmanager
async def _upkept(provider: Provider, _app: Starlette) -> AsyncGenerator[None]:
    try:
        async with httpx.AsyncClient() as client, anyio.create_task_group() as tasks:
            tasks.start_soon(_keep_up_forever, provider, client)
            yield
            tasks.cancel_scope.cancel()
    finally:
        provider.close()


async def _keep_up_forever(provider: Provider, client: httpx.AsyncClient) -> None:
    while True:
        try:
            report = await keep_up(provider, client)
        except sqlite3.OperationalError:
            _log.exception("upkeep found the books unusable and will try again")
        else:
            if not report.idle and not report.failed:
                continue
        await anyio.sleep(UPKEEP_PAUSE_SECONDS)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="fakepay", description="Serve the FakePay provider on this machine.")
    parser.add_argument("--path", type=Path, required=True, help="the file with the books; created when absent")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--webhook-url", help="where events are posted")
    parser.add_argument("--public-url", help="where browsers reach it, if that is not where it is asked")
    parser.add_argument("--late-success-seconds", type=int, default=Terms().late_success_seconds)
    parser.add_argument("--bank-delay-seconds", type=int, default=Terms().bank_delay_seconds)
    return parser


if __name__ == "__main__":
    sys.exit(main())
