"""``python -m benchmarks [DATABASE]``: fill a marketplace, serve it, ask it things, say how fast it answered."""

import argparse
import os
import sys
from pathlib import Path
from typing import Final

from benchmarks.embedded import measure_embedded
from benchmarks.production import measure_production
from benchmarks.scenarios import SCENARIOS
from marketplace_entrypoints.logs import log_as_json

SIZES: Final = {"sqlite": (1_000, 5, 5.0), "postgresql": (10_000, 40, 10.0)}
"""How many products of how many sellers there are when nobody says, and how many seconds are measured."""


def main() -> int:
    """Run the benchmark; it ends by itself."""
    options = _options()
    for name in [name for name in os.environ if name.startswith("MARKETPLACE_")]:
        del os.environ[name]
    log_as_json("error")
    measure = measure_production if options.database == "postgresql" else measure_embedded
    measure(options)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__)
    parser.add_argument("database", nargs="?", choices=sorted(SIZES), default="sqlite", help="which engines")
    parser.add_argument("--products", type=int, help="how many products there are")
    parser.add_argument("--sellers", type=int, help="how many shops share them")
    parser.add_argument("--connections", type=int, default=16, help="how many connections ask at once")
    parser.add_argument("--seconds", type=float, help="how long each kind is measured per round")
    parser.add_argument("--warmup", type=float, default=1.0, help="seconds before that, not measured")
    parser.add_argument("--rounds", type=int, default=3, help="how often; the medians are shown")
    parser.add_argument("--folder", type=Path, help="where the temporary data folder goes (a real disk, please)")
    parser.add_argument("--json", type=Path, help="of SQLite: also write every round's figures to this file")
    of_postgresql = parser.add_argument_group("of PostgreSQL")
    of_postgresql.add_argument("--workers", type=int, default=2, help="how many processes serve")
    of_postgresql.add_argument("--keep", type=Path, help="a folder to keep; one filled before is measured again")
    of_postgresql.add_argument("--scenarios", nargs="+", choices=SCENARIOS, default=SCENARIOS, help="only these")
    of_postgresql.add_argument("--no-payments", dest="payments", action="store_false", help="none are confirmed")
    of_postgresql.add_argument("--day", type=int, default=0, metavar="MINUTES", help="also a mixed day of so long")
    of_postgresql.add_argument("--no-light", dest="light", action="store_false", help="Locust only")
    options = parser.parse_args()
    products, sellers, seconds = SIZES[options.database]
    options.products = options.products or products
    options.sellers = options.sellers or sellers
    options.seconds = options.seconds or seconds
    return options


if __name__ == "__main__":
    sys.exit(main())
