"""Fills the shelves of a marketplace that is to be measured, and counts what its requests ask of the database."""

import argparse
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from benchmarks.shop import Stand, fill
from benchmarks.statements import statements
from marketplace_entrypoints.composition.bootstrap import open_marketplace
from marketplace_entrypoints.composition.settings import Settings


async def filled(data: Path, options: argparse.Namespace) -> tuple[Stand, Mapping[str, int]]:
    """Fill the marketplace whose database the environment names."""
    began, done = time.monotonic(), 0

    def advance() -> None:
        nonlocal done
        done += 1
        if done % 100 == 0:
            print(f"\r{done:,} products", end="", file=sys.stderr, flush=True)

    async with open_marketplace(Settings(data=data)) as opened:
        stand = await fill(
            opened, products=options.products, sellers=options.sellers, buyers=options.connections, advance=advance
        )
        print(
            f"\r{options.products:,} products of {options.sellers} sellers, {options.connections} buyers, "
            f"put there through the one door in {time.monotonic() - began:.0f} s.",
            flush=True,
        )
        return stand, await statements(opened, stand)


async def counted(data: Path, stand: Stand) -> Mapping[str, int]:
    """Count on shelves that were filled before."""
    async with open_marketplace(Settings(data=data)) as opened:
        return await statements(opened, stand)
