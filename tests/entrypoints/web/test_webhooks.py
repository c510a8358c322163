"""Webhooks on the pages of shops and operators: made, looked at, changed, tried, removed; nobody sees another's."""

import re

from tests.entrypoints.web.console import operator
from tests.entrypoints.web.street import ADA, ANN, Street

URL = "https://93.184.216.34/hooks"


async def test_a_shop_makes_an_endpoint_reads_its_secret_tries_and_removes_it(street: Street) -> None:
    ada = await street.signed_in(ADA)
    chosen = {"event_types": "marketplace.orders.v1.OrderConfirmed"}

    made = await ada.send("/studio/webhooks", {"url": URL, "description": "The warehouse", **chosen}, follow=True)
    listed = await ada.see("/studio/webhooks")
    (here,) = set(re.findall(r"/studio/webhooks/whe_\w+(?=\")", listed.html))
    tried = await ada.send(f"{here}/test", {}, follow=True)
    changed = await ada.send(here, {"url": URL, "description": "Elsewhere"}, follow=True)
    disabled = await ada.send(f"{here}/disable", {}, follow=True)
    refused = await ada.send(f"{here}/test", {})
    rotated = await ada.send(f"{here}/rotate", {}, follow=True)
    removed = await ada.send(f"{here}/remove", {}, follow=True)

    secret, other = (re.findall(r"whsec_[\w+/=]+", page.html) for page in (made, rotated))
    assert len(secret) == len(other) == 1
    assert secret != other
    assert "The warehouse" in listed.words
    assert "TestEvent" in tried.words
    assert "Elsewhere" in changed.words
    assert "Nothing is sent to it any more." in disabled.words
    assert (refused.status, "Enable it first" in refused.words) == (409, True)
    assert "No endpoint yet" in removed.words


async def test_an_address_that_leads_inside_is_said_at_its_field_and_nothing_typed_is_lost(street: Street) -> None:
    olga = await operator(street)

    refused = await olga.send("/console/webhooks", {"url": "https://10.0.0.1/x", "description": "Kept words"})
    empty = await olga.send("/console/webhooks", {"url": ""})

    assert refused.status == 422
    assert "leads to a computer on the public internet" in refused.words
    assert refused.value("description") == "Kept words"
    assert empty.status == 422


async def test_another_shops_endpoint_and_the_operators_do_not_exist_in_the_studio(street: Street) -> None:
    olga, ada = await operator(street), await street.signed_in(ADA)
    await olga.send("/console/webhooks", {"url": URL})
    (here,) = set(re.findall(r"/console/webhooks/(whe_\w+)", (await olga.see("/console/webhooks")).html))

    assert (await ada.see(f"/studio/webhooks/{here}")).status == 404
    assert (await ada.send(f"/studio/webhooks/{here}/remove", {})).status == 404
    assert (await ada.see("/console/webhooks")).status == 403
    assert (await olga.see(f"/console/webhooks/{here}")).status == 200
    assert (await (await street.signed_in(ANN)).see("/console/webhooks")).status == 403
