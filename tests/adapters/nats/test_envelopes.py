"""An event on its way is a CloudEvent that anybody can read, and is the same when it arrives."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace_adapters.nats.envelopes import UnreadableMessage, read, traceparent, written
from marketplace_core.kernel.ids import EventId
from marketplace_core.kernel.messages import Envelope
from marketplace_core.testing.conformance.bus import published
from tests.adapters.protobuf.events import kinds, values

WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
ENVELOPES = st.builds(
    Envelope,
    event_id=WORDS.map(EventId),
    event=st.sampled_from(kinds()).flatmap(values),
    aggregate_type=WORDS,
    aggregate_id=WORDS,
    sequence=st.integers(1, 2**62),
    occurred_at=st.datetimes(timezones=st.just(UTC), min_value=datetime(1970, 1, 1)),  # noqa: DTZ001
    actor=WORDS,
    cause=st.none() | WORDS,
)


@given(ENVELOPES)
def test_every_envelope_survives_the_way(envelope: Envelope) -> None:
    headers, body = written(envelope, "https://market.example")

    assert read(headers, body) == envelope
    assert all(value.isascii() and value.isprintable() and '"' not in value for value in headers.values())


def test_the_attributes_are_those_of_a_cloud_event() -> None:
    headers, _ = written(published(2, sequence=2), "https://market.example")

    assert headers == {
        "ce-specversion": "1.0",
        "ce-id": f"evt_{2:026}",
        "ce-type": "marketplace.catalog.v1.OfferPriceChanged",
        "ce-source": "https://market.example",
        "ce-subject": "prd_1",
        "ce-time": "2026-01-02T03:04:05.678901Z",
        "ce-datacontenttype": "application/protobuf",
        "ce-sequence": "2",
        "ce-aggregatetype": "Product",
        "ce-actor": "user:%C5%BDofie%20%25",
        "ce-causationid": f"evt_{1:026}",
        "traceparent": f"00-{1:032x}-{2:016x}-01",
    }


def test_an_event_that_nothing_caused_begins_a_trace() -> None:
    assert traceparent(published(1)) == f"00-{1:032x}-{1:016x}-01"


def test_an_event_goes_on_with_the_trace_of_the_work_that_caused_it() -> None:
    headers, _ = written(published(3), "https://market.example")

    assert headers["traceparent"] == headers["ce-traceparent"] == f"00-{3:032x}-{4:016x}-01"


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"ce-id": None}, "no attribute 'id'"),
        ({"ce-sequence": None}, "no attribute 'sequence'"),
        ({"ce-specversion": "2.0"}, "no CloudEvent 1.0"),
        ({"ce-datacontenttype": "application/json"}, "no CloudEvent 1.0"),
        ({"ce-type": "marketplace.catalog.v2.OfferPriceChanged"}, "no event of the contract"),
        ({"ce-sequence": "two"}, "cannot be read"),
        ({"ce-time": "yesterday"}, "cannot be read"),
    ],
)
def test_what_is_not_an_event_of_ours_is_not_taken_for_one(change: dict[str, Any], complaint: str) -> None:
    headers, body = written(published(2, sequence=2), "https://market.example")
    changed = {name: value for name, value in (headers | change).items() if value is not None}

    with pytest.raises(UnreadableMessage, match=complaint):
        read(changed, body)


def test_a_message_without_headers_is_no_event() -> None:
    with pytest.raises(UnreadableMessage):
        read(None, b"")
