"""What happens to endpoints."""

from datetime import datetime

from attrs import frozen

from marketplace_core.kernel.ids import EndpointId, SellerId
from marketplace_core.kernel.messages import Event


@frozen(kw_only=True)
class EndpointDisabled(Event):
    """Nothing more is sent to an endpoint: it said ``gone``, or is ``failing`` since then. No seller: operators'."""

    endpoint_id: EndpointId
    seller_id: SellerId | None
    url: str
    reason: str
    since: datetime
