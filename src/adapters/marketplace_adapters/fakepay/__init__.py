"""A deterministic payment provider for development, tests and demonstrations, and what connects it to a marketplace."""
