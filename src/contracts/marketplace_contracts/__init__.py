"""The published language: protobuf messages generated from `proto/`."""
