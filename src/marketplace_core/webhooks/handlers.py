"""Which handler carries out which command of webhooks, and answers which query."""

from collections.abc import Callable

from marketplace_core.kernel.clock import Clock
from marketplace_core.kernel.ids import IdFactory
from marketplace_core.kernel.messages import Answers, Handlers
from marketplace_core.kernel.work import Begin
from marketplace_core.webhooks.ports import PublicEvents, SigningSecrets, WebhookSender, WebhooksWork
from marketplace_core.webhooks.queries import (
    ListDeliveries,
    ListDeliveriesHandler,
    ListDueDeliveries,
    ListDueDeliveriesHandler,
    ListEndpoints,
    ListEndpointsHandler,
    ListEventTypes,
    ListEventTypesHandler,
    ViewDelivery,
    ViewDeliveryHandler,
    ViewEndpoint,
    ViewEndpointHandler,
    ViewEndpointSecret,
    ViewEndpointSecretHandler,
    WebhooksReader,
)
from marketplace_core.webhooks.usecases.announce_events import AnnounceEvents, AnnounceEventsHandler
from marketplace_core.webhooks.usecases.change_endpoint import ChangeEndpoint, ChangeEndpointHandler
from marketplace_core.webhooks.usecases.deliver import Deliver, DeliverHandler
from marketplace_core.webhooks.usecases.disable_endpoint import DisableEndpoint, DisableEndpointHandler
from marketplace_core.webhooks.usecases.enable_endpoint import EnableEndpoint, EnableEndpointHandler
from marketplace_core.webhooks.usecases.make_endpoint import MakeEndpoint, MakeEndpointHandler
from marketplace_core.webhooks.usecases.remove_endpoint import RemoveEndpoint, RemoveEndpointHandler
from marketplace_core.webhooks.usecases.replay_delivery import ReplayDelivery, ReplayDeliveryHandler
from marketplace_core.webhooks.usecases.replay_events import ReplayEvents, ReplayEventsHandler
from marketplace_core.webhooks.usecases.rotate_secret import RotateSecret, RotateSecretHandler
from marketplace_core.webhooks.usecases.send_test_event import SendTestEvent, SendTestEventHandler


def handlers(
    *,
    begin: Begin[WebhooksWork],
    events: PublicEvents,
    secrets: SigningSecrets,
    sender: WebhookSender,
    clock: Clock,
    ids: IdFactory,
    chance: Callable[[], float],
) -> Handlers:
    """Return the command → handler table. ``chance`` (0 to 1) spreads what is tried again."""
    return {
        MakeEndpoint: MakeEndpointHandler(begin=begin, events=events, sender=sender, clock=clock, ids=ids),
        ChangeEndpoint: ChangeEndpointHandler(begin=begin, events=events, sender=sender),
        EnableEndpoint: EnableEndpointHandler(begin=begin),
        DisableEndpoint: DisableEndpointHandler(begin=begin),
        RemoveEndpoint: RemoveEndpointHandler(begin=begin),
        RotateSecret: RotateSecretHandler(begin=begin, clock=clock),
        SendTestEvent: SendTestEventHandler(begin=begin, clock=clock, ids=ids),
        ReplayDelivery: ReplayDeliveryHandler(begin=begin, clock=clock),
        ReplayEvents: ReplayEventsHandler(begin=begin, events=events, clock=clock, ids=ids),
        AnnounceEvents: AnnounceEventsHandler(begin=begin, events=events, clock=clock, ids=ids),
        Deliver: DeliverHandler(begin=begin, sender=sender, secrets=secrets, clock=clock, chance=chance),
    }


def answers(*, reader: WebhooksReader, events: PublicEvents, secrets: SigningSecrets, clock: Clock) -> Answers:
    """Return the query → handler table."""
    return {
        ListEndpoints: ListEndpointsHandler(reader=reader),
        ViewEndpoint: ViewEndpointHandler(reader=reader),
        ViewEndpointSecret: ViewEndpointSecretHandler(reader=reader, secrets=secrets, clock=clock),
        ListEventTypes: ListEventTypesHandler(events=events),
        ListDeliveries: ListDeliveriesHandler(reader=reader),
        ViewDelivery: ViewDeliveryHandler(reader=reader),
        ListDueDeliveries: ListDueDeliveriesHandler(reader=reader, clock=clock),
    }
