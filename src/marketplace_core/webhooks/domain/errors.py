"""What can be wrong with webhooks."""

from marketplace_core.kernel.errors import Conflict, InvalidInput, NotFound, RuleBroken, Unavailable


class EndpointNotFound(NotFound):
    """There is no such endpoint, or it is somebody else's."""

    code = "webhooks.endpoint_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such endpoint.")


class DeliveryNotFound(NotFound):
    """There is no such delivery, or it is somebody else's."""

    code = "webhooks.delivery_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such delivery.")


class InvalidEndpoint(InvalidInput):
    """An endpoint like this makes no sense; ``errors`` says which field and why."""

    code = "webhooks.invalid_endpoint"


class UrlNotAllowed(InvalidInput):
    """Nothing is sent to such an address: it is not public, or not written as an address of the web."""

    code = "webhooks.url_not_allowed"


class EndpointExists(Conflict):
    """This owner has an endpoint with this address already."""

    code = "webhooks.endpoint_exists"


class TooManyEndpoints(RuleBroken):
    """This owner has as many endpoints as one may have."""

    code = "webhooks.too_many_endpoints"


class SecretNotShown(RuleBroken):
    """A secret is shown when it is made and never again; rotate it for another one."""

    code = "webhooks.secret_not_shown"


class EndpointDisabledNow(RuleBroken):
    """The endpoint is disabled; enable it first."""

    code = "webhooks.endpoint_disabled"


class InvalidSpan(InvalidInput):
    """A span of time begins before it ends."""

    code = "webhooks.invalid_span"


class Undelivered(Unavailable):
    """Nobody answered at the address, or not in time, or not in HTTP."""

    code = "webhooks.undelivered"
