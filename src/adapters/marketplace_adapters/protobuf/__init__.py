"""The published language: domain events as protobuf messages, and back."""

from marketplace_adapters.protobuf.codec import UnknownContract, UnreadableContract, decode, encode
from marketplace_core.kernel.contracts import contract_of

__all__ = ["UnknownContract", "UnreadableContract", "contract_of", "decode", "encode"]
