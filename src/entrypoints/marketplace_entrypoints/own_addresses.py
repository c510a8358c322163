"""Paths of our pages that others are told to send people back to."""

from typing import Final

MONEY_PAGE: Final = "/studio/money"
ONBOARDING_PAGE: Final = "/studio/money/onboarding"
