"""What every reader of a provider's messages must do: verify, then parse, then say what it is about in our words."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest
from attrs import frozen

from marketplace_core.kernel.errors import InvalidInput
from marketplace_core.kernel.inbox import InvalidSignature, ProviderMessages

MIDDAY: Final = datetime(2026, 1, 1, 12, tzinfo=UTC)


@frozen(kw_only=True)
class MessagesGround:
    """A reader of provider messages under test, and one message about our payment ``pay_1`` signed at ``sent_at``.

    ``signed(body, at)`` signs any body as the provider would; ``foreign`` is a message about nothing of ours.
    """

    messages: ProviderMessages
    headers: Mapping[str, str]
    body: bytes
    sent_at: datetime
    signed: Callable[[bytes, datetime], Mapping[str, str]]


class ProviderMessagesConformance:
    """Override ``ground``."""

    @pytest.fixture
    def ground(self) -> MessagesGround:
        """Return a reader and a message for it."""
        raise NotImplementedError

    def test_a_signed_message_is_read_in_our_words(self, ground: MessagesGround) -> None:
        message = ground.messages.read(ground.headers, ground.body, ground.sent_at)

        assert (message.subject, message.reference) == ("payment", "pay_1")
        assert message.message_id
        assert message.provider
        assert message.raw == ground.body

    def test_the_same_message_keeps_its_identifier(self, ground: MessagesGround) -> None:
        later = ground.sent_at + timedelta(seconds=60)
        first = ground.messages.read(ground.headers, ground.body, ground.sent_at)
        second = ground.messages.read(ground.signed(ground.body, later), ground.body, later)

        assert (first.provider, first.message_id) == (second.provider, second.message_id)

    @pytest.mark.parametrize("offset", [timedelta(seconds=-600), timedelta(seconds=600)])
    def test_an_old_message_and_one_from_the_future_are_refused(
        self, ground: MessagesGround, offset: timedelta
    ) -> None:
        with pytest.raises(InvalidSignature):
            ground.messages.read(ground.headers, ground.body, ground.sent_at + offset)

    def test_a_message_without_a_signature_is_refused(self, ground: MessagesGround) -> None:
        with pytest.raises(InvalidSignature):
            ground.messages.read({}, ground.body, ground.sent_at)

    def test_a_body_changed_by_one_byte_is_refused(self, ground: MessagesGround) -> None:
        with pytest.raises(InvalidSignature):
            ground.messages.read(ground.headers, ground.body.replace(b"pay_1", b"pay_2"), ground.sent_at)

    @pytest.mark.parametrize("garbage", ["x", "t=,v1=", "1.2", "t=1,v1=zz", "\x00", "é", "9" * 5_000])
    def test_a_garbled_signature_is_refused(self, ground: MessagesGround, garbage: str) -> None:
        with pytest.raises(InvalidSignature):
            ground.messages.read(dict.fromkeys(ground.headers, garbage), ground.body, ground.sent_at)

    @pytest.mark.parametrize("body", [b"", b"{}", b"[]", b"null", b"\xff", b"not json", b'{"id": 1}', b"[" * 5_000])
    def test_a_well_signed_body_that_is_no_message_is_refused(self, ground: MessagesGround, body: bytes) -> None:
        headers = ground.signed(body, ground.sent_at)

        with pytest.raises(InvalidInput) as refusal:
            ground.messages.read(headers, body, ground.sent_at)

        assert not isinstance(refusal.value, InvalidSignature)
