"""Eight adapters, each broken in one way that is easy to fall into; the kit is run on every one (``test_kit.py``).

This file is no test: its name keeps it out of the usual run.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from itertools import count
from typing import Any

import pytest
from attrs import evolve

from marketplace_core.inmemory.payment_messages import InMemoryProviderMessages
from marketplace_core.inmemory.payment_provider import InMemoryPaymentProvider
from marketplace_core.inmemory.search import InMemorySearch
from marketplace_core.inmemory.store import Store
from marketplace_core.kernel.ids import ProductId
from marketplace_core.kernel.inbox import ProviderMessage
from marketplace_core.payments import (
    ProviderPayment,
    ProviderRefund,
    ProviderRefused,
    RefundProgress,
    UnknownAtProvider,
)
from marketplace_core.payments.comparing import BookRow, Entry
from marketplace_core.payments.ports import PaymentRequest, RefundRequest
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.conformance.payment_provider import PaymentGatewayConformance, ProviderGround
from marketplace_core.testing.conformance.provider_books import ProviderBooksConformance
from marketplace_core.testing.conformance.provider_messages import MIDDAY, MessagesGround, ProviderMessagesConformance
from marketplace_core.testing.conformance.provider_news import ProviderNewsConformance
from marketplace_core.testing.conformance.refunding import RefundingConformance
from marketplace_core.testing.conformance.search import SearchGround, SearchIndexConformance
from tests.core.conformance.test_payment_provider import provider_in_memory


class Behind:
    """Everything as the adapter behind does it, but for what a subclass breaks."""

    def __init__(self, behind: Any) -> None:
        self.behind = behind

    def __getattr__(self, name: str) -> Any:
        return getattr(self.behind, name)


class ForgetfulOfKeys(Behind):
    """Opens another payment each time, whatever the key."""

    _numbers = count()

    async def open(self, request: PaymentRequest, *, key: str) -> ProviderPayment:
        opened: ProviderPayment = await self.behind.open(request, key=f"{key}:{next(self._numbers)}")
        return opened


class InsideOfTransactions(Behind):
    """Asks the provider while a transaction is open."""

    async def fetch(self, reference: str) -> ProviderPayment:
        provider: InMemoryPaymentProvider = self.behind.books
        try:
            return provider.payment(reference)
        except KeyError:
            raise UnknownAtProvider("The provider knows no such payment.") from None


class SaysNoToWhatWasPaid(Behind):
    """Takes a cancellation that comes too late for a refusal."""

    async def cancel(self, reference: str, *, key: str) -> ProviderPayment:
        answer: ProviderPayment = await self.behind.cancel(reference, key=key)
        if answer.state.value != "cancelled":
            raise ProviderRefused("It is too late.", reason="too_late")
        return answer


class PromisesRefunds(Behind):
    """Takes a refusal for a refund that is on its way."""

    async def refund(self, request: RefundRequest, *, key: str) -> ProviderRefund:
        try:
            made: ProviderRefund = await self.behind.refund(request, key=key)
        except ProviderRefused:
            return ProviderRefund(
                reference="?", refund_id=request.refund_id, state=RefundProgress.PENDING, amount=request.amount
            )
        return made


class ReadsOnePage(Behind):
    """Takes the first page of a book for the whole."""

    async def rows(self, entry: Entry) -> Sequence[BookRow]:
        rows: Sequence[BookRow] = await self.behind.rows(entry)
        return rows[:2]


class NamesAnew(Behind):
    """Has another name for the same thing whenever it is asked."""

    _numbers = count()

    async def since(self, moment: datetime) -> Sequence[ProviderMessage]:
        found: Sequence[ProviderMessage] = await self.behind.since(moment)
        return [evolve(one, message_id=f"news:{next(self._numbers)}") for one in found]


class BelievesEverybody(Behind):
    """Reads a message without looking who signed it."""

    def read(self, headers: Mapping[str, str], body: bytes, now: datetime) -> ProviderMessage:
        own: InMemoryProviderMessages = self.behind
        return own.read(own.sign(body, now), body, now)


class KeepsWhatWasRemoved(Behind):
    """Never takes anything out of the index."""

    async def remove(self, product_ids: Collection[ProductId]) -> None:
        return


def provider_with(**broken: type[Behind]) -> ProviderGround:
    """Return the provider in memory, parts of it broken."""
    whole = provider_in_memory()
    parts: dict[str, Any] = {name: make(getattr(whole, name)) for name, make in broken.items()}
    return evolve(whole, **parts)


class TestForgetfulOfKeys(PaymentGatewayConformance):
    @pytest.fixture
    def ground(self) -> ProviderGround:
        return provider_with(payments=ForgetfulOfKeys)


class TestInsideOfTransactions(PaymentGatewayConformance):
    @pytest.fixture
    def ground(self) -> ProviderGround:
        return provider_with(payments=InsideOfTransactions)


class TestSaysNoToWhatWasPaid(PaymentGatewayConformance):
    @pytest.fixture
    def ground(self) -> ProviderGround:
        return provider_with(payments=SaysNoToWhatWasPaid)


class TestPromisesRefunds(RefundingConformance):
    @pytest.fixture
    def ground(self) -> ProviderGround:
        return provider_with(payments=PromisesRefunds)


class TestReadsOnePage(ProviderBooksConformance):
    @pytest.fixture
    def ground(self) -> ProviderGround:
        return provider_with(books=ReadsOnePage)


class TestNamesAnew(ProviderNewsConformance):
    @pytest.fixture
    def ground(self) -> ProviderGround:
        return provider_with(news=NamesAnew)


class TestBelievesEverybody(ProviderMessagesConformance):
    @pytest.fixture
    def ground(self) -> MessagesGround:
        own = InMemoryProviderMessages(b"secret")
        headers, body = own.write("msg_1", "payment.succeeded", "payment", "pay_1", MIDDAY)
        messages: Any = BelievesEverybody(own)
        return MessagesGround(messages=messages, headers=headers, body=body, sent_at=MIDDAY, signed=own.sign)


class TestKeepsWhatWasRemoved(SearchIndexConformance):
    @pytest.fixture
    def ground(self) -> SearchGround:
        search = InMemorySearch(Store(FrozenClock(), CountingIds()))
        index: Any = KeepsWhatWasRemoved(search)
        return SearchGround(index=index, engine=search)
