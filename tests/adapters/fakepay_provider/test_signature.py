import hashlib
import hmac

import pytest

from marketplace_adapters.fakepay.provider.signature import SignatureRefused, sign, verify

BODY = b'{"id":"fp_evt_1"}'
NOW = 1_700_000_000


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        (None, "missing"),
        ("", "missing"),
        ("nonsense", "malformed"),
        ("t=,v1=" + "a" * 64, "malformed"),
        (f"t={NOW}", "malformed"),
        ("v1=" + "a" * 64, "malformed"),
        (f"t={NOW},t={NOW},v1=" + "a" * 64, "malformed"),
        (f"t={NOW},v1=" + "a" * 63, "malformed"),
        (f"t={NOW},v1=" + "A" * 64, "malformed"),
        (f"t={NOW},v1=" + "é" * 64, "malformed"),
        (f"t=-{NOW},v1=" + "a" * 64, "malformed"),
        (f"t={NOW}.5,v1=" + "a" * 64, "malformed"),
        ("t=١٢٣,v1=" + "a" * 64, "malformed"),
        ("t=" + "9" * 5_000 + ",v1=" + "a" * 64, "malformed"),
        (f"t={NOW}" + (",v1=" + "a" * 64) * 9, "malformed"),
        (f"t={NOW},v1=" + "a" * 64, "mismatch"),
        (f"t={NOW},v0=" + "a" * 64, "malformed"),
    ],
)
def test_a_header_that_proves_nothing_is_refused(header: str | None, reason: str) -> None:
    with pytest.raises(SignatureRefused) as refused:
        verify(BODY, header, secrets=["s"], now=NOW)

    assert refused.value.reason == reason


def test_a_body_changed_by_one_byte_is_refused() -> None:
    header = sign(BODY, secrets=["s"], timestamp=NOW)

    with pytest.raises(SignatureRefused) as refused:
        verify(BODY.replace(b"1", b"2"), header, secrets=["s"], now=NOW)

    assert refused.value.reason == "mismatch"


def test_a_changed_timestamp_is_refused() -> None:
    header = sign(BODY, secrets=["s"], timestamp=NOW).replace(str(NOW), str(NOW + 1))

    with pytest.raises(SignatureRefused) as refused:
        verify(BODY, header, secrets=["s"], now=NOW)

    assert refused.value.reason == "mismatch"


def test_another_secret_is_refused() -> None:
    header = sign(BODY, secrets=["s"], timestamp=NOW)

    with pytest.raises(SignatureRefused):
        verify(BODY, header, secrets=["other", "another"], now=NOW)


@pytest.mark.parametrize("distance", [-301, 301, -300.5, 300.5])
def test_a_message_from_long_ago_or_from_the_future_is_refused(distance: float) -> None:
    header = sign(BODY, secrets=["s"], timestamp=NOW)

    with pytest.raises(SignatureRefused) as refused:
        verify(BODY, header, secrets=["s"], now=NOW + distance)

    assert refused.value.reason == "outside_tolerance"


@pytest.mark.parametrize("secrets", [[], [""], ["s", ""], "s"])
def test_unusable_secrets_are_our_own_mistake(secrets: list[str]) -> None:
    with pytest.raises(ValueError, match="signing secret"):
        sign(BODY, secrets=secrets, timestamp=NOW)
    with pytest.raises(ValueError, match="signing secret"):
        verify(BODY, "t=1,v1=" + "a" * 64, secrets=secrets, now=NOW)


def test_the_header_is_the_documented_one() -> None:
    # The second value was computed with `openssl dgst -sha256 -hmac`, not with this code.
    header = sign(b'{"id":"fp_evt_1"}', secrets=["whsec_test"], timestamp=1_700_000_000)

    assert header == "t=1700000000,v1=525a417d7fbf6a88cdae56fbc088659b0112c80eef4e2261ae52b82dd81fc07b"
    by_hand = hmac.new(b"whsec_test", b'1700000000.{"id":"fp_evt_1"}', hashlib.sha256).hexdigest()
    assert header.endswith(by_hand)


@pytest.mark.parametrize("distance", [-300, 0, 300])
def test_a_fresh_message_with_a_good_signature_is_believed(distance: int) -> None:
    header = sign(BODY, secrets=["s"], timestamp=NOW)

    verify(BODY, header, secrets=["s"], now=NOW + distance)


def test_a_receiver_that_rotates_accepts_both_secrets() -> None:
    old, new = (sign(BODY, secrets=[secret], timestamp=NOW) for secret in ("old", "new"))

    verify(BODY, old, secrets=["new", "old"], now=NOW)
    verify(BODY, new, secrets=["new", "old"], now=NOW)


def test_a_sender_that_rotates_is_understood_with_either_secret() -> None:
    header = sign(BODY, secrets=["new", "old"], timestamp=NOW)

    verify(BODY, header, secrets=["old"], now=NOW)
    verify(BODY, header, secrets=["new"], now=NOW)


def test_an_unknown_scheme_beside_a_good_signature_is_ignored() -> None:
    header = "v0=whatever, " + sign(BODY, secrets=["s"], timestamp=NOW)

    verify(BODY, header, secrets=["s"], now=NOW)
