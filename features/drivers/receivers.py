"""The programs of a scenario, each at an address of this machine."""

from collections.abc import Sequence
from contextlib import ExitStack

from attrs import define, field

from features.drivers.message import Message
from tests.programs import Program


@define(eq=False)
class Receivers:
    """By the shop whose they are; None is the operators."""

    programs: dict[str | None, Program] = field(factory=dict)
    _stack: ExitStack = field(factory=ExitStack)

    def listen(self, shop: str | None) -> str:
        """Have a program listen; return its address."""
        program = self.programs[shop] = self._stack.enter_context(Program().listening())
        return program.url

    def told(self, shop: str | None) -> Sequence[Message]:
        """Return what has arrived at a program."""
        return [Message(headers=headers, body=body) for headers, body in self.programs[shop].heard]

    def close(self) -> None:
        """Let none of them listen any more."""
        self._stack.close()


class WithReceivers:
    """A driver of a door whose programs listen on this machine."""

    _receivers: Receivers | None = None

    @property
    def receivers(self) -> Receivers:
        """The programs; there are none until somebody asks."""
        self._receivers = self._receivers or Receivers()
        return self._receivers

    def answer_webhook(self, shop: str | None, status: int) -> None:
        """Let the program answer so from now on."""
        self.receivers.programs[shop].status = status

    def told(self, shop: str | None) -> Sequence[Message]:
        """Return what has arrived at the program."""
        return self.receivers.told(shop)
