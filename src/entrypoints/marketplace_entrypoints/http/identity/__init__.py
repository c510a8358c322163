"""Accounts, sessions and shops over HTTP."""
