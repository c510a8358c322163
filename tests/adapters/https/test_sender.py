"""What others name leads nowhere inside, and what is sent arrives: against real sockets."""

import asyncio
import ssl
import time
from collections.abc import AsyncIterator, Sequence

import httpx
import pytest

from marketplace_adapters.https.addresses import are_loopback, is_public
from marketplace_adapters.https.plugin import HttpsSettings, plugin
from marketplace_adapters.https.sender import HttpsSender, Resolve, resolve
from marketplace_core.kernel.plugins import Surroundings, UnsafeSetting
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.conformance.webhooks import Arrived, SenderGround, WebhookSenderConformance
from marketplace_core.webhooks import Undelivered, UrlNotAllowed
from tests.adapters.https.receiver import Receiver, answer, receiving

TRUSTED = ssl.create_default_context()
"""Made once: reading the authorities takes longer than a test."""
PUBLIC = "93.184.216.34"


def a_sender(client: httpx.AsyncClient, resolved: Resolve = resolve, **settings: object) -> HttpsSender:
    chosen: dict[str, object] = {"ports": frozenset({443}), "seconds": 0.5, "loopback": False, **settings}
    return HttpsSender(client=client, resolved=resolved, **chosen)  # type: ignore[arg-type]


def saying(*answers: Sequence[str]) -> tuple[Resolve, list[str]]:
    """Return a resolver that says one after the other, and what it was asked."""
    asked: list[str] = []

    async def resolved(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return answers[min(len(asked), len(answers)) - 1]

    return resolved, asked


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(trust_env=False, verify=TRUSTED) as opened:
        yield opened


class TestHttpsSender(WebhookSenderConformance):
    @pytest.fixture
    async def ground(self, client: httpx.AsyncClient) -> AsyncIterator[SenderGround]:
        async with (
            receiving(answer(204)) as takes,
            receiving(answer(500, b"\xff\x00" * 5_000)) as broken,
            receiving(b"", silent=True) as silent,
        ):

            async def arrived() -> Sequence[Arrived]:
                return takes.arrived

            def at(receiver: Receiver) -> str:
                return f"http://127.0.0.1:{receiver.port}/in?x=1"

            yield SenderGround(
                sender=a_sender(client, loopback=True),
                takes=at(takes),
                broken=at(broken),
                silent=at(silent),
                forbidden="https://169.254.169.254/latest/meta-data",
                arrived=arrived,
            )


INSIDE = (
    *("127.0.0.1", "127.8.8.8", "0.0.0.0", "0.1.2.3", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1"),
    *("169.254.169.254", "100.64.0.1", "100.127.255.255", "192.0.0.8", "192.0.2.1", "198.18.0.1", "198.51.100.1"),
    *("203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "192.88.99.1"),
    *("::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:a9fe:a9fe", "::127.0.0.1", "fe80::1", "fe80::1%eth0"),
    *("fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1", "2001:db8::1", "2002:7f00:1::", "2002:a00:1::1"),
    *("64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2001::1", "100::1", "3fff::1", "5f00::1", "nonsense"),
)


@pytest.mark.parametrize("address", INSIDE)
async def test_nothing_is_sent_inside(client: httpx.AsyncClient, address: str) -> None:
    resolved, _ = saying([address])

    with pytest.raises(UrlNotAllowed):
        await a_sender(client, resolved).send("https://hooks.example/", {}, b"{}")
    if not are_loopback([address]):
        with pytest.raises(UrlNotAllowed):
            await a_sender(client, resolved, loopback=True).send("http://hooks.example:8000/", {}, b"{}")


@pytest.mark.parametrize("address", [PUBLIC, "8.8.8.8", "2606:2800:21f:cb07::1", "::ffff:8.8.8.8", "2002:808:808::1"])
async def test_what_is_public_is_let_through(client: httpx.AsyncClient, address: str) -> None:
    resolved, _ = saying([address])

    assert is_public(address)
    await a_sender(client, resolved).check("https://hooks.example/")


@pytest.mark.parametrize(
    "url",
    [
        *("https://127.0.0.1/", "https://2130706433/", "https://0x7f000001/", "https://0177.0.0.1/", "https://127.1/"),
        *("https://localhost/", "https://[::1]/", "https://[::ffff:127.0.0.1]/", "https://0/", "https://10.1/"),
        *("http://93.184.216.34/", "https://93.184.216.34:8443/", "https://93.184.216.34:22/", "https://[fe80::1]/"),
    ],
)
async def test_an_address_written_in_another_way_is_the_same_address(client: httpx.AsyncClient, url: str) -> None:
    sender = a_sender(client)

    with pytest.raises(UrlNotAllowed):
        await sender.check(url)
    with pytest.raises(UrlNotAllowed):
        await sender.send(url, {}, b"{}")


async def test_one_bad_address_among_good_ones_is_enough(client: httpx.AsyncClient) -> None:
    resolved, _ = saying([PUBLIC, "10.0.0.1"])

    with pytest.raises(UrlNotAllowed):
        await a_sender(client, resolved).check("https://hooks.example/")


async def test_a_name_that_changes_its_mind_leads_nowhere(client: httpx.AsyncClient) -> None:
    async with receiving(answer(204)) as inside:
        resolved, asked = saying([PUBLIC], ["127.0.0.1"])
        sender = a_sender(client, resolved, ports=frozenset({443, inside.port}))
        url = f"https://rebinding.example:{inside.port}/"
        await sender.check(url)

        with pytest.raises(UrlNotAllowed):
            await sender.send(url, {}, b"{}")

        assert (inside.connections, asked) == (0, ["rebinding.example"] * 2)


async def test_a_name_is_resolved_once_and_that_address_is_spoken_to(client: httpx.AsyncClient) -> None:
    async with receiving(answer(204)) as there:
        resolved, asked = saying(["127.0.0.1"], ["127.0.0.2"])

        await a_sender(client, resolved, loopback=True).send(f"http://hooks.example:{there.port}/in", {}, b"{}")

        (arrived,) = there.arrived
        assert asked == ["hooks.example"]
        assert (arrived.headers["host"], arrived.headers["path"]) == (f"hooks.example:{there.port}", "/in")


async def test_a_redirect_is_an_answer_and_not_followed(client: httpx.AsyncClient) -> None:
    async with receiving(answer(204)) as inside:
        location = f"http://127.0.0.1:{inside.port}/"
        async with receiving(answer(302, location=location)) as there:
            told = await a_sender(client, loopback=True).send(f"http://127.0.0.1:{there.port}/", {}, b"{}")

        assert (told.status, inside.connections) == (302, 0)


async def test_a_long_answer_is_read_as_far_as_it_is_kept(client: httpx.AsyncClient) -> None:
    endless = b"HTTP/1.1 200 Said\r\ncontent-length: 9999999999\r\n\r\n" + b"y" * 100_000
    async with receiving(endless) as there:
        told = await a_sender(client, loopback=True).send(f"http://127.0.0.1:{there.port}/", {}, b"{}")

    assert told.text == "y" * 1024


async def test_an_answer_that_trickles_ends_in_time(client: httpx.AsyncClient) -> None:
    async with receiving(b"HTTP/1.1 200 Said\r\ncontent-le", silent=True) as there:
        began = time.monotonic()
        with pytest.raises(Undelivered):
            await a_sender(client, loopback=True).send(f"http://127.0.0.1:{there.port}/", {}, b"{}")

    assert time.monotonic() - began < 5


@pytest.mark.parametrize("nonsense", [b"", b"SSH-2.0-OpenSSH_9.2\r\n", b"HTTP/1.1 999999 x\r\n\r\n", b"\0" * 100])
async def test_what_is_not_http_is_undelivered(client: httpx.AsyncClient, nonsense: bytes) -> None:
    async with receiving(nonsense) as there:
        with pytest.raises(Undelivered):
            await a_sender(client, loopback=True).send(f"http://127.0.0.1:{there.port}/", {}, b"{}")


async def test_https_is_not_spoken_to_somebody_without_a_certificate(client: httpx.AsyncClient) -> None:
    async with receiving(answer(204)) as there:
        with pytest.raises(Undelivered):
            await a_sender(client, loopback=True).send(f"https://127.0.0.1:{there.port}/", {}, b"{}")

        assert there.arrived == []


async def test_who_never_finishes_a_handshake_holds_no_line(client: httpx.AsyncClient) -> None:
    async with receiving(b"", silent=True) as there:
        with pytest.raises(Undelivered):
            await a_sender(client, loopback=True).send(f"https://127.0.0.1:{there.port}/", {}, b"{}")

        async with asyncio.timeout(5):
            await there.left_alone()


async def test_nobody_at_home_and_no_such_name_are_told_apart_from_forbidden(client: httpx.AsyncClient) -> None:
    async def nowhere(host: str, port: int) -> Sequence[str]:
        raise OSError("Name or service not known")

    async with receiving(answer(204)) as there:
        port = there.port
    with pytest.raises(Undelivered):
        await a_sender(client, loopback=True).send(f"http://127.0.0.1:{port}/", {}, b"{}")
    with pytest.raises(Undelivered):
        await a_sender(client, nowhere).send("https://hooks.example/", {}, b"{}")
    with pytest.raises(UrlNotAllowed):
        await a_sender(client, nowhere).check("https://hooks.example/")


async def test_production_does_not_speak_to_this_machine(tmp_path: object) -> None:
    around = Surroundings(
        data=tmp_path,  # type: ignore[arg-type]
        clock=FrozenClock(),
        ids=CountingIds(),
        base_url="",
        secret=lambda name: b"",
        opened={},
        production=True,
    )
    with pytest.raises(UnsafeSetting):
        async with plugin.open(HttpsSettings(loopback=True), around):
            raise AssertionError
    async with plugin.open(HttpsSettings(), around) as sender:
        with pytest.raises(UrlNotAllowed):
            await sender.check("http://127.0.0.1:8000/")
