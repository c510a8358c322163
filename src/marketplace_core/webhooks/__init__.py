"""Webhooks: telling programs of shops and operators what happens, at addresses they have named."""

from marketplace_core.webhooks.domain.delivery import Delivery, DeliveryState
from marketplace_core.webhooks.domain.endpoint import DisabledBecause, Endpoint, EndpointState
from marketplace_core.webhooks.domain.errors import (
    DeliveryNotFound,
    EndpointDisabledNow,
    EndpointExists,
    EndpointNotFound,
    InvalidEndpoint,
    InvalidSpan,
    SecretNotShown,
    TooManyEndpoints,
    Undelivered,
    UrlNotAllowed,
)
from marketplace_core.webhooks.domain.events import EndpointDisabled
from marketplace_core.webhooks.domain.message import Message, signed
from marketplace_core.webhooks.handlers import answers, handlers
from marketplace_core.webhooks.queries import (
    DeliveryView,
    Due,
    EndpointView,
    ListDeliveries,
    ListDueDeliveries,
    ListEndpoints,
    ListEventTypes,
    ViewDelivery,
    ViewEndpoint,
    ViewEndpointSecret,
    WebhooksReader,
)
from marketplace_core.webhooks.usecases.announce_events import AnnounceEvents
from marketplace_core.webhooks.usecases.change_endpoint import ChangeEndpoint
from marketplace_core.webhooks.usecases.deliver import Deliver
from marketplace_core.webhooks.usecases.disable_endpoint import DisableEndpoint
from marketplace_core.webhooks.usecases.enable_endpoint import EnableEndpoint
from marketplace_core.webhooks.usecases.make_endpoint import MakeEndpoint
from marketplace_core.webhooks.usecases.remove_endpoint import RemoveEndpoint
from marketplace_core.webhooks.usecases.replay_delivery import ReplayDelivery
from marketplace_core.webhooks.usecases.replay_events import Replayed, ReplayEvents
from marketplace_core.webhooks.usecases.rotate_secret import RotateSecret
from marketplace_core.webhooks.usecases.send_test_event import SendTestEvent

__all__ = [
    "AnnounceEvents",
    "ChangeEndpoint",
    "Deliver",
    "Delivery",
    "DeliveryNotFound",
    "DeliveryState",
    "DeliveryView",
    "DisableEndpoint",
    "DisabledBecause",
    "Due",
    "EnableEndpoint",
    "Endpoint",
    "EndpointDisabled",
    "EndpointDisabledNow",
    "EndpointExists",
    "EndpointNotFound",
    "EndpointState",
    "EndpointView",
    "InvalidEndpoint",
    "InvalidSpan",
    "ListDeliveries",
    "ListDueDeliveries",
    "ListEndpoints",
    "ListEventTypes",
    "MakeEndpoint",
    "Message",
    "RemoveEndpoint",
    "ReplayDelivery",
    "ReplayEvents",
    "Replayed",
    "RotateSecret",
    "SecretNotShown",
    "SendTestEvent",
    "TooManyEndpoints",
    "Undelivered",
    "UrlNotAllowed",
    "ViewDelivery",
    "ViewEndpoint",
    "ViewEndpointSecret",
    "WebhooksReader",
    "answers",
    "handlers",
    "signed",
]
