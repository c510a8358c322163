"""Messages are signed as Standard Webhooks says, and read as contracts say."""

from datetime import UTC, datetime

from marketplace_core.kernel.ids import EventId
from marketplace_core.webhooks.domain.message import Message, secret_of, signed

VECTOR_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
"""The published one, of the specification's repository: its libraries are checked against it."""
VECTOR_ID = "msg_p5jXN8AQM9LWM0D4loKWxJek"
VECTOR_AT = datetime.fromtimestamp(1614265330, UTC)
VECTOR_BODY = b'{"test": 2432232314}'


def test_the_published_vector_is_signed_as_published() -> None:
    headers = signed(VECTOR_ID, VECTOR_AT, VECTOR_BODY, [VECTOR_SECRET])

    assert headers == {
        "webhook-id": VECTOR_ID,
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_two_secrets_make_two_signatures_the_newest_first() -> None:
    other = secret_of(bytes(32))

    both = signed(VECTOR_ID, VECTOR_AT, VECTOR_BODY, [other, VECTOR_SECRET])["webhook-signature"].split(" ")

    assert both == [
        signed(VECTOR_ID, VECTOR_AT, VECTOR_BODY, [one])["webhook-signature"] for one in (other, VECTOR_SECRET)
    ]


def test_the_same_event_makes_the_same_body() -> None:
    at = datetime(2026, 1, 2, 3, 4, 5, 600_000, tzinfo=UTC)

    bodies = {Message.of(EventId("evt_1"), "a.b.C", at, {"name": "Чай", "count": 2}).body for _ in range(2)}

    assert bodies == {'{"type":"a.b.C","timestamp":"2026-01-02T03:04:05.600000Z","data":{"name":"Чай","count":2}}'}
