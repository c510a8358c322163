"""FakePay's messages are verified, read, and say what they are about in our words."""

import json
from datetime import datetime

import pytest

from marketplace_adapters.fakepay.provider.signature import sign
from marketplace_adapters.fakepay.webhooks import HEADER, FakepayMessages
from marketplace_core.testing.conformance.provider_messages import MIDDAY, MessagesGround, ProviderMessagesConformance

SECRET, OLD_SECRET = "new-secret", "old-secret"


def an_event(event_id: str = "fp_evt_1", kind: str = "payment", reference: str | None = "pay_1") -> bytes:
    """Write an event as the provider does."""
    thing = {"object": kind, "id": "fp_1"} | ({"reference": reference} if reference else {})
    return json.dumps(
        {"id": event_id, "object": "event", "type": f"{kind}.changed", "created_at": 1, "data": {"object": thing}}
    ).encode()


def signed(body: bytes, at: datetime, secret: str = SECRET) -> dict[str, str]:
    """Sign a body as the provider does."""
    return {HEADER: sign(body, secrets=[secret], timestamp=int(at.timestamp()))}


class TestFakepayMessages(ProviderMessagesConformance):
    @pytest.fixture
    def ground(self) -> MessagesGround:
        return MessagesGround(
            messages=FakepayMessages([SECRET, OLD_SECRET]),
            headers=signed(an_event(), MIDDAY),
            body=an_event(),
            sent_at=MIDDAY,
            signed=signed,
        )


def test_a_message_signed_with_the_secret_that_is_being_replaced_is_read() -> None:
    body = an_event()

    message = FakepayMessages([SECRET, OLD_SECRET]).read(signed(body, MIDDAY, OLD_SECRET), body, MIDDAY)

    assert (message.provider, message.message_id, message.type) == ("fakepay", "fp_evt_1", "payment.changed")


@pytest.mark.parametrize(
    ("kind", "reference", "about"),
    [
        ("payment", "pay_1", ("payment", "pay_1")),
        ("payout", "pyt_1", ("payout", "pyt_1")),
        ("account", "sel_1", ("payout_account", "sel_1")),
        ("refund", "rfd_1", ("refund", "rfd_1")),
        ("dispute", "pay_1", ("dispute", "pay_1")),
        ("refund", "pay_1", (None, None)),
        ("dispute", "rfd_1", (None, None)),
        ("transfer_reversal", "pyt_1", (None, None)),
        ("transfer", "pyt_1", (None, None)),
        ("payment", "somebody else's", (None, None)),
        ("payment", None, (None, None)),
        ("unheard of", "pay_1", (None, None)),
    ],
)
def test_a_message_about_nothing_of_ours_says_so(
    kind: str, reference: str | None, about: tuple[str | None, str | None]
) -> None:
    body = an_event(kind=kind, reference=reference)

    message = FakepayMessages([SECRET]).read(signed(body, MIDDAY), body, MIDDAY)

    assert (message.subject, message.reference) == about
