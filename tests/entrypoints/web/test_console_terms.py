"""The console's terms of trade: every version, who put it to use, why, and what changed with it; nothing is done."""

import pytest

from marketplace_core.identity import IdentifyUser
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.operations import UsePolicy
from tests.entrypoints.web.console import HOSTILE, OLGA, operator
from tests.entrypoints.web.street import ANN, Street


async def test_versions_are_listed_with_who_when_and_why(street: Street) -> None:
    olga = await operator(street)
    before = await olga.see("/console/terms")
    await use(street, "winter", 120, HOSTILE)
    await use(street, "spring", 130, "Dearer cards.")

    page = await olga.see("/console/terms")

    assert "What the marketplace began with." in before.words
    assert before.words.count("in use") == 1
    assert page.words.count("in use") == 1
    assert page.html.index("2 · spring") < page.html.index("1 · winter") < page.html.index('"/console/terms/0"')
    assert page.html.index("2 · spring") < page.html.index("in use") < page.html.index("1 · winter")
    assert "Dearer cards." in page.words
    assert "<script>alert" not in page.html


async def test_a_version_says_what_changed_and_all_of_it(street: Street) -> None:
    olga = await operator(street)
    await use(street, "winter", 120, "Cold.")
    await use(street, "spring", 130, "Dearer cards.")

    first, second = await olga.see("/console/terms/0"), await olga.see("/console/terms/2")

    assert 'Key Before Since then version "winter" "spring" service_fee_minor 120 130 To the version before' in (
        second.words
    )
    assert "in use" in second.words
    assert "/console/terms/1" in second.links
    assert "What changed" not in first.words
    assert "in use" not in first.words


@pytest.mark.parametrize("number", ["3", "-1", "x", "²", "9" * 40, "1.0"])
async def test_a_version_that_is_not_there_is_not_found(street: Street, number: str) -> None:
    olga = await operator(street)

    page = await olga.see(f"/console/terms/{number}")

    assert page.status == 404
    assert "There is no such version of the terms of trade." in page.words


async def test_only_operators_see_the_terms(street: Street) -> None:
    ann = await street.signed_in(ANN)

    for path in ("/console/terms", "/console/terms/0"):
        assert (await ann.see(path)).status == 403


async def use(street: Street, name: str, fee_minor: int, reason: str) -> None:
    """Have Olga put terms to use."""
    market = street.opened.market
    olga = await market.ask(IdentifyUser(user=OLGA), by=SYSTEM)
    document = (("version", name), ("service_fee_minor", fee_minor))
    await market.execute(UsePolicy(document=document, reason=reason), by=olga)
