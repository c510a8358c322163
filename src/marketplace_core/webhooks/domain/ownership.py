"""Whose endpoints are whose: another shop's does not exist for you."""

from marketplace_core.kernel.access import Actor, Permission, Role
from marketplace_core.kernel.ids import SellerId
from marketplace_core.webhooks.domain.endpoint import Endpoint, EndpointState
from marketplace_core.webhooks.domain.errors import EndpointNotFound


def require_owner(seller_id: SellerId | None, by: Actor) -> None:
    """Pass for whose endpoints these are: a shop's are the shop's and operators', the marketplace's are operators'.

    Raises ``NotFound`` for another shop's, ``NotAllowed`` for the marketplace's.
    """
    if seller_id is None:
        by.require(Permission.OPERATOR)
    else:
        by.require_seller(seller_id)


def own(endpoint: Endpoint | None, by: Actor) -> Endpoint:
    """Return the endpoint if it is the actor's to see. Raises ``EndpointNotFound``."""
    if endpoint is None or endpoint.state is EndpointState.REMOVED:
        raise EndpointNotFound
    if by.roles & {Role.OPERATOR, Role.SYSTEM}:
        return endpoint
    if endpoint.seller_id is None or endpoint.seller_id != by.seller_id:
        raise EndpointNotFound
    return endpoint
