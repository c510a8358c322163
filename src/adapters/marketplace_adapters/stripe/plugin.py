"""How Stripe is configured and opened."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Annotated, Any, Final

from attrs import frozen
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, model_validator
from starlette.applications import Starlette

from marketplace_adapters.stripe.books import StripeBooks
from marketplace_adapters.stripe.connection import StripeConnection
from marketplace_adapters.stripe.disputes import StripeDisputeGateway
from marketplace_adapters.stripe.gateway import StripePaymentGateway
from marketplace_adapters.stripe.news import StripeNews
from marketplace_adapters.stripe.page import MOUNT, page_app, payment_page
from marketplace_adapters.stripe.payouts import StripePayoutGateway
from marketplace_adapters.stripe.webhooks import StripeMessages
from marketplace_core.kernel.plugins import AdapterPlugin, Surroundings, UnsafeSetting
from marketplace_core.payments.ports import PaymentPage

ADDRESS: Final = "https://api.stripe.com"
SECRETS_MAX: Final = 5
_KEY_BEGINNINGS: Final = ("sk_", "rk_")


def _divided(value: Any) -> Any:
    """Let several be written in one variable of the environment, with commas between them."""
    return [part.strip() for part in value.split(",")] if isinstance(value, str) else value


def _secret_key(key: SecretStr) -> SecretStr:
    if not key.get_secret_value().startswith(_KEY_BEGINNINGS):
        raise ValueError("a secret or restricted key is wanted: it begins with sk_ or rk_")
    return key


def _signing_secrets(secrets: tuple[SecretStr, ...]) -> tuple[SecretStr, ...]:
    if not all(secret.get_secret_value().startswith("whsec_") for secret in secrets):
        raise ValueError("signing secrets of endpoints are wanted: they begin with whsec_")
    return secrets


SigningSecrets = Annotated[
    tuple[SecretStr, ...],
    BeforeValidator(_divided),
    Field(min_length=1, max_length=SECRETS_MAX),
    AfterValidator(_signing_secrets),
]


class StripeSettings(BaseModel):
    """The keys of the platform's Stripe account, all of one mode: test or live.

    ``webhook_secrets`` belong to the endpoint that listens to the platform's own account, ``connect_webhook_secrets``
    to the one that listens to connected accounts; two of one while it is being replaced. ``country`` is the account's:
    it decides how long money may be held.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    api_key: Annotated[SecretStr, AfterValidator(_secret_key)]
    publishable_key: str = Field(pattern=r"^pk_(test|live)_\w+$")
    webhook_secrets: SigningSecrets
    connect_webhook_secrets: SigningSecrets
    country: str = Field(pattern=r"^[A-Z]{2}$")
    url: str = Field(default=ADDRESS, pattern=r"^https?://")

    @model_validator(mode="after")
    def _are_of_one_mode(self) -> "StripeSettings":
        if ("_live_" in self.api_key.get_secret_value()) is not self.livemode:
            raise ValueError("api_key and publishable_key are of different modes: one is for tests, the other is live")
        return self

    @property
    def livemode(self) -> bool:
        """Tell whether real money moves."""
        return self.publishable_key.startswith("pk_live_")


async def _nothing_to_do() -> int:
    return 0


@frozen(kw_only=True)
class Stripe:
    """The open provider: its gateways, the reader of its messages, and how a buyer pays on a page of ours.

    ``provider_app`` serves our payment element at ``mount``.
    """

    payments: StripePaymentGateway
    payouts: StripePayoutGateway
    disputes: StripeDisputeGateway
    books: StripeBooks
    news: StripeNews
    messages: StripeMessages
    page: PaymentPage
    provider_app: Starlette
    mount: str = MOUNT
    tick: Callable[[], Awaitable[int]] = _nothing_to_do


@asynccontextmanager
async def open_stripe(settings: StripeSettings, around: Surroundings) -> AsyncGenerator[Stripe]:
    """Connect to Stripe. Nothing is asked yet: a shop opens whether Stripe answers or not.

    Raises ``UnsafeSetting`` for keys of the other mode than this process is in.
    """
    if around.production and not settings.livemode:
        raise UnsafeSetting(
            "These Stripe keys are for tests: whoever pays with a test card would be sent real goods."
            " Production runs with live keys (sk_live_… and pk_live_…)."
        )
    if settings.livemode and not around.production:
        raise UnsafeSetting(
            "These Stripe keys are live: real cards would be charged. Trying things out takes test keys (sk_test_… and"
            " pk_test_…); in earnest MARKETPLACE_MODE is production."
        )
    connection = StripeConnection(settings.api_key.get_secret_value(), address=settings.url.rstrip("/"))
    try:
        yield Stripe(
            payments=StripePaymentGateway(connection, settings.country),
            payouts=StripePayoutGateway(connection),
            disputes=StripeDisputeGateway(connection),
            books=StripeBooks(connection),
            news=StripeNews(connection),
            messages=StripeMessages(
                [secret.get_secret_value() for secret in settings.webhook_secrets],
                [secret.get_secret_value() for secret in settings.connect_webhook_secrets],
                livemode=settings.livemode,
            ),
            page=payment_page(settings.publishable_key),
            provider_app=page_app(),
        )
    finally:
        await connection.close()


plugin: Final = AdapterPlugin(
    summary="Stripe: real cards and bank accounts, through its official SDK; sellers are connected accounts.",
    settings=StripeSettings,
    open=open_stripe,
    mount=MOUNT,
)
