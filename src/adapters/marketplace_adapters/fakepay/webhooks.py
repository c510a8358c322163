"""Reads FakePay's webhooks: verified first, then parsed, then said in our words."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Final, Literal, final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from marketplace_adapters.fakepay.gateway import NAME
from marketplace_adapters.fakepay.provider import signature
from marketplace_core.kernel.errors import InvalidInput
from marketplace_core.kernel.inbox import InvalidSignature, ProviderMessage, ProviderMessages

HEADER: Final = signature.HEADER.lower()
_SUBJECTS: Final = {
    "payment": ("payment", "pay_"),
    "refund": ("refund", "rfd_"),
    "dispute": ("dispute", "pay_"),
    "payout": ("payout", "pyt_"),
    "account": ("payout_account", "sel_"),
}
"""What the provider calls it → what we call it, and how our identifiers of it begin; a dispute is told by its payment.

Transfers and their reversals are answered at once, so their messages say nothing new.
"""


class _Thing(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True)

    object: Annotated[str, Field(max_length=60)]
    reference: Annotated[str, Field(max_length=200)] | None = None


class _Data(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True)

    object: _Thing


class _Event(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True)

    id: Annotated[str, Field(min_length=1, max_length=200)]
    object: Literal["event"]
    type: Annotated[str, Field(min_length=1, max_length=200)]
    data: _Data


@final
class FakepayMessages(ProviderMessages):
    """Knows the signing secrets; several while one is being replaced."""

    def __init__(self, secrets: Sequence[str]) -> None:
        self._secrets = tuple(secrets)

    def read(self, headers: Mapping[str, str], body: bytes, now: datetime) -> ProviderMessage:
        """Verify, then parse."""
        try:
            signature.verify(body, headers.get(HEADER), secrets=self._secrets, now=now.timestamp())
        except signature.SignatureRefused as refusal:
            raise InvalidSignature("The message was not signed by the provider, or not just now.") from refusal
        try:
            event = _Event.model_validate_json(body)
        except ValidationError as malformed:
            raise InvalidInput("The message is signed by the provider, but it is not an event.") from malformed
        subject, reference = _about(event.data.object)
        return ProviderMessage(
            provider=NAME, message_id=event.id, type=event.type, subject=subject, reference=reference, raw=body
        )


def _about(thing: _Thing) -> tuple[str | None, str | None]:
    known = _SUBJECTS.get(thing.object)
    if known is None or thing.reference is None or not thing.reference.startswith(known[1]):
        return None, None
    return known[0], thing.reference
