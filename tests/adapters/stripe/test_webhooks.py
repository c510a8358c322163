"""What Stripe posts is believed only when it was signed just now, for the endpoint that it came to."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace_adapters.stripe.webhooks import HEADER, StripeMessages
from marketplace_core.kernel.errors import InvalidInput
from marketplace_core.kernel.inbox import InvalidSignature, ProviderMessage
from marketplace_core.testing.conformance.provider_messages import (
    MIDDAY,
    MessagesGround,
    ProviderMessagesConformance,
)

OURS: Final = "whsec_platform"
NEXT: Final = "whsec_platform_next"
CONNECT: Final = "whsec_connect"
MESSAGES: Final = StripeMessages([OURS, NEXT], [CONNECT], livemode=False)


def digest(body: bytes, at: int, secret: str) -> str:
    """Sign as Stripe's documentation says it does: HMAC-SHA256 over the time, a full stop and the body."""
    return hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()


def signed(body: bytes, at: datetime = MIDDAY, secret: str = OURS) -> dict[str, str]:
    """Return the header."""
    stamp = int(at.timestamp())
    return {HEADER: f"t={stamp},v1={digest(body, stamp, secret)}"}


def an_event(thing: Mapping[str, Any], **changed: Any) -> bytes:
    """Return the body of an event about a thing."""
    event = {"id": "evt_1", "object": "event", "type": "some.thing", "livemode": False, "data": {"object": dict(thing)}}
    return json.dumps({**event, **changed}).encode()


PAYMENT: Final = {"object": "payment_intent", "id": "pi_1", "metadata": {"payment_id": "pay_1"}}
PAYOUT: Final = {"object": "payout", "id": "po_1", "metadata": {"payout_id": "pyt_1"}}


def read(body: bytes, secret: str = OURS) -> ProviderMessage:
    """Read a body that was signed with a secret."""
    return MESSAGES.read(signed(body, secret=secret), body, MIDDAY)


class TestStripeMessages(ProviderMessagesConformance):
    @pytest.fixture
    def ground(self) -> MessagesGround:
        body = an_event(PAYMENT)
        return MessagesGround(messages=MESSAGES, headers=signed(body), body=body, sent_at=MIDDAY, signed=signed)


def test_a_signature_made_elsewhere_is_known() -> None:
    # Reckoned with OpenSSL: printf '1700000000.%s' "$BODY" | openssl dgst -sha256 -hmac whsec_platform
    body = b'{"id":"evt_1","object":"event","type":"t","livemode":false,"data":{"object":{"object":"ping"}}}'
    at = datetime.fromtimestamp(1_700_000_000, UTC)
    header = {HEADER: "t=1700000000,v1=86f6ba340bfb80072e24d31ea2c9ac477c2f2d68ba555fa295336de22d28e2fa"}

    assert MESSAGES.read(header, body, at).message_id == "evt_1"


@pytest.mark.parametrize("off", [-300, 0, 300])
def test_five_minutes_either_way_are_just_now(off: int) -> None:
    body = an_event(PAYMENT)

    assert MESSAGES.read(signed(body), body, MIDDAY + timedelta(seconds=off)).reference == "pay_1"


@pytest.mark.parametrize("off", [-301, 301])
def test_a_second_more_either_way_is_not(off: int) -> None:
    body = an_event(PAYMENT)

    with pytest.raises(InvalidSignature):
        MESSAGES.read(signed(body), body, MIDDAY + timedelta(seconds=off))


def test_while_a_secret_is_replaced_both_count_and_a_message_may_carry_two_signatures() -> None:
    body, at = an_event(PAYMENT), int(MIDDAY.timestamp())
    both = {HEADER: f"t={at},v1={digest(body, at, 'whsec_gone')},v1={digest(body, at, NEXT)},v0={'0' * 64}"}

    assert read(body, NEXT).reference == "pay_1"
    assert MESSAGES.read(both, body, MIDDAY).reference == "pay_1"
    with pytest.raises(InvalidSignature):
        read(body, "whsec_gone")


def test_only_the_scheme_of_today_counts() -> None:
    body, at = an_event(PAYMENT), int(MIDDAY.timestamp())

    with pytest.raises(InvalidSignature):
        MESSAGES.read({HEADER: f"t={at},v0={digest(body, at, OURS)}"}, body, MIDDAY)


@pytest.mark.parametrize(
    "header", ["t={at},t={at},v1={v1}", "t=+{at},v1={v1}", "t= {at},v1={v1}", "t={at}.0,v1={v1}", "v1={v1}", "t={at}"]
)
def test_a_header_with_a_strange_time_is_refused(header: str) -> None:
    body, at = an_event(PAYMENT), int(MIDDAY.timestamp())

    with pytest.raises(InvalidSignature):
        MESSAGES.read({HEADER: header.format(at=at, v1=digest(body, at, OURS))}, body, MIDDAY)


@pytest.mark.parametrize(
    ("thing", "secret", "account", "about"),
    [
        (PAYMENT, OURS, None, ("payment", "pay_1")),
        ({"object": "charge", "metadata": {"payment_id": "pay_1"}}, OURS, None, ("payment", "pay_1")),
        ({"object": "refund", "metadata": {"refund_id": "rfd_1"}}, OURS, None, ("refund", "rfd_1")),
        ({"object": "dispute", "id": "dp_1", "payment_intent": "pi_1"}, OURS, None, ("disputed_payment", "pi_1")),
        (PAYOUT, CONNECT, "acct_1", ("payout", "pyt_1")),
        (
            {"object": "account", "id": "acct_1", "metadata": {"seller_id": "sel_1"}},
            CONNECT,
            "acct_1",
            ("payout_account", "sel_1"),
        ),
    ],
)
def test_each_thing_has_our_word_for_it(
    thing: Mapping[str, Any], secret: str, account: str | None, about: tuple[str, str]
) -> None:
    body = an_event(thing, **({} if account is None else {"account": account}))

    message = read(body, secret)

    assert (message.provider, message.type) == ("stripe", "some.thing")
    assert (message.subject, message.reference) == about


@pytest.mark.parametrize(
    ("thing", "secret", "account"),
    [
        ({"object": "payment_intent", "metadata": {}}, OURS, None),
        ({"object": "payment_intent"}, OURS, None),
        ({"object": "payment_intent", "metadata": {"payment_id": "ord_1"}}, OURS, None),
        ({"object": "payment_intent", "metadata": {"payment_id": "pay_" + "1" * 500}}, OURS, None),
        ({"object": "dispute", "payment_intent": None}, OURS, None),
        ({"object": "customer", "metadata": {"payment_id": "pay_1"}}, OURS, None),
        (PAYOUT, OURS, None),  # the platform's own money on its way to the platform's bank
        (PAYMENT, CONNECT, "acct_1"),  # a seller's own business, called like ours
        ({"object": "dispute", "payment_intent": "pi_1"}, CONNECT, "acct_1"),
        ({"object": "account", "id": "acct_2", "metadata": {"seller_id": "sel_1"}}, CONNECT, "acct_1"),
    ],
)
def test_what_is_not_ours_is_nothing(thing: Mapping[str, Any], secret: str, account: str | None) -> None:
    body = an_event(thing, **({} if account is None else {"account": account}))

    message = read(body, secret)

    assert (message.subject, message.reference) == (None, None)


def test_an_event_of_the_other_mode_is_nothing() -> None:
    live = StripeMessages([OURS], [CONNECT], livemode=True)
    body, real = an_event(PAYMENT), an_event(PAYMENT, livemode=True)

    assert read(real).reference is None
    assert live.read(signed(body), body, MIDDAY).reference is None
    assert live.read(signed(real), real, MIDDAY).reference == "pay_1"


@pytest.mark.parametrize(("secret", "account"), [(OURS, "acct_1"), (CONNECT, None)])
def test_an_endpoint_speaks_for_its_own_accounts_only(secret: str, account: str | None) -> None:
    body = an_event(PAYOUT, **({} if account is None else {"account": account}))

    with pytest.raises(InvalidInput, match="wrong endpoint") as refusal:
        read(body, secret)

    assert not isinstance(refusal.value, InvalidSignature)


@pytest.mark.parametrize(
    "changed",
    [
        {"id": ""},
        {"id": 1},
        {"object": "v2.core.event"},
        {"livemode": "false"},
        {"livemode": None},
        {"account": "acct_'; DROP TABLE"},
        {"data": {}},
        {"data": {"object": {"object": "payment_intent", "metadata": {"payment_id": 1}}}},
        {"data": {"object": {"object": "payment_intent", "metadata": {str(n): "" for n in range(51)}}}},
    ],
)
def test_a_malformed_event_is_refused_although_it_is_signed(changed: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput) as refusal:
        read(an_event(PAYMENT, **changed))

    assert not isinstance(refusal.value, InvalidSignature)


@given(body=st.binary(max_size=300), header=st.text(max_size=100))
def test_garbage_is_never_believed_and_never_breaks_anything(body: bytes, header: str) -> None:
    with pytest.raises(InvalidInput):
        MESSAGES.read({HEADER: header}, body, MIDDAY)


class MalformedEvent(Exception):
    """The body was signed, and is refused for what it says."""


def said_in_words(body: bytes, secret: str) -> ProviderMessage:
    """Read it; a refusal of what was signed must be about the body."""
    try:
        return read(body, secret)
    except InvalidSignature:
        raise
    except InvalidInput as refusal:
        raise MalformedEvent from refusal


_JSON: Final = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=15,
)


@given(event=_JSON, changed=st.dictionaries(st.sampled_from(["id", "type", "livemode", "account", "data"]), _JSON))
def test_whatever_stripe_signs_is_read_or_refused_in_words(event: Any, changed: dict[str, Any]) -> None:
    for body in (json.dumps(event).encode(), an_event(PAYMENT, **changed)):
        for secret in (OURS, CONNECT):
            with suppress(MalformedEvent):
                message = said_in_words(body, secret)
                assert message.raw == body
                assert (message.subject is None) == (message.reference is None)
