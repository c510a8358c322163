"""The reference adapter of every port, in memory; ``open_marketplace()`` puts them together in one line."""

from marketplace_core.inmemory.marketplace import InMemoryMarketplace, open_marketplace

__all__ = ["InMemoryMarketplace", "open_marketplace"]
