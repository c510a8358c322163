"""Videos and pictures in the studio: on their way in, while they are made, and when they fail."""

import json

import pytest

from marketplace_core.kernel.ids import VideoId
from marketplace_core.testing.conformance.video import a_video
from marketplace_core.video import VideoState
from marketplace_entrypoints.http.app import create_app
from marketplace_entrypoints.http.routes import ROUTERS
from marketplace_entrypoints.web.app import create_pages
from marketplace_entrypoints.web.routes import PAGES
from marketplace_entrypoints.web.studio.rooms import room
from marketplace_entrypoints.web.studio.watching import SETTLED, Look, Pace, Watching, told
from tests.entrypoints.web.street import ADA, ANN, Street, Visitor

ANNS = {"name": "Ann's pots", "slug": "anns", "country": "DE", "currency": "EUR"}
SCRIPT = {"accept": "application/json"}
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc000000301010018dd8db0"
    "0000000049454e44ae426082"
)
HASTE = Pace(look_seconds=0, silence_seconds=0, life_seconds=0.2)


async def failed(street: Street, number: int, code: str) -> VideoId:
    """Let a video of Ada's have failed."""
    video = a_video(number, seller=street.shop.seller_id, subject=f"product:{street.shop.products[0]}")
    video.confirm_upload(video.requested_at)
    video.fail(code, "The engine's own words.")
    async with street.opened.adapters.persistence.begin_video() as work:
        await work.videos.save(video)
    return video.video_id


def slot_for(street: Street, **changed: object) -> dict[str, str]:
    """Return how a script announces a file."""
    fields = {"subject": f"shop:{street.shop.seller_id}", "filename": "a <b>film</b>.mp4", "content_type": "video/mp4"}
    return {name: str(value) for name, value in {**fields, "upload_bytes": 9, **changed}.items()}


async def put(visitor: Visitor, slot: dict[str, object], content: bytes) -> int:
    answer = await visitor.client.put(str(slot["url"]), content=content, headers=dict(slot["headers"]))  # type: ignore[call-overload]
    return answer.status_code


async def test_a_script_announces_sends_and_confirms_a_film_of_the_shop(street: Street) -> None:
    ada = await street.signed_in(ADA)

    announced = await ada.send("/studio/videos/slots", slot_for(street), headers=SCRIPT)
    slot = json.loads(announced.html)
    early = await ada.send(slot["confirm"], headers=SCRIPT)
    arrived = await put(ada, slot, b"\0\0\0\x18ftypm")
    row = await ada.send(slot["confirm"], headers=SCRIPT)
    listed = await ada.see("/studio/videos")

    assert slot["url"].startswith("/v1/uploads/")
    assert (early.status, json.loads(early.html)["sentence"]) == (
        409,
        "The file has not arrived. Please send it again.",
    )
    assert arrived == 201
    assert "Received, in the queue" in row.words
    assert "data-under-way" in row.html
    assert "Film of the shop" in row.words
    assert "<b>film" not in listed.html


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"content_type": "text/html"}, "This is not a video we can take"),
        ({"upload_bytes": 3 * 1024**3}, "at most 2 GB"),
        ({"subject": "product:prd_none"}, "not in your shop"),
        ({"subject": "shop:sel_none"}, "not in your shop"),
    ],
)
async def test_a_file_that_cannot_be_taken_is_refused_in_a_sentence(
    street: Street, changed: dict[str, object], said: str
) -> None:
    ada = await street.signed_in(ADA)

    refused = await ada.send("/studio/videos/slots", slot_for(street, **changed), headers=SCRIPT)

    assert refused.status in {404, 422}
    assert said in json.loads(refused.html)["sentence"]


async def test_a_file_that_was_cancelled_is_awaited_no_longer_and_one_that_arrived_stays(street: Street) -> None:
    ada = await street.signed_in(ADA)
    given_up, kept = [
        json.loads((await ada.send("/studio/videos/slots", slot_for(street, filename=name), headers=SCRIPT)).html)
        for name in ("given-up.mp4", "kept.mp4")
    ]
    await put(ada, kept, b"\0\0\0\x18ftypm")
    await ada.send(kept["confirm"], headers=SCRIPT)

    answers = [await ada.send(slot["abandon"], headers=SCRIPT) for slot in (given_up, kept)]
    listed = await ada.see("/studio/videos")

    assert [answer.status for answer in answers] == [200, 200]
    assert "given-up.mp4" not in listed.words
    assert "kept.mp4" in listed.words


async def test_without_scripts_a_small_file_goes_by_a_plain_form(street: Street) -> None:
    ada = await street.signed_in(ADA)
    subject = {"subject": f"product:{street.shop.products[0]}"}

    sent = await ada.send("/studio/videos", subject, files={"video": ("drum.webm", b"some", "video/webm")}, follow=True)
    none = await ada.send("/studio/videos", subject, files={"video": ("", b"", "application/octet-stream")})
    page = await ada.send("/studio/videos", subject, files={"video": ("page.html", b"<html>", "text/html")})

    assert "The file has arrived" in sent.words
    assert "drum.webm" in sent.words
    assert (none.status, page.status) == (422, 422)
    assert "Please choose a file first" in none.words


async def test_a_failed_video_says_why_and_what_to_do_next(street: Street) -> None:
    ada = await street.signed_in(ADA)
    known, unknown = await failed(street, 11, "no_video_track"), await failed(street, 12, "brand_new")

    listed, one = await ada.see("/studio/videos?state=failed"), await ada.see(f"/studio/videos/{known}")
    other, todo = await ada.see(f"/studio/videos/{unknown}"), await ada.see("/studio")
    deleted = await ada.send(f"/studio/videos/{known}/deletion", follow=True)

    assert "The file has sound but no picture. Choose a file with a picture in it." in listed.words
    assert "Upload another file" in one.words
    assert "The engine's own words." in other.words
    assert "2 videos failed" in todo.words
    assert "The video is deleted" in deleted.words
    assert f"/studio/videos/{known}" not in deleted.links


async def test_the_state_of_videos_is_told_as_events_that_end_when_nothing_is_under_way(street: Street) -> None:
    ada = await street.signed_in(ADA)
    await failed(street, 11, "damaged")

    stream = await ada.client.get("/studio/videos/events", headers={"accept-encoding": "gzip"})

    events = [json.loads(line[6:]) for line in stream.text.splitlines() if line.startswith('data: {"video')]
    assert stream.headers["content-type"].startswith("text/event-stream")
    assert "content-encoding" not in stream.headers
    assert {event["state"] for event in events} == {"ready", "failed"}
    assert "The file is damaged. Export it again and upload the new file." in {event["reason"] for event in events}
    assert stream.text.endswith(SETTLED)


async def test_only_what_changed_is_told_silence_is_broken_and_time_is_up() -> None:
    looks = [Look({"v": {"n": 1}}, True), Look({"v": {"n": 1}}, True), Look({"v": {"n": 2}}, True)]

    async def look() -> Look:
        return looks.pop(0) if len(looks) > 1 else looks[0]

    async def stays() -> bool:
        return False

    async def leaves() -> bool:
        return True

    told_all = [piece async for piece in told(look, stays, HASTE)]
    told_once = [piece async for piece in told(look, leaves, Pace())]

    assert [piece for piece in told_all if piece.startswith("event")] == [
        'event: video\ndata: {"n": 1}\n\n',
        'event: video\ndata: {"n": 2}\n\n',
    ]
    assert ": still here\n\n" in told_all
    assert len(told_once) == 2


async def test_a_few_pages_of_an_account_may_listen_and_no_more(street: Street) -> None:
    closed = room("/studio/videos/events", Watching(streams_max=0).events)
    pages = create_pages(street.opened, (closed, *PAGES))
    crowded = Street(street.opened, street.shop, create_app(street.opened, routers=ROUTERS, pages=pages))
    ada = await crowded.signed_in(ADA)

    refused = await ada.see("/studio/videos/events")

    assert refused.status == 429


async def test_pictures_come_by_script_and_by_plain_form_and_go_again(street: Street) -> None:
    ada = await street.signed_in(ADA)
    path = f"/studio/products/{street.shop.products[0]}"

    announced = await ada.send(
        f"{path}/pictures/slots", {"content_type": "image/png", "upload_bytes": str(len(PIXEL))}, headers=SCRIPT
    )
    slot = json.loads(announced.html)
    await put(ada, slot, PIXEL)
    shown = await ada.send(slot["confirm"], headers=SCRIPT)
    plain = await ada.send(f"{path}/pictures", files={"picture": ("a.png", PIXEL, "image/png")}, follow=True)
    image = slot["confirm"].split("/")[-2]
    removed = await ada.send(f"{path}/pictures/{image}/removal", follow=True)

    assert "/media/files/images/" in shown.html
    assert "The picture is there" in plain.words
    assert "The picture is gone" in removed.words
    assert image not in removed.html


async def test_what_is_no_picture_is_refused_in_a_sentence(street: Street) -> None:
    ada = await street.signed_in(ADA)
    path = f"/studio/products/{street.shop.products[0]}"

    text = await ada.send(f"{path}/pictures", files={"picture": ("a.txt", b"hello", "text/plain")})
    lying = await ada.send(f"{path}/pictures", files={"picture": ("a.png", b"<svg onload=alert(1)>", "image/png")})
    large = await ada.send(
        f"{path}/pictures/slots", {"content_type": "image/png", "upload_bytes": str(11 << 20)}, headers=SCRIPT
    )

    assert (text.status, lying.status, large.status) == (422, 422, 422)
    assert "A picture is a JPEG, PNG or WebP file of at most 10 MB" in text.words
    assert "thrown away" in lying.words
    assert "at most 10 MB" in json.loads(large.html)["sentence"]


async def test_another_shops_video_does_not_exist_here(street: Street) -> None:
    ann = await street.signed_in(ANN)
    await ann.send("/studio/open", ANNS)
    theirs, hidden = street.shop.video_id, await failed(street, 11, "damaged")

    seen = [await ann.see(f"/studio/videos/{video}{rest}") for video in (theirs, hidden) for rest in ("", "/row")]
    sent = [
        await ann.send(f"/studio/videos/{video}/{rest}")
        for video in (theirs, hidden)
        for rest in ("deletion", "confirmation")
    ]
    subject = await ann.send("/studio/videos/slots", slot_for(street), headers=SCRIPT)
    events = await ann.see("/studio/videos/events")

    assert {page.status for page in (*seen, *sent, subject)} == {404}
    assert str(theirs) not in events.html
    assert VideoState.READY.value not in events.html


async def test_captions_are_added_replaced_read_and_taken_away(street: Street) -> None:
    ada = await street.signed_in(ADA)
    path = f"/studio/videos/{street.shop.video_id}"
    said = "WEBVTT\n\n00:00.000 --> 00:02.000\nHello.\n"

    added = await ada.send(
        f"{path}/captions", {"language": "de"}, files={"captions": ("a.vtt", said, "text/vtt")}, follow=True
    )
    reading = next(link for link in added.links if link.startswith("/media/captions/"))
    read = await ada.see(reading)
    broken = {"captions": ("a.vtt", said.replace("00:02", "later"), "text/vtt")}
    refused = await ada.send(f"{path}/captions", {"language": "fr"}, files=broken)
    none = await ada.send(f"{path}/captions", {"language": "fr"}, files={"captions": ("", b"", "text/vtt")})
    odd = await ada.send(f"{path}/captions", {"language": "fr"}, files={"captions": ("a.vtt", b"\xff", "text/vtt")})
    removed = await ada.send(f"{path}/captions/de/removal", follow=True)

    assert "Deutsch" in added.words
    assert f'<track kind="captions" src="{reading}" srclang="de" label="Deutsch">' in added.html
    assert "Hello." in read.html
    assert [page.status for page in (refused, none, odd)] == [422, 422, 422]
    assert 'value="fr" lang="fr" selected' in refused.html
    assert "The captions are gone" in removed.words
    assert reading not in removed.links
