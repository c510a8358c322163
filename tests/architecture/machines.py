"""``python -m tests.architecture.machines``: write docs/machines.md from the declared state machines."""

from pathlib import Path
from typing import Any, Final

from marketplace_core.identity import SELLER_MACHINE
from marketplace_core.kernel.machines import StateMachine, drawn
from marketplace_core.orders import ORDER_MACHINE, SELLER_ORDER_MACHINE
from marketplace_core.payments import MACHINES as PAYMENT_MACHINES
from tests.architecture.source_tree import ROOT

MACHINES: Final[tuple[StateMachine[Any, Any], ...]] = (
    ORDER_MACHINE,
    SELLER_ORDER_MACHINE,
    *PAYMENT_MACHINES,
    SELLER_MACHINE,
)
PAGE: Final[Path] = ROOT / "docs" / "machines.md"
OPENING: Final = """# State machines

Written by `./dev machines` from the tables in the code, and compared with them in every test run: what is not an arrow
here is refused there. The numbers are the rows of the money design; J numbers name the journals in the books that an
arrow may cause (`marketplace_core/payments/domain/journals/`).
"""


def written() -> str:
    """Return the page."""
    return "\n".join([OPENING, *(drawn(machine) for machine in MACHINES)])


if __name__ == "__main__":
    PAGE.write_text(written(), encoding="utf-8")
