"""What a page may hold, and where it may lead."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace_core.kernel.ids import ProductId, VideoId
from marketplace_core.landing import CallToAction, InvalidDocument, PageDocument, link_problem


def errors_of(**fields: Any) -> dict[str, str]:
    with pytest.raises(InvalidDocument) as refusal:
        PageDocument(**fields)
    rows: Any = refusal.value.facts["errors"]
    return {row["field"]: row["message"] for row in rows}


@pytest.mark.parametrize(
    "fields",
    [
        {"template": "v2"},
        {"headline": "x" * 121},
        {"headline": "two\nlines"},
        {"headline": 7},
        {"headline": None},
        {"text": "x" * 4_001},
        {"text": "null\x00byte"},
        {"text": "escape \x1b[31m"},
        {"text": "carriage\rreturn"},
        {"text": "half a \ud800 character"},
        {"text": "reads \u202ebackwards"},
        {"text": "isolated \u2066 text"},
        {"text": "a line \u2028 separator"},
        {"hero_video": ""},
        {"hero_video": "../../etc/passwd"},
        {"hero_video": 12},
        {"products": tuple(ProductId(f"prd_{number}") for number in range(13))},
        {"products": (ProductId("prd_1"), ProductId("prd_1"))},
        {"products": ("<script>",)},
        {"products": [ProductId("prd_1")]},
        {"call_to_action": CallToAction(label="x" * 41, target="/")},
        {"call_to_action": CallToAction(label="two\nlines", target="/")},
        {"call_to_action": CallToAction(label="Go", target="x" * 2_001)},
        {"call_to_action": CallToAction(label="Go", target="https://a.example/\n")},
    ],
)
def test_what_no_page_may_hold_is_refused_by_the_name_of_its_field(fields: dict[str, Any]) -> None:
    errors = errors_of(**fields)

    assert [field.split(".")[0] for field in errors] == list(fields)


def test_everything_wrong_is_named_at_once() -> None:
    errors = errors_of(
        headline="x" * 121,
        text="\x00",
        hero_video=VideoId("?"),
        products=(ProductId("?"),),
        call_to_action=CallToAction(label="\x00", target="\x00"),
    )

    assert list(errors) == [
        "headline",
        "text",
        "hero_video",
        "products",
        "call_to_action.label",
        "call_to_action.target",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "{{ 7 * 7 }} ${7*7} <%= 7 %> #{7}",
        "Robert'); DROP TABLE pages;--",
        "two\nlines",
        "👩‍👩‍👧 Гитары מוזיקה ギター",
        "x" * 4_000,
    ],
)
def test_hostile_and_foreign_text_is_kept_as_the_characters_it_is(text: str) -> None:
    assert PageDocument(text=text).text == text


@pytest.mark.parametrize(
    "target",
    [
        "https://guitars.example",
        "https://guitars.example:8443/a/b?c=d&e=%20#f",
        "HTTPS://guitars.example/",
        "https://xn--bcher-kva.example/",
        "mailto:mia@guitars.example",
        "/",
        "/shops/mias-guitars?sort=price_asc",
    ],
)
def test_a_page_may_lead_to_https_a_mailbox_or_a_place_of_this_site(target: str) -> None:
    assert link_problem(target) is None


@pytest.mark.parametrize(
    "target",
    [
        "",
        " ",
        "#top",
        "guitars.example",
        "http://guitars.example",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "java\nscript:alert(1)",
        "javascript&#58;alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:msgbox(1)",
        "file:///etc/passwd",
        "blob:https://guitars.example/1",
        "ftp://guitars.example",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "\\\\evil.example",
        "https:evil.example",
        "https:/evil.example",
        "https:///evil.example",
        "https://",
        "https://?",
        "https://guitars",
        "https://guitars.example:99999/",
        "https://guitars.example:0/",
        "https://guitars.example:x/",
        "https://[::1",
        "https://mia:secret@evil.example/",
        "https://guitars.example@evil.example/",
        "https://evil.example\\@guitars.example/",
        'https://guitars.example/"onclick="alert(1)',
        "https://guitars.example/'x",
        "https://guitars.example/<script>",
        "https://guitars.example/ x",
        "https://bücher.example/",
        "https://guitars\u3002example/",
        "mailto:",
        "mailto:mia",
        "mailto:mia@guitars.example?bcc=all@evil.example",
        "mailto:mia@guitars.example,leo@drums.example",
        "x" * 2_001,
        "/" + "x" * 2_000,
    ],
)
def test_a_page_leads_nowhere_else(target: str) -> None:
    assert link_problem(target)


@given(st.text(max_size=60))
def test_no_target_whatever_breaks_the_check_and_what_passes_begins_safely(target: str) -> None:
    if link_problem(target) is None:
        assert target.lower().startswith(("https://", "mailto:", "/"))
        assert not target.startswith("//")
