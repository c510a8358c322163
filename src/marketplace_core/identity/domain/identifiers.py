"""Identifiers that never leave identity."""

from typing import NewType

FamilyId = NewType("FamilyId", str)
"""Names a session, that is, a family of refresh tokens (prefix ``fam``)."""
