"""How the command line is typed: a data folder, a shell, and who is who."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from features.drivers.driver import Refused
from features.drivers.names import email
from features.drivers.terminal import type_in
from marketplace_entrypoints.cli.app import app
from marketplace_entrypoints.composition.surroundings import ShiftedClock

EXIT_CODES: Final = {3, 4, 5, 6, 7, 8}
"""Exit codes of refusals; 1 is a bug and 2 wrong usage."""

LOOKS: Final = {("ledger", "liquidity")}
"""What ends with 1 when it has found something."""


class CliDoor:
    """Knows people, shops, products and orders by the names the features give them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._data = folder / "data"
        self._data.mkdir()
        self._clock = ShiftedClock(self._data / "clock-shift")
        self._owners: dict[str, str] = {}
        self._products: dict[str, str] = {}
        self._orders: dict[str, str] = {}
        self._quotes: dict[str, str] = {}
        self._videos: dict[str, str] = {}
        self._guests: dict[str, str] = {}
        self._has_category = False
        self._reserve_bps = 0
        self._sellers_accept = "at_once"
        self._taxes = "{}"

    def pass_time(self, *, minutes: int) -> None:
        self._clock.advance(timedelta(minutes=minutes).total_seconds())
        self._settle()

    def close(self) -> None:
        """Nothing is left open between commands."""

    def _do(self, *words: str, person: str | None = None, rows_may_be_wrong: bool = False) -> Any:
        answer = self._ask(*words, person=person, rows_may_be_wrong=rows_may_be_wrong)
        self._settle()
        return answer

    def _ask(self, *words: str, person: str | None = None, rows_may_be_wrong: bool = False) -> Any:
        who = () if person is None else ("--as", self._called(person))
        environment = {
            "MARKETPLACE_DATA": str(self._data),
            "MARKETPLACE_CLOCK": "shifted",
            "MARKETPLACE_ADAPTERS__HTTPS__LOOPBACK": "true",
            "MARKETPLACE_RESERVE_BPS": str(self._reserve_bps),
            "MARKETPLACE_SELLERS_ACCEPT": self._sellers_accept,
            "MARKETPLACE_TAXES": self._taxes,
        }
        ended = type_in(app, *words, "--json", *who, env=environment)
        if ended.exit_code in EXIT_CODES and ended.stderr:
            problem = json.loads(ended.stderr.strip().splitlines()[-1])
            raise Refused(problem["code"], ended.stderr)
        fine = {0} | ({3} if rows_may_be_wrong else set()) | ({1} if words in LOOKS else set())
        if ended.exit_code not in fine:
            raise AssertionError(f"{words} ended with {ended.exit_code}:\n{ended.output}")
        return json.loads(ended.stdout) if ended.stdout.strip() else None

    def _called(self, person: str) -> str:
        """Return by what the command line knows a person: a guest by identifier only."""
        return self._guests.get(person) or email(person)

    def _settle(self) -> None:
        self._ask("worker", "--once")

    def _product(self, title: str) -> Any:
        return self._ask("product", "view", self._products[title])

    def _offer(self, title: str) -> str:
        return str(self._product(title)["variants"][0]["offer_id"])

    def _part(self, buyer: str, shop: str) -> str:
        parts = self._ask("order", "view", self._orders[buyer], person=buyer)["seller_orders"]
        (part,) = [part["seller_order_id"] for part in parts if part["seller_name"] == shop]
        return str(part)
