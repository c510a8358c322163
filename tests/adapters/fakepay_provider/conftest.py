from collections.abc import AsyncGenerator, Generator
from pathlib import Path

import httpx
import pytest

from marketplace_adapters.fakepay.provider.institution import Provider, open_provider
from tests.adapters.fakepay_provider.shop import (
    API_KEY,
    SECRET,
    TEST_SECRET,
    WEBHOOK_URL,
    Clock,
    Receiver,
    Shop,
    connect,
)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def books_path(tmp_path: Path) -> Path:
    return tmp_path / "fakepay.sqlite"


@pytest.fixture
def provider(books_path: Path, clock: Clock) -> Generator[Provider]:
    opened = open_provider(
        books_path,
        secrets=[SECRET],
        clock=clock,
        api_key=API_KEY,
        webhook_url=WEBHOOK_URL,
        test_secret=TEST_SECRET,
    )
    yield opened
    opened.close()


@pytest.fixture
async def shop(provider: Provider) -> AsyncGenerator[Shop]:
    async with connect(provider) as server, connect(provider, api_key=None) as browser:
        yield Shop(provider, server, browser)


@pytest.fixture
def receiver() -> Receiver:
    return Receiver()


@pytest.fixture
async def to_receiver(receiver: Receiver) -> AsyncGenerator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(receiver.app())) as client:
        yield client
