"""Claims on the pages: opened by the buyer, answered in the studio, decided in the console, seen by nobody else."""

import re

from marketplace_core.identity import IdentifyUser, OpenShop
from marketplace_core.kernel.access import SYSTEM
from marketplace_core.payments import HoldState
from marketplace_core.payments.claims import ClaimState, ListClaims
from tests.entrypoints.web.claiming import (
    PLACE,
    a_photo,
    arrived,
    held,
    keyed,
    newest,
    opened,
    send_claim,
    send_photos,
)
from tests.entrypoints.web.console import operator
from tests.entrypoints.web.paying import ordered
from tests.entrypoints.web.street import ADA, ANN, Street


async def test_a_buyer_opens_a_claim_and_sees_what_silence_will_do(street: Street) -> None:
    hold, ann = await arrived(street), await street.signed_in(ANN)
    form = f"/orders/{hold.order_id}/parcels/{hold.seller_order_id}/claim"

    order, blank = await ann.see(f"/orders/{hold.order_id}"), await ann.see(form)
    answer = await send_claim(ann, hold)
    await street.settle()
    view = await newest(street)
    page = await ann.see(answer.leads_to)
    after, listed = await ann.see(f"/orders/{hold.order_id}"), await ann.see("/claims")

    assert form in order.links
    assert "Guitar [/b] with brackets" in blank.words
    assert "At most €" in blank.words
    assert answer.leads_to == f"/claims/{view.claim_id}"
    assert "Your claim is open, and the shop is told." in page.words
    assert "The shop has until" in page.words
    assert f"If it is silent, {amount(view.wanted.amount.amount_minor)} goes back to you by itself." in page.words
    assert "You Claim over" in page.words
    assert "It is <b>chipped</b>." in page.words
    assert "<b>chipped" not in page.html
    assert "<script>alert" not in page.html
    assert answer.leads_to in after.links
    assert form not in after.links
    assert "Your claim is open. Until it is closed," in after.words
    assert answer.leads_to in listed.links
    assert (await held(street, hold.seller_order_id)).state is HoldState.FROZEN


async def test_a_buyer_who_has_a_shop_sees_what_they_opened_themselves(street: Street) -> None:
    _, view = await opened(street, ann := await street.signed_in(ANN))
    market = street.opened.market
    by = await market.ask(IdentifyUser(user=ANN), by=SYSTEM)
    await market.execute(OpenShop(name="Ann's", slug="anns", country="DK"), by=by)
    ada = await street.signed_in(ADA)

    bought, sold = await ann.see("/claims"), await ada.see("/claims")

    assert f"/claims/{view.claim_id}" in bought.links
    assert view.claim_id not in sold.html


def amount(minor: int) -> str:
    """Write an amount as the pages do in English."""
    return f"€{minor / 100:,.2f}"


async def test_a_form_that_makes_no_sense_is_shown_again_with_what_was_typed(street: Street) -> None:
    hold, ann = await arrived(street), await street.signed_in(ANN)

    for wrong, said in (
        ({"kind": "ugly"}, "Please fill this in."),
        ({"text": " "}, "Please fill this in."),
        ({f"units-{street.shop.offers[0]}": "many"}, "This is not a whole number."),
        ({f"units-{street.shop.offers[0]}": "0"}, "At least one thing is wrong"),
        ({f"units-{street.shop.offers[0]}": "3"}, "A claim is about goods of the order"),
        ({"text": "x" * 2_001}, "A claim is about goods of the order"),
    ):
        page = await send_claim(ann, hold, **wrong)
        assert (page.status, said in page.words) == (422, True), wrong
        assert "<script>alert" not in page.html
    assert (await street.opened.market.ask(ListClaims(), by=SYSTEM)).items == ()


async def test_sent_twice_it_is_one_claim_and_a_second_form_leads_to_it(street: Street) -> None:
    hold, ann = await arrived(street), await street.signed_in(ANN)
    form = keyed(kind="damaged", text="Chipped.")

    first = await send_claim(ann, hold, **form)
    again = await send_claim(ann, hold, **form)
    other_tab = await send_claim(ann, hold, text="Once more.")
    form_page = await ann.see(f"/orders/{hold.order_id}/parcels/{hold.seller_order_id}/claim")

    assert first.leads_to == again.leads_to == other_tab.leads_to
    assert len((await street.opened.market.ask(ListClaims(), by=SYSTEM)).items) == 1
    assert "There is an open claim about this parcel already." in form_page.words
    assert first.leads_to in form_page.links
    assert form_page.forms == ("/search", "/preferences")


async def test_what_has_not_arrived_is_claimed_once_it_should_have_and_not_too_late(street: Street) -> None:
    part = await ordered(street)
    hold, ann = await held(street, part), await street.signed_in(ANN)
    form = f"/orders/{hold.order_id}/parcels/{part}/claim"

    order, early = await ann.see(f"/orders/{hold.order_id}"), await ann.see(form)
    sent = await send_claim(ann, hold, kind="not_received")

    assert form not in order.links
    assert "If it has not arrived by" in order.words
    assert "It may still arrive. If it does not, you can open a claim from" in early.words
    assert (sent.status, "It may still arrive." in sent.words) == (409, True)


async def test_what_arrived_too_long_ago_is_not_claimed_any_more(street: Street) -> None:
    hold = await arrived(street)
    form = f"/orders/{hold.order_id}/parcels/{hold.seller_order_id}/claim"
    await street.pass_time(14 * 24 + 1)
    ann = await street.signed_in(ANN)

    order, late, sent = await ann.see(f"/orders/{hold.order_id}"), await ann.see(form), await send_claim(ann, hold)

    assert form not in order.links
    assert "The time for claims about this parcel ended on" in late.words
    assert (sent.status, "The time for claims about this parcel ended on" in sent.words) == (409, True)


async def test_an_offer_is_made_refused_bettered_and_taken(street: Street) -> None:
    ann, ada = await street.signed_in(ANN), await street.signed_in(ADA)
    hold, view = await opened(street, ann)
    desk, own = f"/studio/claims/{view.claim_id}", f"/claims/{view.claim_id}"

    studio, listed, order = (
        await ada.see("/studio"),
        await ada.see("/studio/claims"),
        await ada.see(f"/studio/orders/{hold.seller_order_id}"),
    )
    todo = await ada.see(desk)
    vague = await ada.send(f"{desk}/answer", keyed(answer="offer", **{"text-offer": "Half?"}))
    much = await ada.send(f"{desk}/answer", keyed(answer="offer", items="999", **{"text-offer": "All?"}))
    mute = await ada.send(f"{desk}/answer", keyed(answer="contest"))
    offer = keyed(answer="offer", items="4,00", **{"text-offer": "Four <i>back</i>?"})
    offered = await ada.send(f"{desk}/answer", offer, follow=True)
    twice = await ada.send(f"{desk}/answer", offer, follow=True)
    stale = await ann.see(own)
    await ann.send(f"{own}/messages", keyed(text="That is not enough."))
    better = await ada.send(f"{desk}/answer", keyed(answer="offer", items="6", **{"text-offer": "Six?"}), follow=True)
    outdated = await ann.send(f"{own}/acceptance", {"offered": stale.value("offered")})
    fresh = await ann.see(own)
    taken = await ann.send(f"{own}/acceptance", {"offered": fresh.value("offered")}, follow=True)
    late = await ann.send(f"{own}/acceptance", {"offered": fresh.value("offered")})
    await street.settle()
    done, order_page = await ann.see(own), await ann.see(f"/orders/{hold.order_id}")

    assert "1 claim to answer" in studio.words
    assert desk in listed.links
    assert desk in order.links
    assert "Answer by" in todo.words
    assert "goes back to the buyer by itself." in todo.words
    assert (vague.status, much.status, mute.status) == (422, 422, 422)
    assert "Please fill this in." in mute.words
    assert "Your offer is with the buyer." in offered.words
    assert "You Offer of €4.00" in twice.words
    assert twice.words.count("Offer of €4.00") == 1
    assert "Four <i>back</i>?" in stale.words
    assert "<i>back" not in stale.html
    assert "Ada's offers you €4.00" in stale.words
    assert "We decide by" in stale.words
    assert "Offer of €6.00" in better.words
    assert "That is not enough." in better.words
    assert (outdated.status, "moved on meanwhile" in outdated.words) == (422, True)
    assert "Ada's offers you €6.00" in fresh.words
    assert "Taken. The money goes back to you." in taken.words
    assert late.status == 422
    assert "You Offer taken: €6.00 goes back" in done.words
    assert "€6.00 goes back to you." in done.words
    assert f"{own}/messages" not in done.forms
    assert "€6.00 went back the way you paid." in order_page.words
    assert (await newest(street)).state is ClaimState.RESOLVED_PARTIAL


async def test_a_shop_agrees_and_all_of_it_goes_back(street: Street) -> None:
    ann, ada = await street.signed_in(ANN), await street.signed_in(ADA)
    _, view = await opened(street, ann)
    desk = f"/studio/claims/{view.claim_id}"

    agreed = await ada.send(f"{desk}/answer", keyed(answer="agree", **{"text-agree": "Sorry."}), follow=True)
    again = await ada.send(f"{desk}/answer", keyed(answer="agree", **{"text-agree": "Sorry."}))
    closed = await ada.see("/studio/claims?state=closed")
    open_ones = await ada.see("/studio/claims?state=awaiting_seller")

    assert "Agreed. The money goes back to the buyer." in agreed.words
    assert f"Agreement: {amount(view.wanted.amount.amount_minor)} goes back" in agreed.words
    assert again.status == 422
    assert desk in closed.links
    assert desk not in open_ones.links


async def test_an_operator_reads_all_of_it_and_decides_with_a_reason(street: Street) -> None:
    ann, ada, olga = await street.signed_in(ANN), await street.signed_in(ADA), await operator(street)
    hold, view = await opened(street, ann)
    desk, at = f"/studio/claims/{view.claim_id}", f"/console/claims/{view.claim_id}"

    waiting = await olga.see(at)
    early = await olga.send(f"{at}/decision", {"decision": "refund", "reason-refund": "Clear."})
    await ada.send(f"{desk}/answer", keyed(answer="contest", **{"text-contest": "It was whole."}))
    overview, listed = await olga.see("/console"), await olga.see("/console/claims?state=awaiting_operator")
    none, order = await olga.see("/console/claims?state=withdrawn"), await olga.see(f"/console/orders/{hold.order_id}")
    page = await olga.see(at)
    said = await olga.send(f"{at}/messages", keyed(text="Which cup?"), follow=True)
    mute = await olga.send(f"{at}/decision", {"decision": "release", "reason-release": " "})
    vague = await olga.send(f"{at}/decision", {"decision": "partial", "reason-partial": "Half."})
    much = await olga.send(f"{at}/decision", {"decision": "partial", "items": "999", "reason-partial": "All."})
    decision = {"decision": "partial", "items": "5", "reason-partial": "One of <b>two</b>."}
    decided = await olga.send(f"{at}/decision", decision, follow=True)
    twice = await olga.send(f"{at}/decision", decision)
    acts = await olga.see("/console/acts")
    buyers, shops = await ann.see(f"/claims/{view.claim_id}"), await ada.see(desk)

    assert "The shop has not answered yet." in waiting.words
    assert early.status == 422
    assert at in overview.links
    assert at in listed.links
    assert "No claim is in this state" in none.words
    assert at in order.links
    assert "The shop Objection" in page.words
    assert "It was whole." in page.words
    assert "Decide by" in page.words
    assert "You" in said.words
    assert "Which cup?" in said.words
    assert (mute.status, vague.status, much.status) == (422, 422, 422)
    assert "Decided. The buyer and the shop are told." in decided.words
    assert "You Decision: €5.00 goes back" in decided.words
    assert twice.status == 422
    assert "One of <b>two</b>." in acts.words
    for told in (buyers, shops):
        assert "The marketplace Decision: €5.00 goes back" in told.words
        assert "One of <b>two</b>." in told.words
        assert "<b>two" not in told.html
    assert (await newest(street)).state is ClaimState.RESOLVED_PARTIAL


async def test_a_claim_is_withdrawn_and_another_may_be_opened(street: Street) -> None:
    ann = await street.signed_in(ANN)
    hold, view = await opened(street, ann)
    own = f"/claims/{view.claim_id}"

    gone = await ann.send(f"{own}/withdrawal", follow=True)
    again = await ann.send(f"{own}/withdrawal")
    late = await ann.send(f"{own}/messages", keyed(text="Wait."))
    order = await ann.see(f"/orders/{hold.order_id}")

    assert "Your claim is withdrawn." in gone.words
    assert "You Claim withdrawn" in gone.words
    assert (again.status, late.status) == (422, 422)
    assert "moved on meanwhile" in again.words
    assert f"/orders/{hold.order_id}/parcels/{hold.seller_order_id}/claim" in order.links


async def test_silence_has_an_end_that_all_read(street: Street) -> None:
    _, view = await opened(street, await street.signed_in(ANN))

    await street.pass_time(73)
    ann, ada = await street.signed_in(ANN), await street.signed_in(ADA)
    buyers, shops = await ann.see(f"/claims/{view.claim_id}"), await ada.see(f"/studio/claims/{view.claim_id}")

    for told in (buyers, shops):
        assert f"By itself No answer in time: {amount(view.wanted.amount.amount_minor)} goes back" in told.words


async def test_photos_are_shown_to_those_concerned_without_their_place(street: Street) -> None:
    ann, ada, olga = await street.signed_in(ANN), await street.signed_in(ADA), await operator(street)
    _, view = await opened(street, ann)
    own, desk, at = f"/claims/{view.claim_id}", f"/studio/claims/{view.claim_id}", f"/console/claims/{view.claim_id}"

    added = await send_photos(ann, own, a_photo() + bytes(2 * 1024 * 1024), a_photo("green"), follow=True)
    again = await send_photos(ann, own, a_photo("green"), follow=True)
    await send_photos(ada, desk, a_photo("blue"))
    await send_photos(olga, at, a_photo("white"))
    none = await ann.send(f"{own}/photos")
    five = await send_photos(ann, own, *[a_photo(name) for name in ("black", "gray", "pink", "gold", "navy")])
    fake = await send_photos(ann, own, b"<svg onload='alert(1)'/>")
    photos = [f"{own}/photos/{photo.photo_id}" for photo in (await newest(street)).photos]
    pages = [await ann.see(own), await ada.see(desk), await olga.see(at)]

    assert "Added, without the place and time" in added.words
    assert len(re.findall("/photos/cph_", again.html)) == 4  # two photos, each linked and shown
    assert len(photos) == 4
    assert (none.status, "Please choose a file first." in none.words) == (422, True)
    assert (five.status, "At most four photos at a time" in five.words) == (422, True)
    assert (fake.status, "A photo is a JPEG, PNG or WebP" in fake.words) == (422, True)
    for page in pages:
        assert set(photos) <= set(page.links)
    for visitor in (ann, ada, olga):
        answer = (await visitor.see(photos[0])).answer
        assert (answer.status_code, answer.headers["content-type"]) == (200, "image/jpeg")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-security-policy"] == "default-src 'none'; style-src 'unsafe-inline'; sandbox"
        assert answer.headers["cache-control"] == "private, no-store"
        assert PLACE not in answer.content
    stranger = street.visitor()
    assert "/sign-in" in (await stranger.see(photos[0])).leads_to
    assert (await stranger.see(f"/media/files/claims/{view.claim_id}".lower().replace("_", "-"))).status == 404
    large = await send_photos(ann, own, bytes(37 * 1024 * 1024))
    assert large.status == 413


async def test_a_claim_of_others_is_not_found_and_everybody_is_led_to_their_own_page(street: Street) -> None:
    ann, ada, olga = await street.signed_in(ANN), await street.signed_in(ADA), await operator(street)
    hold, view = await opened(street, ann)
    await send_photos(ann, f"/claims/{view.claim_id}", a_photo())
    photo = f"/claims/{view.claim_id}/photos/{(await newest(street)).photos[0].photo_id}"
    mallory = street.visitor()
    form = {"name": "Mallory", "email": "mallory@example.com", "password": "correct horse battery"}
    assert (await mallory.send("/join", form)).status == 303
    own = f"/claims/{view.claim_id}"

    assert (await ada.see(own)).leads_to == f"/studio/claims/{view.claim_id}"
    assert (await olga.see(own)).leads_to == f"/console/claims/{view.claim_id}"
    assert "/sign-in" in (await street.visitor().see(own)).leads_to
    for path in (own, photo, f"/orders/{hold.order_id}/parcels/{hold.seller_order_id}/claim"):
        assert (await mallory.see(path)).status == 404
    for path in ("acceptance", "withdrawal", "messages", "photos"):
        for visitor in (mallory, ada, olga):
            assert (await visitor.send(f"{own}/{path}", keyed(text="Mine.", offered="1"))).status == 404
    assert (await send_claim(mallory, hold)).status == 404
    assert (await ann.see(f"/console/claims/{view.claim_id}")).status == 403
    assert (await ann.see(f"/studio/claims/{view.claim_id}")).leads_to == "/studio/open"
    for path in ("/claims/clm_none", "/claims/clm_none/photos/cph_none", f"{own}/photos/cph_none"):
        assert (await ann.see(path)).status == 404
    assert (await newest(street)).state is ClaimState.AWAITING_SELLER


async def test_the_links_in_the_mails_lead_to_the_claim(street: Street) -> None:
    ann, ada = await street.signed_in(ANN), await street.signed_in(ADA)
    _, view = await opened(street, ann)
    desk = f"/studio/claims/{view.claim_id}"
    await ada.send(f"{desk}/answer", keyed(answer="offer", items="4", **{"text-offer": "Four?"}))
    await street.settle()
    olga = await operator(street)
    mails = await olga.see("/console/mails")

    linked = set()
    for path in [link for link in mails.links if re.fullmatch(r"/console/mails/mail_\w+", link)]:
        mail = await olga.see(path)
        linked |= set(re.findall(r"http://passage\.example(/(?:studio/)?claims/\w+)", mail.html))
    assert linked == {desk, f"/claims/{view.claim_id}"}
    assert (await ada.see(desk)).status == 200
    assert "Ada's offers you €4.00" in (await ann.see(f"/claims/{view.claim_id}")).words


async def test_a_guests_link_leads_to_the_order_where_the_claim_is_not_theirs_to_see(street: Street) -> None:
    ann = await street.signed_in(ANN)
    hold, view = await opened(street, ann)
    link = f"/claims/{view.claim_id}?order={hold.order_id}&key=1.abc"

    elsewhere, own = await street.visitor().see(link), await ann.see(link)

    assert elsewhere.leads_to == f"/orders/{hold.order_id}?key=1.abc"
    assert own.status == 200
