"""The console: who comes in, what waits, and shops that are let in and out."""

from marketplace_adapters.sqlalchemy.engine import counted
from marketplace_core.identity import IdentifyUser, OpenShop, RegisterUser, SellerStatus, ViewSeller
from marketplace_core.kernel.access import SYSTEM
from marketplace_entrypoints.web.console.routes import PAGES
from tests.entrypoints.web.console import HOSTILE, operator
from tests.entrypoints.web.street import ADA, ANN, PASSWORD, Street

BOB = "bob@example.com"


async def test_nobody_but_operators_comes_in_by_any_door(street: Street) -> None:
    nobody, ann, ada = street.visitor(), await street.signed_in(ANN), await street.signed_in(ADA)

    for page in PAGES:
        path = page.path.replace("{", "").replace("}", "")
        strange = await (nobody.see(path) if page.methods == ("GET",) else nobody.send(path))
        assert strange.leads_to.startswith("/sign-in?next="), page.path
        for somebody in (ann, ada):
            refused = await (somebody.see(path) if page.methods == ("GET",) else somebody.send(path))
            assert refused.status == 403, page.path
    assert "/console" not in (await ada.see("/")).links


async def test_the_overview_says_what_waits_and_that_the_books_balance(street: Street) -> None:
    olga = await operator(street)
    quiet = await olga.see("/console")
    await _applied(street, HOSTILE)

    with counted() as asked:
        page = await olga.see("/console")

    assert "Nobody waits to sell." in quiet.words
    assert "The books balance." in page.words
    assert HOSTILE in page.words
    assert "<script>alert" not in page.html
    assert 'href="/console" aria-current="page"' in page.html
    assert asked.statements <= 30


async def test_a_shop_is_approved_suspended_for_a_reason_and_reinstated(street: Street) -> None:
    seller_id, olga = await _applied(street, "Bob's"), await operator(street)
    at = f"/console/shops/{seller_id}"

    listed = await olga.see("/console/shops?status=applied")
    approved = await olga.send(f"{at}/approval")
    unsaid = await olga.send(f"{at}/suspension", {"reason": " "})
    suspended = await olga.send(f"{at}/suspension", {"reason": HOSTILE})
    seen = await olga.see(at)
    closed = await street.visitor().see("/shops/bobs")
    reinstated = await olga.send(f"{at}/reinstatement", follow=True)

    assert at in listed.links
    assert "/console/shops/" + street.shop.seller_id not in listed.links
    assert (approved.status, approved.leads_to) == (303, at)
    assert unsaid.status == 422
    assert 'id="reason-error"' in unsaid.html
    assert suspended.leads_to == at
    assert HOSTILE in seen.words
    assert "<script>alert" not in seen.html
    assert "Suspended" in seen.words
    assert closed.status == 404
    assert "The shop sells again." in reinstated.words
    seller = await street.opened.market.ask(ViewSeller(seller=seller_id), by=SYSTEM)
    assert seller.status is SellerStatus.ACTIVE


async def test_a_step_that_a_shop_cannot_take_is_refused_where_the_operator_stands(street: Street) -> None:
    seller_id, olga = await _applied(street, "Bob's"), await operator(street)

    refused = await olga.send(f"/console/shops/{seller_id}/reinstatement")
    unknown = await olga.send("/console/shops/sel_none/approval")
    nonsense = await olga.see("/console/shops?status=lovely")

    assert refused.status == 409
    assert "Waiting for approval" in refused.words
    assert 'role="alert"' in refused.html
    assert (unknown.status, nonsense.status) == (404, 200)


async def _applied(street: Street, name: str) -> str:
    market = street.opened.market
    await market.execute(RegisterUser(email=BOB, password=PASSWORD, name="Bob"), by=SYSTEM)
    bob = await market.ask(IdentifyUser(user=BOB), by=SYSTEM)
    opened = await market.execute(OpenShop(name=name, slug="bobs", country="DK"), by=bob)
    await street.opened.dispatcher.settle()
    return opened.seller_id
