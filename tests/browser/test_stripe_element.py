"""Stripe's payment step in a real browser, under the checkout's own policy; js.stripe.com is played by the test.

What is shown and sent is ours; that Stripe's own script gets on with it, only a real account can say.
"""

import re
import threading
import time
from collections.abc import Iterator
from html import escape
from socket import socket
from typing import Final

import pytest
import uvicorn
from playwright.sync_api import Page, expect
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route

from marketplace_adapters.stripe.page import MOUNT, ORIGINS, page_app, payment_page
from marketplace_entrypoints.web.guard import policy
from tests.browser.conftest import PageTrap

pytestmark = pytest.mark.slow

KEY, SECRET, BACK = "pk_test_1", "pi_1_secret_1", "/orders/ord_1/payment/return"
STRIPE_JS: Final = re.compile(r"^https://js\.stripe\.com/")
PATIENCE_SECONDS: Final = 10.0
PLAYED: Final = """
window.told = [];
window.Stripe = (key, options) => {
  told.push(["Stripe", key, options]);
  const heard = {};
  return {
    elements: (options) => {
      told.push(["elements", options]);
      return { create: (kind) => ({
        on: (what, hear) => { heard[what] = hear; },
        mount: (place) => {
          told.push(["mount", kind]);
          place.textContent = "Card details";
          setTimeout(() => heard[window.formFails ? "loaderror" : "ready"]?.({}), 0);
        },
      }) };
    },
    confirmPayment: async ({ elements, confirmParams }) => {
      told.push(["confirmPayment", confirmParams]);
      if (window.answer === "leave") {
        location.assign(confirmParams.return_url + "?payment_intent=pi_1");
        return new Promise(() => {});
      }
      if (window.answer === "throw") throw new Error("network");
      return window.answer;
    },
  };
};
"""


def page_of(lang: str) -> str:
    """Return a page that places the step as the checkout does."""
    page = payment_page(KEY)
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>Pay</title>'
        f'<link rel="icon" href="data:,"><script src="{page.script_url}" type="module" crossorigin></script></head>'
        f"<body>"
        f'<payment-step reference="pi_1" client-secret="{SECRET}" return-url="{BACK}" lang="{lang}"'
        f' amount="{escape("€14.90")}" public-key="{page.public_key}"></payment-step></body></html>'
    )


async def _pay(request: Request) -> Response:
    headers = {"Content-Security-Policy": policy(partners=ORIGINS)}
    return HTMLResponse(page_of(request.path_params["lang"]), headers=headers)


async def _back(request: Request) -> Response:
    return PlainTextResponse(f"back {request.url.query}")


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    app = Starlette(routes=[Route("/pay/{lang}", _pay), Route(BACK, _back), Mount(MOUNT, page_app())])
    with socket() as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not server.started:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join(PATIENCE_SECONDS)


def opened(trap: PageTrap, site: str, lang: str = "en", *, before: str = "") -> Page:
    """Open the page with a Stripe of ours."""
    trap.forgive("elsewhere: https://js.stripe.com/")
    page = trap.open()
    page.add_init_script(before)
    page.route(STRIPE_JS, lambda route: route.fulfill(body=PLAYED, content_type="text/javascript"))
    page.goto(f"{site}/pay/{lang}")
    return page


def test_stripes_form_gets_what_it_needs_and_the_buyer_can_pay_once_it_is_there(page_trap: PageTrap, site: str) -> None:
    page = opened(page_trap, site, before="window.answer = 'leave'")
    button = page.get_by_role("button", name="Pay €14.90")

    expect(button).to_be_enabled()
    told = page.evaluate("told")
    button.click()
    page.wait_for_url(f"{site}{BACK}?payment_intent=pi_1")

    assert told == [
        ["Stripe", KEY, {"locale": "en"}],
        ["elements", {"clientSecret": SECRET}],
        ["mount", "payment"],
    ]
    assert "back payment_intent=pi_1" in page.inner_text("body")


def test_the_way_back_is_told_to_stripe_as_a_whole_address(page_trap: PageTrap, site: str) -> None:
    page = opened(page_trap, site, before="window.answer = { error: { message: 'Your card was declined.' } }")
    page.get_by_role("button", name="Pay €14.90").click()

    expect(page.get_by_role("status")).to_contain_text("Your card was declined.")
    expect(page.get_by_role("button", name="Pay €14.90")).to_be_enabled()

    assert page.evaluate("told.at(-1)") == ["confirmPayment", {"return_url": f"{site}{BACK}"}]


def test_a_payment_that_has_gone_through_already_leads_back(page_trap: PageTrap, site: str) -> None:
    over = "window.answer = { error: { payment_intent: { status: 'succeeded' } } }"
    page = opened(page_trap, site, before=over)

    page.get_by_role("button", name="Pay €14.90").click()

    page.wait_for_url(f"{site}{BACK}")


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "The payment did not go through"), ("ru", "Оплата не прошла, деньги не списаны.")]
)
def test_a_line_that_breaks_while_paying_can_be_tried_again(
    page_trap: PageTrap, site: str, lang: str, words: str
) -> None:
    page = opened(page_trap, site, lang, before="window.answer = 'throw'")

    page.get_by_role("button").click()

    expect(page.get_by_role("status")).to_contain_text(words)
    expect(page.get_by_role("button")).to_be_enabled()


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize("fails", ["script", "form"])
def test_without_stripes_script_or_form_the_buyer_is_told_and_cannot_press(
    page_trap: PageTrap, site: str, lang: str, fails: str
) -> None:
    words = {"en": "Nothing was taken", "ru": "Деньги не списаны"}
    page_trap.forgive("net::ERR_FAILED")
    page = opened(page_trap, site, lang, before="window.formFails = true")
    if fails == "script":
        page.route(STRIPE_JS, lambda route: route.abort())
        page.reload()

    expect(page.get_by_role("status")).to_contain_text(words[lang])
    expect(page.get_by_role("button")).to_be_disabled()
