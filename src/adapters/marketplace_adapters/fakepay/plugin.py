"""How FakePay is configured and opened: inside this process, or as a process of its own at an address."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, Final, Literal
from urllib.parse import urlsplit

import httpx
from attrs import frozen
from pydantic import BaseModel, ConfigDict, Field, SecretStr, model_validator
from starlette.applications import Starlette

from marketplace_adapters.fakepay.books import FakepayBooks
from marketplace_adapters.fakepay.buyer import FakepayBuyer
from marketplace_adapters.fakepay.connection import TIMEOUTS, FakepayConnection
from marketplace_adapters.fakepay.disputes import FakepayDisputeGateway
from marketplace_adapters.fakepay.gateway import FakepayPaymentGateway
from marketplace_adapters.fakepay.inbox_transport import InboxTransport
from marketplace_adapters.fakepay.news import FakepayNews
from marketplace_adapters.fakepay.payouts import FakepayPayoutGateway
from marketplace_adapters.fakepay.provider.app import SCRIPT, create_provider
from marketplace_adapters.fakepay.provider.institution import Provider
from marketplace_adapters.fakepay.provider.terms import Terms
from marketplace_adapters.fakepay.provider.upkeep import keep_up
from marketplace_adapters.fakepay.script import FakepayScript
from marketplace_adapters.fakepay.webhooks import FakepayMessages
from marketplace_core.kernel.plugins import AdapterPlugin, Surroundings
from marketplace_core.payments.ports import PaymentPage

API_KEY_NAME: Final = "fakepay-api-key"
SIGNING_NAME: Final = "fakepay-signing-secret"
TEST_NAME: Final = "fakepay-test-secret"
WEBHOOK_PATH: Final = "/v1/webhooks/fakepay"
IN_PROCESS: Final = "http://fakepay.in-process"
MOUNT: Final = "/fakepay"
"""Where the provider is served beside us when it runs in this process."""


class FakepaySettings(BaseModel):
    """Where the provider is, and how it behaves when it runs inside this process.

    With a ``url`` it is a process of its own, which needs our ``api_key`` and signs with one of ``webhook_secrets``
    (the first is the newest); with its ``test_secret`` we may script what goes wrong there. Without a ``url`` it runs
    here, keeps its books in the data folder, and ``webhooks`` says how its messages come to us: straight into the
    ``inbox``, signed and verified all the same, or posted by ``http`` to our own door.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str | None = Field(default=None, pattern=r"^https?://")
    api_key: SecretStr | None = None
    webhook_secrets: tuple[SecretStr, ...] = Field(default=(), max_length=5)
    test_secret: SecretStr | None = None
    webhooks: Literal["inbox", "http"] = "inbox"
    filename: str = Field(default="fakepay.sqlite", pattern=r"^[A-Za-z0-9._-]+$")
    late_success_seconds: int = Field(default=30, ge=0)
    bank_delay_seconds: int = Field(default=0, ge=0)

    @model_validator(mode="after")
    def _knows_its_secrets(self) -> "FakepaySettings":
        if self.url is not None and (self.api_key is None or not self.webhook_secrets):
            raise ValueError("a provider at an address of its own needs api_key and webhook_secrets")
        return self


async def _nothing_to_do() -> int:
    return 0


@frozen(kw_only=True)
class Fakepay:
    """The open provider: its gateways, the reader of its messages, and what a buyer's browser does there.

    ``page`` is how a buyer pays on a page of ours. ``script`` makes things go wrong there, where we hold its test
    secret. ``provider_app`` is the provider itself when it runs in this process, to be served beside us at ``mount``.
    ``tick`` lets it do what has become due and deliver its messages; it returns how much that was, 0 for one that runs
    by itself.
    """

    payments: FakepayPaymentGateway
    payouts: FakepayPayoutGateway
    disputes: FakepayDisputeGateway
    books: FakepayBooks
    news: FakepayNews
    messages: FakepayMessages
    buyer: FakepayBuyer
    page: PaymentPage
    script: FakepayScript | None = None
    provider_app: Starlette | None = None
    mount: str = MOUNT
    tick: Callable[[], Awaitable[int]] = _nothing_to_do


@asynccontextmanager
async def open_fakepay(settings: FakepaySettings, around: Surroundings) -> AsyncGenerator[Fakepay]:
    """Connect to the provider, opening its books first if it lives here. Raises ``NotTheseBooks``."""
    async with AsyncExitStack() as stack:
        if settings.url is not None and settings.api_key is not None:
            client = await stack.enter_async_context(httpx.AsyncClient(base_url=settings.url, timeout=TIMEOUTS))
            secrets = [secret.get_secret_value() for secret in settings.webhook_secrets]
            test_secret = settings.test_secret.get_secret_value() if settings.test_secret else None
            yield _connected(
                client,
                settings.api_key.get_secret_value(),
                secrets,
                page=_page_at(settings.url),
                test_secret=test_secret,
            )
            return
        api_key, secret = around.secret(API_KEY_NAME).hex(), around.secret(SIGNING_NAME).hex()
        test_secret = around.secret(TEST_NAME).hex()
        app = create_provider(
            around.data / settings.filename,
            secrets=[secret],
            clock=around.clock.now,
            api_key=api_key,
            webhook_url=around.base_url + WEBHOOK_PATH,
            test_secret=test_secret,
            public_url=around.base_url + MOUNT,
            terms=Terms(
                late_success_seconds=settings.late_success_seconds, bank_delay_seconds=settings.bank_delay_seconds
            ),
        )
        provider: Provider = app.state.provider
        stack.callback(provider.close)
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        client = await stack.enter_async_context(httpx.AsyncClient(base_url=IN_PROCESS, transport=transport))
        messages = FakepayMessages([secret])
        postman = await stack.enter_async_context(_postman(settings, around, messages))

        async def tick() -> int:
            done = await keep_up(provider, postman)
            return done.settled + done.delivered

        page = PaymentPage(script_url=MOUNT + SCRIPT)
        yield _connected(client, api_key, [secret], page=page, test_secret=test_secret, app=app, tick=tick)


def _connected(
    client: httpx.AsyncClient,
    api_key: str,
    secrets: list[str],
    *,
    page: PaymentPage,
    test_secret: str | None,
    app: Starlette | None = None,
    tick: Callable[[], Awaitable[int]] = _nothing_to_do,
) -> Fakepay:
    connection = FakepayConnection(client, api_key=api_key)
    return Fakepay(
        payments=FakepayPaymentGateway(connection),
        payouts=FakepayPayoutGateway(connection),
        disputes=FakepayDisputeGateway(connection),
        books=FakepayBooks(connection),
        news=FakepayNews(connection),
        messages=FakepayMessages(secrets),
        buyer=FakepayBuyer(client),
        page=page,
        script=FakepayScript(client, test_secret) if test_secret else None,
        provider_app=app,
        tick=tick,
    )


def _page_at(url: str) -> PaymentPage:
    parts = urlsplit(url)
    return PaymentPage(script_url=url.rstrip("/") + SCRIPT, origins=(f"{parts.scheme}://{parts.netloc}",))


def _postman(settings: FakepaySettings, around: Surroundings, messages: FakepayMessages) -> httpx.AsyncClient:
    if settings.webhooks == "http":
        return httpx.AsyncClient(timeout=TIMEOUTS)
    stored: Any = around.opened["marketplace_core.database"]
    return httpx.AsyncClient(transport=InboxTransport(messages, stored.inbox, around.clock))


plugin: Final = AdapterPlugin(
    summary="A pretended payment provider with test cards, its own books and signed webhooks; no real money.",
    settings=FakepaySettings,
    open=open_fakepay,
    mount=MOUNT,
)
