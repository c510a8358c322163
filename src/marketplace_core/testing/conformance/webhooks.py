"""What every store of endpoints and deliveries, every source of public events, secrets and every sender must do."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

import attrs
import pytest
from attrs import frozen

from marketplace_core.kernel.errors import ConcurrentUpdate
from marketplace_core.kernel.ids import DeliveryId, EndpointId, EventId, SellerId
from marketplace_core.kernel.messages import Envelope
from marketplace_core.kernel.work import Begin, transaction_open
from marketplace_core.webhooks.domain.delivery import Delivery, DeliveryState
from marketplace_core.webhooks.domain.endpoint import DisabledBecause, Endpoint, EndpointState
from marketplace_core.webhooks.domain.errors import DeliveryNotFound, EndpointNotFound, Undelivered, UrlNotAllowed
from marketplace_core.webhooks.domain.message import Message
from marketplace_core.webhooks.ports import PublicEvents, SigningSecrets, WebhookSender, WebhooksWork
from marketplace_core.webhooks.queries import WebhooksReader

NOW = datetime(2026, 1, 1, 12, 30, 15, 250_000, tzinfo=UTC)
TEAS = SellerId("sel_0001")
CONFIRMED = "marketplace.orders.v1.OrderConfirmed"


def an_endpoint(number: int = 1, seller_id: SellerId | None = TEAS, *event_types: str) -> Endpoint:
    """Describe an endpoint of a shop."""
    return Endpoint.make(
        EndpointId(f"whe_{number:04d}"),
        seller_id=seller_id,
        url=f"https://teas.example/hooks/{number}",
        description="Чай & co",
        event_types=event_types,
        known=event_types,
        now=NOW,
    )


def a_delivery(number: int = 1, endpoint: int = 1, event: int | None = None, at: datetime = NOW) -> Delivery:
    """Put an event on its way."""
    event_id = EventId(f"evt_{number if event is None else event:04d}")
    message = Message.of(event_id, CONFIRMED, NOW, {"order_id": "ord_0001"})
    return Delivery.queue(DeliveryId(f"whd_{number:04d}"), EndpointId(f"whe_{endpoint:04d}"), message, at)


@frozen(kw_only=True)
class WebhooksGround:
    """One empty store of webhooks, to write and to read."""

    begin: Begin[WebhooksWork]
    reader: WebhooksReader

    async def save(self, *kept: Endpoint | Delivery) -> None:
        """Save all in one transaction."""
        async with self.begin() as work:
            for one in kept:
                if isinstance(one, Endpoint):
                    await work.endpoints.save(one)
                else:
                    assert await work.deliveries.add(one)


@pytest.mark.conformance
class EndpointsConformance:
    """Override ``ground`` with an empty store."""

    @pytest.fixture
    def ground(self) -> WebhooksGround:
        """Return an empty store."""
        raise NotImplementedError

    async def test_an_unknown_endpoint_is_not_found(self, ground: WebhooksGround) -> None:
        async with ground.begin() as work:
            with pytest.raises(EndpointNotFound):
                await work.endpoints.get(EndpointId("whe_none"))
        assert await ground.reader.endpoint(EndpointId("whe_none")) is None

    async def test_an_endpoint_comes_back_as_saved(self, ground: WebhooksGround) -> None:
        endpoint = an_endpoint(1, TEAS, CONFIRMED, "marketplace.orders.v1.OrderPlaced")
        endpoint.failed(NOW, gone=False)
        endpoint.rotate(NOW)
        endpoint.disable()

        await ground.save(endpoint)

        async with ground.begin() as work:
            kept = await work.endpoints.get(endpoint.endpoint_id)
        assert attrs.asdict(kept) == attrs.asdict(endpoint)

    async def test_owners_have_their_own_and_removed_ones_are_nobodys(self, ground: WebhooksGround) -> None:
        removed, stopped = an_endpoint(4), an_endpoint(3)
        removed.remove()
        stopped.disable()
        await ground.save(an_endpoint(1), an_endpoint(2, None), stopped, removed)

        async with ground.begin() as work:
            shops = await work.endpoints.owned_by(TEAS)
            ours = await work.endpoints.owned_by(None)
            enabled = await work.endpoints.enabled()

        assert {one.endpoint_id for one in shops} == {"whe_0001", "whe_0003"}
        assert [one.endpoint_id for one in ours] == ["whe_0002"]
        assert {one.endpoint_id for one in enabled} == {"whe_0001", "whe_0002"}
        assert [one.endpoint_id for one in await ground.reader.endpoints(TEAS)] == ["whe_0001", "whe_0003"]

    async def test_of_two_who_change_an_endpoint_one_is_told(self, ground: WebhooksGround) -> None:
        await ground.save(an_endpoint())
        async with ground.begin() as work:
            first = await work.endpoints.get(EndpointId("whe_0001"))
        async with ground.begin() as work:
            second = await work.endpoints.get(EndpointId("whe_0001"))
            second.rotate(NOW)
            await work.endpoints.save(second)

        with pytest.raises(ConcurrentUpdate):
            await ground.save(first)

    async def test_why_an_endpoint_is_disabled_is_kept(self, ground: WebhooksGround) -> None:
        await ground.save(an_endpoint())
        async with ground.begin() as work:
            gone = await work.endpoints.get(EndpointId("whe_0001"))
            gone.failed(NOW, gone=True)
            await work.endpoints.save(gone)

        kept = await ground.reader.endpoint(EndpointId("whe_0001"))

        assert kept is not None
        assert (kept.state, kept.disabled_because) == (EndpointState.DISABLED, DisabledBecause.GONE)


@pytest.mark.conformance
class DeliveriesConformance:
    """Override ``ground`` with an empty store."""

    @pytest.fixture
    def ground(self) -> WebhooksGround:
        """Return an empty store."""
        raise NotImplementedError

    async def test_an_unknown_delivery_is_not_found(self, ground: WebhooksGround) -> None:
        async with ground.begin() as work:
            with pytest.raises(DeliveryNotFound):
                await work.deliveries.get(DeliveryId("whd_none"))
            assert await work.deliveries.find(EndpointId("whe_0001"), EventId("evt_0001")) is None
        assert await ground.reader.delivery(DeliveryId("whd_none")) is None

    async def test_a_delivery_comes_back_as_saved(self, ground: WebhooksGround) -> None:
        await ground.save(an_endpoint(), a_delivery())
        async with ground.begin() as work:
            delivery = await work.deliveries.get(DeliveryId("whd_0001"))
            delivery.begin(NOW)
            delivery.missed("answered 500", status=500, answer="Ой", now=NOW, chance=0.5)
            await work.deliveries.save(delivery)

        async with ground.begin() as work:
            kept = await work.deliveries.find(EndpointId("whe_0001"), EventId("evt_0001"))

        assert kept is not None
        assert attrs.asdict(kept) == attrs.asdict(delivery)

    async def test_an_event_is_sent_to_an_endpoint_once(self, ground: WebhooksGround) -> None:
        await ground.save(an_endpoint(1), an_endpoint(2), a_delivery(1))

        async with ground.begin() as work:
            again = await work.deliveries.add(a_delivery(2, event=1))
            elsewhere = await work.deliveries.add(a_delivery(3, endpoint=2, event=1))

        assert (again, elsewhere) == (False, True)
        assert await ground.reader.delivery(DeliveryId("whd_0002")) is None


@pytest.mark.conformance
class WebhooksReaderConformance:
    """Override ``ground`` with an empty store."""

    @pytest.fixture
    def ground(self) -> WebhooksGround:
        """Return an empty store."""
        raise NotImplementedError

    async def test_deliveries_are_listed_newest_first_in_pages(self, ground: WebhooksGround) -> None:
        await ground.save(an_endpoint(1), an_endpoint(2), *map(a_delivery, (1, 2, 3)), a_delivery(4, endpoint=2))
        async with ground.begin() as work:
            taken = await work.deliveries.get(DeliveryId("whd_0002"))
            taken.begin(NOW)
            taken.took(200, "", NOW)
            await work.deliveries.save(taken)
        read, here = ground.reader.deliveries, EndpointId("whe_0001")

        assert [one.delivery_id for one in await read(here, None, 2, None)] == ["whd_0003", "whd_0002"]
        assert [one.delivery_id for one in await read(here, None, 2, DeliveryId("whd_0002"))] == ["whd_0001"]
        assert [one.delivery_id for one in await read(here, DeliveryState.DELIVERED, 9, None)] == ["whd_0002"]

    async def test_due_is_what_is_queued_for_now_to_somebody_enabled(self, ground: WebhooksGround) -> None:
        failing, stopped = an_endpoint(2), an_endpoint(3)
        failing.failed(NOW, gone=False)
        stopped.disable()
        later = NOW + timedelta(seconds=1)
        await ground.save(
            *(an_endpoint(1), failing, stopped),
            *(a_delivery(1, 1, at=NOW), a_delivery(2, 2, at=NOW - timedelta(seconds=5))),
            *(a_delivery(3, 3), a_delivery(4, 1, at=later)),
        )

        due = await ground.reader.due(NOW, 10, ())

        assert [(one.delivery_id, one.failing) for one in due] == [("whd_0002", True), ("whd_0001", False)]
        assert [one.delivery_id for one in await ground.reader.due(NOW, 1, ())] == ["whd_0002"]
        without = await ground.reader.due(later, 10, [EndpointId("whe_0002")])
        assert [one.delivery_id for one in without] == ["whd_0001", "whd_0004"]


@frozen(kw_only=True)
class EventsGround:
    """Public events, and three that happened a minute apart: about one shop, about another, and about nobody's."""

    events: PublicEvents
    envelopes: Sequence[Envelope]
    seller_id: SellerId
    """The shop that the first is about."""


@pytest.mark.conformance
class PublicEventsConformance:
    """Override ``ground``."""

    @pytest.fixture
    async def ground(self) -> EventsGround:
        """Return a source of events with the three in it."""
        raise NotImplementedError

    async def test_a_shop_hears_of_no_more_kinds_than_operators(self, ground: EventsGround) -> None:
        shops, operators = ground.events.types(ground.seller_id), ground.events.types(None)

        assert set(shops) < set(operators)
        assert list(operators) == sorted(operators)

    async def test_a_shop_hears_of_itself_alone_and_nobody_of_what_is_private(self, ground: EventsGround) -> None:
        first, second, private = ground.envelopes

        mine, theirs = ground.events.told(first, ground.seller_id), ground.events.told(second, ground.seller_id)
        heard = [ground.events.told(one, None) for one in (first, second, private)]

        assert mine is not None
        assert mine.event_id == first.event_id
        assert mine.event_type in ground.events.types(ground.seller_id)
        assert theirs is None
        assert [one is not None for one in heard] == [True, True, False]

    async def test_an_event_waits_until_it_is_announced(self, ground: EventsGround) -> None:
        assert [one.event_id for one in await ground.events.waiting(2)] == [
            one.event_id for one in ground.envelopes[:2]
        ]

        for _ in range(2):
            await ground.events.announced(ground.envelopes[:2])

        assert [one.event_id for one in await ground.events.waiting(9)] == [ground.envelopes[2].event_id]

    async def test_what_happened_is_found_by_when(self, ground: EventsGround) -> None:
        first, second, third = ground.envelopes
        end = third.occurred_at + timedelta(seconds=1)

        in_span = await ground.events.happened(second.occurred_at, third.occurred_at, None, 9)
        after = await ground.events.happened(first.occurred_at, end, first.event_id, 9)

        assert [one.event_id for one in in_span] == [second.event_id]
        assert [one.event_id for one in after] == [second.event_id, third.event_id]


@pytest.mark.conformance
class SigningSecretsConformance:
    """Override ``secrets``."""

    @pytest.fixture
    def secrets(self) -> SigningSecrets:
        """Return the secrets."""
        raise NotImplementedError

    def test_each_is_its_own_and_stays_the_same(self, secrets: SigningSecrets) -> None:
        names = [(EndpointId("whe_0001"), 1), (EndpointId("whe_0001"), 2), (EndpointId("whe_0002"), 1)]

        made = [secrets.secret(*name) for name in names]

        assert len(set(made)) == 3
        assert all(one.startswith("whsec_") for one in made)
        assert [secrets.secret(*name) for name in names] == made

    def test_none_is_told_by_accident(self, secrets: SigningSecrets) -> None:
        key = getattr(secrets, "key", b"")

        assert key.decode("latin-1") not in repr(secrets) or not key


@frozen(kw_only=True)
class Arrived:
    """What a receiver got."""

    headers: Mapping[str, str]
    body: bytes


@frozen(kw_only=True)
class SenderGround:
    """A sender and three receivers: one takes everything, one is ``broken`` (500), one is ``silent``.

    ``forbidden`` is no public address.
    """

    sender: WebhookSender
    takes: str
    broken: str
    silent: str
    forbidden: str
    arrived: Callable[[], Awaitable[Sequence[Arrived]]]


@pytest.mark.conformance
class WebhookSenderConformance:
    """Override ``ground``."""

    @pytest.fixture
    async def ground(self) -> SenderGround:
        """Return a sender with its receivers."""
        raise NotImplementedError

    async def test_what_is_sent_arrives_to_the_letter(self, ground: SenderGround) -> None:
        body = '{"a":"ä"}'.encode()

        answer = await ground.sender.send(ground.takes, {"webhook-id": "evt_0001"}, body)

        (arrived,) = await ground.arrived()
        assert 200 <= answer.status < 300
        assert (arrived.body, arrived.headers["webhook-id"]) == (body, "evt_0001")

    async def test_an_answer_is_an_answer_whatever_its_status(self, ground: SenderGround) -> None:
        answer = await ground.sender.send(ground.broken, {}, b"{}")

        assert answer.status == 500
        assert len(answer.text.encode()) <= 1024

    async def test_silence_is_told_from_a_no(self, ground: SenderGround) -> None:
        with pytest.raises(Undelivered):
            await ground.sender.send(ground.silent, {}, b"{}")

    async def test_nothing_goes_to_an_address_that_is_not_public(self, ground: SenderGround) -> None:
        await ground.sender.check(ground.takes)
        with pytest.raises(UrlNotAllowed):
            await ground.sender.check(ground.forbidden)
        with pytest.raises(UrlNotAllowed):
            await ground.sender.send(ground.forbidden, {}, b"{}")

        assert await ground.arrived() == []

    async def test_nothing_is_sent_inside_a_transaction(self, ground: SenderGround) -> None:
        with transaction_open(), pytest.raises(AssertionError):
            await ground.sender.send(ground.takes, {}, b"{}")
        with transaction_open(), pytest.raises(AssertionError):
            await ground.sender.check(ground.takes)
