"""More of a long day: terms of trade, debts, claims, pages, variants, clips and letters that nobody took."""

import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Final

from features.clips import make_clips
from features.drivers.names import email, until_five_past
from features.drivers.provider import scripted
from marketplace_core.identity import IdentifyUser
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.inbox import ProviderMessage
from marketplace_core.testing.queues import give_up
from marketplace_core.video import RequestUpload
from marketplace_entrypoints.composition.bootstrap import OpenMarketplace
from tests.coherence import OURS, THEIRS
from tests.core.notifications.reports import report
from tests.core.video.studio import HELLO
from tests.twice.shell import TwiceDriver

ANNA, BERT, POTS, TEA = "Anna", "Bert", "Clay and Co", "Tea House"
CUP, POT = "Cup", "Pot"
GOOD_CARD: Final = "4242424242424242"


def bought(shell: TwiceDriver, buyer: str, *titles: str) -> None:
    """Order and pay."""
    for title in titles:
        shell.add_to_cart(buyer, title, 1)
    shell.place_order(buyer)
    shell.pay(buyer, GOOD_CARD)


def received(shell: TwiceDriver, buyer: str, shop: str, tracking: str) -> None:
    """Have a part sent and received."""
    shell.ship(shop, buyer, carrier="DHL", tracking=tracking)
    shell.confirm_receipt(buyer, shop)


def terms(shell: TwiceDriver, folder: Path) -> None:
    """Use other terms, compare, and go back."""
    document = folder / "terms.toml"
    document.write_text('version = "twice"\ncommission_bps = 500\n', encoding="utf-8")
    shell.type("policy", "check", str(document))
    shell.type("policy", "use", str(document), "--reason", "Cheaper.")
    shell.type("policy", "diff", "0")
    shell.type("policy", "return", "0", "--reason", "Too cheap.")
    shell.type("policy", "list")
    document.write_text('version = "four-eyes"\nwrite_off_four_eyes_minor = 1\n', encoding="utf-8")
    shell.type("policy", "use", str(document), "--reason", "Two see more than one.")


def debts(shell: TwiceDriver) -> None:
    """Have a shop owe something, and settle it in every way."""
    bought(shell, ANNA, POT)
    received(shell, ANNA, TEA, "T1")
    shell.run_payouts()
    payout = shell._newest_payout(TEA)["payout_id"]
    order = shell._orders[ANNA]
    shell.type("refund", "give", order, "--amount", "2000", "--reason", "All of it.", "--key", "key-of-the-debt")
    seller_id = shell.type("seller", "view", "tea-house")["seller_id"]
    shell.type("debt", "top-up", seller_id, "--amount", "100", "--reference", "bank-1", "--reason", "It came.")
    for decision in ("approve", "reject"):
        asked = shell.type("debt", "write-off", seller_id, "--amount", "50", "--reason", "Hopeless.")
        shell.type("debt", decision, asked["settlement_id"], "--reason", "So it is.", person="Otto")
    owed = shell.type("debt", "show", seller_id)["debt"]["amount_minor"]
    words = ("--amount", str(owed), "--payout", payout, "--reason", "From their balance.")
    shell.type("debt", "take-back", seller_id, *words)


def claims(shell: TwiceDriver) -> None:
    """Take an offer, and have an operator decide."""
    owner = shell._owners[POTS]
    for accepted in (True, False):
        bought(shell, ANNA, CUP)
        received(shell, ANNA, POTS, f"C{accepted}")
        words = ("--kind", "damaged", "--text", "Broken.", "--key", f"key-of-claim-{accepted}")
        claim = shell.type("claim", "open", shell._part(ANNA, POTS), *words, person=ANNA)["claim_id"]
        if accepted:
            shell.type("claim", "answer", claim, "offer", "--text", "Some?", "--items", "100", person=owner)
            shell.type("claim", "accept", claim, "--offered", "100", person=ANNA)
        else:
            shell.type("claim", "answer", claim, "contest", "--text", "No.", person=owner)
            shell.type("claim", "decide", claim, "partial", "--items", "50", "--reason", "The photo.")


def refunds(shell: TwiceDriver) -> None:
    """Take a refund back before it is sent, and pay one that bounced another way."""
    bought(shell, BERT, CUP)
    order = shell._orders[BERT]
    words = ("--amount", "100", "--reason", "Sorry.", "--key", "key-to-take-back")
    asked = shell._ask("refund", "give", order, *words)
    shell._ask("refund", "cancel", asked["refund_id"], "--reason", "A slip.")
    shell._settle()
    given = shell.type("refund", "give", order, "--amount", "100", "--reason", "Sorry.", "--key", "key-that-bounces")
    shell._beside(partial(_bounce, refund_id=given["refund_id"]))
    shell.pass_time(minutes=24 * 60)
    shell.type("refund", "settle", given["refund_id"], "--reason", "bank transfer 4711")


async def _bounce(opened: OpenMarketplace, *, refund_id: str) -> None:
    found = await opened.adapters.payments.payments.find_refund(refund_id)
    await scripted(opened, f"refunds/{found.reference}/bounce", {"failure_code": "lost_or_stolen_card"})


def reviews(shell: TwiceDriver) -> None:
    """Have more money come than an order costs, and keep it once, and once not."""
    for decision in ("accept-payment", "reject-payment"):
        shell.add_to_cart(BERT, CUP, 1)
        shell.place_order(BERT)
        with closing(sqlite3.connect(shell._data / THEIRS)) as theirs:
            last = "id = (SELECT id FROM payments ORDER BY seq DESC LIMIT 1)"
            theirs.execute(f"UPDATE payments SET amount_minor = amount_minor + 100 WHERE {last}")
            theirs.commit()
        shell.pay(BERT, GOOD_CARD)
        shell.type("order", decision, shell._orders[BERT], "--reason", "Somebody has to.")


def payouts(shell: TwiceDriver) -> None:
    """Hold a payout, cancel it, read a statement, and lead a shop to the provider."""
    shell._clock.advance(until_five_past(shell._clock))  # none leaves by itself in the minutes that follow
    shell._settle()
    bought(shell, BERT, CUP)
    received(shell, BERT, POTS, "P1")
    made = shell._ask("payout", "run", "--reason", "Now.")["payouts"]
    shell._ask("payout", "hold", made[0], "--reason", "Odd.")
    shell._ask("payout", "cancel", made[0], "--reason", "It was.")
    shell._settle()
    period = ("--since", "2020-01-01", "--until", "2120-01-01")
    shell.type("payout", "statement", *period, person=shell._owners[POTS])
    seller_id = shell.type("seller", "view", "clay-and-co")["seller_id"]
    shell.type("payout", "onboarding", seller_id, person=shell._owners[POTS])


def variants(shell: TwiceDriver) -> None:
    """Sell a thing in several sizes."""
    owner = shell._owners[POTS]
    words = ("--title", "Jug", "--price", "900", "--option", "Size=M")
    jug = shell._ask("product", "create", *words, person=owner)["product_id"]
    shell._products["Jug"] = jug
    for size in ("L", "XL"):
        shell.type("product", "add-variant", jug, "--price", "1200", "--option", f"Size={size}", person=owner)
    offers = [offer["offer_id"] for offer in shell._product("Jug")["variants"]]
    shell.type("product", "rename-variant", offers[1], "--option", "Size=XXL", person=owner)
    shell.type("product", "remove-variant", offers[2], person=owner)


def clips(shell: TwiceDriver, folder: Path) -> None:
    """Show a thing on video, on a page too, caption it, and take it away."""
    owner, made = shell._owners[POTS], make_clips(folder)
    captions = folder / "en.vtt"
    captions.write_text(HELLO, encoding="utf-8")
    shell.upload_video(POTS, CUP, (made / "cup.mp4").read_bytes(), filename="shown.mp4", content_type="video/mp4")
    shell.video(POTS, CUP)
    video = shell._videos[CUP]
    shell.type("video", "view", video, person=owner)
    shell.draft_page(POTS, headline="Cups", video_of=CUP, products=[CUP], link="https://clay.example/all")
    shell.publish_page(POTS)
    shell.type("page", "view", "clay-and-co")
    shell.type("page", "unpublish", person=owner)
    shell.type("video", "captions", "add", video, "en", str(captions), "--label", "English", person=owner)
    shell.type("video", "captions", "view", video, "en", person=owner)
    shell.type("video", "captions", "remove", video, "en", person=owner)
    shell.type("product", "detach-video", shell._products[CUP], person=owner)
    interrupted: list[str] = []
    shell._beside(
        partial(
            _announced,
            owner=owner,
            about=f"product:{shell._products[CUP]}",
            size=(made / "cup.mp4").stat().st_size,
            announced=interrupted,
        )
    )
    shell.type("video", "continue", interrupted[0], str(made / "cup.mp4"), person=owner)
    shell.type("video", "delete", interrupted[0], person=owner)
    shell.type("video", "delete", video, person=owner)


async def _announced(opened: OpenMarketplace, *, owner: str, about: str, size: int, announced: list[str]) -> None:
    by = await opened.market.ask(IdentifyUser(user=email(owner)), by=SYSTEM)
    asked = RequestUpload(
        seller_id=by.own_seller,
        subject=about,
        filename="cup.mp4",
        content_type="video/mp4",
        upload_bytes=size,
    )
    announced.append((await opened.market.execute(asked, by=by)).video_id)


def letters(shell: TwiceDriver) -> None:
    """Have letters and a mail given up, and take them up again."""
    for number, change in enumerate(("replay", "discard")):
        message = ProviderMessage(
            provider="fakepay",
            message_id=f"evt_twice_{number}",
            type="told",
            subject="payment",
            reference="pay_x",
            raw=b"{}",
        )
        shell._beside(partial(_give_up, message=message))
        shell.type("dead-letters", change, f"message:fakepay:evt_twice_{number}", "--reason", "Seen to.")
    with closing(sqlite3.connect(shell._data / OURS)) as books:
        (mail,) = books.execute("SELECT mail_id FROM notifications_mails LIMIT 1").fetchone()
        books.execute("UPDATE notifications_mails SET state = 'failed', sent_at = NULL WHERE mail_id = ?", (mail,))
        books.commit()
    shell.type("mail", "retry", mail)


def webhooks(shell: TwiceDriver) -> None:
    """Have a program told what happens, though nobody is at home there."""
    shell.type("webhook", "events")
    made = shell.type("webhook", "add", "http://127.0.0.1:9/hooks", "--event", "marketplace.orders.v1.OrderExpired")
    endpoint = made["endpoint_id"]
    shell.type("webhook", "change", endpoint, "--description", "The warehouse")
    tried = shell.type("webhook", "test", endpoint)["delivery_id"]
    shell.type("webhook", "replay", tried)
    for words in (("view", endpoint), ("list",), ("log", endpoint), ("delivery", tried), ("rotate", endpoint)):
        shell.type("webhook", *words)
    for deed in ("disable", "enable", "remove"):
        shell.type("webhook", deed, endpoint)


def mails_that_came_back(shell: TwiceDriver, folder: Path) -> None:
    """Have a mail come back, its address held and let go, and hold one by hand."""
    with closing(sqlite3.connect(shell._data / OURS)) as books:
        mail, address = books.execute(
            "SELECT mail_id, address FROM notifications_mails WHERE state = 'sent' LIMIT 1"
        ).fetchone()
    file = folder / "report.eml"
    file.write_bytes(report(mail, address=address))
    shell.type("mail", "bounce", str(file))
    shell.type("mail", "suppressions")
    shell.type("mail", "lift", address)
    shell.type("mail", "suppress", "eve@example.org", "--because", "She asked for it.")


async def _give_up(opened: OpenMarketplace, *, message: ProviderMessage) -> None:
    dispatcher = opened.dispatcher
    await give_up(dispatcher.inbox, message, dispatcher.clock.now(), "ValueError: what")


def books(shell: TwiceDriver, folder: Path) -> None:
    """Look into the books, have money stand still and go on, and pack the evidence of a dispute."""
    dispute = shell.type("disputes", "list")["items"][0]["dispute_id"]
    shell.type("disputes", "pack", dispute, "--to", str(folder))
    shell.type("ledger", "doctor")
    shell.type("db", "status")
    shell.type("db", "migrate")
    with closing(sqlite3.connect(shell._data / OURS)) as books:
        books.execute("UPDATE payments_payments SET fee_minor = fee_minor + 7")
        books.commit()
    shell._ask("ledger", "inspect")
    with closing(sqlite3.connect(shell._data / OURS)) as books:
        books.execute("UPDATE payments_payments SET fee_minor = fee_minor - 7")
        books.commit()
    shell._ask("ledger", "resume", "audit", "--reason", "It was a slip of the pen.")
