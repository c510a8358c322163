"""A trace goes on where one was begun, and begins where none makes sense."""

import pytest

from marketplace_core.kernel.tracing import present_span, span_after, spanning, traced, traceparent

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
PARENT = f"00-{TRACE}-00f067aa0ba902b7-01"


@pytest.mark.parametrize("parent", [PARENT, PARENT[:-2] + "00", f"01-{PARENT[3:]}-what-is-new"])
def test_a_span_goes_on_with_the_trace_and_has_an_id_of_its_own(parent: str) -> None:
    span = span_after(parent)

    assert (span.trace_id, span.flags) == (TRACE, parent.split("-")[3])
    assert span.span_id != "00f067aa0ba902b7"
    assert span.traceparent == f"00-{TRACE}-{span.span_id}-{span.flags}"


@pytest.mark.parametrize(
    "parent",
    [
        None,
        "",
        "nonsense",
        PARENT.upper(),
        f"ff-{PARENT[3:]}",
        f"00-{'0' * 32}-00f067aa0ba902b7-01",
        f"00-{TRACE}-{'0' * 16}-01",
        f"{PARENT}-more",
        f"{PARENT}\n",
        f"00-{TRACE[:-1]}-00f067aa0ba902b7-01",
    ],
)
def test_what_makes_no_sense_begins_a_trace_of_its_own(parent: str | None) -> None:
    first, second = span_after(parent), span_after(parent)

    assert TRACE not in {first.trace_id, second.trace_id}
    assert first.trace_id != second.trace_id
    assert span_after(first.traceparent).trace_id == first.trace_id


def test_work_is_in_a_span_until_it_ends_and_outside_of_any_otherwise() -> None:
    assert (present_span(), traceparent(), traced()) == (None, None, {})
    with spanning(PARENT) as outer:
        with spanning(outer.traceparent) as inner:
            assert traced() == {"traceparent": inner.traceparent}
        assert present_span() is outer
    assert present_span() is None
