"""Rotate the secret of an endpoint."""

from typing import ClassVar

from attrs import frozen

from marketplace_core.kernel.access import Actor, Permission
from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import EndpointId
from marketplace_core.kernel.messages import Command
from marketplace_core.kernel.work import Begin
from marketplace_core.webhooks.domain.ownership import own
from marketplace_core.webhooks.ports import WebhooksWork


@frozen(kw_only=True)
class RotateSecret(Command[None]):
    """Sign what is sent to an endpoint with a new secret."""

    permission: ClassVar[Permission] = Permission.SELLER

    endpoint_id: EndpointId


@frozen(kw_only=True)
class RotateSecretHandler:
    """Sign what is sent to an endpoint with a new secret.

    - For a day everything is signed with the one before as well: receivers change over when they like.
    - The new one can be read for ten minutes.
    """

    begin: Begin[WebhooksWork]
    clock: Clock

    async def __call__(self, command: RotateSecret, by: Actor) -> None:
        """Carry it out. Raises ``EndpointNotFound``."""
        async with self.begin() as work:
            endpoint = own(await work.endpoints.get(command.endpoint_id), by)
            endpoint.rotate(self.clock.now())
            await work.endpoints.save(endpoint)
