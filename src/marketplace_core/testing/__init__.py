"""The published test kit: a frozen clock, countable identifiers, and a conformance class per port."""
