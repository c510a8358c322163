"""Access tokens as JWT withstand the attacks of RFC 8725 (S-09, D47)."""

import base64
import hashlib
import hmac
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest
from attrs import evolve
from pydantic import ValidationError

from marketplace_adapters.jwt.access_tokens import VERIFIED_MAX, JwtAccessTokens, SigningKey, WeakKey
from marketplace_adapters.jwt.plugin import JwtSettings, plugin
from marketplace_core.identity import InvalidToken
from marketplace_core.kernel.plugins import Surroundings
from marketplace_core.testing.clock import CountingIds, FrozenClock
from marketplace_core.testing.conformance.credentials import (
    CLAIMS,
    EXPIRES_AT,
    ISSUED_AT,
    AccessTokensConformance,
)

KEY = SigningKey(b"k" * 32)
OTHER = SigningKey(b"o" * 32)
PUBLIC_KEY = b"""-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
-----END PUBLIC KEY-----
"""
GOOD_HEADER: dict[str, Any] = {"alg": "HS256", "typ": "at+jwt", "kid": KEY.kid}
GOOD_PAYLOAD: dict[str, Any] = {
    "iss": "https://market.example",
    "aud": "marketplace",
    "sub": CLAIMS.user_id,
    "iat": int(ISSUED_AT.timestamp()),
    "nbf": int(ISSUED_AT.timestamp()),
    "exp": int(EXPIRES_AT.timestamp()),
    "sid": CLAIMS.family_id,
    "ver": CLAIMS.session_version,
}


def tokens(*ring: SigningKey, issuer: str = "https://market.example", audience: str = "marketplace") -> JwtAccessTokens:
    return JwtAccessTokens(ring or (KEY,), issuer=issuer, audience=audience)


def base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def forged(header: dict[str, Any], payload: dict[str, Any], secret: bytes = KEY.secret, digest: str = "sha256") -> str:
    """Sign by hand, so that no library softens an attack."""
    content = f"{base64url(json.dumps(header).encode())}.{base64url(json.dumps(payload).encode())}"
    return f"{content}.{base64url(hmac.digest(secret, content.encode(), digest))}"


def without(document: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in document.items() if key != name}


class TestJwtAccessTokens(AccessTokensConformance):
    @pytest.fixture
    def access_tokens(self) -> JwtAccessTokens:
        return tokens()

    @pytest.fixture
    def foreign(self) -> JwtAccessTokens:
        return tokens(OTHER)


def test_a_token_made_by_hand_like_ours_is_read() -> None:
    assert tokens().read(forged(GOOD_HEADER, GOOD_PAYLOAD), ISSUED_AT) == CLAIMS


def test_what_is_issued_says_type_key_issuer_and_audience() -> None:
    token = tokens().issue(CLAIMS)

    assert jwt.get_unverified_header(token) == GOOD_HEADER
    assert jwt.decode(token, options={"verify_signature": False}) == GOOD_PAYLOAD


@pytest.mark.parametrize(
    ("header", "secret"),
    [
        (GOOD_HEADER | {"alg": "none"}, b""),
        (GOOD_HEADER | {"alg": "None"}, b""),
        (GOOD_HEADER | {"alg": "HS256"}, b""),
        (GOOD_HEADER | {"alg": "HS256"}, PUBLIC_KEY),
        (GOOD_HEADER | {"alg": "RS256"}, KEY.secret),
        (GOOD_HEADER | {"alg": "ES256"}, KEY.secret),
        (GOOD_HEADER | {"alg": ["HS256"]}, KEY.secret),
        (without(GOOD_HEADER, "alg"), KEY.secret),
        (GOOD_HEADER | {"typ": "JWT"}, KEY.secret),
        (GOOD_HEADER | {"typ": "playback+jwt"}, KEY.secret),
        (GOOD_HEADER | {"typ": "rt+jwt"}, KEY.secret),
        (without(GOOD_HEADER, "typ"), KEY.secret),
        (GOOD_HEADER | {"kid": OTHER.kid}, OTHER.secret),
        (GOOD_HEADER | {"kid": OTHER.kid}, KEY.secret),
        (GOOD_HEADER | {"kid": "../../../dev/null"}, b""),
        (GOOD_HEADER | {"kid": "' OR '1'='1"}, KEY.secret),
        (GOOD_HEADER | {"kid": 0}, KEY.secret),
        (GOOD_HEADER | {"kid": [KEY.kid]}, KEY.secret),
        (GOOD_HEADER | {"kid": None}, KEY.secret),
        (without(GOOD_HEADER, "kid"), KEY.secret),
        (GOOD_HEADER | {"jku": "https://evil.example/keys"}, KEY.secret),
        (GOOD_HEADER | {"x5u": "https://evil.example/cert"}, KEY.secret),
        (GOOD_HEADER | {"jwk": {"kty": "oct", "k": base64url(KEY.secret)}}, KEY.secret),
        (GOOD_HEADER | {"crit": ["exp"]}, KEY.secret),
        (GOOD_HEADER | {"b64": False, "crit": ["b64"]}, KEY.secret),
    ],
)
def test_a_header_that_is_not_exactly_ours_is_refused(header: dict[str, Any], secret: bytes) -> None:
    with pytest.raises(InvalidToken):
        tokens().read(forged(header, GOOD_PAYLOAD, secret), ISSUED_AT)


@pytest.mark.parametrize("digest", ["sha384", "sha512"])
def test_another_digest_under_our_key_is_refused(digest: str) -> None:
    header = GOOD_HEADER | {"alg": f"HS{digest[3:]}"}

    with pytest.raises(InvalidToken):
        tokens().read(forged(header, GOOD_PAYLOAD, digest=digest), ISSUED_AT)


@pytest.mark.parametrize("name", sorted(GOOD_PAYLOAD))
def test_a_token_without_one_of_its_claims_is_refused(name: str) -> None:
    with pytest.raises(InvalidToken):
        tokens().read(forged(GOOD_HEADER, without(GOOD_PAYLOAD, name)), ISSUED_AT)


@pytest.mark.parametrize(
    "change",
    [
        {"iss": "https://evil.example"},
        {"iss": "https://market.example/"},
        {"iss": ["https://market.example"]},
        {"aud": "storefront"},
        {"aud": ["marketplace", "storefront"]},
        {"aud": []},
        {"aud": None},
        {"sub": ""},
        {"sub": 7},
        {"sub": None},
        {"sid": 7},
        {"ver": "3"},
        {"ver": True},
        {"ver": 3.0},
        {"exp": str(int(EXPIRES_AT.timestamp()))},
        {"exp": EXPIRES_AT.timestamp() + 0.5},
        {"exp": 10**40},
        {"exp": -1},
        {"exp": None},
        {"nbf": int(ISSUED_AT.timestamp()) + 1},
        {"nbf": None},
        {"iat": "yesterday"},
        {"iat": -(10**40)},
    ],
)
def test_a_claim_that_is_wrong_or_of_another_kind_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(InvalidToken):
        tokens().read(forged(GOOD_HEADER, GOOD_PAYLOAD | change), ISSUED_AT)


@pytest.mark.parametrize("payload", [[], "text", 7, None])
def test_claims_that_are_no_object_are_refused(payload: Any) -> None:
    with pytest.raises(InvalidToken):
        tokens().read(forged(GOOD_HEADER, payload), ISSUED_AT)


@pytest.mark.parametrize("header", [[], "text", 7, None])
def test_a_header_that_is_no_object_is_refused(header: Any) -> None:
    with pytest.raises(InvalidToken):
        tokens().read(forged(header, GOOD_PAYLOAD), ISSUED_AT)


def test_a_token_for_others_or_by_others_is_refused() -> None:
    token = tokens().issue(CLAIMS)

    for elsewhere in (tokens(issuer="https://other.example"), tokens(audience="storefront")):
        with pytest.raises(InvalidToken):
            elsewhere.read(token, ISSUED_AT)


def test_a_token_is_good_to_the_last_second_and_not_longer() -> None:
    token = tokens().issue(CLAIMS)

    assert tokens().read(token, EXPIRES_AT - timedelta(microseconds=1)) == CLAIMS
    with pytest.raises(InvalidToken):
        tokens().read(token, EXPIRES_AT)


def test_a_token_that_was_read_before_is_good_no_longer_and_no_earlier_than_any_other() -> None:
    reader = tokens()
    token = reader.issue(CLAIMS)
    assert reader.read(token, ISSUED_AT) == reader.read(token, ISSUED_AT) == CLAIMS

    for moment in (EXPIRES_AT, ISSUED_AT - timedelta(microseconds=1)):
        with pytest.raises(InvalidToken):
            reader.read(token, moment)
    head, body, signature = token.split(".")
    with pytest.raises(InvalidToken):
        reader.read(f"{head}.{body}.{signature[:-4]}AAAA", ISSUED_AT)


def test_a_token_that_was_refused_stays_refused_and_of_very_many_only_so_many_are_known() -> None:
    reader = tokens()
    bad = forged(GOOD_HEADER, GOOD_PAYLOAD, OTHER.secret)
    for _ in range(2):
        with pytest.raises(InvalidToken):
            reader.read(bad, ISSUED_AT)

    for number in range(VERIFIED_MAX + 10):
        reader.read(reader.issue(evolve(CLAIMS, session_version=number)), ISSUED_AT)

    assert len(reader._verified) == VERIFIED_MAX


def test_keys_change_with_an_overlap() -> None:
    before, during, after = tokens(OTHER), tokens(KEY, OTHER), tokens(KEY)
    old, new = before.issue(CLAIMS), during.issue(CLAIMS)

    assert (during.read(old, ISSUED_AT), during.read(new, ISSUED_AT)) == (CLAIMS, CLAIMS)
    assert after.read(new, ISSUED_AT) == CLAIMS
    with pytest.raises(InvalidToken):
        after.read(old, ISSUED_AT)


def test_a_key_does_not_tell_its_secret() -> None:
    assert repr(KEY) == f"SigningKey({KEY.kid})"
    assert KEY.kid not in (KEY.secret.hex(), hashlib.sha256(KEY.secret).hexdigest()[:16])
    with pytest.raises(WeakKey):
        SigningKey(b"x" * 31)


def around(data: Path, secret: bytes) -> Surroundings:
    return Surroundings(
        data=data,
        clock=FrozenClock(),
        ids=CountingIds(),
        base_url="https://market.example",
        secret=lambda name: secret if name == "access-token-key" else b"",
        opened={},
    )


async def test_the_plugin_signs_with_the_secret_of_the_process(tmp_path: Path) -> None:
    async with plugin.open(JwtSettings(), around(tmp_path, KEY.secret)) as opened:
        assert opened.read(tokens().issue(CLAIMS), ISSUED_AT) == CLAIMS


async def test_the_plugin_takes_keys_from_files_the_first_one_signing(tmp_path: Path) -> None:
    files = (tmp_path / "new", tmp_path / "old")
    for path, key in zip(files, (KEY, OTHER), strict=True):
        path.write_bytes(key.secret + b"\n")

    async with plugin.open(JwtSettings(key_files=files), around(tmp_path, b"")) as opened:
        assert jwt.get_unverified_header(opened.issue(CLAIMS))["kid"] == KEY.kid
        assert opened.read(tokens(OTHER).issue(CLAIMS), ISSUED_AT) == CLAIMS


async def test_a_short_key_does_not_open(tmp_path: Path) -> None:
    with pytest.raises(WeakKey):
        async with plugin.open(JwtSettings(), around(tmp_path, b"short")):
            pass


@pytest.mark.parametrize("wrong", [{"audience": ""}, {"algorithm": "none"}, {"key_files": ["k"] * 6}])
def test_unknown_or_empty_settings_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        JwtSettings(**wrong)
