"""Try to deliver something."""

from collections.abc import Callable
from typing import ClassVar, Final

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import DeliveryId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.webhooks.domain.delivery import Delivery, DeliveryState
from marketplace_core.webhooks.domain.endpoint import Endpoint
from marketplace_core.webhooks.domain.errors import Undelivered, UrlNotAllowed
from marketplace_core.webhooks.domain.message import signed
from marketplace_core.webhooks.ports import Answer, SigningSecrets, WebhookSender, WebhooksWork

GONE: Final = 410


@frozen(kw_only=True)
class Deliver(Command[None]):
    """Try to deliver something that is due."""

    permission: ClassVar[Permission] = Permission.SYSTEM
    calls_outside: ClassVar[bool] = True

    delivery_id: DeliveryId


@frozen(kw_only=True)
class DeliverHandler:
    """Try to deliver something that is due.

    - The attempt is written down before it is made: of two who try, one does, and one that dies with its process is
      made again a minute later, with the same identifier.
    - Any 2xx is a yes. A redirect is not followed and is a no, like every other answer.
    - 410 disables the endpoint at once, five days without a success do, and its owner is told.
    """

    begin: Begin[WebhooksWork]
    sender: WebhookSender
    secrets: SigningSecrets
    clock: Clock
    chance: Callable[[], float]

    async def __call__(self, command: Deliver, by: Actor) -> None:
        """Try it. Raises ``DeliveryNotFound``."""
        async with self.begin() as work:
            delivery = await work.deliveries.get(command.delivery_id)
            endpoint = await work.endpoints.get(delivery.endpoint_id)
            if not endpoint.is_enabled or not delivery.is_due(self.clock.now()):
                return
            delivery.begin(self.clock.now())
            await work.deliveries.save(delivery)
        outcome = await self._send(endpoint, delivery)
        async with self.begin() as work:
            present = await work.deliveries.get(command.delivery_id)
            if present.attempts != delivery.attempts or present.state is not DeliveryState.QUEUED:
                return  # it took so long that somebody else has tried meanwhile
            await self._note(work, present, outcome)

    async def _send(self, endpoint: Endpoint, delivery: Delivery) -> Answer | Undelivered | UrlNotAllowed:
        now = self.clock.now()
        body = delivery.message.body.encode()
        secrets = [self.secrets.secret(endpoint.endpoint_id, number) for number in endpoint.secrets(now)]
        headers = signed(delivery.event_id, now, body, secrets)
        try:
            return await self.sender.send(endpoint.url, {"content-type": "application/json", **headers}, body)
        except (Undelivered, UrlNotAllowed) as failure:
            return failure

    async def _note(
        self, work: WebhooksWork, delivery: Delivery, outcome: Answer | Undelivered | UrlNotAllowed
    ) -> None:
        now = self.clock.now()
        endpoint = await work.endpoints.get(delivery.endpoint_id)
        if isinstance(outcome, Answer) and 200 <= outcome.status < 300:
            delivery.took(outcome.status, outcome.text, now)
            changed = endpoint.succeeded()
        else:
            status, answer = (outcome.status, outcome.text) if isinstance(outcome, Answer) else (None, None)
            error = f"answered {status}" if isinstance(outcome, Answer) else outcome.message
            delivery.missed(error, status=status, answer=answer, now=now, chance=self.chance())
            changed = endpoint.failed(now, gone=status == GONE)
        await work.deliveries.save(delivery)
        if changed:
            await work.endpoints.save(endpoint)
