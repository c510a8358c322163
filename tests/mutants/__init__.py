"""Seeded faults in the code that moves money, and the tests that catch each (``./dev mutants``)."""
