"""Accounts, sessions and shops: the rules, without any store."""
