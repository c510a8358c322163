"""What letters say, in which language, and that nobody can write into them (NOTE-1, NOTE-5, S-34)."""

import re
import string
from html.parser import HTMLParser

import attrs
import pytest

from marketplace_core.kernel.money import Money
from marketplace_core.notifications import (
    Template,
)
from marketplace_core.notifications.domain import alarms, letters
from marketplace_core.notifications.domain.amounts import STYLES, amount_in
from marketplace_core.notifications.domain.letter import Table, html_of, plain, subject_of, text_of
from marketplace_core.notifications.domain.letters import TEMPLATE_VERSIONS
from marketplace_core.notifications.domain.phrases import LANGUAGES, phrases_for
from marketplace_core.notifications.domain.phrases.words import Phrases
from marketplace_core.orders import Cause
from marketplace_core.testing.conformance.notifications import ANN, BEN, CUPS, TEAS, a_group, an_order
from tests.core.notifications.examples import (
    ASKED,
    BACK,
    CLOSED,
    DIFFER,
    DISPUTED,
    DUE,
    EVENTS,
    GONE,
    GROUP,
    KEYED,
    NOT_SENT,
    OFFERED,
    OVER,
    OVERDUE,
    OWED,
    OWES,
    PAGE,
    PAID,
    RAISED,
    REJECTED,
    SENT,
    SHIPPED,
    SHOPS_CLAIM,
    SHORT,
    STANDING,
    STOPPED,
    STUCK,
    UNHEARD,
    UNSOUND,
    WON,
    every_letter,
)

_SHOWN = ("div", "p", "h2", "table", "tr", "td", "a", "br")
_HARMLESS = ("lang", "charset", "name", "content", "class", "aria-label")


class Seen(HTMLParser):
    """Remembers tags, attributes and text of a document."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(document)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize(
    ("money", "english", "russian"),
    [
        (Money(123_450, "EUR"), "€1,234.50", "1\u00a0234,50\u00a0€"),
        (Money(5, "USD"), "$0.05", "0,05\u00a0$"),
        (Money(-100_000_000, "EUR"), "-€1,000,000.00", "-1\u00a0000\u00a0000,00\u00a0€"),
        (Money(1_500, "JPY"), "¥1,500", "1\u00a0500\u00a0¥"),
        (Money(1_234, "KWD"), "KWD\u00a01.234", "1,234\u00a0KWD"),
        (Money(0, "CHF"), "CHF\u00a00.00", "0,00\u00a0CHF"),
    ],
)
def test_amounts_are_written_as_in_the_language(money: Money, english: str, russian: str) -> None:
    assert amount_in(money, "en") == english
    assert amount_in(money, "ru") == russian


@pytest.mark.parametrize(
    ("locale", "language"), [("en", "en"), ("en-GB", "en"), ("ru", "ru"), ("ru-RU", "ru"), ("de", "en"), ("", "en")]
)
def test_an_unknown_language_falls_back_to_english(locale: str, language: str) -> None:
    assert phrases_for(locale).language == language


def test_every_language_has_words_placeholders_and_amounts() -> None:
    names = [field.name for field in attrs.fields(Phrases)]

    for language, words in LANGUAGES.items():
        assert (words.language, language in STYLES) == (language, True)
        for name in names:
            texts, english = getattr(words, name), getattr(LANGUAGES["en"], name)
            assert placeholders(texts) == placeholders(english), (language, name)


def placeholders(texts: str | tuple[str, ...]) -> set[str | None]:
    whole = texts if isinstance(texts, str) else " ".join(texts)
    assert whole.strip()
    return {name for _, name, _, _ in string.Formatter().parse(whole)} - {None}


def test_every_template_has_a_version_and_a_letter() -> None:
    assert set(TEMPLATE_VERSIONS) == set(Template)
    assert len(every_letter("en")) == len(Template)


@pytest.mark.parametrize("locale", ["en", "ru"])
def test_text_and_html_say_the_same(locale: str) -> None:
    for letter in every_letter(locale):
        seen = Seen(html_of(letter))
        words = [word for word in text_of(letter).split() if set(word) != {"-"}]

        assert [word for word in words if word not in seen.text] == []
        assert "{" not in text_of(letter) + subject_of(letter)


@pytest.mark.parametrize("locale", ["en", "ru"])
def test_html_loads_nothing_and_runs_nothing(locale: str) -> None:
    for letter in every_letter(locale):
        seen = Seen(html_of(letter))

        assert seen.tags <= {"html", "head", "meta", "title", "body", "style", *_SHOWN}
        assert seen.attributes <= {*_HARMLESS, "style", "role", "width", "align", "href"}
        assert not re.search(r"url\(|@import|expression", html_of(letter), re.IGNORECASE)


@pytest.mark.parametrize(
    "evil",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "</td></tr></table><h1>pay here</h1>",
        "&lt;b&gt; & <b>",
        "{0.__class__} {name}",
    ],
)
def test_what_people_type_is_shown_and_never_run(evil: str) -> None:
    contact = attrs.evolve(TEAS, name=evil, shop_name=evil)
    group = a_group(1, evil, evil)
    written = [
        letters.welcome(contact),
        letters.order_confirmation(contact, an_order(group), PAGE),
        letters.new_order(contact, group),
        letters.shipped(contact, group, attrs.evolve(SHIPPED, carrier=evil, tracking=evil)),
        letters.paid_out(contact, PAID),
        letters.payout_returned(contact, BACK),
        letters.refund_asked(contact, attrs.evolve(ASKED, reason=evil)),
        letters.refund_rejected(contact, attrs.evolve(REJECTED, note=evil), PAGE),
    ]

    for letter in written:
        seen = Seen(html_of(letter))
        assert evil in seen.text
        assert not seen.tags & {"script", "img", "h1", "b"}
        assert evil in text_of(letter)


@pytest.mark.parametrize(
    "evil", ["a\r\nBcc: b@example.org", "a\x1b[2Jb", "a\u202egnp", "a\u2028b", "a\ud800b", "a\x00b"]
)
def test_no_line_break_or_invisible_character_gets_through(evil: str) -> None:
    letter = letters.shipped(ANN, a_group(1, evil, evil), attrs.evolve(SHIPPED, carrier=evil, tracking=evil))

    subject = subject_of(letter)

    assert "\n" not in subject
    assert "\r" not in subject
    assert set("\x1b\u202e\u2028\ud800\x00\r").isdisjoint(subject + text_of(letter) + html_of(letter))
    assert text_of(letter).encode()


def test_a_shop_hears_of_a_dispute_what_is_taken_and_how_it_ends() -> None:
    taken, won, lost = (
        letters.dispute_opened(TEAS, DISPUTED),
        letters.dispute_decided(TEAS, WON),
        letters.dispute_decided(TEAS, attrs.evolve(WON, won=False)),
    )

    assert subject_of(taken) == "A buyer's bank has taken €20.00 back"
    assert "sor_0001" in text_of(taken)
    assert subject_of(won) == "The dispute is won: €20.00 is back"
    assert subject_of(lost) == "The dispute is lost: €20.00 stays with the buyer"
    assert "We give our commission on it back." in text_of(lost)


def test_operators_hear_what_waits_for_them_and_until_when() -> None:
    assert "until 2026-01-04 12:00 UTC" in text_of(letters.evidence_due(ANN, DUE))
    assert "until soon" in text_of(letters.evidence_due(ANN, attrs.evolve(DUE, due_at=None)))
    assert "account_closed" in text_of(letters.payout_stuck(ANN, STUCK))
    unsound, short = (letters.money_stands_still(ANN, about) for about in (UNSOUND, SHORT))
    assert "balance_drift wallet:sel_0001:EUR" in text_of(unsound)
    assert ("nothing is released" in text_of(unsound), "nothing is released" in text_of(short)) == (True, False)
    assert ("liquidity EUR" in text_of(short), "2026-01-04 12:00 UTC" in text_of(short)) == (True, True)
    assert "rfd_0001" in text_of(letters.refund_owed(ANN, OWED))
    assert "OrderConfirmed given up (relay): RuntimeError: no" in text_of(alarms.events_stuck(ANN, EVENTS))
    assert "payment_unknown pay_0001" in text_of(alarms.books_differ(ANN, DIFFER))
    assert subject_of(alarms.books_differ(ANN, DIFFER)) == "Our books and those of fakepay differ"
    assert "part sor_0001 of order ord_0001" in text_of(alarms.hold_overdue(ANN, OVERDUE))


def test_a_seller_whose_shop_is_closed_hears_what_stays() -> None:
    letter = letters.shop_closed(TEAS)

    assert "is closed for good" in text_of(letter)
    assert "Your account stays." in text_of(letter)


def test_an_owner_hears_why_nothing_is_sent_to_a_program_any_more() -> None:
    failing = text_of(letters.webhook_stopped(ANN, UNHEARD))
    gone = text_of(letters.webhook_stopped(ANN, attrs.evolve(UNHEARD, gone=True)))

    assert ("since 2026-01-04 12:00 UTC" in failing, "it is gone" in failing) == (True, False)
    assert "it is gone" in gone
    assert all("https://teas.example/hooks" in text for text in (failing, gone))


def test_joined_emoji_and_scripts_survive() -> None:
    assert plain("👩\u200d🔧 می\u200cخواهم") == "👩\u200d🔧 می\u200cخواهم"
    assert plain("  two \t lines\nof it ") == "two lines of it"


def test_a_long_subject_is_cut() -> None:
    letter = letters.shipped(ANN, a_group(1, "x" * 500, "Tea"), SHIPPED)

    assert len(subject_of(letter)) == 200
    assert subject_of(letter).endswith("…")


def test_a_confirmation_names_every_seller_and_a_total_over_all() -> None:
    order = an_order(a_group(1, "Ann's Teas", "Green tea"), a_group(2, "Cups & Co", "Cup", delivery_minor=0))

    text = text_of(letters.order_confirmation(ANN, order, PAGE))

    assert text == (
        "Hello Ann,\n\n"
        "Thank you for your order ord_0001. Your payment has arrived; the sellers are getting your parcels ready.\n\n"
        "From Ann's Teas\n---------------\n\n"
        "2 × Green tea, Blue  €20.00\nDelivery             €4.90\nTotal                €24.90\n\n"
        "From Cups & Co\n--------------\n\n"
        "2 × Cup, Blue  €20.00\nDelivery       free\nTotal          €20.00\n\n"
        "The whole order  €44.90\n\n"
        "See where your order stands:\nhttps://market.example/orders/ord_0001\n\n"
        "Each seller ships on their own, and we write to you when a parcel leaves. "
        "We hold your money until it has arrived.\n\n"
        "Your marketplace\n"
    )


def test_a_guest_gets_a_link_that_opens_the_order_and_learns_for_how_long() -> None:
    letter = letters.order_confirmation(ANN, an_order(GROUP), KEYED)

    assert f"for 90 days:\n{KEYED.url}\n" in text_of(letter)
    assert 'href="https://market.example/orders/ord_0001?key=1.a-b_c&amp;x=%3C"' in html_of(letter)
    russian = letters.order_confirmation(attrs.evolve(ANN, locale="ru"), an_order(GROUP), KEYED)
    assert f"дней: 90.\n{KEYED.url}\n" in text_of(russian)


def test_a_russian_seller_reads_russian() -> None:
    letter = letters.paid_out(CUPS, PAID)

    assert subject_of(letter) == "Выплата 1\u00a0234,50\u00a0€"
    assert text_of(letter).startswith("Здравствуйте, Бен!\n\nМы перевели 1\u00a0234,50\u00a0€ на ваш банковский счёт")
    assert 'lang="ru"' in html_of(letter)
    assert BEN.locale == "ru-RU"


def test_a_parcel_without_a_number_is_announced_without_one() -> None:
    text = text_of(letters.shipped(ANN, GROUP, attrs.evolve(SHIPPED, tracking="")))

    assert "Tracking" not in text
    assert "Ann's Teas handed these goods to DHL:" in text


@pytest.mark.parametrize("locale", ["en", "ru"])
def test_no_letter_speaks_of_escrow(locale: str) -> None:
    for letter in every_letter(locale):
        assert "escrow" not in text_of(letter).lower()
        assert "эскроу" not in text_of(letter).lower()


def test_a_shop_reads_how_much_a_buyer_wants_back_and_why() -> None:
    letter = letters.refund_asked(TEAS, ASKED)

    assert subject_of(letter) == "A buyer asks for €15.00 back"
    assert "The buyer of order sor_0001 asks for €15.00 back:\n\n“It is chipped.”\n" in text_of(letter)


def test_a_buyer_reads_what_comes_back_or_why_nothing_does_and_finds_the_order() -> None:
    sent, rejected = letters.refund_sent(ANN, SENT, PAGE), letters.refund_rejected(ANN, REJECTED, KEYED)

    assert "We have sent €15.00 back to you for order ord_0001." in text_of(sent)
    assert PAGE.url in text_of(sent)
    assert "“It left whole.”" in text_of(rejected)
    assert KEYED.url in text_of(rejected)


def test_a_seller_whose_bank_sent_money_back_is_asked_for_another_account() -> None:
    letter = letters.payout_returned(CUPS, BACK)

    assert subject_of(letter) == "Банк вернул выплату 1\u00a0234,50\u00a0€"
    assert "Укажите, пожалуйста, банковский счёт" in text_of(letter)


def test_letters_about_claims_say_how_much_why_and_until_when() -> None:
    raised, over = [
        text_of(letter)
        for letter in (letters.claim_raised(TEAS, RAISED, SHOPS_CLAIM), letters.claim_over(TEAS, OVER, SHOPS_CLAIM))
    ]
    offered = text_of(letters.claim_answered(ANN, OFFERED, PAGE))
    contested = text_of(letters.claim_answered(ANN, attrs.evolve(OFFERED, offered=Money(0, "EUR")), PAGE))
    closed = text_of(letters.claim_closed(ANN, CLOSED, PAGE))

    assert all(
        words in raised for words in ("sor_0001", "€15.00", "“It is chipped.”", "2026-01-04 12:00 UTC", SHOPS_CLAIM.url)
    )
    assert SHOPS_CLAIM.url in over
    assert all(words in offered for words in ("€7.00", "“Half of it?”", "2026-01-08 12:00 UTC", PAGE.url))
    assert "differently" in contested
    assert "€" not in contested
    assert all(words in closed for words in ("€7.00", "“It is fair.”", PAGE.url))
    assert ("No money goes back" in over, "“" in over) == (True, False)


def test_letters_about_debts_say_how_much_and_until_when() -> None:
    owes = text_of(letters.debt_arose(TEAS, OWES, STANDING))
    stopped = text_of(letters.selling_stopped(TEAS, STOPPED, STANDING))

    assert all(words in owes for words in ("€44.00", "2026-03-02 12:00 UTC"))
    assert "€44.00" in stopped
    assert "takes no new orders" in stopped
    assert (STANDING.url in owes, STANDING.url in stopped) == (True, True)


def test_a_buyer_reads_what_does_not_come_why_and_what_goes_back() -> None:
    letter = letters.called_off(ANN, GONE, PAGE)

    assert subject_of(letter) == "Something of order ord_0001 will not be sent"
    said = text_of(letter)
    assert all(words in said for words in ("cannot send what you ordered", "“It broke.”", "€15.00", PAGE.url))


@pytest.mark.parametrize("cause", Cause)
@pytest.mark.parametrize("locale", ["en", "ru"])
def test_there_are_words_for_every_cause(cause: Cause, locale: str) -> None:
    gone = attrs.evolve(GONE, cause=cause.value)

    assert text_of(letters.called_off(attrs.evolve(ANN, locale=locale), gone, PAGE))
    if cause not in {Cause.OUT_OF_STOCK, Cause.DECLINED, Cause.SELLER}:  # what the shop said itself, or never knew of
        unsent = attrs.evolve(NOT_SENT, cause=cause.value)
        assert text_of(letters.nothing_to_send(attrs.evolve(TEAS, locale=locale), unsent))


def test_of_several_parcels_each_has_a_letter_and_none_lists_what_is_not_in_it() -> None:
    first, second = (attrs.evolve(SHIPPED, tracking=number, whole=False) for number in ("T1", "T2"))

    letter = letters.shipped(ANN, GROUP, first)

    assert first.fact != second.fact
    assert "a part of your order" in text_of(letter)
    assert "Green tea" not in text_of(letter)


def test_a_buyer_reads_line_by_line_what_makes_the_price_and_a_seller_what_makes_the_share() -> None:
    reduced = attrs.evolve(
        GROUP,
        total=GROUP.total - Money(100, "EUR"),
        discount_minor=100,
        subsidy_minor=250,
        tax_minor=400,
        fee_minor=50,
    )

    bought = letters.order_confirmation(ANN, an_order(reduced), PAGE)
    sold = letters.new_order(TEAS, reduced)

    rows = [row for block in bought.blocks if isinstance(block, Table) for row in block.rows]
    said = {row.label: row.amount for row in rows}
    assert (said["Voucher"], said["Tax"], said["Service fee"]) == ("-€3.50", "€4.00", "€0.50")
    assert said["Total"] == amount_in(reduced.total + Money(200, "EUR"), "en")
    rows = [row for block in sold.blocks if isinstance(block, Table) for row in block.rows]
    told = {row.label: row.amount for row in rows}
    assert (told["Voucher"], told["Total"]) == ("-€1.00", amount_in(reduced.total, "en"))
    assert "Tax" not in told
    assert "Service fee" not in told
