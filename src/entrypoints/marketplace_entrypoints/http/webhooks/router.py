"""What providers post: verified, stored, answered. What it means is found out afterwards."""

from datetime import datetime
from typing import Annotated, Any, Final, Protocol

from fastapi import APIRouter, Depends, HTTPException, Path, Request, Response

from marketplace_core.kernel.errors import InvalidInput
from marketplace_core.kernel.inbox import Inbox, InvalidSignature, ProviderMessages
from marketplace_entrypoints.http.dependencies import Outgoing

MESSAGE_BYTES_MAX: Final = 256 * 1024
_BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": {"type": "object", "description": "The provider's event"}}},
    }
}

router = APIRouter(prefix="/v1/webhooks", tags=["webhooks"])


class MessageTooLarge(InvalidInput):
    """A provider's message holds at most ``MESSAGE_BYTES_MAX`` bytes."""

    code = "http.body_too_large"


class ReceivedOut(Outgoing):
    """The message is safe with us; ``new`` is false for one we had already."""

    new: bool


class Receiver(Protocol):
    """What the route needs of the open marketplace to take a provider's message."""

    @property
    def messages(self) -> ProviderMessages:
        """The reader of the provider's messages."""
        ...

    @property
    def inbox(self) -> Inbox:
        """Where messages are kept."""
        ...

    def now(self) -> datetime:
        """Return the time."""
        ...


class _OpenReceiver(Receiver):
    def __init__(self, adapters: Any) -> None:
        self._adapters = adapters

    @property
    def messages(self) -> ProviderMessages:
        reader: ProviderMessages = self._adapters.payments.messages
        return reader

    @property
    def inbox(self) -> Inbox:
        inbox: Inbox = self._adapters.persistence.inbox
        return inbox

    def now(self) -> datetime:
        now: datetime = self._adapters.around.clock.now()
        return now


async def _receiver(request: Request, provider: Annotated[str, Path(max_length=64, examples=["fakepay"])]) -> Receiver:
    adapters = request.app.state.opened.adapters
    if adapters.payments.payments.provider != provider:
        raise HTTPException(404)
    return _OpenReceiver(adapters)


@router.post(
    "/{provider}",
    status_code=202,
    response_model=ReceivedOut,
    responses={200: {"model": ReceivedOut, "description": "We had this message already"}},
    openapi_extra=_BODY,
    operation_id="receive_message",
)
async def receive_message(
    request: Request, response: Response, receiver: Annotated[Receiver, Depends(_receiver)]
) -> ReceivedOut:
    """Take a signed message of a provider: 202 when it is new, 200 when we had it, 400 when it is not the provider's.

    Nothing else happens in this request; a 503 says that the message was not stored and should be sent again.
    """
    body = await _read(request)
    try:
        message = receiver.messages.read(dict(request.headers), body, receiver.now())
    except InvalidSignature:
        raise
    except InvalidInput as malformed:
        raise HTTPException(400) from malformed
    is_new = await receiver.inbox.remember(message, receiver.now())
    response.status_code = 202 if is_new else 200
    return ReceivedOut(new=is_new)


async def _read(request: Request) -> bytes:
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise HTTPException(400)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MESSAGE_BYTES_MAX:
            raise MessageTooLarge(f"A provider's message holds at most {MESSAGE_BYTES_MAX} bytes.")
    return bytes(body)
