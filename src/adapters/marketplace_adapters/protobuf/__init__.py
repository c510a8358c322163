"""The published language: domain events as protobuf messages, and back."""

from marketplace_adapters.protobuf.codec import UnknownContract, UnreadableContract, contract_of, decode, encode

__all__ = ["UnknownContract", "UnreadableContract", "contract_of", "decode", "encode"]
