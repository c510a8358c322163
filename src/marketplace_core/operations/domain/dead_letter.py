"""A dead letter: an event or a provider's message that was tried so often in vain that nobody tries any more."""

from datetime import datetime
from enum import Enum

from attrs import frozen

from marketplace_core.operations.domain.errors import DeadLetterNotFound


class LetterKind(Enum):
    """Where it lies: in the outbox, as an event of ours, or in the inbox, as a message of a provider."""

    EVENT = "event"
    MESSAGE = "message"


@frozen
class LetterId:
    """The name of a letter: its kind and the name that its box has for it."""

    kind: LetterKind
    name: str

    def __str__(self) -> str:
        return f"{self.kind.value}:{self.name}"

    @classmethod
    def read(cls, text: str) -> "LetterId":
        """Read what ``str`` wrote. Raises ``DeadLetterNotFound``: no letter has such a name."""
        kind, _, name = text.partition(":")
        if kind not in {one.value for one in LetterKind} or not name:
            raise DeadLetterNotFound("There is no such letter.")
        return cls(LetterKind(kind), name)


@frozen(kw_only=True)
class DeadLetter:
    """A letter that lies there. ``type`` and ``about`` say what it was to tell, ``error`` how the last try ended."""

    letter_id: str
    kind: LetterKind
    type: str
    about: str
    attempts: int
    error: str
    since: datetime
