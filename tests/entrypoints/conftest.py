"""Whatever a test here did with money, the books agree with the provider's afterwards."""

from tests.coherence import coherent_afterwards, watch

__all__ = ["coherent_afterwards", "watch"]
