"""Programs are told what happens: what concerns them, signed, again until they have it, and never somebody else's."""

import json
from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve

from marketplace_core.delivering import PER_ENDPOINT_MAX, Couriers
from marketplace_core.webhooks import (
    ChangeEndpoint,
    DeliveryState,
    DisabledBecause,
    DisableEndpoint,
    EnableEndpoint,
    EndpointDisabledNow,
    EndpointExists,
    EndpointState,
    InvalidEndpoint,
    InvalidSpan,
    RemoveEndpoint,
    ReplayDelivery,
    ReplayEvents,
    RotateSecret,
    SecretNotShown,
    SendTestEvent,
    TooManyEndpoints,
    Undelivered,
    UrlNotAllowed,
    ViewEndpointSecret,
    signed,
)
from marketplace_core.webhooks.ports import Answer
from tests.core.webhooks.street import ADA, BOB, URL, Street

CLOSED = "marketplace.identity.v1.SellerClosed"
SUSPENDED = "marketplace.identity.v1.SellerSuspended"


@pytest.fixture
async def street() -> Street:
    return await Street.opened()


async def test_a_shop_is_told_of_itself_and_of_nobody_else(street: Street) -> None:
    await street.endpoint(ADA)
    await street.endpoint(BOB, url="https://bob.example/in")

    await street.suspend(ADA)

    told = [post for post in street.posted if post.url == URL]
    assert [json.loads(post.body)["data"] for post in told] == [{"seller_id": street.shop(ADA)}]
    assert not [post for post in street.posted if post.url != URL]


async def test_what_is_sent_is_the_event_in_its_envelope_signed_with_the_secret(street: Street) -> None:
    endpoint_id = await street.endpoint(ADA)
    secret = await street.ask(ViewEndpointSecret(endpoint_id=endpoint_id), ADA)
    await street.suspend(ADA)

    (post,) = street.posted

    body = json.loads(post.body)
    assert (list(body), body["type"], body["timestamp"]) == (
        ["type", "timestamp", "data"],
        SUSPENDED,
        street.clock.now().isoformat().replace("+00:00", "Z"),
    )
    assert {name: post.headers[name] for name in signed("", street.clock.now(), b"", [])} == dict(
        signed(post.message_id, street.clock.now(), post.body, [secret])
    )


async def test_an_endpoint_hears_what_it_chose_and_from_when_it_was_made(street: Street) -> None:
    await street.suspend(ADA)
    await street.endpoint(ADA, event_types=(SUSPENDED,))

    await street.reinstate(ADA)
    await street.suspend(ADA)

    assert [json.loads(post.body)["type"] for post in street.posted] == [SUSPENDED]


async def test_an_operator_hears_of_all_shops(street: Street) -> None:
    await street.endpoint(None, event_types=(SUSPENDED,))

    await street.suspend(ADA)
    await street.suspend(BOB)

    sellers = [json.loads(post.body)["data"]["seller_id"] for post in street.posted]
    assert sellers == [street.shop(ADA), street.shop(BOB)]


@pytest.mark.parametrize(
    "outcome",
    [Answer(status=500, text="no"), Answer(status=302, text=""), Undelivered("No answer."), UrlNotAllowed("x")],
)
async def test_what_did_not_arrive_is_sent_again_under_its_identifier(
    street: Street, outcome: Answer | Exception
) -> None:
    endpoint_id = await street.endpoint(ADA)
    street.answers(URL, outcome)
    await street.suspend(ADA)
    (delivery,) = await street.log(endpoint_id)
    assert (delivery.state, delivery.attempts, delivery.error is None) == (DeliveryState.QUEUED, 1, False)
    assert delivery.next_at is not None
    assert delivery.next_at <= street.clock.now() + timedelta(seconds=5)

    await street.wait(seconds=5)

    (delivery,) = await street.log(endpoint_id)
    assert (delivery.state, delivery.attempts, delivery.error) == (DeliveryState.DELIVERED, 2, None)
    assert len({(post.message_id, post.body) for post in street.posted}) == 1


async def test_after_three_days_it_is_given_up_and_after_five_without_a_success_nothing_more_is_sent(
    street: Street,
) -> None:
    endpoint_id = await street.endpoint(ADA)
    street.answers(URL, *[Answer(status=503, text="later")] * 500)
    await street.suspend(ADA)

    await street.wait(hours=72)
    (given_up,) = await street.log(endpoint_id)
    assert (given_up.state, given_up.next_at) == (DeliveryState.GIVEN_UP, None)
    assert 5 < given_up.attempts < 200
    assert (await street.view(endpoint_id)).state is EndpointState.ENABLED
    await street.reinstate(ADA)
    await street.wait(hours=58)

    view = await street.view(endpoint_id)
    assert (view.state, view.disabled_because) == (EndpointState.DISABLED, DisabledBecause.FAILING)
    assert [mail.subject for mail in street.mails(ADA, "webhook")] == [f"Webhooks to {URL} are switched off"]


async def test_a_success_in_between_begins_the_five_days_anew(street: Street) -> None:
    endpoint_id = await street.endpoint(ADA)
    street.answers(URL, Answer(status=503, text=""), Answer(status=204, text=""), Answer(status=503, text=""))
    await street.suspend(ADA)
    await street.wait(hours=1)
    assert (await street.view(endpoint_id)).failing_since is None

    await street.wait(hours=24 * 6)
    await street.reinstate(ADA)

    view = await street.view(endpoint_id)
    assert (view.state, view.failing_since) == (EndpointState.ENABLED, street.clock.now())


async def test_gone_disables_at_once_and_its_owner_is_told_once(street: Street) -> None:
    endpoint_id = await street.endpoint(ADA)
    street.answers(URL, Answer(status=410, text="gone"))

    await street.suspend(ADA)
    await street.reinstate(ADA)

    view = await street.view(endpoint_id)
    assert (view.state, view.disabled_because) == (EndpointState.DISABLED, DisabledBecause.GONE)
    assert len(street.posted) == 1
    assert len(street.mails(ADA, "webhook")) == 1


async def test_of_a_disabled_endpoint_what_was_on_its_way_waits_and_what_it_missed_is_replayed(street: Street) -> None:
    endpoint_id = await street.endpoint(ADA)
    await street.wait(hours=1)
    begun = street.clock.now()
    street.answers(URL, Answer(status=500, text=""))
    await street.suspend(ADA)
    await street.do(DisableEndpoint(endpoint_id=endpoint_id), ADA)
    await street.reinstate(ADA)
    await street.wait(hours=1)
    assert len(street.posted) == 1
    with pytest.raises(EndpointDisabledNow):
        await street.do(SendTestEvent(endpoint_id=endpoint_id), ADA)

    await street.do(EnableEndpoint(endpoint_id=endpoint_id), ADA)
    await street.settle()
    assert len(street.posted) == 2
    span = ReplayEvents(endpoint_id=endpoint_id, since=begun, until=street.clock.now() + timedelta(seconds=1))
    replayed = await street.do(span, ADA)
    await street.settle()

    assert replayed.events == 2
    types = [json.loads(post.body)["type"].rpartition(".")[2] for post in street.posted]
    assert types == ["SellerSuspended", "SellerSuspended", "SellerSuspended", "SellerReinstated"]
    assert len({post.message_id for post in street.posted[:3]}) == 1
    with pytest.raises(InvalidSpan):
        await street.do(evolve(span, until=begun), ADA)


async def test_a_delivery_is_replayed_with_the_same_words(street: Street) -> None:
    endpoint_id = await street.endpoint(ADA)
    await street.suspend(ADA)
    (delivery,) = await street.log(endpoint_id)

    await street.wait(hours=100)
    await street.do(ReplayDelivery(delivery_id=delivery.delivery_id), ADA)
    await street.settle()

    first, second = street.posted
    assert (first.message_id, first.body) == (second.message_id, second.body)
    assert first.headers["webhook-timestamp"] < second.headers["webhook-timestamp"]
    (again,) = await street.log(endpoint_id)
    assert (again.state, again.attempts) == (DeliveryState.DELIVERED, 2)


async def test_two_secrets_are_valid_for_a_day_and_each_can_be_read_for_ten_minutes(street: Street) -> None:
    endpoint_id = await street.endpoint(ADA)
    old = await street.ask(ViewEndpointSecret(endpoint_id=endpoint_id), ADA)
    await street.wait(minutes=10)
    with pytest.raises(SecretNotShown):
        await street.ask(ViewEndpointSecret(endpoint_id=endpoint_id), ADA)

    await street.do(RotateSecret(endpoint_id=endpoint_id), ADA)
    new = await street.ask(ViewEndpointSecret(endpoint_id=endpoint_id), ADA)
    await street.suspend(ADA)
    await street.wait(hours=24)
    await street.reinstate(ADA)

    both, one = (post.headers["webhook-signature"].split(" ") for post in street.posted)
    assert new != old
    assert len(both) == 2
    assert len(one) == 1
    for post, secrets in zip(street.posted, ([new, old], [new]), strict=True):
        at = street.sent_at(post)
        assert post.headers["webhook-signature"] == signed(post.message_id, at, post.body, secrets)["webhook-signature"]


async def test_a_test_event_arrives_whatever_was_chosen(street: Street) -> None:
    endpoint_id = await street.endpoint(ADA, event_types=(CLOSED,))

    await street.do(SendTestEvent(endpoint_id=endpoint_id), ADA)
    await street.settle()

    (post,) = street.posted
    assert json.loads(post.body)["type"] == "marketplace.webhooks.v1.TestEvent"


async def test_what_is_asked_for_again_is_there_already_and_an_address_is_had_once(street: Street) -> None:
    endpoint_id = await street.endpoint(ADA)

    assert await street.endpoint(ADA) == endpoint_id
    with pytest.raises(EndpointExists):
        await street.endpoint(ADA, event_types=(CLOSED,))
    await street.endpoint(BOB)
    for number in range(9):
        await street.endpoint(ADA, url=f"{URL}/{number}")
    with pytest.raises(TooManyEndpoints):
        await street.endpoint(ADA, url=f"{URL}/more")
    await street.do(RemoveEndpoint(endpoint_id=endpoint_id), ADA)
    assert await street.endpoint(ADA) != endpoint_id


@pytest.mark.parametrize(
    "url",
    [
        *(
            "",
            "teas.example",
            "ftp://teas.example/",
            "https://",
            "https:///x",
            "//teas.example/x",
            "javascript:alert(1)",
        ),
        *(
            "https://ann:secret@teas.example/",
            "https://teas.example/#x",
            "https://teas.example/#",
            "https://te as.example",
        ),
        *(
            "https://teas.example:x/",
            "https://[::1/",
            "https://чай.example/",
            "https://a\\@b/",
            "https://a/" + "x" * 500,
        ),
    ],
)
async def test_what_is_no_address_of_the_web_is_refused(street: Street, url: str) -> None:
    with pytest.raises(UrlNotAllowed):
        await street.endpoint(ADA, url=url)


async def test_an_address_that_is_not_public_is_refused_when_it_is_named(street: Street) -> None:
    street.market.webhook_sender.forbidden.add("https://inside.example/")
    endpoint_id = await street.endpoint(ADA)

    with pytest.raises(UrlNotAllowed):
        await street.endpoint(ADA, url="https://inside.example/")
    with pytest.raises(UrlNotAllowed):
        await street.do(ChangeEndpoint(endpoint_id=endpoint_id, url="https://inside.example/"), ADA)


@pytest.mark.parametrize(
    "wrong",
    [
        {"event_types": ("marketplace.orders.v1.OrderPlaced",)},
        {"event_types": ("nonsense",)},
        {"description": "x" * 201},
        {"description": "two\nlines"},
    ],
)
async def test_an_endpoint_that_makes_no_sense_is_refused(street: Street, wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidEndpoint) as refusal:
        await street.endpoint(ADA, **wrong)

    errors: Any = refusal.value.facts["errors"]
    assert [error["field"] for error in errors] == list(wrong)


async def test_what_is_changed_is_used_from_then_on(street: Street) -> None:
    endpoint_id = await street.endpoint(ADA)
    other = "https://teas.example/other"

    await street.do(ChangeEndpoint(endpoint_id=endpoint_id, url=other, event_types=(SUSPENDED,)), ADA)
    await street.suspend(ADA)
    await street.reinstate(ADA)

    assert [post.url for post in street.posted] == [other]


async def test_one_dead_endpoint_does_not_delay_the_others(street: Street) -> None:
    dead, well = "https://dead.example/", "https://well.example/"
    for url in (dead, well):
        await street.endpoint(None, url=url, event_types=(SUSPENDED,))
    street.answers(dead, *[Undelivered("No answer.")] * 500)
    for _ in range(30):
        await street.suspend(ADA, settle=False)
        await street.reinstate(ADA, settle=False)
    couriers = street.market.dispatcher.couriers
    assert isinstance(couriers, Couriers)
    await couriers.announce()

    await couriers.set_out()
    at_once = await street.under_way()
    await couriers.come_home()
    while await couriers.deliver():
        pass

    assert at_once == {dead: PER_ENDPOINT_MAX, well: PER_ENDPOINT_MAX}
    arrived = [post for post in street.posted if post.url == well]
    assert len(arrived) == 30
