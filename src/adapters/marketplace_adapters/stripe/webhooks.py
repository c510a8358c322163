"""Reads Stripe's webhooks: verified first, then parsed, then said in our words; nothing of the body is believed.

Two endpoints post to one address, each with secrets of its own: one about the platform's account (payments, refunds,
disputes), one about connected accounts (their standing, their payouts). What one says in the name of the other is
refused. An event of the other mode, live or test, is none of ours.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Final, Literal, final

import stripe
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from marketplace_adapters.stripe.gateway import NAME
from marketplace_adapters.stripe.objects import PAYMENT_ID, PAYOUT_ID, REFUND_ID, SELLER_ID
from marketplace_core.kernel.errors import InvalidInput
from marketplace_core.kernel.inbox import InvalidSignature, ProviderMessage, ProviderMessages

HEADER: Final = "stripe-signature"
TOLERANCE_SECONDS: Final = 300
HEADER_LENGTH_MAX: Final = 1_024
_TIMESTAMP: Final = re.compile(r"[0-9]{1,12}")

_OF_THE_PLATFORM: Final = {
    "payment_intent": ("payment", PAYMENT_ID, "pay_"),
    "charge": ("payment", PAYMENT_ID, "pay_"),
    "refund": ("refund", REFUND_ID, "rfd_"),
}
_OF_AN_ACCOUNT: Final = {
    "payout": ("payout", PAYOUT_ID, "pyt_"),
    "account": ("payout_account", SELLER_ID, "sel_"),
}
"""What Stripe calls it → what we call it, which metadata holds our identifier, and how that begins.

A dispute carries nothing of ours; it is told by Stripe's name of its payment.
"""

Id = Annotated[str, Field(min_length=1, max_length=200)]


class _Thing(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True)

    object: Annotated[str, Field(max_length=60)]
    id: Id | None = None
    metadata: dict[str, str] | None = Field(default=None, max_length=50)
    payment_intent: Id | None = None


class _Data(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True)

    object: _Thing


class _Event(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True)

    id: Id
    object: Literal["event"]
    type: Id
    livemode: bool
    account: Annotated[str, Field(pattern=r"^acct_[A-Za-z0-9_]{1,100}$")] | None = None
    data: _Data


@final
class StripeMessages(ProviderMessages):
    """Knows the signing secrets of both endpoints; several of each while one is being replaced."""

    def __init__(self, secrets: Sequence[str], connect_secrets: Sequence[str], *, livemode: bool) -> None:
        self._secrets = tuple(secrets)
        self._connect_secrets = tuple(connect_secrets)
        self._livemode = livemode

    def read(self, headers: Mapping[str, str], body: bytes, now: datetime) -> ProviderMessage:
        """Verify, then parse."""
        signature = headers.get(HEADER, "")
        _require_just_now(signature, now)
        of_platform = _signed_by_one_of(self._secrets, signature, body)
        of_account = _signed_by_one_of(self._connect_secrets, signature, body)
        if not of_platform and not of_account:
            raise InvalidSignature("The message was not signed by Stripe.")
        try:
            event = _Event.model_validate_json(body)
        except ValidationError as malformed:
            raise InvalidInput("The message is signed by Stripe, but it is not an event.") from malformed
        if not (of_platform if event.account is None else of_account):
            raise InvalidInput("The message was sent to the wrong endpoint: look at which accounts it listens to.")
        subject, reference = self._about(event)
        return ProviderMessage(
            provider=NAME, message_id=event.id, type=event.type, subject=subject, reference=reference, raw=body
        )

    def _about(self, event: _Event) -> tuple[str | None, str | None]:
        thing = event.data.object
        if event.livemode is not self._livemode:
            return None, None
        if event.account is None and thing.object == "dispute" and thing.payment_intent is not None:
            return "disputed_payment", thing.payment_intent
        known = (_OF_THE_PLATFORM if event.account is None else _OF_AN_ACCOUNT).get(thing.object)
        if known is None or (thing.object == "account" and thing.id != event.account):
            return None, None
        subject, name, beginning = known
        reference = (thing.metadata or {}).get(name, "")
        return (subject, reference) if reference.startswith(beginning) and len(reference) <= 200 else (None, None)


def _require_just_now(signature: str, now: datetime) -> None:
    """Refuse what was signed too long ago, or in the future, which the SDK would let pass."""
    parts = [part.partition("=") for part in signature.split(",")]
    stamps = [value for name, _, value in parts if name == "t"]
    fine = signature.isascii() and len(signature) <= HEADER_LENGTH_MAX
    if not fine or len(stamps) != 1 or not _TIMESTAMP.fullmatch(stamps[0]):
        raise InvalidSignature("The message was not signed by Stripe.")
    if abs(now.timestamp() - int(stamps[0])) > TOLERANCE_SECONDS:
        raise InvalidSignature("The message was not signed just now.")


def _signed_by_one_of(secrets: Sequence[str], signature: str, body: bytes) -> bool:
    # Every secret is tried, without stopping at the first hit: the time taken tells nothing about which one matched.
    matches = [_is_signed(secret, signature, body) for secret in secrets]
    return any(matches)


def _is_signed(secret: str, signature: str, body: bytes) -> bool:
    try:
        stripe.WebhookSignature.verify_header(body, signature, secret, tolerance=None)
    except stripe.SignatureVerificationError:
        return False
    except UnicodeDecodeError as garbled:
        raise InvalidInput("The message is not text.") from garbled
    return True
