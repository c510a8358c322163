"""Let only so many transcodes run at once on this machine, whoever started them, first come first served."""

import time
from collections.abc import Callable
from pathlib import Path

from attrs import frozen

from marketplace_adapters.ffmpeg.locks import FileLock, is_held

_POLL_SECONDS = 0.2


@frozen
class SlotPool:
    """A directory of lock files; each process that works holds one of `slots`."""

    directory: Path
    slots: int = 1

    def wait(self, *, submitted_at_ns: int, name: str, on_wait: Callable[[], None]) -> FileLock:
        """Return a held slot; those submitted earlier and still waiting go first.

        `on_wait` is called some five times a second; what it raises ends the waiting.
        """
        self.directory.mkdir(parents=True, exist_ok=True)
        ticket = FileLock(self.directory / f"{submitted_at_ns:020d}-{name}.ticket")
        try:
            while not ticket.take():
                on_wait()
                time.sleep(_POLL_SECONDS)
            while True:
                on_wait()
                slot = self._free_slot() if self._is_our_turn(ticket.path) else None
                if slot is not None:
                    return slot
                time.sleep(_POLL_SECONDS)
        finally:
            if ticket.still_there():
                ticket.path.unlink(missing_ok=True)
            ticket.release()

    def _is_our_turn(self, ours: Path) -> bool:
        before = 0
        for other in sorted(self.directory.glob("*.ticket")):
            if other.name >= ours.name:
                break
            if is_held(other):
                before += 1
            else:
                other.unlink(missing_ok=True)  # whoever waited with it has died
        return before < self.slots

    def _free_slot(self) -> FileLock | None:
        for number in range(self.slots):
            slot = FileLock(self.directory / f"slot-{number}.lock")
            if slot.take():
                return slot
        return None
