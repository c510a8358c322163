"""Steps about imports, videos and landing pages."""

from pathlib import Path
from typing import Final

from pytest_bdd import given, parsers, step, then, when

from features.steps.world import World

DATA: Final = Path(__file__).parent.parent / "data"


def _import(world: World, shop: str, name: str, *, dry_run: bool) -> None:
    world.imported = world.driver.import_catalog(shop, (DATA / name).read_bytes(), dry_run=dry_run)


@step(parsers.parse('"{shop}" imports "{name}"'))
def imports(world: World, shop: str, name: str) -> None:
    world.attempt(lambda: _import(world, shop, name, dry_run=False))


@when(parsers.parse('"{shop}" tries out the import of "{name}"'))
def tries_import(world: World, shop: str, name: str) -> None:
    world.attempt(lambda: _import(world, shop, name, dry_run=True))


@then(parsers.re(r"the import (would create|created) (?P<products>\d+) products with (?P<variants>\d+) variants"))
def import_created(world: World, products: str, variants: str) -> None:
    world.nothing_refused()
    assert world.imported is not None
    assert (world.imported.products_created, world.imported.variants_created) == (int(products), int(variants))
    assert world.imported.errors == ()


@then("the import changed nothing")
def import_changed_nothing(world: World) -> None:
    world.nothing_refused()
    assert world.imported is not None
    assert (world.imported.products_created, world.imported.products_changed) == (0, 0)
    assert world.imported.products_unchanged == 20


@then(parsers.parse("the import names line {line:d} because of its {word}"))
def import_names_line(world: World, line: int, word: str) -> None:
    world.nothing_refused()
    assert world.imported is not None
    reasons = [reason for at, reason in world.imported.errors if at == line]
    assert any(
        {"price": "price", "stock": "inventory", "quotes": "quotation"}[word] in reason.lower() for reason in reasons
    ), world.imported.errors


@step(parsers.re(r'"(?P<shop>[^"]+)" uploads the (clip|file) "(?P<name>[^"]+)" for "(?P<title>[^"]+)"'))
def uploads(world: World, shop: str, name: str, title: str, clips: Path) -> None:
    content = (clips / name).read_bytes()
    world.driver.upload_video(shop, title, content, filename=name, content_type="video/mp4")


@step(parsers.parse('the video of "{title}" becomes "{state}"'))
def video_becomes(world: World, title: str, state: str, _shop: str) -> None:
    assert world.driver.video(_shop, title).state == state


@then("it has three renditions, a poster and a storyboard")
def has_renditions(world: World, _shop: str) -> None:
    video = world.driver.video(_shop, "Blue Cup")
    assert (video.renditions, video.has_poster, video.has_storyboard) == (3, True, True)


@then(parsers.parse('the reason is "{reason}"'))
def reason_is(world: World, reason: str, _shop: str) -> None:
    assert world.driver.video(_shop, "Blue Cup").reason_code == reason


@then(parsers.parse('the product page of "{title}" offers it'))
def product_offers(world: World, title: str) -> None:
    assert world.driver.product_offers_video(title)


@when(parsers.parse('"{shop}" asks to upload "{name}" of type "{content_type}" for "{title}"'))
def asks_to_upload(world: World, shop: str, name: str, content_type: str, title: str) -> None:
    world.attempt(lambda: world.driver.upload_video(shop, title, b"%PDF-1.7", filename=name, content_type=content_type))


@given(parsers.parse('"{shop}" has a video that is ready'))
def has_ready_video(world: World, shop: str, clips: Path) -> None:
    world.driver.upload_video(
        shop, "Blue Cup", (clips / "cup.mp4").read_bytes(), filename="cup.mp4", content_type="video/mp4"
    )
    assert world.driver.video(shop, "Blue Cup").state == "ready"
    world.video_titles[shop] = "Blue Cup"


@given(parsers.parse('"{shop}" has a video that failed'))
def has_failed_video(world: World, shop: str, clips: Path) -> None:
    content = (clips / "garbage.mp4").read_bytes()
    world.driver.upload_video(shop, "Cracked Bowl", content, filename="garbage.mp4", content_type="video/mp4")
    assert world.driver.video(shop, "Cracked Bowl").state == "failed"
    world.failed_video_titles[shop] = "Cracked Bowl"


def _draft(world: World, shop: str, *, headline: str, video_of: str, title: str, link: str) -> None:
    world.attempt(
        lambda: world.driver.draft_page(shop, headline=headline, video_of=video_of, products=[title], link=link)
    )


@when(parsers.parse('"{shop}" drafts a page with its video, "{title}" and the link "{link}"'))
def drafts(world: World, shop: str, title: str, link: str) -> None:
    _draft(world, shop, headline="Cups from our kiln", video_of=world.video_titles[shop], title=title, link=link)


@when(parsers.parse('"{shop}" drafts a page with its failed video, "{title}" and the link "{link}"'))
def drafts_failed(world: World, shop: str, title: str, link: str) -> None:
    _draft(world, shop, headline="Cups from our kiln", video_of=world.failed_video_titles[shop], title=title, link=link)


@when(parsers.parse('"{shop}" drafts a page with the headline "{headline}"'))
def drafts_headline(world: World, shop: str, headline: str) -> None:
    _draft(world, shop, headline=headline, video_of=world.video_titles[shop], title="Blue Cup", link="/search")


@given(parsers.parse('"{shop}" has published a page with "{title}"'))
def has_published(world: World, shop: str, title: str) -> None:
    _draft(world, shop, headline="Cups from our kiln", video_of=world.video_titles[shop], title=title, link="/search")
    world.nothing_refused()
    world.driver.publish_page(shop)


@when(parsers.parse('"{shop}" publishes the page'))
def publishes_page(world: World, shop: str) -> None:
    world.attempt(lambda: world.driver.publish_page(shop))


@then(parsers.parse('the page of "{shop}" cannot be seen'))
def page_unseen(world: World, shop: str) -> None:
    world.attempt(lambda: world.driver.page_text(shop))
    assert world.expect_refusal().code == "landing.not_found"


@then(parsers.parse('the page of "{shop}" shows "{text}"'))
def page_shows(world: World, shop: str, text: str) -> None:
    world.nothing_refused()
    assert text in world.driver.page_text(shop)


@then(parsers.parse('the page of "{shop}" does not say "{text}"'))
def page_does_not_say(world: World, shop: str, text: str) -> None:
    world.nothing_refused()
    assert text not in world.driver.page_text(shop)


@then(parsers.parse('the refusal names the video and "{title}"'))
def refusal_names(world: World, title: str) -> None:
    assert world.refusal is None, "judge the code first"
    assert "video" in world.last_text
    assert world.driver.reference(title) in world.last_text
