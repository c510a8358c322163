"""Card disputes in the console and, as far as they concern a shop, in its studio."""

import hashlib
import json
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from marketplace_core.kernel.access import SYSTEM
from marketplace_core.kernel.ids import DisputeId, SellerOrderId
from marketplace_core.orders import MarkDelivered, ShipSellerOrder, ViewOrder, ViewSellerOrder
from marketplace_core.payments import ListDisputes, ViewTerms
from marketplace_entrypoints.composition.bootstrap import open_marketplace
from marketplace_entrypoints.evidence import evidence_pack
from tests.entrypoints.web.claiming import a_photo, opened, send_photos
from tests.entrypoints.web.console import WHY, operator
from tests.entrypoints.web.paying import ordered
from tests.entrypoints.web.street import ADA, ANN, Street

GUITAR = "Guitar [/b] with brackets"


async def disputed(street: Street, amount_minor: int = 500) -> tuple[SellerOrderId, str]:
    """Have Ada's parcel sent and delivered, and Ann's bank dispute some of what it cost."""
    part = await ordered(street)
    market = street.opened.market
    await market.execute(ShipSellerOrder(seller_order_id=part, carrier="Post <b>", tracking="PX1"), by=SYSTEM)
    await market.execute(MarkDelivered(seller_order_id=part), by=SYSTEM)
    view = await market.ask(ViewSellerOrder(seller_order_id=part), by=SYSTEM)
    order = await market.ask(ViewOrder(order_id=view.order_id), by=SYSTEM)
    assert order.payment is not None
    fields = {"payment": order.payment.provider_reference, "amount_minor": amount_minor, "item": part}
    await street.opened.adapters.payments.script.do("disputes", fields)
    await street.settle()
    (dispute,) = (await market.ask(ListDisputes(), by=SYSTEM)).items
    return part, dispute.dispute_id


async def test_a_dispute_is_found_from_everywhere_and_says_until_when_to_answer(street: Street) -> None:
    part, dispute_id = await disputed(street)
    olga, at = await operator(street), f"/console/disputes/{dispute_id}"

    overview, listed = await olga.see("/console"), await olga.see("/console/disputes?state=needs_response")
    none = await olga.see("/console/disputes?state=won")
    page = await olga.see(at)
    (order_path,) = {link for link in page.links if link.startswith("/console/orders/")}
    order = await olga.see(order_path)

    assert at in overview.links
    assert at in listed.links
    assert "No dispute is in this state" in none.words
    assert at in order.links
    assert "Answer by" in page.words
    assert "The cardholder did not pay this" in page.words
    assert f"/console/holds/{part}" in page.links
    assert "held: €5.00" in page.words
    assert f"1 x {GUITAR}" in page.words
    assert "Sent with Post <b>, PX1" in page.words
    assert "Post <b>" not in page.html


async def test_the_pack_has_everything_with_its_hashes_and_is_the_same_twice(street: Street) -> None:
    _, dispute_id = await disputed(street)
    olga, at = await operator(street), f"/console/disputes/{dispute_id}"

    page = await olga.see(at)
    first, again = [(await olga.see(f"{at}/evidence.zip")).answer for _ in range(2)]

    assert first.headers["content-type"] == "application/zip"
    assert first.headers["content-disposition"] == f'attachment; filename="evidence-{dispute_id}.zip"'
    assert first.content == again.content
    with ZipFile(BytesIO(first.content)) as archive:
        names = archive.namelist()
        lines = [line.split("  ") for line in archive.read("SHA256SUMS").decode().splitlines()]
        sums = {name: digest for digest, name in lines}
        found = {name: archive.read(name) for name in names if name != "SHA256SUMS"}
    assert sorted(sums) == ["dispute.json", "messages.json", "order.json", "parcels.json", "terms.json"]
    assert {name: hashlib.sha256(content).hexdigest() for name, content in found.items()} == sums
    assert all(digest in page.words for digest in sums.values())
    mails = json.loads(found["messages.json"])["mails"]
    assert {mail["about"] for mail in mails} == {"order_confirmation", "shipped"}
    assert json.loads(found["parcels.json"])[0]["sent"][0]["tracking"] == "PX1"
    assert json.loads(found["order.json"])["seller_orders"][0]["lines"][0]["title"] == GUITAR
    assert b"client_secret" not in b"".join(found.values())


async def test_the_pack_has_the_terms_that_were_agreed_whatever_holds_today(street: Street, tmp_path: Path) -> None:
    _, dispute_id = await disputed(street)
    terms = tmp_path / "terms.toml"
    terms.write_text('version = "2027-1"\ncommission_bps = 2500\nclaim_window = "P3D"\n', encoding="utf-8")

    later = street.opened.settings.model_copy(update={"policy": terms})
    async with open_marketplace(later) as opened:
        today = await opened.market.ask(ViewTerms(), by=SYSTEM)
        pack = await evidence_pack(opened.market, DisputeId(dispute_id), SYSTEM)

    (said,) = (json.loads(document.content) for document in pack.documents if document.name == "terms.json")
    (part,) = said["parts"]
    assert (today.version, today.commission_bps) == ("2027-1", 2_500)
    assert (part["terms"]["policy_version"], part["terms"]["commission_bps"]) == ("2026-1", 1_000)
    assert part["terms"]["rules"]["claim_window"] == "P14D"
    assert part["held"]["share"]["amount_minor"] == 1_490
    assert "2027-1" not in json.dumps(said)


async def test_the_pack_shows_what_was_shown_in_claims(street: Street) -> None:
    ann, olga = await street.signed_in(ANN), await operator(street)
    hold, claim = await opened(street, ann)
    await send_photos(ann, f"/claims/{claim.claim_id}", a_photo(), a_photo("green"))
    order = await street.opened.market.ask(ViewOrder(order_id=hold.order_id), by=SYSTEM)
    assert order.payment is not None
    fields = {"payment": order.payment.provider_reference, "amount_minor": 500, "item": hold.seller_order_id}
    await street.opened.adapters.payments.script.do("disputes", fields)
    await street.settle()
    (dispute,) = (await street.opened.market.ask(ListDisputes(), by=SYSTEM)).items

    packed = (await olga.see(f"/console/disputes/{dispute.dispute_id}/evidence.zip")).answer
    told = await ann.see(f"/claims/{claim.claim_id}")

    with ZipFile(BytesIO(packed.content)) as archive:
        photos = {name: archive.read(name) for name in archive.namelist() if name.startswith("photos/")}
        sums, messages = archive.read("SHA256SUMS").decode(), json.loads(archive.read("messages.json"))
    (kept,) = messages["claims"]
    assert {hashlib.sha256(content).hexdigest() for content in photos.values()} == {
        photo["sha256"] for photo in kept["photos"]
    }
    assert sorted(photos) == [f"photos/{photo['photo_id']}.jpg" for photo in kept["photos"]]
    assert all(photo["sha256"] in sums for photo in kept["photos"])
    assert "The buyer's bank The payment was disputed at the bank; the card network decides now" in told.words


async def test_it_is_contested_once_and_can_be_won(street: Street) -> None:
    part, dispute_id = await disputed(street)
    olga, ada, at = await operator(street), await street.signed_in(ADA), f"/console/disputes/{dispute_id}"

    mute = await olga.send(f"{at}/evidence", {"shipping": "  "})
    answered = await olga.send(f"{at}/evidence", {"shipping": "It came."}, follow=True)
    twice = await olga.send(f"{at}/evidence", {"shipping": "It came."}, follow=True)
    other = await olga.send(f"{at}/evidence", {"shipping": "It was lost."})
    waiting = await ada.see(f"/studio/orders/{part}")
    (dispute,) = await street.opened.adapters.payments.disputes.of_payment(await paid_with(street, part))
    await street.opened.adapters.payments.script.do(f"disputes/{dispute.reference}/advance", {"status": "won"})
    await street.settle()
    won = await ada.see(f"/studio/orders/{part}")

    assert (mute.status, "Say something before you hand it in" in mute.words) == (422, True)
    assert "Handed in. Now the card network decides." in answered.words
    assert "Handed in. Now the card network decides." in twice.words
    assert other.status == 409
    assert "The card network decides" in waiting.words
    assert "this money is set apart" in waiting.words
    assert "It was decided for you: the money is back where it was." in won.words


async def paid_with(street: Street, part: SellerOrderId) -> str:
    """Return the provider's name of the payment of a part's order."""
    market = street.opened.market
    view = await market.ask(ViewSellerOrder(seller_order_id=part), by=SYSTEM)
    step = (await market.ask(ViewOrder(order_id=view.order_id), by=SYSTEM)).payment
    assert step is not None
    return str(step.provider_reference)


async def test_it_is_given_up_and_the_shop_sees_what_that_means(street: Street) -> None:
    part, dispute_id = await disputed(street)
    olga, ada, at = await operator(street), await street.signed_in(ADA), f"/console/disputes/{dispute_id}"

    taken = await ada.see(f"/studio/orders/{part}")
    given_up = await olga.send(f"{at}/acceptance", WHY, follow=True)
    await street.settle()
    lost = await ada.see(f"/studio/orders/{part}")
    mails = await olga.see("/console/mails")

    assert "The buyer's bank took €5.00 back" in taken.words
    assert "Given up: the buyer keeps the money." in given_up.words
    assert "Contest it" not in given_up.words
    assert "It is taken of what was held for this order." in lost.words
    assert "The dispute is lost: €5.00 stays with the buyer" in mails.words
    assert "A buyer's bank has taken €5.00 back" in mails.words


async def test_nobody_but_operators_sees_disputes(street: Street) -> None:
    _, dispute_id = await disputed(street)
    ann, stranger, at = await street.signed_in(ANN), street.visitor(), f"/console/disputes/{dispute_id}"

    for path in ("/console/disputes", at, f"{at}/evidence.zip"):
        assert (await ann.see(path)).status in {403, 404}
        assert (await stranger.see(path)).status == 303
    olga = await operator(street)
    assert (await olga.see("/console/disputes/dsp_none")).status == 404
