"""Events over NATS JetStream, as CloudEvents that carry the contracts."""
