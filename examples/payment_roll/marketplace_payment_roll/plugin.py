"""The plugin: ``roll`` in the group ``marketplace_core.payment_provider``."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from typing import Any, Final

from attrs import frozen
from starlette.applications import Starlette

from marketplace_core.inmemory.payment_messages import InMemoryProviderMessages
from marketplace_core.kernel.plugins import AdapterPlugin, Surroundings, UnsafeSetting
from marketplace_core.kernel.work import outside_transaction
from marketplace_core.payments import ProviderPayment, ProviderRefused
from marketplace_core.payments.ports import PaymentPage
from marketplace_payment_roll.page import MOUNT, SCRIPT, pages
from marketplace_payment_roll.roll import NAME, Roll

CHANGES: Final = frozenset({
    *("open", "cancel", "refund"),
    *("open_account", "onboarding_link", "transfer", "pay_out", "reverse"),
    *("answer", "accept"),
})  # fmt: skip
"""What moves something at the provider; everything else only looks."""


@frozen(kw_only=True)
class RollSettings:
    """What an operator may set: ``MARKETPLACE_ADAPTERS__ROLL__FILENAME``."""

    filename: str = "payment-roll"


class ByRoll:
    """Stands before one of the provider's parts: what it is asked to do goes by the roll."""

    def __init__(self, roll: Roll, part: str) -> None:
        self._roll, self._part = roll, part

    def __getattr__(self, name: str) -> Any:
        asked = getattr(self._roll.parts[self._part], name)
        if not callable(asked):
            return asked
        only_looks = name not in CHANGES
        by_roll = self._roll.look if only_looks else self._roll.do

        async def ask(*arguments: Any, **named: Any) -> Any:
            outside_transaction(f"{self._part}.{name}", only_looks=only_looks)
            return await by_roll(self._part, name, *arguments, **named)

        return ask


@frozen
class RollBuyer:
    """What a buyer's browser does, for ``marketplace payment pay``."""

    roll: Roll

    async def pay(self, reference: str, client_secret: str, card: str) -> None:
        """Show a card. Raises ``ProviderRefused`` where it is declined."""
        self._judged(await self.roll.do("provider", "pay", client_secret, card))

    async def authenticate(self, reference: str, client_secret: str, *, approve: bool) -> None:
        """Answer the bank's question. Raises ``ProviderRefused`` for a no."""
        self._judged(await self.roll.do("provider", "authenticate", client_secret, approve=approve))

    def _judged(self, payment: ProviderPayment) -> None:
        if payment.failure_code is not None:
            raise ProviderRefused("The bank said no.", reason=payment.failure_code)


@frozen(kw_only=True)
class RollProvider:
    """What the marketplace is given: the gateways, and what is served for browsers beside it."""

    payments: Any
    payouts: Any
    disputes: Any
    books: Any
    news: Any
    messages: InMemoryProviderMessages
    buyer: RollBuyer
    page: PaymentPage
    provider_app: Starlette
    mount: str = MOUNT
    tick: Callable[[], Awaitable[int]]


def provider_on(roll: Roll) -> RollProvider:
    """Put the adapter together."""

    async def tick() -> int:
        told: int = await roll.look("provider", "tick")
        return told

    return RollProvider(
        payments=ByRoll(roll, "payments"),
        payouts=ByRoll(roll, "payouts"),
        disputes=ByRoll(roll, "disputes"),
        books=ByRoll(roll, "books"),
        news=ByRoll(roll, "news"),
        messages=roll.provider.messages,
        buyer=RollBuyer(roll),
        page=PaymentPage(script_url=MOUNT + SCRIPT),
        provider_app=pages(roll),
        tick=tick,
    )


@asynccontextmanager
async def _opened(settings: RollSettings, around: Surroundings) -> AsyncGenerator[RollProvider]:
    if around.production:
        raise UnsafeSetting("The till roll only pretends that money moves; production needs a real provider.")
    with closing(Roll(around.data / settings.filename, around.clock)) as roll:
        stored = around.opened.get("marketplace_core.database")
        if stored is not None:
            roll.provider.connect(stored.inbox)
        yield provider_on(roll)


plugin: Final = AdapterPlugin(
    summary=f"An example from outside ({NAME}): a pretended provider with test cards, everything on one roll of paper",
    settings=RollSettings,
    open=_opened,
)
