"""The kinds of deadlines that identity sets, and how long they wait."""

from datetime import timedelta
from typing import Final

FINISH_CLOSING: Final = "identity.finish_closing"
FINISH_CLOSING_EVERY: Final = timedelta(days=1)
