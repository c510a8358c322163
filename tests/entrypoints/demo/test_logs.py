"""How the check looks at logs: what is no JSON object, and what says too little of a request, is named."""

import json
from pathlib import Path

import pytest

from marketplace_entrypoints.demo.check.logs import logs_in, look_at, told_of


def line(**more: object) -> str:
    """Return a line as it should be, and more."""
    return json.dumps({"event": "x", "level": "info", "timestamp": "2026-11-30T17:00:00Z", **more})


REQUEST = {"event": "request", "method": "GET", "request_id": "r-1", "trace_id": "t-1"}


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("[2026-11-30 17:00:00][warning] upstream is gone", "is no JSON object"),
        ('["event"]', "is no JSON object"),
        ("", "is no JSON object"),
        ('{"event": "x", "level": "info"}', "lacks timestamp"),
        (line(**{**REQUEST, "trace_id": ""}), "lacks trace_id"),
        (line(event="request", method="GET", trace_id="t-1"), "lacks request_id"),
        (line(request_id="r-1"), "lacks trace_id"),
    ],
)
def test_a_line_that_is_not_as_it_should_be_is_named_with_its_place(written: str, why: str) -> None:
    found = look_at("web", [line(), written, line()])

    assert len(found.bad) == 1
    assert found.bad[0].startswith(f"web:2 {why}")
    assert found.lines == 3


def test_lines_about_no_request_need_no_ids_and_what_was_never_understood_has_none() -> None:
    found = look_at("gateway", [line(), line(**REQUEST), line(event="request", status=400)])

    assert (found.lines, found.requests, found.bad) == (3, 2, ())


def test_a_request_is_found_in_every_log_that_tells_of_it_under_its_trace(tmp_path: Path) -> None:
    (tmp_path / "gateway.log").write_text(line(**REQUEST) + "\n")
    (tmp_path / "money.log").write_text(line(**{**REQUEST, "trace_id": "t-2"}) + "\n" + line(**REQUEST)[:40])
    (tmp_path / "video.log").write_text(line(request_id="r-1", trace_id="t-1") + "\n")

    assert told_of(tmp_path, "r-1") == (("gateway", "t-1"), ("money", "t-2"))


def test_a_line_that_is_not_finished_is_not_looked_at_and_logs_of_others_are_apart(tmp_path: Path) -> None:
    (tmp_path / "servers").mkdir()
    (tmp_path / "servers" / "nats.log").write_text("ready\n")
    (tmp_path / "web.log").write_text(line() + "\n" + line()[:20])

    (found,) = logs_in(tmp_path)

    assert (found.name, found.lines, found.bad) == ("web", 1, ())
