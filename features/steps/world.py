"""What a scenario remembers between its steps."""

import re
from collections.abc import Callable

from attrs import define, field

from features.drivers.driver import Driver, Refused
from features.drivers.seen import ImportSeen


@define
class World:
    """One scenario's state. A refusal that no step expects fails the scenario."""

    driver: Driver
    refusal: Refused | None = None
    last_text: str = ""
    """What the last expected refusal said."""
    buyer: str = ""
    link: str = ""
    """The address of an order's page, as a confirmation gave it."""
    found: list[str] = field(factory=list)
    imported: ImportSeen | None = None
    video_titles: dict[str, str] = field(factory=dict)
    """Shop → the product whose video is meant by "its video"."""
    failed_video_titles: dict[str, str] = field(factory=dict)
    secrets: dict[str | None, list[str]] = field(factory=dict)
    """Shop, or None for the operators → the secrets of its webhook as they were shown, the newest last."""

    def attempt(self, action: Callable[[], object]) -> None:
        """Do something that may be refused; remember the refusal for the next step to judge."""
        self.nothing_refused()
        try:
            action()
        except Refused as refusal:
            self.refusal = refusal

    def nothing_refused(self) -> None:
        """Fail if an earlier step was refused and nobody expected it."""
        if self.refusal is not None:
            raise AssertionError(f"refused, and no step expected it: {self.refusal}")

    def expect_refusal(self) -> Refused:
        """Return the refusal that was expected, and forget it."""
        refusal, self.refusal = self.refusal, None
        assert refusal is not None, "nothing was refused"
        self.last_text = refusal.text
        return refusal


def minor(amount: str) -> int:
    """Return ``12.00`` as 1200 minor units."""
    found = re.fullmatch(r"(\d+)\.(\d\d)", amount)
    assert found, f"not an amount with two digits: {amount}"
    return int(found[1] + found[2])
