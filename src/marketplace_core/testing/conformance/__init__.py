"""One conformance class per port; an adapter's whole test suite is a subclass that overrides one fixture."""
