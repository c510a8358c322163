"""The onboarding page in a seller's browser: shown, and answered with its one button. In English and in Russian."""

from collections.abc import Mapping
from html import escape
from typing import Final

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from marketplace_adapters.fakepay.provider import accounts, onboarding, settlement
from marketplace_adapters.fakepay.provider.accounts import Account
from marketplace_adapters.fakepay.provider.answering import Endpoint
from marketplace_adapters.fakepay.provider.institution import Provider
from marketplace_adapters.fakepay.provider.onboarding import Link
from marketplace_adapters.fakepay.provider.refusals import Refusal

ROUTE: Final = onboarding.PATH + "{token}"
# The address is a secret: it must not travel on to the page that the seller goes to next, nor be kept.
_HEADERS: Final = {
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
}

_ENGLISH: Final = {
    "title": "Open your FakePay account",
    "pretended": "FakePay is a pretended payment provider: nothing real is asked, and no real money moves.",
    "due": "To be handed in:",
    "nothing_due": "Nothing is due.",
    "hand_in": "Hand everything in and go back",
    "back": "Go back without handing anything in",
    "identity_document": "a document that says who you are",
    "bank_account": "the bank account that you are paid to",
    "failed": "This does not work",
    "onboarding_link_not_found": "There is no such link.",
    "onboarding_link_used_up": "This link has been used, or is too old.",
    "account_rejected": "FakePay does not serve this account any longer.",
    "ask": "Ask the shop for a new link.",
}
_RUSSIAN: Final = {
    "title": "Откройте счёт в FakePay",
    "pretended": "FakePay — учебная платёжная система: ничего настоящего она не спрашивает и денег не переводит.",
    "due": "Нужно предоставить:",
    "nothing_due": "Предоставлять ничего не нужно.",
    "hand_in": "Предоставить всё и вернуться",
    "back": "Вернуться, ничего не предоставляя",
    "identity_document": "документ, удостоверяющий личность",
    "bank_account": "банковский счёт для выплат",
    "failed": "Не получилось",
    "onboarding_link_not_found": "Такой ссылки нет.",
    "onboarding_link_used_up": "Ссылкой уже воспользовались, или она устарела.",
    "account_rejected": "FakePay больше не обслуживает этот счёт.",
    "ask": "Попросите у магазина новую ссылку.",
}


def onboarding_endpoint(provider: Provider) -> Endpoint:
    """Show the page on GET; hand everything in and go back on POST."""

    def look(token: str) -> tuple[Account, Link]:
        settlement.settle_due(provider)
        with provider.reading() as session:
            link = onboarding.find_link(session, token)
            return accounts.find(session, link.account), link

    def hand_in(token: str) -> str:
        settlement.settle_due(provider)
        with provider.writing() as session:
            return onboarding.complete(session, token).return_url

    async def endpoint(request: Request) -> Response:
        token, words = request.path_params["token"], _words_for(request.headers.get("accept-language", ""))
        try:
            if request.method == "POST":
                return RedirectResponse(await to_thread.run_sync(hand_in, token), status_code=303, headers=_HEADERS)
            account, link = await to_thread.run_sync(look, token)
            return HTMLResponse(_page(account, link, words), headers=_HEADERS)
        except Refusal as refusal:
            return HTMLResponse(_apology(refusal, words), status_code=refusal.status, headers=_HEADERS)

    return endpoint


def _words_for(accepted: str) -> Mapping[str, str]:
    # Browsers name the language their reader likes best first.
    return _RUSSIAN if accepted.strip().lower().startswith("ru") else _ENGLISH


def _page(account: Account, link: Link, words: Mapping[str, str]) -> str:
    owed = (*account.past_due, *account.currently_due)
    items = "".join(f"<li>{escape(words.get(one, one.replace('_', ' ')))}</li>" for one in owed)
    return _document(
        words,
        words["title"],
        f"<p>{words['pretended']}</p>"
        + (f"<p>{words['due']}</p><ul>{items}</ul>" if owed else f"<p>{words['nothing_due']}</p>")
        + f'<form method="post"><button>{words["hand_in"]}</button></form>'
        + f'<p><a href="{escape(link.return_url)}">{words["back"]}</a></p>',
    )


def _apology(refusal: Refusal, words: Mapping[str, str]) -> str:
    sentence = words.get(refusal.code, refusal.message)
    return _document(words, words["failed"], f"<p>{escape(sentence)}</p><p>{words['ask']}</p>")


def _document(words: Mapping[str, str], title: str, content: str) -> str:
    language = "ru" if words is _RUSSIAN else "en"
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"></head>'
        f"<body><main><h1>{title}</h1>{content}</main></body></html>"
    )
