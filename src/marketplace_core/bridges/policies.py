"""The terms of trade as one document: payments' terms and those of checkout, stored once and in use everywhere.

A document's keys are those of both; ``version`` names the whole. Every process looks at most ``LOOKS_AGAIN_AFTER`` late
which version is in use, and then has handlers made for it: a command is carried out under one version from beginning to
end.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final

from attrs import define, evolve, field, frozen

from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.documents import Document, document_of, keys_of
from marketplace_core.operations import OperationsReader, PolicyVersion
from marketplace_core.operations.ports import PolicyInUse
from marketplace_core.orders import CheckoutPolicy
from marketplace_core.orders.terms import checkout_policy_flaws, checkout_policy_of
from marketplace_core.payments import PaymentPolicy
from marketplace_core.payments.terms import MalformedPolicy, payment_policy_flaws, payment_policy_of

LOOKS_AGAIN_AFTER: Final = timedelta(seconds=5)
"""How late a process may find out that other terms are in use."""
KEYS: Final = tuple(dict.fromkeys((*keys_of(PaymentPolicy), *keys_of(CheckoutPolicy))))
"""Every key of the document."""
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}", re.ASCII)


@frozen(kw_only=True)
class TermsOfTrade:
    """The terms that orders are placed under from now on."""

    policy: PaymentPolicy = field(factory=PaymentPolicy)
    checkout: CheckoutPolicy = field(factory=CheckoutPolicy)

    @classmethod
    def of(cls, document: Mapping[str, object], *, number: int = 0) -> "TermsOfTrade":
        """Return what a document without flaws says; keys that are not known any more are passed over."""
        checkout = evolve(checkout_policy_of(document), number=number)
        return cls(policy=payment_policy_of(document), checkout=checkout)

    @property
    def document(self) -> Document:
        """All that they say."""
        return {**document_of(self.checkout), **document_of(self.policy)}


def flaws(document: Mapping[str, object], *, max_hold: timedelta) -> Iterator[str]:
    """Yield what is wrong with a document, each as a sentence; ``max_hold`` is how long the provider holds money."""
    name = document.get("version")
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        yield "version names the terms, in 1 to 40 of a-z 0-9 . _ -, such as 2026-2."
    unknown = [key for key in document if key not in KEYS]
    yield from (f"{key} is not known; the keys are {', '.join(KEYS)}." for key in unknown)
    known = {key: value for key, value in document.items() if key in KEYS and key != "version"}
    found = [*payment_policy_flaws(known, max_hold=max_hold), *checkout_policy_flaws(known)]
    yield from found
    if not found:
        terms = TermsOfTrade.of(known)
        if terms.policy.claim_undelivered_after < terms.checkout.ship_within:
            yield "claim_undelivered_after is at least ship_within: nobody claims what is not due to be sent yet."


def terms_of(document: Mapping[str, object], *, max_hold: timedelta) -> TermsOfTrade:
    """Return the terms of a document. Raises ``MalformedPolicy`` with every mistake in ``facts["flaws"]``."""
    found = [*flaws(document, max_hold=max_hold)]
    if found:
        raise MalformedPolicy(found[0], flaws=list(found))
    return TermsOfTrade.of(document)


@define
class StoredTerms(PolicyInUse):
    """The terms in use: those that are stored last, or ``began_with``. Looked up again when they may have changed."""

    began_with: TermsOfTrade
    reader: OperationsReader
    clock: Clock
    max_hold: timedelta
    number: int = 0
    _looked_at: datetime | None = field(default=None, init=False)

    @property
    def seed(self) -> Document:
        """What holds before any version is stored, whole."""
        return self.began_with.document

    def completed(self, document: Mapping[str, object]) -> Document:
        """Return a document whole. Raises ``MalformedPolicy``."""
        return terms_of(document, max_hold=self.max_hold).document

    def look_again(self) -> None:
        """Forget when one has looked."""
        self._looked_at = None

    async def changed(self) -> TermsOfTrade | None:
        """Return the terms in use if they are others than those that this returned last, or ``began_with``."""
        now = self.clock.now()
        if self._looked_at is not None and abs(now - self._looked_at) < LOOKS_AGAIN_AFTER:
            return None
        self._looked_at = now
        newest: PolicyVersion | None = await self.reader.policy()
        if newest is None or newest.number == self.number:
            return None
        self.number = newest.number
        return TermsOfTrade.of(newest.document, number=newest.number)
